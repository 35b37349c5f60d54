"""What the clock does by itself: promises, calendars, silence and slips."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from core.models import Mailbericht, Team
from core.person import Person
from loket import klok, services, termijnen
from loket.models import Sluitingsdag, Termijnregel, Toezegging
from loket.states import VraagStatus

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Amsterdam")
# Monday 11 January 2027: no closed day before Easter.
MONDAY = datetime.datetime(2027, 1, 11, 10, 0, tzinfo=ZONE)


def at(days=0, hours=0, weeks=0):
    return MONDAY + datetime.timedelta(days=days, hours=hours, weeks=weeks)


def mails(template):
    return list(Mailbericht.objects.filter(template=f"loket/{template}").order_by("pk"))


def asker(vraag):
    return Person(keys=frozenset({vraag.key}))


@pytest.fixture
def run():
    """run(moment) → the counts of both tasks at that moment."""

    def act(moment):
        with time_machine.travel(moment, tick=False):
            return {**services.act_on_silence(), **services.tell_slips()}

    return act


@pytest.fixture
def waiting(ask, expert):
    """A question that waits for its asker since Monday ten o'clock."""
    with time_machine.travel(MONDAY, tick=False):
        vraag = ask()
        services.answer(user=expert(), vraag=vraag, text="Welk?", question_back=True)
    vraag.refresh_from_db()
    return vraag


# -- promises ----------------------------------------------------------------------


def test_a_question_gets_two_promises_each_with_its_sentence(ask):
    with time_machine.travel(MONDAY, tick=False):
        vraag = ask()
    first, answer = vraag.toezeggingen.order_by("due_at")
    assert (first.soort, answer.soort) == ("eerste-reactie", "antwoord")
    assert first.uitleg == (
        "Eerste reactie uiterlijk woensdag 13 januari 2027 om 10.00 uur:"
        " 2 werkdagen na maandag 11 januari 2027 om 10.00 uur."
    )
    assert answer.uitleg == vraag.due_uitleg
    assert answer.due_at == vraag.due_at == at(weeks=1)


def test_a_promise_is_never_changed(ask):
    row = ask().toezeggingen.first()
    with pytest.raises(TypeError):
        row.save()


def test_only_a_pause_moves_the_due_time_and_the_promise_stays(waiting, make_user):
    beheerder = make_user("beheerder")
    with time_machine.travel(at(days=1), tick=False):
        # The days that count change, the team changes and so do the periods.
        termijnen.set_closing_day(
            actor=beheerder, datum=at(days=7).date(), naam="Sluiting", vrij=True
        )
        termijnen.set_rules(actor=beheerder, antwoord_werkdagen=9, periods={})
        services.add_reply(person=asker(waiting), vraag=waiting, text="Dit.")
        other = Team.objects.get(slug="flexpool")
        termijnen.set_hours(
            actor=beheerder,
            team=other,
            hours={0: (datetime.time(9), datetime.time(10))},
        )
        services.pass_on(
            user=beheerder, vraag=waiting, team=other, reason="Past daar beter"
        )
    waiting.refresh_from_db()
    promised = waiting.toezeggingen.get(soort="antwoord")
    assert promised.due_at == at(weeks=1)
    assert waiting.due_at == at(weeks=1, days=1)
    assert "de klok stond 1 werkdag stil" in waiting.due_uitleg


def test_reopening_promises_anew_and_keeps_what_was_promised(ask, expert):
    with time_machine.travel(MONDAY, tick=False):
        vraag = ask()
        services.answer(user=expert(), vraag=vraag, text="Ja.")
    with time_machine.travel(at(weeks=2), tick=False):
        services.reopen(person=asker(vraag), vraag=vraag)
        stands = termijnen.promises_of(vraag)
    assert [stand.soort for stand in stands] == ["eerste reactie", "antwoord"] * 2
    assert [stand.met for stand in stands] == [MONDAY, MONDAY, None, None]
    assert stands[3].due == at(weeks=3)


def test_a_question_back_meets_the_first_reaction_and_not_the_answer(waiting):
    first, answer = termijnen.promises_of(waiting)
    assert (first.met, answer.met) == (MONDAY, None)
    assert first.is_kept(at(weeks=9))
    assert not answer.is_kept(at(weeks=9))


# -- calendars -----------------------------------------------------------------------


