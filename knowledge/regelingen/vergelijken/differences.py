"""What changed in the words of two artikelen that belong together, lid by lid.

The words are compared as ``alignment`` does, so that what is no change there is none
here; they are shown as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise, product

from knowledge.regelingen.tree import Node, Placed, Regeling, Soort, artikelen
from knowledge.regelingen.vergelijken import words as w
from knowledge.regelingen.vergelijken.alignment import Alignment, align

# Word by word costs as many steps as both texts have words, multiplied. Beyond this the
# words are taken a sentence at a time, and parts look around their own place only.
MOST = 25_000_000
MOST_PARTS = 40_000
NEAR = 50
CHUNK = 40


class Fate(StrEnum):
    """What happened to words."""

    GELIJK = "gelijk"
    TOEGEVOEGD = "toegevoegd"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Run:
    """Words next to each other with one fate, as printed, spaces between included."""

    kind: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A title, lid or other part beside its counterpart.

    left and right: the number as printed, empty of a part without one. what: 'opschrift'
    or 'tekst'. Only left or only right: all runs are vervallen or toegevoegd.
    """

    what: str
    left: str
    right: str
    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        return any(run.kind is not Fate.GELIJK for run in self.runs)


@dataclass(frozen=True, slots=True)
class Compared:
    """An alignment with what changed inside it; no parts where nothing did."""

    alignment: Alignment
    parts: tuple[Difference, ...]


def differences(left: Regeling, right: Regeling) -> tuple[Compared, ...]:
    """The alignments of two texts, each with its differences."""
    ours = {placed.address: placed for placed in artikelen(left)}
    theirs = {placed.address: placed for placed in artikelen(right)}
    return tuple(
        Compared(
            found,
            inside(
                [ours[address] for address in found.left],
                [theirs[address] for address in found.right],
            ),
        )
        for found in align(left, right)
    )


def inside(mine: Sequence[Placed], yours: Sequence[Placed]) -> tuple[Difference, ...]:
    """The differences of artikelen that belong together, part by part.

    Of what is only on one side everything is vervallen or toegevoegd. Empty when letters
    and digits are the same.
    """
    titles = [_Part("opschrift", "", p.node.title) for p in mine]
    other_titles = [_Part("opschrift", "", p.node.title) for p in yours]
    parts = [part for placed in mine for part in _parts(placed.node)]
    other_parts = [part for placed in yours for part in _parts(placed.node)]
    found = [*_beside(titles, other_titles), *_beside(parts, other_parts)]
    if not any(part.changed for part in found):
        return ()
    same = _letters([*titles, *parts]) == _letters([*other_titles, *other_parts])
    if same and len(mine) == len(yours):
        return ()
    return tuple(found)


def whole(node: Node) -> tuple[Difference, ...]:
    """All words of a part, its heading aside, part by part and with nothing marked."""
    return tuple(
        Difference(part.what, part.number, part.number, (Run(Fate.GELIJK, part.text),))
        for part in _parts(node)
        if part.text
    )


def runs(left: str, right: str) -> tuple[Run, ...]:
    """The words of two texts as runs; what stays is as printed on the right."""
    ours, theirs = _printed(left), _printed(right)
    keys, other_keys = [key for key, _ in ours], [key for key, _ in theirs]
    if "".join(keys) == "".join(other_keys):
        return (Run(Fate.GELIJK, right),) if right else ()
    long = len(keys) * len(other_keys) > MOST
    if long:
        ours, theirs = _sentences(ours), _sentences(theirs)
        keys, other_keys = [key for key, _ in ours], [key for key, _ in theirs]
    matcher = SequenceMatcher(None, keys, other_keys, autojunk=long)
    found: list[Run] = []

    def add(kind: Fate, words: Sequence[tuple[str, str]]) -> None:
        text = "".join(printed for _, printed in words)
        if found and found[-1].kind is kind:
            text = found.pop().text + text
        if not text:
            return
        if found and not found[-1].text[-1].isspace():
            # The two sides break off at another place: '…bedrag' and '…bedrag.'
            text = f" {text}"
        found.append(Run(kind, text))

    i = j = 0
    for a, b, size in _stretches(matcher.get_matching_blocks(), keys):
        if "".join(keys[i:a]) == "".join(other_keys[j:b]):
            add(Fate.GELIJK, theirs[j:b])
        else:
            add(Fate.VERVALLEN, ours[i:a])
            add(Fate.TOEGEVOEGD, theirs[j:b])
        add(Fate.GELIJK, theirs[b : b + size])
        i, j = a + size, b + size
    return tuple(found)


def _stretches(
    blocks: Sequence[tuple[int, int, int]], keys: list[str]
) -> list[tuple[int, int, int]]:
    """The stretches that stay, without a short word alone between two changes: to read
    around such a word takes more than to read it twice."""
    kept: list[tuple[int, int, int]] = []
    i = j = 0
    for (a, b, size), (next_a, next_b, _) in pairwise([*blocks, (-1, -1, 0)]):
        alone = size == 1 and len(keys[a]) <= 3
        if alone and (a > i or b > j) and (next_a > a + 1 or next_b > b + 1):
            continue
        kept.append((a, b, size))
        i, j = a + size, b + size
    return kept


@dataclass(frozen=True, slots=True)
class _Part:
    what: str
    number: str
    text: str

    @property
    def words(self) -> list[str]:
        return w.tokens(w.without_marks(self.text))


