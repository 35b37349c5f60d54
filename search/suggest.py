"""What the search box may offer: laws and articles, titles, terms, places, queries.

Prefixes are looked up in sorted lists that each process keeps; the work for one
keystroke has a ceiling, however many titles there are.
"""

from __future__ import annotations

import bisect
import re
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.citations import forms, normal_regeling, parse_query
from core.models import Gemeente

from . import resources
from .analysis import fold
from .models import Document, FacetLabel, IndexState, Sectie

T = TypeVar("T")
LAW, TERM = "wet", "begrip"
# How many of each group are shown, in this order; pages fill what others leave.
ROOM = {"wet": 2, "pagina": 4, "begrip": 2, "plaats": 2, "vraag": 2}
SCAN = 2000
SPARE = 12
MAX_TYPED = 60
SLOW_SECONDS = 0.15
PAUSE_SECONDS = 30.0
MAX_OF_ARTICLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line. key: of the document, for asking who may see it; empty: no document."""

    title: str
    kind: str
    label: str
    group: str
    url: str
    key: str = ""


def plain(text: str) -> str:
    """Folded words with one space between them."""
    return " ".join(_WORD.findall(fold(text)))


class PrefixIndex:
    """Names of which the words are found by how they begin; short names first."""

    def __init__(self, rows: Iterable[tuple[str, Suggestion]]) -> None:
        """rows: a name, and what it stands for; one thing may have several names."""
        named = sorted(
            ((plain(name), name, row) for name, row in rows),
            key=lambda item: (len(item[0]), item[0]),
        )
        self._names = [f" {folded}" for folded, _name, _row in named]
        self._rows = [(name, row) for _folded, name, row in named]
        self._begins = sorted(range(len(named)), key=self._names.__getitem__)
        self._sorted = [self._names[place] for place in self._begins]
        places: dict[str, array[int]] = {}
        for place, name in enumerate(self._names):
            for word in set(name.split()):
                places.setdefault(word, array("I")).append(place)
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]
        self._before = [0]
        for found in self._places:
            self._before.append(self._before[-1] + len(found))

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, typed: str, limit: int) -> list[Suggestion]:
        """Names that begin with what was typed, then those that have all its words."""
        parts = typed.split()
        if not parts:
            return []
        first, last = self._range(self._sorted, f" {typed}")
        begins = sorted(self._begins[first : min(last, first + SCAN)])
        found = self._shown(begins, typed, limit)
        if len(found) < limit:
            seen = {row.url for row in found}
            more = self._shown(self._with_words(parts), typed, limit * 2)
            found += [row for row in more if row.url not in seen]
        return found[:limit]

    def _with_words(self, parts: Sequence[str]) -> list[int]:
        """Places of names with a word for each part, by the part that few words have."""
        ranges = {part: self._range(self._words, part) for part in parts}
        rarest = min(parts, key=lambda part: self._count(*ranges[part]))
        others = [f" {part}" for part in parts if part != rarest]
        found = [
            place
            for place in self._posted(*ranges[rarest])
            if all(part in self._names[place] for part in others)
        ]
        return sorted(set(found))

    def _posted(self, first: int, last: int) -> Iterator[int]:
        """Places for a range of words: all, or an even share of each when there are many."""
        share = SCAN
        if self._count(first, last) > SCAN:
            last = min(last, first + SCAN)
            share = max(1, SCAN // (last - first))
        for places in self._places[first:last]:
            yield from places[:share]

    def _count(self, first: int, last: int) -> int:
        return self._before[last] - self._before[first]

    @staticmethod
    def _range(names: list[str], start: str) -> tuple[int, int]:
        return (
            bisect.bisect_left(names, start),
            bisect.bisect_right(names, start + "\U0010ffff"),
        )

    def _shown(self, places: Iterable[int], typed: str, limit: int) -> list[Suggestion]:
        """The things behind the names, each once; another name than the own is shown."""
        found: dict[str, Suggestion] = {}
        for place in places:
            name, row = self._rows[place]
            if row.url not in found:
                other = name != row.title and f" {typed}" not in f" {plain(row.title)}"
                found[row.url] = (
                    replace(row, title=f"{row.title} ({name})") if other else row
                )
                if len(found) == limit:
                    break
        return list(found.values())


@dataclass(frozen=True)
class Held:
    """laws: name of a regeling → its page. articles: citation key → sections."""

    pages: PrefixIndex
    terms: PrefixIndex
    places: PrefixIndex
    laws: dict[str, Suggestion]
    articles: dict[str, tuple[Suggestion, ...]]


class KeptBehind(resources.Kept[T]):
    """A value that is made anew beside the requests when making it takes long."""

    def __init__(self, version: Callable[[], Any], make: Callable[[], T]) -> None:
        super().__init__(version, self._timed)
        self._slow_make = make
        self._took = 0.0
        self._busy = threading.Lock()

    def _timed(self) -> T:
        began = time.perf_counter()
        made = self._slow_make()
        self._took = time.perf_counter() - began
        return made

    def get(self) -> T:
        held = self._held
        if held is None or self._took < SLOW_SECONDS:
            return super().get()
        if time.monotonic() - self._looked >= PAUSE_SECONDS and self._busy.acquire(
            blocking=False
        ):
            threading.Thread(target=self._renew, daemon=True).start()
        return held[1]

    def _renew(self) -> None:
        try:
            self._looked = 0.0
            super().get()
        finally:
            connection.close()
            self._busy.release()


def _version() -> tuple[Any, ...]:
    return tuple(IndexState.objects.order_by("engine").values_list("engine", "commit"))


def _make() -> Held:
    """Everything public that has a name, from the database."""
    pages: list[tuple[str, Suggestion]] = []
    terms: list[tuple[str, Suggestion]] = []
    laws: dict[str, Suggestion] = {}
    own: dict[int, Suggestion] = {}
    rows = Document.objects.filter(audience="public").values_list(
        "pk", "kind", "object_id", "title", "kind_label", "url"
    )
    named: dict[str, list[str]] = {
        f"{kind}:{pk}": keywords
        for kind, pk, keywords in Document.objects.filter(
            audience="public", kind__in=(LAW, TERM)
        ).values_list("kind", "object_id", "keywords")
    }
    for pk, kind, object_id, title, label, url in rows.iterator(chunk_size=5000):
        key = f"{kind}:{object_id}"
        group = "begrip" if kind == TERM else "pagina"
        row = Suggestion(title, kind, label, group, url, key)
        own[pk] = row
        names = [title, *(word for word in named.get(key, ()) if word)]
        if kind == TERM:
            terms += [(name, row) for name in dict.fromkeys(names)]
            continue
        pages.append((title, row))
        if kind == LAW:
            for name in names:
                laws.setdefault(normal_regeling(name), replace(row, group="wet"))
    return Held(PrefixIndex(pages), PrefixIndex(terms), _places(), laws, _articles(own))


def _articles(own: dict[int, Suggestion]) -> dict[str, tuple[Suggestion, ...]]:
    found: dict[str, tuple[Suggestion, ...]] = {}
    sections = Sectie.objects.exclude(citations=[]).values_list(
        "document_id", "anchor", "heading", "citations"
    )
    for document, anchor, heading, keys in sections.iterator(chunk_size=5000):
        page = own.get(document)
        if page is None:
            continue
        url = f"{page.url}#{anchor}" if anchor else page.url
        title = f"{heading}, {page.title}" if heading else page.title
        row = replace(page, title=title, url=url, group="wet")
        for key in keys:
            held = found.get(key, ())
            if len(held) < MAX_OF_ARTICLE:
                found[key] = (*held, row)
    return found


def _places() -> PrefixIndex:
    """Municipalities of which there is something to find, by all their names."""
    known = FacetLabel.objects.filter(facet="gemeente").values_list("value", flat=True)
    results = reverse("search:results")
    return PrefixIndex(
        (
            name,
            Suggestion(
                gemeente.naam,
                "plaats",
                _("Gemeente"),
                "plaats",
                f"{results}?{urlencode({'gemeente': gemeente.code})}",
            ),
        )
        for gemeente in Gemeente.objects.valid_on(timezone.localdate()).filter(
            code__in=list(known)
        )
        for name in dict.fromkeys((gemeente.naam, *gemeente.aliases))
    )


_held = KeptBehind(_version, _make)


@lru_cache(maxsize=2)
def _approved(texts: tuple[str, ...]) -> PrefixIndex:
    results = reverse("search:results")
    return PrefixIndex(
        (
            text,
            Suggestion(
                text,
                "vraag",
                _("Zoekvraag"),
                "vraag",
                f"{results}?{urlencode({'q': text})}",
            ),
        )
        for text in texts
    )


def candidates(
    text: str, steering: resources.Steering | None = None
) -> list[Suggestion]:
    """All that may be offered, by group and best first; before asking who may see it."""
    typed = plain(text.replace("\x00", " ").strip()[:MAX_TYPED])
    if len(typed) < 2:
        return []
    steering = steering or resources.steering()
    held = _held.get()
    cited = _cited(held, text[:MAX_TYPED])
    taken = {row.url for row in cited}
    rows = [
        *cited,
        *(r for r in held.pages.find(typed, SPARE) if r.url not in taken),
        *held.terms.find(typed, SPARE),
        *held.places.find(typed, ROOM["plaats"] * 2),
        *_approved(steering.approved).find(typed, ROOM["vraag"] * 2),
    ]
    stops = tuple(filter(None, map(plain, steering.stops)))
    return [row for row in rows if not plain(row.title).startswith(stops)]


def _cited(held: Held, text: str) -> list[Suggestion]:
    """The article or the law that was typed, when there is a page of it."""
    citation = parse_query(text)
    found = [
        row
        for key in (forms(citation) if citation else ())
        for row in held.articles.get(key, ())
    ]
    name = (citation.regeling or "") if citation else text
    law = held.laws.get(normal_regeling(name)) if name.strip() else None
    return [*found, law] if law else found


def chosen(rows: Sequence[Suggestion], limit: int) -> list[Suggestion]:
    """At most ``limit`` rows in the order of the groups, some of each."""
    groups: dict[str, list[Suggestion]] = {name: [] for name in ROOM}
    for row in rows:
        groups[row.group].append(row)
    count = {name: min(len(groups[name]), room) for name, room in ROOM.items()}
    for name in reversed(ROOM):
        count[name] -= max(0, min(count[name] - 1, sum(count.values()) - limit))
    for name in ("pagina", "begrip"):
        free = limit - sum(count.values())
        count[name] += max(0, min(free, len(groups[name]) - count[name]))
    return [row for name in ROOM for row in groups[name][: count[name]]][:limit]
