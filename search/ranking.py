"""All ranking that is ours: field weights, grouping, priors, and why a hit stands there.

The weights were measured on article headings, help pages and own needs
(docs/zoeken.md); BM25 itself is the engine's, 1.2/.75 in both.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from .documents import FACETS
from .engines.base import PAGE_FIELD, EngineQuery, EngineResult
from .query.nodes import (
    AllNode,
    ConstNode,
    MaxNode,
    Node,
    PhraseNode,
    SumNode,
    TermNode,
)
from .query.plan import Group, QueryPlan
from .synonyms import Alternative

WEIGHTS = {
    "all": 1.0,
    "text": 0.55,
    "path": 0.35,
    "name": 0.4,
    "title": 0.5,
    "kw": 2.25,
    "weak": 0.15,
}
PART_FIELD = 0.45  # the word is part of a compound in the text
PART_WORD = 0.45  # part of the word typed is a word in the text
PART_PART = 0.1
NEAR = 0.3  # another word shares letters with the word typed, which nobody knows
NEAR_KNOWN = 0.18
BIGRAM = 0.35
PHRASE = 2.0
PINNED = 64.0

GROUPING = (1.0, 0.5, 0.25)
COVERAGE = 0.7
FRESHNESS = 0.02
FRESH_DAYS = 730
OVERDUE = 0.05
# A word that the corpus does not know, found by its letters only, counts half.
UNKNOWN_WEIGHT = 0.5
# Of a compound only its parts were found, and not side by side: counts half.
SCATTERED = 0.5
# How much of a query of one, two, or more words a page must have to claim an answer.
# Tuned on half a of the judged queries: 3% of those with an answer may be doubted.
CONFIDENT = (0.5, 0.75, 0.45)

# -- what the engine is asked ---------------------------------------------------


def engine_query(
    plan: QueryPlan,
    *,
    minimum: int,
    facets: tuple[str, ...] = FACETS,
    limit: int = 300,
    by_date: bool = False,
) -> EngineQuery:
    """The request for a plan; a document must have ``minimum`` of its words."""
    return EngineQuery(
        sections=section_node(plan),
        pages=page_node(plan, minimum),
        required=tuple(_sequence("all", stems, 1.0) for stems in plan.phrases),
        excluded=tuple(_sequence("all", stems, 1.0) for stems in plan.negatives),
        filters=plan.filters,
        audiences=plan.audiences,
        valid_on=plan.valid_on,
        facets=facets,
        limit=limit,
        section_limit=limit + limit // 3,
        by_date=by_date or (plan.is_empty and not plan.citation_keys),
    )


def section_node(plan: QueryPlan) -> Node | None:
    """What a section scores: its words with their alternatives, pairs and phrases."""
    clauses: list[Node] = []
    spans = {match.first: match for match in _disjoint(plan)}
    place = 0
    while place < len(plan.groups):
        span = spans.get(place)
        if span is None:
            clauses.append(_scored(plan.groups[place]))
            place += 1
            continue
        covered = plan.groups[place : span.last + 1]
        same = [m for m in plan.spans if (m.first, m.last) == (span.first, span.last)]
        clauses.append(
            MaxNode(
                (
                    SumNode(tuple(_scored(group) for group in covered)),
                    *(_alternative(match.alternative) for match in same),
                )
            )
        )
        place = span.last + 1
    stems = [group.stem for group in plan.groups]
    clauses += [
        PhraseNode("all", (one, other), BIGRAM)
        for one, other in itertools.pairwise(stems)
        if one != other
    ]
    clauses += [_sequence("all", phrase, PHRASE) for phrase in plan.phrases]
    clauses += [ConstNode(TermNode("num", key), PINNED) for key in plan.citation_keys]
    return SumNode(tuple(clauses)) if clauses else None


def page_node(plan: QueryPlan, minimum: int) -> Node | None:
    """Which documents match. The score says how many words one has, and which.

    Word n adds 1 + 2^-(n+1): the whole part of the sum is the number of words, the bits
    of the fraction are the words themselves. Sixteen words fit a 32-bit float exactly.
    """
    words: list[Node] = [
        ConstNode(_has(plan, place), 1 + 2.0 ** -(place + 1))
        for place in range(len(plan.groups))
    ]
    matched: Node | None = SumNode(tuple(words), max(1, minimum)) if words else None
    pins: list[Node] = [
        ConstNode(TermNode("num", key), PINNED) for key in plan.citation_keys[:1]
    ]
    if pins and matched is not None:
        return SumNode((matched, *pins))
    return matched or (pins[0] if pins else None)


def words_of(score: float, count: int) -> tuple[set[int], bool]:
    """The words a page has, and whether it is the cited text, from its page score."""
    pinned = score >= PINNED
    bits = round(((score % PINNED) % 1.0) * 2**count)
    return {n for n in range(count) if bits >> (count - n - 1) & 1}, pinned


def _disjoint(plan: QueryPlan) -> list:
    """Alternatives for several words that do not overlap, longest first."""
    taken: set[int] = set()
    kept = []
    for match in plan.spans:
        places = set(range(match.first, match.last + 1))
        if not places & taken:
            kept.append(match)
            taken |= places
    return kept


def _scored(group: Group) -> Node:
    own = SumNode(
        (
            *_word(group.stem, group.parts, 1.0),
            *_near(group),
        )
    )
    if not group.alternatives:
        return own
    return MaxNode((own, *(_alternative(a) for a in group.alternatives)))


def _near(group: Group) -> tuple[Node, ...]:
    """The best of the words that share letters with a word."""
    weight = NEAR_KNOWN if group.known else NEAR
    near = tuple(TermNode("all", stem, weight * share) for stem, share in group.near)
    return (MaxNode(near),) if near else ()


def _alternative(alternative: Alternative) -> Node:
    return SumNode(
        tuple(
            node
            for term in alternative.words
            for node in _word(term.stem, term.parts, alternative.weight)
        )
    )


def _word(stem: str, parts: tuple[str, ...], weight: float) -> list[Node]:
    """Clauses that find a word in any form, or as part of a compound."""
    nodes: list[Node] = [
        TermNode(name, stem, own * weight) for name, own in WEIGHTS.items()
    ]
    nodes.append(TermNode("parts", stem, PART_FIELD * weight))
    for part in parts:
        nodes.append(TermNode("all", part, PART_WORD * weight))
        nodes.append(TermNode("parts", part, PART_PART * weight))
    return nodes


def _has(plan: QueryPlan, place: int) -> Node:
    """Whether a document has a word, in its own or another word's place."""
    group = plan.groups[place]
    options: list[Node] = [_has_word(group.stem, group.parts)]
    options += [_has_all(a) for a in group.alternatives]
    options += [
        _has_all(match.alternative)
        for match in plan.spans
        if match.first <= place <= match.last
    ]
    if not group.known:
        options += [TermNode(PAGE_FIELD, stem) for stem, _share in group.near]
    return options[0] if len(options) == 1 else SumNode(tuple(options))


