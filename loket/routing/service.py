"""Routing with this installation's data: terms from the database, teams as rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import permissions
from core.models import Team, User
from experts.selectors import coordinated_teams
from knowledge.models import Aandachtsgroep, Thema
from loket.models import Routeterm
from search.analysis import terms
from search.analysis.bag import every_form

from .router import FRONTOFFICE, Route, RouteTerm, RoutingTable, route

CACHE_KEY = "loket.routetabel"


@dataclass(frozen=True)
class RoutedTeam:
    """The route as rows: teams, reasons, and the groups and themes that were named."""

    team: Team
    second: Team | None
    confidence: float
    reasons: tuple[str, ...]
    reasons_to_asker: tuple[str, ...]
    urgent: bool
    groups: list[Aandachtsgroep]
    themes: list[Thema]


def table() -> RoutingTable:
    """The routing table, kept for a minute so that a change by a coordinator counts soon."""
    found = cache.get(CACHE_KEY)
    if found is None:
        found = _build(list(Routeterm.objects.select_related("team")))
        cache.set(CACHE_KEY, found, 60)
    return found


def _build(rows: list[Routeterm]) -> RoutingTable:
    return RoutingTable.build(
        [
            RouteTerm.of(row.tekst, row.team.slug, row.soort, float(row.gewicht))
            for row in rows
            if row.team is not None and row.soort != Routeterm.Soort.DRINGEND
        ],
        [row.tekst for row in rows if row.soort == Routeterm.Soort.DRINGEND],
        dict(Team.objects.values_list("slug", "naam")),
    )


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
        reasons_to_asker=found.reasons_to_asker,
        urgent=found.urgent,
        groups=_named(text, list(Aandachtsgroep.objects.all())),
        themes=_named(text, list(Thema.objects.all())),
    )


def _named(text: str, words: list) -> list:
    """Vocabulary rows of which a name or other word stands in the text."""
    stems = every_form(text)
    found = []
    for row in words:
        for name in [row.naam, *row.andere_woorden]:
            needed = [t.stem for t in terms(name) if not t.is_stop]
            if needed and set(needed) <= stems:
                found.append(row)
                break
    return found


# -- terms, changed by coordinators --------------------------------------------------


def editable_teams(user: User) -> QuerySet[Team]:
    """The teams whose terms somebody may change: of a coordinator the own, of a beheerder all."""
    if permissions.in_group(user, permissions.BEHEERDER):
        return Team.objects.all()
    if permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS):
        return coordinated_teams(user)
    return Team.objects.none()


def _must_edit(user: User, team: Team) -> None:
    if not editable_teams(user).filter(pk=team.pk).exists():
        raise PermissionDenied(
            _("Alleen een coördinator van dit team of een beheerder verandert dit.")
        )


def _term(
    team: Team, tekst: str, gewicht: int, term: Routeterm | None = None
) -> Routeterm:
    """A term of a team as it would be saved; all terms of a team are of one kind.

    Raises ValidationError by field.
    """
    tekst = " ".join(tekst.lower().split())
    if not RouteTerm.of(tekst, team.slug, "", 1).stems:
        raise ValidationError({"tekst": _("Schrijf een woord van letters of cijfers.")})
    if gewicht not in (1, 2, 3):
        raise ValidationError({"gewicht": _("Kies hoe sterk het woord telt.")})
    others = Routeterm.objects.filter(team=team)
    kind = others.values_list("soort", flat=True).first() or Routeterm.Soort.ONDERWERP
    same = others.filter(tekst=tekst).first()
    if same is not None and same != term:
        raise ValidationError({"tekst": _("Dit woord staat al bij dit team.")})
    return Routeterm(
        pk=term.pk if term else None,
        tekst=tekst,
        soort=kind,
        team=team,
        gewicht=gewicht,
    )


@transaction.atomic
def save_term(
    *,
    user: User,
    team: Team,
    tekst: str,
    gewicht: int,
    term: Routeterm | None = None,
) -> Routeterm:
    """Add a term to a team, or change ``term``. Counts from the next question on.

    Raises PermissionDenied, or ValidationError by field.
    """
    _must_edit(user, team)
    row = _term(team, tekst, gewicht, term)
    row.save()
    _forget_table()
    return row


@transaction.atomic
def remove_term(*, user: User, team: Team, term: Routeterm) -> None:
    """Take a term of a team away."""
    _must_edit(user, team)
    Routeterm.objects.filter(pk=term.pk, team=team).delete()
    _forget_table()


def _forget_table() -> None:
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


def preview_term(
    text: str,
    *,
    team: Team,
    tekst: str,
    gewicht: int,
    term: Routeterm | None = None,
) -> tuple[Route, Route]:
    """The route of a text now, and as it would be with this term; nothing is saved.

    Raises ValidationError by field.
    """
    row = _term(team, tekst, gewicht, term)
    rows = list(Routeterm.objects.select_related("team"))
    changed = [other for other in rows if other.pk != row.pk]
    return route(text, _build(rows)), route(text, _build([*changed, row]))
