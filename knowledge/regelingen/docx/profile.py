"""How one Word file makes its headings, seen over the whole file."""

from __future__ import annotations

import re
from collections import Counter as Tally
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Soort

from . import explanation
from .patterns import bare_heading, heading, item, refers
from .units import Unit, flat


@dataclass(slots=True)
class Profile:
    """How this file makes its headings. levels: of a heading style → what it stands for.
    depth: of a text without the word 'Artikel' the parts in the number of an article."""

    levels: dict[int, Soort] = field(default_factory=dict)
    labelled: bool = False
    depth: int = 0
    soorten: set[Soort] = field(default_factory=set)
    explains_each: bool = False
    titles_below: bool = False

    @classmethod
    def of(cls, units: list[Unit]) -> Profile:
        profile = cls()
        counts: dict[int, Tally[Soort]] = {}
        depths: Tally[int] = Tally()
        plain_explanations = 0
        titled_below: Tally[bool] = Tally()
        for unit, below in zip(units, [*units[1:], Unit()], strict=False):
            found = heading(unit.text)
            if found and found.number and not found.title:
                titled_below[can_be_title(below)] += 1
            if found and found.number and found.soort is not Soort.BIJLAGE:
                if unit.heading:
                    counts.setdefault(unit.heading, Tally())[found.soort] += 1
                profile.soorten.add(found.soort)
                if found.soort is Soort.ARTIKEL and not refers(found.title):
                    profile.labelled = True
            elif headed(unit) and (bare := bare_heading(unit.text)):
                depths[len(re.findall(r"\d+", bare.number))] += 1
            plain_explanations += headed(unit) and explanation.bare(unit)
        profile.levels = {
            level: tally.most_common(1)[0][0] for level, tally in counts.items()
        }
        profile.depth = 0 if profile.labelled else max(depths, default=0)
        profile.titles_below = titled_below[True] > max(1, 2 * titled_below[False])
        profile.explains_each = plain_explanations > 1
        return profile

    @property
    def artikel_level(self) -> int:
        return next(
            (level for level, s in self.levels.items() if s is Soort.ARTIKEL), 0
        )


def can_be_title(unit: Unit) -> bool:
    """A short line that is no sentence and no part of a list."""
    text = flat(unit.text)
    return bool(
        0 < len(text) <= 100
        and (text[0].isupper() or text[0] in "[(")
        and not text.endswith((".", ";", ":", ","))
        and not (item(unit.text) or heading(unit.text))
    )


def headed(unit: Unit) -> bool:
    """In a heading style, or a short line that is set apart as a whole."""
    if unit.boxed or unit.rows:
        return False
    return bool(unit.heading or (unit.marked and unit.first and len(unit.text) <= 150))
