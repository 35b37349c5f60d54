"""What the pages ask: hits for a query, suggestions, and what already answers a text."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from core.person import ANONYMOUS, Person
from search import ranking, registry, resources
from search import suggest as suggestions
from search.documents import (
    ARTICLES,
    PUBLIC,
    RESTRICTED,
    SearchHit,
    SearchQuery,
    SearchResults,
)
from search.engines.base import (
    SearchEngine,
    parts,
)
from search.models import Document
from search.query.plan import QueryPlan

from .asking import SearchUnavailable, ask, plan_of
from .hits import by_kind, facets_of, hits_of, stored

MAX_RELATED = 10
PRIOR_BLOCK = 50
VISIBLE_STEP = 25


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
    hits, found = hits_of(plan, shown, bets, today, start)
    return SearchResults(
        query=query,
        total=max(0, answer.result.total - hidden + added),
        hits=tuple(hits),
        facets=facets_of(answer.result, plan.filters),
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
    rows = stored(keys).values_list(
        "kind", "object_id", "checked_on", "valid_until", "review_on"
    )
    return {f"{kind}:{pk}": ranking.Age(*rest) for kind, pk, *rest in rows}


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
    for kind, pks in by_kind(keys).items():
        indexer = registry.get(kind)
        if indexer is not None:
            families.setdefault(indexer.family, []).append((indexer, pks))
    allowed = set()
    for members in families.values():
        one = members[0][0]
        seen = one.visible_ids(person, [pk for _indexer, pks in members for pk in pks])
        allowed |= {f"{i.kind}:{pk}" for i, pks in members for pk in pks if pk in seen}
    return allowed


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
