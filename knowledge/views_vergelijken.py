"""Comparing regulations: choose the texts, read what differs, take it along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core import ratelimit
from core.parameters import parse_pk
from core.templatetags.components import kortdag
from knowledge.models import RegelingVersie, VergelekenTekst, Vergelijking

from .forms import TekstForm, forms_for
from .regelingen import vergelijk_selectors, vergelijk_services
from .regelingen.vergelijk_services import Eigen, Keuze
from .regelingen.vergelijken import document, rows, to_docx, to_html, to_odt

FILES = {
    "docx": (
        to_docx.to_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "odt": (to_odt.to_odt, "application/vnd.oasis.opendocument.text"),
}
Teksten = Sequence[RegelingVersie | VergelekenTekst]


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str = "") -> HttpResponse:
    """Choose two to four texts. With a token: those of a comparison that is there."""
    vergelijking = None
    bewaard: dict[int, str] = {}
    if token:
        vergelijking = vergelijk_selectors.opened(token)
        if vergelijking is None:
            return _gone(request)
        bewaard = {
            tekst.order: str(tekst)
            for tekst in vergelijk_selectors.texts_in(vergelijking)
            if tekst.versie or tekst.boom
        }
    if request.method != "POST":
        met = [parse_pk(value) for value in request.GET.getlist("met")]
        chosen = [pk for pk in met if pk][: rows.MAX_TEXTS]
        gekozen = dict(enumerate(chosen, 1))
        forms = forms_for(None, None, bewaard=bewaard, gekozen=gekozen)
        return _choose_page(request, forms, token)
    forms = forms_for(request.POST, request.FILES, bewaard=bewaard, gekozen={})
    if not ratelimit.hit("compare-upload-network", ratelimit.network_of(request)):
        return _choose_page(request, forms, token, busy=True, status=429)
    # Each of them is read, also after one that cannot be.
    valid = [form.is_valid() for form in forms]
    fine = all(valid)
    teksten = {at: form.keuze for at, form in enumerate(forms, 1) if form.keuze}
    if fine and vergelijking is None and not _owns(teksten):
        pks = [keuze.pk for keuze in teksten.values()]  # type: ignore[union-attr]
        query = urlencode({"tekst": pks}, doseq=True)
        return redirect(f"{reverse('knowledge:vergeleken')}?{query}")
    # What could be read is kept, so that a second file that cannot costs her nothing.
    if fine or _owns(teksten):
        if vergelijking is None:
            token = vergelijk_services.keep(teksten=teksten)
        else:
            vergelijk_services.change(vergelijking=vergelijking, teksten=teksten)
    if fine:
        return redirect("knowledge:vergelijking", token)
    for form in forms:
        if token and form.keuze:
            keuze = form.keuze
            form.bewaard = (
                keuze.naam if isinstance(keuze, Eigen) else str(keuze.regeling)
            )
    return _choose_page(request, forms, token, status=422)


def _owns(teksten: dict[int, Keuze]) -> bool:
    return any(isinstance(keuze, Eigen) for keuze in teksten.values())


def _choose_page(
    request: HttpRequest,
    forms: list[TekstForm],
    token: str,
    *,
    busy: bool = False,
    status: int = 200,
) -> HttpResponse:
    if busy:
        for form in forms:
            form.leave_unread()
    problems = [
        (form.plaats, field, error)
        for form in forms
        for field in form
        for error in field.errors
    ]
    response = render(
        request,
        "knowledge/vergelijken.html",
        {
            "teksten": forms,
            "problemen": problems,
            "druk": busy,
            "meer_open": any(
                form.errors or form.bewaard or form.initial.get("regeling")
                for form in forms[2:]
            ),
            "actie": reverse("knowledge:vergelijking_aanpassen", args=[token])
            if token
            else reverse("knowledge:vergelijken"),
            "token": token,
        },
        status=status,
    )
    return _private(response) if token or request.method == "POST" else response


@require_safe
def stored(request: HttpRequest) -> HttpResponse:
    """Two to four versions that are here, named in the address."""
    teksten = _versions(request)
    if len(teksten) < 2:
        query = urlencode({"met": [tekst.pk for tekst in teksten]}, doseq=True)
        return redirect(f"{reverse('knowledge:vergelijken')}?{query}")
    return _page(request, teksten)


@require_safe
def stored_file(request: HttpRequest, form: str) -> HttpResponse:
    teksten = _versions(request)
    if len(teksten) < 2:
        raise Http404
    return _file(request, teksten, form)


def _versions(request: HttpRequest) -> list[RegelingVersie]:
    pks = [parse_pk(value) for value in request.GET.getlist("tekst")]
    return vergelijk_selectors.versions([pk for pk in pks if pk][: rows.MAX_TEXTS])


@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A comparison with a text of the visitor; who has the address may see it."""
    vergelijking = vergelijk_selectors.opened(token)
    if vergelijking is None:
        return _gone(request)
    teksten = vergelijk_selectors.texts_in(vergelijking)
    if not _complete(teksten):
        return redirect("knowledge:vergelijking_aanpassen", token)
    return _private(_page(request, teksten, vergelijking=vergelijking, token=token))


