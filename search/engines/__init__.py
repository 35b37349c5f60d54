"""The engine in use, from settings.SEARCH_ENGINE."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import SearchEngine


@cache
def get_engine() -> SearchEngine:
    configuration = settings.SEARCH_ENGINE
    return import_string(configuration["BACKEND"])(**configuration.get("OPTIONS", {}))


def reset() -> None:
    """Forget the engine, for tests that change the settings."""
    get_engine.cache_clear()
