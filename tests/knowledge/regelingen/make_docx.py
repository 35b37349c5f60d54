"""Make the Word files in docx/ and what is expected of them (docx/expected.json).

    python tests/knowledge/regelingen/make_docx.py

The texts are fictitious. Each file makes the same kind of text in another way that
municipalities use. Files that begin with 'lo-' are these files opened and saved again:

    soffice --headless --convert-to 'docx:MS Word 2007 XML' --outdir docx/lo docx/<file>

which was done with LibreOffice 7.4 and needs not be done again; `--resave` does so.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import teksten as T
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from wordmaking import (
    RESTART,
    ROMAN,
    TEXT_BOX,
    Article,
    Part,
    W,
    add_footnotes,
    articles,
    bold,
    delete_mark,
    expect,
    explain,
    in_list,
    level,
    new,
    number_of,
    numbering,
    parse,
    refer,
    sign_off,
    style_in_list,
    typed,
    without_thumbnail,
)

FOLDER = Path(__file__).parent / "docx"
RESAVED = [
    "kopstijlen",
    "autonummering-los",
    "autonummering-juridisch",
    "geneste-lijsten",
    "gemengd",
    "voetnoten",
    "tabellen",
]


# -- the files -------------------------------------------------------------------------


def kopstijlen() -> tuple[Any, dict[str, Any]]:
    chapters = parse(T.URGENTIE)
    document = new(T.URGENTIE_TITLE)
    document.add_paragraph("Inhoudsopgave", style="Normal")
    contents = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    for chapter in chapters:
        document.add_paragraph(
            f"Hoofdstuk {chapter.number} {chapter.title}\t{chapter.number}",
            style=contents,
        )
        for article in chapter.articles:
            document.add_paragraph(
                f"Artikel {article.number} {article.title}\t2", style=contents
            )
    for line in T.AANHEF:
        document.add_paragraph(line)
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for article in chapter.articles:
            document.add_heading(f"Artikel {article.number} {article.title}", 2)
            typed(document, article)
    sign_off(document)
    about = explain(document, articles(chapters), document.add_heading)
    return document, expect(
        chapters,
        title=T.URGENTIE_TITLE,
        toelichting=about,
        warnings=["inhoudsopgave"],
        **T.URGENTIE_FACTS,
    )


def vet_getypt() -> tuple[Any, dict[str, Any]]:
    chapters = parse(T.URGENTIE)
    document = new(T.URGENTIE_TITLE, T.AANHEF, style="")
    for chapter in chapters:
        bold(document, f"HOOFDSTUK {chapter.number}. {chapter.title}")
        for index, article in enumerate(chapter.articles):
            label = (
                "Artikel {}. {}",
                "Art. {}. {}",
                "Artikel {} – {}",
                "Artikel {}: {}",
            )[index % 4]
            bold(document, label.format(article.number, article.title))
            typed(document, article, gap=" ", letter_close=")", indent=False)
    sign_off(document)
    about = explain(document, articles(chapters), lambda text, _: bold(document, text))
    return document, expect(
        chapters, title=T.URGENTIE_TITLE, toelichting=about, **T.URGENTIE_FACTS
    )


def autonummering() -> tuple[Any, dict[str, Any]]:
    """Headings and lists numbered by Word; articles count on through the chapters."""
    return numbered_by_word("1")


def autonummering_los() -> tuple[Any, dict[str, Any]]:
    """The same, with a list of its own for the articles."""
    return numbered_by_word("99")


def numbered_by_word(articles_in: str) -> tuple[Any, dict[str, Any]]:
    chapters = parse(T.URGENTIE)
    document = new(T.URGENTIE_TITLE, T.AANHEF)
    lists = {1: (1, "")}
    for number in range(2, 80):
        lists[number] = (2, RESTART)
    for number in range(80, 99):
        lists[number] = (3, RESTART)
    numbering(
        document,
        {
            1: [
                level(
                    0, "decimal", "Hoofdstuk %1", extra='<w:pStyle w:val="Heading1"/>'
                ),
                level(
                    1,
                    "decimal",
                    "Artikel %2.",
                    extra='<w:lvlRestart w:val="0"/><w:pStyle w:val="Heading2"/>',
                ),
            ],
            2: [
                level(0, "decimal", "%1."),
                level(1, "lowerLetter", "%2."),
                level(2, "decimal", "%3°"),
            ],
            3: [level(0, "lowerLetter", "%1)"), level(1, "decimal", "%2°")],
            4: [level(0, "decimal", "Artikel %1.")],
        },
        {**lists, 99: (4, "")},
    )
    style_in_list(document, "Heading 1", 1, 0)
    style_in_list(document, "Heading 2", int(articles_in), int(articles_in == "1"))
    num, loose = 1, 79
    for chapter in chapters:
        document.add_heading(chapter.title, 1)
        for article in chapter.articles:
            document.add_heading(article.title, 2)
            with_leden = any(part.number.isdigit() for part in article.parts)
            num, loose = num + with_leden, loose + (not with_leden)
            for part in article.parts:
                paragraph = document.add_paragraph(part.text)
                if part.number and with_leden:
                    in_list(paragraph, num, part.depth)
                elif part.number:
                    in_list(paragraph, loose, part.depth - 1)
    sign_off(document)
    return document, expect(chapters, title=T.URGENTIE_TITLE, **T.URGENTIE_FACTS)


def autonummering_juridisch() -> tuple[Any, dict[str, Any]]:
    """Chapters in roman numbers; articles 'chapter.number' in digits (isLgl)."""
    chapters = parse(T.URGENTIE, "{h}.{i}")
    document = new(T.URGENTIE_TITLE, T.AANHEF)
    numbering(
        document,
        {
            7: [
                level(
                    0,
                    "upperRoman",
                    "Hoofdstuk %1",
                    extra='<w:pStyle w:val="Heading1"/>',
                ),
                level(
                    1,
                    "decimal",
                    "Artikel %1.%2",
                    extra='<w:pStyle w:val="Heading2"/><w:isLgl/>',
                ),
                level(2, "decimal", "%3."),
                level(3, "lowerLetter", "%4."),
                level(4, "decimal", "%5°"),
            ]
        },
        {4: (7, "")},
    )
    style_in_list(document, "Heading 1", 4, 0)
    style_in_list(document, "Heading 2", 4, 1)
    for chapter in chapters:
        document.add_heading(chapter.title, 1)
        for article in chapter.articles:
            document.add_heading(article.title, 2)
            for part in article.parts:
                paragraph = document.add_paragraph(part.text)
                if part.number:
                    in_list(paragraph, 4, 2 + part.depth)
    sign_off(document)
    return document, juridisch("{h}.{i}")


def juridisch(form: str) -> dict[str, Any]:
    expected = expect(
        parse(T.URGENTIE, form), title=T.URGENTIE_TITLE, **T.URGENTIE_FACTS
    )
    for chapter, roman in zip(expected["chapters"], ROMAN, strict=True):
        chapter[0] = roman
    return expected


def tabellen() -> tuple[Any, dict[str, Any]]:
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE, style="Heading 1")
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for article in chapter.articles:
            document.add_heading(f"Artikel {article.number} {article.title}", 2)
            typed(document, article)
            if article.title == "Volgorde":
                table = document.add_table(rows=3, cols=3)
                for row, values in enumerate(
                    [
                        ("Groep", "Punten", "Duur"),
                        ("Starters", "10", "1 jaar"),
                        ("Doorstromers", "5", "2 jaar"),
                    ]
                ):
                    for column, value in enumerate(values):
                        table.cell(row, column).text = value
    document.add_heading("Bijlage 1 Bedragen", 1)
    document.add_paragraph("De bedragen gelden vanaf 1 juli 2024.")
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Boete per overtreding"
    table.cell(1, 0).text = "Eerste keer"
    table.cell(1, 1).text = "€ 10.300"
    table.cell(2, 0).text = "Herhaling"
    table.cell(2, 1).text = "€ 20.750"
    document.add_heading("Bijlage II: Lijst van complexen", 1)
    document.add_paragraph("1. Complex De Proef, 24 woningen.")
    document.add_paragraph("2. Complex Het Voorbeeld, 12 woningen.")
    return document, expect(
        chapters,
        title=T.HUISVESTING_TITLE,
        bijlagen=[["1", "Bedragen"], ["II", "Lijst van complexen"]],
        tables=[
            [
                ["Groep", "Punten", "Duur"],
                ["Starters", "10", "1 jaar"],
                ["Doorstromers", "5", "2 jaar"],
            ],
            [
                ["Boete per overtreding", ""],
                ["Eerste keer", "€ 10.300"],
                ["Herhaling", "€ 20.750"],
            ],
        ],
        **T.HUISVESTING_FACTS,
    )


def geneste_lijsten() -> tuple[Any, dict[str, Any]]:
    """Typed lists on three levels, without any indent; roman numbers at the deepest."""
    chapters = parse(T.URGENTIE)
    for article in articles(chapters):
        for part in article.parts:
            if "°" in part.number:
                part.number = {"1": "i", "2": "ii", "3": "iii"}[part.number[0]]
    long = Article("17", "Lange lijst", [Part(0, "", "Het college let op:")])
    for letter in "abcdefghijk":
        long.parts.append(
            Part(1, letter, f"omstandigheid {letter.upper()}{letter.upper()};")
        )
        if letter == "h":
            long.parts += [
                Part(2, "i", "met een deel;"),
                Part(2, "ii", "en nog een deel;"),
            ]
    chapters[-1].articles.append(long)
    document = new(T.URGENTIE_TITLE, T.AANHEF)
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for article in chapter.articles:
            document.add_heading(f"Artikel {article.number} {article.title}", 2)
            typed(document, article, gap=" ", indent=False)
    sign_off(document)
    return document, expect(chapters, title=T.URGENTIE_TITLE, **T.URGENTIE_FACTS)


def gemengd() -> tuple[Any, dict[str, Any]]:
    """Headings on two lines, soft breaks, run-in headings, numbers without a sign."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE, style="")
    for chapter in chapters:
        bold(document, f"Hoofdstuk {chapter.number}")
        bold(document, chapter.title)
        for index, article in enumerate(chapter.articles):
            if index % 3 == 0:
                bold(document, f"Artikel {article.number}")
                bold(document, article.title)
                typed(document, article, close="", gap=" ")
            elif index % 3 == 1:
                paragraph = document.add_paragraph()
                run = paragraph.add_run(f"Artikel\u00a0{article.number}")
                run.bold = True
                run.add_break()
                title = paragraph.add_run(article.title)
                title.bold = True
                for part in article.parts:
                    paragraph.add_run().add_break()
                    sign = f"{part.number}.  " if part.number else ""
                    paragraph.add_run(f"{sign}{part.text}")
            else:
                bold(
                    document,
                    f"Artikel {article.number} {article.title}.",
                    f" {number_of(article.parts[0])}",
                )
                for part in article.parts[1:]:
                    document.add_paragraph(number_of(part))
    return document, expect(chapters, title=T.HUISVESTING_TITLE, **T.HUISVESTING_FACTS)


