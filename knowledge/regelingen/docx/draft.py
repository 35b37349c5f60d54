"""A node while it is being filled, and the lists that are open in an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Node, Soort, Status

from .patterns import Item, Mark, expired

# Deeper than any regulation goes; lists that keep opening lists cannot make a tower.
MAX_NESTING = 6


@dataclass(slots=True)
class Draft:
    soort: Soort
    label: str = ""
    number: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    rows: tuple[tuple[str, ...], ...] = ()
    about: str = ""
    also: tuple[str, ...] = ()

    def add(self, child: Draft) -> Draft:
        self.children.append(child)
        return child

    def write(self, text: str) -> None:
        """A paragraph of its own; after parts it becomes a part, to stay in order."""
        if not text:
            return
        if not self.children:
            self.lines.append(text)
            return
        last = self.children[-1]
        if last.soort is not Soort.TEKST or last.title:
            last = self.add(Draft(Soort.TEKST))
        last.lines.append(text)

    @property
    def empty(self) -> bool:
        return not (self.lines or self.children or self.rows)

    def freeze(self) -> Node:
        text = "\n".join(self.lines)
        gone = self.soort in (Soort.ARTIKEL, Soort.LID, Soort.ONDERDEEL) and (
            (expired(self.title) and self.empty)
            or (expired(text) and not self.children)
            or bool(re.search(r"[\[(]\s*vervallen\s*[\])]$", self.title, re.IGNORECASE))
        )
        return Node(
            self.soort,
            self.label,
            self.number,
            self.title,
            text,
            tuple(child.freeze() for child in self.children),
            self.rows,
            Status.VERVALLEN if gone else Status.GELDEND,
            self.about,
            self.also,
        )


@dataclass(slots=True)
class _Open:
    mark: Mark
    value: int
    number: str
    draft: Draft
    indent: int

    def follows(self, mark: Mark, value: int, number: str) -> bool:
        return self.mark is mark and (
            value == self.value + 1 or (value == self.value and number != self.number)
        )


@dataclass(slots=True)
class Lists:
    """Decides by the form of a number under which part of an article it comes."""

    artikel: Draft
    stack: list[_Open] = field(default_factory=list)
    # Lists that a paragraph without a number has interrupted, and may go on.
    interrupted: list[_Open] = field(default_factory=list)

    def place(
        self, found: Item, text: str, indent: int, following: frozenset[str]
    ) -> bool:
        """Add a part with this text; False when the number is no part of a list.

        following: the numbers of the next parts, which tell the letter 'i' after 'h'
        from the roman 'i' before 'ii'.
        """
        mark, value = self._read(found, following)
        depth = self._depth(mark, value, found, indent)
        sure = found.closed and mark is not Mark.UPPER  # 'J. Jansen' is a name
        if not sure and not self._confirmed(mark, value, found, depth, following):
            return False
        if depth < 0:
            if self._resume(mark, value, found.number):
                return self.place(found, text, indent, following)
            depth = self._nest(mark, value, indent)
        del self.stack[min(depth, MAX_NESTING) :]
        parent = self.stack[-1].draft if self.stack else self.artikel
        part = parent.add(Draft(_soort(parent, mark), found.label, found.number))
        part.write(text)
        self.stack.append(_Open(mark, value, found.number, part, indent))
        self.interrupted = []
        return True

    @property
    def last(self) -> tuple[Draft, Draft]:
        """The part that was added last, and what holds it."""
        drafts = [self.artikel, *(each.draft for each in self.stack)]
        return drafts[-1], drafts[-2] if len(drafts) > 1 else self.artikel

    def holds_terms(self) -> Draft | None:
        """What a term without a number goes into; None when a numbered list is open."""
        for depth, each in enumerate(self.stack):
            if each.draft.soort is Soort.BEGRIP and not each.number:
                return self.stack[depth - 1].draft if depth else self.artikel
        last = self.last[0]
        return last if last.soort in (Soort.ARTIKEL, Soort.LID) else None

    def begrip(self, label: str, term: str, text: str, indent: int) -> None:
        """Add a term without a number, beside the terms before it."""
        for depth, each in enumerate(self.stack):
            if each.draft.soort is Soort.BEGRIP and not each.number:
                del self.stack[depth:]
                break
        part = self.last[0].add(Draft(Soort.BEGRIP, label, title=term))
        part.write(text)
        self.stack.append(_Open(Mark.BULLET, 0, "", part, indent))

    def write(self, text: str, indent: int, goes_on: bool) -> None:
        """Text without a number: more of the last part, or of the lid that holds it."""
        top = self.stack[-1] if self.stack else None
        if top and (top.draft.empty or (indent and top.indent <= indent)):
            goes_on = True
        self._holder(goes_on).write(text)

    def add(self, part: Draft) -> None:
        """A table; or a heading within the article, which ends its lists."""
        if part.soort is Soort.TEKST:
            self.stack, self.interrupted = [], []
        lines = self.stack[-1].draft.lines if self.stack else []
        self._holder(bool(lines) and lines[-1].endswith(":")).add(part)

    def _holder(self, goes_on: bool) -> Draft:
        """The last part when it goes on; else the lid or the article that holds it."""
        if self.stack and not goes_on:
            keep = 1 if self.stack[0].draft.soort is Soort.LID else 0
            if len(self.stack) > keep:
                self.interrupted = list(self.stack)
            del self.stack[keep:]
        return self.stack[-1].draft if self.stack else self.artikel

    def _read(self, found: Item, following: frozenset[str]) -> tuple[Mark, int]:
        """A letter as a letter or as a small roman number."""
        if found.mark is not Mark.LETTER or not found.roman:
            return found.mark, found.value
        as_letter, as_roman = (Mark.LETTER, found.value), (Mark.ROMAN, found.roman)
        stack = self.stack or self.interrupted
        if stack and stack[-1].follows(*as_roman, found.number):
            return as_roman
        letter = any(each.follows(*as_letter, found.number) for each in stack)
        if letter:
            return as_roman if found.number == "i" and "ii" in following else as_letter
        if any(each.follows(*as_roman, found.number) for each in stack):
            return as_roman
        return as_roman if found.roman == 1 else as_letter

    def _depth(self, mark: Mark, value: int, found: Item, indent: int) -> int:
        """Where in the stack the row is that this goes on; -1 when there is none."""
        if mark is Mark.DECIMAL:
            before = found.number.rpartition(".")[0]
            if before == self.artikel.number:
                return 0
            for depth, each in enumerate(self.stack):
                if each.number == before:
                    return depth + 1
                if each.mark is mark and each.number.rpartition(".")[0] == before:
                    return depth
            return -1
        if mark is Mark.BULLET:
            depths = [d for d, each in enumerate(self.stack) if each.mark is mark]
            fits = [d for d in depths if self.stack[d].indent <= indent]
            if fits and self.stack[fits[-1]].indent == indent:
                return fits[-1]
            return -1 if fits else depths[0] if depths else -1
        goes_on = [
            depth
            for depth, each in enumerate(self.stack)
            if each.follows(mark, value, found.number)
        ]
        level = [depth for depth in goes_on if self.stack[depth].indent == indent]
        if goes_on:
            return (level or goes_on)[-1]
        skipped = [
            depth
            for depth, each in enumerate(self.stack)
            if each.mark is mark and each.value < value
        ]
        return skipped[-1] if skipped and found.closed else -1

    def _confirmed(
        self, mark: Mark, value: int, found: Item, depth: int, following: frozenset[str]
    ) -> bool:
        if mark is Mark.DEGREE:
            return bool(self.stack) and (value == 1 or depth >= 0)
        if mark is Mark.DECIMAL:
            return depth >= 0
        if depth >= 0:
            return True
        if self._resumable(mark, value, found.number):
            return True
        if mark is Mark.UPPER:
            return value == 1 and "B" in following
        return value == 1 and not self.stack and "2" in following

    def _resumable(self, mark: Mark, value: int, number: str) -> bool:
        return any(each.follows(mark, value, number) for each in self.interrupted)

    def _resume(self, mark: Mark, value: int, number: str) -> bool:
        if not self._resumable(mark, value, number):
            return False
        self.stack, self.interrupted = self.interrupted, []
        return True

    def _nest(self, mark: Mark, value: int, indent: int) -> int:
        """A row that begins: below the last part, or in place of a row like it."""
        for depth in reversed(range(len(self.stack))):
            each = self.stack[depth]
            if each.mark is not mark or mark is Mark.BULLET:
                continue
            last = self.stack[-1]
            opens = "\n".join(last.draft.lines).endswith(":")
            return len(self.stack) if opens or indent > each.indent else depth
        return len(self.stack)


def _soort(parent: Draft, mark: Mark) -> Soort:
    if parent.soort in (Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.BEGRIP):
        return Soort.SUBONDERDEEL
    if parent.soort is Soort.ARTIKEL and mark in (Mark.DIGIT, Mark.DECIMAL):
        return Soort.LID
    return Soort.ONDERDEEL
