"""The lines of one article, put under its leden, onderdelen and terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Soort

from .draft import Draft, Lists
from .patterns import Mark, item
from .units import Unit, flat

_TERM = re.compile(r"(?P<term>[^:.;]{1,80}?)\s*:\s+(?P<text>\S.*)", re.DOTALL)
_DEFINES = re.compile(
    r"\bverstaa?n\s+(?:\w+\s+)?onder\b[^.]*:?$|\bbetekent:$", re.IGNORECASE
)


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
                    f"{self.draft.label or 'Artikel'} {self.draft.number}: na nummer {found.number} staat geen tekst."
                )
                return
            if self.lists.place(found, text, unit.indent, following):
                self._define(found.mark)
                return
        holder = self.lists.holds_terms()
        term = _TERM.fullmatch(found.text if found and bullet else unit.text)
        if holder and term and self._defines(holder, by_title=True):
            words = flat(unit.with_notes(term["text"]))
            label = found.label if found and bullet else ""
            self.lists.begrip(label, flat(term["term"]), words, unit.indent)
        elif found and bullet:
            self.lists.place(found, text, unit.indent, following)
        else:
            self.lists.write(flat(unit.noted), unit.indent, goes_on=not unit.first)

    def _define(self, mark: Mark) -> None:
        """Make a numbered part a begrip when it explains a term."""
        part, holder = self.lists.last
        term = _TERM.fullmatch(part.lines[0]) if part.lines else None
        by_title = mark not in (Mark.DIGIT, Mark.DECIMAL)
        if term and self._defines(holder, by_title):
            part.soort, part.title, part.lines = (
                Soort.BEGRIP,
                term["term"],
                [term["text"]],
            )

    def _defines(self, holder: Draft, by_title: bool) -> bool:
        """Whether 'term: meaning' in this article or lid is a begrip."""
        if holder.soort not in (Soort.ARTIKEL, Soort.LID):
            return False
        titled = re.search(r"\b(begrip|definitie)", self.draft.title, re.IGNORECASE)
        intro = holder.lines[-1] if holder.lines else ""
        return bool((by_title and titled) or _DEFINES.search(intro[-300:]))
