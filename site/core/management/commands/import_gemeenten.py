"""``manage.py import_gemeenten``: mail domains and inhabitants from a CSV file."""

import csv
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from core import services
from core.forms import GemeenteForm, add_errors
from core.models import Gemeente

# Column of the file → field of the form.
COLUMNS = {
    "maildomeinen": "mail_domains",
    "maildomeinen_bron": "mail_domains_bron",
    "inwoners": "inwoners",
    "inwoners_jaar": "inwoners_jaar",
    "inwoners_bron": "inwoners_bron",
}


class Command(BaseCommand):
    help = (
        "Lees maildomeinen en aantallen inwoners uit een CSV-bestand met de kolom code"
        f" (zoals GM0119) en een of meer van: {', '.join(COLUMNS)}."
        " Een lege cel laat staan wat er is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="bestand")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        report = [
            {"line": line, "code": row.get("code") or "", **self._take(row)}
            for line, row in self._rows(Path(file))
        ]
        refused = [row for row in report if row["result"] == "geweigerd"]
        if options["json"]:
            json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")
        for row in refused:
            self.stderr.write(f"{file}:{row['line']}: {row['code']}: {row['reason']}")
        self.stderr.write(
            f"{len(report) - len(refused)} gemeenten bijgewerkt, {len(refused)} geweigerd."
        )
        if refused:
            sys.exit(1)

    def _rows(self, path: Path) -> list[tuple[int, dict[str, str]]]:
        """Rows with their line number; a semicolon as separator is fine too."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as handle:
                head = handle.readline()
                handle.seek(0)
                reader = csv.DictReader(handle, delimiter=";" if ";" in head else ",")
                names = set(reader.fieldnames or [])
                if "code" not in names or not names & set(COLUMNS):
                    raise CommandError(
                        f"{path}:1: de kolom code en een of meer van {', '.join(COLUMNS)} zijn nodig.",
                        returncode=2,
                    )
                return [(reader.line_num, row) for row in reader]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(
                f"{path} is niet te lezen: {error}", returncode=2
            ) from error

    def _take(self, row: dict[str, str]) -> dict[str, str]:
        gemeente = Gemeente.objects.filter(code=(row.get("code") or "").strip()).first()
        if gemeente is None:
            return {"result": "geweigerd", "reason": "deze CBS-code is er niet"}
        known = GemeenteForm.initial_of(gemeente)
        typed = {
            field: cell
            for column, field in COLUMNS.items()
            if (cell := (row.get(column) or "").strip())
        }
        form = GemeenteForm({**known, **typed})
        if form.is_valid():
            try:
                services.set_gemeente_data(
                    actor=None, gemeente=gemeente, **form.cleaned_data
                )
            except ValidationError as error:
                add_errors(form, error)
        if form.errors:
            reasons = [str(line) for lines in form.errors.values() for line in lines]
            return {"result": "geweigerd", "reason": " ".join(reasons)}
        return {"result": "bijgewerkt", "reason": ""}