@require_safe
def own_file(request: HttpRequest, token: str, form: str) -> HttpResponse:
    vergelijking = vergelijk_selectors.opened(token)
    if vergelijking is None:
        return _gone(request)
    teksten = vergelijk_selectors.texts_in(vergelijking)
    if not _complete(teksten):
        return redirect("knowledge:vergelijking_aanpassen", token)
    return _private(_file(request, teksten, form))


def _complete(teksten: list[VergelekenTekst]) -> bool:
    """At least two texts, and none of them taken away since."""
    return len(teksten) > 1 and all(tekst.versie or tekst.boom for tekst in teksten)


@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the texts of the visitor at once."""
    vergelijking = vergelijk_selectors.opened(token)
    if vergelijking is None:
        return _gone(request)
    vergelijk_services.remove(vergelijking=vergelijking)
    messages.success(request, _("Uw tekst en de vergelijking zijn verwijderd."))
    return redirect("knowledge:vergelijken")


def _gone(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "knowledge/vergelijking_weg.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _allowed(request: HttpRequest) -> bool:
    return ratelimit.hit("compare-view-network", ratelimit.network_of(request))


def _asked(request: HttpRequest) -> tuple[rows.Groep | None, int]:
    """The filter and the place of the base that the address names; what it cannot be
    is no filter and the first."""
    try:
        groep = rows.Groep(request.GET.get("toon", ""))
    except ValueError:
        groep = None
    return groep, parse_pk(request.GET.get("basis")) or 1


def _file(request: HttpRequest, teksten: Teksten, form: str) -> HttpResponse:
    if form not in FILES:
        raise Http404
    if not _allowed(request):
        return _busy(request)
    write, kind = FILES[form]
    groep, basis = _asked(request)
    found = vergelijk_selectors.beside(teksten, basis=basis)
    made = document.document(found, groep=groep, made_on=kortdag(timezone.localdate()))
    response = HttpResponse(write(made), content_type=kind)
    name = f"was-wordt-{slugify(made.title)[:80].strip('-')}.{form}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _busy(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/vergelijken_druk.html", status=429)


def _page(
    request: HttpRequest,
    teksten: Teksten,
    *,
    vergelijking: Vergelijking | None = None,
    token: str = "",
) -> HttpResponse:
    if not _allowed(request):
        return _busy(request)
    groep, basis = _asked(request)
    found = vergelijk_selectors.beside(teksten, basis=basis)
    base = found.texts[0].name
    shown = [to_html.row(found, row) for row in found.filtered(groep)]
    table = request.GET.get("weergave") == "tabel"

    def address(**changes: Any) -> str:
        query = {
            "tekst": request.GET.getlist("tekst") if not token else [],
            "basis": basis if basis > 1 else "",
            "toon": groep.value if groep else "",
            "weergave": "tabel" if table else "",
            **changes,
        }
        return urlencode({k: v for k, v in query.items() if v}, doseq=True)

    words = document.filter_words(found)
    files_at = (
        [(form, reverse("knowledge:vergelijking_bestand", args=[token, form])) for form in FILES]
        if token
        else [(form, reverse("knowledge:vergeleken_bestand", args=[form])) for form in FILES]
    )  # fmt: skip
    response = render(
        request,
        "knowledge/vergelijking.html",
        {
            "titel": document.title(found),
            "teksten": found.texts,
            "koppen": document.heads(found),
            "sommen": [(one.name, rows.sum_in_words(one, base)) for one in found.sums],
            "filters": [
                (each, words[each], found.count(each), f"?{address(toon=each.value)}")
                for each in words
                if found.count(each) or each is groep
            ],
            "alles": (len(found.rows), f"?{address(toon='')}"),
            "groep": groep,
            "tabel": table,
            "weergaven": (f"?{address(weergave='')}", f"?{address(weergave='tabel')}"),
            "bestanden": {
                form: f"{at}?{address(weergave='')}" for form, at in files_at
            },
            "andere_basis": [
                (str(name), f"?{address(basis=at if at > 1 else '', toon='')}")
                for at, name in enumerate(vergelijk_selectors.names_of(teksten), 1)
                if name != base
            ],
            "artikelen": [row for row in shown if not row.outside],
            "buiten": [row for row in shown if row.outside],
            "vergelijking": vergelijking,
            "token": token,
            "erbij": _more(teksten, token),
            "opmerkingen": [
                (str(tekst), tekst.warnings)
                for tekst in teksten
                if isinstance(tekst, VergelekenTekst) and tekst.warnings
            ],
        },
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _more(teksten: Teksten, token: str) -> str:
    """Where one more text is put beside these; empty when there are enough."""
    if len(teksten) >= rows.MAX_TEXTS:
        return ""
    if token:
        return reverse("knowledge:vergelijking_aanpassen", args=[token])
    query = urlencode({"met": [tekst.pk for tekst in teksten]}, doseq=True)
    return f"{reverse('knowledge:vergelijken')}?{query}"
