"""Reading a regulation: as it stands on a day, every part at its address, nothing alive."""

import datetime
import re
from dataclasses import replace

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.models import Regeling as Kept
from knowledge.regelingen import files, lezen, rendering, selectors
from knowledge.regelingen.imports import Import
from knowledge.regelingen.services import store, withdraw
from knowledge.regelingen.tree import Node, Regeling, Soort, Status, walk
from knowledge.starter import VERORDENINGEN
from search import services
from search.documents import SearchQuery

STAD = VERORDENINGEN / "voorbeeldstad_leden.xml"


@pytest.fixture
def stad(db):
    """The example ordinance, published, with an older version of 2020."""
    read = files.read(STAD.read_bytes(), STAD.name)
    old = replace(
        read.regeling,
        version="1",
        valid_from="2020-01-01",
        valid_until=read.regeling.valid_from,
        children=(Node(Soort.ARTIKEL, "Artikel", "1", text="Zo was het vroeger."),),
    )
    store(imported=replace(read, regeling=old), publish=True)
    store(imported=read, publish=True)
    return Kept.objects.get()


def page(client, regeling, **parameters):
    response = client.get(regeling.get_absolute_url(), parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_has_every_part_at_its_address(client, stad):
    shown = page(client, stad)
    text = stad.versies.latest("valid_from").tekst
    wanted = {one.address for one in walk(text)}
    assert wanted <= {found["id"] for found in shown.select("[id]")}
    words = "".join(shown.select_one(".regeling").get_text().split())
    for one in walk(text):
        assert "".join(one.node.text.split()) in words
    for link in shown.select(".inhoud a"):
        assert shown.find(id=link["href"][1:])


def test_what_explains_an_artikel_is_folded_under_it(client, stad):
    shown = page(client, stad)
    note = shown.find(id="toelichting-artikel-2:2")
    assert note.name == "details"
    assert note.find_parent("section").h3["id"] == "artikel-2:2"


def test_another_day_gives_the_text_of_that_day(client, stad):
    shown = page(client, stad, **{"geldig-op": "2021-05-01"})
    assert "Zo was het vroeger." in shown.get_text()
    before = page(client, stad, **{"geldig-op": "1999-01-01"})
    assert "gold hier geen tekst van" in before.get_text()
    assert len(before.select("details li")) == 2


@pytest.mark.parametrize("asked", ["gisteren", "2026-13-45", "%00", "9" * 500])
def test_what_is_no_date_is_said_at_the_field(client, stad, asked):
    shown = page(client, stad, **{"geldig-op": asked})
    field = shown.find(id="geldig-op")
    assert field["aria-invalid"] == "true"
    assert "Dit is geen datum" in shown.find(id=field["aria-describedby"]).get_text()
    assert shown.select(".regeling section")


def test_a_regulation_that_has_lapsed_says_so(client, stad):
    stad.versies.update(valid_until=datetime.date(2025, 1, 1))
    with time_machine.travel("2026-01-01"):
        shown = page(client, stad)
    assert "Deze regeling geldt vandaag niet." in shown.get_text()


def test_what_was_not_published_is_not_there(client, stad):
    stad.versies.update(published_at=None)
    assert client.get(stad.get_absolute_url()).status_code == 404
    listed = client.get(reverse("knowledge:regelingen")).content.decode()
    assert str(stad) not in listed


def test_the_list_leads_to_the_page_and_the_knowledge_base_to_the_list(client, stad):
    listed = client.get(reverse("knowledge:regelingen")).content.decode()
    assert f'href="{stad.get_absolute_url()}"' in listed
    assert (
        reverse("knowledge:regelingen") in client.get("/kennisbank/").content.decode()
    )


def test_without_any_the_knowledge_base_does_not_mention_them(client, db):
    assert (
        reverse("knowledge:regelingen")
        not in client.get("/kennisbank/").content.decode()
    )
    assert "Hier staat nog niets" in client.get("/verordeningen/").content.decode()


# -- found by search ---------------------------------------------------------------


@pytest.fixture
def searchable(index, outbox, stad):
    outbox()
    return stad


def hits(text, **filters):
    return services.find(SearchQuery(text=text, filters=filters)).hits


def test_an_artikel_is_found_at_its_own_address(searchable):
    hit = hits("loonstroken bij de aanvraag van een huisvestingsvergunning")[0]
    assert hit.url == searchable.get_absolute_url()
    assert hit.section.url == f"{hit.url}#artikel-2:2"
    assert "<mark>loonstroken</mark>" in hit.snippet


def test_no_team_and_no_check_is_claimed_and_the_filter_names_the_whole_kind(
    searchable, outbox
):
    read = files.read((STAD.parent / "voorbeeldwaard_gemengd.xml").read_bytes(), "x")
    store(imported=read, publish=True)
    outbox()
    found = services.find(
        SearchQuery(text="urgentie", filters={"soort": ("regeling",)})
    )
    assert {(hit.kind_label, hit.owner, hit.checked_on) for hit in found.hits} == {
        ("Regeling", "", None)
    }
    labels = {value.value: value.label for value in found.facets["soort"]}
    assert labels["regeling"] == "Regeling"


def test_a_cited_artikel_comes_first(searchable):
    for text in (
        "artikel 2:2 Huisvestingsverordening Voorbeeldstad 2026",
        "art. 2:2 CVDR999001",
    ):
        hit = hits(text)[0]
        assert hit.section.url.endswith("#artikel-2:2"), text
        assert "Dit is de tekst waar u naar verwijst." in hit.why


def test_what_is_no_longer_public_is_gone(searchable, outbox, make_user):
    for versie in searchable.versies.all():
        withdraw(user=make_user("redacteur"), versie=versie)
    assert hits("loonstroken", soort=("regeling",)) == ()
    outbox()
    assert services.check() == {"missing": [], "superfluous": [], "stale": []}


def test_a_text_that_lapsed_is_found_and_marked(searchable):
    searchable.versies.update(valid_until=datetime.date(2025, 1, 1))
    services.refresh("regeling", searchable.pk)
    assert hits("loonstroken", soort=("regeling",))[0].expired


def test_no_word_of_a_text_is_ever_live():
    evil = '<script>alert(1)</script>"'
    parts = [
        Node(
            soort,
            evil,
            evil,
            evil,
            evil,
            rows=((evil, evil), (evil, evil)),
            about=about,
        )
        for soort in Soort
        for about in ("", evil)
    ]
    gone = Node(Soort.ARTIKEL, "Artikel", "9", status=Status.VERVALLEN)
    html = rendering.body(rendering.Plain(Regeling(evil, (*parts, gone))))
    shown = BeautifulSoup(html, "html.parser")
    assert shown.find("script") is None
    assert "<script" not in html
    assert "vervallen" in shown.find(id="artikel-9").get_text()


def test_the_page_costs_as_many_queries_for_one_version_as_for_many(
    client, stad, django_assert_max_num_queries
):
    text = stad.versies.latest("valid_from").tekst
    for year in range(2030, 2045):
        later = replace(text, valid_from=f"{year}-01-01", version=str(year), children=(*text.children, Node(Soort.TEKST, text=str(year))))  # fmt: skip
        store(imported=Import("cvdr", later), publish=True)
    client.get(stad.get_absolute_url())
    with django_assert_max_num_queries(13):
        client.get(stad.get_absolute_url())


# -- terms, citations, history ---------------------------------------------------------


def published(*parts, **fields):
    text = Regeling("Woonverordening Nergens", parts, citeertitel="Woonverordening Nergens", **fields)  # fmt: skip
    return store(imported=Import("cvdr", text), publish=True).versie.regeling


def begrip(number, term, meaning):
    return Node(Soort.BEGRIP, number=number, title=term, text=meaning)


def artikel(number, text, *children):
    return Node(Soort.ARTIKEL, "Artikel", number, text=text, children=children)


def terms_in(shown, address):
    section = shown.find("section", attrs={"aria-labelledby": address})
    return [(a.get_text(), a["href"]) for a in section.select("a.begrip")]


def test_a_defined_term_links_to_its_meaning_once_in_each_article(client, db):
    shown = page(
        client,
        published(
            artikel(
                "1",
                "In deze verordening wordt verstaan onder:",
                begrip("a", "huishouden", "een huishouden met een woonruimte;"),
                begrip("b", "Woonruimte", "waar iemand woont;"),
                begrip("c", "wet", "de Huisvestingswet 2014;"),
            ),
            artikel("2", "Huishoudens. Een huishouden, het huishouden."),
            artikel("3", "De woonruimten, een woonruimtezoeker, de hoofdwoonruimte."),
            artikel("4", "Volgens de wet en de Wet goed verhuurderschap. Wetten."),
            artikel("5", "Niets daarvan."),
        ),
    )
    first, second, third = (f"#artikel-1-onderdeel-{letter}" for letter in "abc")
    assert terms_in(shown, "artikel-1") == [("woonruimte", second)]
    assert terms_in(shown, "artikel-2") == [("Huishoudens", first)]
    assert terms_in(shown, "artikel-3") == [("woonruimten", second)]
    assert terms_in(shown, "artikel-4") == [("wet", third)]
    assert terms_in(shown, "artikel-5") == []
    for address in (first, second, third):
        assert shown.find(id=address[1:])


def test_a_term_of_one_chapter_holds_in_that_chapter_only(client, db):
    def chapter(number, *parts):
        return Node(Soort.HOOFDSTUK, "Hoofdstuk", number, "Iets", children=parts)

    shown = page(
        client,
        published(
            chapter(
                "1",
                artikel(
                    "1",
                    "In dit hoofdstuk wordt verstaan onder:",
                    begrip("a", "vergunning", "toestemming;"),
                ),
                artikel("2", "Een vergunning."),
            ),
            chapter("2", artikel("3", "Een vergunning.")),
        ),
    )
    assert len(terms_in(shown, "artikel-2")) == 1
    assert terms_in(shown, "artikel-3") == []


def test_the_citation_of_article_and_lid_is_there_to_copy_and_to_select(client, stad):
    with time_machine.travel("2026-11-26"):
        shown = page(client, stad)
    section = shown.find("section", attrs={"aria-labelledby": "artikel-2:2"})
    address = f"http://testserver{stad.get_absolute_url()}?geldig-op=2026-11-26"
    texts = [p.get_text() for p in section.select("details.citaat p")]
    assert texts == [
        "Artikel 2:2 van de Huisvestingsverordening Voorbeeldstad 2026, zoals geldend op "
        f"26 november 2026. {address}#artikel-2:2",
        "Artikel 2:2, eerste lid, van de Huisvestingsverordening Voorbeeldstad 2026, zoals"
        f" geldend op 26 november 2026. {address}#artikel-2:2-lid-1",
        "Artikel 2:2, tweede lid, van de Huisvestingsverordening Voorbeeldstad 2026, zoals"
        f" geldend op 26 november 2026. {address}#artikel-2:2-lid-2",
    ]
    kept = {p["data-citaat"] for p in shown.select("[data-citaat]")}
    holders = shown.select("[data-kopieer-van]")
    assert {holder["data-kopieer-van"] for holder in holders} == kept
    button = section.select_one("button[data-kopieer-van]")
    assert button.has_attr("hidden")
    assert "van artikel 2:2" in button.get_text()


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Huisvestingswet 2014", "artikel 1 van de Huisvestingswet 2014"),
        ("Besluit huurprijzen", "artikel 1 van het Besluit huurprijzen"),
        ("Regeling besluit x", "artikel 1 van de Regeling besluit x"),
        ("Woonregels Utrecht", "artikel 1 van de Woonregels Utrecht"),
        ("APV 2024", "artikel 1 van APV 2024"),
    ],
)
def test_a_citation_reads_as_a_sentence(title, wanted):
    assert lezen.cited_as("artikel 1", title) == wanted


