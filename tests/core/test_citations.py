import gzip
import json
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.citations import (
    AFKORTINGEN,
    VOLUIT,
    article_key,
    find_citations,
    forms,
    normal_regeling,
    parse_query,
)

SHARED = Path(
    os.environ.get("THUISLOKET_SHARED", Path(__file__).resolve().parents[3] / "shared")
)
ARTICLES = SHARED / "data" / "search" / "bwb_articles.jsonl.gz"


def read(text: str) -> list[str]:
    """Citations in short: artikel, lid, onderdeel and regeling with '|' between."""
    return [
        "|".join(part or "" for part in (c.artikel, c.lid, c.onderdeel, c.regeling))
        for c in find_citations(text)
    ]


FOUND = [
    # 'artikel' with and without a regeling
    ("artikel 3:46 Awb", ["3:46|||Awb"]),
    ("art. 2:10 APV", ["2:10|||APV"]),
    ("art 3:46 awb", ["3:46|||awb"]),
    ("Art.12 Hw", ["12|||Hw"]),
    ("artikel 12 hw", ["12|||hw"]),
    ("zie artikel 12.", ["12|||"]),
    ("Artikel 1. Begripsbepalingen", ["1|||"]),
    ("artikel 2.4.1 van de verordening", ["2.4.1|||"]),
    ("artikel 12 van deze verordening", ["12|||"]),
    ("wetsartikel 13b Opiumwet", ["13b|||Opiumwet"]),
    ("artikel 151c van de Gemeentewet geeft", ["151c|||Gemeentewet"]),
    ("artikel 12 uit de Huisvestingswet 2014", ["12|||Huisvestingswet 2014"]),
    ("artikel 12 in de Huisvestingswet", ["12|||Huisvestingswet"]),
    ("artikel 12 (Hw)", ["12|||Hw"]),
    ("artikel 3 A.P.V. geldt", ["3|||A.P.V."]),
    ("artikel 12bis van de Kieswet", ["12bis|||Kieswet"]),
    ("artikel W 3 van de Kieswet", ["W 3|||Kieswet"]),
    ("artikel Ya 35a Kieswet", ["Ya 35a|||Kieswet"]),
    ("Artikel VIIIa Wet bankenbelasting", ["VIIIa|||Wet bankenbelasting"]),
    # lid and onderdeel
    (
        "artikel 12, tweede lid, onderdeel a, van de Huisvestingswet 2014",
        ["12|2|a|Huisvestingswet 2014"],
    ),
    ("art 10a lid 3 onder b", ["10a|3|b|"]),
    ("artikel 12, 2e lid, Hw", ["12|2||Hw"]),
    ("artikel 12 lid 2a Hw", ["12|2a||Hw"]),
    ("artikel 5, twaalfde lid", ["5|12||"]),
    ("artikel 5, eerste en tweede lid, van de Woningwet", ["5|1||Woningwet"]),
    ("artikel 5, eerste tot en met derde lid, Awb", ["5|1||Awb"]),
    ("artikel 12 lid 2 en 3 Hw", ["12|2||Hw"]),
    ("artikel 3 lid 1 en 4 Hw", ["3|1||Hw", "4|||Hw"]),
    ("artikel 12, leden 1 en 2, Hw", ["12|1||Hw"]),
    ("art. 6 lid 1 sub e AVG", ["6|1|e|AVG"]),
    ("art. 6(1)(f) AVG", ["6|1|f|AVG"]),
    ("artikel 1, onder 1°, van de Woningwet", ["1||1°|Woningwet"]),
    ("artikel 1, onderdeel a.1°, Woningwet", ["1||a|Woningwet"]),
    ("artikel 1, onder a, b en c, van de Awb", ["1||a|Awb"]),
    ("artikel 4, eerste lid, aanhef en onder b, Awb", ["4|1|b|Awb"]),
    ("artikel 4, eerste lid, tweede volzin, van de Awb", ["4|1||Awb"]),
    ("artikel 12 onder andere voorwaarden", ["12|||"]),
    ("het tweede lid van artikel 12 Hw", ["12|2||Hw"]),
    ("lid 3 van artikel 12 van de Hw", ["12|3||Hw"]),
    # the number first
    ("151c Gemeentewet", ["151c|||Gemeentewet"]),
    ("151c gemeentewet", ["151c|||gemeentewet"]),
    ("6:162 BW", ["6:162|||BW"]),
    ("op grond van 3:4 Awb is", ["3:4|||Awb"]),
    ("zie 12 Hw.", ["12|||Hw"]),
    ("2.3.5 Wmo 2015", ["2.3.5|||Wmo 2015"]),
    ("12 lid 2 Hw", ["12|2||Hw"]),
    ("3:46 van de Algemene wet bestuursrecht", ["3:46|||Algemene wet bestuursrecht"]),
    # the regeling first
    ("Hw 12 lid 2", ["12|2||Hw"]),
    ("Hw 12 geldt", ["12|||Hw"]),
    ("awb 3:46", ["3:46|||awb"]),
    ("Wmo 2015 2.3.5", ["2.3.5|||Wmo 2015"]),
    ("Gemeentewet, art. 149", ["149|||Gemeentewet"]),
    ("Gemeentewet (artikel 149)", ["149|||Gemeentewet"]),
    (
        "Algemene wet bestuursrecht (Awb), artikel 3:4",
        ["3:4|||Algemene wet bestuursrecht"],
    ),
    ("Gemeentewet, artikel 5 van de Awb", ["5|||Awb"]),
    ("Gemeentewet, artikel 4 van deze verordening", ["4|||"]),
    # lists and ranges
    ("artikelen 4 en 5 Wmo 2015", ["4|||Wmo 2015", "5|||Wmo 2015"]),
    ("de artikelen 3, 4 en 5", ["3|||", "4|||", "5|||"]),
    ("artikel 7 t/m 9", ["7|||", "9|||"]),
    ("artikelen 7-9 Hw", ["7|||Hw", "9|||Hw"]),
    ("artikel 7 tot en met 9 van de Hw", ["7|||Hw", "9|||Hw"]),
    ("art. 3:2 jo. 3:4 Awb", ["3:2|||Awb", "3:4|||Awb"]),
    ("artikel 3, eerste lid, en 5 Awb", ["3|1||Awb", "5|||Awb"]),
    ("artikel 3 of artikel 4 Awb", ["3|||", "4|||Awb"]),
    ("artikel 12 en 18 jaar oud", ["12|||"]),
    # names
    ("artikel 905 van Boek 7 BW", ["905|||Boek 7 BW"]),
    (
        "artikel 5 van Boek 7 van het Burgerlijk Wetboek",
        ["5|||Boek 7 van het Burgerlijk Wetboek"],
    ),
    (
        "artikel 4 van de Wet op de huurtoeslag en de Gemeentewet",
        ["4|||Wet op de huurtoeslag"],
    ),
    (
        "artikel 2 Wet versterking regie volkshuisvesting regelt",
        ["2|||Wet versterking regie volkshuisvesting"],
    ),
    (
        "artikel 4 van de Wet bescherming Antarctica is",
        ["4|||Wet bescherming Antarctica"],
    ),
    ("artikel 2 van de Les- en cursusgeldwet", ["2|||Les- en cursusgeldwet"]),
    (
        "artikel 2 van de Huisvestingsverordening Capelle aan den IJssel 2023 is",
        ["2|||Huisvestingsverordening Capelle aan den IJssel 2023"],
    ),
    ("artikel 2:10 APV Utrecht", ["2:10|||APV Utrecht"]),
    (
        "Huisvestingsverordening Utrecht 2023, artikel 4",
        ["4|||Huisvestingsverordening Utrecht 2023"],
    ),
    # identifiers
    ("BWBR0035303", ["|||BWBR0035303"]),
    ("zie CVDR123456_2.", ["|||CVDR123456_2"]),
    ("artikel 12 BWBR0035303", ["12|||BWBR0035303"]),
    ("bwbr0035303 artikel 12", ["12|||bwbr0035303"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_citations_are_found_in_text(text, expected):
    assert read(text) == expected


NOT_FOUND = [
    "", "18 jaar", "2014", "groep 3", "actielijn 3", "de Huisvestingswet 2014",
    "de Awb", "in 2015", "op 12 mei", "Wmo 2015", "Wmo 3 gemeenten", "de Wmo 3,5 miljoen",
    "Wlz 18 jaar", "12 Wmo-plaatsen", "1.200 Wmo cliënten", "een artikel in 3 delen",
    "artikel van 12 mei", "artikel 12 mei 2024", "hoofdstuk 3 Awb", "afdeling 3.4 Awb",
    "titel 4.2 Awb", "MO/BW 12", "bw 12 plaatsen", "het tweede lid", "lid 2",
    "art deco 1920", "wet 12", "de wet", "3 in de wet", "12 op de lijst", "3x Hw 4 keer",
    "jeugdwet 18 jaar", "Volkskrant-artikel 12", "start 12 maart", "bal 3 is rond",
    "9:30 uur", "€ 12 Hw", "Hw 2014", "er zijn 12 Jeugdwet besluiten", "deel 3 en 4",
    "BWBR12", "§ 3.4 Awb",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_FOUND)
def test_counts_years_and_headings_are_no_citation(text):
    assert find_citations(text) == []


def test_places_in_the_text_are_exact():
    text = "Volgens de artikelen 4 en\n5, eerste lid, Wmo 2015 geldt BWBR0035303."
    assert [c.text for c in find_citations(text)] == [
        "artikelen 4",
        "5, eerste lid, Wmo 2015",
        "BWBR0035303",
    ]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("artikel 3:46 Awb", ("algemene wet bestuursrecht|3:46",)),
        ("Awb 3:46", ("algemene wet bestuursrecht|3:46",)),
        ("wat staat er in artikel 12 hw?", ("huisvestingswet 2014|12",)),
        ("tekst van art. 151c gemeentewet", ("gemeentewet|151c",)),
        ("hw 12", ("huisvestingswet 2014|12",)),
        ("12 HW", ("huisvestingswet 2014|12",)),
        ("artikel 12", ("|12",)),
        ("artikel 12 van de wet", ("|12",)),
        ("bw 6:162", ("burgerlijk wetboek boek 6|162",)),
        ("artikel 30 wet bescherming antarctica", ("wet bescherming antarctica|30",)),
        ("artikel iv wet kinderombudsman", ("wet kinderombudsman|iv",)),
        ("artikel w 3 kieswet", ("kieswet|w3",)),
        ("apv utrecht 2:10", ("algemene plaatselijke verordening utrecht|2:10",)),
        (
            "artikel 2:10 apv utrecht 2023",
            (
                "algemene plaatselijke verordening utrecht 2023|2:10",
                "algemene plaatselijke verordening utrecht|2:10",
            ),
        ),
        ("bwbr0035303", ("bwbr0035303|",)),
    ],
)
def test_a_query_that_is_a_citation(query, keys):
    citation = parse_query(query)
    assert citation is not None
    assert forms(citation) == keys


@pytest.mark.parametrize(
    "query",
    [
        "", "huisvestingswet 2014", "urgentie artikel 12 mantelzorg", "wmo 2015",
        "artikel 4 en 5 wmo 2015", "artikel 7 t/m 9", "artikel 12 hw uitzonderingen",
        "ik ben 18 wmo", "bw 12", "jeugdwet 18 jaar", "artikel", "groep 3",
        "artikel in 3 delen", "x" * 1000,
    ],
)  # fmt: skip
def test_a_query_that_is_more_or_less_than_one_citation(query):
    assert parse_query(query) is None


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Awb", "algemene wet bestuursrecht"),
        ("van de  Algemene wet bestuursrecht", "algemene wet bestuursrecht"),
        ("Algemene wet bestuursrecht (Awb)", "algemene wet bestuursrecht"),
        ("Huisvestingswet", "huisvestingswet 2014"),
        ("Hw 2014", "huisvestingswet 2014"),
        ("Wmo 2007", "wet maatschappelijke ondersteuning 2007"),
        ("Woningwet 2015", "woningwet"),
        ("Woningwet 1962", "woningwet 1962"),
        ("A.P.V.", "algemene plaatselijke verordening"),
        ("APV gemeente Utrecht", "algemene plaatselijke verordening utrecht"),
        ("Boek 7A van het Burgerlijk Wetboek", "burgerlijk wetboek boek 7a"),
        ("Burgerlijk Wetboek, Boek 7", "burgerlijk wetboek boek 7"),
        ("CVDR123456/3", "cvdr123456"),
        ("Wet afschaffing plusregio’s", "wet afschaffing plusregio's"),
        ("Kieswet", "kieswet"),
        ("", ""),
    ],
)
def test_one_name_per_regeling(name, normal):
    assert normal_regeling(name) == normal


