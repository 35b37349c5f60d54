"""A legal text becomes a file that a word processor numbers by itself."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from knowledge.regelingen import docx as reading
from knowledge.regelingen.modellen.parts import Keuzesoort
from knowledge.regelingen.modellen.reading import parse
from knowledge.regelingen.modellen.resolving import resolve
from knowledge.regelingen.schrijven import Cover, html, opendocument, word
from knowledge.regelingen.tree import Node, Regeling, Soort, artikelen, heading, walk
from tests.knowledge.regelingen.test_modellen import MODELS
from tests.office import convert

WRITERS = {"docx": word.write, "odt": opendocument.write}
COVER = Cover(True, ("Hoe heet uw gemeente?", "Vraagt u om een plan?"), ("Een model.",))


def text_of_model(path: Path) -> Regeling:
    model = parse(path.read_text()).model
    answers = {
        k.naam: k.voorbeeld or "ingevuld"
        if k.soort is Keuzesoort.INVULVELD
        else k.opties[-1].naam
        for k in model.keuzes
    }
    return resolve(model, answers).regeling


TEXTS = {path.stem: text_of_model(path) for path in MODELS}
TEXTS["nummers-als-gedrukt"] = Regeling(
    "Oude verordening <&>",
    (
        Node(
            Soort.HOOFDSTUK,
            "Hoofdstuk",
            "II",
            "Begin",
            children=(
                Node(Soort.ARTIKEL, "Artikel", "2:1", "Eerste", "Woorden <b> & meer."),
                Node(
                    Soort.ARTIKEL,
                    "Artikel",
                    "2:1a",
                    "Later",
                    children=(
                        Node(Soort.LID, number="1", text="Een."),
                        Node(Soort.LID, number="1a", text="Tussen."),
                        Node(Soort.TABEL, rows=(("Wat", "Hoeveel"), ("Huur", "900"))),
                    ),
                ),
            ),
        ),
    ),
)


def plain(data: bytes, kind: str, folder: Path) -> str:
    """The words as LibreOffice shows them, numbers included."""
    source = folder / f"tekst.{kind}"
    source.write_bytes(data)
    return convert(source, "txt:Text (encoded):UTF8").read_text("utf-8-sig")


@pytest.mark.parametrize("name", TEXTS)
def test_word_read_again_has_the_same_articles_and_parts(name):
    regeling = TEXTS[name]
    again = reading.read(word.write(regeling, COVER), "concept.docx").regeling

    def articles(text):
        return [(p.node.number, p.node.title) for p in artikelen(text)]

    assert articles(again) == articles(regeling)
    addresses = [p.address for p in walk(regeling) if p.artikel]
    assert [p.address for p in walk(again) if p.artikel] == addresses or (
        name == "nummers-als-gedrukt"
    )


@pytest.mark.parametrize("name", TEXTS)
def test_word_has_heading_styles_and_numbers_of_its_own(name):
    document = docx.Document(io.BytesIO(word.write(TEXTS[name], COVER)))
    paragraphs = [p for p in document.paragraphs if p.text]

    assert paragraphs[0].style.name == "Title"
    assert paragraphs[0].text == TEXTS[name].title
    assert paragraphs[3].text == "Open punten"
    headed = [p for p in paragraphs if p.style.name.startswith("Heading")]
    assert len(headed) >= len(artikelen(TEXTS[name]))
    if name != "nummers-als-gedrukt":
        numbered = [p for p in headed if p._p.pPr.numPr is not None]
        assert len(numbered) >= len(artikelen(TEXTS[name]))
        assert not any("Artikel" in p.text for p in numbered)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", TEXTS)
def test_libreoffice_prints_the_numbers_of_the_text(name, kind, tmp_path):
    regeling = TEXTS[name]
    lines = plain(WRITERS[kind](regeling, COVER), kind, tmp_path).splitlines()
    lines = [" ".join(line.split()) for line in lines if line.strip()]

    assert lines[0] == regeling.title
    assert lines[3] == "Open punten"
    assert lines[4] == "1. Hoe heet uw gemeente?"
    at = 0
    for placed in walk(regeling):
        node = placed.node
        if node.soort in (Soort.HOOFDSTUK, Soort.PARAGRAAF, Soort.ARTIKEL):
            wanted = heading(node)
        elif node.number and placed.artikel and not node.title:
            sign = "." if node.number[-1].isalnum() else ""
            first = " ".join(node.text.split("\n")[0].split())
            wanted = f"{node.number}{sign} {first}"
        else:
            continue
        assert wanted in lines[at:], (wanted, lines[at : at + 8])
        at += lines[at:].index(wanted) + 1


@pytest.mark.parametrize("kind", WRITERS)
def test_libreoffice_makes_pages_of_it(kind, tmp_path):
    source = tmp_path / f"tekst.{kind}"
    source.write_bytes(WRITERS[kind](TEXTS["klein"], COVER))
    made = convert(source, "pdf")

    # Open punten, the text and both parts of the toelichting each begin a page.
    pages = re.findall(rb"/Type\s*/Page\b", made.read_bytes())
    assert len(pages) == 4


def test_an_odt_has_heading_styles_and_lists():
    data = opendocument.write(TEXTS["klein"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()

    assert 'text:outline-level="2"' in content
    assert "text:continue-list" in content
    assert "Artikel 1" not in content.split("Algemene toelichting")[0]


def test_an_odt_has_its_title_and_the_number_below_each_page():
    data = opendocument.write(TEXTS["nummers-als-gedrukt"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("styles.xml").decode()

    (footer,) = re.findall(r"<style:footer>.*?</style:footer>", styles, re.S)
    assert "Oude verordening &lt;&amp;&gt;" in footer
    assert "<text:page-number" in footer


def test_html_has_a_section_for_each_artikel_and_open_points_first():
    page = html.write(TEXTS["klein"], COVER)

    assert page.index("Open punten") < page.index('id="artikel-1"')
    assert page.count('<section class="artikel"') == 6
    one = html.artikel(TEXTS["klein"], "artikel-3")
    assert one.count("<section") == 1
    assert "Toelichting bij artikel 3" in one
    assert html.artikel(TEXTS["klein"], "hoofdstuk-1") is None
    assert html.artikel(TEXTS["klein"], "artikel-99") is None
