"""Private files: taken in by content, given out by the rule of their owner."""

import hashlib
import re
import unicodedata
from typing import Any

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Bijlage

# Kind by content → extensions that may carry it.
ALLOWED: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "docx",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "pptx",
    ),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "text/plain": ("txt", "csv"),
}
KINDS_IN_WORDS = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), OpenDocument (odt, ods), PNG, JPEG, TXT of CSV"


def clean_name(name: str) -> str:
    """A file name without paths, control and format characters; at most 150 characters.

    NFKC first, so that look-alike characters cannot hide an extension
    (CVE-2026-28289: a zero-width space before the name).
    """
    text = unicodedata.normalize("NFKC", name)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r'[<>:"|?*%;]', "_", text).strip(" .")
    if len(text) > 150:
        stem, dot, ext = text.rpartition(".")
        text = f"{stem[: 149 - len(ext)]}{dot}{ext}" if dot else text[:150]
    return text or "bijlage"


def _zip_kind(head: bytes, extension: str) -> str | None:
    for kind, extensions in ALLOWED.items():
        if (
            extension in extensions
            and "officedocument" in kind
            and b"[Content_Types].xml" in head
        ):
            return kind
        if (
            extension in extensions
            and "opendocument" in kind
            and kind.encode() in head[:200]
        ):
            return kind
    return None


def kind_of(data: bytes, name: str) -> str | None:
    """Media type by content that fits the extension; None when refused."""
    extension = name.rpartition(".")[2].lower()
    if data[:4] == b"PK\x03\x04":
        return _zip_kind(data, extension)
    if extension in ALLOWED["text/plain"]:
        if b"\0" in data:
            return None
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            data.decode("cp1252", errors="replace")
        return "text/plain"
    try:
        kinds = {match.mime_type for match in puremagic.magic_string(data)}
    except puremagic.PureError:
        return None
    for kind in kinds:
        if extension in ALLOWED.get(kind, ()):
            return kind
    return None


def remove(rows: QuerySet[Bijlage]) -> int:
    """Remove files with their rows; the files first, so that a crash leaves no file that
    nothing names. A file that is gone already is no fault."""
    count = 0
    for row in rows.iterator(chunk_size=500):
        row.file.storage.delete(str(row.file.name))
        count += 1
    if count:
        rows.delete()
    return count


def store_upload(upload: UploadedFile, *, owner: Any) -> Bijlage:
    """Keep an uploaded file for an owner object.

    Raises ValidationError in plain Dutch when it is too large, empty or of a refused kind.
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
    kind = kind_of(data, name)
    if kind is None:
        raise ValidationError(
            _(
                "%(name)s kunnen wij niet aannemen. Stuur een bestand van deze soort: %(kinds)s."
            )
            % {"name": name, "kinds": KINDS_IN_WORDS}
        )
    upload.seek(0)
    bijlage = Bijlage(
        name=name,
        content_type_name=kind,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        owner=owner,
    )
    bijlage.file.save(name, upload, save=False)
    bijlage.save()
    return bijlage
