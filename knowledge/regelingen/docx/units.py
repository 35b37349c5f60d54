"""The blocks of a Word file as printed lines, with layout tables taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .blocks import Block, Line, Paragraph, Table
from .patterns import heading, item


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed line, or a table when it has rows.

    text: the automatic number and the words. noted: the same with notes in their place;
    notes: those alone. lead: how many of the first characters are set apart (bold, italic, underlined).
    first: it begins a paragraph. auto: it has an automatic number.
    """

    text: str = ""
    noted: str = ""
    lead: int = 0
    heading: int = 0
    style: str = ""
    indent: int = 0
    boxed: bool = False
    first: bool = True
    auto: bool = False
    notes: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def marked(self) -> bool:
        """The whole line is set apart."""
        return 0 < len(self.text) <= self.lead

    @property
    def runs_on(self) -> bool:
        """Words that are set apart stand in front of words that are not."""
        edge = self.text[self.lead - 1 : self.lead + 1]
        return 0 < self.lead < len(self.text) and not edge.isalnum()

    def with_notes(self, end: str) -> str:
        """The end of this line with its notes in their place, or else behind it."""
        start = self.text[: len(self.text) - len(end)]
        if self.noted.startswith(start):
            return self.noted[len(start) :]
        return f"{end} {self.notes}".strip()


def flat(text: str) -> str:
    """Text as it is kept: a wide space is a space."""
    return text.replace("\t", " ").strip()


def units(blocks: Iterable[Block]) -> tuple[list[Unit], list[str]]:
    """All lines and tables in order; apart from them the lines of a typed contents."""
    found = list(_units(blocks))
    return _without_contents(found)


def _units(blocks: Iterable[Block]) -> Iterator[Unit]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block)
        elif _is_layout(block):
            yield from _of_layout(block)
        else:
            yield Unit(rows=tuple(tuple(map(_plain, row)) for row in block.rows))


def _of_paragraph(paragraph: Paragraph) -> Iterator[Unit]:
    sign = "•" if paragraph.bullet else paragraph.printed
    lines = paragraph.lines
    if paragraph.heading or paragraph.style in ("title", "titel"):
        lines = (_joined(lines),)
    for index, line in enumerate(lines):
        text, marked = line.text, line.marked
        before = f"{sign}\t" if sign and index == 0 else ""
        if before and not text:
            before = sign
        yield Unit(
            text=before + text,
            noted=before + line.noted,
            notes=line.notes,
            lead=marked + len(before) if marked or not text else 0,
            heading=paragraph.heading,
            style=paragraph.style,
            indent=paragraph.indent,
            boxed=paragraph.boxed,
            first=index == 0,
            auto=bool(paragraph.printed) and index == 0,
        )


def _joined(lines: tuple[Line, ...]) -> Line:
    return Line(
        text=" ".join(line.text for line in lines).strip(),
        noted=" ".join(line.noted for line in lines).strip(),
        marked=0,
        notes=" ".join(line.notes for line in lines).strip(),
    )


def _is_layout(table: Table) -> bool:
    """Whether a table only places text: one column, headings of articles in its cells,
    or a column with nothing but the numbers of a list."""
    width = max((len(row) for row in table.rows), default=0)
    if width <= 1:
        return True
    units = [unit for row in table.rows for cell in row for unit in _units(cell)]
    if any(_is_article(unit) for unit in units):
        return True
    firsts = [_plain(row[0]) for row in table.rows if row]
    return width == 2 and bool(firsts) and all(_is_sign(text) for text in firsts)


def _is_article(unit: Unit) -> bool:
    found = heading(unit.text)
    return bool(
        found
        and found.number
        and (unit.heading or unit.marked)
        and "artikel" in found.label.lower()
    )


def _is_sign(text: str) -> bool:
    """'1.' or 'a)'; a bare '1' may be a figure."""
    found = item(f"{text} x")
    return found is not None and found.text == "x"


def _of_layout(table: Table) -> Iterator[Unit]:
    for row in table.rows:
        if len(row) == 2 and _is_sign(sign := _plain(row[0])):
            for index, unit in enumerate(_units(row[1])):
                text = f"{sign}\t" if index == 0 else ""
                yield Unit(text + unit.text, text + unit.noted, rows=unit.rows)
        else:
            for cell in row:
                yield from _units(cell)


def _plain(cell: Iterable[Block]) -> str:
    """The text of a cell: paragraphs on lines of their own."""
    lines = []
    for unit in _units(cell):
        lines += [" ".join(filter(None, row)) for row in unit.rows] or [unit.noted]
    return "\n".join(lines).replace("\t", " ")


def _without_contents(found: list[Unit]) -> tuple[list[Unit], list[str]]:
    kept: list[Unit] = []
    left_out: list[str] = []
    inside = False
    for unit, below in zip(found, [*found[1:], Unit()], strict=False):
        title = unit.text.lower().rstrip(":")
        inside = (
            title == "inhoudsopgave"
            or (title == "inhoud" and _is_entry(below))
            or (inside and _is_entry(unit))
        )
        if inside:
            left_out.append(unit.text)
        else:
            kept.append(unit)
    return kept, left_out


def _is_entry(unit: Unit) -> bool:
    """A line that ends in the number of a page."""
    return bool(re.search(r"(\.{3,}|…|\t)\s*\d{1,3}$", unit.text))
