"""Lines as municipalities write them, and the tree that they make."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.regelingen.docx.structure import build
from knowledge.regelingen.docx.units import Unit
from knowledge.regelingen.tree import Node, Soort, walk


def unit(line: str) -> Unit:
    """'H2|tekst' is a heading, 'B|tekst' is bold, 'B5|tekst' for five characters, '>'
    has an indent, '+' comes after a soft break; other lines are plain."""
    kind, _, text = line.rpartition("|")
    lead = re.match(r"B(\d*)", kind)
    return Unit(
        text=text,
        noted=text,
        lead=int(lead[1] or len(text)) if lead else 0,
        heading=int(kind[1]) if kind.startswith("H") else 0,
        indent=360 if kind == ">" else 0,
        first=kind != "+",
    )


def outline(lines: str) -> tuple[list[str], list[str]]:
    """'address: title | text' of each node that has one, and the warnings."""
    regeling, warnings = build(
        [unit(line) for line in lines.strip().splitlines()], "x.docx"
    )
    found = []
    for placed in walk(regeling):
        node = placed.node
        words = " | ".join(filter(None, (node.title, node.text.replace("\n", " / "))))
        if words and node.soort is not Soort.AANHEF:
            found.append(f"{placed.address}: {words}")
    return found, warnings


CASES = {
    "plain lines without any layout": (
        """
Urgentieverordening Proefdam
De raad van de gemeente Proefdam, gelet op:
Artikel 4 Huisvestingswet 2014
besluit:
Artikel 1 Begrippen
a. huis: een huis.
Artikel 12 van de wet geldt niet.
Artikel 2 Aanvraag
1 De aanvrager vraagt.
2 Het college beslist.
Hoofdstuk 4 van de Algemene wet bestuursrecht geldt.
""",
        [
            "artikel-1: Begrippen",
            "artikel-1-onderdeel-a: huis | een huis.",
            "artikel-1-tekst-n1: Artikel 12 van de wet geldt niet.",
            "artikel-2: Aanvraag",
            "artikel-2-lid-1: De aanvrager vraagt.",
            "artikel-2-lid-2: Het college beslist. / Hoofdstuk 4 van de Algemene wet bestuursrecht geldt.",
        ],
    ),
    "titles on the line below, without layout": (
        """
Artikel 1
Begrippen
Tekst.
Artikel 2
Aanvraag
1. Vraag.
Artikel 3
Slot
Einde.
""",
        [
            "artikel-1: Begrippen | Tekst.",
            "artikel-2: Aanvraag",
            "artikel-2-lid-1: Vraag.",
            "artikel-3: Slot | Einde.",
        ],
    ),
    "a sentence is not taken for a title": (
        """
B|Artikel 1
De raad beslist.
B|Artikel 2
De burgemeester beslist.
""",
        ["artikel-1: De raad beslist.", "artikel-2: De burgemeester beslist."],
    ),
    "chapters without a label or number": (
        """
B|Algemeen
B|Artikel 1 Een
Tekst.
B|Procedure
B|Artikel 2 Twee
Tekst.
B|3. Drie
Tekst.
""",
        [
            "hoofdstuk-n1: Algemeen",
            "artikel-1: Een | Tekst.",
            "hoofdstuk-n2: Procedure",
            "artikel-2: Twee | Tekst.",
            "artikel-3: Drie | Tekst.",
        ],
    ),
    "a heading in front of its text": (
        """
B11|Artikel 1 X 1. Een.
2. Twee.
B10|Artikel 2. Dit is de tekst van het artikel.
B9|Artikel 3 van de wet is niet van toepassing.
""",
        [
            "artikel-1: X",
            "artikel-1-lid-1: Een.",
            "artikel-1-lid-2: Twee.",
            "artikel-2: Dit is de tekst van het artikel. / Artikel 3 van de wet is niet van toepassing.",
        ],
    ),
    "ordinal signs and letters twice": (
        """
B|Artikel 1 Lijst
Het college:
y. doet;
z. laat:
1e. dit;
2e. dat;
aa. slaapt.
""",
        [
            "artikel-1: Lijst | Het college:",
            "artikel-1-onderdeel-y: doet;",
            "artikel-1-onderdeel-z: laat:",
            "artikel-1-onderdeel-z-subonderdeel-1e: dit;",
            "artikel-1-onderdeel-z-subonderdeel-2e: dat;",
            "artikel-1-onderdeel-aa: slaapt.",
        ],
    ),
    "digits below a letter, and the next lid": (
        """
