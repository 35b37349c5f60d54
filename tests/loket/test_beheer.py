"""What coordinators and beheerders change of the desk: routing terms and closing days."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import Team
from experts.models import Teamlid
from loket import termijnen
from loket.models import Openingstijd, Routeterm, Sluitingsdag
from loket.routing import service

pytestmark = pytest.mark.django_db
PAGE = "/werkplek/routetermen/"
SAMPLE = "Vraag over bananendozen"
TERM = {"tekst": "Bananendozen", "gewicht": "3", "voorbeeld": SAMPLE}


@pytest.fixture
def coordinator(client, make_user):
    """Of team flexpool, logged in."""
    user = make_user("deskundige")
    Teamlid.objects.create(
        user=user, team=Team.objects.get(slug="flexpool"), coordinator=True
    )
    Teamlid.objects.create(user=user, team=Team.objects.get(slug="studenten"))
    client.force_login(user)
    return user


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """post(fields, query) → the answer of the page, with what follows a commit done."""

    def act(fields, query="?team=flexpool"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"{PAGE}{query}", fields)
        return client.get(answer["Location"]) if answer.status_code == 302 else answer

    return act


def test_the_effect_of_a_word_is_shown_before_it_is_saved(coordinator, post):
    before = Routeterm.objects.count()
    text = post({**TERM, "act": "toon"}).content.decode()
    now, then = text.partition("Na bewaren:")[::2]
    assert "Geen team is duidelijk" in now
    assert "Naar team Flexpool, omdat de vraag ‘bananendozen’ noemt." in then
    assert 'value="Bananendozen"' in text
    assert Routeterm.objects.count() == before
    assert service.route_text(SAMPLE).team == "frontoffice"


def test_a_coordinator_adds_changes_and_removes_a_word(client, coordinator, post):
    assert service.route_text(SAMPLE).team == "frontoffice"
    page = post({**TERM, "act": "bewaar"})
    term = Routeterm.objects.get(tekst="bananendozen")
    assert term.soort == Routeterm.objects.filter(team=term.team).first().soort
    assert service.route_text(SAMPLE).team == "flexpool"
    assert (
        "Naar team Flexpool, omdat de vraag ‘bananendozen’ noemt."
        in page.content.decode()
    )
    own = f"?team=flexpool&woord={term.pk}"
    assert 'value="bananendozen"' in client.get(PAGE + own).content.decode()
    post({**TERM, "tekst": "perendozen", "act": "bewaar"}, own)
    term.refresh_from_db()
    assert (term.tekst, term.gewicht) == ("perendozen", 3)
    assert service.route_text(SAMPLE).team == "frontoffice"
    assert service.route_text("Vraag over perendozen").team == "flexpool"
    page = post({"act": "verwijder", "voorbeeld": "Vraag over perendozen"}, own)
    assert "Geen team is duidelijk" in page.content.decode()
    assert not Routeterm.objects.filter(pk=term.pk).exists()
    assert service.route_text("Vraag over perendozen").team == "frontoffice"


def test_the_effect_of_a_change_leaves_the_old_word_out(coordinator, post):
    post({**TERM, "act": "bewaar"})
    term = Routeterm.objects.get(tekst="bananendozen")
    text = post(
        {**TERM, "tekst": "perendozen", "act": "toon"},
        f"?team=flexpool&woord={term.pk}",
    ).content.decode()
    now, then = text.partition("Na bewaren:")[::2]
    assert "Naar team Flexpool" in now
    assert "Geen team is duidelijk" in then.partition("</form>")[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tekst": ""}, "Vul dit veld in."),
        ({"tekst": "?!"}, "Schrijf een woord"),
        ({"tekst": " Flexpool "}, "staat al bij dit team"),
        ({"gewicht": "9"}, "id_gewicht"),
    ],
)
@pytest.mark.parametrize("act", ["toon", "bewaar"])
def test_a_word_that_cannot_be_says_what_to_do(coordinator, post, change, told, act):
    Routeterm.objects.get_or_create(
        tekst="flexpool", team=Team.objects.get(slug="flexpool"), soort="onderwerp"
    )
    before = Routeterm.objects.count()
    page = post({**TERM, **change, "act": act})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert Routeterm.objects.count() == before


def test_a_coordinator_changes_the_own_team_only(client, coordinator, post):
    other = Routeterm.objects.filter(team__slug="studenten").first()
    assert client.get(f"{PAGE}?team=studenten").status_code == 404
    assert post({**TERM, "act": "bewaar"}, "?team=studenten").status_code == 404
    for act in ("bewaar", "verwijder"):
        query = f"?team=flexpool&woord={other.pk}"
        assert post({**TERM, "act": act}, query).status_code == 404
    assert Routeterm.objects.filter(pk=other.pk, tekst=other.tekst).exists()
    with pytest.raises(PermissionDenied):
        service.save_term(user=coordinator, team=other.team, tekst="x", gewicht=1)
    with pytest.raises(PermissionDenied):
        service.remove_term(user=coordinator, team=other.team, term=other)


def test_a_beheerder_changes_every_team(client, make_user, post):
    client.force_login(make_user("beheerder"))
    text = client.get(PAGE).content.decode()
    assert text.count("?team=") >= Team.objects.count()
    post({**TERM, "act": "bewaar"}, "?team=studenten")
    assert service.route_text(SAMPLE).team == "studenten"


@pytest.mark.parametrize("group", ["deskundige", "loketmedewerker", "redacteur"])
def test_others_do_not_change_words(client, make_user, post, group):
    user = make_user(group)
    Teamlid.objects.create(user=user, team=Team.objects.get(slug="flexpool"))
    client.force_login(user)
    assert client.get(PAGE).status_code == 403
    assert post({**TERM, "act": "bewaar"}).status_code == 403
    client.logout()
    assert client.get(PAGE).status_code == 302
    assert not Routeterm.objects.filter(tekst="bananendozen").exists()


def test_a_coordinator_who_lost_the_role_changes_nothing(client, coordinator, post):
    coordinator.groups.clear()
    assert post({**TERM, "act": "bewaar"}).status_code == 403


@pytest.mark.parametrize("query", ["?team=bestaat-niet", "?team=flexpool&woord=²"])
def test_an_odd_address_is_not_found(client, coordinator, query):
    assert client.get(PAGE + query).status_code == 404


# -- closing days --------------------------------------------------------------------

DAYS = "/beheer/sluitingsdagen/"


def working_day():
    """A Tuesday some weeks ahead that is no holiday."""
    day = timezone.localdate() + datetime.timedelta(days=21)
    while day.weekday() != 1 or Sluitingsdag.objects.filter(datum=day).exists():
        day += datetime.timedelta(days=1)
    return day


def test_a_beheerder_closes_and_opens_a_day(
    client, make_user, django_capture_on_commit_callbacks
):
    client.force_login(make_user("beheerder"))
    day = working_day()
    assert termijnen.kalender().is_open_on(day)
    for closed in (True, False):
        fields = {
            "datum": day,
            "naam": "Verhuizing",
            **({"vrij": "on"} if closed else {}),
        }
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(DAYS, fields).status_code == 302
        assert termijnen.kalender().is_open_on(day) is not closed
    assert Sluitingsdag.objects.filter(datum=day).count() == 1
    text = client.get(DAYS).content.decode()
    assert "Verhuizing" in text
    assert f'value="{day:%Y-%m-%d}"' in text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"datum": "2020-01-01"}, "Kies een dag vanaf vandaag."),
        ({"datum": "soms"}, "Vul een datum in, zoals 24-12-2026."),
        ({"naam": ""}, "Vul dit veld in."),
    ],
)
def test_a_day_that_cannot_be_says_what_to_do(client, make_user, change, told):
    client.force_login(make_user("beheerder"))
    before = Sluitingsdag.objects.count()
    page = client.post(DAYS, {"datum": working_day(), "naam": "X", **change})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert Sluitingsdag.objects.count() == before


def test_only_a_beheerder_sets_closing_days(client, make_user):
    client.force_login(make_user("loketmedewerker", "deskundige"))
    fields = {"datum": working_day(), "naam": "X", "vrij": "on"}
    assert client.post(DAYS, fields).status_code == 403
    client.logout()
    assert client.post(DAYS, fields).status_code == 302
    assert not Sluitingsdag.objects.filter(naam="X").exists()


# -- closing days and hours of a team, periods ------------------------------------------


def test_a_closing_day_can_be_of_one_team(
    client, make_user, django_capture_on_commit_callbacks
):
    client.force_login(make_user("beheerder"))
    day, team = working_day(), Team.objects.get(slug="flexpool")
    fields = {"datum": day, "naam": "Teamdag", "vrij": "on", "team": "flexpool"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(DAYS, fields).status_code == 302
    assert not termijnen.kalender(team).is_open_on(day)
    assert termijnen.kalender().is_open_on(day)
    assert "Teamdag" in client.get(DAYS).content.decode()


def test_a_beheerder_sets_the_hours_of_a_team_and_lets_it_follow_again(
    client, make_user, django_capture_on_commit_callbacks
):
    client.force_login(make_user("beheerder"))
    team = Team.objects.get(slug="flexpool")
    page = "/beheer/werktijden/flexpool/"
    assert "volgt de tijden van alle teams" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            client.post(page, {"van_1": "09:00", "tot_1": "13:00"}).status_code == 302
        )
    assert list(termijnen.kalender(team).hours) == [1]
    assert "dinsdag van 9.00 tot 13.00 uur" in client.get(page).content.decode()
    assert len(termijnen.kalender().hours) == 5
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"volg": "1"})
    assert len(termijnen.kalender(team).hours) == 5


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"van_1": "13:00", "tot_1": "09:00"}, "Kies een tijd na 13.00 uur."),
        ({"van_1": "13:00"}, "Vul beide tijden in, of geen van beide."),
        ({"van_1": "straks", "tot_1": "09:00"}, "Vul een tijd in, zoals 09:00."),
        ({}, "Kies minstens één dag waarop het loket werkt."),
    ],
)
def test_hours_that_cannot_be_say_what_to_do(client, make_user, fields, told):
    client.force_login(make_user("beheerder"))
    page = client.post("/beheer/werktijden/", {"x": "1", **fields})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Openingstijd.objects.exists()


def test_a_beheerder_sets_the_periods(client, make_user):
    client.force_login(make_user("beheerder"))
    fields = {
        "antwoord_werkdagen": 8,
        "eerste_reactie": 1,
        "herinnering": 3,
        "tweede_herinnering": 6,
        "sluiten": 9,
        "waarschuwing": 2,
        "later_uren": 4,
    }
    assert client.post("/beheer/termijnen/", fields).status_code == 302
    assert termijnen.rules().silence_days == (3, 6, 9)
    assert termijnen.answer_days() == 8
    refused = client.post("/beheer/termijnen/", {**fields, "herinnering": 7})
    assert refused.status_code == 422
    assert "volgorde" in refused.content.decode()


@pytest.mark.parametrize("page", ["termijnen", "werktijden", "werktijden/flexpool"])
def test_only_a_beheerder_sets_periods_and_hours(client, make_user, page):
    client.force_login(make_user("loketmedewerker", "deskundige"))
    assert client.get(f"/beheer/{page}/").status_code == 403


def test_hours_of_no_team_are_not_found(client, make_user):
    client.force_login(make_user("beheerder"))
    assert client.get("/beheer/werktijden/bestaat-niet/").status_code == 404
