"""The parts of the desk together: drafts and mail of merged questions, mail and the clock."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from core.models import Mailbericht
from core.person import Person
from loket import mail_selectors, selectors, services
from loket.models import Formulierconcept, Vraag
from loket.permissions import visible_to
from loket.services import clock, mail_decisions, mail_in
from loket.termijnen import due_for

from .mails import make, token_of

pytestmark = pytest.mark.django_db
ASKER = "annemiek@meppel.example"
# A Monday at nine.
MONDAY = datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)


# The clock reckons in local time.
local = datetime.datetime


def day(number, hour=9):
    return MONDAY + datetime.timedelta(days=number, hours=hour - 9)


@pytest.fixture
def karim(make_user):
    return make_user("loketmedewerker", name="Karim")


@pytest.fixture
def two(ask):
    first = ask(email=ASKER)
    return first, ask("Mag dat ook met een maatwerkbesluit?", email=ASKER)


@pytest.fixture
def take():
    def act(raw):
        row, _new = mail_in.receive(raw, mailbox="proef")
        return mail_in.handle(row)

    return act


def admitted(vraag, email="bram@meppel.example"):
    row = services.admit_colleague(
        person=Person(contact=vraag.contact), vraag=vraag, email=email
    )
    services.accept_admission(row=row)
    vraag.refresh_from_db()
    row.refresh_from_db()
    return row


# -- drafts ------------------------------------------------------------------------


def forms():
    return {
        row.formulier: row.data
        for row in Formulierconcept.objects.order_by("formulier")
    }


def test_drafts_of_forms_go_along_and_come_back(two, karim):
    first, second = two
    keep = services.keep_form
    keep(
        user=karim,
        formulier=f"namens:{second.pk}",
        data={"reactie": "Belde: B", "kanaal": "telefoon"},
        vraag=second,
    )
    for vraag, letter in ((first, "A"), (second, "B")):
        keep(
            user=karim,
            formulier=f"kennis:{vraag.pk}",
            data={
                "title": f"Titel {letter}",
                "kort_antwoord": "Ja.",
                "text": f"Tekst {letter}",
                "themas": ["1", letter],
            },
            vraag=vraag,
        )
        keep(
            contact=first.contact,
            formulier=f"reactie:{vraag.reference}",
            data={"text": f"Reactie {letter}"},
            vraag=vraag,
        )
    before = forms()
    row = services.merge(user=karim, vraag=first, other=second)
    now = forms()
    assert now[f"namens:{first.pk}"] == {"reactie": "Belde: B", "kanaal": "telefoon"}
    assert now[f"kennis:{first.pk}"] == {
        "title": "Titel A",
        "kort_antwoord": "Ja.",
        "text": "Tekst A\n\nTitel B\n\nTekst B",
        "themas": ["1", "A", "B"],
    }
    assert now[f"reactie:{first.reference}"] == {"text": "Reactie A\n\nReactie B"}
    assert set(Formulierconcept.objects.filter(vraag=first).values_list("formulier", flat=True)) == {
        f"namens:{first.pk}", f"kennis:{first.pk}", f"reactie:{first.reference}"
    }  # fmt: skip
    services.undo_merge(user=karim, row=row)
    assert forms() == before


def test_what_was_typed_since_stays_after_undoing(two, karim):
    first, second = two
    services.keep_form(
        user=karim, formulier=f"namens:{second.pk}", data={"reactie": "B"}, vraag=second
    )
    row = services.merge(user=karim, vraag=first, other=second)
    services.keep_form(
        user=karim, formulier=f"namens:{first.pk}", data={"reactie": "B en meer"}
    )
    services.undo_merge(user=karim, row=row)
    assert forms()[f"namens:{first.pk}"] == {"reactie": "B en meer"}
    assert forms()[f"namens:{second.pk}"] == {"reactie": "B"}


def test_a_draft_of_another_asker_stays_where_it_was(ask, karim):
    first, second = ask(), ask(email="els@elders.example")
    services.keep_form(
        contact=second.contact,
        formulier=f"reactie:{second.reference}",
        data={"text": "Van mij"},
        vraag=second,
    )
    services.merge(user=karim, vraag=first, other=second, confirmed=True)
    assert set(forms()) == {f"reactie:{second.reference}"}


def test_what_a_browser_kept_goes_along_too(two, karim, client):
    first, second = two
    for vraag in two:
        client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")
    for vraag, text in ((first, "Over A"), (second, "Over B")):
        client.post(f"/loket/vraag/{vraag.reference}/concept/", {"text": text})
    services.merge(user=karim, vraag=first, other=second)
    page = client.get(f"/loket/vraag/{second.reference}/", follow=True)
    html = page.content.decode()
    assert page.redirect_chain
    assert "Over A\n\nOver B" in html
    again = client.get(f"/loket/vraag/{second.reference}/", follow=True)
    assert again.content.decode().count("Over B") == html.count("Over B")


def test_drafts_survive_a_change_of_owner(ask, karim, expert):
    vraag = ask()
    sanne = expert(vraag.team.slug)
    services.take(user=sanne, vraag=vraag)
    services.save_draft(user=sanne, vraag=vraag, soort="antwoord", text="Half")
    services.keep_form(
        user=sanne, formulier=f"namens:{vraag.pk}", data={"reactie": "x"}, vraag=vraag
    )
    services.assign(user=karim, vraag=vraag, to=karim)
    assert selectors.draft_of(sanne, vraag, "antwoord").text == "Half"
    assert services.form_of(user=sanne, formulier=f"namens:{vraag.pk}")


# -- mail of a merged question ------------------------------------------------------


def test_a_mail_with_the_token_of_the_merged_one_lands_in_the_other(two, karim, take):
    first, second = two
    services.merge(user=karim, vraag=first, other=second)
    row = take(make("Nog iets.", to=token_of(second)))
    assert (row.uitkomst, row.bericht.vraag) == ("toegevoegd", first)
    second.refresh_from_db()
    assert second.status == "gesloten"


def test_that_token_works_as_long_as_the_question_it_goes_on_in(two, karim, take):
    first, second = two
    services.merge(user=karim, vraag=first, other=second)
    Vraag.objects.filter(pk=second.pk).update(
        closed_at=timezone.now() - datetime.timedelta(days=60)
    )
    assert take(make("Na lang.", to=token_of(second))).bericht.vraag == first
    Vraag.objects.filter(pk=first.pk).update(
        status="gesloten", closed_at=timezone.now() - datetime.timedelta(days=60)
    )
    late = take(make("Te laat.", to=token_of(second)))
    assert late.uitkomst == "aangehouden"


def test_held_mails_of_the_merged_one_show_at_the_other(two, karim, take, client):
    first, second = two
    held = take(make("Laat mij erin", sender="x@y.example", to=token_of(second)))
    assert held.uitkomst == "aangehouden"
    assert list(mail_selectors.held_for(first)) == []
    row = services.merge(user=karim, vraag=first, other=second)
    assert list(mail_selectors.held_for(first)) == [held]
    bericht = mail_decisions.admit(user=karim, row=held)
    assert bericht.vraag == first
    second.refresh_from_db()
    assert second.status == "gesloten"
    services.undo_merge(user=karim, row=row)
    assert list(mail_selectors.held_for(first)) == []


def test_a_held_mail_of_another_asker_stays_in_the_own_question(ask, karim, take):
    first, second = ask(), ask(email="els@elders.example")
    held = take(make("Nog iets", sender="x@y.example", to=token_of(second)))
    services.merge(user=karim, vraag=first, other=second, confirmed=True)
    assert list(mail_selectors.held_for(first)) == [held]
    assert mail_decisions.admit(user=karim, row=held).vraag == second


def test_a_colleague_of_the_merged_one_is_heard_and_reads_no_more(two, karim, take):
    """The words stand where the colleague reads them, and count for the one that goes on."""
    first, second = two
    row = admitted(second)
    services.merge(user=karim, vraag=first, other=second)
    services.answer(user=karim, vraag=first, text="Welk?", question_back=True)
    mail = take(
        make(
            "Het noorden.",
            sender=row.contact.email,
            to=token_of(second, f"contact:{row.contact_id}"),
        )
    )
    assert (mail.uitkomst, mail.bericht.vraag) == ("toegevoegd", second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("in-behandeling", "gesloten")
    staff = selectors.conversation(first, Person(user=karim), internal=True)
    asker = selectors.conversation(first, Person(contact=first.contact), internal=False)
    assert mail.bericht in staff
    assert mail.bericht in asker
    assert not visible_to(Person(contact=row.contact), first)
    # The links of the colleague end with the question that goes on.
    services.close(person=Person(contact=first.contact), vraag=first)
    ends = row.contact.toegangen.filter(object_key=row.key)
    assert {link.expires_at is None for link in ends} == {False}


def test_what_the_desk_writes_down_at_the_merged_one_counts_for_the_other(two, karim):
    first, second = two
    services.merge(user=karim, vraag=first, other=second)
    bericht = services.add_reply_for(
        user=karim, vraag=second, text="Zei ja", kanaal="telefoon"
    )
    second.refresh_from_db()
    assert (bericht.vraag, second.status) == (first, "gesloten")


def test_split_takes_the_mail_of_what_moved_along(ask, karim, take):
    vraag = ask(email=ASKER)
    mail = take(make("Iets anders: hoe tellen wij?", to=token_of(vraag)))
    held = take(make("Mag ik?", sender="x@y.example", to=token_of(vraag)))
    new = services.split(user=karim, vraag=vraag, berichten=[mail.bericht_id])
    mail.refresh_from_db()
    held.refresh_from_db()
    assert (mail.vraag, held.vraag) == (new, vraag)
    # With promises of its own, as every question.
    assert {row.soort for row in new.toezeggingen.all()} == {
        "eerste-reactie",
        "antwoord",
    }


# -- the clock and mail -------------------------------------------------------------


@pytest.fixture
def waiting(ask, karim):
    with time_machine.travel(day(0), tick=False):
        vraag = ask(email=ASKER)
        services.take(user=karim, vraag=vraag)
        services.answer(user=karim, vraag=vraag, text="Welke?", question_back=True)
    vraag.refresh_from_db()
    return vraag


def test_an_out_of_office_leaves_the_clock_still_and_a_reply_starts_it(waiting, take):
    due = waiting.due_at
    with time_machine.travel(day(1), tick=False):
        row = take(
            make(
                "Ik ben er niet tot maandag.",
                to=token_of(waiting),
                subject="Automatisch antwoord: afwezig",
                Auto_Submitted="auto-replied",
            )
        )
    waiting.refresh_from_db()
    assert (row.soort, row.bericht) == ("automatisch", None)
    assert (waiting.status, waiting.due_at) == ("wacht-op-vrager", due)
    assert waiting.wachtperiodes.filter(end=None).exists()
    # Nor does it keep the reminder away.
    assert clock.act_on_silence(now=day(8)) == {"remind": 1}
    with time_machine.travel(day(9), tick=False):
        take(make("Het noorden.", to=token_of(waiting)))
    waiting.refresh_from_db()
    assert waiting.status == "in-behandeling"
    assert not waiting.wachtperiodes.filter(end=None).exists()
    assert (
        waiting.due_at
        == due_for(
            waiting.clock_started_at,
            waiting.promised_minutes,
            [(local(2027, 3, 1, 10), local(2027, 3, 10, 10))],
            waiting.team,
        )[0]
    )


def test_a_reply_of_a_colleague_starts_a_waiting_clock(waiting, take):
    row = admitted(waiting)
    with time_machine.travel(day(2), tick=False):
        take(
            make(
                "Het noorden.",
                sender=row.contact.email,
                to=token_of(waiting, f"contact:{row.contact_id}"),
            )
        )
    before = waiting.due_at
    waiting.refresh_from_db()
    assert waiting.status == "in-behandeling"
    assert waiting.due_at > before
    assert clock.act_on_silence(now=day(30)) == {}


def test_reminders_and_slips_over_the_limit_wait_and_all_arrive(
    ask, karim, outbox, mailoutbox, settings
):
    settings.MAIL_AUTOMATIC_PER_HOUR = 1
    with time_machine.travel(day(0), tick=False):
        waits, late = ask(email=ASKER), ask(email=ASKER)
        services.answer(user=karim, vraag=waits, text="Welke?", question_back=True)
    with time_machine.travel(day(1), tick=False):
        outbox()
    with time_machine.travel(day(2), tick=False):
        outbox()
    mailoutbox.clear()
    with time_machine.travel(day(8), tick=False):
        assert clock.act_on_silence()["remind"] == 1
        clock.tell_slips()
        assert clock.tell_slips()["tell_later"] == 1
        outbox()
        rows = Mailbericht.objects.filter(
            template__in=["loket/herinnering", "loket/later"]
        )
        assert {row.status for row in rows} == {"verzonden", "verzameld"}
        # Told once, though it waits.
        assert clock.tell_slips().get("tell_later") is None
    with time_machine.travel(day(8, 11), tick=False):
        outbox()
    sent = [mail for mail in mailoutbox if mail.to == [ASKER]]
    subjects = " ".join(mail.subject for mail in sent)
    assert len(sent) == 2
    assert "Wij wachten op uw reactie" in subjects
    assert "Uw antwoord komt later" in subjects
    assert waits.reference in subjects
    assert late.reference in subjects


# -- the clock of merged questions --------------------------------------------------


def at(moment, act):
    with time_machine.travel(moment, tick=False):
        return act()


@pytest.fixture
def asked(ask, karim):
    """asked(day) → a question of that day."""
    return lambda number: at(day(number), lambda: ask(email=ASKER))


def ask_back(user, vraag, moment):
    at(
        moment,
        lambda: services.answer(
            user=user, vraag=vraag, text="Wat?", question_back=True
        ),
    )


def test_pauses_of_the_question_that_went_on_count_and_earlier_ones_do_not(
    asked, karim
):
    old, new = asked(0), asked(1)
    # The older waited a day; the newer waited before merging, which is nothing to it.
    ask_back(karim, old, day(1))
    at(day(2), lambda: services.add_reply(person=Person(contact=old.contact), vraag=old, text="Zo"))  # fmt: skip
    ask_back(karim, new, day(1, 12))
    at(day(1, 16), lambda: services.add_reply(person=Person(contact=new.contact), vraag=new, text="Zo"))  # fmt: skip
    old.refresh_from_db()
    Vraag.objects.filter(pk=new.pk).update(due_at=day(60))
    row = at(day(3), lambda: services.merge(user=karim, vraag=new, other=old))
    new.refresh_from_db()
    assert (new.due_at, new.clock_started_at) == (old.due_at, old.clock_started_at)
    ask_back(karim, new, day(3, 10))
    at(day(4, 10), lambda: services.add_reply(person=Person(contact=new.contact), vraag=new, text="Zo"))  # fmt: skip
    new.refresh_from_db()

    pauses = [
        (local(2027, 3, 2, 10), local(2027, 3, 3, 10)),
        (local(2027, 3, 4, 11), local(2027, 3, 5, 11)),
    ]
    expected, _words = due_for(
        old.clock_started_at, old.promised_minutes, pauses, old.team
    )
    assert new.due_at == expected
    at(day(5), lambda: services.undo_merge(user=karim, row=row))
    old.refresh_from_db()
    assert old.status == "in-behandeling"


def test_work_that_comes_along_ends_waiting_and_undoing_waits_again(asked, karim):
    first, second = asked(0), asked(1)
    ask_back(karim, first, day(2))
    first.refresh_from_db()
    due = first.due_at
    row = at(day(3), lambda: services.merge(user=karim, vraag=first, other=second))
    first.refresh_from_db()
    assert first.status == "in-behandeling"
    assert not first.wachtperiodes.filter(end=None).exists()
    # So silence does not close a question that the desk has not answered.
    assert clock.act_on_silence(now=day(60)) == {}
    at(day(4), lambda: services.undo_merge(user=karim, row=row))
    first.refresh_from_db()
    assert (first.status, first.due_at) == ("wacht-op-vrager", due)
    assert first.wachtperiodes.get(end=None)
    assert clock.act_on_silence(now=day(12)) == {"remind": 1}


def test_one_that_waits_brings_no_clock(asked, karim):
    first, second = asked(1), asked(0)
    ask_back(karim, second, day(1))
    first.refresh_from_db()
    due = first.due_at
    at(day(3), lambda: services.merge(user=karim, vraag=first, other=second))
    first.refresh_from_db()
    assert (first.status, first.due_at) == ("nieuw", due)
    assert clock.act_on_silence(now=day(60)) == {}


def test_who_heard_of_the_slip_does_not_hear_it_again(asked, karim):
    late, new = asked(0), asked(3)
    at(
        day(4),
        lambda: services.expect_later(
            user=karim, vraag=late, verwacht_op=day(14).date()
        ),
    )
    row = at(day(5), lambda: services.merge(user=karim, vraag=new, other=late))
    clock.tell_slips(now=day(20))
    assert clock.tell_slips(now=day(20)).get("tell_later") is None
    assert new.termijnberichten.filter(soort="later").exists()
    services.undo_merge(user=karim, row=row)
    assert not new.termijnberichten.filter(soort="later").exists()
