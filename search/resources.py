"""What every search reads and few change: known words and what editors steer.

Kept in memory for each process, and read again when the database holds something newer;
that is looked at every few seconds at most.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Count, Max
from django.utils import timezone

from .analysis import fold, terms
from .models import (
    ApprovedQuery,
    BestBet,
    FacetLabel,
    SplitException,
    StopSuggestion,
    Synonym,
    Woord,
)
from .spelling import Vocabulary
from .synonyms import Rule, SynonymTable, content_terms

T = TypeVar("T")
LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Steering:
    """What editors set. bets: stems of a query → (document id, reason, last day)."""

    synonyms: SynonymTable
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bets: dict[frozenset[str], list[tuple[int, str, Any]]] = field(default_factory=dict)
    stops: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()


_kept: list[Kept[Any]] = []


class Kept(Generic[T]):
    """A value that is made again when ``version()`` changes."""

    def __init__(self, version: Callable[[], Any], make: Callable[[], T]) -> None:
        self._version, self._make = version, make
        _kept.append(self)
        self._lock = threading.Lock()
        self._held: tuple[Any, T] | None = None
        self._looked = 0.0

    def get(self) -> T:
        now = time.monotonic()
        held = self._held
        if held is not None and now - self._looked < LOOK_SECONDS:
            return held[1]
        with self._lock:
            version = self._version()
            if self._held is None or self._held[0] != version:
                self._held = (version, self._make())
            self._looked = now
            return self._held[1]

    def forget(self) -> None:
        """Look again at the next use; in this process a change counts at once."""
        self._looked = 0.0

    def drop(self) -> None:
        """Make it again at the next use, whatever the version says."""
        self._held = None


def _steering_version() -> tuple[Any, ...]:
    return tuple(
        tuple(model.objects.aggregate(n=Count("pk"), last=Max("changed_at")).values())
        for model in (Synonym, BestBet, StopSuggestion, SplitException, ApprovedQuery)
    )


def synonym_table(
    rules: list[Rule] | None = None, *, without: int | None = None
) -> SynonymTable:
    """The active synonyms of the database, with ``rules`` beside them.

    without: id of a synonym to leave out.
    """
    rows = (
        Synonym.objects.filter(active=True)
        .exclude(pk=without or 0)
        .values_list("word", "synonym", "weight", "both_ways")
    )
    return SynonymTable([*(Rule(*row) for row in rows), *(rules or [])])


def bet_table(
    rows: Iterable[BestBet],
) -> dict[frozenset[str], list[tuple[int, str, Any]]]:
    """Recommended pages by the words of their query."""
    bets: dict[frozenset[str], list[tuple[int, str, Any]]] = {}
    for bet in rows:
        stems = frozenset(term.stem for term in content_terms(bet.query))
        bets.setdefault(stems, []).append((bet.document_id, bet.reason, bet.until))
    return bets


def split_table(rows: Iterable[SplitException]) -> dict[str, tuple[str, ...]]:
    """Parts, as stems, of words that editors split themselves."""
    return {
        fold(row.word): tuple(term.stem for term in terms(row.parts)) for row in rows
    }


def _make_steering() -> Steering:
    today = timezone.localdate()
    return Steering(
        synonym_table(),
        split_table(SplitException.objects.filter(active=True)),
        bet_table(BestBet.objects.filter(active=True, until__gte=today)),
        tuple(
            StopSuggestion.objects.filter(active=True).values_list("text", flat=True)
        ),
        tuple(ApprovedQuery.objects.filter(active=True).values_list("text", flat=True)),
    )


def _vocabulary_version() -> tuple[Any, ...]:
    # Words come with higher numbers, also when a rebuild replaces all; to count them takes
    # longer than the search that asks.
    return tuple(Woord.objects.aggregate(last=Max("pk")).values())


def _make_vocabulary() -> Vocabulary:
    rows = Woord.objects.values_list("word", "documents", "forms")
    made = Vocabulary(
        (word, documents, forms.split(" "))
        for word, documents, forms in rows.iterator(chunk_size=5000)
    )
    # To look through all that is kept for cycles takes half a second, and would be done
    # again and again in the middle of somebody's search.
    gc.collect()
    gc.freeze()
    return made


def _facet_labels() -> dict[tuple[str, str], str]:
    rows = FacetLabel.objects.values_list("facet", "value", "label")
    return {(facet, value): label for facet, value, label in rows}


_steering = Kept(_steering_version, _make_steering)
_vocabulary = Kept(_vocabulary_version, _make_vocabulary)
_labels = Kept(FacetLabel.objects.count, _facet_labels)
steering = _steering.get
vocabulary = _vocabulary.get


def facet_labels(needed: Iterable[tuple[str, str]] = ()) -> dict[tuple[str, str], str]:
    """(facet, value) → label; looks for new ones when one of ``needed`` has none."""
    labels = _labels.get()
    if not all(value in labels for value in needed):
        _labels.forget()
        labels = _labels.get()
    return labels


def forget(*, anew: bool = False) -> None:
    """Have the next search read again what is kept; anew: also what looks the same."""
    for kept in _kept:
        kept.drop() if anew else kept.forget()
