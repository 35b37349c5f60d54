"""Two to four texts in rows, and the Word and ODT file made of them."""

from __future__ import annotations

import io
import re
import time

import docx
import odfdo
import pytest
from hypothesis import given, settings

from knowledge.regelingen import files
from knowledge.regelingen.tree import Node, Regeling, Soort, artikelen
from knowledge.regelingen.vergelijken import document, rows, to_docx, to_html, to_odt
from knowledge.regelingen.vergelijken.differences import Fate, runs, whole
from knowledge.regelingen.vergelijken.rows import Groep, Text, compare
from tests import office
from tests.knowledge.regelingen.pairs import layout, reading
from tests.knowledge.regelingen.test_vergelijken import (
    ADVIES,
    LOTING,
    TERMIJN,
    TEXTS,
    VERSLAG,
    artikel,
    hoofdstuk,
    printed,
    text,
)
from tests.knowledge.regelingen.xml_files import FILES

NAMES = ("Model", "Waterveen", "Heidedorp", "Duinrand")


def beside(*texts: Regeling) -> rows.Comparison:
    return compare([Text(n, t) for n, t in zip(NAMES, texts, strict=False)])


def grid(*texts: Regeling) -> list[tuple[str, ...]]:
    """The numbers of each row, one column for each text."""
    return [
        tuple(" ".join(place.number for place in cell.places) for cell in row.cells)
        for row in beside(*texts).rows
        if not row.outside
    ]


def words(cell: rows.Cell, *without: Fate) -> list[str]:
    return [
        word
        for part in cell.parts
        for run in part.runs
        if run.kind not in without
        for word in run.text.split()
    ]


@pytest.fixture(scope="module")
def examples() -> list[Regeling]:
    found = [files.read(path.read_bytes(), path.name).regeling for path in sorted(FILES.glob("*.xml"))]  # fmt: skip
    assert len(found) == 3
    return found


