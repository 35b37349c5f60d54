"""Where a regulation uses the terms that it defines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from . import tree
from .tree import GROUPS, Placed, Soort

MIN_LETTERS = 3
# 'In dit hoofdstuk wordt verstaan onder': what is defined there holds in that part only.
_ONLY_IN = re.compile(
    r"\bin (?:dit|deze) (boek|deel|hoofdstuk|titel|afdeling|paragraaf|subparagraaf|artikel)\b",
    re.I,
)
_BRACKETS = re.compile(r"\s*\(.*?\)|\s*[:;,.]+$")
_OF_LAW = re.compile(r"(?:wet|besluit|regeling|verordening)$", re.I)
# Endings that make a plural without changing the word before them.
_PLURAL = r"(?:en|n|s|['’]s)?"


@dataclass(frozen=True, slots=True)
class Begrip:
    """A defined term. scope: the part in which it holds; None for the whole text."""

    term: str
    address: str
    scope: tree.Node | None

    def holds_in(self, placed: Placed) -> bool:
        return self.scope is None or any(
            node is self.scope for node in (*placed.above, placed.node)
        )


def defined(placed: Sequence[Placed]) -> list[Begrip]:
    """The terms of the begripsbepalingen, in order."""
    found = []
    for one in placed:
        if one.node.soort is not Soort.BEGRIP:
            continue
        term = " ".join(_BRACKETS.sub("", one.node.title).split())
        term = re.sub(r"^(?:de|het|een) (?=\w)", "", term, flags=re.I)
        if len(term) >= MIN_LETTERS:
            found.append(Begrip(term, one.address, _scope(one)))
    return found


def _scope(placed: Placed) -> tree.Node | None:
    artikel = placed.artikel
    said = _ONLY_IN.search(tree.text_inside(artikel)[:400]) if artikel else None
    if artikel is None or said is None:
        return None
    word = said[1].lower()
    if word == "artikel":
        return artikel
    kinds = {"titel": Soort.TITELDEEL.value}
    return next(
        (
            node
            for node in reversed(placed.above)
            if node.soort in GROUPS and node.soort.value == kinds.get(word, word)
        ),
        None,
    )


class Terms:
    """Finds the first use of each term in each article."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self.by_word: dict[str, list[Begrip]] = {}
        for begrip in defined(placed):
            self.by_word.setdefault(begrip.term, []).append(begrip)
        longest = sorted(self.by_word, key=len, reverse=True)
        self.pattern = (
            re.compile(
                rf"(?<![\w-])(?:(?P<first>{'|'.join(map(self._either, longest))}))"
                rf"{_PLURAL}(?![\w-]|['’]\w)"
            )
            if longest
            else None
        )
        # How a term is written, also as the first word of a sentence.
        self.written = {
            form: word
            for word in reversed(longest)
            for form in (
                word[:1].upper() + word[1:],
                word[:1].lower() + word[1:],
                word,
            )
        }
        self.seen: set[tuple[int, str]] = set()

    @staticmethod
    def _either(word: str) -> str:
        first, rest = word[0], re.escape(word[1:])
        if not first.isalpha() or word[1:] != word[1:].lower():
            return re.escape(word)
        # Printed with a capital in the list, without one in a sentence. 'Wet' in the
        # middle of one is part of a name, not the term 'wet'.
        starts = rf"(?:(?<=^)|(?<=[.:;]\s)){first.upper()}"
        if first.isupper() and not _OF_LAW.search(word):
            starts = first.upper()
        return rf"(?:{first.lower()}|{starts}){rest}"

    def uses(self, placed: Placed, line: str) -> list[tuple[int, int, str]]:
        """Where a paragraph uses a term for the first time in its article, and its address."""
        artikel = placed.artikel
        chain = (*placed.above, placed.node)
        if (
            self.pattern is None
            or artikel is None
            or any(node.soort is Soort.TOELICHTING for node in chain)
        ):
            return []
        own = {node.title for node in chain if node.soort is Soort.BEGRIP}
        found = []
        for use in self.pattern.finditer(line):
            word = self.written.get(use["first"])
            begrip = self._meant(word, placed) if word else None
            if begrip is None or any(begrip.term in title for title in own):
                continue
            if (id(artikel), begrip.address) not in self.seen:
                found.append((use.start(), use.end(), begrip.address))
        return found

    def mark_used(self, placed: Placed, address: str) -> bool:
        """Whether this is the first time; from then on it is not."""
        key = (id(placed.artikel), address)
        first = key not in self.seen
        self.seen.add(key)
        return first

    def _meant(self, word: str, placed: Placed) -> Begrip | None:
        """Of a term that is defined twice the one of the narrower part."""
        fits = [one for one in self.by_word[word] if one.holds_in(placed)]
        fits.sort(key=lambda one: one.scope is None)
        return fits[0] if fits else None


def link(address: str, inside: str) -> str:
    """A used term as a link to its definition; ``site.js`` shows that in place."""
    return f'<a class="begrip" href="#{escape(address)}" data-begrip>{inside}</a>'
