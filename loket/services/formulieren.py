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


LONG = ("text", "reactie", "kort_antwoord")
SHORT = ("title",)


def joined(own: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Two drafts of one form as one, without losing a word: texts one after the other,
    lists together, and of what a form has once, such as a title, the other as a line
    above its text. A choice stays as it is."""
    both = dict(own)
    lost = [
        str(value)
        for name in SHORT
        if (value := more.get(name)) and own.get(name) not in (None, "", value)
    ]
    for name, value in more.items():
        mine = both.get(name)
        if isinstance(value, list):
            mine = mine or []
            both[name] = [*mine, *(one for one in value if one not in mine)]
        elif not mine:
            both[name] = value
        elif name in LONG and mine != value:
            both[name] = f"{mine.rstrip()}\n\n{value}"
    if lost:
        text = str(own.get("text") or "").rstrip()
        rest = str(more.get("text") or "")
        if rest == own.get("text"):
            rest = ""
        both["text"] = "\n\n".join(filter(None, [text, *lost, rest]))
    return both


def remove_old_forms() -> int:
    """What nobody touched for 30 days goes; returns how many."""
    old = Formulierconcept.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
