"""Which legal texts a visitor may read, and as they stood on which day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from knowledge.models import Regeling, RegelingVersie

from .kinds import MODEL
from .modellen.parts import Model
from .modellen.reading import parse


@dataclass(frozen=True)
class Gelezen:
    """A regulation with the version of a day; versie is None when none was in force."""

    regeling: Regeling
    versie: RegelingVersie | None
    versies: list[RegelingVersie]


def readable() -> QuerySet[Regeling]:
    """Regulations of which a version was published, in order of title."""
    published = RegelingVersie.objects.published()
    return (
        Regeling.objects.filter(Exists(published.filter(regeling=OuterRef("pk"))))
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
    return Gelezen(regeling, published.valid_on(on), versies)


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