class TestRows:
    def test_one_row_for_each_article_in_the_order_of_the_base(self):
        left = text(artikel("1", ADVIES), artikel("2", TERMIJN), artikel("3", LOTING))
        right = text(artikel("1", VERSLAG), artikel("2", ADVIES), artikel("3", TERMIJN))
        assert grid(left, right) == [("", "1"), ("1", "2"), ("2", "3"), ("3", "")]

    def test_four_texts_stand_in_the_rows_of_the_first(self):
        base = text(artikel("1", ADVIES), artikel("2", TERMIJN))
        turned = text(artikel("1", TERMIJN), artikel("2", ADVIES))
        more = text(artikel("1", ADVIES), artikel("2", TERMIJN), artikel("3", LOTING))
        less = text(artikel("1", TERMIJN))
        assert grid(base, turned, more, less) == [
            ("1", "2", "1", ""),
            ("2", "1", "2", "1"),
            ("", "", "3", ""),
        ]

    def test_what_one_text_merged_is_one_row_for_all(self):
        base = text(artikel("1", ADVIES), artikel("2", TERMIJN), artikel("3", LOTING))
        merged = text(artikel("1", ADVIES, TERMIJN), artikel("2", LOTING))
        assert grid(base, merged, base) == [("1 2", "1", "1 2"), ("3", "2", "3")]
        [one, _] = beside(base, merged, base).rows
        assert "samengevoegd" in one.cells[1].kinds
        assert one.cells[2].groep is Groep.GELIJK

    def test_the_words_of_both_sides_are_whole_and_marked(self):
        left = text(artikel("5", "Het college beslist binnen acht weken.", TERMIJN))
        right = text(artikel("8", "Het college beslist binnen zes weken.", TERMIJN))
        [row] = beside(left, right).rows
        base, other = row.cells
        assert (
            words(base) == f"Het college beslist binnen acht weken. {TERMIJN}".split()
        )
        assert (
            words(other) == f"Het college beslist binnen zes weken. {TERMIJN}".split()
        )
        marked = {run.text.strip(): run.kind for c in row.cells for p in c.parts for run in p.runs if run.kind is not Fate.GELIJK}  # fmt: skip
        assert marked == {"acht": Fate.VERVALLEN, "zes": Fate.TOEGEVOEGD}
        assert other.groep is Groep.GEWIJZIGD
        assert rows.words_of(other, "Model", "Waterveen") == "gewijzigd, ander nummer"

    def test_of_three_texts_the_base_is_plain_and_the_others_tell_both(self):
        left = text(artikel("1", "Het college beslist binnen acht weken."))
        right = text(artikel("1", "Het college beslist binnen zes weken."))
        [row] = beside(left, right, left).rows
        assert {r.kind for p in row.cells[0].parts for r in p.runs} == {Fate.GELIJK}
        assert words(row.cells[1], Fate.TOEGEVOEGD) == words(row.cells[0])
        assert row.cells[2].groep is Groep.GELIJK
        assert row.groepen == {Groep.GEWIJZIGD, Groep.GELIJK}

    def test_layout_alone_is_no_change(self):
        one = printed(reading.ordinances()[0])
        for other in (layout.list_for_leden(one), layout.words(one, layout.quotes), layout.label("Art.")(one)):  # fmt: skip
            found = beside(one, other)
            assert {cell.groep for row in found.rows for cell in row.cells[1:]} == {
                Groep.GELIJK
            }
            assert all(row.same for row in found.rows)

    def test_a_changed_bijlage_is_a_row_outside_the_articles(self):
        def with_bijlage(words: str) -> Regeling:
            bijlage = Node(Soort.BIJLAGE, "Bijlage", "1", "Inkomens", words)
            return text(artikel("1", ADVIES), bijlage)

        found = beside(with_bijlage("Tot € 30.000."), with_bijlage("Tot € 40.000."))
        assert [(r.name, r.outside) for r in found.rows] == [
            ("Artikel 1", False),
            ("Bijlage 1 Inkomens", True),
        ]
        assert found.sums[0].of(Groep.GELIJK) == 1
        assert found.sums[0].outside == 1

    def test_the_sum_counts_each_article_once_and_is_said_in_words(self):
        left = text(artikel("1", ADVIES), artikel("2", TERMIJN), artikel("3", LOTING))
        right = text(
            artikel("1", ADVIES),
            artikel("9", "Het college beslist binnen zes weken na ontvangst daarvan."),
            artikel("4", VERSLAG),
        )
        [total] = beside(left, right).sums
        assert rows.sum_in_words(total, "Model") == (
            "1 artikel gelijk, 1 gewijzigd (waarvan 1 met een ander nummer), "
            "1 alleen in Model en 1 alleen in Waterveen"
        )

    def test_a_filter_gives_the_rows_of_that_kind(self):
        left = text(artikel("1", ADVIES), artikel("2", TERMIJN))
        right = text(artikel("1", ADVIES), artikel("2", VERSLAG))
        found = beside(left, right)
        assert len(found.filtered(None)) == 3
        for groep in Groep:
            assert all(groep in row.groepen for row in found.filtered(groep))
            assert len(found.filtered(groep)) == found.count(groep)

    @given(TEXTS, TEXTS, TEXTS)
    @settings(max_examples=150, deadline=None)
    def test_every_article_of_every_text_is_in_exactly_one_row(self, a, b, c):
        for texts in ((a, b), (a, b, c)):
            found = [row for row in beside(*texts).rows if not row.outside]
            for at, one in enumerate(texts):
                there = [p.address for row in found for p in row.cells[at].places]
                assert sorted(there) == sorted(p.address for p in artikelen(one))
            mine = [p.address for row in found for p in row.cells[0].places]
            if len(texts) == 2 and all(len(r.cells[0].places) < 2 for r in found):
                assert mine == [p.address for p in artikelen(a)]
            for row in found:
                assert row.name
                assert all(cell.groep for cell in row.cells[1:]) or len(texts) > 2

    @given(TEXTS, TEXTS)
    @settings(max_examples=150, deadline=None)
    def test_no_word_of_either_side_is_lost(self, left, right):
        for row in beside(left, right).rows:
            for at, one in enumerate((left, right)):
                nodes = {p.address: p.node for p in artikelen(one)}
                mine = [nodes[p.address] for p in row.cells[at].places if not row.outside]  # fmt: skip
                printed = [w for n in mine for p in whole(n) for r in p.runs for w in r.text.split()]  # fmt: skip
                shown = words(row.cells[at])
                for word in set(printed):
                    assert shown.count(word) >= printed.count(word)


