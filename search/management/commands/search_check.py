"""``manage.py search_check``: differences between database and index."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from search import services
from search.management.engine_option import engine_named


class Command(BaseCommand):
    help = "Vergelijk database en zoekindex."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, engine: str | None, **options: Any) -> None:
        chosen = engine_named(engine)
        differences = services.check(chosen)
        count = sum(len(keys) for keys in differences.values())
        json.dump(
            {"engine": chosen.name, "differences": count, **differences},
            sys.stdout,
            ensure_ascii=False,
        )
        sys.stdout.write("\n")
        if count:
            sys.exit(1)
