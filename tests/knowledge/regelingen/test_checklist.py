"""The checklist of compulsory categories against own texts, each with a verdict that was
written down before it was measured."""

from __future__ import annotations

import re
from dataclasses import replace
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


def judged(name: str) -> tuple[list[dict[str, str]], list[str], list[dict[str, str]]]:
    """The cells of a file, what is wrong in words, and the cells that were found wrongly."""
    rows = cellen(name)
    found_in = [(cel, *beoordeel(cel)) for cel in rows]
    wrong = [
        f"{cel['categorie']} {cel['geval']}: {found.uitkomst} ({found.reden}) {found.woorden}"
        for cel, found, right in found_in
        if not right
    ]
    false_found = [
        cel
        for cel, found, _ in found_in
        if found.uitkomst is Uitkomst.GEVONDEN and cel["verwacht"] != "gevonden"
    ]
    print(f"{name}: {len(rows) - len(wrong)} of {len(rows)}", *wrong, sep="\n")
    assert {cel["categorie"] for cel in rows} == set(SLUGS)
    return rows, wrong, false_found


@pytest.mark.parametrize(
    "name",
    [
        "categorieen_vooraf",
        "categorieen_achteraf",
        "categorieen_blind",
        "categorieen_valkuilen",
        "categorieen_valkuilen_2",
        "categorieen_valkuilen_3",
        "categorieen_buiten",
        "categorieen_slot",
        "categorieen_laatste",
        "categorieen_meting",
        "categorieen_praktijk",
    ],
)
def test_the_checklist_judges_own_texts_as_they_were_judged(name: str) -> None:
    rows, wrong, false_found = judged(name)
    assert not false_found
    assert len(wrong) <= len(rows) // 10, wrong


@pytest.mark.parametrize("name", ["categorieen_buiten_2", "categorieen_buiten_3"])
def test_a_text_that_the_rules_never_saw_is_judged_as_it_was_judged(name: str) -> None:
    rows, wrong, false_found = judged(name)
    assert not false_found
    assert len(wrong) <= len(rows) // 10, wrong


PROEF = sorted(path.stem for path in HERE.glob("categorieen_proef_*.yaml"))


@pytest.mark.parametrize("name", PROEF)
def test_no_set_of_another_author_has_a_group_found_wrongly(name: str) -> None:
    rows, wrong, false_found = judged(name)
    assert len(rows) == 66
    assert not false_found
    assert len(wrong) <= 9, wrong


def test_the_sets_of_other_authors_are_judged_as_they_were() -> None:
    cells = [cel for name in PROEF for cel in cellen(name)]
    right = sum(beoordeel(cel)[1] for cel in cells)
    print(f"{right} of {len(cells)}")
    assert len(cells) == 19 * 66
    assert right >= 0.9 * len(cells)


@pytest.mark.parametrize(
    "name",
    [
        "categorieen_ongezien",
        "categorieen_tweede",
        "categorieen_derde",
        "categorieen_vierde",
        "categorieen_eigen_een",
        "categorieen_eigen_twee",
        "categorieen_eigen_drie",
        "categorieen_eigen_vier",
        "categorieen_eigen_vijf",
        "categorieen_eigen_zes",
        "categorieen_eigen_zeven",
        "categorieen_eigen_acht",
        "categorieen_eigen_negen",
        "categorieen_eigen_tien",
        "categorieen_eigen_elf",
        "categorieen_eigen_twaalf",
        "categorieen_eigen_dertien",
        "categorieen_eigen_veertien",
        "categorieen_eigen_vijftien",
        "categorieen_eigen_zestien",
    ],
)
def test_whole_ordinances_get_the_verdict_written_before(name: str) -> None:
    wrong, false_found, cells = [], [], 0
    for one in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")):
        found = controleer(boom(one["tekst"]), SLUGS)
        assert set(one["verwacht"]) == set(SLUGS)
        for slug, expected in one["verwacht"].items():
            cells += 1
            got = found[slug]
            right = got.uitkomst == expected["uitkomst"]
            if right and "artikel" in expected:
                assert got.plaats is not None
                artikel = got.plaats.artikel
                right = artikel is not None and artikel.number == expected["artikel"]
            if not right:
                told = f"{one['naam']}, {slug}: {got.uitkomst} {got.woorden}"
                wrong.append(told)
                if got.uitkomst is Uitkomst.GEVONDEN:
                    false_found.append(told)
    print(f"{name}: {cells - len(wrong)} of {cells}", *wrong, sep="\n")
    assert not false_found
    assert len(wrong) <= cells // 10


WOORDEN = yaml.safe_load((HERE / "categoriewoorden.yaml").read_text("utf-8"))


def gevonden(lid: str, *slugs: str) -> set[str]:
    found = controleer(boom(f"## 5 Regels\n1. {lid}"), slugs)
    return {slug for slug in slugs if found[slug].uitkomst is Uitkomst.GEVONDEN}


