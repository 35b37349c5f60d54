"""Identifiers and references of legal texts in the shapes that files really have."""

from __future__ import annotations

import datetime
import re
from html import unescape


def cvdr_id(printed: str) -> tuple[str, str]:
    """Work and version: ('CVDR112779', '1') of '112779_1', 'CVDR112779/1', 'CVDR229520-1'."""
    found = re.search(
        r"(?:CVDR)?\D{0,3}(\d{3,9})(?:[_/-](\d{1,4}))?\s*$", printed, re.I
    )
    return (f"CVDR{found[1]}", found[2] or "") if found else ("", "")


def reference(printed: str) -> str:
    """A reference to a legal text in one shape.

    'jci1.3:c:BWBR0035303&artikel=12' for national law, 'CVDR229520_1' for local; other
    text as it stands. Ampersands that were escaped twice are single again.
    """
    text = " ".join(printed.split())
    for _twice_or_more in range(4):
        text = unescape(text)
    text = re.sub(r"^https?://wetten\.overheid\.nl/", "", text).strip("/")
    jci = re.match(r"(?:jci)?(1\.\d+:[cv]:BWB[RVW]\d{7}.*)$", text)
    if jci:
        return f"jci{jci[1]}"
    local = re.search(r"CVDR(?:://|/)?\s*(\d{3,9})(?:[_/-](\d{1,4}))?\b", text, re.I)
    if local and "BWB" not in text:
        return f"CVDR{local[1]}" + (f"_{local[2]}" if local[2] else "")
    return text


def iso_date(printed: str) -> str:
    """The ISO date at the beginning of a text; empty when there is none that exists."""
    try:
        found = datetime.date.fromisoformat((printed or "").strip()[:10])
    except ValueError:
        return ""
    return found.isoformat() if found.year < 9999 else ""