def test_the_table_of_abbreviations_agrees_with_itself():
    assert {normal_regeling(name) for name in VOLUIT} == VOLUIT
    for short, full in AFKORTINGEN.items():
        assert normal_regeling(short) == normal_regeling(short.upper()) == full
    assert not set(AFKORTINGEN) & {"in", "op", "de", "het", "wet", "van", "en", "mw"}


@pytest.mark.parametrize(
    ("regeling", "artikel", "key"),
    [
        ("Awb", "Artikel 3:46.", "algemene wet bestuursrecht|3:46"),
        ("", "Art. 12", "|12"),
        ("BW", "7:905", "burgerlijk wetboek boek 7|905"),
        ("Burgerlijk Wetboek Boek 7", "Artikel 905", "burgerlijk wetboek boek 7|905"),
        ("Kieswet", "Artikel Ya\n2", "kieswet|ya2"),
        ("APV", "29. Intrekking", "algemene plaatselijke verordening|29"),
        ("Hw", "", "huisvestingswet 2014|"),
    ],
)
def test_article_keys(regeling, artikel, key):
    assert article_key(regeling, artikel) == key


PIECES = st.sampled_from(
    [
        "artikel", "art.", "artikelen", "3:46", "12", "12a", "2014", "lid", "tweede", ",",
        "en", "t/m", "onder", "a", "1°", "van", "de", "Awb", "Hw", "Wet", "wet", "op",
        "Boek", "7", "BW", "APV", "Utrecht", "Les-", "(", ")", ".", ":", "-",
        "BWBR0035303", "Kieswet", "W", "İ", "ß", "²", "\n", "",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(PIECES, max_size=25).map(" ".join),
        st.lists(PIECES, max_size=25).map("".join),
    )
)
def test_any_text_is_read_and_places_fit(text):
    end = 0
    for citation in find_citations(text):
        assert citation.text == text[citation.start : citation.end]
        assert end <= citation.start < citation.end
        assert citation.artikel or citation.regeling
        assert all("\n" not in key for key in forms(citation))
        end = citation.end
    parse_query(text)
    article_key(text, text)


