import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import KennisPagina, Startinhoud
from knowledge.starter import building, checking
from knowledge.starter.loading import load
from knowledge.starter.parsing import (
    STARTER_ROOT,
    StarterError,
    load_content,
    parse_page,
)
from tests import services
from tests.content import small_content

CONTENT = load_content()


def test_the_content_follows_its_own_rules():
    assert [str(fault) for fault in checking.check(CONTENT)] == []


def test_every_word_is_known():
    services.need("hunspell-nl")
    assert checking.unknown_words(CONTENT) == {}


def test_there_is_enough_of_everything():
    count = {
        kind: sum(p.kind == kind for p in CONTENT.pages)
        for kind in {p.kind for p in CONTENT.pages}
    }
    assert len(CONTENT.pages) >= 130
    assert count["handreiking"] >= 18
    assert count["praktijkvoorbeeld"] == 13
    assert count["vraag-en-antwoord"] >= 25
    assert count["wet"] >= 22
    assert count["gereedschapskist"] >= 2
    assert sum(bool(p.head.get("stub")) for p in CONTENT.pages) == 2


@pytest.mark.django_db
def test_all_of_it_loads_and_every_page_shows(client):
    KennisPagina.objects.all().delete()
    Startinhoud.objects.all().delete()
    report = load(CONTENT)
    assert report.made == len(CONTENT.pages) + len(CONTENT.models)
    for page in KennisPagina.objects.live():
        assert client.get(page.get_url()).status_code == 200, page.get_url()
    assert load(CONTENT).unchanged == report.made


PAGE = """---
soort: instrument
slug: proef
titel: Proef
in_het_kort: Kort.
team: flexpool
gecontroleerd_op: 2026-11-22
volgende_controle: 2027-11-22
instrumentsoort: plan
---
## Kop {#kop}

Tekst.

Bron: programma
"""


def fault_of(text: str, name: str = "proef.md") -> StarterError:
    with pytest.raises(StarterError) as caught:
        parse_page(Path(name), text)
    return caught.value


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("soort: instrument", "soort: iets"), 2, "bestaat niet"),
        (("slug: proef", "slug: anders"), 3, "bestandsnaam"),
        (("titel: Proef\n", ""), 1, "titel"),
        (("titel: Proef", "titel: [Proef"), 5, "niet te lezen"),
        (("gecontroleerd_op: 2026-11-22", "gecontroleerd_op: gisteren"), 7, "datum"),
        (("instrumentsoort: plan", "instrumentsoort: ding"), 9, "bestaat niet"),
        (
            ("instrumentsoort: plan", "instrumentsoort: plan\nonbekend: x"),
            10,
            "onbekend veld",
        ),
        (("{#kop}", ""), 11, "anker"),
        (("Bron: programma", "Bron: Iets Anders!"), 15, "geen bron"),
        (("## Kop", "Los\n\n## Kop"), 11, "eerste sectie"),
    ],
)
def test_a_broken_file_names_the_line(change, line, told):
    error = fault_of(PAGE.replace(*change))
    assert told in error.message
    assert error.line == line


def head(line: str) -> tuple[str, str]:
    return ("instrumentsoort: plan", f"{line}\ninstrumentsoort: plan")


def one(text: str):
    return replace(small_content(), pages=(parse_page(Path("proef.md"), text),))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("Bron: programma\n", ""), "geen regel 'Bron"),
        (("Bron: programma", "Bron: bestaat-niet"), "staat niet in data/bronnen.yaml"),
        (("team: flexpool", "team: geen"), "bestaat niet"),
        (
            ("Tekst.", "Zie [dit](/kennisbank/wet/bestaat-niet/)."),
            "die pagina bestaat niet",
        ),
        (("Tekst.", "Zie [dit](/begrippen/bestaat-niet/)."), "dat begrip bestaat niet"),
        (("Tekst.", "Het kost € 12 miljoen."), "cijfer zonder jaar"),
        (("Tekst.", "woord " * 31 + "."), "zin van"),
        (("Tekst.", "Er staan 70 woningen."), "cijfer zonder jaar"),
        (("Tekst.", "Een half miljoen mensen."), "cijfer zonder jaar"),
        (
            ("Tekst.", "In 2022 was dat zo.\n\nEr staan 70 woningen."),
            "cijfer zonder jaar",
        ),
        (("Kort.", "Het gaat om 3.000 mensen."), "in_het_kort: een cijfer zonder jaar"),
        (head("acties: [Zoek 12 plekken]"), "acties: een cijfer zonder jaar"),
        (head("onzeker: Er kwam 5 procent bij."), "onzeker: een cijfer zonder jaar"),
        (head(f"acties: [{'woord ' * 31}]"), "acties: zin van"),
        (head(f"acties: [{'woord ' * 16}]"), "acties: gemiddeld 16.0"),
        (("Tekst.", "<b>vet</b>"), "ruwe HTML"),
        (("in_het_kort: Kort.", "in_het_kort: " + "woord " * 61), "hoogstens 60"),
        (("2027-11-22", "2026-11-21"), "moet na"),
    ],
)
def test_an_editorial_fault_is_found(change, told):
    messages = [fault.message for fault in checking.check(one(PAGE.replace(*change)))]
    assert any(told in message for message in messages), messages


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 waren er 70 woningen.",
        "In 2022 telde men:\n\n- 70 woningen;\n- 30 plekken.",
        "Wie 18 jaar is, wacht 6 maanden.",
        "Lees artikel 6 nog eens.",
    ],
)
def test_a_figure_with_its_year_and_an_age_are_no_fault(text):
    assert list(checking.check(one(PAGE.replace("Tekst.", text)))) == []


