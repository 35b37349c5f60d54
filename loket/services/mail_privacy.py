"""What is taken away of mail that came in; the hash stays, so that it is never new again."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from loket.models import InkomendBericht


@transaction.atomic
def erase(rows: QuerySet[InkomendBericht]) -> int:
    """Take the original and every word of it from these rows; returns how many."""
    count = 0
    for row in rows.select_for_update():
        name, storage = row.raw.name, row.raw.storage
        row.raw, row.message_id, row.afzender, row.afzender_naam = "", "", "", ""
        row.onderwerp, row.signalen, row.fout, row.reden = "", [], "", ""
        row.bijlagen_aantal = 0
        if not row.uitkomst:
            row.uitkomst = InkomendBericht.Uitkomst.GENEGEERD
        row.save()
        if name:
            transaction.on_commit(partial(storage.delete, name))
        count += 1
    return count


def forget(email: str) -> dict[str, int]:
    """Erase the mails that somebody sent, and those at her questions."""
    mine = Q(afzender=email.strip().lower()) | Q(vraag__contact__email__iexact=email)
    pks = list(InkomendBericht.objects.filter(mine).values_list("pk", flat=True))
    return {"inkomende mails": erase(InkomendBericht.objects.filter(pk__in=pks))}
