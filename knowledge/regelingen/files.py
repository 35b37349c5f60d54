"""Files, folders and zips of legal texts, read within limits and given to their reader."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import docx, xml
from .imports import Import, refused
from .limits import MAX_BYTES, megabytes

MAX_FILES = 10_000
MAX_UNPACKED = 500 * 1024 * 1024
# XML packs well; what packs better than this is made to fill a disk.
MAX_RATIO = 200
_SMALL = 1024 * 1024
_HOW = "Sla het op als DOCX (Word: Opslaan als, Word-document) en lever dat aan."


@dataclass(frozen=True, slots=True)
class File:
    """A file that was found: its bytes, or why they were not read."""

    path: str
    data: bytes = b""
    refusal: str = ""


def find(path: Path) -> Iterator[File]:
    """The files at a path: itself, those in a folder, those in a zip. Sorted by name.

    Raises OSError when the path itself cannot be read; a file in a folder that cannot is
    given with a refusal.
    """
    if not path.is_dir():
        path.stat()
        yield from _opened(path)
        return
    for at, inner in enumerate(sorted(path.rglob("*"))):
        hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if hidden or inner.is_symlink() or not inner.is_file():
            continue
        if at >= MAX_FILES:
            yield File(
                str(path), refusal=f"De map heeft meer dan {MAX_FILES} bestanden."
            )
            return
        try:
            yield from _opened(inner)
        except OSError as error:
            yield File(str(inner), refusal=f"Niet te lezen: {error.strerror}.")


def _opened(path: Path) -> Iterator[File]:
    if not path.is_file():
        yield File(str(path), refusal="Dit is geen gewoon bestand.")
        return
    size = path.stat().st_size
    with path.open("rb") as handle:
        start = handle.read(8)
        if start.startswith(b"PK") and _is_plain_zip(path):
            yield from _unpacked(path)
            return
        if size > MAX_BYTES:
            yield File(str(path), refusal=_too_large(size))
            return
        yield File(str(path), start + handle.read())


def _too_large(size: int) -> str:
    return (
        f"Het bestand is {megabytes(size)} MB. De grens is {megabytes(MAX_BYTES)} MB."
    )


def _is_plain_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not _office(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _office(archive: zipfile.ZipFile) -> str:
    """What document a zip is: 'docx', 'odt', 'xlsx', …; empty when it is a plain zip."""
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names:
        return "xlsx"
    return "odt" if {"mimetype", "content.xml"} <= names else ""


def _unpacked(path: Path) -> Iterator[File]:
    with zipfile.ZipFile(path) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        infos = [info for info in infos if not _hidden(info)]
        if len(infos) > MAX_FILES:
            yield File(
                str(path), refusal=f"De zip heeft meer dan {MAX_FILES} bestanden."
            )
            return
        total = 0
        for info in infos:
            name = f"{path}/{info.filename}"
            data, refusal = _member(archive, info, MAX_UNPACKED - total)
            total += len(data)
            yield File(name, data, refusal)
            if total >= MAX_UNPACKED:
                yield File(
                    str(path),
                    refusal=f"Uitgepakt is de zip meer dan {megabytes(MAX_UNPACKED)} MB. "
                    "De rest is niet gelezen.",
                )
                return


def _hidden(info: zipfile.ZipInfo) -> bool:
    parts = Path(info.filename).parts
    return info.is_dir() or any(
        part.startswith(".") or part == "__MACOSX" for part in parts
    )


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int
) -> tuple[bytes, str]:
    """The bytes of a file in a zip, never more than allowed whatever the zip claims."""
    if info.flag_bits & 1:
        return b"", "Dit bestand in de zip heeft een wachtwoord."
    if info.file_size > MAX_BYTES:
        return b"", _too_large(info.file_size)
    packed = max(info.compress_size, 1)
    if info.file_size > _SMALL and info.file_size / packed > MAX_RATIO:
        return b"", "Dit bestand is verdacht sterk ingepakt en is niet geopend."
    try:
        with archive.open(info) as handle:
            data = handle.read(min(MAX_BYTES, left) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        return b"", "Dit bestand in de zip is beschadigd."
    if len(data) > min(MAX_BYTES, left):
        return b"", _too_large(len(data))
    return data, ""


def read(data: bytes, name: str) -> Import:
    """Read one file by what is in it, or refuse it by name with what to do."""
    if len(data) > MAX_BYTES:
        return refused("te groot", _too_large(len(data)))
    if data.startswith(b"%PDF"):
        return refused("pdf", f"Dit is een PDF; daar staat geen structuur in. {_HOW}")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return refused("doc", f"Dit is een oud Word-bestand (.doc). {_HOW}")
    if data.startswith(b"{\\rtf"):
        return refused("rtf", f"Dit is een RTF-bestand. {_HOW}")
    if data.startswith(b"PK"):
        return _read_packed(data, name)
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return refused(
            "onbekend", f"Dit bestand is geen XML en geen DOCX. {xml.EXPECTED}"
        )
    return xml.read(data, name)


def _read_packed(data: bytes, name: str) -> Import:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            form = _office(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return refused(
            "onleesbaar", "Dit bestand is beschadigd: het is geen goede zip."
        )
    if form == "odt":
        return refused("odt", f"Dit is een OpenDocument-bestand. {_HOW}")
    if form == "xlsx":
        return refused(
            "xlsx", f"Dit is een Office-bestand, maar geen DOCX. {xml.EXPECTED}"
        )
    if not form:
        return refused("zip", "Dit is een zip in een zip. Pak die eerst uit.")
    return docx.read(data, name)
