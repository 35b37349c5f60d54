"""``manage.py evaluate_search``: what the search finds of a judged collection, as JSON."""

import json
import statistics
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from search.engines.base import EngineUnavailable, SearchEngine
from search.evaluation import trec
from search.management.engine_option import engine_named

SHOWN = (
    "ndcg@10",
    "rr@10",
    "recall@3",
    "recall@100",
    "zero_results",
    "unjudged@10",
)


class Command(BaseCommand):
    help = "Meet de zoekfunctie op een beoordeelde verzameling, in een eigen index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--docs", type=Path, required=True, metavar="F.jsonl[.gz]")
        parser.add_argument("--queries", type=Path, required=True, metavar="F.tsv")
        parser.add_argument("--qrels", type=Path, required=True, metavar="F.qrels")
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"])
        parser.add_argument(
            "--blank", action="append", default=[], choices=trec.FIELDS,
            help="veld dat leeg in de index komt",
        )  # fmt: skip
        parser.add_argument(
            "--run", type=Path, metavar="OUT", help="schrijf een TREC-run"
        )
        parser.add_argument("--synonyms", choices=["seeded", "none"], default="seeded")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        chosen = engine_named(engine)
        try:
            answer = self._measured(chosen, **options)
        except trec.FileFault as error:
            raise CommandError(str(error), returncode=2) from None
        except EngineUnavailable as error:
            raise CommandError(
                f"De zoekmachine {chosen.name} antwoordt niet: {error}", returncode=2
            ) from None
        except DatabaseError as error:
            raise CommandError(
                f"De database is niet klaar; draai eerst: manage.py migrate ({error})",
                returncode=2,
            ) from None
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")

    def _measured(
        self,
        engine: SearchEngine,
        *,
        docs: Path,
        queries: Path,
        qrels: Path,
        blank: list[str],
        run: Path | None,
        synonyms: str,
        **options: Any,
    ) -> dict[str, Any]:
        try:
            from search.evaluation import measures
        except ImportError:
            raise CommandError(
                "Het pakket ir-measures ontbreekt; installeer requirements/dev.txt.",
                returncode=2,
            ) from None
        from search.evaluation.collection import collected, seeded_rules

        judged = trec.read_qrels(qrels)
        asked = [query for query in trec.read_queries(queries) if query.id in judged]
        if not asked:
            raise trec.FileFault(f"{qrels}: geen oordeel bij een vraag van {queries}.")
        articles = list(
            tqdm(
                trec.read_articles(docs, blank=blank),
                desc=docs.name,
                unit=" documenten",
                mininterval=2,
            )
        )
        rules = seeded_rules() if synonyms == "seeded" else []
        with collected(articles, engine, rules) as (collection, seconds):
            found = collection.search(
                tqdm(asked, desc=queries.name, unit=" vragen", mininterval=2)
            )
        if run is not None:
            trec.write_run(run, found.run)
        values = measures.per_query({q.id: judged[q.id] for q in asked}, found.run)

        def figures(ids: set[str]) -> dict[str, Any]:
            means = measures.means(values, ids)
            return {"queries": len(ids)} | {n: round(means[n], 4) for n in SHOWN}

        took = sorted(found.took_ms)
        return {
            "engine": engine.name,
            **figures({query.id for query in asked}),
            "by_class": {
                kind: figures({query.id for query in asked if query.kind == kind})
                for kind in sorted({query.kind for query in asked if query.kind})
            },
            "p50_ms": round(statistics.median(took), 2),
            "p95_ms": round(took[int(len(took) * 0.95)], 2),
            "index_docs_per_s": round(len(articles) / seconds, 1),
        }
