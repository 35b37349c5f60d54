"""Small documents for an engine, and short ways to ask it."""

from __future__ import annotations

from dataclasses import replace

from search.engines.base import (
    PAGE_FIELD,
    POSITION_FIELDS,
    TERM_FIELDS,
    EngineQuery,
    EngineResult,
    IndexedDocument,
    IndexedSection,
    SearchEngine,
)
from search.query.nodes import (
    AllNode,
    ConstNode,
    MaxNode,
    Node,
    PhraseNode,
    SumNode,
    TermNode,
)


def document(
    key: str,
    *texts: str,
    title: str = "",
    keywords: str = "",
    weak: str = "",
    num: tuple[str, ...] = (),
    parts: str = "",
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
    """Sections that match a node, and pages that have its words."""
    options.setdefault("facets", ("soort", "thema"))
    pages = node and on_pages(node)
    return engine.search(EngineQuery(sections=node, pages=pages, **options))


def on_pages(node: Node) -> Node:
    """The same node among pages, which have each word in one field."""
    match node:
        case TermNode(field, value, weight):
            words = field in POSITION_FIELDS or field in TERM_FIELDS
            return TermNode(PAGE_FIELD if words else field, value, weight)
        case PhraseNode(_field, values):
            return AllNode(tuple(TermNode(PAGE_FIELD, value) for value in values))
        case ConstNode(child, score):
            return ConstNode(on_pages(child), score)
        case SumNode(children):
            return replace(node, children=tuple(map(on_pages, children)))
        case AllNode(children) | MaxNode(children):
            return replace(node, children=tuple(map(on_pages, children)))


def keys(result: EngineResult) -> set[str]:
    return {key for key, _score in result.pages}
