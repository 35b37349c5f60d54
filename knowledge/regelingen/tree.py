"""One tree for every legal text: ordinance, policy rule or national law.

A node carries what is printed. Where it stands follows from the nodes above it, so an
address and a citation are worked out while walking and never stored in a node.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Soort(StrEnum):
    """What a node is, in the words of the publication formats."""

    BOEK = "boek"
    DEEL = "deel"
    HOOFDSTUK = "hoofdstuk"
    TITELDEEL = "titeldeel"
    AFDELING = "afdeling"
    PARAGRAAF = "paragraaf"
    SUBPARAGRAAF = "subparagraaf"
    ARTIKEL = "artikel"
    LID = "lid"
    ONDERDEEL = "onderdeel"
    SUBONDERDEEL = "subonderdeel"
    BEGRIP = "begrip"
    TEKST = "tekst"
    TABEL = "tabel"
    AANHEF = "aanhef"
    SLUITING = "sluiting"
    BIJLAGE = "bijlage"
    TOELICHTING = "toelichting"


GROUPS = frozenset(
    {
        Soort.BOEK,
        Soort.DEEL,
        Soort.HOOFDSTUK,
        Soort.TITELDEEL,
        Soort.AFDELING,
        Soort.PARAGRAAF,
        Soort.SUBPARAGRAAF,
    }
)
# Parts of which the same number may stand elsewhere in the text.
WITHIN_ARTIKEL = frozenset(
    {Soort.LID, Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.BEGRIP, Soort.TABEL}
)


class Status(StrEnum):
    GELDEND = "geldend"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a legal text.

    label: as printed, such as 'Artikel' or 'Art.'. number: as printed without label and
    closing sign: '5', '2:10', '12a', 'a', '1°'. title: the heading, or of a begrip the
    term that it explains. text: its own words, paragraphs on lines of their own; parts
    below it are children. rows: cells of a tabel. about: of a toelichting the number of
    the artikel that it explains; empty for a general one. also: those of the other
    artikelen that it explains. source_id: what the file calls
    this node, such as its BWB or CVDR identifier.
    """

    soort: Soort
    label: str = ""
    number: str = ""
    title: str = ""
    text: str = ""
    children: tuple[Node, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    status: Status = Status.GELDEND
    about: str = ""
    also: tuple[str, ...] = ()
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Regeling:
    """A whole text with what identifies this version of it.

    id: 'CVDR718456' or 'BWBR0035303', empty when the file has none. version: what comes
    after it, such as '3' or '2022-05-01_0'. kind: 'verordening', 'beleidsregel', 'wet', …
    valid_from and valid_until: ISO dates, empty when not known; until is the first day on
    which it no longer holds.
    """

    title: str
    children: tuple[Node, ...]
    id: str = ""
    version: str = ""
    kind: str = ""
    citeertitel: str = ""
    authority: str = ""
    valid_from: str = ""
    valid_until: str = ""
    source: str = ""
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with where it stands. address: unique in its text, fit for a fragment."""

    node: Node
    above: tuple[Node, ...] = field(repr=False)
    address: str

    @property
    def artikel(self) -> Node | None:
        """The artikel that this node is or is part of."""
        return next(
            (n for n in (*self.above, self.node) if n.soort is Soort.ARTIKEL), None
        )


def walk(regeling: Regeling) -> Iterator[Placed]:
    """Every node from first to last, each before its children.

    The address has the numbers as printed: 'artikel-5-lid-2-onderdeel-a'. An artikel
    stands on its own, or after the bijlage that it is in: 'bijlage-2-artikel-3'; its
    parts follow it. A toelichting names its artikel: 'toelichting-artikel-5'. A node
    without a number is counted among its like. When two nodes would have one address,
    the later ones get '-2', '-3'.
    """
    taken: set[str] = set()

    def unique(wanted: str) -> str:
        address = wanted
        for again in itertools.count(2):
            if address not in taken:
                break
            address = f"{wanted}-{again}"
        taken.add(address)
        return address

    def visit(
        nodes: tuple[Node, ...], above: tuple[Node, ...], prefix: str, bijlage: str
    ) -> Iterator[Placed]:
        unnumbered: dict[Soort, int] = {}
        for node in nodes:
            mark = _mark(node.number)
            if node.about:
                mark = f"artikel-{_mark(node.about)}"
            elif not mark:
                unnumbered[node.soort] = unnumbered.get(node.soort, 0) + 1
                mark = f"n{unnumbered[node.soort]}"
            start = bijlage if node.soort is Soort.ARTIKEL else prefix
            own = f"{_named(node)}-{mark}"
            address = unique(f"{start}-{own}" if start else own)
            yield Placed(node, above, address)
            yield from visit(
                node.children,
                (*above, node),
                address,
                address if node.soort is Soort.BIJLAGE else bijlage,
            )

    yield from visit(regeling.children, (), "", "")


def _named(node: Node) -> str:
    """A begrip that has a number is cited as the onderdeel that it is."""
    if node.soort is Soort.BEGRIP and node.number:
        return Soort.ONDERDEEL.value
    return node.soort.value


def _mark(number: str) -> str:
    return re.sub(r"[^\w:.]+", "-", number.replace("°", "")).strip("-.:").lower()


def artikelen(regeling: Regeling) -> list[Placed]:
    """The articles in order."""
    return [placed for placed in walk(regeling) if placed.node.soort is Soort.ARTIKEL]


def heading(node: Node) -> str:
    """'Artikel 5 Aanvraag', as printed; of a part without any name its kind."""
    printed = " ".join(filter(None, (node.label, node.number, node.title)))
    return printed or node.soort.value.capitalize()


def text_inside(node: Node) -> str:
    """What is in a part, below its heading, as ``text_of`` has it."""
    lines = (node.text, *(text_of(child) for child in node.children))
    return "\n".join(filter(None, lines))


def text_of(node: Node) -> str:
    """All words of a node and what is below it, as printed, for search and measure.

    One line for each part: its number before its text, cells of a row side by side.
    """
    lines = [" ".join(filter(None, (node.label, node.number, node.title)))]
    lines.append(node.text)
    lines += [" ".join(row) for row in node.rows]
    lines += [text_of(child) for child in node.children]
    return "\n".join(line for line in lines if line)


def digest_of(node: Node) -> str:
    """The same for as long as the words of a part stay the same, however set out."""
    words = " ".join(text_of(node).split())
    return hashlib.sha256(f"{node.status}\n{words}".encode()).hexdigest()


def starts_inside(node: Node) -> list[tuple[int, Node]]:
    """The parts below a node, each with where it begins in ``text_inside`` of the node."""
    found: list[tuple[int, Node]] = []
    at = len(node.text)

    def visit(part: Node, at: int) -> int:
        """Where the part ends. at: where it begins."""
        found.append((at, part))
        own = [" ".join(filter(None, (part.label, part.number, part.title)))]
        own += [part.text, *(" ".join(row) for row in part.rows)]
        at += len("\n".join(line for line in own if line))
        empty = not any(own)
        for child in part.children:
            if text_of(child):
                at = visit(child, at + (not empty))
                empty = False
        return at

    empty = not node.text
    for child in node.children:
        if text_of(child):
            at = visit(child, at + (not empty))
            empty = False
    return found


ORDINALS = [
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
    "twintigste",
]


def ordinal(number: str) -> str:
    """'tweede' for '2'."""
    at = int(number)
    return ORDINALS[at - 1] if 0 < at <= len(ORDINALS) else f"{at}e"


def citation(placed: Placed) -> str:
    """'artikel 5, tweede lid, onderdeel a' (Aanwijzingen voor de regelgeving 3.27).

    Of a node outside any artikel its own name, such as 'hoofdstuk 2' or 'bijlage I'.
    """
    chain = [*placed.above, placed.node]
    while len(chain) > 1 and chain[0].soort in GROUPS:
        chain.pop(0)
    return ", ".join(filter(None, (_cited(node) for node in chain)))


def _cited(node: Node) -> str:
    if node.soort is Soort.TEKST:
        return ""
    if node.soort is Soort.LID and node.number.isdigit():
        return f"{ordinal(node.number)} lid"
    if node.soort is Soort.TOELICHTING:
        return f"toelichting bij artikel {node.about}" if node.about else "toelichting"
    name = "onderdeel" if node.soort is Soort.SUBONDERDEEL else _named(node)
    return f"{name} {node.number or node.title}".strip()
