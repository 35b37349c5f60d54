"""Legal texts: the regulation, its versions, and a row for each article of a version."""

import datetime
from typing import Any, Optional

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Gemeente, User
from knowledge.choices import ArtikelBouwsteen
from knowledge.regelingen import tree, tree_json


class Regeling(models.Model):
    """An ordinance, policy rule or law, whatever its version."""

    identifier = models.CharField(
        _("nummer"),
        max_length=60,
        blank=True,
        help_text=_("Zoals CVDR718456 of BWBR0035303."),
    )
    slug = models.SlugField(_("korte naam in adressen"), max_length=100, unique=True)
    soort = models.CharField(_("soort"), max_length=60)
    gemeente = models.ForeignKey(
        Gemeente,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("gemeente"),
        related_name="regelingen",
    )
    authority = models.CharField(_("vastgesteld door"), max_length=200, blank=True)
    citeertitel = models.TextField(_("citeertitel"), blank=True)
    title = models.TextField(_("titel"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("regeling")
        verbose_name_plural = _("regelingen")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~models.Q(identifier=""),
                name="regeling_identifier_once",
            )
        ]

    def __str__(self) -> str:
        return self.citeertitel or self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:regeling", args=[self.slug])


class RegelingVersieQuerySet(models.QuerySet["RegelingVersie"]):
    def published(self) -> "RegelingVersieQuerySet":
        """What a visitor may read."""
        return self.exclude(published_at=None)

    def in_order(self) -> "RegelingVersieQuerySet":
        """Oldest first; a correction of the same date after what it corrects."""
        return self.order_by(models.F("valid_from").asc(nulls_first=True), "pk")

    def valid_on(self, on: datetime.date) -> Optional["RegelingVersie"]:
        """Of one regulation the version in force on a date; None when it has lapsed."""
        begun = self.filter(models.Q(valid_from=None) | models.Q(valid_from__lte=on))
        last = begun.in_order().last()
        if last is None or (last.valid_until and last.valid_until <= on):
            return None
        return last


class RegelingVersie(models.Model):
    """The text of a regulation as it stood from a date on."""

    regeling = models.ForeignKey(
        Regeling, models.CASCADE, verbose_name=_("regeling"), related_name="versies"
    )
    labels = models.JSONField(
        _("versies in de bron"),
        default=list,
        blank=True,
        help_text=_("Oudste eerst. Meer dan één als de tekst gelijk bleef."),
    )
    valid_from = models.DateField(_("geldig van"), null=True, blank=True)
    valid_until = models.DateField(
        _("geldig tot"),
        null=True,
        blank=True,
        help_text=_("De eerste dag waarop de versie niet meer geldt."),
    )
    source = models.URLField(_("bron"), max_length=500, blank=True)
    fetched_on = models.DateField(_("opgehaald op"))
    law_version = models.CharField(
        _("past bij wetsversie"),
        max_length=120,
        blank=True,
        help_text=_("De wet en de datum waarop deze tekst is gemaakt."),
    )
    bases = models.JSONField(_("grondslagen"), default=list, blank=True)
    boom = models.JSONField(_("tekst"))
    digest = models.CharField(max_length=64)
    modeltekst = models.TextField(
        _("tekst met keuzes"),
        blank=True,
        help_text=_("Alleen van een model: waaruit de tekst en de keuzes komen."),
    )
    note = models.TextField(_("wat er veranderde"), blank=True)
    warnings = models.JSONField(_("opmerkingen bij het inlezen"), default=list)
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True)

    objects = RegelingVersieQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een regeling")
        verbose_name_plural = _("versies van regelingen")
        ordering = ["regeling", "valid_from", "pk"]
        indexes = [models.Index(fields=["regeling", "valid_from"])]

    def __str__(self) -> str:
        begin = self.valid_from.isoformat() if self.valid_from else _("datum onbekend")
        return f"{self.regeling} ({begin})"

    @property
    def tekst(self) -> tree.Regeling:
        """The tree of this version."""
        data: dict[str, Any] = self.boom
        return tree_json.from_json(data)


