"""The service clock with this installation's data."""

import datetime

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions
from core.models import Loketgegevens, User

from . import klok
from .models import Sluitingsdag, Vraag

URGENT_MINUTES = klok.MINUTES_PER_DAY
CACHE_KEY = "loket.sluitingsdagen"


def kalender() -> klok.Kalender:
    """Closed days from the table, kept for a minute."""
    closed = cache.get(CACHE_KEY)
    if closed is None:
        closed = dict(
            Sluitingsdag.objects.filter(vrij=True).values_list("datum", "naam")
        )
        cache.set(CACHE_KEY, closed, 60)
    return klok.Kalender(closed)


@transaction.atomic
def set_closing_day(
    *, actor: User, datum: datetime.date, naam: str, vrij: bool
) -> Sluitingsdag:
    """Add a day, or change the day of this date. A date that was promised stays.

    Raises PermissionDenied, or ValidationError for a day that is past.
    """
    permissions.must_manage(actor)
    if datum < timezone.localdate():
        raise ValidationError({"datum": _("Kies een dag vanaf vandaag.")})
    row, _made = Sluitingsdag.objects.update_or_create(
        datum=datum, defaults={"naam": naam, "vrij": vrij}
    )
    transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    return row


def promised_minutes() -> int:
    """Working minutes in which an answer is promised."""
    days = (
        Loketgegevens.objects.values_list("antwoord_werkdagen", flat=True).first() or 5
    )
    return days * klok.MINUTES_PER_DAY


def local(value: datetime.datetime) -> datetime.datetime:
    """Local wall-clock time in whole minutes: the unit of the clock."""
    return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)


def due_for(
    start: datetime.datetime, minutes: int, pauses: list[klok.Period]
) -> tuple[datetime.datetime, str]:
    """Due time as an aware datetime, with the sentence that explains it."""
    result = klok.due(local(start), minutes, pauses, kalender())
    return timezone.make_aware(result.at), result.sentence


def pauses_of(vraag: Vraag) -> list[klok.Period]:
    """Ended waiting periods of a question, in local time."""
    return [
        (local(row.start), local(row.end))
        for row in vraag.wachtperiodes.all()
        if row.end is not None
    ]


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
    minutes = klok.minutes_between(local(now), local(vraag.due_at), [], kalender())
    if minutes >= 2 * klok.MINUTES_PER_DAY:
        return f"nog {round(minutes / klok.MINUTES_PER_DAY)} werkdagen"
    hours = max(1, round(minutes / 60))
    return f"nog {hours} werku{'ur' if hours == 1 else 'ren'}"


def nearly_late_before() -> datetime.datetime:
    """Questions due before this moment are nearly late: one working day from now."""
    return due_for(timezone.now(), klok.MINUTES_PER_DAY, [])[0]
