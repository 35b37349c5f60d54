"""Which texts a visitor can compare, and what a comparison shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.toegang import hash_token
from knowledge.models import RegelingVersie, VergelekenTekst, Vergelijking

from .vergelijken.rows import Comparison, Text, compare

# More do not fit in a list; a regulation is then chosen on its own page.
MAX_OPTIONS = 1_000


def options(chosen: Sequence[int] = ()) -> list[tuple[int, str]]:
    """Every version that a visitor may read, by title; the chosen ones always."""
    published = (
        RegelingVersie.objects.published().select_related("regeling").defer("boom")
    )
    found = list(published.order_by("regeling__title", "-valid_from")[:MAX_OPTIONS])
    if missing := set(chosen) - {versie.pk for versie in found}:
        found += published.filter(pk__in=missing)
    count = Counter(versie.regeling_id for versie in found)
    return [
        (versie.pk, _named(versie, dated=count[versie.regeling_id] > 1))
        for versie in found
    ]


def _named(versie: RegelingVersie, *, dated: bool) -> str:
    if not dated:
        return str(versie.regeling)
    if versie.valid_from is None:
        return _("%(naam)s (datum onbekend)") % {"naam": versie.regeling}
    day = date_format(versie.valid_from, "j F Y")
    return _("%(naam)s (vanaf %(datum)s)") % {"naam": versie.regeling, "datum": day}


def versions(pks: Sequence[int]) -> list[RegelingVersie]:
    """The versions that a visitor may read, in this order; what is not there is left out."""
    found = (
        RegelingVersie.objects.published().select_related("regeling").in_bulk(list(pks))
    )
    return [found[pk] for pk in pks if pk in found]


def opened(token: str) -> Vergelijking | None:
    """The comparison of this link; None when it is unknown, removed or expired."""
    return Vergelijking.objects.valid().filter(token_hash=hash_token(token)).first()


def texts_in(vergelijking: Vergelijking) -> list[VergelekenTekst]:
    """The texts in order; a version that is no longer public is as one that is gone."""
    found = list(vergelijking.teksten.select_related("versie__regeling"))
    for tekst in found:
        if tekst.versie and tekst.versie.published_at is None:
            tekst.versie = None
    return found


def beside(
    teksten: Sequence[RegelingVersie | VergelekenTekst], *, basis: int = 1
) -> Comparison:
    """The texts compared; the one at place ``basis`` stands first.

    Raises ValueError for a text that is no longer there.
    """
    names = names_of(teksten)
    texts = []
    for tekst, name in zip(teksten, names, strict=True):
        versie = tekst if isinstance(tekst, RegelingVersie) else tekst.versie
        if versie is not None:
            texts.append(Text(name, versie.tekst, _address(versie)))
            continue
        read = tekst.tekst
        if read is None:
            raise ValueError(name)
        texts.append(Text(name, read))
    first = basis - 1 if 0 < basis <= len(texts) else 0
    ordered = [texts[first], *texts[:first], *texts[first + 1 :]]
    return compare(ordered)


def names_of(teksten: Sequence[RegelingVersie | VergelekenTekst]) -> list[str]:
    """A name for each that no other has: the title, with its date when it must."""
    versions = [t if isinstance(t, RegelingVersie) else t.versie for t in teksten]
    plain = [
        str(versie.regeling) if versie else str(tekst)
        for versie, tekst in zip(versions, teksten, strict=True)
    ]
    count = Counter(plain)
    names: list[str] = []
    for versie, name in zip(versions, plain, strict=True):
        if count[name] > 1:
            name = (
                _named(versie, dated=True)
                if versie
                else _("%(naam)s (uw tekst)") % {"naam": name}
            )
        again, base = 2, name
        while name in names:
            name = f"{base} ({again})"
            again += 1
        names.append(name)
    return names


def _address(versie: RegelingVersie) -> str:
    address = versie.regeling.get_absolute_url()
    if versie.valid_from is None:
        return address
    return f"{address}?geldig-op={versie.valid_from.isoformat()}"
