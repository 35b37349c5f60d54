"""The parts of which make_docx.py makes its Word files, and what is expected of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import teksten as T
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

W = nsdecls("w")
ROMAN = ("I", "II", "III", "IV")


@dataclass
class Part:
    depth: int
    number: str
    text: str


@dataclass
class Article:
    number: str
    title: str
    parts: list[Part] = field(default_factory=list)


@dataclass
class Chapter:
    number: str
    title: str
    articles: list[Article] = field(default_factory=list)


def parse(text: str, form: str = "{n}") -> list[Chapter]:
    """form: of an article's number, with n its place in the text, h the chapter, r that in
    roman, i its place in the chapter."""
    chapters: list[Chapter] = []
    count = 0
    for line in text.splitlines():
        if line.startswith("# "):
            chapters.append(Chapter(str(len(chapters) + 1), line[2:]))
        elif line.startswith("## "):
            count += 1
            chapter = chapters[-1]
            number = form.format(
                n=count,
                h=chapter.number,
                r=ROMAN[len(chapters) - 1],
                i=len(chapter.articles) + 1,
            )
            chapter.articles.append(Article(number, line[3:]))
        else:
            sign, _, words = line.strip().partition(" ")
            depth = (len(line) - len(line.lstrip())) // 2
            number = "" if sign == ">" else sign.rstrip(".")
            chapters[-1].articles[-1].parts.append(Part(depth, number, words))
    return chapters


def articles(chapters: list[Chapter]) -> list[Article]:
    return [article for chapter in chapters for article in chapter.articles]


def expect(chapters: list[Chapter], **more: Any) -> dict[str, Any]:
    """What the tree must be: each article with the address and text of its parts."""
    return {
        "chapters": [[c.number, c.title] for c in chapters],
        "articles": [
            {
                "number": a.number,
                "title": a.title,
                "leden": sum(p.depth == 0 and p.number.isdigit() for p in a.parts),
                "parts": parts(a),
            }
            for a in articles(chapters)
        ],
        "toelichting": [],
        "bijlagen": [],
        "warnings": [],
        **more,
    }


def parts(article: Article) -> dict[str, str]:
    own = f"artikel-{article.number.lower()}"
    found: dict[str, str] = {}
    chain: list[tuple[int, str, str]] = [(-1, own, "artikel")]
    for part in article.parts:
        if not part.number:
            address = chain[1][1] if len(chain) > 1 else own
            found[address] = (
                f"{found[address]}\n{part.text}" if address in found else part.text
            )
            continue
        while chain[-1][0] >= part.depth:
            chain.pop()
        above = chain[-1][2]
        kind = {
            "artikel": "lid" if part.number.isdigit() else "onderdeel",
            "lid": "onderdeel",
        }
        soort = kind.get(above, "subonderdeel")
        address = f"{chain[-1][1]}-{soort}-{part.number.replace('°', '')}"
        # Of a numbered definition the term is the title.
        begrip = "egrip" in article.title and part.depth == 1
        found[address] = part.text.partition(": ")[2] if begrip else part.text
        chain.append((part.depth, address, soort))
    return found


def new(title: str, aanhef: list[str] | None = None, style: str = "Title") -> Any:
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    if style:
        document.add_paragraph(title, style=style)
    else:
        bold(document, title)
    for line in aanhef or []:
        document.add_paragraph(line)
    return document


def bold(document: Any, text: str, rest: str = "") -> Any:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    if rest:
        paragraph.add_run(rest)
    return paragraph


def typed(
    document: Any,
    article: Article,
    *,
    gap: str = "\t",
    close: str = ".",
    letter_close: str = ".",
    indent: bool = True,
) -> None:
    for part in article.parts:
        sign = part.number
        if sign:
            sign += "" if "°" in sign else letter_close if sign.isalpha() else close
        paragraph = document.add_paragraph(
            f"{sign}{gap}{part.text}" if sign else part.text
        )
        if indent and part.depth:
            paragraph.paragraph_format.left_indent = Pt(18 * part.depth)


def sign_off(document: Any) -> None:
    for line in T.SLUITING:
        document.add_paragraph(line)


def explain(
    document: Any, found: list[Article], heading: Callable[[str, int], Any]
) -> list[str]:
    heading("Toelichting", 1)
    heading("Algemeen", 2)
    for line in T.TOELICHTING_ALGEMEEN:
        document.add_paragraph(line)
    heading("Artikelsgewijs", 2)
    about = []
    for place, text in T.TOELICHTING.items():
        article = found[place]
        heading(f"Artikel {article.number} {article.title}", 3)
        document.add_paragraph(text)
        about.append(article.number)
    return about


# -- numbering -------------------------------------------------------------------------


def level(index: int, form: str, text: str, start: int = 1, extra: str = "") -> str:
    indent = 360 * (index + 1)
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def numbering(
    document: Any, abstracts: dict[int, list[str]], lists: dict[int, tuple[int, str]]
) -> None:
    """abstracts: id → levels. lists: id → its abstract and its overrides."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for name, levels in abstracts.items():
        root.append(
            parse_xml(
                f'<w:abstractNum {W} w:abstractNumId="{name}">'
                f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
            )
        )
    for name, (abstract, overrides) in lists.items():
        root.append(
            parse_xml(
                f'<w:num {W} w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
            )
        )


