"""The committed start of the routing data."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .router import RouteTerm, RoutingTable

FILE = Path(__file__).parent / "termen.yaml"


@cache
def seed() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def seed_terms() -> list[RouteTerm]:
    """All terms of the file."""
    return [
        RouteTerm.of(str(text), team, row["soort"], float(weight))
        for team, row in seed()["teams"].items()
        for weight in (3, 2, 1)
        for text in row.get(weight) or []
    ]


def seed_table(names: dict[str, str] | None = None) -> RoutingTable:
    return RoutingTable.build(seed_terms(), seed()["dringend"], names or {})
