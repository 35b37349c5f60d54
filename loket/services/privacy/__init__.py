"""Keeping no longer than needed, and what one person may ask: a copy, and to be forgotten."""

from .anonymising import GONE, NOBODY, on_anonymise
from .erasing import PLACES, forget
from .exporting import export
from .keeping import (
    anonymise_due,
    days_kept,
    delete_due,
    due_to_anonymise,
    due_to_delete,
    remove_old,
    set_days_kept,
)
from .looking import looked_at
from .mail import remove_left_over_files

__all__ = [
    "GONE",
    "NOBODY",
    "PLACES",
    "anonymise_due",
    "days_kept",
    "delete_due",
    "due_to_anonymise",
    "due_to_delete",
    "export",
    "forget",
    "looked_at",
    "on_anonymise",
    "remove_left_over_files",
    "remove_old",
    "set_days_kept",
]
