"""What the clock does by itself: remind a silent asker, close after long silence, and say
beforehand that an answer will be late.

Safe to run as often as one likes, late, or with a clock that jumped: each question gets at
most one step in a run, the next step keeps its distance from the one before, and every
step is written down in the transaction that sends its mail.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.templatetags.components import dag
from loket import klok, notices
from loket.models import Termijnbericht, Termijnregel, Vraag, Wachtperiode
from loket.states import ACTIVE, MEDEWERKER, SYSTEEM, VraagStatus, allowed, find
from loket.termijnen import kalender, local, nearly_late_before, rules

from .parts import (
    in_words,
    lock,
    mail_asker,
    must_work,
    record,
    refresh,
    resume_clock,
    set_status,
    tell_owner_or_team,
)

logger = logging.getLogger(__name__)
LIMIT = 500


def _each(pks: Iterable[int], step: Callable[[int], str]) -> dict[str, int]:
    """One transaction for each; what goes wrong with one does not stop the others."""
    counts: dict[str, int] = {}
    for pk in pks:
        try:
            with transaction.atomic():
                done = step(pk)
        except Exception:
            logger.exception("De klok kon vraag %s niet verwerken", pk)
            done = "mislukt"
        if done:
            counts[done] = counts.get(done, 0) + 1
    return counts


# -- silence ---------------------------------------------------------------------


def act_on_silence(*, now: datetime.datetime | None = None) -> dict[str, int]:
    """Remind askers who do not react, twice, and then close; returns counts by act."""
    moment, rule = now or timezone.now(), rules()
    waiting = list(
        Wachtperiode.objects.filter(
            end=None, start__lt=moment, vraag__status=VraagStatus.WACHT_OP_VRAGER
        )
        .order_by("start", "pk")
        .values_list("vraag_id", flat=True)
    )
    return _each(waiting, lambda pk: _silence(pk, moment, rule))


def _next_step(period: Wachtperiode, rule: Termijnregel) -> datetime.datetime:
    """When the next step is due. A step that came late pushes on those after it: the asker
    always gets the time between them."""
    days, taken, calendar = rule.silence_days, period.herinneringen, kalender()
    due = klok.add_days(local(period.start), days[taken], calendar)
    if taken and period.herinnerd_op:
        gap = max(1, days[taken] - days[taken - 1])
        due = max(due, klok.add_days(local(period.herinnerd_op), gap, calendar))
    return due


def _silence(pk: int, now: datetime.datetime, rule: Termijnregel) -> str:
    vraag = lock(Vraag(pk=pk))
    period = vraag.wachtperiodes.filter(end=None).first()
    if period is None or local(now) < _next_step(period, rule):
        return ""
    taken = period.herinneringen
    act = "remind" if taken < len(rule.silence_days) - 1 else "close_silent"
    row = find(act, vraag.status, SYSTEEM)
    # Claimed by the number of steps: of two at once one finds nothing to do.
    if row is None or not vraag.wachtperiodes.filter(
        pk=period.pk, end=None, herinneringen=taken
    ).update(herinneringen=taken + 1, herinnerd_op=now):
        return ""
    extra: dict[str, Any] = {"gevraagd_op": dag(timezone.localtime(period.start))}
    if act == "remind":
        words = _("Herinnering gestuurd: wij wachten op de vrager")
        if taken == len(rule.silence_days) - 2:
            period.herinneringen, period.herinnerd_op = taken + 1, now
            extra["sluit_op"] = dag(_next_step(period, rule).date())
    else:
        words = _("Gesloten: de vrager reageerde niet")
        resume_clock(vraag)
        set_status(vraag, VraagStatus.GESLOTEN)
    record(vraag, act, words)
    mail_asker(
        vraag,
        row.mail,
        message_key=f"vraag-{vraag.pk}-stilte-{period.pk}-{taken + 1}",
        extra=extra,
    )
    if act == "close_silent":
        tell_owner_or_team(vraag, notices.SILENT)
        refresh(vraag)
    return act


# -- late ------------------------------------------------------------------------


def tell_slips(*, now: datetime.datetime | None = None) -> dict[str, int]:
    """Warn staff before a due time, and tell the asker, once, before it passes.

    Returns counts by act; at most LIMIT questions of each in a run, the oldest first.
    """
    moment, rule = now or timezone.now(), rules()
    late_within = rule.later_uren * 60
    told = _without(
        Termijnbericht.Soort.LATER,
        OuterRef("clock_started_at"),
        nearly_late_before(moment, late_within),
    ).filter(pk__in=_warned())
    # Read before the warnings: who is warned in this run has until the next.
    pks = list(told.values_list("pk", flat=True)[:LIMIT])
    counts = _each(pks, lambda pk: _tell_asker(pk, moment))
    warn_within = rule.waarschuwing * klok.MINUTES_PER_DAY
    unwarned = _without(
        Termijnbericht.Soort.WAARSCHUWING,
        OuterRef("due_at"),
        nearly_late_before(moment, warn_within),
    )
    warned = _each(
        unwarned.values_list("pk", flat=True)[:LIMIT],
        lambda pk: _warn(pk, moment, warn_within),
    )
    return {**counts, **warned}


def _without(soort: str, over: Any, before: datetime.datetime) -> Any:
    """Active questions due before a moment, without this message about it."""
    sent = Termijnbericht.objects.filter(vraag=OuterRef("pk"), soort=soort, over=over)
    return Vraag.objects.filter(
        ~Exists(sent), status__in=ACTIVE, due_at__lt=before
    ).order_by("due_at", "pk")


def _warned() -> Any:
    return Termijnbericht.objects.filter(
        soort=Termijnbericht.Soort.WAARSCHUWING
    ).values("vraag")


def _once(
    vraag: Vraag,
    soort: str,
    over: datetime.datetime,
    user: User | None = None,
    verwacht_op: datetime.date | None = None,
) -> bool:
    """Write down that it is told; False when that was done before."""
    _row, made = Termijnbericht.objects.get_or_create(
        vraag=vraag,
        soort=soort,
        over=over,
        defaults={"user": user, "verwacht_op": verwacht_op},
    )
    return made


def _warn(pk: int, now: datetime.datetime, within: int) -> str:
    vraag = lock(Vraag(pk=pk))
    # Of a short promise half: a warning with the question itself warns of nothing.
    within = min(within, int(vraag.promised_minutes) // 2)
    if vraag.status not in ACTIVE or vraag.due_at >= nearly_late_before(now, within):
        return ""
    if not _once(vraag, Termijnbericht.Soort.WAARSCHUWING, vraag.due_at):
        return ""
    tell_owner_or_team(vraag, notices.NEARLY_LATE)
    return "warn"


def _tell_asker(pk: int, now: datetime.datetime) -> str:
    vraag = lock(Vraag(pk=pk))
    if not allowed("tell_later", vraag.status, SYSTEEM):
        return ""
    if not _once(vraag, Termijnbericht.Soort.LATER, vraag.clock_started_at):
        return ""
    record(vraag, "tell_later", _("Aan de vrager gemeld dat het antwoord later komt"))
    _mail_later(vraag, None)
    return "tell_later"


@transaction.atomic
def expect_later(*, user: User, vraag: Vraag, verwacht_op: datetime.date) -> None:
    """Tell the asker that the answer comes later, and by which day. What was promised
    stays written down; the pile keeps its order.

    Raises ValidationError for a day that is past, not after the promised one, closed, or
    when the asker was told before.
    """
    must_work(user, vraag)
    vraag = lock(vraag)
    row = find("expect_later", vraag.status, MEDEWERKER)
    if row is None:
        raise ValidationError(
            _("Deze vraag wacht niet op een antwoord. Een latere dag is niet nodig.")
        )
    if verwacht_op < timezone.localdate() or verwacht_op <= timezone.localdate(
        vraag.due_at
    ):
        raise ValidationError(
            {"verwacht_op": _("Kies een dag na de dag die wij beloofden.")}
        )
    if not kalender(vraag.team).is_open_on(verwacht_op):
        raise ValidationError(
            {"verwacht_op": _("Op die dag werkt het team niet. Kies een andere dag.")}
        )
    if not _once(
        vraag, Termijnbericht.Soort.LATER, vraag.clock_started_at, user, verwacht_op
    ):
        raise ValidationError(
            _("De vrager weet al dat het antwoord later komt. Eén bericht is genoeg.")
        )
    record(
        vraag,
        "expect_later",
        _("Antwoord verwacht uiterlijk %(dag)s") % {"dag": dag(verwacht_op)},
        user=user,
        data={"verwacht_op": verwacht_op.isoformat()},
    )
    _mail_later(vraag, verwacht_op)


def _mail_later(vraag: Vraag, verwacht_op: datetime.date | None) -> None:
    start = int(vraag.clock_started_at.timestamp())
    mail_asker(
        vraag,
        "loket/later",
        message_key=f"vraag-{vraag.pk}-later-{start}",
        extra={
            "beloofd": in_words(vraag.due_at),
            "verwacht_op": dag(verwacht_op) if verwacht_op else "",
        },
    )
