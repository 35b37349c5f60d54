"""What a comparison of two texts costs, beside difflib over the same pairs of articles.

``.venv/bin/python tests/benchmarks/vergelijken.py [--pairs]`` needs the folder of shared
data (or ``THUISLOKET_SHARED``). ``--pairs`` measures how well it compares instead, on all
340 pairs, and on as many of five to nine articles in which almost everything changes
('dicht') or of which most are twins ('verward'); of each a quarter over texts held out.
'categorie' is an artikel for each category, over texts on which nothing was tuned. The baseline is ``difflib``'s quick ratio of each article of the
left with each of the right, of which it takes the best: for 600 by 600 on a tenth of the
left, times ten.
"""

from __future__ import annotations

import difflib
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def difflib_best(left: list[str], right: list[str]) -> list[int]:
    best = []
    for text in left:
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(text.split())
        scores = []
        for other in right:
            matcher.set_seq1(other.split())
            scores.append(matcher.ratio())
        best.append(scores.index(max(scores)))
    return best


def quality() -> None:
    from tests.knowledge.regelingen.pairs import making, measuring, reading

    sources = [*reading.laws(), *reading.ordinances()]
    for name, out, count in (("afgesteld", False, 255), ("achtergehouden", True, 85)):
        some = [s for s in sources if making.held_out(s.name) is out]
        for form, make in (
            ("gewoon", making.pairs),
            ("dicht", making.dense_pairs),
            ("verward", making.tangled_pairs),
        ):
            pairs = list(make(some, count, seed=1))
            print(f"{name}, {form}: {len(pairs)} paren uit {len(some)} teksten")
            for label, compare in (
                ("ons", measuring.ours),
                ("gretige woordoverlap", measuring.greedy_word_overlap),
            ):
                print(f" {label}")
                for recipe, score in measuring.measure(pairs, compare).items():
                    print(f"  {recipe or 'alle':<16}{score}")

    pairs = list(making.category_pairs(reading.parsed(), 120, seed=11))
    print(f"achtergehouden, categorie: {len(pairs)} paren")
    for label, compare in (
        ("ons", measuring.ours),
        ("gretige woordoverlap", measuring.greedy_word_overlap),
    ):
        print(f" {label:<24}{measuring.measure(pairs, compare)['']}")


def main() -> int:
    from knowledge.regelingen.tree import artikelen, text_of
    from knowledge.regelingen.vergelijken.alignment import align
    from knowledge.regelingen.vergelijken.differences import differences
    from tests.knowledge.regelingen.pairs import making, reading

    if not reading.LAWS.exists():
        print(f"{reading.LAWS} is er niet: geen teksten om op te meten.")
        return 2
    if "--pairs" in sys.argv:
        quality()
        return 0
    law = max(reading.laws(), key=lambda source: len(source.articles))
    for size, limit, part in ((120, 2.0, 4), (600, 15.0, 60)):
        rng = random.Random(size)
        source = reading.Source(law.name, law.articles[: size + 40])
        made = making.Making(source, rng, size=size)
        made.begin()
        made.fresh = True
        for _ in range(size // 20):
            made.split()
            made.merge()
            made.move()
            made.insert()
            made.remove()
            made.edit()
            made.reword(0.8)
        pair = made.pair(law.name, "maat")
        took = seconds(lambda pair=pair: align(pair.left, pair.right))
        both = seconds(lambda pair=pair: differences(pair.left, pair.right))
        left = [text_of(p.node) for p in artikelen(pair.left)]
        right = [text_of(p.node) for p in artikelen(pair.right)]
        some = left[:: max(1, len(left) // (len(left) // part))]
        base = seconds(lambda: difflib_best(some, right)) * len(left) / len(some)  # noqa: B023
        print(
            f"{len(left)} tegen {len(right)} artikelen: koppelen {took:.2f} s "
            f"(ten hoogste {limit:.0f} s), {took / base:.4f} × difflib over dezelfde "
            f"paren ({base:.1f} s, uit {len(some)} artikelen); "
            f"met verschillen per lid {both:.2f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
