"""A mail from bytes: never an exception, every fault a field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from . import files, markup, quoting, reports, smime
from .charsets import clean, decode
from .headers import (
    Headers,
    addresses,
    date_of,
    every,
    first,
    message_ids,
    text_of,
    value_text,
)
from .message import Adres, Bestand, Mail
from .mime import OverLimit, Part, split, top_headers, uu_bytes

MAX_BYTES: Final = 25 * 1024 * 1024
MAX_TEXT: Final = 10 * 1024 * 1024
_MAX_HEADERS: Final = 2000
_MAX_VALUE: Final = 20_000
NOT_SPLIT: Final = "Wat nieuw is in de tekst en wat citaat, is niet te zien."
_MAX_UNPACKED: Final = 3
_RECIPIENTS: Final = ("to", "cc", "delivered-to", "x-original-to")
_ENCRYPTED: Final = (
    "De inhoud is versleuteld ({}). Het loket kan de mail niet openen; vraag de afzender om "
    "haar onversleuteld te sturen."
)
_META_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I
)
_PGP_TEXT: Final = "-----BEGIN PGP MESSAGE-----"
_PGP_SIGNED: Final = re.compile(
    r"\A\s*-----BEGIN PGP SIGNED MESSAGE-----\n(?:[^\n]+\n)*\n(.*?)(?:\n-----BEGIN PGP SIGNATURE-----.*)?\Z",
    re.DOTALL,
)
_REPLY: Final = re.compile(r"(?i)\s*(?:re|antw|antwoord|aw|sv)\s*(?:\[\d+\])?\s*:")
_LINK: Final = re.compile(r" <[^<>\s]+>")
# The same text once more, for a watch or with code of Google.
_OTHER_FORMS: Final = frozenset({"text/x-amp-html", "text/watch-html"})
_UU_BEGIN: Final = re.compile(r"begin [0-7]{3,4} [^\n]{1,200}")


def parse(raw: bytes) -> Mail:
    """The mail in these bytes."""
    try:
        headers = top_headers(raw)
    except Exception:  # nothing may stop the intake; the raw mail is kept
        return Mail(unreadable="De mail is niet te lezen.")
    mail = _from_headers(headers)
    if len(raw) > MAX_BYTES:
        return replace(mail, unreadable="De mail is groter dan 25 MB.")
    try:
        return _with_content(mail, raw)
    except OverLimit as over:
        return replace(mail, unreadable=str(over))
    except MemoryError:
        return replace(mail, unreadable="De mail kost te veel geheugen om te lezen.")
    except Exception as error:  # nothing may stop the intake; the raw mail is kept
        name = type(error).__name__
        return replace(mail, unreadable=f"De mail is niet te lezen ({name}).")


def parse_headers(raw: bytes, unreadable: str) -> Mail:
    """Only who, when and about what, for a mail whose content could not be read."""
    try:
        return replace(_from_headers(top_headers(raw)), unreadable=unreadable)
    except Exception:  # nothing may stop the intake; the raw mail is kept
        return Mail(unreadable=unreadable)


def _from_headers(headers: Headers) -> Mail:
    faults = []
    froms: list[Adres] = []
    doubts = []
    from_headers = every(headers, "from")
    for value in from_headers:
        found, in_group = addresses(value)
        froms += found
        if in_group:
            doubts.append("Het adres van de afzender staat in een groep.")
    if len(from_headers) > 1:
        doubts.append("De mail heeft meer dan één afzenderkop.")
    if len({adres.address for adres in froms}) > 1:
        doubts.append("De mail noemt meer dan één afzender.")
    if not froms:
        doubts.append("De mail noemt geen afzender.")
    elif not all(re.fullmatch(r"[^@\s]+@[^@\s]+", adres.address) for adres in froms):
        doubts.append("Het adres van de afzender is geen mailadres.")
    if len(headers) > _MAX_HEADERS:
        faults.append(f"Van de kop zijn de eerste {_MAX_HEADERS} regels gelezen.")
    if first(headers, "date") and date_of(first(headers, "date")) is None:
        faults.append("De datum van de mail is niet te lezen.")
    ids = message_ids(first(headers, "message-id"))
    return_path = first(headers, "return-path")
    has_return_path = any(name == "return-path" for name, _value in headers)
    senders = addresses(first(headers, "sender"))[0]
    got = {name: _all_addresses(headers, name) for name in _RECIPIENTS}
    recipients = [adres.address for found in got.values() for adres in found]
    return Mail(
        message_id=ids[0] if ids else value_text(first(headers, "message-id"))[:998],
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        froms=tuple(dict.fromkeys(froms)),
        from_doubt=" ".join(dict.fromkeys(doubts)),
        sender=senders[0] if senders else None,
        reply_to=_all_addresses(headers, "reply-to"),
        to=got["to"],
        cc=got["cc"],
        recipients=tuple(dict.fromkeys(recipients)),
        return_path=_return_path(return_path) if has_return_path else None,
        subject=value_text(first(headers, "subject"))[:_MAX_VALUE],
        date=date_of(first(headers, "date")),
        headers=tuple(
            (name, value_text(value[:_MAX_VALUE]))
            for name, value in headers[:_MAX_HEADERS]
        ),
        faults=tuple(faults),
    )


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    found = [found for value in every(headers, name) for found in message_ids(value)]
    return tuple(dict.fromkeys(found))


def _all_addresses(headers: Headers, name: str) -> tuple[Adres, ...]:
    found = [adres for value in every(headers, name) for adres in addresses(value)[0]]
    return tuple(dict.fromkeys(found))


def _return_path(value: bytes) -> str:
    found, _in_group = addresses(value)
    return found[0].address if found else ""


@dataclass
class _Block:
    """What one part or one group of parts says: as text, as HTML."""

    plain: str = ""
    html: str = ""
    html_text: str = ""
    spare: bool = False  # only for a mail without other text

    @property
    def text(self) -> str:
        """The plain text, unless it only says that one must look at the HTML."""
        plain, other = self.plain.strip(), _LINK.sub("", self.html_text).strip()
        if not plain or (len(other) > 200 and len(plain) < len(other) / 5):
            return self.html_text
        return self.plain


@dataclass
class _Reading:
    files: list[Bestand] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unreadable: str = ""
    size: int = 0
    unpacked: int = 0

    def grow(self, text: str) -> str:
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise OverLimit("De tekst van de mail is groter dan 10 MB.")
        return text


def _with_content(mail: Mail, raw: bytes) -> Mail:
    root = split(raw)
    reading = _Reading()
    blocks = _read(root, reading, top=True)
    if any(block.text.strip() for block in blocks if not block.spare):
        blocks = [block for block in blocks if not block.spare]
    text = _joined(block.text for block in blocks)
    html = ""
    if any(block.html for block in blocks):
        html = "\n".join(
            block.html or markup.from_text(block.plain)
            for block in blocks
            if block.html or block.plain.strip()
        )
    text, unreadable = _without_pgp(text)
    bounces, ids = reports.bounces_of(root)
    if not bounces and mail.froms and _is_server(mail.froms[0].address):
        bounces, told = reports.told_bounces(text)
        ids = ids or told
    for part in root.walk():
        reading.faults += part.faults
    try:
        new_text, quoted = quoting.split(
            text, subject=mail.subject, reply=_is_reply(mail)
        )
    except Exception:  # when in doubt nothing is taken off
        new_text, quoted = text, ""
        reading.faults.append(NOT_SPLIT)
    return replace(
        mail,
        text=text,
        new_text=new_text,
        quoted=quoted,
        html=html,
        attachments=tuple(reading.files),
        bounces=bounces,
        bounced_ids=ids,
        faults=tuple(dict.fromkeys((*mail.faults, *reading.faults))),
        unreadable=reading.unreadable or unreadable,
    )


def _is_reply(mail: Mail) -> bool:
    """Whether the mail answers another; some programs only say so in the subject."""
    return bool(mail.in_reply_to or mail.references or _REPLY.match(mail.subject))


def _is_server(address: str) -> bool:
    return address.partition("@")[0] in ("mailer-daemon", "postmaster", "mailerdaemon")


def _joined(texts: object) -> str:
    kept = [text.strip("\n") for text in texts if text.strip()]  # type: ignore[attr-defined]
    return "\n\n".join(kept)


def _read(part: Part, reading: _Reading, *, top: bool = False) -> list[_Block]:
    """The blocks of a part; files and faults go to ``reading``."""
    kind = part.media_type
    if kind == "multipart/alternative":
        inner = [block for child in part.children for block in _read(child, reading)]
        if not inner:
            return []
        return [
            _Block(
                plain=_joined(block.plain for block in inner),
                html="\n".join(block.html for block in inner if block.html),
                html_text=_joined(block.html_text for block in inner),
            )
        ]
    if kind == "multipart/encrypted":
        reading.unreadable = _ENCRYPTED.format("PGP")
    if kind == "multipart/related":
        return _read_related(part, reading)
    if kind.startswith("multipart/"):
        return [block for child in part.children for block in _read(child, reading)]
    return _read_leaf(part, reading, top=top)


def _read_related(part: Part, reading: _Reading) -> list[_Block]:
    """The root and what it shows inside itself."""
    start = part.params.get("start", "").strip()
    root = next(
        (
            c
            for c in part.children
            if start and text_of(first(c.headers, "content-id")) == start
        ),
        part.children[0],
    )
    blocks = _read(root, reading)
    for child in part.children:
        if child is root:
            continue
        if child.children or child.media_type in files.TNEF_TYPES:
            blocks += _read(child, reading)
        else:
            _add_file(child, reading, inline=child.disposition != "attachment")
    return blocks


def _read_leaf(part: Part, reading: _Reading, *, top: bool) -> list[_Block]:
    kind = part.media_type
    disposition = part.disposition
    if kind in files.TNEF_TYPES or (
        kind == "application/octet-stream" and part.filename.lower() == "winmail.dat"
    ):
        return _read_tnef(part, reading)
    if kind in ("text/plain", "text/html", "text/enriched") and (
        disposition != "attachment" and not (part.filename and not top)
    ):
        return [_read_text(part, reading)]
    if kind in files.SMIME_TYPES and part.params.get("smime-type") != "certs-only":
        content = smime.signed_content(part.body())
        if content is not None and reading.unpacked < _MAX_UNPACKED:
            reading.unpacked += 1
            return _read(split(content), reading)
        reading.unreadable = _ENCRYPTED.format("S/MIME")
    _add_file(part, reading, inline=disposition == "inline")
    return []


def _add_file(part: Part, reading: _Reading, *, inline: bool) -> None:
    data = part.body()
    if not part.filename and (not data.strip() or part.media_type in _OTHER_FORMS):
        return
    reading.files.append(
        files.file_of(part, data, len(reading.files) + 1, inline=inline)
    )


def _read_text(part: Part, reading: _Reading) -> _Block:
    data = part.body()
    if len(data) > MAX_TEXT:
        raise OverLimit("De tekst van de mail is groter dan 10 MB.")
    charset = part.params.get("charset", "")
    is_html = part.media_type == "text/html"
    if is_html and not charset and (meta := _META_CHARSET.search(data[:4096])):
        charset = meta[1].decode("ascii", "replace")
    text, fault = decode(data, charset)
    if fault:
        reading.faults.append(fault)
    reading.grow(text)
    if is_html:
        laid_out, cleaned, fault = markup.to_text_and_html(text)
        if fault:
            reading.faults.append(fault)
        return _Block(html=cleaned, html_text=laid_out)
    text = clean(text)
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    return _Block(plain=_without_uu(text, reading))


def unflow(text: str, *, delsp: bool = False) -> str:
    """Paragraphs of RFC 3676 (format=flowed) on one line each."""
    out: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        content = rest[1:] if rest.startswith(" ") else rest
        flows = content.endswith(" ") and content != "-- "
        piece = content[:-1] if flows and delsp else content
        if depth == open_depth and content != "-- ":
            out[-1].append(piece)
        else:
            out.append([">" * depth + " " if depth else "", piece])
        open_depth = depth if flows else -1
    lines = ("".join(pieces) for pieces in out)
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)


def _without_uu(text: str, reading: _Reading) -> str:
    """Files that stand in the text (uuencode) taken out of it."""
    if "\nend" not in text or "begin " not in text:
        return text
    kept: list[str] = []
    waiting: list[str] = []  # from a line that begins a file
    for line in text.split("\n"):
        begins = _UU_BEGIN.fullmatch(line)
        if waiting and (begins or len(line) > 70):
            kept += waiting
            waiting = []
        if begins or waiting:
            waiting.append(line)
        else:
            kept.append(line)
        if waiting and line.rstrip() == "end":
            _add_uu(waiting, kept, reading)
            waiting = []
    return "\n".join(kept + waiting)


def _add_uu(lines: list[str], kept: list[str], reading: _Reading) -> None:
    """The file in these lines; they stay text when there is none in them."""
    data = uu_bytes("\n".join(lines).encode("utf-8", "replace"))
    if not data:
        kept += lines
        return
    name = lines[0].split(" ", 2)[2].strip()
    reading.files.append(Bestand(name, "application/octet-stream", data))


def _without_pgp(text: str) -> tuple[str, str]:
    """The text without the marks of a signature, and why it cannot be read."""
    if "-----BEGIN PGP" not in text[:2000]:
        return text, ""
    if match := _PGP_SIGNED.match(text):
        return match[1], ""
    if text.lstrip().startswith(_PGP_TEXT):
        return text, _ENCRYPTED.format("PGP")
    return text, ""


def _read_tnef(part: Part, reading: _Reading) -> list[_Block]:
    """A winmail.dat as the text and files in it; kept as it is where it does not open."""
    data = part.body()
    opened = files.open_tnef(data)
    text, html, found = opened or ("", "", ())
    kept = tuple(one for one in found if one.data)
    if len(kept) < len(found) or not (kept or text or html):
        note = "winmail.dat, een bestand van Outlook dat niet helemaal te openen is"
        name = part.filename or "winmail.dat"
        reading.files.append(Bestand(name, part.media_type, data, note=note))
        reading.faults.append("Het bestand winmail.dat is niet helemaal te openen.")
    reading.files += kept
    laid_out, cleaned, _fault = markup.to_text_and_html(reading.grow(html))
    plain = reading.grow(clean(text))
    return [_Block(plain=plain, html=cleaned, html_text=laid_out, spare=True)]
