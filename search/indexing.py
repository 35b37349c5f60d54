"""From documents of the apps to rows in the database and terms for an engine."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from django.db import transaction

from .analysis import word_forms
from .analysis.bag import bag
from .documents import PUBLIC, SearchDocument
from .engines.base import ALWAYS_FROM, ALWAYS_UNTIL, IndexedDocument, IndexedSection
from .models import Document, FacetLabel, Sectie, Woord

MAX_TEXT = 200_000
MAX_WORD = 80


def digest(document: SearchDocument) -> str:
    raw = json.dumps(
        document,
        default=lambda o: getattr(o, "__dict__", None) or str(o),
        sort_keys=True,
    )
    return hashlib.sha256(raw.encode()).hexdigest()


@transaction.atomic
def store(document: SearchDocument) -> tuple[Document, bool]:
    """Write a document and its sections, and say whether the engines have to hear of it.

    ``hash`` stays empty until ``mark_indexed``: a process that dies in between leaves a
    document that still counts as changed.
    """
    value = digest(document)
    row = Document.objects.filter(
        kind=document.kind, object_id=document.object_id
    ).first()
    if row is not None and row.hash == value:
        return row, False
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
            "review_on": document.review_on,
            "digest": value,
            "hash": "",
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
            citations=list(section.citations),
            places=list(section.places),
        )
        for number, section in enumerate(document.sections)
    )
    return row, True


def mark_indexed(document: Document) -> None:
    """Say that every engine has the document as it was stored."""
    Document.objects.filter(pk=document.pk).update(hash=document.digest)


def mark_all_indexed(digests: Mapping[int, str]) -> None:
    """The same for many; a document that changed meanwhile keeps counting as changed."""
    for pk, digest in digests.items():
        Document.objects.filter(pk=pk, digest=digest).update(hash=digest)


def forget(kind: str, object_id: int) -> bool:
    """Remove a document; whether there was one."""
    return bool(Document.objects.filter(kind=kind, object_id=object_id).delete()[0])


def indexed(
    document: Document, sections: list[Sectie], words: Counter[str] | None = None
) -> IndexedDocument:
    """The words of a document for an engine; a heading counts twice in 'all'.

    ``words`` is counted up with the words of the document, each once; not with those of
    a document that is not for everybody, since the speller would tell them.
    """
    title = bag(document.title)
    keywords = bag("\n".join(document.keywords))
    weak = bag("\n".join(document.weak_keywords))
    rows = []
    seen = {*title.words, *keywords.words}
    for section in sections:
        heading, path, text = map(bag, (section.heading, section.path, section.text))
        everything = (heading, heading, path, title, text)
        rows.append(
            IndexedSection(
                ordinal=section.ordinal,
                all=[stem for part in everything for stem in part.stems],
                text=text.stems,
                path=path.stems,
                name=heading.stems,
                parts=[form for part in everything for form in part.parts],
                num=list(section.citations),
            )
        )
        seen.update(heading.words, path.words, text.words)
    if words is not None and document.audience == PUBLIC:
        words.update(seen)
    return IndexedDocument(
        key=document.key,
        title=title.stems,
        keywords=[*keywords.stems, *keywords.parts],
        weak=[*weak.stems, *weak.parts],
        sections=rows,
        facets=document.facets,
        audience=document.audience,
        hash=document.digest,
        dated=_day(document.checked_on, 0),
        valid_from=_day(document.valid_from, ALWAYS_FROM),
        valid_until=_day(document.valid_until, ALWAYS_UNTIL),
    )


def _day(day: datetime.date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def stored_documents(batch: int = 200) -> Iterator[tuple[Document, list[Sectie]]]:
    """Every stored document with its sections, in order of key.

    Each batch is a query of its own, so that it has what was stored up to then.
    """
    last = 0
    while True:
        rows = list(
            Document.objects.filter(pk__gt=last)
            .order_by("pk")
            .prefetch_related("secties")[:batch]
        )
        if not rows:
            return
        for document in rows:
            yield document, list(document.secties.all())
        last = rows[-1].pk


def all_indexed(
    words: Counter[str] | None = None, fresh: dict[int, str] | None = None
) -> Iterator[IndexedDocument]:
    """Every stored document as words; ``words`` counts documents for each word.

    ``fresh`` gets the digest of those that were not known to be in every index.
    """
    for document, sections in stored_documents():
        if fresh is not None and document.hash != document.digest:
            fresh[document.pk] = document.digest
        yield indexed(document, sections, words)


def add_words(counts: Mapping[str, int], *, anew: bool = False) -> None:
    """Make words known to the speller; ``anew`` replaces all that were there."""
    known = set()
    if anew:
        Woord.objects.all().delete()
    else:
        for chunk in _chunks(list(counts), 500):
            known |= set(
                Woord.objects.filter(word__in=chunk).values_list("word", flat=True)
            )
    Woord.objects.bulk_create(
        (
            Woord(word=word, documents=count, forms=" ".join(_forms(word)))
            for word, count in counts.items()
            if word not in known and len(word) <= MAX_WORD
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )


def _forms(word: str) -> tuple[str, ...]:
    own, weaker = word_forms(word)
    return (own, *weaker)


def _chunks(values: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
