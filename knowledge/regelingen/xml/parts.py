"""From the elements that every form shares to the blocks of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from knowledge.regelingen import toelichting
from knowledge.regelingen.blocks import Block, Item, Ready, Text, assemble, lapsed
from knowledge.regelingen.imports import count_chars
from knowledge.regelingen.numbering import clean, kop
from knowledge.regelingen.tree import Node, Soort, Status

from .reading import find, name

MAX_WARNINGS = 200
# Never part of the text, also where it stands inside an article.
METADATA = frozenset(
    {
        "meta-data", "brondata", "jcis", "jci", "meta", "metadata", "owms-metadata",
        "bwb-inputbestand", "bwb-wijzigingen", "redactionele-correcties", "colspec",
    }
)  # fmt: skip
GROUPS = {
    "boek": Soort.BOEK,
    "deel": Soort.DEEL,
    "hoofdstuk": Soort.HOOFDSTUK,
    "titeldeel": Soort.TITELDEEL,
    "titel": Soort.TITELDEEL,
    "afdeling": Soort.AFDELING,
    "paragraaf": Soort.PARAGRAAF,
    "subparagraaf": Soort.SUBPARAGRAAF,
    "sub-paragraaf": Soort.SUBPARAGRAAF,
}
ARTIKEL = frozenset({"artikel", "enig-artikel", "wijzig-artikel"})
LID = frozenset({"lid", "wijzig-lid"})
LISTS = frozenset({"lijst", "specificatielijst", "definitielijst", "begrippenlijst"})
ITEMS = frozenset({"li", "specificatie-item", "definitie-item", "begrip"})
NUMBERS = frozenset({"lidnr", "li.nr"})
TABLES = frozenset({"table", "tabel"})
PARAGRAPHS = frozenset(
    {"al", "tussenkop", "wat", "considerans.al", "bijschrift", "wij", "wie", "specificatie", "waarde"}
)  # fmt: skip
PICTURES = frozenset({"illustratie", "img"})
NOTES = frozenset({"noot"})
OPENING = frozenset({"aanhef", "preambule"})
CLOSING = frozenset(
    {"regeling-sluiting", "wetsluiting", "sluiting", "circulaire-sluiting"}
)
TOELICHTING = frozenset({"nota-toelichting", "toelichting", "memorie-toelichting"})
DIVISIONS = frozenset(
    {"divisie", "circulaire.divisie", "tekst-sectie", "wijzig-divisie"}
)
# Plain text that may hold the whole regulation when nobody tagged its articles.
FREE = frozenset(
    {"structuurtekst", "tekst", "zakelijke-mededeling-tekst", "vrije-tekst", "inleidende-tekst"}
)  # fmt: skip
# Hold other parts and are no part themselves.
THROUGH = frozenset(
    {
        "regeling", "regeling-tekst", "wet-besluit", "wettekst", "besluit", "body",
        "circulaire", "circulaire-tekst", "artikeltekst", "al-groep", "definitie",
        "wijziging", "nieuwe-tekst", "zakelijke-mededeling", "bijlagen", "lijst.tekst",
        "container", "verdrag", "verdragtekst", "algemeen", "artikelsgewijs",
    }
)  # fmt: skip
_EMPHASIS = frozenset({"vet", "cursief", "onderstreept", "nadruk", "romein"})
# Words that stand apart although the file has no space between their elements.
_APART = frozenset(
    {
        "br", "voornaam", "achternaam", "naam", "functie", "organisatie", "plaats",
        "datum", "al", "titel", "subtitel", "nr", "label", "term", "entry", "row",
    }
)  # fmt: skip


def words(element: etree._Element, skip: frozenset[str] = frozenset()) -> str:
    """All text in an element on one line, without metadata and what is skipped."""
    found: list[str] = []

    def add(node: etree._Element) -> None:
        if node.text:
            found.append(node.text)
        for child in node:
            local = name(child)
            if local and local not in METADATA and local not in skip:
                apart = local in _APART
                if apart:
                    found.append(" ")
                add(child)
                if apart:
                    found.append(" ")
            if child.tail:
                found.append(child.tail)

    add(element)
    return re.sub(r" ([,;])(?= |$)", r"\1", " ".join("".join(found).split()))


def chars_in(element: etree._Element) -> int:
    """The characters of the text in an element, measured apart from reading it.

    Without white space and metadata. The closing sign of a number is form, not text.
    """
    total = 0

    def add(node: etree._Element) -> None:
        nonlocal total
        local = name(node)
        if local in NUMBERS:
            total += count_chars(clean(words(node)))
            return
        if local == "li" and node.get("nr") and find(node, "li.nr") is None:
            total += count_chars(clean(node.get("nr", "")))
        total += count_chars(node.text or "")
        for child in node:
            if name(child) and name(child) not in METADATA:
                add(child)
            total += count_chars(child.tail or "")

    add(element)
    return total


class Reader:
    """Reads the parts of one document; warnings say what it could not place."""

    def __init__(self, root: etree._Element) -> None:
        self.warnings: list[str] = []
        self.articles: list[tuple[str, str]] = []
        self._unknown: set[str] = set()
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
            loose.append(Text(" ".join((element.text or "").split())))
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
                loose.append(Text(" ".join((child.tail or "").split())))
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
        if nodes:
            self.warn(
                element,
                f"{len(nodes)} artikelen herkend aan de tekst, want het bestand wijst ze "
                "niet aan. Controleer de indeling.",
            )
        for node in nodes:
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
                    rows.append(Text(" ".join((child.text or "").split())))
                rows += self._flattened(child)
            else:
                rows += self._blocks_of(child, quoted=True)
            if (child.tail or "").strip():
                rows.append(Text(" ".join((child.tail or "").split())))
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
            titles.append(" ".join((child.tail or "").split()))
        titles.insert(0, " ".join((found.text or "").split()))
        return kop(label, nr, " ".join(filter(None, titles)), of=of)

    # Blocks

    def blocks(self, element: etree._Element, *, quoted: bool = True) -> list[Block]:
        """What is in an element. quoted: an article in it is cited, not one of this text."""
        rows: list[Block] = []
        if (element.text or "").strip():
            rows.append(Text(" ".join((element.text or "").split())))
        for child in element:
            local = name(child)
            if (
                local
                and local not in METADATA
                and local not in NUMBERS
                and local != "kop"
            ):
                rows += self._blocks_of(child, quoted=quoted)
            if (child.tail or "").strip():
                rows.append(Text(" ".join((child.tail or "").split())))
        return rows

    def _blocks_of(self, element: etree._Element, *, quoted: bool) -> list[Block]:
        local = name(element)
        if local in PARAGRAPHS:
            return self._paragraph(element, quoted)
        if local in LISTS:
            return self._list(element, quoted)
        if local in LID and not self._is_quoted(element):
            number = find(element, "lidnr")
            if number is None and local == "wijzig-lid":
                number = find(element, "kop", "nr")
            return [
                Item(
                    words(number) if number is not None else "",
                    self.blocks(element, quoted=True),
                    lid=True,
                    source_id=source_id(element),
                )
            ]
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
            known = name(element) in _CONTAINERS
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
        inside = _outermost(element, LISTS | TABLES | NOTES | PICTURES)
        line = words(element, LISTS | TABLES | NOTES)
        rows: list[Block] = [Text(line, _strong(element))] if line else []
        for child in inside:
            rows += self._blocks_of(child, quoted=quoted)
        return rows

    def _note(self, element: etree._Element) -> list[Block]:
        line = words(element)
        return [Text(line)] if line else []

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
        rows: list[Block] = []
        if (element.text or "").strip():
            rows.append(Text(" ".join((element.text or "").split())))
        for child in element:
            local = name(child)
            if (
                local
                and local not in METADATA
                and local not in NUMBERS
                and local != "term"
            ):
                rows += self._blocks_of(child, quoted=quoted)
            if (child.tail or "").strip():
                rows.append(Text(" ".join((child.tail or "").split())))
        if name(element) == "specificatie-item":
            joined = " ".join(row.text for row in rows if isinstance(row, Text))
            rows = [Text(joined), *(row for row in rows if not isinstance(row, Text))]
        return Item(
            printed,
            rows,
            term=words(term).rstrip(": ") if term is not None else "",
            source_id=source_id(element),
        )

    def _table(self, element: etree._Element) -> Node:
        """A CALS table, or one of HTML; a cell over several columns fills the first."""
        rows: list[tuple[str, ...]] = []
        loose: list[str] = []
        columns: dict[str, int] = {}
        for part in element.iter():
            local = name(part)
            if local == "colspec":
                columns.setdefault(part.get("colname", ""), len(columns))
            elif local in ("row", "tr") and _table_of(part) is element:
                cells: list[str] = []
                for cell in part:
                    if name(cell) not in ("entry", "td", "th"):
                        continue
                    at = columns.get(cell.get("colname") or cell.get("namest") or "")
                    while at is not None and len(cells) < at:
                        cells.append("")
                    cells.append("\n".join(self._printed(cell)))
                rows.append(tuple(cells))
        title = ""
        for child in element:
            local = name(child)
            if local in ("title", "titel", "caption"):
                title = words(child)
            elif local and local not in (
                "tgroup",
                "tbody",
                "thead",
                "tfoot",
                "tr",
                "row",
            ):
                loose += self._printed(child)
        width = max((len(row) for row in rows), default=0)
        filled = tuple(row + ("",) * (width - len(row)) for row in rows)
        return Node(Soort.TABEL, title=title, text="\n".join(loose), rows=filled)

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
            for child in _outermost(element, inner | PICTURES):
                self._print(child, lines)
            return
        first = len(lines)
        if (element.text or "").strip():
            lines.append(" ".join((element.text or "").split()))
        number = element.get("nr", "") if local == "li" else ""
        inline = True
        for child in element:
            if name(child) in NUMBERS:
                number = words(child)
            elif name(child) in _INLINE and inline and len(lines) > first:
                lines[-1] = " ".join(filter(None, (lines[-1], words(child))))
            else:
                inline = name(child) in _INLINE
                self._print(child, lines)
            if (child.tail or "").strip():
                lines.append(" ".join((child.tail or "").split()))
        if number:
            if len(lines) > first:
                lines[first] = f"{clean(number)} {lines[first]}"
            else:
                lines.append(clean(number))


_INLINE = _EMPHASIS | {"extref", "intref", "sup", "inf", "redactie", "i", "b", "u"}
_CONTAINERS = frozenset(
    {
        "considerans", "afkondiging", "slotformulering", "ondertekening", "gegeven",
        "ondertekenaar", "plaatje", "aanhef", "preambule", "uitgifte", "box", "citaat",
        "lijstgroep", "context", "lid", "nawerk", "voorwerk", "officiele-inhoudsopgave",
    }
)  # fmt: skip


def _strong(element: etree._Element) -> str:
    """The words in bold, italic or underlined that a paragraph begins with.

    Several in a row are one: files cut a heading in pieces.
    """
    if (element.text or "").strip():
        return ""
    found: list[str] = []
    for child in element:
        if name(child) not in _EMPHASIS:
            break
        found.append(words(child))
        if (child.tail or "").strip():
            break
    return " ".join(filter(None, found))


def _table_of(element: etree._Element) -> etree._Element | None:
    return next((up for up in element.iterancestors() if name(up) in TABLES), None)


def _outermost(element: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    """The parts with these names in an element, not those within one of them."""
    found: list[etree._Element] = []
    for child in element:
        local = name(child)
        if local in wanted:
            found.append(child)
        elif local and local not in METADATA:
            found += _outermost(child, wanted)
    return found


def source_id(element: etree._Element) -> str:
    """What the file calls a part."""
    for attribute in ("bwb-ng-variabel-deel", "eId", "id"):
        value = element.get(attribute)
        if value:
            return value
    return ""


def where(element: etree._Element) -> str:
    """The place of an element for a reader: the nearest named parts and the line."""
    found: list[str] = []
    for up in [element, *element.iterancestors()]:
        local = name(up)
        if local in ARTIKEL or local in GROUPS or local in ("bijlage", "aanhef"):
            head = find(up, "kop")
            nr = find(head, "nr") if head is not None else None
            number = clean(words(nr)) if nr is not None and words(nr) else ""
            if (
                not number
                and local in ARTIKEL
                and (up_parent := up.getparent()) is not None
            ):
                number = (
                    f"nr. {[e for e in up_parent if name(e) == local].index(up) + 1}"
                )
            found.append(f"{local.replace('-', ' ')} {number}".strip())
    place = ", ".join(reversed(found)) or f"onderdeel ‘{name(element)}’"
    return (
        f"{re.sub(r'^.', lambda m: m[0].upper(), place)} (regel {element.sourceline})"
    )
