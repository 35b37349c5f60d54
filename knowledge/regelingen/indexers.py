"""Regulations as search documents: as a whole, with a section for every artikel, and
every artikel as a document of its own, for who searches among articles."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core import outbox
from core.citations import article_key
from core.models import Outbox
from core.person import Person
from knowledge.choices import ArtikelBouwsteen, grootteklasse
from knowledge.models import ArtikelRij, Regeling, RegelingVersie
from search import services as search_services
from search.documents import ARTICLES, FacetValue, SearchDocument, Section
from search.models import Document

from . import tree
from .kinds import MODEL

KIND = "regeling"
ARTIKEL = "artikel"
BATCH = 500


class RegelingIndexer:
    kind = family = KIND
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
    yield Section("", "", str(regeling), regeling.title)
    if regeling.soort == MODEL:
        # It has an article for everything: by its name it is found here, and its articles
        # among the articles, so that it does not stand before what explains a subject.
        return
    for artikel in versie.artikelen.all():
        path = " › ".join(filter(None, (str(regeling), artikel.path)))
        yield _section(regeling, artikel, artikel.address, path)


def _section(
    regeling: Regeling, artikel: ArtikelRij, anchor: str, path: str
) -> Section:
    names = dict.fromkeys((regeling.identifier, regeling.citeertitel, regeling.title))
    return Section(
        anchor=anchor,
        heading=artikel.heading,
        path=path,
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
    size = grootteklasse(gemeente.inwoners)
    return {
        "gemeente": (FacetValue(gemeente.code, gemeente.naam),),
        "provincie": (FacetValue(gemeente.provincie_code, gemeente.provincie),),
        "grootteklasse": (FacetValue(size.value, str(size.label)),) if size else (),
    }


class ArtikelIndexer:
    """Articles of every published version, each for the days on which it held."""

    kind = family = ARTIKEL
    label = "Artikel"

    def all_ids(self) -> Iterable[int]:
        return _articles().values_list("pk", flat=True)

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        return set(_articles().filter(pk__in=list(ids)).values_list("pk", flat=True))

    def document(self, pk: int) -> SearchDocument | None:
        return next(_documents(_articles().filter(pk=pk)), None)


def _articles() -> QuerySet[ArtikelRij]:
    return ArtikelRij.objects.filter(
        versie__published_at__isnull=False, status=tree.Status.GELDEND
    )


def _documents(articles: QuerySet[ArtikelRij]) -> Iterator[SearchDocument]:
    """Their documents, in two queries for all articles of one regulation.

    A version that was corrected from its first day on held on no day, and has none.
    """
    periods: dict[int, dict[int, Period]] = {}
    rows = articles.select_related("versie__regeling__gemeente").defer("versie__boom")
    for artikel in rows.order_by("versie_id", "order"):
        regeling = artikel.versie.regeling
        if regeling.pk not in periods:
            periods[regeling.pk] = periods_of(regeling)
        period = periods[regeling.pk].get(artikel.versie_id)
        if period is not None:
            yield _document(artikel, regeling, *period)


Period = tuple[datetime.date | None, datetime.date | None]


def periods_of(regeling: Regeling) -> dict[int, Period]:
    """Version → from which day until before which day it holds, of those that ever do."""
    found: dict[int, Period] = {}
    versies = list(
        regeling.versies.published()
        .in_order()
        .values_list("pk", "valid_from", "valid_until")
    )
    for at, (pk, begin, end) in enumerate(versies):
        later = versies[at + 1][1] if at + 1 < len(versies) else None
        if at + 1 < len(versies) and later == begin:
            continue
        found[pk] = begin, min(filter(None, (end, later)), default=None)
    return found


def _document(
    artikel: ArtikelRij,
    regeling: Regeling,
    begin: datetime.date | None,
    end: datetime.date | None,
) -> SearchDocument:
    url = regeling.get_absolute_url()
    if end is not None and begin is not None:
        url += f"?geldig-op={begin.isoformat()}"
    bouwsteen = (
        (FacetValue(artikel.bouwsteen, str(ArtikelBouwsteen(artikel.bouwsteen).label)),)
        if artikel.bouwsteen
        else ()
    )
    return SearchDocument(
        kind=ARTIKEL,
        object_id=artikel.pk,
        url=f"{url}#{artikel.address}",
        title=f"{artikel.heading}, {regeling}",
        kind_label=ArtikelIndexer.label,
        # The title names the regulation; twice would drown what the article says.
        sections=(_section(regeling, artikel, "", artikel.path),),
        facets={**_facets(regeling), "bouwsteen": bouwsteen},
        audience=ARTICLES,
        valid_from=begin,
        valid_until=end,
    )


def refresh_regeling_later(regeling_pk: int) -> None:
    """Have the index follow a regulation, whole and by article, after this transaction."""
    search_services.refresh_later(KIND, regeling_pk)
    outbox.enqueue(
        kind="knowledge.articles",
        key=str(regeling_pk),
        dedupe_key=f"knowledge.articles:{regeling_pk}",
    )


@outbox.handler("knowledge.articles")
def _deliver_articles(row: Outbox) -> None:
    """All articles of a regulation in a few writes; one write each takes minutes."""
    own = ArtikelRij.objects.filter(versie__regeling_id=row.key)
    wanted = list(_documents(_articles().filter(versie__regeling_id=row.key)))
    kept = {document.object_id for document in wanted}
    stale = Document.objects.filter(
        kind=ARTIKEL, object_id__in=own.exclude(pk__in=kept).values("pk")
    )
    gone = [f"{ARTIKEL}:{pk}" for pk in stale.values_list("object_id", flat=True)]
    for start in range(0, max(len(wanted), 1), BATCH):
        part = wanted[start : start + BATCH]
        search_services.refresh_many(part, gone if start == 0 else ())
