"""Announcements in the Gemeenteblad, Staatsblad and their like, as they were given."""

from __future__ import annotations

import re

from lxml import etree

from core.maanden import MAANDEN
from knowledge.regelingen.dagen import gewoon
from knowledge.regelingen.imports import Import, chars_of, count_chars, refused
from knowledge.regelingen.kinds import kind_of
from knowledge.regelingen.tree import Node, Regeling, Soort, text_of

from .parts import Reader
from .reading import PAPERS, find, form_of, name
from .words import METADATA, chars_in, words

# A text about itself: 'Deze verordening treedt in werking op 1 januari 2027'.
_BEGINS = re.compile(
    r"\b(?:deze|dit) (?:[\w-]*(?:verordening|besluit|regeling|regels?|wet))\b(?: [\w-]+){0,8}?"
    r" tree?d(?:t|en) (?:[\w ]{0,40} )?in werking (?:op|met ingang van) "
    rf"(\d{{1,2}}) ({'|'.join(MAANDEN)}) (\d{{4}})",
    re.I,
)


def read(root: etree._Element) -> Import:
    form = form_of(root)
    paper = next((child for child in root if name(child) in PAPERS), None)
    if paper is None:
        return refused(
            form,
            "In deze officiële publicatie staat geen blad, zoals een Gemeenteblad.",
        )
    head, masthead = find(paper, "kop"), find(root, "kop")
    printed = find(paper, "intitule")
    if printed is None and head is not None:
        printed = head
    title = words(printed) if printed is not None else ""
    own = {name(printed)} if printed is not None else set()
    reader = Reader(paper)
    children = reader.body(paper, skip=own)
    kept = count_chars(title) + chars_of(children)
    if printed is not head and head is not None:
        line = words(head)
        children.insert(0, Node(Soort.TEKST, text=line))
        kept += count_chars(line)
    paper_line = words(masthead) if masthead is not None else ""
    if paper_line:
        children.insert(0, Node(Soort.TEKST, text=paper_line))
        kept += count_chars(paper_line)
    authority = re.search(
        r"uitgave van (?:de |het )?(?:gemeente |provincie )?(?P<who>.+)$",
        paper_line,
        re.I,
    )
    identifier = _identifier(root)
    start = _start(children) if reader.articles else ""
    regeling = Regeling(
        title=title or paper_line,
        children=tuple(children),
        id=identifier,
        kind=kind_of(title) if reader.articles else "bekendmaking",
        authority=authority["who"].strip() if authority and form == "gmb" else "",
        valid_from=start,
        source=f"https://zoek.officielebekendmakingen.nl/{identifier}.html"
        if identifier
        else "",
    )
    if start:
        reader.warnings.append(
            f"Geldig van {gewoon(start)}: dat staat in de tekst. Kijk het na."
        )
    elif reader.articles:
        reader.warnings.append(
            "Wij vonden geen dag van inwerkingtreding. Lees in de tekst vanaf wanneer zij geldt."
        )
    total = sum(
        chars_in(child) for child in root if name(child) and name(child) not in METADATA
    )
    return Import(
        form=form,
        regeling=regeling,
        warnings=tuple(reader.warnings),
        chars_in=total,
        chars_kept=kept,
    )


def _start(nodes: list[Node]) -> str:
    """The day on which the text says that it begins to hold; '' when it names none, or
    more than one for its parts."""
    found = {
        f"{year}-{MAANDEN.index(month.lower()) + 1:02}-{int(day):02}"
        for node in nodes
        if node.soort is not Soort.TOELICHTING
        for day, month, year in _BEGINS.findall(" ".join(text_of(node).split()))
    }
    if len(found) != 1:
        return ""
    only = found.pop()
    return only if gewoon(only) != only else ""  # '31 februari' is no day


def _identifier(root: etree._Element) -> str:
    meta = find(root, "metadata")
    for element in meta if meta is not None else ():
        found = re.search(
            r"/((?:gmb|stb|stcrt|prb|wsb|bgr|trb)-\d{4}-\d+)\b",
            element.get("content", ""),
        )
        if found:
            return found[1]
    return ""
