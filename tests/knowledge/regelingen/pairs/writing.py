"""A tree as a file: CVDR XML with leden or with lists only, and DOCX."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape

from knowledge.regelingen.tree import GROUPS, Node, Regeling, Soort

MARK = {Soort.LID: "{}.", Soort.ONDERDEEL: "{}.", Soort.SUBONDERDEEL: "{}"}


def cvdr(regeling: Regeling, *, tagged: bool = True) -> bytes:
    """tagged: leden as such, else each a list item as most files have them."""
    inside = "".join(_element(node, tagged) for node in regeling.children)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<cvdr xmlns="http://standaarden.overheid.nl/cvdr/terms/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:overheid="http://standaarden.overheid.nl/owms/terms/">'
        "<meta><owmskern><dcterms:identifier>CVDR123456_1</dcterms:identifier>"
        f"<dcterms:title>{escape(regeling.title)}</dcterms:title></owmskern></meta>"
        f"<body><intitule>{escape(regeling.title)}</intitule><regeling>"
        f"<regeling-tekst>{inside}</regeling-tekst></regeling></body></cvdr>"
    ).encode()


def cvdr_lists(regeling: Regeling) -> bytes:
    return cvdr(regeling, tagged=False)


def _kop(node: Node) -> str:
    return (
        f"<kop><label>{escape(node.label)}</label><nr>{escape(node.number)}</nr>"
        f"<titel>{escape(node.title)}</titel></kop>"
    )


def _als(text: str) -> str:
    return "".join(f"<al>{escape(line)}</al>" for line in text.splitlines())


def _element(node: Node, tagged: bool) -> str:
    inside = _children(node.children, tagged)
    if node.soort in GROUPS or node.soort is Soort.ARTIKEL:
        name = node.soort.value
        return f"<{name}>{_kop(node)}{_als(node.text)}{inside}</{name}>"
    if node.soort is Soort.LID and tagged:
        number = escape(node.number)
        return f"<lid><lidnr>{number}.</lidnr>{_als(node.text)}{inside}</lid>"
    number = MARK[node.soort].format(escape(node.number))
    return f'<li nr="{number}">{_als(node.text)}{inside}</li>'


def _children(nodes: tuple[Node, ...], tagged: bool) -> str:
    found, items = [], []
    for node in nodes:
        text = _element(node, tagged)
        if text.startswith("<li "):
            items.append(text)
        else:
            found.append(text)
    if items:
        found.append(f'<lijst type="expliciet">{"".join(items)}</lijst>')
    return "".join(found)


def docx(regeling: Regeling) -> bytes:
    """Headings by style, numbers of leden and onderdelen typed before the words."""
    from docx import Document

    document = Document()
    document.add_heading(regeling.title, level=0)

    def add(node: Node) -> None:
        if node.soort in GROUPS or node.soort is Soort.ARTIKEL:
            level = 2 if node.soort is Soort.ARTIKEL else 1
            head = " ".join(filter(None, (node.label, node.number, node.title)))
            document.add_heading(head, level=level)
            mark = ""
        else:
            mark = MARK[node.soort].format(node.number) + " "
        for line in node.text.splitlines():
            document.add_paragraph(f"{mark}{line}")
            mark = ""
        for child in node.children:
            add(child)

    for node in regeling.children:
        add(node)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMS: dict[str, tuple[str, Callable[[Regeling], bytes]]] = {
    "xml": (".xml", cvdr),
    "xml met lijsten": (".xml", cvdr_lists),
    "docx": (".docx", docx),
}
