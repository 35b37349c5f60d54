"""What every knowledge page has in common."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
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
from knowledge.blocks import SectiesBlock, new_anchor
from knowledge.choices import Actielijn, Fase, Soort

from .snippets import Aandachtsgroep, Bouwsteen, Thema, lines
from .workflow import FourEyesMixin


class KennisPaginaForm(WagtailAdminPageForm):
    """Code-owned vocabularies as check boxes."""

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


class KennisPagina(FourEyesMixin, Page):
    """A page that holds knowledge: owned, checked, dated, with sources."""

    soort: ClassVar[str] = ""

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
    starter_key = models.CharField(
        max_length=160, blank=True, db_index=True, editable=False
    )
    starter_hash = models.CharField(max_length=64, blank=True, editable=False)

    base_form_class = KennisPaginaForm
    is_creatable = False
    template = "knowledge/kennis_pagina.html"
    subpage_types: ClassVar[list[str]] = []
    parent_page_types = ["knowledge.OverzichtPagina"]

    type_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("kennispagina")
        verbose_name_plural = _("kennispagina's")

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Tabs: text, facts of the type, how it is found, ownership."""
        text = [
            TitleFieldPanel("title"),
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
                label=_("hoort hierbij"),
                heading=_("Hoort hierbij"),
            ),
        ]
        owner = [
            MultiFieldPanel(
                [
                    FieldPanel("team"),
                    FieldPanel("gecontroleerd_op"),
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
            FieldPanel("slug"),
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

    def prepare_publication(self, revision: Any) -> None:
        """Owner and next check are there; every section has an anchor and a source.

        Gives new sections their anchor, which then stays. Raises ValidationError with
        a Dutch message per field.
        """
        errors: dict[str, Any] = {}
        if self.team_id is None:
            errors["team"] = _(
                "Kies het team dat eigenaar is. Zonder eigenaar kan de pagina niet online."
            )
        if self.volgende_controle is None:
            errors["volgende_controle"] = _("Kies een datum voor de volgende controle.")
        if self.gecontroleerd_op is None:
            errors["gecontroleerd_op"] = _("Vul in wanneer de inhoud is gecontroleerd.")
        if self.geldig_van and self.geldig_tot and self.geldig_tot <= self.geldig_van:
            errors["geldig_tot"] = _(
                "Geldig tot ligt vóór geldig van. Verander een van de twee."
            )
        zonder_bron = [
            block.value["kop"] for block in self.secties if not block.value["bronnen"]
        ]
        if zonder_bron:
            errors["secties"] = _(
                "Geef elke sectie een bron. Nog zonder bron: %(koppen)s."
            ) % {"koppen": ", ".join(zonder_bron)}
        if errors:
            raise ValidationError(errors)
        taken = {block.value["anker"] for block in self.secties if block.value["anker"]}
        changed = False
        for block in self.secties:
            if not block.value["anker"]:
                block.value["anker"] = new_anchor(block.value["kop"], taken)
                taken.add(block.value["anker"])
                changed = True
        if changed:
            revision.content = self.serializable_data()
            revision.save(update_fields=["content"])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.selectors import page_context

        context = super().get_context(request, *args, **kwargs)
        context.update(page_context(self))
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
