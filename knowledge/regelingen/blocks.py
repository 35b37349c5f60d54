"""From a row of paragraphs, items and ready parts to the tree.

Readers of every form turn their file into these blocks. What stands under what is
decided here by how numbers are written, since in many files everything is at one level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .numbering import Kind, Mark, mark, typed
from .tree import Node, Soort, Status

UNMARKED = Mark(Kind.STREEP, 0, "")


@dataclass(slots=True)
class Text:
    """A paragraph. strong: its first words in bold, italic or underlined; may be a heading."""

    text: str
    strong: str = ""


@dataclass(slots=True)
class Item:
    """A numbered or dashed part with what is in it. lid: tagged as lid in the file."""

    number: str
    blocks: list[Block] = field(default_factory=list)
    lid: bool = False
    term: str = ""
    source_id: str = ""
    about: Mark = UNMARKED

    @property
    def opening(self) -> str:
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Text) else ""


@dataclass(slots=True)
class Ready:
    """A part that is finished, such as a table."""

    node: Node


Block = Text | Item | Ready
_DEFINES = re.compile(
    r"\bverstaa?n\s+(?:\w+\s+)?onder\b[^.]*:?$|\bbetekent:$|\bbetekenis\b.*:$", re.I
)
# Deeper than any regulation goes; a row of restarting numbers cannot make a tower.
MAX_NESTING = 6
_TERM = re.compile(r"^(?P<term>[^:;.]{1,80}?)\s*:\s*(?P<text>\S.*)$", re.S)
_LAPSED = re.compile(
    r"^\W*(?:dit artikel is\s+|is\s+)?vervallen(?:\s+(?:per|met ingang van)\s+[\w\s-]{4,30})?\W*$",
    re.I,
)


def lapsed(text: str) -> bool:
    """Whether a text says no more than that it does not hold any longer."""
    return len(text) < 120 and bool(_LAPSED.match(text))


def assemble(
    blocks: Sequence[Block], parent: Soort, *, title: str = "", level: int = 0
) -> tuple[str, tuple[Node, ...]]:
    """The text of a part and the parts below it. title: the heading of the parent.

    level: how many items it stands in.
    """
    rows = _typed_items(blocks) if parent is Soort.ARTIKEL else list(blocks)
    rows = nest(rows, max(MAX_NESTING - level, 0))
    opening: list[str] = []
    while rows and isinstance(rows[0], Text):
        opening.append(rows.pop(0).text)  # type: ignore[union-attr]
    intro = opening[-1] if opening else ""
    defining = bool(_DEFINES.search(intro[-300:]))
    by_title = bool(re.match(r"begrip|definitie", title, re.I))
    nodes: list[Node] = []
    loose: list[str] = []

    def settle() -> None:
        if loose:
            nodes.append(Node(Soort.TEKST, text="\n".join(loose)))
            loose.clear()

    for row in rows:
        if isinstance(row, Text):
            loose.append(row.text)
            continue
        settle()
        if isinstance(row, Ready):
            nodes.append(row.node)
        else:
            may_define = defining or (by_title and row.about.kind is not Kind.CIJFER)
            nodes.append(_node(row, parent, may_define and not row.lid, level))
    settle()
    return "\n".join(filter(None, opening)), tuple(nodes)


def _node(item: Item, parent: Soort, may_define: bool, level: int) -> Node:
    soort = _soort(item, parent)
    number, label, term = item.about.number, item.about.label, item.term
    blocks = item.blocks
    if may_define and not term and item.blocks and isinstance(item.blocks[0], Text):
        first = item.blocks[0]
        found = _TERM.match(first.text)
        if found:
            term = found["term"]
            blocks = [Text(found["text"]), *item.blocks[1:]]
    if term:
        soort = Soort.BEGRIP
    elif may_define and soort is Soort.LID:
        soort = Soort.ONDERDEEL
    text, children = assemble(blocks, soort, level=level + 1)
    return Node(
        soort,
        label=label,
        number=number,
        title=term,
        text=text,
        children=children,
        status=Status.VERVALLEN if lapsed(text) else Status.GELDEND,
        source_id=item.source_id,
    )


def _soort(item: Item, parent: Soort) -> Soort:
    if item.lid:
        return Soort.LID
    if parent is Soort.ARTIKEL and item.about.kind is Kind.CIJFER:
        return Soort.LID
    if parent in (Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.BEGRIP):
        return Soort.SUBONDERDEEL
    return Soort.ONDERDEEL


def nest(blocks: Iterable[Block], most: int) -> list[Block]:
    """The blocks with each item under the one that it belongs to.

    An item goes with the nearest row that it continues. The first of another kind opens a
    row below the item before it: 'a.' after '1.', '1°' after 'a.'. '1.' after 'a.' does so
    only when that item announces a list; else a new lid begins. most: how many levels.
    """
    out: list[Block] = []
    stack: list[Item] = []
    for block in blocks:
        if not isinstance(block, Item):
            out.append(block)
            stack.clear()
            continue
        before = stack[-1].about if stack else None
        block.about = mark(block.number, before)
        depth = min(_depth(stack, block), most)
        del stack[depth:]
        if stack:
            stack[-1].blocks.append(block)
        else:
            out.append(block)
        stack.append(block)
    return out


def _depth(stack: list[Item], item: Item) -> int:
    """At which depth of the stack an item goes."""
    if item.lid or not stack:
        return 0
    own = item.about
    same = [at for at, other in enumerate(stack) if other.about.kind is own.kind]
    if own.kind is Kind.STREEP:
        return same[-1] if same else len(stack)
    for at in reversed(same):
        if own.order == stack[at].about.order + 1:
            return at
    last = stack[-1]
    if own.order == 1 and last.about.kind is not own.kind:
        announced = _last_words(last).endswith((":", "of", "en"))
        if own.kind > last.about.kind or announced or same:
            return len(stack)
        return 0
    for at in reversed(same):
        if own.order >= stack[at].about.order:
            return at
    if same:
        return same[-1]
    return len(stack) if own.kind > last.about.kind else 0


def _last_words(item: Item) -> str:
    texts = [block.text for block in item.blocks if isinstance(block, Text)]
    return texts[-1].rstrip() if texts else ":"


def _typed_items(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs with a number that somebody typed, as items.

    Only when they make a row from the first on, so that a sentence that happens to begin
    with a number stays a sentence.
    """
    found = [typed(block.text) if isinstance(block, Text) else None for block in blocks]
    starts = {mark(number[0]).number for number in found if number}
    rows = {
        kind
        for kind, first, second in (
            (Kind.CIJFER, "1", "2"),
            (Kind.LETTER, "a", "b"),
            (Kind.GRAAD, "1°", "2°"),
        )
        if {first, second} <= starts
    }
    # Leden that are tagged or listed may be followed by one that was typed.
    listed = {mark(block.number).number for block in blocks if isinstance(block, Item)}
    out: list[Block] = []
    for block, number in zip(blocks, found, strict=True):
        if number and isinstance(block, Text):
            own = mark(number[0])
            previous = str(own.order - 1)
            if own.kind in rows or (own.kind is Kind.CIJFER and previous in listed):
                listed.add(own.number)
                out.append(Item(number[0], [Text(number[1])]))
                continue
        out.append(block)
    return out
