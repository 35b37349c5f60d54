"""The judged queries that ship with the product, and how well an answer does on one."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "evaluation" / "judgements"
DEPTH = 10


@dataclass(frozen=True)
class JudgedQuery:
    """grades: document name ('wet/huisvestingswet-2014') → 1 (helps) or 2 (answers)."""

    id: str
    text: str
    grades: dict[str, int]


@cache
def judged_queries() -> tuple[JudgedQuery, ...]:
    """All of them, in the order of the file; those without an answer have no grades."""
    grades: dict[str, dict[str, int]] = {}
    for line in (FOLDER / "qrels.txt").read_text().splitlines():
        query, _zero, name, grade = line.split()
        grades.setdefault(query, {})[name] = int(grade)
    with (FOLDER / "queries.tsv").open(newline="") as file:
        return tuple(
            JudgedQuery(row["id"], row["text"], grades.get(row["id"], {}))
            for row in csv.DictReader(file, delimiter="\t")
        )


def name_of(kind: str, url: str) -> str:
    """The name by which judgements know a document: its kind and the end of its address."""
    return f"{kind}/{url.rstrip('/').rpartition('/')[2]}"


def ndcg(found: Sequence[str], grades: dict[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of names, best first; 0 without grades."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return (
        _gain([grades.get(name, 0) for name in found[:depth]]) / best if best else 0.0
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))
