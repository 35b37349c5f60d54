import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.highlight import passage
from search.query.plan import parse, required


def plan(text, **filters):
    return parse(text, filters, ("public",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoe vraag ik urgentie aan voor jongeren?", ["vraag", "urgentie", "jongeren"]),
        ("de het een", ["de", "het", "een"]),
        ("urgentie urgenties", ["urgentie"]),
        ("", []),
        ("???", []),
    ],
)
def test_words_that_count(text, words):
    assert [group.word for group in plan(text).groups] == words


def test_phrases_negatives_and_fields():
    found = plan(
        '"beschermd wonen" -detentie soort:handreiking gemeente:gm0344 urgentie'
    )
    assert len(found.phrases) == 1
    assert found.negatives == ("detentie",)
    assert found.filters == {"soort": ("handreiking",), "gemeente": ("gm0344",)}
    assert "urgentie" in [group.word for group in found.groups]
    assert "detentie" not in [group.word for group in found.groups]


@pytest.mark.parametrize(
    ("words", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (8, 5)]
)
def test_a_whole_question_never_needs_every_word(words, needed):
    assert required(words) == needed


@given(st.text(max_size=500))
@settings(max_examples=300, deadline=None)
def test_no_input_breaks_the_parser(text):
    parse(text, {}, ())


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("De huisvestingsverordening geldt.", "verordening", ["verordening"]),
        ("Jongeren en een jongere.", "jongeren", ["Jongeren", "jongere"]),
        ("Een daklozenopvang voor daklozen", "dakloos", ["daklozen"]),
        ("Niets hier", "urgentie", []),
    ],
)
def test_only_the_matching_part_is_marked(text, query, marked):
    assert re.findall("<mark>(.*?)</mark>", passage(text, plan(query))) == marked


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_html_of_the_text_is_ever_live(text, query):
    html = passage(text + "<script>alert(1)</script>", plan(query), size=10_000)
    assert "<script" not in html.replace("<mark>", "")
    without = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in without


def test_a_long_text_gives_a_passage_around_the_words():
    text = (
        "woord " * 400
        + "hier staat de hardheidsclausule in de verordening "
        + "woord " * 400
    )
    shown = passage(text, plan("hardheidsclausule"))
    assert "<mark>hardheidsclausule</mark>" in shown
    assert shown.startswith("…")
    assert len(shown) < 400
