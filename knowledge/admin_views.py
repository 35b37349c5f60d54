"""The section 'Regelingen' of the editors' admin: taking texts in, and what becomes of them."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.models import Gemeente, User

from .choices import ArtikelBouwsteen
from .models import ArtikelRij, Inlezing, Regeling, RegelingVersie
from .regelingen import gemaakte_keuzes, intake, overheid, services
from .regelingen.bouwstenen import bouwsteen_of
from .regelingen.limits import MAX_UPLOADED, MAX_UPLOADS, megabytes
from .regelingen.modellen.parts import Keuze
from .regelingen.selectors import models

_ = gettext_lazy
EARLIER = 20
MAX_NUMBERS = 20
PER_PAGE = 200
FORMS = {
    "cvdr": _("CVDR-XML"),
    "bwb": _("BWB-XML"),
    "gmb": _("Gemeenteblad-XML"),
    "stb": _("Staatsblad-XML"),
    "docx": _("Word (DOCX)"),
}


# -- forms -------------------------------------------------------------------------


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files; too many or too much together is refused before anything is read."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = data if isinstance(data, (list, tuple)) else [data]
        files = [super(_FilesField, self).clean(file, initial) for file in found or [None]]  # fmt: skip
        if len(files) > MAX_UPLOADS:
            raise ValidationError(
                gettext(
                    "U koos %(found)s bestanden. De grens is %(most)s. Doe ze samen in een zip."
                )
                % {"found": len(files), "most": MAX_UPLOADS}
            )
        size = sum(file.size or 0 for file in files)
        if size > MAX_UPLOADED:
            raise ValidationError(
                gettext(
                    "De bestanden zijn samen %(found)s MB. De grens is %(most)s MB. Lees ze in "
                    "delen in."
                )
                % {"found": megabytes(size), "most": megabytes(MAX_UPLOADED)}
            )
        return files


class UploadForm(forms.Form):
    bestanden = _FilesField(
        label=_("Bestanden"),
        help_text=_(
            "XML van overheid.nl (CVDR, BWB, Gemeenteblad, Staatsblad), Word (DOCX), of een zip "
            "daarvan. Een bestand is hoogstens 50 MB."
        ),
        error_messages={
            "required": _(
                "Kies een of meer bestanden: XML van overheid.nl, Word (DOCX) of een zip."
            ),
            "empty": _("Dit bestand is leeg. Kies het opnieuw."),
        },
    )
    openbaar = forms.BooleanField(
        label=_("Maak wat goed is ingelezen meteen openbaar"), required=False
    )


class FetchForm(forms.Form):
    nummers = forms.CharField(
        label=_("Nummers"),
        max_length=1000,
        help_text=_(
            "Een nummer van een regeling (CVDR718456) of wet (BWBR0035303). U krijgt de nieuwste "
            "versie; met CVDR718456_1 die ene. Meer nummers: spatie ertussen."
        ),
        error_messages={"required": _("Vul een nummer in, zoals CVDR718456.")},
    )
    openbaar = forms.BooleanField(
        label=_("Maak wat goed is ingelezen meteen openbaar"), required=False
    )

    def clean_nummers(self) -> list[str]:
        typed = self.cleaned_data["nummers"].replace(",", " ").replace(";", " ")
        numbers = list(dict.fromkeys(typed.split()))
        for number in numbers:
            if not overheid.is_number(number):
                raise ValidationError(
                    gettext(
                        "‘%(number)s’ is geen nummer van een regeling. Een nummer ziet eruit als "
                        "CVDR718456 of BWBR0035303; plak geen adres."
                    )
                    % {"number": number[:60]}
                )
        if len(numbers) > MAX_NUMBERS:
            raise ValidationError(
                gettext("Haal hoogstens %(most)s regelingen tegelijk op.")
                % {"most": MAX_NUMBERS}
            )
        return numbers


# -- taking in ------------------------------------------------------------------------


class EditorsPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of this section that is no list of one model."""

    header_icon = "doc-full"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        _editor(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


def _editor(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not services.may_edit(user):
        raise PermissionDenied
    return user


class Intake(EditorsPage):
    """Two ways in, upload and number, and what was taken in before."""

    template_name = "knowledge/editor/intake.html"
    page_title = _("Regelingen inlezen")
    upload: forms.Form | None = None
    fetch: forms.Form | None = None

    def post(self, request: HttpRequest) -> HttpResponse:
        user = _editor(request)
        if "ophalen" in request.POST:
            self.fetch = FetchForm(request.POST, prefix="nummer")
            if self.fetch.is_valid() and overheid.is_on():
                made = intake.request(
                    user=user,
                    numbers=self.fetch.cleaned_data["nummers"],
                    publish=self.fetch.cleaned_data["openbaar"],
                )
                return redirect("regelingen_report", made.pk)
        else:
            self.upload = UploadForm(request.POST, request.FILES, prefix="bestand")
            if self.upload.is_valid():
                made = intake.receive(
                    user=user,
                    uploads=self.upload.cleaned_data["bestanden"],
                    publish=self.upload.cleaned_data["openbaar"],
                )
                return redirect("regelingen_report", made.pk)
        messages.error(
            request, gettext("Er is niets ingelezen. Kijk bij het formulier.")
        )
        response = self.render_to_response(self.get_context_data())
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "upload": self.upload or UploadForm(prefix="bestand"),
            "fetch": self.fetch or FetchForm(prefix="nummer"),
            "fetch_on": overheid.is_on(),
            "earlier": Inlezing.objects.select_related("user")[:EARLIER],
        }


class Report(EditorsPage):
    """What became of each file."""

    template_name = "knowledge/editor/report.html"
    page_title = _("Verslag van het inlezen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = get_object_or_404(
            Inlezing.objects.select_related("user"), pk=self.kwargs["pk"]
        )
        rows = made.rows
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        ids = {row["id"] for row in page.object_list if row["id"]}
        here = dict(
            Regeling.objects.filter(identifier__in=ids).values_list("identifier", "pk")
        )
        counts = {
            str(result.value): sum(row["result"] == result for row in rows)
            for result in services.Result
        }
        return {
            **super().get_context_data(**kwargs),
            "made": made,
            "page": page,
            "total": len(rows),
            "counts": {name: count for name, count in counts.items() if count},
            "rows": [
                {
                    **row,
                    "form": FORMS.get(row["form"], row["form"]),
                    "kept": _share(row["chars_kept"], row["chars_in"]),
                    "parts": re.split(r"(?<=[/_.-])", row["path"]),
                    "refused": row["result"] == services.Result.GEWEIGERD,
                    "regeling": here.get(row["id"]),
                }
                for row in page.object_list
            ],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("regelingen_intake"), "label": Intake.page_title}
        items = super().get_breadcrumbs_items()
        return [*items[:-1], above, items[-1]]


def _share(kept: int, given: int) -> str:
    """How much of the text arrived; never rounded up to all of it."""
    if not given:
        return "–"
    return f"{int(1000 * kept / given) / 10:.1f}%".replace(".", ",")


# -- what is here -----------------------------------------------------------------------


class RegelingForm(WagtailAdminModelForm):
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.all(), label=_("Gemeente"), required=False, empty_label="–"
    )

    class Meta:
        model = Regeling
        fields = ["soort", "gemeente"]


