"""``manage.py create_groups``: the six staff groups and what editors may do."""

from typing import Any

from django.core.management import BaseCommand

from core.services import ensure_groups
from knowledge.services import ensure_editorial


class Command(BaseCommand):
    help = "Maak de zes groepen van medewerkers; mag opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        groups = ensure_groups()
        ensure_editorial(groups)
        self.stderr.write(", ".join(groups))
