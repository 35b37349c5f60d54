"""How the mailboxes do: for ``/-/readyz`` and for who keeps the desk running."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from loket.mailboxes.places import name_of
from loket.models import InkomendBericht, Postbus

# They are read every minute; so long may one be silent.
MAX_SILENCE = datetime.timedelta(minutes=15)
MAX_AGE = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Stand:
    """One configured mailbox: ``error`` is empty when it is read as it should."""

    naam: str
    gelezen_op: datetime.datetime | None
    error: str
    since: datetime.datetime | None = None


def standen() -> list[Stand]:
    """Every mailbox of MAIL_IN_URL, in that order."""
    names = [name_of(url) for url in settings.MAIL_IN_URL]
    rows = {row.naam: row for row in Postbus.objects.filter(naam__in=names)}
    return [_stand(name, rows.get(name)) for name in names]


def _stand(name: str, row: Postbus | None) -> Stand:
    if row is None:
        return Stand(name, None, _("nog niet gelezen"))
    error = row.fout
    silent = row.gelezen_op is None or timezone.now() - row.gelezen_op > MAX_SILENCE
    if not error and silent:
        error = _("al lang niet gelezen: de taak van elke minuut loopt niet")
    return Stand(name, row.gelezen_op, error, row.fout_sinds)


def check() -> dict[str, Any]:
    """The part ``mail_in`` of ``/-/readyz``: mailboxes, and mail that waits too long."""
    rows = standen()
    waiting = InkomendBericht.objects.filter(uitkomst="")
    oldest = waiting.aggregate(oldest=Min("received_at"))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    return {
        "ok": age < MAX_AGE.total_seconds() and not any(row.error for row in rows),
        "waiting": waiting.count(),
        "oldest_seconds": round(age),
        "mailboxes": [
            {"name": row.naam, "ok": not row.error, "error": row.error} for row in rows
        ],
    }


def in_words() -> str:
    """One line for the list of what staff keep up."""
    wrong = [row for row in standen() if row.error]
    if wrong:
        return " ".join(
            _("Let op: %(naam)s: %(fout)s.") % {"naam": row.naam, "fout": row.error}
            for row in wrong
        )
    return _("Waar mail binnenkomt, en of dat lukt.")
