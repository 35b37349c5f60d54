"""A collection of documents in an index of its own, searched as the site searches."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from core.citations import article_key
from search import indexing, lexicon, ranking
from search.analysis import word_forms
from search.documents import PUBLIC
from search.engines.base import IndexedDocument, SearchEngine
from search.models import Document, Sectie
from search.query.plan import make_plan
from search.services import ask
from search.spelling import Vocabulary
from search.synonyms import Rule, SynonymTable

from .trec import Article, Query, Run

WARM_UP = 20


@dataclass(frozen=True)
class Found:
    """A run and how long each search took, in milliseconds, in the order asked."""

    run: Run = field(default_factory=dict)
    took_ms: list[float] = field(default_factory=list)


class Collection:
    """Documents that an engine has and the words that they brought."""

    def __init__(
        self, engine: SearchEngine, vocabulary: Vocabulary, synonyms: SynonymTable
    ) -> None:
        self._engine, self._vocabulary, self._synonyms = engine, vocabulary, synonyms

    def search(self, queries: Iterable[Query]) -> Found:
        """Every query through the shipped analysis, spelling, synonyms and ranking."""
        found = Found()
        asked = list(queries)
        # The first ones also load tables and the index; they count when they come again.
        for query in asked[:WARM_UP]:
            self._one(query.text)
        for query in asked:
            began = time.perf_counter()
            found.run[query.id] = self._one(query.text)
            found.took_ms.append((time.perf_counter() - began) * 1000)
        return found

    def _one(self, text: str) -> list[str]:
        plan = make_plan(
            text,
            audiences=(PUBLIC,),
            vocabulary=self._vocabulary,
            synonyms=self._synonyms,
        )
        answer = ask(plan, engine=self._engine, facets=())
        return [row.key for row in ranking.rank(answer.plan, answer.result)]


@contextmanager
def collected(
    articles: Sequence[Article], engine: SearchEngine, rules: Iterable[Rule] = ()
) -> Iterator[tuple[Collection, float]]:
    """The collection in an index beside that of ``engine``, gone afterwards.

    With the seconds that it took from documents to a committed index.
    """
    own = engine.beside()
    try:
        words: Counter[str] = Counter()
        began = time.perf_counter()
        own.rebuild(indexed(number, a, words) for number, a in enumerate(articles))
        seconds = time.perf_counter() - began
        vocabulary = Vocabulary(
            (word, documents, (stem, *weaker))
            for word, documents in words.items()
            for stem, weaker in [word_forms(word)]
        )
        yield Collection(own, vocabulary, SynonymTable(rules)), seconds
    finally:
        own.remove()


def indexed(number: int, article: Article, words: Counter[str]) -> IndexedDocument:
    """An article as a page of one section; nothing is stored in the database."""
    document = Document(kind="artikel", object_id=number, title=article.law)
    section = Sectie(
        ordinal=0,
        heading=article.heading,
        path=article.path,
        text=article.text,
        citations=[article_key(article.law, article.article)] if article.law else [],
    )
    return replace(indexing.indexed(document, [section], words), key=article.id)


def seeded_rules() -> list[Rule]:
    """The synonyms that an installation starts with."""
    return [
        Rule(word, synonym, float(weight), direction == "twee")
        for word, synonym, direction, weight, *_source in lexicon.rows(
            "synoniemen.tsv"
        )[1:]
    ]
