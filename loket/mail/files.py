"""Files in a mail: named, told what they are, and winmail.dat taken apart."""

from __future__ import annotations

import datetime
import logging
import re
from typing import Final
from zoneinfo import ZoneInfo

import tnefparse

from .charsets import clean_line, decode
from .headers import first, value_text
from .message import Bestand
from .mime import Part, top_headers

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)

_EXTENSIONS: Final = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/zip": ".zip",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/tiff": ".tif",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/rfc822-headers": ".txt",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
}
_NOTES: Final = {
    "application/pkcs7-signature": "Digitale handtekening (S/MIME)",
    "application/x-pkcs7-signature": "Digitale handtekening (S/MIME)",
    "application/pgp-signature": "Digitale handtekening (PGP)",
    "application/pgp-encrypted": "Kenmerk van een versleutelde mail (PGP)",
    "application/pgp-keys": "Openbare sleutel (PGP)",
    "message/rfc822": "Doorgestuurde mail",
    "message/global": "Doorgestuurde mail",
    "message/partial": "Deel van een mail die in stukken is verstuurd",
    "message/delivery-status": "Bericht van de mailserver over de bezorging",
    "message/global-delivery-status": "Bericht van de mailserver over de bezorging",
    "message/disposition-notification": "Leesbevestiging",
    "message/feedback-report": "Melding over spam",
    "text/rfc822-headers": "Kop van de mail waar dit bericht over gaat",
    "text/vcard": "Visitekaartje",
    "text/x-vcard": "Visitekaartje",
}
_MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
    "september", "oktober", "november", "december",
)  # fmt: skip
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
SMIME_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
# The code page of a winmail.dat that names none: Windows-1252, put before its own fields.
_WESTERN: Final = bytes.fromhex("01 0790 0600 08000000 e4040000 00000000 e800")
TNEF_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


def file_of(part: Part, data: bytes, number: int, *, inline: bool = False) -> Bestand:
    """The file that a part is; without a name it gets one of its kind and number."""
    media_type = part.media_type
    name = part.filename or _name_of(part, data, number)
    note = _NOTES.get(media_type, "")
    if media_type == "text/calendar":
        note = calendar_note(decode(data, part.params.get("charset", ""))[0])
    elif media_type in SMIME_TYPES:
        note = (
            "Ondertekende inhoud (S/MIME)"
            if part.params.get("smime-type", "").lower().startswith("signed")
            else "Versleutelde inhoud (S/MIME)"
        )
    return Bestand(name, media_type, data, inline=inline, note=note)


def _name_of(part: Part, data: bytes, number: int) -> str:
    extension = _EXTENSIONS.get(part.media_type, "")
    if part.media_type in ("message/rfc822", "message/global"):
        subject = value_text(first(top_headers(data), "subject"))
        return f"{subject[:80] or f'mail-{number}'}.eml"
    if part.media_type == "text/calendar":
        return "uitnodiging.ics"
    if not extension and part.media_type.startswith("text/"):
        extension = ".txt"
    return f"bijlage-{number}{extension}"


def calendar_method(text: str) -> str:
    match = re.search(r"(?mi)^METHOD\s*[:;]\s*([A-Z]+)", text[:100_000])
    return match[1].upper() if match else ""


def calendar_note(text: str) -> str:
    """What an invitation is about, in one line."""
    text = re.sub(r"\r?\n[ \t]", "", text[:100_000])
    kind = {
        "REPLY": "Antwoord op een agenda-uitnodiging",
        "CANCEL": "Afzegging van een afspraak",
    }.get(calendar_method(text), "Agenda-uitnodiging")
    event = text[max(0, text.find("BEGIN:VEVENT")) :]
    found = re.search(r"(?mi)^SUMMARY[^:\r\n]{0,200}:([^\r\n]*)", event)
    summary = clean_line(re.sub(r"\\(.)", r"\1", found[1]))[:120] if found else ""
    when = _when(event)
    return kind + (f": {summary}" if summary else "") + (f", {when}" if when else "")


def _when(event: str) -> str:
    """The start as a Dutch reader writes it, in Dutch time when the mail gives UTC."""
    match = re.search(
        r"(?mi)^DTSTART[^:\r\n]{0,200}:(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?",
        event,
    )
    if match is None:
        return ""
    try:
        start = datetime.datetime(
            int(match[1]), int(match[2]), int(match[3]),
            int(match[4] or 0), int(match[5] or 0), tzinfo=datetime.UTC,
        )  # fmt: skip
        if match[6]:
            start = start.astimezone(_AMSTERDAM)
    except (ValueError, OverflowError):
        return ""
    day = f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    return f"{day} om {start:%H.%M} uur" if match[4] else day


def open_tnef(data: bytes) -> tuple[str, str, tuple[Bestand, ...]] | None:
    """Text, HTML and files of a winmail.dat; None when it cannot be opened."""
    try:
        found = tnefparse.TNEF(data[:6] + _WESTERN + data[6:], do_checksum=False)
    except Exception:  # the library raises what the bytes make it raise
        return None
    codepage = str(found.codepage or "cp1252")
    files = []
    for number, attachment in enumerate(found.attachments[:1000], 1):
        content = attachment.data if isinstance(attachment.data, bytes) else b""
        name = _tnef_name(attachment, codepage)
        files.append(
            Bestand(
                name or f"bijlage-{number}",
                "application/octet-stream",
                content,
                note="Uit winmail.dat, een bestand van Outlook",
            )
        )
    text = _tnef_text(found.body, codepage)
    html = _tnef_text(found.htmlbody, codepage)
    return text, html, tuple(files)


def _tnef_name(attachment: tnefparse.tnef.TNEFAttachment, codepage: str) -> str:
    try:
        return _tnef_text(attachment.long_filename(), codepage).strip()
    except Exception:  # a name in another code page than the library expects
        return _tnef_text(getattr(attachment, "_name", b""), codepage).strip()


def _tnef_text(value: object, codepage: str) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        value = decode(value.rstrip(b"\0"), codepage)[0]
    return value.rstrip("\0") if isinstance(value, str) else ""
