"""The words of the index, and the nearest one to a word that nobody knows.

Symmetric delete (Garbe, 2012): a word and a misspelling of it share a form with one
letter left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from search.analysis import Term, split
from search.lexicon import frequencies

from .hashed import Hashed
from .near import NearWords

MIN_LENGTH = 4
MAX_LENGTH = 30
MIN_PART = 5


class Vocabulary:
    """Words of the index with the number of documents that have them."""

    def __init__(self, rows: Iterable[tuple[str, int, Iterable[str]]] = ()) -> None:
        """``rows``: folded word, how many documents have it, its stem and weaker forms."""
        self.words: dict[str, int] = {}
        self.forms: Counter[str] = Counter()
        for word, documents, forms in rows:
            self.words[word] = documents
            for form in forms:
                self.forms[form] += documents
        self._most = max(self.words.values(), default=0)

    @cached_property
    def near(self) -> NearWords:
        return NearWords(self.words)

    def knows(self, term: Term) -> bool:
        """Whether the index has this word in some form, or as part of a compound."""
        return (
            term.stem in self.forms
            or term.word in self.words
            or (bool(term.parts) and all(part in self.forms for part in term.parts))
        )

    def rarity(self, stem: str) -> float:
        """How much a word tells: its inverse document frequency (Spärck Jones, 1972).

        The commonest word stands for the number of documents. 1 without any words.
        """
        if not self._most:
            return 1.0
        documents = min(self._most, self.forms[stem])
        return math.log(1 + self._most / (documents + 1))

    def correct(self, word: str) -> str | None:
        """The word that was probably meant; None when the word itself may be right.

        Only for a word that neither the index nor Dutch knows and that is no compound.
        """
        if (
            not MIN_LENGTH <= len(word) <= MAX_LENGTH
            or not word.isalpha()
            or word in self.words
            or word in frequencies()
            or split(word)
        ):
            return None
        found = self._nearest(word, 1 if len(word) < 6 else 2)
        if found is not None:
            return found[1]
        return self._correct_part(word)

    def _nearest(self, word: str, limit: int) -> tuple[float, str] | None:
        """The nearest word within ``limit`` edits and what it costs; common ones first."""
        best: tuple[float, int, str] | None = None
        for candidate in self._candidates(word):
            distance = edit_distance(word, candidate)
            if distance <= limit:
                # A first letter is seldom wrong.
                cost = distance + 0.5 * (candidate[0] != word[0])
                key = (cost, -self.words[candidate], candidate)
                best = key if best is None else min(best, key)
        return (best[0], best[2]) if best else None

    def _correct_part(self, word: str) -> str | None:
        """A compound that no list has, of which one of two parts was mistyped."""
        best: tuple[float, int, str] | None = None
        for cut in range(MIN_LENGTH, len(word) - MIN_LENGTH + 1):
            for known, unknown, whole in (
                (word[:cut], word[cut:], "{known}{meant}"),
                (word[cut:], word[:cut], "{meant}{known}"),
            ):
                if len(known) < MIN_PART or not self._is_word(known):
                    continue
                found = self._nearest(unknown, 1)
                if found is not None:
                    meant = whole.format(known=known, meant=found[1])
                    key = (found[0], -len(known), meant)
                    best = key if best is None else min(best, key)
        return best[2] if best else None

    def _is_word(self, word: str) -> bool:
        return word in self.words or word in frequencies()

    @cached_property
    def _spelled(self) -> tuple[list[str], Hashed]:
        """The words that may be meant, and their forms with a letter left out."""
        words = [w for w in self.words if len(w) >= MIN_LENGTH and w.isalpha()]
        return words, Hashed((f, n) for n, w in enumerate(words) for f in shortened(w))

    def _candidates(self, word: str) -> set[str]:
        words, forms = self._spelled
        return {words[n] for form in shortened(word) for n in forms.of(form)}


def shortened(word: str) -> Iterator[str]:
    """The word, and the word with each one of its letters left out."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def edit_distance(one: str, other: str) -> int:
    """Damerau's distance: inserted, left out, replaced or swapped neighbouring letters."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, right in enumerate(other, 1):
            cost = left != right
            value = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + cost)
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                value = min(value, last[j - 2] + 1)
            row.append(value)
    return row[-1]


EMPTY = Vocabulary()
