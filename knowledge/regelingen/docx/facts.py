"""What a text says about itself: its title, who decides, and its dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.maanden import MAANDEN

_DATE = rf"(\d{{1,2}})(?:e|ste)?\s+({'|'.join(MAANDEN)})\s+(\d{{4}})"
_THIS = r"deze\s+(?:\w+)?(?:verordening|regeling|beleidsregels?|regels|besluit)"
_TITLE = re.compile(
    r"verordening|beleidsregel|(?:nadere|uitvoerings)\s?regel|regeling\b", re.I
)
_NO_TITLE = re.compile(
    r"(de raad|het college|burgemeester en wethouders|gelet op|gelezen|gezien|overwegende|besluit"
    r"|vast te stellen|tot vaststelling)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Facts:
    citeertitel: str = ""
    authority: str = ""
    valid_from: str = ""
    valid_until: str = ""


def names_text(line: str) -> bool:
    """Whether a line before the first article can be the title of the text."""
    return bool(
        _TITLE.search(line)
        and len(line) <= 200
        and not _NO_TITLE.match(line)
        and line[-1] not in ":;,"
    )


def is_group_title(line: str) -> bool:
    """Whether a line right before the first article can be the name of a chapter."""
    return not (_TITLE.search(line) or _NO_TITLE.match(line) or line[-1] in ":;,.")


def facts_in(text: str) -> Facts:
    """Only what is written out; nothing is worked out from other words."""
    return Facts(
        citeertitel=_citeertitel(text),
        authority=_authority(text),
        valid_from=_date_after(
            rf"{_THIS}\s+(?:treedt|treden)\s+in\s+werking\s+(?:op|met ingang van)", text
        ),
        valid_until=_date_after(
            rf"{_THIS}[^.]{{0,90}}?\bvervalt?(?:len)?\s+(?:op|met ingang van|per)", text
        ),
    )


def _citeertitel(text: str) -> str:
    found = re.search(
        rf"{_THIS}\s+(?:wordt|worden|kan|kunnen)\s+(?:worden\s+)?aangehaald\s+als\s*:?\s*(.{{5,150}}?)(?:\.\s|\.?$)",
        text,
        re.IGNORECASE | re.MULTILINE,
    )
    return found[1].strip("‘’'\"“”„ .") if found else ""


def _authority(text: str) -> str:
    found = re.search(
        r"(?i:raad|burgemeester en wethouders)\s+(?:van|der)\s+(?:de\s+)?gemeente\s+"
        r"((?:'s-|’s-)?[A-Z][\w-]*(?: (?:(?:aan|op|en|de|den|der|van|het|in|bij|'t|ten) )*[A-Z][\w-]*)*)",
        text,
    )
    return found[1] if found else ""


def _date_after(words: str, text: str) -> str:
    found = re.search(rf"{words}\s+{_DATE}\b", text, re.IGNORECASE)
    if not found:
        return ""
    day, month, year = found.groups()
    return f"{year}-{MAANDEN.index(month.lower()) + 1:02d}-{int(day):02d}"
