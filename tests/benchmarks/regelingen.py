"""What a legal text costs to read, keep, compare and show, beside what does the least.

``.venv/bin/python tests/benchmarks/regelingen.py``. For reading, keeping and comparing the
least is lxml that parses the same bytes and joins all text; for showing it is ``escape``
of all words, each in a paragraph. What a page costs with its queries is a row of
``make bench``.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from lxml import etree  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from knowledge.regelingen import lezen, rendering, tree_json, xml  # noqa: E402
from knowledge.regelingen.categorieen import lijst  # noqa: E402
from knowledge.regelingen.checklist import controleer  # noqa: E402
from knowledge.regelingen.tree import Regeling, artikelen, walk  # noqa: E402
from knowledge.regelingen.vergelijken.alignment import align  # noqa: E402

ARTIKEL = (
    "<artikel><kop><label>Artikel</label><nr>{n}</nr><titel>Aanvraag {n}</titel></kop>"
    '<lijst><li nr="1."><al>Het college beslist binnen acht weken, als:</al></li>'
    '<li nr="a."><al>alle gegevens er zijn; en</al></li>'
    '<li nr="b."><al>het advies, bedoeld in artikel {n}, er is.</al></li>'
    '<li nr="2."><al>Het college kan de termijn eenmaal verlengen.</al></li></lijst></artikel>'
)
EXPLAINED = "<al><vet>Artikel {n} Aanvraag {n}</vet></al><al>De termijn sluit aan bij de wet.</al>"


SLUGS = tuple(one.slug for one in lijst().categorieen)


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


def linked(regeling: Regeling) -> str:
    """With citations of the text itself and terms as links; those of others need queries."""
    return rendering.body(lezen.Linked(regeling, lambda wanted: {}))


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
            ("checklist", lambda regeling=regeling: controleer(regeling, SLUGS)),
        ]
        if count == 120:
            rows.append(("align", lambda regeling=regeling: align(regeling, regeling)))
        print(
            f"{count} articles, {len(data) // 1024} kB; lxml alone {least * 1000:.1f} ms"
        )
        for name, act in rows:
            took = seconds(act)
            print(f"  {name:<10} {took * 1000:8.1f} ms  {took / least:6.1f} times lxml")
        words = [
            line
            for placed in walk(regeling)
            for line in rendering.lines_of(placed.node)
        ]
        least = seconds(
            lambda words=words: "".join(f"<p>{escape(line)}</p>" for line in words)
        )
        print(f"  showing; escape alone {least * 1000:.1f} ms")
        rows = [
            (
                "render",
                lambda regeling=regeling: rendering.body(rendering.Plain(regeling)),
            ),
            ("with links", lambda regeling=regeling: linked(regeling)),
        ]
        for name, act in rows:
            took = seconds(act)
            print(
                f"  {name:<10} {took * 1000:8.1f} ms  {took / least:6.1f} times escape"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
