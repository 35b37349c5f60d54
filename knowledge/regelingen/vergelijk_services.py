"""State changes of comparisons with a text of a visitor."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core.toegang import TOKEN_BYTES, hash_token
from knowledge.models import RegelingVersie, VergelekenTekst, Vergelijking

from . import tree, tree_json

KEPT = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Eigen:
    """A text that a visitor handed in, with what was noticed while reading it."""

    naam: str
    tekst: tree.Regeling
    warnings: tuple[str, ...] = ()


Keuze = RegelingVersie | Eigen


@transaction.atomic
def keep(*, teksten: Mapping[int, Keuze]) -> str:
    """A new comparison with these texts by their place; returns its token.

    Who has the token has the comparison: it is given once and kept nowhere.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    vergelijking = Vergelijking.objects.create(
        token_hash=hash_token(token), expires_at=timezone.now() + KEPT
    )
    _put(vergelijking, teksten)
    return token


@transaction.atomic
def change(*, vergelijking: Vergelijking, teksten: Mapping[int, Keuze]) -> None:
    """Put texts at these places, over what stood there; the others stay."""
    vergelijking.teksten.filter(order__in=list(teksten)).delete()
    _put(vergelijking, teksten)


def _put(vergelijking: Vergelijking, teksten: Mapping[int, Keuze]) -> None:
    VergelekenTekst.objects.bulk_create(
        VergelekenTekst(
            vergelijking=vergelijking,
            order=order,
            versie=None if isinstance(keuze, Eigen) else keuze,
            naam=keuze.naam if isinstance(keuze, Eigen) else str(keuze.regeling),
            boom=tree_json.to_json(keuze.tekst) if isinstance(keuze, Eigen) else None,
            warnings=list(keuze.warnings) if isinstance(keuze, Eigen) else [],
        )
        for order, keuze in teksten.items()
    )


def remove(*, vergelijking: Vergelijking) -> None:
    """Delete a comparison with the words in it, at once."""
    vergelijking.delete()


def remove_expired() -> int:
    """Delete what was kept long enough; returns how many comparisons."""
    _total, by_model = Vergelijking.objects.filter(
        expires_at__lte=timezone.now()
    ).delete()
    return by_model.get(Vergelijking._meta.label, 0)
