"""Marks on the raw text, with offsets; only the matching part of a compound is marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from .analysis import STOP_WORDS, Term, split, terms
from .analysis.bag import known_forms, stretches
from .analysis.stem import stem_simple
from .analysis.tokenise import WORD
from .query.plan import QueryPlan

PASSAGE = 260
LEAD = 40


def wanted(plan: QueryPlan) -> frozenset[str]:
    """Stems to mark: of the words typed, of their parts and of what may replace them."""
    found = {stem for phrase in plan.phrases for stem in phrase}
    for group in plan.groups:
        found |= {group.stem, *group.parts}
        found |= {t.stem for a in group.alternatives for t in a.words}
    for match in plan.spans:
        found |= {term.stem for term in match.alternative.words}
    return frozenset(found)


class Marker:
    """Marks texts for one query."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted

    def mark(self, text: str) -> Marked:
        wanted = self.wanted
        found: list[Term] = []
        for start, stretch, is_bound in stretches(text):
            if is_bound:
                found += [
                    term._replace(start=start + term.start, end=start + term.end)
                    for term in terms(stretch)
                    if term.stem in wanted or not wanted.isdisjoint(term.parts)
                ]
                continue
            for match in WORD.finditer(stretch):
                word, stem, parts = known_forms(match.group())
                if stem in wanted or (parts and not wanted.isdisjoint(parts)):
                    left, right = match.span()
                    found.append(Term(word, stem, parts, start + left, start + right))
        forms = {form for term in found for form in (term.stem, *term.parts)}
        return Marked(text, [span for t in found for span in self._spans(t)], forms)

    def _spans(self, term: Term) -> list[tuple[int, int]]:
        """Ranges to mark of a word; of a compound the parts that match."""
        if term.word in STOP_WORDS and len(self.wanted) > 1:
            return []
        pieces = split(term.word)
        if (
            term.stem in self.wanted
            or not pieces
            or term.end - term.start != len(term.word)
        ):
            return [(term.start, term.end)]
        position, spans = term.start, []
        for piece, base in pieces:
            # Linking letters are left out.
            if stem_simple(base) in self.wanted:
                spans.append((position, position + len(base)))
            position += len(piece)
        # A joined neighbour pair, or a related word, matched: the word as a whole.
        return spans or [(term.start, term.end)]


@dataclass(frozen=True)
class Marked:
    """A text with the ranges in it that match, in order, and the forms of what matches."""

    text: str
    spans: list[tuple[int, int]]
    forms: set[str]

    def passage(self, size: int = PASSAGE) -> str:
        """The best stretch as safe HTML with <mark>; the beginning when nothing matches."""
        start, end = self._window(size)
        parts = ["…" if start else ""]
        position = start
        for left, right in self.spans:
            if left >= position and right <= end:
                parts += [
                    escape(self.text[position:left]),
                    "<mark>",
                    escape(self.text[left:right]),
                    "</mark>",
                ]
                position = right
        parts += [
            escape(self.text[position:end]),
            "…" if end < len(self.text) else "",
        ]
        return "".join(parts).replace("\n", " ")

    def first_mark(self, size: int = PASSAGE) -> int | None:
        """Where the first mark of the passage stands; None when nothing matches."""
        start, end = self._window(size)
        inside = (left for left, right in self.spans if start <= left and right <= end)
        return next(inside, None)

    def _window(self, size: int) -> tuple[int, int]:
        """The window that holds most different marked words, on word borders."""
        text = self.text
        if len(text) <= size:
            return 0, len(text)
        best, best_score = 0, -1
        marks = [(a, b, text[a:b].lower()) for a, b in self.spans[:200]]
        for left, _right, _word in marks or [(0, 0, "")]:
            begin = max(0, left - LEAD)
            inside = len({w for a, b, w in marks if begin <= a and b <= begin + size})
            if inside > best_score:
                best, best_score = begin, inside
        start = best
        if start:
            space = text.find(" ", start)
            start = space + 1 if 0 <= space < start + LEAD - 10 else start
        end = min(len(text), start + size)
        if end < len(text):
            space = text.rfind(" ", start, end)
            end = space if space > start else end
        return start, end
