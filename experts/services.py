"""State changes of experts: who is in which team, what somebody knows, who is away."""

import datetime
from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions
from core.models import Team, User
from knowledge.models import Aandachtsgroep, Thema

from .models import Afwezigheid, Expertise, Teamlid


@transaction.atomic
def set_teams(
    *,
    actor: User,
    user: User,
    teams: Collection[Team],
    coordinator_of: Collection[Team],
) -> None:
    """Replace the teams of a member of staff; a coordinator is a member too."""
    permissions.must_manage(actor)
    wanted = {team.pk: False for team in teams}
    wanted |= {team.pk: True for team in coordinator_of}
    Teamlid.objects.filter(user=user).exclude(team__in=wanted).delete()
    for pk, coordinator in wanted.items():
        Teamlid.objects.update_or_create(
            user=user, team_id=pk, defaults={"coordinator": coordinator}
        )


@transaction.atomic
def set_expertise(
    *,
    actor: User,
    user: User,
    doelgroepen: Collection[Aandachtsgroep],
    themas: Collection[Thema],
    organisatie: str,
) -> Expertise:
    """Replace what a member of staff knows much about."""
    permissions.must_manage(actor)
    row, _made = Expertise.objects.update_or_create(
        user=user, defaults={"organisatie": organisatie}
    )
    row.doelgroepen.set(doelgroepen)
    row.themas.set(themas)
    return row


def _must_be_self_or_manage(actor: User, user: User) -> None:
    if actor.pk != user.pk and not permissions.in_group(actor, permissions.BEHEERDER):
        raise PermissionDenied(
            _("Alleen uzelf of een beheerder verandert uw afwezigheid.")
        )


@transaction.atomic
def add_absence(
    *,
    actor: User,
    user: User,
    van: datetime.date,
    tot_en_met: datetime.date,
    vervanger: User | None = None,
) -> Afwezigheid:
    """Add a period in which somebody takes no questions.

    Raises PermissionDenied, or ValidationError by field for an end that is past or
    before the start, and for a deputy who is the person herself.
    """
    _must_be_self_or_manage(actor, user)
    if tot_en_met < max(van, timezone.localdate()):
        raise ValidationError(
            {"tot_en_met": _("Kies een dag vanaf vandaag, en niet vóór de eerste dag.")}
        )
    if vervanger is not None and vervanger.pk == user.pk:
        raise ValidationError({"vervanger": _("Kies iemand anders.")})
    return Afwezigheid.objects.create(
        user=user, van=van, tot_en_met=tot_en_met, vervanger=vervanger
    )


@transaction.atomic
def remove_absence(*, actor: User, row: Afwezigheid) -> None:
    """Take a period away: the person is there after all."""
    _must_be_self_or_manage(actor, row.user)
    row.delete()
