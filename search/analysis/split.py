"""Compounds: full cover by known words, best geometric mean of frequencies.

Koehn and Knight, Empirical Methods for Compound Splitting (EACL 2003), with Dutch
linking elements. Words come from a committed list (search/lexicon).
"""

from functools import lru_cache

from search.lexicon import EXCEPTIONS, frequencies

MIN_PART = 3
SHORT_PART_FREQUENCY = 400
LINKS = ("", "s", "e", "en", "n", "er")
# Endings and prefixes that look like words.
AFFIXES = frozenset(
    [
        "ing",
        "heid",
        "isch",
        "lijk",
        "baar",
        "atie",
        "tie",
        "iteit",
        "ver",
        "ge",
        "be",
        "ont",
        "her",
        "erd",
        "end",
        "eren",
        "ere",
        "ende",
        "elen",
        "ste",
        "teit",
        "nis",
        "sel",
        "age",
        "eur",
        "ier",
        "aar",
        "den",
        "ten",
        "ren",
        "len",
        "sen",
        "ken",
        "gen",
        "men",
        "pen",
        "ben",
        "ven",
        "zen",
        "ers",
        "els",
        "aan",
        "van",
        "het",
        "een",
        "der",
        "des",
        "ene",
        "ers",
        "ist",
        "ism",
        "loos",
        "ige",
    ]
)


@lru_cache(maxsize=200_000)
def split(word: str) -> tuple[str, ...]:
    """Parts of a folded word without linking elements; empty when it is no compound."""
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if len(word) < 2 * MIN_PART + 1 or not word.isalpha():
        return ()
    table = frequencies()
    best: tuple[float, tuple[str, ...]] = (float(table.get(word, 0)), ())
    for parts, score in _covers(word):
        if len(parts) > 1 and score > best[0]:
            best = (score, parts)
    return best[1]


def _covers(word: str) -> list[tuple[tuple[str, ...], float]]:
    """All full covers of at most four parts with their geometric mean."""
    table = frequencies()
    size = len(word)
    found: list[tuple[tuple[str, ...], float]] = []

    def known(part: str) -> int:
        if len(part) < MIN_PART or part in AFFIXES:
            return 0
        count = table.get(part, 0)
        return 0 if len(part) == MIN_PART and count < SHORT_PART_FREQUENCY else count

    def walk(start: int, parts: tuple[str, ...], product: float) -> None:
        if len(parts) > 4:
            return
        for end in range(start + MIN_PART, size + 1):
            piece = word[start:end]
            if end == size:
                count = known(piece)
                if count:
                    total = (*parts, piece)
                    found.append((total, (product * count) ** (1 / len(total))))
                continue
            if size - end < MIN_PART:
                continue
            for link in LINKS:
                if link and not piece.endswith(link):
                    continue
                base = piece[: len(piece) - len(link)] if link else piece
                count = known(base)
                if count:
                    walk(end, (*parts, base), product * count)

    walk(0, (), 1.0)
    return found
