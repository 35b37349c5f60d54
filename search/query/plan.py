"""From what somebody types to what an engine is asked. Never raises, for any input."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from search.analysis import STOP_WORDS, Term, grams, terms

MAX_LENGTH = 400
MAX_GROUPS = 16
PART_WEIGHT = 0.25
_FIELD = re.compile(
    r"(?<!\S)(soort|groep|thema|fase|gemeente|provincie|status):([\w-]+)", re.I
)
_PHRASE = re.compile(r"[\"“”„]([^\"“”„]{1,200})[\"“”„]")
_NEGATIVE = re.compile(r"(?<!\S)-(\w[\w-]*)")
# Words that carry no topic in a question to a desk.
QUESTION_WORDS = frozenset(
    [
        "hoe",
        "wat",
        "wie",
        "waar",
        "wanneer",
        "welk",
        "welke",
        "waarom",
        "hoeveel",
        "mogen",
        "mag",
        "moet",
        "moeten",
        "kan",
        "kunnen",
        "graag",
        "weten",
        "uitleg",
        "informatie",
        "bestaat",
        "zoek",
        "zoeken",
    ]
)


@dataclass(frozen=True)
class Group:
    """One word of the query with its stem, the stems of its parts and its 5-grams."""

    word: str
    stem: str
    parts: tuple[str, ...]
    grams: tuple[str, ...]


@dataclass(frozen=True)
class QueryPlan:
    groups: tuple[Group, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    negatives: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.phrases)


def _group(term: Term) -> Group:
    return Group(term.word, term.stem, term.parts, tuple(grams(term.word)))


def parse(
    text: str, filters: dict[str, tuple[str, ...]], audiences: tuple[str, ...]
) -> QueryPlan:
    """Words, "phrases", -not and field:value; stop words count only when nothing else is there."""
    text = text[:MAX_LENGTH]
    merged = dict(filters)
    for name, value in _FIELD.findall(text):
        key = name.lower()
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), value.lower())))
    text = _FIELD.sub(" ", text)
    phrases = tuple(
        p for p in (tuple(t.stem for t in terms(m)) for m in _PHRASE.findall(text)) if p
    )
    text = re.sub(r"[\"“”„]", " ", text)
    negatives = tuple(t.stem for word in _NEGATIVE.findall(text) for t in terms(word))
    text = _NEGATIVE.sub(" ", text)
    found = [t for t in terms(text) if t.stem not in negatives]
    content = [
        t for t in found if t.word not in STOP_WORDS and t.word not in QUESTION_WORDS
    ]
    groups: dict[str, Group] = {}
    for term in content or found:
        groups.setdefault(term.stem, _group(term))
    return QueryPlan(
        tuple(groups.values())[:MAX_GROUPS], phrases, negatives, merged, audiences
    )


def required(count: int) -> int:
    """How many words of a query a document must have: all of two, most of a question."""
    if count <= 2:
        return count
    return max(2, -(-count * 6 // 10))
