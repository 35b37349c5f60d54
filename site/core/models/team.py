from django.db import models
from django.utils.translation import gettext_lazy as _

FRONTOFFICE = "frontoffice"


class Team(models.Model):
    """A team behind the desk; the front office is one of them."""

    slug = models.SlugField(_("korte naam in adressen"), unique=True)
    naam = models.CharField(_("naam"), max_length=80)
    kort = models.CharField(_("korte naam"), max_length=40)
    omschrijving = models.CharField(_("omschrijving"), max_length=250, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    tweede = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("leest standaard mee"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam
