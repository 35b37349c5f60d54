"""Apps register what can be found; search never asks what a kind is."""

from collections.abc import Iterable
from typing import Protocol

from core.person import Person

from .documents import SearchDocument


class Indexer(Protocol):
    """One kind of thing that can be found.

    family: kinds whose ids are of one series and that one rule makes visible, so that they
    are asked for together; the kind itself when there is no other.
    """

    kind: str
    label: str
    family: str

    def all_ids(self) -> Iterable[int]:
        """Ids of everything that belongs in the index."""

    def document(self, pk: int) -> SearchDocument | None:
        """The document of one object; None when it is gone or not to be found."""

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        """Which of these, of every kind of the family, the person may see now: the
        database decides, not the index."""


_indexers: dict[str, Indexer] = {}


def register(indexer: Indexer) -> None:
    _indexers[indexer.kind] = indexer


def get(kind: str) -> Indexer | None:
    return _indexers.get(kind)


def kinds() -> dict[str, str]:
    """Registered kinds with their labels."""
    return {kind: indexer.label for kind, indexer in _indexers.items()}


def indexers() -> list[Indexer]:
    return list(_indexers.values())
