"""Find, suggest, and keep the index in step with the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils import timezone

from core import outbox
from core.models import Outbox
from core.person import ANONYMOUS, Person

from . import highlight, indexing, ranking, registry
from .analysis import fold, terms
from .documents import (
    FACETS,
    FacetValue,
    SearchHit,
    SearchQuery,
    SearchResults,
    SectionHit,
)
from .engines import get_engine
from .engines.base import EngineResult, IndexMissing
from .models import Document, FacetLabel, IndexState, Sectie
from .query.plan import QueryPlan, parse, required

logger = logging.getLogger(__name__)

LIMIT = 300
MAX_RELATED = 10

# -- reading -------------------------------------------------------------------


def find(query: SearchQuery, person: Person = ANONYMOUS) -> SearchResults:
    """Documents for a query, best first, with sections, marks, facets and totals.

    An unknown word, an odd sign or an empty query never raises. The database decides
    at this moment what the person may see.
    """
    began = time.perf_counter()
    plan = parse(query.text, query.filters, query.audiences)
    result, _minimum, relaxed = _search(plan)
    ranked = ranking.rank(plan, result)
    sure = ranking.confident(plan, ranked) if plan.groups else bool(ranked)
    documents = _documents(row.key for row in ranked)
    visible = _visible(person, documents)
    today = timezone.localdate()
    expired = {
        k for k, d in documents.items() if ranking.is_expired(d.valid_until, today)
    }
    rows = ranking.expired_last([r for r in ranked if r.key in visible], expired)
    if query.sort == "datum":
        rows.sort(
            key=lambda r: (
                documents[r.key].checked_on is None,
                -(documents[r.key].checked_on or today).toordinal(),
            )
        )
    hidden = len(ranked) - len(rows)
    start = (query.page - 1) * query.per_page
    shown = rows[start : start + query.per_page]
    hits = _hits(plan, result, shown, documents, expired, start)
    return SearchResults(
        query=query,
        total=max(0, result.total - hidden),
        hits=tuple(hits),
        facets=_facets(result, plan.filters),
        confident=sure,
        relaxed=relaxed,
        took_ms=(time.perf_counter() - began) * 1000,
    )


def _search(plan: QueryPlan) -> tuple[EngineResult, int, tuple[str, ...]]:
    """Ask the engine; when nothing matches, ask for fewer words, in fixed steps."""
    minimum = required(len(plan.groups))
    result = _ask(plan, minimum)
    relaxed: tuple[str, ...] = ()
    for fewer in dict.fromkeys((max(1, -(-minimum // 2)), 1)):
        if result.total or fewer >= minimum or not plan.groups:
            break
        minimum = fewer
        result = _ask(plan, minimum)
        if result.total:
            relaxed = (f"minder-woorden:{minimum}",)
    if not result.total and plan.phrases:
        words = tuple(
            replace(g)
            for g in parse(" ".join(w for p in plan.phrases for w in p), {}, ()).groups
        )
        plan = replace(plan, phrases=(), groups=(*plan.groups, *words))
        result = _ask(plan, 1)
        relaxed = ("losse-woorden",) if result.total else relaxed
    return result, minimum, relaxed


def _ask(plan: QueryPlan, minimum: int) -> EngineResult:
    try:
        return get_engine().search(plan, minimum=minimum, limit=LIMIT)
    except IndexMissing:
        logger.warning(
            "De zoekindex ontbreekt of is van een oudere versie; hij wordt nu opnieuw gemaakt."
        )
        rebuild()
        return get_engine().search(plan, minimum=minimum, limit=LIMIT)


def _documents(keys: Iterable[str]) -> dict[str, Document]:
    """Stored documents by key, in one query per kind."""
    ids: dict[str, list[int]] = {}
    for key in keys:
        kind, _, pk = key.rpartition(":")
        ids.setdefault(kind, []).append(int(pk))
    found = {}
    for kind, pks in ids.items():
        for document in Document.objects.filter(kind=kind, object_id__in=pks).defer(
            "summary"
        ):
            found[document.key] = document
    return found


def _visible(person: Person, documents: dict[str, Document]) -> set[str]:
    """Keys that the owner apps let this person see now."""
    ids: dict[str, list[int]] = {}
    for document in documents.values():
        ids.setdefault(document.kind, []).append(document.object_id)
    allowed = set()
    for kind, pks in ids.items():
        indexer = registry.get(kind)
        if indexer is not None:
            allowed |= {f"{kind}:{pk}" for pk in indexer.visible_ids(person, pks)}
    return allowed


def _hits(
    plan: QueryPlan,
    result: EngineResult,
    shown: list[ranking.Ranked],
    documents: dict[str, Document],
    expired: set[str],
    start: int,
) -> list[SearchHit]:
    pks = [documents[row.key].pk for row in shown]
    sections: dict[int, dict[int, Sectie]] = {}
    for section in Sectie.objects.filter(document_id__in=pks):
        sections.setdefault(section.document_id, {})[section.ordinal] = section
    hits = []
    for number, row in enumerate(shown, start + 1):
        document = documents[row.key]
        own = sections.get(document.pk, {})
        order = [own[o] for o in row.sections if o in own] or [
            own[o] for o in sorted(own)
        ][:1]
        if not order:
            continue
        best = order[0]
        in_title = {term.stem for term in terms(document.title)}
        others = [s for s in order[1:] if s.anchor and s.anchor != best.anchor]
        hits.append(
            SearchHit(
                rank=number,
                kind=document.kind,
                object_id=document.object_id,
                kind_label=document.kind_label,
                url=document.url,
                title=document.title,
                section=_section_hit(document, best),
                snippet=highlight.passage(best.text, plan),
                score=round(row.score, 4),
                why=ranking.why(plan, result, row, in_title),
                owner=document.owner,
                checked_on=document.checked_on,
                expired=row.key in expired,
                also_in=tuple(_section_hit(document, s) for s in others[:2]),
            )
        )
    return hits


def _section_hit(document: Document, section: Sectie) -> SectionHit:
    url = f"{document.url}#{section.anchor}" if section.anchor else document.url
    return SectionHit(section.anchor, section.heading, url)


def _facets(
    result: EngineResult, filters: dict[str, tuple[str, ...]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Facet values with labels; a value without hits is left out unless it was chosen."""
    labels = _labels(FacetLabel.objects.count())
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


