"""Dates inside a sentence as people write them."""

from __future__ import annotations

import datetime
import re

from core.maanden import MAANDEN

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def gewoon(text: str) -> str:
    """'2026-07-01' as '1 juli 2026', wherever it stands; what is no date stays."""

    def said(match: re.Match[str]) -> str:
        try:
            day = datetime.date(*map(int, match.groups()))
        except ValueError:
            return match[0]
        return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"

    return _ISO.sub(said, text)
