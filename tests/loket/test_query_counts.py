"""Pages of the desk ask the database as much for many as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import mail
from core.models import Mailbericht
from core.person import Person
from loket import services
from loket.models import Vraag
from loket.services import mail_in
from tests.loket.mails import ASKER, make, token_of

pytestmark = pytest.mark.django_db
Status = Mailbericht.Status


@pytest.fixture
def front(make_user):
    return make_user("loketmedewerker", name="Karim")


@pytest.fixture
def queries(client):
    """queries(path) → how many queries the page takes, with the caches warm."""

    def count(path: str) -> int:
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as taken:
            client.get(path)
        return len(taken)

    return count


def fresh(vraag):
    return Vraag.objects.get(pk=vraag.pk)


def take(text, **fields):
    row, _new = mail_in.receive(make(text, **fields), mailbox="proef")
    return mail_in.handle(row)


def admit(vraag, email):
    row = services.admit_colleague(
        person=Person(contact=vraag.contact), vraag=fresh(vraag), email=email
    )
    services.accept_admission(row=row)


def fill(vraag, ask, front, *, rounds):
    """Every kind of thing that hangs on a question, ``rounds`` times."""
    for number in range(rounds):
        row = take(
            f"Nog iets over punt {number} van onze verordening.",
            to=token_of(vraag),
            In_Reply_To="<x@y>",
            files=((f"punt-{number}.txt", b"Artikel 1. Begrippen"),),
        )
        assert row.uitkomst == "toegevoegd"
        take(
            f"Ik schrijf namens een collega, punt {number}.",
            sender=f"vreemd{number}@elders.example",
            to=token_of(vraag),
        )
        services.add_note(user=front, vraag=fresh(vraag), text=f"Let op punt {number}.")
        admit(vraag, f"collega{number}.{vraag.pk}@zorg.example")
        other = ask(f"Hoort punt {number} van onze verordening er ook bij?")
        services.merge(user=front, vraag=fresh(vraag), other=fresh(other))
        services.answer(
            user=front, vraag=fresh(vraag), text=f"Ja, punt {number} ook.", citations=[]
        )
        last = Mailbericht.objects.filter(template="loket/antwoord").latest("pk")
        Mailbericht.objects.filter(pk=last.pk).update(status=Status.VERZONDEN)
        mail.bounced(
            message_id=last.message_id, recipient=last.adres, reason="5.1.1 onbekend"
        )


@pytest.fixture
def few_and_many(ask, front):
    """Two questions: one with one of each, one with many of each."""
    few = ask(email=ASKER)
    fill(few, ask, front, rounds=1)
    many = ask(email=ASKER)
    fill(many, ask, front, rounds=6)
    assert many.berichten.count() >= 18
    return few, many


def test_the_question_for_staff(client, front, few_and_many, queries):
    few, many = few_and_many
    client.force_login(front)
    small = queries(f"/werkplek/{few.reference}/")
    large = queries(f"/werkplek/{many.reference}/")
    assert large <= small <= 65


def test_the_thread_by_link(client, few_and_many, queries):
    few, many = few_and_many
    for vraag in few_and_many:
        client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")
    small = queries(f"/loket/vraag/{few.reference}/")
    large = queries(f"/loket/vraag/{many.reference}/")
    assert large <= small <= 40


def test_the_pile(client, ask, front, queries):
    client.force_login(front)
    for number in range(2):
        ask(email=f"p{number}@elders.example")
    small = queries("/werkplek/")
    for number in range(20):
        ask(email=f"q{number}@elders.example", gemeente="GM0344")
    large = queries("/werkplek/")
    assert large <= small <= 30


def test_the_list_of_mail_by_view(client, ask, front, queries):
    client.force_login(front)
    path = "/werkplek/mail/?weergave=aangehouden"
    vraag = ask(email=ASKER)

    def hold(number):
        row = take(
            "Ik schrijf namens een collega.",
            sender=f"vreemd{number}@elders.example",
            to=token_of(vraag),
        )
        assert row.uitkomst == "aangehouden"

    hold(0)
    small = queries(path)
    for number in range(1, 20):
        hold(number)
    large = queries(path)
    assert large <= small <= 20


def test_one_mail_with_many_files(client, front, queries):
    client.force_login(front)
    one = take("Eerste.", files=(("a.txt", b"a"),))
    many = take(
        "Tweede.",
        sender="b@elders.example",
        files=tuple((f"{n}.txt", b"tekst") for n in range(20)),
    )
    assert queries(f"/werkplek/mail/{many.pk}/") <= queries(f"/werkplek/mail/{one.pk}/")
