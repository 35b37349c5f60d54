"""The checklist of compulsory categories against own texts that a human judged."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.models import Regeling as Kept
from knowledge.regelingen import files
from knowledge.regelingen.blocks import Item, Text, assemble
from knowledge.regelingen.categorieen import Stand, lijst
from knowledge.regelingen.checklist import Bevinding, Reden, Uitkomst, controleer
from knowledge.regelingen.services import store
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


@pytest.mark.parametrize(
    "name",
    [
        "categorieen_vooraf",
        "categorieen_achteraf",
        "categorieen_blind",
        "categorieen_valkuilen",
        "categorieen_slot",
    ],
)
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


def test_a_lapsed_artikel_is_never_found() -> None:
    tekst = "## 5 Urgentie\n1. Urgent zijn slachtoffers van mensenhandel."
    geldend = boom(tekst)
    vervallen = replace(
        geldend,
        children=tuple(
            replace(node, status=Status.VERVALLEN) for node in geldend.children
        ),
    )
    found = controleer(geldend, ("mensenhandel",))["mensenhandel"]
    assert found.uitkomst is Uitkomst.GEVONDEN
    assert found.woorden == "Urgent zijn slachtoffers van mensenhandel."
    lapsed = controleer(vervallen, ("mensenhandel",))["mensenhandel"]
    assert (lapsed.uitkomst, lapsed.reden) == (Uitkomst.ONDUIDELIJK, Reden.VERVALLEN)


def test_what_stands_in_a_bijlage_or_outside_any_artikel_is_not_found() -> None:
    words = "Urgent zijn slachtoffers van mensenhandel."
    artikel = Node(Soort.ARTIKEL, "Artikel", "1", "Urgentie", text=words)
    for loose in (
        Node(Soort.TEKST, text=words),
        Node(Soort.BIJLAGE, "Bijlage", "1", children=(artikel,)),
    ):
        found = controleer(Regeling("Verordening", (loose,)), ("mensenhandel",))
        assert found["mensenhandel"].uitkomst is Uitkomst.ONDUIDELIJK
        assert found["mensenhandel"].reden is Reden.BUITEN_ARTIKEL


def test_an_empty_text_names_nothing() -> None:
    found = controleer(Regeling("Leeg", ()), SLUGS)
    assert {one.uitkomst for one in found.values()} == {Uitkomst.NIET_GEVONDEN}


def test_a_long_text_is_checked_in_time() -> None:
    lid = "Het college verleent een vergunning aan wie de woning verlaat, " * 8
    artikel = [
        Node(Soort.ARTIKEL, "Artikel", str(at), "Regels", text=f"{lid}met zorg {at}.")
        for at in range(600)
    ]
    start = time.perf_counter()
    controleer(Regeling("Lang", tuple(artikel)), SLUGS)
    assert time.perf_counter() - start < 6


def test_each_category_has_a_source_and_a_date() -> None:
    given = lijst()
    assert len(given.categorieen) == 11
    assert given.datum.isoformat() == "2026-11-22"
    for one in given.categorieen:
        assert one.bronnen
        assert one.sinds
    sure = {one.slug for one in given.categorieen if one.stand is Stand.GELDEND}
    assert sure == {"mantelzorg", "huiselijk-geweld"}


STAD = HERE / "files" / "voorbeeldstad_leden.xml"


@pytest.fixture
def stad(db):
    store(imported=files.read(STAD.read_bytes(), STAD.name), publish=True)
    return Kept.objects.get()


def test_a_reader_comes_from_the_text_to_the_checklist_and_back(client, stad):
    text = BeautifulSoup(client.get(stad.get_absolute_url()).content, "html.parser")
    link = text.find("a", string="Controleer de verplichte categorieën")
    shown = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert "Dit is hulp, geen oordeel." in shown.get_text()
    assert "De lijst is van 22 november 2026." in shown.get_text()
    row = shown.find(id="groep-mantelzorg")
    assert row.select_one(".label").get_text() == "Gevonden"
    assert row.blockquote.get_text() == "mensen die mantelzorg geven of ontvangen;"
    address, _, anchor = row.a["href"].partition("#")
    assert row.a.get_text() == "Artikel 3:1, eerste lid, onderdeel a"
    back = BeautifulSoup(client.get(address).content, "html.parser")
    assert "mantelzorg geven of ontvangen" in back.find(id=anchor).get_text()
    absent = shown.find(id="groep-detentie")
    assert absent.select_one(".label").get_text() == "Niet gevonden"
    assert absent.blockquote is None
    assert "nul20" in absent.find("a", string=re.compile("NUL20"))["href"]


def test_the_checklist_is_of_the_day_that_was_asked(client, stad):
    address = reverse("knowledge:categorieen", args=[stad.slug])
    version = stad.versies.get()
    asked = client.get(address, {"geldig-op": version.valid_from.isoformat()})
    assert f"?geldig-op={version.valid_from.isoformat()}#" in asked.content.decode()
    before = client.get(address, {"geldig-op": "1999-01-01"}).content.decode()
    assert "geldt op die dag niet" in before
    assert "groep-mantelzorg" not in before
    wrong = client.get(address, {"geldig-op": "gisteren"}).content.decode()
    assert "Dit is geen datum." in wrong
    assert "groep-mantelzorg" in wrong


def test_there_is_no_checklist_of_what_is_not_public(client, db):
    store(imported=files.read(STAD.read_bytes(), STAD.name), publish=False)
    address = reverse("knowledge:categorieen", args=[Kept.objects.get().slug])
    assert client.get(address).status_code == 404
    assert client.get(address.replace("voorbeeld", "geen")).status_code == 404
    assert client.post(address).status_code == 405


def test_the_checklist_asks_the_database_as_little_as_the_text(
    client, stad, django_assert_max_num_queries
):
    client.get(stad.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(reverse("knowledge:categorieen", args=[stad.slug]))
