"""Marks on the raw text, with offsets; only the matching part of a compound is marked."""

from __future__ import annotations

from html import escape

from .analysis import STOP_WORDS, Term, split, stem, terms
from .query.plan import QueryPlan

PASSAGE = 260


def wanted_stems(plan: QueryPlan) -> set[str]:
    found = {group.stem for group in plan.groups} | {
        part for group in plan.groups for part in group.parts
    }
    return found | {word for phrase in plan.phrases for word in phrase}


def spans(text: str, words: list[Term], wanted: set[str]) -> list[tuple[int, int]]:
    """Ranges of ``text`` to mark."""
    found = []
    for term in words:
        if term.word in STOP_WORDS and len(wanted) > 1:
            continue
        if term.stem in wanted:
            found.append((term.start, term.end))
        elif term.parts:
            found += part_spans(text[term.start : term.end], term, wanted)
    return found


def part_spans(raw: str, term: Term, wanted: set[str]) -> list[tuple[int, int]]:
    """Ranges of the parts of a compound that match, linking letters left out."""
    if len(raw) != len(term.word):
        return [(term.start, term.end)] if set(term.parts) & wanted else []
    position, found = 0, []
    for part in split(term.word):
        at = term.word.find(part, position)
        if at < 0:
            continue
        position = at + len(part)
        if stem(part) in wanted:
            found.append((term.start + at, term.start + position))
    return found


def passage(text: str, plan: QueryPlan, size: int = PASSAGE) -> str:
    """The best stretch of text as safe HTML with <mark>; the beginning when nothing matches."""
    words = terms(text)
    marks = spans(text, words, wanted_stems(plan))
    start, end = _window(text, marks, size)
    parts = ["…" if start else ""]
    position = start
    for left, right in marks:
        if left >= start and right <= end:
            parts += [
                escape(text[position:left]),
                "<mark>",
                escape(text[left:right]),
                "</mark>",
            ]
            position = right
    parts += [escape(text[position:end]), "…" if end < len(text) else ""]
    return "".join(parts).replace("\n", " ")


def _window(text: str, marks: list[tuple[int, int]], size: int) -> tuple[int, int]:
    """The window that holds most different marked words, on word borders."""
    if len(text) <= size:
        return 0, len(text)
    best, best_score = 0, -1
    for left, _right in marks or [(0, 0)]:
        begin = max(0, left - 40)
        inside = {
            text[a:b].lower() for a, b in marks if begin <= a and b <= begin + size
        }
        if len(inside) > best_score:
            best, best_score = begin, len(inside)
    start = best
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space < start + 30 else start
    end = min(len(text), start + size)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    return start, end
