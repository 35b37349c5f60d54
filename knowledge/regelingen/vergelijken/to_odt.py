"""A comparison as an OpenDocument text with real styles."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

import odfdo

from knowledge.regelingen.vergelijken.differences import Fate
from knowledge.regelingen.vergelijken.document import (
    Document,
    Line,
    Section,
    printed_number,
)
from knowledge.regelingen.vergelijken.rows import Part
from knowledge.regelingen.vergelijken.signs import lines_of, printable

ADDED, GONE = "Toegevoegd", "Vervallen"
STRONG, EMPHASIS = "Strong_20_Emphasis", "Emphasis"
CELL, HEAD_CELL, TABLE = "Vergelijking.Cel", "Vergelijking.Kop", "Vergelijking"
TEXT, TABLE_TEXT = "Text_20_body", "Table_20_Contents"
_MARKS = {Fate.TOEGEVOEGD: ADDED, Fate.VERVALLEN: GONE}
_WIDTH, _FIRST = 26.7, 4.7


def to_odt(document: Document) -> bytes:
    """The bytes of an ODT."""
    made = odfdo.Document("text")
    made.body.clear()
    _prepare(made, document.title, len(document.heads) - 1)
    made.body.append(odfdo.Paragraph(printable(document.title), style="Title"))
    for text in document.intro:
        made.body.append(odfdo.Paragraph(printable(text), style=TEXT))
    for number, section in enumerate(document.sections, 1):
        head = odfdo.Header(1, section.title)
        head.style = "Heading_20_1"
        made.body.append(head)
        made.body.append(
            odfdo.Element.from_tag(_table(section, document.heads, number))
        )
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _prepare(made: odfdo.Document, title: str, others: int) -> None:
    made.meta.title = printable(title)
    made.language = "nl-NL"
    # The outline of the template would number the headings: '1.Artikelen'.
    for outline in made.styles.get_elements("//text:outline-style"):
        for level in outline.children:
            level.delete()
    layout: Any = made.get_style("page-layout", "Mpm1")
    layout.set_properties(
        {
            "fo:page-width": "29.7cm",
            "fo:page-height": "21cm",
            "style:print-orientation": "landscape",
            **{f"fo:margin-{side}": "1.5cm" for side in ("left", "right")},
            **{f"fo:margin-{side}": "1.8cm" for side in ("top", "bottom")},
        }
    )
    border = {"fo:border": "0.5pt solid #7c8781", "fo:padding": "0.1cm"}
    # family, name, its name in menus, its parent, area and properties
    text = "text"
    for family, name, shown, parent, area, properties in (
        ("paragraph", "Title", "", "Heading", text, {"fo:font-size": "20pt", "fo:font-weight": "bold"}),
        ("paragraph", TABLE_TEXT, "Table Contents", "Standard", text, {"fo:font-size": "10pt"}),
        (text, STRONG, "Strong Emphasis", "", text, {"fo:font-weight": "bold"}),
        (text, EMPHASIS, "", "", text, {"fo:font-style": "italic"}),
        (text, ADDED, "", "", text, {"style:text-underline-style": "solid", "fo:color": "#0a4136"}),
        (text, GONE, "", "", text, {"style:text-line-through-style": "solid", "fo:color": "#a33a16"}),
        ("table", TABLE, "", "", "table", {"style:width": f"{_WIDTH}cm", "table:align": "margins"}),
        ("table-column", f"{TABLE}.A", "", "", "table-column", {"style:column-width": f"{_FIRST}cm"}),
        ("table-column", f"{TABLE}.B", "", "", "table-column", {"style:column-width": f"{(_WIDTH - _FIRST) / others:.2f}cm"}),
        ("table-cell", CELL, "", "", "table-cell", border),
        ("table-cell", HEAD_CELL, "", "", "table-cell", {**border, "fo:background-color": "#f3efe6"}),
    ):  # fmt: skip
        style = odfdo.Style(
            family, name, display_name=shown or None, parent_style=parent or None
        )
        style.set_properties(properties, area=area)
        if name == TABLE_TEXT:
            style.set_properties({"fo:margin-bottom": "0.1cm"}, area="paragraph")
        made.insert_style(style, automatic=family.startswith("table"))


def _table(section: Section, heads: tuple[str, ...], number: int) -> str:
    head = "".join(
        _cell([_paragraph(_span(text, STRONG))], HEAD_CELL) for text in heads
    )
    rows = "".join(_row(line) for line in section.lines)
    return (
        f'<table:table table:name="Vergelijking{number}" table:style-name="{TABLE}">'
        f'<table:table-column table:style-name="{TABLE}.A"/>'
        f'<table:table-column table:style-name="{TABLE}.B" '
        f'table:number-columns-repeated="{len(heads) - 1}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _row(line: Line) -> str:
    first = [_paragraph(_span(line.name, STRONG))]
    if line.verdict:
        first.append(_paragraph(_words(line.verdict)))
    cells = [_cell(first, CELL)]
    for content in line.cells:
        if isinstance(content, str):
            cells.append(_cell([_paragraph(_span(content, EMPHASIS))], CELL))
        else:
            cells.append(_cell([p for part in content for p in _part(part)], CELL))
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _part(part: Part) -> Iterable[str]:
    for at, pieces in enumerate(lines_of(part.runs)):
        number = _words(printed_number(part)) if at == 0 else ""
        words = (
            _span(text, _MARKS[kind]) if kind in _MARKS else _words(text)
            for kind, text in pieces
        )
        yield _paragraph(number + "".join(words))


def _cell(paragraphs: list[str], style: str) -> str:
    inside = "".join(paragraphs) or _paragraph("")
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{inside}</table:table-cell>"
    )


def _paragraph(inside: str) -> str:
    return f'<text:p text:style-name="{TABLE_TEXT}">{inside}</text:p>'


def _span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{_words(text)}</text:span>'


def _words(text: str) -> str:
    return escape(printable(text))
