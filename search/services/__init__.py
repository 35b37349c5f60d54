"""Find, suggest, and keep the index in step with the database."""

from .asking import Answer, SearchUnavailable, ask, plan_of
from .finding import count_articles, find, related, suggest, visible_keys
from .keeping import (
    check,
    health,
    rebuild,
    reconcile,
    refresh,
    refresh_later,
    refresh_many,
    refresh_many_later,
    without_collector,
)

__all__ = [
    "Answer",
    "SearchUnavailable",
    "ask",
    "check",
    "count_articles",
    "find",
    "health",
    "plan_of",
    "rebuild",
    "reconcile",
    "refresh",
    "refresh_later",
    "refresh_many",
    "refresh_many_later",
    "related",
    "suggest",
    "visible_keys",
    "without_collector",
]
