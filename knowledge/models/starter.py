from django.db import models
from django.utils.translation import gettext_lazy as _

from .kennis import KennisPagina


class Startinhoud(models.Model):
    """What was loaded once: by this the loader knows what editors removed or moved."""

    key = models.CharField(
        _("sleutel"),
        max_length=160,
        unique=True,
        help_text=_("Soort en korte naam, zoals wet/huisvestingswet-2014."),
    )
    hash = models.CharField(max_length=64, blank=True)
    pagina = models.OneToOneField(
        KennisPagina,
        models.SET_NULL,
        null=True,
        verbose_name=_("pagina"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("startinhoud")
        verbose_name_plural = _("startinhoud")

    def __str__(self) -> str:
        return self.key
