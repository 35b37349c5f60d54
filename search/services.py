"""Find, suggest, and keep the index in step with the database."""

from __future__ import annotations

import datetime
import gc
import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core import outbox
from core.models import Outbox
from core.person import ANONYMOUS, Person

from . import highlight, indexing, ranking, registry, resources
from . import suggest as suggestions
from .analysis import fold
from .analysis.bag import every_form
from .documents import (
    ARTICLES,
    FACETS,
    PUBLIC,
    RESTRICTED,
    FacetValue,
    SearchDocument,
    SearchHit,
    SearchQuery,
    SearchResults,
    SectionHit,
)
from .engines import engines, get_engine
from .engines.base import (
    EngineResult,
    EngineUnavailable,
    IndexMissing,
    SearchEngine,
    parts,
)
from .models import Document, Sectie
from .query.parser import ParsedQuery, parse
from .query.plan import QueryPlan, make_plan, required, without_phrases

logger = logging.getLogger(__name__)

LIMIT = 300
MAX_RELATED = 10
PRIOR_BLOCK = 50
VISIBLE_STEP = 25
FEW = 5
JUDGED = 5
NO_INDEX = (
    "de index ontbreekt of is van een andere versie; draai: manage.py search_rebuild"
)


class SearchUnavailable(Exception):
    """No engine answers now."""


# -- reading -------------------------------------------------------------------


def find(
    query: SearchQuery,
    person: Person = ANONYMOUS,
    *,
    engine: SearchEngine | None = None,
    steering: resources.Steering | None = None,
) -> SearchResults:
    """Documents for a query, best first, with sections, marks, facets and totals.

    Staff search among restricted pages too; which of them one may read is decided as
    for everything else: the database decides at this moment what the person may see.
    An unknown word, an odd sign or an empty query never raises. steering: in the place
    of what editors set, to see a change before it is saved. Raises SearchUnavailable when
    no engine answers.
    """
    began = time.perf_counter()
    steering = steering or resources.steering()
    if person.is_staff_member and PUBLIC in query.audiences:
        query = replace(query, audiences=(*query.audiences, RESTRICTED))
    plan = plan_of(query, steering)
    answer = ask(plan, engine=engine, by_date=query.sort == "datum")
    plan = answer.plan
    ranked = ranking.rank(plan, answer.result)
    today = timezone.localdate()
    start = (query.page - 1) * query.per_page
    if not answer.by_date:
        rows = _with_priors(ranked, start + query.per_page, today)
    else:
        place = {key: n for n, (key, _score) in enumerate(answer.result.pages)}
        rows = sorted(ranked, key=lambda row: place.get(row.key, len(place)))
    found_keys = {row.key for row in rows}
    rows, bets = _with_best_bets(plan, rows, steering)
    rows, hidden = _seen(rows, person, start + query.per_page)
    shown = rows[start : start + query.per_page]
    added = sum(1 for key in bets if key not in found_keys)
    hits, found = _hits(plan, shown, bets, today, start)
    return SearchResults(
        query=query,
        total=max(0, answer.result.total - hidden + added),
        hits=tuple(hits),
        facets=_facets(answer.result, plan.filters),
        confident=bool(bets) or ranking.confident(plan, found),
        relaxed=answer.relaxed,
        took_ms=(time.perf_counter() - began) * 1000,
        corrected=plan.corrected,
        citation=plan.citation,
    )


def count_articles(text: str) -> int:
    """How many artikelen of regulations the page that searches them shows for a query.

    0 when no engine answers: a count is worth less than the answer beside it.
    """
    query = SearchQuery(text=text, audiences=(ARTICLES,), valid_on=timezone.localdate())
    try:
        return ask(plan_of(query), facets=(), limit=1).result.total
    except SearchUnavailable:
        return 0


def plan_of(
    query: SearchQuery, steering: resources.Steering | None = None
) -> QueryPlan:
    """What is looked for, with the words known now and what editors steer."""
    parsed = parse(query.text)
    steering = steering or resources.steering()
    vocabulary = resources.vocabulary()
    plan = make_plan(
        _split_as_told(parsed, steering.splits),
        filters=_filters(query, parsed),
        audiences=query.audiences,
        vocabulary=vocabulary,
        synonyms=steering.synonyms,
        correct=not query.exact,
    )
    # A day among the words is meant more than one that came with the page.
    return replace(plan, valid_on=plan.valid_on or query.valid_on)


def _split_as_told(
    parsed: ParsedQuery, splits: dict[str, tuple[str, ...]]
) -> ParsedQuery:
    """The words of a query with the parts that editors gave them."""
    if not splits:
        return parsed
    words = tuple(
        term._replace(parts=splits[term.word]) if term.word in splits else term
        for term in parsed.words
    )
    return replace(parsed, words=words)