def test_a_team_has_its_own_hours_and_days_beside_the_common_ones(make_user):
    beheerder, team = make_user("beheerder"), Team.objects.get(slug="uitstroom")
    morning = (datetime.time(9), datetime.time(13))
    with time_machine.travel(MONDAY, tick=False):
        termijnen.set_hours(actor=beheerder, team=team, hours={0: morning, 1: morning})
        termijnen.set_closing_day(
            actor=beheerder, datum=at(7).date(), naam="Teamdag", vrij=True, team=team
        )
        own, common = termijnen.kalender(team), termijnen.kalender()
        assert not own.is_open_on(at(7).date())
        assert common.is_open_on(at(7).date())
        due, sentence = termijnen.due_for(MONDAY, 480, [], team)
    # Three hours on Monday, four on Tuesday, not on the day of the team, one on Tuesday.
    assert due == at(days=8).replace(hour=10)
    assert "zonder Teamdag" in sentence
    assert "maandag en dinsdag van 9.00 tot 13.00 uur" in sentence


def test_a_team_can_be_open_on_a_common_closed_day(make_user):
    team, day = Team.objects.get(slug="uitstroom"), datetime.date(2027, 4, 27)
    assert Sluitingsdag.objects.get(datum=day, team=None).vrij
    with time_machine.travel(MONDAY, tick=False):
        termijnen.set_closing_day(
            actor=make_user("beheerder"),
            datum=day,
            naam="Koningsdag",
            vrij=False,
            team=team,
        )
    assert termijnen.kalender(team).is_open_on(day)
    assert not termijnen.kalender().is_open_on(day)


def test_hours_that_end_before_they_begin_are_refused(make_user):
    with pytest.raises(ValidationError, match="eindtijd"):
        termijnen.set_hours(
            actor=make_user("beheerder"),
            team=None,
            hours={0: (datetime.time(13), datetime.time(9))},
        )


def test_only_a_beheerder_changes_hours_and_periods(make_user):
    user = make_user("loketmedewerker")
    with pytest.raises(PermissionDenied):
        termijnen.set_hours(actor=user, team=None, hours={})
    with pytest.raises(PermissionDenied):
        termijnen.set_rules(actor=user, antwoord_werkdagen=5, periods={})


def test_steps_out_of_order_are_refused(make_user):
    with pytest.raises(ValidationError, match="volgorde"):
        termijnen.set_rules(
            actor=make_user("beheerder"),
            antwoord_werkdagen=5,
            periods={"herinnering": 10, "tweede_herinnering": 5, "sluiten": 15},
        )


# -- silence -------------------------------------------------------------------------


def test_silence_is_reminded_after_5_and_10_working_days_and_closed_after_15(
    waiting, run
):
    seen = {}
    for hour in range(24 * 24):
        done = run(at(hours=hour))
        seen |= {act: hour for act in done if done[act]} if done else {}
        if done:
            assert sum(done.values()) == 1
    assert len(mails("herinnering")) == 2
    assert len(mails("gesloten-stil")) == 1
    waiting.refresh_from_db()
    assert waiting.status == VraagStatus.GESLOTEN
    assert [m.about for m in mails("herinnering")] == [waiting.key] * 2
    events = waiting.gebeurtenissen.filter(soort__in=["remind", "close_silent"])
    assert [row.created_at for row in events] == [at(7), at(14), at(21)]
    first, second = mails("herinnering")
    assert "De klok staat stil" in first.text
    assert "Hebben wij op maandag 1 februari nog geen reactie?" in second.text
    assert waiting.wachtperiodes.get().end == at(21)


def test_the_steps_come_one_at_a_time_when_the_task_did_not_run_for_weeks(waiting, run):
    assert run(at(weeks=6)) == {"remind": 1}
    assert run(at(weeks=6, hours=1)) == {}
    assert run(at(weeks=6, days=6)) == {}
    assert run(at(weeks=7)) == {"remind": 1}
    assert run(at(weeks=7, days=6)) == {}
    assert run(at(weeks=8)) == {"close_silent": 1}
    assert run(at(weeks=30)) == {}


