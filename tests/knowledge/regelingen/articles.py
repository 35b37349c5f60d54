"""Six ordinances of invented municipalities, and what a search among their articles
should find (artikelvragen.tsv: judged before any order of results was seen).

Half 'a' is to choose weights and words by, half 'b' only to measure.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.knowledge.regelingen.pairs.making import node
from tests.knowledge.regelingen.pairs.reading import Source, ordinances
from tests.knowledge.regelingen.xml_files import FILES

if TYPE_CHECKING:
    from knowledge.regelingen.tree import Regeling
    from search.engines.base import SearchEngine
    from search.evaluation.measures import Values

JUDGED = Path(__file__).parent / "artikelvragen.tsv"
TITLES = {
    "huisvesting-duinrand": "Huisvestingsverordening Duinrand",
    "urgentie-heidedorp": "Verordening voorrang bij wonen Heidedorp",
    "urgentie-waterstad": "Urgentieverordening Waterstad 2027",
}
DEPTH = 100


@dataclass(frozen=True)
class Judged:
    id: str
    kind: str
    half: str
    text: str
    right: tuple[str, ...]


def judged() -> list[Judged]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["id"],
                row["class"],
                row["half"],
                row["text"],
                tuple(row["goed"].split()),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def as_tree(source: Source) -> Regeling:
    """A plain text of pairs/ordinances, its articles numbered from 1."""
    from knowledge.regelingen.tree import Node, Regeling, Soort

    chapters: list[Node] = []
    for number, art in enumerate(source.articles, 1):
        if not chapters or chapters[-1].title != art.chapter:
            count = str(len(chapters) + 1)
            chapters.append(Node(Soort.HOOFDSTUK, "Hoofdstuk", count, art.chapter))
        own = node(replace(art, number=str(number)))
        chapters[-1] = replace(chapters[-1], children=(*chapters[-1].children, own))
    return Regeling(
        TITLES[source.name],
        tuple(chapters),
        kind="verordening",
        citeertitel=TITLES[source.name],
        authority=source.name.rpartition("-")[2].capitalize(),
    )


def store_all() -> None:
    """Publish the six; the outbox has what the search must follow."""
    from knowledge.regelingen import files
    from knowledge.regelingen.imports import Import
    from knowledge.regelingen.services import store

    for path in sorted(FILES.glob("*.xml")):
        store(imported=files.read(path.read_bytes(), path.name), publish=True)
    for source in ordinances():
        store(imported=Import("docx", as_tree(source)), publish=True)


def found(text: str, engine: SearchEngine | None = None, **filters: tuple[str, ...]) -> list[str]:  # fmt: skip
    """'slug/artikel-5' of each hit, best first."""
    from search.documents import ARTICLES, SearchQuery
    from search.services import find

    query = SearchQuery(text, filters, per_page=DEPTH, audiences=(ARTICLES,))
    return [docid(hit.url) for hit in find(query, engine=engine).hits]


def docid(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path.strip('/').rpartition('/')[2]}/{parts.fragment}"


def measure(engine: SearchEngine | None = None) -> Values:
    """The measures of every judged query, among the articles of the six."""
    from search.evaluation.measures import per_query

    queries = judged()
    ours = {doc.partition("/")[0] for query in queries for doc in query.right}
    run = {
        query.id: [
            doc for doc in found(query.text, engine) if doc.partition("/")[0] in ours
        ]
        for query in queries
    }
    return per_query({q.id: dict.fromkeys(q.right, 1) for q in queries}, run)
