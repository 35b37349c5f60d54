"""What every engine can do. Tokens come from search.analysis, so engines agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.query.plan import QueryPlan


@dataclass(frozen=True)
class IndexedSection:
    """Terms of one section, ready for an index: stems, part stems and 5-grams."""

    ordinal: int
    all: list[str]
    text: list[str]
    path: list[str]
    parts: list[str]
    grams: list[str]


@dataclass(frozen=True)
class IndexedDocument:
    """A document with its sections and what it can be filtered by."""

    key: str
    name: list[str]
    keywords: list[str]
    weak: list[str]
    sections: list[IndexedSection]
    facets: dict[str, list[str]]
    audience: str


@dataclass(frozen=True)
class EngineResult:
    """total: documents that match; documents and sections: best first with scores;
    matched: document key → which groups of the plan it has; facets: counts under the
    other filters."""

    total: int
    documents: list[tuple[str, float]]
    sections: list[tuple[str, int, float]]
    matched: dict[str, set[int]] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    known: tuple[bool, ...] = ()


class SearchEngine(Protocol):
    name: str

    def search(self, plan: QueryPlan, *, minimum: int, limit: int) -> EngineResult:
        """Documents with at least ``minimum`` groups; ``limit`` bounds what is returned."""

    def write(
        self, documents: Iterable[IndexedDocument], deleted: Iterable[str]
    ) -> None:
        """Put documents in place of their former selves, and remove keys; durable on return."""

    def rebuild(self, documents: Iterable[IndexedDocument]) -> int:
        """Build beside the live index and switch to it; returns how many documents."""

    def keys(self) -> set[str]:
        """Keys of all documents in the index, for reconciling."""

    def health(self) -> dict[str, Any]:
        """State of the index; at least ``{"ok": bool}``."""


class IndexMissing(Exception):
    """There is no index of the current analysis version yet."""
