"""What goes into the index and what comes out of it: frozen dataclasses only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from core.citations import Citation

FACETS = (
    "soort",
    "groep",
    "actielijn",
    "thema",
    "fase",
    "provincie",
    "gemeente",
    "jaar",
    "status",
    "bouwsteen",
    "grootteklasse",
)
PUBLIC = "public"
# Under a restriction: staff search them too, totals and facets of others never count them.
RESTRICTED = "redactie"
# One article each of a legal text, beside that text as a whole: only who searches among
# articles finds them, so that a long text does not push others away.
ARTICLES = "artikelen"


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Section:
    """The unit of search: a part of a document with an own address.

    anchor: fragment of the address, empty for the document as a whole. citations: keys
    (core.citations.article_key) of the legal text that this section is. places: where in
    the text a part with an address of its own begins, in order, such as a lid.
    """

    anchor: str
    heading: str
    path: str
    text: str
    citations: tuple[str, ...] = ()
    places: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class SearchDocument:
    """One thing that can be found, as its app describes it."""

    kind: str
    object_id: int
    url: str
    title: str
    kind_label: str
    sections: tuple[Section, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    summary: str = ""
    keywords: tuple[str, ...] = ()
    weak_keywords: tuple[str, ...] = ()
    audience: str = PUBLIC
    owner: str = ""
    checked_on: datetime.date | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    review_on: datetime.date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_id}"


@dataclass(frozen=True)
class SearchQuery:
    """What somebody asks. ``filters``: facet name → chosen values.

    exact: only the words as typed, without the correction of unknown ones. valid_on: only
    what holds on that day.
    """

    text: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    per_page: int = 20
    sort: str = "relevantie"
    audiences: tuple[str, ...] = (PUBLIC,)
    exact: bool = False
    valid_on: datetime.date | None = None


@dataclass(frozen=True)
class SectionHit:
    anchor: str
    heading: str
    url: str


@dataclass(frozen=True)
class SearchHit:
    """One document with its best section; ``snippet`` is safe HTML with <mark>."""

    rank: int
    kind: str
    object_id: int
    kind_label: str
    url: str
    title: str
    section: SectionHit
    snippet: str
    score: float
    why: tuple[str, ...]
    owner: str = ""
    checked_on: datetime.date | None = None
    expired: bool = False
    recommended: bool = False
    also_in: tuple[SectionHit, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    query: SearchQuery
    total: int
    hits: tuple[SearchHit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    confident: bool
    relaxed: tuple[str, ...] = ()
    took_ms: float = 0.0
    corrected: str | None = None
    citation: Citation | None = None
