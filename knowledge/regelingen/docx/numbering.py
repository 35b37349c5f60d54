"""The numbers that Word prints before a paragraph but does not store in its text.

A paragraph names a list (num) and a level. The list follows an abstract list, in which
each level has a form, a start and a text such as 'Artikel %1.%2'. Lists that follow the
same abstract list count on together, unless one says where to start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

LEVELS = 9
_LAST_LETTER = 26 * 30  # Word repeats the letter; a longer row is no number any more


@dataclass(frozen=True, slots=True)
class Level:
    """text: '%1.%2', in which %n is the number of level n. restart: 0 is never; n is
    after level n or one above it; None is after any level above. legal: all numbers in
    digits. style: the paragraph style that stands for this level. indent: in twips."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class List:
    """A num: the abstract list that it follows, with its own starts and levels."""

    abstract: str
    starts: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Printed:
    text: str = ""
    bullet: bool = False


@dataclass(slots=True)
class Counter:
    """Gives each numbered paragraph, in order, its printed number."""

    abstracts: Mapping[str, Mapping[int, Level]]
    lists: Mapping[str, List]
    _values: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def levels(self, num: str) -> dict[int, Level]:
        found = self.lists.get(num)
        if found is None:
            return {}
        return {**self.abstracts.get(found.abstract, {}), **found.levels}

    def next(self, num: str, level: int) -> Printed:
        found = self.lists.get(num)
        if found is None or not 0 <= level < LEVELS:
            return Printed()
        levels = self.levels(num)
        own = levels.get(level)
        if own is None:
            return Printed()
        values = self._values.setdefault(found.abstract, [None] * LEVELS)
        value = values[level]
        if level in found.starts and (num, level) not in self._started:
            value = None
        self._started.add((num, level))
        start = found.starts.get(level, own.start)
        values[level] = start if value is None else value + 1
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                values[deeper] = None
        if own.form == "bullet":
            return Printed("•" if own.text else "", bullet=True)
        return Printed(
            re.sub(
                r"%([1-9])",
                lambda match: _shown(int(match[1]) - 1, own, levels, values),
                own.text,
            ).strip()
        )


def _shown(
    index: int, own: Level, levels: Mapping[int, Level], values: list[int | None]
) -> str:
    level = levels.get(index, Level())
    value = values[index]
    form = level.form
    if own.legal and form not in ("none", "bullet"):
        form = "decimal"
    return formatted(level.start if value is None else value, form)


def formatted(value: int, form: str) -> str:
    """A number as Word prints it in one of its forms; an unknown form is in digits."""
    if form in ("none", "bullet"):
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < value <= _LAST_LETTER:
        turns, place = divmod(value - 1, 26)
        letters = chr(ord("a") + place) * (turns + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        numerals = roman(value)
        return numerals if form == "upperRoman" else numerals.lower()
    if form == "decimalZero":
        return f"{value:02d}"
    return f"{value}e" if form == "ordinal" else str(value)


def roman(value: int) -> str:
    parts = []
    for size, numeral in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, value = divmod(value, size)
        parts.append(numeral * count)
    return "".join(parts)


def read_numbering(part: Any, list_of_style: Mapping[str, str]) -> Counter:
    """The lists in numbering.xml. list_of_style: numbering style → its num."""
    abstracts: dict[str, dict[int, Level]] = {}
    lists: dict[str, List] = {}
    linked: dict[str, str] = {}
    for element in part if part is not None else ():
        if element.tag == qn("w:abstractNum"):
            name = element.get(qn("w:abstractNumId"), "")
            abstracts[name] = _levels(element)
            link = element.find(qn("w:numStyleLink"))
            if link is not None:
                linked[name] = link.get(qn("w:val"), "")
        elif element.tag == qn("w:num"):
            lists[element.get(qn("w:numId"), "")] = _list(element)
    for name, style in linked.items():
        target = lists.get(list_of_style.get(style, ""))
        if target is not None and target.abstract in abstracts:
            abstracts[name] = abstracts[target.abstract]
    return Counter(abstracts, lists)


def _list(element: Any) -> List:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.iter(qn("w:lvlOverride")):
        index = number(override.get(qn("w:ilvl")), 0)
        start = _value(override, "w:startOverride")
        if start is not None:
            starts[index] = number(start, 1)
        levels.update(_levels(override))
    return List(_value(element, "w:abstractNumId") or "", starts, levels)


def _levels(element: Any) -> dict[int, Level]:
    found = {}
    for level in element.findall(qn("w:lvl")):
        restart = _value(level, "w:lvlRestart")
        legal = level.find(qn("w:isLgl"))
        form = next((e.get(qn("w:val")) for e in level.iter(qn("w:numFmt"))), None)
        found[number(level.get(qn("w:ilvl")), 0)] = Level(
            form=form or "decimal",
            text=_value(level, "w:lvlText") or "",
            start=number(_value(level, "w:start"), 0),
            restart=None if restart is None else number(restart, 0),
            legal=legal is not None
            and legal.get(qn("w:val")) not in ("0", "false", "off"),
            style=_value(level, "w:pStyle") or "",
            indent=indent_of(level.find(qn("w:pPr"))) or 0,
        )
    return found


def indent_of(properties: Any) -> int | None:
    """The left indent of a paragraph in twips; None when it is not set."""
    indent = None if properties is None else properties.find(qn("w:ind"))
    if indent is None:
        return None
    left = indent.get(qn("w:left"), indent.get(qn("w:start")))
    return None if left is None else number(left, 0)


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def number(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
