from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mailbericht(models.Model):
    """A message that we sent or will send to one person, with the real recipient.

    Written in the transaction of the act; delivered from the outbox.
    """

    class Status(models.TextChoices):
        WACHT = "wacht", _("wacht op verzending")
        VERZAMELD = "verzameld", _("gaat samen met andere berichten")
        VERZONDEN = "verzonden", _("verzonden")
        MISLUKT = "mislukt", _("niet te bezorgen")
        TERUGGEKOMEN = "teruggekomen", _("kwam terug")

    FAILED = (Status.MISLUKT, Status.TERUGGEKOMEN)

    message_id = models.CharField(max_length=200, unique=True)
    template = models.CharField(_("soort bericht"), max_length=80)
    to = models.JSONField(_("aan"), default=list)
    adres = models.CharField(
        _("adres in kleine letters"), max_length=254, default="", blank=True
    )
    who = models.CharField(
        _("aan wie"),
        max_length=40,
        blank=True,
        help_text=_("Wie antwoordt op dit bericht, zoals contact:4 of user:7."),
    )
    from_name = models.CharField(max_length=120, blank=True)
    reply_to = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("onderwerp"), max_length=250)
    text = models.TextField(_("tekst"))
    html = models.TextField(_("opgemaakt"))
    headers = models.JSONField(default=dict)
    about = models.CharField(_("gaat over"), max_length=80, blank=True, db_index=True)
    automatic = models.BooleanField(_("automatisch"), default=True)
    regel = models.JSONField(
        _("in één regel"),
        null=True,
        blank=True,
        help_text=_(
            "Hoe dit bericht in een verzamelbericht staat; leeg: nooit daarin."
        ),
    )
    samen_met = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="verzameld",
        verbose_name=_("verstuurd in"),
    )
    kopie_van = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kopieen",
        verbose_name=_("zelfde bericht, andere ontvanger"),
    )
    status = models.CharField(
        _("stand"), max_length=12, choices=Status.choices, default=Status.WACHT
    )
    tried_at = models.DateTimeField(_("laatste poging"), null=True, blank=True)
    unsure = models.PositiveSmallIntegerField(
        _("pogingen met onbekende uitkomst"), default=0
    )
    resent = models.BooleanField(_("mogelijk dubbel verzonden"), default=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    sent_at = models.DateTimeField(_("verzonden"), null=True, blank=True)
    failed_at = models.DateTimeField(_("mislukt"), null=True, blank=True)
    settled_at = models.DateTimeField(_("afgehandeld"), null=True, blank=True)
    error = models.TextField(_("fout"), blank=True)

    class Meta:
        verbose_name = _("mailbericht")
        verbose_name_plural = _("mailberichten")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["adres", "-tried_at"], name="mailbericht_adres"),
            # Counted on the workplace.
            models.Index(
                fields=["-failed_at"],
                condition=models.Q(
                    status__in=["mislukt", "teruggekomen"], settled_at=None
                ),
                name="mailbericht_niet_aangekomen",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def failed(self) -> bool:
        return self.status in self.FAILED
