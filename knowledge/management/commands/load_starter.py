"""``manage.py load_starter``: the starter content, all of it or nothing."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from knowledge.starter.loading import load


class Command(BaseCommand):
    help = "Laad de startinhoud. Overschrijft nooit wat een redacteur heeft veranderd."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load()
        except ExceptionGroup as group:
            for error in group.exceptions:
                self.stderr.write(str(error))
            raise CommandError(
                f"Niets geladen: {len(group.exceptions)} fouten in de startinhoud.",
                returncode=2,
            ) from None
        if options["verbosity"]:
            self.stderr.write(
                f"{report.made} nieuw, {report.updated} bijgewerkt, {report.unchanged} gelijk, {len(report.edited)} door de redactie veranderd"
            )
