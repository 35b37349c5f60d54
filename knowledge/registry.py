"""What upper apps tell the knowledge base, registered in their ``ready()``."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from core.person import Person


@dataclass(frozen=True)
class OriginLink:
    """What a page was made from: how to name it and where to open it."""

    label: str
    url: str


FindOrigin = Callable[[Person, str], OriginLink | None]
_origins: dict[str, FindOrigin] = {}


def register_origin(kind: str, find: FindOrigin) -> None:
    """Say what lies behind ``origin_key`` values such as ``vraag:12`` (kind ``vraag``).

    find: called with the person and the key; None when the person may not see it.
    """
    _origins[kind] = find


def origin_of(person: Person, key: str) -> OriginLink | None:
    """What a page was made from, for this person; None when there is nothing to show."""
    find = _origins.get(key.partition(":")[0])
    return find(person, key) if find else None


AskAbout = Callable[[int, str, datetime.date | None], str]
_ask_about: list[AskAbout] = []


def register_ask_about_article(address: AskAbout) -> None:
    """Say where somebody asks about an article of a regulation.

    address: called with the regulation, the anchor, and the day of its text when that is
    not the one of today.
    """
    _ask_about[:] = [address]


def ask_about_article(regeling: int, anchor: str, day: datetime.date | None) -> str:
    """The address to ask about an article; empty when nobody takes questions."""
    return _ask_about[0](regeling, anchor, day) if _ask_about else ""
