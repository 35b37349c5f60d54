from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit
from core.person import person_of

from . import querylog, services
from .documents import FACETS, SearchQuery

FACET_TITLES = {
    "soort": _("Soort"),
    "groep": _("Doelgroep"),
    "actielijn": _("Actielijn"),
    "thema": _("Thema"),
    "fase": _("Fase"),
    "provincie": _("Provincie"),
    "gemeente": _("Gemeente"),
    "jaar": _("Jaar van controle"),
    "status": _("Status"),
    "bouwsteen": _("Bouwsteen"),
    "grootteklasse": _("Grootte van de gemeente"),
}
MAX_PAGE = 15


def _htmx(request: HttpRequest) -> Any:
    """What django-htmx knows of the request; falsy without htmx."""
    return request.htmx  # type: ignore[attr-defined]


def query_from(parameters: QueryDict) -> SearchQuery:
    """A query from an address; what does not fit is ignored."""
    number = parameters.get("pagina", "1")[:9]
    page = int(number) if number.isascii() and number.isdigit() else 1
    filters = {
        name: tuple(v[:120] for v in parameters.getlist(name)[:30] if v)
        for name in FACETS
    }
    return SearchQuery(
        text=parameters.get("q", "").replace("\x00", " ").strip()[:400],
        filters={name: values for name, values in filters.items() if values},
        page=min(max(page, 1), MAX_PAGE),
        sort="datum" if parameters.get("sorteer") == "datum" else "relevantie",
        exact=parameters.get("precies") == "1",
    )


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results page; its whole state is in the address."""
    query = query_from(request.GET)
    try:
        found = services.find(query, person_of(request))
    except services.SearchUnavailable:
        return render(request, "search/unavailable.html", {"query": query}, status=503)
    pages = Paginator(
        range(min(found.total, MAX_PAGE * query.per_page)), query.per_page
    )
    facets = [
        (name, FACET_TITLES[name], found.facets[name])
        for name in FACETS
        if name in found.facets
    ]
    tags = [
        {"label": value.label, "url": without(request.GET, name, value.value)}
        for name, _title, values in facets
        for value in values
        if value.chosen
    ]
    context = {
        "query": query,
        "results": found,
        "facets": facets,
        "tags": tags,
        "clear_url": f"?{_only_text(query)}",
        "click_token": querylog.note(request, query, found),
        "artikelen": services.count_articles(query.text) if query.text else 0,
        "page": pages.get_page(query.page),
        "corrected_url": _with(request.GET, "q", found.corrected or query.text),
        "exact_url": _with(request.GET, "precies", "1"),
        "sort_urls": {
            s: _with(request.GET, "sorteer", s) for s in ("relevantie", "datum")
        },
    }
    template = (
        "search/_results.html"
        if _htmx(request).target == "zoekresultaten"
        else "search/results.html"
    )
    return render(request, template, context)


def _only_text(query: SearchQuery) -> str:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query.text
    return parameters.urlencode()


def without(parameters: QueryDict, name: str, value: str) -> str:
    copy = parameters.copy()
    copy.setlist(name, [v for v in parameters.getlist(name) if v != value])
    copy.pop("pagina", None)
    return f"?{copy.urlencode()}"


def _with(parameters: QueryDict, name: str, value: str) -> str:
    copy = parameters.copy()
    copy[name] = value
    copy.pop("pagina", None)
    return f"?{copy.urlencode()}"


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What the search box offers while somebody types."""
    if not ratelimit.hit("suggest-network", ratelimit.client_ip(request)):
        return JsonResponse({"suggesties": []}, status=429)
    text = request.GET.get("q", "").replace("\x00", " ")
    rows = services.suggest(text, person_of(request))
    response = JsonResponse(
        {
            "suggesties": [
                {
                    "titel": r["title"],
                    "soort": r["label"],
                    "groep": r["group"],
                    "url": r["url"],
                }
                for r in rows
            ]
        }
    )
    response["Cache-Control"] = "private, max-age=60"
    return response


# Exempt: the results page sets no cookie, so a beacon of it has no CSRF token. All that a
# forged request could do is add one to a count of a search that this site signed itself
# within the day; browsers say whether it comes from this site, and a source has a limit.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """Count an opened hit. The address of the hit stays what it is: no redirect."""
    rank = request.POST.get("plek", "")
    if (
        request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and rank.isascii()
        and rank.isdigit()
        and len(rank) <= 4
        and ratelimit.hit("click-network", ratelimit.client_ip(request))
    ):
        querylog.count_click(token=request.POST.get("vraag", ""), rank=int(rank))
    return HttpResponse(status=204)
