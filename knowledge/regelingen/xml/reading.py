"""Reading XML from anybody safely, and recognising what it is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

from knowledge.regelingen.limits import MAX_BYTES, Unreadable, megabytes

MAX_DEPTH = 100
MAX_ELEMENTS = 1_000_000
_CHUNK = 64 * 1024

# Local name of the part of an official publication that says in which paper it stood.
PAPERS = {
    "gemeenteblad": "gmb",
    "staatsblad": "stb",
    "staatscourant": "stcrt",
    "provinciaalblad": "prb",
    "waterschapsblad": "wsb",
    "blad-gemeenschappelijke-regeling": "bgr",
    "bladgemeenschappelijkeregeling": "bgr",
    "tractatenblad": "trb",
}

EXPECTED = (
    "Verwacht: een regeling in CVDR-, BWB- of Gemeenteblad- of Staatsblad-XML, of DOCX."
)
# What is recognised and not read, with what the reader can do.
REFUSALS = {
    "stop": (
        "Dit is een besluit of regeling in STOP-vorm (Omgevingswet). Die vorm leest het "
        "loket niet. Gebruik de CVDR-XML van deze regeling, of een DOCX."
    ),
    "sru": (
        "Dit is een zoekresultaat (SRU-record), niet de tekst zelf. Open het adres onder "
        "‘publicatieurl_xml’ of ‘itemUrl’ en lever dat bestand aan."
    ),
    "manifest": (
        "Dit is het manifest van een wet: de lijst van versies, zonder tekst. Lever de "
        "XML van een van de genoemde versies aan."
    ),
    "wti": (
        "Dit is de wetstechnische informatie (WTI) van een wet, niet de tekst. Lever de "
        "XML van een versie (toestand) aan."
    ),
    "metadata": (
        "Dit zijn alleen de metagegevens van een publicatie. Lever de XML van de "
        "publicatie zelf aan."
    ),
    "html": (
        "Dit is een webpagina, geen XML van een regeling. Kies op de pagina van "
        "overheid.nl voor ‘XML’ en lever dat bestand aan."
    ),
}


class _Guard:
    """Sees every tag before a tree is made, and stops at what no legal text has."""

    def __init__(self) -> None:
        self.depth = self.elements = 0

    def doctype(self, name: str, public: str, system: str) -> None:
        raise Unreadable(
            "Het bestand heeft een DOCTYPE of eigen entiteiten. Om veiligheid leest het "
            "loket dat niet. Sla het bestand op zonder DOCTYPE."
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(
                f"Het bestand is meer dan {MAX_DEPTH} lagen diep. Zo diep is geen regeling."
            )
        if self.elements > MAX_ELEMENTS:
            raise Unreadable(
                f"Het bestand heeft meer dan {MAX_ELEMENTS} elementen. Splits het."
            )

    def end(self, tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        pass


def _parser(**options: Any) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        **options,
    )


def parse(data: bytes) -> etree._Element:
    """The root element. Raises Unreadable for what is too large, hostile or no XML."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"Het bestand is {megabytes(len(data))} MB. De grens is "
            f"{megabytes(MAX_BYTES)} MB."
        )
    if not data.strip():
        raise Unreadable("Het bestand is leeg.")
    try:
        guard = _parser(target=_Guard())
        for start in range(0, len(data), _CHUNK):
            guard.feed(data[start : start + _CHUNK])
        guard.close()
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        what = str(error.msg).partition(", line")[0]
        raise Unreadable(
            f"Het bestand is geen goede XML: {what} (regel {error.lineno})."
        ) from error
    except (ValueError, LookupError) as error:
        raise Unreadable(f"Het bestand is geen goede XML: {error}.") from error


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def name(element: etree._Element) -> str:
    """The name without namespace; of a comment or instruction the empty text.

    Names are compared without namespace everywhere: the same prefix stands for
    different namespaces in documents and in search results.
    """
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def find(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element along a path of local names, or None."""
    here: etree._Element | None = element
    for wanted in path:
        if here is None:
            return None
        here = next((child for child in here if name(child) == wanted), None)
    return here


def form_of(root: etree._Element) -> str:
    """The form of a document, by the names in it; empty when it is none we know."""
    local = name(root)
    tags = [root.tag, *(child.tag for child in root if name(child))]
    children = {name(child) for child in root}
    if any("/stop/" in tag or "/lvbb/" in tag for tag in tags):
        return "stop"
    if local == "cvdr":
        return "cvdr"
    if local == "toestand":
        return "bwb"
    if local == "officiele-publicatie":
        return next((form for paper, form in PAPERS.items() if paper in children), "op")
    if local == "work" and "expression" in children:
        return "manifest"
    if local.lower() in ("wti", "wetstechnische-informatie") or (
        local == "wetgeving" and "algemene-informatie" in children
    ):
        return "wti"
    if local in ("searchRetrieveResponse", "records", "explainResponse", "gzd") or (
        local == "record" and "recordData" in children
    ):
        return "sru"
    if local.startswith(("metadata", "owms")):
        return "metadata"
    if local.lower() == "html":
        return "html"
    return ""
