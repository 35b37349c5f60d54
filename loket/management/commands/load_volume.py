"""``manage.py load_volume``: made-up questions to measure with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from loket import volume


class Command(BaseCommand):
    help = "Vul een proefinstallatie met verzonnen vragen, om op te meten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: Any, tickets: int, seed: int, **options: Any) -> None:
        if tickets < 1:
            raise CommandError("--tickets: geef een aantal vanaf 1.", returncode=2)
        with tqdm(total=tickets, unit=" vragen", mininterval=2) as bar:
            try:
                volume.fill(
                    count=tickets,
                    seed=seed,
                    progress=lambda made: bar.update(made - bar.n),
                )
            except volume.RealQuestions:
                raise CommandError(
                    "Hier staan vragen van echte mensen. Gebruik een lege installatie"
                    " (THUISLOKET_DATA=/een/andere/map).",
                    returncode=2,
                ) from None
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
