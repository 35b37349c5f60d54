"""Small documents for an engine, and short ways to ask it."""

from __future__ import annotations

from search.engines.base import (
    EngineQuery,
    EngineResult,
    IndexedDocument,
    IndexedSection,
    SearchEngine,
)
from search.query.nodes import Node, TermNode


def document(
    key: str,
    *texts: str,
    title: str = "",
    keywords: str = "",
    weak: str = "",
    num: tuple[str, ...] = (),
    parts: str = "",
    grams: str = "",
    **fields,
) -> IndexedDocument:
    """A document with a section for each text; the rest is of its first section."""
    sections = [
        IndexedSection(
            ordinal=ordinal,
            all=[*(title.split() if ordinal == 0 else ()), *text.split()],
            text=text.split(),
            path=[],
            name=title.split() if ordinal == 0 else [],
            parts=parts.split() if ordinal == 0 else [],
            grams=grams.split() if ordinal == 0 else [],
            num=list(num) if ordinal == 0 else [],
        )
        for ordinal, text in enumerate(texts or ("",))
    ]
    fields.setdefault("facets", {})
    fields.setdefault("audience", "public")
    return IndexedDocument(
        key=key,
        title=title.split(),
        keywords=keywords.split(),
        weak=weak.split(),
        sections=sections,
        **fields,
    )


def word(value: str, weight: float = 1.0, field: str = "all") -> TermNode:
    return TermNode(field, value, weight)


def ask(engine: SearchEngine, node: Node | None = None, **options) -> EngineResult:
    """Sections and pages that match a node."""
    options.setdefault("facets", ("soort", "thema"))
    return engine.search(EngineQuery(sections=node, pages=node, **options))


def keys(result: EngineResult) -> set[str]:
    return {key for key, _score in result.pages}
