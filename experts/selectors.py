"""Who is in which team, and who is there today."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from core import permissions
from core.models import Team, User

from .models import Afwezigheid, Teamlid


def members(team: Team) -> QuerySet[User]:
    """Active members of a team."""
    return User.objects.filter(lidmaatschappen__team=team, is_active=True).order_by(
        "name"
    )


def team_ids(user: User) -> frozenset[int]:
    """Ids of the teams of a member of staff; read once per object."""
    cached = getattr(user, "_team_ids", None)
    if cached is None:
        cached = frozenset(
            Teamlid.objects.filter(user=user).values_list("team_id", flat=True)
        )
        user._team_ids = cached  # type: ignore[attr-defined]
    return cached


def coordinated_teams(user: User) -> QuerySet[Team]:
    """The teams of which a member of staff is coordinator."""
    return Team.objects.filter(leden__user=user, leden__coordinator=True)


def absent_on(
    users: list[int], on: datetime.date | None = None
) -> dict[int, User | None]:
    """Who of these is away on a day (default today), with the deputy if there is one."""
    on = on or timezone.localdate()
    rows = Afwezigheid.objects.filter(
        user_id__in=users, van__lte=on, tot_en_met__gte=on
    ).select_related("vervanger")
    return {row.user_id: row.vervanger for row in rows}


def absences(user: User) -> QuerySet[Afwezigheid]:
    """Periods of absence that are not over, first one first."""
    return (
        Afwezigheid.objects.filter(user=user, tot_en_met__gte=timezone.localdate())
        .select_related("vervanger")
        .order_by("van")
    )


def possible_deputies(user: User) -> QuerySet[User]:
    """Active colleagues who may work on questions, the person herself left out."""
    return (
        User.objects.filter(
            groups__name__in=permissions.WORKS_ON_QUESTIONS, is_active=True
        )
        .exclude(pk=user.pk)
        .distinct()
        .order_by("name")
    )
