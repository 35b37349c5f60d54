"""Title, authority and dates are taken only when a text says them."""

import pytest

from knowledge.regelingen.docx.facts import facts_in, names_text
from knowledge.regelingen.kinds import kind_of

FACTS = {
    "Deze verordening treedt in werking op 1 maart 2025.": ("valid_from", "2025-03-01"),
    "Deze beleidsregels treden in werking met ingang van 15 mei 2024.": (
        "valid_from",
        "2024-05-15",
    ),
    "Deze regeling treedt in werking op de dag na bekendmaking.": ("valid_from", ""),
    "De Huisvestingsverordening 2019 vervalt op 1 maart 2025.": ("valid_until", ""),
    "Deze verordening treedt in werking op 1 juli 2024 en vervalt op 1 juli 2028.": (
        "valid_until",
        "2028-07-01",
    ),
    "De raad van de gemeente Bergen op Zoom;": ("authority", "Bergen op Zoom"),
    "De raad der gemeente 's-Hertogenbosch, gelet op": (
        "authority",
        "'s-Hertogenbosch",
    ),
    "Burgemeester en wethouders van de gemeente Capelle aan den IJssel besluiten": (
        "authority",
        "Capelle aan den IJssel",
    ),
    "De raad van de gemeente Proefdam\nGelezen het voorstel": ("authority", "Proefdam"),
    "De raad vindt dat de gemeente Proefdam groeit.": ("authority", ""),
    "Deze verordening wordt aangehaald als: Urgentieverordening Proefdam 2024.": (
        "citeertitel",
        "Urgentieverordening Proefdam 2024",
    ),
    "Deze regeling kan worden aangehaald als ‘Regeling urgentie’.": (
        "citeertitel",
        "Regeling urgentie",
    ),
}


@pytest.mark.parametrize("text", sorted(FACTS))
def test_a_fact_is_read_only_when_it_is_written(text):
    field, wanted = FACTS[text]

    assert getattr(facts_in(text), field) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Urgentieverordening Proefdam 2024", True),
        ("Beleidsregels voorrang", True),
        ("Besluit tot vaststelling van de verordening", False),
        ("De raad stelt deze verordening vast", False),
        ("gelet op de Verordening:", False),
        ("Geachte leden van de raad", False),
    ],
)
def test_a_line_that_can_be_a_title(line, wanted):
    assert names_text(line) is wanted


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Huisvestingsverordening 2024", "verordening"),
        ("Beleidsregels urgentie bij de verordening", "beleidsregel"),
        ("Nadere regels huisvestingsverordening", "nadere regels"),
        ("Nota wonen", "regeling"),
    ],
)
def test_the_kind_follows_from_the_title(title, kind):
    assert kind_of(title) == kind
