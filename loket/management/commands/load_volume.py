"""``manage.py load_volume``: made-up questions and pages to measure with."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from loket import volume, volume_documents
from search.services import rebuild


class Command(BaseCommand):
    help = "Vul een proefinstallatie met verzonnen vragen en pagina's, om op te meten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, metavar="N")
        parser.add_argument(
            "--documents", type=int, metavar="N", help="pagina's van tien secties"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(
        self,
        *args: Any,
        tickets: int | None,
        documents: int | None,
        seed: int,
        **options: Any,
    ) -> None:
        asked = {"--tickets": tickets, "--documents": documents}
        for name, count in asked.items():
            if count is not None and count < 1:
                raise CommandError(f"{name}: geef een aantal vanaf 1.", returncode=2)
        if tickets is None and documents is None:
            raise CommandError("Geef --tickets of --documents.", returncode=2)
        try:
            volume.refuse_beside_real()
        except volume.RealQuestions:
            raise CommandError(
                "Hier staan vragen van echte mensen. Gebruik een lege installatie"
                " (THUISLOKET_DATA=/een/andere/map).",
                returncode=2,
            ) from None
        if tickets:
            _fill(volume.fill, tickets, seed, "vragen")
        if documents:
            _fill(volume_documents.fill, documents, seed, "pagina's")
            sys.stderr.write("De zoekindex wordt gemaakt …\n")
            rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill(fill: Callable[..., None], count: int, seed: int, unit: str) -> None:
    with tqdm(total=count, unit=f" {unit}", mininterval=2) as bar:
        fill(count=count, seed=seed, progress=lambda made: bar.update(made - bar.n))