def _filters(query: SearchQuery, parsed: ParsedQuery) -> dict[str, tuple[str, ...]]:
    """Chosen filters and those typed as field:value; a value may be typed as its label."""
    filters = {name: values for name, values in query.filters.items() if values}
    if parsed.fields:
        labels = resources.facet_labels()
        for name, typed in parsed.fields:
            wanted = fold(typed).replace("-", " ")
            value = next(
                (
                    value
                    for (facet, value), label in labels.items()
                    if facet == name
                    and wanted
                    in (
                        fold(value).replace("-", " "),
                        fold(label).replace("-", " "),
                    )
                ),
                typed.lower(),
            )
            filters[name] = tuple(dict.fromkeys((*filters.get(name, ()), value)))
    return filters


@dataclass(frozen=True)
class Answer:
    """What an engine said, and to which plan; relaxed: which steps it took."""

    plan: QueryPlan
    result: EngineResult
    relaxed: tuple[str, ...] = ()
    by_date: bool = False


def ask(
    plan: QueryPlan,
    *,
    engine: SearchEngine | None = None,
    by_date: bool = False,
    facets: tuple[str, ...] = FACETS,
    limit: int = LIMIT,
) -> Answer:
    """Ask the engine; when fewer than FEW documents match, for less, in fixed steps.

    The words of phrases apart, fewer of the words, one of them, and when still nothing
    matches the letters of words only. Corrections and synonyms are in every step.
    """

    def once(plan: QueryPlan, minimum: int) -> EngineResult:
        return _engine_search(
            ranking.engine_query(
                plan, minimum=minimum, facets=facets, limit=limit, by_date=by_date
            ),
            engine,
        )

    by_date = by_date or (plan.is_empty and not plan.citation_keys)
    minimum = required(len(plan.groups))
    best = Answer(plan, once(plan, minimum), (), by_date)
    for step, relaxed, needed in _steps(plan, minimum):
        if best.result.total >= FEW:
            break
        if step == "lettergroepen" and best.result.total:
            break
        result = once(relaxed, needed)
        if result.total > best.result.total:
            best = Answer(relaxed, result, (step,), by_date)
    return best


