"""What reading and keeping a legal text costs, beside lxml that only finds its words.

``.venv/bin/python tests/benchmarks/regelingen.py``. The baseline parses the same bytes and
joins all text, which is the least that any reader does.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from lxml import etree  # noqa: E402

from knowledge.regelingen import tree_json, xml  # noqa: E402
from knowledge.regelingen.tree import artikelen  # noqa: E402

ARTIKEL = (
    "<artikel><kop><label>Artikel</label><nr>{n}</nr><titel>Aanvraag {n}</titel></kop>"
    '<lijst><li nr="1."><al>Het college beslist binnen acht weken, als:</al></li>'
    '<li nr="a."><al>alle gegevens er zijn; en</al></li>'
    '<li nr="b."><al>het advies, bedoeld in artikel {n}, er is.</al></li>'
    '<li nr="2."><al>Het college kan de termijn eenmaal verlengen.</al></li></lijst></artikel>'
)
EXPLAINED = "<al><vet>Artikel {n} Aanvraag {n}</vet></al><al>De termijn sluit aan bij de wet.</al>"


def ordinance(count: int) -> bytes:
    articles = "".join(ARTIKEL.format(n=n) for n in range(1, count + 1))
    explained = "".join(EXPLAINED.format(n=n) for n in range(1, count + 1))
    return (
        "<cvdr><body><intitule>Verordening</intitule><regeling><regeling-tekst>"
        f"{articles}</regeling-tekst></regeling><nota-toelichting>{explained}"
        "</nota-toelichting></body></cvdr>"
    ).encode()


def seconds(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> int:
    for count in (120, 1000):
        data = ordinance(count)
        regeling = xml.read(data, "x.xml").regeling
        assert regeling is not None
        kept = tree_json.to_json(regeling)
        least = seconds(lambda data=data: "".join(etree.fromstring(data).itertext()))
        rows: list[tuple[str, Callable[[], object]]] = [
            ("read", lambda data=data: xml.read(data, "x.xml")),
            ("to JSON", lambda regeling=regeling: tree_json.to_json(regeling)),
            ("from JSON", lambda kept=kept: tree_json.from_json(kept)),
            ("addresses", lambda regeling=regeling: artikelen(regeling)),
        ]
        print(
            f"{count} articles, {len(data) // 1024} kB; lxml alone {least * 1000:.1f} ms"
        )
        for name, act in rows:
            took = seconds(act)
            print(f"  {name:<10} {took * 1000:8.1f} ms  {took / least:6.1f} times lxml")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
