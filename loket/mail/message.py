"""The values of a mail that was read: frozen, without a trace of Django."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class Soort(StrEnum):
    """What a mail is, after it was judged."""

    VRAAG = "vraag"
    REACTIE = "reactie"
    AUTOMATISCH = "automatisch"
    BOUNCE = "bounce"
    LUS = "lus"
    SPAM = "spam"
    ONLEESBAAR = "onleesbaar"


@dataclass(frozen=True)
class Adres:
    """A name as shown and an address in lower case; an address that cannot be one is kept
    as it stands."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Bestand:
    """A file in a mail: name as given (decoded, not yet cleaned), kind as declared, bytes.

    note: what it is, in Dutch, for a kind that a reader may not know (winmail.dat, a
    signature, an invitation); empty for an ordinary file.
    """

    name: str
    media_type: str
    data: bytes
    inline: bool = False
    note: str = ""


@dataclass(frozen=True)
class Bounce:
    """One recipient of a delivery report (RFC 3464): address, action such as ``failed``,
    status such as ``5.1.1``."""

    recipient: str
    action: str
    status: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as read from bytes. Texts hold no NUL, no lone surrogates, no controls.

    froms: every address of every From header, so that two are seen as two.
    from_doubt: why the From proves no sender, in Dutch: none, several, a group, no address.
    headers: all of them in order, names in lower case, values decoded and unfolded.
    recipients: addresses of To, Cc, Delivered-To and X-Original-To, in which a token of
    ours is looked for; they subscribe nobody.
    new_text and quoted: the text in two, by ``quoting``; together they are ``text``.
    html: cleaned for display; empty without HTML.
    faults: what went wrong in reading, in Dutch; never an exception.
    unreadable: the reason why a person must look at the raw mail; empty when it was read.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    froms: tuple[Adres, ...] = ()
    from_doubt: str = ""
    sender: Adres | None = None
    reply_to: tuple[Adres, ...] = ()
    to: tuple[Adres, ...] = ()
    cc: tuple[Adres, ...] = ()
    recipients: tuple[str, ...] = ()
    return_path: str | None = None
    subject: str = ""
    date: datetime.datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    new_text: str = ""
    quoted: str = ""
    html: str = ""
    attachments: tuple[Bestand, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    bounced_ids: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unreadable: str = ""

    def header(self, name: str) -> str:
        """The first header of this name; empty when there is none."""
        return next((v for n, v in self.headers if n == name.lower()), "")

    def all_headers(self, name: str) -> tuple[str, ...]:
        return tuple(v for n, v in self.headers if n == name.lower())


@dataclass(frozen=True)
class Oordeel:
    """What kind of mail it is, with the reason in one Dutch sentence and the signals that
    led to it (for the mail page).

    VRAAG and REACTIE are both "by a person"; which of the two follows from the coupling.
    """

    soort: Soort
    reden: str
    signalen: tuple[str, ...] = field(default=())
