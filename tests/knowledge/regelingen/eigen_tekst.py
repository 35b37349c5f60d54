"""The Word file of a municipality that took over the example ordinance and changed it:
'acht weken' became 'zes weken', one artikel went and one came."""

from __future__ import annotations

import io

import docx

from knowledge.regelingen import files
from knowledge.regelingen.tree import GROUPS, Node, Soort, heading
from knowledge.starter import VERORDENINGEN

STAD = VERORDENINGEN / "voorbeeldstad_leden.xml"
TITLE = "Huisvestingsverordening Meppel 2027"
_LEFT_OUT = frozenset(
    {Soort.TOELICHTING, Soort.BIJLAGE, Soort.TABEL, Soort.AANHEF, Soort.SLUITING}
)


def own_docx() -> bytes:
    made = docx.Document()
    made.add_heading(TITLE, 0)

    def put(node: Node) -> None:
        if node.soort in _LEFT_OUT or (
            node.soort is Soort.ARTIKEL and node.number == "2:3"
        ):
            return
        mark = ""
        if node.soort in GROUPS:
            made.add_heading(heading(node), 1)
        elif node.soort is Soort.ARTIKEL:
            made.add_heading(heading(node), 2)
        elif node.number:
            term = f"{node.title}: " if node.title else ""
            mark = f"{node.number}. {term}"
        words = node.text.replace("Voorbeeldstad", "Meppel")
        words = words.replace("acht weken", "zes weken")
        if words:
            made.add_paragraph(mark + words)
        for child in node.children:
            put(child)

    text = files.read(STAD.read_bytes(), STAD.name).regeling
    assert text is not None
    for node in text.children:
        put(node)
    made.add_heading("Artikel 9:9 Nieuw", 2)
    made.add_paragraph("Dit artikel is helemaal nieuw voor de raad van Meppel.")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