def test_first_words_above_a_list_give_urgency_or_they_do_not() -> None:
    onder = "\na. slachtoffers van mensenhandel;\nb. personen die uit detentie komen."
    groups = {"mensenhandel", "detentie"}
    missed = [
        aanhef
        for aanhef in WOORDEN["aanhef_geeft"]
        if gevonden(aanhef + onder, *groups) != groups
    ]
    assert len(missed) <= len(WOORDEN["aanhef_geeft"]) // 10, missed
    assert not [
        aanhef
        for aanhef in WOORDEN["aanhef_niets"]
        if gevonden(aanhef + onder, *groups)
    ]


def test_a_sentence_gives_urgency_or_it_does_not() -> None:
    missed = [zin for zin in WOORDEN["zin_geeft"] if not gevonden(zin, "mensenhandel")]
    assert len(missed) <= len(WOORDEN["zin_geeft"]) // 10 + 1, missed
    assert not [zin for zin in WOORDEN["zin_niets"] if gevonden(zin, "mensenhandel")]


@pytest.mark.parametrize(
    "zin",
    [
        "Een urgentieverklaring wordt verleend aan:\na. {};\nb. anderen.",
        "Een urgentieverklaring wordt verleend aan {}.",
        "Voor een urgentieverklaring komen in aanmerking {}.",
        "{} komen in aanmerking voor een urgentieverklaring.",
    ],
)
def test_a_group_is_told_from_who_stands_beside_it(zin: str) -> None:
    wie = [(slug, one) for slug, ones in WOORDEN["groep"].items() for one in ones]
    missed = [one for slug, one in wie if not gevonden(zin.format(one), slug)]
    assert len(missed) <= len(wie) // 10, missed
    assert not [
        one
        for slug, ones in WOORDEN["ander"].items()
        for one in ones
        if gevonden(zin.format(one), slug)
    ]


OMSCHRIJVINGEN = yaml.safe_load(
    (HERE / "categorieomschrijvingen.yaml").read_text("utf-8")
)


def test_a_group_in_other_words_is_known_and_who_stands_near_it_is_not() -> None:
    zinnen = (
        "Een urgentieverklaring wordt verleend aan:\na. {};\nb. anderen.",
        "Een urgentieverklaring wordt verleend aan {}.",
    )
    known = [
        all(gevonden(zin.format(one), slug) for zin in zinnen)
        for slug, given in OMSCHRIJVINGEN.items()
        for one in given["groep"]
    ]
    assert sum(known) >= 0.8 * len(known)
    said = [
        bool(gevonden(zin, slug))
        for slug, given in OMSCHRIJVINGEN.items()
        for zin in given["zin"]
    ]
    assert sum(said) >= 0.65 * len(said)
    print(f"{sum(known)} of {len(known)}, {sum(said)} of {len(said)}")
    assert not [
        one
        for slug, given in OMSCHRIJVINGEN.items()
        for one in given["ander"]
        for zin in zinnen
        if gevonden(zin.format(one), slug)
    ]


GRENZEN = yaml.safe_load((HERE / "categoriegrenzen.yaml").read_text("utf-8"))


def test_a_part_a_delay_or_one_side_is_not_the_group() -> None:
    def is_gevonden(cel: dict[str, str]) -> bool:
        found = controleer(boom(cel["tekst"]), (cel["categorie"],))
        return found[cel["categorie"]].uitkomst is Uitkomst.GEVONDEN

    assert not [cel for cel in GRENZEN["niet"] if is_gevonden(cel)]
    assert not [cel for cel in GRENZEN["wel"] if not is_gevonden(cel)]


def test_a_paragraaf_that_does_not_hold_yet_is_not_found() -> None:
    given = boom("## 5 Urgentie\n1. Urgent zijn slachtoffers van mensenhandel.")
    paragraaf = Node(Soort.PARAGRAAF, "Paragraaf", "2", children=given.children)

    def uitkomst(slot: str) -> Uitkomst:
        later = boom(f"## 9 Inwerkingtreding\n1. {slot}")
        whole = Regeling("Verordening", (paragraaf, *later.children))
        return controleer(whole, ("mensenhandel",))["mensenhandel"].uitkomst

    assert uitkomst("Deze verordening treedt nu in werking.") is Uitkomst.GEVONDEN
    assert uitkomst("Paragraaf 3 treedt later in werking.") is Uitkomst.GEVONDEN
    assert uitkomst("Paragraaf 2 treedt later in werking.") is Uitkomst.ONDUIDELIJK


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


def test_a_long_text_of_almost_the_words_is_checked_whole() -> None:
    lid = "Het college verleent een vergunning aan wie de woning verlaat, " * 8
    artikel = [
        Node(Soort.ARTIKEL, "Artikel", str(at), "Regels", text=f"{lid}met zorg {at}.")
        for at in range(600)
    ]
    found = controleer(Regeling("Lang", tuple(artikel)), SLUGS)
    assert {one.uitkomst for one in found.values()} == {Uitkomst.NIET_GEVONDEN}


def test_each_category_has_a_source_and_a_date() -> None:
    given = lijst()
    assert len(given.categorieen) == 11
    assert given.datum.isoformat() == "2026-11-22"
    for one in given.categorieen:
        assert one.bronnen
        assert one.sinds
    sure = {one.slug for one in given.categorieen if one.stand is Stand.GELDEND}
    assert sure == {"mantelzorg", "huiselijk-geweld"}
