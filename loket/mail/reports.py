"""What mail servers report about mail of ours (RFC 3464, and the forms before it)."""

from __future__ import annotations

import re
from typing import Final

from .charsets import clean_line, decode
from .headers import (
    Headers,
    addresses,
    every,
    first,
    message_ids,
    split_headers,
    text_of,
)
from .message import Bounce
from .mime import Part, top_headers

_STATUS_TYPES: Final = frozenset(
    {"message/delivery-status", "message/global-delivery-status"}
)
_ID_LINE: Final = re.compile(
    r"(?mi)^[> \t]{0,20}(?:Original-)?Message-ID:\s{0,20}(<[^<>\s]{3,998}>)"
)
_TOLD: Final = re.compile(
    r"(?m)^[ \t]{0,20}<?([^\s<>:;,\"@]{1,128}@[^\s<>:;,\"@]{1,253}?)>?[ \t]{0,20}:?[ \t]{0,20}$"
)
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# Where the text of Exim and qmail starts to quote the mail that came back.
_COPY: Final = re.compile(
    r"(?mi)^-{2,80}.{0,60}(?:copy of|original message|oorspronkelijk)"
)


def bounces_of(root: Part) -> tuple[tuple[Bounce, ...], tuple[str, ...]]:
    """The recipients that a report is about, and the Message-IDs of what we sent them."""
    found: list[Bounce] = []
    ids: list[str] = []
    for part in root.walk():
        if part.media_type in _STATUS_TYPES:
            found += _from_status(part.body())
        elif part.media_type == "message/disposition-notification":
            ids += message_ids(first(split_headers(part.body()), "original-message-id"))
        elif root.media_type == "multipart/report" and part.media_type in (
            "text/rfc822-headers", "message/rfc822-headers", "message/rfc822", "message/global",
        ):  # fmt: skip
            ids += message_ids(first(top_headers(part.body().lstrip()), "message-id"))
    for value in every(root.headers, "x-failed-recipients"):
        told = {bounce.recipient for bounce in found}
        got = [adres.address for adres in addresses(value)[0]]
        found += [Bounce(address, "failed") for address in got if address not in told]
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(ids))


def told_bounces(text: str) -> tuple[tuple[Bounce, ...], tuple[str, ...]]:
    """The same from the text of a server that writes no report (qmail, old Exchange)."""
    copy = _COPY.search(text)
    story = text[: copy.start()] if copy else text
    status = _STATUS.search(story)
    found = [
        Bounce(match[1].lower(), "failed", status[1] if status else "")
        for match in _TOLD.finditer(story[:50_000])
    ]
    ids = _ID_LINE.findall(text[:200_000])
    return tuple(dict.fromkeys(found))[:50], tuple(dict.fromkeys(ids))[:50]


def _from_status(body: bytes) -> list[Bounce]:
    """One group of fields per recipient, after the group about the message."""
    found = []
    for group in re.split(rb"\r?\n[ \t]*\r?\n", body)[:1000]:
        fields = split_headers(group)
        recipient = _typed(fields, "final-recipient") or _typed(
            fields, "original-recipient"
        )
        action = clean_line(text_of(first(fields, "action"))).lower()
        if recipient and action:
            status = _STATUS.search(text_of(first(fields, "status")))
            found.append(Bounce(recipient, action[:40], status[1] if status else ""))
    return found


def _typed(fields: Headers, name: str) -> str:
    """``rfc822;jan@example.nl`` as an address."""
    value = clean_line(decode(first(fields, name))[0])
    _kind, sign, address = value.partition(";")
    got, _in_group = addresses((address if sign else value).encode())
    return got[0].address if got else ""
