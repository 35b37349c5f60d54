"""Mail about questions: who gets it, what an answer to it proves, what did not arrive."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import mail
from core.mail import tokens
from core.models import Mailbericht, Outbox, Toegang
from core.person import Person
from loket import notices, services
from loket.models import Berichtvoorkeur, Dagbericht
from loket.permissions import visible_to

pytestmark = pytest.mark.django_db
Status = Mailbericht.Status
LIST = "/werkplek/mail-niet-aangekomen/"


@pytest.fixture
def front(make_user):
    return make_user("loketmedewerker", email="frans@loket.example")


def confirmation(vraag):
    return Mailbericht.objects.get(template="loket/ontvangen", about=vraag.key)


def send_back(bericht, reason="5.1.1 adres bestaat niet"):
    Mailbericht.objects.filter(pk=bericht.pk).update(
        status=Status.VERZONDEN, tried_at=bericht.created_at, sent_at=bericht.created_at
    )
    return mail.bounced(
        message_id=bericht.message_id, recipient=bericht.adres, reason=reason
    )


def link_in(bericht):
    return re.search(r"https?://[^/]+(/loket/vraag/\S+)", bericht.text)[1]


# -- who and what -------------------------------------------------------------------------


def test_every_mail_about_a_question_can_be_answered_by_its_reader_alone(ask, expert):
    sanne = expert(email="sanne@voorbeeld.nl")
    vraag = ask()
    services.answer(user=sanne, vraag=vraag, text="Ja.")
    services.close(person=Person(user=sanne), vraag=vraag, reason="Klaar.")
    for bericht in Mailbericht.objects.filter(about=vraag.key):
        (address,) = bericht.to
        who = (
            f"user:{sanne.pk}"
            if address == sanne.email
            else f"contact:{vraag.contact_id}"
        )
        assert tokens.proof_in(bericht.reply_to) == tokens.Bewijs(vraag.key, who)
        assert bericht.who == who


def test_what_people_write_is_not_marked_automatic_and_the_rest_is(ask, expert):
    sanne = expert()
    vraag = ask(answers="<vraag@meppel.example>")
    services.answer(user=sanne, vraag=vraag, text="Hoe oud?", question_back=True)
    services.answer(user=sanne, vraag=vraag, text="Ja.")
    kinds = {
        one.template: one.headers.get("Auto-Submitted")
        for one in Mailbericht.objects.filter(about=vraag.key)
    }
    assert kinds == {
        "loket/ontvangen": "auto-replied",
        "loket/werk": "auto-generated",
        "loket/wedervraag": None,
        "loket/antwoord": None,
    }


def test_the_mails_of_a_question_are_one_thread_that_starts_with_the_askers(
    ask, expert
):
    vraag = ask(answers="<vraag@meppel.example>")
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    first = confirmation(vraag)
    answer = Mailbericht.objects.get(template="loket/antwoord")
    assert first.headers["In-Reply-To"] == "<vraag@meppel.example>"
    assert answer.headers["References"].split() == [
        "<vraag@meppel.example>",
        first.message_id,
    ]


def test_several_readers_get_a_message_each_with_their_own_link_and_address(
    ask, expert, monkeypatch
):
    vraag, other = ask(), ask(email="bob@meppel.example").contact
    monkeypatch.setattr(
        "loket.services.parts.readers_of", lambda vraag: [vraag.contact, other]
    )
    bericht = services.answer(user=expert(), vraag=vraag, text="Ja.")
    mails = [bericht.mail, *bericht.mail.kopieen.all()]
    assert [one.to for one in mails] == [[vraag.contact.email], [other.email]]
    assert len({link_in(one) for one in mails}) == 2
    assert len({one.reply_to for one in mails}) == 2
    assert len({one.message_id for one in mails}) == 2


def test_many_questions_of_one_asker_are_confirmed_in_one_mail_without_their_text(
    ask, outbox, mailoutbox
):
    secret = "Mag mijn buurvrouw Truus voorrang?"
    vragen = [ask(text=f"{secret} Nummer {n}.") for n in range(8)]
    outbox()
    to_asker = [m for m in mailoutbox if m.to == [vragen[0].contact.email]]
    assert len(to_asker) == 3
    Mailbericht.objects.update(tried_at="2026-01-01T00:00Z")
    Outbox.objects.filter(done_at=None).update(available_at="2026-01-01T00:00Z")
    outbox()
    joined = Mailbericht.objects.get(template="core/samen")
    for vraag in vragen[3:]:
        assert f"Wij hebben uw vraag ontvangen ({vraag.reference})" in joined.text
        assert f"/loket/vraag/{vraag.reference}/sleutel/" in joined.text
    assert "Truus" not in joined.text + joined.html
    assert joined.text.count("U krijgt antwoord uiterlijk") == 5


def test_a_joined_mail_that_comes_back_stands_in_the_list_once_per_message(
    client, ask, front, outbox
):
    vraag = ask()
    for _ in range(5):
        services.mail_contact(
            vraag, vraag.contact, "loket/gepubliceerd", extra={"pagina": "/x/"}
        )
    outbox()
    Mailbericht.objects.update(tried_at="2026-01-01T00:00Z")
    Outbox.objects.filter(done_at=None).update(available_at="2026-01-01T00:00Z")
    outbox()
    joined = Mailbericht.objects.get(template="core/samen")
    assert joined.about == vraag.key
    send_back(joined)
    assert vraag.gebeurtenissen.filter(soort="mail_failed").count() == 3
    client.force_login(front)
    html = client.get(LIST).content.decode()
    assert html.count('name="mail"') == 3
    assert joined.subject not in html


# -- shown to staff ------------------------------------------------------------------------


@pytest.mark.usefixtures("index")
def test_the_workplace_says_who_was_mailed_and_who_will_be(
    client, ask, expert, outbox, monkeypatch
):
    vraag, sanne = ask(), expert()
    outbox()
    client.force_login(sanne)
    page = f"/werkplek/{vraag.reference}/"
    html = client.get(page).content.decode()
    assert f"Gemaild aan {vraag.contact.email} op " in html
    assert f"Dit antwoord gaat naar: {vraag.contact.email}." in html
    client.logout()


def test_the_asker_does_not_see_to_whom_mail_went(client, ask, open_link, outbox):
    vraag = ask()
    outbox()
    open_link(vraag)
    assert (
        "Gemaild aan"
        not in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    )


# -- did not arrive ------------------------------------------------------------------------


@pytest.mark.usefixtures("index")
def test_a_mail_that_comes_back_is_an_event_a_notice_and_on_the_thread(
    client, ask, front
):
    vraag = ask()
    assert send_back(confirmation(vraag)) is not None
    (event,) = vraag.gebeurtenissen.filter(soort="mail_failed")
    assert event.intern
    assert "annemiek@meppel.example kwam terug" in event.tekst
    (notice,) = Mailbericht.objects.filter(subject__contains="mail kwam niet aan")
    assert notice.to == [front.email]
    client.force_login(front)
    html = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    assert "Deze mail kwam terug:" in html
    assert "5.1.1 adres bestaat niet" in html
    assert LIST in html


def test_a_mail_that_is_given_up_does_the_same(ask, front, outbox, settings):
    settings.EMAIL_BACKEND = "tests.refusing.Backend"
    vraag = ask()
    outbox()
    assert confirmation(vraag).status == Status.MISLUKT
    assert vraag.gebeurtenissen.filter(soort="mail_failed").count() == 1


def test_a_notice_to_staff_that_comes_back_makes_no_new_notice(ask, expert, front):
    expert()
    vraag = ask()
    send_back(Mailbericht.objects.get(template="loket/werk"))
    assert Mailbericht.objects.filter(template="loket/werk").count() == 1
    assert not vraag.gebeurtenissen.filter(soort="mail_failed").exists()


def test_the_asker_does_not_see_that_a_mail_came_back(client, ask, open_link):
    vraag = ask()
    send_back(confirmation(vraag))
    open_link(vraag)
    assert (
        "kwam terug"
        not in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    )


def test_the_front_office_mends_the_address_and_mails_again(client, ask, front):
    vraag = ask(naam="Annemiek")
    bericht, old = confirmation(vraag), vraag.contact
    send_back(bericht)
    client.force_login(front)
    assert bericht.subject in client.get(LIST).content.decode()
    response = client.post(
        LIST, {"mail": bericht.pk, "email": "Annemieke@Meppel.example"}
    )
    assert response.status_code == 302
    vraag.refresh_from_db()
    assert vraag.contact.email == "annemieke@meppel.example"
    assert vraag.contact.confirmed_at is None
    assert not visible_to(Person(contact=old), vraag)
    again = Mailbericht.objects.get(template="loket/opnieuw")
    assert again.to == ["annemieke@meppel.example"]
    assert again.who == f"contact:{vraag.contact_id}"
    assert bericht.subject in again.text
    client.logout()
    assert client.get(link_in(again), follow=True).status_code == 200
    # What was mailed to the wrong address opens nothing any more.
    assert not any(
        row.is_valid
        for row in Toegang.objects.filter(contact=old, object_key=vraag.key)
    )
    client.force_login(front)
    assert (
        "Er is geen mail aan vragers die nog aandacht nodig heeft."
        in client.get(LIST).content.decode()
    )
    assert vraag.gebeurtenissen.filter(soort="correct_address", user=front).exists()


def test_a_full_mailbox_gets_it_again_at_the_same_address_once(ask, front):
    vraag = ask()
    bericht = confirmation(vraag)
    send_back(bericht, "5.2.2 postbus vol")
    assert services.resend(user=front, bericht=bericht, email=bericht.adres) is not None
    assert services.resend(user=front, bericht=bericht, email=bericht.adres) is None
    assert Mailbericht.objects.filter(template="loket/opnieuw").count() == 1
    assert not vraag.gebeurtenissen.filter(soort="correct_address").exists()


def test_other_questions_of_the_wrong_address_stay_where_they_are(ask, front):
    vraag, other = ask(), ask()
    bericht = confirmation(vraag)
    send_back(bericht)
    services.resend(user=front, bericht=bericht, email="nieuw@meppel.example")
    other.refresh_from_db()
    assert other.contact.email == "annemiek@meppel.example"


@pytest.mark.parametrize("email", ["", "geen adres", "a@b\nBcc: c@d.nl", "a@b"])
def test_what_is_no_address_is_refused_at_the_field(client, ask, front, email):
    vraag = ask()
    bericht = confirmation(vraag)
    send_back(bericht)
    client.force_login(front)
    response = client.post(LIST, {"mail": bericht.pk, "email": email})
    assert response.status_code == 422
    assert "Vul een e-mailadres in" in response.content.decode()
    assert not Mailbericht.objects.filter(template="loket/opnieuw").exists()


def test_done_by_telephone_takes_it_off_the_list(client, ask, front):
    vraag = ask()
    bericht = confirmation(vraag)
    send_back(bericht)
    client.force_login(front)
    client.post(LIST, {"mail": bericht.pk, "doe": "afgehandeld"})
    assert (
        "Er is geen mail aan vragers die nog aandacht nodig heeft."
        in client.get(LIST).content.decode()
    )
    assert vraag.gebeurtenissen.filter(soort="mail_settled", user=front).exists()


def test_an_expert_neither_sees_the_list_nor_mends(client, ask, expert):
    vraag, sanne = ask(), expert()
    bericht = confirmation(vraag)
    send_back(bericht)
    client.force_login(sanne)
    assert client.get(LIST).status_code == 403
    with pytest.raises(PermissionDenied):
        services.resend(user=sanne, bericht=bericht, email="x@kwaad.example")
    with pytest.raises(PermissionDenied):
        services.dismiss(user=sanne, bericht=bericht)


def test_only_mail_that_failed_is_sent_again(ask, front):
    vraag = ask()
    assert (
        services.resend(user=front, bericht=confirmation(vraag), email="x@y.nl") is None
    )
    login = mail.send(template="core/inloglink", to=["a@b.nl"], context={"pad": "/x/"})
    with pytest.raises(ValidationError):
        services.resend(user=front, bericht=login, email="a@b.nl")


@pytest.mark.parametrize("number", ["", "x", "0", "99999999", "²"])
def test_a_message_that_is_not_there_is_not_found(client, front, number):
    client.force_login(front)
    assert client.post(LIST, {"mail": number, "email": "a@b.nl"}).status_code == 404


def test_the_list_asks_the_database_as_much_for_many_as_for_few(
    client, ask, front, django_assert_max_num_queries
):
    client.force_login(front)

    def add(number):
        for _ in range(number):
            send_back(confirmation(ask()))

    add(2)
    client.get(LIST)
    with django_assert_max_num_queries(20) as few:
        client.get(LIST)
    add(6)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_a_mail_asks_for_an_answer_by_mail_only_when_we_read_it(ask, expert, settings):
    words = "beantwoord deze mail"
    sanne = expert()

    def texts():
        vraag = ask()
        services.answer(user=sanne, vraag=vraag, text="Wat?", question_back=True)
        services.answer(user=sanne, vraag=vraag, text="Ja.")
        sent = Mailbericht.objects.filter(about=vraag.key, who__startswith="contact:")
        return {row.template: row.text for row in sent}

    settings.MAIL_IN_URL, settings.MAIL_PUSH_SECRET = [], ""
    assert not [name for name, text in texts().items() if words in text]
    settings.MAIL_PUSH_SECRET = "geheim"
    found = [name for name, text in texts().items() if words in text]
    assert sorted(found) == ["loket/antwoord", "loket/ontvangen", "loket/wedervraag"]


# -- the daily mail ---------------------------------------------------------------------------


@pytest.fixture
def daily(ask, expert):
    sanne = expert(email="sanne@voorbeeld.nl")
    Berichtvoorkeur.objects.create(user=sanne, wanneer="dagelijks")
    ask()
    notices.send_daily()
    return sanne, Mailbericht.objects.get(template="loket/dagbericht")


def wish(user):
    return Berichtvoorkeur.objects.get(user=user).wanneer


def test_a_mail_program_stops_the_daily_mail_with_one_press(daily, settings):
    from django.test import Client

    sanne, bericht = daily
    assert bericht.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = bericht.headers["List-Unsubscribe"].strip("<>")
    assert address.startswith(settings.BASE_URL)
    assert address in bericht.text
    path = address.removeprefix(settings.BASE_URL)
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(path).status_code == 200
    assert wish(sanne) == "dagelijks"
    for _ in range(2):
        reply = browser.post(path, {"List-Unsubscribe": "One-Click"})
        assert reply.status_code == 200
    assert wish(sanne) == "uit"
    assert not Dagbericht.objects.filter(user=sanne).exists()


def test_a_forged_address_stops_nothing(client, daily):
    sanne, _bericht = daily
    path = notices.leave_path(sanne)
    assert (
        client.post(path[:-2] + ("a/" if path[-2] != "a" else "b/")).status_code == 404
    )
    assert wish(sanne) == "dagelijks"
