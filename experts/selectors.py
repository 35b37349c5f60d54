"""Who is in which team, and who is there today."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

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


def absent_on(
    users: list[int], on: datetime.date | None = None
) -> dict[int, User | None]:
    """Who of these is away on a day (default today), with the deputy if there is one."""
    on = on or timezone.localdate()
    rows = Afwezigheid.objects.filter(
        user_id__in=users, van__lte=on, tot_en_met__gte=on
    ).select_related("vervanger")
    return {row.user_id: row.vervanger for row in rows}
