"""Compounds: full cover by known words, best mean of log frequencies.

Koehn and Knight, Empirical Methods for Compound Splitting (EACL 2003), with Dutch
linking elements. Words come from a committed list (search/lexicon). Where the word as a
whole is common it stays whole; its own frequency counts a little less (WHOLE) than that
of its parts, because a compound of this field is common and still has to be found by
its parts.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from search.lexicon import exceptions, frequencies, never_parts

MIN_PART = 3
MIN_WORD = 6
MAX_WORD = 60
MAX_PARTS = 4
# How often a short word must have been counted to be a part.
SHORT = {3: 80, 4: 4}
LINKS = ("", "s", "en", "e", "n", "er")
LINK_COST = 0.5
WHOLE = 0.7


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[tuple[str, str], ...]:
    """Parts of a folded word, each with and without its linking element.

    'huisvestingswet' → (('huisvestings', 'huisvesting'), ('wet', 'wet')). The first forms
    joined give the word. Empty when the word is no compound.
    """
    known = exceptions().get(word)
    if known is not None:
        return known if len(known) > 1 else ()
    if not MIN_WORD <= len(word) <= MAX_WORD or not word.isalpha():
        return ()
    return cover_of(word, frequencies())


def cover_of(word: str, table: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The cover with the best mean of log frequencies, or () where the whole is better.

    From left to right, keeping the best cover for each (number of parts, place).
    """
    size = len(word)
    own = table.get(word, 0)
    # best[k][i]: highest sum of logs over covers of word[:i] in k parts, with the cover.
    best: list[dict[int, tuple[float, tuple[tuple[str, str], ...]]]] = [
        {0: (0.0, ())},
        *({} for _ in range(MAX_PARTS)),
    ]
    for count in range(MAX_PARTS):
        for start, (total, cover) in best[count].items():
            for end in range(start + MIN_PART, size + 1):
                if size - end < MIN_PART and end != size:
                    continue
                found = _part(word[start:end], table, last=end == size)
                if found is None:
                    continue
                score, base = found
                held = best[count + 1].get(end)
                if held is None or total + score > held[0]:
                    best[count + 1][end] = (
                        total + score,
                        (*cover, (word[start:end], base)),
                    )
    chosen: tuple[tuple[str, str], ...] = ()
    top = math.log(own) * WHOLE if own else -math.inf
    for count in range(2, MAX_PARTS + 1):
        if size in best[count]:
            total, cover = best[count][size]
            if total / count > top:
                top, chosen = total / count, cover
    return chosen


def _part(
    piece: str, table: Mapping[str, int], *, last: bool
) -> tuple[float, str] | None:
    """Log frequency and base of a piece; a linking element only before another part."""
    if piece in never_parts():
        return None
    found = None
    for link in ("",) if last else LINKS:
        if link and not piece.endswith(link):
            continue
        base = piece[: len(piece) - len(link)] if link else piece
        count = _count(base, table)
        if count:
            score = math.log(count) - (LINK_COST if link else 0.0)
            if found is None or score > found[0]:
                found = (score, base)
    return found


def _count(word: str, table: Mapping[str, int]) -> int:
    if len(word) < MIN_PART or word in never_parts():
        return 0
    count = table.get(word, 0)
    return count if count >= SHORT.get(len(word), 1) else 0
