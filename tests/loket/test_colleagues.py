"""Colleagues: admitted by a link in a mail, withdrawn at once, or taking a question over."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core import toegang
from core.models import Contact, Gemeente, Mailbericht, Toegang
from core.person import Person
from loket import services
from loket.models import Collega, Zichtbaarheid
from loket.permissions import mail_readers, visible_to

pytestmark = pytest.mark.django_db
COLLEAGUE = "bram@meppel.example"


def asker(vraag):
    return Person(contact=vraag.contact)


def admit(vraag, email=COLLEAGUE):
    return services.admit_colleague(person=asker(vraag), vraag=vraag, email=email)


def link_in(mail):
    return re.search(r"/loket/meelezen/[\w-]+/", mail.text)[0]


def newest_link(email=COLLEAGUE):
    return link_in(
        Mailbericht.objects.filter(to=[email], text__contains="/loket/meelezen/")
        .order_by("pk")
        .last()
    )


@pytest.fixture
def admitted(ask, client):
    """A question with a colleague who accepted, in this browser."""
    vraag = ask()
    row = admit(vraag)
    client.post(newest_link())
    row.refresh_from_db()
    vraag.refresh_from_db()
    return vraag, row


def page(vraag):
    return f"/loket/vraag/{vraag.reference}/"


def test_the_link_shows_a_button_and_nothing_else(ask, client):
    vraag = ask()
    row = admit(vraag)
    assert vraag.refresh_from_db() is None
    assert vraag.zichtbaarheid == Zichtbaarheid.COLLEGAS
    link = newest_link()
    for _ in range(2):
        shown = client.get(link)
        assert shown.status_code == 200
        assert "Lees mee" in shown.content.decode()
        assert vraag.titel not in shown.content.decode()
        assert shown["Referrer-Policy"] == "same-origin"
    row.refresh_from_db()
    assert row.accepted_at is None
    assert row.contact.confirmed_at is None
    assert client.get(page(vraag)).status_code == 404
    assert not visible_to(Person(keys=frozenset({row.key})), vraag)
    assert not visible_to(Person(contact=row.contact), vraag)
    assert row.contact.email not in dict(map(reversed, mail_readers(vraag)))


def test_who_pressed_the_button_reads_replies_and_gets_mail(admitted, client, expert):
    vraag, row = admitted
    assert row.accepted_at is not None
    assert row.contact.confirmed_at is not None
    html = client.get(page(vraag)).content.decode()
    assert "U leest mee" in html
    assert "Sluit mijn vraag" not in html
    assert "Wie mag deze vraag zien?" not in html
    client.post(f"{page(vraag)}reactie/", {"text": "Ik vul aan: zes jongeren."})
    bericht = vraag.berichten.last()
    assert (bericht.text, bericht.contact) == ("Ik vul aan: zes jongeren.", row.contact)
    assert services.recipients_of(vraag) == [vraag.contact.email, COLLEAGUE]
    services.answer(user=expert(), vraag=vraag, text="Ja, dat mag.")
    mails = Mailbericht.objects.filter(template="loket/antwoord")
    assert sorted(mail.to for mail in mails) == [[vraag.contact.email], [COLLEAGUE]]
    assert len({mail.message_id for mail in mails}) == 2
    own = mails.get(to=[COLLEAGUE])
    assert "waar u meeleest" in own.subject
    assert "Hielp het?" not in own.text
    assert client.get(link_in(own)).url == page(vraag)


@pytest.mark.parametrize("act", ["sluit", "geholpen", "zichtbaarheid", "laat-toe"])
def test_a_colleague_does_nothing_else(admitted, client, act):
    vraag, _row = admitted
    before = vraag.status, Collega.objects.count()
    client.post(
        f"{page(vraag)}{act}/", {"zichtbaarheid": "gemeente", "email": "x@y.example"}
    )
    vraag.refresh_from_db()
    assert (vraag.status, Collega.objects.count()) == before
    assert vraag.zichtbaarheid == Zichtbaarheid.COLLEGAS


def test_withdrawn_at_once_by_every_way(admitted, client, expert):
    vraag, row = admitted
    login = Person(contact=row.contact)
    assert visible_to(login, vraag)
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    later = newest_link()
    services.withdraw_colleague(person=asker(vraag), row=row)
    assert client.get(page(vraag)).status_code == 404
    assert client.get(later).status_code == 410
    assert client.post(later).status_code == 410
    assert not visible_to(login, vraag)
    assert (f"contact:{row.contact_id}", COLLEAGUE) not in mail_readers(vraag)
    assert services.recipients_of(vraag) == [vraag.contact.email]
    with pytest.raises(PermissionDenied):
        services.add_reply(person=login, vraag=vraag, text="Nog iets.")
    again = admit(vraag)
    assert again.pk != row.pk
    assert not visible_to(login, vraag)


def test_only_me_closes_the_door_and_opens_it_again(admitted):
    vraag, row = admitted
    login = Person(contact=row.contact)
    for value, sees in (("ik", False), ("collegas", True), ("gemeente", True)):
        if value == "gemeente":
            Gemeente.objects.filter(pk=vraag.gemeente_id).update(
                mail_domains=["meppel.example"], mail_domains_bron="toets"
            )
            Contact.objects.filter(pk=vraag.contact_id).update(
                confirmed_at=timezone.now()
            )
            vraag.refresh_from_db()
        services.change_visibility(
            person=asker(vraag), vraag=vraag, zichtbaarheid=value
        )
        assert visible_to(login, vraag) is sees
        assert (COLLEAGUE in services.recipients_of(vraag)) is sees


def test_a_read_link_alone_admits_nobody(ask):
    vraag = ask()
    by_link = Person(keys=frozenset({vraag.key}))
    with pytest.raises(PermissionDenied):
        services.admit_colleague(person=by_link, vraag=vraag, email=COLLEAGUE)
    stranger = Person(contact=Contact.objects.create(email="x@elders.example"))
    for act in (services.admit_colleague, services.hand_over):
        with pytest.raises(PermissionDenied):
            act(person=stranger, vraag=vraag, email=COLLEAGUE)
    assert not Collega.objects.exists()


@pytest.mark.parametrize("email", ["", "bram", "bram@", "annemiek@meppel.example"])
def test_an_address_that_cannot_be(ask, email):
    vraag = ask()
    with pytest.raises(ValidationError):
        admit(vraag, email)
    assert not Collega.objects.exists()


def test_the_number_of_colleagues_has_an_end(ask):
    vraag = ask()
    for number in range(20):
        admit(vraag, f"collega{number}@meppel.example")
    with pytest.raises(ValidationError):
        admit(vraag, "nog-een@meppel.example")


def test_twice_the_same_address_is_one_admission_and_two_mails(ask):
    vraag = ask()
    assert admit(vraag).pk == admit(vraag, COLLEAGUE.upper()).pk
    assert Mailbericht.objects.filter(template="loket/meelezen").count() == 2


def test_an_invitation_ends_after_fourteen_days(ask, client):
    vraag = ask()
    row = admit(vraag)
    Toegang.objects.filter(object_key=row.key).update(expires_at=timezone.now())
    assert client.post(newest_link()).status_code == 410
    row.refresh_from_db()
    assert row.accepted_at is None


def test_the_asker_does_it_on_the_page(ask, client):
    vraag = ask()
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=vraag.contact)
    client.post(f"/loket/inloggen/{token}/")
    refused = client.post(f"{page(vraag)}laat-toe/", {"email": "bram"})
    assert refused.status_code == 422
    assert "naam@gemeente.nl" in refused.content.decode()
    client.post(f"{page(vraag)}laat-toe/", {"email": COLLEAGUE})
    row = Collega.objects.get(vraag=vraag)
    assert COLLEAGUE in client.get(page(vraag)).content.decode()
    client.post(f"{page(vraag)}trek-in/", {"collega": row.pk})
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert client.post(f"{page(vraag)}trek-in/", {"collega": row.pk}).status_code == 404


# -- a question changes hands -----------------------------------------------------------


def old_ways(vraag):
    """The asker by login, by link and by cookie."""
    return Person(contact=vraag.contact), Person(keys=frozenset({vraag.key}))


def test_a_question_changes_hands_after_the_click(ask, client, django_user_model):
    vraag = ask()
    old = vraag.contact
    old_link = f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/"
    client.get(old_link)
    services.hand_over(person=asker(vraag), vraag=vraag, email=COLLEAGUE)
    assert client.get(page(vraag)).status_code == 200
    assert visible_to(Person(contact=old), vraag)
    fresh = client_class(client)()
    assert fresh.get(newest_link()).status_code == 200
    assert fresh.post(newest_link()).url == page(vraag)
    vraag.refresh_from_db()
    assert vraag.contact.email == COLLEAGUE
    assert fresh.get(page(vraag)).status_code == 200
    assert client.get(page(vraag)).status_code == 404
    assert client.get(old_link).status_code == 410
    assert not visible_to(Person(contact=old), vraag)
    assert dict(mail_readers(vraag)).keys() >= {f"contact:{vraag.contact_id}"}
    assert f"contact:{old.pk}" not in dict(mail_readers(vraag))
    event = vraag.gebeurtenissen.get(soort="hand_over")
    assert event.data["van"] == old.pk
    assert Mailbericht.objects.filter(to=[old.email], template="loket/overgedragen")
    assert fresh.post(newest_link()).status_code == 410


def client_class(client):
    return type(client)


def test_all_open_questions_with_one_mail(ask, client):
    first, second, done = ask(), ask(), ask()
    services.close(person=asker(done), vraag=done)
    assert services.hand_over_all(person=asker(first), email=COLLEAGUE) == 2
    assert Mailbericht.objects.filter(template="loket/overdragen").count() == 1
    client.post(newest_link())
    for vraag, email in (
        (first, COLLEAGUE),
        (second, COLLEAGUE),
        (done, done.contact.email),
    ):
        vraag.refresh_from_db()
        assert vraag.contact.email == email
    assert client.get(page(first)).status_code == 200
    assert client.get(page(second)).status_code == 200
    assert client.get(page(done)).status_code == 404


def test_the_front_office_needs_a_reason_and_the_click(ask, client, make_user, expert):
    vraag, karim = ask(), make_user("loketmedewerker")
    with pytest.raises(ValidationError):
        services.hand_over_for_asker(
            user=karim, vraag=vraag, email=COLLEAGUE, reason=" "
        )
    with pytest.raises(PermissionDenied):
        services.hand_over_for_asker(
            user=expert(vraag.team.slug), vraag=vraag, email=COLLEAGUE, reason="Weg."
        )
    services.hand_over_for_asker(
        user=karim, vraag=vraag, email=COLLEAGUE, reason="Annemiek werkt er niet meer."
    )
    vraag.refresh_from_db()
    assert vraag.contact.email != COLLEAGUE
    asked = vraag.gebeurtenissen.get(soort="hand_over_asked")
    assert asked.intern
    assert "werkt er niet meer" in asked.tekst
    client.post(newest_link())
    vraag.refresh_from_db()
    assert vraag.contact.email == COLLEAGUE
    html = client.get(page(vraag)).content.decode()
    assert "werkt er niet meer" not in html


def test_two_who_would_take_it_over_the_first_does(ask, client):
    vraag = ask()
    services.hand_over(person=asker(vraag), vraag=vraag, email="een@meppel.example")
    services.hand_over(person=asker(vraag), vraag=vraag, email="twee@meppel.example")
    assert client.post(newest_link("een@meppel.example")).status_code == 302
    assert client.post(newest_link("twee@meppel.example")).status_code == 410
    vraag.refresh_from_db()
    assert vraag.contact.email == "een@meppel.example"


def test_who_reads_along_can_take_over_and_reads_until_then(admitted, client):
    vraag, row = admitted
    services.hand_over(person=asker(vraag), vraag=vraag, email=COLLEAGUE)
    assert client.get(page(vraag)).status_code == 200
    client.post(newest_link())
    vraag.refresh_from_db()
    assert vraag.contact == row.contact
    assert client.get(page(vraag)).status_code == 200
    assert services.recipients_of(vraag) == [COLLEAGUE]


def test_sharing_with_the_gemeente_ends_when_the_new_asker_is_of_another(ask, client):
    vraag = ask()
    type(vraag).objects.filter(pk=vraag.pk).update(zichtbaarheid="gemeente")
    services.hand_over(person=asker(vraag), vraag=vraag, email="els@elders.example")
    client.post(newest_link("els@elders.example"))
    vraag.refresh_from_db()
    assert vraag.zichtbaarheid == Zichtbaarheid.COLLEGAS


def test_a_number_of_the_engine_says_nothing(ask, client, make_user, expert):
    vraag = ask()
    address = f"/helpdesk/tickets/{vraag.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(make_user("redacteur"))
    assert client.get(address).status_code == 404
    client.force_login(make_user("loketmedewerker"))
    assert client.get(address).status_code == 302
