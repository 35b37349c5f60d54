from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class Toegang(models.Model):
    """A right given by a link: only the hash of the token is kept.

    A read link belongs to one object (``object_key``, such as ``vraag:12``) and can
    be used many times; a login link is used once. A read link with ``used_at`` was
    never mailed: the browser that asked got it straight away.
    """

    class Doel(models.TextChoices):
        LEZEN = "lezen", _("één vraag lezen en beantwoorden")
        INLOGGEN = "inloggen", _("mijn vragen openen")

    token_hash = models.CharField(max_length=64, unique=True)
    doel = models.CharField(max_length=20, choices=Doel.choices)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="toegangen")
    object_key = models.CharField(max_length=80, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("toegang")
        verbose_name_plural = _("toegangen")

    def __str__(self) -> str:
        return f"{self.get_doel_display()} ({self.contact})"

    @property
    def was_mailed(self) -> bool:
        return self.doel == self.Doel.INLOGGEN or self.used_at is None

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and (
            self.expires_at is None or self.expires_at > timezone.now()
        )
