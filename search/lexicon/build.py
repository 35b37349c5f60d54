"""Make woorden.tsv: ``python -m search.lexicon.build TEKST… [--dictionary LIJST]``.

TEKST: text, Markdown or JSONL(.gz) files. Keeps words of 3-20 letters that occur at
least three times, most frequent first, at most 40,000.
"""

import collections
import gzip
import sys
from pathlib import Path

from search.analysis.tokenise import tokenise

MINIMUM, MAXIMUM = 3, 40_000


def main(paths: list[str]) -> None:
    counts: collections.Counter[str] = collections.Counter()
    for name in paths:
        path = Path(name)
        files = sorted(path.rglob("*.md")) if path.is_dir() else [path]
        for file in files:
            opener = gzip.open if file.suffix == ".gz" else open
            with opener(file, "rt", encoding="utf-8") as handle:
                for line in handle:
                    counts.update(
                        t.text
                        for t in tokenise(line)
                        if t.text.isalpha() and 3 <= len(t.text) <= 20
                    )
    kept = [(w, n) for w, n in counts.most_common(MAXIMUM) if n >= MINIMUM]
    target = Path(__file__).parent / "woorden.tsv"
    target.write_text(
        "".join(f"{word}\t{count}\n" for word, count in sorted(kept)), encoding="utf-8"
    )
    print(f"{len(kept)} woorden, {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
