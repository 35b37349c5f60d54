"""A DKIM signature on what we send (RFC 6376), when there is a key."""

from __future__ import annotations

from pathlib import Path

import dkim
from django.conf import settings

# All that a reader or a server acts on; RFC 8058 4 asks for the last two.
SIGNED = (
    "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to",
    "references", "mime-version", "content-type", "content-transfer-encoding",
    "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip


def wanted() -> bool:
    return bool(settings.DKIM_SELECTOR or settings.DKIM_KEY_FILE)


def sign(raw: bytes) -> bytes:
    """The DKIM-Signature header of these bytes. Raises for a bad key or setting."""
    present = {
        line.partition(b":")[0].strip().lower().decode("ascii", "replace")
        for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
        if not line.startswith((b" ", b"\t"))
    }
    # From twice: nobody can add a second one (RFC 6376 8.15).
    names = [name for name in SIGNED if name in present] + ["from"]
    return dkim.sign(
        raw,
        settings.DKIM_SELECTOR.encode(),
        settings.DKIM_DOMAIN.encode(),
        Path(settings.DKIM_KEY_FILE).read_bytes(),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[name.encode() for name in names],
    )


def signed(raw: bytes) -> bytes:
    """The message with its signature; the message itself without a key."""
    return sign(raw) + raw if wanted() else raw


def fault() -> str:
    """What is wrong with the settings, in words; empty when nothing is."""
    if not wanted():
        return ""
    if not (settings.DKIM_SELECTOR and settings.DKIM_KEY_FILE and settings.DKIM_DOMAIN):
        return "DKIM_SELECTOR, DKIM_DOMAIN en DKIM_KEY_FILE horen bij elkaar; er ontbreekt er een."
    try:
        sign(b"From: a@example.nl\r\nSubject: proef\r\n\r\nproef\r\n")
    except OSError as error:
        return (
            f"DKIM_KEY_FILE is niet te lezen: {error.strerror or type(error).__name__}."
        )
    except Exception as error:
        return f"De sleutel in DKIM_KEY_FILE is geen RSA-sleutel in PEM ({type(error).__name__})."
    return ""
