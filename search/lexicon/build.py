"""Make woorden.tsv from a word list and texts, both at hand on the machine:

    python -m search.lexicon.build --words /usr/share/dict/dutch TEXT…

The word list is OpenTaal's (Debian package wdutch; BSD or CC BY 3.0), the frequencies are
counted in the texts given: statutes (free of copyright, Auteurswet art. 11) and our own
starter content. Kept are words that are no compound by the table so far, and are counted
in the texts or at most MAX_UNSEEN letters long. Texts are .md, .yaml or .jsonl(.gz).
"""

import argparse
import collections
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from search import lexicon
from search.analysis.normalise import fold
from search.analysis.split import cover_of
from search.analysis.tokenise import tokenise

MIN_LENGTH, MAX_LENGTH, MAX_UNSEEN = 3, 20, 12
SUFFIXES = (".md", ".yaml", ".jsonl", ".gz")
OWN_WEIGHT = 5


def lines(path: Path) -> Iterator[str]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.suffix in SUFFIXES:
            opener = gzip.open if file.suffix == ".gz" else open
            with opener(file, "rt", encoding="utf-8") as handle:
                yield from handle


def counted(paths: list[Path]) -> collections.Counter[str]:
    counts: collections.Counter[str] = collections.Counter()
    for path in paths:
        weight = OWN_WEIGHT if path.is_dir() else 1
        for line in lines(path):
            for token in tokenise(line):
                counts[token.text] += weight
    return counts


def listed(path: Path) -> set[str]:
    """Folded lower-case words of a list, one on each line."""
    words = path.read_text(encoding="utf-8").split()
    kept = {fold(word) for word in words if word.isalpha() and word[0].islower()}
    return {word for word in kept if MIN_LENGTH <= len(word) <= MAX_LENGTH}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="search.lexicon.build")
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("texts", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    counts = counted(options.texts)
    table = {word: counts[word] + 1 for word in listed(options.words)}
    kept = {
        word: count
        for word, count in table.items()
        if (count > 1 or len(word) <= MAX_UNSEEN) and not cover_of(word, table)
    }
    target = lexicon.FOLDER / "woorden.tsv"
    target.write_text(
        "".join(
            f"{word}\t{count}\n" if count > 1 else f"{word}\n"
            for word, count in sorted(kept.items())
        ),
        encoding="utf-8",
    )
    print(f"{len(kept)} woorden, {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
