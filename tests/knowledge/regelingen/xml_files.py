"""Small legal texts in XML for tests."""

from __future__ import annotations

import os
from pathlib import Path

from knowledge.regelingen import xml
from knowledge.regelingen.imports import Import
from knowledge.regelingen.tree import Node, Placed, walk
from knowledge.starter import VERORDENINGEN

FILES = VERORDENINGEN
SHARED = (
    Path(
        os.environ.get(
            "THUISLOKET_SHARED", Path(__file__).resolve().parents[4] / "shared"
        )
    )
    / "data"
    / "regelingen-xml"
)


def cvdr(body: str, meta: str = "", *, after: str = "") -> Import:
    """A CVDR document with this in its regeling-tekst, and after the regulation."""
    return xml.read(cvdr_bytes(body, meta, after=after), "test.xml")


def cvdr_bytes(body: str, meta: str = "", *, after: str = "") -> bytes:
    meta = meta or "<owmskern><identifier>CVDR999_1</identifier></owmskern>"
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<cvdr xmlns="http://standaarden.overheid.nl/cvdr/terms/">'
        f"<meta>{meta}</meta><body><intitule>Verordening</intitule>"
        f"<regeling><regeling-tekst>{body}</regeling-tekst></regeling>{after}</body></cvdr>"
    ).encode()


def artikel(body: str, number: str = "1", title: str = "") -> str:
    return (
        f"<artikel><kop><label>Artikel</label><nr>{number}</nr>"
        f"<titel>{title}</titel></kop>{body}</artikel>"
    )


def lijst(*items: tuple[str, str]) -> str:
    """A list with all its items at one level."""
    rows = "".join(f'<li nr="{nr}"><al>{text}</al></li>' for nr, text in items)
    return f"<lijst>{rows}</lijst>"


def placed(imported: Import) -> dict[str, Placed]:
    """All parts by address."""
    assert imported.regeling is not None, imported.refusal
    return {found.address: found for found in walk(imported.regeling)}


def nodes(imported: Import) -> dict[str, Node]:
    return {address: found.node for address, found in placed(imported).items()}


def outline(imported: Import) -> list[str]:
    """The addresses of all parts in order."""
    return list(placed(imported))
