"""Addresses and citations of the parts of a legal text."""

import pytest

from knowledge.regelingen.tree import (
    Node,
    Regeling,
    Soort,
    artikelen,
    citation,
    text_of,
    walk,
)

TEXT = Regeling(
    title="Urgentieverordening Voorbeeldstad",
    children=(
        Node(Soort.AANHEF, text="De raad besluit:"),
        Node(
            Soort.HOOFDSTUK,
            "Hoofdstuk",
            "1",
            "Algemeen",
            children=(
                Node(
                    Soort.ARTIKEL,
                    "Artikel",
                    "1:1",
                    "Begrippen",
                    children=(
                        Node(Soort.BEGRIP, title="college", text="het college"),
                        Node(Soort.BEGRIP, title="raad", text="de raad"),
                    ),
                ),
                Node(
                    Soort.ARTIKEL,
                    "Artikel",
                    "5",
                    "Aanvraag",
                    children=(
                        Node(
                            Soort.LID,
                            number="2",
                            text="Er is:",
                            children=(
                                Node(
                                    Soort.ONDERDEEL,
                                    number="a",
                                    text="een formulier",
                                    children=(
                                        Node(Soort.SUBONDERDEEL, number="1°", text="met datum"),
                                    ),
                                ),
                            ),
                        ),
                        Node(Soort.LID, number="2", text="Nog een tweede."),
                    ),
                ),
            ),
        ),
        Node(Soort.TOELICHTING, title="Algemeen"),
        Node(Soort.TOELICHTING, about="5", text="Hier staat waarom."),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "cited"),
    [
        ("aanhef-n1", "aanhef"),
        ("hoofdstuk-1", "hoofdstuk 1"),
        ("artikel-1:1", "artikel 1:1"),
        ("artikel-1:1-begrip-n1", "artikel 1:1, begrip college"),
        ("artikel-5-lid-2", "artikel 5, tweede lid"),
        ("artikel-5-lid-2-onderdeel-a", "artikel 5, tweede lid, onderdeel a"),
        (
            "artikel-5-lid-2-onderdeel-a-subonderdeel-1",
            "artikel 5, tweede lid, onderdeel a, onderdeel 1°",
        ),
        ("artikel-5-lid-2-2", "artikel 5, tweede lid"),
        ("toelichting-n1", "toelichting"),
        ("toelichting-artikel-5", "toelichting bij artikel 5"),
    ],
)
def test_a_part_has_an_address_and_a_citation(address, cited):
    placed = {one.address: one for one in walk(TEXT)}
    assert citation(placed[address]) == cited


def test_an_artikel_of_a_bijlage_and_a_double_number_have_their_own_address():
    inner = Node(Soort.ARTIKEL, number="3", children=(Node(Soort.LID, number="1"),))
    regeling = Regeling(
        title="",
        children=(
            inner,
            inner,
            Node(Soort.ARTIKEL, number="3-2"),
            Node(
                Soort.BIJLAGE,
                number="2",
                children=(Node(Soort.HOOFDSTUK, number="1", children=(inner,)),),
            ),
        ),
    )
    assert [one.address for one in walk(regeling)] == [
        "artikel-3",
        "artikel-3-lid-1",
        "artikel-3-2",
        "artikel-3-2-lid-1",
        "artikel-3-2-2",
        "bijlage-2",
        "bijlage-2-hoofdstuk-1",
        "bijlage-2-artikel-3",
        "bijlage-2-artikel-3-lid-1",
    ]


def test_addresses_are_unique_and_every_word_is_there():
    addresses = [one.address for one in walk(TEXT)]
    assert len(addresses) == len(set(addresses)) == 12
    assert [one.node.number for one in artikelen(TEXT)] == ["1:1", "5"]
    assert text_of(TEXT.children[1].children[1]).splitlines() == [
        "Artikel 5 Aanvraag",
        "2",
        "Er is:",
        "a",
        "een formulier",
        "1°",
        "met datum",
        "2",
        "Nog een tweede.",
    ]
