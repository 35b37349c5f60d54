"""Build the downloads of a Gereedschapskist from their readable sources.

``<name>.md`` becomes ``<name>.docx``; ``<name>.yaml`` becomes ``<name>.xlsx`` or ``.ods``.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import yaml
from docx import Document as WordDocument
from markdown_it import MarkdownIt
from odfdo import Cell, Row, Table
from odfdo import Document as OdfDocument
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def build(folder: Path, name: str) -> bytes:
    """The bytes of a download; raises FileNotFoundError when its source is absent."""
    stem, _, extension = name.rpartition(".")
    if extension == "docx":
        return markdown_to_docx((folder / f"{stem}.md").read_text())
    data = yaml.safe_load((folder / f"{stem}.yaml").read_text())
    return to_xlsx(data) if extension == "xlsx" else to_ods(data)


def markdown_to_docx(text: str) -> bytes:
    """Headings, paragraphs, lists and tables in Word styles."""
    document = WordDocument()
    document.core_properties.language = "nl-NL"
    tokens = _markdown.parse(text)
    lists: list[str] = []
    heading = 0
    table: list[list[str]] | None = None
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(
                "List Bullet" if token.type.startswith("bullet") else "List Number"
            )
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "table_open":
            table = []
        elif token.type == "tr_open" and table is not None:
            table.append([])
        elif token.type == "table_close" and table is not None:
            _word_table(document, table)
            table = None
        elif token.type == "inline":
            if table is not None:
                table[-1].append(re.sub(r"[*_`]", "", token.content))
            elif heading:
                document.add_heading(token.content, level=max(0, heading - 1))
                heading = 0
            else:
                paragraph = document.add_paragraph(style=lists[-1] if lists else None)
                _runs(paragraph, token.children or [])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _runs(paragraph: Any, children: list[Any]) -> None:
    bold = italic = False
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold = child.type.endswith("open")
        elif child.type in ("em_open", "em_close"):
            italic = child.type.endswith("open")
        elif child.type in ("softbreak", "hardbreak"):
            paragraph.add_run(" " if child.type == "softbreak" else "\n")
        elif child.content:
            run = paragraph.add_run(child.content)
            run.bold, run.italic = bold, italic


def _word_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(
        rows=0, cols=max(len(row) for row in rows), style="Table Grid"
    )
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
            if number == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    document.add_paragraph()


def to_xlsx(data: dict[str, Any]) -> bytes:
    """A workbook with a sheet per ``bladen`` and one with the explanation."""
    book = Workbook()
    book.remove(book.active)
    for sheet_data in data["bladen"]:
        sheet = book.create_sheet(sheet_data["naam"][:31])
        sheet.append(list(sheet_data["kolommen"]))
        for row in sheet_data.get("rijen") or []:
            sheet.append(["" if cell is None else cell for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="E4EFEB")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column in sheet.columns:
            widest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(
                max(12, widest + 2), 60
            )
        sheet.freeze_panes = "B2"
    _explain_xlsx(book, data)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _explain_xlsx(book: Workbook, data: dict[str, Any]) -> None:
    if "Toelichting" in book.sheetnames or not data.get("toelichting"):
        return
    sheet = book.create_sheet("Toelichting")
    sheet.append([data["titel"]])
    sheet["A1"].font = Font(bold=True, size=14)
    for line in data["toelichting"]:
        sheet.append([line])
    sheet.column_dimensions["A"].width = 100


def to_ods(data: dict[str, Any]) -> bytes:
    """The same as an OpenDocument spreadsheet."""
    document = OdfDocument("spreadsheet")
    document.body.clear()
    sheets = list(data["bladen"])
    if data.get("toelichting") and not any(s["naam"] == "Toelichting" for s in sheets):
        sheets.append(
            {
                "naam": "Toelichting",
                "kolommen": [data["titel"]],
                "rijen": [[line] for line in data["toelichting"]],
            }
        )
    for sheet_data in sheets:
        table = Table(sheet_data["naam"])
        for row_data in [sheet_data["kolommen"], *(sheet_data.get("rijen") or [])]:
            row = Row()
            for value in row_data:
                row.append_cell(Cell("" if value is None else value))
            table.append_row(row)
        document.body.append(table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
