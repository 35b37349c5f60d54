"""The editor side: snippets under review, what is missing, own entries in the history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import (
    SubmitForModerationMenuItem as SnippetSubmitItem,
)
from wagtail.snippets.action_menu import UnpublishMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    RevisionsUnscheduleView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UnpublishView,
)

from core.models import User

from . import admin_views
from .models import (
    Aandachtsgroep,
    ArtikelRij,
    Begrip,
    Bouwsteen,
    Bron,
    Kerncijfer,
    Organisatie,
    Regeling,
    RegelingVersie,
    Thema,
)
from .models.workflow import ReviewedMixin, refusal
from .regelingen.services import may_edit


class ReviewedUnpublishView(UnpublishView):
    """Taking offline is for one editor: the policy gives nobody the right to publish."""

    permission_required = "change"


class ReviewedUnscheduleView(RevisionsUnscheduleView):
    permission_required = "change"


class ReviewedViewSet(SnippetViewSet):
    unpublish_view_class = ReviewedUnpublishView
    revisions_unschedule_view_class = ReviewedUnscheduleView


class BegripViewSet(ReviewedViewSet):
    model = Begrip


class KerncijferViewSet(ReviewedViewSet):
    model = Kerncijfer


def _plain(name: str, snippet: type[Any]) -> type[SnippetViewSet]:
    return type(f"{name}ViewSet", (SnippetViewSet,), {"model": snippet})


class LijstenGroup(SnippetViewSetGroup):
    """Terms, figures, sources and the rest in one menu; Wagtail calls them snippets."""

    menu_label = gettext_lazy("Lijsten")
    menu_icon = "list-ul"
    menu_order = 250
    items = (
        BegripViewSet,
        KerncijferViewSet,
        *(
            _plain(snippet.__name__, snippet)
            for snippet in (Bron, Organisatie, Aandachtsgroep, Thema, Bouwsteen)
        ),
    )


register_snippet(LijstenGroup)


class RegelingenViewSet(ModelViewSet):
    """What files brought in: corrected here, never made or deleted here."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    form: type[Any]

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return self.form

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    edit_template_name = "knowledge/editor/regeling.html"  # type: ignore[assignment]


class RegelingViewSet(RegelingenViewSet):
    model = Regeling
    form = admin_views.RegelingForm
    index_view_class = admin_views.RegelingIndex
    edit_view_class = admin_views.RegelingEdit
    name = "regelingen_list"
    url_prefix = "regelingen/lijst"
    icon = "doc-full"
    list_display = [
        "__str__",
        "soort",
        "gemeente",
        "identifier",
        Column("aantal", label=gettext_lazy("Versies")),
        Column("openbaar", label=gettext_lazy("Openbaar")),
    ]
    list_filter = ["soort"]
    search_fields = ["title", "citeertitel", "identifier", "authority"]


class ArtikelViewSet(RegelingenViewSet):
    model = ArtikelRij
    form = admin_views.ArtikelForm
    index_view_class = admin_views.ArtikelIndex
    edit_view_class = admin_views.ArtikelEdit
    name = "regelingen_articles"
    url_prefix = "regelingen/artikelen"
    icon = "list-ol"
    list_display = [
        "__str__",
        Column("versie", label=gettext_lazy("Versie")),
        Column("get_bouwsteen_display", label=gettext_lazy("Bouwsteen")),
        BooleanColumn(
            "bouwsteen_by_hand", label=gettext_lazy("Gekozen door de redactie")
        ),
    ]
    filterset_class = admin_views.ArtikelFilters
    search_fields = ["heading", "versie__regeling__title"]


class VersieViewSet(RegelingenViewSet):
    """Reached from its regulation."""

    model = RegelingVersie
    form = admin_views.VersieForm
    edit_view_class = admin_views.VersieEdit
    name = "regelingen_versions"
    url_prefix = "regelingen/versies"
    icon = "history"
    list_display = ["__str__", "valid_until", "law_version"]


class IntakeItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and may_edit(request.user)


class RegelingenGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Regelingen")
    menu_name = "regelingen"
    menu_icon = "doc-full"
    menu_order = 240
    items = (RegelingViewSet, ArtikelViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [
            IntakeItem(
                gettext_lazy("Regelingen inlezen"),
                reverse_lazy("regelingen_intake"),
                name="inlezen",
                icon_name="upload",
                order=0,
            ),
            *super().get_submenu_items(),
        ]


@hooks.register("register_admin_viewset")
def register_regelingen() -> list[Any]:
    return [RegelingenGroup(), VersieViewSet()]


@hooks.register("register_admin_urls")
def register_regelingen_pages() -> list[Any]:
    own = "regelingen/"
    return [
        path(f"{own}inlezen/", admin_views.Intake.as_view(), name="regelingen_intake"),
        path(
            f"{own}inlezen/<int:pk>/",
            admin_views.Report.as_view(),
            name="regelingen_report",
        ),
        path(
            f"{own}keuzes/<int:pk>/",
            admin_views.Keuzes.as_view(),
            name="regelingen_choices",
        ),
        path(
            f"{own}versies/<int:pk>/openbaar/",
            admin_views.publication,
            name="regelingen_publication",
        ),
    ]


class SubmitLabelMixin:
    """Wagtail names the workflow on the button; an editor only offers a text."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)  # type: ignore[misc]
        context["label"] = _("Bied aan ter beoordeling")
        return context


class SubmitPageItem(SubmitLabelMixin, SubmitForModerationMenuItem):
    pass


class SubmitSnippetItem(SubmitLabelMixin, SnippetSubmitItem):
    pass


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def say_what_submitting_is(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    own = SubmitSnippetItem if "model" in context else SubmitPageItem
    menu_items[:] = [
        own(order=item.order) if item.name == "action-submit" else item
        for item in menu_items
    ]


class OfflineMenuItem(UnpublishMenuItem):
    """Wagtail's own item asks for the right to publish; ours for the right to edit."""

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["instance"].live


@hooks.register("construct_snippet_action_menu")
def leave_out_publishing(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """No publish button on what goes through a review; taking offline stays."""
    if issubclass(context["model"], ReviewedMixin):
        menu_items[:] = [
            item
            for item in menu_items
            if item.name not in ("action-publish", "action-unpublish")
        ]
        offline = OfflineMenuItem(order=20)
        if offline.is_shown(context):
            menu_items.append(offline)


class RefusalMenuItem(PageActionMenuItem):
    """Stands where the approve button would be: why it is not there, and who has it."""

    name = "refusal"
    template_name = "knowledge/editor/refusal_item.html"

    def __init__(self, text: str) -> None:
        super().__init__()
        self.label = text


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def say_who_approves(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    reviewed = context.get("page") or context.get("instance")
    text = refusal(reviewed, request.user) if context["view"] == "edit" else ""
    if text:
        menu_items.append(RefusalMenuItem(text))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_what_is_missing(request: HttpRequest, instance: Any) -> None:
    """Whoever opens a draft under review reads why it cannot go live yet."""
    if (
        request.method != "GET"
        or not isinstance(instance, ReviewedMixin)
        or not instance.workflow_in_progress
    ):
        return
    text = refusal(instance, request.user)
    if text:
        messages.info(request, text)
    errors = instance.publication_errors()
    if errors:
        messages.warning(
            request,
            format_html(
                "{}<ul>{}</ul>",
                _("Dit kan nog niet online. Vul aan, en keur het daarna goed:"),
                format_html_join(
                    "",
                    "<li>{}</li>",
                    ((text,) for texts in errors.values() for text in texts),
                ),
            ),
        )


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def show_why_it_was_not_approved(
    request: HttpRequest, instance: Any
) -> HttpResponse | None:
    """Who changes a text and approves it at once goes back to it, and reads why not."""
    if (
        isinstance(instance, ReviewedMixin)
        and request.POST.get("workflow-action-name") == "approve"
        and "action-workflow-action" in request.POST
        and instance.workflow_in_progress
    ):
        return redirect(AdminURLFinder(request.user).get_edit_url(instance))
    return None


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action(
        "knowledge.reviewed", "Klopt nog", "Inhoud gecontroleerd: klopt nog"
    )

    @actions.register_action("knowledge.not_published")
    class NotPublished(LogFormatter):
        """A planned moment that was called off, with the reasons."""

        label = gettext_lazy("Niet gepubliceerd")

        def format_message(self, log_entry: Any) -> str:
            return _("Niet gepubliceerd op het geplande moment: %(reden)s") % {
                "reden": " ".join(log_entry.data.get("reden", []))
            }
