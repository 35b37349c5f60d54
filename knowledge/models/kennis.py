"""What every knowledge page has in common."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from core.models import Team
from knowledge.anchors import fixed_anchors, new_anchor
from knowledge.blocks import SectiesBlock
from knowledge.choices import Actielijn, Fase, Soort

from .site_pages import TITLE_HELP, slug_panel
from .snippets import Aandachtsgroep, Bouwsteen, Thema, lines
from .workflow import FourEyesMixin

# Streams of which every block needs a source, with the field that names the block.
PARTS = {
    "secties": "kop",
    "stappen": "titel",
    "feiten": "label",
    "statussen": "datum",
    "vensters": "naam",
    "voorwaarden": "tekst",
}


def has_source(value: Any) -> bool:
    """Whether a block names a Bron that still exists."""
    return any(reference["bron"] for reference in value["bronnen"])


class KennisPaginaForm(WagtailAdminPageForm):
    """Code-owned vocabularies as check boxes; what must be filled in before a review."""

    actielijnen = forms.MultipleChoiceField(
        label=_("Actielijnen"),
        choices=Actielijn.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fasen = forms.MultipleChoiceField(
        label=_("Fasen"),
        choices=Fase.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self._asks_publication():
            return
        for name, message in self.instance.missing_for_publication().items():
            field = name if name in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, message)

    def _asks_publication(self) -> bool:
        """Whether the button that was used offers the page for review, or approves it."""
        if self.is_deferred_validation:
            return False
        approves = (
            "action-workflow-action" in self.data
            and self.data.get("workflow-action-name") == "approve"
        )
        return (
            approves
            or "action-submit" in self.data
            or "action-restart-workflow" in self.data
        )


class KennisPagina(FourEyesMixin, Page):
    """A page that holds knowledge: owned, checked, dated, with sources."""

    soort: ClassVar[str] = ""
    main_stream: ClassVar[str] = "secties"
    main_stream_missing: ClassVar[Any] = _("Voeg minstens één sectie toe.")

    in_het_kort = models.TextField(
        _("in het kort"),
        blank=True,
        help_text=_(
            "Hoogstens 60 woorden: wat moet iemand weten die niet verder leest?"
        ),
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team dat eigenaar is"),
        related_name="+",
        help_text=_("Verplicht voor publicatie. Dit team controleert de pagina."),
    )
    gecontroleerd_op = models.DateField(_("gecontroleerd op"), null=True, blank=True)
    volgende_controle = models.DateField(
        _("volgende controle"),
        null=True,
        blank=True,
        help_text=_("Verplicht voor publicatie."),
    )
    geldig_van = models.DateField(_("geldig van"), null=True, blank=True)
    geldig_tot = models.DateField(_("geldig tot"), null=True, blank=True)
    onzeker = models.TextField(
        _("wat is nog onzeker"),
        blank=True,
        help_text=_("Staat in een gele band boven de tekst. Noem ook sinds wanneer."),
    )
    acties = models.TextField(
        _("wat moet u nu doen"),
        blank=True,
        help_text=_("Eén opdracht per regel. Begin met een werkwoord."),
    )
    trefwoorden = models.TextField(
        _("andere zoekwoorden"),
        blank=True,
        help_text=_("Woorden waarmee mensen dit zoeken. Eén per regel."),
    )
    secties = StreamField(SectiesBlock(), verbose_name=_("secties"), blank=True)
    doelgroepen = ParentalManyToManyField(
        Aandachtsgroep,
        verbose_name=_("doelgroepen"),
        blank=True,
        related_name="paginas",
    )
    themas = ParentalManyToManyField(
        Thema, verbose_name=_("thema's"), blank=True, related_name="paginas"
    )
    bouwstenen = ParentalManyToManyField(
        Bouwsteen, verbose_name=_("bouwstenen"), blank=True, related_name="paginas"
    )
    actielijnen = models.JSONField(_("actielijnen"), default=list, blank=True)
    fasen = models.JSONField(_("fasen"), default=list, blank=True)
    origin_key = models.CharField(
        max_length=80, blank=True, db_index=True, editable=False
    )

    base_form_class = KennisPaginaForm
    # A copy is not the page that the asker was told of.
    exclude_fields_in_copy = ["origin_key"]
    is_creatable = False
    template = "knowledge/kennis_pagina.html"
    subpage_types: ClassVar[list[str]] = []
    parent_page_types = ["knowledge.OverzichtPagina"]

    type_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("kennispagina")
        verbose_name_plural = _("kennispagina's")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Under an overview of its own kind; the home page has no kind."""
        return super().can_exist_under(parent) and (
            getattr(parent.specific, "soort", cls.soort) == cls.soort
        )

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Tabs: text, facts of the type, how it is found, ownership."""
        text = [
            TitleFieldPanel("title", help_text=TITLE_HELP),
            FieldPanel("in_het_kort"),
            *cls.type_panels,
            FieldPanel("acties"),
            FieldPanel("secties"),
        ]
        found = [
            FieldPanel("doelgroepen", widget=forms.CheckboxSelectMultiple),
            FieldPanel("themas", widget=forms.CheckboxSelectMultiple),
            FieldPanel("actielijnen"),
            FieldPanel("fasen"),
            FieldPanel("trefwoorden"),
            InlinePanel(
                "relaties",
                [PageChooserPanel("naar", "knowledge.KennisPagina")],
                label=_("pagina die hierbij hoort"),
                heading=_("Hoort hierbij"),
            ),
        ]
        owner = [
            MultiFieldPanel(
                [
                    FieldPanel("team"),
                    FieldPanel(
                        "gecontroleerd_op", help_text=_("Verplicht voor publicatie.")
                    ),
                    FieldPanel("volgende_controle"),
                ],
                heading=_("Eigenaar en controle"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("geldig_van"),
                    FieldPanel("geldig_tot"),
                    FieldPanel("onzeker"),
                ],
                heading=_("Geldigheid"),
            ),
            slug_panel(),
            *cls.settings_panels,
        ]
        return TabbedInterface(
            [
                ObjectList(text, heading=_("Tekst")),
                ObjectList(found, heading=_("Vindbaar")),
                ObjectList(owner, heading=_("Eigenaar")),
            ],
            base_form_class=cls.base_form_class,
        ).bind_to_model(cls)

    @property
    def soort_label(self) -> str:
        return str(Soort(self.soort).label) if self.soort else ""

    @property
    def actieregels(self) -> list[str]:
        return lines(self.acties)

    @property
    def zoekwoorden(self) -> list[str]:
        return lines(self.trefwoorden)

    def overdue(self, on: datetime.date | None = None) -> bool:
        """Whether the next check should have been done by this date (default today)."""
        on = on or timezone.localdate()
        return self.volgende_controle is not None and self.volgende_controle < on

    def no_longer_holds(self, on: datetime.date | None = None) -> bool:
        on = on or timezone.localdate()
        return self.geldig_tot is not None and self.geldig_tot <= on

    def missing_for_publication(self) -> dict[str, Any]:
        """Owner and dates; a first section; a source and one own anchor for every part."""
        missing: dict[str, Any] = {}
        if self.team_id is None:
            missing["team"] = _(
                "Kies het team dat eigenaar is. Zonder eigenaar kan de pagina niet online."
            )
        if self.volgende_controle is None:
            missing["volgende_controle"] = _(
                "Kies een datum voor de volgende controle."
            )
        if self.gecontroleerd_op is None:
            missing["gecontroleerd_op"] = _(
                "Vul in wanneer de inhoud is gecontroleerd."
            )
        if self.geldig_van and self.geldig_tot and self.geldig_tot <= self.geldig_van:
            missing["geldig_tot"] = _(
                "Geldig tot ligt vóór geldig van. Verander een van de twee."
            )
        if not getattr(self, self.main_stream):
            missing[self.main_stream] = self.main_stream_missing
        taken = fixed_anchors(self.soort)
        for name, parts in self._parts().items():
            faults = []
            unsourced = [title for title, value in parts if not has_source(value)]
            if unsourced:
                faults.append(
                    _("Geef elk deel een bron. Nog zonder bron: %(delen)s.")
                    % {"delen": ", ".join(f"‘{title}’" for title in unsourced)}
                )
            for title, value in parts:
                anchor = value.get("anker")
                if anchor in taken:
                    faults.append(
                        _(
                            "Het anker ‘%(anker)s’ van ‘%(deel)s’ is al in gebruik. Kies een ander anker, of maak het leeg."
                        )
                        % {"anker": anchor, "deel": title}
                    )
                elif anchor:
                    taken.add(anchor)
            if faults:
                missing[name] = " ".join(faults)
        return missing

    def _parts(self) -> dict[str, list[tuple[str, Any]]]:
        """Title and value of every block that needs a source, by field."""
        return {
            name: [
                (Truncator(str(block.value[title])).chars(60), block.value)
                for block in getattr(self, name)
            ]
            for name, title in PARTS.items()
            if hasattr(self, name)
        }

    def prepare_publication(self, revision: Any) -> None:
        """Refuse what is not complete; give new sections and steps their lasting anchor."""
        super().prepare_publication(revision)
        open_parts = []
        taken: set[str] = set()
        for parts in self._parts().values():
            for title, value in parts:
                if value.get("anker"):
                    taken.add(value["anker"])
                elif "anker" in value:
                    open_parts.append((title, value))
        for title, value in open_parts:
            value["anker"] = new_anchor(title, taken)
            taken.add(value["anker"])
        if open_parts:
            revision.content = self.serializable_data()
            revision.save(update_fields=["content"])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.selectors import page_context

        context = super().get_context(request, *args, **kwargs)
        context.update(page_context(self))
        context["adres"] = request.build_absolute_uri(self.get_url(request))
        return context


class PaginaRelatie(Orderable):
    """'Hoort hierbij': one way as entered, shown both ways."""

    van = ParentalKey(KennisPagina, on_delete=models.CASCADE, related_name="relaties")
    naar = models.ForeignKey(
        KennisPagina,
        models.CASCADE,
        related_name="genoemd_door",
        verbose_name=_("pagina"),
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["van", "naar"], name="relatie_once")
        ]
