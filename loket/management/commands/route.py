"""``manage.py route``: which team would get a question, and why."""

import csv
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from loket.routing.service import route_text


class Command(BaseCommand):
    help = 'Zeg welk team een vraag krijgt: route "vraag" of route --file F.tsv (kolommen id en text).'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?")
        parser.add_argument("--file")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *args: Any, text: str | None, file: str | None, **options: Any
    ) -> None:
        if (text is None) == (file is None):
            raise CommandError("Geef een vraag, of --file met een tabel.", returncode=2)
        rows = [("1", text)] if text is not None else self._rows(str(file))
        answers = []
        for row_id, question in rows:
            found = route_text(str(question))
            answers.append(
                {
                    "id": row_id,
                    "team": found.team,
                    "second": found.second,
                    "confidence": found.confidence,
                    "reasons": list(found.reasons),
                }
            )
        json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")

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
