"""Routing with this installation's data: terms from the database, teams as rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from core.models import Team
from knowledge.models import Aandachtsgroep, Thema
from loket.models import Routeterm
from search.analysis import terms

from .router import FRONTOFFICE, Route, RouteTerm, RoutingTable, route

CACHE_KEY = "loket.routetabel"


@dataclass(frozen=True)
class RoutedTeam:
    """The route as rows: teams, reasons, and the groups and themes that were named."""

    team: Team
    second: Team | None
    confidence: float
    reasons: tuple[str, ...]
    urgent: bool
    groups: list[Aandachtsgroep]
    themes: list[Thema]


def table() -> RoutingTable:
    """The routing table, kept for a minute so that a change by a coordinator counts soon."""
    found = cache.get(CACHE_KEY)
    if found is None:
        rows = list(Routeterm.objects.select_related("team"))
        found = RoutingTable.build(
            [
                RouteTerm.of(row.tekst, row.team.slug, row.soort, float(row.gewicht))
                for row in rows
                if row.team is not None and row.soort != Routeterm.Soort.DRINGEND
            ],
            [row.tekst for row in rows if row.soort == Routeterm.Soort.DRINGEND],
            dict(Team.objects.values_list("slug", "naam")),
        )
        cache.set(CACHE_KEY, found, 60)
    return found


def route_text(text: str) -> Route:
    return route(text, table())


def route_question(text: str) -> RoutedTeam:
    """Route a question to existing teams; a team that is gone means the front office."""
    found = route_text(text)
    teams = {team.slug: team for team in Team.objects.all()}
    team = teams.get(found.team) or teams[FRONTOFFICE]
    return RoutedTeam(
        team=team,
        second=teams.get(found.second or ""),
        confidence=found.confidence,
        reasons=found.reasons,
        urgent=found.urgent,
        groups=_named(text, list(Aandachtsgroep.objects.all())),
        themes=_named(text, list(Thema.objects.all())),
    )


def _named(text: str, words: list) -> list:
    """Vocabulary rows of which a name or other word stands in the text."""
    stems = {form for term in terms(text) for form in (term.stem, *term.parts)}
    found = []
    for row in words:
        for name in [row.naam, *row.andere_woorden]:
            needed = [t.stem for t in terms(name) if not t.is_stop]
            if needed and set(needed) <= stems:
                found.append(row)
                break
    return found
