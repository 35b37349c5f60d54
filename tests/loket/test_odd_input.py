"""Whatever stands in an address or a form, the answer is a page, never a fault."""

import pytest

from core.parameters import parse_pk
from loket import services
from loket.models import Vraag

pytestmark = pytest.mark.django_db

NUMBERS = {
    "30 digits": "9" * 30,
    "19 digits": "9" * 19,
    "5000 digits": "9" * 5000,
    "a word": "abc",
    "Arabic digits": "١٢",
    "superscript": "²",
    "negative": "-1",
    "nothing": "",
    "NUL": "99999\x00",
}
ASK = "/loket/vraag-stellen/"
numbers = pytest.mark.parametrize("number", list(NUMBERS.values()), ids=list(NUMBERS))


@pytest.mark.parametrize(
    ("value", "pk"),
    [("12", 12), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("²", None), (None, None)]
    + [(value, None) for value in NUMBERS.values()],
)
def test_a_number_that_can_be_a_row(value, pk):
    assert parse_pk(value) == pk


@numbers
def test_an_odd_number_from_an_asker(client, number):
    assert client.get(ASK, {"pagina": number}).status_code == 200
    assert client.post(ASK, {"pagina": number, "stap": "verder"}).status_code == 422
    found = client.post(f"{ASK}ontvangen/", {"beantwoord_door": number})
    assert found.status_code == 200


@pytest.mark.parametrize("number", ["9" * 30, "9" * 19, "9" * 5000])
@pytest.mark.parametrize(
    "path",
    [
        "/kennisbank-reactie/{}/",
        "/beheer/medewerkers/{}/",
        "/helpdesk/tickets/{}/",
    ],
)
def test_an_odd_number_in_an_address(client, make_user, path, number):
    client.force_login(make_user("beheerder"))
    assert client.post(path.format(number), {"geholpen": "ja"}).status_code == 404


@pytest.mark.usefixtures("index")
@numbers
@pytest.mark.parametrize(
    ("act", "field"), [("wijs-toe", "{}"), ("voeg-in", "handreiking:{}:jongeren")]
)
def test_an_odd_number_at_the_workplace_keeps_what_was_typed(
    client, ask, expert, act, field, number
):
    vraag = ask()
    client.force_login(expert())
    name = "collega" if act == "wijs-toe" else "voeg_in"
    page = client.post(
        f"/werkplek/{vraag.reference}/{act}/",
        {name: field.format(number), "antwoord": "Half geschreven"},
    )
    # Without its NUL the number is an ordinary one, of a row that is not there.
    assert page.status_code == 422
    assert "Half geschreven" in page.content.decode()


@numbers
def test_an_odd_number_of_an_undelivered_message(client, make_user, number):
    client.force_login(make_user("beheerder"))
    assert client.post("/beheer/berichten/", {"row": number}).status_code == 404


# -- NUL: no text holds one, and PostgreSQL refuses it ---------------------------------


def test_nul_in_a_search_text_is_left_out(client, hidden, index):
    first = client.get(ASK, {"zoekvraag": "uit\x00stroom"})
    assert first.status_code == 200
    assert hidden(first, "zoekvraag") == "uitstroom"
    fields = {
        "text": "Hoe regelen wij\x00 uitstroom uit zorg?",
        "gemeente": "Meppel",
        "email": "annemiek@meppel.example",
        "suggesties_gezien": "1",
        "zoekvraag": "uit\x00stroom",
    }
    package = hidden(client.post(ASK, fields), "pakket")
    client.post(ASK, {"stap": "verstuur", "pakket": package})
    vraag = Vraag.objects.get()
    assert vraag.zoekvraag == "uitstroom"
    assert vraag.berichten.get().text == "Hoe regelen wij uitstroom uit zorg?"


@pytest.mark.parametrize(
    "path",
    [
        "/loket/vraag/V-2026-%00AAAAA/",
        "/werkplek/V-2026-%00AAAAA/",
        "/loket/vraag/V-2026-AAAAAA/sleutel/%00/",
        "/loket/inloggen/%00/",
        "/kennisbank/%00/",
    ],
)
def test_nul_in_an_address_is_refused(client, make_user, path):
    client.force_login(make_user("loketmedewerker"))
    assert client.get(path).status_code == 400


def test_nul_in_a_team_is_left_out(client, ask, expert):
    vraag = ask()
    client.force_login(expert())
    client.post(
        f"/werkplek/{vraag.reference}/geef-door/",
        {"team": "flex\x00pool", "reden": "Uw\x00 vak"},
    )
    vraag.refresh_from_db()
    assert vraag.team.slug == "flexpool"
    assert vraag.route_redenen[0].endswith("Uw vak")


# -- a page from an answer ----------------------------------------------------------------


@pytest.fixture
def knowledge_form(client, ask, expert):
    """knowledge_form(title=…) → the answer to 'Maak er kennis van' of an answered question."""
    vraag, sanne = ask(), expert()
    services.answer(user=sanne, vraag=vraag, text="Ja.")
    client.force_login(sanne)
    fields = {
        "title": "Mag dat?",
        "kort_antwoord": "Ja.",
        "text": "Ja, dat mag.",
        "confirmed": "on",
    }

    def post(**changed):
        return client.post(
            f"/werkplek/{vraag.reference}/kennis/", {**fields, **changed}
        )

    return post


@pytest.mark.parametrize("title", ["???", "ﷺ" * 200], ids=["no letters", "too long"])
def test_a_title_that_gives_no_address_is_explained_at_the_title(knowledge_form, title):
    page = knowledge_form(title=title)
    assert page.status_code == 422
    assert "Schrijf de vraag met letters" in page.content.decode()
    assert list(page.context["form"].errors) == ["title"]
