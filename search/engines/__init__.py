"""The engines in use, from settings.SEARCH_ENGINE and settings.SEARCH_FALLBACK.

Questions go to the first. Changes go to all of them, so that the embedded index of this
machine can answer when Elasticsearch does not.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from .base import SearchEngine


@cache
def engines() -> tuple[SearchEngine, ...]:
    """The engine that answers, and after it the one that stands in."""
    configurations = [settings.SEARCH_ENGINE, *settings.SEARCH_FALLBACK]
    return tuple(_made(configuration) for configuration in configurations)


def _made(configuration: dict[str, Any]) -> SearchEngine:
    made: SearchEngine = import_string(configuration["BACKEND"])(
        **configuration.get("OPTIONS", {})
    )
    return made


def get_engine(name: str | None = None) -> SearchEngine:
    """The engine that answers, or the one with this name; KeyError when there is none."""
    if name is None:
        return engines()[0]
    for engine in engines():
        if engine.name == name:
            return engine
    raise KeyError(name)


def reset() -> None:
    """Forget the engines, for tests that change the settings."""
    for engine in engines():
        engine.close()
    engines.cache_clear()
