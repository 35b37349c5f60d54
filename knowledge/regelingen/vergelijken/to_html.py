"""The rows of a comparison as a page shows them; every word is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from knowledge.regelingen.vergelijken.differences import Fate, runs
from knowledge.regelingen.vergelijken.document import (
    ABSENT,
    UNCHANGED,
    line,
    printed_number,
    verdict,
    verdict_of,
)
from knowledge.regelingen.vergelijken.rows import (
    Comparison,
    Groep,
    Part,
    Place,
    Row,
    Text,
)
from knowledge.regelingen.vergelijken.signs import lines_of

_LABELS = {
    Groep.GELIJK: "goed",
    Groep.VERPLAATST: "goed",
    Groep.GEWIJZIGD: "let-op",
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """links: name and address (empty without a page) of what stands here. table: what
    the table has, where words that stayed the same are not said again."""

    text: str
    verdict: str
    label: str
    links: tuple[tuple[str, str], ...]
    html: str
    table: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    anchor: str
    name: str
    verdict: str
    label: str
    same: bool
    outside: bool
    cells: tuple[ShownCell, ...]


def row(comparison: Comparison, one: Row) -> ShownRow:
    cells = []
    table_cells = line(comparison, one).cells
    for at, (text, cell) in enumerate(zip(comparison.texts, one.cells, strict=True)):
        table = table_cells[at]
        html = _parts(cell.parts) if cell.places else f"<p>{ABSENT}</p>"
        cells.append(
            ShownCell(
                text.name,
                verdict_of(comparison, one, at) if at else "",
                _label(cell.groep),
                tuple((place.name, _address(text, place)) for place in cell.places),
                html,
                f"<p>{table}</p>" if table in (ABSENT, UNCHANGED) else html,
            )
        )
    labels = {_label(groep) for groep in one.groepen}
    return ShownRow(
        f"rij-{one.order}",
        one.name,
        verdict(comparison, one),
        next(label for label in ("fout", "let-op", "goed") if label in labels),
        one.same,
        one.outside,
        tuple(cells),
    )


def _label(groep: Groep | None) -> str:
    return _LABELS.get(groep, "fout") if groep else ""


def _address(text: Text, place: Place) -> str:
    return f"{text.url}#{place.address}" if text.url else ""


def _parts(parts: Iterable[Part]) -> str:
    return "".join(_part(part) for part in parts)


def marked(before: str, after: str) -> str:
    """The words of the second text, with what came and went since the first."""
    return "".join(
        f"<p>{''.join(_run(kind, text) for kind, text in pieces)}</p>"
        for pieces in lines_of(runs(before, after))
    )


def _part(part: Part) -> str:
    words = "".join(
        f"<p>{''.join(_run(kind, text) for kind, text in pieces)}</p>"
        for pieces in lines_of(part.runs)
    )
    number = printed_number(part).strip()
    if not number:
        return f"<div>{words}</div>"
    return (
        f'<div class="deel"><span class="nummer">{escape(number)}</span>'
        f"<div>{words}</div></div>"
    )


def _run(kind: Fate, text: str) -> str:
    words = escape(text)
    if kind is Fate.TOEGEVOEGD:
        return f'<ins><span class="stil">toegevoegd: </span>{words}</ins>'
    if kind is Fate.VERVALLEN:
        return f'<del><span class="stil">vervallen: </span>{words}</del>'
    return words
