"""One versioned Dutch analysis for every engine."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from search.lexicon import LEXICON_VERSION, forms, stop_words

from .normalise import fold
from .split import split
from .stem import stem, stem_simple
from .tokenise import Token, tokenise

# Raise when the same text would give other terms, or an index has other fields: it is then
# rebuilt.
ANALYSIS_VERSION = f"4.{LEXICON_VERSION}"
STOP_WORDS = stop_words()
MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun",
         "juli jul", "augustus aug", "september sep sept", "oktober okt",
         "november nov", "december dec"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NUMERIC_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


class Term(NamedTuple):
    """A word of a text as the index knows it.

    stem: its index form. parts: weaker forms that find it too: stems of the parts of a
    compound, related words, the joined form of a hyphenated word, a whole date.
    """

    word: str
    stem: str
    parts: tuple[str, ...]
    start: int
    end: int

    @property
    def is_stop(self) -> bool:
        return self.word in STOP_WORDS


def terms(text: str) -> list[Term]:
    """The words of a text in order, each with stem, weaker forms and place."""
    tokens = tokenise(text)
    found = [
        Term(token.text, *word_forms(token.text), token.start, token.end)
        for token in tokens
    ]
    for number, token in enumerate(tokens):
        if token.glued:
            _join_hyphenated(found, tokens, number)
        if len(token.text) <= 10 and token.text[0].isdigit():
            _whole_date(found, number)
            _whole_number(found, number)
    return found


@lru_cache(maxsize=50_000)
def word_forms(word: str) -> tuple[str, tuple[str, ...]]:
    """Stem and weaker forms of one folded word."""
    weak = forms().get(word, ("", ()))[1]
    return stem(word), tuple(dict.fromkeys((*part_stems(word), *weak)))


@lru_cache(maxsize=20_000)
def part_stems(word: str) -> tuple[str, ...]:
    """Stems of the parts; of three or more parts also of neighbours together.

    'huurtoeslaggrens' → huur, toeslag, grens, huurtoeslag, toeslaggrens.
    """
    parts = split(word)
    single = [stem_simple(base) for _piece, base in parts]
    joined = [
        "".join(piece for piece, _base in parts[start : end - 1]) + single[end - 1]
        for size in range(2, len(parts))
        for start in range(len(parts) - size + 1)
        for end in [start + size]
    ]
    return tuple(dict.fromkeys((*single, *joined)))


def _join_hyphenated(found: list[Term], tokens: list[Token], number: int) -> None:
    """Give the first word of 'ggz-instelling' the form that 'ggzinstelling' has."""
    first = number - 1
    while tokens[first].glued:
        first -= 1
    joined = "".join(token.text for token in tokens[first : number + 1])
    form = stem(joined)
    held = found[first]
    if form not in held.parts:
        found[first] = held._replace(parts=(*held.parts, form))


def _whole_date(found: list[Term], number: int) -> None:
    """'1 juli 2026' and '1-7-2026' both get the form 20260701."""
    here = found[number]
    numeric = _NUMERIC_DATE.fullmatch(here.word)
    if numeric:
        day, month, year = (int(group) for group in numeric.groups())
    elif (
        len(found) > number + 2
        and found[number + 1].word in MONTHS
        and here.word.isascii()
        and here.word.isdigit()
        and re.fullmatch(r"[12]\d{3}", found[number + 2].word)
    ):
        day, month = int(here.word), MONTHS[found[number + 1].word]
        year = int(found[number + 2].word)
    else:
        return
    try:
        form = f"{datetime.date(year, month, day):%Y%m%d}"
    except ValueError:
        return
    found[number] = here._replace(parts=(*here.parts, form))


def _whole_number(found: list[Term], number: int) -> None:
    """'36 512' also gets the form 36512: papers of parliament are printed like that."""
    here = found[number]
    after = found[number + 1] if number + 1 < len(found) else None
    if (
        after is not None
        and here.word.isdigit()
        and len(here.word) <= 3
        and len(after.word) == 3
        and after.word.isdigit()
        and after.start == here.end + 1
    ):
        found[number] = here._replace(parts=(*here.parts, here.word + after.word))


__all__ = [
    "ANALYSIS_VERSION",
    "STOP_WORDS",
    "Term",
    "Token",
    "fold",
    "part_stems",
    "split",
    "stem",
    "terms",
    "tokenise",
    "word_forms",
]
