"""What is taken away of mail that came in; the hash stays, so that it is never new again."""

from __future__ import annotations

import datetime
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.models import InkomendBericht
from loket.models.inkomend import RAW_FOLDER, raw_storage

# So old is no file whose row is still on its way.
LEFT_OVER = datetime.timedelta(days=1)


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


def remove_left_over_files() -> int:
    """Remove originals that got no row, because the process died in between; the mail
    itself stayed in its mailbox and came in again. Returns how many."""
    storage, removed = raw_storage(), 0
    for folder in _listed(storage, RAW_FOLDER)[0]:
        path = f"{RAW_FOLDER}/{folder}"
        names = [f"{path}/{name}" for name in _listed(storage, path)[1]]
        old = [
            name
            for name in names
            if timezone.now() - storage.get_modified_time(name) > LEFT_OVER
        ]
        known = set(
            InkomendBericht.objects.filter(raw__in=old).values_list("raw", flat=True)
        )
        for name in old:
            if name not in known:
                storage.delete(name)
                removed += 1
    return removed


def _listed(storage: Storage, path: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(path)
    except FileNotFoundError:
        return [], []
