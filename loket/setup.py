"""What the desk needs to work: queues, routing terms, closing days. Safe to run again."""

from django.db import transaction
from django.utils import timezone

from core.models import Team

from . import feestdagen, ticketing
from .models import Routeterm, Sluitingsdag
from .routing.seed import seed

YEARS_AHEAD = 5


@transaction.atomic
def ensure_loket() -> None:
    """Queues per team; terms and holidays only where there are none yet for them."""
    teams = {team.slug: team for team in Team.objects.all()}
    for team in teams.values():
        ticketing.ensure_queue(team)
    if not Routeterm.objects.exists():
        data = seed()
        rows = [
            Routeterm(
                tekst=str(text), soort=row["soort"], team=teams[slug], gewicht=weight
            )
            for slug, row in data["teams"].items()
            for weight in (3, 2, 1)
            for text in row.get(weight) or []
        ]
        rows += [
            Routeterm(tekst=text, soort=Routeterm.Soort.DRINGEND)
            for text in data["dringend"]
        ]
        Routeterm.objects.bulk_create(rows, ignore_conflicts=True)
    year = timezone.localdate().year
    known = set(Sluitingsdag.objects.filter(team=None).values_list("datum", flat=True))
    for wanted in range(year - 1, year + YEARS_AHEAD + 1):
        for day, name in feestdagen.holidays_of(wanted).items():
            if day not in known:
                Sluitingsdag.objects.create(
                    datum=day, naam=name, vrij=feestdagen.OFF[name]
                )
