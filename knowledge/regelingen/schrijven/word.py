"""A legal text as DOCX."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from knowledge.regelingen.tree import Regeling

from .lines import Cover, Form, Heading, Item, Paper, Table, Text, Title, paper, typed

_FORMS = {Form.DECIMAL: "decimal", Form.LETTER: "lowerLetter", Form.DEGREE: "decimal"}
_INDENT = 567  # twips: one centimetre
_GROUPS, _ARTIKELEN, _LISTS = 101, 102, 110


def write(regeling: Regeling, cover: Cover | None = None) -> bytes:
    """The file. Numbers are made by Word, so that they count on when somebody adds one."""
    return _Writer(regeling, paper(regeling, cover)).file()


class _Writer:
    def __init__(self, regeling: Regeling, text: Paper) -> None:
        self.paper = text
        self.document = docx.Document()
        self.numbering = self.document.part.numbering_part.element
        self.abstracts: dict[tuple[Form, ...], int] = {}
        self.lists: dict[int, int] = {}
        self.nums = 1000
        self._styles()
        self._numberings()
        self.document.core_properties.title = regeling.title
        self.document.core_properties.author = ""
        self.document.core_properties.comments = ""
        self.document.core_properties.language = "nl-NL"
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        self._footer(regeling.title)

    def file(self) -> bytes:
        for line in self.paper.lines:
            self._line(line)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _line(self, line: Any) -> None:
        match line:
            case Title(text):
                self.document.add_paragraph(text, style="Title")
            case Heading(text, level, row, new_page):
                found = self.document.add_paragraph(text, style=f"Heading {level}")
                if new_page:
                    found.paragraph_format.page_break_before = True
                if row:
                    num, depth = self.rows[row]
                    _number(found, num, depth)
            case Item(text, at, depth, forms, number):
                if number:
                    found = self.document.add_paragraph(f"{typed(number)}\t{text}")
                    found.paragraph_format.left_indent = Cm(depth + 1)
                    found.paragraph_format.first_line_indent = Cm(-1)
                else:
                    found = self.document.add_paragraph(text, style="List Number")
                    _number(found, self._list(at, forms), depth)
            case Text(text, depth, term):
                found = self.document.add_paragraph()
                if term:
                    found.style = self.document.styles["Begrip"]
                    found.add_run(term).bold = True
                    found.add_run(": ")
                found.add_run(text)
                if depth:
                    found.paragraph_format.left_indent = Cm(depth)
            case Table(rows):
                self._table(rows)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        table = self.document.add_table(rows=0, cols=width, style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text

    # -- form ----------------------------------------------------------------

    def _styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        language = parse_xml(f'<w:lang {nsdecls("w")} w:val="nl-NL"/>')
        properties = normal.element.get_or_add_rPr()
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(language)
        sizes = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 12}
        for name in ("Title", *(f"Heading {n}" for n in range(1, 7))):
            style = styles[name]
            style.font.name = "Calibri"
            style.font.size = Pt(sizes.get(name, 11))
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.bold, style.font.italic = True, False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(0 if name == "Title" else 14)
            style.paragraph_format.space_after = Pt(6)
        borders = styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)
        begrip = styles.add_style("Begrip", WD_STYLE_TYPE.PARAGRAPH)
        begrip.base_style = normal
        begrip.paragraph_format.left_indent = Cm(1)
        begrip.paragraph_format.first_line_indent = Cm(-1)
        # The numbering of a list is given with each paragraph.
        listed = styles["List Number"].element.get_or_add_pPr()
        for old in listed.findall(qn("w:numPr")):
            listed.remove(old)

    def _numberings(self) -> None:
        for old in list(self.numbering):
            self.numbering.remove(old)
        rows = self.paper.rows
        chapter = rows.get("hoofdstuk", "Hoofdstuk {}").format("%1")
        section = rows.get("paragraaf", "§ {}").format("%1.%2")
        artikel = rows.get("artikel", "Artikel {}").format("%1")
        self._abstract(_GROUPS, [("decimal", chapter, 0), ("decimal", section, 0)])
        self._abstract(_ARTIKELEN, [("decimal", artikel, 0)])
        self.rows = {
            "hoofdstuk": (self._num(_GROUPS), 0),
            "artikel": (self._num(_ARTIKELEN), 0),
        }
        self.rows["paragraaf"] = (self.rows["hoofdstuk"][0], 1)

    def _list(self, at: int, forms: tuple[Form, ...]) -> int:
        """The numbering of one list: it begins at 1."""
        if at not in self.lists:
            if forms not in self.abstracts:
                number = self.abstracts[forms] = _LISTS + len(self.abstracts)
                self._abstract(
                    number,
                    [
                        (
                            _FORMS[form],
                            f"%{depth + 1}{'°' if form is Form.DEGREE else '.'}",
                            (depth + 1) * _INDENT,
                        )
                        for depth, form in enumerate(forms)
                    ],
                )
            self.lists[at] = self._num(self.abstracts[forms], len(forms))
        return self.lists[at]

    def _abstract(self, number: int, levels: list[tuple[str, str, int]]) -> None:
        written = ""
        for depth, (form, text, indent) in enumerate(levels):
            place = (
                f'<w:pPr><w:ind w:left="{indent}" w:hanging="{_INDENT}"/></w:pPr>'
                if indent
                else '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
            )
            suffix = "tab" if indent else "space"
            written += (
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{_escaped(text)}"/>'
                f'<w:lvlJc w:val="left"/>{place}</w:lvl>'
            )
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{written}</w:abstractNum>'
        )
        # Word wants all abstract numberings before those that follow them.
        first = self.numbering.find(qn("w:num"))
        if first is None:
            self.numbering.append(element)
        else:
            first.addprevious(element)

    def _num(self, abstract: int, restarts: int = 0) -> int:
        self.nums += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for depth in range(restarts)
        )
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.nums}">'
                f'<w:abstractNumId w:val="{abstract}"/>{starts}</w:num>'
            )
        )
        return self.nums

    def _footer(self, title: str) -> None:
        footer = self.document.sections[0].footer.paragraphs[0]
        footer.add_run(f"{title}  |  ")
        footer._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r>'
                "</w:fldSimple>"
            )
        )


def _number(paragraph: Any, num: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = num


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
