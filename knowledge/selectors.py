"""What may be read of the knowledge base."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.person import Person

from .choices import MEERVOUD, Soort
from .models import (
    Begrip,
    Doelgroep,
    Financiering,
    Gereedschapskist,
    Handreiking,
    HomePage,
    InfoPagina,
    Instrument,
    KennisPagina,
    OverzichtPagina,
    Praktijkvoorbeeld,
    Stappenplan,
    VraagEnAntwoord,
    Wet,
)

MODELS: dict[str, type[KennisPagina]] = {
    model.soort: model
    for model in (
        Handreiking,
        Stappenplan,
        Praktijkvoorbeeld,
        VraagEnAntwoord,
        Doelgroep,
        Wet,
        Financiering,
        Instrument,
        Gereedschapskist,
        InfoPagina,
    )
}


def readable_pages(person: Person, model: type[KennisPagina]) -> QuerySet[Any]:
    """Live pages of a kind that this person may read now.

    Wagtail's own rule decides on every restriction: a group, or any login. What asks
    for a password stays hidden here, for nobody has given one.
    """
    visitor: Any = SimpleNamespace(
        user=person.user if person.is_staff_member else AnonymousUser(), session={}
    )
    pages = model.objects.live()
    closed = PageViewRestriction.objects.select_related("page").prefetch_related(
        "groups"
    )
    for restriction in closed:
        if not restriction.accept_request(visitor):
            pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages


def published_pages(soort: str | None = None) -> QuerySet[Any]:
    """Live pages that everybody may read, of one kind or of all."""
    model = MODELS[soort] if soort else KennisPagina
    return model.objects.live().public()


def recent_answers(limit: int) -> QuerySet[VraagEnAntwoord]:
    return (
        published_pages(Soort.VRAAG_EN_ANTWOORD)
        .select_related("team")
        .order_by("-beantwoord_op", "-first_published_at")[:limit]
    )


def law_changes(limit: int) -> list[Wet]:
    """Laws whose status is newest first; what is uncertain before what is settled."""
    laws = [law for law in published_pages(Soort.WET) if law.laatste_status]
    laws.sort(key=lambda law: law.laatste_status["datum"], reverse=True)
    return laws[:limit]


def home_context(home: HomePage) -> dict[str, Any]:
    return {
        "groepen": published_pages(Soort.DOELGROEP).order_by("title"),
        "stappenplannen": published_pages(Soort.STAPPENPLAN).order_by("title")[:3],
        "kisten": published_pages(Soort.GEREEDSCHAPSKIST).order_by("title")[:3],
        "wetten": law_changes(4),
        "antwoorden": recent_answers(4),
        "voorbeeldvragen": [
            line for line in home.voorbeelden.splitlines() if line.strip()
        ][:3],
    }


def overview_pages(soort: Soort) -> QuerySet[Any]:
    pages = published_pages(soort).select_related("team").order_by("title")
    return (
        pages.select_related("gemeente") if soort == Soort.PRAKTIJKVOORBEELD else pages
    )


def overview_tiles(parent: OverzichtPagina) -> list[dict[str, Any]]:
    """The kinds under an overview with how many pages each has."""
    children = list(OverzichtPagina.objects.child_of(parent).live().order_by("path"))
    counts = dict(
        KennisPagina.objects.live().public()
        # The order of pages would otherwise be part of the groups.
        .order_by()
        .values_list("content_type__model")
        .annotate(n=Count("pk"))
    )  # fmt: skip
    tiles = []
    for child in children:
        model = MODELS.get(child.soort)
        total = counts.get(model._meta.model_name, 0) if model else 0
        if total:
            tiles.append({"page": child, "total": total})
    return tiles


def page_context(page: KennisPagina) -> dict[str, Any]:
    """Sections, sources, related pages and crumbs of one page, in a fixed number of queries."""
    today = timezone.localdate()
    related_ids = {rel.naar_id for rel in page.relaties.all()}
    related_ids |= set(page.genoemd_door.values_list("van_id", flat=True))
    related = [
        other
        for other in KennisPagina.objects.live()
        .public()
        .filter(pk__in=related_ids)
        .specific(defer=True)
        if other.pk != page.pk
    ]
    related.sort(key=lambda other: (other.specific_class.soort, other.title))
    parents = (
        page.get_ancestors()
        .live()
        .filter(depth__gt=2)
        .only("title", "url_path", "depth")
    )
    secties = [block.value for block in page.secties]
    return {
        "secties": secties,
        "bronnen": _collect_sources(page, secties),
        "hoort_hierbij": related,
        "kruimels": [(parent.title, parent.get_url()) for parent in parents]
        + [(page.title, "")],
        "te_laat": page.overdue(today),
        "verlopen": page.no_longer_holds(today),
        "redenen": _feedback_reasons(),
    }


def _collect_sources(
    page: KennisPagina, secties: list[Any]
) -> list[tuple[Any, list[str]]]:
    """Each source once, with the places that are cited."""
    found: dict[int, tuple[Any, list[str]]] = {}
    values = list(secties)
    for name in ("stappen", "feiten", "statussen", "vensters", "voorwaarden"):
        values += [block.value for block in getattr(page, name, [])]
    for value in values:
        for ref in value["bronnen"]:
            bron = ref["bron"]
            if bron is None:
                continue
            places = found.setdefault(bron.pk, (bron, []))[1]
            if ref["plaats"] and ref["plaats"] not in places:
                places.append(ref["plaats"])
    return sorted(found.values(), key=lambda item: item[0].titel)


def _feedback_reasons() -> list[tuple[str, Any]]:
    from .models import Terugkoppeling

    return list(Terugkoppeling.Reden.choices)


def live_begrippen() -> QuerySet[Begrip]:
    """Terms that were approved; a draft is not for readers."""
    return Begrip.objects.filter(live=True)


def begrippen_by_letter() -> dict[str, list[Begrip]]:
    """All terms under their first letter, in order."""
    found: dict[str, list[Begrip]] = {}
    for begrip in sorted(live_begrippen(), key=lambda b: b.naam.lower()):
        letter = begrip.naam[0].upper()
        found.setdefault(letter if letter.isalpha() else "0-9", []).append(begrip)
    return found


def pages_about(begrip: Begrip, limit: int = 10) -> list[KennisPagina]:
    """Pages whose text links to the term."""
    address = begrip.get_absolute_url()
    pages = (
        KennisPagina.objects.live()
        .public()
        .annotate(raw=Cast("secties", TextField()))
        .filter(raw__contains=address)
    )
    return list(pages.specific(defer=True)[:limit])


def find_page(pk: int) -> KennisPagina | None:
    """A live public page by its id, specific; None otherwise."""
    page = KennisPagina.objects.live().public().filter(pk=pk).first()
    return page.specific if page else None


def section_of(page: KennisPagina, anchor: str) -> Any | None:
    """The section of a page with this anchor; None when there is none."""
    return next((b.value for b in page.secties if b.value["anker"] == anchor), None)


def site_root() -> Page:
    return HomePage.objects.first() or Page.objects.get(depth=1)


def plural(soort: str) -> str:
    return str(MEERVOUD.get(Soort(soort), Soort(soort).label))
