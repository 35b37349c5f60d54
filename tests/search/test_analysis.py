import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import part_stems, split, stem, terms
from search.analysis.normalise import fold
from search.analysis.tokenise import tokenise

MEET = [
    ("standplaats", "standplaatsen"), ("dakloos", "daklozen"), ("dakloze", "dakloosheid"), ("lid", "leden"),
    ("gemeente", "gemeenten"), ("gemeentelijke", "gemeente"), ("woning", "woningen"), ("huis", "huizen"),
    ("jongere", "jongeren"), ("corporatie", "corporaties"), ("verordening", "verordeningen"), ("student", "studenten"),
    ("afspraak", "afspraken"), ("wet", "wettelijke"), ("schuld", "schulden"), ("uitstromers", "uitstroom"),
    ("statushouder", "statushouders"), ("vergunninghouder", "vergunninghouders"), ("toewijzing", "toewijzingen"), ("huurder", "huurders"),
]  # fmt: skip
APART = [
    ("geven", "gegeven"),
    ("plaats", "plaatsing"),
    ("woning", "wonen"),
    ("gemeente", "gemeen"),
    ("urgent", "urgentie"),
    ("student", "studie"),
]
COMPOUNDS = {
    "huisvestingsverordening": "verordening",
    "urgentieverordening": "urgentie",
    "studentenhuisvesting": "student",
    "woonzorgvisie": "visie",
    "woningcorporatie": "corporatie",
    "prestatieafspraken": "afspraak",
    "vergunninghouders": "houder",
    "verhuurderheffing": "heffing",
    "modelverordening": "model",
}
WHOLE = [
    "gemeente",
    "verordening",
    "programma",
    "uitstroom",
    "begeleiding",
    "toewijzing",
    "dakloosheid",
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_word_forms_meet(one, other):
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(("word", "part"), COMPOUNDS.items())
def test_a_part_finds_its_compound(word, part):
    assert stem(part) in part_stems(word)


@pytest.mark.parametrize("word", WHOLE)
def test_these_words_are_not_split(word):
    assert split(word) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Coördinatie én Fryslân", ["coordinatie", "en", "fryslan"]),
        ("artikel 2:10 en 12.3", ["artikel", "2:10", "en", "12.3"]),
        ("o.a. de G.G.Z.", ["oa", "de", "ggz"]),
        ("woon-zorg–visie", ["woon", "zorg", "visie"]),
        ("foto's van 's-Hertogenbosch", ["foto", "van", "s", "hertogenbosch"]),
        ("", []),
    ],
)
def test_words_of_a_text(text, words):
    assert [token.text for token in tokenise(text)] == words


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_terms_within_its_bounds(text):
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert term.stem
        assert all(term.parts)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_parts_stand_in_the_word(word):
    position = 0
    for part in split(word):
        if word in ("vrouwenopvang", "arbeidsmigrant", "arbeidsmigranten"):
            continue
        position = word.find(part, position)
        assert position >= 0
