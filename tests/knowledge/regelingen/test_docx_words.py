"""What Word stores in other ways than as plain text is read as it is printed."""

import io
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import nsdecls

from knowledge.regelingen.docx import read
from knowledge.regelingen.imports import Import
from knowledge.regelingen.tree import Soort, text_of, walk

WORD = (Path(__file__).parent / "docx" / "kopstijlen.docx").read_bytes()
HEADING = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Artikel 1 Regels</w:t></w:r></w:p>"


def imported(body: str) -> Import:
    """Read a Word file with this body below the heading of article 1."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = (
                    f"<w:document {nsdecls('w', 'r', 'm')}><w:body>{HEADING}{body}<w:sectPr/>"
                    "</w:body></w:document>"
                ).encode()
            new.writestr(name, content)
    return read(buffer.getvalue(), "proef.docx")


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"

PRINTED = {
    "split over runs": (
        p(run("Het col"), run("lege beslist.")),
        "Het college beslist.",
    ),
    "wide spaces and tabs": (
        p(run("Het  college"), "<w:r><w:tab/></w:r>", run("beslist.")),
        "Het college beslist.",
    ),
    "a hyphen that does not break": (
        p(run("A"), "<w:r><w:noBreakHyphen/></w:r>", run("B")),
        "A-B",
    ),
    "soft hyphens": (p(run("huis\u00advesting")), "huisvesting"),
    "spaces that do not break": (p(run("artikel\u00a012")), "artikel 12"),
    "a soft break": (p(run("Een."), "<w:r><w:br/></w:r>", run("Twee.")), "Een.\nTwee."),
    "a page break": (
        p(run("Een"), '<w:r><w:br w:type="page"/></w:r>', run("twee.")),
        "Een\ntwee.",
    ),
    "a link": (
        p(
            run("Zie "),
            f'<w:hyperlink r:id="x">{run("de wet")}</w:hyperlink>',
            run("."),
        ),
        "Zie de wet.",
    ),
    "a field shows its result": (
        p(
            run("Zie artikel "),
            mark("begin"),
            run(" REF x ", "instrText"),
            mark("separate"),
            run("3"),
            mark("end"),
        ),
        "Zie artikel 3",
    ),
    "a simple field": (
        p(
            f'<w:fldSimple w:instr="REF x">{run("Artikel 3")}</w:fldSimple>',
            run(" geldt."),
        ),
        "Artikel 3 geldt.",
    ),
    "a content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p(run('Tekst.'))}</w:sdtContent></w:sdt>",
        "Tekst.",
    ),
    "a formula": (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "a+b"),
    "moved text stands once": (
        f"<w:p><w:moveFrom w:id='1' w:author='a'>{run('Tekst.')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo w:id='2' w:author='a'>{run('Tekst.')}</w:moveTo></w:p>",
        "Tekst.",
    ),
    "a box for a tick": (
        p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', run(" ja")),
        "• ja",
    ),
}


@pytest.mark.parametrize("case", sorted(PRINTED))
def test_words_are_read_as_printed(case):
    body, wanted = PRINTED[case]

    found = imported(body)

    texts = [each.node.text for each in walk(found.regeling)]
    # A line with a bullet is a part of the article.
    assert [text for text in texts if text] == [wanted.removeprefix("• ")]
    assert found.chars_kept >= found.chars_in * 0.99


def test_a_table_of_contents_is_left_out_and_not_counted():
    entry = p(
        mark("begin"),
        run(' TOC \\o "1-3" ', "instrText"),
        mark("separate"),
        run("Artikel 1 Re"),
        run("gels"),
    )
    last = p(run("Artikel 2 Slot"), mark("end"))
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{p(run('Inhoud'))}{p(run('Artikel 3 Nog iets'))}</w:sdtContent></w:sdt>"
    )
    typed = p(run("Inhoudsopgave")) + p(run("Artikel 4 Slot ........ 12"))

    found = imported(entry + last + control + typed + p(run("Tekst.")))

    assert [text_of(node) for node in found.regeling.children] == [
        "Artikel 1 Regels\nTekst."
    ]
    assert found.chars_in == found.chars_kept == len("Artikel1RegelsTekst.")
    assert "De inhoudsopgave is weggelaten." in found.warnings


def test_merged_cells_keep_their_columns():
    wide = CELL.format('<w:gridSpan w:val="2"/>', p(run("Breed")))
    tall = CELL.format('<w:vMerge w:val="restart"/>', p(run("Hoog")))
    below = CELL.format("<w:vMerge/>", p())
    one, two = (CELL.format("", p(run(text))) for text in ("een", "twee"))
    body = f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{tall}{one}</w:tr><w:tr>{below}{two}</w:tr></w:tbl>"

    rows = [each.node.rows for each in walk(imported(body).regeling) if each.node.rows]

    assert rows == [(("Breed", ""), ("Hoog", "een"), ("", "twee"))]


def test_a_deleted_row_is_left_out():
    row = (
        "<w:tr>{}"
        + CELL.format("", p(run("{}")))
        + CELL.format("", p(run("x")))
        + "</w:tr>"
    )
    gone = row.format('<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>', "weg")
    body = f"<w:tbl>{row.format('', 'blijft')}{gone}</w:tbl>"

    found = imported(body)

    assert [
        e.node.rows for e in walk(found.regeling) if e.node.soort is Soort.TABEL
    ] == [(("blijft", "x"),)]
    assert found.chars_kept == found.chars_in


def test_a_table_in_a_table_keeps_its_text():
    inner = f"<w:tbl><w:tr>{CELL.format('', p(run('diep')))}{CELL.format('', p(run('dieper')))}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{CELL.format('', inner + p())}{CELL.format('', p(run('x')))}</w:tr></w:tbl>"

    found = imported(body)

    assert [e.node.rows for e in walk(found.regeling) if e.node.rows] == [
        (("diep dieper", "x"),)
    ]
    assert found.chars_kept == found.chars_in


def test_files_and_pictures_within_the_file_are_reported():
    found = imported(
        '<w:altChunk r:id="x"/>' + p("<w:r><w:object/></w:r>", run("Tekst."))
    )

    assert any("Ingevoegde bestanden" in warning for warning in found.warnings)
    assert any("Ingesloten bestanden" in warning for warning in found.warnings)


def test_text_that_cannot_be_placed_is_counted_as_lost(monkeypatch):
    monkeypatch.setattr("knowledge.regelingen.docx.text_of", lambda node: "")

    found = imported(p(run("Verdwenen tekst.")))

    assert found.chars_kept < found.chars_in
    assert any("Verdwenen" in warning for warning in found.warnings)


def table(*rows: tuple[str, str]) -> str:
    cells = ("".join(CELL.format("", p(run(text))) for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_that_only_places_numbers_is_a_list():
    found = imported(table(("1.", "Eerste lid."), ("2.", "Tweede lid.")))

    leden = [e.node for e in walk(found.regeling) if e.node.soort is Soort.LID]
    assert [(lid.number, lid.text) for lid in leden] == [
        ("1", "Eerste lid."),
        ("2", "Tweede lid."),
    ]


def test_a_table_of_numbers_is_a_table():
    found = imported(table(("1", "€ 500"), ("2", "€ 600")))

    rows = [e.node.rows for e in walk(found.regeling) if e.node.rows]
    assert rows == [(("1", "€ 500"), ("2", "€ 600"))]


def test_a_heading_inhoud_above_text_is_kept():
    found = imported(p(run("Inhoud")) + p(run("De verklaring noemt het zoekprofiel.")))

    assert "Inhoud" in text_of(found.regeling.children[0])
