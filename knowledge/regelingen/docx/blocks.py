"""The body of a Word file as paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from .measure import printed
from .numbering import Counter, indent_of, read_numbering
from .package import Package
from .styles import Styles, marked_by, numbering_of, on, outline_of, read_styles

_GONE = {qn("w:del"), qn("w:moveFrom")}
_KEPT_CHANGES = {qn("w:ins"), qn("w:moveTo")}
_NO_TEXT = {
    qn(f"w:{name}")
    for name in (
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "delText",
        "delInstrText",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
    )
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CHARS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_PICTURES = {qn("pic:pic"), "{urn:schemas-microsoft-com:vml}imagedata"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line up to a soft break. A tab stands for every wide space.

    text: without notes; noted: with the notes in their place; notes: those alone.
    marked: how many of the first characters of text are bold, italic or underlined.
    """

    text: str
    noted: str
    marked: int
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """printed: the automatic number. heading: 1 for the highest, 0 for none. style: its
    name in lower case. boxed: it stands in a text box, outside the running text."""

    lines: tuple[Line, ...]
    printed: str = ""
    bullet: bool = False
    heading: int = 0
    style: str = ""
    indent: int = 0
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Each cell with its own blocks; a cell that a merged one covers is empty."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block = Paragraph | Table


@dataclass(slots=True)
class Body:
    """The blocks, how often each thing was found that the reader must know of, and the
    text that was left out on purpose."""

    blocks: tuple[Block, ...]
    found: Tally[str]
    left_out: tuple[str, ...]


def tidy(text: str) -> str:
    """Single spaces; a tab for a tab or a wide space; no invisible characters."""
    text = re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = re.sub(r"[^\S\n\t]", " ", text)
    return re.sub(r"[ \t]{2,}|\t", "\t", text).replace(" \t", "\t").strip()


def read_blocks(package: Package) -> Body:
    styles = read_styles(package.styles)
    list_of_style = {
        name: style.num for name, style in styles.by_id.items() if style.num is not None
    }
    reader = _Reader(
        styles,
        read_numbering(package.numbering, list_of_style),
        {
            "noot": _notes(package.footnotes),
            "eindnoot": _notes(package.endnotes),
        },
    )
    blocks = list(reader.blocks(package.document.find(qn("w:body"))))
    if lines := _lines(reader.carried):
        blocks.append(Paragraph(lines))
    return Body(tuple(blocks), reader.found, tuple(reader.left_out))


def _notes(part: Any) -> dict[str, Any]:
    return {
        note.get(qn("w:id"), ""): note
        for note in (part if part is not None else ())
        if note.get(qn("w:type"), "normal") == "normal"
    }


@dataclass(slots=True)
class _Piece:
    text: str
    marked: bool = False
    note: bool = False