def in_list(paragraph: Any, num: int, index: int = 0) -> Any:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {W}><w:ilvl w:val="{index}"/><w:numId w:val="{num}"/></w:numPr>'
        )
    )
    return paragraph


def style_in_list(document: Any, name: str, num: int, index: int) -> None:
    properties = document.styles[name].element.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {W}><w:ilvl w:val="{index}"/><w:numId w:val="{num}"/></w:numPr>'
        )
    )


RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def number_of(part: Part) -> str:
    return f"{part.number}.\t{part.text}" if part.number else part.text


def delete_mark(paragraph: Any, who: str) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f"<w:rPr {W}><w:del {who}/></w:rPr>")
    )


TEXT_BOX = f"""<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1800000" cy="360000"/>
  <wp:docPr id="7" name="Tekstvak 7"/><a:graphic>
  <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
  <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm>
  <a:prstGeom prst="rect"/></wps:spPr>
  <wps:txbx><w:txbxContent><w:p><w:r><w:t>Vragen? Bel 14 0000.</w:t></w:r></w:p></w:txbxContent></wps:txbx>
  <wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:shape style="width:140pt;height:28pt"><v:textbox><w:txbxContent><w:p><w:r>
  <w:t>Vragen? Bel 14 0000.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
 </mc:AlternateContent></w:r>"""


def refer(paragraph: Any, note: int) -> None:
    paragraph._p.append(
        parse_xml(f'<w:r {W}><w:footnoteReference w:id="{note}"/></w:r>')
    )


def add_footnotes(data: bytes, notes: list[str]) -> bytes:
    """python-docx makes no notes: add their part to the finished file."""
    body = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for i, text in enumerate(notes, 1)
    )
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    kind = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    )
    relation = (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            new = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            return content.replace(b"</Types>", new.encode())
        if name == "word/_rels/document.xml.rels":
            new = f'<Relationship Id="rId990" Type="{relation}" Target="footnotes.xml"/></Relationships>'
            return content.replace(b"</Relationships>", new.encode())
        return content

    members = [(name, change(name, content)) for name, content in unzip(data)]
    members.append(
        (
            "word/footnotes.xml",
            f"{head}<w:footnotes {W}>{separators}{body}</w:footnotes>".encode(),
        )
    )
    return rezip(members)


def unzip(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def rezip(members: list[tuple[str, bytes]]) -> bytes:
    """One date for all, so that the same text gives the same file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)),
                content,
                zipfile.ZIP_DEFLATED,
            )
    return buffer.getvalue()


def without_thumbnail(data: bytes) -> bytes:
    members = []
    for name, content in unzip(data):
        if name == "_rels/.rels":
            content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
        if name != "docProps/thumbnail.jpeg":
            members.append((name, content))
    return rezip(members)