@pytest.mark.parametrize(
    ("kind", "field", "told"),
    [
        ("stappenplan", "stappen", "doel"),
        ("praktijkvoorbeeld", "feiten", "waarde"),
        ("wet", "statussen", "tekst"),
        ("financiering", "voorwaarden", "tekst"),
    ],
)
def test_rows_in_the_head_are_read_too(kind, field, told):
    page = next(p for p in CONTENT.pages if p.kind == kind and p.head.get(field))
    row = {**page.head[field][0], told: f"Vrootgek {'woord ' * 31}"}
    content = replace(CONTENT, pages=(replace(page, head={**page.head, field: [row]}),))
    messages = [fault.message for fault in checking.check(content)]
    assert any(m.startswith(f"{field}: {told}: zin van") for m in messages)
    if "hunspell-nl" not in services.absent():
        assert "Vrootgek" in checking.unknown_words(content)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("begrippen", "uitleg"),
        ("organisaties", "helpt_met"),
        ("kerncijfers", "definitie"),
    ],
)
def test_the_lists_are_read_too(name, field):
    row = {**CONTENT.lists[name][0], field: f"Vrootgek {'woord ' * 31}"}
    content = replace(CONTENT, lists={**CONTENT.lists, name: [row]}, pages=())
    faults = [f for f in checking.check(content) if "zin van" in f.message]
    assert [fault.path.name for fault in faults] == [f"{name}.yaml"]
    assert (
        f"slug: {row['slug']}"
        in faults[0].path.read_text().splitlines()[faults[0].line - 1]
    )
    if "hunspell-nl" not in services.absent():
        assert "Vrootgek" in checking.unknown_words(content)


def test_a_word_belongs_to_one_term():
    row = {**CONTENT.lists["begrippen"][0], "slug": "dubbel", "term": "Dubbel"}
    lists = {**CONTENT.lists, "begrippen": [*CONTENT.lists["begrippen"], row]}
    messages = [f.message for f in checking.check(replace(CONTENT, lists=lists))]
    assert any("en bij dubbel" in message for message in messages)


@pytest.mark.parametrize(
    ("kind", "anchors", "repeated"),
    [
        ("handreiking", ["een", "twee", "een"], ["een"]),
        ("handreiking", ["rondes", "bronnen"], ["bronnen"]),
        ("financiering", ["rondes"], ["rondes"]),
        ("stappenplan", ["begin"], ["begin"]),
    ],
)
def test_an_anchor_stands_once_on_a_page_also_next_to_those_of_its_template(
    kind, anchors, repeated
):
    page = next(p for p in CONTENT.pages if p.kind == kind)
    sections = tuple(replace(page.sections[0], anchor=name) for name in anchors)
    head = dict(page.head)
    if kind == "stappenplan":
        head["stappen"] = [{**row, "anker": ""} for row in head["stappen"]]
        head["stappen"][0]["anker"] = "begin"
    page = replace(page, sections=sections, head=head)
    messages = [
        fault.message
        for fault in checking.check(replace(CONTENT, pages=(page,)))
        if "komt twee keer voor" in fault.message
    ]
    assert messages == [f"anker '{anchor}' komt twee keer voor" for anchor in repeated]


def test_a_handreiking_is_as_long_as_its_sections():
    page = next(p for p in CONTENT.pages if p.kind == "handreiking")
    section = replace(page.sections[0], markdown="### Kop\n\n" + "woord. " * 499)
    closing = replace(section, anchor="loket", markdown="woord. " * 300)

    def faults(*sections):
        content = replace(CONTENT, pages=(replace(page, sections=sections),))
        return [
            f.message
            for f in checking.check(content)
            if "handreiking heeft er" in f.message
        ]

    assert faults(section, closing) == [
        "499 woorden in de secties; een handreiking heeft er 500 tot 1200"
    ]
    assert faults(section, replace(section, anchor="meer"), closing) == []