def test_a_clock_that_jumps_back_sends_nothing_twice(waiting, run):
    assert run(at(weeks=1)) == {"remind": 1}
    for moment in (at(), at(weeks=-3), at(weeks=1), at(weeks=1, days=3)):
        assert run(moment) == {}
    assert run(at(weeks=2)) == {"remind": 1}
    assert len(mails("herinnering")) == 2


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_any_reply_goes_on_with_the_question(waiting, run, weeks):
    for week in range(1, weeks + 1):
        run(at(weeks=week))
    with time_machine.travel(at(weeks=weeks, hours=1), tick=False):
        services.add_reply(person=asker(waiting), vraag=waiting, text="Hier ben ik.")
    waiting.refresh_from_db()
    assert waiting.status == (
        VraagStatus.HEROPEND if weeks == 3 else VraagStatus.IN_BEHANDELING
    )
    assert not waiting.wachtperiodes.filter(end=None).exists()
    before = len(mails("herinnering")) + len(mails("gesloten-stil"))
    for week in range(weeks, 9):
        with time_machine.travel(at(weeks=week, hours=2), tick=False):
            services.act_on_silence()
    assert len(mails("herinnering")) + len(mails("gesloten-stil")) == before


def test_a_second_question_back_starts_the_steps_anew(waiting, run, expert):
    run(at(weeks=1))
    with time_machine.travel(at(weeks=1, hours=1), tick=False):
        services.add_reply(person=asker(waiting), vraag=waiting, text="Dit.")
        services.answer(
            user=expert(), vraag=waiting, text="En dat?", question_back=True
        )
    assert run(at(weeks=2)) == {}
    assert run(at(weeks=2, hours=1)) == {"remind": 1}


def test_the_periods_are_data(waiting, run, make_user):
    termijnen.set_rules(
        actor=make_user("beheerder"),
        antwoord_werkdagen=5,
        periods={"herinnering": 1, "tweede_herinnering": 2, "sluiten": 3},
    )
    assert [run(at(days=day)) for day in (0, 1, 2, 3)] == [
        {},
        {"remind": 1},
        {"remind": 1},
        {"close_silent": 1},
    ]


def test_what_goes_wrong_with_one_question_does_not_stop_the_others(
    waiting, ask, expert, run, monkeypatch
):
    with time_machine.travel(MONDAY, tick=False):
        other = ask(email="ander@meppel.example")
        services.answer(user=expert(), vraag=other, text="Welk?", question_back=True)
    real = services.clock.mail_asker

    def broken(vraag, *args, **kwargs):
        if vraag.pk == waiting.pk:
            raise OSError("kapot")
        return real(vraag, *args, **kwargs)

    monkeypatch.setattr(services.clock, "mail_asker", broken)
    assert run(at(weeks=1)) == {"mislukt": 1, "remind": 1}
    assert waiting.wachtperiodes.get().herinneringen == 0
    monkeypatch.undo()
    assert run(at(weeks=1, hours=1)) == {"remind": 1}


# -- late ----------------------------------------------------------------------------


@pytest.fixture
def taken(ask, expert):
    """A question of Monday ten o'clock with an owner; due a week later."""
    with time_machine.travel(MONDAY, tick=False):
        vraag, sanne = ask(), expert(email="sanne@voorbeeld.nl")
        services.take(user=sanne, vraag=vraag)
    vraag.refresh_from_db()
    vraag.sanne = sanne
    return vraag


def test_staff_hear_a_working_day_before_and_the_asker_before_it_slips(taken, run):
    told = {}
    for hour in range(24 * 9):
        for act, count in run(at(hours=hour)).items():
            assert count == 1
            assert act not in told
            told[act] = at(hours=hour)
    # Due on Monday at ten: a working day before is just after Friday at ten, two
    # working hours before it is just after Friday at four.
    assert told == {"warn": at(days=4, hours=1), "tell_later": at(days=4, hours=7)}
    assert told["tell_later"] < taken.due_at
    (mail,) = mails("later")
    assert mail.to == [taken.contact.email]
    assert "maandag 18 januari" in mail.text
    assert "Wij weten nog niet op welke dag" in mail.text
    warning = Mailbericht.objects.filter(to__icontains="sanne").last()
    assert "bijna te laat" in warning.subject


def test_the_owner_names_a_day_and_the_asker_hears_it_once(taken, run):
    with time_machine.travel(at(days=4), tick=False):
        day = at(days=9).date()
        services.expect_later(user=taken.sanne, vraag=taken, verwacht_op=day)
        with pytest.raises(ValidationError, match="weet al"):
            services.expect_later(user=taken.sanne, vraag=taken, verwacht_op=day)
    assert "tell_later" not in {
        act for hour in range(96, 240) for act in run(at(hours=hour))
    }
    (mail,) = mails("later")
    assert "U krijgt antwoord uiterlijk op woensdag 20 januari." in mail.text
    before = taken.due_at
    taken.refresh_from_db()
    assert taken.due_at == before
    assert termijnen.told_late(taken).verwacht_op == day


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "na de dag"), (-1, "na de dag"), (12, "werkt het team niet")],
)
def test_a_day_that_promises_nothing_is_refused(taken, days, words):
    with (
        time_machine.travel(at(days=4), tick=False),
        pytest.raises(ValidationError, match=words),
    ):
        services.expect_later(
            user=taken.sanne, vraag=taken, verwacht_op=at(days=days).date()
        )
    assert mails("later") == []