def _has_all(alternative: Alternative) -> Node:
    words = [_has_word(term.stem, term.parts) for term in alternative.words]
    return words[0] if len(words) == 1 else AllNode(tuple(words))


def _has_word(stem: str, parts: tuple[str, ...]) -> Node:
    """The word, the word within a compound, or all parts of a compound somewhere."""
    word = TermNode(PAGE_FIELD, stem)
    if not parts:
        return word
    return SumNode((word, AllNode(tuple(TermNode(PAGE_FIELD, p) for p in parts))))


def _sequence(
    name: str, stems: tuple[str, ...], weight: float
) -> TermNode | PhraseNode:
    if len(stems) == 1:
        return TermNode(name, stems[0], weight)
    return PhraseNode(name, stems, weight)


# -- what comes back ----------------------------------------------------------------


class Ranked(NamedTuple):
    """A document with its score, the ordinals of its best sections and its words."""

    key: str
    score: float
    sections: tuple[int, ...]
    words: frozenset[int]
    share: float
    pinned: bool = False


@dataclass(frozen=True)
class Age:
    """What the priors need to know of a document."""

    checked_on: datetime.date | None
    valid_until: datetime.date | None
    review_on: datetime.date | None


def rank(plan: QueryPlan, result: EngineResult) -> list[Ranked]:
    """Documents best first: their best sections by GROUPING, and which words they have."""
    count = len(plan.groups)
    best: dict[str, list[tuple[float, int]]] = {}
    for key, ordinal, score in result.sections:
        best.setdefault(key, []).append((score, ordinal))
    top = max((rows[0][0] for rows in best.values()), default=1.0) or 1.0
    pages = dict(result.pages)
    if len(result.pages) < result.total:
        # More documents match than were named: those of the best sections count as well,
        # with no more words than the last one named.
        least = result.pages[-1][1] if result.pages else 0.0
        pages = {key: pages.get(key, least) for key in (*pages, *best)}
    ranked = []
    # Of the score of a page there are few values: one for each set of words.
    known: dict[float, tuple[frozenset[int], bool, float]] = {}
    for key, page_score in pages.items():
        rows = best.get(key, [])
        if len(rows) > 1:
            rows = sorted(rows, key=lambda row: (-row[0], row[1]))[: len(GROUPING)]
        if page_score not in known:
            found, pinned = words_of(page_score, count)
            known[page_score] = frozenset(found), pinned, covered(plan, found)
        words, pinned, share = known[page_score]
        grouped = sum(
            weight * score for weight, (score, _o) in zip(GROUPING, rows, strict=False)
        )
        ranked.append(
            Ranked(
                key,
                grouped + COVERAGE * top * share,
                tuple(ordinal for _score, ordinal in rows),
                words,
                share,
                pinned,
            )
        )
    ranked.sort(key=order)
    return ranked


