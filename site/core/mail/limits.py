"""At most so many automatic messages per address per hour (RFC 3834 2).

What is over the limit waits, and goes in one message when there is room again: nothing is
dropped. What a person wrote is never held, nor what somebody asked for just now, such as
a login link.
"""

from __future__ import annotations

import datetime
import zlib

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core import outbox
from core.models import Mailbericht, Outbox

from . import building

HOUR = datetime.timedelta(hours=1)
KIND = "core.mail_samen"
Status = Mailbericht.Status


def _lock(address: str) -> None:
    """One at a time per address, until the transaction ends. A transaction of SQLite that
    writes is alone as it is (transaction_mode IMMEDIATE)."""
    if connection.vendor == "postgresql":
        number = zlib.crc32(address.encode())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [7451, number - 2**31]
            )


def _room_at(address: str, *, but: int = 0) -> datetime.datetime | None:
    """From when one more automatic message may go to this address; None is now."""
    now = timezone.now()
    limit = settings.MAIL_AUTOMATIC_PER_HOUR
    tried = list(
        Mailbericht.objects.filter(
            adres=address, automatic=True, tried_at__gt=now - HOUR
        )
        .exclude(pk=but)
        .exclude(status=Status.VERZAMELD)
        .order_by("-tried_at")
        .values_list("tried_at", flat=True)[:limit]
    )
    return tried[-1] + HOUR if len(tried) >= limit and tried[-1] else None


def held(address: str = "") -> QuerySet[Mailbericht]:
    """Messages that wait to go with others."""
    rows = Mailbericht.objects.filter(status=Status.VERZAMELD, samen_met=None)
    return rows.filter(adres=address) if address else rows


@transaction.atomic
def take_turn(bericht: Mailbericht) -> bool:
    """Note the try of a message; False when it was put with those that wait for room."""
    now = timezone.now()
    joined = bericht.verzameld.exists()
    recent = bericht.tried_at is not None and bericht.tried_at > now - HOUR
    if bericht.automatic and not recent and (joined or bericht.regel is not None):
        _lock(bericht.adres)
        room = _room_at(bericht.adres, but=bericht.pk)
        if joined and room:
            raise outbox.Later(room)
        if not joined and (room or held(bericht.adres).exists()):
            Mailbericht.objects.filter(pk=bericht.pk).update(status=Status.VERZAMELD)
            outbox.enqueue(
                kind=KIND,
                key=bericht.adres,
                dedupe_key=f"{KIND}:{bericht.adres}",
                available_at=room or now,
            )
            return False
    Mailbericht.objects.filter(pk=bericht.pk).update(tried_at=now)
    return True


@outbox.handler(KIND)
@transaction.atomic
def send_held(row: Outbox) -> None:
    """Send what waited for an address as one message, as soon as there is room."""
    address = row.key
    _lock(address)
    waiting = list(held(address).order_by("id"))
    if not waiting:
        return
    if room := _room_at(address):
        raise outbox.Later(room)
    if len(waiting) == 1:
        joined = waiting[0]
        outbox.enqueue(kind="core.mail", key=str(joined.pk))
    else:
        joined = _join(waiting)
        held(address).filter(pk__in=[one.pk for one in waiting]).update(
            samen_met=joined
        )
    # Its turn is taken here: what comes in between counts it.
    Mailbericht.objects.filter(pk=joined.pk).update(
        status=Status.WACHT, tried_at=timezone.now()
    )


def _join(waiting: list[Mailbericht]) -> Mailbericht:
    first = waiting[0]
    about = {one.about for one in waiting}
    who = {one.who for one in waiting}
    return building.send(
        template="core/samen",
        to=first.to,
        context={
            "regels": [one.regel for one in waiting],
            "aantal": len(waiting),
            "voor_vrager": first.who.startswith("contact:"),
        },
        about=about.pop() if len(about) == 1 else "",
        who=who.pop() if len(who) == 1 else "",
        message_key=f"samen-{first.pk}-{waiting[-1].pk}",
    )
