"""Write words.tsv anew after a change of the analysis that is meant, and look at its diff:

    python -m tests.search.golden.make_words

Rows: word, stem, weaker forms, and 'ja' where a reader checked the row by hand (the
segmentation in compounds.tsv, or both forms in meet.tsv).
"""

import collections
import sys
from pathlib import Path

from search.analysis import fold, split, tokenise, word_forms

HERE = Path(__file__).parent
CONTENT = HERE.parents[2] / "knowledge/starter"
SIZE = 2400


def checked() -> set[str]:
    found = set()
    for line in (HERE / "compounds.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        word, *right = line.split("\t")
        parts = "|".join(piece for piece, _base in split(fold(word))) or fold(word)
        if parts in {fold(segmentation) for segmentation in right}:
            found.add(fold(word))
    for line in (HERE / "meet.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        for text in line.split("\t")[:2]:
            tokens = tokenise(text)
            if len(tokens) == 1:
                found.add(tokens[0].text)
    return found


def main() -> None:
    by_hand = checked()
    counts: collections.Counter[str] = collections.Counter()
    for path in sorted(CONTENT.rglob("*")):
        if path.suffix in (".md", ".yaml"):
            counts.update(
                t.text
                for t in tokenise(path.read_text(encoding="utf-8"))
                if len(t.text) > 3
            )
    common = [word for word, _count in counts.most_common(SIZE)]
    words = sorted({*by_hand, *common[: SIZE - len(by_hand)]})
    lines = ["woord\tstam\tzwakker\tnagekeken"]
    for word in words:
        stem, weaker = word_forms(word)
        lines.append(
            "\t".join([word, stem, " ".join(weaker), "ja" if word in by_hand else ""])
        )
    (HERE / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(words)} woorden, {len(by_hand)} nagekeken\n")


if __name__ == "__main__":
    main()
