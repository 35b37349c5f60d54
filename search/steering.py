"""What editors set for the search: every change is recorded and can be taken back.

Nothing of it is in the index, so a change counts at once in this process and within
seconds in the others (resources.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions
from core.models import User

from . import lexicon, resources
from .models import (
    ApprovedQuery,
    BestBet,
    Document,
    SeededSynonym,
    SplitException,
    SteeringChange,
    StopSuggestion,
    Synonym,
)
from .resources import Steering
from .synonyms import Rule

Steered: TypeAlias = Synonym | BestBet | StopSuggestion | SplitException | ApprovedQuery
MODELS: dict[str, type[Steered]] = {
    model.__name__.lower(): model
    for model in (Synonym, BestBet, StopSuggestion, SplitException, ApprovedQuery)
}
EDITORS = (permissions.REDACTEUR, permissions.BEHEERDER)
Action = SteeringChange.Action


def may_steer(user: User | None) -> bool:
    return permissions.in_group(user, *EDITORS)


def _must_steer(actor: User) -> None:
    if not may_steer(actor):
        raise PermissionDenied(_("Alleen de redactie stuurt het zoeken bij."))


def ensure_rights(groups: dict[str, Group]) -> None:
    """Let editors and managers work in the section 'Zoeken'; safe to call again."""
    wanted = Permission.objects.filter(
        content_type__app_label="search", content_type__model__in=MODELS
    )
    # An approved query comes from the log (querylog.approve), never from a form.
    wanted = wanted.exclude(codename="add_approvedquery")
    for name in EDITORS:
        groups[name].permissions.add(*wanted)


@transaction.atomic
def seed_synonyms() -> int:
    """Load rows of the word list that were never loaded before; returns how many.

    What an editor changed, switched off or deleted stays as it is: a row counts as
    loaded for ever.
    """
    rows = {(row[0], row[1]): row[2:] for row in lexicon.rows("synoniemen.tsv")[1:]}
    loaded = set(SeededSynonym.objects.values_list("word", "synonym"))
    new = {pair: rest for pair, rest in rows.items() if pair not in loaded}
    known = set(Synonym.objects.values_list("word", "synonym"))
    made = Synonym.objects.bulk_create(
        Synonym(
            word=pair[0],
            synonym=pair[1],
            both_ways=direction == "twee",
            weight=float(weight),
            source=source,
        )
        for pair, (direction, weight, source) in new.items()
        if pair not in known
    )
    SeededSynonym.objects.bulk_create(
        SeededSynonym(word=word, synonym=synonym) for word, synonym in new
    )
    _now_and_after_commit()
    return len(made)


@transaction.atomic
def save(*, actor: User, row: Steered) -> SteeringChange | None:
    """Store a new or changed row; None when nothing differs.

    Raises PermissionDenied, or ValidationError as the forms show it.
    """
    _must_steer(actor)
    if row.owner_id is None:
        row.owner = actor
    row.full_clean()
    held = type(row).objects.select_for_update().filter(pk=row.pk).first()
    before = _fields_of(held) if held else None
    if before == _fields_of(row):
        return None
    row.save()
    return _record(actor, row, before, _fields_of(row))


@transaction.atomic
def delete(*, actor: User, row: Steered) -> SteeringChange:
    """Remove a row; ``undo`` of the change that is returned brings it back."""
    _must_steer(actor)
    change = _record(actor, row, _fields_of(row), None)
    row.delete()
    return change


@transaction.atomic
def undo(*, actor: User, change: SteeringChange) -> SteeringChange:
    """Bring a row back to what it was before a change, also when it was deleted since.

    Only the last change of a row: an earlier one would take back later ones unasked.
    Raises PermissionDenied, or ValidationError when it can no longer be.
    """
    _must_steer(actor)
    model = MODELS[change.kind]
    newest = SteeringChange.objects.filter(
        kind=change.kind, object_id=change.object_id
    ).first()
    if newest is None or newest.pk != change.pk:
        raise ValidationError(
            _(
                "Deze regel is daarna nog veranderd. Maak eerst die verandering ongedaan."
            )
        )
    held = model.objects.select_for_update().filter(pk=change.object_id).first()
    row = held or model(pk=change.object_id)
    if change.before is not None:
        _set_fields(row, change.before)
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError:
            raise ValidationError(
                _("Er is nu een andere regel met dezelfde woorden.")
            ) from None
        row.save(force_insert=held is None)
    done = _record(actor, row, change.after, change.before, undoes=change)
    if change.before is None and held is not None:
        held.delete()
    return done


def undoable(changes: Iterable[SteeringChange]) -> set[int]:
    """Ids of those changes that ``undo`` would take: the last one of each row."""
    changes = list(changes)
    newest: dict[tuple[str, int], int] = {}
    for pk, kind, object_id in SteeringChange.objects.filter(
        object_id__in={change.object_id for change in changes}
    ).values_list("pk", "kind", "object_id"):
        key = (kind, object_id)
        newest[key] = max(pk, newest.get(key, 0))
    return set(newest.values()) & {change.pk for change in changes}


def _record(
    actor: User | None,
    row: Steered,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    undoes: SteeringChange | None = None,
) -> SteeringChange:
    _now_and_after_commit()
    return SteeringChange.objects.create(
        by=actor,
        kind=type(row).__name__.lower(),
        object_id=row.pk,
        label=str(row)[:400],
        action=_action(before, after),
        before=before,
        after=after,
        undoes=undoes,
    )


def _now_and_after_commit() -> None:
    """A search that runs before the commit may keep the old state: look again after it."""
    resources.forget()
    transaction.on_commit(resources.forget)


def _action(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    if before is None:
        return Action.ADDED
    if after is None:
        return Action.DELETED
    if before["active"] != after["active"]:
        return Action.ON if after["active"] else Action.OFF
    return Action.CHANGED


def _fields_of(row: Steered) -> dict[str, Any]:
    """The fields of a row for the history; a page by its key, since its id may change."""
    values = {}
    for field in row._meta.concrete_fields:
        if field.name in ("id", "changed_at"):
            continue
        value = getattr(row, field.attname)
        if field.name == "document":
            value = row.document.key  # type: ignore[union-attr]
        values[field.name] = (
            value.isoformat() if isinstance(value, datetime.date) else value
        )
    return values


def _set_fields(row: Steered, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "document":
            kind, _colon, pk = value.rpartition(":")
            page = Document.objects.filter(kind=kind, object_id=int(pk)).first()
            if page is None:
                raise ValidationError(_("Deze pagina is er niet meer."))
            row.document = page  # type: ignore[union-attr]
        elif name == "owner":
            row.owner = User.objects.filter(pk=value).first()
        else:
            field: Any = row._meta.get_field(name)
            setattr(row, field.attname, field.to_python(value))


@receiver(pre_delete, sender=BestBet)
def _record_lost_page(instance: BestBet, origin: Any, **kwargs: Any) -> None:
    """A bet goes with its page; the history has it, for when the page comes back."""
    if getattr(origin, "model", type(origin)) is not BestBet:
        _record(None, instance, _fields_of(instance), None)


def with_change(row: Steered, steering: Steering | None = None) -> Steering:
    """What the search would use if a row were stored as it is now."""
    now = steering or resources.steering()
    if isinstance(row, Synonym):
        rule = Rule(row.word, row.synonym, row.weight, row.both_ways)
        rules = [rule] if row.active else []
        return replace(now, synonyms=resources.synonym_table(rules, without=row.pk))
    others: Any = type(row).objects.filter(active=True).exclude(pk=row.pk)
    if isinstance(row, BestBet):
        others = others.filter(until__gte=timezone.localdate())
    rows = [*others, row] if row.active else list(others)
    if isinstance(row, BestBet):
        return replace(now, bets=resources.bet_table(rows))
    if isinstance(row, SplitException):
        return replace(now, splits=resources.split_table(rows))
    texts = tuple(other.text for other in rows)
    if isinstance(row, StopSuggestion):
        return replace(now, stops=texts)
    return replace(now, approved=texts)
