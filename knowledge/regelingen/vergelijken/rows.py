"""Two to four texts beside each other, row by row: what the page, the table and the files
show.

The first text is the base. Every artikel of every text stands in exactly one row, in the
order of the base; what is only in another text stands after what it follows there. Then
in the same way what the texts say outside their artikelen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.regelingen.tree import (
    Placed,
    Regeling,
    Soort,
    artikelen,
    heading,
    text_of,
)
from knowledge.regelingen.vergelijken.alignment import (
    GELIJK,
    GESPLITST,
    GEWIJZIGD,
    HERNUMMERD,
    KINDS,
    SAMENGEVOEGD,
    TOEGEVOEGD,
    VERPLAATST,
    VERVALLEN,
)
from knowledge.regelingen.vergelijken.differences import (
    Compared,
    Difference,
    Fate,
    Run,
    differences,
    whole,
)
from knowledge.regelingen.vergelijken.outside import outside, parts_outside

MAX_TEXTS = 4
# What a comparison in one request may weigh: 600 against 600 takes two seconds, and
# eight times that when every artikel shares its words with every other.
MAX_ARTIKELEN = 600
MAX_WORDS = 150_000


class Groep(StrEnum):
    """What a row is, seen from one other text: exactly one of these."""

    GELIJK = "gelijk"
    VERPLAATST = "verplaatst"
    GEWIJZIGD = "gewijzigd"
    ALLEEN_LINKS = "ontbreekt"
    ALLEEN_RECHTS = "nieuw"


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the name by which the reader knows it. url: of its reading page."""

    name: str
    regeling: Regeling
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An artikel or other part where it stands in its text."""

    address: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Part:
    """A lid or other part as it is shown: its number, or 'opschrift', and its words."""

    number: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one text has in a row. groep and kinds: of what is not the base; a text that
    has no more than the base lacks it too has no groep."""

    places: tuple[Place, ...] = ()
    parts: tuple[Part, ...] = ()
    groep: Groep | None = None
    kinds: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        return " en ".join(place.name for place in self.places)