def dubbelepunt() -> tuple[Any, dict[str, Any]]:
    chapters = parse(T.HUISVESTING, "{h}:{i}")
    document = new(T.HUISVESTING_TITLE, style="")
    for chapter in chapters:
        bold(document, f"Hoofdstuk {chapter.number}: {chapter.title}")
        for article in chapter.articles:
            bold(document, f"Artikel {article.number}: {article.title}")
            typed(document, article, close=")", letter_close=")")
    document.add_page_break()
    document.add_paragraph("ARTIKELSGEWIJZE TOELICHTING")
    about = []
    for article in articles(chapters)[:4]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"Artikel {article.number}").underline = True
        document.add_paragraph(
            f"Over {article.title.lower()} is landelijk veel geschreven."
        )
        about.append(article.number)
    return document, expect(
        chapters, title=T.HUISVESTING_TITLE, toelichting=about, **T.HUISVESTING_FACTS
    )


def drie_niveaus() -> tuple[Any, dict[str, Any]]:
    """Chapters, afdelingen and paragrafen; articles 1.1.1."""
    chapters = parse(T.HUISVESTING, "{h}.1.{i}")
    document = new(T.HUISVESTING_TITLE)
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        document.add_heading(f"Afdeling {chapter.number}.1 Algemeen deel", 2)
        document.add_heading("§ 1 Regels", 3)
        for article in chapter.articles:
            document.add_heading(f"Artikel {article.number} {article.title}", 4)
            typed(document, article)
    return document, expect(
        chapters,
        title=T.HUISVESTING_TITLE,
        groups={"afdeling": ["1.1", "2.1", "3.1"], "paragraaf": ["1", "1", "1"]},
        **T.HUISVESTING_FACTS,
    )


