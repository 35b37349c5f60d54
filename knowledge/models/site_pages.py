from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page

from knowledge.choices import MEERVOUD, Soort

from .workflow import FourEyesMixin

TITLE_HELP = _("Zo zien lezers de titel. Kort en in gewone woorden.")


def slug_panel() -> FieldPanel:
    return FieldPanel(
        "slug",
        heading=_("Adres van de pagina"),
        help_text=_(
            "Het laatste deel van het webadres. Wij maken het van de titel; laat het daarna zo."
        ),
    )


class HomePage(FourEyesMixin, Page):
    intro = models.CharField(
        _("kop"),
        max_length=200,
        default="Wonen voor iedereen: vind het antwoord, of vraag het",
    )
    voorbeelden = models.TextField(
        _("voorbeelden van zoekvragen"),
        blank=True,
        help_text=_("Eén per regel, hoogstens drie."),
    )

    content_panels = [
        TitleFieldPanel("title", help_text=TITLE_HELP),
        FieldPanel("intro"),
        FieldPanel("voorbeelden"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    template = "knowledge/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("voorpagina")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.selectors import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(self)}


class OverzichtPagina(FourEyesMixin, Page):
    """All pages of one kind, or, without a kind, the kinds themselves."""

    soort = models.CharField(
        _("soort"),
        max_length=30,
        blank=True,
        choices=[(key.value, key.label) for key in MEERVOUD],
    )
    intro = models.TextField(_("inleiding"), blank=True)

    content_panels = [
        TitleFieldPanel("title", help_text=TITLE_HELP),
        FieldPanel(
            "soort",
            help_text=_("Alleen pagina's van deze soort komen onder dit overzicht."),
        ),
        FieldPanel("intro"),
    ]
    promote_panels = [slug_panel()]
    page_description = _("Een lijst van alle pagina's van één soort.")
    template = "knowledge/overzicht_pagina.html"
    parent_page_types = ["knowledge.HomePage", "knowledge.OverzichtPagina"]
    per_page: ClassVar[int] = 50

    class Meta:
        verbose_name = _("overzicht")
        verbose_name_plural = _("overzichten")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Not under the overview of a kind: that holds the pages themselves."""
        return super().can_exist_under(parent) and not getattr(
            parent.specific, "soort", ""
        )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.selectors import overview_pages, overview_tiles

        context = super().get_context(request, *args, **kwargs)
        if self.soort:
            page = Paginator(overview_pages(Soort(self.soort)), self.per_page)
            context["page_list"] = page.get_page(request.GET.get("pagina"))
        else:
            context["tiles"] = overview_tiles(self)
        return context