class VersieForm(WagtailAdminModelForm):
    class Meta:
        model = RegelingVersie
        fields = ["law_version", "note"]


class ArtikelForm(WagtailAdminModelForm):
    class Meta:
        model = ArtikelRij
        fields = ["bouwsteen"]


class _Edit(generic.EditView):
    """Saving goes through the services; nothing here is deleted."""

    template_name = "knowledge/editor/regeling.html"
    success_message = _("Opgeslagen: %(object)s.")

    def save_instance(self) -> Any:
        self.save_through(self.request.user, self.form.instance)
        return self.form.instance

    def save_through(self, user: Any, row: Any) -> None:
        raise NotImplementedError


class RegelingEdit(_Edit):
    def save_through(self, user: Any, row: Any) -> None:
        services.change_regeling(
            user=user, regeling=row, soort=row.soort, gemeente=row.gemeente
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versies = self.object.versies.defer("boom").in_order().reverse()
        return {
            **super().get_context_data(**kwargs),
            "regeling": self.object,
            "versies": versies.annotate(aantal=Count("artikelen")),
        }


class KeuzesForm(forms.Form):
    """Of each choice of a model what the ordinance says; '' when that is not known."""

    def __init__(self, keuzes: list[Keuze], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for keuze in keuzes:
            self.fields[keuze.naam] = forms.ChoiceField(
                label=keuze.vraag,
                required=False,
                choices=[
                    ("", gettext("niet bekend of niet van toepassing")),
                    *((optie.naam, optie.label) for optie in keuze.opties),
                ],
            )


class Keuzes(EditorsPage):
    """Which choices of a model the ordinance of a municipality made."""

    template_name = "knowledge/editor/keuzes.html"
    page_title = _("Keuzes in deze verordening")
    form: KeuzesForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regeling = get_object_or_404(
            Regeling.objects.select_related("gemeente"), pk=self.kwargs["pk"]
        )
        found = [model for model, _versie in models()]
        asked = self.request.GET.get("model", "")
        chosen = next((m for m in found if m.slug == asked), None)
        if chosen is None and len(found) == 1:
            chosen = found[0]
        keuzes = gemaakte_keuzes.recordable(chosen) if chosen else []
        form = KeuzesForm(
            keuzes,
            self.request.POST or None,
            initial=gemaakte_keuzes.recorded(regeling, chosen) if chosen else {},
        )
        return {
            **super().get_context_data(**kwargs),
            "regeling": regeling,
            "modellen": found,
            "model": chosen,
            "form": form,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = self.get_context_data()
        form: KeuzesForm = context["form"]
        if context["model"] is not None and form.is_valid():
            try:
                gemaakte_keuzes.record(
                    user=_editor(request),
                    regeling=context["regeling"],
                    model=context["model"],
                    answers=form.cleaned_data,
                )
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, gettext("De keuzes zijn bewaard."))
                return redirect("regelingen_list:edit", pk)
        response = self.render_to_response(context)
        response.status_code = 422
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("regelingen_list:edit", args=[self.kwargs["pk"]])
        items = super().get_breadcrumbs_items()
        above = {"url": url, "label": gettext("Regeling")}
        return [*items[:-1], above, items[-1]]


class VersieEdit(_Edit):
    def save_through(self, user: Any, row: Any) -> None:
        services.annotate(
            user=user, versie=row, law_version=row.law_version, note=row.note
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "versie": self.object}


class ArtikelEdit(_Edit):
    def save_through(self, user: Any, row: Any) -> None:
        services.choose_bouwsteen(user=user, artikel=row, bouwsteen=row.bouwsteen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        found = bouwsteen_of(row.title, row.text, row.path)
        return {
            **super().get_context_data(**kwargs),
            "artikel": row,
            "by_rules": ArtikelBouwsteen(found).label if found else gettext("geen"),
        }


class RegelingIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        published = Count("versies", filter=Q(versies__published_at__isnull=False))
        rows = super().get_base_queryset().select_related("gemeente")
        return rows.annotate(aantal=Count("versies"), openbaar=published)


class ArtikelIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        rows = super().get_base_queryset().select_related("versie__regeling")
        return rows.defer("text", "versie__boom")


class ArtikelFilters(WagtailFilterSet):
    bouwsteen = django_filters.ChoiceFilter(
        label=_("Bouwsteen"),
        choices=[*ArtikelBouwsteen.choices],
        null_label=_("geen bouwsteen"),
        null_value="geen",
        method="with_bouwsteen",
        widget=forms.RadioSelect,
        empty_label=_("alles"),
    )
    bouwsteen_by_hand = django_filters.BooleanFilter(
        label=_("Gekozen door de redactie")
    )
    versie = django_filters.NumberFilter(
        label=_("Versie (nummer)"), widget=forms.HiddenInput
    )

    class Meta:
        model = ArtikelRij
        fields = ["bouwsteen", "bouwsteen_by_hand", "versie"]

    def with_bouwsteen(
        self, rows: QuerySet[Any], name: str, value: str
    ) -> QuerySet[Any]:
        return rows.filter(bouwsteen="" if value == "geen" else value)


@require_POST
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a version, or withdraw it."""
    user = _editor(request)
    versie = get_object_or_404(RegelingVersie.objects.select_related("regeling"), pk=pk)
    if "openbaar" in request.POST:
        services.publish(user=user, versie=versie)
        told = gettext("Openbaar gemaakt: %(versie)s.")
    else:
        services.withdraw(user=user, versie=versie)
        told = gettext("Niet meer openbaar: %(versie)s.")
    messages.success(request, told % {"versie": versie})
    return redirect("regelingen_list:edit", versie.regeling_id)
