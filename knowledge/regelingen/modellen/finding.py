"""What a reference in a model points to."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.regelingen.tree import Soort

from .parts import Model, Part, each
from .references import Level, Path, Token

_SOORT = {
    Level.HOOFDSTUK: Soort.HOOFDSTUK,
    Level.PARAGRAAF: Soort.PARAGRAAF,
    Level.BIJLAGE: Soort.BIJLAGE,
    Level.ARTIKEL: Soort.ARTIKEL,
    Level.LID: Soort.LID,
    Level.ONDERDEEL: Soort.ONDERDEEL,
    Level.SUBONDERDEEL: Soort.SUBONDERDEEL,
}
_WHOLE = frozenset({Level.HOOFDSTUK, Level.PARAGRAAF, Level.BIJLAGE, Level.ARTIKEL})


class Targets:
    """The parts that a path names: more than one where alternatives have one number."""

    def __init__(self, model: Model) -> None:
        self.by_number: dict[tuple[Soort, str], list[Part]] = {}
        for part in each(model.parts):
            self.by_number.setdefault((part.soort, part.number.lower()), []).append(
                part
            )

    def of(self, token: Token, where: Iterable[Part]) -> list[Part]:
        """where: the parts that the text is in, outermost first, itself included."""
        return self._of(token.path, list(where))

    def _of(self, path: Path, where: list[Part]) -> list[Part]:
        (level, value), rest = path[0], path[1:]
        if level in _WHOLE:
            found = self.by_number.get((_SOORT[level], value), [])
        else:
            found = _near(level, value, where)
        for level, value in rest:
            found = [inside for part in found for inside in _below(part, level, value)]
        return found


def _below(part: Part, level: Level, value: str) -> list[Part]:
    """In the part itself, or of an artikel in the only lid that has it."""
    soort = _SOORT[level]
    if found := _in(part, soort, value):
        return found
    if part.soort is not Soort.ARTIKEL or level is Level.LID:
        return []
    leden = [child for child in part.children if child.soort is Soort.LID]
    having = [found for lid in leden if (found := _in(lid, soort, value))]
    return having[0] if len(having) == 1 else []


def _near(level: Level, value: str, where: list[Part]) -> list[Part]:
    """The lid or onderdeel meant by words inside an artikel that do not name it."""
    soort = _SOORT[level]
    for part in reversed(where):
        found = _in(part, soort, value)
        if found:
            return found
        if part.soort is Soort.ARTIKEL:
            # A toelichting may name an onderdeel of the only lid that has it.
            deep = [one for one in each(part.children) if _is(one, soort, value)]
            return deep if len({one.number for one in deep}) == 1 else []
    return []


def _in(part: Part, soort: Soort, value: str) -> list[Part]:
    return [child for child in part.children if _is(child, soort, value)]


def _is(part: Part, soort: Soort, value: str) -> bool:
    return part.soort is soort and part.number.lower() == value