@pytest.mark.parametrize(
    "unit",
    [
        "artikel ", "artikel 1, ", "1:1 ", "1:", "1a", "eerste en ", "Wet op de ",
        "hw 1 ", "algemene ", "Les- ", "onder a, b, ", "APV Aa ", " ", "\n", "a.", "(1)",
        "wet zorg en dwang psychogeriatrische en ", "Boek 7 van het ", "x",
    ],
)  # fmt: skip
def test_long_text_takes_linear_time(unit):
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        find_citations(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(100_000) < 20 * seconds(10_000) + 0.2


def test_a_real_article_is_found_by_its_own_name():
    if not ARTICLES.exists():
        pytest.skip("geen wetteksten op deze machine (THUISLOKET_SHARED)")
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row["article"].startswith("Artikel ")]
    sample = random.Random(1).sample(rows, min(3000, len(rows)))
    missed = []
    for row in sample:
        number = row["article"].removeprefix("Artikel ")
        query = f"artikel {number} {row['law']}"
        for typed in (query, query.lower()):
            citation = parse_query(typed)
            key = article_key(row["law"], row["article"])
            if citation is None or key not in forms(citation):
                missed.append(typed)
    assert len(sample) >= 2000
    assert len(missed) <= 0.01 * 2 * len(sample), missed[:20]
