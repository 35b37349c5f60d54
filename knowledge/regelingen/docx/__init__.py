"""A Word file (DOCX) of a municipality as a tree of articles."""

from __future__ import annotations

from docx.oxml.ns import qn

from knowledge.regelingen.imports import Import, count_chars, refused
from knowledge.regelingen.tree import text_of

from .blocks import Body, read_blocks
from .measure import lost_words, printed, printed_text
from .package import Package, Refused, open_package
from .structure import build
from .units import units

# What was found in the file → what the reader must know of it.
_NOTES = {
    "invoeging": "Ingevoegde tekst uit bijgehouden wijzigingen is overgenomen",
    "verwijdering": "Verwijderde tekst uit bijgehouden wijzigingen is weggelaten",
    "verborgen tekst": "Verborgen tekst is weggelaten",
    "tekstvak": "Tekst uit tekstvakken staat op de plaats waar het tekstvak vastzit",
    "noot": "Voetnoten staan als tekst op hun plaats",
    "eindnoot": "Eindnoten staan als tekst op hun plaats",
    "afbeelding": "Afbeeldingen zijn niet overgenomen, ook de tekst erin niet",
    "ingesloten bestand": "Ingesloten bestanden zijn niet gelezen",
    "ingevoegd bestand": "Ingevoegde bestanden zijn niet gelezen",
    "formule": "Formules zijn als gewone tekst overgenomen",
    "opmerking": "Opmerkingen in de kantlijn zijn weggelaten",
}


def read(data: bytes, name: str) -> Import:
    """Read a DOCX. name: of the file, which is its title when the text has none."""
    try:
        package = open_package(data)
    except Refused as refusal:
        return refused(refusal.form, refusal.message)
    body = read_blocks(package)
    lines, contents = units(body.blocks)
    regeling, uncertain = build(lines, name)
    left_out = [*body.left_out, *contents]
    text = printed_text(package)
    chars_in = count_chars(text) - count_chars("".join(left_out))
    kept = [regeling.title, *map(text_of, regeling.children)]
    lost = lost_words(text, "\n".join([*left_out, *kept]))
    warnings = [*_notes(package, body, bool(left_out)), *uncertain]
    if lost:
        words = ", ".join(list(lost)[:8])
        warnings.append(f"Niet overgenomen of anders geschreven: {words}.")
    missing = sum(len(word) * count for word, count in lost.items())
    return Import(
        form="docx",
        regeling=regeling,
        warnings=tuple(warnings),
        chars_in=chars_in,
        chars_kept=max(chars_in - missing, 0),
    )


def _notes(package: Package, body: Body, contents: bool) -> list[str]:
    """What a reader of the import must know about the file itself."""
    found = body.found
    if package.comments is not None:
        found["opmerking"] = len(package.comments.findall(qn("w:comment")))
    warnings = [
        f"{text} (aantal: {found[kind]})."
        for kind, text in _NOTES.items()
        if found[kind]
    ]
    if contents:
        warnings.append("De inhoudsopgave is weggelaten.")
    edges = dict.fromkeys(
        " ".join("".join(printed(part)).split()) for part in package.headers
    )
    if texts := [f"'{text[:80]}'" for text in edges if text]:
        warnings.append(
            f"Kop- en voetteksten zijn geen tekst van de regeling: {', '.join(texts[:4])}."
        )
    return warnings
