"""Belonging to a gemeente with an address of another domain: admitted by a colleague."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core import belonging, toegang
from core.gemeenten import proven_gemeente, proven_gemeenten
from core.models import Contact, Gemeente, Mailbericht, Toegang, Toelating
from core.person import Person
from loket import selectors, services
from loket.models import Vraag
from loket.permissions import visible_to

pytestmark = pytest.mark.django_db
ADVISER = "ada@bureau.example"
MINE = "/loket/mijn-vragen/"


def contact(email, *, confirmed=True):
    found, _made = Contact.objects.get_or_create(email=email)
    found.confirmed_at = timezone.now() if confirmed else None
    found.save()
    return found


def person(email, **fields):
    return Person(contact=contact(email, **fields))


@pytest.fixture
def meppel():
    return gemeente("GM0119", "meppel.example")


def gemeente(code, domain):
    Gemeente.objects.filter(code=code).update(
        mail_domains=[domain], mail_domains_bron="toets"
    )
    return Gemeente.objects.get(code=code)


@pytest.fixture
def shared(ask, meppel):
    """A question that is shared with Meppel."""
    vraag = ask()
    Vraag.objects.filter(pk=vraag.pk).update(zichtbaarheid="gemeente")
    vraag.refresh_from_db()
    return vraag


def admit(email=ADVISER, by="annemiek@meppel.example"):
    return belonging.admit(person=person(by), email=email)


def accepted(email=ADVISER, by="annemiek@meppel.example"):
    row = admit(email, by)
    belonging.accept(row=row)
    row.contact.refresh_from_db()
    return row


def newest_link(email=ADVISER):
    text = Mailbericht.objects.filter(to=[email], template="core/toelating").last().text
    return re.search(r"/loket/toelating/[\w-]+/", text)[0]


def log_in(client, who):
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=who)
    client.post(f"/loket/inloggen/{token}/")


def test_who_was_admitted_and_accepted_belongs_in_every_channel(
    shared, client, index, outbox, meppel
):
    outbox()
    row = admit()
    adviser = row.contact
    assert proven_gemeenten(adviser) == []
    shown = client.get(newest_link())
    assert "annemiek@meppel.example" in shown.content.decode()
    row.refresh_from_db()
    assert row.accepted_at is None
    assert client.post(newest_link()).url == "/loket/inloggen/"
    # The link proves whose address it is; it logs nobody in.
    page = f"/loket/vraag/{shared.reference}/"
    assert client.get(page).status_code == 404
    adviser.refresh_from_db()
    assert proven_gemeente(adviser) == meppel
    assert visible_to(Person(contact=adviser), shared)
    assert shared in selectors.shared_with(Person(contact=adviser))
    log_in(client, adviser)
    assert client.get(page).status_code == 200
    mine = client.get(MINE).content.decode()
    assert shared.titel in mine
    assert "Een collega liet u toe" in mine
    # Reading what is shared is no part of the conversation.
    assert services.recipients_of(shared) == [shared.contact.email]


@pytest.mark.usefixtures("meppel")
def test_who_was_admitted_shares_with_the_gemeente_too(ask):
    adviser = accepted().contact
    vraag = ask(email=ADVISER)
    services.change_visibility(
        person=Person(contact=adviser), vraag=vraag, zichtbaarheid="gemeente"
    )
    vraag.refresh_from_db()
    assert vraag.zichtbaarheid == "gemeente"
    elsewhere = ask(email=ADVISER, gemeente="GM0344")
    with pytest.raises(ValidationError):
        services.change_visibility(
            person=Person(contact=adviser), vraag=elsewhere, zichtbaarheid="gemeente"
        )


@pytest.mark.usefixtures("meppel")
@pytest.mark.parametrize(
    "who",
    [
        lambda: Person(),
        lambda: person("ada@bureau.example"),
        lambda: person("nieuw@meppel.example", confirmed=False),
        lambda: person("nep@sub.meppel.example"),
        lambda: Person(contact=accepted("eerder@bureau.example").contact),
    ],
    ids=["nobody", "another domain", "not confirmed", "sub-domain", "admitted himself"],
)
def test_without_an_address_of_the_gemeente_nobody_admits(who):
    somebody = who()
    before = Toelating.objects.count()
    with pytest.raises(PermissionDenied):
        belonging.admit(person=somebody, email="vriend@elders.example")
    assert Toelating.objects.count() == before
    row = accepted("eerder@bureau.example") if not before else Toelating.objects.get()
    with pytest.raises(PermissionDenied):
        belonging.withdraw(person=somebody, row=row)


def test_reading_along_with_a_question_proves_no_gemeente(shared):
    row = services.admit_colleague(
        person=person("annemiek@meppel.example"), vraag=shared, email=ADVISER
    )
    services.accept_admission(row=row)
    row.contact.refresh_from_db()
    assert row.contact.confirmed_at is not None
    assert proven_gemeenten(row.contact) == []


def test_it_counts_as_long_as_the_colleague_is_proven(shared, meppel):
    adviser = accepted().contact
    admitted = Person(contact=adviser)
    assert visible_to(admitted, shared)
    Gemeente.objects.filter(pk=meppel.pk).update(mail_domains=["nieuw.example"])
    assert not visible_to(admitted, shared)
    meppel.refresh_from_db()
    assert [counts for _row, counts in belonging.admitted_by_colleagues(meppel)] == [
        False
    ]
    # Another colleague admits again; the old admission is over.
    again = accepted(by="bram@nieuw.example")
    assert visible_to(admitted, shared)
    assert [row.pk for row in Toelating.objects.standing()] == [again.pk]
    Contact.objects.filter(email="bram@nieuw.example").delete()
    assert not visible_to(admitted, shared)


def test_a_domain_of_two_gemeenten_gives_nothing(shared, meppel):
    adviser = accepted().contact
    gemeente("GM0344", "meppel.example")
    assert proven_gemeenten(adviser) == []
    assert not visible_to(Person(contact=adviser), shared)


def test_withdrawn_at_once_by_any_colleague_of_the_gemeente(shared):
    row = accepted()
    link = newest_link()
    gemeente("GM0344", "utrecht.example")
    with pytest.raises(PermissionDenied):
        belonging.withdraw(person=person("els@utrecht.example"), row=row)
    belonging.withdraw(person=person("karim@meppel.example"), row=row)
    assert not visible_to(Person(contact=row.contact), shared)
    assert Toegang.objects.filter(object_key=row.key, revoked_at=None).count() == 0
    with pytest.raises(ValidationError):
        belonging.accept(row=row)
    assert link


@pytest.mark.usefixtures("meppel")
def test_a_link_that_was_withdrawn_or_is_old_opens_nothing(client):
    row = admit()
    link = newest_link()
    Toegang.objects.filter(object_key=row.key).update(expires_at=timezone.now())
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    admit()
    belonging.withdraw(person=person("annemiek@meppel.example"), row=row)
    assert client.post(newest_link()).status_code == 410
    row.refresh_from_db()
    assert row.accepted_at is None
    assert client.get("/loket/toelating/verzonnen/").status_code == 404
    other = toegang.issue(
        doel=Toegang.Doel.LEZEN, contact=row.contact, object_key=f"collega:{row.pk}"
    )
    assert client.post(f"/loket/toelating/{other}/").status_code == 404


@pytest.mark.usefixtures("meppel")
def test_somebody_who_works_for_two_gemeenten_reads_both(ask):
    utrecht = gemeente("GM0344", "utrecht.example")
    accepted()
    adviser = accepted(by="els@utrecht.example").contact
    assert {row.code for row in proven_gemeenten(adviser)} == {"GM0119", utrecht.code}
    # With which one a draft would be shared, nobody knows.
    assert proven_gemeente(adviser) is None
    for code in ("GM0119", "GM0344"):
        vraag = ask(gemeente=code, email=f"vrager@{code}.example")
        Vraag.objects.filter(pk=vraag.pk).update(zichtbaarheid="gemeente")
        assert visible_to(Person(contact=adviser), vraag)


@pytest.mark.usefixtures("meppel")
@pytest.mark.parametrize("email", ["", "ada", "ada@", "karim@meppel.example"])
def test_an_address_that_cannot_be(email):
    with pytest.raises(ValidationError):
        admit(email)
    assert not Toelating.objects.exists()


@pytest.mark.usefixtures("meppel")
def test_twice_is_one_admission_and_two_mails_until_it_was_accepted():
    row = admit()
    assert admit(ADVISER.upper()).pk == row.pk
    assert Mailbericht.objects.filter(template="core/toelating").count() == 2
    belonging.accept(row=row)
    with pytest.raises(ValidationError):
        admit()


@pytest.mark.usefixtures("meppel")
def test_the_number_of_mails_a_day_has_an_end():
    for number in range(belonging.MAX_A_DAY):
        admit(f"mens{number}@bureau.example")
    with pytest.raises(ValidationError):
        admit("nog-een@bureau.example")
    assert Toelating.objects.count() == belonging.MAX_A_DAY
    admit("nog-een@bureau.example", by="karim@meppel.example")


@pytest.mark.usefixtures("meppel")
def test_a_colleague_does_it_on_the_page(client):
    log_in(client, contact("annemiek@meppel.example"))
    assert "met een ander adres?" in client.get(MINE).content.decode()
    refused = client.post("/loket/mijn-gemeente/laat-toe/", {"email": "ada"})
    assert refused.status_code == 422
    assert "naam@gemeente.nl" in refused.content.decode()
    client.post("/loket/mijn-gemeente/laat-toe/", {"email": ADVISER})
    row = Toelating.objects.get()
    assert "nog niet bevestigd" in client.get(MINE).content.decode()
    assert client.get("/loket/mijn-gemeente/laat-toe/").url == MINE
    sent = {"toelating": row.pk}
    client.post("/loket/mijn-gemeente/trek-in/", sent)
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert client.post("/loket/mijn-gemeente/trek-in/", sent).status_code == 404


@pytest.mark.usefixtures("meppel")
def test_who_was_admitted_has_no_form_and_no_act(client):
    row = accepted()
    log_in(client, row.contact)
    assert "met een ander adres?" not in client.get(MINE).content.decode()
    client.post("/loket/mijn-gemeente/laat-toe/", {"email": "vriend@elders.example"})
    client.post("/loket/mijn-gemeente/trek-in/", {"toelating": row.pk})
    assert [each.pk for each in Toelating.objects.standing()] == [row.pk]


@pytest.mark.usefixtures("meppel")
def test_the_page_asks_as_much_for_ten_as_for_one(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    log_in(client, contact("annemiek@meppel.example"))
    accepted()
    client.get(MINE)
    with django_assert_max_num_queries(60) as one:
        client.get(MINE)
    for number in range(9):
        accepted(f"mens{number}@bureau.example", by=f"collega{number}@meppel.example")
    with django_assert_num_queries(len(one)):
        client.get(MINE)
