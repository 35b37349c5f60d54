"""``manage.py search_rebuild``: a new index beside the old, then the switch."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from search import services
from search.management.engine_option import engine_named
from search.models import Document, Sectie


class Command(BaseCommand):
    help = "Maak de zoekindex opnieuw; lezers merken er niets van."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"])
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *args: Any, engine: str | None, dry_run: bool, **options: Any
    ) -> None:
        chosen = engine_named(engine)
        if dry_run:
            counts = {
                "documents": Document.objects.count(),
                "sections": Sectie.objects.count(),
                "removed": 0,
            }
        else:
            counts = services.rebuild(chosen if engine else None)
        json.dump({"engine": chosen.name, "dry_run": dry_run, **counts}, sys.stdout)
        sys.stdout.write("\n")
