"""Drafts: what somebody types is kept on the server for that person until it is sent."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Team
from core.toegang import CONTACT_SESSION_KEY
from loket import services
from loket.models import Bericht, Concept, Formulierconcept
from loket.tasks import remove_old_forms
from loket.views.ask import FORMULIER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

ASK = "/loket/vraag-stellen/"
WRITTEN = "Wij zoeken een woning voor een gezin dat uit de opvang komt."
WHILE_TYPING = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def django_client():
    """django_client() → another browser."""
    return Client


def thread(vraag, act=""):
    return f"/loket/vraag/{vraag.reference}/{act}"


@pytest.fixture
def log_in_as():
    """log_in_as(client, contact) → the asker came by a login link."""

    def act(client, contact):
        session = client.session
        session[CONTACT_SESSION_KEY] = contact.pk
        session.save()

    return act


# -- the reply of an asker -----------------------------------------------------------------


def test_a_reply_is_kept_in_the_browser_of_who_has_the_link(
    client, django_client, ask, open_link
):
    vraag = ask()
    open_link(vraag)
    answer = client.post(thread(vraag, "concept/"), {"text": WRITTEN}, **WHILE_TYPING)
    assert answer.status_code == 204
    assert WRITTEN in client.get(thread(vraag)).content.decode()
    assert not vraag.berichten.filter(soort=Bericht.Soort.REACTIE).exists()
    # A mail can be sent on: who has the same link does not read what is not yet said.
    other = django_client()
    other.get(thread(vraag, f"sleutel/{vraag.token}/"))
    assert WRITTEN not in other.get(thread(vraag)).content.decode()


def test_a_reply_of_who_logged_in_is_there_on_another_device(
    client, django_client, ask, log_in_as
):
    vraag = ask()
    log_in_as(client, vraag.contact)
    client.post(thread(vraag, "concept/"), {"text": WRITTEN}, **WHILE_TYPING)
    phone = django_client()
    log_in_as(phone, vraag.contact)
    assert WRITTEN in phone.get(thread(vraag)).content.decode()
    phone.post(thread(vraag, "reactie/"), {"text": WRITTEN})
    assert not Formulierconcept.objects.exists()
    assert vraag.berichten.filter(text=WRITTEN).count() == 1


def test_a_reply_that_was_sent_leaves_no_draft(client, ask, open_link):
    vraag = ask()
    open_link(vraag)
    client.post(thread(vraag, "concept/"), {"text": WRITTEN}, **WHILE_TYPING)
    page = client.post(thread(vraag, "reactie/"), {"text": WRITTEN}, follow=True)
    assert page.content.decode().count(WRITTEN) == 1


def test_the_draft_button_works_without_javascript(client, ask, open_link):
    vraag = ask()
    open_link(vraag)
    page = client.post(thread(vraag, "concept/"), {"text": WRITTEN}, follow=True)
    assert "Concept bewaard." in page.content.decode()
    assert WRITTEN in page.content.decode()


def test_a_stranger_keeps_nothing_with_a_question(client, ask):
    vraag = ask()
    answer = client.post(thread(vraag, "concept/"), {"text": WRITTEN}, **WHILE_TYPING)
    assert answer.status_code == 410
    assert not Formulierconcept.objects.exists()


# -- the form for a question ---------------------------------------------------------------


def typed(**fields):
    return {
        "text": WRITTEN,
        "gemeente": "Meppel",
        "email": "a@meppel.example",
        **fields,
    }


def test_what_was_typed_is_there_after_a_reload(client, django_client):
    answer = client.post(f"{ASK}concept/", typed(), **WHILE_TYPING)
    assert answer.status_code == 204
    html = client.get(ASK).content.decode()
    assert WRITTEN in html
    assert "a@meppel.example" in html
    assert "Wis mijn tekst" in html
    assert WRITTEN not in django_client().get(ASK).content.decode()


def test_it_can_be_wiped(client):
    client.post(f"{ASK}concept/", typed(), **WHILE_TYPING)
    page = client.post(f"{ASK}concept/", typed(wis="1"), follow=True).content.decode()
    assert WRITTEN not in page
    # The page tells the browser to forget its own copy as well.
    assert 'data-verstuurd="vraag"' in page
    assert WRITTEN not in client.get(ASK).content.decode()


def test_it_is_gone_after_a_day(client):
    client.post(f"{ASK}concept/", typed(), **WHILE_TYPING)
    session = client.session
    long_ago = timezone.now() - datetime.timedelta(hours=25)
    session["formulieren"] = {
        FORMULIER: {**session["formulieren"][FORMULIER], "op": long_ago.isoformat()}
    }
    session.save()
    assert WRITTEN not in client.get(ASK).content.decode()


def test_it_is_gone_after_a_log_out(client):
    client.post(f"{ASK}concept/", typed(), **WHILE_TYPING)
    client.post("/loket/uitloggen/")
    assert WRITTEN not in client.get(ASK).content.decode()


def test_a_question_that_was_sent_leaves_no_draft(client, hidden):
    step = client.post(ASK, typed(stap="verder", suggesties_gezien="1"))
    assert WRITTEN in client.get(ASK).content.decode()
    client.post(ASK, {"stap": "verstuur", "pakket": hidden(step, "pakket")})
    assert WRITTEN not in client.get(ASK).content.decode()


def test_an_address_alone_is_no_draft(client):
    client.post(f"{ASK}concept/", typed(text=" "), **WHILE_TYPING)
    assert "a@meppel.example" not in client.get(ASK).content.decode()


# -- staff -----------------------------------------------------------------------------------


def test_drafts_of_staff_survive_a_new_session_and_another_owner(
    client, django_client, ask, expert
):
    sanne, vraag = expert(), ask()
    other = expert()
    client.force_login(sanne)
    act = f"/werkplek/{vraag.reference}/concept/"
    client.post(act, {"antwoord": "Ja, mits."}, **WHILE_TYPING)
    client.post(act, {"notitie": "Bel Epe."}, **WHILE_TYPING)
    client.post(
        act, {"reactie": "Zij zei ja.", "kanaal": "bijeenkomst"}, **WHILE_TYPING
    )
    services.assign(user=sanne, vraag=vraag, to=other)
    again = django_client()
    again.force_login(sanne)
    html = again.get(f"/werkplek/{vraag.reference}/").content.decode()
    for text in ("Ja, mits.", "Bel Epe.", "Zij zei ja."):
        assert text in html
    again.force_login(other)
    html = again.get(f"/werkplek/{vraag.reference}/").content.decode()
    for text in ("Ja, mits.", "Bel Epe.", "Zij zei ja."):
        assert text not in html


def test_a_draft_waits_while_the_question_is_with_another_team(client, ask, expert):
    sanne, vraag = expert(), ask()
    services.save_draft(user=sanne, vraag=vraag, soort="antwoord", text="Ja, mits.")
    vraag.refresh_from_db()
    first, away = vraag.team, Team.objects.get(slug="flexpool")
    services.pass_on(user=sanne, vraag=vraag, team=away, reason="flexpool")
    vraag.refresh_from_db()
    services.pass_on(user=expert("flexpool"), vraag=vraag, team=first, reason="terug")
    client.force_login(sanne)
    assert "Ja, mits." in client.get(f"/werkplek/{vraag.reference}/").content.decode()


def test_an_emptied_draft_is_gone(ask, expert):
    sanne, vraag = expert(), ask()
    for text in ("Ja.", "  "):
        services.save_draft(user=sanne, vraag=vraag, soort="antwoord", text=text)
    assert not Concept.objects.exists()


def test_the_page_from_an_answer_is_kept_while_somebody_writes_it(client, ask, expert):
    sanne, vraag = expert(), ask()
    services.answer(user=sanne, vraag=vraag, text="Ja, tot 23 jaar.")
    client.force_login(sanne)
    path = f"/werkplek/{vraag.reference}/kennis/"
    sent = {"title": "Tot wanneer kan het?", "kort_antwoord": "Ja.", "text": WRITTEN}
    answer = client.post(f"{path}?concept=1", sent, **WHILE_TYPING)
    assert answer.status_code == 204
    html = client.get(path).content.decode()
    assert WRITTEN in html
    assert "Tot wanneer kan het?" in html
    # Another choice of answers fills all fields anew.
    bericht = vraag.berichten.get(soort=Bericht.Soort.ANTWOORD)
    assert WRITTEN not in client.get(f"{path}?antwoord={bericht.pk}").content.decode()
    client.post(path, {**sent, "confirmed": "on"})
    assert not Formulierconcept.objects.exists()


def test_what_nobody_touched_for_thirty_days_goes(make_user):
    user = make_user("loketmedewerker")
    for formulier, days in (("telefoon:1", 31), ("telefoon:2", 29)):
        services.keep_form(user=user, formulier=formulier, data={"wie": "x"})
        Formulierconcept.objects.filter(formulier=formulier).update(
            updated_at=timezone.now() - datetime.timedelta(days=days)
        )
    assert remove_old_forms() == 1
    assert Formulierconcept.objects.get().formulier == "telefoon:2"