B|Artikel 1 Lijst
1. Het college let op:
a. geld:
1. loon;
2. toeslag;
b. tijd.
2. Klaar.
""",
        [
            "artikel-1: Lijst",
            "artikel-1-lid-1: Het college let op:",
            "artikel-1-lid-1-onderdeel-a: geld:",
            "artikel-1-lid-1-onderdeel-a-subonderdeel-1: loon;",
            "artikel-1-lid-1-onderdeel-a-subonderdeel-2: toeslag;",
            "artikel-1-lid-1-onderdeel-b: tijd.",
            "artikel-1-lid-2: Klaar.",
        ],
    ),
    "text between parts of a list": (
        """
B|Artikel 1 Lijst
Het college:
a. een;
Dit geldt ook voor twee.
b. drie;
>|meer van drie.
""",
        [
            "artikel-1: Lijst | Het college:",
            "artikel-1-onderdeel-a: een;",
            "artikel-1-tekst-n1: Dit geldt ook voor twee.",
            "artikel-1-onderdeel-b: drie; / meer van drie.",
        ],
    ),
    "leden with the number of the article": (
        """
B|Artikel 3.1 Regels
3.1.1 Een regel.
3.1.2 Nog een regel.
""",
        [
            "artikel-3.1: Regels",
            "artikel-3.1-lid-3.1.1: Een regel.",
            "artikel-3.1-lid-3.1.2: Nog een regel.",
        ],
    ),
    "a lid that is left out": (
        """
B|Artikel 1 Regels
1. Een.
3. Drie.
4. [vervallen]
""",
        [
            "artikel-1: Regels",
            "artikel-1-lid-1: Een.",
            "artikel-1-lid-3: Drie.",
            "artikel-1-lid-4: [vervallen]",
        ],
    ),
    "capitals are a list, and names are not": (
        """
B|Artikel 1 Zones
De zones zijn:
A. het centrum;
B. de rand.
B|Artikel 2 Slot
Getekend door:
J. Jansen
A. Pieters
""",
        [
            "artikel-1: Zones | De zones zijn:",
            "artikel-1-onderdeel-a: het centrum;",
            "artikel-1-onderdeel-b: de rand.",
            "artikel-2: Slot | Getekend door: / J. Jansen / A. Pieters",
        ],
    ),
    "soft breaks": (
        """
B|Artikel 1 Regels
1. Een:
+|a. dit;
+|b. dat.
+|2. Twee.
""",
        [
            "artikel-1: Regels",
            "artikel-1-lid-1: Een:",
            "artikel-1-lid-1-onderdeel-a: dit;",
            "artikel-1-lid-1-onderdeel-b: dat.",
            "artikel-1-lid-2: Twee.",
        ],
    ),
    "a bijlage with articles of its own": (
        """
H1|Artikel 1 Commissie
De commissie heeft een reglement.
H1|Bijlage A: Reglement
H1|Artikel 1 Leden
De commissie telt drie leden.
H1|Bijlage B
Een lijst:
1. een;
2. twee.
""",
        [
            "artikel-1: Commissie | De commissie heeft een reglement.",
            "bijlage-a: Reglement",
            "bijlage-a-artikel-1: Leden | De commissie telt drie leden.",
            "bijlage-b: Een lijst:",
            "bijlage-b-onderdeel-1: een;",
            "bijlage-b-onderdeel-2: twee.",
        ],
    ),
    "headings within an article": (
        """
H2|Artikel 1 Groepen
H3|Eerste groep
1. Een.
H3|Tweede groep
1. Twee.
""",
        [
            "artikel-1: Groepen",
            "artikel-1-tekst-n1: Eerste groep",
            "artikel-1-lid-1: Een.",
            "artikel-1-tekst-n2: Tweede groep",
            "artikel-1-lid-1-2: Twee.",
        ],
    ),
    "a toelichting without layout": (
        """
Artikel 1 Begrippen
Tekst.
Artikel 2 Slot
Tekst.
De griffier,
Toelichting
Algemeen
Deze regels zijn nieuw.
Artikel 1 Begrippen
Geen bijzonderheden.
Artikel 2
Artikel 2 gaat over het slot.
""",
        [
            "artikel-1: Begrippen | Tekst.",
            "artikel-2: Slot | Tekst.",
            "sluiting-n1: De griffier,",
            "toelichting-n1: Toelichting",
            "toelichting-n2: Algemeen | Deze regels zijn nieuw.",
            "toelichting-artikel-1: Begrippen | Geen bijzonderheden.",
            "toelichting-artikel-2: Artikel 2 gaat over het slot.",
        ],
    ),
    "a toelichting that is a bijlage": (
        """
