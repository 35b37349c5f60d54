import datetime
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit
from core.person import person_of
from search import querylog
from search import services as search_services
from search.documents import ARTICLES
from search.views import FACET_TITLES, MAX_PAGE, query_from, without

from . import selectors, services
from .models import RegelingVersie
from .regelingen import lezen
from .regelingen import selectors as regeling_selectors


def _htmx(request: HttpRequest) -> Any:
    """What django-htmx knows of the request; falsy without htmx."""
    return request.htmx  # type: ignore[attr-defined]


@require_safe
def begrippen(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "knowledge/begrippen.html",
        {"letters": selectors.begrippen_by_letter()},
    )


@require_safe
def begrip(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(
        selectors.live_begrippen().select_related("bron"), slug=slug
    )
    return render(
        request,
        "knowledge/begrip.html",
        {"begrip": term, "paginas": selectors.pages_about(term)},
    )


@require_safe
def regelingen(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "knowledge/regelingen.html",
        {"regelingen": regeling_selectors.readable()},
    )


def _comparison(before: RegelingVersie, after: RegelingVersie) -> str:
    """Where two versions of a regulation stand beside each other."""
    return f"{reverse('knowledge:vergeleken')}?tekst={before.pk}&tekst={after.pk}"


ARTICLE_FACETS = ("bouwsteen", "gemeente", "provincie", "grootteklasse")


@require_safe
def artikelen(request: HttpRequest) -> HttpResponse:
    """Search among articles: what holds today or on a day, or all that ever held."""
    given = request.GET
    day, fault = _day(given.get("geldig-op", "").strip())
    ever = given.get("ook-oud") == "1"
    asked = query_from(given)
    query = replace(
        asked,
        filters={k: v for k, v in asked.filters.items() if k in ARTICLE_FACETS},
        sort="relevantie",
        audiences=(ARTICLES,),
        valid_on=day or (None if ever else timezone.localdate()),
    )
    try:
        found = search_services.find(query, person_of(request))
    except search_services.SearchUnavailable:
        return render(request, "search/unavailable.html", {"query": query}, status=503)
    facets = [
        (name, FACET_TITLES[name], found.facets[name])
        for name in ARTICLE_FACETS
        if name in found.facets
    ]
    pages = Paginator(
        range(min(found.total, MAX_PAGE * query.per_page)), query.per_page
    )
    return render(
        request,
        "knowledge/artikelen.html",
        {
            "query": query,
            "results": found,
            "facets": facets,
            "tags": [
                {"label": value.label, "url": without(given, name, value.value)}
                for name, _title, values in facets
                for value in values
                if value.chosen
            ],
            "page": pages.get_page(query.page),
            "dag": day,
            "gevraagd": given.get("geldig-op", "").strip(),
            "fout": fault,
            "ook_oud": ever,
            "click_token": querylog.note(request, query, found),
        },
    )


def _day(asked: str) -> tuple[datetime.date | None, str]:
    """The day that was asked for, and what is wrong with it."""
    try:
        return (datetime.date.fromisoformat(asked) if asked else None), ""
    except ValueError:
        return None, _("Dit is geen datum. Vul een dag in als 2026-07-01.")


@require_safe
def regeling(request: HttpRequest, slug: str) -> HttpResponse:
    """A legal text as it stands today, or on the day in ``geldig-op``."""
    asked = request.GET.get("geldig-op", "").strip()
    day, fault = _day(asked)
    found = regeling_selectors.read(slug, day or timezone.localdate())
    if found is None:
        raise Http404
    model = None
    if found.versie and found.versie.modeltekst:
        model = regeling_selectors.model_in(found.versie.modeltekst)
    lezing = lezen.read(
        found,
        page=request.build_absolute_uri(found.regeling.get_absolute_url()),
        today=timezone.localdate(),
        day=day,
        compare=_comparison,
        model=model,
    )
    return render(
        request,
        "knowledge/regeling.html",
        {
            "gelezen": found,
            "dag": day,
            "gevraagd": asked,
            "fout": fault,
            "vandaag": timezone.localdate(),
            "adres": request.build_absolute_uri(),
            "lezing": lezing,
            "model": model,
            "pagina": getattr(found.regeling, "modelpagina", None) if model else None,
        },
    )


@require_POST
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """A vote on a page; the answer is a small page, or a fragment for htmx."""
    page = selectors.find_page(pk)
    if page is None:
        raise Http404
    choice = request.POST.get("geholpen")
    if choice not in ("ja", "nee"):
        return redirect(page.get_url())
    if ratelimit.hit("feedback-network", ratelimit.network_of(request)):
        services.give_feedback(
            page=page,
            helpful=choice == "ja",
            reason=request.POST.get("reden", ""),
            note=request.POST.get("toelichting", "").strip(),
        )
    template = (
        "knowledge/_feedback_thanks.html"
        if _htmx(request)
        else "knowledge/feedback_thanks.html"
    )
    return render(request, template, {"page": page, "geholpen": choice == "ja"})
