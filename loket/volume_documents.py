"""Many made-up pages in the search index, to measure with."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, islice

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.models import Gemeente
from core.person import Person
from knowledge.choices import Actielijn, Fase
from knowledge.models import Aandachtsgroep, Thema
from knowledge.starter.parsing import load_content
from search import indexing, lexicon, registry
from search.documents import FacetValue, SearchDocument, Section
from search.models import Document, FacetLabel, Sectie

KIND, LABEL = "proef", "Proefpagina"
BATCH = 500
SECTIONS = 10
WORDS = (30, 100, 170)  # of a section: fewest, mean and most
# What indexing.store adds to the facets of a document.
ADDED = ("soort", "jaar")


class VolumeIndexer:
    """The made-up pages exist in the index alone: what is stored there is all."""

    kind = family = KIND
    label = LABEL

    def all_ids(self) -> Iterable[int]:
        return Document.objects.filter(kind=KIND).values_list("object_id", flat=True)

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        found = Document.objects.filter(kind=KIND, object_id__in=list(ids))
        return set(found.values_list("object_id", flat=True))

    def document(self, pk: int) -> SearchDocument | None:
        row = Document.objects.filter(kind=KIND, object_id=pk).first()
        if row is None:
            return None
        facets = {n: v for n, v in row.facets.items() if n not in ADDED}
        labels = {
            (label.facet, label.value): label.label
            for label in FacetLabel.objects.filter(
                facet__in=facets,
                value__in=[v for values in facets.values() for v in values],
            )
        }
        return _document(
            pk,
            row.title,
            [(s.heading, s.text) for s in row.secties.all()],
            {
                name: tuple(FacetValue(v, labels.get((name, v), v)) for v in values)
                for name, values in facets.items()
            },
            row.checked_on,
        )


registry.register(VolumeIndexer())


def _document(
    number: int,
    title: str,
    sections: list[tuple[str, str]],
    facets: dict[str, tuple[FacetValue, ...]],
    checked_on: datetime.date | None,
) -> SearchDocument:
    return SearchDocument(
        kind=KIND,
        object_id=number,
        url=f"/proef/{number}/",
        title=title,
        kind_label=LABEL,
        sections=tuple(
            Section(f"deel-{place}", heading, title, text)
            for place, (heading, text) in enumerate(sections, 1)
        ),
        facets=facets,
        checked_on=checked_on,
    )


def fill(*, count: int, seed: int, progress: Callable[[int], None]) -> None:
    """Store ``count`` pages of ten sections, beside those that are there.

    The same seed gives the same texts. ``progress`` hears the number made so far. The
    engines hear nothing yet: search.services.rebuild puts them in the index.
    """
    documents = _documents(count, random.Random(seed))  # noqa: S311  not for secrets
    made = 0
    while batch := list(islice(documents, BATCH)):
        _store(batch)
        made += len(batch)
        progress(made)


def _documents(count: int, chance: random.Random) -> Iterator[SearchDocument]:
    first = Document.objects.filter(kind=KIND).aggregate(n=Max("object_id"))["n"] or 0
    write = _Writer(chance)
    today = timezone.localdate()
    gemeenten = list(Gemeente.objects.valid_on(today).order_by("code"))
    choices = {
        "groep": [
            FacetValue(g.slug, g.kort) for g in Aandachtsgroep.objects.order_by("slug")
        ],
        "thema": [FacetValue(t.slug, t.naam) for t in Thema.objects.order_by("slug")],
        "fase": [FacetValue(f.value, str(f.label)) for f in Fase],
        "actielijn": [FacetValue(a.value, str(a.label)) for a in Actielijn],
    }
    for number in range(first + 1, first + count + 1):
        gemeente = chance.choice(gemeenten)
        facets = {
            name: tuple(chance.sample(values, chance.randint(1, min(3, len(values)))))
            for name, values in choices.items()
        }
        facets["gemeente"] = (FacetValue(gemeente.code, gemeente.naam),)
        facets["provincie"] = (FacetValue(gemeente.provincie_code, gemeente.provincie),)
        yield _document(
            number,
            write.heading().capitalize(),
            [(write.heading().capitalize(), write.text()) for _ in range(SECTIONS)],
            facets,
            today - datetime.timedelta(days=chance.randrange(2_000)),
        )


class _Writer:
    """Dutch-looking text: clauses of the starter content between single words.

    Words come from the lexicon and are as rare as words are (Zipf): the n-th most
    common one is n times as rare as the first.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        counts = lexicon.frequencies()
        self._words = sorted(counts, key=lambda word: (-counts[word], word))
        self._weights = list(accumulate(1 / n for n in range(1, len(self._words) + 1)))
        self._clauses = sorted(
            {
                clause.strip()
                for page in load_content().pages
                for section in page.sections
                for clause in re.split(r"[.,;:!?\n|]", _plain(section.markdown))
                if 3 <= len(clause.split()) <= 12
            }
        )

    def _some(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def heading(self) -> str:
        return " ".join(self._some(self._chance.randint(2, 6)))

    def text(self) -> str:
        low, mean, high = WORDS
        wanted = int(self._chance.triangular(low, high, mean))
        sentences, length = [], 0
        while length < wanted:
            words = self._some(self._chance.randint(4, 12))
            if self._chance.random() < 0.4:
                words += self._chance.choice(self._clauses).split()
            length += len(words)
            sentences.append(" ".join(words).capitalize() + ".")
        return " ".join(sentences)


def _plain(markdown: str) -> str:
    """Without the signs and addresses of Markdown."""
    return re.sub(
        r"\]\([^)]*\)|[\[\]*_#>`]|^\s*(?:[-+]|\d+\.)\s", "", markdown, flags=re.M
    )


@transaction.atomic
def _store(batch: list[SearchDocument]) -> None:
    """The rows that indexing.store makes, for many pages at once."""
    labels = {
        (name, v.value): v.label
        for document in batch
        for name, values in document.facets.items()
        for v in values
    }
    labels["soort", KIND] = LABEL
    for document in batch:
        if document.checked_on:
            year = str(document.checked_on.year)
            labels["jaar", year] = year
    FacetLabel.objects.bulk_create(
        (FacetLabel(facet=f, value=v, label=label) for (f, v), label in labels.items()),
        ignore_conflicts=True,
    )
    rows = Document.objects.bulk_create(
        Document(
            kind=KIND,
            object_id=document.object_id,
            url=document.url,
            title=document.title,
            kind_label=LABEL,
            facets={
                **{
                    n: [v.value for v in values]
                    for n, values in document.facets.items()
                },
                "soort": [KIND],
                "jaar": [str(document.checked_on.year)] if document.checked_on else [],
            },
            checked_on=document.checked_on,
            digest=indexing.digest(document),
        )
        for document in batch
    )
    Sectie.objects.bulk_create(
        (
            Sectie(
                document=row,
                ordinal=number,
                anchor=section.anchor,
                heading=section.heading,
                path=section.path,
                text=section.text,
            )
            for row, document in zip(rows, batch, strict=True)
            for number, section in enumerate(document.sections)
        ),
        batch_size=1_000,
    )
