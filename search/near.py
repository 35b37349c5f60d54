"""Words of the index that share letters with a word, by their 5-grams.

An index of the 5-grams of every text is as large as the rest of it together, and all that
it finds are words that share them. Those can be looked up in the list of words.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from search.analysis import GRAM, STOP_WORDS, grams

# Of the 5-grams of a word another must have this share.
SHARE = 0.35
MOST = 48
_LOW = 0xFFFFFFFF


class NearWords:
    """Words by their 5-grams, as sorted numbers: 200,000 words take some 15 MB."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [w for w in words if len(w) > GRAM and w not in STOP_WORDS]
        pairs = sorted(
            zlib.crc32(gram.encode()) << 32 | place
            for place, word in enumerate(self._words)
            for gram in set(grams(word))
        )
        self._places = array("I", (pair & _LOW for pair in pairs))
        self._hashes = array("I")
        self._starts = array("I")
        for at, pair in enumerate(pairs):
            value = pair >> 32
            if not self._hashes or self._hashes[-1] != value:
                self._hashes.append(value)
                self._starts.append(at)
        self._starts.append(len(pairs))

    def of(self, word: str) -> list[tuple[str, float]]:
        """Other words with the share of the 5-grams of ``word`` that they have, most
        first; at most MOST."""
        if len(word) <= GRAM:
            return []
        own = set(grams(word))
        shared: Counter[int] = Counter()
        for gram in own:
            value = zlib.crc32(gram.encode())
            at = bisect_left(self._hashes, value)
            if at < len(self._hashes) and self._hashes[at] == value:
                shared.update(self._places[self._starts[at] : self._starts[at + 1]])
        needed = max(1, round(len(own) * SHARE))
        found = [
            (self._words[place], count / len(own))
            for place, count in shared.items()
            if count >= needed and self._words[place] != word
        ]
        found.sort(key=lambda row: (-row[1], len(row[0]), row[0]))
        return found[:MOST]
