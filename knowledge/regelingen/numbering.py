"""Numbers of articles, leden and onderdelen as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

# The number itself: '5', '12a', '2.4.1', '1:1', 'IV', 'A'.
_END = r"\s*[.:)\]–—-]*"
_DIGITS = (
    r"\d+(?:[.:]\d+)*"
    r"(?:(?-i:[a-z]{1,2}|\s[a-z]|\s?(?:bis|ter|quater))(?![\w’']))?(?!\w)"
)
_ROMAN = r"[IVXLC]+[a-z]?(?!\w)"
_MIXED = r"(?-i:[A-Z]{1,4})[.:-]?\d+(?:[.:]\d+)*(?-i:[a-z])?(?!\w)"
_NUMBER = rf"(?:{_MIXED}|{_DIGITS}|{_ROMAN}|[A-Z](?!\w))"
# A number that holds no title: one word, or a range such as '10 t/m 12'.
_WHOLE = re.compile(
    rf"(?:[IVXLC]+|(?!.*[A-Za-z]{{3}})[\w.:–-]{{1,16}}|"
    rf"{_DIGITS}\s*(?:,|en|t/m|tot en met|-|–)\s*{_DIGITS}){_END}$",
    re.I,
)
_LABEL = (
    r"(?:enig\s+artikel|artikel(?:en)?|art\.|ad\s+artikel|hoofdstuk|afdeling|"
    r"(?:sub)?paragraaf|§|titel|deel|boek|bijlage)"
)
_KOP = re.compile(
    rf"^\s*(?P<label>{_LABEL}(?![\w’']))?\s*(?P<number>{_NUMBER})?(?P<end>{_END})\s*(?P<rest>.*)$",
    re.I | re.S,
)
# What is longer is no number, and goes where words go.
MAX_NUMBER = 40
BULLETS = frozenset("-–—−•·▪■●○◦*o►‣")


class Kind(IntEnum):
    """How a number is written, from the highest to the lowest."""

    CIJFER = 0
    LETTER = 1
    GRAAD = 2
    ROMEIN = 3
    STREEP = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: kind, place in its row, without its closing sign."""

    kind: Kind
    order: int
    number: str
    label: str = ""


def clean(printed: str) -> str:
    """A printed number without closing sign: '1.' → '1', 'a)' → 'a', '1°.' → '1°'."""
    text = " ".join(printed.split())
    if re.fullmatch(r"\([^()]+\)", text):
        text = text[1:-1]
    return text.rstrip(".):;").rstrip() or text


def mark(printed: str, before: Mark | None = None) -> Mark:
    """What a printed number is. before: the mark of the item before it, for 'i' and 'v'."""
    number = clean(printed)
    if len(number) > MAX_NUMBER:
        return Mark(Kind.STREEP, 0, "", number)
    if not number or (
        set(number) <= BULLETS
        and not (number == "o" and before and before.number == "n")
    ):
        return Mark(Kind.STREEP, 0, "", number)
    if re.fullmatch(r"\d+[a-z]{0,2}\s?[°ºe]", number) and not re.fullmatch(
        r"\d+[a-d]", number
    ):
        return Mark(Kind.GRAAD, int(re.match(r"\d+", number)[0]), number)  # type: ignore[index]
    digits = re.fullmatch(r"(\d+)(?:[.:](\d+))*\s?[a-z]{0,3}", number)
    if digits:
        order = 0
        for part in re.findall(r"\d+", number):
            order = order * 1000 + int(part)
        return Mark(Kind.CIJFER, order, number)
    if re.fullmatch(r"[a-zA-Z]{1,2}", number):
        lower = number.lower()
        order = 0
        for letter in lower:
            order = order * 26 + ord(letter) - 96
        follows = (
            before is not None
            and before.kind is Kind.LETTER
            and order == before.order + 1
        )
        in_romans = before is not None and before.kind is Kind.ROMEIN
        roman = _roman(lower)
        if roman and not follows and (in_romans or roman == 1):
            return Mark(Kind.ROMEIN, roman, number)
        if len(number) == 1 or number[0].lower() == number[1].lower() or follows:
            return Mark(Kind.LETTER, order, number)
    roman = _roman(number.lower())
    if roman:
        return Mark(Kind.ROMEIN, roman, number)
    return Mark(Kind.STREEP, 0, number)


def _roman(text: str) -> int:
    if not re.fullmatch(r"[ivxlc]+", text):
        return 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text]
    return sum(
        -value if any(later > value for later in values[at + 1 :]) else value
        for at, value in enumerate(values)
    )


def typed(text: str) -> tuple[str, str] | None:
    """The number that somebody typed before a paragraph, and the rest; None without."""
    found = re.match(
        r"(\d+[a-z]?[.)]|\d+[°º]\.?|[a-z][.)]|\d+(?=\s+[A-Z]))\s+(?=\S)", text
    )
    return (found[1], text[found.end() :]) if found else None


def kop(label: str, number: str, title: str, *, of: str = "") -> tuple[str, str, str]:
    """Label, number and title of a heading, wherever they were put in the file.

    Numbers stand in labels ('1.Parkeren'), titles in numbers ('29. Intrekking') and
    everything in the title ('Artikel 5. Aanvraag'). of: what the element is, such as
    'artikel': of those a bare number before a title is a number.
    """
    label, number, title = (" ".join(part.split()) for part in (label, number, title))
    if label and not number:
        found = _KOP.match(label)
        if (
            found
            and found["number"]
            and (found["label"] or found["end"].strip() or not found["rest"])
        ):
            label, number = found["label"] or "", found["number"]
            title = " ".join(filter(None, (found["rest"], title)))
        elif label[:1].islower() is False and not re.match(_LABEL, label, re.I):
            label, title = "", " ".join(filter(None, (label, title)))
    elif number and _WHOLE.match(number):
        number = clean(number)
    elif number:
        found = _KOP.match(number)
        if found and found["number"]:
            label = label or found["label"] or ""
            number = found["number"]
            title = " ".join(filter(None, (found["rest"], title)))
        else:
            number = clean(number)
    elif title:
        found = _KOP.match(title)
        if (
            found
            and found["number"]
            and (
                found["label"]
                or (of and found["end"].strip())
                or (of == "artikel" and found["number"][0].isdigit())
            )
        ):
            label, number, title = found["label"] or "", found["number"], found["rest"]
    if len(number) > MAX_NUMBER:
        number, title = "", f"{number} {title}".strip()
    return label, number, title
