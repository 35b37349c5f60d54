"""``manage.py check_starter [--spelling] [pad…]``: faults with file and line."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from knowledge.starter.checking import main


class Command(BaseCommand):
    help = "Controleer de startinhoud."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*")
        parser.add_argument("--spelling", action="store_true")

    def handle(
        self, *args: Any, paths: list[str], spelling: bool, **options: Any
    ) -> None:
        status = main([*paths, *(["--spelling"] if spelling else [])])
        if status:
            sys.exit(status)
