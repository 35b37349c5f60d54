"""What a change of the steering would do to searches, before it is saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from . import judged, resources, services
from .analysis import fold
from .documents import SearchQuery, SearchResults
from .models import BestBet, SplitException, StopSuggestion, Synonym
from .query.parser import parse
from .resources import Steering
from .steering import Steered, with_change
from .synonyms import content_terms

TOP = 5
DEPTH = 10
# Of work by this thread: a machine that is busy with something else only takes longer.
BUDGET_SECONDS = 3.0


@dataclass(frozen=True)
class Line:
    """A page in a top five, with how it moved: '', 'nieuw', 'omhoog' or 'omlaag'."""

    title: str
    url: str
    move: str = ""


@dataclass(frozen=True)
class Moved:
    """One query before and after; ndcg only of a judged query with a known answer."""

    text: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    ndcg_before: float | None = None
    ndcg_after: float | None = None

    @property
    def moved(self) -> bool:
        return [x.url for x in self.before] != [x.url for x in self.after]


@dataclass(frozen=True)
class Effect:
    """typed: the query that the editor tried. moved: judged queries that change.

    judged: how many there are; affected: how many the change can touch; left: how many of
    those were not worked out for lack of time.
    """

    typed: Moved | None
    moved: tuple[Moved, ...]
    judged: int
    affected: int
    left: int
    mean_before: float | None
    mean_after: float | None


def effect_of(row: Steered, typed: str = "") -> Effect:
    """Compare searches with and without a row that is not saved."""
    began = time.thread_time()
    now = resources.steering()
    then = with_change(row, now)
    tried = None
    if typed.strip():
        tried = (
            _suggested(typed, now, then)
            if isinstance(row, StopSuggestion)
            else _searched(typed, now, then)
        )
    queries = judged.judged_queries()
    touched = _touching(row)
    affected = [q for q in queries if touched(q.text) and _differs(q.text, now, then)]
    done: list[Moved] = []
    for query in affected:
        if time.thread_time() - began > BUDGET_SECONDS:
            break
        done.append(_searched(query.text, now, then, query.grades))
    scored = [(m.ndcg_before, m.ndcg_after) for m in done if m.ndcg_before is not None]
    changed = sorted(
        (m for m in done if m.moved or m.ndcg_before != m.ndcg_after),
        key=lambda m: (m.ndcg_after or 0) - (m.ndcg_before or 0),
    )
    return Effect(
        tried,
        tuple(changed),
        len(queries),
        len(affected),
        len(affected) - len(done),
        sum(b or 0 for b, _a in scored) / len(scored) if scored else None,
        sum(a or 0 for _b, a in scored) / len(scored) if scored else None,
    )


@lru_cache(maxsize=2000)
def _words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a query, and their stems."""
    found = parse(text).words
    return frozenset(t.word for t in found), frozenset(t.stem for t in found)


def _touching(row: Steered) -> Callable[[str], bool]:
    """Whether a query has the words of a row as it is, or as it is stored now."""
    held = type(row).objects.filter(pk=row.pk).first() if row.pk else None
    splits: set[str] = set()
    keys: list[set[str]] = []
    for one in filter(None, (row, held)):
        if isinstance(one, SplitException):
            splits.add(fold(one.word))
        elif isinstance(one, Synonym):
            keys += [_stems(one.word), _stems(one.synonym)]
        elif isinstance(one, BestBet):
            keys.append(_stems(one.query))

    def touches(text: str) -> bool:
        words, stems = _words(text)
        return bool(splits & words) or any(key and key <= stems for key in keys)

    return touches


def _stems(text: str) -> set[str]:
    return {term.stem for term in content_terms(text)}


def _differs(text: str, now: Steering, then: Steering) -> bool:
    """Whether a query is looked up in another way: other words, parts or a page on top."""
    query = SearchQuery(text=text)
    before, after = services.plan_of(query, now), services.plan_of(query, then)
    stems = frozenset(group.stem for group in after.groups)
    return before != after or now.bets.get(stems) != then.bets.get(stems)


def _searched(
    text: str, now: Steering, then: Steering, grades: dict[str, int] | None = None
) -> Moved:
    query = SearchQuery(text=text, per_page=DEPTH)
    before = services.find(query, steering=now)
    after = services.find(query, steering=then)
    return Moved(
        text,
        _lines(before, before),
        _lines(after, before),
        judged.ndcg(_names(before), grades) if grades else None,
        judged.ndcg(_names(after), grades) if grades else None,
    )


def _names(results: SearchResults) -> list[str]:
    return [judged.name_of(hit.kind, hit.url) for hit in results.hits]


def _lines(results: SearchResults, before: SearchResults) -> tuple[Line, ...]:
    places = {hit.url: hit.rank for hit in before.hits}
    lines = []
    for hit in results.hits[:TOP]:
        was = places.get(hit.url)
        move = "nieuw" if was is None else ""
        if was is not None and was != hit.rank:
            move = "omhoog" if hit.rank < was else "omlaag"
        lines.append(Line(hit.title, hit.url, move))
    return tuple(lines)


def _suggested(text: str, now: Steering, then: Steering) -> Moved:
    """The same for what the search box offers."""

    def lines(steering: Steering) -> tuple[Line, ...]:
        rows = services.suggest(text, limit=TOP, steering=steering)
        return tuple(Line(row["title"], row["url"]) for row in rows)

    return Moved(text, lines(now), lines(then))
