from django.db import models
from django.utils.translation import gettext_lazy as _

from .gemeente import Gemeente


class Contact(models.Model):
    """Somebody who asks. No account: access goes by Toegang (links by mail)."""

    class Organisatietype(models.TextChoices):
        GEMEENTE = "gemeente", _("gemeente")
        PROVINCIE = "provincie", _("provincie")
        RIJK = "rijk", _("rijk")
        CORPORATIE = "woningcorporatie", _("woningcorporatie")
        ZORGAANBIEDER = "zorgaanbieder", _("zorgaanbieder")
        MAATSCHAPPELIJK = (
            "maatschappelijke-organisatie",
            _("maatschappelijke organisatie"),
        )
        ANDERS = "anders", _("anders")

    email = models.EmailField(_("e-mailadres"), unique=True)
    naam = models.CharField(_("naam"), max_length=120, blank=True)
    functie = models.CharField(_("functie"), max_length=120, blank=True)
    organisatietype = models.CharField(
        _("soort organisatie"),
        max_length=30,
        choices=Organisatietype.choices,
        default=Organisatietype.GEMEENTE,
    )
    organisatie = models.CharField(_("organisatie"), max_length=150, blank=True)
    gemeente = models.ForeignKey(
        Gemeente,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("gemeente"),
        related_name="+",
        help_text=_("Wat de vrager opgaf. Bewijst niets: zie bewezen gemeente."),
    )
    telefoon = models.CharField(
        _("telefoonnummer"),
        max_length=20,
        blank=True,
        help_text=_("Alleen dit nummer bellen wij terug."),
    )
    telefoon_bewijs = models.CharField(
        _("hoe dit nummer is bewezen"), max_length=200, blank=True
    )
    telefoon_at = models.DateTimeField(_("nummer van"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("adres bevestigd op"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vrager")
        verbose_name_plural = _("vragers")

    def __str__(self) -> str:
        return self.naam or self.email

    def save(self, *args, **kwargs) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def aanhef(self) -> str:
        return self.naam or str(_("vrager"))

    @property
    def aanhef_in_mail(self) -> str:
        """How a mail addresses the asker; empty when it does not. Anybody may type a name
        with an address, so a mail repeats it only after the address was confirmed."""
        return self.naam if self.confirmed_at else ""
