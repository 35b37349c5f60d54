"""Taking what points to one person out of rows that stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import JSONField, Model, Q

INSTEAD = "[gewist]"
CHUNK = 200


def without(value: Any, email: str) -> Any:
    """A text, or the texts in a list or dict, without an address, however it was written."""
    if isinstance(value, str):
        return re.sub(re.escape(email), INSTEAD, value, flags=re.IGNORECASE)
    if isinstance(value, list):
        return [without(part, email) for part in value]
    if isinstance(value, dict):
        return {without(k, email): without(v, email) for k, v in value.items()}
    return value


def holds(model: type[Model], fields: Sequence[str], email: str) -> Q:
    """Rows that hold an address in one of these fields of text or JSON."""
    found = Q(pk__in=[])
    for name in fields:
        found |= Q(**{f"{name}__icontains": email})
        if isinstance(model._meta.get_field(name), JSONField):
            # SQLite stores other letters as escapes.
            found |= Q(**{f"{name}__icontains": json.dumps(email)[1:-1]})
    return found


def forget_address(model: type[Model], fields: Sequence[str], email: str) -> list[Any]:
    """Take an address out of these fields, in every row; returns the rows' keys."""
    rows = model._default_manager.filter(holds(model, fields, email))
    touched = []
    for values in rows.values("pk", *fields).iterator(chunk_size=CHUNK):
        pk = values.pop("pk")
        new = {
            name: changed
            for name, value in values.items()
            if (changed := without(value, email)) != value
        }
        if new:
            # Not save(): some rows may never be changed by the desk itself.
            model._default_manager.filter(pk=pk).update(**new)
            touched.append(pk)
    return touched


def forget_log(model: type[Model], pks: Iterable[Any]) -> None:
    """Remove what the log of the technical admin holds of these rows: it repeats names."""
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(pk) for pk in pks],
    ).delete()
