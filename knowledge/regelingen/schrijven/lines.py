"""A tree as lines on paper, whatever the file: headings, items of lists, text, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.regelingen.numbering import Kind, mark
from knowledge.regelingen.tree import GROUPS, Node, Regeling, Soort, heading

MAX_LEVEL = 6


class Form(StrEnum):
    """How a row of items is numbered."""

    DECIMAL = "decimal"
    LETTER = "letter"
    DEGREE = "degree"


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands before the text. concept: it is not finished; points: what is open;
    remarks: where it comes from."""

    concept: bool = False
    points: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """level: from 1. row: the numbering that it is part of, '' when its number is typed;
    text: without the number when the numbering prints it. new_page: begins one."""

    text: str
    level: int
    row: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """list: which list it is in; forms: how each depth of that list is numbered. number:
    typed before the text when the list does not give it."""

    text: str
    list: int
    depth: int
    forms: tuple[Form, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """depth: how far it is indented; term: the word that it explains."""

    text: str
    depth: int = 0
    term: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


Line = Title | Heading | Item | Text | Table


@dataclass(slots=True)
class Paper:
    """The lines of a text, with the forms of its numberings.

    rows: of each numbering its text, in which {} is the number: 'Artikel {}'. Only
    'hoofdstuk', 'paragraaf' (which begins with the number of the hoofdstuk) and 'artikel'.
    """

    lines: list[Line] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)
    lists: int = 0


def paper(regeling: Regeling, cover: Cover | None = None) -> Paper:
    return _Writer().write(regeling, cover or Cover())


class _Writer:
    def __init__(self) -> None:
        self.paper = Paper()
        self.counts: dict[str, int] = {}
        self.broken: set[str] = set()

    def write(self, regeling: Regeling, cover: Cover) -> Paper:
        add = self.paper.lines.append
        add(Title(regeling.title))
        if cover.concept:
            add(Text("Concept: deze tekst is nog niet af."))
        for remark in cover.remarks:
            add(Text(remark))
        if cover.points:
            add(Heading("Open punten", 1))
            self.paper.lists += 1
            number = self.paper.lists
            for point in cover.points:
                add(Item(point, number, 0, (Form.DECIMAL,)))
        first = bool(cover.points)
        for node in regeling.children:
            at = len(self.paper.lines)
            self._node(node, 1)
            begun = self.paper.lines[at] if len(self.paper.lines) > at else None
            if isinstance(begun, Heading) and (
                first or node.soort is Soort.TOELICHTING
            ):
                self.paper.lines[at] = Heading(begun.text, begun.level, begun.row, True)
            first = False
        return self.paper

    def _node(self, node: Node, level: int) -> None:
        if node.soort in GROUPS or node.soort in (
            Soort.ARTIKEL,
            Soort.BIJLAGE,
            Soort.TOELICHTING,
        ):
            if node.label or node.number or node.title:
                self._heading(node, min(level, MAX_LEVEL))
            self._inside(node, level + 1)
        elif node.soort is Soort.TABEL:
            self.paper.lines.append(Table(node.rows))
        else:
            self._inside(node, level)

    def _heading(self, node: Node, level: int) -> None:
        row = self._row(node)
        text = node.title if row else heading(node)
        self.paper.lines.append(Heading(text, level, row))

    def _row(self, node: Node) -> str:
        """The numbering that would print just this number; '' when none does."""
        name = node.soort.value
        if name in self.broken or node.soort not in (
            Soort.HOOFDSTUK,
            Soort.PARAGRAAF,
            Soort.ARTIKEL,
        ):
            return ""
        if node.soort is Soort.HOOFDSTUK:
            self.counts["paragraaf"] = 0
        count = self.counts.get(name, 0) + 1
        prefix = f"{self.counts.get('hoofdstuk', 0)}."
        wanted = f"{prefix}{count}" if node.soort is Soort.PARAGRAAF else str(count)
        form = f"{node.label} {{}}".strip()
        if node.number != wanted or self.paper.rows.setdefault(name, form) != form:
            # What follows cannot be numbered by counting either.
            self.broken |= {name} | (
                {"paragraaf"} if node.soort is Soort.HOOFDSTUK else set()
            )
            return ""
        self.counts[name] = count
        return name

    def _inside(self, node: Node, level: int) -> None:
        self._texts(node.text, 0)
        self._children(node.children, level)

    def _children(self, nodes: tuple[Node, ...], level: int) -> None:
        at = 0
        while at < len(nodes):
            node = nodes[at]
            if _form(node) is not None:
                stop = at
                while stop < len(nodes) and _form(nodes[stop]) is not None:
                    stop += 1
                self._list(nodes[at:stop], 0)
                at = stop
                continue
            if node.soort is Soort.BEGRIP:
                self._begrip(node)
            else:
                self._node(node, level)
            at += 1

    def _begrip(self, node: Node) -> None:
        first, *rest = node.text.split("\n")
        self.paper.lines.append(Text(first, 0, node.title))
        for line in rest:
            self._texts(line, 0)
        self._list(node.children, 1)

    def _texts(self, text: str, depth: int) -> None:
        for line in text.split("\n"):
            if line.strip():
                self.paper.lines.append(Text(line, depth))

    def _list(self, nodes: tuple[Node, ...], indent: int) -> None:
        """Items of one list, each with the items inside it."""
        if not nodes:
            return
        self.paper.lists += 1
        forms = _forms(nodes, indent)
        self._items(nodes, self.paper.lists, indent, forms)

    def _items(
        self, nodes: tuple[Node, ...], number: int, depth: int, forms: tuple[Form, ...]
    ) -> None:
        count = 0
        counting = True
        for node in nodes:
            form = _form(node)
            if form is None:
                if node.soort is Soort.TABEL:
                    self.paper.lines.append(Table(node.rows))
                else:
                    self._texts(node.text, depth)
                continue
            count += 1
            first, *rest = node.text.split("\n")
            counting = (
                counting
                and depth < len(forms)
                and forms[depth] is form
                and node.number == printed(form, count)
            )
            text = f"{node.title} {first}".strip()
            self.paper.lines.append(
                Item(text, number, depth, forms, "" if counting else node.number)
            )
            self._texts("\n".join(rest), depth + 1)
            self._items(node.children, number, depth + 1, forms)


def _form(node: Node) -> Form | None:
    """How an item is numbered; None when it is no item."""
    if node.soort not in (Soort.LID, Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.BEGRIP):
        return None
    if not node.number:
        return None
    kind = mark(node.number).kind
    if kind is Kind.GRAAD:
        return Form.DEGREE
    return Form.DECIMAL if kind is Kind.CIJFER else Form.LETTER


def _forms(nodes: tuple[Node, ...], indent: int) -> tuple[Form, ...]:
    """The form of each depth, from the first item that is found there."""
    forms = [Form.DECIMAL] * indent
    while nodes:
        found = [form for node in nodes if (form := _form(node))]
        if not found:
            break
        forms.append(found[0])
        nodes = tuple(child for node in nodes for child in node.children)
    return tuple(forms)


def printed(form: Form, count: int) -> str:
    """The number that a list prints for its count-th item, without closing sign."""
    if form is Form.LETTER:
        return "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count + 25) // 26)
    return f"{count}°" if form is Form.DEGREE else str(count)


def typed(number: str) -> str:
    """A number as it is typed before its text."""
    return f"{number}." if re.search(r"\w$", number) else number
