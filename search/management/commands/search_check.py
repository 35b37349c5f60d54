"""``manage.py search_check``: differences between database and index."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from search import services


class Command(BaseCommand):
    help = "Vergelijk database en zoekindex."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        differences = services.check()
        count = sum(len(keys) for keys in differences.values())
        json.dump(
            {"engine": "embedded", "differences": count, **differences},
            sys.stdout,
            ensure_ascii=False,
        )
        sys.stdout.write("\n")
        if count:
            sys.exit(1)
