"""All ranking that is ours: grouping sections to documents, priors, why a hit stands there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from .engines.base import EngineResult
from .query.plan import QueryPlan

GROUPING = (1.0, 0.3, 0.15)
DOCUMENT_WEIGHT = 0.4
COVERAGE_WEIGHT = 0.35
# How much of the query the best document must cover before we claim an answer.
CONFIDENT_SHARE = {1: 0.5, 2: 0.8}
CONFIDENT_SHARE_LONG = 0.55
# A word that the corpus does not know, found by its letters only, counts half.
UNKNOWN_WEIGHT = 0.5


@dataclass(frozen=True)
class Ranked:
    """A document with its score and the ordinals of its best sections."""

    key: str
    score: float
    sections: tuple[int, ...]
    share: float


def rank(plan: QueryPlan, result: EngineResult) -> list[Ranked]:
    """Documents best first: sections 1/.3/.15, the document as a whole, words covered."""
    best: dict[str, list[tuple[float, int]]] = {}
    for key, ordinal, score in result.sections:
        best.setdefault(key, []).append((score, ordinal))
    top = (
        max((score for scores in best.values() for score, _ in scores[:1]), default=1.0)
        or 1.0
    )
    ranked = []
    for key, document_score in result.documents:
        sections = sorted(best.get(key, []), key=lambda item: (-item[0], item[1]))[:3]
        grouped = sum(
            weight * score
            for weight, (score, _o) in zip(GROUPING, sections, strict=False)
        )
        share = coverage(plan, result, key)
        score = (
            grouped + DOCUMENT_WEIGHT * document_score + COVERAGE_WEIGHT * top * share
        )
        ranked.append(
            Ranked(key, score, tuple(ordinal for _s, ordinal in sections), share)
        )
    ranked.sort(key=lambda row: (-row.score, row.key))
    return ranked


def coverage(plan: QueryPlan, result: EngineResult, key: str) -> float:
    """Share of the query's words that a document has; 1 when there are no words."""
    if not plan.groups:
        return 1.0
    weights = [1.0 if known else UNKNOWN_WEIGHT for known in result.known]
    return sum(weights[n] for n in result.matched.get(key, ())) / len(plan.groups)


def confident(plan: QueryPlan, ranked: list[Ranked]) -> bool:
    """Whether the best document covers enough of what was asked to claim an answer."""
    if not ranked:
        return False
    count = len(plan.groups)
    needed = CONFIDENT_SHARE.get(count, CONFIDENT_SHARE_LONG)
    return max(row.share for row in ranked[:5]) >= needed


def expired_last(rows: list[Ranked], expired: set[str]) -> list[Ranked]:
    """Expired text never comes before text that holds."""
    return [row for row in rows if row.key not in expired] + [
        row for row in rows if row.key in expired
    ]


def is_expired(valid_until: datetime.date | None, on: datetime.date) -> bool:
    return valid_until is not None and valid_until <= on


def why(
    plan: QueryPlan, result: EngineResult, row: Ranked, in_title: set[str]
) -> tuple[str, ...]:
    """In words, from the same numbers, why a document stands where it stands."""
    have = result.matched.get(row.key, set())
    found = [plan.groups[n].word for n in sorted(have)]
    missing = [g.word for n, g in enumerate(plan.groups) if n not in have]
    lines = []
    if found and not missing:
        lines.append(
            "Al uw woorden staan op deze pagina."
            if len(found) > 1
            else f"‘{found[0]}’ staat op deze pagina."
        )
    elif found:
        lines.append(
            "Deze woorden staan op de pagina: "
            + ", ".join(f"‘{w}’" for w in found)
            + "."
        )
    if missing:
        lines.append("Niet gevonden: " + ", ".join(f"‘{w}’" for w in missing) + ".")
    titled = [g.word for g in plan.groups if g.stem in in_title]
    if titled:
        lines.append("In de titel: " + ", ".join(f"‘{w}’" for w in titled) + ".")
    compounds = [g.word for g in plan.groups if g.parts]
    if compounds:
        lines.append(
            "Ook delen van lange woorden tellen mee: "
            + ", ".join(f"‘{w}’" for w in compounds)
            + "."
        )
    return tuple(lines)