class TestLimits:
    def test_600_against_600_articles_in_the_request(self):
        base = [artikel(str(n), f"{w} {n}", f"{n} {v}") for n in range(600) for w, v in ((ADVIES, TERMIJN),)]  # fmt: skip
        began = time.process_time()
        found = beside(text(*base), text(*base[::-1]))
        assert len(found.rows) == 600
        assert time.process_time() - began < 15

    def test_parts_and_words_beyond_measure_take_seconds_and_lose_nothing(self):
        many = [f"lid {n} over zaak {n * 7919 % 1000}" for n in range(900)]
        left, right = text(artikel("1", *many)), text(artikel("1", *many[:450], "Een nieuw lid.", *many[450:]))  # fmt: skip
        began = time.process_time()
        [row] = beside(left, right).rows
        assert [p.runs for p in row.cells[1].parts if p.runs[0].kind is not Fate.GELIJK] == [runs("", "Een nieuw lid.")]  # fmt: skip
        long = " ".join(f"woord{n % 3000} zin{n}." for n in range(15_000))
        found = runs(long, long.replace("zin7777.", "anders."))
        kept = "".join(r.text for r in found if r.kind is not Fate.VERVALLEN)
        assert kept.split() == long.replace("zin7777.", "anders.").split()
        assert sum(len(r.text) for r in found if r.kind is not Fate.GELIJK) < 200
        assert time.process_time() - began < 15

    def test_what_is_too_large_says_what_the_limit_is(self):
        many = text(*(artikel(str(n), ADVIES) for n in range(rows.MAX_ARTIKELEN + 1)))
        assert "600 artikelen" in rows.too_large(many)
        long = text(artikel("1", "woord " * (rows.MAX_WORDS + 1)))
        assert "150000 woorden" in rows.too_large(long)
        assert rows.too_large(text(artikel("1", ADVIES))) == ""


def docx_rows(data: bytes) -> list[list[str]]:
    found = docx.Document(io.BytesIO(data))
    return [
        [cell.text for cell in row.cells]
        for table in found.tables
        for row in table.rows[1:]
    ]


def odt_rows(data: bytes) -> list[list[str]]:
    body = odfdo.Document(io.BytesIO(data)).body
    return [
        [
            "\n".join(p.inner_text for p in cell.get_paragraphs())
            for cell in row.get_cells()
        ]
        for table in body.get_tables()
        for row in list(table.get_rows())[1:]
    ]


def squeezed(cells: list[str]) -> list[str]:
    return ["".join(cell.split()) for cell in cells]


def wanted(made: document.Document) -> list[list[str]]:
    return [
        squeezed([f"{line.name}{line.verdict}", *document.texts_of(line.cells)])
        for section in made.sections
        for line in section.lines
    ]