@dataclass(frozen=True, slots=True)
class Row:
    """cells: one for each text, the base first. order: its place in the comparison."""

    order: int
    cells: tuple[Cell, ...]
    outside: bool = False

    @property
    def groepen(self) -> frozenset[Groep]:
        return frozenset(cell.groep for cell in self.cells[1:] if cell.groep)

    @property
    def same(self) -> bool:
        """All texts have it, with the same words."""
        return self.groepen <= {Groep.GELIJK, Groep.VERPLAATST} and all(
            cell.places for cell in self.cells
        )

    @property
    def name(self) -> str:
        """As the base calls it, or else the first text that has it."""
        return next(cell.names for cell in self.cells if cell.places)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many artikelen of the other text are what, beside the base."""

    name: str
    counts: tuple[tuple[Groep, int], ...]
    renumbered: int
    outside: int

    def of(self, groep: Groep) -> int:
        return dict(self.counts)[groep]


@dataclass(frozen=True, slots=True)
class Comparison:
    texts: tuple[Text, ...]
    rows: tuple[Row, ...]

    @property
    def sums(self) -> tuple[Sum, ...]:
        return tuple(self._sum(at) for at in range(1, len(self.texts)))

    def _sum(self, at: int) -> Sum:
        cells = [row.cells[at] for row in self.rows if not row.outside]
        tally = Counter(cell.groep for cell in cells)
        return Sum(
            self.texts[at].name,
            tuple((groep, tally[groep]) for groep in Groep),
            sum(
                HERNUMMERD in cell.kinds and cell.groep is Groep.GEWIJZIGD
                for cell in cells
            ),
            sum(
                row.outside and row.cells[at].groep not in (None, Groep.GELIJK)
                for row in self.rows
            ),
        )

    def filtered(self, groep: Groep | None) -> tuple[Row, ...]:
        """The rows in which some text is this beside the base; all without a groep."""
        if groep is None:
            return self.rows
        return tuple(row for row in self.rows if groep in row.groepen)

    def count(self, groep: Groep) -> int:
        return len(self.filtered(groep))


def too_large(regeling: Regeling) -> str:
    """Why a text is too large to compare; empty when it is not."""
    count = len(artikelen(regeling))
    if count > MAX_ARTIKELEN:
        return (
            f"Deze tekst heeft {count} artikelen. Vergelijken kan tot {MAX_ARTIKELEN} "
            "artikelen. Neem alleen het deel dat u wilt vergelijken."
        )
    words = sum(len(text_of(node).split()) for node in regeling.children)
    if words > MAX_WORDS:
        return (
            f"Deze tekst heeft {words} woorden. Vergelijken kan tot {MAX_WORDS} woorden. "
            "Neem alleen het deel dat u wilt vergelijken."
        )
    return ""


def compare(texts: Sequence[Text]) -> Comparison:
    """Two to four texts, the first of them the base."""
    base, *others = texts
    rows = [
        *_rows(
            [artikelen(text.regeling) for text in texts],
            [differences(base.regeling, other.regeling) for other in others],
        ),
        *_rows(
            [parts_outside(text.regeling) for text in texts],
            [outside(base.regeling, other.regeling) for other in others],
            outside=True,
        ),
    ]
    return Comparison(
        tuple(texts),
        tuple(
            Row(order, row.cells, outside=row.outside)
            for order, row in enumerate(rows, 1)
        ),
    )


def _rows(
    sides: Sequence[Sequence[Placed]],
    compared: Sequence[Sequence[Compared]],
    *,
    outside: bool = False,
) -> list[Row]:
    placed = [{one.address: one for one in side} for side in sides]
    order = {address: at for at, address in enumerate(placed[0])}
    rows: list[tuple[float, Row]] = []
    for group in _hanging_together(list(placed[0]), compared):
        found = [
            [one for one in side if group & set(one.alignment.left)]
            for side in compared
        ]
        rows.append(
            (
                min(order[a] for a in group),
                Row(0, _cells(placed, group, found), outside),
            )
        )
    for at, side in enumerate(compared):
        after = -1.0
        for one in side:
            if one.alignment.left:
                after = min(float(order[address]) for address in one.alignment.left)
                continue
            found = [[one] if at == other else [] for other in range(len(compared))]
            rows.append(
                (after + 0.5, Row(0, _cells(placed, frozenset(), found), outside))
            )
    rows.sort(key=lambda pair: pair[0])
    return [row for _, row in rows]


def _hanging_together(
    base: Sequence[str], compared: Sequence[Sequence[Compared]]
) -> list[frozenset[str]]:
    """The artikelen of the base that share a row: some text has merged them."""
    group = {address: frozenset({address}) for address in base}
    for side in compared:
        for one in side:
            together = frozenset().union(*(group[a] for a in one.alignment.left))
            group.update(dict.fromkeys(together, together))
    return list(dict.fromkeys(group.values()))


def _cells(
    placed: Sequence[dict[str, Placed]],
    group: frozenset[str],
    compared: Sequence[Sequence[Compared]],
) -> tuple[Cell, ...]:
    mine = [one for address, one in placed[0].items() if address in group]
    beside = len(compared) == 1
    cells = [_base(mine, compared[0] if beside else ())]
    for at, found in enumerate(compared, 1):
        addresses = {a for one in found for a in one.alignment.right}
        yours = [one for a, one in placed[at].items() if a in addresses]
        cells.append(_cell(yours, found, bool(mine), without=beside))
    return tuple(cells)


def _base(mine: Sequence[Placed], found: Iterable[Compared]) -> Cell:
    """The base as printed; beside one other text with what is gone there marked."""
    changed = [part for one in found for part in one.parts]
    if not changed:
        return Cell(_places(mine), _printed(mine))
    alone = not any(one.alignment.right for one in found)
    parts = _shown(changed, Fate.TOEGEVOEGD, right=False, alone=alone)
    return Cell(_places(mine), parts)


def _cell(
    yours: Sequence[Placed], found: Sequence[Compared], base: bool, *, without: bool
) -> Cell:
    """Another text. without: what is gone stands in the base already."""
    if not found:
        return Cell()
    there = [one for one in found if one.alignment.right] or found
    kinds = frozenset().union(*(one.alignment.kinds for one in there))
    if len(there) < len(found):
        # Of what the base has in this row, this text has only a part.
        kinds |= {GEWIJZIGD}
    if len(kinds) > 1:
        kinds -= {GELIJK}
    if not yours:
        return Cell(groep=Groep.ALLEEN_LINKS, kinds=(VERVALLEN,))
    parts: list[Part] = []
    by_address = {one.address: one for one in yours}
    for one in found:
        if one.parts:
            left_out = Fate.VERVALLEN if without else None
            parts += _shown(one.parts, left_out, right=True, alone=not base)
        else:
            parts += _printed([by_address[a] for a in one.alignment.right])
    return Cell(
        _places(yours),
        tuple(parts),
        _groep(kinds) if base else Groep.ALLEEN_RECHTS,
        tuple(kind for kind in KINDS if kind in kinds),
    )


def _groep(kinds: frozenset[str]) -> Groep:
    if kinds <= {GELIJK}:
        return Groep.GELIJK
    if kinds <= {HERNUMMERD, VERPLAATST}:
        return Groep.VERPLAATST
    return Groep.GEWIJZIGD


def _shown(
    parts: Iterable[Difference], left_out: Fate | None, *, right: bool, alone: bool
) -> tuple[Part, ...]:
    """The parts as one side shows them. A heading only where it became another."""
    found = []
    for part in parts:
        if part.what == "opschrift" and (alone or not part.changed):
            continue
        kept = tuple(run for run in part.runs if run.kind is not left_out)
        if not kept:
            continue
        number = part.right or part.left if right else part.left or part.right
        found.append(Part("opschrift" if part.what == "opschrift" else number, kept))
    return tuple(found)


def _printed(placed: Sequence[Placed]) -> tuple[Part, ...]:
    return tuple(
        Part(part.left, part.runs) for one in placed for part in whole(one.node)
    )


def _places(placed: Sequence[Placed]) -> tuple[Place, ...]:
    return tuple(Place(one.address, _name(one), one.node.number) for one in placed)


def _name(placed: Placed) -> str:
    node = placed.node
    if node.soort is Soort.TOELICHTING and node.about:
        return f"Toelichting bij artikel {node.about}"
    if node.soort is Soort.ARTIKEL and not node.label:
        return heading(node) if not node.number else f"Artikel {heading(node)}"
    return heading(node)


# In words, for the page and the files.

KIND_WORDS = {
    GELIJK: "gelijk",
    GEWIJZIGD: "gewijzigd",
    HERNUMMERD: "ander nummer",
    VERPLAATST: "andere plaats",
    GESPLITST: "gesplitst",
    SAMENGEVOEGD: "samengevoegd",
}


def words_of(cell: Cell, base: str, name: str) -> str:
    """'gewijzigd, ander nummer' of 'alleen in …': what a cell is beside the base."""
    if cell.groep is None:
        return ""
    if cell.groep is Groep.ALLEEN_LINKS:
        return f"alleen in {base}"
    if cell.groep is Groep.ALLEEN_RECHTS:
        return f"alleen in {name}"
    found = [KIND_WORDS[kind] for kind in cell.kinds if kind in KIND_WORDS]
    if VERVALLEN in cell.kinds:
        found.append(f"vervallen in {name}")
    if TOEGEVOEGD in cell.kinds:
        found.append(f"vervallen in {base}")
    return ", ".join(found)


def sum_in_words(total: Sum, base: str) -> str:
    """'24 artikelen gelijk, 9 gewijzigd (waarvan 4 met een ander nummer), …'."""
    changed = f"{total.of(Groep.GEWIJZIGD)} gewijzigd"
    if total.renumbered:
        changed += f" (waarvan {total.renumbered} met een ander nummer)"
    equal = total.of(Groep.GELIJK)
    found = [f"{equal} {'artikel' if equal == 1 else 'artikelen'} gelijk"]
    if moved := total.of(Groep.VERPLAATST):
        found.append(f"{moved} gelijk met een ander nummer of een andere plaats")
    found.append(changed)
    found.append(f"{total.of(Groep.ALLEEN_LINKS)} alleen in {base}")
    found.append(f"{total.of(Groep.ALLEEN_RECHTS)} alleen in {total.name}")
    if total.outside:
        found.append(
            f"buiten de artikelen {total.outside} "
            f"{'deel' if total.outside == 1 else 'delen'} anders"
        )
    return f"{', '.join(found[:-1])} en {found[-1]}"
