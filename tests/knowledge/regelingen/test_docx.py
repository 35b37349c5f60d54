"""Word files of municipalities become a tree of articles, with nothing lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.regelingen.docx import read
from knowledge.regelingen.imports import Import
from knowledge.regelingen.tree import Placed, Soort, Status, artikelen, text_of, walk

FOLDER = Path(__file__).parent / "docx"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text())
FILES = sorted(EXPECTED)
_read: dict[str, Import] = {}


def imported(name: str) -> Import:
    if name not in _read:
        _read[name] = read((FOLDER / name).read_bytes(), name)
    return _read[name]


def nodes(name: str) -> list[Placed]:
    regeling = imported(name).regeling
    assert regeling is not None
    return list(walk(regeling))


def of_soort(name: str, soort: Soort) -> list[Placed]:
    return [placed for placed in nodes(name) if placed.node.soort is soort]


def test_every_file_has_expectations():
    assert {path.name for path in FOLDER.glob("*.docx")} == set(EXPECTED)
    assert len(FILES) >= 12


@pytest.mark.parametrize("name", FILES)
def test_articles_have_their_printed_numbers_and_titles(name):
    found = [(p.node.number, p.node.title) for p in artikelen(imported(name).regeling)]

    assert found == [(a["number"], a["title"]) for a in EXPECTED[name]["articles"]]


@pytest.mark.parametrize("name", FILES)
def test_each_part_has_its_address_and_its_text(name):
    wanted: dict[str, str] = {}
    for article in EXPECTED[name]["articles"]:
        wanted |= article["parts"]
    found = {p.address: p.node.text for p in nodes(name) if p.artikel and p.node.text}

    assert found == wanted


@pytest.mark.parametrize("name", FILES)
def test_leden_are_counted(name):
    for article, wanted in zip(
        artikelen(imported(name).regeling), EXPECTED[name]["articles"], strict=True
    ):
        leden = [n for n in article.node.children if n.soort is Soort.LID]
        assert len(leden) == wanted["leden"], article.address


@pytest.mark.parametrize("name", FILES)
def test_chapters_hold_the_articles(name):
    found = [[p.node.number, p.node.title] for p in of_soort(name, Soort.HOOFDSTUK)]

    assert found == EXPECTED[name]["chapters"]


@pytest.mark.parametrize("name", FILES)
def test_at_least_99_percent_of_the_text_is_kept(name):
    found = imported(name)

    assert found.chars_in > 300
    assert found.chars_kept / found.chars_in >= 0.99, found.warnings


@pytest.mark.parametrize("name", FILES)
def test_a_text_says_what_it_is(name):
    regeling = imported(name).regeling
    wanted = EXPECTED[name]

    for field in (
        "title",
        "kind",
        "authority",
        "valid_from",
        "valid_until",
        "citeertitel",
    ):
        assert getattr(regeling, field) == wanted[field], field


@pytest.mark.parametrize("name", FILES)
def test_toelichting_is_coupled_to_its_article(name):
    found = [p.node.about for p in of_soort(name, Soort.TOELICHTING) if p.node.about]

    assert found == EXPECTED[name]["toelichting"]


@pytest.mark.parametrize("name", FILES)
def test_bijlagen_and_tables(name):
    bijlagen = [[p.node.number, p.node.title] for p in of_soort(name, Soort.BIJLAGE)]
    tables = [[list(row) for row in p.node.rows] for p in of_soort(name, Soort.TABEL)]

    assert bijlagen == EXPECTED[name]["bijlagen"]
    assert tables == EXPECTED[name].get("tables", [])


@pytest.mark.parametrize("name", FILES)
def test_the_report_says_what_the_reader_must_know(name):
    warnings = imported(name).warnings
    for words in EXPECTED[name]["warnings"]:
        assert any(words in warning for warning in warnings), (words, warnings)


@pytest.mark.parametrize("name", FILES)
def test_what_is_expired_has_that_status(name):
    found = [p.address for p in nodes(name) if p.node.status is Status.VERVALLEN]

    assert found == EXPECTED[name].get("vervallen", [])


@pytest.mark.parametrize("name", FILES)
def test_what_was_deleted_is_not_there(name):
    words = "\n".join(text_of(node) for node in imported(name).regeling.children)
    for absent in EXPECTED[name].get("absent", []):
        assert absent not in words


@pytest.mark.parametrize("name", FILES)
def test_other_groups_are_kept(name):
    for soort, numbers in EXPECTED[name].get("groups", {}).items():
        assert [p.node.number for p in of_soort(name, Soort(soort))] == numbers
