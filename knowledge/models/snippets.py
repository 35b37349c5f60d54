"""Vocabularies and small facts that editors own."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from knowledge.choices import Schaalniveau, Zekerheid
from knowledge.panels import NamePanel

from .workflow import ReviewedMixin

# The kind of a Bron that points to a page of the knowledge base itself.
EIGEN_PAGINA = "pagina"


def lines(text: str) -> list[str]:
    """The non-empty lines of a text field that holds one item per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def panels_of(name: str, *others: str, slug_help: Any) -> list[Any]:
    """The naming field first, then the others; the slug last, filled in from the name."""
    return [
        NamePanel(name),
        *(FieldPanel(other) for other in others),
        FieldPanel(
            "slug", heading=_("Korte naam"), help_text=slug_help, widget=SlugInput
        ),
    ]


IN_ADDRESS = _(
    "Staat in adressen en filters. Wij maken haar van de naam; laat haar daarna zo."
)
INTERNAL = _(
    "Alleen voor het systeem. Wij maken haar van de naam; laat haar daarna zo."
)


class Term(models.Model):
    """A controlled word with other names; valid for a time."""

    slug = models.SlugField(_("korte naam in adressen"), max_length=80, unique=True)
    naam = models.CharField(_("naam"), max_length=120)
    ook = models.TextField(
        _("andere woorden"),
        blank=True,
        help_text=_("Eén per regel. De zoekmachine kent ze."),
    )
    geldig_van = models.DateField(_("geldig van"), null=True, blank=True)
    geldig_tot = models.DateField(_("geldig tot"), null=True, blank=True)

    panels = panels_of("naam", "ook", "geldig_van", "geldig_tot", slug_help=IN_ADDRESS)

    class Meta:
        abstract = True
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    @property
    def andere_woorden(self) -> list[str]:
        return lines(self.ook)


class Aandachtsgroep(Term):
    class Plek(models.TextChoices):
        PRIMAIR = "primair", _("in het programma")
        ACCENT = "accent", _("met nadruk op huisvesting")
        EIGEN = "eigen-programma", _("eigen programma")
        CONTEXT = "context", _("genoemd als context")

    kort = models.CharField(_("korte naam"), max_length=60)
    plek = models.CharField(
        _("plek in het programma"), max_length=20, choices=Plek.choices
    )
    vera = models.CharField(_("VERA-code"), max_length=10, blank=True)

    panels = panels_of(
        "naam",
        "kort",
        "ook",
        "plek",
        "vera",
        "geldig_van",
        "geldig_tot",
        slug_help=IN_ADDRESS,
    )

    class Meta(Term.Meta):
        verbose_name = _("aandachtsgroep")
        verbose_name_plural = _("aandachtsgroepen")


class Thema(Term):
    class Meta(Term.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")


class Bouwsteen(Term):
    class Meta(Term.Meta):
        verbose_name = _("bouwsteen van een verordening")
        verbose_name_plural = _("bouwstenen van een verordening")


class Bron(models.Model):
    """Where a statement comes from, and when that was looked at."""

    slug = models.SlugField(_("sleutel"), max_length=80, unique=True)
    titel = models.CharField(_("titel"), max_length=250)
    uitgever = models.CharField(_("uitgever"), max_length=150, blank=True)
    datum = models.CharField(
        _("datum van uitgave"),
        max_length=10,
        blank=True,
        help_text=_("Jaar, jaar-maand of jaar-maand-dag, zoals 2022-05-11."),
    )
    url = models.URLField(_("adres"), max_length=500, blank=True)
    soort = models.CharField(_("soort"), max_length=40, blank=True)
    zekerheid = models.CharField(
        _("zekerheid"), max_length=20, choices=Zekerheid.choices
    )
    nagegaan = models.DateField(_("nagegaan op"))

    panels = panels_of(
        "titel",
        "uitgever",
        "datum",
        "url",
        "soort",
        "zekerheid",
        "nagegaan",
        slug_help=INTERNAL,
    )

    class Meta:
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")
        ordering = ["titel"]

    def __str__(self) -> str:
        return (
            f"{self.titel} ({self.uitgever}{', ' + self.datum if self.datum else ''})"
        )

    @property
    def naam_kort(self) -> str:
        """The publisher when that is short, else the title: for lines under a text.

        A page of our own goes by its title: they all have the same publisher.
        """
        if self.soort == EIGEN_PAGINA:
            return self.titel
        return self.uitgever if 0 < len(self.uitgever) <= 30 else self.titel


class Organisatie(Term):
    soort = models.CharField(_("soort organisatie"), max_length=60, blank=True)
    helpt_met = models.TextField(_("helpt met"), blank=True)
    url = models.URLField(_("adres"), max_length=500, blank=True)
    contactpunt = models.BooleanField(_("beantwoordt vragen"), default=False)
    bron = models.ForeignKey(
        Bron, models.PROTECT, null=True, blank=True, verbose_name=_("bron")
    )

    panels = panels_of(
        "naam",
        "ook",
        "soort",
        "helpt_met",
        "url",
        "contactpunt",
        "bron",
        "geldig_van",
        "geldig_tot",
        slug_help=IN_ADDRESS,
    )

    class Meta(Term.Meta):
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")


class Begrip(ReviewedMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, Term):
    """A term with its explanation; readers see it after a second person approved it."""

    kort = models.CharField(_("in één zin"), max_length=300)
    uitleg = models.TextField(_("uitleg"))
    bron = models.ForeignKey(
        Bron, models.PROTECT, null=True, blank=True, verbose_name=_("bron")
    )
    bron_plaats = models.CharField(_("plaats in de bron"), max_length=200, blank=True)

    panels = panels_of(
        "naam",
        "kort",
        "uitleg",
        "ook",
        "bron",
        "bron_plaats",
        "geldig_van",
        "geldig_tot",
        slug_help=IN_ADDRESS,
    )

    class Meta(Term.Meta):
        verbose_name = _("begrip")
        verbose_name_plural = _("begrippen")

    def get_absolute_url(self) -> str:
        return reverse("knowledge:begrip", args=[self.slug])


class Kerncijfer(
    ReviewedMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model
):
    """A figure with unit, year, level and source; live after a second person approved."""

    slug = models.SlugField(_("sleutel"), max_length=80, unique=True)
    naam = models.CharField(_("naam"), max_length=200)
    waarde = models.CharField(_("waarde"), max_length=60)
    eenheid = models.CharField(_("eenheid"), max_length=80, blank=True)
    jaar = models.CharField(_("jaar"), max_length=20)
    niveau = models.CharField(
        _("geldt op niveau"),
        max_length=20,
        choices=Schaalniveau.choices,
        help_text=_("Gebruik het cijfer niet voor een kleiner gebied."),
    )
    definitie = models.TextField(_("wat is geteld"), blank=True)
    bron = models.ForeignKey(Bron, models.PROTECT, verbose_name=_("bron"))
    bron_plaats = models.CharField(_("plaats in de bron"), max_length=200, blank=True)
    opmerking = models.TextField(_("opmerking"), blank=True)

    panels = panels_of(
        "naam",
        "waarde",
        "eenheid",
        "jaar",
        "niveau",
        "definitie",
        "bron",
        "bron_plaats",
        "opmerking",
        slug_help=INTERNAL,
    )

    class Meta:
        verbose_name = _("kerncijfer")
        verbose_name_plural = _("kerncijfers")
        ordering = ["naam"]

    def __str__(self) -> str:
        return f"{self.naam}: {self.waarde} ({self.jaar})"
