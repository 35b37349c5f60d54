"""A comparison as a document, whatever the form of the file: the same words for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.regelingen.vergelijken.rows import (
    Comparison,
    Groep,
    Part,
    Row,
    sum_in_words,
    words_of,
)

LEGEND = (
    "In de tabellen is doorgestreepte tekst vervallen en onderstreepte tekst toegevoegd. "
    "Opmaak telt niet mee."
)
UNCHANGED = "Ongewijzigd."
ABSENT = "Staat hier niet."


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: what it is about, what happened, and the words of each text."""

    name: str
    verdict: str
    cells: tuple[tuple[Part, ...] | str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    intro: tuple[str, ...]
    heads: tuple[str, ...]
    sections: tuple[Section, ...]


def title(comparison: Comparison) -> str:
    base, *others = (text.name for text in comparison.texts)
    return f"{base} naast {' en '.join(others)}"


def document(
    comparison: Comparison, *, groep: Groep | None = None, made_on: str
) -> Document:
    """All rows, or those of one groep. made_on: the day, in words."""
    base = comparison.texts[0].name
    rows = comparison.filtered(groep)
    intro = [f"Vergeleken op {made_on}."]
    intro += [f"{one.name}: {sum_in_words(one, base)}." for one in comparison.sums]
    if groep is not None:
        intro.append(
            f"Alleen de rijen met: {filter_words(comparison)[groep]} "
            f"({len(rows)} van {len(comparison.rows)})."
        )
    intro.append(LEGEND)
    sections = [
        Section(
            name, tuple(line(comparison, row) for row in rows if row.outside is outside)
        )
        for name, outside in (("Artikelen", False), ("Buiten de artikelen", True))
    ]
    return Document(
        title(comparison),
        tuple(intro),
        ("Onderdeel", *heads(comparison)),
        tuple(section for section in sections if section.lines),
    )


def heads(comparison: Comparison) -> tuple[str, ...]:
    """'Was: …' and 'Wordt: …' above the columns; of more than two their names."""
    names = [text.name for text in comparison.texts]
    if len(names) == 2:
        return f"Was: {names[0]}", f"Wordt: {names[1]}"
    return tuple(names)


def filter_words(comparison: Comparison) -> dict[Groep, str]:
    names = [text.name for text in comparison.texts]
    two = len(names) == 2
    return {
        Groep.GEWIJZIGD: "gewijzigd",
        Groep.VERPLAATST: "zelfde tekst, ander nummer of andere plaats",
        Groep.ALLEEN_LINKS: f"alleen in {names[0]}"
        if two
        else f"wel in {names[0]}, niet in een andere tekst",
        Groep.ALLEEN_RECHTS: f"alleen in {names[1]}" if two else f"niet in {names[0]}",
        Groep.GELIJK: "gelijk",
    }


def line(comparison: Comparison, row: Row) -> Line:
    base, *others = row.cells
    cells: list[tuple[Part, ...] | str] = [base.parts if base.places else ABSENT]
    for cell in others:
        if not cell.places:
            cells.append(ABSENT)
        elif cell.groep in (Groep.GELIJK, Groep.VERPLAATST) and base.places:
            cells.append(UNCHANGED)
        else:
            cells.append(cell.parts)
    return Line(row.name, verdict(comparison, row), tuple(cells))


def verdict(comparison: Comparison, row: Row) -> str:
    """What happened in words; of more than two texts for each beside the base."""
    names = [text.name for text in comparison.texts[1:]]
    found = []
    for at, name in enumerate(names, 1):
        words = verdict_of(comparison, row, at)
        here = row.cells[at].groep not in (Groep.ALLEEN_LINKS, Groep.ALLEEN_RECHTS)
        if words:
            found.append(f"{name}: {words}" if len(names) > 1 and here else words)
    return "; ".join(found)


def verdict_of(comparison: Comparison, row: Row, at: int) -> str:
    """What the text at this place is beside the base; empty when both lack it."""
    cell, name = row.cells[at], comparison.texts[at].name
    words = words_of(cell, comparison.texts[0].name, name)
    if len(comparison.texts) > 2 and cell.groep is Groep.ALLEEN_LINKS:
        words = f"niet in {name}"
    elif len(comparison.texts) > 2 and cell.groep is Groep.ALLEEN_RECHTS:
        words = f"niet in {comparison.texts[0].name}"
    if cell.places and cell.names != row.name:
        words += f" (daar: {cell.names})"
    return words


def printed_number(part: Part) -> str:
    """'1.' before a lid, 'Opschrift:' before a heading that changed."""
    if part.number == "opschrift":
        return "Opschrift: "
    if not part.number:
        return ""
    return f"{part.number}. " if part.number[-1].isalnum() else f"{part.number} "


def texts_of(cells: Sequence[tuple[Part, ...] | str]) -> list[str]:
    """The words of cells, for who looks for them."""
    return [
        cell
        if isinstance(cell, str)
        else "\n".join(
            printed_number(part) + "".join(run.text for run in part.runs)
            for part in cell
        )
        for cell in cells
    ]
