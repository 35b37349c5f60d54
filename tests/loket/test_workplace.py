"""The workplace in the browser: as whom somebody reads and acts there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Mailbericht, Team
from core.toegang import CONTACT_SESSION_KEY
from knowledge.models import Handreiking
from loket import services
from loket.models import Bericht, Concept, Vraag
from loket.states import VraagStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def path(vraag, act=""):
    return f"/werkplek/{vraag.reference}/{act}"


def answers(vraag):
    return list(vraag.berichten.filter(soort=Bericht.Soort.ANTWOORD))


# -- who reads ---------------------------------------------------------------------


@pytest.fixture(params=["read link", "login link"])
def asker_and_staff(request, client, ask, expert, open_link):
    """A question with a note, and its asker who works here, in another team."""
    vraag = ask()
    services.add_note(user=expert(), vraag=vraag, text="Geheimwoord xylofoon")
    client.force_login(expert("flexpool"))
    if request.param == "read link":
        open_link(vraag)
    else:
        session = client.session
        session[CONTACT_SESSION_KEY] = vraag.contact_id
        session.save()
    return vraag


def test_an_asker_who_is_also_staff_sees_no_notes(client, asker_and_staff):
    vraag = asker_and_staff
    own = client.get(f"/loket/vraag/{vraag.reference}/")
    assert own.status_code == 200
    assert b"xylofoon" not in own.content
    for response in (
        client.get(path(vraag)),
        client.get(path(vraag, "kennis/")),
        client.post(path(vraag, "concept/"), {"notitie": "x"}),
    ):
        assert response.status_code == 404
    pile = client.get("/werkplek/?weergave=niet-toegewezen")
    assert pile.status_code == 200
    assert vraag.titel not in pile.content.decode()


def test_a_file_of_a_note_is_for_who_works_on_the_question(
    client, asker_and_staff, expert
):
    note = asker_and_staff.berichten.get(soort=Bericht.Soort.NOTITIE)
    (file,) = services.store_files(
        vraag=asker_and_staff,
        bericht=note,
        files=[SimpleUploadedFile("intern.txt", b"alleen voor ons")],
    )
    assert client.get(f"/bijlagen/{file.pk}/").status_code == 404
    client.force_login(expert())
    assert client.get(f"/bijlagen/{file.pk}/").status_code == 200


# -- who acts ------------------------------------------------------------------------


def test_who_holds_the_read_link_still_acts_as_staff(client, ask, make_user, open_link):
    vraag = ask()
    client.force_login(make_user("loketmedewerker", name="Karim"))
    open_link(vraag)
    assert client.post(path(vraag, "sluit/"), {"reden": " "}).status_code == 422
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.NIEUW
    client.post(path(vraag, "sluit/"), {"reden": "Dubbel gesteld"})
    client.post(path(vraag, "heropen/"))
    events = vraag.gebeurtenissen.filter(soort__in=["close", "reopen"])
    assert [event.tekst for event in events] == [
        "Gesloten door het loket: Dubbel gesteld",
        "Heropend door het loket",
    ]
    assert {event.user.name for event in events} == {"Karim"}
    assert Mailbericht.objects.filter(template="loket/gesloten").count() == 1


# -- the same form twice -----------------------------------------------------------------


@pytest.mark.parametrize("act", ["antwoord", "wedervraag"])
def test_an_answer_that_is_sent_twice_goes_out_once(client, ask, expert, hidden, act):
    vraag, sanne = ask(), expert()
    client.force_login(sanne)
    fields = {
        "antwoord": "Ja, dat mag.",
        "sleutel": hidden(client.get(path(vraag)), "sleutel"),
    }
    for _ in range(2):
        assert client.post(path(vraag, f"{act}/"), fields).status_code == 302
    assert [message.text for message in answers(vraag)] == ["Ja, dat mag."]
    assert (
        Mailbericht.objects.filter(
            about=vraag.key, template__in=["loket/antwoord", "loket/wedervraag"]
        ).count()
        == 1
    )
    assert not Concept.objects.exists()
    client.post(path(vraag, f"{act}/"), {**fields, "antwoord": "Toch niet."})
    assert len(answers(vraag)) == 2


def test_a_note_that_is_sent_twice_is_kept_once(client, ask, expert, hidden):
    vraag = ask()
    client.force_login(expert())
    key = hidden(client.get(path(vraag)), "sleutel")
    for _ in range(2):
        client.post(path(vraag, "notitie/"), {"notitie": "Bel even", "sleutel": key})
    assert vraag.berichten.filter(soort=Bericht.Soort.NOTITIE).count() == 1


# -- team and phase --------------------------------------------------------------------


def test_the_team_that_read_along_becomes_the_team(client, ask, expert):
    second = Team.objects.get(slug="flexpool")
    vraag, sanne = ask(), expert()
    Vraag.objects.filter(pk=vraag.pk).update(tweede_team=second)
    client.force_login(sanne)
    client.post(path(vraag, "geef-door/"), {"team": "flexpool", "reden": "Uw vak"})
    vraag.refresh_from_db()
    assert (vraag.team, vraag.tweede_team) == (second, None)
    client.force_login(expert("flexpool"))
    assert (
        f"team {second.kort} leest mee" not in client.get(path(vraag)).content.decode()
    )


def test_another_team_that_reads_along_stays(ask, expert):
    vraag, second = ask(), Team.objects.get(slug="flexpool")
    Vraag.objects.filter(pk=vraag.pk).update(tweede_team=second)
    services.pass_on(
        user=expert(),
        vraag=vraag,
        team=Team.objects.get(slug="studenten"),
        reason="Uw vak",
    )
    vraag.refresh_from_db()
    assert vraag.tweede_team == second


def test_staff_change_the_phase(client, ask, expert):
    vraag = ask()
    client.force_login(expert())
    assert vraag.fase == ""
    assert client.post(path(vraag, "fase/"), {"fase": "visie"}).status_code == 302
    vraag.refresh_from_db()
    assert vraag.fase == "visie"
    shown = client.get(path(vraag)).content.decode()
    assert '<option value="visie" selected>' in shown
    assert client.post(path(vraag, "fase/"), {"fase": "later"}).status_code == 422
    client.post(path(vraag, "fase/"), {"fase": ""})
    vraag.refresh_from_db()
    assert vraag.fase == ""
    event = vraag.gebeurtenissen.filter(soort="change_phase").first()
    assert event.intern


def test_the_section_it_was_asked_from_is_a_link(client, ask, expert):
    page = Handreiking.objects.get()
    vraag = ask(
        origin=services.Origin(
            page_id=page.pk,
            title=page.title,
            url=f"{page.get_url()}#jongeren",
            section="Jongeren die jeugdhulp verlaten",
        )
    )
    client.force_login(expert())
    assert (
        f'<a href="{page.get_url()}#jongeren">{page.title}, '
        "Jongeren die jeugdhulp verlaten</a>"
    ) in client.get(path(vraag)).content.decode()
