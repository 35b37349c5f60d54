"""The traps that real files have, each with what must come of it."""

import pytest

from knowledge.regelingen import xml
from knowledge.regelingen.rendering import Plain, body
from knowledge.regelingen.tree import Soort, Status, citation
from tests.knowledge.regelingen.xml_files import (
    FILES,
    artikel,
    cvdr,
    cvdr_bytes,
    lijst,
    nodes,
    outline,
    placed,
)


def test_untagged_leden_are_found_by_how_their_number_is_written():
    """Leden, onderdelen and subonderdelen side by side in one list."""
    read = cvdr(
        artikel(
            lijst(
                ("1.", "Urgent is:"),
                ("a.", "wie zorg geeft, als:"),
                ("1°", "dat lang duurt;"),
                ("2°", "dat ver is;"),
                ("b.", "wie vlucht."),
                ("2.", "Anderen niet."),
            )
        )
    )
    assert outline(read) == [
        "artikel-1",
        "artikel-1-lid-1",
        "artikel-1-lid-1-onderdeel-a",
        "artikel-1-lid-1-onderdeel-a-subonderdeel-1",
        "artikel-1-lid-1-onderdeel-a-subonderdeel-2",
        "artikel-1-lid-1-onderdeel-b",
        "artikel-1-lid-2",
    ]


def test_digits_that_begin_again_after_an_announcement_stand_below_it():
    read = cvdr(
        artikel(
            lijst(
                ("1.", "Nodig is:"),
                ("2.", "Ook nodig is:"),
                ("a.", "een van deze:"),
                ("1.", "huis;"),
                ("2.", "boot;"),
                ("b.", "geld."),
                ("3.", "Klaar."),
            )
        )
    )
    assert outline(read)[1:] == [
        "artikel-1-lid-1",
        "artikel-1-lid-2",
        "artikel-1-lid-2-onderdeel-a",
        "artikel-1-lid-2-onderdeel-a-subonderdeel-1",
        "artikel-1-lid-2-onderdeel-a-subonderdeel-2",
        "artikel-1-lid-2-onderdeel-b",
        "artikel-1-lid-3",
    ]


def test_letters_run_on_through_i_and_v():
    letters = "abcdefghijklmnopqrstuvwxyz"
    read = cvdr(
        artikel("<al>Nodig is:</al>" + lijst(*((f"{x}.", "iets;") for x in letters)))
    )
    assert outline(read)[1:] == [f"artikel-1-onderdeel-{x}" for x in letters]


def test_tagged_leden_with_a_list_inside():
    read = cvdr(
        artikel(
            "<lid><lidnr>1.</lidnr><al>Nodig is:</al>"
            + lijst(("a.", "geld;"), ("b.", "geduld."))
            + "</lid><lid><lidnr>2</lidnr><al>Meer niet.</al></lid>"
        )
    )
    assert outline(read)[1:] == [
        "artikel-1-lid-1",
        "artikel-1-lid-1-onderdeel-a",
        "artikel-1-lid-1-onderdeel-b",
        "artikel-1-lid-2",
    ]


def test_a_list_after_a_tagged_lid_goes_on_where_it_stopped():
    """Mixed: lid 1 tagged, lid 2 in a list, lid 3 typed."""
    read = cvdr(
        artikel(
            "<lid><lidnr>1.</lidnr><al>Eerst.</al></lid>"
            + lijst(("2.", "Dan:"), ("a.", "dit;"))
            + "<al>3. Ten slotte.</al>"
        )
    )
    assert outline(read)[1:] == [
        "artikel-1-lid-1",
        "artikel-1-lid-2",
        "artikel-1-lid-2-onderdeel-a",
        "artikel-1-lid-3",
    ]
    assert nodes(read)["artikel-1-lid-3"].text == "Ten slotte."


def test_loose_text_between_tagged_leden_keeps_its_place():
    read = cvdr(
        artikel(
            "<lid><lidnr>1</lidnr><al>Een.</al></lid><al>Los.</al>"
            "<lid><lidnr>2</lidnr><al>Twee.</al></lid>"
        )
    )
    assert [node.text for node in nodes(read)["artikel-1"].children] == [
        "Een.",
        "Los.",
        "Twee.",
    ]


