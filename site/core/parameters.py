"""Numbers, days and text from an address or a form, as the database can take them."""

import datetime

from django.http import QueryDict

# Fits the largest whole number of every database, whatever the digits.
MAX_DIGITS = 18
NUL = "\x00"


def parse_pk(value: str | None) -> int | None:
    """The primary key that a request names; None for what cannot be one."""
    if not value or len(value) > MAX_DIGITS:
        return None
    return int(value) if value.isascii() and value.isdigit() else None


def parse_date(value: str | None) -> datetime.date | None:
    """The day that a request names, as 2026-07-01; None for what is no day."""
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        return None


class PkConverter:
    """``<pk:pk>`` in an address: what ``parse_pk`` takes; anything else is not found."""

    regex = f"[0-9]{{1,{MAX_DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def without_nul(text: str) -> str:
    """The text without the sign that no text needs and PostgreSQL refuses."""
    return text.replace(NUL, "")


def plain(fields: QueryDict) -> QueryDict:
    """The fields of a request, without NUL."""
    if not any(NUL in value for _name, values in fields.lists() for value in values):
        return fields
    cleaned = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        cleaned.setlist(name, [without_nul(value) for value in values])
    cleaned._mutable = False
    return cleaned