def _parts(artikel: Node) -> list[_Part]:
    """The leden of an artikel; what stands outside them is a part of its own."""
    found: list[_Part] = []
    loose: list[str] = []

    def flush() -> None:
        text = "\n".join(line for line in loose if line)
        if text:
            found.append(_Part("tekst", "", text))
        loose.clear()

    if artikel.text:
        loose.append(artikel.text)
    loose.extend(" ".join(row) for row in artikel.rows)
    for child in artikel.children:
        if child.soort is Soort.TOELICHTING:
            continue
        if child.soort is Soort.LID:
            flush()
            found.append(_Part("tekst", child.number, "\n".join(_lines(child))))
        else:
            mark = f"{child.number}. " if child.number else ""
            lines = list(_lines(child))
            loose += [f"{mark}{lines[0]}", *lines[1:]] if lines else []
    flush()
    return found


def _lines(node: Node) -> Iterable[str]:
    head = ": ".join(filter(None, (node.title, node.text)))
    if head:
        yield head
    for row in node.rows:
        yield " ".join(row)
    for child in node.children:
        if child.soort is Soort.TOELICHTING:
            continue
        lines = list(_lines(child))
        mark = f"{child.number}. " if child.number else ""
        if lines:
            yield f"{mark}{lines[0]}"
            yield from lines[1:]


def _letters(parts: Iterable[_Part]) -> str:
    return "".join(w.letters(part.words) for part in parts)


def _beside(ours: list[_Part], theirs: list[_Part]) -> list[Difference]:
    """Parts beside each other, in the order of the right, what is gone at its old place.

    Equal parts first, then those that share most words; a part may have moved.
    """
    options = []
    words, other_words = [p.words for p in ours], [p.words for p in theirs]
    for i, j in _worth_a_look(words, other_words):
        bag, other = words[i], other_words[j]
        if bag == other:
            score = 2.0
        else:
            matcher = SequenceMatcher(None, bag, other, autojunk=False)
            if matcher.real_quick_ratio() < 0.4 or matcher.quick_ratio() < 0.4:
                continue
            long = len(bag) * len(other) > MOST // 10
            score = matcher.quick_ratio() if long else matcher.ratio()
        if score >= 0.4:
            options.append((score, -abs(i - j), -i, -j))
    to: dict[int, int] = {}
    back: dict[int, int] = {}
    for _, _, minus_i, minus_j in sorted(options, reverse=True):
        i, j = -minus_i, -minus_j
        if i not in to and j not in back:
            to[i], back[j] = j, i
    if len(ours) == len(theirs) == 1 and not to:
        to, back = {0: 0}, {0: 0}
    found: list[Difference] = []
    gone = [i for i in range(len(ours)) if i not in to]
    for j, yours in enumerate(theirs):
        while gone and j in back and gone[0] < back[j]:
            found.append(_alone(ours[gone.pop(0)], Fate.VERVALLEN))
        if j in back:
            mine = ours[back[j]]
            found.append(
                Difference(
                    yours.what,
                    mine.number,
                    yours.number,
                    runs(mine.text, yours.text),
                )
            )
        elif yours.text:
            found.append(_alone(yours, Fate.TOEGEVOEGD))
    found += [_alone(ours[i], Fate.VERVALLEN) for i in gone]
    return [part for part in found if part.runs]


def _worth_a_look(
    ours: Sequence[list[str]], theirs: Sequence[list[str]]
) -> Iterable[tuple[int, int]]:
    """Pairs of parts that may belong together: all, unless those are too many."""
    if len(ours) == len(theirs) == 1:
        return
    if len(ours) * len(theirs) <= MOST_PARTS:
        yield from product(range(len(ours)), range(len(theirs)))
        return
    place: dict[tuple[str, ...], int] = {}
    for j, words in enumerate(theirs):
        place.setdefault(tuple(words), j)
    for i, words in enumerate(ours):
        middle = i * len(theirs) // len(ours)
        near = range(max(0, middle - NEAR), min(len(theirs), middle + NEAR + 1))
        same = place.get(tuple(words), -1)
        yield from ((i, j) for j in near)
        if same >= 0 and same not in near:
            yield i, same


def _alone(part: _Part, kind: Fate) -> Difference:
    left, right = (part.number, "") if kind is Fate.VERVALLEN else ("", part.number)
    found = (Run(kind, part.text),) if part.text else ()
    return Difference(part.what, left, right, found)


def _printed(text: str) -> list[tuple[str, str]]:
    """Each word with the signs and spaces around it, and what it is compared by."""
    found: list[tuple[str, str]] = []
    before = ""
    marks = _marks(text)
    for match in re.finditer(r"\S+\s*", text):
        piece = match[0]
        key = w.letters(w.tokens(piece))
        if not key or match.start() in marks:
            # Signs alone, or a number that only orders: part of the word beside it.
            before += piece
            continue
        found.append((key, before + piece))
        before = ""
    if before and found:
        key, piece = found[-1]
        found[-1] = (key, piece + before)
    return found


def _sentences(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words put together up to the end of a sentence or a line."""
    found: list[tuple[str, str]] = []
    begun: list[tuple[str, str]] = []
    for at, word in enumerate(words, 1):
        begun.append(word)
        ends = re.search(r"[.;:]\s*$|\n", word[1]) or len(begun) == CHUNK
        if ends or at == len(words):
            key, printed = ("".join(side) for side in zip(*begun, strict=True))
            found.append((key, printed))
            begun = []
    return found


def _marks(text: str) -> set[int]:
    """Where a number stands that only orders paragraphs."""
    return {
        match.start() + len(match[0]) - len(match[0].lstrip())
        for pattern in (w.FIRST, w.INLINE)
        for match in pattern.finditer(text)
    }