@dataclass(slots=True)
class _Reader:
    styles: Styles
    counter: Counter
    notes: dict[str, dict[str, Any]]
    found: Tally[str] = field(default_factory=Tally)
    left_out: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    carried: list[_Piece] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    boxed: bool = False
    contents: str = ""

    def blocks(self, container: Any) -> Iterator[Block]:
        for element in container:
            if element.tag == qn("w:p"):
                yield from self.paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield self.table(element)
            elif element.tag == qn("w:sdt") and _is_contents(element):
                self.leave_out(element)
            elif element.tag == qn("w:altChunk"):
                self.found["ingevoegd bestand"] += 1
            elif element.tag in _GONE:
                self.found["verwijdering"] += 1
            elif element.tag not in _NO_TEXT and isinstance(element.tag, str):
                yield from self.blocks(element)

    def leave_out(self, element: Any) -> None:
        text = "".join(printed(element))
        if text.strip():
            self.left_out.append(text)

    def paragraph(self, element: Any) -> Iterator[Block]:
        properties = element.find(qn("w:pPr"))
        style = _style(properties, "w:pStyle") or self.styles.default
        name = self.styles.name(style)
        if re.match(r"(toc|inhopg|contents) ?(\d|heading)", name):
            self.leave_out(element)
            return
        pieces, self.carried = self.carried, []
        self.text(element, self.styles.marked(style), pieces)
        if self.contents:
            self.left_out.append(self.contents)
            self.contents = ""
        mark = None if properties is None else properties.find(qn("w:rPr"))
        if mark is not None and any(mark.find(tag) is not None for tag in _GONE):
            self.found["verwijdering"] += 1
            self.carried = pieces
            return
        num, level = self.list_of(properties, style)
        printed = self.counter.next(num, level) if num else None
        lines = _lines(pieces)
        text = printed.text if printed and not printed.bullet else ""
        if lines or text:
            outline = outline_of(properties)
            heading = self.styles.heading(style)
            if outline is not None:
                heading = outline + 1 if outline < 9 else None
            yield Paragraph(
                lines or (Line("", "", 0),),
                printed=text,
                bullet=bool(printed and printed.bullet),
                heading=heading or 0,
                style=name,
                indent=self.indent(properties, style, num, level),
                boxed=self.boxed,
            )
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.found["tekstvak"] += 1
            outer, self.boxed = self.boxed, True
            yield from self.blocks(box)
            self.boxed = outer

    def list_of(self, properties: Any, style: str) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        num, level = numbering_of(properties)
        styled, styled_level = self.styles.numbered(style)
        if num is None and styled is not None:
            num = styled
            if level is None:
                found = self.counter.levels(styled).items()
                own = (i for i, each in found if each.style and each.style == style)
                level = next(own, styled_level)
        return ("" if num in (None, "0") else str(num)), level or 0

    def indent(self, properties: Any, style: str, num: str, level: int) -> int:
        own = indent_of(properties)
        if own is None and num:
            own = getattr(self.counter.levels(num).get(level), "indent", 0)
        return (self.styles.indent(style) or 0) if own is None else own

    def text(self, element: Any, marked: bool, pieces: list[_Piece]) -> None:
        """Add the words under an element that a reader of the printed page sees."""
        for child in element:
            tag = child.tag
            if tag in _GONE:
                self.found["verwijdering"] += 1
            elif tag == qn("w:r"):
                self.run(child, marked, pieces)
            elif tag == qn("w:t") or tag == _FORMULA_TEXT:
                self.add((child.text or "").replace("\n", " "), marked, pieces)
                self.found["formule"] += tag == _FORMULA_TEXT
            elif tag in _CHARS:
                self.add(_CHARS[tag], marked, pieces)
            elif tag == qn("w:sym"):
                self.add(symbol(child), marked, pieces)
            elif tag == qn("w:fldChar"):
                self.field_mark(child.get(qn("w:fldCharType"), ""))
            elif tag == qn("w:instrText"):
                if self.fields:
                    self.fields[-1] += child.text or ""
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self.note(child, pieces)
            elif tag == qn("w:txbxContent"):
                self.boxes.append(child)
            elif tag == _FALLBACK and child.getprevious() is not None:
                pass  # the same content again, for older versions of Word
            elif tag not in _NO_TEXT and isinstance(tag, str):
                self.found["afbeelding"] += tag in _PICTURES
                self.found["ingesloten bestand"] += tag == qn("w:object")
                self.found["invoeging"] += tag in _KEPT_CHANGES
                self.text(child, marked, pieces)

    def run(self, run: Any, marked: bool, pieces: list[_Piece]) -> None:
        properties = run.find(qn("w:rPr"))
        if on(properties, "w:vanish"):
            self.found["verborgen tekst"] += run.find(qn("w:t")) is not None
            return
        own = marked_by(properties)
        if own is None:
            own = self.styles.marked(_style(properties, "w:rStyle")) or marked
        self.text(run, own, pieces)

    def add(self, text: str, marked: bool, pieces: list[_Piece]) -> None:
        if any(re.match(r"\s*TOC\b", code) for code in self.fields):
            self.contents += text
        else:
            pieces.append(_Piece(text, marked))

    def field_mark(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def note(self, reference: Any, pieces: list[_Piece]) -> None:
        kind = "noot" if reference.tag == qn("w:footnoteReference") else "eindnoot"
        note = self.notes[kind].get(reference.get(qn("w:id"), ""))
        if note is None:
            return
        self.found[kind] += 1
        words: list[_Piece] = []
        for paragraph in note.iter(qn("w:p")):
            self.text(paragraph, False, words)
            words.append(_Piece(" "))
        text = tidy("".join(piece.text for piece in words)).replace("\n", " ")
        pieces.append(_Piece(f" ({kind} {self.found[kind]}: {text})", note=True))

    def table(self, element: Any) -> Table:
        rows = []
        for row in _below(element, qn("w:tr")):
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:del")) is not None:
                self.found["verwijdering"] += 1
                continue
            cells: list[tuple[Block, ...]] = [()] * _count(
                properties, "w:gridBefore", 0
            )
            for cell in _below(row, qn("w:tc")):
                shape = cell.find(qn("w:tcPr"))
                merged = None if shape is None else shape.find(qn("w:vMerge"))
                covered = merged is not None and merged.get(qn("w:val")) != "restart"
                blocks = tuple(self.blocks(cell))
                cells.append(() if covered and not blocks else blocks)
                cells += [()] * (_count(shape, "w:gridSpan", 1) - 1)
            rows.append(tuple(cells))
        return Table(tuple(rows))


def _below(element: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in a content control."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag not in _NO_TEXT and child.tag != qn("w:tbl"):
            yield from _below(child, wanted)


def _count(properties: Any, name: str, default: int) -> int:
    found = None if properties is None else properties.find(qn(name))
    text = "" if found is None else found.get(qn("w:val"), "")
    return min(int(text), 60) if text.isdigit() else default


def _style(properties: Any, name: str) -> str:
    found = None if properties is None else properties.find(qn(name))
    return "" if found is None else found.get(qn("w:val"), "")


def _is_contents(control: Any) -> bool:
    return any(
        "table of contents" in gallery.get(qn("w:val"), "").lower()
        for gallery in control.iter(qn("w:docPartGallery"))
    )


def symbol(element: Any) -> str:
    """A character from a font of symbols; those fonts live in a private range."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    return "•" if 0xE000 <= code <= 0xF8FF else chr(code) if code < 0xD800 else ""


def _lines(pieces: list[_Piece]) -> tuple[Line, ...]:
    """The pieces cut at soft breaks; empty lines are left out."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        first, *others = [piece.text] if piece.note else piece.text.split("\n")
        lines[-1].append(_Piece(first, piece.marked, piece.note))
        lines += [[_Piece(text, piece.marked)] for text in others]
    return tuple(line for line in map(_line, lines) if line.noted)


def _line(pieces: list[_Piece]) -> Line:
    words = [piece for piece in pieces if not piece.note]
    leading = ""
    for piece in words:
        if not piece.marked and piece.text.strip():
            break
        leading += piece.text
    return Line(
        text=tidy("".join(piece.text for piece in words)),
        noted=tidy("".join(piece.text for piece in pieces)).replace("\t(", " ("),
        marked=len(tidy(leading)),
        notes=" ".join(piece.text.strip() for piece in pieces if piece.note),
    )
