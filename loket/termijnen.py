"""The service clock with this installation's data."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from core import permissions
from core.models import Loketgegevens, Team, User

from . import klok
from .models import (
    Bericht,
    Kalenderstand,
    Openingstijd,
    Sluitingsdag,
    Termijnbericht,
    Termijnregel,
    Toezegging,
    Vraag,
)

URGENT_MINUTES = klok.MINUTES_PER_DAY
CACHE_KEY = "loket.kalenders"
Words = {
    Toezegging.Soort.ANTWOORD: "Antwoord",
    Toezegging.Soort.EERSTE_REACTIE: "Eerste reactie",
}


# -- calendars -------------------------------------------------------------------


def kalender(team: Team | None = None) -> klok.Kalender:
    """The calendar of a team: the common closed days and hours, unless it has its own.

    All calendars are kept together for a minute.
    """
    found = cache.get(CACHE_KEY)
    if found is None:
        found = _calendars()
        cache.set(CACHE_KEY, found, 60)
    return found.get(team.pk if team else None) or found[None]


def _calendars() -> dict[int | None, klok.Kalender]:
    closed: dict[int | None, dict[datetime.date, tuple[str, bool]]] = {None: {}}
    for row in Sluitingsdag.objects.all():
        closed.setdefault(row.team_id, {})[row.datum] = (row.naam, row.vrij)
    hours: dict[int | None, dict[int, tuple[datetime.time, datetime.time]]] = {}
    for time in Openingstijd.objects.all():
        hours.setdefault(time.team_id, {})[time.weekdag] = (time.open, time.dicht)
    common = hours.get(None) or klok.OFFICE_HOURS
    return {
        team: klok.Kalender(
            {
                day: name
                for day, (name, off) in {**closed[None], **closed.get(team, {})}.items()
                if off
            },
            dict(hours.get(team) or common),
        )
        for team in {*closed, *hours}
    }


def _forget_calendars() -> None:
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))


@transaction.atomic
def set_closing_day(
    *,
    actor: User,
    datum: datetime.date,
    naam: str,
    vrij: bool,
    team: Team | None = None,
) -> Sluitingsdag:
    """Add a day, or change the day of this date; of one team or of all. A date that was
    promised stays.

    Raises PermissionDenied, or ValidationError for a day that is past.
    """
    permissions.must_manage(actor)
    if datum < timezone.localdate():
        raise ValidationError({"datum": _("Kies een dag vanaf vandaag.")})
    row, _made = Sluitingsdag.objects.update_or_create(
        datum=datum, team=team, defaults={"naam": naam, "vrij": vrij}
    )
    _forget_calendars()
    return row


@transaction.atomic
def set_hours(*, actor: User, team: Team | None, hours: klok.Hours) -> None:
    """When a team works, per weekday (0 is Monday); without a team the common hours.

    No hours at all: a team follows the common ones again. A date that was promised stays.
    Raises PermissionDenied, or ValidationError for an end before the begin.
    """
    permissions.must_manage(actor)
    for opens, closes in hours.values():
        if opens >= closes:
            raise ValidationError(_("De eindtijd ligt na de begintijd. Kies opnieuw."))
    Openingstijd.objects.filter(team=team).delete()
    Openingstijd.objects.bulk_create(
        Openingstijd(team=team, weekdag=weekday, open=opens, dicht=closes)
        for weekday, (opens, closes) in hours.items()
    )
    _forget_calendars()


# -- periods ---------------------------------------------------------------------


def rules() -> Termijnregel:
    """The periods of the desk."""
    return Termijnregel.objects.first() or Termijnregel()


@transaction.atomic
def set_rules(
    *, actor: User, antwoord_werkdagen: int, periods: Mapping[str, int]
) -> None:
    """Change the periods; what was promised stays.

    Raises PermissionDenied, or ValidationError for steps that are not in order.
    """
    permissions.must_manage(actor)
    row = rules()
    for name, value in periods.items():
        setattr(row, name, value)
    row.full_clean()
    first, second, closing = row.silence_days
    if not first < second < closing:
        raise ValidationError(
            _("Zet de herinneringen en het sluiten op volgorde: eerst, dan, daarna.")
        )
    if row.eerste_reactie > antwoord_werkdagen:
        raise ValidationError(
            {"eerste_reactie": _("De eerste reactie komt niet na het antwoord.")}
        )
    row.save()
    data = Loketgegevens.objects.first() or Loketgegevens(
        site=Site.objects.get(is_default_site=True)
    )
    data.antwoord_werkdagen = antwoord_werkdagen
    data.save()


def answer_days() -> int:
    """Working days in which an answer is promised."""
    return (
        Loketgegevens.objects.values_list("antwoord_werkdagen", flat=True).first() or 5
    )


def promised_minutes() -> int:
    """Working minutes in which an answer is promised."""
    return answer_days() * klok.MINUTES_PER_DAY


# -- due times -------------------------------------------------------------------


def local(value: datetime.datetime) -> datetime.datetime:
    """Local wall-clock time in whole minutes: the unit of the clock."""
    return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)


def due_for(
    start: datetime.datetime,
    minutes: int,
    pauses: list[klok.Period],
    team: Team | None = None,
) -> tuple[datetime.datetime, str]:
    """Due time as an aware datetime, with the sentence that explains it."""
    return _due(start, minutes, pauses, kalender(team))


def _due(
    start: datetime.datetime,
    minutes: int,
    pauses: list[klok.Period],
    calendar: klok.Kalender,
    what: str = Words[Toezegging.Soort.ANTWOORD],
) -> tuple[datetime.datetime, str]:
    result = klok.due(local(start), minutes, pauses, calendar, what)
    return timezone.make_aware(result.at), result.sentence


def pauses_of(vraag: Vraag) -> list[klok.Period]:
    """Ended waiting periods of a question, in local time."""
    return [
        (local(row.start), local(row.end))
        for row in vraag.wachtperiodes.all()
        if row.end is not None
    ]


def _stand(calendar: klok.Kalender) -> Kalenderstand:
    data = {
        "dicht": {day.isoformat(): name for day, name in calendar.closed.items()},
        "uren": {
            str(weekday): [opens.isoformat(), closes.isoformat()]
            for weekday, (opens, closes) in calendar.hours.items()
        },
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return Kalenderstand.objects.get_or_create(digest=digest, defaults={"data": data})[
        0
    ]


def promise(vraag: Vraag) -> None:
    """Write down what is promised from ``clock_started_at`` on: a first reaction and an
    answer, with the calendar of this moment. Later events never move it."""
    calendar = kalender(vraag.team)
    stand = _stand(calendar)
    first = min(
        rules().eerste_reactie * klok.MINUTES_PER_DAY, int(vraag.promised_minutes)
    )
    for soort, minutes in (
        (Toezegging.Soort.EERSTE_REACTIE, first),
        (Toezegging.Soort.ANTWOORD, vraag.promised_minutes),
    ):
        due_at, sentence = _due(
            vraag.clock_started_at, minutes, [], calendar, Words[soort]
        )
        Toezegging.objects.get_or_create(
            vraag=vraag,
            soort=soort,
            start=vraag.clock_started_at,
            defaults={
                "minutes": minutes,
                "due_at": due_at,
                "uitleg": sentence,
                "kalender": stand,
            },
        )


def _clock_of(vraag: Vraag) -> tuple[Vraag, list[klok.Period]]:
    """The question whose promise holds here, and the pauses that count for it: of one
    that goes on here its own until then, and from then on those of this question."""
    merged = (
        vraag.opgenomen.filter(
            undone_at=None,
            data__has_key="klok",
            van__clock_started_at=vraag.clock_started_at,
        )
        .select_related("van")
        .last()
    )
    if merged is None:
        return vraag, pauses_of(vraag)
    since = local(merged.at)
    after = [(max(start, since), end) for start, end in pauses_of(vraag) if end > since]
    return merged.van, [*pauses_of(merged.van), *after]


def due_of(vraag: Vraag) -> tuple[datetime.datetime, str]:
    """When the answer is due: the promise and the pauses, with the calendar in which it
    was made."""
    promised, pauses = _clock_of(vraag)
    row = (
        promised.toezeggingen.filter(
            soort=Toezegging.Soort.ANTWOORD, start=vraag.clock_started_at
        )
        .select_related("kalender")
        .first()
    )
    if row is None:
        return due_for(
            vraag.clock_started_at, vraag.promised_minutes, pauses, vraag.team
        )
    return _due(row.start, row.minutes, pauses, row.kalender.kalender)


@dataclass(frozen=True)
class Stand:
    """How a promise stands: due with the pauses, and when it was met, if it was."""

    soort: str
    promised: datetime.datetime
    due: datetime.datetime
    sentence: str
    met: datetime.datetime | None

    def is_kept(self, now: datetime.datetime) -> bool:
        return (self.met or now) <= self.due


def promises_of(vraag: Vraag) -> list[Stand]:
    """Every promise about a question, the oldest first."""
    pauses = pauses_of(vraag)
    messages = list(
        vraag.berichten.filter(soort=Bericht.Soort.ANTWOORD)
        .order_by("created_at")
        .values_list("pk", "created_at")
    )
    answers = set(
        vraag.gebeurtenissen.filter(soort="answer").values_list("bericht_id", flat=True)
    )
    stands = []
    rows = list(vraag.toezeggingen.select_related("kalender"))
    for row in rows:
        until = min(
            (other.start for other in rows if other.start > row.start), default=None
        )
        met = next(
            (
                at
                for pk, at in messages
                if at >= row.start
                and (until is None or at < until)
                and (row.soort == Toezegging.Soort.EERSTE_REACTIE or pk in answers)
            ),
            None,
        )
        due, sentence = _due(
            row.start,
            row.minutes,
            pauses,
            row.kalender.kalender,
            Words[Toezegging.Soort(row.soort)],
        )
        stands.append(Stand(row.get_soort_display(), row.due_at, due, sentence, met))
    return stands


def told_late(vraag: Vraag) -> Termijnbericht | None:
    """That the asker was told that this answer comes later, with the day if one is named."""
    return vraag.termijnberichten.filter(
        soort=Termijnbericht.Soort.LATER, over=vraag.clock_started_at
    ).first()


def left_in_words(vraag: Vraag) -> str:
    """``nog 9 werkuren``, ``nog 4 werkdagen`` or ``te laat sinds …``."""
    now = timezone.now()
    if vraag.due_at <= now:
        days = (timezone.localdate(now) - timezone.localdate(vraag.due_at)).days
        return (
            "te laat sinds vandaag"
            if days == 0
            else "te laat sinds gisteren"
            if days == 1
            else f"{days} dagen te laat"
        )
    minutes = klok.minutes_between(
        local(now), local(vraag.due_at), [], kalender(vraag.team)
    )
    if minutes >= 2 * klok.MINUTES_PER_DAY:
        return f"nog {round(minutes / klok.MINUTES_PER_DAY)} werkdagen"
    hours = max(1, round(minutes / 60))
    return f"nog {hours} werku{'ur' if hours == 1 else 'ren'}"


def nearly_late_before(
    now: datetime.datetime | None = None, minutes: int = klok.MINUTES_PER_DAY
) -> datetime.datetime:
    """Questions due before this moment are nearly late: one working day from now."""
    return due_for(now or timezone.now(), minutes, [])[0]
