"""The Dutch analysis against word lists that were made by hand (tests/search/golden)."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import fold, split, terms, tokenise, word_forms
from search.analysis.bag import bag
from search.analysis.normalise import soften
from search.highlight import Marker

GOLDEN = Path(__file__).parent / "golden"


def table(name: str) -> list[list[str]]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def forms(text: str) -> tuple[set[str], set[str]]:
    found = terms(text)
    return {t.stem for t in found}, {part for t in found for part in t.parts}


def meet(one: str, other: str) -> bool:
    """Whether a search for one finds a text with the other."""
    (stems, parts), (other_stems, other_parts) = forms(one), forms(other)
    return bool(stems & other_stems or stems & other_parts or parts & other_stems)


def test_the_lists_are_as_long_as_agreed():
    assert len(table("meet.tsv")) >= 80
    assert len(table("apart.tsv")) >= 40
    words = table("words.tsv")
    assert len(words) >= 2000
    assert sum(row[3] == "ja" for row in words) >= 300


@pytest.mark.parametrize(("one", "other", "note"), table("meet.tsv"))
def test_forms_of_one_word_meet(one, other, note):
    assert meet(one, other), note


@pytest.mark.parametrize(("one", "other", "note"), table("apart.tsv"))
def test_other_words_stay_apart(one, other, note):
    assert not meet(one, other), note


def test_every_word_gives_the_tokens_it_gave():
    """A library that changes a stem or a split has to raise ANALYSIS_VERSION."""
    moved = []
    for word, stem, parts, _checked in table("words.tsv"):
        own, weaker = word_forms(word)
        if (own, " ".join(weaker)) != (stem, parts):
            moved.append((word, stem, parts, own, weaker))
    assert moved == []


def test_compounds_fall_apart_where_a_reader_would_split_them():
    """451 words segmented by hand; those the frequencies get wrong may not grow."""
    wrong = []
    for word, *right in table("compounds.tsv"):
        found = "|".join(piece for piece, _base in split(fold(word))) or fold(word)
        if found not in {fold(segmentation) for segmentation in right if segmentation}:
            wrong.append((word, found, right))
    assert len(table("compounds.tsv")) >= 450
    assert len(wrong) <= 12, wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coördinatie én Fryslân", ["coordinatie", "en", "fryslan"]),
        ("artikel 2:10 en 12.3", ["artikel", "2:10", "en", "12.3"]),
        ("art. 2:10, nr. 4", ["artikel", "2:10", "nummer", "4"]),
        ("€ 12.500 en 1.250.000", ["12500", "en", "1250000"]),
        ("o.a. de G.G.Z.", ["oa", "de", "ggz"]),
        ("woon-zorg–visie", ["woon", "zorg", "visie"]),
        ("foto's van 's-Hertogenbosch", ["foto", "van", "s", "hertogenbosch"]),
        ("", []),
    ],
)
def test_words_of_a_text(text, words):
    assert [token.text for token in tokenise(text)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 juli 2026", "1-7-2026"),
        ("01/07/2026", "1 juli 2026"),
        ("3 maart 2025", "3.3.2025"),
    ],
)
def test_a_date_is_one_date_however_it_is_written(one, other):
    dates = [{p for p in forms(text)[1] if p.isdigit()} for text in (one, other)]
    assert dates[0] & dates[1]


def test_a_number_in_groups_is_found_as_one():
    assert meet("36512", "kamerstuk 36 512")
    assert not meet("36512", "36, 512")


def test_an_impossible_date_is_only_a_word():
    assert forms("31-2-2026") == ({"31-2-2026"}, set())


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_terms_within_its_bounds(text):
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert term.stem
        assert all(term.parts)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_parts_put_together_give_the_word(word):
    parts = split(word)
    assert not parts or "".join(piece for piece, _base in parts) == word
    assert all(piece.startswith(base) for piece, base in parts)


def test_the_lexicon_is_read_without_django():
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from search.lexicon import frequencies; print(len(frequencies()))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(result.stdout) > 100_000


def test_the_word_list_stays_small():
    assert (
        Path(__file__).parents[2] / "search/lexicon/woorden.tsv"
    ).stat().st_size <= 2_000_000


WRITTEN = st.lists(
    st.one_of(
        st.sampled_from(
            ["de", "Jeugdzorg-instelling", "1 juli 2026", "1", "juli", "2026", "(mei)", "1-7-2026", "12.500", "o.a.",
             "regio’s", "art.", "2:10", "woonzorgvisie", "Fryslân", "-", "—", "\n", "'"]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
)  # fmt: skip


@given(WRITTEN)
@settings(max_examples=400, deadline=None)
def test_a_bag_has_the_words_that_the_lines_of_a_text_have(pieces):
    text = " ".join(pieces)
    found = [term for line in soften(text).splitlines() for term in terms(line)]
    held = bag(text)
    assert held.words == [term.word for term in found]
    assert held.stems == [term.stem for term in found]
    assert held.parts == [part for term in found for part in term.parts]


@given(WRITTEN)
@settings(max_examples=200, deadline=None)
def test_marks_stand_on_the_words_that_the_lines_of_a_text_have(pieces):
    text = " ".join(pieces)
    wanted = frozenset({"zorg", "20260701", "artikel", "jeugdzorginstelling", "12500"})
    found, start = set(), 0
    for line in soften(text).splitlines(keepends=True):
        found |= {
            (start + term.start, start + term.end)
            for term in terms(line)
            if wanted.intersection((term.stem, *term.parts))
        }
        start += len(line)
    spans = Marker(wanted).mark(text).spans
    # Of a compound a part is marked, of every other word the whole.
    assert {next((w for w in found if w[0] <= a and b <= w[1]), None) for a, b in spans} == found  # fmt: skip
