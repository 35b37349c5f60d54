"""What somebody types in a form, kept until it is sent: per member of staff or asker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.models import Contact, User
from core.parameters import without_nul
from loket.models import Formulierconcept, Vraag

MAX_VALUE = 50_000
KEPT_FOR = timedelta(days=30)


def _of(user: User | None, contact: Contact | None) -> Q:
    if (user is None) == (contact is None):
        raise TypeError("een concept is van één persoon")
    return Q(user=user) if user is not None else Q(contact=contact)


def kept(values: dict[str, str]) -> dict[str, str]:
    """The values in a form that can be stored; without what is empty."""
    return {
        name: without_nul(value)[:MAX_VALUE] for name, value in values.items() if value
    }


def keep_form(
    *,
    formulier: str,
    data: dict[str, Any],
    user: User | None = None,
    contact: Contact | None = None,
    vraag: Vraag | None = None,
) -> None:
    """Keep what a form holds now. An empty form leaves nothing behind."""
    if not data:
        drop_form(formulier=formulier, user=user, contact=contact)
        return
    _of(user, contact)
    Formulierconcept.objects.update_or_create(
        user=user,
        contact=contact,
        formulier=formulier,
        defaults={"data": data, "vraag": vraag},
    )


def form_of(
    *, formulier: str, user: User | None = None, contact: Contact | None = None
) -> dict[str, Any]:
    """What was kept of a form; empty when there is nothing."""
    row = Formulierconcept.objects.filter(
        _of(user, contact), formulier=formulier
    ).first()
    return row.data if row else {}


def drop_form(
    *, formulier: str, user: User | None = None, contact: Contact | None = None
) -> None:
    Formulierconcept.objects.filter(_of(user, contact), formulier=formulier).delete()


def remove_old_forms() -> int:
    """What nobody touched for 30 days goes; returns how many."""
    old = Formulierconcept.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