def vervallen() -> tuple[Any, dict[str, Any]]:
    """12a, expired articles and leden, a title within the number, empty headings."""
    chapters = parse(T.URGENTIE)
    extra = Article(
        "10a",
        "Bijzondere rangorde",
        [Part(0, "", "Het lot beslist als de datum gelijk is.")],
    )
    gone = Article("10b", "[vervallen]")
    gone_too = Article("10c", "Voorrang op wens", [Part(0, "", "[vervallen]")])
    chapters[2].articles[3:3] = [extra, gone, gone_too]
    chapters[1].articles[0].parts[-1].text = "[vervallen]"
    document = new(T.URGENTIE_TITLE, T.AANHEF)
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        document.add_heading("", 2)
        for article in chapter.articles:
            bare = article.title == "Intrekking"
            text = (
                f"{article.number}. {article.title}"
                if bare
                else f"Artikel {article.number} {article.title}"
            )
            document.add_heading(text, 2)
            typed(document, article)
        document.add_heading("", 1)
    sign_off(document)
    expected = expect(chapters, title=T.URGENTIE_TITLE, **T.URGENTIE_FACTS)
    expected["vervallen"] = ["artikel-3-lid-3", "artikel-10b", "artikel-10c"]
    return document, expected


def wijzigingen() -> tuple[Any, dict[str, Any]]:
    """Changes that are tracked, remarks in the margin and hidden text."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE)
    who = 'w:id="9" w:author="A" w:date="2024-01-01T00:00:00Z"'
    run = '<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for article in chapter.articles:
            document.add_heading(f"Artikel {article.number} {article.title}", 2)
            typed(document, article)
            if article.title == "Vergunningplicht":
                paragraph = document.paragraphs[-1]
                text = run.format(tag="t", text=" Dit geldt ook voor onderhuur.")
                paragraph._p.append(parse_xml(f"<w:ins {W} {who}>{text}</w:ins>"))
                article.parts[-1].text += " Dit geldt ook voor onderhuur."
                text = run.format(tag="delText", text=" Dit geldt niet bij familie.")
                paragraph._p.append(parse_xml(f"<w:del {W} {who}>{text}</w:del>"))
                comment = document.add_comment(
                    paragraph.runs[0],
                    text="Nog eens nakijken.",
                    author="A",
                    initials="A",
                )
                del comment._comment_elm.attrib[qn("w:date")]  # the day of making
            if article.title == "Volgorde":
                # A paragraph that is deleted as a whole, and one joined to the next.
                gone = document.add_paragraph()
                text = run.format(tag="delText", text="4. Dit lid is geschrapt.")
                gone._p.append(parse_xml(f"<w:del {W} {who}>{text}</w:del>"))
                delete_mark(gone, who)
                first = document.add_paragraph("4.\tHet college maakt de volgorde ")
                delete_mark(first, who)
                document.add_paragraph("elk jaar bekend.")
                article.parts.append(
                    Part(0, "4", "Het college maakt de volgorde elk jaar bekend.")
                )
                hidden = document.add_paragraph()
                hidden.add_run("Notitie voor de jurist").font.hidden = True
    return document, expect(
        chapters,
        title=T.HUISVESTING_TITLE,
        warnings=[
            "Ingevoegde tekst uit bijgehouden wijzigingen",
            "Verwijderde tekst uit bijgehouden wijzigingen",
            "Opmerkingen in de kantlijn zijn weggelaten (aantal: 1).",
            "Verborgen tekst is weggelaten (aantal: 1).",
        ],
        absent=["familie", "geschrapt", "jurist", "nakijken"],
        **T.HUISVESTING_FACTS,
    )


def voetnoten() -> tuple[Any, dict[str, Any]]:
    """Notes, a text box, a header and a footer."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE)
    document.sections[0].header.paragraphs[0].text = "Gemeenteblad 2024, 123"
    document.sections[0].footer.paragraphs[0].text = "Pagina 1"
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for article in chapter.articles:
            heading = document.add_heading(
                f"Artikel {article.number} {article.title}", 2
            )
            typed(document, article)
            if article.title == "Vergunningplicht":
                refer(document.paragraphs[-1], 1)
                article.parts[
                    -1
                ].text += " (noot 1: Zie artikel 8 van de Huisvestingswet 2014.)"
            if article.title == "Bestuurlijke boete":
                refer(heading, 2)
                article.parts.insert(0, Part(0, "", "(noot 2: Bedragen van 2024.)"))
            if article.title == "Inwerkingtreding":
                document.add_paragraph()._p.append(parse_xml(TEXT_BOX))
                article.parts.append(Part(0, "", "Vragen? Bel 14 0000."))
    return document, expect(
        chapters,
        title=T.HUISVESTING_TITLE,
        notes=["Zie artikel 8 van de Huisvestingswet 2014.", "Bedragen van 2024."],
        warnings=[
            "Voetnoten staan als tekst op hun plaats (aantal: 2).",
            "tekstvakken staat op de plaats",
            "Gemeenteblad 2024, 123",
        ],
        **T.HUISVESTING_FACTS,
    )