H1|Artikel 1 Slot
Tekst.
H1|Bijlage 2 Artikelsgewijze toelichting
H2|Hoofdstuk 1 Algemeen
Over het hoofdstuk.
H3|Ad artikel 1
Over het slot.
""",
        [
            "artikel-1: Slot | Tekst.",
            "toelichting-n1: Bijlage 2 Artikelsgewijze toelichting",
            "toelichting-n2: Hoofdstuk 1 Algemeen | Over het hoofdstuk.",
            "toelichting-artikel-1: Over het slot.",
        ],
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_lines_make_this_tree(case):
    lines, wanted = CASES[case]

    assert outline(lines)[0] == wanted


def test_two_articles_with_one_number_are_reported():
    _, warnings = outline("B|Artikel 1 Een\nTekst.\nB|Artikel 1 Twee\nTekst.")

    assert "Artikel 1 komt 2 keer voor." in warnings


def test_an_article_without_text_is_reported():
    _, warnings = outline("B|Artikel 1 Een\nB|Artikel 2 Twee\nTekst.")

    assert "Artikel 1 heeft geen tekst." in warnings


def test_a_text_without_articles_is_reported():
    _, warnings = outline("Dit is een brief.")

    assert any("geen artikelen" in warning for warning in warnings)


def test_lists_that_keep_opening_lists_make_no_tower():
    lines = "B|Artikel 1 Toren\n" + "\n".join(["1. een:", "a. twee:"] * 2000)

    found, _ = outline(lines)

    assert len(found) == 4001
    assert max(line.count("onderdeel") for line in found) < 8


def test_a_number_too_long_to_be_one_is_text():
    found, _ = outline(f"Artikel 1 Een\nArtikel {'9' * 6000} Twee\n{'8' * 6000}. Drie")

    assert len(found) == 1


# -- whatever the lines are, nothing is lost and nothing changes place -----------------

LINES = """
Artikel 1 Begrippen|Artikel 2|Artikel 3. Titel hier|Artikel 2a: Nog iets|Art. 4. Vier|Enig artikel
Hoofdstuk 1 Algemeen|Hoofdstuk II|Afdeling 1.1 Deel|§ 2 Paragraaf|Titel 3 Drie|1.1 Kop|29. Intrekking
1. Lid een:|2. Lid twee|3. Lid drie|1 Eerste|2 Tweede|3.1 Decimaal|(1) haakje|A. Hoofdletter
a. letter a|b) letter b:|h. letter|i. romein|ii. romein|1° graad|2° graad|- streep: uitleg|term: uitleg
Gewone tekst.|Zonder punt|In deze regels wordt verstaan onder:|Artikel 1 van de wet geldt.|[vervallen]
Toelichting|Algemene toelichting|Artikelsgewijze toelichting|Algemeen|Artikelen 1 en 2
Artikel 2, eerste lid|Toelichting bij artikel 2|Bijlage 1 Lijst|Bijlage|Aldus vastgesteld op 1 mei|De griffier,
"""
NOTE = "(noot 1: uitleg)"


def _unit(
    text: str, noted: bool, lead: int, heading: int, indent: int, first: bool
) -> Unit:
    return Unit(
        text=text,
        noted=f"{text} {NOTE}" if noted else text,
        notes=NOTE if noted else "",
        lead=min(lead, len(text)),
        heading=heading,
        indent=indent,
        first=first,
    )


UNITS = st.one_of(
    st.builds(
        _unit,
        st.sampled_from(re.split(r"[|\n]", LINES.strip())),
        st.sampled_from([False, False, False, True]),
        st.sampled_from([0, 0, 99, 9, 11, 19]),
        st.sampled_from([0, 0, 0, 1, 2, 3]),
        st.sampled_from([0, 0, 360]),
        st.sampled_from([True, True, True, False]),
    ),
    st.just(Unit(rows=(("cel een", "cel twee"),))),
    st.just(Unit(noted=NOTE, notes=NOTE)),
    st.just(Unit("1. in een tekstvak", "1. in een tekstvak", boxed=True)),
)


def _words(node: Node) -> list[str]:
    parts = [node.label, node.number, node.title, node.text, *sum(node.rows, ())]
    found = re.findall(r"\w+", " ".join(parts))
    for child in node.children:
        found += _words(child)
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(UNITS, max_size=40))
def test_all_words_are_kept_in_their_order(units):
    regeling, _ = build(units, "naam.docx")

    found = [word for node in regeling.children for word in _words(node)]
    wanted = [" ".join(sum(each.rows, ())) or each.noted for each in units]
    assert found == re.findall(r"\w+", " ".join(wanted))
