"""Other words for the same thing: weighted, one way or two ways, at query time only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import Term, terms
from search.query.parser import counts

MAX_ALTERNATIVES = 8


@dataclass(frozen=True)
class Rule:
    """Who types ``word`` also finds ``synonym``, at ``weight`` (0-1)."""

    word: str
    synonym: str
    weight: float
    both_ways: bool = False


@dataclass(frozen=True)
class Alternative:
    """Words that may stand in the place of words of a query."""

    label: str
    words: tuple[Term, ...]
    weight: float


@dataclass(frozen=True)
class Match:
    """The alternative for words ``first`` up to and including ``last`` of a query."""

    first: int
    last: int
    alternative: Alternative


def content_terms(text: str) -> tuple[Term, ...]:
    """The words of a text that have a topic; all of them when none has."""
    found = terms(text)
    return tuple(term for term in found if counts(term)) or tuple(found)


class SynonymTable:
    """Rules by the stems of their words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[tuple[str, ...], list[Alternative]] = {}
        self._longest = 1
        for rule in rules:
            self._add(rule.word, rule.synonym, rule.weight)
            if rule.both_ways:
                self._add(rule.synonym, rule.word, rule.weight)

    def _add(self, word: str, synonym: str, weight: float) -> None:
        key = tuple(term.stem for term in content_terms(word))
        words = content_terms(synonym)
        if key and words and key != tuple(term.stem for term in words):
            self._rules.setdefault(key, []).append(Alternative(synonym, words, weight))
            self._longest = max(self._longest, len(key))

    def matches(self, stems: Sequence[str]) -> list[Match]:
        """Every rule whose words stand next to each other in the query; longest first."""
        found = []
        for size in range(min(self._longest, len(stems)), 0, -1):
            for first in range(len(stems) - size + 1):
                rules = self._rules.get(tuple(stems[first : first + size]), ())
                best = sorted(rules, key=lambda a: (-a.weight, a.label))
                found += [
                    Match(first, first + size - 1, alternative)
                    for alternative in best[:MAX_ALTERNATIVES]
                ]
        return found


NONE = SynonymTable(())
