"""The checklist of compulsory categories against own texts that a human judged."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from knowledge.regelingen.blocks import Item, Text, assemble
from knowledge.regelingen.categorieen import Stand, lijst
from knowledge.regelingen.checklist import Bevinding, Reden, Uitkomst, controleer
from knowledge.regelingen.tree import Node, Regeling, Soort, Status

HERE = Path(__file__).parent
SLUGS = tuple(categorie.slug for categorie in lijst().categorieen)


def boom(tekst: str) -> Regeling:
    """An own text as a tree: see the head of the data file."""
    nodes: list[Node] = []
    explained: list[Node] = []
    for part in re.split(r"^## ", tekst, flags=re.M)[1:]:
        head, *lines = part.strip().splitlines()
        number, _, title = head.partition(" ")
        blocks: list[Text | Item] = []
        notes: list[str] = []
        for line in lines:
            marked = re.match(r"(\d+\.|[a-z]\.|-) (.+)", line.strip())
            if line.startswith("> "):
                notes.append(line[2:])
            elif marked:
                blocks.append(Item(marked[1], [Text(marked[2])]))
            else:
                blocks.append(Text(line.strip()))
        text, children = assemble(blocks, Soort.ARTIKEL, title=title)
        nodes.append(Node(Soort.ARTIKEL, "Artikel", number, title, text, children))
        if notes:
            explained.append(
                Node(Soort.TOELICHTING, text="\n".join(notes), about=number)
            )
    return Regeling("Urgentieverordening", (*nodes, *explained))


def cellen(name: str) -> list[dict[str, str]]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))


def beoordeel(cel: dict[str, str]) -> tuple[Bevinding, bool]:
    gevonden = controleer(boom(cel["tekst"]), (cel["categorie"],))[cel["categorie"]]
    right = gevonden.uitkomst == cel["verwacht"]
    if right and "artikel" in cel:
        assert gevonden.plaats is not None
        artikel = gevonden.plaats.artikel
        right = artikel is not None and artikel.number == cel["artikel"]
    return gevonden, right


@pytest.mark.parametrize("name", ["categorieen_vooraf", "categorieen_achteraf"])
def test_the_checklist_judges_own_texts_as_a_human_did(name: str) -> None:
    rows = cellen(name)
    judged = [(cel, *beoordeel(cel)) for cel in rows]
    wrong = [
        f"{cel['categorie']} {cel['geval']}: {found.uitkomst} ({found.reden}) {found.woorden}"
        for cel, found, right in judged
        if not right
    ]
    false_found = [
        cel
        for cel, found, _ in judged
        if found.uitkomst is Uitkomst.GEVONDEN and cel["verwacht"] != "gevonden"
    ]
    print(f"{name}: {len(rows) - len(wrong)} of {len(rows)}", *wrong, sep="\n")
    assert {cel["categorie"] for cel in rows} == set(SLUGS)
    assert not false_found
    assert len(wrong) <= len(rows) // 10, wrong
