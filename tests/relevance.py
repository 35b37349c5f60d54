"""``make relevance``: what the search finds of every judged set, on every engine.

Fails below a floor, and when nDCG@10 of the own content drops by more than .01 (p < .05)
against the committed run. ``ENGINES=embedded`` leaves others out; ``--accept`` writes the
run that later ones are compared with. External sets are read from THUISLOKET_SHARED.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.engines.base import SearchEngine
    from search.evaluation.content import Report
    from search.evaluation.difference import Difference

ROOT = Path(__file__).resolve().parents[1]
JUDGEMENTS = ROOT / "tests" / "search" / "judgements"
BASELINE = JUDGEMENTS / "runs" / "eigen-inhoud.run"
SHARED = Path(os.environ.get("THUISLOKET_SHARED", ROOT.parent / "shared"))
SETS = SHARED / "data" / "search"
DOC = ROOT / "docs" / "zoeken.md"
BEGIN, END = "<!-- begin: make relevance -->", "<!-- einde: make relevance -->"
KEPT = 10
# Pages grow old and schemes close; what was judged is the content as it was on this day.
JUDGED_ON = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.UTC)

# Set → least nDCG@10, as the issue of the search has them.
EXTERNAL_FLOORS = {
    "artikelkoppen": 0.52,
    "hulpregister": 0.62,
    "behoeften kw": 0.50,
    "behoeften var": 0.50,
    "behoeften lay, oneven": 0.25,
    "behoeften typo": 0.48,
}
HELD_OUT_NDCG, HELD_OUT_TOP = 0.80, 0.90
EXPECTED = 0.90
ARTICLES_TOP = 0.90
FLAGGED, WRONGLY_FLAGGED = 0.80, 0.05


@dataclass(frozen=True)
class Line:
    """A row of the table. at_most: the floor is a ceiling."""

    name: str
    queries: int
    measure: str
    value: float
    floor: float | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool:
        if self.floor is None:
            return True
        # As printed: a floor is not missed by what no one can see.
        value = round(self.value, 3)
        return value <= self.floor if self.at_most else value >= self.floor

    def cells(self) -> tuple[str, ...]:
        sign = "≤" if self.at_most else "≥"
        floor = "" if self.floor is None else f"{sign} {self.floor:.2f}"
        return (
            self.name,
            str(self.queries),
            self.measure,
            f"{self.value:.3f}",
            floor,
            "" if self.holds else "ONDER DE GRENS",
        )


# -- own content -------------------------------------------------------------------


def own_report(engine: SearchEngine | None = None) -> Report:
    import time_machine

    from search.evaluation.content import measure, read_judgements

    with time_machine.travel(JUDGED_ON):
        return measure(read_judgements(JUDGEMENTS), engine)


def own_lines(report: Report) -> list[Line]:
    """The judged queries over the starter content: halves, classes, what is claimed."""
    from search.evaluation.content import HELD_OUT, NO_ANSWER, read_judgements, share
    from search.evaluation.measures import means

    judgements = read_judgements(JUDGEMENTS)
    judged = [query for query in judgements.queries if query.kind not in NO_ANSWER]
    lines = []
    for half in sorted({query.half for query in judged}):
        held = half == HELD_OUT
        ids = {query.id for query in judged if query.half == half}
        own = means(report.values, ids)
        name = f"eigen inhoud, helft {half}"
        lines += [
            Line(name, len(ids), "nDCG@10", own["ndcg@10"], HELD_OUT_NDCG if held else None),
            Line(name, len(ids), "goede pagina in de eerste 3", own["success@3"], HELD_OUT_TOP if held else None),
            Line(name, len(ids), "R@3", own["recall@3"]),
            Line(name, len(ids), "R@100", own["recall@100"]),
            Line(name, len(ids), "RR@10", own["rr@10"]),
            Line(name, len(ids), "niets gevonden", own["zero_results"]),
            Line(name, len(ids), "onbeoordeeld@10", own["unjudged@10"]),
        ]  # fmt: skip
    for kind in sorted({query.kind for query in judged}):
        for half in sorted({query.half for query in judged}):
            ids = {q.id for q in judged if (q.kind, q.half) == (kind, half)}
            own = means(report.values, ids)
            name = f"· {kind}, helft {half}"
            lines += [
                Line(name, len(ids), "nDCG@10", own["ndcg@10"]),
                Line(name, len(ids), "goede pagina in de eerste 3", own["success@3"]),
            ]
    silent = [q.id for q in judgements.queries if q.kind in NO_ANSWER]
    lines += [
        Line(
            "zonder antwoord",
            len(silent),
            "niet zeker",
            share(not report.claimed[query] for query in silent),
            FLAGGED,
        ),
        Line(
            "met antwoord",
            len(judged),
            "ten onrechte niet zeker",
            share(not report.claimed[query.id] for query in judged),
            WRONGLY_FLAGGED,
            at_most=True,
        ),
        Line(
            "vaste koppels",
            len(judgements.invariants),
            "in de eerste 3",
            1 - len(report.broken) / len(judgements.invariants),
            1.0,
        ),
    ]
    return lines


def beside(url: str) -> list[tuple[str, ...]]:
    """nDCG@10 and first three of what others find of the same pages, per half."""
    from search.evaluation import measures
    from search.evaluation.content import NO_ANSWER, read_judgements
    from tests import baselines

    judgements = read_judgements(JUDGEMENTS)
    others = {"Wagtail, eigen zoeken": baselines.wagtail()}
    if url:
        others["Elasticsearch, analyzer 'dutch'"] = baselines.stock_dutch(url)
    rows = []
    for name, search in others.items():
        run = {query.id: search(query.text) for query in judgements.queries}
        values = measures.per_query(judgements.qrels, run)
        for half in "ab":
            ids = {
                query.id
                for query in judgements.queries
                if query.half == half and query.kind not in NO_ANSWER
            }
            own = measures.means(values, ids)
            rows.append(
                (
                    name,
                    half,
                    f"{own['ndcg@10']:.3f}",
                    f"{own['success@3']:.3f}",
                    f"{own['zero_results']:.3f}",
                )
            )
    return rows


def expected_lines(engine: SearchEngine | None = None) -> list[Line]:
    """content.dev.tsv: what must be seen in the first three; articles come later."""
    from search.evaluation.content import (
        NO_ANSWER,
        measure_expected,
        read_expected,
        share,
    )

    rows = [
        row for row in read_expected(SETS / "content.dev.tsv") if row.kind != "article"
    ]
    report = measure_expected(rows, engine)
    lines = [
        Line("content.dev", len(report.met), "in de eerste 3", share(report.met.values()), EXPECTED)
    ]  # fmt: skip
    for kind in sorted({row.kind for row in rows if row.pattern}):
        own = [report.met[row.id] for row in rows if row.kind == kind and row.pattern]
        lines.append(Line(f"· {kind}", len(own), "in de eerste 3", share(own)))
    silent = [row.id for row in rows if row.kind in NO_ANSWER]
    lines.append(
        Line("· zonder antwoord", len(silent), "niet zeker", share(not report.claimed[i] for i in silent))
    )  # fmt: skip
    return lines


def article_lines(engine: SearchEngine | None = None) -> list[Line]:
    """Articles of the six invented ordinances, which are stored by then."""
    from search.evaluation.measures import means
    from tests.knowledge.regelingen import articles

    queries = articles.judged()
    values = articles.measure(engine)
    lines = []
    for half in sorted({query.half for query in queries}):
        ids = {query.id for query in queries if query.half == half}
        own = means(values, ids)
        name = f"artikelen, helft {half}"
        lines += [
            Line(name, len(ids), "R@3", own["recall@3"], ARTICLES_TOP),
            Line(name, len(ids), "nDCG@10", own["ndcg@10"]),
        ]
    for kind in sorted({query.kind for query in queries}):
        ids = {query.id for query in queries if query.kind == kind}
        recall = means(values, ids)["recall@3"]
        lines.append(Line(f"· {kind}", len(ids), "R@3", recall))
    return lines


def own_difference(report: Report) -> Difference | None:
    """Against the committed run; None when there is none yet."""
    from search.evaluation.difference import compare
    from search.evaluation.trec import read_run

    if not BASELINE.exists():
        return None
    qrels, after = _of_first_ten(report)
    return compare(qrels, read_run(BASELINE), after)


def _of_first_ten(report: Report) -> tuple[dict, dict]:
    """Qrels and run as far as they are committed; nDCG@10 needs no more."""
    from search.evaluation.content import read_judgements

    judgements = read_judgements(JUDGEMENTS)
    run = {query: found[:KEPT] for query, found in report.run.items()}
    return judgements.qrels, run


def write_baseline(report: Report) -> None:
    from search.evaluation.trec import write_run

    BASELINE.parent.mkdir(exist_ok=True)
    judged = {query: report.run[query] for query in report.values}
    write_run(BASELINE, judged, depth=KEPT)


# -- external sets -------------------------------------------------------------------


def external_lines(engine: SearchEngine) -> list[Line]:
    """Statute articles, help pages and municipal needs, each in an index of its own."""
    from search.evaluation import trec
    from search.evaluation.collection import collected, seeded_rules
    from search.evaluation.measures import means, per_query

    lines: list[Line] = []

    def add(name: str, values: dict, ids: set[str], speed: bool = False) -> None:
        own = means(values, ids)
        lines.extend(
            [
                Line(name, len(ids), "nDCG@10", own["ndcg@10"], EXTERNAL_FLOORS.get(name)),
                Line(name, len(ids), "RR@10", own["rr@10"]),
                Line(name, len(ids), "R@100", own["recall@100"]),
                Line(name, len(ids), "niets gevonden", own["zero_results"]),
                Line(name, len(ids), "onbeoordeeld@10", own["unjudged@10"]),
            ]
        )  # fmt: skip

    for documents, sets, blank in (
        ("bwb_articles.jsonl.gz", (("artikelkoppen", "bwb_headings"),), ("heading",)),
        ("bwb_articles.jsonl.gz", (("behoeften", "own_needs"),), ()),
        ("lohelp_nl.docs.jsonl.gz", (("hulpregister", "lohelp_nl"),), ()),
    ):
        articles = list(trec.read_articles(SETS / documents, blank=blank))
        with collected(articles, engine, seeded_rules()) as (collection, _seconds):
            for name, stem in sets:
                qrels = trec.read_qrels(SETS / f"{stem}.dev.qrels")
                queries = [
                    query
                    for query in trec.read_queries(SETS / f"{stem}.dev.queries.tsv")
                    if query.id in qrels
                ]
                values = per_query(qrels, collection.search(queries).run)
                kinds = sorted({query.kind for query in queries})
                for kind in kinds:
                    ids = {query.id for query in queries if query.kind == kind}
                    # Synonyms were written with the even ones in view, so of 'lay' only
                    # the odd ones have a floor; the set at hand may have none.
                    odd = {i for i in ids if int("".join(filter(str.isdigit, i))) % 2}
                    if kind == "lay" and odd:
                        add(f"{name} {kind}, oneven", values, odd)
                    else:
                        add(f"{name} {kind}".strip(), values, ids)
    return lines


# -- the whole -----------------------------------------------------------------------


@contextmanager
def installation() -> Iterator[None]:
    """A site with the starter content in a temporary folder; Elasticsearch if it starts."""
    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="thuisloket-relevantie-")
        )
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings.embedded",
            THUISLOKET_DATA=folder,
            THUISLOKET_DEMO="0",
            LOG_LEVEL="ERROR",
        )
        os.environ.pop("ELASTICSEARCH_URL", None)
        if "elasticsearch" in os.environ.get("ENGINES", "embedded elasticsearch"):
            from tests import elasticsearch

            if reason := elasticsearch.absent():
                print(f"Elasticsearch blijft weg: {reason}", flush=True)
            else:
                server = stack.enter_context(elasticsearch.running())
                os.environ["ELASTICSEARCH_URL"] = server.url
        import django

        django.setup()
        fill()
        yield


def fill() -> None:
    """Tables, starter content and index."""
    from django.core.management import call_command
    from wagtail.signal_handlers import disable_reference_index_auto_update

    from config.setup import set_up
    from search.services import rebuild

    call_command("migrate", verbosity=0, interactive=False)
    # Which page links to which is not looked at here, and costs half of the loading.
    with disable_reference_index_auto_update():
        set_up(lambda line: None)
    rebuild()


def table(rows: Iterable[tuple[str, ...]], heads: tuple[str, ...]) -> str:
    """A Markdown table with its columns in line."""
    every = [heads, *rows]
    widths = [max(len(row[n]) for row in every) for n in range(len(heads))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in every
    ]
    lines.insert(1, "| " + " | ".join("-" * w for w in widths) + " |")
    return "\n".join(lines)


def into_doc(text: str, path: Path = DOC, begin: str = BEGIN, end: str = END) -> None:
    """Put the text between its two marks in a document."""
    before, _mark, rest = path.read_text(encoding="utf-8").partition(begin)
    _old, mark, after = rest.partition(end)
    if mark:
        path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main(arguments: list[str]) -> int:
    with installation():
        return measure_all(accept="--accept" in arguments)


def measure_all(*, accept: bool) -> int:
    from search.engines import engines
    from search.evaluation.content import read_judgements
    from search.evaluation.difference import page
    from search.evaluation.trec import read_run

    columns: dict[str, list[Line]] = {}
    failed = False
    for engine in engines():
        report = own_report(engine)
        lines = own_lines(report)
        if (SETS / "content.dev.tsv").exists():
            lines += expected_lines(engine)
        if (SETS / "bwb_articles.jsonl.gz").exists():
            lines += external_lines(engine)
        else:
            print(f"De verzamelingen in {SETS} ontbreken; alleen eigen inhoud gemeten.")
        columns[engine.name] = lines
        for broken in report.broken:
            print(f"{engine.name}: koppel hoort in de eerste 3: {broken}")
        if difference := own_difference(report):
            print(
                f"{engine.name}: nDCG@10 op eigen inhoud {difference.of:+.4f}"
                f" ten opzichte van {BASELINE.relative_to(ROOT)} (p = {difference.p:.4f})"
            )
            failed |= difference.is_drop and not accept
            qrels, after = _of_first_ten(report)
            out = ROOT / "var" / f"relevantie-{engine.name}.html"
            out.parent.mkdir(exist_ok=True)
            texts = {q.id: q.text for q in read_judgements(JUDGEMENTS).queries}
            title = f"Zoeken, eigen inhoud, {engine.name}"
            out.write_text(
                page(difference, qrels, read_run(BASELINE), after, texts, title=title),
                encoding="utf-8",
            )
            print(f"Vragen die bewogen: {out.relative_to(ROOT)}")
        if accept and engine is engines()[-1]:
            write_baseline(report)
    # Last, so that they stand in nobody's way above.
    from core.outbox import drain
    from tests.knowledge.regelingen import articles

    articles.store_all()
    drain()
    for engine in engines():
        columns[engine.name] += article_lines(engine)
    failed |= any(not line.holds for lines in columns.values() for line in lines)
    text = table(
        _joined(columns), ("Verzameling", "Vragen", "Maat", *columns, "Grens", "")
    )
    heads = ("Ernaast, eigen inhoud", "Helft", "nDCG@10", "Goede pagina in de eerste 3", "Niets gevonden")  # fmt: skip
    text += "\n\n" + table(beside(os.environ.get("ELASTICSEARCH_URL", "")), heads)
    print(text)
    into_doc(text)
    return 1 if failed else 0


def _joined(columns: dict[str, list[Line]]) -> Iterator[tuple[str, ...]]:
    """One row for each measure, with a figure of each engine."""
    for lines in zip(*columns.values(), strict=True):
        name, queries, measure, _value, floor, fault = lines[0].cells()
        faults = [line.cells()[-1] for line in lines]
        yield (
            name,
            queries,
            measure,
            *(line.cells()[3] for line in lines),
            floor,
            next(filter(None, faults), fault),
        )


if __name__ == "__main__":
    # In the place of the folder of this script, whose elasticsearch.py is not the package.
    sys.path[:1] = [str(ROOT), str(ROOT / "site")]
    sys.exit(main(sys.argv[1:]))
