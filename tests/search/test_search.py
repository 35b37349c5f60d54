import json
import multiprocessing
import subprocess
import sys
import time

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from core.person import Person
from knowledge.models import Handreiking, KennisPagina
from search import engines, resources, services
from search.documents import SearchQuery
from search.engines.base import IndexMissing
from search.models import Document, IndexState

pytestmark = pytest.mark.django_db


def titles(text, **filters):
    return [
        hit.title for hit in services.find(SearchQuery(text=text, filters=filters)).hits
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("majella", "Majella Wonen"),
        ("jongere van 18 urgentie", "Uitstroom uit zorg en opvang"),
        (
            "Mag een jongere van 18 uit de jeugdhulp urgentie krijgen?",
            "Uitstroom uit zorg en opvang",
        ),
        ("jeugdhulp verlaten", "Uitstroom uit zorg en opvang"),
        ("RHA", "Regeling huisvesting aandachtsgroepen"),
        ("kamer na de kliniek", "Uitstroom uit zorg en opvang"),
        ("statushouder taakstelling", "Statushouders"),
        ("wooncoaches", "Wooncoach"),
        ("Hw", "Huisvestingswet 2014"),
        ("majela", "Majella Wonen"),
    ],
)
def test_the_right_page_comes_first(index, query, first):
    found = [title for title in titles(query) if title != "RHA"]
    assert first in found[:3]


def test_a_hit_points_to_its_section_and_says_why(index):
    hit = services.find(SearchQuery(text="leeftijdsgrens jongere urgentie")).hits[0]
    assert hit.section.url.endswith("#jongeren")
    assert "<mark>" in hit.snippet
    assert hit.why


@pytest.mark.parametrize(
    "query",
    [
        "parkeervergunning aanvragen",
        "qwerty zxcv",
        "opvang hond tijdens vakantie",
        "trouwlocatie reserveren",
    ],
)
def test_nothing_is_claimed_where_nothing_fits(index, query):
    assert services.find(SearchQuery(text=query)).confident is False


def test_facets_count_under_the_other_filters(index):
    everything = services.find(SearchQuery(text=""))
    counts = {v.value: v.count for v in everything.facets["soort"]}
    assert counts["handreiking"] == 1
    assert sum(counts.values()) == everything.total
    chosen = services.find(SearchQuery(text="", filters={"soort": ("handreiking",)}))
    assert chosen.total == 1
    assert {v.value: v.count for v in chosen.facets["soort"]} == counts
    assert all(v.count <= 1 for v in chosen.facets["thema"])
    both = services.find(
        SearchQuery(text="", filters={"soort": ("handreiking", "wet")})
    )
    assert both.total == 2


def test_a_chosen_facet_without_hits_stays_visible(index):
    found = services.find(SearchQuery(text="majella", filters={"soort": ("wet",)}))
    assert found.total == 0
    assert [
        (v.value, v.count, v.chosen) for v in found.facets["soort"] if v.chosen
    ] == [("wet", 0, True)]


def test_published_is_findable_and_unpublished_is_gone_in_the_same_request(
    index, outbox
):
    page = Handreiking.objects.get()
    page.title = "Zeldzaamwoord"
    page.save_revision().publish()
    began = time.perf_counter()
    outbox()
    assert titles("zeldzaamwoord") == ["Zeldzaamwoord"]
    assert time.perf_counter() - began < 5
    page.unpublish()
    assert titles("zeldzaamwoord") == []
    outbox()
    assert services.check() == {"missing": [], "superfluous": [], "stale": []}


def test_a_restricted_page_is_for_its_group_only(index, make_user):
    page = Handreiking.objects.get()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="redacteur"))
    assert titles("begeleiding jongeren", soort=("handreiking",)) == []
    editor = Person(user=make_user("redacteur"))
    query = SearchQuery(
        text="begeleiding jongeren", filters={"soort": ("handreiking",)}
    )
    assert services.find(query, editor).hits
    assert services.suggest("uitstroom uit zorg") == []


def test_questions_of_askers_are_never_in_public_search(index, ask):
    ask(text="Onze geheime casus over Zwartewoudsterveen, wat nu?")
    services.rebuild()
    assert titles("Zwartewoudsterveen") == []
    assert services.suggest("Onze geheime") == []
    found = services.find(SearchQuery(text="Zwartewoudsterven"))
    assert found.corrected is None


