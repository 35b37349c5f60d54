"""The words of a text without their places: all that an index needs, and quicker to make
than ``terms``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import terms, word_forms
from .normalise import soften
from .tokenise import WORD, word_of

# Only of hyphens, dates and large numbers a word depends on its neighbours. What they bind
# stands between spaces or within two words behind it ('1 juli 2026').
_BOUND = re.compile(
    r"(?<!\S)(?:[^\s\d-]*[-\d]\S*\s*(?:(?:[^\w\s-]+\s+)*[^\s\d-]+(?:\s+|\Z)){0,2})+"
)


class Bag(NamedTuple):
    """Folded words, their stems and their weaker forms."""

    words: list[str]
    stems: list[str]
    parts: list[str]


def bag(text: str) -> Bag:
    """The words of a text, line by line, as ``terms`` has them."""
    found = Bag([], [], [])
    for _start, stretch, is_bound in stretches(text):
        if is_bound:
            _add_bound(found, stretch)
        else:
            _add_free(found, stretch)
    return found


def stretches(text: str) -> Iterator[tuple[int, str, bool]]:
    """A text in pieces: where each starts, its softened text, and whether its words are
    bound to each other. Of other pieces every match of WORD is a word by itself."""
    start = 0
    for line in soften(text).splitlines(keepends=True):
        done = 0
        for bound in _BOUND.finditer(line):
            if done < bound.start():
                yield start + done, line[done : bound.start()], False
            yield start + bound.start(), bound.group(), True
            done = bound.end()
        if done < len(line):
            yield start + done, line[done:], False
        start += len(line)


def _add_free(found: Bag, line: str) -> None:
    words, stems, parts = found
    for written in WORD.findall(line):
        word, stem, weaker = known_forms(written)
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
def known_forms(written: str) -> tuple[str, str, tuple[str, ...]]:
    """Folded word, stem and weaker forms of a word as written; the word may be empty."""
    word = word_of(written)
    return (word, *word_forms(word))


def _add_bound(found: Bag, line: str) -> None:
    for term in terms(line):
        found.words.append(term.word)
        found.stems.append(term.stem)
        found.parts.extend(term.parts)
