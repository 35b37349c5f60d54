"""The judged searches over the content of this installation, as a visitor asks them."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from search.documents import SearchHit, SearchQuery, SearchResults
from search.engines.base import SearchEngine
from search.services import find

from . import measures
from .trec import FileFault, Qrels, Run, read_qrels

DEPTH = 100
NO_ANSWER = ("geen", "noanswer")
# Half b is held out: it is measured, and never looked at to choose weights.
HELD_OUT = "b"
TOP = 3


@dataclass(frozen=True)
class Judged:
    """A query with its need, class and half ('a' to tune on, 'b' held out)."""

    id: str
    text: str
    kind: str
    half: str = ""
    need: str = ""


@dataclass(frozen=True)
class Expected:
    """A query with what title, section or snippet of a right page looks like."""

    id: str
    text: str
    kind: str
    pattern: re.Pattern[str] | None


@dataclass(frozen=True)
class Judgements:
    """queries.tsv, qrels.txt and invariants.tsv of one folder."""

    queries: tuple[Judged, ...]
    qrels: Qrels
    invariants: tuple[tuple[str, str], ...]


@dataclass
class Report:
    """What was found. claimed: query → whether the search dared to claim an answer."""

    run: Run = field(default_factory=dict)
    values: measures.Values = field(default_factory=dict)
    claimed: dict[str, bool] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)


def read_judgements(folder: Path) -> Judgements:
    return Judgements(
        tuple(
            Judged(row["id"], row["text"], row["class"], row["half"], row["need"])
            for row in _table(folder / "queries.tsv", "id need class half text")
        ),
        read_qrels(folder / "qrels.txt"),
        tuple(
            (row["text"], row["docid"])
            for row in _table(folder / "invariants.tsv", "text docid")
        ),
    )


def read_expected(path: Path) -> list[Expected]:
    """A table of id, kind, query and expect; an empty expect: nothing to be claimed."""
    return [
        Expected(
            row["id"],
            row["query"],
            row["kind"],
            re.compile(row["expect"], re.IGNORECASE) if row["expect"] else None,
        )
        for row in _table(path, "id kind query expect")
    ]


def _table(path: Path, columns: str) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not set(columns.split()) <= set(reader.fieldnames or ()):
                raise FileFault(f"{path}:1: verwacht de kolommen {columns}.")
            return [{k: v or "" for k, v in row.items() if k} for row in reader]
    except OSError as error:
        raise FileFault(f"{path}: {error.strerror}.") from None


def docid(hit: SearchHit) -> str:
    """'<soort>/<slug>', as the judgements name a page or a term."""
    return f"{hit.kind}/{hit.url.rstrip('/').rpartition('/')[2]}"


def _found(text: str, engine: SearchEngine | None, count: int) -> SearchResults:
    return find(SearchQuery(text=text, per_page=count), engine=engine)


def measure(judgements: Judgements, engine: SearchEngine | None = None) -> Report:
    """Ask every judged query and every invariant."""
    report = Report()
    for query in judgements.queries:
        results = _found(query.text, engine, DEPTH)
        report.run[query.id] = [docid(hit) for hit in results.hits]
        report.claimed[query.id] = results.confident and bool(results.hits)
        report.took_ms.append(results.took_ms)
    asked = {query.id for query in judgements.queries}
    qrels = {query: own for query, own in judgements.qrels.items() if query in asked}
    report.values = measures.per_query(qrels, report.run)
    for text, wanted in judgements.invariants:
        top = [docid(hit) for hit in _found(text, engine, TOP).hits]
        if wanted not in top:
            report.broken.append(f"{text} → {wanted} (nu: {', '.join(top) or 'niets'})")
    return report


@dataclass
class ExpectedReport:
    """Of each query whether it was met, and whether an answer was claimed."""

    met: dict[str, bool] = field(default_factory=dict)
    claimed: dict[str, bool] = field(default_factory=dict)


def measure_expected(
    rows: Iterable[Expected], engine: SearchEngine | None = None
) -> ExpectedReport:
    """Whether what is expected stands in the first three, in what a reader sees."""
    report = ExpectedReport()
    for row in rows:
        results = _found(row.text, engine, TOP)
        report.claimed[row.id] = results.confident and bool(results.hits)
        if row.pattern is not None:
            report.met[row.id] = any(row.pattern.search(seen(h)) for h in results.hits)
    return report


def seen(hit: SearchHit) -> str:
    """Title, section and snippet of a hit as plain text."""
    snippet = hit.snippet.replace("<mark>", "").replace("</mark>", "")
    return "\n".join((hit.title, hit.section.heading, html.unescape(snippet)))


def share(flags: Iterable[bool]) -> float:
    """How many of these are true, from 0 to 1; 0 for none at all."""
    values = [float(flag) for flag in flags]
    return fmean(values) if values else 0.0
