"""Taking files in, from the command line and from the editors' admin, with a report."""

from __future__ import annotations

import datetime
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.models import Outbox, User
from knowledge.models import Inlezing

from . import files, overheid, services
from .imports import Import, refused
from .tree import artikelen

logger = logging.getLogger(__name__)

FOLDER = "inlezen"
# What is read while its owner waits: a law of this size takes about two seconds. More
# files, zips, and what has to come from elsewhere, are read by a task.
AT_ONCE_FILES, AT_ONCE_BYTES = 3, 1024 * 1024
# A task gives way after so many seconds, well within the lock of the outbox.
SLICE = 120.0
KEPT = datetime.timedelta(days=90)

Row = dict[str, Any]


def take(found: files.File, *, user: User | None = None, publish: bool = False) -> Row:
    """Read and store one file; whatever it holds, the others go on."""
    imported = refused("niet gelezen", found.refusal)
    try:
        if not found.refusal:
            imported = files.read(found.data, found.path)
        stored = services.store(imported=imported, user=user, publish=publish)
    except PermissionDenied as error:
        return _refused_row(found.path, imported.form, str(error))
    except Exception:
        logger.exception("import of %s failed", found.path)
        told = "Het bestand is niet te verwerken. De fout staat in het logboek."
        return _refused_row(found.path, imported.form, told)
    return _row(found.path, imported, stored)


def take_number(
    number: str, *, user: User | None = None, publish: bool = False
) -> list[Row]:
    """Fetch a regulation from overheid.nl and take it in: a row, or one for each file of
    a zip."""
    try:
        fetched = overheid.fetch(number)
    except overheid.NotFetched as error:
        return [_refused_row(number, "overheid.nl", str(error))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bestand"
        path.write_bytes(fetched.data)
        return [
            _of_the_work(found, fetched, user=user, publish=publish)
            for found in files.find(path)
        ]


def _of_the_work(
    found: files.File, fetched: overheid.Fetched, *, user: User | None, publish: bool
) -> Row:
    """Take a file that was fetched, when it is the regulation that was asked for."""
    name = found.path.partition("/bestand")[2]
    here = files.File(fetched.address + name, found.data, found.refusal)
    if not here.refusal:
        read = files.read(here.data, here.path)
        if read.regeling is not None and read.regeling.id != fetched.work:
            told = _(
                "Gevraagd is %(asked)s, maar het bestand is van %(found)s. Er is niets opgenomen."
            ) % {"asked": fetched.work, "found": read.regeling.id or _("onbekend")}
            return _refused_row(here.path, read.form, told)
    return take(here, user=user, publish=publish)


def _refused_row(path: str, form: str, told: str) -> Row:
    imported = refused(form, told)
    result = services.Result.GEWEIGERD
    return _row(path, imported, services.Stored(result, warnings=(told,)))


def _row(path: str, imported: Import, stored: services.Stored) -> Row:
    text = imported.regeling
    articles = artikelen(text) if text else []
    return {
        "path": path,
        "form": imported.form,
        "id": text.id if text else "",
        "title": text.title if text else "",
        "versions": list(stored.versions),
        "articles": len(articles),
        "article_numbers": [p.node.number for p in articles if p.node.number],
        "chars_in": imported.chars_in,
        "chars_kept": imported.chars_kept,
        "warnings": list(stored.warnings),
        "result": stored.result.value,
    }


# -- from the admin ---------------------------------------------------------------------


def receive(
    *, user: User, uploads: Sequence[UploadedFile], publish: bool = False
) -> Inlezing:
    """Take files that an editor handed in: a few small ones now, others by a task.

    Raises PermissionDenied for who is no editor.
    """
    services.must_edit(user)
    _forget_old()
    storage = storages["private"]
    inlezing = Inlezing.objects.create(
        user=user,
        publish=publish,
        uploads=[
            {
                "name": Path(upload.name or "").name[:200] or _("bestand"),
                "stored": storage.save(f"{FOLDER}/bestand", upload),
            }
            for upload in uploads
        ],
    )
    size = sum(upload.size or 0 for upload in uploads)
    if (
        len(uploads) <= AT_ONCE_FILES
        and size <= AT_ONCE_BYTES
        and not any((upload.name or "").lower().endswith(".zip") for upload in uploads)
    ):
        work(inlezing)
    else:
        _later(inlezing)
    return inlezing


def request(*, user: User, numbers: Sequence[str], publish: bool = False) -> Inlezing:
    """Have regulations fetched from overheid.nl, by a task: how long another server takes
    is not known. Raises PermissionDenied for who is no editor."""
    services.must_edit(user)
    _forget_old()
    inlezing = Inlezing.objects.create(
        user=user, publish=publish, numbers=list(numbers)
    )
    _later(inlezing)
    return inlezing


def _later(inlezing: Inlezing) -> None:
    outbox.enqueue(
        kind="knowledge.intake",
        key=str(inlezing.pk),
        dedupe_key=f"knowledge.intake:{inlezing.pk}:{len(inlezing.taken)}",
    )


@outbox.handler("knowledge.intake")
def _deliver(row: Outbox) -> None:
    inlezing = Inlezing.objects.filter(pk=row.key, done_at=None).first()
    if inlezing is not None:
        work(inlezing, seconds=SLICE)


def work(inlezing: Inlezing, *, seconds: float | None = None) -> None:
    """Take every file and number that is not in the report yet; when the seconds are over, the
    rest in a next turn. What was taken twice, after a crash, is there once."""
    end = time.monotonic() + seconds if seconds is not None else None
    done = len(inlezing.taken)
    with tempfile.TemporaryDirectory() as folder:
        for at, rows in enumerate(_reports(inlezing, Path(folder), done)):
            if at < done:
                continue
            inlezing.taken = [*inlezing.taken, rows]
            inlezing.save(update_fields=["taken"])
            if end is not None and time.monotonic() > end:
                _later(inlezing)
                return
    _finish(inlezing)


def _reports(inlezing: Inlezing, folder: Path, done: int) -> Iterator[list[Row]]:
    """Of each number and each file what became of it; nothing of the first ``done``."""
    user, publish = inlezing.user, inlezing.publish
    count = len(inlezing.numbers)
    for at, number in enumerate(inlezing.numbers):
        yield [] if at < done else take_number(number, user=user, publish=publish)
    for at, found in enumerate(_uploaded(inlezing, folder), count):
        yield [] if at < done else [take(found, user=user, publish=publish)]


def _uploaded(inlezing: Inlezing, folder: Path) -> Iterator[files.File]:
    """The files under the names that their owner gave them, zips opened."""
    storage = storages["private"]
    for at, upload in enumerate(inlezing.uploads):
        path = folder / str(at)
        if not storage.exists(upload["stored"]):
            yield files.File(upload["name"], refusal=_("Het bestand is er niet meer."))
            continue
        with storage.open(upload["stored"]) as source, path.open("wb") as target:
            for chunk in source.chunks():
                target.write(chunk)
        for found in files.find(path):
            name = upload["name"] + found.path.removeprefix(str(path))
            yield files.File(name, found.data, found.refusal)
        path.unlink()


def _finish(inlezing: Inlezing) -> None:
    for upload in inlezing.uploads:
        storages["private"].delete(upload["stored"])
    inlezing.done_at = timezone.now()
    inlezing.save(update_fields=["done_at"])


@transaction.atomic
def _forget_old() -> None:
    """Reports are of use for a while; files of what never came to an end are not kept."""
    for old in Inlezing.objects.filter(created_at__lt=timezone.now() - KEPT):
        for upload in old.uploads:
            storages["private"].delete(upload["stored"])
        old.delete()