def in_tabel() -> tuple[Any, dict[str, Any]]:
    """The whole text laid out in a table, as from an old system."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE)
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        table = document.add_table(rows=0, cols=1)
        for article in chapter.articles:
            cell = table.add_row().cells[0]
            cell.paragraphs[0].add_run(
                f"Artikel {article.number} {article.title}"
            ).bold = True
            numbered = [p for p in article.parts if p.number]
            if len(numbered) < len(article.parts) or any(p.depth for p in numbered):
                for part in article.parts:
                    cell.add_paragraph(number_of(part))
                continue
            inner = cell.add_table(rows=0, cols=2)
            for part in article.parts:
                cells = inner.add_row().cells
                cells[0].text, cells[1].text = f"{part.number}.", part.text
            cell.add_paragraph()
    return document, expect(chapters, title=T.HUISVESTING_TITLE, **T.HUISVESTING_FACTS)


def zonder_artikel() -> tuple[Any, dict[str, Any]]:
    """Policy rules with numbered headings and nowhere the word 'Artikel'."""
    chapters = parse(T.BELEID, "{h}.{i}")
    document = new(T.BELEID_TITLE)
    for chapter in chapters:
        document.add_heading(f"{chapter.number}. {chapter.title}", 1)
        for article in chapter.articles:
            document.add_heading(f"{article.number} {article.title}", 2)
            typed(document, article)
    return document, expect(chapters, title=T.BELEID_TITLE, **T.BELEID_FACTS)


def begrippen() -> tuple[Any, dict[str, Any]]:
    """Terms without a number: a dash list, bullets by Word and plain lines."""
    document = new(T.BELEID_TITLE)
    numbering(document, {1: [level(0, "bullet", "\uf0b7")]}, {1: (1, "")})
    terms = {
        "college": "het college van Proefdam;",
        "aanvrager: x": "",
        "woning": "een zelfstandige woonruimte.",
    }
    terms.pop("aanvrager: x")
    document.add_heading("Artikel 1 Begrippen", 1)
    document.add_paragraph("In deze regels wordt verstaan onder:")
    for term, text in terms.items():
        document.add_paragraph(f"- {term}: {text}")
    document.add_heading("Artikel 2 Nog meer begrippen", 1)
    for term, text in terms.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(term).italic = True
        paragraph.add_run(f": {text}")
    document.add_heading("Artikel 3 Regels", 1)
    document.add_paragraph("1. Het college let op:")
    in_list(document.add_paragraph("de gezondheid: lichaam en geest;"), 1)
    in_list(document.add_paragraph("de veiligheid."), 1)
    document.add_paragraph("2. Het college beslist snel.")
    expected = expect([], title=T.BELEID_TITLE, **T.BELEID_FACTS)
    begrip = [f"begrip-n{i}" for i in (1, 2)]
    expected["articles"] = [
        {
            "number": "1",
            "title": "Begrippen",
            "leden": 0,
            "parts": {
                "artikel-1": "In deze regels wordt verstaan onder:",
                **{
                    f"artikel-1-{b}": text
                    for b, text in zip(begrip, terms.values(), strict=True)
                },
            },
        },
        {
            "number": "2",
            "title": "Nog meer begrippen",
            "leden": 0,
            "parts": {
                f"artikel-2-{b}": text
                for b, text in zip(begrip, terms.values(), strict=True)
            },
        },
        {
            "number": "3",
            "title": "Regels",
            "leden": 2,
            "parts": {
                "artikel-3-lid-1": "Het college let op:",
                "artikel-3-lid-1-onderdeel-n1": "de gezondheid: lichaam en geest;",
                "artikel-3-lid-1-onderdeel-n2": "de veiligheid.",
                "artikel-3-lid-2": "Het college beslist snel.",
            },
        },
    ]
    return document, expected


def toelichting_per_artikel() -> tuple[Any, dict[str, Any]]:
    """A model with a toelichting right below each article."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE)
    about = []
    for chapter in chapters:
        document.add_heading(f"Hoofdstuk {chapter.number} {chapter.title}", 1)
        for index, article in enumerate(chapter.articles):
            document.add_heading(f"Artikel {article.number} {article.title}", 2)
            typed(document, article)
            if index == 0:
                document.add_heading("Toelichting", 3)
                document.add_paragraph(
                    f"Dit artikel gaat over {article.title.lower()}."
                )
                about.append(article.number)
    return document, expect(
        chapters, title=T.HUISVESTING_TITLE, toelichting=about, **T.HUISVESTING_FACTS
    )


