"""Queries are counted, persons are not."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from search import querylog, resources, services
from search.models import ApprovedQuery, DailySalt, QueryCount, QuerySource

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_secret_of_another_test():
    querylog._salts.clear()
    yield
    querylog._salts.clear()


def search(client, text, address="10.0.0.1", agent=BROWSER, **filters):
    return client.get(
        "/zoeken/",
        {"q": text, **filters},
        REMOTE_ADDR=address,
        headers={"user-agent": agent} if agent else {},
    )


def from_three(client, text, **filters):
    for number in range(3):
        search(client, text, f"10.0.0.{number}", **filters)


# -- what is never kept --------------------------------------------------------


PRIVATE = [
    "urgentie jan.jansen@meppel.nl",
    "bsn 123456782",
    "1234 56 782 urgentie",
    "06-12 34 56 78",
    "NL12 RABO 0123 4567 89",
    "urgentie Jan Jansen",
    "urgentie jan jansen",
    "urgentie mevrouw de Vries",
    "mw. Bouazza schulden",
    "dhr Smit",
    "J. de Vries uitstroom",
    "A.B.C. Smit",
    "Fatima uit Meppel",
    "familie Bakker woonwagen",
    "mijn naam is Kees",
    "Xandrolina Quispelhoff urgentie",
    "kerkstraat 12 1234 AB",
    "7941kb",
    "https://voorbeeld.nl/x",
    "woord " * 40,
    "",
    "x",
]
ORDINARY = [
    ("Urgentie  Jongeren", "urgentie jongeren"),
    ("artikel 2:10 APV", "artikel 2:10 apv"),
    ("prestatieafspraken 2025-2026", "prestatieafspraken 2025-2026"),
    ("Huisvestingswet 2014", "huisvestingswet 2014"),
    ("majella wonen", "majella wonen"),
    ("Majella Wonen", "majella wonen"),
    ("soort:wet huur", "soort:wet huur"),
    ("Fryslân", "fryslan"),
    ("hoe maak je een woonzorgvisie?", "hoe maak je een woonzorgvisie"),
]


def test_what_may_point_to_a_person_is_not_kept(small_index):
    assert [text for text in PRIVATE if querylog.countable(text)] == []


def test_an_ordinary_query_is_kept_folded(small_index):
    assert [(text, querylog.countable(text)) for text, _kept in ORDINARY] == ORDINARY


def test_a_query_with_a_person_leaves_no_row(small_index, client):
    search(client, "urgentie voor Jan Jansen")
    assert not QueryCount.objects.exists()


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "curl/8.0", "", "python-requests/2"]
)
def test_machines_are_not_counted(small_index, client, agent):
    search(client, "majella", agent=agent)
    assert not QueryCount.objects.exists()


def test_own_staff_is_not_counted(small_index, client, make_user):
    client.force_login(make_user("deskundige"))
    search(client, "majella")
    assert not QueryCount.objects.exists()


def test_beyond_the_limit_nothing_is_counted(small_index, client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "querylog-network": (2, 3600)}
    for _ in range(4):
        assert search(client, "majella").status_code == 200
    assert QueryCount.objects.get().asked == 2


def test_a_next_page_or_order_is_no_new_search(small_index, client):
    search(client, "wonen")
    search(client, "wonen", pagina="2")
    search(client, "wonen", sorteer="datum")
    assert QueryCount.objects.get().asked == 1


# -- what is counted ---------------------------------------------------------------


def test_a_search_is_counted_with_its_result(small_index, client):
    search(client, "Majella")
    search(client, "majella", soort="wet")
    search(client, "opvang hond tijdens vakantie")
    plain, narrowed, dog = QueryCount.objects.order_by("pk")
    assert (plain.text, plain.filters, plain.asked, plain.zero) == ("majella", "", 1, 0)
    assert plain.results > 0
    assert (narrowed.filters, narrowed.zero) == ("soort=wet", 1)
    assert dog.zero + dog.unsure == 1


def test_a_source_counts_once_a_day_and_no_address_is_kept(small_index, client):
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        search(client, "majella", address)
    row = QueryCount.objects.get()
    assert (row.asked, row.sources) == (3, 2)
    hashes = set(QuerySource.objects.values_list("source", flat=True))
    assert len(hashes) == 2
    assert all("10.0" not in value for value in hashes)


def test_an_ipv6_device_is_one_source(small_index, client):
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:aa::9", "2001:db8:1:3::1"):
        search(client, "majella", address)
    assert QueryCount.objects.get().sources == 2


def test_secret_and_hashes_are_gone_the_next_day(small_index, client):
    with time_machine.travel("2026-11-25 10:00 +0100", tick=False):
        search(client, "majella")
        today = QuerySource.objects.get().source
        assert DailySalt.objects.get().day == datetime.date(2026, 11, 25)
    with time_machine.travel("2026-11-26 10:00 +0100", tick=False):
        search(client, "majella")
        assert QuerySource.objects.get().source != today
        assert DailySalt.objects.get().day == datetime.date(2026, 11, 26)
        assert [row.sources for row in QueryCount.objects.order_by("day")] == [1, 1]
    with time_machine.travel("2026-11-27 00:05 +0100", tick=False):
        from search.tasks import clean_up_query_log

        clean_up_query_log()
        assert not QuerySource.objects.exists()
        assert not DailySalt.objects.exists()
        assert QueryCount.objects.count() == 2


def test_counts_are_deleted_after_thirteen_months():
    today = datetime.date(2026, 11, 25)
    for day in (datetime.date(2025, 10, 24), datetime.date(2025, 10, 26)):
        QueryCount.objects.create(day=day, text="majella", asked=1)
    assert querylog.clean_up(today) == 1
    assert QueryCount.objects.get().day == datetime.date(2025, 10, 26)


def test_cleaning_is_on_the_clock(settings):
    tasks = [row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()]
    assert "search.clean_up_query_log" in tasks


def test_counting_costs_a_fixed_number_of_queries(
    small_index, django_assert_max_num_queries
):
    day = timezone.localdate()
    values = {"day": day, "text": "majella", "filters": "", "results": 3}
    for number in range(20):
        with django_assert_max_num_queries(14):
            querylog.count(**values, source=f"s{number}", unsure=False)
    assert QueryCount.objects.get().sources == 20


def test_a_broker_that_is_away_costs_a_count_and_no_answer(
    small_index, client, monkeypatch
):
    from search import tasks

    def away(**kwargs):
        raise OperationalError

    monkeypatch.setattr(tasks.count_query, "apply_async", away)
    assert search(client, "majella").status_code == 200


# -- opened hits ----------------------------------------------------------------------


def token_of(response):
    return response.context["click_token"]


def test_an_opened_hit_is_counted_with_its_rank(small_index, client):
    response = search(client, "majella")
    assert 'data-plek="1"' in response.content.decode()
    token = token_of(response)
    url = reverse("search:clicked")
    assert client.post(url, {"vraag": token, "plek": "2"}).status_code == 204
    row = QueryCount.objects.get()
    assert (row.clicks, row.rank_sum) == (1, 2)


def test_links_of_hits_keep_their_own_address(small_index, client):
    content = search(client, "majella").content.decode()
    assert 'href="/kennisbank/' in content
    assert "geopend?" not in content


FORGED = [
    ("verzonnen", "1", {}),
    (None, "0", {}),
    (None, "x", {}),
    (None, "9999", {}),
    (None, "²", {}),
    (None, "1", {"sec-fetch-site": "cross-site"}),
]


def test_a_forged_click_changes_nothing(small_index, client):
    own = token_of(search(client, "majella"))
    for token, rank, headers in FORGED:
        values = {"vraag": token or own, "plek": rank}
        answer = client.post(reverse("search:clicked"), values, headers=headers)
        assert answer.status_code == 204
    assert QueryCount.objects.get().clicks == 0


def test_a_click_needs_a_post_and_staff_get_no_token(small_index, client, make_user):
    assert client.get(reverse("search:clicked")).status_code == 405
    client.force_login(make_user("redacteur"))
    assert token_of(search(client, "majella")) == ""


# -- what editors see --------------------------------------------------------------------


def test_fewer_than_three_sources_are_shown_to_nobody(small_index, client, make_user):
    for _ in range(5):
        search(client, "woonwagen majella", "10.0.0.1")
        search(client, "woonwagen majella", "10.0.0.2")
    assert querylog.asked("vaak") == []
    assert not querylog.is_shown("woonwagen majella")
    with pytest.raises(ValidationError):
        querylog.approve(actor=make_user("redacteur"), text="woonwagen majella")
    search(client, "woonwagen majella", "10.0.0.3")
    assert [row.text for row in querylog.asked("vaak")] == ["woonwagen majella"]


def test_the_same_person_on_three_days_is_not_three(small_index, client):
    for day in (20, 21, 22):
        with time_machine.travel(f"2026-11-{day} 10:00 +0100", tick=False):
            search(client, "majella")
    with time_machine.travel("2026-11-22 11:00 +0100", tick=False):
        assert querylog.asked("vaak") == []
        assert querylog.totals().asked == 3


def test_the_lists_of_the_editors(small_index, client):
    from_three(client, "majella")
    from_three(client, "majella", soort="wet")
    token = token_of(search(client, "wonen"))
    from_three(client, "wonen")
    client.post(reverse("search:clicked"), {"vraag": token, "plek": "3"})
    texts = {
        which: [row.text for row in querylog.asked(which)] for which in querylog.LISTS
    }
    assert texts["vaak"] == ["majella", "wonen"]
    assert texts["niets"] == ["majella"]
    assert texts["geen-klik"] == []
    row = querylog.asked("vaak")[1]
    assert (row.clicks, row.mean_rank, row.asked) == (1, 3.0, 4)


def test_an_editor_repairs_from_the_row(small_index, client, make_user):
    from_three(client, "zwevende majella")
    client.force_login(make_user("redacteur"))
    page = client.get(reverse("search_queries"))
    content = page.content.decode()
    assert f"{reverse('search_synonyms:add')}?word=zwevende%20majella" in content
    assert f"{reverse('search_best_bets:add')}?query=zwevende%20majella" in content
    filled = client.get(reverse("search_synonyms:add"), {"word": "zwevende majella"})
    assert 'value="zwevende majella"' in filled.content.decode()
    client.post(reverse("search_approve"), {"text": "zwevende majella"})
    assert ApprovedQuery.objects.get().active
    resources.forget(anew=True)
    assert "zwevende majella" in [r["title"] for r in services.suggest("zwevende")]


def test_only_editors_approve(small_index, client, make_user):
    from_three(client, "majella")
    with pytest.raises(PermissionDenied):
        querylog.approve(actor=make_user("loketmedewerker"), text="majella")


def test_the_page_costs_a_fixed_number_of_queries(
    client, make_user, django_assert_max_num_queries
):
    day = timezone.localdate()
    QueryCount.objects.bulk_create(
        QueryCount(day=day, text=f"vraag {n}", asked=n, sources=3) for n in range(80)
    )
    client.force_login(make_user("redacteur"))
    with django_assert_max_num_queries(20):
        client.get(reverse("search_queries"))
