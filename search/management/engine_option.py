"""``--engine`` of the commands."""

from django.core.management import CommandError

from search.engines import get_engine
from search.engines.base import SearchEngine


def engine_named(name: str | None) -> SearchEngine:
    """The engine of this installation with that name; CommandError when it has none."""
    try:
        return get_engine(name)
    except KeyError:
        raise CommandError(
            f"Deze installatie heeft geen zoekmachine {name}. Zet ELASTICSEARCH_URL.",
            returncode=2,
        ) from None
