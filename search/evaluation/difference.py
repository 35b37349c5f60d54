"""Two runs beside each other as a page of HTML: the queries that moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from .measures import NDCG, Values, means, per_query
from .significance import p_value
from .trec import Qrels, Run

SHOWN = 10
MOVED = 0.0005
# A drop of more than this that is hardly chance stops the build.
DROP, CHANCE = 0.01, 0.05


@dataclass(frozen=True)
class Difference:
    """of: nDCG@10 of the new run minus that of the old, over the same queries."""

    before: Values
    after: Values
    of: float
    p: float

    @property
    def is_drop(self) -> bool:
        return self.of < -DROP and self.p < CHANCE


def compare(qrels: Qrels, before: Run, after: Run) -> Difference:
    """Over the judged queries that both runs know."""
    both = {q: own for q, own in qrels.items() if q in before and q in after}
    old, new = per_query(both, before), per_query(both, after)
    one, other = ([values[q][NDCG] for q in both] for values in (old, new))
    change = (sum(other) - sum(one)) / len(both) if both else 0.0
    return Difference(old, new, change, p_value(one, other))


def page(
    difference: Difference,
    qrels: Qrels,
    before: Run,
    after: Run,
    texts: Mapping[str, str],
    *,
    title: str,
) -> str:
    """The queries whose nDCG@10 changed, worst first, with both first tens.

    Everything is escaped: a document id or a query is never live HTML.
    """
    rows: list[dict[str, Any]] = []
    for query, own in difference.after.items():
        old, new = difference.before[query][NDCG], own[NDCG]
        if abs(new - old) >= MOVED:
            rows.append(
                {
                    "id": query,
                    "text": texts.get(query, ""),
                    "old": old,
                    "new": new,
                    "change": new - old,
                    "before": _graded(before[query], qrels[query], after[query]),
                    "after": _graded(after[query], qrels[query], before[query]),
                }
            )
    rows.sort(key=lambda row: row["change"])
    overall = {
        name: {"old": value, "new": means(difference.after).get(name, 0.0)}
        for name, value in means(difference.before).items()
    }
    template = Engine().from_string(
        (Path(__file__).parent / "difference.html").read_text(encoding="utf-8")
    )
    return template.render(
        Context(
            {
                "title": title,
                "rows": rows,
                "overall": overall,
                "difference": difference,
                "queries": len(difference.after),
                "worse": sum(row["change"] < 0 for row in rows),
                "better": sum(row["change"] > 0 for row in rows),
            }
        )
    )


def _graded(
    documents: list[str], grades: Mapping[str, int], other: list[str]
) -> list[dict[str, Any]]:
    """The first ten with their grade, and whether the other run has them there too."""
    return [
        {
            "id": document,
            "grade": grades.get(document),
            "alone": document not in other[:SHOWN],
        }
        for document in documents[:SHOWN]
    ]
