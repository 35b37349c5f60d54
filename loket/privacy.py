"""Personal data that a text plainly shows: addresses, numbers, addressed names; a help,
never a verdict."""

import re
from dataclasses import dataclass

from stdnum.nl import bsn

_PATTERNS = {
    "e-mailadres": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    "telefoonnummer": re.compile(
        r"(?<![\w.])(?:\+31|0031|0)[\s-]?(?:\(0\))?[1-9](?:[\s-]?\d){8}(?!\d)"
    ),
    "postcode": re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b"),
    # "mevrouw De Vries", "dhr. J. van der Berg", "de heer El Idrissi".
    "naam": re.compile(
        r"\b(?:[Mm]evrouw|[Mm]evr|[Mm]ej|[Mm]w|[Mm]eneer|[Mm]ijnheer|[Dd]hr|[Hh]eer|[Ff]am|[Ff]amilie)\b\.?[ \t]+"
        r"(?:[A-ZÀ-Þ]\.[ \t]*)*"
        r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Hh]et|[Tt]en|[Tt]er|[Tt]e|[Oo]p|['’][Tt])[ \t]+)*"
        r"[A-ZÀ-Þ][\w'’-]+(?:[ \t]+[A-ZÀ-Þ][\w'’-]+){0,2}"
    ),
}
_NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .]?\d){7,8}(?!\d)")


@dataclass(frozen=True)
class Found:
    kind: str
    text: str


def find_personal_data(text: str) -> list[Found]:
    """E-mail addresses, telephone numbers, postcodes, names after a form of address and
    BSNs (11-proof), in order."""
    found: list[tuple[int, Found]] = []
    for kind, pattern in _PATTERNS.items():
        found += [(m.start(), Found(kind, m.group())) for m in pattern.finditer(text)]
    for match in _NINE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if bsn.is_valid(digits.zfill(9)) and not any(
            f.text.startswith(match.group()[:6]) for _p, f in found
        ):
            found.append((match.start(), Found("BSN", match.group())))
    unique = {item.text: item for _position, item in sorted(found, key=lambda x: x[0])}
    return list(unique.values())
