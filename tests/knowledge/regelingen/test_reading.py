"""Reading a regulation: as it stands on a day, every part at its address, nothing alive."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.models import Regeling as Kept
from knowledge.regelingen import files, rendering
from knowledge.regelingen.imports import Import
from knowledge.regelingen.services import store, withdraw
from knowledge.regelingen.tree import Node, Regeling, Soort, Status, walk
from search import services
from search.documents import SearchQuery

STAD = Path(__file__).parent / "files" / "voorbeeldstad_leden.xml"


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
    words = " ".join(shown.select_one(".regeling").get_text(" ").split())
    for one in walk(text):
        assert " ".join(one.node.text.split()) in words
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
    html = rendering.body(Regeling(evil, (*parts, gone)))
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
    with django_assert_max_num_queries(8):
        client.get(stad.get_absolute_url())
