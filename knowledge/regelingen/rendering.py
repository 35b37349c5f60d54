"""A legal text as HTML and as contents; every word is escaped, every part has an anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from .tree import (
    GROUPS,
    Node,
    Placed,
    Regeling,
    Soort,
    Status,
    citation,
    heading,
    walk,
)

LOWEST = 6
# Parts with a line of their own, behind the number that they have.
NUMBERED = frozenset({Soort.LID, Soort.ONDERDEEL, Soort.SUBONDERDEEL})
LISTED = GROUPS | {Soort.ARTIKEL, Soort.BIJLAGE}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. level: 0 for a part of the whole, 1 for what is in it."""

    address: str
    text: str
    level: int


def contents(regeling: Regeling) -> list[Entry]:
    """Groups, articles and bijlagen in order."""
    return [
        Entry(placed.address, heading(placed.node), min(2, len(placed.above)))
        for placed in walk(regeling)
        if placed.node.soort in LISTED
    ]


def body(regeling: Regeling) -> str:
    """The whole text. What explains an artikel is folded away under that artikel."""
    return Writer(regeling).whole()


class Writer:
    """Writes a text as HTML; what shows a text in another way overrides a part of it."""

    def __init__(self, regeling: Regeling) -> None:
        self.regeling = regeling
        # By identity: two parts may be equal, and each part of a text is its own object.
        self.placed = {id(one.node): one for one in walk(regeling)}
        self.explained: dict[str, list[Node]] = {}
        for one in self.placed.values():
            if one.node.about:
                self.explained.setdefault(one.node.about, []).append(one.node)
        numbers = {
            one.node.number
            for one in self.placed.values()
            if one.node.soort is Soort.ARTIKEL
        }
        # What explains an artikel that is not here stays where it stands.
        self.explained = {n: own for n, own in self.explained.items() if n in numbers}

    def whole(self) -> str:
        return self._all(self.regeling.children, 2)

    def _all(self, nodes: Iterable[Node], level: int) -> str:
        return "".join(self.one(node, level) for node in nodes)

    def one(self, node: Node, level: int) -> str:
        placed = self.placed[id(node)]
        anchor = f'id="{escape(placed.address)}"'
        if node.soort is Soort.ARTIKEL:
            return self._artikel(placed, level)
        if node.soort is Soort.TABEL:
            return f"<div {anchor}>{self._table(node)}</div>"
        if node.soort in NUMBERED or (node.soort is Soort.BEGRIP and node.number):
            return (
                f'<div class="deel" {anchor}><span class="nummer">{_printed(node.number)}'
                f"</span><div>{self._term(node)}{self._inside(node, level)}</div></div>"
            )
        if node.soort is Soort.BEGRIP:
            return f"<div {anchor}>{self._term(node)}{self._inside(node, level)}</div>"
        if node.soort is Soort.TOELICHTING and node.about in self.explained:
            return ""
        if node.label or node.title or node.soort in GROUPS:
            head = f"<h{level} {anchor}>{escape(heading(node))}</h{level}>"
            return head + self._inside(node, min(level + 1, LOWEST))
        return f"<div {anchor}>{self._inside(node, level)}</div>"

    def _artikel(self, placed: Placed, level: int) -> str:
        node = placed.node
        lapsed = ' <span class="label fout">vervallen</span>'
        notes = "".join(
            f'<details class="facet" id="{escape(self.placed[id(note)].address)}">'
            f"<summary>Toelichting bij {escape(citation(placed))}</summary>"
            f"{self._inside(note, min(level + 1, LOWEST))}</details>"
            for note in self.notes_of(node)
        )
        return (
            f'<section class="artikel" aria-labelledby="{escape(placed.address)}">'
            f'<h{level} id="{escape(placed.address)}" tabindex="-1">{escape(heading(node))}'
            f"{lapsed if node.status is Status.VERVALLEN else ''}</h{level}>"
            f"{self._inside(node, min(level + 1, LOWEST))}{notes}</section>"
        )

    def notes_of(self, node: Node) -> Iterable[Node]:
        """What explains this artikel and has not been shown yet."""
        return self.explained.pop(node.number, ())

    def texts(self, node: Node) -> str:
        """The own paragraphs of a part."""
        lines = (line for line in node.text.split("\n") if line.strip())
        return "".join(f"<p>{escape(line)}</p>" for line in lines)

    def _inside(self, node: Node, level: int) -> str:
        return self.texts(node) + self._all(node.children, level)

    @staticmethod
    def _term(node: Node) -> str:
        named = node.soort is Soort.BEGRIP and node.title
        return f"<p><dfn>{escape(node.title)}</dfn></p>" if named else ""

    @staticmethod
    def _table(node: Node) -> str:
        rows = []
        for at, row in enumerate(node.rows):
            cell = 'th scope="col"' if at == 0 and len(node.rows) > 1 else "td"
            cells = "".join(f"<{cell}>{escape(c)}</{cell[:2]}>" for c in row)
            rows.append(f"<tr>{cells}</tr>")
        return (
            '<div class="schuif" role="region" tabindex="0" aria-label="Tabel">'
            f'<table class="utrecht-table"><tbody>{"".join(rows)}</tbody></table></div>'
        )


def _printed(number: str) -> str:
    """The number of a part with its closing dot; '1°' has its sign already."""
    return escape(number + "." if number[-1:].isalnum() else number)
