from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core.models import User

from . import admin_views as views
from . import models, steering

WORKS = BooleanColumn("active", label=_("Werkt"))
OWNER = Column("owner", label=_("Eigenaar"))


class SteeringViewSet(ModelViewSet):
    """Rows of one kind; every write goes through search.steering."""

    index_view_class = views.SteeringIndex
    add_view_class = views.SteeringCreate
    edit_view_class = views.SteeringEdit
    delete_view_class = views.SteeringDelete
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    form: type[views.SteeringForm]

    @cached_property
    def filterset_class(self) -> type[views.SteeringFilters]:
        return views.SteeringFilters.of(self.model)

    def get_form_class(self, for_update: bool = False) -> type[views.SteeringForm]:
        return self.form

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    @property
    def create_template_name(self) -> str:  # type: ignore[override]
        return "search/admin/form.html"

    edit_template_name = create_template_name  # type: ignore[assignment]


class Synoniemen(SteeringViewSet):
    model = models.Synonym
    form = views.SynonymForm
    name = "search_synonyms"
    url_prefix = "zoeken/synoniemen"
    icon = "resubmit"
    list_display = [
        "word",
        "synonym",
        BooleanColumn("both_ways", label=_("Beide kanten op")),
        "weight",
        "source",
        OWNER,
        WORKS,
    ]
    search_fields = ["word", "synonym", "source"]
    list_export = ["word", "synonym", "both_ways", "weight", "source", "active"]


class AanbevolenTreffers(SteeringViewSet):
    model = models.BestBet
    form = views.BestBetForm
    name = "search_best_bets"
    url_prefix = "zoeken/aanbevolen"
    icon = "pick"
    list_display = [
        "query",
        Column("document", label=_("Pagina")),
        "reason",
        DateColumn("until", label=_("Tot en met")),
        OWNER,
        WORKS,
    ]
    search_fields = ["query", "document__title", "reason"]


class GeweerdeSuggesties(SteeringViewSet):
    model = models.StopSuggestion
    form = views.StopSuggestionForm
    name = "search_stops"
    url_prefix = "zoeken/geweerd"
    icon = "no-view"
    list_display = ["text", OWNER, WORKS]
    search_fields = ["text"]


class Splitsingen(SteeringViewSet):
    model = models.SplitException
    form = views.SplitExceptionForm
    name = "search_splits"
    url_prefix = "zoeken/splitsingen"
    icon = "cut"
    list_display = ["word", Column("parts", label=_("Delen")), OWNER, WORKS]
    search_fields = ["word", "parts"]


class GoedgekeurdeZoekvragen(SteeringViewSet):
    """They come from the query log; here they are switched off or deleted."""

    model = models.ApprovedQuery
    form = views.ApprovedQueryForm
    name = "search_approved"
    url_prefix = "zoeken/goedgekeurd"
    icon = "check"
    list_display = ["text", OWNER, WORKS]
    search_fields = ["text"]


class EditorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and steering.may_steer(request.user)


class Zoeken(ModelViewSetGroup):
    menu_label = _("Zoeken")
    menu_name = "zoeken"
    menu_icon = "sliders"  # Wagtail's own search has the glass
    menu_order = 250
    items = (
        Synoniemen,
        AanbevolenTreffers,
        GeweerdeSuggesties,
        Splitsingen,
        GoedgekeurdeZoekvragen,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [
            EditorsItem(
                _("Zoekvragen"),
                reverse_lazy("search_queries"),
                name="zoekvragen",
                icon_name="help",
                order=0,
            ),
            *super().get_submenu_items(),
            EditorsItem(
                _("Wijzigingen"),
                reverse_lazy("search_changes"),
                name="zoekwijzigingen",
                icon_name="history",
                order=50,
            ),
        ]


@hooks.register("register_admin_viewset")
def register_section() -> Zoeken:
    return Zoeken()


@hooks.register("register_admin_urls")
def register_pages() -> list[Any]:
    return [
        path("zoeken/zoekvragen/", views.Queries.as_view(), name="search_queries"),
        path("zoeken/zoekvragen/goedkeuren/", views.approve, name="search_approve"),
        path("zoeken/wijzigingen/", views.Changes.as_view(), name="search_changes"),
        path("zoeken/wijzigingen/<int:pk>/", views.undo, name="search_undo"),
        path("zoeken/paginas/", views.pages, name="search_pages"),
    ]
