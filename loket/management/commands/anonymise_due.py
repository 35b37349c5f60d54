"""``manage.py anonymise_due``: make anonymous and delete what was kept long enough."""

import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from loket.services import privacy


def _show(bar: tqdm, made: int) -> None:
    bar.update(made - bar.n)


class Command(BaseCommand):
    help = (
        "Maak afgeronde vragen anoniem en verwijder wat lang genoeg is bewaard."
        " Afbreken mag: een volgende keer gaat verder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit", type=int, metavar="N", help="hoogstens N vragen van elk"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="alleen tellen wat aan de beurt is"
        )

    def handle(
        self, *args: Any, limit: int | None, dry_run: bool, **options: Any
    ) -> None:
        if limit is not None and limit < 1:
            raise CommandError("--limit: geef een aantal vanaf 1.", returncode=2)
        now = timezone.now()
        due = {
            "anoniem maken": privacy.due_to_anonymise(now).count(),
            "verwijderen": privacy.due_to_delete(now).count(),
        }
        if dry_run:
            for name, count in due.items():
                self.stdout.write(f"{name}: {count}")
            return
        for name, act in (
            ("anoniem maken", privacy.anonymise_due),
            ("verwijderen", privacy.delete_due),
        ):
            with tqdm(
                total=due[name],
                unit=" vragen",
                desc=name,
                file=sys.stderr,
                mininterval=2,
            ) as bar:
                done = act(
                    now=now,
                    limit=limit,
                    progress=partial(_show, bar),
                )
            self.stdout.write(f"{name}: {done}")
        for name, count in privacy.remove_old(now=now).items():
            self.stdout.write(f"{name}: {count}")
