"""What is looked for, and the answer of the first engine that gives one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from search import ranking, resources
from search.analysis import fold
from search.documents import (
    FACETS,
    SearchQuery,
)
from search.engines import engines
from search.engines.base import (
    EngineResult,
    EngineUnavailable,
    IndexMissing,
    SearchEngine,
)
from search.query.parser import ParsedQuery, parse
from search.query.plan import QueryPlan, make_plan, required, without_phrases

from .keeping import NO_INDEX, rebuild

logger = logging.getLogger(__name__)

LIMIT = 300
FEW = 5


class SearchUnavailable(Exception):
    """No engine answers now."""


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
