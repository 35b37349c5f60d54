from django.db import models
from django.utils.translation import gettext_lazy as _

from .kennis import KennisPagina


class Terugkoppeling(models.Model):
    """'Heeft dit u geholpen?': a vote with a reason, without who gave it."""

    class Reden(models.TextChoices):
        ANTWOORD = "antwoord-ontbreekt", _("mijn antwoord staat er niet")
        ONDUIDELIJK = "onduidelijk", _("ik begrijp de tekst niet")
        VEROUDERD = "verouderd", _("de tekst klopt niet meer")
        ANDERS = "anders", _("iets anders")

    pagina = models.ForeignKey(
        KennisPagina, models.CASCADE, related_name="terugkoppelingen"
    )
    geholpen = models.BooleanField(_("geholpen"))
    reden = models.CharField(
        _("reden"), max_length=30, choices=Reden.choices, blank=True
    )
    toelichting = models.CharField(_("toelichting"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("terugkoppeling")
        verbose_name_plural = _("terugkoppelingen")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.pagina}: {'ja' if self.geholpen else 'nee'}"
