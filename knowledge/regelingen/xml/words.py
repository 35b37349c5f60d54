"""The names of the elements that every form shares, and the words in an element."""

from __future__ import annotations

import re

from lxml import etree

from knowledge.regelingen.imports import count_chars
from knowledge.regelingen.numbering import clean
from knowledge.regelingen.tree import Soort

from .reading import find, name

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
EMPHASIS = frozenset({"vet", "cursief", "onderstreept", "nadruk", "romein"})
# Words that stand apart although the file has no space between their elements.
_APART = frozenset(
    {
        "br", "voornaam", "achternaam", "naam", "functie", "organisatie", "plaats",
        "datum", "al", "titel", "subtitel", "nr", "label", "term", "entry", "row",
    }
)  # fmt: skip


INLINE = EMPHASIS | {"extref", "intref", "sup", "inf", "redactie", "i", "b", "u"}
CONTAINERS = frozenset(
    {
        "considerans", "afkondiging", "slotformulering", "ondertekening", "gegeven",
        "ondertekenaar", "plaatje", "aanhef", "preambule", "uitgifte", "box", "citaat",
        "lijstgroep", "context", "lid", "nawerk", "voorwerk", "officiele-inhoudsopgave",
    }
)  # fmt: skip


def plain(text: str | None) -> str:
    """Text on one line."""
    return " ".join((text or "").split())


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


def strong(element: etree._Element) -> str:
    """The words in bold, italic or underlined that a paragraph begins with.

    Several in a row are one: files cut a heading in pieces.
    """
    if (element.text or "").strip():
        return ""
    found: list[str] = []
    for child in element:
        if name(child) not in EMPHASIS:
            break
        found.append(words(child))
        if (child.tail or "").strip():
            break
    return " ".join(filter(None, found))


def table_of(element: etree._Element) -> etree._Element | None:
    return next((up for up in element.iterancestors() if name(up) in TABLES), None)


def outermost(element: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    """The parts with these names in an element, not those within one of them."""
    found: list[etree._Element] = []
    for child in element:
        local = name(child)
        if local in wanted:
            found.append(child)
        elif local and local not in METADATA:
            found += outermost(child, wanted)
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
