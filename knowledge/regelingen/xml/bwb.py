"""National law as the Basiswettenbestand serves it, and the list of its versions."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from lxml import etree

from knowledge.regelingen.imports import Import, chars_of, count_chars, refused
from knowledge.regelingen.tree import Regeling

from .identifiers import iso_date
from .parts import Reader
from .reading import find, form_of, name, parse
from .words import chars_in, words


@dataclass(frozen=True, slots=True)
class Expression:
    """A dated version. valid_until: the first day on which it no longer holds."""

    label: str
    valid_from: str
    valid_until: str
    path: str


@dataclass(frozen=True, slots=True)
class Manifest:
    id: str
    expressions: tuple[Expression, ...]
    latest: str


def read(root: etree._Element) -> Import:
    law = find(root, "wetgeving")
    if law is None:
        return refused(
            "bwb", "Deze toestand heeft geen ‘wetgeving’: er staat geen tekst in."
        )
    printed, cited = find(law, "intitule"), find(law, "citeertitel")
    title = words(printed) if printed is not None else ""
    citeertitel = words(cited) if cited is not None else ""
    identifier = root.get("bwb-id", "")
    if not re.fullmatch(r"BWB[RVW]\d{7}", identifier):
        identifier = ""
    begins = iso_date(root.get("inwerkingtreding", ""))
    sequence = re.search(r"/(\d+)$", root.get("bwb-ng-vast-deel", ""))
    version = f"{begins}_{sequence[1] if sequence else 0}" if begins else ""
    reader = Reader(law)
    children = tuple(reader.body(law, skip=("intitule", "citeertitel")))
    regeling = Regeling(
        title=title or citeertitel,
        children=children,
        id=identifier,
        version=version,
        kind=law.get("soort", ""),
        citeertitel=citeertitel,
        valid_from=begins,
        valid_until=iso_date(root.get("einddatum", "")),
        source=f"https://wetten.overheid.nl/{identifier}/{begins}"
        if identifier
        else "",
    )
    return Import(
        form="bwb",
        regeling=regeling,
        warnings=tuple(reader.warnings),
        chars_in=chars_in(law),
        chars_kept=count_chars(title + citeertitel) + chars_of(children),
    )


def read_manifest(data: bytes) -> Manifest:
    """The versions of a law, oldest first. Raises Unreadable, or ValueError for another form."""
    root = parse(data)
    if form_of(root) != "manifest":
        raise ValueError("not a manifest")
    return manifest_of(root)


def manifest_of(root: etree._Element) -> Manifest:
    work = root.get("label", "")
    found = []
    for expression in root:
        if name(expression) != "expression":
            continue
        label = expression.get("label", "")
        meta = find(expression, "metadata")

        def dated(local: str, meta: etree._Element | None = meta) -> str:
            element = find(meta, local) if meta is not None else None
            return iso_date(element.text or "") if element is not None else ""

        last = dated("einddatum")
        until = (
            (datetime.date.fromisoformat(last) + datetime.timedelta(1)).isoformat()
            if last
            else ""
        )
        found.append(
            Expression(
                label,
                dated("datum_inwerkingtreding"),
                until,
                f"{work}/{label}/xml/{work}_{label}.xml",
            )
        )
    found.sort(key=lambda one: (one.valid_from, one.label))
    latest = root.get("_latestItem", "").partition("/")[0]
    return Manifest(work, tuple(found), latest)
