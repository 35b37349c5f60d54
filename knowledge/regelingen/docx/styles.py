"""What the paragraph and character styles of a Word file say about a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from .numbering import indent_of, number

_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based: str
    outline: int | None
    num: str | None
    level: int | None
    marked: bool | None
    indent: int | None


@dataclass(slots=True)
class Styles:
    """A style takes what it does not set itself from the style it is based on."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def _chain(self, style: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = self.by_id[style].based

    def _first(self, style: str, name: str) -> Any:
        values = (getattr(found, name) for found in self._chain(style))
        return next((value for value in values if value is not None), None)

    def name(self, style: str) -> str:
        found = self.by_id.get(style)
        return found.name if found else ""

    def heading(self, style: str) -> int | None:
        """1 for the highest heading; None for a style that is no heading."""
        for found in self._chain(style):
            match = re.fullmatch(
                r"(?:heading|kop|titre|überschrift) ?([1-9])", found.name
            )
            if match:
                return int(match[1])
            if found.outline is not None:
                return found.outline + 1 if found.outline < 9 else None
        return None

    def marked(self, style: str) -> bool:
        return bool(self._first(style, "marked"))

    def indent(self, style: str) -> int | None:
        indent: int | None = self._first(style, "indent")
        return indent

    def numbered(self, style: str) -> tuple[str | None, int | None]:
        return self._first(style, "num"), self._first(style, "level")


def read_styles(part: Any) -> Styles:
    styles = Styles()
    for element in part.findall(qn("w:style")) if part is not None else ():
        name = element.get(qn("w:styleId"), "")
        paragraph = element.find(qn("w:pPr"))
        num, level = numbering_of(paragraph)
        styles.by_id[name] = Style(
            name=_value(element, "w:name").lower(),
            based=_value(element, "w:basedOn"),
            outline=outline_of(paragraph),
            num=num,
            level=level,
            marked=marked_by(element.find(qn("w:rPr"))),
            indent=indent_of(paragraph),
        )
        if (
            element.get(qn("w:type")) == "paragraph"
            and element.get(qn("w:default"), "0") not in _OFF
        ):
            styles.default = name
    return styles


def numbering_of(properties: Any) -> tuple[str | None, int | None]:
    """The list and the level that these paragraph properties name."""
    found = None if properties is None else properties.find(qn("w:numPr"))
    if found is None:
        return None, None
    level = _value(found, "w:ilvl")
    return _value(found, "w:numId") or None, number(level, 0) if level else None


def outline_of(properties: Any) -> int | None:
    found = None if properties is None else properties.find(qn("w:outlineLvl"))
    return None if found is None else number(found.get(qn("w:val")), 9)


def marked_by(properties: Any) -> bool | None:
    """Whether these run properties set text apart: bold, italic or underlined.

    None when they do not say so.
    """
    answer = None
    for name in ("w:b", "w:i", "w:u"):
        found = None if properties is None else properties.find(qn(name))
        if found is not None:
            answer = bool(answer) or found.get(qn("w:val"), "1") not in _OFF
    return answer


def on(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(qn(name))
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")