def test_typed_numbers_make_leden_only_when_they_make_a_row():
    row = cvdr(artikel("<al>1. Eerst.</al><al>2. Dan.</al>"))
    alone = cvdr(
        artikel("<al>1 Januari is een feestdag.</al><al>Het loket is dicht.</al>")
    )
    assert outline(row)[1:] == ["artikel-1-lid-1", "artikel-1-lid-2"]
    assert outline(alone) == ["artikel-1"]


def test_a_number_typed_inside_a_tagged_part_is_its_number():
    read = cvdr(
        artikel(
            "<lid><lidnr/><al>1. Nodig is:</al><lijst><li><al>a. geld;</al></li></lijst></lid>"
            "<lid><al>2. Meer niet.</al></lid>"
        )
    )
    assert outline(read)[1:] == [
        "artikel-1-lid-1",
        "artikel-1-lid-1-onderdeel-a",
        "artikel-1-lid-2",
    ]
    assert nodes(read)["artikel-1-lid-2"].text == "Meer niet."


def test_typed_subonderdelen_go_below_the_item_before_them():
    read = cvdr(
        artikel(
            "<al>Nodig is:</al>"
            + lijst(("a.", "een van deze:"))
            + "<al>1° huis;</al><al>2° boot;</al>"
            + lijst(("b.", "geld."))
        )
    )
    assert outline(read)[1:] == [
        "artikel-1-onderdeel-a",
        "artikel-1-onderdeel-a-subonderdeel-1",
        "artikel-1-onderdeel-a-subonderdeel-2",
        "artikel-1-onderdeel-b",
    ]


def test_numbers_that_restart_for_ever_make_no_tower():
    rows = [("a.", "dit:"), ("1.", "dat:")] * 2000
    read = cvdr(artikel(lijst(*rows)))
    assert max(len(found.above) for found in placed(read).values()) < 12
    assert read.chars_kept == read.chars_in


def test_a_title_in_the_number_is_a_title():
    read = cvdr(
        "<artikel><kop><nr>29. Intrekking oude regeling</nr></kop><al>X.</al></artikel>"
    )
    found = nodes(read)["artikel-29"]
    assert (found.number, found.title) == ("29", "Intrekking oude regeling")


def test_an_empty_heading_gives_an_article_without_number_and_says_where():
    read = cvdr(
        "<hoofdstuk><kop><label/><nr>3.</nr><titel>Kader</titel></kop>"
        "<artikel><kop><label/><nr/><titel/></kop><al>Tekst.</al></artikel></hoofdstuk>"
    )
    assert nodes(read)["artikel-n1"].text == "Tekst."
    assert read.warnings == (
        "Hoofdstuk 3, artikel nr. 1 (regel 1): dit artikel heeft geen nummer.",
    )


def test_an_article_without_text_is_told():
    assert cvdr(artikel("", "4")).warnings == (
        "Artikel 4 (regel 1): dit artikel heeft geen tekst.",
    )


def test_a_hoofdstuk_with_plain_text_alone_keeps_it():
    read = cvdr(
        "<hoofdstuk><kop><label>5.Parkeren</label></kop><structuurtekst>"
        "<al>Alleen met kaart:</al>"
        + lijst(("-", "bewoner;"))
        + "</structuurtekst></hoofdstuk>"
    )
    found = nodes(read)
    assert found["hoofdstuk-5"].title == "Parkeren"
    assert found["hoofdstuk-5-tekst-n1"].text == "Alleen met kaart:"
    assert found["hoofdstuk-5-tekst-n1-onderdeel-n1"].label == "-"
    assert (
        "Er zijn geen artikelen gevonden; de tekst is als geheel bewaard."
        in read.warnings
    )


