"""``manage.py find``: search from the command line, as one JSON document."""

import csv
import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from core.models import User
from core.person import ANONYMOUS, Person
from search.documents import SearchQuery, SearchResults
from search.management.engine_option import engine_named
from search.services import find


class Command(BaseCommand):
    help = 'Zoek in de index: find "vraag" of find --file F.tsv (kolommen id en text).'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?")
        parser.add_argument("--file")
        parser.add_argument("--kind", action="append", default=[])
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"])
        parser.add_argument("--as", dest="user", help="e-mailadres van een medewerker")
        parser.add_argument("--json", action="store_true")

    def handle(
        self,
        *args: Any,
        query: str | None,
        file: str | None,
        kind: list[str],
        limit: int,
        engine: str | None,
        user: str | None,
        **options: Any,
    ) -> None:
        if (query is None) == (file is None):
            raise CommandError(
                "Geef een zoekvraag, of --file met een tabel.", returncode=2
            )
        person = self._person(user)
        self._engine = engine_named(engine)
        if query is not None:
            answer: Any = self._one(query, kind, limit, person)
        else:
            answer = [
                {"id": row_id, **self._one(text, kind, limit, person)}
                for row_id, text in self._rows(str(file))
            ]
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")

    def _person(self, email: str | None) -> Person:
        if email is None:
            return ANONYMOUS
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            raise CommandError(
                f"Er is geen medewerker met het adres {email}.", returncode=2
            )
        return Person(user=user)

    def _rows(self, name: str) -> list[tuple[str, str]]:
        try:
            with open(name, encoding="utf-8", newline="") as handle:
                reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
                if not {"id", "text"} <= set(reader.fieldnames or []):
                    raise CommandError(
                        f"{name}:1: de kolommen id en text ontbreken.", returncode=2
                    )
                return [(row["id"], row["text"] or "") for row in reader]
        except OSError as error:
            raise CommandError(
                f"{name} is niet te lezen: {error.strerror}.", returncode=2
            ) from error

    def _one(
        self, text: str, kinds: list[str], limit: int, person: Person
    ) -> dict[str, Any]:
        began = time.perf_counter()
        filters = {"soort": tuple(kinds)} if kinds else {}
        audiences = ("public", "loket") if person.user else ("public",)
        results = find(
            SearchQuery(
                text=text, filters=filters, per_page=limit, audiences=audiences
            ),
            person,
            engine=self._engine,
        )
        took_ms = round((time.perf_counter() - began) * 1000, 2)
        return as_json(results, self._engine.name, took_ms)


def as_json(results: SearchResults, engine: str, took_ms: float) -> dict[str, Any]:
    """The shape of docs: interfaces that others rely on."""
    return {
        "query": results.query.text,
        "engine": engine,
        "total": results.total,
        "took_ms": took_ms,
        "corrected": results.corrected,
        "citation": _citation(results),
        "confident": results.confident,
        "hits": [
            {
                "rank": hit.rank,
                "kind": hit.kind,
                "url": hit.section.url,
                "title": hit.title,
                "section": hit.section.heading,
                "snippet": hit.snippet.replace("<mark>", "").replace("</mark>", ""),
                "score": hit.score,
                "why": list(hit.why),
            }
            for hit in results.hits
        ],
        "facets": {
            name: [
                {"value": v.value, "label": v.label, "count": v.count} for v in values
            ]
            for name, values in results.facets.items()
        },
    }


def _citation(results: SearchResults) -> dict[str, str | None] | None:
    found = results.citation
    if found is None:
        return None
    return {
        "regeling": found.regeling,
        "artikel": found.artikel,
        "lid": found.lid,
        "onderdeel": found.onderdeel,
    }
