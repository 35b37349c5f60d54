"""At most three automatic mails per address per hour; the rest goes together, none is lost."""

import datetime
import random

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core import mail
from core import outbox as box
from core.mail import limits
from core.models import Mailbericht, Outbox

pytestmark = pytest.mark.django_db
Status = Mailbericht.Status
START = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)
SECRET = "tekst van de vrager"


def confirm(n, to="sanne@voorbeeld.nl", **fields):
    return mail.send(
        template="loket/ontvangen",
        to=[to],
        about=f"vraag:{n}",
        who="contact:4",
        line={
            "kenmerk": f"V-2026-{n:06d}",
            "pad": f"/vraag/{n}/",
            "uiterlijk": "donderdag 3 december",
        },
        context={
            "kenmerk": f"V-2026-{n:06d}",
            "team": "Uitstroom",
            "uiterlijk": "donderdag 3 december",
            "pad": f"/vraag/{n}/",
            "gaat_over": SECRET,
        },
        **fields,
    )


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def sent():
    return list(Mailbericht.objects.filter(status=Status.VERZONDEN).order_by("sent_at"))


def test_three_go_while_the_clock_runs(mailoutbox):
    for n in range(1, 6):
        confirm(n)
    box.drain()
    assert len(mailoutbox) == 3


def test_three_go_at_once_and_the_others_in_one_at_the_end_of_the_hour(
    clock, mailoutbox
):
    rows = [confirm(n) for n in range(1, 11)]
    box.drain()
    assert len(mailoutbox) == 3
    clock.move_to(START + datetime.timedelta(minutes=59, seconds=59))
    box.drain()
    assert len(mailoutbox) == 3
    clock.move_to(START + datetime.timedelta(hours=1, seconds=1))
    box.drain()
    assert len(mailoutbox) == 4
    joined = Mailbericht.objects.get(template="core/samen")
    assert joined.subject == "7 berichten van Thuisloket"
    assert [one.pk for one in joined.verzameld.order_by("pk")] == [
        one.pk for one in rows[3:]
    ]
    for one in rows[3:]:
        assert (
            f"Wij hebben uw vraag ontvangen (V-2026-{one.about[6:]:0>6})" in joined.text
        )
        assert f"/vraag/{one.about[6:]}/" in joined.text
    assert joined.text.count("U krijgt antwoord uiterlijk donderdag 3 december.") == 7
    assert SECRET not in joined.text + joined.html
    assert joined.headers["Auto-Submitted"] == "auto-generated"


def test_one_that_waited_alone_goes_as_it_was(clock, mailoutbox):
    rows = [confirm(n) for n in range(1, 5)]
    box.drain()
    clock.shift(datetime.timedelta(hours=1, seconds=1))
    box.drain()
    assert len(mailoutbox) == 4
    assert mailoutbox[-1].extra_headers["Message-ID"] == rows[3].message_id
    assert not Mailbericht.objects.filter(template="core/samen").exists()


def test_what_comes_while_others_wait_waits_with_them(clock, mailoutbox):
    for n in range(1, 6):
        confirm(n)
    box.drain()
    clock.shift(datetime.timedelta(minutes=40))
    confirm(6)
    box.drain()
    assert len(mailoutbox) == 3
    clock.shift(datetime.timedelta(minutes=21))
    box.drain()
    (joined,) = Mailbericht.objects.filter(template="core/samen")
    assert joined.verzameld.count() == 3


def test_answers_of_people_and_links_that_were_asked_for_are_never_held(
    clock, mailoutbox
):
    for n in range(1, 11):
        confirm(n, automatic=False)
        mail.send(
            template="core/inloglink", to=["sanne@voorbeeld.nl"], context={"pad": "/x/"}
        )
    box.drain()
    assert len(mailoutbox) == 20


def test_addresses_do_not_hinder_each_other_and_case_makes_no_other(clock, mailoutbox):
    for n in range(1, 4):
        confirm(n)
        confirm(n + 10, to="karim@voorbeeld.nl")
    confirm(20, to="Sanne@Voorbeeld.NL")
    box.drain()
    assert len(mailoutbox) == 6


def test_the_limit_is_a_setting(clock, mailoutbox, settings):
    settings.MAIL_AUTOMATIC_PER_HOUR = 5
    for n in range(1, 11):
        confirm(n)
    box.drain()
    assert len(mailoutbox) == 5


def test_a_joined_mail_about_one_question_can_be_answered(clock):
    for _ in range(6):
        confirm(12)
    box.drain()
    clock.shift(datetime.timedelta(hours=1, seconds=1))
    box.drain()
    assert (
        "vraag-12-contact-4" in Mailbericht.objects.get(template="core/samen").reply_to
    )


def test_a_joined_mail_that_comes_back_counts_for_all_in_it(clock, monkeypatch):
    told = []
    rows = [confirm(n) for n in range(1, 6)]
    box.drain()
    clock.shift(datetime.timedelta(hours=1, seconds=1))
    box.drain()
    joined = Mailbericht.objects.get(template="core/samen")
    monkeypatch.setattr("core.mail.failing._hooks", [told.append])
    mail.bounced(message_id=joined.message_id, recipient="sanne@voorbeeld.nl")
    assert {one.pk for one in told} == {joined.pk, rows[3].pk, rows[4].pk}


def test_a_server_that_was_away_for_long_does_not_flood_when_it_is_back(
    clock, mailoutbox, settings
):
    good = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for n in range(1, 31):
        confirm(n)
        box.drain()
        clock.shift(datetime.timedelta(minutes=10))
    settings.EMAIL_BACKEND = good
    times = []
    for _ in range(200):
        before = len(mailoutbox)
        box.drain()
        times += [timezone.now()] * (len(mailoutbox) - before)
        clock.shift(datetime.timedelta(minutes=7))
    assert_never_more_than_three(times)
    assert_every_one_arrived(30)


def assert_never_more_than_three(times):
    for i in range(len(times) - 3):
        assert times[i + 3] - times[i] >= datetime.timedelta(hours=1)


def assert_every_one_arrived(number):
    arrived = {
        one.about
        for one in Mailbericht.objects.filter(template="loket/ontvangen")
        if one.status == Status.VERZONDEN
        or (one.samen_met and one.samen_met.status == Status.VERZONDEN)
    }
    assert len(arrived) == number


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_rhythm_never_more_than_three_an_hour_and_none_lost(
    clock, mailoutbox, seed
):
    chance, times, made = random.Random(seed), [], 0
    for _ in range(120):
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2, 9])):
            made += 1
            confirm(made)
        before = len(mailoutbox)
        box.drain()
        times += [timezone.now()] * (len(mailoutbox) - before)
        clock.shift(datetime.timedelta(minutes=chance.choice([1, 3, 10, 25, 61])))
    clock.shift(datetime.timedelta(hours=2))
    box.drain()
    assert made > 60
    assert len(times) > 10
    assert_never_more_than_three(times)
    assert_every_one_arrived(made)
    assert not limits.held().exists()
    assert not Outbox.objects.filter(done_at=None).exists()


# One writer at a time is what the database itself gives there; PostgreSQL runs this.
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="on SQLite: writers are alone"
)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("filled_again")
def test_many_workers_at_once_send_no_more_than_three():
    import threading

    for n in range(1, 25):
        confirm(n)
    start = threading.Barrier(6)

    def work():
        start.wait()
        try:
            box.drain()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent()) == 3
    assert limits.held("sanne@voorbeeld.nl").count() == 21
