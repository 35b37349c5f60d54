"""What the printed words and numbers of a line say that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.regelingen.tree import Soort

_LABELS = {
    "boek": Soort.BOEK,
    "deel": Soort.DEEL,
    "hoofdstuk": Soort.HOOFDSTUK,
    "hfst": Soort.HOOFDSTUK,
    "titel": Soort.TITELDEEL,
    "afdeling": Soort.AFDELING,
    "paragraaf": Soort.PARAGRAAF,
    "subparagraaf": Soort.SUBPARAGRAAF,
    "§": Soort.PARAGRAAF,
    "§§": Soort.SUBPARAGRAAF,
    "artikel": Soort.ARTIKEL,
    "art": Soort.ARTIKEL,
    "bijlage": Soort.BIJLAGE,
}
# 5, 12a, 2.4.1, 1:1, 2.3a, II, A.
DIGITS = r"\d{1,5}[a-z]{0,2}(?![a-z])(?:[.:]\d{1,5}[a-z]{0,2}(?![a-z])){0,5}"
_ROMAN = r"[IVXLC]{1,9}(?![A-Za-z])(?:[.:]\d{1,5}[a-z]{0,2}(?![a-z])){0,5}"
_NUMBER = rf"(?:{DIGITS}|{_ROMAN}|[A-Z](?![A-Za-z]))"
# What may stand between a number and a title.
_CLOSE = r"(?:\s*[.:)]+(?!\d)|\s*[-–—](?=\s))?"
_HEADING = re.compile(
    rf"""(?P<enig>enig\s+)?
    (?P<label>boek|deel|hoofdstuk|hfst|titel|afdeling|subparagraaf|paragraaf|§§?|artikel|art|bijlage)
    (?P<dot>\.?)\s*(?P<number>(?-i:{_NUMBER}))?(?P<close>{_CLOSE})(?P<gap>\s*)(?P<title>.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(
    rf"(?P<number>{DIGITS}|{_ROMAN})(?P<close>{_CLOSE})(?P<gap>\s*)(?P<title>.*)"
)
# A reference to an article goes on with these; a heading does not.
_REFERS = re.compile(
    r"(,|;|\(?(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende)\b|lid\b|leden\b|en\b|of\b|tot en met\b|t/m\b"
    r"|onder(?:deel)?\b|van (?:de|het|deze|dit)\b|is\b|zijn\b|wordt\b|geldt\b)"
)
EXPIRED = re.compile(
    r"[\[(]?\s*(?:dit (?:artikel|lid) is )?(?:vervallen|ingetrokken)"
    r"(?: (?:per|op|met ingang van) [\w\s-]{4,30})?\s*[\])]?\.?(?:\s*[\])])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    soort: Soort
    label: str
    number: str
    title: str


def heading(text: str) -> Heading | None:
    """'Artikel 3. Titel' and its like; None when no such label stands in front."""
    match = _HEADING.fullmatch(text.replace("\t", " "))
    if match is None:
        return None
    label, number, title = match["label"], match["number"] or "", match["title"]
    soort = _LABELS[label.lower()]
    if not number and not (match["enig"] or soort in (Soort.BIJLAGE, Soort.ARTIKEL)):
        return None
    if not number and title and not (match["gap"] or match["close"]):
        return None  # 'Artikelsgewijs', 'Bijlagen'
    if number and title and not (match["gap"] or match["close"]):
        return None
    if label.lower() == "art" and not number:
        return None
    if match["dot"] and label.lower() in ("art", "hfst"):
        label += "."
    return Heading(soort, (match["enig"] or "") + label, number, title)


def bare_heading(text: str) -> Heading | None:
    """'29. Intrekking' or '2.1 Titel': a heading of which the label is left out."""
    match = _BARE.fullmatch(text.replace("\t", " "))
    if match is None or (match["title"] and not (match["gap"] or match["close"])):
        return None
    return Heading(Soort.ARTIKEL, "", match["number"], match["title"])


def refers(title: str) -> bool:
    """Whether what follows 'Artikel 3' makes it a reference in a sentence."""
    return bool(_REFERS.match(title))


def expired(text: str) -> bool:
    return bool(EXPIRED.fullmatch(text.strip()))


class Mark(StrEnum):
    """The kind of sign before a part of an article, decided on its form."""

    DIGIT = "digit"
    DECIMAL = "decimal"
    LETTER = "letter"
    UPPER = "upper"
    DEGREE = "degree"
    ROMAN = "roman"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Item:
    """number: as printed without its closing sign; label: the sign of a bullet. value: its place in its row; of a
    letter that may be a roman number too, roman is that other place."""

    mark: Mark
    number: str
    text: str
    value: int = 0
    roman: int = 0
    closed: bool = True
    label: str = ""


_ITEM = re.compile(
    r"""(?P<open>\(?)
    (?: (?P<degree>\d{1,2}(?:[°º]|[eo](?=[.)\s])))
      | (?P<decimal>\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?)
      | (?P<digit>\d{1,3}[a-z]?)
      | (?P<letter>[a-z]{1,2}|[ivxl]{1,6})
      | (?P<upper>[A-Z])
    )
    (?P<close>\.?\)|\.|:(?=\s))?
    (?P<gap>\s+|$)(?P<text>.*)""",
    re.VERBOSE,
)
_BULLET = re.compile(r"(?P<sign>[-–—•·▪●○‣*o])(?P<gap>\s+)(?P<text>.+)")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def item(text: str) -> Item | None:
    """'1. Tekst', 'a) tekst', '1° tekst', '- tekst'; None for running text.

    closed is False for a number with a single space and no sign after it, which only
    the row that it stands in can confirm.
    """
    bullet = _BULLET.fullmatch(text)
    if bullet and (bullet["sign"] != "o" or bullet["gap"] == "\t"):
        return Item(Mark.BULLET, "", bullet["text"], label=bullet["sign"])
    match = _ITEM.fullmatch(text)
    if match is None:
        return None
    mark = Mark(_kind(match))
    number, rest, close = match[mark.value], match["text"], match["close"] or ""
    closed = bool(close) or match["gap"] == "\t" or number[-1] in "°º"
    if match["open"] and not close.endswith(")"):
        return None
    capital = mark in (Mark.DIGIT, Mark.DECIMAL) and rest[:1].isupper()
    if not (closed or capital or (mark is Mark.DEGREE and rest)):
        return None
    if mark is Mark.LETTER:
        roman = roman_value(number)
        if len(number) == 1 or number[0] * 2 == number:
            value = (len(number) - 1) * 26 + ord(number[0]) - 96
            return Item(mark, number, rest, value, roman)
        return Item(Mark.ROMAN, number, rest, roman) if roman else None
    if mark is Mark.UPPER:
        return Item(mark, number, rest, ord(number) - 64)
    last = re.findall(r"\d+", number)[-1]
    return Item(mark, number, rest, int(last), 0, closed)


def _kind(match: re.Match[str]) -> str:
    return next(
        k for k in ("degree", "decimal", "digit", "letter", "upper") if match[k]
    )


def roman_value(text: str) -> int:
    """The value of a small roman number below 90; 0 when it is none."""
    if not re.fullmatch(r"(xl|l?x{0,3})(ix|iv|v?i{0,3})", text):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
