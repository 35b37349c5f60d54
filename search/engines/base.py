"""What every engine can do. Words come from search.analysis, so engines agree."""

from __future__ import annotations

import datetime
import itertools
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.documents import FACETS
from search.query.nodes import Node, PhraseNode, TermNode

# Fields of sections, and how they are indexed. Values are stems, whitespace between them.
# A page has ``num``, and in one field each word once in any form: only whether it has
# them matters, and its sections score.
POSITION_FIELDS = ("all",)
TERM_FIELDS = ("text", "path", "name", "title", "kw", "weak", "parts")
EXACT_FIELDS = ("num",)
PAGE_FIELD = "has"
# So many documents at most can be told apart by what their sections have.
MOST_KEYS = 65_536
ALWAYS_FROM, ALWAYS_UNTIL = 0, 9_999_999
# Stands in a field without words. Lucene leaves rows without a field out of its averages
# and tantivy does not: with a word in every field they agree. No stem looks like it.
NO_WORDS = "-"


@dataclass(frozen=True)
class IndexedSection:
    """The words of one section, ready for an index."""

    ordinal: int
    all: list[str]
    text: list[str]
    path: list[str]
    name: list[str]
    parts: list[str]
    num: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class IndexedDocument:
    """A document with its sections and what it can be filtered and sorted by.

    title, keywords and weak stand on the document and on its first section. dated: day
    (ordinal) it was checked, 0 when never; valid_from and valid_until: days (ordinals).
    """

    key: str
    title: list[str]
    keywords: list[str]
    weak: list[str]
    sections: list[IndexedSection]
    facets: dict[str, list[str]]
    audience: str
    hash: str = ""
    dated: int = 0
    valid_from: int = ALWAYS_FROM
    valid_until: int = ALWAYS_UNTIL


@dataclass(frozen=True)
class EngineQuery:
    """One request.

    sections: scored; None when no sections are wanted. pages: which documents match, and
    a score that says which words they have (search.ranking). required, excluded: what
    some section of a document must have, and what none may have. by_date: the documents
    in order of their date, newest first, instead of by score.
    """

    sections: Node | None
    pages: Node | None
    required: tuple[TermNode | PhraseNode, ...] = ()
    excluded: tuple[TermNode | PhraseNode, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: tuple[str, ...] = ()
    valid_on: datetime.date | None = None
    facets: tuple[str, ...] = ()
    limit: int = 300
    section_limit: int = 400
    by_date: bool = False


@dataclass(frozen=True)
class EngineResult:
    """total: documents that match. pages: at most ``limit`` keys, best first, with score.

    sections: (key, ordinal, score), best first; also of documents that do not match.
    facets: counts of documents for each value, under the filters of the other facets.
    """

    total: int
    pages: list[tuple[str, float]]
    sections: list[tuple[str, int, float]]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def rows_of(document: IndexedDocument) -> Iterator[dict[str, Any]]:
    """What an index holds of a document: a row for the page, and one for each section.

    Words of a field are joined by spaces; lists are values of their own.
    """
    for row in _rows_with_words(document):
        for name in (*POSITION_FIELDS, *TERM_FIELDS):
            row[name] = row.get(name) or NO_WORDS
        yield row


def _rows_with_words(document: IndexedDocument) -> Iterator[dict[str, Any]]:
    common: dict[str, Any] = {
        "key": document.key,
        "audience": document.audience,
        # Newer first, and one fixed order among documents of one day.
        "rank": (document.dated << 32) + zlib.crc32(document.key.encode()),
        "valid_from": document.valid_from,
        "valid_until": document.valid_until,
    }
    for name, values in document.facets.items():
        if name in FACETS and values:
            common[f"f_{name}"] = list(values)
    about = {"kw": " ".join(document.keywords), "weak": " ".join(document.weak)}
    words = dict.fromkeys((*document.keywords, *document.weak))
    numbers: dict[str, None] = {}
    for section in document.sections:
        words |= dict.fromkeys((*section.all, *section.parts))
        numbers |= dict.fromkeys(section.num)
    yield {
        **common,
        "uid": document.key,
        "unit": "p",
        "hash": document.hash,
        "ordinal": 0,
        PAGE_FIELD: " ".join(words),
        "num": list(numbers),
    }
    for section in document.sections:
        yield {
            **common,
            **(about if section.ordinal == 0 else {}),
            "uid": f"{document.key}#{section.ordinal}",
            "unit": "s",
            "ordinal": section.ordinal,
            "all": " ".join(section.all),
            "text": " ".join(section.text),
            "path": " ".join(section.path),
            "name": " ".join(section.name),
            "title": " ".join(document.title),
            "parts": " ".join(section.parts),
            "num": section.num,
        }


class SearchEngine(Protocol):
    """Each method may raise ``IndexMissing`` or ``EngineUnavailable``."""

    name: str
    # Whether a missing index is made anew by the search that misses it.
    rebuilds_itself: bool

    def search(self, query: EngineQuery) -> EngineResult:
        """Answer one request; equal scores stand in the order of their keys."""

    def write(
        self, documents: Iterable[IndexedDocument], deleted: Iterable[str]
    ) -> None:
        """Put documents in place of their former selves, and remove keys.

        Durable and visible on return. During a rebuild the new index gets it too.
        """

    def rebuild(self, documents: Iterable[IndexedDocument]) -> int:
        """Build beside the live index and switch to it; returns how many documents."""

    def hashes(self) -> dict[str, str]:
        """Key → hash of every document in the index, for reconciling."""

    def health(self) -> dict[str, Any]:
        """State of the index; at least ``{"ok": bool}``."""

    def beside(self) -> SearchEngine:
        """An engine of the same kind with an empty index of its own, to measure with."""

    def remove(self) -> None:
        """Remove the index and its state for good: for one that stood beside another."""

    def close(self) -> None:
        """Let go of connections and files."""


class IndexMissing(Exception):
    """There is no index of the current analysis version yet."""


class EngineUnavailable(Exception):
    """The engine gives no answer; ``str()`` says why, for operators."""


def parts(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Values in lists of at most ``size``, read no further than asked."""
    remaining = iter(values)
    while part := list(itertools.islice(remaining, size)):
        yield part
