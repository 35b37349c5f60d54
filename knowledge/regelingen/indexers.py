"""Regulations as search documents: every artikel is a section with its own address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from core.citations import article_key
from core.person import Person
from knowledge.models import Regeling, RegelingVersie
from search.documents import FacetValue, SearchDocument, Section

KIND = "regeling"


class RegelingIndexer:
    kind = KIND
    label = "Regeling"

    def all_ids(self) -> Iterable[int]:
        found = RegelingVersie.objects.published().values_list("regeling_id", flat=True)
        return found.distinct()

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        published = RegelingVersie.objects.published().filter(regeling_id__in=list(ids))
        return set(published.values_list("regeling_id", flat=True))

    def document(self, pk: int) -> SearchDocument | None:
        """The text in force today, or else the last one that was."""
        regeling = Regeling.objects.select_related("gemeente").filter(pk=pk).first()
        if regeling is None:
            return None
        published = regeling.versies.published().defer("boom")
        versie = published.valid_on(timezone.localdate()) or published.in_order().last()
        if versie is None:
            return None
        return SearchDocument(
            kind=self.kind,
            object_id=regeling.pk,
            url=regeling.get_absolute_url(),
            title=str(regeling),
            # One label for the whole kind: the filter 'Soort' shows it for all of them.
            kind_label=self.label,
            summary=regeling.title,
            sections=tuple(_sections(regeling, versie)),
            facets=_facets(regeling),
            keywords=(regeling.identifier,) if regeling.identifier else (),
            valid_from=versie.valid_from,
            valid_until=versie.valid_until,
        )


def _sections(regeling: Regeling, versie: RegelingVersie) -> Iterator[Section]:
    names = dict.fromkeys((regeling.identifier, regeling.citeertitel, regeling.title))
    yield Section("", "", str(regeling), regeling.title)
    for artikel in versie.artikelen.all():
        yield Section(
            anchor=artikel.address,
            heading=artikel.heading,
            path=" › ".join(filter(None, (str(regeling), artikel.path))),
            text=artikel.text,
            citations=tuple(
                article_key(name, artikel.number)
                for name in names
                if name and artikel.number
            ),
            places=tuple(_outermost(artikel.delen)),
        )


def _outermost(parts: list[list[Any]]) -> Iterator[tuple[int, str]]:
    """The leden of an article, or its onderdelen when it has none."""
    last = ""
    for at, address in parts:
        if not last or not address.startswith(f"{last}-"):
            last = address
            yield at, address


def _facets(regeling: Regeling) -> dict[str, tuple[FacetValue, ...]]:
    gemeente = regeling.gemeente
    if gemeente is None:
        return {}
    return {
        "gemeente": (FacetValue(gemeente.code, gemeente.naam),),
        "provincie": (FacetValue(gemeente.provincie_code, gemeente.provincie),),
    }
