"""Legal texts in the XML of the government, to the one tree."""

from __future__ import annotations

from knowledge.regelingen.imports import Import, refused
from knowledge.regelingen.limits import Unreadable

from . import bwb, cvdr, officiele_publicaties
from .reading import EXPECTED, PAPERS, REFUSALS, form_of, name, parse


def read(data: bytes, name_of_file: str) -> Import:
    """Read a file of any known form, or say what it is and why it is refused."""
    try:
        root = parse(data)
    except Unreadable as error:
        return refused("onleesbaar", str(error))
    form = form_of(root)
    if form == "cvdr":
        return cvdr.read(root)
    if form == "bwb":
        return bwb.read(root)
    if form in PAPERS.values():
        return officiele_publicaties.read(root)
    if form == "manifest":
        manifest = bwb.manifest_of(root)
        return Import(
            form=form,
            refusal=REFUSALS[form],
            versions=tuple(one.label for one in manifest.expressions),
        )
    if form in REFUSALS:
        return refused(form, REFUSALS[form])
    return refused(
        "onbekend",
        f"De vorm van dit bestand (‘{name(root)}’) is niet bekend. {EXPECTED}",
    )