@pytest.mark.parametrize(
    "part",
    [
        "<hoofdstuk><kop><nr>1</nr></kop><structuurtekst><al>[Vervallen]</al></structuurtekst></hoofdstuk>",
        artikel("<al>[Vervallen per 1 januari 2020]</al>"),
        artikel("", title="[Vervallen]"),
        '<artikel status="vervallen"><kop><nr>1</nr></kop><al>Oud.</al></artikel>',
        artikel("<al>Dit artikel is vervallen.</al>"),
    ],
)
def test_a_lapsed_part_says_so(part):
    assert next(iter(nodes(cvdr(part)).values())).status is Status.VERVALLEN


def test_a_text_about_lapsing_holds():
    read = cvdr(artikel("<al>De vergunning is vervallen na een jaar.</al>"))
    assert nodes(read)["artikel-1"].status is Status.GELDEND


def test_metadata_inside_articles_never_becomes_text():
    law = (
        '<toestand bwb-id="BWBR0000001" inwerkingtreding="2020-01-01" '
        'bwb-ng-vast-deel="http://wetten.overheid.nl/id/BWBR0000001/2020-01-01/0">'
        '<wetgeving soort="wet"><intitule>Wet<meta-data><brondata><kenmerk>K1</kenmerk>'
        "</brondata></meta-data></intitule><citeertitel>Wet</citeertitel><wet-besluit><wettekst>"
        '<artikel bwb-ng-variabel-deel="/Artikel1"><kop><label>Artikel</label><nr>1</nr></kop>'
        "<al>Eenieder telt.</al><meta-data><brondata><publicatiejaar>1986</publicatiejaar>"
        '</brondata><jcis><jci verwijzing="jci1.3:c:BWBR0000001"/></jcis></meta-data></artikel>'
        "</wettekst></wet-besluit></wetgeving></toestand>"
    )
    read = xml.read(law.encode(), "wet.xml")
    found = nodes(read)["artikel-1"]
    assert (found.text, found.source_id) == ("Eenieder telt.", "/Artikel1")
    assert read.regeling.title == "Wet"
    assert read.chars_in == read.chars_kept == len("WetWetArtikel1Eeniedertelt.")
    assert (read.regeling.id, read.regeling.version) == ("BWBR0000001", "2020-01-01_0")


def test_namespaces_and_prefixes_may_differ():
    data = cvdr_bytes(artikel("<al>Tekst.</al>"))
    other = data.replace(
        b'<cvdr xmlns="http://standaarden.overheid.nl/cvdr/terms/">',
        b'<c:cvdr xmlns:c="http://elders.nl/cvdr" xmlns="http://elders.nl/anders">',
    ).replace(b"</cvdr>", b"</c:cvdr>")
    bare = data.replace(b' xmlns="http://standaarden.overheid.nl/cvdr/terms/"', b"")
    expected = xml.read(data, "a").regeling
    assert expected is not None
    assert xml.read(other, "b").regeling == xml.read(bare, "c").regeling == expected


def test_a_cals_table_keeps_rows_and_columns():
    read = cvdr(
        artikel(
            "<al>Bedragen:</al><table><title>Huur</title><tgroup cols='3'>"
            "<colspec colname='a'/><colspec colname='b'/><colspec colname='c'/><thead><row>"
            "<entry colname='a'><al>Wie</al></entry>"
            "<entry namest='b' nameend='c'><al>Huur</al></entry></row></thead><tbody><row>"
            "<entry colname='a'><al>een</al><al>persoon</al></entry>"
            "<entry colname='c'><al>€ 500</al></entry></row></tbody></tgroup></table>"
        )
    )
    table = nodes(read)["artikel-1-tabel-n1"]
    assert table.title == "Huur"
    assert table.rows == (("Wie", "Huur", ""), ("een\npersoon", "", "€ 500"))


