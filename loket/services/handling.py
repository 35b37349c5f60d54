"""What staff do with a question: who has it, which team, which phase."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import permissions
from core.models import Team, User
from knowledge.choices import Fase
from loket import notices
from loket.models import Vraag
from loket.permissions import may_work_on
from loket.states import MEDEWERKER, OPEN, VraagStatus, target_of

from .parts import lock, must_work, record, refresh, resume_clock, set_status


@transaction.atomic
def take(*, user: User, vraag: Vraag) -> None:
    """Become the owner. Of two who claim at once one wins; the other gets ValidationError."""
    must_work(user, vraag)
    claimed = Vraag.objects.filter(pk=vraag.pk, owner=None, status__in=OPEN).update(
        owner=user
    )
    if not claimed:
        vraag.refresh_from_db()
        if vraag.owner_id == user.pk:
            return
        if vraag.status not in OPEN:
            raise ValidationError(_("Deze vraag is al afgerond."))
        raise ValidationError(
            _("%(naam)s heeft deze vraag net genomen.") % {"naam": vraag.owner}
        )
    vraag = lock(vraag)
    set_status(
        vraag,
        target_of("take", vraag.status, MEDEWERKER) or VraagStatus(vraag.status),
    )
    record(vraag, "take", _("%(naam)s is ermee bezig") % {"naam": user.name}, user=user)


@transaction.atomic
def give_back(*, user: User, vraag: Vraag) -> None:
    """Put an own question back on the pile of the team."""
    must_work(user, vraag)
    vraag = lock(vraag)
    if vraag.owner_id != user.pk and not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.BEHEERDER
    ):
        raise PermissionDenied(
            _("Alleen de behandelaar of de frontoffice legt een vraag terug.")
        )
    _return_to_pile(vraag)
    record(
        vraag,
        "give_back",
        _("Teruggelegd op de stapel van het team"),
        user=user,
        intern=True,
    )


def _return_to_pile(vraag: Vraag) -> None:
    vraag.owner = None
    vraag.save(update_fields=["owner"])
    target = target_of("give_back", vraag.status, MEDEWERKER)
    if target is None:
        raise ValidationError(_("Deze vraag is al afgerond."))
    set_status(vraag, target)


@transaction.atomic
def assign(*, user: User, vraag: Vraag, to: User) -> None:
    """Give a question to a colleague who may see it."""
    must_work(user, vraag)
    if not may_work_on(to, vraag):
        raise ValidationError(_("%(naam)s hoort niet bij dit team.") % {"naam": to})
    vraag = lock(vraag)
    target = target_of("assign", vraag.status, MEDEWERKER)
    if target is None:
        raise ValidationError(_("Deze vraag is al afgerond."))
    vraag.owner = to
    vraag.save(update_fields=["owner"])
    set_status(vraag, target)
    record(vraag, "assign", _("Toegewezen aan %(naam)s") % {"naam": to.name}, user=user)
    if to.pk != user.pk:
        notices.tell(vraag, [to], notices.ASSIGNED)


@transaction.atomic
def pass_on(*, user: User, vraag: Vraag, team: Team, reason: str) -> None:
    """Send a question to another team with a reason; the due time stays."""
    must_work(user, vraag)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Schrijf op waarom dit team de vraag krijgt.")}
        )
    vraag = lock(vraag)
    if target_of("pass_on", vraag.status, MEDEWERKER) is None:
        raise ValidationError(_("Deze vraag is al afgerond. Heropen hem eerst."))
    if team.pk == vraag.team_id:
        raise ValidationError(
            {"team": _("De vraag ligt al bij dit team. Kies een ander team.")}
        )
    before = vraag.team
    vraag.team, vraag.owner = team, None
    if vraag.tweede_team_id == team.pk:
        vraag.tweede_team = None
    vraag.route_redenen = [
        _("Doorgegeven door %(naam)s van team %(team)s: %(reden)s")
        % {"naam": user.name, "team": before.kort, "reden": reason.strip()[:300]}
    ]
    vraag.save(update_fields=["team", "tweede_team", "owner", "route_redenen"])
    resume_clock(vraag)
    set_status(vraag, VraagStatus.NIEUW)
    record(
        vraag,
        "pass_on",
        _("Naar team %(team)s") % {"team": team.naam},
        user=user,
        data={"van": before.slug, "naar": team.slug, "reden": reason.strip()[:300]},
    )
    record(
        vraag,
        "pass_on_reason",
        _("Reden: %(reden)s") % {"reden": reason.strip()[:400]},
        user=user,
        intern=True,
    )
    notices.tell_team(vraag, team, notices.NEW, but=user)
    refresh(vraag)


@transaction.atomic
def change_phase(*, user: User, vraag: Vraag, fase: str) -> None:
    """Say in which phase of its policy the asker is; empty when that is not known."""
    must_work(user, vraag)
    if fase and fase not in Fase.values:
        raise ValidationError({"fase": _("Kies een fase uit de lijst.")})
    vraag = lock(vraag)
    vraag.fase = fase
    vraag.save(update_fields=["fase"])
    record(
        vraag,
        "change_phase",
        _("Fase: %(fase)s") % {"fase": vraag.get_fase_display() or _("onbekend")},
        user=user,
        intern=True,
    )


@transaction.atomic
def return_all_of(*, user: User) -> int:
    """Open questions of somebody who no longer treats questions go back to the pile."""
    count = 0
    for vraag in Vraag.objects.filter(owner=user, status__in=OPEN):
        _return_to_pile(vraag)
        record(
            vraag,
            "give_back",
            _(
                "Teruggelegd op de stapel van het team: de behandelaar behandelt geen vragen meer"
            ),
            intern=True,
        )
        notices.tell_team(vraag, vraag.team, notices.NEW, but=user)
        count += 1
    return count
