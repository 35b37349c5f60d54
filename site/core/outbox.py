"""The database outbox: enqueue in the transaction of the act, deliver later.

Delivered at least once. A handler that raises is tried again with back-off; one that
raises ``Undeliverable``, or fails MAX_ATTEMPTS times, is dead and shown to staff.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Outbox

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
LOCK = datetime.timedelta(minutes=5)
BACKOFF_SECONDS = (10, 60, 300, 1800, 3600, 14400, 43200, 86400)

Handler = Callable[[Outbox], None]
_handlers: dict[str, Handler] = {}


class Undeliverable(Exception):
    """Trying again makes no sense."""


class Later(Exception):
    """It is too early; nothing failed. Delivered again at ``at``."""

    def __init__(self, at: datetime.datetime) -> None:
        super().__init__(f"niet vóór {at:%H.%M}")
        self.at = at


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that delivers rows of this kind; call it from ``ready()``."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def handler_kinds() -> list[str]:
    return sorted(_handlers)


def enqueue(
    *,
    kind: str,
    key: str,
    payload: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
    available_at: datetime.datetime | None = None,
) -> None:
    """Write a row in the current transaction and wake the delivery after commit.

    With ``dedupe_key`` a row that still waits with the same key makes this a no-op.
    """
    row = Outbox(
        kind=kind,
        key=key,
        payload=payload or {},
        dedupe_key=dedupe_key,
        available_at=available_at or timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if dedupe_key is None:
            raise
        return
    if settings.OUTBOX_WAKE:
        transaction.on_commit(_wake)


def _wake() -> None:
    from .tasks import deliver_outbox

    try:
        deliver_outbox.delay()
    except Exception:
        # The row is safe in the database; the sweeper finds it within a minute.
        logger.warning(
            "Kon de bezorging niet wekken; de veger pakt het op.", exc_info=True
        )


def _claim(row: Outbox, now: datetime.datetime) -> bool:
    return bool(
        Outbox.objects.filter(
            Q(locked_until=None) | Q(locked_until__lt=now),
            pk=row.pk,
            done_at=None,
            dead_at=None,
        ).update(locked_until=now + LOCK, attempts=row.attempts + 1)
    )


def deliver_due(limit: int = 200) -> int:
    """Deliver rows that are due, oldest first; returns how many were claimed."""
    now = timezone.now()
    rows = list(
        Outbox.objects.filter(
            Q(locked_until=None) | Q(locked_until__lt=now),
            done_at=None,
            dead_at=None,
            available_at__lte=now,
        ).order_by("available_at", "id")[:limit]
    )
    claimed = 0
    for row in rows:
        if _claim(row, timezone.now()):
            claimed += 1
            row.attempts += 1
            _deliver(row)
    return claimed


def _deliver(row: Outbox) -> None:
    try:
        function = _handlers.get(row.kind)
        if function is None:
            raise Undeliverable(f"geen bezorger voor soort '{row.kind}'")
        function(row)
    except Later as later:
        # Never back to 0 attempts: a younger row may wait with the same dedupe key.
        Outbox.objects.filter(pk=row.pk).update(
            locked_until=None, available_at=later.at, attempts=max(row.attempts - 1, 1)
        )
    except Undeliverable as error:
        _give_up(row, str(error))
    except Exception as error:
        logger.warning("Bezorgen van %s mislukt", row, exc_info=True)
        if row.attempts >= MAX_ATTEMPTS:
            _give_up(row, repr(error))
        else:
            delay = BACKOFF_SECONDS[min(row.attempts - 1, len(BACKOFF_SECONDS) - 1)]
            Outbox.objects.filter(pk=row.pk).update(
                locked_until=None,
                last_error=repr(error)[:2000],
                available_at=timezone.now() + datetime.timedelta(seconds=delay),
            )
    else:
        _finish(row)


def _finish(row: Outbox) -> None:
    Outbox.objects.filter(pk=row.pk).update(done_at=timezone.now(), locked_until=None)


@transaction.atomic
def _give_up(row: Outbox, reason: str) -> None:
    """Dead, with all that follows from it: both or neither, also when the process dies."""
    Outbox.objects.filter(pk=row.pk).update(
        dead_at=timezone.now(), locked_until=None, last_error=reason[:2000]
    )
    for function in _on_dead:
        try:
            with transaction.atomic():
                function(row, reason)
        except Exception:
            logger.exception("Wat op het opgeven van %s volgt, mislukte", row)


_on_dead: list[Callable[[Outbox, str], None]] = []


def on_dead(function: Callable[[Outbox, str], None]) -> None:
    """Have ``function(row, reason)`` called when a row is given up."""
    _on_dead.append(function)


def drain(limit: int = 1000) -> int:
    """Deliver until nothing is due; returns the number delivered."""
    total = 0
    while (count := deliver_due(limit)) > 0:
        total += count
    return total


def dead() -> QuerySet[Outbox]:
    """Rows that were given up and wait for a person."""
    return Outbox.objects.filter(done_at=None, dead_at__isnull=False)


def dismiss(*, kind: str, key: str) -> int:
    """Take dead rows off the list: a person found another way. Returns how many."""
    return dead().filter(kind=kind, key=key).update(done_at=timezone.now())


def retry(*, row: Outbox) -> None:
    """Give a dead row a new life."""
    Outbox.objects.filter(pk=row.pk).update(
        dead_at=None,
        attempts=0,
        dedupe_key=None,
        available_at=timezone.now(),
        locked_until=None,
    )
