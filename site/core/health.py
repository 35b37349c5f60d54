"""What ``/-/readyz`` says: each part of the installation with its state."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from . import outbox
from .models import Mailbericht, Outbox

OUTBOX_MAX_AGE = datetime.timedelta(minutes=10)
Check = Callable[[], dict[str, Any]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a part; ``check()`` returns at least ``{"ok": bool}``."""
    _checks[name] = check


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "vendor": connection.vendor}


def _outbox() -> dict[str, Any]:
    waiting = Outbox.objects.filter(done_at=None, dead_at=None)
    oldest = waiting.filter(available_at__lte=timezone.now()).aggregate(
        oldest=Min("available_at")
    )["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    return {
        "ok": age < OUTBOX_MAX_AGE.total_seconds(),
        "waiting": waiting.count(),
        "oldest_seconds": round(age),
        "dead": outbox.dead().count(),
    }


def _mail() -> dict[str, Any]:
    waiting = Mailbericht.objects.filter(status=Mailbericht.Status.WACHT)
    oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    return {
        "ok": age < OUTBOX_MAX_AGE.total_seconds(),
        "waiting": waiting.count(),
        "oldest_seconds": round(age),
    }


register("database", _database)
register("outbox", _outbox)
register("mail", _mail)


def check_parts() -> dict[str, dict[str, Any]]:
    """State of each part; a part that cannot be asked is not ok, with the reason."""
    result = {}
    for name, check in _checks.items():
        try:
            result[name] = check()
        except Exception as error:
            result[name] = {"ok": False, "error": type(error).__name__}
    return result
