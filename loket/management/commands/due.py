"""``manage.py due FILE.tsv``: due times of the service clock, as one JSON document."""

import csv
import datetime
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from loket import feestdagen, klok


class Command(BaseCommand):
    help = "Reken antwoordtermijnen uit een tabel (kolommen id, start, minutes, pauses en note)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with open(file, encoding="utf-8", newline="") as handle:
                rows = list(
                    csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
                )
        except OSError as error:
            raise CommandError(
                f"{file} is niet te lezen: {error.strerror}.", returncode=2
            ) from error
        answers = []
        for line, row in enumerate(rows, 2):
            try:
                answers.append(_row(row))
            except (KeyError, ValueError, TypeError) as error:
                raise CommandError(f"{file}:{line}: {error}", returncode=2) from error
        json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")


def _row(row: dict[str, str]) -> dict[str, str]:
    start = datetime.datetime.fromisoformat(row["start"])
    pauses = []
    for part in filter(None, (row.get("pauses") or "").split(";")):
        begin, _, end = part.partition("/")
        pauses.append(
            (
                datetime.datetime.fromisoformat(begin),
                datetime.datetime.fromisoformat(end),
            )
        )
    closed = feestdagen.default_closed(
        range(start.year, start.year + 3),
        good_friday_off="gv=vrij" in (row.get("note") or ""),
    )
    result = klok.due(start, int(row["minutes"]), pauses, klok.Kalender(closed))
    return {
        "id": row["id"],
        "due": f"{result.at:%Y-%m-%dT%H:%M}",
        "sentence": result.sentence,
    }
