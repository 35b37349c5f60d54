"""What is taken away of mail that came in; the hash stays, so that it is never new again."""

from __future__ import annotations

import datetime
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from loket.models import Bericht, Collega, InkomendBericht
from loket.models.inkomend import RAW_FOLDER, raw_storage

# So old is no file whose row is still on its way.
LEFT_OVER = datetime.timedelta(days=1)


BATCH = 500
BLOCK = 1 << 20
BLANK = {
    "raw": "",
    "message_id": "",
    "afzender": "",
    "afzender_naam": "",
    "onderwerp": "",
    "signalen": [],
    "fout": "",
    "reden": "",
    "uitkomst_reden": "",
    "bijlagen_aantal": 0,
    "decided_by": None,
}


@transaction.atomic
def erase(rows: QuerySet[InkomendBericht]) -> int:
    """Take the original and every word of it from these rows and from those that repeat
    them; returns how many. What waited for a decision waits no more."""
    count = 0
    wanted = list(rows.order_by().values_list("pk", flat=True))
    for start in range(0, len(wanted), BATCH):
        pks = wanted[start : start + BATCH]
        same = InkomendBericht.objects.filter(Q(pk__in=pks) | Q(eerder__in=pks))
        names = list(same.exclude(raw="").values_list("raw", flat=True))
        same.filter(uitkomst__in=["", InkomendBericht.Uitkomst.AANGEHOUDEN]).update(
            uitkomst=InkomendBericht.Uitkomst.GENEGEERD
        )
        count += same.update(**BLANK)
        transaction.on_commit(partial(_delete_files, names))
    return count


def _delete_files(names: list[str]) -> None:
    storage = raw_storage()
    for name in names:
        storage.delete(name)


def erase_of_questions(pks: list[int]) -> int:
    """Erase the mails of these questions: taken in, held and dropped."""
    return erase(InkomendBericht.objects.filter(vraag__in=pks))


def erase_old(before: datetime.datetime) -> int:
    """Erase mail from before a moment that belongs to no question. What still waits for
    a decision stays: nobody has read it."""
    old = (
        InkomendBericht.objects.filter(received_at__lt=before, vraag=None)
        .exclude(uitkomst__in=["", InkomendBericht.Uitkomst.AANGEHOUDEN])
        .exclude(raw="", afzender="", onderwerp="", uitkomst_reden="")
    )
    gone = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += erase(InkomendBericht.objects.filter(pk__in=pks))
    return gone


def forget(email: str) -> dict[str, int]:
    """Erase the mails that somebody sent, those at her questions, and what came to a
    question that she replied to or reads along with and names her address."""
    email = email.strip().lower()
    mine = Q(afzender=email) | Q(vraag__contact__email=email)
    pks = set(InkomendBericht.objects.filter(mine).values_list("pk", flat=True))
    near = InkomendBericht.objects.exclude(raw="").filter(
        Q(vraag__in=Bericht.objects.filter(contact__email=email).values("vraag"))
        | Q(vraag__in=Collega.objects.filter(contact__email=email).values("vraag"))
    )
    pks |= {row.pk for row in near.exclude(pk__in=pks) if _names(row, email)}
    return {"inkomende mails": erase(InkomendBericht.objects.filter(pk__in=pks))}


def _names(row: InkomendBericht, email: str) -> bool:
    """Whether the original holds an address as it is written."""
    wanted, rest = email.encode(), b""
    try:
        with row.raw.open("rb") as file:
            while block := file.read(BLOCK):
                if wanted in (rest + block).lower():
                    return True
                rest = block[-len(wanted) :]
    except FileNotFoundError:
        return False
    return False


def export(email: str, folder: Path) -> list[dict[str, Any]]:
    """The mails that somebody sent, with the originals in ``folder``."""
    sent = InkomendBericht.objects.filter(afzender=email).select_related("vraag")
    return [
        {
            "moment": row.received_at.isoformat(),
            "postbus": row.mailbox,
            "van": row.afzender,
            "naam": row.afzender_naam,
            "onderwerp": row.onderwerp,
            "nummer": row.message_id,
            "soort": row.get_soort_display(),
            "waarom": row.reden,
            "waaraan_te_zien": row.signalen,
            "uitkomst": row.get_uitkomst_display(),
            "waarom_deze_uitkomst": row.uitkomst_reden,
            "fout": row.fout,
            "vraag": row.vraag.reference if row.vraag else "",
            "origineel": _copy(row, folder),
        }
        for row in sent.iterator(chunk_size=BATCH)
    ]


def _copy(row: InkomendBericht, folder: Path) -> str:
    if not row.raw:
        return ""
    (folder / "mail").mkdir(exist_ok=True)
    name = f"mail/{row.pk}.eml"
    with row.raw.open("rb") as source, (folder / name).open("wb") as target:
        shutil.copyfileobj(source, target)
    return name


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
