"""The words of a text without their places: all that an index needs, and quicker to make
than ``terms``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from . import terms, word_forms
from .normalise import soften
from .tokenise import WORD, word_of

# Only of hyphens, dates and large numbers a word depends on its neighbours. What they bind
# stands between spaces or within two words behind it ('1 juli 2026').
_BOUND = re.compile(r"(?:\S*[-\d]\S*\s*(?:(?:[^\w\s-]+\s+)*[^\s\d-]+(?:\s+|\Z)){0,2})+")


class Bag(NamedTuple):
    """Folded words, their stems and their weaker forms."""

    words: list[str]
    stems: list[str]
    parts: list[str]


def bag(text: str) -> Bag:
    """The words of a text, line by line, as ``terms`` has them."""
    found = Bag([], [], [])
    for line in soften(text).splitlines():
        done = 0
        for bound in _BOUND.finditer(line):
            _add_free(found, line[done : bound.start()])
            _add_bound(found, bound.group())
            done = bound.end()
        _add_free(found, line[done:])
    return found


def _add_free(found: Bag, line: str) -> None:
    words, stems, parts = found
    for written in WORD.findall(line):
        word, stem, weaker = _known(written)
        if word:
            words.append(word)
            stems.append(stem)
            if weaker:
                parts += weaker


def every_form(text: str) -> frozenset[str]:
    """Stems and weaker forms of the words of a text."""
    found = bag(text)
    return frozenset((*found.stems, *found.parts))


@lru_cache(maxsize=300_000)
def _known(written: str) -> tuple[str, str, tuple[str, ...]]:
    word = word_of(written)
    return (word, *word_forms(word))


def _add_bound(found: Bag, line: str) -> None:
    for term in terms(line):
        found.words.append(term.word)
        found.stems.append(term.stem)
        found.parts.extend(term.parts)
