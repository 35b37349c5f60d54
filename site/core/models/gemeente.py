import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class GemeenteQuerySet(models.QuerySet["Gemeente"]):
    def valid_on(self, on: datetime.date) -> "GemeenteQuerySet":
        """Municipalities that exist on a date."""
        return self.filter(
            models.Q(geldig_van=None) | models.Q(geldig_van__lte=on),
            models.Q(geldig_tot=None) | models.Q(geldig_tot__gt=on),
        )


class Gemeente(models.Model):
    """A municipality, with CBS code and validity (mergers keep their history)."""

    code = models.CharField(_("CBS-code"), max_length=6, primary_key=True)
    naam = models.CharField(_("naam"), max_length=80)
    aliases = models.JSONField(_("andere namen"), default=list, blank=True)
    provincie_code = models.CharField(_("provinciecode"), max_length=4)
    provincie = models.CharField(_("provincie"), max_length=40)
    corop_code = models.CharField(_("COROP-code"), max_length=4, blank=True)
    corop = models.CharField(_("COROP-gebied"), max_length=60, blank=True)
    mail_domains = models.JSONField(_("maildomeinen"), default=list, blank=True)
    mail_domains_bron = models.CharField(
        _("bron van de maildomeinen"), max_length=120, blank=True
    )
    inwoners = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    inwoners_jaar = models.PositiveSmallIntegerField(
        _("peiljaar"), null=True, blank=True
    )
    inwoners_bron = models.CharField(_("bron"), max_length=120, blank=True)
    geldig_van = models.DateField(_("geldig van"), null=True, blank=True)
    geldig_tot = models.DateField(_("geldig tot"), null=True, blank=True)
    opvolger = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="voorgangers"
    )

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(inwoners=None)
                | (models.Q(inwoners_jaar__isnull=False) & ~models.Q(inwoners_bron="")),
                name="gemeente_size_has_year_and_source",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def exists_on(self, on: datetime.date) -> bool:
        """The rule of ``valid_on``, for one municipality that was read already."""
        begun = self.geldig_van is None or self.geldig_van <= on
        return begun and (self.geldig_tot is None or self.geldig_tot > on)


class Regio(models.Model):
    """A group of municipalities; one municipality can be in several of each kind."""

    class Soort(models.TextChoices):
        PROVINCIE = "provincie", _("provincie")
        COROP = "corop", _("COROP-gebied")
        WONINGMARKT = "woningmarktregio", _("woningmarktregio")
        ZORGKANTOOR = "zorgkantoorregio", _("zorgkantoorregio")
        ARBEIDSMARKT = "arbeidsmarktregio", _("arbeidsmarktregio")
        CENTRUMGEMEENTE = "centrumgemeenteregio", _("centrumgemeenteregio")
        KOPLOPER = "koploperregio", _("koploperregio")

    soort = models.CharField(_("soort"), max_length=30, choices=Soort.choices)
    code = models.CharField(_("code"), max_length=60)
    naam = models.CharField(_("naam"), max_length=100)
    gemeenten = models.ManyToManyField(Gemeente, related_name="regios", blank=True)
    geldig_van = models.DateField(_("geldig van"), null=True, blank=True)
    geldig_tot = models.DateField(_("geldig tot"), null=True, blank=True)
    bron = models.CharField(_("bron"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")
        ordering = ["soort", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["soort", "code"], name="regio_code_per_kind"
            )
        ]

    def __str__(self) -> str:
        return self.naam