class TestFiles:
    @given(TEXTS, TEXTS, TEXTS)
    @settings(max_examples=25, deadline=None)
    def test_both_files_have_every_row_with_every_word(self, a, b, c):
        for texts in ((a, b), (a, b, c)):
            found = beside(*texts)
            made = document.document(found, made_on="26 november 2026")
            assert len(wanted(made)) == len(found.rows)
            for read in (docx_rows(to_docx.to_docx(made)), odt_rows(to_odt.to_odt(made))):  # fmt: skip
                assert [squeezed(row) for row in read] == wanted(made)

    def test_signs_that_xml_refuses_and_markup_are_plain_words(self):
        evil = text(artikel("1", 'Een <b>"vet"</b> & \x00\x0b\ud800 woord'))
        made = document.document(beside(evil, text()), made_on="vandaag")
        for read in (docx_rows(to_docx.to_docx(made)), odt_rows(to_odt.to_odt(made))):
            assert '<b>"vet"</b> &' in read[0][1]

    def test_no_word_is_ever_live_on_the_page(self):
        evil = "<script>alert(1)</script>"
        one = text(artikel(evil, evil, title=evil))
        found = beside(one, text(artikel("1", ADVIES)))
        for row in found.rows:
            for cell in to_html.row(found, row).cells:
                assert "<script" not in cell.html + cell.table

    def test_the_word_file_has_real_styles(self, examples):
        made = document.document(beside(*examples[:2]), made_on="26 november 2026")
        found = docx.Document(io.BytesIO(to_docx.to_docx(made)))
        styles = [p.style.name for p in found.paragraphs]
        assert styles[0] == "Title"
        assert styles.count("Heading 1") == 2
        for table in found.tables:
            assert table.style.name == "Table Grid"
            assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        named = {run.style.name for row in found.tables[0].rows for cell in row.cells for p in cell.paragraphs for run in p.runs}  # fmt: skip
        assert {"Toegevoegd", "Vervallen", "Strong"} <= named
        assert found.styles["Toegevoegd"].font.underline
        assert found.styles["Vervallen"].font.strike

    def test_the_odt_has_real_styles(self, examples):
        made = document.document(beside(*examples[:2]), made_on="26 november 2026")
        found = odfdo.Document(io.BytesIO(to_odt.to_odt(made)))
        assert [h.style for h in found.body.get_headers()] == ["Heading_20_1"] * 2
        assert found.body.get_paragraph(0).style == "Title"
        assert {s.style for s in found.body.get_spans()} >= {"Toegevoegd", "Vervallen"}
        for family, name in (("text", "Toegevoegd"), ("text", "Vervallen"), ("paragraph", "Title")):  # fmt: skip
            assert found.get_style(family, name) is not None

    def test_a_filtered_file_says_so(self, examples):
        found = beside(*examples[:2])
        made = document.document(found, groep=Groep.GEWIJZIGD, made_on="vandaag")
        assert len(wanted(made)) == found.count(Groep.GEWIJZIGD) > 0
        assert any("Alleen de rijen met: gewijzigd" in line for line in made.intro)

    @pytest.mark.parametrize(("form", "write"), [("docx", to_docx.to_docx), ("odt", to_odt.to_odt)])  # fmt: skip
    def test_libreoffice_opens_it_with_all_its_words(
        self, form, write, examples, tmp_path
    ):
        made = document.document(beside(*examples), made_on="26 november 2026")
        path = tmp_path / f"vergelijking.{form}"
        path.write_bytes(write(made))
        assert office.convert(path, "pdf").read_bytes().startswith(b"%PDF")
        printed = office.convert(path, "txt:Text").read_text("utf-8-sig")
        # A heading has no number of the program: not '1.Artikelen'.
        assert {one.title for one in made.sections} <= set(printed.splitlines())
        read = "".join(printed.split())
        for row in wanted(made):
            for cell in row:
                assert cell in read
        assert re.sub(r"\s", "", made.title) in read

    def test_600_rows_are_written_in_seconds(self):
        base = [artikel(str(n), f"{ADVIES} {n}", TERMIJN) for n in range(600)]
        other = [artikel(str(n), f"{ADVIES} {n + 1}", TERMIJN) for n in range(600)]
        found = beside(text(hoofdstuk("1", "Al", *base)), text(*other))
        made = document.document(found, made_on="vandaag")
        began = time.process_time()
        to_docx.to_docx(made)
        to_odt.to_odt(made)
        assert time.process_time() - began < 10
