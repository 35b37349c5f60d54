"""Which legal texts a visitor may read, and as they stood on which day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from django.db import models as fields
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from knowledge.models import Regeling, RegelingVersie

from .kinds import MODEL
from .modellen.parts import Model
from .modellen.reading import parse


@dataclass(frozen=True)
class Gelezen:
    """A regulation with the version of a day; versie is None when none was in force.

    versies: newest first. current: the version of today.
    """

    regeling: Regeling
    versie: RegelingVersie | None
    versies: list[RegelingVersie]
    current: RegelingVersie | None = None

    @property
    def met_vorige(self) -> list[tuple[RegelingVersie, RegelingVersie | None]]:
        """Each version, newest first, with the one before it."""
        return list(zip_longest(self.versies, self.versies[1:]))


def readable() -> QuerySet[Regeling]:
    """Regulations of which a version was published, in order of title.

    versie_nu: the version that began last, or else the one that will begin first.
    """
    own = RegelingVersie.objects.published().filter(regeling=OuterRef("pk"))
    begun = fields.Q(valid_from=None) | fields.Q(valid_from__lte=timezone.localdate())
    return (
        Regeling.objects.filter(Exists(own))
        .annotate(
            versie_nu=Coalesce(
                Subquery(own.filter(begun).in_order().reverse().values("pk")[:1]),
                Subquery(own.in_order().values("pk")[:1]),
            )
        )
        .select_related("gemeente")
        .order_by("title")
    )


def read(slug: str, on: datetime.date) -> Gelezen | None:
    """The regulation with this slug on a day; None when nothing of it was published."""
    regeling = Regeling.objects.select_related("gemeente").filter(slug=slug).first()
    if regeling is None:
        return None
    published = regeling.versies.published()
    versies = list(published.defer("boom").in_order().reverse())
    if not versies:
        return None
    current = _valid_on(versies, timezone.localdate())
    return Gelezen(regeling, published.valid_on(on), versies, current)


def _valid_on(
    newest_first: list[RegelingVersie], on: datetime.date
) -> RegelingVersie | None:
    """What ``RegelingVersieQuerySet.valid_on`` gives, of versions that were read."""
    for versie in newest_first:
        if versie.valid_from is None or versie.valid_from <= on:
            lapsed = versie.valid_until and versie.valid_until <= on
            return None if lapsed else versie
    return None


@dataclass(frozen=True)
class Artikel:
    """An article as a question or another text names it."""

    regeling: Regeling
    heading: str
    url: str


def artikel(pk: int, anchor: str, on: datetime.date | None) -> Artikel | None:
    """A readable regulation with one of its articles, as it stands on a day or today.

    An anchor that is not there is left out; the heading is then empty.
    """
    regeling = readable().filter(pk=pk).first()
    if regeling is None:
        return None
    published = regeling.versies.published().defer("boom")
    versie = published.valid_on(on or timezone.localdate())
    rows = versie.artikelen.filter(address=anchor) if versie and anchor else None
    row = rows.first() if rows is not None else None
    query = f"?geldig-op={on.isoformat()}" if on and row else ""
    fragment = f"#{row.address}" if row else ""
    return Artikel(
        regeling,
        row.heading if row else "",
        f"{regeling.get_absolute_url()}{query}{fragment}",
    )


@lru_cache(maxsize=16)
def model_in(text: str) -> Model | None:
    """The model in a text; None when it is none. Read once: a text never changes."""
    return parse(text).model


def models() -> list[tuple[Regeling, RegelingVersie]]:
    """The models that a draft can begin with, each with the text of today."""
    today = timezone.localdate()
    found = []
    for regeling in readable().filter(soort=MODEL):
        versie = regeling.versies.published().valid_on(today)
        if versie is not None and versie.modeltekst:
            found.append((regeling, versie))
    return found