def test_the_history_of_an_article_names_the_versions_that_changed_it(client, db):
    for year, text in (("2020", "Oud."), ("2022", "Oud. "), ("2024", "Nieuw.")):
        parts = [artikel("1", text), artikel("2", "Blijft.")]
        if year == "2024":
            parts.append(artikel("3", "Erbij."))
        kept = published(*parts, valid_from=f"{year}-01-01", version=year)
    shown = page(client, kept)

    def lines(address):
        section = shown.find("section", attrs={"aria-labelledby": address})
        return [li.get_text() for li in section.select(".geschiedenis li")]

    assert lines("artikel-1") == [
        "Gewijzigd, vanaf 1 januari 2024: lees deze tekst · vergelijk met de tekst ervoor",
        "Eerste tekst die hier is, vanaf 1 januari 2020: lees deze tekst",
    ]
    assert lines("artikel-2") == []
    assert lines("artikel-3") == ["Nieuw, vanaf 1 januari 2024: lees deze tekst"]
    section = shown.find("section", attrs={"aria-labelledby": "artikel-1"})
    read, compared, first = (a["href"] for a in section.select(".geschiedenis a"))
    assert read == "?geldig-op=2024-01-01#artikel-1"
    assert first == "?geldig-op=2020-01-01#artikel-1"
    assert client.get(compared).status_code == 200


