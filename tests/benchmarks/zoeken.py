"""What searching costs at 100,000 sections, as ratios to baselines of the same run.

``DOCUMENTS=`` sets how many made-up pages of ten sections there are (10,000),
``ENGINES=embedded`` leaves Elasticsearch out. The table goes into docs/zoeken.md.

Raw engine: the requests of a search, with their facets, sent straight to the engine.
"""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.engines.base import EngineQuery, EngineResult, SearchEngine

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = int(os.environ.get("DOCUMENTS", "10000"))
BEGIN, END = "<!-- begin: make bench -->", "<!-- einde: make bench -->"
WARM = 40
PUBLISHED = 40
MEMORY = """
import django; django.setup()
import json, resource, sys
from search.documents import SearchQuery
from search.services import find
from django.urls import get_resolver
get_resolver().url_patterns
for text in json.load(sys.stdin):
    find(SearchQuery(text=text))
status = open("/proc/self/status").read()
print(int(status.partition("VmRSS:")[2].split()[0]) // 1024)
"""


@dataclass(frozen=True)
class Row:
    """A figure with what it is compared with. most, least: the bar, None without one."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None
    most: float | None = None
    least: float | None = None
    most_ratio: float | None = None

    @property
    def holds(self) -> bool:
        return not (
            (self.most is not None and self.value > self.most)
            or (self.least is not None and self.value < self.least)
            or (self.most_ratio is not None and (self.ratio or 0) > self.most_ratio)
        )

    def cells(self) -> tuple[str, ...]:
        bars = [
            f"≤ {self.most:g} {self.unit}" if self.most is not None else "",
            f"≥ {self.least:g} {self.unit}" if self.least is not None else "",
            f"≤ {self.most_ratio:g} ×" if self.most_ratio is not None else "",
        ]
        ratio = f"{self.ratio:.2f} × {self.baseline}" if self.ratio is not None else ""
        return (
            self.name,
            f"{self.value:,.1f} {self.unit}",
            ratio or self.baseline,
            " en ".join(filter(None, bars)),
            "" if self.holds else "BOVEN DE GRENS",
        )


def p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


class Recorded:
    """An engine that keeps the requests it gets and how long each took."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self.asked: list[EngineQuery] = []

    def search(self, query: EngineQuery) -> EngineResult:
        self.asked.append(query)
        return self.engine.search(query)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


def requests_of(engine: SearchEngine, texts: list[str]) -> list[list[EngineQuery]]:
    """Per search what it asks of the engine."""
    from search.documents import SearchQuery
    from search.services import find

    found = []
    for text in texts:
        recorded = Recorded(engine)
        find(SearchQuery(text=text), engine=recorded)  # type: ignore[arg-type]
        found.append(recorded.asked)
    return found


def search_rows(engine: SearchEngine, texts: list[str]) -> list[Row]:
    from search.documents import SearchQuery
    from search.services import find, plan_of
    from tests.baselines import timed_ms

    asked = dict(zip(texts, requests_of(engine, texts), strict=True))

    def raw(text: str) -> None:
        for query in asked[text]:
            engine.search(query)

    def whole(text: str) -> None:
        find(SearchQuery(text=text), engine=engine)

    for act in (raw, whole):
        timed_ms(act, texts[:WARM])
    straight = timed_ms(raw, texts)
    took = timed_ms(whole, texts)
    plans = timed_ms(lambda text: plan_of(SearchQuery(text=text)), texts)
    limit = 25.0 if engine.name == "embedded" else None
    base = f"machine kaal, p95 {p95(straight):.1f} ms"
    return [
        Row(f"{engine.name}: zoeken, mediaan", statistics.median(took), "ms", f"machine kaal, mediaan {statistics.median(straight):.1f} ms", statistics.median(took) / statistics.median(straight)),
        Row(f"{engine.name}: zoeken, p95", p95(took), "ms", base, p95(took) / p95(straight), most=limit, most_ratio=5),
        Row(f"{engine.name}: analyse en spelling, p95", p95(plans), "ms", base, p95(plans) / p95(straight), most_ratio=0.5),
    ]  # fmt: skip


def index_rows(engine: SearchEngine) -> list[Row]:
    """From stored sections to a committed index, against rows that are ready to add."""
    from search import indexing
    from search.models import Sectie
    from search.services import without_collector

    own = engine.beside()
    sections = Sectie.objects.count()
    raw_text = sum(
        len(" ".join(row).encode())
        for row in Sectie.objects.values_list("heading", "path", "text").iterator()
    )
    try:
        began = time.perf_counter()
        with without_collector():
            own.rebuild(indexing.all_indexed(Counter(), {}))
        rate = sections / (time.perf_counter() - began)
        rows = [
            Row(f"{engine.name}: hele index, secties per seconde", rate, "/s", f"{sections:,} secties", least=2000)
        ]  # fmt: skip
        if engine.name == "embedded":
            size = sum(f.stat().st_size for f in own.root.rglob("*") if f.is_file())  # type: ignore[attr-defined]
            rows.append(
                Row("embedded: grootte van de index", size / 1e6, "MB", f"ruwe tekst {raw_text / 1e6:.0f} MB", size / raw_text, most_ratio=1.0)
            )  # fmt: skip
    finally:
        own.remove()
    return rows