def test_cells_over_several_rows_and_columns_do_not_shift_the_others():
    """Cells without a column name go on behind what spans, also from the row above."""
    read = cvdr(
        artikel(
            "<table><tgroup cols='4'><colspec colname='a'/><colspec colname='b'/>"
            "<colspec colname='c'/><colspec colname='d'/><tbody>"
            "<row><entry morerows='1'><al>wie</al></entry>"
            "<entry namest='b' nameend='c'><al>mandaat</al></entry><entry><al>kader</al></entry></row>"
            "<row><entry><al>door</al></entry><entry><al>aan</al></entry><entry/></row>"
            "<row><entry><al>1</al></entry><entry><al>2</al></entry><entry/><entry><al>4</al></entry></row>"
            "</tbody></tgroup></table>"
        )
    )
    assert nodes(read)["artikel-1-tabel-n1"].rows == (
        ("wie", "mandaat", "", "kader"),
        ("", "door", "aan", ""),
        ("1", "2", "", "4"),
    )


def test_a_table_in_a_note_stays_a_table():
    read = cvdr(
        artikel(
            "<al>Lijst:<noot><noot.nr>1</noot.nr><table><tgroup><tbody><row><entry><al>a</al></entry>"
            "<entry><al>b</al></entry></row></tbody></tgroup></table></noot></al>"
        )
    )
    assert nodes(read)["artikel-1-tabel-n1"].rows == (("a", "b"),)


def explained(*paragraphs: str, before: str = "") -> str:
    rows = "".join(f"<al>{text}</al>" for text in paragraphs)
    return f"{before}<nota-toelichting><kop><titel>Toelichting</titel></kop>{rows}</nota-toelichting>"


ARTICLES = artikel("<al>X.</al>", "1", "Begrippen") + artikel(
    "<al>Y.</al>", "2", "Aanvraag"
)


@pytest.mark.parametrize(
    "heading",
    [
        "Artikel 2",
        "Artikel 2.",
        "Artikel 2 Aanvraag",
        "Artikel 2. Aanvraag",
        "Artikel 2: Aanvraag",
        "Artikel 2 – Aanvraag",
        "ARTIKEL 2 AANVRAAG",
        "Art. 2 Aanvraag",
        "Ad artikel 2",
        "Toelichting op artikel 2",
        "Artikel 2, eerste lid",
        "<vet>Artikel 2</vet>",
        "<cursief>Artikel 2 Aanvraag</cursief>",
        "<onderstreept>Artikel 2</onderstreept>",
        "<vet>Artikel </vet><vet>2 Aan</vet><vet>vraag</vet>",
        "<vet>Artikel 2</vet>: Aanvraag",
        "<vet>Artikel 2</vet> Aanvraag",
    ],
)
def test_headings_of_a_flat_toelichting_are_known_by_their_words(heading):
    read = cvdr(
        ARTICLES, after=explained("<vet>Algemeen</vet>", "Waarom.", heading, "Omdat.")
    )
    found = [node for node in nodes(read).values() if node.soort is Soort.TOELICHTING]
    assert [(node.about, node.text) for node in found] == [
        ("", ""),
        ("", "Waarom."),
        ("2", "Omdat."),
    ]
    assert read.warnings == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Artikel 2 van de wet luidt als volgt:",
        "Artikel 2 bepaalt dat wie een aanvraag doet, gegevens geeft.",
        "Artikel 2 en artikel 1 hangen samen, omdat zij over hetzelfde gaan en elkaar aanvullen op een manier die niet anders kan.",
        "Algemeen is bekend dat mensen zoeken.",
    ],
)
def test_a_sentence_about_an_article_is_no_heading(sentence):
    read = cvdr(ARTICLES, after=explained("Artikel 1", sentence))
    assert nodes(read)["toelichting-artikel-1"].text == sentence


def test_a_heading_may_run_on_into_its_paragraph():
    read = cvdr(
        ARTICLES, after=explained("<vet>Artikel 2</vet> Dit spreekt voor zich.")
    )
    assert nodes(read)["toelichting-artikel-2"].text == "Dit spreekt voor zich."


def test_a_colon_in_a_number_is_coupled_to_a_point():
    read = cvdr(
        artikel("<al>X.</al>", "2:10"), after=explained("Artikel 2.10", "Omdat.")
    )
    assert nodes(read)["toelichting-artikel-2:10"].text == "Omdat."
    assert read.warnings == ()


