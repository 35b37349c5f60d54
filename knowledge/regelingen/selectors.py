"""Which legal texts a visitor may read, and as they stood on which day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from knowledge.models import Regeling, RegelingVersie


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