def published_row(engine: SearchEngine) -> Row:
    """From the end of a change in the database until a search finds it."""
    from core import outbox
    from knowledge.models import Begrip
    from search import services
    from search.documents import SearchQuery

    begrip = Begrip.objects.order_by("pk").first()
    assert begrip is not None
    took = []
    for number in range(PUBLISHED):
        word = f"proefwoord{chr(97 + number % 26)}{number}x"
        Begrip.objects.filter(pk=begrip.pk).update(kort=f"Een {word} om te vinden.")
        services.refresh_later("begrip", begrip.pk)
        began = time.perf_counter()
        outbox.drain()
        hits = services.find(SearchQuery(text=word, exact=True), engine=engine).hits
        took.append(time.perf_counter() - began)
        assert [hit.object_id for hit in hits[:1]] == [begrip.pk], word
    most = 1.0 if engine.name == "embedded" else 2.0
    return Row(
        f"{engine.name}: van verandering tot vindbaar, p95", p95(took), "s", most=most
    )


def memory_row(texts: list[str]) -> Row:
    """Resident memory of a process of its own after many searches."""
    import json

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}  # fmt: skip
    environment.pop("ELASTICSEARCH_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY],
        input=json.dumps(texts), env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Row(
        "embedded: geheugen van het webproces", float(done.stdout), "MB", most=500
    )


def wagtail_row(texts: list[str]) -> Row:
    from knowledge.models import KennisPagina
    from tests import baselines

    pages = KennisPagina.objects.live().count()
    own = baselines.wagtail(20)
    baselines.timed_ms(own, texts[:WARM])
    took = p95(baselines.timed_ms(own, texts))
    return Row(f"Wagtail, eigen zoeken ({pages} pagina's), p95", took, "ms")


def stock_row(texts: list[str], url: str) -> Row:
    from tests import baselines

    stock = baselines.stock_dutch(url, 20)
    baselines.timed_ms(stock, texts[:WARM])
    took = p95(baselines.timed_ms(stock, texts))
    return Row("Elasticsearch, analyzer 'dutch', zonder facetten, p95", took, "ms")


def took_row(engine: Any, texts: list[str], tantivy_p95: float) -> Row:
    """What the server itself says that a request takes, beside tantivy on the same plan."""
    took = []
    for asked in requests_of(engine, texts):
        answers = [
            engine._client.search(index=engine.live, **engine.request(query))
            for query in asked
        ]
        took.append(float(sum(answer["took"] for answer in answers)))
    return Row("elasticsearch: 'took', p95", p95(took), "ms", f"tantivy, p95 {tantivy_p95:.1f} ms", p95(took) / tantivy_p95, most=40, most_ratio=5)  # fmt: skip


def measure() -> list[Row]:
    from django.db import connection

    from loket import volume_documents
    from search.engines import engines
    from search.evaluation.content import read_judgements
    from search.models import Sectie
    from search.services import rebuild
    from tests.baselines import timed_ms
    from tests.relevance import JUDGEMENTS

    texts = list(
        dict.fromkeys(query.text for query in read_judgements(JUDGEMENTS).queries)
    )
    beside = [wagtail_row(texts)]
    volume_documents.fill(count=DOCUMENTS, seed=1, progress=lambda made: None)
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{Sectie.objects.count():,} secties, {len(texts)} zoekvragen, Python"
        f" {platform.python_version()}, {os.cpu_count()} kernen",
        flush=True,
    )
    rows: list[Row] = []
    own = sorted(engines(), key=lambda engine: engine.name != "embedded")
    for engine in own:
        rows += search_rows(engine, texts)
        rows.append(published_row(engine))
    asked = dict(zip(texts, requests_of(own[0], texts), strict=True))
    straight = timed_ms(lambda text: [own[0].search(q) for q in asked[text]], texts)
    rows += [took_row(engine, texts, p95(straight)) for engine in own[1:]]
    rows.append(memory_row(texts))
    for engine in own:
        rows += index_rows(engine)
    if url := os.environ.get("ELASTICSEARCH_URL"):
        beside.append(stock_row(texts, url))
    return rows + beside


def main() -> int:
    from tests.relevance import installation, into_doc, table

    with installation():
        rows = measure()
    text = table(
        (row.cells() for row in rows), ("Wat", "Waarde", "Verhouding", "Grens", "")
    )
    print(text)
    into_doc(text, begin=BEGIN, end=END)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    sys.exit(main())