def test_another_number_with_the_right_title_is_coupled_by_title():
    read = cvdr(ARTICLES, after=explained("<vet>Artikel 3.3 Aanvraag</vet>", "Omdat."))
    found = nodes(read)["toelichting-artikel-2"]
    assert (found.number, found.about) == ("3.3", "2")
    assert "gekoppeld op de titel aan artikel 2" in read.warnings[0]


def test_what_belongs_to_no_article_is_told():
    read = cvdr(ARTICLES, after=explained("<vet>Artikel 9 Evaluatie</vet>", "Omdat."))
    assert nodes(read)["toelichting-9"].about == ""
    assert read.warnings == (
        "Toelichting ‘Artikel 9 Evaluatie’: niet gekoppeld; dit artikel staat niet in de regeling.",
    )


FOUR = "".join(artikel(f"<al>{n}.</al>", n, f"Titel {n}") for n in "1234")


@pytest.mark.parametrize(
    ("heading", "about", "also"),
    [
        ("Artikelen 3 en 4", "3", ("4",)),
        ("Artikelen 1, 2 en 4", "1", ("2", "4")),
        ("Artikelen 2 t/m 4", "2", ("3", "4")),
        ("Artikelen 2 tot en met 4", "2", ("3", "4")),
        ("Artikel 2-4", "2", ("3", "4")),
        ("Artikelen 3 en 9", "3", ()),
    ],
)
def test_an_explanation_of_several_articles_is_coupled_to_each(heading, about, also):
    read = cvdr(FOUR, after=explained(f"<vet>{heading}</vet>", "Omdat."))
    found = nodes(read)[f"toelichting-artikel-{about}"]
    assert (found.about, found.also, found.text) == (about, also, "Omdat.")
    assert read.warnings == ()
    shown = body(Plain(read.regeling))
    assert shown.count("Omdat.") == 1
    assert shown.count("gaat ook over dit artikel") == len(also)
    assert shown.count(f'href="#toelichting-artikel-{about}"') == len(also)


def test_every_nota_toelichting_is_read_also_after_an_empty_one():
    read = cvdr(
        ARTICLES,
        after="<nota-toelichting/>"
        + explained("Artikel 1", "Zo.")
        + explained("Artikel 2", "Zus."),
    )
    assert [nodes(read)[f"toelichting-artikel-{n}"].text for n in "12"] == [
        "Zo.",
        "Zus.",
    ]


def test_a_toelichting_before_its_articles_is_coupled_too():
    data = cvdr_bytes(ARTICLES).replace(
        b"<regeling>", explained("Artikel 2", "Omdat.").encode() + b"<regeling>"
    )
    read = xml.read(data, "x")
    assert nodes(read)["toelichting-artikel-2"].about == "2"
    assert outline(read)[0] == "toelichting-n1"


def test_a_toelichting_in_divisions_is_coupled():
    read = cvdr(
        ARTICLES,
        after="<nota-toelichting><divisie><kop><titel>Artikelsgewijs</titel></kop>"
        "<divisie><kop><label>Artikel</label><nr>2</nr></kop><al>Omdat.</al></divisie>"
        "</divisie></nota-toelichting>",
    )
    assert nodes(read)["toelichting-artikel-2"].text == "Omdat."


def test_a_toelichting_inside_its_article_is_no_text_of_it():
    read = cvdr(
        artikel("<al>Regel.</al><toelichting><al>Omdat.</al></toelichting>", "7"),
    )
    found = nodes(read)
    assert found["artikel-7"].text == "Regel."
    assert (
        found["toelichting-artikel-7"].about,
        found["toelichting-artikel-7"].text,
    ) == (
        "7",
        "Omdat.",
    )


