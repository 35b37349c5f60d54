"""The workplace in the browser: as whom somebody reads and acts there."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Mailbericht, Team
from core.person import Person
from core.toegang import CONTACT_SESSION_KEY
from knowledge.models import Handreiking
from knowledge.registry import origin_of
from loket import services
from loket.models import Bericht, Bronverwijzing, Concept, Vraag
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


# -- refusals stand at the field ---------------------------------------------------------


def control(response, name):
    """The opening tag of a field, and the text of its message."""
    html = response.content.decode()
    tag = re.search(rf'<(?:input|select|textarea)[^>]*\bname="{name}"[^>]*>', html)[0]
    field_id = re.search(r'\bid="([^"]+)"', tag)[1]
    message = re.search(rf'id="{field_id}_error">([^<]*)<', html)
    return tag, field_id, message[1] if message else ""


@pytest.mark.parametrize(
    ("act", "name", "says"),
    [
        ("antwoord", "antwoord", "Schrijf eerst uw antwoord."),
        ("wedervraag", "antwoord", "Schrijf hier wat u van de vrager wilt weten."),
        ("notitie", "notitie", "Schrijf eerst uw notitie."),
        ("geef-door", "reden", "Schrijf op waarom dit team de vraag krijgt."),
        ("geef-door", "team", "Kies het team dat de vraag krijgt."),
        ("wijs-toe", "collega", "Kies een collega uit de lijst."),
        ("fase", "fase", "Kies een fase uit de lijst."),
    ],
)
def test_what_is_missing_is_said_at_the_field(client, ask, expert, act, name, says):
    vraag = ask()
    client.force_login(expert())
    page = client.post(path(vraag, f"{act}/"), {"fase": "later"})
    assert page.status_code == 422
    tag, field_id, message = control(page, name)
    assert message == says
    assert 'aria-invalid="true"' in tag
    assert f"{field_id}_error" in re.search(r'aria-describedby="([^"]+)"', tag)[1]
    assert "data-foutmelding" not in page.content.decode()


def test_pass_on_without_a_reason_keeps_the_team_and_stays_open(client, ask, expert):
    vraag = ask()
    client.force_login(expert())
    fields = {"team": "flexpool", "reden": " ", "weergave": "van-mij"}
    html = client.post(path(vraag, "geef-door/"), fields).content.decode()
    assert '<option value="flexpool" selected>' in html
    assert '<details class="facet" id="doorgeven" open>' in html
    assert 'name="weergave" value="van-mij"' in html
    vraag.refresh_from_db()
    assert vraag.team.slug != "flexpool"


def test_pass_on_keeps_the_reason_when_the_team_is_missing(client, ask, expert):
    vraag = ask()
    client.force_login(expert())
    page = client.post(path(vraag, "geef-door/"), {"team": "", "reden": "Uw vak"})
    assert page.status_code == 422
    assert 'value="Uw vak"' in control(page, "reden")[0]


def test_nobody_passes_on_to_a_team_that_was_not_chosen(client, ask, expert):
    vraag = ask()
    Vraag.objects.filter(pk=vraag.pk).update(tweede_team=None)
    client.force_login(expert())
    html = client.get(path(vraag)).content.decode()
    assert '<option value="" selected>Kies een team</option>' in html
    Vraag.objects.filter(pk=vraag.pk).update(
        tweede_team=Team.objects.get(slug="flexpool")
    )
    html = client.get(path(vraag)).content.decode()
    assert '<option value="flexpool" selected>' in html
    assert "Kies een team" not in html


def test_an_answer_to_a_question_closed_meanwhile_is_kept_with_the_reason(
    client, ask, expert
):
    vraag = ask()
    client.force_login(expert())
    services.close(person=Person(keys=frozenset({vraag.key})), vraag=vraag)
    page = client.post(path(vraag, "antwoord/"), {"antwoord": "Bijna klaar."})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Deze vraag is gesloten. Heropen hem eerst." in html
    assert re.search(r"<textarea[^>]*>\s*Bijna klaar\.</textarea>", html)
    client.post(path(vraag, "heropen/"))
    assert "Bijna klaar." in client.get(path(vraag)).content.decode()


def test_a_source_that_is_gone_keeps_the_text_and_the_words_of_the_search(
    client, ask, expert
):
    vraag = ask()
    client.force_login(expert())
    page = client.post(
        path(vraag, "voeg-in/"),
        {"antwoord": "Kort: ja.", "voeg_in": "handreiking:0:", "bron": "urgentie"},
    )
    html = page.content.decode()
    assert page.status_code == 422
    assert "Deze bron is er niet meer. Kies een andere." in html
    assert re.search(r"<textarea[^>]*>\s*Kort: ja\.</textarea>", html)
    assert 'value="urgentie"' in html


# -- where the page opens ------------------------------------------------------------------


@pytest.mark.parametrize("act", ["antwoord", "wedervraag", "notitie"])
def test_after_sending_the_page_opens_at_the_new_message(client, ask, expert, act):
    vraag = ask()
    client.force_login(expert())
    answer = client.post(
        path(vraag, f"{act}/"), {"antwoord": "Ja.", "notitie": "Ja.", "bron": "a b"}
    )
    bericht = vraag.berichten.last()
    assert answer.url == f"{path(vraag)}?bron=a+b#bericht-{bericht.pk}"
    html = client.get(answer.url).content.decode()
    composer = html[html.index('id="opsteller"') :]
    assert composer.count('class="utrecht-alert band goed"') == 1
    assert html.count('class="utrecht-alert band goed"') == 1


def test_after_inserting_a_source_the_page_opens_at_the_composer(client, ask, expert):
    vraag, page = ask(), Handreiking.objects.get()
    client.force_login(expert())
    answer = client.post(
        path(vraag, "voeg-in/"),
        {"antwoord": "Ja.", "voeg_in": f"handreiking:{page.pk}:jongeren"},
    )
    assert answer.url == f"{path(vraag)}#opsteller"
    assert "De bron staat in uw antwoord." in client.get(answer.url).content.decode()


def test_enter_in_the_search_for_sources_searches_and_sends_nothing(
    client, ask, expert
):
    vraag = ask()
    client.force_login(expert())
    html = client.get(path(vraag)).content.decode()
    form = html[html.index('id="antwoordformulier"') :]
    # What a browser presses on Enter: the first button of the form of the field.
    first = re.search(r"<button[^>]*>", form)[0]
    assert f'formaction="{path(vraag, "concept/")}"' in first
    answer = client.post(
        path(vraag, "concept/"), {"antwoord": "Half", "bron": "urgentie", "zoek": "1"}
    )
    assert answer.url == f"{path(vraag)}?bron=urgentie#bronnen"
    assert answers(vraag) == []
    assert "Half" in client.get(answer.url).content.decode()


def test_a_draft_that_is_saved_while_typing_asks_for_no_page(client, ask, expert):
    vraag = ask()
    client.force_login(expert())
    answer = client.post(
        path(vraag, "concept/"), {"antwoord": "Half"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert Concept.objects.get().text == "Half"


@pytest.mark.parametrize("act", ["antwoord", "neem", "geef-door", "bestaat-niet"])
def test_the_address_of_an_act_leads_to_the_question(client, ask, expert, act):
    vraag = ask()
    client.force_login(expert())
    assert client.get(path(vraag, f"{act}/")).url == path(vraag)
    assert client.get("/werkplek/voorkeur/").url == "/werkplek/"


# -- sources -----------------------------------------------------------------------------


def test_a_source_in_a_sent_answer_is_shown_once(client, ask, expert, open_link):
    vraag, page = ask(), Handreiking.objects.get()
    client.force_login(expert())
    client.post(
        path(vraag, "voeg-in/"),
        {"antwoord": "Ja.", "voeg_in": f"handreiking:{page.pk}:jongeren"},
    )
    text = Concept.objects.get().text
    client.post(path(vraag, "antwoord/"), {"antwoord": text})
    ref = Bronverwijzing.objects.get()
    client.logout()
    open_link(vraag)
    html = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert html.count(f'href="{ref.url}"') == 1


def test_a_source_without_a_link_in_the_text_is_listed(client, ask, expert, open_link):
    vraag, page = ask(), Handreiking.objects.get()
    citation = services.citation_for("handreiking", page.pk, "jongeren")
    services.answer(
        user=expert(),
        vraag=vraag,
        text=f"Ja. Zie {citation.printed}.",
        citations=[citation],
    )
    open_link(vraag)
    html = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert html.count(f'href="{citation.url}"') == 1


# -- the question behind a page -------------------------------------------------------------


def test_the_question_behind_a_page_is_linked_for_who_can_open_it(
    client, ask, expert, make_user
):
    vraag = ask()
    key = frozenset({vraag.key})
    for user in (expert("flexpool"), make_user("redacteur")):
        assert origin_of(Person(user=user, keys=key), vraag.key) is None
        as_asker = Person(user=user, contact=vraag.contact)
        assert origin_of(as_asker, vraag.key) is None
    assert origin_of(Person(keys=key), vraag.key) is None
    user = make_user("loketmedewerker")
    link = origin_of(Person(user=user), vraag.key)
    client.force_login(user)
    assert client.get(link.url).status_code == 200


# -- who has nothing here --------------------------------------------------------------------


def test_somebody_without_a_team_reads_why_and_whom_to_ask(client, ask, make_user):
    ask()
    make_user("beheerder", name="Wil de Beheerder")
    client.force_login(make_user("deskundige"))
    html = client.get("/werkplek/").content.decode()
    assert "U zit nog niet in een team." in html
    assert "Vraag het aan een beheerder: Wil de Beheerder." in html


def test_without_a_beheerder_the_text_names_nobody(client, make_user):
    client.force_login(make_user("deskundige"))
    html = client.get("/werkplek/").content.decode()
    assert "Vraag het aan de beheerder van dit loket." in html


def test_who_treats_no_questions_reads_so_and_sees_none(client, ask, make_user):
    vraag = ask()
    client.force_login(make_user("programmamanager"))
    page = client.get("/werkplek/")
    assert page.status_code == 200
    assert "Met uw rol behandelt u geen vragen." in page.content.decode()
    assert vraag.titel not in page.content.decode()
    assert client.get(path(vraag)).status_code == 403
    assert client.post(path(vraag, "neem/")).status_code == 403


def test_an_empty_list_of_somebody_with_a_team_is_just_empty(client, expert, make_user):
    for user in (expert(), make_user("loketmedewerker")):
        client.force_login(user)
        html = client.get("/werkplek/").content.decode()
        assert "Deze stapel is leeg." in html
        assert "team. Daarom" not in html
    assert (
        "U zit nog niet in een team."
        in client.get("/werkplek/?weergave=mijn-team").content.decode()
    )