def order(row: Ranked) -> tuple[bool, float, tuple[str, int]]:
    """Cited text first, then by score; equal scores as they were made."""
    return (not row.pinned, -round(row.score, 3), _made(row.key))


def _made(key: str) -> tuple[str, int]:
    """``artikel:9`` before ``artikel:10``: the articles of a regulation in their order."""
    kind, _, number = key.partition(":")
    return (kind, int(number) if number.isdecimal() else 0)


def covered(plan: QueryPlan, words: Set[int]) -> float:
    """Share of the query's words that a document has, the rare ones counting for more;
    1 when there are no words."""
    if not plan.groups:
        return 1.0
    weights = [g.weight * (1.0 if g.known else UNKNOWN_WEIGHT) for g in plan.groups]
    return sum(weights[n] for n in words) / sum(group.weight for group in plan.groups)


def with_priors(
    rows: list[Ranked], ages: dict[str, Age], on: datetime.date
) -> list[Ranked]:
    """Fresh a little up, overdue a little down, expired after all that holds."""
    top = max((row.score for row in rows), default=0.0)

    def place(row: Ranked) -> tuple[bool, bool, float, tuple[str, int]]:
        age = ages[row.key]
        score = row.score
        if age.checked_on:
            days = max(0, (on - age.checked_on).days)
            score += FRESHNESS * top * max(0.0, 1 - days / FRESH_DAYS)
        if age.review_on and age.review_on < on:
            score -= OVERDUE * top
        expired = is_expired(age.valid_until, on)
        return (expired, not row.pinned, -round(score, 3), _made(row.key))

    return sorted(rows, key=place)


def is_expired(valid_until: datetime.date | None, on: datetime.date) -> bool:
    return valid_until is not None and valid_until <= on


def evidence(plan: QueryPlan, row: Ranked, forms: Set[str]) -> float:
    """How much of the query a document answers, 0-1.

    Half of it is what the whole document has, half what stands together in its best
    section: ``forms``, every form of its title, keywords, heading and text.
    """
    if row.pinned or not plan.groups:
        return 1.0
    together = 0.0
    for place, group in enumerate(plan.groups):
        if group.stem in forms or _met_by(plan, place, forms):
            together += group.weight
        elif group.parts and all(part in forms for part in group.parts[:3]):
            together += SCATTERED * group.weight
    return (row.share + together / sum(group.weight for group in plan.groups)) / 2


def confident(plan: QueryPlan, found: list[float]) -> bool:
    """Whether one of the first documents has enough of the query to claim an answer."""
    needed = CONFIDENT[min(max(len(plan.groups), 1), len(CONFIDENT)) - 1]
    return max(found, default=0.0) >= needed


def why(
    plan: QueryPlan,
    row: Ranked,
    title: Set[str],
    shown: Set[str],
    recommended: str = "",
) -> tuple[str, ...]:
    """In words, from the same numbers, why a document stands where it stands.

    title: every form of the title; shown: of the title and the shown section.
    """
    lines = []
    if recommended:
        lines.append(f"De redactie raadt deze pagina aan: {recommended}")
    if row.pinned:
        lines.append("Dit is de tekst waar u naar verwijst.")
    found = [plan.groups[n].word for n in sorted(row.words)]
    missing = [g.word for n, g in enumerate(plan.groups) if n not in row.words]
    if found and not missing:
        lines.append(
            "Al uw woorden staan op deze pagina."
            if len(found) > 1
            else f"{_quoted(found)} staat op deze pagina."
        )
    elif found:
        lines.append(f"Deze woorden staan op de pagina: {_quoted(found)}.")
    if missing:
        lines.append(f"Niet gevonden: {_quoted(missing)}.")
    titled = [g.word for g in plan.groups if g.stem in title]
    if titled:
        lines.append(f"In de titel: {_quoted(titled)}.")
    for place, group in enumerate(plan.groups):
        if place in row.words and group.stem not in shown:
            other = _met_by(plan, place, shown)
            if other:
                lines.append(f"‘{group.word}’ telt mee door ‘{other}’.")
    compounds = [g.word for g in plan.groups if g.parts]
    if compounds:
        lines.append(f"Ook delen van lange woorden tellen mee: {_quoted(compounds)}.")
    return tuple(lines)


def _met_by(plan: QueryPlan, place: int, stems: Set[str]) -> str:
    """The other word by which a document has word ``place``; empty when none is seen."""
    options = [*plan.groups[place].alternatives]
    options += [m.alternative for m in plan.spans if m.first <= place <= m.last]
    for option in options:
        if all(term.stem in stems for term in option.words):
            return option.label
    return ""


def _quoted(words: list[str]) -> str:
    return ", ".join(f"‘{word}’" for word in words)
