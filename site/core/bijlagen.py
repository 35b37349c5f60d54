"""Private files: taken in by content, held until scanned, given out by the rule of their
owner."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID

import puremagic
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from . import health, outbox, registry, scanner
from .models import Bijlage, Outbox

SCAN = "core.scan"
# A scanner that stays away: asked again every hour, for as long as it takes.
ASK_AGAIN = datetime.timedelta(hours=1)
WAIT_TOO_LONG = datetime.timedelta(minutes=10)

_OOXML = "application/vnd.openxmlformats-officedocument."
# Kind by content → extensions that may carry it.
ALLOWED: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    f"{_OOXML}wordprocessingml.document": ("docx",),
    f"{_OOXML}spreadsheetml.sheet": ("xlsx",),
    f"{_OOXML}presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "text/plain": ("txt", "csv"),
}
KINDS_IN_WORDS = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), OpenDocument (odt, ods), PNG, JPEG, TXT of CSV"
UNKNOWN_KIND = "application/octet-stream"
# The folder in which the parts of an Office file of a kind stand.
_OFFICE_FOLDER = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_MOST_ZIP_PARTS = 20_000
_ZIP_FAULTS = (
    zipfile.BadZipFile, OSError, ValueError, RuntimeError, struct.error, zlib.error,
    EOFError, KeyError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def clean_name(name: str) -> str:
    """A file name without paths, control and format characters; at most 150 characters.

    NFKC first, so that look-alike characters cannot hide an extension
    (CVE-2026-28289: a zero-width space before the name).
    """
    text = unicodedata.normalize("NFKC", name)
    text = "".join(" " if c.isspace() else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r'[<>:"|?*%;]', "_", text).strip(" .")
    if len(text) > 150:
        stem, dot, ext = text.rpartition(".")
        text = f"{stem[: 149 - len(ext)]}.{ext}" if dot and len(ext) < 20 else text
        text = text[:150].strip(" .")
    return text or "bijlage"


def _zip_kind(data: bytes, extension: str) -> str | None:
    """Kind of an Office or OpenDocument file; None for a zip that is none, holds macros or
    cannot be read."""
    if data.count(b"PK\x01\x02") > _MOST_ZIP_PARTS:
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except _ZIP_FAULTS:
        return None
    folder = _OFFICE_FOLDER.get(extension, "")
    for kind, extensions in ALLOWED.items():
        if extension not in extensions:
            continue
        if "opendocument" in kind and kind.encode() in data[:200]:
            return kind
        if (
            kind.startswith(_OOXML)
            and "[Content_Types].xml" in names
            and any(name.startswith(folder) for name in names)
            and not any(name.lower().endswith("vbaproject.bin") for name in names)
        ):
            return kind
    return None


def is_locked(data: bytes) -> bool:
    """Whether a password keeps us, and a scanner, out of a zip or an Office file."""
    if data.startswith(_OLE):
        return "EncryptedPackage".encode("utf-16-le") in data
    if (
        not data.startswith(b"PK\x03\x04")
        or data.count(b"PK\x01\x02") > _MOST_ZIP_PARTS
    ):
        return False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if any(info.flag_bits & 1 for info in archive.infolist()):
            return True
        with archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1024 * 1024)
    except _ZIP_FAULTS:
        return False


def kind_of(data: bytes, name: str) -> str | None:
    """Media type by content that fits the extension; None when refused."""
    extension = name.rpartition(".")[2].lower()
    if data[:4] == b"PK\x03\x04":
        return None if is_locked(data) else _zip_kind(data, extension)
    if extension in ALLOWED["text/plain"]:
        return None if b"\0" in data else "text/plain"
    try:
        kinds = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return None
    for kind in kinds:
        if extension in ALLOWED.get(kind, ()):
            return kind
    return None


def must_fit_together(sizes: list[int]) -> None:
    """Raises ValidationError when the files of one message are too large together."""
    limit = settings.ATTACHMENTS_MAX_BYTES
    if sum(sizes) > limit:
        raise ValidationError(
            _(
                "De bestanden zijn samen te groot. Alle bijlagen samen mogen hoogstens %(limit)s MB zijn."
            )
            % {"limit": limit // (1024 * 1024)}
        )


def remove(rows: QuerySet[Bijlage]) -> int:
    """Remove files with their rows; the files first, so that a crash leaves no file that
    nothing names. A file that is gone already is no fault."""
    count = 0
    for row in rows.iterator(chunk_size=500):
        # Of an infected file only the row is left.
        if row.file.name:
            row.file.storage.delete(row.file.name)
        count += 1
    if count:
        rows.delete()
    return count


def store_upload(upload: UploadedFile, *, owner: Any) -> Bijlage:
    """Keep an uploaded file for an owner object.

    Raises ValidationError in plain Dutch when it is too large, empty, of a refused kind,
    or behind a password.
    """
    name = clean_name(upload.name or "")
    limit = settings.ATTACHMENT_MAX_BYTES
    if upload.size is None or upload.size > limit:
        raise ValidationError(
            _("%(name)s is te groot. Een bijlage mag hoogstens %(limit)s MB zijn.")
            % {"name": name, "limit": limit // (1024 * 1024)}
        )
    data = upload.read()
    if not data:
        raise ValidationError(
            _("%(name)s is leeg. Kies het bestand opnieuw.") % {"name": name}
        )
    if is_locked(data):
        raise ValidationError(
            _(
                "Op %(name)s zit een wachtwoord, zodat wij het niet kunnen controleren. Stuur het zonder wachtwoord."
            )
            % {"name": name}
        )
    kind = kind_of(data, name)
    if kind is None:
        raise ValidationError(
            _(
                "%(name)s kunnen wij niet aannemen. Stuur een bestand van deze soort: %(kinds)s."
            )
            % {"name": name, "kinds": KINDS_IN_WORDS}
        )
    upload.seek(0)
    return _keep(upload, data, name=name, kind=kind, owner=owner)


@transaction.atomic
def store_bytes(data: bytes, name: str, owner: Any) -> Bijlage:
    """Keep a file that came by mail. Nothing is refused, for nobody is there to be told:
    what we do not take stands with the message by name, with why, and is not served.

    Of a file that is too large only name, size and digest are kept; the mail itself has it.
    """
    name = clean_name(name)
    kept = Bijlage.objects.filter(
        owner_type=ContentType.objects.get_for_model(owner), owner_id=owner.pk
    ).aggregate(total=Sum("size"))["total"]
    kind = kind_of(data, name)
    geweigerd = "" if kind else Bijlage.Geweigerd.SOORT
    if (
        len(data) > settings.ATTACHMENT_MAX_BYTES
        or (kept or 0) + len(data) > settings.ATTACHMENTS_MAX_BYTES
    ):
        geweigerd = Bijlage.Geweigerd.GROOT
    return _keep(
        None if geweigerd == Bijlage.Geweigerd.GROOT else ContentFile(data),
        data,
        name=name,
        kind=kind or UNKNOWN_KIND,
        owner=owner,
        geweigerd=geweigerd,
    )


def _keep(
    file: File[bytes] | None,
    data: bytes,
    *,
    name: str,
    kind: str,
    owner: Any,
    geweigerd: str = "",
) -> Bijlage:
    bijlage = Bijlage(
        name=name,
        content_type_name=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        owner=owner,
        geweigerd=geweigerd,
    )
    if is_locked(data):
        bijlage.scan = Bijlage.Scan.ONCONTROLEERBAAR
    elif file is not None and scanner.is_configured():
        bijlage.scan = Bijlage.Scan.WACHT
    if file is not None:
        bijlage.file.save(name, file, save=False)
    bijlage.save()
    if bijlage.scan == Bijlage.Scan.WACHT:
        _ask_scan(bijlage.pk)
    return bijlage


def _ask_scan(pk: UUID, *, at: datetime.datetime | None = None) -> None:
    outbox.enqueue(
        kind=SCAN, key=f"bijlage:{pk}", payload={"bijlage": str(pk)}, available_at=at
    )


@outbox.handler(SCAN)
def deliver_scan(row: Outbox) -> None:
    """Have the scanner judge a held file; it stays held while the scanner is away."""
    pk = UUID(row.payload["bijlage"])
    try:
        scan_held(pk)
    except scanner.ScannerAway:
        if row.attempts < outbox.MAX_ATTEMPTS:
            raise
        _ask_scan(pk, at=timezone.now() + ASK_AGAIN)


def scan_held(pk: UUID) -> None:
    """Judge a file that is held; nothing for one that was judged or is gone."""
    bijlage = Bijlage.objects.filter(pk=pk, scan=Bijlage.Scan.WACHT).first()
    if bijlage is None:
        return
    if not scanner.is_configured():
        # Switched off since: there is nobody to wait for.
        Bijlage.objects.filter(pk=pk, scan=Bijlage.Scan.WACHT).update(
            scan=Bijlage.Scan.NIET_NODIG
        )
        return
    try:
        file = bijlage.file.open("rb")
    except FileNotFoundError as error:
        raise outbox.Undeliverable(f"bestand weg: {bijlage.file.name}") from error
    with file:
        found = scanner.scan(cast(BinaryIO, file))
    _judge(pk, found)


@transaction.atomic
def _judge(pk: UUID, found: str) -> None:
    bijlage = Bijlage.objects.select_for_update().get(pk=pk)
    if bijlage.scan != Bijlage.Scan.WACHT:
        return
    if not found:
        bijlage.scan = Bijlage.Scan.SCHOON
    elif found.startswith(scanner.CANNOT_LOOK_INTO):
        bijlage.scan = Bijlage.Scan.ONCONTROLEERBAAR
    else:
        bijlage.scan = Bijlage.Scan.BESMET
    if bijlage.scan != Bijlage.Scan.BESMET:
        bijlage.save(update_fields=["scan"])
        return
    file, storage = str(bijlage.file.name), bijlage.file.storage
    bijlage.file = ""
    bijlage.save(update_fields=["scan", "file"])
    registry.infected(bijlage, found)
    # Only once the mark is sure; the digest stays, to recognise the file by.
    transaction.on_commit(partial(storage.delete, str(file)))


def _scanner_health() -> dict[str, Any]:
    """Away is told, and does not take the site off: files wait, all else works."""
    if not scanner.is_configured():
        return {"ok": True, "configured": False}
    waiting = Bijlage.objects.filter(scan=Bijlage.Scan.WACHT)
    oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    try:
        version = scanner.version()
    except scanner.ScannerAway as error:
        version, reason = "", str(error)
    else:
        reason = ""
    return {
        "ok": True,
        "configured": True,
        "answering": bool(version),
        "version": version,
        "reason": reason,
        "waiting": waiting.count(),
        "late": bool(oldest and timezone.now() - oldest > WAIT_TOO_LONG),
    }


health.register("scanner", _scanner_health)