def test_a_stranger_names_no_day(taken, make_user):
    with pytest.raises(PermissionDenied):
        services.expect_later(
            user=make_user("deskundige"), vraag=taken, verwacht_op=at(days=9).date()
        )


def test_an_answered_or_waiting_question_is_not_late(taken, run):
    with time_machine.travel(at(days=3), tick=False):
        services.answer(user=taken.sanne, vraag=taken, text="Welk?", question_back=True)
    assert run(at(days=6, hours=12)) == {}
    with time_machine.travel(at(days=8), tick=False):
        services.answer(user=taken.sanne, vraag=taken, text="Ja.")
    assert run(at(weeks=3)) == {}


def test_a_week_without_the_task_warns_first_and_tells_once(taken, run):
    assert run(at(weeks=2)) == {"warn": 1}
    assert run(at(weeks=2, hours=1)) == {"tell_later": 1}
    for moment in (at(weeks=2, hours=2), at(weeks=-1), at(days=4, hours=8)):
        assert run(moment) == {}
    assert len(mails("later")) == 1


def test_after_a_pause_staff_are_warned_again_and_the_asker_is_not(taken, run):
    run(at(days=4, hours=5))
    run(at(days=4, hours=7))
    with time_machine.travel(at(days=4, hours=7), tick=False):
        services.answer(user=taken.sanne, vraag=taken, text="Welk?", question_back=True)
    with time_machine.travel(at(days=9), tick=False):
        services.add_reply(person=asker(taken), vraag=taken, text="Dit.")
    assert run(at(days=9, hours=1)) == {"warn": 1}
    assert run(at(days=9, hours=2)) == {}
    assert len(mails("later")) == 1


def test_an_urgent_question_is_not_warned_of_with_its_arrival(ask, run):
    with time_machine.travel(MONDAY, tick=False):
        ask(text="Er moet vandaag nog opvang zijn voor een dakloos gezin")
    assert run(at(hours=1)) == {}
    assert run(at(hours=5)) == {"warn": 1}


def test_a_run_asks_little_of_a_full_desk(ask, django_assert_max_num_queries):
    with time_machine.travel(MONDAY, tick=False):
        for number in range(5):
            ask(email=f"vrager{number}@meppel.example")
    with (
        time_machine.travel(at(hours=1), tick=False),
        django_assert_max_num_queries(8),
    ):
        services.act_on_silence()
        services.tell_slips()


def test_the_sum_of_a_promise_survives_a_calendar_kept_as_data(ask):
    stand = ask().toezeggingen.first().kalender
    again = stand.kalender
    assert again.closed == termijnen.kalender().closed
    assert again.hours == dict(klok.OFFICE_HOURS)
    assert Toezegging.objects.values("kalender").distinct().count() == 1


def test_the_defaults_are_5_10_and_15():
    assert Termijnregel().silence_days == (5, 10, 15)
    assert not Termijnregel.objects.exists()


# -- on the page ---------------------------------------------------------------------


def test_staff_name_a_later_day_on_the_page_and_the_asker_reads_it(
    taken, client, open_link
):
    with time_machine.travel(at(days=4), tick=False):
        client.force_login(taken.sanne)
        page = f"/werkplek/{taken.reference}/"
        text = client.get(page).content.decode()
        assert "Eerste reactie uiterlijk woensdag 13 januari 2027" in text
        assert "Noem een latere dag" in text
        refused = client.post(f"{page}later/", {"verwacht_op": "2027-01-18"})
        assert refused.status_code == 422
        assert "Kies een dag na de dag die wij beloofden." in refused.content.decode()
        answer = client.post(f"{page}later/", {"verwacht_op": "2027-01-20"})
        assert answer.status_code == 302
        text = client.get(page).content.decode()
        assert "Noem een latere dag" not in text
        assert "uiterlijk op woensdag 20 januari" in text
        client.logout()
        taken.token = services.parts.new_read_link(taken)
        open_link(taken)
        text = client.get(f"/loket/vraag/{taken.reference}/").content.decode()
        assert "U krijgt antwoord uiterlijk op woensdag 20 januari." in text
