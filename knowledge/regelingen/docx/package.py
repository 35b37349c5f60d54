"""Open a Word file safely: what it is, how large it is, and its parts as XML."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from knowledge.regelingen.limits import MAX_BYTES, megabytes

MAX_UNPACKED = 200 * 1024 * 1024
# One part as a tree takes ten times its size in memory.
MAX_PART = 40 * 1024 * 1024
MAX_TAGS = 3_000_000
MAX_MEMBERS = 10_000

_SAVE_AS = "Open het in Word of LibreOffice, kies 'Opslaan als' en dan 'Word-document (.docx)'."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


class Refused(Exception):
    """The file is not read. The message is for the reader, in Dutch."""

    def __init__(self, form: str, message: str) -> None:
        super().__init__(message)
        self.form = form
        self.message = message


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that carry text. A part that is not there is None."""

    document: Any
    styles: Any
    numbering: Any
    footnotes: Any
    endnotes: Any
    comments: Any
    headers: tuple[Any, ...]


def open_package(data: bytes) -> Package:
    """Raises Refused when the file is something else, is damaged or is too large."""
    if not data:
        raise Refused("leeg", "Het bestand is leeg. Kies het bestand opnieuw.")
    if len(data) > MAX_BYTES:
        raise Refused(
            "docx",
            f"Het bestand is {megabytes(len(data))} MB; de grens is {megabytes(MAX_BYTES)} MB. "
            "Haal grote afbeeldingen eruit en sla het opnieuw op als DOCX.",
        )
    if not data.startswith(b"PK\x03\x04"):
        raise _other_form(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive)
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,  # a name of a member that is no text
        SyntaxError,  # what lxml raises for broken XML
    ) as error:
        raise Refused(
            "docx",
            "Dit bestand is beschadigd: Word-onderdelen ontbreken of zijn niet te lezen. "
            f"Vraag het origineel. {_SAVE_AS}",
        ) from error


def _other_form(data: bytes) -> Refused:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Refused(
                "versleuteld",
                "Dit Word-bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf "
                "(Bestand, Info, Document beveiligen) en sla het opnieuw op als DOCX.",
            )
        return Refused(
            "doc",
            f"Dit is een bestand van een oude versie van Office (.doc), geen DOCX. {_SAVE_AS}",
        )
    if b"%PDF-" in data[:1024]:
        return Refused(
            "pdf",
            "Dit is een PDF, geen DOCX. Vraag het Word-bestand waarvan de PDF is gemaakt; "
            "anders: open de PDF in Word en sla het op als DOCX.",
        )
    if head.startswith(b"{\\rtf"):
        return Refused("rtf", f"Dit is een RTF-bestand, geen DOCX. {_SAVE_AS}")
    if re.match(rb"<(!doctype html|html)", head, re.IGNORECASE):
        return Refused("html", f"Dit is een webpagina (HTML), geen DOCX. {_SAVE_AS}")
    if head.startswith(b"<"):
        return Refused("xml", f"Dit is een XML-bestand, geen DOCX. {_SAVE_AS}")
    return Refused("onbekend", f"Dit is geen DOCX-bestand. {_SAVE_AS}")


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "mimetype" in names and "content.xml" in names:
        raise Refused(
            "odt", f"Dit is een OpenDocument-bestand (.odt), geen DOCX. {_SAVE_AS}"
        )
    if any(member.flag_bits & 1 for member in members):
        raise Refused(
            "versleuteld",
            "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf en sla "
            "het opnieuw op als DOCX.",
        )
    # zipfile gives no more bytes than a member says it has, so this sum is a ceiling.
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise Refused(
            "docx",
            f"Het bestand is uitgepakt {unpacked // 1024**2} MB met {len(members)} onderdelen; "
            f"de grens is {MAX_UNPACKED // 1024**2} MB en {MAX_MEMBERS} onderdelen. Haal grote "
            "afbeeldingen en bijlagen eruit en sla het opnieuw op als DOCX.",
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(
            "docm",
            "Dit Word-bestand bevat macro's (.docm). Sla het op als 'Word-document (.docx)': "
            "dan vervallen de macro's en blijft de tekst gelijk.",
        )


def _read(archive: zipfile.ZipFile) -> Package:
    names = {name.lstrip("/"): name for name in archive.namelist()}

    def part(name: str) -> Any:
        return _parse(archive.read(names[name])) if name in names else None

    main = _targets(part("_rels/.rels"), "").get(
        "officeDocument", ["word/document.xml"]
    )[0]
    if main not in names:
        found = sorted({name.split("/")[0] for name in names})[:6]
        raise Refused(
            "zip",
            "Dit bestand is ingepakt als een DOCX, maar de tekst (word/document.xml) ontbreekt. "
            f"Gevonden: {', '.join(found) or 'niets'}. {_SAVE_AS}",
        )
    document = part(main)
    if document.tag != qn("w:document") or document.find(qn("w:body")) is None:
        kind = {"workbook": "Excel-bestand", "presentation": "PowerPoint-bestand"}.get(
            document.tag.rpartition("}")[2], "ander Office-bestand"
        )
        raise Refused("office", f"Dit is een {kind}, geen Word-bestand (DOCX).")
    folder, base = posixpath.split(main)
    targets = _targets(part(posixpath.join(folder, "_rels", f"{base}.rels")), folder)

    def related(kind: str) -> Any:
        return part(targets[kind][0]) if kind in targets else None

    return Package(
        document=document,
        styles=related("styles"),
        numbering=related("numbering"),
        footnotes=related("footnotes"),
        endnotes=related("endnotes"),
        comments=related("comments"),
        headers=tuple(
            found
            for kind in ("header", "footer")
            for name in targets.get(kind, [])
            if (found := part(name)) is not None
        ),
    )


def _targets(relations: Any, folder: str) -> dict[str, list[str]]:
    """Kind of relation → names of the parts inside this file."""
    found: dict[str, list[str]] = {}
    for relation in relations if relations is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External" or not target:
            continue
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.setdefault(relation.get("Type", "").rpartition("/")[2], []).append(name)
    return found


def _parse(xml: bytes) -> Any:
    if len(xml) > MAX_PART or xml.count(b"<") > MAX_TAGS:
        raise Refused(
            "docx",
            f"De tekst van dit bestand is {len(xml) // 1024**2} MB met {xml.count(b'<')} "
            f"onderdelen; de grens is {MAX_PART // 1024**2} MB en {MAX_TAGS} onderdelen. "
            "Splits het bestand en sla de delen op als DOCX.",
        )
    # Without zero bytes the check also holds for UTF-16. Word never writes a DOCTYPE.
    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        raise Refused(
            "docx",
            "Dit bestand bevat een DOCTYPE. Dat hoort niet in een DOCX en kan gevaarlijk "
            f"zijn, daarom lezen wij het niet. {_SAVE_AS}",
        )
    for strict, usual in _STRICT.items():
        xml = xml.replace(strict, usual)
    return parse_xml(xml)
