"""A comparison as a Word file with real styles."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Pt, RGBColor

from knowledge.regelingen.vergelijken.differences import Fate
from knowledge.regelingen.vergelijken.document import (
    Document,
    Line,
    Section,
    printed_number,
)
from knowledge.regelingen.vergelijken.rows import Part
from knowledge.regelingen.vergelijken.signs import lines_of, printable

# Identifiers of styles, as the document has them.
TABLE_STYLE = "TableGrid"
ADDED, GONE = "Toegevoegd", "Vervallen"
HEAD_COLOUR = "F3EFE6"
_MARKS = {Fate.TOEGEVOEGD: ADDED, Fate.VERVALLEN: GONE}
# In twentieths of a point: 26.7 cm, of which 4.7 for the first column.
_WIDTH, _FIRST = 15_137, 2_665


def to_docx(document: Document) -> bytes:
    """The bytes of a DOCX."""
    made = docx.Document()
    _prepare(made, document.title)
    made.add_heading(printable(document.title), 0)
    for text in document.intro:
        made.add_paragraph(printable(text))
    for section in document.sections:
        made.add_heading(section.title, 1)
        made.element.body.insert_element_before(
            _table(section, document.heads), "w:sectPr"
        )
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _prepare(made: Any, title: str) -> None:
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(1.8)
    made.core_properties.title = printable(title)
    made.core_properties.author = ""
    made.core_properties.language = "nl-NL"
    styles = made.styles
    normal = styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    for old in normal.element.rPr.findall(qn("w:lang")):
        normal.element.rPr.remove(old)
    normal.element.rPr.append(language)
    styles["Title"].font.size = Pt(20)
    styles["Title"].font.bold = True
    for name in ("Title", "Heading 1"):
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
    for line in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(line)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    added = styles.add_style(ADDED, WD_STYLE_TYPE.CHARACTER)
    added.font.underline = True
    added.font.color.rgb = RGBColor(0x0A, 0x41, 0x36)
    gone = styles.add_style(GONE, WD_STYLE_TYPE.CHARACTER)
    gone.font.strike = True
    gone.font.color.rgb = RGBColor(0xA3, 0x3A, 0x16)


# Written as XML at once: through the objects of python-docx 600 rows take 15 seconds.


def _table(section: Section, heads: tuple[str, ...]) -> Any:
    widths = _widths(len(heads))
    head = "".join(
        _cell([_paragraph(_run(text, "Strong"))], width, HEAD_COLOUR)
        for text, width in zip(heads, widths, strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(line, widths) for line in section.lines)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}'
        f"</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _widths(count: int) -> list[int]:
    others = (_WIDTH - _FIRST) // (count - 1)
    return [_FIRST, *[others] * (count - 1)]


def _row(line: Line, widths: list[int]) -> str:
    first = [_paragraph(_run(line.name, "Strong"))]
    if line.verdict:
        first.append(_paragraph(_run(line.verdict)))
    cells = [_cell(first, widths[0])]
    for content, width in zip(line.cells, widths[1:], strict=True):
        if isinstance(content, str):
            cells.append(_cell([_paragraph(_run(content, "Emphasis"))], width))
        else:
            cells.append(_cell([p for part in content for p in _part(part)], width))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _part(part: Part) -> Iterable[str]:
    for at, pieces in enumerate(lines_of(part.runs)):
        number = _run(printed_number(part)) if at == 0 else ""
        yield _paragraph(
            number + "".join(_run(text, _MARKS.get(kind, "")) for kind, text in pieces)
        )


def _cell(paragraphs: list[str], width: int, colour: str = "") -> str:
    inside = "".join(paragraphs) or _paragraph("")
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{inside}</w:tc>"
    )


def _paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def _run(text: str, style: str = "") -> str:
    if not text:
        return ""
    named = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    words = escape(printable(text))
    return f'<w:r>{named}<w:t xml:space="preserve">{words}</w:t></w:r>'