def test_an_annex_has_its_heading_text_and_table():
    read = cvdr(
        ARTICLES,
        after="<bijlage><kop><label>Bijlage</label><nr>II</nr><titel>Lijst</titel></kop>"
        "<al>Complexen:</al>" + lijst(("1.", "Molenwijk;")) + "</bijlage>",
    )
    found = nodes(read)
    assert (found["bijlage-ii"].title, found["bijlage-ii"].text) == (
        "Lijst",
        "Complexen:",
    )
    assert found["bijlage-ii-onderdeel-1"].text == "Molenwijk;"


def test_an_article_cited_in_an_amendment_is_no_article_of_this_text():
    read = cvdr(
        "<wijzig-artikel><kop><label>Artikel</label><nr>I</nr></kop>"
        "<wat>De Huisvestingsverordening wordt gewijzigd:</wat>"
        "<wijzig-lid><lidnr>A</lidnr><wat>Artikel 5 komt te luiden:</wat><wijziging>"
        "<artikel><kop><label>Artikel</label><nr>5</nr><titel>Nieuw</titel></kop>"
        "<lid><lidnr>1.</lidnr><al>Het college beslist.</al></lid>"
        "<lid><lidnr>2.</lidnr><al>De raad niet.</al></lid></artikel></wijziging></wijzig-lid>"
        "</wijzig-artikel>" + artikel("<al>Morgen.</al>", "II")
    )
    found = placed(read)
    articles = [p.node.number for p in found.values() if p.node.soort is Soort.ARTIKEL]
    assert articles == ["I", "II"]
    cited = found["artikel-i-lid-a-tekst-n1"].node.text
    assert cited == "Artikel 5 Nieuw\n1 Het college beslist.\n2 De raad niet."


@pytest.mark.parametrize(
    ("printed", "work", "version"),
    [
        ("112779_1", "CVDR112779", "1"),
        ("CVDR680781_12", "CVDR680781", "12"),
        ("CVDR625849/3", "CVDR625849", "3"),
        ("CVDR229520-1", "CVDR229520", "1"),
        ("CVDR77862", "CVDR77862", ""),
    ],
)
def test_identifiers_are_read_in_every_shape(printed, work, version):
    read = cvdr(ARTICLES, f"<owmskern><identifier>{printed}</identifier></owmskern>")
    assert (read.regeling.id, read.regeling.version) == (work, version)


def test_a_text_without_identifier_is_read_with_a_warning():
    read = cvdr(ARTICLES, "<owmskern><title>Z</title></owmskern>")
    assert read.regeling.id == ""
    assert read.warnings == ("De metagegevens noemen geen CVDR-nummer.",)


@pytest.mark.parametrize(
    ("printed", "one_shape"),
    [
        (
            "1.0:c:BWBR0024779&amp;artikel=2.1&amp;g=2021-07-01",
            "jci1.0:c:BWBR0024779&artikel=2.1&g=2021-07-01",
        ),
        ("jci1.3:c:BWBR0035303&amp;amp;artikel=12", "jci1.3:c:BWBR0035303&artikel=12"),
        (
            "https://wetten.overheid.nl/jci1.3:c:BWBR0013798&amp;z=2018-07-28",
            "jci1.3:c:BWBR0013798&z=2018-07-28",
        ),
        ("http://wetten.overheid.nl/BWBR0004825/", "BWBR0004825"),
        ("CVDR://90740_1", "CVDR90740_1"),
        ("1.1:CVDR229520-1", "CVDR229520_1"),
        ("https://lokaleregelgeving.overheid.nl/CVDR625849/3", "CVDR625849_3"),
        ("Gemeentewet, art. 149", "Gemeentewet, art. 149"),
    ],
)
def test_legal_bases_get_one_shape(printed, one_shape):
    meta = f'<owmsmantel><source resourceIdentifier="{printed}">tekst</source></owmsmantel>'
    assert cvdr(ARTICLES, meta).regeling.bases == (one_shape,)


