"""Searching among articles: the judged queries, filters, days, and who decides what."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.models import Gemeente
from knowledge.models import ArtikelRij, Regeling
from knowledge.regelingen import files, services
from knowledge.regelingen.tree import Node, Soort
from search import services as search_services
from search.documents import ARTICLES, SearchQuery
from search.engines import elasticsearch
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation.measures import means
from search.models import Document, IndexState, QueryCount
from tests.knowledge.regelingen import articles
from tests.knowledge.regelingen.xml_files import FILES

pytestmark = pytest.mark.django_db
STAD = FILES / "voorbeeldstad_leden.xml"
BEFORE, NOW = "2025-06-01 12:00", "2027-11-26 12:00"


@pytest.fixture
def six(index, outbox):
    articles.store_all()
    outbox()


@pytest.fixture
def stad(index, outbox):
    """The example ordinance in two versions, and the person who keeps it."""
    read = files.read(STAD.read_bytes(), STAD.name)
    old = replace(
        read.regeling,
        version="1",
        valid_from="2020-01-01",
        children=(Node(Soort.ARTIKEL, "Artikel", "1", "Kolenhok", "Iedereen krijgt een kolenhok."),),
    )  # fmt: skip
    services.store(imported=replace(read, regeling=old), publish=True)
    services.store(imported=read, publish=True)
    outbox()
    return Regeling.objects.get()


def search(text="", day=None, **filters):
    return search_services.find(
        SearchQuery(text, filters, audiences=(ARTICLES,), valid_on=day, per_page=100)
    )


def page(client, **parameters):
    response = client.get(reverse("knowledge:artikelen"), parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def links(shown):
    return [link["href"] for link in shown.select(".treffer h2 a")]


def test_the_right_articles_stand_in_the_first_three(six):
    queries = articles.judged()
    assert len(queries) >= 60
    values = articles.measure()
    for half in "ab":
        own = {query.id for query in queries if query.half == half}
        assert means(values, own)["recall@3"] >= 0.9, half


@time_machine.travel(NOW)
def test_choosing_a_building_block_gives_just_those_articles(six):
    counts = {v.value: v.count for v in search().facets["bouwsteen"]}
    assert counts["hardheidsclausule"] == 6
    for value, count in counts.items():
        found = search(bouwsteen=(value,))
        assert found.total == count
        rows = ArtikelRij.objects.filter(pk__in=[hit.object_id for hit in found.hits])
        assert {row.bouwsteen for row in rows} == {value}
    hit = search("onbillijkheid", bouwsteen=("hardheidsclausule",)).hits[0]
    assert "#artikel-" in hit.url


@pytest.mark.elasticsearch
@time_machine.travel(NOW)
def test_both_engines_find_the_same_articles(six, elasticsearch_url, monkeypatch):
    monkeypatch.setattr(elasticsearch, "SEARCH_SECONDS", 60.0)
    engine = ElasticsearchEngine(elasticsearch_url, prefix=f"proef-{uuid4().hex[:8]}")
    search_services.rebuild(engine)
    try:
        queries = articles.judged()
        values = articles.measure(engine)
        for half in "ab":
            own = {query.id for query in queries if query.half == half}
            print(half, means(values, own))
            assert means(values, own)["recall@3"] >= 0.9, half
        for filters in (
            {},
            {"bouwsteen": ("hardheidsclausule",)},
            {"bouwsteen": ("advies", "categorieen")},
        ):
            for day in (None, datetime.date(2026, 6, 1), datetime.date(2020, 1, 1)):
                query = SearchQuery("urgentie", filters, audiences=(ARTICLES,), valid_on=day)  # fmt: skip
                ours = search_services.find(query)
                theirs = search_services.find(query, engine=engine)
                assert [hit.url for hit in theirs.hits] == [h.url for h in ours.hits]
                assert (theirs.total, theirs.facets) == (ours.total, ours.facets)
    finally:
        engine.remove()


def test_articles_stand_in_nobodys_way_among_pages(six):
    found = search_services.find(SearchQuery("urgentie huisvestingsverordening"))
    assert "artikel" not in {hit.kind for hit in found.hits}
    assert "artikel" not in {value.value for value in found.facets["soort"]}
    assert "bouwsteen" not in found.facets


def test_staff_find_no_restricted_pages_among_articles(six, make_user):
    from core.person import Person

    query = SearchQuery("urgentie", audiences=(ARTICLES,))
    found = search_services.find(query, Person(user=make_user("redacteur")))
    assert {hit.kind for hit in found.hits} == {"artikel"}


def test_an_article_is_found_for_the_days_on_which_it_held(stad):
    on = datetime.date
    assert [hit.url for hit in search("kolenhok", on(2021, 1, 1)).hits] == [
        f"{stad.get_absolute_url()}?geldig-op=2020-01-01#artikel-1"
    ]
    assert search("kolenhok", on(2019, 12, 31)).total == 0
    assert search("kolenhok", stad.versies.latest("valid_from").valid_from).total == 0
    assert search("loonstroken", on(2021, 1, 1)).total == 0
    assert search("geldig op 2021-01-01 kolenhok", on(2026, 6, 1)).total == 1


def test_what_no_longer_holds_never_comes_first(client, stad):
    with time_machine.travel("2026-06-01 12:00"):
        old = f"{stad.get_absolute_url()}?geldig-op=2020-01-01#artikel-1"
        assert old not in links(page(client, q="kolenhok iedereen"))
        shown = links(page(client, q="kolenhok iedereen aanvraag", **{"ook-oud": "1"}))
        assert shown[-1] == old
        assert len(shown) > 1
        expired = page(client, q="kolenhok", **{"ook-oud": "1"})
        assert "Geldt niet meer" in expired.select_one(".treffer").get_text()


def test_a_corrected_version_is_no_longer_found(stad, outbox):
    read = files.read(STAD.read_bytes(), STAD.name)
    services.store(
        imported=replace(read, regeling=replace(read.regeling, children=(Node(Soort.ARTIKEL, "Artikel", "1", text="Verbeterd."),))),
        publish=True,
    )  # fmt: skip
    outbox()
    begin = stad.versies.latest("valid_from").valid_from
    assert [hit.title for hit in search(day=begin).hits] == [f"Artikel 1, {stad}"]
    assert search_services.check() == {"missing": [], "superfluous": [], "stale": []}


def test_municipality_province_and_size_are_filters_once_they_are_known(stad, outbox):
    assert not search().facets.keys() & {"gemeente", "provincie", "grootteklasse"}
    gemeente = Gemeente.objects.get(naam="Utrecht")
    stad.gemeente = gemeente
    stad.save()
    services.refresh_regeling_later(stad.pk)
    outbox()
    facets = search().facets
    assert [v.label for v in facets["gemeente"]] == ["Utrecht"]
    assert [v.label for v in facets["provincie"]] == ["Utrecht"]
    assert "grootteklasse" not in facets
    gemeente.inwoners, gemeente.inwoners_jaar, gemeente.inwoners_bron = (
        50_000,
        2026,
        "x",
    )
    gemeente.save()
    outbox()
    assert [v.label for v in search().facets["grootteklasse"]] == [
        "50.000 tot 100.000 inwoners"
    ]


def test_publishing_and_withdrawing_a_version_are_for_editors(stad, outbox, make_user):
    newest = stad.versies.latest("valid_from")
    for act in (services.withdraw, services.publish):
        with pytest.raises(PermissionDenied):
            act(user=make_user("deskundige"), versie=newest)
    services.withdraw(user=make_user("redacteur"), versie=newest)
    outbox()
    assert search("loonstroken").total == 0
    # The version before it holds again.
    assert search("kolenhok", datetime.date(2030, 1, 1)).total == 1
    services.publish(user=make_user("beheerder"), versie=newest)
    outbox()
    assert search("loonstroken").total == 1
    assert search_services.check() == {"missing": [], "superfluous": [], "stale": []}


def test_the_choice_of_an_editor_survives_the_same_file_and_later_versions(
    stad, outbox, make_user
):
    artikel = stad.versies.latest("valid_from").artikelen.get(number="3:3")
    assert artikel.bouwsteen == "advies"
    with pytest.raises(PermissionDenied):
        services.choose_bouwsteen(
            user=make_user("deskundige"), artikel=artikel, bouwsteen="mandaat"
        )
    with pytest.raises(ValueError, match="kolen"):
        services.choose_bouwsteen(
            user=make_user("redacteur"), artikel=artikel, bouwsteen="kolen"
        )
    services.choose_bouwsteen(
        user=make_user("redacteur"), artikel=artikel, bouwsteen="mandaat"
    )
    outbox()
    assert "Advies" in search(bouwsteen=("mandaat",)).hits[0].title
    read = files.read(STAD.read_bytes(), STAD.name)
    assert services.store(imported=read).result == "ongewijzigd"
    artikel.refresh_from_db()
    assert artikel.bouwsteen == "mandaat"
    # The title and the number stay, the text changes; and a number changes, the text stays.
    changed = STAD.read_bytes().replace(b"medische of sociale", b"deskundige")
    changed = changed.replace(b"CVDR999001_1", b"CVDR999001_9").replace(
        b"2026-03-01", b"2027-03-01"
    )
    later = services.store(imported=files.read(changed, "x")).versie
    assert later.artikelen.get(number="3:3").bouwsteen == "mandaat"
    services.choose_bouwsteen(
        user=make_user("redacteur"), artikel=artikel, bouwsteen="advies"
    )
    assert not artikel.bouwsteen_by_hand


def test_the_page_has_filters_tags_and_the_state_in_its_address(client, six):
    with time_machine.travel(NOW):
        shown = page(client, q="urgentie", bouwsteen=["hardheidsclausule", "advies"])
        assert {tag.get_text() for tag in shown.select(".filterlabel b")} == {"×"}
        chosen = shown.select("input[name=bouwsteen][checked]")
        assert {box["value"] for box in chosen} == {"hardheidsclausule", "advies"}
        assert "U ziet wat vandaag geldt." in shown.get_text()
        assert all("#artikel-" in link for link in links(shown))


def test_odd_input_is_no_error(client, six):
    for parameters in (
        {"geldig-op": "gisteren"},
        {"geldig-op": "2026-13-45", "q": "\x00"},
        {"bouwsteen": "bestaat-niet", "pagina": "9" * 30},
        {"soort": "handreiking", "sorteer": "datum"},
    ):
        shown = page(client, **parameters)
        if parameters.get("geldig-op"):
            assert "Dit is geen datum" in shown.get_text()


def test_when_no_engine_answers_the_page_says_so(client, monkeypatch):
    def away(*args, **kwargs):
        raise search_services.SearchUnavailable

    monkeypatch.setattr(search_services, "find", away)
    assert client.get(reverse("knowledge:artikelen")).status_code == 503


def test_the_page_costs_as_many_queries_for_many_articles_as_for_few(
    client, six, django_assert_max_num_queries
):
    with time_machine.travel(NOW):
        page(client, q="urgentie")
        with django_assert_max_num_queries(12):
            page(client, q="urgentie")


def test_a_long_law_is_in_the_index_in_a_few_writes(index, outbox):
    from knowledge.regelingen.imports import Import
    from knowledge.regelingen.tree import Regeling as Tekst

    nodes = tuple(Node(Soort.ARTIKEL, "Artikel", str(n), text=f"Tekst {n}.") for n in range(300))  # fmt: skip
    services.store(imported=Import("docx", Tekst("Lange wet", nodes)), publish=True)
    before = IndexState.objects.get().commit
    outbox()
    assert Document.objects.filter(kind="artikel").count() == 300
    assert IndexState.objects.get().commit - before <= 2


def test_a_search_among_articles_is_counted_without_who_asked(client, six):
    with time_machine.travel(NOW):
        for given in (
            {"q": "Urgentie", "bouwsteen": "procedure"},
            {"q": "Piet Jansen 06 12345678"},
        ):
            client.get(
                reverse("knowledge:artikelen"), given, headers={"user-agent": "Firefox"}
            )
    counted = QueryCount.objects.get()
    assert (counted.text, counted.filters) == ("urgentie", "bouwsteen=procedure")


def test_the_general_search_says_how_many_articles_there_are(
    client, six, django_assert_max_num_queries
):
    with time_machine.travel(NOW):
        there = page(client, q="urgentie")
        total = int(there.h1.text.split()[0])
        answer = client.get(reverse("search:results"), {"q": "urgentie"})
        line = BeautifulSoup(answer.content, "html.parser").find(
            "a", href=f"{reverse('knowledge:artikelen')}?q=urgentie"
        )
        assert line.text == f"Zoek ook in artikelen van verordeningen: {total}"
        assert total > 1
        nothing = client.get(reverse("search:results"), {"q": "xyzzyq"})
        assert "Zoek ook in artikelen" not in nothing.content.decode()
        empty = client.get(reverse("search:results"))
        assert "Zoek ook in artikelen" not in empty.content.decode()
        with django_assert_max_num_queries(16):
            client.get(reverse("search:results"), {"q": "urgentie"})
