"""Local regulations as the CVDR serves them."""

from __future__ import annotations

from lxml import etree

from knowledge.regelingen.imports import Import, chars_of, count_chars, refused
from knowledge.regelingen.kinds import kind_of
from knowledge.regelingen.tree import Regeling

from .identifiers import cvdr_id, iso_date, reference
from .parts import Reader
from .reading import find, name
from .words import chars_in, words


def read(root: etree._Element) -> Import:
    body = find(root, "body")
    if body is None:
        return refused(
            "cvdr", "Dit CVDR-bestand heeft geen ‘body’: er staat geen tekst in."
        )
    meta: dict[str, list[etree._Element]] = {}
    head = find(root, "meta")
    for element in head.iter() if head is not None else ():
        meta.setdefault(name(element), []).append(element)

    def first(local: str) -> str:
        return words(meta[local][0]) if local in meta else ""

    printed = find(body, "intitule")
    title = words(printed) if printed is not None else ""
    kept = count_chars(title)
    title = title or first("title")
    work, version = cvdr_id(first("identifier"))
    reader = Reader(body)
    children = tuple(reader.body(body, skip=("intitule",)))
    if not work:
        reader.warnings.insert(0, "De metagegevens noemen geen CVDR-nummer.")
    bases = [
        reference(element.get("resourceIdentifier") or words(element))
        for element in meta.get("source", [])
    ]
    regeling = Regeling(
        title=title,
        children=children,
        id=work,
        version=version,
        kind=kind_of(title),
        citeertitel=first("alternative"),
        authority=first("creator"),
        valid_from=iso_date(first("inwerkingtredingDatum")),
        valid_until=iso_date(first("uitwerkingtredingDatum")),
        source=f"https://lokaleregelgeving.overheid.nl/{work}/{version or 1}"
        if work
        else "",
        bases=tuple(base for base in dict.fromkeys(bases) if base),
    )
    return Import(
        form="cvdr",
        regeling=regeling,
        warnings=tuple(reader.warnings),
        chars_in=chars_in(body),
        chars_kept=kept + chars_of(children),
    )
