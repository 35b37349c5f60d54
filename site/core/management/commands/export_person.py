"""``manage.py export_person EMAIL DIR``: a copy of all that is held of somebody."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from core.services import export_person


class Command(BaseCommand):
    help = "Schrijf alles wat van een vrager bewaard is naar een lege map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("map", type=Path)

    def handle(self, *args: Any, email: str, map: Path, **options: Any) -> None:
        try:
            counts = export_person(email=email, folder=map)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        except OSError as error:
            raise CommandError(
                f"{map} is niet te schrijven: {error.strerror}.", returncode=2
            ) from error
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(
            f"Geschreven in {map}. Geef de map alleen aan wie erom vroeg."
        )
