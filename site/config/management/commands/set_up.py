"""``manage.py set_up``: groups, municipalities, teams, starter content, index."""

from typing import Any

from django.core.management import BaseCommand

from config.setup import set_up


class Command(BaseCommand):
    help = "Zet gemeenten, rollen, teams en startinhoud klaar; mag opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        from search.services import rebuild

        set_up(lambda line: self.stderr.write(line))
        rebuild()
