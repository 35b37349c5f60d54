"""What two texts say outside their artikelen: aanhef, loose text, bijlagen, toelichting.

``align`` couples artikelen only; without this a changed bijlage would go unseen. Parts
belong together by kind and by number (or the artikel that they explain), then by title,
then in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import replace

from knowledge.regelingen.tree import Node, Placed, Regeling, Soort, walk
from knowledge.regelingen.vergelijken import words as w
from knowledge.regelingen.vergelijken.alignment import (
    GELIJK,
    GEWIJZIGD,
    TOEGEVOEGD,
    VERVALLEN,
    Alignment,
)
from knowledge.regelingen.vergelijken.differences import Compared, inside

OUTSIDE = frozenset(
    {
        Soort.AANHEF,
        Soort.SLUITING,
        Soort.BIJLAGE,
        Soort.TOELICHTING,
        Soort.TEKST,
        Soort.TABEL,
    }
)


def outside(left: Regeling, right: Regeling) -> tuple[Compared, ...]:
    """Every part outside artikelen in exactly one alignment, in the order of the left,
    then what is new."""
    ours, theirs = parts_outside(left), parts_outside(right)
    to: dict[int, int] = {}
    keys: tuple[Callable[[Placed], Hashable], ...] = (
        lambda placed: placed.node.about or w.plain_number(placed.node.number),
        lambda placed: w.letters(w.tokens(placed.node.title)),
        lambda placed: "in order",
    )
    for key in keys:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for j, placed in enumerate(theirs):
            if j not in to.values() and key(placed):
                waiting[placed.node.soort, key(placed)].append(j)
        for i, placed in enumerate(ours):
            options = waiting[placed.node.soort, key(placed)]
            if i not in to and options and key(placed):
                to[i] = options.pop(0)
    found = [
        _compared([placed], [theirs[to[i]]] if i in to else [])
        for i, placed in enumerate(ours)
    ]
    old = set(to.values())
    found += [_compared([], [p]) for j, p in enumerate(theirs) if j not in old]
    return tuple(found)


def parts_outside(regeling: Regeling) -> list[Placed]:
    """The parts, each without the artikelen and the parts in it that stand here too."""
    found: list[Placed] = []
    for placed in walk(regeling):
        above = {node.soort for node in placed.above}
        of_artikel = (
            Soort.ARTIKEL in above and placed.node.soort is not Soort.TOELICHTING
        )
        if placed.node.soort not in OUTSIDE or of_artikel or above & OUTSIDE:
            continue
        found.append(replace(placed, node=_without_artikelen(placed.node)))
    return found


def _without_artikelen(node: Node) -> Node:
    return replace(
        node,
        children=tuple(
            _without_artikelen(child)
            for child in node.children
            if child.soort is not Soort.ARTIKEL
        ),
    )


def _compared(mine: list[Placed], yours: list[Placed]) -> Compared:
    parts = inside(mine, yours)
    if not mine or not yours:
        kind = VERVALLEN if mine else TOEGEVOEGD
    else:
        kind = GEWIJZIGD if parts else GELIJK
    alignment = Alignment(
        tuple(placed.address for placed in mine),
        tuple(placed.address for placed in yours),
        frozenset({kind}),
    )
    return Compared(alignment, parts)