@lru_cache(maxsize=4)
def _labels(count: int) -> dict[tuple[str, str], str]:
    """Labels of facet values; ``count`` makes new ones known."""
    return {(row.facet, row.value): row.label for row in FacetLabel.objects.all()}


def suggest(
    text: str, person: Person = ANONYMOUS, limit: int = 8
) -> list[dict[str, str]]:
    """Titles and terms of which a word begins with what was typed; only public ones."""
    wanted = fold(text.strip())[:60].split()
    if not wanted or (len(wanted[-1]) < 2 and len(wanted) == 1):
        return []
    state = IndexState.objects.values_list("commit", flat=True).first() or 0
    found = []
    for folded, row in _titles(state, Document.objects.count()):
        if all(any(word.startswith(part) for word in folded) for part in wanted):
            starts = folded[0].startswith(wanted[0])
            found.append(
                ((not starts, row["kind"] != "begrip", len(row["title"])), row)
            )
    found.sort(key=lambda item: item[0])
    candidates = [row for _order, row in found[: limit * 3]]
    allowed = _visible(
        person,
        {
            row["key"]: Document(
                kind=row["kind"], object_id=int(row["key"].rpartition(":")[2])
            )
            for row in candidates
        },
    )
    return [row for row in candidates if row["key"] in allowed][:limit]


@lru_cache(maxsize=2)
def _titles(commit: int, count: int) -> list[tuple[list[str], dict[str, str]]]:
    """Public titles with folded words; the arguments make a changed index known."""
    rows = Document.objects.filter(audience="public").only(
        "kind", "object_id", "title", "kind_label", "url"
    )
    return [
        (
            [fold(word) for word in row.title.replace("-", " ").split()],
            {
                "key": row.key,
                "kind": row.kind,
                "title": row.title,
                "label": row.kind_label,
                "url": row.url,
            },
        )
        for row in rows
    ]


def related(
    text: str,
    *,
    person: Person = ANONYMOUS,
    kinds: tuple[str, ...] = (),
    audiences: tuple[str, ...] = ("public",),
    limit: int = 5,
) -> list[SearchHit]:
    """What may already answer a text that somebody is writing; nothing when unsure."""
    filters = {"soort": kinds} if kinds else {}
    results = find(
        SearchQuery(
            text=text,
            filters=filters,
            per_page=min(limit, MAX_RELATED),
            audiences=audiences,
        ),
        person,
    )
    return list(results.hits) if results.confident else []


# -- writing -------------------------------------------------------------------


def refresh_later(kind: str, pk: int) -> None:
    """Have the index follow a change, after the transaction of that change."""
    outbox.enqueue(
        kind="search.refresh",
        key=f"{kind}:{pk}",
        dedupe_key=f"search.refresh:{kind}:{pk}",
    )


@outbox.handler("search.refresh")
def _deliver_refresh(row: Outbox) -> None:
    kind, _, pk = row.key.rpartition(":")
    refresh(kind, int(pk))


def refresh(kind: str, pk: int) -> None:
    """Bring one object in the index to what it is now; a missing one is removed."""
    indexer = registry.get(kind)
    document = indexer.document(pk) if indexer else None
    try:
        if document is None:
            indexing.forget(kind, pk)
            get_engine().write([], [f"{kind}:{pk}"])
        else:
            stored = indexing.store(document)
            if stored is not None:
                get_engine().write(
                    [indexing.indexed(stored, list(stored.secties.all()))], []
                )
    except IndexMissing:
        rebuild()


def rebuild() -> dict[str, int]:
    """Read every registered object again and build a new index beside the live one.

    Returns counts: documents, sections, removed.
    """
    seen = set()
    for indexer in registry.indexers():
        for pk in indexer.all_ids():
            document = indexer.document(pk)
            if document is not None:
                seen.add((indexer.kind, pk))
                indexing.store(document)
    stale = [
        d.pk
        for d in Document.objects.only("pk", "kind", "object_id")
        if (d.kind, d.object_id) not in seen
    ]
    Document.objects.filter(pk__in=stale).delete()
    count = get_engine().rebuild(indexing.all_indexed())
    return {
        "documents": count,
        "sections": Sectie.objects.count(),
        "removed": len(stale),
    }


def check() -> dict[str, list[str]]:
    """Differences between what should be found and what the engine holds, by key."""
    wanted = set()
    for indexer in registry.indexers():
        wanted |= {
            f"{indexer.kind}:{pk}"
            for pk in indexer.all_ids()
            if indexer.document(pk) is not None
        }
    try:
        held = get_engine().keys()
    except IndexMissing:
        held = set()
    return {"missing": sorted(wanted - held), "superfluous": sorted(held - wanted)}


def reconcile() -> int:
    """Repair what ``check`` finds; returns how many documents were repaired."""
    differences = check()
    keys = [*differences["missing"], *differences["superfluous"]]
    for key in keys:
        kind, _, pk = key.rpartition(":")
        Document.objects.filter(kind=kind, object_id=int(pk)).update(hash="")
        refresh(kind, int(pk))
    return len(keys)


def health() -> dict[str, Any]:
    return get_engine().health()
