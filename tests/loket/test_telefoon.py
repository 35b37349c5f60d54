"""Telephone: a call taken in, drafts of two calls, calling back with proof."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Bijlage, Contact, Gemeente, Mailbericht
from core.person import Person
from core.toegang import CONTACT_SESSION_KEY
from loket import selectors, services
from loket.models import (
    Bericht,
    Formulierconcept,
    Gesprek,
    Gespreksvraag,
    Kanaal,
    Terugbellen,
    Vraag,
)
from loket.states import VraagStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

CALL = "/werkplek/telefoon/"
FIRST = "Geldt onze urgentieregeling ook voor mensen die uit de opvang komen?"
SECOND = "Hoeveel woningen moeten wij dit jaar voor statushouders vrijhouden?"


@pytest.fixture
def karim(make_user, client):
    user = make_user("loketmedewerker", name="Karim Haddad")
    client.force_login(user)
    return user


@pytest.fixture
def annemiek(db):
    return Contact.objects.create(
        email="annemiek@meppel.example",
        naam="Annemiek Bos",
        gemeente=Gemeente.objects.get(code="GM0119"),
    )


@pytest.fixture
def page_key(index):
    """A hit for the first question, as the list of sources names it."""
    hit = selectors.find_sources("leeftijdsgrens jongere urgentie")[0]
    return f"{hit.kind}:{hit.object_id}:{hit.section.anchor}"


def typed(**fields):
    """The form with two questions, as the browser sends it."""
    return {
        "sleutel": "s1",
        "aantal": "2",
        "wie": "",
        "gemeente": "",
        "vraag-1-text": FIRST,
        "vraag-1-keuze": "team",
        "vraag-2-text": "",
        "vraag-2-keuze": "team",
        **fields,
    }


# -- taking in -----------------------------------------------------------------------


def test_a_known_caller_with_two_questions(client, karim, annemiek, page_key, outbox):
    sent = typed(
        wie="annem",
        beller=annemiek.pk,
        **{"vraag-2-text": SECOND, "vraag-2-keuze": page_key},
    )
    response = client.post(CALL, sent, follow=True)
    assert "1 vraag doorgezet en 1 vraag meteen beantwoord" in response.content.decode()
    vraag = Vraag.objects.get()
    assert (vraag.contact, vraag.kanaal) == (annemiek, Kanaal.TELEFOON)
    assert vraag.gemeente == annemiek.gemeente
    assert vraag.status == VraagStatus.NIEUW
    first = vraag.berichten.get()
    assert (first.text, first.user, first.kanaal) == (FIRST, karim, Kanaal.TELEFOON)
    confirmation = Mailbericht.objects.get(template="loket/ontvangen")
    assert confirmation.to == ["annemiek@meppel.example"]
    gesprek = Gesprek.objects.get()
    assert (gesprek.user, gesprek.contact) == (karim, annemiek)
    passed_on, found = gesprek.vragen.all()
    assert (passed_on.vraag, passed_on.text) == (vraag, "")
    assert found.is_found
    assert found.vraag is None
    assert found.text == SECOND
    assert f"{found.kind}:{found.object_id}" == page_key.rpartition(":")[0]
    assert found.titel
    assert found.url.startswith("/")


def test_an_answer_in_the_call_stands_in_the_thread_of_a_known_caller(
    client, karim, annemiek
):
    sent = typed(
        wie="annemiek@meppel.example",
        **{"vraag-1-keuze": "zelf", "vraag-1-antwoord": "Ja, sinds 1 juli."},
    )
    client.post(CALL, sent)
    vraag = Vraag.objects.get()
    assert vraag.status == VraagStatus.BEANTWOORD
    answer = vraag.berichten.get(soort=Bericht.Soort.ANTWOORD)
    assert (answer.text, answer.kanaal) == ("Ja, sinds 1 juli.", Kanaal.TELEFOON)
    assert [m.template for m in Mailbericht.objects.all()] == ["loket/antwoord"]
    own = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    assert "per telefoon" in own
    assert "opgeschreven door Karim Haddad" in own


def test_an_anonymous_caller_leaves_questions_and_no_person(client, karim, page_key):
    sent = typed(
        gemeente="Meppel",
        **{
            "vraag-1-keuze": "zelf",
            "vraag-1-antwoord": "Ja.",
            "vraag-2-text": SECOND,
            "vraag-2-keuze": page_key,
        },
    )
    assert client.post(CALL, sent).status_code == 302
    assert not Vraag.objects.exists()
    assert not Contact.objects.exists()
    assert not Mailbericht.objects.exists()
    gesprek = Gesprek.objects.get()
    assert gesprek.contact is None
    assert gesprek.gemeente.naam == "Meppel"
    outcomes = Gespreksvraag.Uitkomst
    assert [row.uitkomst for row in gesprek.vragen.all()] == [
        outcomes.METEEN,
        outcomes.KENNISBANK,
    ]


def test_an_anonymous_question_without_an_answer_needs_an_address(client, karim):
    response = client.post(CALL, typed())
    html = response.content.decode()
    assert response.status_code == 422
    assert "Vul het e-mailadres van de beller in, of noteer het antwoord" in html
    # A label that asks needs no colon after it.
    assert re.search(r"<a href=\"#id_wie\">Wie belt\? [A-Z]", html)
    assert FIRST in html
    assert not Gesprek.objects.exists()
    # What was typed is kept for a reload as well.
    assert FIRST in client.get(CALL).content.decode()


def test_a_new_caller_gives_an_address(client, karim):
    client.post(CALL, typed(wie="Nieuw@Epe.example", gemeente="Epe"))
    vraag = Vraag.objects.get()
    assert vraag.contact.email == "nieuw@epe.example"
    assert vraag.gemeente.naam == "Epe"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"wie": "annem"}, "Kies de beller uit de lijst"),
        ({"wie": "a@b.nl", "gemeente": "Atlantis"}, "Deze gemeente kennen wij niet"),
        ({"wie": "a@b.nl", "vraag-1-text": "kort"}, "Schrijf de vraag op"),
        (
            {"wie": "a@b.nl", "vraag-1-keuze": "zelf"},
            "Schrijf kort op wat u antwoordde",
        ),
        ({"wie": "a@b.nl", "vraag-1-text": ""}, "Schrijf minstens één vraag op"),
        ({"wie": "a@b.nl", "terugbellen": "on"}, "is geen nummer bekend"),
        (
            {"terugbellen": "on", "vraag-1-keuze": "zelf", "vraag-1-antwoord": "Ja."},
            "Alle vragen zijn al beantwoord",
        ),
    ],
)
def test_each_refusal_says_what_to_do_and_takes_nothing_in(
    client, karim, annemiek, fields, message
):
    response = client.post(CALL, typed(**fields))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Vraag.objects.exists()
    assert not Gesprek.objects.exists()


def test_a_choice_of_caller_ends_when_another_name_is_typed(client, karim, annemiek):
    response = client.post(CALL, typed(wie="joris", beller=annemiek.pk))
    assert response.status_code == 422
    assert not Vraag.objects.exists()


def test_a_page_that_is_gone_is_no_answer(client, karim):
    response = client.post(CALL, typed(**{"vraag-1-keuze": "handreiking:999999:"}))
    assert response.status_code == 422
    assert not Gesprek.objects.exists()


def test_the_same_form_twice_is_one_call(client, karim, annemiek):
    for _ in range(2):
        client.post(CALL, typed(wie=annemiek.email))
    assert Gesprek.objects.count() == Vraag.objects.count() == 1


def test_only_the_front_office_takes_calls(client, expert, annemiek):
    user = expert()
    client.force_login(user)
    for path in (CALL, f"{CALL}2/"):
        assert client.get(path).status_code == 403
    for path in (f"{CALL}bellers/", f"{CALL}1/concept/", f"{CALL}1/bronnen/1/"):
        response = client.post(path, typed(wie="annem"))
        assert response.status_code == 403
        assert "annemiek@" not in response.content.decode()
    with pytest.raises(PermissionDenied):
        services.take_call(
            user=user,
            form_key="x",
            questions=[services.CallQuestion(FIRST, answer="a")],
        )


# -- finding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["annem", "bos meppel", "MEPPEL", "annemiek@meppel.example"]
)
def test_a_caller_is_found_by_name_gemeente_or_address(client, karim, annemiek, words):
    html = client.post(f"{CALL}bellers/", {"wie": words}).content.decode()
    assert "annemiek@meppel.example" in html
    assert "Geen nummer bekend: mail eerst" in html


@pytest.mark.parametrize("words", ["", "an", "joris", "annemiek zwolle"])
def test_who_does_not_match_is_not_shown(client, karim, annemiek, words):
    html = client.post(f"{CALL}bellers/", {"wie": words}).content.decode()
    assert "annemiek@" not in html


def test_the_knowledge_base_stands_beside_each_question(client, karim):
    html = client.post(
        f"{CALL}1/bronnen/2/",
        typed(
            **{"vraag-2-text": "Wat is de leeftijdsgrens van een jongere met urgentie?"}
        ),
    ).content.decode()
    assert 'name="vraag-2-keuze"' in html
    assert "Uitstroom uit zorg en opvang" in html
    assert "gevonden</p>" in html


# -- drafts ----------------------------------------------------------------------------


def test_two_calls_each_keep_their_own_draft(client, karim):
    keep = {"HTTP_HX_REQUEST": "true"}
    for plek, text in ((1, FIRST), (2, SECOND)):
        response = client.post(
            f"{CALL}{plek}/concept/", typed(**{"vraag-1-text": text}), **keep
        )
        assert response.status_code == 204
    client.logout()
    client.force_login(karim)
    first = client.get(f"{CALL}1/").content.decode()
    second = client.get(f"{CALL}2/").content.decode()
    assert FIRST in first
    assert SECOND not in first
    assert SECOND in second
    assert FIRST not in second
    assert "open</span>" in first


def test_a_draft_is_of_one_person(client, karim, make_user):
    client.post(f"{CALL}1/concept/", typed())
    client.force_login(make_user("loketmedewerker"))
    assert FIRST not in client.get(CALL).content.decode()


def test_without_javascript_the_other_call_opens_and_nothing_is_lost(client, karim):
    response = client.post(f"{CALL}1/concept/", typed(ga="2"))
    assert response["Location"] == f"{CALL}2/"
    assert FIRST in client.get(f"{CALL}1/").content.decode()


def test_one_more_question(client, karim):
    response = client.post(f"{CALL}1/concept/", typed(meer="1"))
    assert response["Location"] == f"{CALL}1/#vraag-3"
    html = client.get(f"{CALL}1/").content.decode()
    assert FIRST in html
    assert 'name="vraag-3-text"' in html


def test_a_call_that_was_taken_in_leaves_no_draft(client, karim, annemiek):
    client.post(f"{CALL}1/concept/", typed(wie=annemiek.email))
    client.post(f"{CALL}1/", typed(wie=annemiek.email))
    assert not Formulierconcept.objects.exists()
    assert '<textarea name="vraag-1-text"' in client.get(CALL).content.decode()


def test_a_call_can_be_wiped_and_an_untouched_one_leaves_nothing(client, karim):
    client.post(f"{CALL}1/concept/", typed(**{"vraag-1-text": ""}))
    assert not Formulierconcept.objects.exists()
    client.post(f"{CALL}1/concept/", typed())
    client.post(f"{CALL}1/concept/", typed(leeg="1"))
    assert not Formulierconcept.objects.exists()


# -- calling back ------------------------------------------------------------------------


@pytest.fixture
def front(karim):
    return Person(user=karim)


def test_the_asker_who_logged_in_sets_the_number(annemiek):
    services.set_phone(
        person=Person(contact=annemiek), contact=annemiek, telefoon="+31 (0)6-1234 5678"
    )
    annemiek.refresh_from_db()
    assert annemiek.telefoon == "0612345678"
    assert "Mijn vragen" in annemiek.telefoon_bewijs


def test_the_front_office_writes_down_the_proof(front, annemiek):
    with pytest.raises(ValidationError) as refusal:
        services.set_phone(person=front, contact=annemiek, telefoon="0612345678")
    assert "niet genoeg" in str(refusal.value)
    services.set_phone(
        person=front,
        contact=annemiek,
        telefoon="0522 123 456",
        bewijs="stond in de mail van 3 november vanaf dit adres",
    )
    annemiek.refresh_from_db()
    assert annemiek.telefoon == "0522123456"


def test_nobody_else_sets_a_number(annemiek, expert):
    other = Contact.objects.create(email="ander@epe.example")
    for person in (
        Person(contact=other),
        Person(user=expert()),
        Person(keys=frozenset({"vraag:1"})),
    ):
        with pytest.raises(PermissionDenied):
            services.set_phone(
                person=person,
                contact=annemiek,
                telefoon="0612345678",
                bewijs="hij zei het",
            )


@pytest.mark.parametrize("number", ["12", "06123456789", "abcdefghij", "+0123456789"])
def test_what_is_no_number(annemiek, number):
    with pytest.raises(ValidationError):
        services.set_phone(
            person=Person(contact=annemiek), contact=annemiek, telefoon=number
        )


def test_a_call_back_goes_to_the_number_on_file_or_not_at_all(
    client, karim, annemiek, ask
):
    vraag = ask(email=annemiek.email)
    with pytest.raises(ValidationError):
        services.called_back(user=karim, vraag=vraag, reached=True)
    annemiek.telefoon = "0612345678"
    annemiek.save()
    client.post(CALL, typed(wie=annemiek.email, terugbellen="on"))
    wanted = Vraag.objects.exclude(pk=vraag.pk).get()
    assert wanted.terugbellen == Terugbellen.GEVRAAGD
    page = client.get(f"/werkplek/{wanted.reference}/").content.decode()
    assert "Bel terug op: 0612345678" in page
    client.post(f"/werkplek/{wanted.reference}/geen-gehoor/")
    wanted.refresh_from_db()
    assert wanted.terugbellen == Terugbellen.GEVRAAGD
    client.post(f"/werkplek/{wanted.reference}/teruggebeld/")
    wanted.refresh_from_db()
    assert wanted.terugbellen == Terugbellen.GEBELD
    events = list(wanted.gebeurtenissen.filter(soort="called_back"))
    assert [event.data["bereikt"] for event in events] == [False, True]
    assert all("0612345678" not in event.tekst for event in events)


def test_without_a_number_the_workplace_says_to_mail_first(client, karim, ask):
    page = client.get(f"/werkplek/{ask().reference}/").content.decode()
    assert "Geen nummer bekend: mail eerst" in page
    assert "Ik belde terug" not in page


# -- one thread ----------------------------------------------------------------------------


def test_the_desk_writes_on_behalf_of_the_asker(client, karim, ask, open_link):
    vraag = ask()
    services.answer(user=karim, vraag=vraag, text="Kan dat?", question_back=True)
    response = client.post(
        f"/werkplek/{vraag.reference}/namens/",
        {"kanaal": "bijeenkomst", "reactie": "Zij zei: <b>ja</b>, *dat* kan."},
        follow=True,
    )
    assert "De reactie staat in het gesprek" in response.content.decode()
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.IN_BEHANDELING
    client.logout()
    open_link(vraag)
    html = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    # What an asker says is plain text, whoever wrote it down.
    assert "&lt;b&gt;ja&lt;/b&gt;, *dat* kan." in html
    assert "op een bijeenkomst" in html
    assert "opgeschreven door Karim Haddad" in html


@pytest.mark.parametrize(
    "sent", [{"kanaal": "web", "reactie": "x"}, {"kanaal": "telefoon", "reactie": " "}]
)
def test_a_reaction_on_behalf_has_a_text_and_a_channel(client, karim, ask, sent):
    vraag = ask()
    response = client.post(f"/werkplek/{vraag.reference}/namens/", sent)
    assert response.status_code == 422
    assert vraag.berichten.count() == 1


def handed_over(name="cijfers.csv", data=b"a;b\n1;2\n"):
    return SimpleUploadedFile(name, data)


def test_files_that_were_handed_over_stand_with_the_reaction(
    client, karim, ask, open_link
):
    vraag = ask()
    page = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    form = page.partition('id="namens"')[2].partition("</form>")[0]
    assert 'enctype="multipart/form-data"' in form
    sent = {
        "kanaal": "bijeenkomst",
        "reactie": "Zij gaf haar cijfers mee.",
        "bijlagen": [handed_over(), handed_over("brief.txt", b"Beste loket,")],
        "sleutel": "een-formulier",
    }
    client.post(f"/werkplek/{vraag.reference}/namens/", sent)
    bericht = vraag.berichten.last()
    assert bericht.text == "Zij gaf haar cijfers mee."
    files = {file.name: file for file in bericht.bijlagen.all()}
    assert set(files) == {"cijfers.csv", "brief.txt"}
    # The same form once more: nothing comes twice.
    again = {**sent, "bijlagen": [handed_over()]}
    client.post(f"/werkplek/{vraag.reference}/namens/", again)
    assert vraag.berichten.count() == 2
    assert bericht.bijlagen.count() == 2
    client.logout()
    address = f"/bijlagen/{files['cijfers.csv'].pk}/"
    assert client.get(address).status_code == 404
    open_link(vraag)
    assert client.get(address).status_code == 200
    shown = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert address in shown


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([handed_over("kwaad.exe", b"MZ\x90")], "kunnen wij niet aannemen"),
        ([handed_over(f"{n}.txt") for n in range(6)], "hoogstens 5 bestanden"),
        ([handed_over(), handed_over("leeg.txt", b"")], "Dit bestand is leeg"),
    ],
    ids=["kind", "too many", "empty"],
)
def test_a_refused_file_is_said_at_the_field_and_nothing_is_kept(
    client, karim, ask, files, words
):
    vraag = ask()
    services.close(person=Person(user=karim), vraag=vraag, reason="klaar")
    response = client.post(
        f"/werkplek/{vraag.reference}/namens/",
        {"kanaal": "telefoon", "reactie": "Zie de bijlage.", "bijlagen": files},
    )
    assert response.status_code == 422
    html = response.content.decode()
    form = html.partition('id="namens"')[2].partition("</form>")[0]
    assert words in form
    assert "Zie de bijlage." in form
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.GESLOTEN
    assert vraag.berichten.count() == 1
    assert not Bijlage.objects.exists()


def test_a_reaction_by_telephone_reopens_a_closed_question(karim, ask):
    vraag = ask()
    services.close(person=Person(user=karim), vraag=vraag, reason="klaar")
    services.add_reply_for(
        user=karim, vraag=vraag, text="Toch nog iets", kanaal=Kanaal.TELEFOON
    )
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.HEROPEND


def test_writing_on_behalf_needs_the_question(expert, ask):
    vraag = ask()
    with pytest.raises(PermissionDenied):
        services.add_reply_for(
            user=expert("flexpool"), vraag=vraag, text="x", kanaal=Kanaal.TELEFOON
        )


def test_the_asker_gives_the_number_on_the_own_page(client, annemiek):
    session = client.session
    session[CONTACT_SESSION_KEY] = annemiek.pk
    session.save()
    own = "/loket/mijn-vragen/"
    refused = client.post(own, {"telefoon": "12"})
    assert refused.status_code == 422
    assert "Vul een telefoonnummer met 10 cijfers in" in refused.content.decode()
    page = client.post(own, {"telefoon": "06-12345678"}, follow=True)
    assert "Wij mogen u terugbellen op 0612345678" in page.content.decode()
    client.post(own, {"telefoon": ""})
    annemiek.refresh_from_db()
    assert (annemiek.telefoon, annemiek.telefoon_at) == ("", None)