def test_two_versions_are_compared_where_there_is_a_page_for_it(db):
    for year, text in (("2020", "Oud."), ("2024", "Nieuw.")):
        kept = published(
            artikel("1", text),
            artikel("2", "Blijft."),
            valid_from=f"{year}-01-01",
            version=year,
        )
    day = datetime.date(2026, 4, 1)
    found = selectors.read(kept.slug, day)
    lezing = lezen.read(
        found,
        page="https://x.example/",
        today=day,
        day=None,
        compare=lambda old, new: f"/vergelijk/{old.pk}/{new.pk}/",
    )
    links = BeautifulSoup(lezing.html, "html.parser").select('[href^="/vergelijk/"]')
    newer, older = found.versies
    assert [link["href"] for link in links] == [f"/vergelijk/{older.pk}/{newer.pk}/"]


def test_what_explains_an_artikel_stands_there_once(client, stad):
    shown = page(client, stad)
    assert len(shown.find_all(id="toelichting-artikel-2:2")) == 1
    ids = [found["id"] for found in shown.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_page_says_of_which_day_the_text_is(client, stad):
    with time_machine.travel("2026-11-26"):
        assert "zoals die vandaag geldt, 26 november 2026" in page(client, stad).get_text()  # fmt: skip
        old = page(client, stad, **{"geldig-op": "2021-05-01"})
    assert "zoals die gold op 1 mei 2021" in old.get_text()
    assert old.find("a", string="Lees de tekst van vandaag")["href"] == stad.get_absolute_url()  # fmt: skip
    assert "?geldig-op=2021-05-01" in old.select_one(".druk").get_text()


EVIL = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "artikel 1",
                "artikel 2, eerste lid",
                "art. 3:46 Awb",
                "huishouden",
                "<b>",
                "</p>",
                '"',
                "'",
                "&",
                "&lt;",
                "<script>x</script>",
                " ",
                "\n",
                "huishoudens",
                "wet",
                "Vervallen",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=10,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(EVIL, EVIL, EVIL)
def test_whatever_a_text_holds_its_words_stay_and_only_links_are_added(
    term, one, other
):
    text = Regeling(
        "X",
        (
            artikel(
                "1",
                "Verstaan onder:",
                begrip("a", term, one),
                begrip("b", "huishouden", "x"),
            ),
            artikel("2", other, Node(Soort.LID, number="1", text=one)),
        ),
    )
    besides = lezen.Linked(text, lambda wanted: dict.fromkeys(wanted, '/x/?a&b"<'))
    linked = rendering.body(besides)
    for link in BeautifulSoup(linked, "html.parser").select("a"):
        assert link.attrs.keys() <= {"class", "href", "data-begrip"}
        assert link.find_parent("a") is None
    assert re.sub("</?a( [^>]*)?>", "", linked) == rendering.body(rendering.Plain(text))


def test_a_large_page_costs_as_many_queries_as_a_small_one(client, db):
    counts = []
    for size in (3, 120):
        Kept.objects.all().delete()
        kept = published(
            *(
                artikel(
                    str(n),
                    f"Zie artikel {n + 1} en artikel {n} van de Huisvestingswet 2014.",
                )
                for n in range(1, size)
            )
        )
        client.get(kept.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(kept.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_hit_lands_on_the_lid_that_holds_the_passage(searchable):
    hit = hits("binnen acht weken beslissen op aanvraag huisvestingsvergunning")[0]
    assert hit.section.url.endswith("#artikel-2:2-lid-2")
    assert hit.section.anchor == "artikel-2:2"


def test_a_cited_lid_is_where_its_hit_lands(searchable):
    for text, fragment in (
        ("artikel 2:2 lid 2 CVDR999001", "#artikel-2:2-lid-2"),
        ("artikel 2:2 lid 9 CVDR999001", "#artikel-2:2"),
    ):
        assert hits(text)[0].section.url.endswith(fragment), text
