"""From documents of the apps to rows in the database and terms for an engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from .analysis import grams, terms
from .documents import SearchDocument
from .engines.base import IndexedDocument, IndexedSection
from .models import Document, FacetLabel, Sectie

MAX_TEXT = 200_000


def digest(document: SearchDocument) -> str:
    raw = json.dumps(
        document,
        default=lambda o: getattr(o, "__dict__", None) or str(o),
        sort_keys=True,
    )
    return hashlib.sha256(raw.encode()).hexdigest()


@transaction.atomic
def store(document: SearchDocument) -> Document | None:
    """Write a document and its sections; None when nothing changed."""
    value = digest(document)
    row = Document.objects.filter(
        kind=document.kind, object_id=document.object_id
    ).first()
    if row is not None and row.hash == value:
        return None
    facets = {
        name: [v.value for v in values]
        for name, values in document.facets.items()
        if values
    }
    facets["soort"] = [document.kind]
    if document.checked_on:
        facets.setdefault("jaar", [str(document.checked_on.year)])
    labels = [("soort", document.kind, document.kind_label)]
    labels += [
        (name, v.value, v.label)
        for name, values in document.facets.items()
        for v in values
    ]
    labels += [("jaar", year, year) for year in facets.get("jaar", [])]
    for facet, key, label in labels:
        FacetLabel.objects.update_or_create(
            facet=facet, value=key, defaults={"label": label}
        )
    row, _made = Document.objects.update_or_create(
        kind=document.kind,
        object_id=document.object_id,
        defaults={
            "url": document.url,
            "title": document.title[:300],
            "kind_label": document.kind_label,
            "summary": document.summary,
            "owner": document.owner,
            "keywords": list(document.keywords),
            "weak_keywords": list(document.weak_keywords),
            "facets": facets,
            "audience": document.audience,
            "checked_on": document.checked_on,
            "valid_from": document.valid_from,
            "valid_until": document.valid_until,
            "hash": value,
        },
    )
    row.secties.all().delete()
    Sectie.objects.bulk_create(
        Sectie(
            document=row,
            ordinal=number,
            anchor=section.anchor,
            heading=section.heading[:300],
            path=section.path[:500],
            text=section.text[:MAX_TEXT],
        )
        for number, section in enumerate(document.sections)
    )
    return row


def forget(kind: str, object_id: int) -> bool:
    """Remove a document; whether there was one."""
    return bool(Document.objects.filter(kind=kind, object_id=object_id).delete()[0])


def _stems(text: str) -> list[str]:
    return [term.stem for term in terms(text)]


def indexed(document: Document, sections: list[Sectie]) -> IndexedDocument:
    """The terms of a document for an engine; heading and title count twice in 'all'."""
    title_terms = terms(document.title)
    title = [t.stem for t in title_terms]
    rows = []
    for section in sections:
        heading, path, text = (
            terms(section.heading),
            terms(section.path),
            terms(section.text),
        )
        everything = [*heading, *heading, *path, *title_terms, *text]
        rows.append(
            IndexedSection(
                ordinal=section.ordinal,
                all=[t.stem for t in everything],
                text=[t.stem for t in text],
                path=[t.stem for t in path],
                parts=[part for t in everything for part in t.parts],
                grams=[g for t in everything if not t.is_stop for g in grams(t.word)],
            )
        )
    return IndexedDocument(
        key=document.key,
        name=title,
        keywords=[stem for word in document.keywords for stem in _keyword(word)],
        weak=[stem for word in document.weak_keywords for stem in _keyword(word)],
        sections=rows,
        facets=document.facets,
        audience=document.audience,
    )


def _keyword(word: str) -> list[str]:
    return [form for term in terms(word) for form in (term.stem, *term.parts)]


def all_indexed(kinds: Iterable[str] | None = None) -> Iterator[IndexedDocument]:
    """Every stored document as terms, in a stable order."""
    rows: Any = Document.objects.order_by("pk").prefetch_related("secties")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    for document in rows.iterator(chunk_size=200):
        yield indexed(document, list(document.secties.all()))