def test_definitions_are_found_with_their_term():
    read = cvdr(
        artikel(
            "<al>In deze verordening wordt verstaan onder:</al>"
            + lijst(
                ("a.", "college: burgemeester en wethouders;"), ("b.", "geen uitleg")
            ),
            title="Begrippen",
        )
        + artikel(
            "<al>Verder betekent:</al><definitielijst><definitie-item><term>raad:</term>"
            "<definitie><al>de gemeenteraad</al></definitie></definitie-item></definitielijst>",
            "2",
        )
    )
    found = placed(read)
    college = found["artikel-1-onderdeel-a"]
    assert (college.node.soort, college.node.title) == (Soort.BEGRIP, "college")
    assert citation(college) == "artikel 1, onderdeel a"
    assert found["artikel-1-onderdeel-b"].node.soort is Soort.ONDERDEEL
    assert found["artikel-2-begrip-n1"].node.title == "raad"


def test_articles_that_were_put_in_the_aanhef_are_found_by_their_headings():
    """A whole regulation as paragraphs; headings in bold end what is before them."""
    body = (
        "<aanhef><preambule><al>De raad besluit:</al><al><vet>A. Algemeen</vet></al>"
        "<al><vet>Artikel 1. Begrippen</vet></al><al>Hier wordt verstaan onder:</al>"
        + lijst(
            ("1.", "de raad als bedoeld in de wet;"), ("2.", "college: het college;")
        )
        + "<al><vet>B. Slot</vet></al><al>Artikel 2</al><al>1. Dan.</al><al>2. Nog.</al>"
        "<al>Aldus vastgesteld op 8 mei 2024.</al><al>De voorzitter</al>"
        "<al><vet>Bijlage 1 Lijst van zaken</vet></al><al>Alles.</al></preambule></aanhef>"
    )
    data = cvdr_bytes("").replace(
        b"<regeling-tekst>", body.encode() + b"<regeling-tekst>"
    )
    read = xml.read(data, "x")
    assert outline(read) == [
        "aanhef-n1",
        "artikel-1",
        "artikel-1-onderdeel-1",
        "artikel-1-onderdeel-2",
        "tekst-b",
        "artikel-2",
        "artikel-2-lid-1",
        "artikel-2-lid-2",
        "sluiting-n1",
        "bijlage-1",
    ]
    found = nodes(read)
    assert found["aanhef-n1"].text == "De raad besluit:\nA. Algemeen"
    assert found["tekst-b"].title == "Slot"
    assert found["sluiting-n1"].text.endswith("De voorzitter")
    assert found["bijlage-1"].title == "Lijst van zaken"
    assert "2 artikelen herkend aan de tekst" in read.warnings[0]


def test_pictures_and_unknown_parts_are_told():
    read = cvdr(
        artikel(
            "<al>Zie:</al><plaatje><illustratie naam='kaart.png'/></plaatje><nieuw><al>Iets.</al></nieuw>"
        )
    )
    assert read.warnings == (
        "Artikel 1 (regel 1): de afbeelding ‘kaart.png’ is niet overgenomen.",
        "Artikel 1 (regel 1): het onderdeel ‘nieuw’ is onbekend; de tekst is overgenomen.",
    )
    assert nodes(read)["artikel-1"].text == "Zie:\nIets."


