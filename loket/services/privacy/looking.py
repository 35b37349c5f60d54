"""Who looked at personal data."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from core.models import User
from loket.models import Inzage

BATCH = 500


def looked_at(*, user: User | None, pks: Iterable[int], wat: str) -> None:
    """Write down that somebody looked at questions: once per question and day."""
    day = timezone.localdate()
    Inzage.objects.bulk_create(
        (Inzage(user=user, vraag_id=pk, wat=wat, dag=day) for pk in pks),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
