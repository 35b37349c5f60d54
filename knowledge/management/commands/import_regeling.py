"""``manage.py import_regeling``: legal texts from files, folders and zips."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from knowledge.regelingen import files, intake, services


class Command(BaseCommand):
    help = (
        "Neem regelingen op uit CVDR-, BWB-, Gemeenteblad- of Staatsblad-XML of DOCX, een "
        "map of een zip, of met hun nummer uit overheid.nl. Nog een keer draaien mag: alleen een andere tekst wordt een versie."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="*")
        parser.add_argument(
            "--fetch", action="append", default=[], metavar="NUMMER",
            help="haal op uit overheid.nl, zoals CVDR718456 of BWBR0035303",
        )  # fmt: skip
        parser.add_argument("--publish", action="store_true", help="meteen openbaar")
        parser.add_argument("--json", action="store_true")

    def handle(
        self,
        *args: Any,
        path: list[str],
        fetch: list[str],
        publish: bool,
        **options: Any,
    ) -> None:
        rows = []
        for number in fetch:
            for row in intake.take_number(number, publish=publish):
                rows.append(row)
                self.stderr.write(f"{row['result']}: {row['path']}")
        for given in path:
            try:
                for found in files.find(Path(given)):
                    rows.append(intake.take(found, publish=publish))
                    self.stderr.write(f"{rows[-1]['result']}: {found.path}")
            except OSError as error:
                raise CommandError(
                    f"{given} is niet te lezen: {error.strerror}.", returncode=2
                ) from error
        if options["json"]:
            _write(rows)
        else:
            for row in rows:
                self._tell(row)
        bad = sum(row["result"] == services.Result.GEWEIGERD for row in rows)
        if not rows:
            raise CommandError("Er zijn geen bestanden gevonden.", returncode=2)
        if bad:
            raise CommandError(
                f"{bad} van {len(rows)} bestanden geweigerd.", returncode=1
            )

    def _tell(self, row: dict[str, Any]) -> None:
        kept = row["chars_kept"] / row["chars_in"] if row["chars_in"] else 0
        about = f"{row['title']}: {row['articles']} artikelen, {kept:.1%} van de tekst"
        self.stdout.write(f"{row['path']}: {row['result']}")
        if row["title"]:
            self.stdout.write(f"  {about}")
        for warning in row["warnings"]:
            self.stdout.write(f"  - {warning}")


def _write(rows: list[dict[str, Any]]) -> None:
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
