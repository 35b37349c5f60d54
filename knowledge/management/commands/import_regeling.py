"""``manage.py import_regeling``: legal texts from files, folders and zips."""

import json
import logging
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from knowledge.regelingen import files, services
from knowledge.regelingen.imports import Import, refused
from knowledge.regelingen.tree import artikelen

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Neem regelingen op uit CVDR-, BWB-, Gemeenteblad- of Staatsblad-XML of DOCX, een "
        "map of een zip. Nog een keer draaien mag: alleen een andere tekst wordt een versie."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+")
        parser.add_argument("--publish", action="store_true", help="meteen openbaar")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *args: Any, path: list[str], publish: bool, **options: Any
    ) -> None:
        rows = []
        for given in path:
            try:
                for found in files.find(Path(given)):
                    rows.append(_take(found, publish))
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


def _take(found: files.File, publish: bool) -> dict[str, Any]:
    """Read and store one file; whatever it holds, the others go on."""
    imported = refused("niet gelezen", found.refusal)
    try:
        if not found.refusal:
            imported = files.read(found.data, found.path)
        stored = services.store(imported=imported, publish=publish)
    except Exception:
        logger.exception("import of %s failed", found.path)
        told = "Het bestand is niet te verwerken. De fout staat in het logboek."
        imported = refused(imported.form, told)
        stored = services.Stored(services.Result.GEWEIGERD, warnings=(told,))
    return _row(found.path, imported, stored)


def _row(path: str, imported: Import, stored: services.Stored) -> dict[str, Any]:
    text = imported.regeling
    articles = artikelen(text) if text else []
    return {
        "path": path,
        "form": imported.form,
        "id": text.id if text else "",
        "title": text.title if text else "",
        "versions": list(stored.versions),
        "articles": len(articles),
        "article_numbers": [p.node.number for p in articles if p.node.number],
        "chars_in": imported.chars_in,
        "chars_kept": imported.chars_kept,
        "warnings": list(stored.warnings),
        "result": stored.result.value,
    }
