"""How well a comparison finds the truth of pairs, and a plain baseline beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Regeling, artikelen, text_of
from knowledge.regelingen.vergelijken.alignment import align
from tests.knowledge.regelingen.pairs.making import Link, Pair

Compare = Callable[[Regeling, Regeling], list[Link]]


def ours(left: Regeling, right: Regeling) -> list[Link]:
    mine = {p.address: p.node.number for p in artikelen(left)}
    yours = {p.address: p.node.number for p in artikelen(right)}
    return [
        (
            frozenset(mine[a] for a in found.left),
            frozenset(yours[a] for a in found.right),
            found.kinds,
        )
        for found in align(left, right)
    ]


def greedy_word_overlap(left: Regeling, right: Regeling) -> list[Link]:
    """The pairs with most words in common first, one to one, from 0.3 (its best floor)."""

    def bag(node) -> set[str]:
        return set(re.findall(r"\w+", text_of(node).lower()))

    mine = [(p.node.number, bag(p.node)) for p in artikelen(left)]
    yours = [(p.node.number, bag(p.node)) for p in artikelen(right)]
    options = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, (_, a) in enumerate(mine)
            for j, (_, b) in enumerate(yours)
        ),
        key=lambda o: (-o[0], o[1], o[2]),
    )
    to: dict[int, int] = {}
    back: dict[int, int] = {}
    for score, i, j in options:
        if score >= 0.3 and i not in to and j not in back:
            to[i], back[j] = j, i
    found: list[Link] = []
    for i, (number, words) in enumerate(mine):
        if i not in to:
            found.append((frozenset({number}), frozenset(), frozenset({"vervallen"})))
            continue
        other, other_words = yours[to[i]]
        kinds = {"gewijzigd"} if words != other_words else set()
        if number != other:
            kinds.add("hernummerd")
        found.append(
            (frozenset({number}), frozenset({other}), frozenset(kinds or {"gelijk"}))
        )
    found += [
        (frozenset(), frozenset({number}), frozenset({"toegevoegd"}))
        for j, (number, _) in enumerate(yours)
        if j not in back
    ]
    return found


@dataclass
class Score:
    """Counts over pairs: links, groups with exact kinds, splits and merges."""

    links: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    many: Counter[str] = field(default_factory=Counter)

    def add(self, truth: Iterable[Link], found: Iterable[Link]) -> None:
        truth, found = list(truth), list(found)
        _count(self.links, _links(truth), _links(found))
        _count(self.many, _many(truth), _many(found))
        self.groups["right"] += len(set(truth) & set(found))
        self.groups["truth"] += len(truth)

    @property
    def links_f1(self) -> float:
        return _f1(self.links)

    @property
    def many_f1(self) -> float:
        return _f1(self.many)

    @property
    def kinds(self) -> float:
        return self.groups["right"] / max(1, self.groups["truth"])

    def __str__(self) -> str:
        return (
            f"links F1 {self.links_f1:.4f}  soorten {self.kinds:.4f}  "
            f"splitsen en samenvoegen F1 {self.many_f1:.4f} ({self.many['truth']})"
        )


def measure(pairs: Iterable[Pair], compare: Compare) -> dict[str, Score]:
    """A score of each recipe and of all ('')."""
    scores: dict[str, Score] = {}
    for pair in pairs:
        found = compare(pair.left, pair.right)
        for name in ("", pair.recipe):
            scores.setdefault(name, Score()).add(pair.truth, found)
    return scores


def _links(groups: list[Link]) -> set[tuple[str, str]]:
    return {(a, b) for left, right, _ in groups for a in left for b in right}


def _many(groups: list[Link]) -> set[tuple[frozenset[str], frozenset[str]]]:
    return {(a, b) for a, b, _ in groups if len(a) > 1 or len(b) > 1}


def _count(into: Counter[str], truth: set, found: set) -> None:
    into["right"] += len(truth & found)
    into["truth"] += len(truth)
    into["found"] += len(found)


def _f1(counts: Counter[str]) -> float:
    total = counts["truth"] + counts["found"]
    return 2 * counts["right"] / total if total else 1.0
