"""The kinds of knowledge page."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from core.models import Gemeente
from knowledge.blocks import (
    DownloadBlock,
    FeitBlock,
    StapBlock,
    StatusBlock,
    VensterBlock,
    VoorwaardeBlock,
)
from knowledge.choices import (
    Bewijskracht,
    Instrumentsoort,
    Regelingstatus,
    Soort,
    Wetsstatus,
)
from knowledge.panels import OriginPanel

from .kennis import KennisPagina
from .snippets import Aandachtsgroep, Kerncijfer, Organisatie, lines


class Handreiking(KennisPagina):
    soort = Soort.HANDREIKING
    template = "knowledge/kennis_pagina.html"

    class Meta:
        verbose_name = _("handreiking")
        verbose_name_plural = _("handreikingen")


class Stappenplan(KennisPagina):
    soort = Soort.STAPPENPLAN
    template = "knowledge/stappenplan.html"
    main_stream = "stappen"
    main_stream_missing = _("Voeg minstens één stap toe.")

    stappen = StreamField(
        [("stap", StapBlock(label=_("Stap")))], verbose_name=_("stappen"), blank=True
    )

    type_panels: ClassVar[list[Any]] = [FieldPanel("stappen")]

    class Meta:
        verbose_name = _("stappenplan")
        verbose_name_plural = _("stappenplannen")


class Praktijkvoorbeeld(KennisPagina):
    soort = Soort.PRAKTIJKVOORBEELD
    template = "knowledge/praktijkvoorbeeld.html"

    gemeente = models.ForeignKey(
        Gemeente,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("gemeente"),
        related_name="+",
    )
    plaats = models.CharField(_("plaats"), max_length=120, blank=True)
    partners = models.TextField(
        _("partners"), blank=True, help_text=_("Eén per regel.")
    )
    bewijskracht = models.CharField(
        _("bewijskracht"), max_length=20, choices=Bewijskracht.choices, blank=True
    )
    feiten = StreamField(
        [("feit", FeitBlock(label=_("Feit")))], verbose_name=_("feiten"), blank=True
    )
    stub = models.BooleanField(_("feiten ontbreken nog"), default=False)
    ontbreekt = models.TextField(
        _("wat ontbreekt"), blank=True, help_text=_("Eén per regel.")
    )

    type_panels: ClassVar[list[Any]] = [
        FieldPanel(name)
        for name in (
            "gemeente",
            "plaats",
            "partners",
            "bewijskracht",
            "feiten",
            "stub",
            "ontbreekt",
        )
    ]

    class Meta:
        verbose_name = _("praktijkvoorbeeld")
        verbose_name_plural = _("praktijkvoorbeelden")

    @property
    def partnerregels(self) -> list[str]:
        return lines(self.partners)

    @property
    def ontbreekt_regels(self) -> list[str]:
        return lines(self.ontbreekt)


class VraagEnAntwoord(KennisPagina):
    soort = Soort.VRAAG_EN_ANTWOORD
    template = "knowledge/vraag_en_antwoord.html"

    beantwoord_op = models.DateField(_("beantwoord op"), null=True, blank=True)

    type_panels: ClassVar[list[Any]] = [OriginPanel(), FieldPanel("beantwoord_op")]

    class Meta:
        verbose_name = _("vraag en antwoord")
        verbose_name_plural = _("vragen en antwoorden")


class Doelgroep(KennisPagina):
    soort = Soort.DOELGROEP
    template = "knowledge/doelgroep.html"

    groep = models.ForeignKey(
        Aandachtsgroep,
        models.PROTECT,
        null=True,
        verbose_name=_("aandachtsgroep"),
        related_name="+",
    )
    cijfers = ParentalManyToManyField(
        Kerncijfer, verbose_name=_("kerncijfers"), blank=True, related_name="+"
    )

    type_panels: ClassVar[list[Any]] = [
        FieldPanel("groep"),
        FieldPanel("cijfers", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")

    @property
    def live_cijfers(self) -> list[Kerncijfer]:
        """The figures that were approved: a draft is not for readers."""
        figures = self.cijfers.select_related("bron")
        return [cijfer for cijfer in figures if cijfer.live]


class Wet(KennisPagina):
    """A card about a law: where it stands, dated; the text itself is elsewhere."""

    soort = Soort.WET
    template = "knowledge/wet.html"

    afkorting = models.CharField(_("afkorting"), max_length=40, blank=True)
    bwb_id = models.CharField(_("BWB-nummer"), max_length=12, blank=True)
    ministerie = models.CharField(_("ministerie"), max_length=80, blank=True)
    wetsstatus = models.CharField(
        _("status"),
        max_length=20,
        choices=Wetsstatus.choices,
        default=Wetsstatus.ONZEKER,
    )
    laatst_nagegaan = models.DateField(_("status nagegaan op"), null=True, blank=True)
    statussen = StreamField(
        [("status", StatusBlock(label=_("Stap")))],
        verbose_name=_("tijdlijn"),
        blank=True,
    )

    type_panels: ClassVar[list[Any]] = [
        FieldPanel("afkorting"),
        FieldPanel(
            "bwb_id",
            help_text=_(
                "Staat in het adres van de wet op wetten.overheid.nl, zoals BWBR0035303."
            ),
        ),
        FieldPanel("ministerie"),
        FieldPanel("wetsstatus"),
        FieldPanel("laatst_nagegaan"),
        FieldPanel("statussen"),
    ]

    class Meta:
        verbose_name = _("wet of regel")
        verbose_name_plural = _("wetten en regels")

    @property
    def laatste_status(self) -> Any:
        """The newest step of the timeline, or None."""
        rows = [block.value for block in self.statussen]
        return max(rows, key=lambda row: row["datum"]) if rows else None


class Financiering(KennisPagina):
    soort = Soort.FINANCIERING
    template = "knowledge/financiering.html"

    aanvrager = models.CharField(_("wie vraagt aan"), max_length=200, blank=True)
    regeling_status = models.CharField(
        _("status zonder data"),
        max_length=20,
        choices=Regelingstatus.choices,
        default=Regelingstatus.ONBEKEND,
        help_text=_("Geldt alleen als geen ronde een begin- of einddatum heeft."),
    )
    vensters = StreamField(
        [("venster", VensterBlock(label=_("Ronde")))],
        verbose_name=_("rondes"),
        blank=True,
    )
    voorwaarden = StreamField(
        [("voorwaarde", VoorwaardeBlock(label=_("Voorwaarde")))],
        verbose_name=_("voorwaarden"),
        blank=True,
    )
    rangschikking = models.TextField(_("rangschikking"), blank=True)

    type_panels: ClassVar[list[Any]] = [
        FieldPanel("aanvrager"),
        FieldPanel("regeling_status", heading=_("Status zolang geen ronde data heeft")),
        FieldPanel("vensters"),
        FieldPanel("voorwaarden"),
        FieldPanel("rangschikking"),
    ]

    class Meta:
        verbose_name = _("financiering")
        verbose_name_plural = _("geld en regelingen")

    def status_on(self, on: datetime.date | None = None) -> Regelingstatus:
        """Open, soon or closed on a date (default today), from the windows.

        A window without end stays open. Without any dated window the status that the
        editor chose holds.
        """
        on = on or timezone.localdate()
        windows = [
            (block.value.get("opent"), block.value.get("sluit"))
            for block in self.vensters
            if block.value.get("opent") or block.value.get("sluit")
        ]
        if not windows:
            return Regelingstatus(self.regeling_status)
        if any(
            (start is None or start <= on) and (end is None or on <= end)
            for start, end in windows
        ):
            return Regelingstatus.OPEN
        if any(start and start > on for start, _end in windows):
            return Regelingstatus.STRAKS
        return Regelingstatus.GESLOTEN


class Instrument(KennisPagina):
    soort = Soort.INSTRUMENT
    template = "knowledge/instrument.html"

    instrumentsoort = models.CharField(
        _("soort instrument"),
        max_length=20,
        choices=Instrumentsoort.choices,
        blank=True,
    )
    eigenaar = models.CharField(_("wie gaat erover"), max_length=150, blank=True)

    type_panels: ClassVar[list[Any]] = [
        FieldPanel("instrumentsoort"),
        FieldPanel("eigenaar"),
    ]

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instrumenten")


class Gereedschapskist(KennisPagina):
    """A task with its step plan, downloads, examples and contact points together."""

    soort = Soort.GEREEDSCHAPSKIST
    template = "knowledge/gereedschapskist.html"

    taak = models.CharField(_("taak"), max_length=200, blank=True)
    plan = models.ForeignKey(
        Stappenplan,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("stappenplan"),
        related_name="+",
    )
    downloads = StreamField(
        [("download", DownloadBlock(label=_("Bestand")))],
        verbose_name=_("bestanden"),
        blank=True,
    )
    voorbeelden = ParentalManyToManyField(
        Praktijkvoorbeeld, verbose_name=_("voorbeelden"), blank=True, related_name="+"
    )
    contactpunten = ParentalManyToManyField(
        Organisatie, verbose_name=_("andere loketten"), blank=True, related_name="+"
    )

    type_panels: ClassVar[list[Any]] = [
        FieldPanel("taak"),
        PageChooserPanel("plan"),
        FieldPanel("downloads"),
        FieldPanel("voorbeelden"),
        FieldPanel("contactpunten"),
    ]

    class Meta:
        verbose_name = _("gereedschapskist")
        verbose_name_plural = _("gereedschapskisten")

    @property
    def live_voorbeelden(self) -> list[Praktijkvoorbeeld]:
        return [voorbeeld for voorbeeld in self.voorbeelden.all() if voorbeeld.live]


class InfoPagina(KennisPagina):
    """About the desk itself: about, how we work, privacy, accessibility."""

    soort = Soort.INFOPAGINA
    page_description = _("Over ons, privacy, toegankelijkheid en hoe wij werken.")
    template = "knowledge/info_pagina.html"
    parent_page_types = ["knowledge.HomePage"]

    class Meta:
        verbose_name = _("pagina over het loket")
        verbose_name_plural = _("pagina's over het loket")
