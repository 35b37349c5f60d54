"""What is typed → what is looked for; marks on the text."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import ranking
from search.highlight import Marker, wanted
from search.query.parser import parse
from search.query.plan import make_plan, required
from search.spelling import Vocabulary, edit_distance
from search.synonyms import Rule, SynonymTable


def passage(text, query, **options):
    return Marker(wanted(make_plan(query))).mark(text).passage(**options)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoe vraag ik urgentie aan voor jongeren?", ["vraag", "urgentie", "jongeren"]),
        ("de het een", ["de", "het", "een"]),
        ("urgentie urgenties", ["urgentie"]),
        ("", []),
        ("???", []),
        ("- - OR OF :", []),
        ("soort:", ["soort"]),
    ],
)
def test_words_that_count(text, words):
    assert [
        term.word for term in parse(text).words if term.word not in ("or", "of")
    ] == words


def test_phrases_negatives_and_fields():
    found = parse(
        '"beschermd wonen" -detentie soort:handreiking gemeente:"Den Haag" urgentie'
    )
    assert len(found.phrases) == 1
    assert found.negatives == (("detentie",),)
    assert found.fields == (("soort", "handreiking"), ("gemeente", "Den Haag"))
    assert [term.word for term in found.words] == ["urgentie"]


def test_a_negative_phrase_an_either_and_a_date():
    found = parse('jongeren OF studenten -"sociale huur" geldig:2026-07-01')
    assert [term.word for term in found.words] == ["jongeren"]
    assert [term.word for term in found.either[0]] == ["studenten"]
    assert len(found.negatives) == 1
    assert len(found.negatives[0]) == 2
    assert found.valid_on == datetime.date(2026, 7, 1)


def test_an_unknown_field_is_only_words():
    assert [term.word for term in parse("kleur:groen").words] == ["kleur", "groen"]
    assert [term.word for term in parse("geldig:gisteren").words] == [
        "geldig",
        "gisteren",
    ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("artikel 3:46 Awb", ("algemene wet bestuursrecht|3:46",)),
        ("wat staat er in art. 12 hw?", ("huisvestingswet 2014|12",)),
        ("151c Gemeentewet", ("gemeentewet|151c",)),
        ("jongere van 18", ()),
    ],
)
def test_a_citation_is_looked_up(text, keys):
    assert make_plan(text).citation_keys == keys


@pytest.mark.parametrize(
    ("words", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (8, 5)]
)
def test_a_whole_question_never_needs_every_word(words, needed):
    assert required(words) == needed


@given(st.text(max_size=500))
@settings(max_examples=300, deadline=None)
def test_no_input_breaks_the_parser_or_the_plan(text):
    plan = make_plan(text, vocabulary=Vocabulary([("wonen", 3, ["woon"])]))
    ranking.section_node(plan)
    ranking.page_node(plan, 1)


def test_a_rare_word_tells_more_than_a_common_one():
    rarities = [
        WORDS.rarity(word) for word in ("onbekend", "majella", "urgentie", "woning")
    ]
    assert rarities == sorted(rarities, reverse=True)
    assert len(set(rarities)) == 4
    assert Vocabulary().rarity("woning") == 1.0


@given(st.sets(st.integers(0, 15)))
def test_a_page_score_names_its_words_exactly(words):
    import struct

    total = sum(1 + 2.0 ** -(n + 1) for n in words)
    single = struct.unpack("f", struct.pack("f", total))[0]
    assert ranking.words_of(single, 16) == (words, False)
    pinned = struct.unpack("f", struct.pack("f", total + ranking.PINNED))[0]
    assert ranking.words_of(pinned, 16) == (words, True)


RULES = SynonymTable(
    [
        Rule("kamer na de ggz", "beschermd wonen", 0.6),
        Rule("rha", "regeling huisvesting aandachtsgroepen", 0.9, both_ways=True),
    ]
)


def test_synonyms_of_one_word_and_of_several():
    plan = make_plan("rha voor een kamer na de ggz", synonyms=RULES)
    assert [a.label for a in plan.groups[0].alternatives] == [
        "regeling huisvesting aandachtsgroepen"
    ]
    assert [(m.first, m.last, m.alternative.label) for m in plan.spans] == [
        (1, 2, "beschermd wonen")
    ]
    back = make_plan("regeling huisvesting aandachtsgroepen", synonyms=RULES)
    assert [m.alternative.label for m in back.spans] == ["rha"]
    assert make_plan("beschermd wonen", synonyms=RULES).spans == ()


WORDS = Vocabulary(
    [
        ("urgentie", 9, ["urgentie"]),
        ("majella", 2, ["majella"]),
        ("woning", 30, ["woning"]),
    ]
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("urgnetie", "urgentie"),
        ("urgenti", "urgentie"),
        ("majela", "majella"),
        ("urgentiewonng", "urgentiewoning"),
        ("xqzvkw", None),
        ("woning", None),
        ("fiets", None),  # Dutch, though nothing here is about it
        ("huisvestingswoningen", None),  # falls apart
        ("12:3", None),
    ],
)
def test_only_unknown_words_are_corrected(word, meant):
    assert WORDS.correct(word) == meant


def test_a_correction_is_offered_and_does_not_replace():
    plan = make_plan("Urgnetie, voor wie?", vocabulary=WORDS)
    assert plan.corrected == "urgentie, voor wie?"
    assert plan.groups[0].word == "urgnetie"
    assert plan.groups[0].stem == "urgentie"
    assert [a.label for a in plan.groups[0].alternatives] == ["urgnetie"]
    exact = make_plan("Urgnetie, voor wie?", vocabulary=WORDS, correct=False)
    assert exact.corrected is None
    assert exact.groups[0].alternatives == ()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("huis", "huis", 0), ("huis", "huise", 1), ("huis", "hius", 1), ("abc", "xyz", 3)],
)
def test_distance(one, other, distance):
    assert edit_distance(one, other) == distance


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("De huisvestingsverordening geldt.", "verordening", ["verordening"]),
        ("Jongeren en een jongere.", "jongeren", ["Jongeren", "jongere"]),
        ("Een daklozenopvang voor daklozen", "dakloos", ["dakloze", "daklozen"]),
        ("Niets hier", "urgentie", []),
    ],
)
def test_only_the_matching_part_is_marked(text, query, marked):
    assert re.findall("<mark>(.*?)</mark>", passage(text, query)) == marked


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_html_of_the_text_is_ever_live(text, query):
    html = passage(text + "<script>alert(1)</script>", query, size=10_000)
    without = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in without


def test_a_long_text_gives_a_passage_around_the_words():
    text = (
        "woord " * 400
        + "hier staat de hardheidsclausule in de verordening "
        + "woord " * 400
    )
    shown = passage(text, "hardheidsclausule")
    assert "<mark>hardheidsclausule</mark>" in shown
    assert shown.startswith("…")
    assert len(shown) < 400
