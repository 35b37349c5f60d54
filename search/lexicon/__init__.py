"""What the analysis knows of Dutch words: committed tables, read once.

woorden.tsv         words with frequencies, for the splitter and the speller (build.py)
uitzonderingen.tsv  words that the frequencies split wrongly, or should not split
nooit_deel.txt      endings and particles that look like words and are no part
vormen.tsv          word → stem, and weak forms that may find it (huurder → huur)
stopwoorden.txt     words without a topic of their own
synoniemen.tsv      seed of the editors' synonyms
namen.txt           names of persons; a query with one is not counted (querylog.py)
"""

from functools import cache
from pathlib import Path

LEXICON_VERSION = 3
FOLDER = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """Fields of every line of a table that is no comment."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def frequencies() -> dict[str, int]:
    """Folded word → how often it was counted, at least 1."""
    return {row[0]: int(row[1]) if len(row) > 1 else 1 for row in rows("woorden.tsv")}


@cache
def exceptions() -> dict[str, tuple[tuple[str, str], ...]]:
    """Folded word → its parts, each with and without linking element; one part: whole."""
    found = {}
    for row in rows("uitzonderingen.tsv"):
        parts = row[1].split("|") if len(row) > 1 else row
        pairs = tuple((part.replace("+", ""), part.split("+")[0]) for part in parts)
        found["".join(piece for piece, _base in pairs)] = pairs
    return found


@cache
def never_parts() -> frozenset[str]:
    return frozenset(row[0] for row in rows("nooit_deel.txt"))


@cache
def forms() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Folded word → its stem and the weak stems that may find it too."""
    found = {}
    for row in rows("vormen.tsv"):
        weak = tuple(row[2].split(" ")) if len(row) > 2 else ()
        for word in row[0].split(" "):
            found[word] = (row[1], weak)
    return found


@cache
def stop_words() -> frozenset[str]:
    return frozenset(row[0] for row in rows("stopwoorden.txt"))
