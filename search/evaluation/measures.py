"""What a run is worth, by the judgements."""

from __future__ import annotations

from collections.abc import Collection
from statistics import fmean

import ir_measures
from ir_measures import RR, R, Success, nDCG

from .trec import Qrels, Run

NDCG = "ndcg@10"
_MEASURES = {
    NDCG: nDCG @ 10,
    "rr@10": RR @ 10,
    "success@3": Success @ 3,
    "recall@3": R @ 3,
    "recall@100": R @ 100,
}
_NAMES = {measure: name for name, measure in _MEASURES.items()}
# Query id → measure → value.
Values = dict[str, dict[str, float]]


def per_query(qrels: Qrels, run: Run) -> Values:
    """The measures of every judged query; one that found nothing has 0 for each.

    unjudged@10: share of the first ten about which nobody said anything.
    """
    found = {query: run.get(query, []) for query in qrels}
    values: Values = {
        query: {
            **dict.fromkeys(_MEASURES, 0.0),
            "unjudged@10": fmean(d not in qrels[query] for d in documents[:10])
            if documents
            else 0.0,
            "zero_results": float(not documents),
        }
        for query, documents in found.items()
    }
    scored = {
        query: {document: 1 / rank for rank, document in enumerate(documents, 1)}
        for query, documents in found.items()
        if documents
    }
    judged = {query: qrels[query] for query in scored}
    for metric in ir_measures.iter_calc(list(_NAMES), judged, scored):
        values[metric.query_id][_NAMES[metric.measure]] = metric.value
    return values


def means(values: Values, queries: Collection[str] | None = None) -> dict[str, float]:
    """The mean of each measure, over some of the queries or all; empty without any."""
    rows = [row for query, row in values.items() if queries is None or query in queries]
    names = rows[0] if rows else ()
    return {name: fmean(row[name] for row in rows) for name in names}