# The terms of the vocabularies that pages, filters and questions use.
VOCABULARY = {
    "aandachtsgroep": "statushouder dak-en-thuisloosheid economisch-dakloos uitstroom"
    " arbeidsmigrant standplaats jongvolwassene mantelzorger mantelzorgontvanger",
    "actielijn": "dwarsdoorsnijdend",
    "inhoudstype": "handreiking stappenplan gereedschapskist praktijkvoorbeeld"
    " modelverordening verordening beleidsregel wet financiele-regeling rapport"
    " vraag-en-antwoord evenement webinar netwerkevenement stakeholdersessie leerkring"
    " leer-en-actiepunten nieuwsbericht dashboard expertteam contactpunt",
    "instrument": "regelgeving overeenkomst visie methode subsidie specifieke-uitkering"
    " data inzet toets",
    "fase": "fase-verkennen fase-analyseren fase-visie-maken fase-afspraken-maken"
    " fase-uitvoeren fase-monitoren",
    "partnertype": "ministerie",
    "regio": "gemeente provincie corop-gebied woondealregio zorgkantoorregio"
    " centrumgemeente arbeidsmarktregio koploperregio woningmarktregio pilotregio",
    "schaalniveau": "",
    "woningtype": "sociale-huurwoning middenhuur koopwoning flexwoning transformatie"
    " onzelfstandige-woonruimte gemengd-wonen beschermd-wonen",
    "rechtsgebied": "",
    "bouwsteen": "",
    "publicatiestatus": "",
    "bewijskracht": "",
    "vraagstatus": "",
    "kanaal": "",
    "vraagtype": "knelpunt",
    "dagen-tot-besluit": "",
    "sociaal-domein": "schulden begeleiding zorg werk-en-inkomen inburgering jeugdhulp"
    " veiligheid leefbaarheid gegevensdeling",
}


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_term_of_the_vocabularies_is_explained(name):
    explained = {row["slug"] for row in CONTENT.lists["begrippen"]}
    assert {name, *VOCABULARY[name].split()} - explained == set()


def test_no_everyday_word_stands_for_a_term():
    everyday = {
        *("besluit", "kamer", "volgen", "voortgang", "voorkomen", "concreet"),
        *("volgorde", "ronde", "ladder", "beheerder", "pro", "experiment"),
        *("ondersteuning", "doelgroep", "eigen bijdrage", "weerstand", "bemiddeling"),
        *("verhuring", "vrijlating", "hardheid", "venster", "programmeren", "krapte"),
        *("schulden", "op maat", "geldig tot", "eerste lijn", "samen wonen"),
    }
    names = {
        row["slug"]: everyday & {word.lower() for word in row.get("ook") or []}
        for row in CONTENT.lists["begrippen"]
    }
    assert {slug: words for slug, words in names.items() if words} == {}


@pytest.mark.django_db
def test_a_fault_loads_nothing():
    before = KennisPagina.objects.count()
    with pytest.raises(ExceptionGroup):
        load(one(PAGE.replace("Bron: programma", "Bron: bestaat-niet")))
    assert KennisPagina.objects.count() == before


@pytest.mark.django_db
def test_what_an_editor_changed_is_never_overwritten(make_user):
    page = KennisPagina.objects.get(slug="wooncoach").specific
    page.title = "Van de redactie"
    page.save_revision(user=make_user("redacteur"))
    content = small_content()
    pages = tuple(
        replace(p, head={**p.head, "titel": "Uit het bestand"})
        if p.slug in ("wooncoach", "majella-wonen")
        else p
        for p in content.pages
    )
    report = load(replace(content, pages=pages))
    assert report.edited == ["instrument/wooncoach"]
    assert report.updated == 1
    assert KennisPagina.objects.get(slug="majella-wonen").title == "Uit het bestand"
    assert KennisPagina.objects.get(slug="wooncoach").title == "Wooncoach"


@pytest.mark.django_db
def test_the_command_says_what_is_wrong(monkeypatch, capsys):
    monkeypatch.setattr(
        "knowledge.starter.loading.load_content",
        lambda: one(PAGE.replace("Bron: programma", "Bron: bestaat-niet")),
    )
    with pytest.raises(CommandError, match="Niets geladen"):
        call_command("load_starter")
    assert "proef.md:11" in capsys.readouterr().err


def test_downloads_open_as_office_files():
    import io

    from docx import Document
    from odfdo import Document as OdfDocument
    from openpyxl import load_workbook

    folder = STARTER_ROOT / "downloads"
    word = Document(io.BytesIO(building.build(folder, "woonzorgvisie-sjabloon.docx")))
    assert any(p.style.name.startswith("Heading") for p in word.paragraphs)
    assert word.tables
    book = load_workbook(io.BytesIO(building.build(folder, "opgavetabel.xlsx")))
    assert book.worksheets[0].max_row > 10
    sheet = OdfDocument(
        io.BytesIO(building.build(folder, "opgavetabel.ods"))
    ).body.get_tables()[0]
    assert sheet.height > 10


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Een zin. Nog een zin.", 2),
        ("- punt\n- punt", 2),
        ("Volgens art. 6 mag dat.", 1),
        ("", 0),
    ],
)
def test_sentences(text, count):
    assert len(checking.sentences(text)) == count


def test_dates_are_dates():
    assert isinstance(CONTENT.pages[0].head["gecontroleerd_op"], datetime.date)
