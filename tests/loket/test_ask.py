"""Asking in two screens: nothing typed is lost, and where it started is kept."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from core.models import Contact, Mailbericht
from knowledge.models import Handreiking, Stappenplan
from loket.models import Vraag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

ASK = "/loket/vraag-stellen/"
TYPED = {
    "text": "Hoe leggen wij begeleiding vast bij uitstroom?",
    "gemeente": "Meppel",
    "email": "annemiek@meppel.example",
    "naam": "Annemiek de Vries",
    "functie": "beleidsmedewerker",
    "suggesties_gezien": "1",
    "stap": "verder",
}


def check(client, **fields):
    """Screen 1 filled in → screen 2."""
    return client.post(ASK, {**TYPED, **fields})


def send(client, hidden, **fields):
    """Both screens → the question."""
    package = hidden(check(client, **fields), "pakket")
    client.post(ASK, {"stap": "verstuur", "pakket": package})
    return Vraag.objects.get()


# -- nothing typed is lost -----------------------------------------------------------


@pytest.mark.parametrize("step", ["verstuur", "wijzig", "doorgaan"])
def test_a_page_that_stood_open_too_long_keeps_what_was_typed(client, hidden, step):
    package = hidden(check(client), "pakket")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        page = client.post(ASK, {"stap": step, "pakket": package})
    shown = page.content.decode()
    for name in ("text", "gemeente", "email", "naam", "functie"):
        assert TYPED[name] in shown
    assert "langer dan een dag open" in shown
    assert not Vraag.objects.exists()


def test_a_package_that_nobody_can_read_asks_again(client):
    page = client.post(ASK, {"stap": "verstuur", "pakket": "verzonnen"})
    assert page.status_code == 200
    assert "Vul uw vraag nog een keer in" in page.content.decode()


def test_a_filled_trap_is_explained_and_keeps_what_was_typed(client):
    page = check(client, website="https://meppel.example")
    shown = page.content.decode()
    assert page.status_code == 422
    assert "Laat dit veld leeg" in shown
    for name in ("text", "gemeente", "email", "naam", "functie"):
        assert TYPED[name] in shown
    assert check(client).status_code == 200


# -- a form is not a megaphone ---------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Klik hier: https://kwaad.example",
        "kwaad.example",
        "Ga naar www.kwaad.nl.",
        "<b>Annemiek</b>",
        "Jan/Piet",
    ],
)
def test_a_name_is_a_name(client, name):
    page = check(client, naam=name)
    assert page.status_code == 422
    assert "Vul hier alleen uw naam in" in page.content.decode()
    assert list(page.context["form"].errors) == ["naam"]


@pytest.mark.parametrize(
    "name",
    ["prof.mr.dr. J.P. van 't Hoff-de Wit", "A.J.Jansen", "Dhr.Jansen", "Zoë", ""],
)
def test_real_names_are_taken(client, name):
    assert check(client, naam=name).status_code == 200


def test_a_mail_repeats_the_name_of_a_confirmed_address_only(ask):
    ask(naam="Vrolijke Frans")
    first = Mailbericht.objects.get(template="loket/ontvangen")
    assert "Vrolijke Frans" not in first.text + first.html
    Contact.objects.update(confirmed_at=timezone.now())
    ask()
    second = Mailbericht.objects.filter(template="loket/ontvangen").latest("pk")
    assert "Dag Vrolijke Frans," in second.text


def test_a_login_link_repeats_no_name_that_anybody_typed(ask, client):
    ask(naam="Vrolijke Frans")
    client.post("/loket/inloggen/", {"email": "annemiek@meppel.example"})
    mail = Mailbericht.objects.get(template="core/inloglink")
    assert "Vrolijke Frans" not in mail.text + mail.html


# -- where it started --------------------------------------------------------------------


def test_the_section_goes_along_through_both_screens(client, hidden):
    page = Handreiking.objects.get()
    first = client.get(ASK, {"pagina": page.pk, "anker": "jongeren"})
    assert (
        f"Uw vraag gaat over: {page.title}, Jongeren die jeugdhulp verlaten"
        in first.content.decode()
    )
    origin = {name: hidden(first, name) for name in ("pagina", "anker")}
    second = check(client, **origin)
    assert f"{page.title}, Jongeren die jeugdhulp verlaten" in second.content.decode()
    back = client.post(
        ASK, {"stap": "wijzig", "pakket": hidden(second, "pakket")}
    ).content.decode()
    assert f"Uw vraag gaat over: {page.title}, Jongeren" in back
    vraag = send(client, hidden, **origin)
    assert vraag.herkomst_pagina == page.pk
    assert vraag.herkomst_titel == page.title
    assert vraag.herkomst_sectie == "Jongeren die jeugdhulp verlaten"
    assert vraag.herkomst_url == f"{page.get_url()}#jongeren"
    assert vraag.fase == "afspraken"


def test_the_section_goes_along_past_the_suggestions(client, hidden):
    page = Handreiking.objects.get()
    between = check(client, pagina=page.pk, anker="begeleiding", suggesties_gezien="0")
    assert "Staat uw antwoord hier al tussen?" in between.content.decode()
    second = client.post(ASK, {"stap": "doorgaan", "pakket": hidden(between, "pakket")})
    client.post(ASK, {"stap": "verstuur", "pakket": hidden(second, "pakket")})
    assert Vraag.objects.get().herkomst_sectie == "Begeleiding vastleggen"


def test_a_step_of_a_plan_is_a_section_too(client):
    page = Stappenplan.objects.get()
    first = client.get(ASK, {"pagina": page.pk, "anker": "opgave"})
    assert f"{page.title}, Tel de opgave" in first.content.decode()


def test_an_anchor_that_is_not_there_is_left_out(client, hidden):
    page = Handreiking.objects.get()
    vraag = send(client, hidden, pagina=page.pk, anker='x" onclick="y')
    assert vraag.herkomst_url == page.get_url()
    assert vraag.herkomst_sectie == ""


@pytest.mark.parametrize(("phases", "phase"), [([], ""), (["visie", "afspraken"], "")])
def test_only_a_page_of_one_phase_says_which(client, hidden, phases, phase):
    page = Handreiking.objects.get()
    Handreiking.objects.filter(pk=page.pk).update(fasen=phases)
    assert send(client, hidden, pagina=page.pk).fase == phase


# -- what the asker reads before sending ---------------------------------------------------


def test_the_reason_speaks_to_the_asker_and_the_date_is_told_once(client, hidden):
    second = check(client, text="Hoe regelen wij een urgentieverklaring?")
    html = second.content.decode()
    assert "omdat u ‘" in html
    assert html.count("Antwoord uiterlijk") == 1
    package = hidden(second, "pakket")
    client.post(ASK, {"stap": "verstuur", "pakket": package})
    assert any("omdat de vraag ‘" in why for why in Vraag.objects.get().route_redenen)
    received = client.get(f"{ASK}ontvangen/").content.decode()
    assert received.count("Antwoord uiterlijk") == 1


@pytest.fixture
def ordinance(db):
    """A regulation of two versions; article 3 came with the second one."""
    from knowledge.regelingen.imports import Import
    from knowledge.regelingen.services import store
    from knowledge.regelingen.tree import Node, Regeling, Soort

    def artikel(number):
        return Node(Soort.ARTIKEL, "Artikel", number, "Aanvraag", "De tekst.")

    for year, numbers in (("2020", "2"), ("2024", "23")):
        text = Regeling(
            "Woonverordening <Nergens>",
            tuple(map(artikel, numbers)),
            version=year,
            valid_from=f"{year}-01-01",
        )
        stored = store(imported=Import("cvdr", text), publish=True)
    return stored.versie.regeling


def test_an_article_goes_along_to_asker_confirmation_and_workplace(
    client, hidden, ordinance, make_user
):
    article = client.get(ordinance.get_absolute_url()).content.decode()
    link = f"{ASK}?regeling={ordinance.pk}&amp;anker=artikel-3"
    assert f'href="{link}"' in article
    first = client.get(ASK, {"regeling": ordinance.pk, "anker": "artikel-3"})
    words = "Woonverordening &lt;Nergens&gt;, Artikel 3 Aanvraag"
    assert f"Uw vraag gaat over: {words}" in first.content.decode()
    origin = {name: hidden(first, name) for name in ("regeling", "anker")}
    second = check(client, **origin)
    assert words in second.content.decode()
    vraag = send(client, hidden, **origin)
    address = f"{ordinance.get_absolute_url()}#artikel-3"
    assert vraag.herkomst_titel == str(ordinance)
    assert vraag.herkomst_sectie == "Artikel 3 Aanvraag"
    assert vraag.herkomst_url == address
    assert vraag.herkomst_pagina is None
    mail = Mailbericht.objects.get(template="loket/ontvangen")
    assert (
        "De vraag gaat over: Woonverordening <Nergens>, Artikel 3 Aanvraag."
        in mail.text
    )
    linked = f'<a href="{address}">{words}</a>'
    assert linked in client.get("/loket/vraag-stellen/ontvangen/").content.decode()
    assert linked in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    client.force_login(make_user("loketmedewerker"))
    assert linked in client.get(f"/werkplek/{vraag.reference}/").content.decode()


def test_an_article_of_an_older_day_goes_along_with_that_day(client, hidden, ordinance):
    page = client.get(ordinance.get_absolute_url(), {"geldig-op": "2021-05-01"})
    link = f"{ASK}?regeling={ordinance.pk}&amp;anker=artikel-2&amp;geldig-op=2021-05-01"
    assert f'href="{link}"' in page.content.decode()
    vraag = send(client, hidden, **{"regeling": ordinance.pk, "anker": "artikel-2", "geldig-op": "2021-05-01"})  # fmt: skip
    assert vraag.herkomst_url == f"{ordinance.get_absolute_url()}?geldig-op=2021-05-01#artikel-2"  # fmt: skip


@pytest.mark.parametrize(
    "odd",
    [
        {"regeling": "x"},
        {"regeling": "9" * 40},
        {"regeling": "999999"},
    ],
)
def test_a_regulation_that_is_not_there_is_left_out(client, hidden, odd):
    vraag = send(client, hidden, anker="artikel-1", **odd)
    assert (vraag.herkomst_titel, vraag.herkomst_url) == ("", "")


def test_of_an_article_that_is_not_there_the_regulation_stays(
    client, hidden, ordinance
):
    vraag = send(client, hidden, **{"regeling": ordinance.pk, "anker": "artikel-99", "geldig-op": "gisteren"})  # fmt: skip
    assert vraag.herkomst_url == ordinance.get_absolute_url()
    assert vraag.herkomst_sectie == ""


def test_what_was_not_published_is_no_origin(client, hidden, ordinance):
    ordinance.versies.update(published_at=None)
    vraag = send(client, hidden, regeling=ordinance.pk, anker="artikel-2")
    assert vraag.herkomst_titel == ""
