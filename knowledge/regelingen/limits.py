"""What a file may be at most, before anything reads it."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
# Of what one person hands in at once.
MAX_UPLOADS = 50
MAX_UPLOADED = 100 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be read; the message tells its owner why and what to do."""


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}"
