"""Which urgency categories the law makes compulsory: dated data with its sources."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "starter" / "data"


class Stand(StrEnum):
    """How sure it is that a category is compulsory."""

    GELDEND = "geldend"
    AANGEKONDIGD = "aangekondigd"
    ONZEKER = "onzeker"


@dataclass(frozen=True, slots=True)
class Bron:
    titel: str
    uitgever: str
    url: str


@dataclass(frozen=True, slots=True)
class Categorie:
    """sinds: what the sources say of the stand. nagegaan: the day they were looked at."""

    slug: str
    naam: str
    stand: Stand
    sinds: str
    nagegaan: datetime.date
    bronnen: tuple[Bron, ...]


@dataclass(frozen=True, slots=True)
class Lijst:
    """datum: the day on which the list was drawn up from its sources."""

    datum: datetime.date
    uitleg: str
    categorieen: tuple[Categorie, ...]


@cache
def lijst() -> Lijst:
    """The list that ships; a fault in it stops at once."""
    data = yaml.safe_load((DATA / "urgentiecategorieen.yaml").read_text("utf-8"))
    sources = yaml.safe_load((DATA / "bronnen.yaml").read_text("utf-8"))
    return Lijst(
        data["datum"],
        data["uitleg"],
        tuple(
            Categorie(
                row["slug"],
                row["naam"],
                Stand(row["stand"]),
                row["sinds"],
                row["nagegaan"],
                tuple(
                    Bron(source["titel"], source["uitgever"], source["url"] or "")
                    for source in (sources[name] for name in row["bronnen"])
                ),
            )
            for row in data["categorieen"]
        ),
    )
