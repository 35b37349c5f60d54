"""Proof in addresses and Message-IDs that a mail answers one of ours (RFC 2104).

A reply token says which object a mail was about and to whom it went, so that withdrawing
that person's access makes it worthless. Lower case only: mail servers change the case of
addresses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from django.conf import settings

_TOKEN = re.compile(
    r"\A(?P<key>[a-z]+-\d+)-(?P<who>[a-z]+-\d+)-(?P<mac>[a-z2-7]{26})\Z"
)
_MESSAGE_ID = re.compile(r"\A<?loket\.(?P<key>.+)\.(?P<mac>[0-9a-f]{24})@[^<>\s]+>?\Z")


@dataclass(frozen=True)
class Bewijs:
    """What a valid token says: an object key such as ``vraag:12`` and for whom it was made,
    such as ``contact:4`` or ``user:7``."""

    key: str
    who: str


def _mac(purpose: str, text: str) -> bytes:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"{purpose}:{text}".encode(), hashlib.sha256
    ).digest()


def make(*, key: str, who: str) -> str:
    """The token for mail about ``key`` (``vraag:12``) to ``who`` (``contact:4``).

    130 bits of HMAC-SHA-256; at most 64 characters with ``loket+`` before it, as RFC 5321
    4.5.3.1.1 asks, for numbers of up to eight digits.
    """
    text = f"{key}-{who}".replace(":", "-")
    mac = base64.b32encode(_mac("reply", text)).decode().lower()[:26]
    return f"{text}-{mac}"


def read(token: str) -> Bewijs | None:
    """What a token proves; None when it is not one of ours. The case does not matter."""
    match = _TOKEN.match(token.strip().lower())
    if match is None:
        return None
    proof = Bewijs(match["key"].replace("-", ":"), match["who"].replace("-", ":"))
    expected = make(key=proof.key, who=proof.who).encode()
    return (
        proof if hmac.compare_digest(expected, token.strip().lower().encode()) else None
    )


def reply_address(*, key: str, who: str) -> str:
    """``loket+<token>@domain``: where an answer to a mail about ``key`` goes."""
    local, _at, domain = settings.MAIL_FROM.partition("@")
    return f"{local}+{make(key=key, who=who)}@{domain}"


def proof_in(address: str) -> Bewijs | None:
    """What the address of a recipient proves; None for every other address."""
    local, _at, _domain = address.strip().lower().rpartition("@")
    _name, plus, token = local.partition("+")
    return read(token) if plus else None


def message_id(message_key: str) -> str:
    """``<loket.<key>.<hmac>@domain>``: recognisable as ours, not to be guessed."""
    digest = _mac("message-id", message_key).hex()[:24]
    return f"<loket.{message_key}.{digest}@{settings.MAIL_DOMAIN}>"


def message_key(message_id: str) -> str | None:
    """The key of a Message-ID of ours; None for one that we did not make."""
    match = _MESSAGE_ID.match(message_id.strip())
    if match is None:
        return None
    digest = _mac("message-id", match["key"]).hex()[:24]
    return match["key"] if hmac.compare_digest(digest, match["mac"]) else None