def toelichting_anders() -> tuple[Any, dict[str, Any]]:
    """A toelichting whose numbers do not all fit: by title, or not coupled."""
    chapters = parse(T.HUISVESTING)
    document = new(T.HUISVESTING_TITLE)
    for article in articles(chapters):
        bold(document, f"Artikel {article.number} {article.title}")
        typed(document, article)
    bold(document, "Nota van toelichting")
    bold(document, "I. Algemeen")
    document.add_paragraph(
        "Artikel 4 van de wet noemt de raad. Daarom is er deze verordening."
    )
    bold(document, "II. Artikelsgewijze toelichting")
    for heading, text in {
        "Artikel 3, eerste lid": "Zonder vergunning is wonen niet toegestaan.",
        "Artikel 24 Volgorde": "De volgorde is streng.",
        "Artikel 31 Spoedzoekers": "Dit artikel is geschrapt.",
        "Inwerkingtreding": "De datum volgt uit de bekendmaking.",
    }.items():
        document.add_paragraph().add_run(heading).italic = True
        document.add_paragraph(text)
    expected = expect(
        chapters,
        title=T.HUISVESTING_TITLE,
        toelichting=["3", "5", "7"],
        warnings=[
            "op titel gekoppeld aan artikel 5",
            "Spoedzoekers' hoort bij geen artikel",
        ],
        **T.HUISVESTING_FACTS,
    )
    expected["chapters"] = []
    return document, expected


