from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import ratelimit
from core.person import person_of

from . import services
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
}
MAX_PAGE = 15


def _htmx(request: HttpRequest) -> Any:
    """What django-htmx knows of the request; falsy without htmx."""
    return request.htmx  # type: ignore[attr-defined]


def query_from(parameters: QueryDict) -> SearchQuery:
    """A query from an address; what does not fit is ignored."""
    number = parameters.get("pagina", "1")
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
    )


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results page; its whole state is in the address."""
    query = query_from(request.GET)
    found = services.find(query, person_of(request))
    pages = Paginator(
        range(min(found.total, MAX_PAGE * query.per_page)), query.per_page
    )
    facets = [
        (name, FACET_TITLES[name], found.facets[name])
        for name in FACETS
        if name in found.facets
    ]
    tags = [
        {"label": value.label, "url": _without(request.GET, name, value.value)}
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
        "page": pages.get_page(query.page),
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


def _without(parameters: QueryDict, name: str, value: str) -> str:
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
    rows = services.suggest(request.GET.get("q", ""), person_of(request))
    response = JsonResponse(
        {
            "suggesties": [
                {"titel": r["title"], "soort": r["label"], "url": r["url"]}
                for r in rows
            ]
        }
    )
    response["Cache-Control"] = "private, max-age=60"
    return response