def test_a_regulation_in_the_gemeenteblad_and_a_notice():
    page = (
        '<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord" '
        'content="https://zoek.officielebekendmakingen.nl/gmb-2026-12345/metadata.xml"/></metadata>'
        "<kop><titel>GEMEENTEBLAD</titel><subtitel>Officiële uitgave van de gemeente Utrecht</subtitel></kop>"
        "<gemeenteblad><kop><titel>Urgentieverordening</titel></kop>{}</gemeenteblad></officiele-publicatie>"
    )
    ordinance = xml.read(
        page.format(
            f"<regeling><regeling-tekst>{ARTICLES}</regeling-tekst></regeling>"
        ).encode(),
        "x",
    )
    notice = xml.read(
        page.format(
            "<zakelijke-mededeling><zakelijke-mededeling-tekst><tekst><al>Te koop.</al></tekst></zakelijke-mededeling-tekst></zakelijke-mededeling>"
        ).encode(),
        "x",
    )
    assert ordinance.form == notice.form == "gmb"
    assert ordinance.regeling.id == "gmb-2026-12345"
    assert ordinance.regeling.authority == "Utrecht"
    assert ordinance.regeling.kind == "verordening"
    assert [p for p in outline(ordinance) if p.startswith("artikel")] == [
        "artikel-1",
        "artikel-2",
    ]
    assert notice.warnings == (
        "Er zijn geen artikelen gevonden; de tekst is als geheel bewaard.",
    )
    assert notice.chars_in == notice.chars_kept


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Deze verordening treedt in werking op 1 januari 2027.", "2027-01-01"),
        ("Dit besluit treedt in werking met ingang van 29 maart 2018.", "2018-03-29"),
        ("Deze wet treedt, met artikel 2, in werking op 1 mei 2026.", ""),
        ("Deze verordening treedt in werking op de dag na bekendmaking.", ""),
        ("De Huisvestingswet treedt in werking op 1 januari 2015.", ""),
        ("Deze verordening treedt in werking op 31 februari 2027.", ""),
        (
            "Deze regeling treedt in werking op 1 mei 2026. Deze regeling treedt in werking op 2 mei 2026.",
            "",
        ),
    ],
)
def test_an_announcement_begins_on_the_day_that_its_text_names(sentence, day):
    articles = ARTICLES + artikel(f"<al>{sentence}</al>", "3", "Inwerkingtreding")
    read = xml.read(
        (
            "<officiele-publicatie><metadata/><gemeenteblad><kop><titel>Verordening</titel></kop>"
            f"<regeling><regeling-tekst>{articles}</regeling-tekst></regeling></gemeenteblad></officiele-publicatie>"
        ).encode(),
        "x",
    )
    assert read.regeling.valid_from == day
    told = "dat staat in de tekst" if day else "Wij vonden geen dag"
    assert any(told in warning for warning in read.warnings)


REFUSED = {
    "stop": b'<RegelingCompact xmlns="https://standaarden.overheid.nl/stop/imop/tekst/" eId="x"/>',
    "sru": b"<record><recordSchema/><recordData><gzd/></recordData></record>",
    "wti": b"<wetgeving><algemene-informatie/></wetgeving>",
    "metadata": b"<metadata_gegevens/>",
    "html": b'<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "manifest": b'<work label="BWBR0000001"><expression label="2020-01-01_0"/></work>',
}


@pytest.mark.parametrize("form", REFUSED)
def test_other_forms_are_refused_by_name_with_what_to_do(form):
    read = xml.read(REFUSED[form], "x.xml")
    assert (read.form, read.regeling) == (form, None)
    assert any(word in read.refusal for word in ("Lever", "lever", "Gebruik"))


def test_stop_is_known_in_the_packing_of_the_lvbb():
    data = b'<lvbbu:Consolidaties xmlns:lvbbu="https://standaarden.overheid.nl/lvbb/stop/uitlevering/"/>'
    assert xml.read(data, "x").form == "stop"


def test_an_unknown_form_says_what_was_expected_and_found():
    refusal = xml.read(b"<factuur/>", "x").refusal
    assert "‘factuur’" in refusal
    assert "CVDR" in refusal


@pytest.mark.parametrize(
    ("name", "articles"),
    [
        ("voorbeeldstad_leden", 16),
        ("voorbeelddorp_lijsten", 14),
        ("voorbeeldwaard_gemengd", 13),
    ],
)
def test_the_three_fictitious_ordinances_are_read_whole(name, articles):
    read = xml.read((FILES / f"{name}.xml").read_bytes(), name)
    found = [p for p in placed(read).values() if p.node.soort is Soort.ARTIKEL]
    assert len(found) == articles
    assert all(p.node.number for p in found)
    assert read.chars_kept / read.chars_in >= 0.99
    assert "voorbeeld" in read.regeling.title
    about = [
        n.about
        for n in nodes(read).values()
        if n.soort is Soort.TOELICHTING and n.about
    ]
    assert len(about) >= 3