def _steps(plan: QueryPlan, minimum: int) -> Iterator[tuple[str, QueryPlan, int]]:
    """What to ask when there is little: its name, the plan, how many words are needed."""
    if plan.phrases:
        yield "losse-woorden", without_phrases(plan), 1
    for fewer in dict.fromkeys((max(1, -(-minimum // 2)), 1)):
        if plan.groups and fewer < minimum:
            yield "minder-woorden", plan, fewer
    if plan.groups:
        unknown = tuple(replace(group, known=False) for group in plan.groups)
        yield "lettergroepen", replace(plan, groups=unknown), 1


def _engine_search(query: Any, engine: SearchEngine | None) -> EngineResult:
    """The answer of the given engine, or of the first that gives one."""
    if engine is not None:
        return _or_rebuilt(engine, query)
    for candidate in engines():
        try:
            return _or_rebuilt(candidate, query)
        except EngineUnavailable as error:
            logger.error("Zoekmachine %s antwoordt niet: %s", candidate.name, error)
    raise SearchUnavailable


def _or_rebuilt(engine: SearchEngine, query: Any) -> EngineResult:
    """An embedded index that is missing or old is made anew; a server's is not."""
    try:
        return engine.search(query)
    except IndexMissing:
        if not engine.rebuilds_itself:
            raise EngineUnavailable(NO_INDEX) from None
        logger.warning(
            "De zoekindex ontbreekt of is van een oudere versie; hij wordt nu opnieuw gemaakt."
        )
        rebuild(engine)
        return engine.search(query)


def _with_priors(
    ranked: list[ranking.Ranked], wanted: int, today: datetime.date
) -> list[ranking.Ranked]:
    """The rows in blocks, each with its priors, as far as they may be shown.

    A prior moves a row by a few percent, so that it seldom leaves its block; the age of
    every row that matches would cost more than the search. What expired goes to the end
    of its block, not of all.
    """
    rows: list[ranking.Ranked] = []
    for block in parts(ranked, PRIOR_BLOCK):
        if len(rows) < wanted:
            ages = _ages(row.key for row in block)
            known = [row for row in block if row.key in ages]
            block = ranking.with_priors(known, ages, today)
        rows += block
    return rows


def _ages(keys: Iterable[str]) -> dict[str, ranking.Age]:
    """What the priors need of each document that the database still has."""
    rows = _stored(keys).values_list(
        "kind", "object_id", "checked_on", "valid_until", "review_on"
    )
    return {f"{kind}:{pk}": ranking.Age(*rest) for kind, pk, *rest in rows}


def _stored(keys: Iterable[str]) -> QuerySet[Document]:
    """Documents with these keys, in one query whatever their kinds.

    Also one of another kind with the same number: to ask for each kind apart takes Django
    longer than to read it.
    """
    by_kind = _by_kind(keys)
    return Document.objects.filter(
        kind__in=by_kind,
        object_id__in={pk for pks in by_kind.values() for pk in pks},
    )


def _by_kind(keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key in keys:
        kind, _, pk = key.rpartition(":")
        found.setdefault(kind, []).append(int(pk))
    return found


def _with_best_bets(
    plan: QueryPlan, rows: list[ranking.Ranked], steering: resources.Steering
) -> tuple[list[ranking.Ranked], dict[str, str]]:
    """The rows with what editors recommend for just these words first; key → reason."""
    wanted = steering.bets.get(frozenset(g.stem for g in plan.groups), [])
    if not wanted or plan.filters or plan.phrases or PUBLIC not in plan.audiences:
        return rows, {}
    today = timezone.localdate()
    reasons = {pk: reason for pk, reason, until in wanted if until >= today}
    bets = {
        document.key: reasons[document.pk]
        for document in Document.objects.filter(pk__in=reasons).only(
            "kind", "object_id"
        )
    }
    held = {row.key: row for row in rows}
    first = [
        held.get(key) or ranking.Ranked(key, 0.0, (), frozenset(), 0.0) for key in bets
    ]
    return [*first, *(row for row in rows if row.key not in bets)], bets


def _seen(
    rows: list[ranking.Ranked], person: Person, wanted: int
) -> tuple[list[ranking.Ranked], int]:
    """The first ``wanted`` rows that the person may see now, and how many were hidden."""
    seen: list[ranking.Ranked] = []
    hidden = 0
    for start in range(0, len(rows), VISIBLE_STEP):
        if len(seen) >= wanted:
            break
        step = rows[start : start + VISIBLE_STEP]
        allowed = visible_keys(person, (row.key for row in step))
        seen += [row for row in step if row.key in allowed]
        hidden += sum(row.key not in allowed for row in step)
    return seen, hidden


def visible_keys(person: Person, keys: Iterable[str]) -> set[str]:
    """Keys that the owner apps let this person see now."""
    families: dict[str, list[tuple[registry.Indexer, list[int]]]] = {}
    for kind, pks in _by_kind(keys).items():
        indexer = registry.get(kind)
        if indexer is not None:
            families.setdefault(indexer.family, []).append((indexer, pks))
    allowed = set()
    for members in families.values():
        one = members[0][0]
        seen = one.visible_ids(person, [pk for _indexer, pks in members for pk in pks])
        allowed |= {f"{i.kind}:{pk}" for i, pks in members for pk in pks if pk in seen}
    return allowed


def _hits(
    plan: QueryPlan,
    shown: list[ranking.Ranked],
    bets: dict[str, str],
    today: datetime.date,
    start: int,
) -> tuple[list[SearchHit], list[float]]:
    """The rows as hits, and how much of the query each of the first ones has."""
    documents = {
        document.key: document
        for document in _stored(row.key for row in shown).defer(
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


def _facets(
    result: EngineResult, filters: dict[str, tuple[str, ...]]
) -> dict[str, tuple[FacetValue, ...]]:
    """Facet values with labels; a value without hits is left out unless it was chosen."""
    labels = resources.facet_labels()
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


def suggest(
    text: str,
    person: Person = ANONYMOUS,
    limit: int = 8,
    *,
    steering: resources.Steering | None = None,
) -> list[dict[str, str]]:
    """What the search box offers for what was typed so far; only public things."""
    rows = suggestions.candidates(text, steering)
    allowed = visible_keys(person, (row.key for row in rows if row.key))
    return [
        {
            "key": row.key,
            "kind": row.kind,
            "title": row.title,
            "label": row.label,
            "group": row.group,
            "url": row.url,
        }
        for row in suggestions.chosen(
            [row for row in rows if not row.key or row.key in allowed], limit
        )
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


def refresh_many_later(kind: str, pks: Sequence[int]) -> None:
    """The same for many objects of one kind, as one order."""
    if pks:
        outbox.enqueue(
            kind="search.refresh-many", key=f"{kind}:{pks[0]}", payload={"pks": [*pks]}
        )


@outbox.handler("search.refresh-many")
def _deliver_refresh_many(row: Outbox) -> None:
    kind = row.key.partition(":")[0]
    indexer = registry.get(kind)
    documents = []
    gone = []
    for pk in row.payload["pks"]:
        document = indexer.document(pk) if indexer else None
        if document is None:
            gone.append(f"{kind}:{pk}")
        else:
            documents.append(document)
    refresh_many(documents, gone)


@outbox.handler("search.refresh")
def _deliver_refresh(row: Outbox) -> None:
    kind, _, pk = row.key.rpartition(":")
    refresh(kind, int(pk))


def refresh(kind: str, pk: int) -> None:
    """Bring one object in every index to what it is now; a missing one is removed."""
    indexer = registry.get(kind)
    document = indexer.document(pk) if indexer else None
    if document is None:
        _write([], [f"{kind}:{pk}"])
        indexing.forget(kind, pk)
        return
    stored, changed = indexing.store(document)
    if changed:
        counts: Counter[str] = Counter()
        ready = indexing.indexed(stored, list(stored.secties.all()), counts)
        indexing.add_words(counts)
        _write([ready], [])
        indexing.mark_indexed(stored)


def refresh_many(documents: Iterable[SearchDocument], gone: Iterable[str] = ()) -> None:
    """Bring several objects in every index in one write; ``gone``: keys to remove."""
    counts: Counter[str] = Counter()
    ready, stored = [], []
    for document in documents:
        row, changed = indexing.store(document)
        if changed:
            ready.append(indexing.indexed(row, list(row.secties.all()), counts))
            stored.append(row)
    removed = list(gone)
    if ready or removed:
        indexing.add_words(counts)
        _write(ready, removed)
    for row in stored:
        indexing.mark_indexed(row)
    for key in removed:
        kind, _, pk = key.rpartition(":")
        indexing.forget(kind, int(pk))


def _write(documents: list[Any], deleted: list[str]) -> None:
    """Write to every engine; one that is missing its index is made anew.

    When an engine gives no answer the others are written all the same, and the error is
    raised so that the outbox tries again.
    """
    failed: Exception | None = None
    for engine in engines():
        try:
            try:
                engine.write(documents, deleted)
            except IndexMissing:
                if not engine.rebuilds_itself:
                    raise EngineUnavailable(NO_INDEX) from None
                rebuild(engine)
        except EngineUnavailable as error:
            failed = error
    if failed:
        raise failed


def rebuild(engine: SearchEngine | None = None) -> dict[str, int]:
    """Read every registered object again and build new indexes beside the live ones.

    Of all engines, or of the given one. Returns counts: documents, sections, removed.
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
    count = 0
    for target in [engine] if engine else engines():
        words: Counter[str] = Counter()
        fresh: dict[int, str] = {}
        with without_collector():
            count = target.rebuild(indexing.all_indexed(words, fresh))
        indexing.add_words(words, anew=True)
        if target is engines()[-1]:
            indexing.mark_all_indexed(fresh)
    resources.forget(anew=True)
    return {
        "documents": count,
        "sections": Sectie.objects.count(),
        "removed": len(stale),
    }


@contextmanager
def without_collector() -> Iterator[None]:
    """Words hold no cycles; looking for them takes a sixth of the time of a rebuild."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def check(engine: SearchEngine | None = None) -> dict[str, list[str]]:
    """Differences between what should be found and what an engine holds, by key."""
    wanted = {}
    for indexer in registry.indexers():
        for pk in indexer.all_ids():
            document = indexer.document(pk)
            if document is not None:
                wanted[f"{indexer.kind}:{pk}"] = indexing.digest(document)
    try:
        held = (engine or get_engine()).hashes()
    except IndexMissing:
        held = {}
    return {
        "missing": sorted(wanted.keys() - held.keys()),
        "superfluous": sorted(held.keys() - wanted.keys()),
        "stale": sorted(k for k in wanted.keys() & held.keys() if wanted[k] != held[k]),
    }


def reconcile() -> int:
    """Repair what ``check`` finds; returns how many documents were repaired."""
    keys = {
        key for engine in engines() for found in check(engine).values() for key in found
    }
    for key in sorted(keys):
        kind, _, pk = key.rpartition(":")
        Document.objects.filter(kind=kind, object_id=int(pk)).update(hash="")
        refresh(kind, int(pk))
    return len(keys)


def health() -> dict[str, Any]:
    """State of the first engine and of the one that stands in; who answers readers now.

    ok while one of them answers: a first engine that is away is for operators to see, and
    no reason to send readers elsewhere.
    """
    states = [engine.health() for engine in engines()]
    answering = next((state["engine"] for state in states if state["ok"]), None)
    return {
        **states[0],
        "ok": answering is not None,
        "answering": answering,
        "fallback": states[1] if states[1:] else None,
    }
