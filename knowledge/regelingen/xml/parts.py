"""From the elements that every form shares to the blocks of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from knowledge.regelingen import toelichting
from knowledge.regelingen.blocks import Block, Item, Ready, Text, assemble, lapsed
from knowledge.regelingen.numbering import clean, kop, typed
from knowledge.regelingen.tree import Node, Soort, Status

from .reading import find, name
from .words import (
    ARTIKEL,
    CLOSING,
    CONTAINERS,
    DIVISIONS,
    FREE,
    GROUPS,
    INLINE,
    ITEMS,
    LID,
    LISTS,
    METADATA,
    NOTES,
    NUMBERS,
    OPENING,
    PARAGRAPHS,
    PICTURES,
    TABLES,
    THROUGH,
    TOELICHTING,
    outermost,
    plain,
    source_id,
    strong,
    table_of,
    where,
    words,
)

MAX_WARNINGS = 200
_TABLE_PARTS = frozenset({"tgroup", "tbody", "thead", "tfoot", "tr", "row"})


class Reader:
    """Reads the parts of one document; warnings say what it could not place."""

    def __init__(self, root: etree._Element) -> None:
        self.warnings: list[str] = []
        self.articles: list[tuple[str, str]] = []
        self._unknown: set[str] = set()
        self._aside: list[tuple[str, etree._Element]] = []
        self._told = 0
        # A text without one tagged article is searched for headings of articles.
        self.flat = not any(name(element) in ARTIKEL for element in root.iter())

    def warn(self, element: etree._Element, told: str) -> None:
        self._told += 1
        if self._told <= MAX_WARNINGS:
            self.warnings.append(f"{where(element)}: {told}")

    # Whole documents

    def body(self, element: etree._Element, skip: Iterable[str] = ()) -> list[Node]:
        """The parts of a document in order; text between them as loose text."""
        later: list[tuple[int, etree._Element]] = []
        nodes = self._parts(element, frozenset(skip), later)
        # A toelichting may precede the articles that it explains.
        for at, explained in reversed(later):
            nodes[at:at] = self._explained(explained)
        # One that stands in its article follows the text, as the others do.
        for number, explained in self._aside:
            title = " ".join(filter(None, self._kop(explained, "")))
            text, children = assemble(self.blocks(explained), Soort.TOELICHTING)
            nodes.append(
                Node(
                    Soort.TOELICHTING,
                    title=title,
                    text=text,
                    children=children,
                    about=number,
                )
            )
        if self._told > MAX_WARNINGS:
            self.warnings.append(f"En nog {self._told - MAX_WARNINGS} opmerkingen.")
        if not self.articles:
            self.warnings.append(
                "Er zijn geen artikelen gevonden; de tekst is als geheel bewaard."
            )
        return nodes

    def _parts(
        self,
        element: etree._Element,
        skip: frozenset[str],
        later: list[tuple[int, etree._Element]],
    ) -> list[Node]:
        nodes: list[Node] = []
        loose: list[Block] = []

        def settle() -> None:
            if loose:
                text, children = assemble(loose, Soort.TEKST)
                nodes.append(Node(Soort.TEKST, text=text, children=children))
                loose.clear()

        if (element.text or "").strip():
            loose.append(Text(plain(element.text)))
        for child in element:
            local = name(child)
            if local and local not in METADATA and local not in skip:
                if local in TOELICHTING:
                    settle()
                    later.append((len(nodes), child))
                elif local in OPENING or local in CLOSING:
                    settle()
                    nodes += self._edge(child, local)
                elif local == "bijlage":
                    settle()
                    nodes.append(self._bijlage(child))
                elif local in THROUGH:
                    settle()
                    deeper: list[tuple[int, etree._Element]] = []
                    found = self._parts(child, frozenset(), deeper)
                    later += [(len(nodes) + at, e) for at, e in deeper]
                    nodes += found
                elif local in FREE:
                    settle()
                    nodes += self._free(child)
                else:
                    for block in self._blocks_of(child, quoted=False):
                        if isinstance(block, Ready):
                            settle()
                            nodes.append(block.node)
                        else:
                            loose.append(block)
            if (child.tail or "").strip():
                loose.append(Text(plain(child.tail)))
        settle()
        return nodes

    def _edge(self, element: etree._Element, local: str) -> list[Node]:
        """The aanhef or the closing, with the articles that were put in an aanhef."""
        soort = Soort.AANHEF if local in OPENING else Soort.SLUITING
        blocks = self.blocks(element)
        nodes: list[Node] = []
        if self.flat and soort is Soort.AANHEF:
            blocks, nodes = self._found(element, blocks)
        return self._loose(element, soort, blocks) + nodes

    def _free(self, element: etree._Element) -> list[Node]:
        blocks = self.blocks(element)
        nodes: list[Node] = []
        if self.flat:
            blocks, nodes = self._found(element, blocks)
        return self._loose(element, Soort.TEKST, blocks) + nodes

    def _loose(
        self, element: etree._Element, soort: Soort, blocks: list[Block]
    ) -> list[Node]:
        """A part without a number of its own, as a node when there is anything in it."""
        label, number, title = self._kop(element, "")
        text, children = assemble(blocks, soort)
        if not any((label, number, title, text, children)):
            return []
        own = source_id(element)
        return [Node(soort, label, number, title, text, children, source_id=own)]

    def _found(
        self, element: etree._Element, blocks: list[Block]
    ) -> tuple[list[Block], list[Node]]:
        before, nodes = toelichting.articles_in(blocks)
        count = sum(node.soort is Soort.ARTIKEL for node in nodes)
        if count:
            self.warn(
                element,
                f"{count} artikelen herkend aan de tekst, want het bestand wijst ze "
                "niet aan. Controleer de indeling.",
            )
        for node in nodes:
            if node.soort is Soort.ARTIKEL:
                self._keep(node.number, node.title)
        return before, nodes

    def _bijlage(self, element: etree._Element) -> Node:
        label, number, title = self._kop(element, "bijlage")
        text, children = assemble(self.blocks(element, quoted=False), Soort.BIJLAGE)
        return Node(
            Soort.BIJLAGE, label, number, title, text, children,
            source_id=source_id(element),
        )  # fmt: skip

    def _explained(self, element: etree._Element) -> list[Node]:
        title = " ".join(filter(None, self._kop(element, "")))
        told: list[str] = []
        nodes = toelichting.read(self._flattened(element), title, self.articles, told)
        self.warnings += told
        return nodes

    def _flattened(self, element: etree._Element) -> list[Block]:
        """A toelichting as one row, its headings as bold paragraphs."""
        rows: list[Block] = []
        for child in element:
            local = name(child)
            deeper = DIVISIONS | ARTIKEL | THROUGH | FREE | TOELICHTING | GROUPS.keys()
            if not local or local in METADATA or local == "kop":
                pass
            elif local in deeper:
                line = " ".join(filter(None, self._kop(child, local)))
                if line:
                    rows.append(Text(line, line))
                if (child.text or "").strip():
                    rows.append(Text(plain(child.text)))
                rows += self._flattened(child)
            else:
                rows += self._blocks_of(child, quoted=True)
            if (child.tail or "").strip():
                rows.append(Text(plain(child.tail)))
        return rows

    # Parts

    def _group(self, element: etree._Element, soort: Soort) -> Node:
        label, number, title = self._kop(element, name(element))
        text, children = assemble(self.blocks(element, quoted=False), soort)
        whole = " ".join([text, *(child.text for child in children)])
        gone = element.get("status") == "vervallen" or lapsed(title)
        gone = gone or (all(c.soort is Soort.TEKST for c in children) and lapsed(whole))
        return Node(
            soort, label, number, title, text, children,
            status=Status.VERVALLEN if gone else Status.GELDEND,
            source_id=source_id(element),
        )  # fmt: skip

    def _artikel(self, element: etree._Element) -> Node:
        label, number, title = self._kop(element, "artikel")
        if name(element) == "enig-artikel" and not label:
            label = "Enig artikel"
        self._keep(number, title)
        blocks = self.blocks(element, quoted=True)
        text, children = assemble(blocks, Soort.ARTIKEL, title=title)
        gone = element.get("status") == "vervallen" or lapsed(title)
        gone = gone or (not children and lapsed(text))
        if not (text or children or gone):
            self.warn(element, "dit artikel heeft geen tekst.")
        elif not number and name(element) != "enig-artikel":
            self.warn(element, "dit artikel heeft geen nummer.")
        return Node(
            Soort.ARTIKEL, label, number, title, text, children,
            status=Status.VERVALLEN if gone else Status.GELDEND,
            source_id=source_id(element),
        )  # fmt: skip

    def _keep(self, number: str, title: str) -> None:
        self.articles.append((number, title))

    def _kop(self, element: etree._Element, of: str) -> tuple[str, str, str]:
        found = find(element, "kop")
        if found is None:
            return "", "", ""
        label = nr = ""
        titles: list[str] = []
        for child in found:
            local = name(child)
            if local == "label":
                label = f"{label} {words(child, NOTES)}".strip()
            elif local == "nr":
                nr = f"{nr} {words(child, NOTES)}".strip()
            elif local and local not in METADATA:
                titles.append(words(child))
            titles.append(plain(child.tail))
        titles.insert(0, plain(found.text))
        return kop(label, nr, " ".join(filter(None, titles)), of=of)

    # Blocks

    def blocks(
        self, element: etree._Element, *, quoted: bool = True, head: str = "kop"
    ) -> list[Block]:
        """What is in an element, without its number and head. quoted: an article in it is
        cited, not one of this text."""
        rows: list[Block] = []
        if (element.text or "").strip():
            rows.append(Text(plain(element.text)))
        for child in element:
            local = name(child)
            if (
                local
                and local not in METADATA
                and local not in NUMBERS
                and local != head
            ):
                rows += self._blocks_of(child, quoted=quoted)
            if (child.tail or "").strip():
                rows.append(Text(plain(child.tail)))
        return rows

    def _blocks_of(self, element: etree._Element, *, quoted: bool) -> list[Block]:
        local = name(element)
        if local in PARAGRAPHS:
            return self._paragraph(element, quoted)
        if local in LISTS:
            return self._list(element, quoted)
        if local in LID and not self._is_quoted(element):
            return [self._lid(element)]
        if local in ITEMS:
            return [self._item(element, quoted)]
        if local in TABLES:
            return [Ready(self._table(element))]
        if quoted and (
            local in ARTIKEL or local in GROUPS or local in LID or local in DIVISIONS
        ):
            printed = "\n".join(self._printed(element))
            return [Ready(Node(Soort.TEKST, text=printed))] if printed else []
        if local in ARTIKEL:
            return [Ready(self._artikel(element))]
        if (local in GROUPS and local != "titel") or (
            find(element, "kop") is not None and local == "titel"
        ):
            return [Ready(self._group(element, GROUPS[local]))]
        if local in DIVISIONS:
            label, number, title = self._kop(element, "")
            text, children = assemble(self.blocks(element, quoted=quoted), Soort.TEKST)
            return [Ready(Node(Soort.TEKST, label, number, title, text, children))]
        if local in FREE and not quoted:
            return [Ready(node) for node in self._free(element)]
        if local in PICTURES:
            told = element.get("naam") or element.get("src") or "zonder naam"
            self.warn(element, f"de afbeelding ‘{told}’ is niet overgenomen.")
            return []
        if local in NOTES:
            return self._note(element)
        if local in TOELICHTING and (number := self._of_artikel(element)):
            self._aside.append((number, element))
            return []
        if (
            local in THROUGH
            or local in FREE
            or local == "bijlage"
            or local in TOELICHTING
        ):
            line = " ".join(filter(None, self._kop(element, "")))
            head: list[Block] = [Text(line, line)] if line else []
            return head + self.blocks(element, quoted=quoted)
        return self._other(element, quoted)

    def _other(self, element: etree._Element, quoted: bool) -> list[Block]:
        """An element without a rule of its own: its words, or what is in it."""
        mixed = (element.text or "").strip() or any(
            (child.tail or "").strip() for child in element
        )
        deeper = any(
            name(e) in PARAGRAPHS | LISTS | ARTIKEL | TABLES
            for e in element.iterdescendants()
        )
        if deeper and not mixed:
            known = name(element) in CONTAINERS
            if not known and name(element) not in self._unknown:
                self._unknown.add(name(element))
                self.warn(
                    element,
                    f"het onderdeel ‘{name(element)}’ is onbekend; de tekst is overgenomen.",
                )
            line = " ".join(filter(None, self._kop(element, "")))
            head: list[Block] = [Text(line, line)] if line else []
            return head + self.blocks(element, quoted=quoted)
        if (
            not mixed
            and len(element)
            and name(element) not in ("naam", "dagtekening", "gegeven")
        ):
            rows: list[Block] = []
            for child in element:
                if name(child) and name(child) not in METADATA:
                    rows += self._blocks_of(child, quoted=quoted)
            return rows
        line = words(element)
        return [Text(line)] if line else []

    def _paragraph(self, element: etree._Element, quoted: bool) -> list[Block]:
        inside = outermost(element, LISTS | TABLES | NOTES | PICTURES)
        line = words(element, LISTS | TABLES | NOTES)
        rows: list[Block] = [Text(line, strong(element))] if line else []
        for child in inside:
            rows += self._blocks_of(child, quoted=quoted)
        return rows

    def _lid(self, element: etree._Element) -> Item:
        """A tagged lid. One of an amendment may have its number in a heading."""
        number = find(element, "lidnr")
        label, nr, title = self._kop(element, "")
        printed = words(number) if number is not None else nr
        head = " ".join(
            filter(None, (label, title) if printed == nr else (label, nr, title))
        )
        rows = self.blocks(element, quoted=True)
        if head:
            rows.insert(0, Text(head))
        printed = _number(printed, rows)
        return Item(printed, rows, lid=True, source_id=source_id(element))

    def _note(self, element: etree._Element) -> list[Block]:
        inner = LISTS | TABLES
        line = words(element, inner)
        rows: list[Block] = [Text(line)] if line else []
        for child in outermost(element, inner):
            rows += self._blocks_of(child, quoted=True)
        return rows

    def _list(self, element: etree._Element, quoted: bool) -> list[Block]:
        rows: list[Block] = []
        for child in element:
            local = name(child)
            if local in ITEMS:
                rows.append(self._item(child, quoted))
            elif local and local not in METADATA:
                rows += self._blocks_of(child, quoted=quoted)
        return rows

    def _item(self, element: etree._Element, quoted: bool) -> Item:
        number = find(element, "li.nr")
        printed = words(number) if number is not None else element.get("nr", "")
        term = find(element, "term")
        rows = self.blocks(element, quoted=quoted, head="term")
        if name(element) == "specificatie-item":
            joined = " ".join(row.text for row in rows if isinstance(row, Text))
            rows = [Text(joined), *(row for row in rows if not isinstance(row, Text))]
        return Item(
            _number(printed, rows),
            rows,
            term=words(term).rstrip(": ") if term is not None else "",
            source_id=source_id(element),
        )

    def _table(self, element: etree._Element) -> Node:
        """A CALS table, or one of HTML; a cell over several places fills the first."""
        rows: list[tuple[str, ...]] = []
        columns: dict[str, int] = {}
        # How many rows below a column is taken by a cell from above.
        taken: dict[int, int] = {}
        for part in element.iter():
            local = name(part)
            if local == "colspec":
                columns.setdefault(part.get("colname", ""), len(columns))
            elif local in ("row", "tr") and table_of(part) is element:
                rows.append(self._row(part, columns, taken))
        title = ""
        loose: list[str] = []
        for child in element:
            local = name(child)
            if local in ("title", "titel", "caption"):
                title = words(child)
            elif local and local not in _TABLE_PARTS:
                loose += self._printed(child)
        width = max((len(row) for row in rows), default=0)
        filled = tuple(row + ("",) * (width - len(row)) for row in rows)
        return Node(Soort.TABEL, title=title, text="\n".join(loose), rows=filled)

    def _row(
        self, row: etree._Element, columns: dict[str, int], taken: dict[int, int]
    ) -> tuple[str, ...]:
        cells: list[str] = []

        def pass_over(until: int) -> None:
            while len(cells) < until:
                taken[len(cells)] = max(taken.get(len(cells), 0) - 1, 0)
                cells.append("")

        for cell in row:
            if name(cell) not in ("entry", "td", "th"):
                continue
            at = columns.get(cell.get("colname") or cell.get("namest") or "")
            if at is not None:
                pass_over(at)
            while taken.get(len(cells), 0):
                pass_over(len(cells) + 1)
            first = len(cells)
            cells.append("\n".join(self._printed(cell)))
            last = columns.get(cell.get("nameend", ""), first)
            last = max(last, first + _count(cell.get("colspan"), 1) - 1)
            cells += [""] * (last - first)
            below = max(
                _count(cell.get("morerows"), 0), _count(cell.get("rowspan"), 1) - 1
            )
            for column in range(first, last + 1):
                taken[column] = below
        return tuple(cells)

    def _of_artikel(self, element: etree._Element) -> str:
        """The number of the article that an element stands in; empty outside any."""
        for up in element.iterancestors():
            if name(up) in ARTIKEL:
                return self._kop(up, "artikel")[1]
        return ""

    def _is_quoted(self, element: etree._Element) -> bool:
        """Whether a lid stands in another lid or in a list: text that is cited."""
        for up in element.iterancestors():
            local = name(up)
            if local in LID or local in ITEMS:
                return True
            if local in ARTIKEL:
                return False
        return False

    def _printed(self, element: etree._Element) -> list[str]:
        """The lines of an element as they are printed, numbers before their text."""
        lines: list[str] = []
        self._print(element, lines)
        return lines

    def _print(self, element: etree._Element, lines: list[str]) -> None:
        local = name(element)
        if not local or local in METADATA:
            return
        if local == "kop":
            lines += filter(None, [words(element)])
            return
        if local in PICTURES:
            self._blocks_of(element, quoted=True)
            return
        inner = LISTS | TABLES | NOTES
        if local in NOTES:
            lines += filter(None, [words(element)])
            return
        if local in PARAGRAPHS:
            lines += filter(None, [words(element, inner)])
            for child in outermost(element, inner | PICTURES):
                self._print(child, lines)
            return
        first = len(lines)
        if (element.text or "").strip():
            lines.append(plain(element.text))
        number = element.get("nr", "") if local == "li" else ""
        inline = True
        for child in element:
            if name(child) in NUMBERS:
                number = words(child)
            elif name(child) in INLINE and inline and len(lines) > first:
                lines[-1] = " ".join(filter(None, (lines[-1], words(child))))
            else:
                inline = name(child) in INLINE
                self._print(child, lines)
            if (child.tail or "").strip():
                lines.append(plain(child.tail))
        if number:
            if len(lines) > first:
                lines[first] = f"{clean(number)} {lines[first]}"
            else:
                lines.append(clean(number))


def _number(printed: str, rows: list[Block]) -> str:
    """The number of a part; when it has none the one typed in its first paragraph."""
    first = rows[0] if rows else None
    if not printed.strip() and isinstance(first, Text) and (found := typed(first.text)):
        rows[0] = Text(found[1])
        return found[0]
    return printed


def _count(printed: str | None, otherwise: int) -> int:
    """A number of rows or columns, never more than a table of law has."""
    return min(int(printed), 100) if printed and printed.isdecimal() else otherwise
