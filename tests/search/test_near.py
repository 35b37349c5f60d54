"""Words of the index that share letters with a word."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from search.near import GRAM, MOST, SHARE, NearWords, grams

WORDS = st.text(string.ascii_lowercase[:4], min_size=1, max_size=12)


def test_a_word_within_a_longer_one_is_near_and_the_nearest_comes_first():
    near = NearWords(["huurtoeslagen", "zorgtoeslag", "woning", "toeslag"])
    assert near.of("huurtoeslag") == [
        ("huurtoeslagen", 1.0),
        ("toeslag", 3 / 7),
        ("zorgtoeslag", 3 / 7),
    ]


def test_short_words_and_stop_words_are_near_to_nothing():
    near = NearWords(["huurt", "tegenover", "huurder"])
    assert near.of("huur") == []
    assert near.of("tegenover") == []
    assert NearWords([]).of("huurder") == []


@given(st.lists(WORDS, max_size=40, unique=True), WORDS)
def test_near_words_are_those_that_share_enough(words, word):
    own = set(grams(word)) if len(word) > GRAM else set()
    needed = max(1, round(len(own) * SHARE))
    expected = {
        other
        for other in words
        if len(other) > GRAM
        and other != word
        and len(own & set(grams(other))) >= needed
    }
    found = NearWords(words).of(word)
    assert {other for other, _share in found} == expected
    assert len(found) <= MOST
    assert [share for _word, share in found] == sorted(
        (len(own & set(grams(other))) / len(own) for other in expected), reverse=True
    )
