"""The lines of one article, put under its leden, onderdelen and terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Soort

from .draft import Draft, Lists
from .patterns import Mark, item
from .units import Unit, flat

_TERM = re.compile(r"(?P<term>[^:.;]{2,80}):\s+(?P<text>.+)", re.DOTALL)


@dataclass(slots=True)
class Article:
    draft: Draft
    warnings: list[str]
    lists: Lists = field(init=False)

    def __post_init__(self) -> None:
        self.lists = Lists(self.draft)

    def add(self, part: Draft) -> None:
        self.lists.add(part)

    def read(self, unit: Unit, following: frozenset[str]) -> None:
        """A paragraph: a part with a number, a term or running text. following: the
        numbers of the next parts."""
        if unit.boxed:
            self.lists.write(flat(unit.noted), unit.indent, goes_on=True)
            return
        found = item(unit.text)
        text = flat(unit.with_notes(found.text) if found else unit.noted)
        bullet = found is not None and found.mark is Mark.BULLET
        if found and not bullet:
            if not text and unit.auto:
                self.warnings.append(
                    f"Artikel {self.draft.number}: na nummer {found.number} staat geen tekst."
                )
                return
            if self.lists.place(found, text, unit.indent, following):
                return
        plain = found.text if found and bullet else unit.text
        term = _TERM.fullmatch(plain) if self._explains_terms() else None
        if term and "verstaan" not in term["term"]:
            words = flat(unit.with_notes(term["text"]))
            self.lists.begrip(flat(term["term"]), words, unit.indent)
        elif found and bullet:
            self.lists.place(found, text, unit.indent, following)
        else:
            self.lists.write(flat(unit.noted), unit.indent, goes_on=not unit.first)

    def _explains_terms(self) -> bool:
        """Whether a line 'term: meaning' is a begrip here."""
        if not self.lists.takes_terms:
            return False
        top = self.lists.stack[0].draft if self.lists.stack else self.draft
        return bool(
            top.soort is Soort.BEGRIP
            or re.search(r"begrip|definitie", self.draft.title, re.IGNORECASE)
            or (top.lines and re.search(r"verstaan( onder)?:?$", top.lines[-1]))
        )
