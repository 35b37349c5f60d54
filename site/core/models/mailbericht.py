from django.db import models
from django.utils.translation import gettext_lazy as _


class Mailbericht(models.Model):
    """A message that we sent or will send, with its real recipients.

    Written in the transaction of the act; delivered from the outbox.
    """

    class Status(models.TextChoices):
        WACHT = "wacht", _("wacht op verzending")
        VERZONDEN = "verzonden", _("verzonden")
        MISLUKT = "mislukt", _("niet te bezorgen")

    message_id = models.CharField(max_length=200, unique=True)
    template = models.CharField(_("soort bericht"), max_length=80)
    to = models.JSONField(_("aan"), default=list)
    from_name = models.CharField(max_length=120, blank=True)
    reply_to = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("onderwerp"), max_length=250)
    text = models.TextField(_("tekst"))
    html = models.TextField(_("opgemaakt"))
    headers = models.JSONField(default=dict)
    about = models.CharField(_("gaat over"), max_length=80, blank=True, db_index=True)
    status = models.CharField(
        _("stand"), max_length=12, choices=Status.choices, default=Status.WACHT
    )
    resent = models.BooleanField(_("mogelijk dubbel verzonden"), default=False)
    created_at = models.DateTimeField(_("gemaakt"), auto_now_add=True)
    sent_at = models.DateTimeField(_("verzonden"), null=True, blank=True)
    error = models.TextField(_("fout"), blank=True)

    class Meta:
        verbose_name = _("mailbericht")
        verbose_name_plural = _("mailberichten")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject
