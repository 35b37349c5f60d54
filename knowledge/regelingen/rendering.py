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


def contents(placed_nodes: Iterable[Placed]) -> list[Entry]:
    """Groups, articles and bijlagen in order."""
    return [
        Entry(placed.address, heading(placed.node), min(2, len(placed.above)))
        for placed in placed_nodes
        if placed.node.soort in LISTED
    ]


class Plain:
    """What stands in and under the text besides its words: nothing."""

    def __init__(self, text: Regeling) -> None:
        self.text = text
        self.placed = list(walk(text))

    def line(self, placed: Placed, at: int, line: str) -> str:
        """A paragraph of a part as safe HTML. at: the how manieth of that part."""
        return escape(line)

    def number(self, placed: Placed) -> str:
        """The number of a part with its closing dot, as safe HTML."""
        return f'<span class="nummer">{printed(placed.node.number)}</span>'

    def under(self, placed: Placed) -> str:
        """What comes under an artikel, as safe HTML."""
        return ""


def body(besides: Plain) -> str:
    """The whole text. What explains an artikel is folded away with that artikel."""
    return Writer(besides).whole()


class Writer:
    """Writes a text as HTML; what shows a text in another way overrides a part of it."""

    def __init__(self, besides: Plain) -> None:
        self.regeling = besides.text
        self.besides = besides
        # By identity: two parts may be equal, and each part of a text is its own object.
        self.placed = {id(one.node): one for one in besides.placed}
        self.explained: dict[str, list[Node]] = {}
        self.told: set[str] = set()
        self.explained_with: dict[str, list[Node]] = {}
        for one in self.placed.values():
            if one.node.about:
                self.explained.setdefault(one.node.about, []).append(one.node)
            for number in one.node.also:
                self.explained_with.setdefault(number, []).append(one.node)
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
                f'<div class="deel" tabindex="-1" {anchor}>{self.besides.number(placed)}'
                f"<div>{self._term(node)}{self._inside(node, level)}</div></div>"
            )
        if node.soort is Soort.BEGRIP:
            return (
                f'<div tabindex="-1" {anchor}>{self._term(node)}'
                f"{self._inside(node, level)}</div>"
            )
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
            f'<details class="toelichting" data-naast '
            f'id="{escape(self.placed[id(note)].address)}">'
            f"<summary>Toelichting bij {escape(citation(placed))}</summary>"
            f"{self._inside(note, min(level + 1, LOWEST))}</details>"
            for note in self.notes_of(node)
        )
        notes += "".join(
            f'<p class="uitleg"><a href="#{escape(self.placed[id(note)].address)}">'
            f"Toelichting bij artikel {escape(note.about)} gaat ook over dit artikel</a></p>"
            for note in self.explained_with.pop(node.number, ())
            if note.about in self.explained
        )
        beside = f'<div class="naast-artikel">{notes}</div>' if notes else ""
        return (
            f'<section class="artikel" aria-labelledby="{escape(placed.address)}"><div>'
            f'<h{level} id="{escape(placed.address)}" tabindex="-1">{escape(heading(node))}'
            f"{lapsed if node.status is Status.VERVALLEN else ''}</h{level}>"
            f"{self._inside(node, min(level + 1, LOWEST))}{self.besides.under(placed)}"
            f"</div>{beside}</section>"
        )

    def notes_of(self, node: Node) -> Iterable[Node]:
        """What explains an artikel, once: of two with one number under the first."""
        notes = [] if node.number in self.told else self.explained.get(node.number, [])
        self.told.add(node.number)
        return notes

    def texts(self, node: Node) -> str:
        """The own paragraphs of a part."""
        placed = self.placed[id(node)]
        return "".join(
            f"<p>{self.besides.line(placed, at, line)}</p>"
            for at, line in enumerate(lines_of(node))
        )

    def _inside(self, node: Node, level: int) -> str:
        return self.texts(node) + self._all(node.children, level)

    @staticmethod
    def _term(node: Node) -> str:
        named = node.soort is Soort.BEGRIP and node.title
        return f"<p><dfn>{escape(node.title)}</dfn></p>" if named else ""

    def _table(self, node: Node) -> str:
        placed = self.placed[id(node)]
        rows = []
        place = len(lines_of(node))
        for at, row in enumerate(node.rows):
            cell = 'th scope="col"' if at == 0 and len(node.rows) > 1 else "td"
            cells = "".join(
                f"<{cell}>{self.besides.line(placed, place + n, c)}</{cell[:2]}>"
                for n, c in enumerate(row)
            )
            place += len(row)
            rows.append(f"<tr>{cells}</tr>")
        return (
            '<div class="schuif" role="region" tabindex="0" aria-label="Tabel">'
            f'<table class="utrecht-table"><tbody>{"".join(rows)}</tbody></table></div>'
        )


def lines_of(node: Node) -> list[str]:
    """The paragraphs of a part."""
    return [line for line in node.text.split("\n") if line.strip()]


def paragraphs_of(node: Node) -> list[str]:
    """The paragraphs of a part, and after them the cells of a tabel, row by row."""
    return [*lines_of(node), *(cell for row in node.rows for cell in row)]


def printed(number: str) -> str:
    """The number of a part with its closing dot; '1°' has its sign already."""
    return escape(number + "." if number[-1:].isalnum() else number)