class ArtikelRij(models.Model):
    """An article of a version, as search and links need it; made from the tree with it."""

    versie = models.ForeignKey(
        RegelingVersie,
        models.CASCADE,
        related_name="artikelen",
        verbose_name=_("versie"),
    )
    order = models.PositiveIntegerField(_("volgorde"))
    address = models.CharField(_("anker"), max_length=200)
    number = models.CharField(_("nummer"), max_length=100, blank=True)
    title = models.TextField(_("opschrift"), blank=True)
    heading = models.TextField(_("kop zoals gedrukt"))
    path = models.TextField(_("koppen erboven"), blank=True)
    text = models.TextField(_("tekst"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=[(status.value, status.value) for status in tree.Status],
    )
    delen = models.JSONField(
        _("ankers van de delen"),
        default=list,
        blank=True,
        help_text=_("Van elk lid en onderdeel: waar het in de tekst begint."),
    )
    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Gelijk zolang het artikel niet verandert."),
    )
    bouwsteen = models.CharField(
        _("bouwsteen"),
        max_length=30,
        choices=ArtikelBouwsteen.choices,
        blank=True,
        help_text=_("Waar het artikel vooral over gaat. Leeg als geen bouwsteen past."),
    )
    bouwsteen_by_hand = models.BooleanField(
        _("bouwsteen gekozen door de redactie"), default=False
    )

    class Meta:
        verbose_name = _("artikel")
        verbose_name_plural = _("artikelen")
        ordering = ["versie", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["versie", "address"], name="artikel_address_once"
            )
        ]
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.heading


class RegelingNaam(models.Model):
    """A name by which texts cite a regulation, as ``core.citations`` writes names."""

    regeling = models.ForeignKey(
        Regeling, models.CASCADE, verbose_name=_("regeling"), related_name="namen"
    )
    naam = models.CharField(_("naam"), max_length=400)
    lokaal = models.BooleanField(
        _("alleen binnen de eigen gemeente"),
        default=False,
        help_text=_("Zoals ‘huisvestingsverordening’, die elke gemeente heeft."),
    )

    class Meta:
        verbose_name = _("naam van een regeling")
        verbose_name_plural = _("namen van regelingen")
        ordering = ["naam", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regeling", "naam"], name="regeling_naam_once"
            )
        ]
        indexes = [models.Index(fields=["naam"])]

    def __str__(self) -> str:
        return self.naam


class Citaat(models.Model):
    """That a page or a version of a regulation cites an article; made from its text.

    Kept by name: a regulation that comes later finds what cited it before.
    """

    pagina = models.ForeignKey(
        "knowledge.KennisPagina",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("pagina"),
        related_name="+",
    )
    versie = models.ForeignKey(
        RegelingVersie,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("versie"),
        related_name="citaten",
    )
    anchor = models.CharField(_("anker"), max_length=200, blank=True)
    heading = models.TextField(_("kop"), blank=True)
    naam = models.CharField(
        _("geciteerde regeling"),
        max_length=400,
        blank=True,
        help_text=_("Leeg voor een artikel van de regeling zelf."),
    )
    artikel = models.CharField(_("geciteerd artikel"), max_length=100, blank=True)
    gemeente = models.ForeignKey(
        Gemeente,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("gemeente"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("citaat")
        verbose_name_plural = _("citaten")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pagina=None) ^ models.Q(versie=None),
                name="citaat_in_one_text",
            )
        ]
        indexes = [models.Index(fields=["naam", "artikel"])]

    def __str__(self) -> str:
        return f"{self.naam} {self.artikel}".strip()


class Inlezing(models.Model):
    """Files that an editor handed in, or numbers to fetch, and what became of each."""

    user = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        verbose_name=_("door"),
        related_name="inlezingen",
    )
    created_at = models.DateTimeField(_("op"), auto_now_add=True)
    publish = models.BooleanField(_("meteen openbaar"), default=False)
    # Of each file its own name and that in the private storage, until it was read.
    uploads = models.JSONField(default=list)
    numbers = models.JSONField(default=list)
    # Of each file or number what became of it: a list of rows as the command gives.
    taken = models.JSONField(default=list)
    done_at = models.DateTimeField(_("klaar op"), null=True)

    class Meta:
        verbose_name = _("inlezing")
        verbose_name_plural = _("inlezingen")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        names = [upload["name"] for upload in self.uploads] + list(self.numbers)
        return ", ".join(names)[:200]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The report: a row for each file."""
        return [row for rows in self.taken for row in rows]