FILES = [
    kopstijlen,
    vet_getypt,
    autonummering,
    autonummering_los,
    autonummering_juridisch,
    tabellen,
    geneste_lijsten,
    gemengd,
    dubbelepunt,
    drie_niveaus,
    vervallen,
    wijzigingen,
    voetnoten,
    in_tabel,
    zonder_artikel,
    begrippen,
    toelichting_per_artikel,
    toelichting_anders,
]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    expectations = {}
    for make in FILES:
        name = f"{make.__name__.replace('_', '-')}.docx"
        document, expected = make()
        buffer = io.BytesIO()
        document.save(buffer)
        data = without_thumbnail(buffer.getvalue())
        if notes := expected.pop("notes", None):
            data = add_footnotes(data, notes)
        (FOLDER / name).write_bytes(data)
        expectations[name] = expected
    for stem in RESAVED:
        if "--resave" in sys.argv:
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(
                    [
                        "soffice",
                        "--headless",
                        "--convert-to",
                        "docx:MS Word 2007 XML",
                        "--outdir",
                        folder,
                        str(FOLDER / f"{stem}.docx"),
                    ],
                    check=True,
                )
                (FOLDER / f"lo-{stem}.docx").write_bytes(
                    (Path(folder) / f"{stem}.docx").read_bytes()
                )
        expectations[f"lo-{stem}.docx"] = expectations[f"{stem}.docx"]
    # LibreOffice 7.4 does not know isLgl: it prints, and keeps, roman numbers.
    expectations["lo-autonummering-juridisch.docx"] = juridisch("{r}.{i}")
    text = json.dumps(expectations, ensure_ascii=False, indent=1)
    (FOLDER / "expected.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
