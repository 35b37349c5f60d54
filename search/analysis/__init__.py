"""One versioned Dutch analysis for every engine."""

from dataclasses import dataclass

from search.lexicon import LEXICON_VERSION

from .normalise import fold
from .split import split
from .stem import stem
from .tokenise import Token, tokenise

# Raise when the same text would give other terms: the index is then rebuilt.
ANALYSIS_VERSION = f"1.{LEXICON_VERSION}"
GRAM = 5

STOP_WORDS = frozenset(
    [
        "aan",
        "al",
        "alle",
        "alleen",
        "als",
        "ben",
        "bij",
        "daar",
        "dan",
        "dat",
        "de",
        "der",
        "deze",
        "die",
        "dit",
        "door",
        "doe",
        "een",
        "en",
        "er",
        "geen",
        "had",
        "heb",
        "hebben",
        "heeft",
        "het",
        "hier",
        "hoe",
        "hun",
        "iets",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "kan",
        "kun",
        "kunt",
        "kunnen",
        "maar",
        "mag",
        "me",
        "meer",
        "men",
        "met",
        "mijn",
        "mogen",
        "moet",
        "moeten",
        "na",
        "naar",
        "niet",
        "nog",
        "nu",
        "of",
        "om",
        "omdat",
        "ons",
        "onze",
        "ook",
        "op",
        "over",
        "te",
        "tegen",
        "toch",
        "toe",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "veel",
        "voor",
        "waar",
        "waarom",
        "wanneer",
        "want",
        "waren",
        "was",
        "wat",
        "we",
        "wel",
        "welk",
        "welke",
        "werd",
        "wie",
        "wij",
        "wil",
        "willen",
        "worden",
        "wordt",
        "zal",
        "ze",
        "zich",
        "zij",
        "zijn",
        "zo",
        "zonder",
        "zou",
    ]
)


@dataclass(frozen=True)
class Term:
    """A word of a text as the index knows it."""

    word: str
    stem: str
    parts: tuple[str, ...]
    start: int
    end: int

    @property
    def is_stop(self) -> bool:
        return self.word in STOP_WORDS


def terms(text: str) -> list[Term]:
    """The words of a text with stem and stemmed compound parts."""
    return [
        Term(
            token.text, stem(token.text), part_stems(token.text), token.start, token.end
        )
        for token in tokenise(text)
    ]


def part_stems(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in split(word))


def grams(word: str) -> list[str]:
    """5-grams of a folded word; the word itself when shorter."""
    if len(word) <= GRAM:
        return [word]
    return [word[i : i + GRAM] for i in range(len(word) - GRAM + 1)]


__all__ = [
    "ANALYSIS_VERSION",
    "STOP_WORDS",
    "Term",
    "Token",
    "fold",
    "grams",
    "part_stems",
    "split",
    "stem",
    "terms",
    "tokenise",
]
