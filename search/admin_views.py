"""The section 'Zoeken' of the editors' admin: forms that show their effect, and lists."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.models import User

from . import querylog, steering
from .effect import effect_of
from .models import (
    ApprovedQuery,
    BestBet,
    Document,
    SplitException,
    SteeringChange,
    StopSuggestion,
    Synonym,
)

_ = gettext_lazy
MONTH = datetime.timedelta(days=31)
PER_PAGE = 50


def _editors_only(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not steering.may_steer(user):
        raise PermissionDenied
    return user


# -- forms -------------------------------------------------------------------------


class PageField(forms.CharField):
    """A page, by its title or its address; a list of titles helps who has JavaScript."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-paginas": reverse_lazy("search_pages"),
            }
        )
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            page = Document.objects.filter(pk=value).first()
            return label_of(page) if page else ""
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return page_of(text) if text else None


def label_of(page: Document) -> str:
    return f"{page.title} ({page.kind_label})"


def page_of(text: str) -> Document:
    """The public page with this title, title with kind, or address."""
    public = Document.objects.filter(audience="public")
    path = urlsplit(text).path
    title, _open, label = text.rpartition(" (")
    found = list(
        public.filter(
            Q(title__iexact=text)
            | Q(title__iexact=title, kind_label__iexact=label.rstrip(")"))
            | Q(url__in=[path, f"{path}/"] if path.startswith("/") else [])
        )[:5]
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(
            gettext("Er zijn meer pagina's met deze titel. Kies uit: %(titels)s")
            % {"titels": ", ".join(label_of(page) for page in found)}
        )
    raise ValidationError(
        gettext("Deze pagina kennen wij niet. Typ de hele titel, of plak het adres.")
    )


class SteeringForm(WagtailAdminModelForm):
    """The owner is the editor who makes the row, until somebody else is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        owner.queryset = (
            User.objects.filter(is_active=True)
            .filter(
                Q(groups__name__in=steering.EDITORS)
                | Q(pk=self.instance.owner_id)
                | Q(pk=getattr(self.for_user, "pk", None))
            )
            .distinct()
            .order_by("name")
        )


class SynonymForm(SteeringForm):
    class Meta:
        model = Synonym
        fields = [
            "word", "synonym", "both_ways", "weight", "source", "owner", "active",
        ]  # fmt: skip


class BestBetForm(SteeringForm):
    document = PageField(
        label=_("Pagina"),
        help_text=_("Typ de titel en kies uit de lijst, of plak het adres."),
    )

    class Meta:
        model = BestBet
        fields = ["query", "document", "reason", "until", "owner", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].required = True


class StopSuggestionForm(SteeringForm):
    class Meta:
        model = StopSuggestion
        fields = ["text", "owner", "active"]


class SplitExceptionForm(SteeringForm):
    class Meta:
        model = SplitException
        fields = ["word", "parts", "owner", "active"]


class ApprovedQueryForm(SteeringForm):
    class Meta:
        model = ApprovedQuery
        fields = ["owner", "active"]


class SteeringFilters(WagtailFilterSet):
    """Narrow a list to what needs care."""

    choices = [("uit", _("uitgezet")), ("zonder-eigenaar", _("zonder eigenaar"))]
    ending = [
        ("loopt-af", _("loopt binnen een maand af")),
        ("afgelopen", _("afgelopen")),
    ]

    def narrow(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        return {
            "uit": lambda: rows.filter(active=False),
            "zonder-eigenaar": lambda: rows.filter(owner=None),
            "loopt-af": lambda: rows.filter(
                active=True, until__gte=today, until__lte=today + MONTH
            ),
            "afgelopen": lambda: rows.filter(until__lt=today),
        }[value]()

    @classmethod
    def of(cls, model: Any) -> type[SteeringFilters]:
        """The filters for a list of this model."""
        ends = model is BestBet
        toon = django_filters.ChoiceFilter(
            label=_("Toon alleen"),
            method="narrow",
            empty_label=_("alles"),
            choices=[*(cls.ending if ends else []), *cls.choices],
            widget=forms.RadioSelect,
        )
        meta = type("Meta", (), {"model": model, "fields": []})
        return type(f"{model.__name__}Filters", (cls,), {"toon": toon, "Meta": meta})


# -- views of one row ------------------------------------------------------------------


class _WithEffect:
    """Saving goes through the service; 'Bekijk het effect' stores nothing."""

    effect = None
    success_message = _("Opgeslagen: %(object)s. Het zoeken gebruikt dit meteen.")

    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "bekijk" not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.object = self.get_object() if "pk" in self.kwargs else None
        self.form = self.get_form()
        if not self.is_valid(self.form):
            return self.form_invalid(self.form)
        self.effect = effect_of(self.form.instance, request.POST.get("probeer", ""))
        return self.render_to_response(self.get_context_data())

    def form_valid(self: Any, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            form.add_error(None, error.messages)  # type: ignore[arg-type]
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self: Any) -> Any:
        steering.save(actor=self.request.user, row=self.form.instance)
        return self.form.instance

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(reverse("search_changes"), gettext("Wijzigingen"))]

    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["effect"] = self.effect
        context["probeer"] = self.request.POST.get("probeer", "")
        return context


class SteeringCreate(_WithEffect, generic.CreateView):
    template_name = "search/admin/form.html"

    def get_initial_form_instance(self) -> Any:
        """A row of the editor, with what the address already fills in."""
        row = self.model(owner=self.request.user)
        for field in row._meta.concrete_fields:
            if (
                field.name in ("word", "query", "text")
                and field.name in self.request.GET
            ):
                given = self.request.GET[field.name].replace("\x00", "")
                setattr(row, field.name, given[: field.max_length])
        return row


class SteeringEdit(_WithEffect, generic.EditView):
    template_name = "search/admin/form.html"

    def get_history_url(self) -> str:
        row: Any = self.object
        wanted = {"soort": row._meta.model_name, "nr": row.pk}
        return f"{reverse('search_changes')}?{urlencode(wanted)}"


class SteeringDelete(generic.DeleteView):
    success_message = _("Verwijderd: %(object)s. Bij Wijzigingen zet u dit terug.")

    def delete_action(self) -> None:
        steering.delete(actor=self.request.user, row=self.object)


class SteeringIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        related = ["owner"] + ["document"] * (self.model is BestBet)
        return super().get_base_queryset().select_related(*related)


# -- lists ----------------------------------------------------------------------------


class EditorsPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of this section that is no list of one model."""

    header_icon = "search"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        _editors_only(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class Queries(EditorsPage):
    """What people asked, with a repair beside it."""

    template_name = "search/admin/queries.html"
    page_title = _("Zoekvragen")
    lists = {
        "vaak": _("Vaak gevraagd"),
        "niets": _("Niets gevonden"),
        "onzeker": _("Geen goed antwoord"),
        "geen-klik": _("Niets geopend"),
    }
    periods = (7, 30, 90, 365)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        which = given.get("lijst", "vaak")
        which = which if which in self.lists else "vaak"
        days = given.get("dagen", "30")
        period = int(days) if days in map(str, self.periods) else 30
        return {
            **super().get_context_data(**kwargs),
            "lists": self.lists.items(),
            "periods": self.periods,
            "which": which,
            "days": period,
            "rows": querylog.asked(which, days=period),
            "totals": querylog.totals(period),
            "least": querylog.SOURCES,
            "here": self.request.get_full_path(),
        }


class Changes(EditorsPage):
    """Who changed what in the steering of the search, newest first."""

    template_name = "search/admin/changes.html"
    page_title = _("Wijzigingen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        rows = SteeringChange.objects.select_related("by", "undoes")
        if given.get("soort") in steering.MODELS:
            rows = rows.filter(kind=given["soort"])
        number = given.get("nr", "")
        if number.isascii() and number.isdigit() and len(number) < 18:
            rows = rows.filter(object_id=int(number))
        page = Paginator(rows, PER_PAGE).get_page(given.get("p"))
        undoable = steering.undoable(page.object_list)
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "rows": [
                {
                    "change": change,
                    "kind": steering.MODELS[change.kind]._meta.verbose_name,
                    "differences": _differences(change),
                    "undoable": change.pk in undoable,
                }
                for change in page.object_list
            ],
            "here": self.request.get_full_path(),
        }


def _differences(change: SteeringChange) -> list[dict[str, Any]]:
    """Which fields differ, with their labels and both values as people read them."""
    if change.before is None or change.after is None:
        return []
    model: Any = steering.MODELS[change.kind]
    return [
        {
            "label": model._meta.get_field(name).verbose_name,
            "before": _shown(name, change.before.get(name)),
            "after": _shown(name, value),
        }
        for name, value in change.after.items()
        if change.before.get(name) != value
    ]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if name == "owner":
        owner = User.objects.filter(pk=value).first()
        return owner.name if owner else gettext("niemand")
    if name == "document":
        kind, _colon, pk = value.rpartition(":")
        page = Document.objects.filter(kind=kind, object_id=int(pk)).first()
        return page.title if page else gettext("een pagina die er niet meer is")
    if name == "until":
        return f"{datetime.date.fromisoformat(value):%d-%m-%Y}"
    return str(value) or "–"


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one change back."""
    actor = _editors_only(request)
    change = get_object_or_404(SteeringChange, pk=pk)
    try:
        steering.undo(actor=actor, change=change)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, gettext("Ongedaan gemaakt: %(regel)s") % {"regel": change.label}
        )
    return redirect(_back(request, "search_changes"))


@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Let the search box suggest a query of the log."""
    actor = _editors_only(request)
    text = request.POST.get("text", "")
    try:
        querylog.approve(actor=actor, text=text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            gettext("Het zoekvak stelt ‘%(vraag)s’ nu voor.") % {"vraag": text},
        )
    return redirect(_back(request, "search_queries"))


def _back(request: HttpRequest, name: str) -> str:
    """The list from which somebody came, when it is one of ours."""
    back = request.POST.get("terug", "")
    ours = reverse(name)
    if back.startswith(ours) and url_has_allowed_host_and_scheme(back, None):
        return back
    return ours


@require_safe
def pages(request: HttpRequest) -> JsonResponse:
    """Titles of pages that have what was typed, for the list under the field."""
    _editors_only(request)
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    found = Document.objects.filter(audience="public", title__icontains=typed)
    rows = found.order_by("title")[:20] if len(typed) > 1 else []
    return JsonResponse({"paginas": [label_of(page) for page in rows]})
