"""The example ordinances of municipalities that do not exist, to walk a demo with."""

from __future__ import annotations

from dataclasses import replace

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
    """Each says that it is an example, and names no place where it would be published."""
    found = []
    for path in sorted(VERORDENINGEN.glob("*.xml")):
        imported = files.read(path.read_bytes(), path.name)
        if (text := imported.regeling) is not None:
            name = f"{text.citeertitel} (voorbeeld)"
            example = replace(text, citeertitel=name, source="")
            found.append(replace(imported, regeling=example))
    return found
