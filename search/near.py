"""Words of the index that share letters with a word, by their 5-grams.

An index of the 5-grams of every text is as large as the rest of it together, and all that
it finds are words that share them. Those can be looked up in the list of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search.analysis import STOP_WORDS

from .hashed import Hashed

GRAM = 5
# Of the 5-grams of a word another must have this share.
SHARE = 0.35
MOST = 16


class NearWords:
    """Words by their 5-grams."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [w for w in words if len(w) > GRAM and w not in STOP_WORDS]
        self._grams = Hashed(
            (gram, place)
            for place, word in enumerate(self._words)
            for gram in set(grams(word))
        )

    def of(self, word: str) -> list[tuple[str, float]]:
        """Other words with the share of the 5-grams of ``word`` that they have, most
        first; at most MOST."""
        if len(word) <= GRAM:
            return []
        own = set(grams(word))
        shared: Counter[int] = Counter()
        for gram in own:
            shared.update(self._grams.of(gram))
        needed = max(1, round(len(own) * SHARE))
        found = [
            (self._words[place], count / len(own))
            for place, count in shared.items()
            if count >= needed and self._words[place] != word
        ]
        found.sort(key=lambda row: (-row[1], len(row[0]), row[0]))
        return found[:MOST]


def grams(word: str) -> tuple[str, ...]:
    """5-grams of a folded word; the word itself when shorter."""
    if len(word) <= GRAM:
        return (word,)
    return tuple(word[i : i + GRAM] for i in range(len(word) - GRAM + 1))