def test_expired_never_comes_first(index):
    import datetime

    first = services.find(SearchQuery(text="woonzorgvisie")).hits[0]
    Document.objects.filter(kind=first.kind, object_id=first.object_id).update(
        valid_until=datetime.date(2020, 1, 1)
    )
    again = services.find(SearchQuery(text="woonzorgvisie"))
    assert again.hits[0].object_id != first.object_id
    assert again.hits[-1].expired is True


@given(st.text(max_size=200))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_query_ever_fails(index, text):
    services.find(SearchQuery(text=text))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "?q=urgentie",
        "?q=%00",
        "?q=x&pagina=999999999999",
        "?q=x&pagina=-1",
        "?q=x&pagina=%C2%B2",
        "?soort=bestaat-niet",
        "?q=%22",
        "?q=-",
        "?q=" + "a" * 5000,
        "?sorteer=datum&q=wonen",
        "?q=soort:wet",
    ],
)
def test_no_address_of_the_results_page_fails(index, client, address):
    response = client.get(f"/zoeken/{address}")
    assert response.status_code == 200


def test_the_results_page_offers_to_ask(index, client):
    content = client.get("/zoeken/?q=laadpaal+aanvragen").content.decode()
    assert "/loket/vraag-stellen/?zoekvraag=laadpaal%20aanvragen" in content


def test_suggestions_offer_titles_and_terms(index, client):
    rows = client.get("/zoeken/suggesties?q=maj").json()["suggesties"]
    assert rows[0]["titel"] == "Majella Wonen"
    assert client.get("/zoeken/suggesties?q=").json() == {"suggesties": []}


def test_a_missing_or_old_index_rebuilds_itself(index):
    IndexState.objects.update(analysis_version="0.oud")
    with pytest.raises(IndexMissing):
        engines.get_engine().hashes()
    assert titles("majella")[0] == "Majella Wonen"
    IndexState.objects.all().delete()
    assert titles("majella")[0] == "Majella Wonen"


def test_reconcile_repairs_what_is_missing_and_superfluous(index):
    page = KennisPagina.objects.get(slug="majella-wonen")
    engines.get_engine().write([], [f"praktijkvoorbeeld:{page.pk}"])
    KennisPagina.objects.filter(slug="wooncoach").update(live=False)
    differences = services.check()
    assert differences["missing"] == [f"praktijkvoorbeeld:{page.pk}"]
    assert len(differences["superfluous"]) == 1
    assert services.reconcile() == 2
    assert services.check() == {"missing": [], "superfluous": [], "stale": []}


def test_query_count_does_not_grow_with_the_hits(
    index, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(resources, "LOOK_SECONDS", 3600)
    services.find(SearchQuery(text="wonen"))
    with django_assert_max_num_queries(22):
        services.find(SearchQuery(text="wonen", per_page=3))
    with django_assert_max_num_queries(22):
        services.find(SearchQuery(text="wonen", per_page=100))


def test_find_prints_one_json_document(index, capsys, tmp_path):
    call_command("find", "majella", "--limit", "2")
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {
        "query",
        "engine",
        "total",
        "took_ms",
        "corrected",
        "citation",
        "confident",
        "hits",
        "facets",
    }
    assert set(answer["hits"][0]) == {
        "rank",
        "kind",
        "url",
        "title",
        "section",
        "snippet",
        "score",
        "why",
    }
    table = tmp_path / "vragen.tsv"
    table.write_text("id\ttext\na\tmajella\nb\twooncoach\n")
    call_command("find", "--file", str(table))
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["a", "b"]


def test_search_check_and_rebuild_print_json(index, capsys):
    call_command("search_rebuild")
    assert json.loads(capsys.readouterr().out)["documents"] > 10
    call_command("search_check")
    assert json.loads(capsys.readouterr().out)["differences"] == 0


def _lock_and_wait(path, ready, release):
    import fcntl

    with open(path, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready.set()
        release.wait(10)


def test_a_second_writer_waits_for_its_turn(index):
    engine = engines.get_engine()
    context = multiprocessing.get_context("fork")
    ready, release = context.Event(), context.Event()
    other = context.Process(
        target=_lock_and_wait, args=(engine.root / "schrijver.slot", ready, release)
    )
    other.start()
    ready.wait(5)
    import threading

    threading.Timer(0.5, release.set).start()
    began = time.perf_counter()
    engine.write([], ["niets:0"])
    assert time.perf_counter() - began >= 0.4
    other.join()


def test_the_lexicon_script_runs_without_django():
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "from search.lexicon import frequencies; print(len(frequencies()))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(result.stdout) > 10_000
