"""References in text: which article they mean, and links that change nothing else."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from core.markdown import render
from knowledge import sources
from knowledge.sources import Binnen, link_html, verwijzingen

HW = "huisvestingswet 2014"
BINNEN = Binnen({"wet": HW})


def found(text, binnen=None):
    return [
        (text[f.start : f.end], f.verwijzing.regeling, f.verwijzing.artikel)
        for f in verwijzingen(text, binnen)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zie artikel 12 van de Huisvestingswet 2014.", [(HW, "12")]),
        ("Volgens art. 12 Hw mag dat.", [(HW, "12")]),
        ("art. 2:10 APV", [("algemene plaatselijke verordening", "2:10")]),
        (
            "artikelen 4 en 5 Wmo 2015",
            [("wet maatschappelijke ondersteuning 2015", n) for n in "45"],
        ),
        ("Zie BWBR0035303 en CVDR718456_2.", [("bwbr0035303", ""), ("cvdr718456", "")]),
        ("artikel 12, eerste lid", []),
        ("artikel 5 van deze verordening", []),
        ("De gemeente heeft 12 woningen.", []),
        ("", []),
    ],
)
def test_a_text_of_no_regulation(text, wanted):
    assert [(law, number) for _t, law, number in found(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("bedoeld in artikel 5, tweede lid, onderdeel a,", [("", "5")]),
        ("artikel 5 van deze verordening", [("", "5")]),
        ("de artikelen 3, 4 en 5", [("", "3"), ("", "4"), ("", "5")]),
        ("artikel 12 van de wet", [(HW, "12")]),
        ("artikel 12 van de Wet", [(HW, "12")]),
        ("de artikelen 3 en 4 van de wet", [(HW, "3"), (HW, "4")]),
        ("artikel 4 en artikel 5 van de Huisvestingswet 2014", [(HW, "5")]),
        ("artikel 4 en artikel 5 van de wet", [(HW, "5")]),
        ("artikel 4 en artikel 5 van deze verordening", [("", "5")]),
        ("artikel 4 van het reglement", []),
        ("artikel 4 van die verordening", []),
        ("artikel 6 van bijlage 2", []),
    ],
)
def test_inside_a_regulation(text, wanted):
    assert [(law, number) for _t, law, number in found(text, BINNEN)] == wanted


def test_an_explanation_that_speaks_of_a_law_leaves_the_bare_article_alone():
    explains = Binnen({}, explains=True)
    assert found("In de wet regelt artikel 4 dit.", explains) == []
    assert found("Dit volgt uit artikel 4.", explains) == [("artikel 4", "", "4")]


def test_what_own_words_for_laws_mean():
    assert sources.defined_laws(
        [
            ("wet", "de Huisvestingswet 2014;"),
            ("de verordening", "Huisvestingsverordening Utrecht 2023"),
            ("Awb", "Algemene wet bestuursrecht"),
            ("college", "het college van burgemeester en wethouders"),
            ("besluit", "schriftelijke beslissing van het college"),
        ]
    ) == {"wet": HW, "verordening": "huisvestingsverordening utrecht 2023"}


def test_the_names_of_an_ordinance_are_known_with_and_without_year_and_place():
    names = sources.names_of("CVDR718456", "Huisvestingsverordening Utrecht 2025", "", "Utrecht")  # fmt: skip
    assert names["huisvestingsverordening utrecht"] is False
    assert names["huisvestingsverordening"] is True
    assert names["cvdr718456"] is False
    assert sources.names_of("", "Huisvestingswet 2014", "") == {HW: False}


def test_official_addresses():
    assert (
        sources.official_address("bwbr0035303")
        == "https://wetten.overheid.nl/BWBR0035303"
    )
    assert sources.official_address("cvdr718456").endswith("overheid.nl/CVDR718456")
    assert sources.official_address(HW) == ""


# -- links ---------------------------------------------------------------------------


def everything(wanted):
    return {one: f"/doel/{one.artikel}/?a=1&b='\"<" for one in wanted}


def test_links_stand_around_the_words_as_they_were_written():
    html = "<p>Zie artikel&nbsp;12 van de <b>wet</b>, art.&#32;3:46 Awb &amp; meer.</p>"
    linked = link_html(html, everything)
    soup = BeautifulSoup(linked, "html.parser")
    assert [a.get_text() for a in soup.select("a.verwijzing")] == ["art. 3:46 Awb"]
    assert soup.a["href"] == "/doel/3:46/?a=1&b='\"<"
    assert re.sub(r"</?a[^>]*>", "", linked) == html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x/">artikel 3:46 Awb</a>',
        "<a href='/x/'><b>artikel 3:46 Awb</b></a>",
        "<button>artikel 3:46 Awb</button>",
        "<h2>Artikel 3:46 Awb</h2>",
        "<summary>artikel 3:46 Awb</summary>",
        "<p data-letterlijk>artikel 3:46 Awb</p>",
        '<img alt="artikel 3:46 Awb"><p title="art. 3:46 Awb > x">niets</p>',
        "<!-- artikel 3:46 Awb -->",
        "<script>artikel 3:46 Awb</script>",
    ],
)
def test_what_is_a_link_a_control_a_heading_or_no_text_stays_as_it_is(html):
    assert link_html(html, everything) == html


def test_what_cannot_be_found_stays_text():
    html = "<p>artikel 3:46 Awb en BWBR0035303</p>"
    assert link_html(html, lambda wanted: {}) == html


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>zie <b>artikel 3:46</b> Awb.</p>", ["artikel 3:46 Awb"]),
        ("<p>zie art. <em>3:46</em> Awb</p>", ["art. 3:46 Awb"]),
        ("<p><b>zie artikel 3:46</b> <i>Awb.</i></p>", ["artikel 3:46", "Awb"]),
        ("<p>artikel 3:46&nbsp;<strong>Awb</strong></p>", ["artikel 3:46\xa0Awb"]),
        ("<td>artikel 3:46 Awb</td><td>Awb</td>", ["artikel 3:46 Awb"]),
        ("<td>artikel 3:46</td><td>Awb</td>", []),
        ("<p>artikel 3:46 <br>Awb</p><p>artikel</p><p>3:46 Awb</p>", ["3:46 Awb"]),
        ("<p>artikel <a href='/x/'>3:46</a> Awb</p>", []),
        ("<p>artikel <b data-letterlijk>3:46</b> Awb</p>", []),
    ],
)
def test_a_citation_may_run_through_tags_that_only_mark_words(html, linked):
    given = link_html(html, everything)
    links = BeautifulSoup(given, "html.parser").select("a.verwijzing")
    assert [a.get_text() for a in links] == linked
    assert len({a["href"] for a in links}) <= 1
    assert re.sub(r'<a class="verwijzing"[^>]*>(.*?)</a>', r"\1", given) == html


PIECES = st.one_of(
    st.sampled_from(
        [
            "artikel 3:46 Awb",
            "art.\xa012 Hw",
            "BWBR0035303",
            "<b>",
            "</b>",
            "<a href='x'>",
            "</a>",
            '"',
            "'",
            "<",
            ">",
            "&",
            "&amp;",
            "&#39",
            "<script>",
            "--",
            "artikel",
            "<img src=x onerror=alert(1)>",
            "\n\n",
            "* ",
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_hostile_text_gains_links_and_nothing_else(text):
    html = render(text)
    linked = link_html(html, everything)
    for link in BeautifulSoup(linked, "html.parser").select("a.verwijzing"):
        assert link.attrs.keys() == {"class", "href"}
        assert link.find_parent("a") is None
    added = r'<a class="verwijzing" href="[^"]*">(.*?)</a>'
    assert re.sub(added, r"\1", linked, flags=re.S) == html
    assert link_html(linked, everything) == linked
