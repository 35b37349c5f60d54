"""The example ordinances of municipalities that do not exist, to walk a demo with."""

from __future__ import annotations

from knowledge.models import RegelingVersie
from knowledge.starter import VERORDENINGEN

from . import files, services
from .imports import Import


def publish_examples() -> None:
    """Visitors may read the examples from now on."""
    for imported in _examples():
        services.store(imported=imported, publish=True)


def withdraw_examples() -> None:
    """Visitors no longer read the examples; they stay for the editors."""
    numbers = [imported.regeling.id for imported in _examples() if imported.regeling]
    versies = RegelingVersie.objects.filter(regeling__identifier__in=numbers)
    for versie in versies.select_related("regeling"):
        services.withdraw(versie=versie)


def _examples() -> list[Import]:
    paths = sorted(VERORDENINGEN.glob("*.xml"))
    return [files.read(path.read_bytes(), path.name) for path in paths]
