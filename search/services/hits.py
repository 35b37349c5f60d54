"""Rows as hits: their documents and best sections, with marks, reasons and facets."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from search import highlight, ranking, resources
from search.analysis.bag import every_form
from search.documents import (
    FACETS,
    FacetValue,
    SearchHit,
    SectionHit,
)
from search.engines.base import EngineResult
from search.models import Document, Sectie
from search.query.plan import QueryPlan

JUDGED = 5


def stored(keys: Iterable[str]) -> QuerySet[Document]:
    """Documents with these keys, in one query whatever their kinds.

    Also one of another kind with the same number: to ask for each kind apart takes Django
    longer than to read it.
    """
    kinds = by_kind(keys)
    return Document.objects.filter(
        kind__in=kinds,
        object_id__in={pk for pks in kinds.values() for pk in pks},
    )


def by_kind(keys: Iterable[str]) -> dict[str, list[int]]:
    """Of keys ("kind:number") the numbers for each kind."""
    found: dict[str, list[int]] = {}
    for key in keys:
        kind, _, pk = key.rpartition(":")
        found.setdefault(kind, []).append(int(pk))
    return found


def hits_of(
    plan: QueryPlan,
    shown: list[ranking.Ranked],
    bets: dict[str, str],
    today: datetime.date,
    start: int,
) -> tuple[list[SearchHit], list[float]]:
    """The rows as hits, and how much of the query each of the first ones has."""
    documents = {
        document.key: document
        for document in stored(row.key for row in shown).defer(
            "summary", "weak_keywords", "facets"
        )
    }
    sections = _sections(shown, documents)
    texts = _texts(rows[0].pk for rows in sections.values())
    marker = highlight.Marker(highlight.wanted(plan))
    hits: list[SearchHit] = []
    found: list[float] = []
    for number, row in enumerate(shown, start + 1):
        document = documents.get(row.key)
        order = sections.get(row.key)
        if document is None or not order or order[0].pk not in texts:
            continue
        best, inside = order[0], texts[order[0].pk]
        shown_text = marker.mark(inside.text)
        title = _forms(document.title)
        forms = shown_text.forms | title | _forms(best.heading)
        if len(found) < JUDGED:
            about = {f for word in document.keywords for f in _forms(word)}
            found.append(ranking.evidence(plan, row, forms | about))
        others = [s for s in order[1:] if s.anchor and s.anchor != best.anchor]
        hits.append(
            SearchHit(
                rank=number,
                kind=document.kind,
                object_id=document.object_id,
                kind_label=document.kind_label,
                url=document.url,
                title=document.title,
                section=_section_hit(
                    document, best, _part(plan, best.anchor, inside, shown_text)
                ),
                snippet=shown_text.passage(),
                score=round(row.score, 4),
                why=ranking.why(plan, row, title, forms, bets.get(row.key, "")),
                owner=document.owner,
                checked_on=document.checked_on,
                expired=ranking.is_expired(document.valid_until, today),
                recommended=row.key in bets,
                also_in=tuple(_section_hit(document, s) for s in others[:2]),
            )
        )
    return hits, found


def _sections(
    shown: list[ranking.Ranked], documents: dict[str, Document]
) -> dict[str, list[Any]]:
    """The best sections of each document, best first, without their texts."""
    found = {}
    # Some are read in vain: one simple question is quicker than one for each document.
    for section in Sectie.objects.filter(
        document_id__in=[document.pk for document in documents.values()],
        ordinal__in={ordinal for row in shown for ordinal in (row.sections or (0,))},
    ).values_list("pk", "document_id", "ordinal", "anchor", "heading", named=True):
        found[section.document_id, section.ordinal] = section
    ordered = {}
    for row in shown:
        if row.key in documents:
            pk = documents[row.key].pk
            best = [found.get((pk, ordinal)) for ordinal in (row.sections or (0,))]
            if any(best):
                ordered[row.key] = [section for section in best if section]
    return ordered


def _texts(pks: Iterable[int]) -> dict[int, Any]:
    """Text, citations and places of sections."""
    rows = Sectie.objects.filter(pk__in=list(pks))
    return {
        row.pk: row
        for row in rows.values_list("pk", "text", "citations", "places", named=True)
    }


@lru_cache(maxsize=20_000)
def _forms(text: str) -> frozenset[str]:
    """Of a title, heading or keyword, which come back with every search."""
    return every_form(text)


def _part(plan: QueryPlan, anchor: str, section: Any, text: highlight.Marked) -> str:
    """The part of the section that a reader has to see: a lid that was asked for by
    number, or else the one in which the shown passage is. Empty for the section as a
    whole, as for its first part, whose heading has to be in view."""
    places = section.places
    if not places:
        return ""
    asked = plan.citation
    if asked and asked.lid and set(plan.citation_keys) & set(section.citations):
        part = f"{anchor}-lid-{asked.lid}"
        return part if part in {place for _at, place in places} else ""
    mark = text.first_mark()
    before = [place for at, place in places[1:] if mark is not None and at <= mark]
    return before[-1] if before else ""


def _section_hit(document: Document, section: Any, part: str = "") -> SectionHit:
    # The first section is the page itself: its title and warnings have to be in view.
    own = section.anchor and section.ordinal > 0
    url = f"{document.url}#{part or section.anchor}" if own else document.url
    return SectionHit(section.anchor, section.heading, url)


def facets_of(
    result: EngineResult, filters: dict[str, tuple[str, ...]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Facet values with labels; a value without hits is left out unless it was chosen."""
    labels = resources.facet_labels(
        (name, value) for name, counts in result.facets.items() for value in counts
    )
    found = {}
    for name in FACETS:
        counts = dict(result.facets.get(name, {}))
        for value in filters.get(name, ()):
            counts.setdefault(value, 0)
        values = [
            FacetValue(
                value,
                labels.get((name, value), value),
                count,
                value in filters.get(name, ()),
            )
            for value, count in counts.items()
            if count or value in filters.get(name, ())
        ]
        values.sort(key=lambda v: (-v.count, v.label.lower()))
        if values:
            found[name] = tuple(values)
    return found
