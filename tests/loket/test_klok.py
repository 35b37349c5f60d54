import csv
import datetime
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from loket import feestdagen, klok

TABLE = Path(__file__).parent / "data" / "clock.tsv"
ROWS = list(csv.DictReader(TABLE.open(), delimiter="\t"))
OPEN = klok.Kalender()


def test_every_row_of_the_clock_table(capsys):
    call_command("due", str(TABLE))
    answers = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {row["id"]: row["due"] for row in ROWS} == {
        key: row["due"] for key, row in answers.items()
    }
    assert all(
        row["sentence"].startswith("Antwoord uiterlijk ") for row in answers.values()
    )


def test_a_broken_row_is_named(tmp_path):
    broken = tmp_path / "x.tsv"
    broken.write_text("id\tstart\tminutes\tpauses\na\tgisteren\t10\t\n")
    with pytest.raises(CommandError, match=r"x\.tsv:2"):
        call_command("due", str(broken))


@pytest.mark.parametrize(
    ("year", "day", "name"),
    [
        (2025, (4, 26), "Koningsdag"),
        (2026, (4, 27), "Koningsdag"),
        (2026, (4, 3), "Goede Vrijdag"),
        (2026, (4, 6), "Tweede Paasdag"),
        (2030, (5, 5), "Bevrijdingsdag"),
        (2027, (5, 6), "Hemelvaartsdag"),
        (2026, (12, 26), "Tweede Kerstdag"),
    ],
)
def test_holidays(year, day, name):
    assert feestdagen.holidays_of(year)[datetime.date(year, *day)] == name


def test_bevrijdingsdag_only_in_lustrum_years():
    assert datetime.date(2028, 5, 5) not in feestdagen.holidays_of(2028)


moments = st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2027, 12, 31))


@given(moments, st.integers(0, 5000))
def test_the_due_moment_has_exactly_the_promised_minutes_before_it(start, minutes):
    start = start.replace(second=0, microsecond=0)
    result = klok.due(start, minutes, [], OPEN)
    assert klok.minutes_between(start, result.at, [], OPEN) == minutes
    assert result.at.weekday() < 5
    assert datetime.time(9) <= result.at.time() <= datetime.time(17)


@given(moments, st.integers(1, 2000), st.lists(st.tuples(moments, moments), max_size=4))
def test_pauses_never_make_it_earlier_and_count_once(start, minutes, pauses):
    start = start.replace(second=0, microsecond=0)
    plain = klok.due(start, minutes, [], OPEN)
    paused = klok.due(start, minutes, pauses, OPEN)
    assert paused.at >= plain.at
    assert klok.due(start, minutes, pauses + pauses, OPEN).at == paused.at


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (2400, "5 werkdagen"),
        (480, "1 werkdag"),
        (120, "2 uur werktijd"),
        (90, "90 minuten werktijd"),
    ],
)
def test_the_promise_in_words(minutes, words):
    assert klok.promise(minutes) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0, 1, 2, 3, 4), "maandag tot en met vrijdag"),
        ((0, 1, 3), "maandag, dinsdag en donderdag"),
        ((3, 4), "donderdag en vrijdag"),
        ((6,), "zondag"),
    ],
)
def test_days_in_a_row_are_said_as_one(days, words):
    hours = dict.fromkeys(days, (datetime.time(9), datetime.time(17)))
    assert klok.hours_in_words(hours) == f"{words} van 9.00 tot 17.00 uur"


def test_the_sentence_names_holidays_and_pauses():
    calendar = klok.Kalender({datetime.date(2026, 4, 27): "Koningsdag"})
    start = datetime.datetime(2026, 4, 24, 9)
    pause = (datetime.datetime(2026, 4, 24, 10), datetime.datetime(2026, 4, 24, 12))
    result = klok.due(start, 960, [pause], calendar)
    assert "zonder Koningsdag" in result.sentence
    assert "de klok stond 2 uur werktijd stil" in result.sentence


@pytest.mark.parametrize("minutes", [-1])
def test_nonsense_is_refused(minutes):
    with pytest.raises(ValueError, match="negatief"):
        klok.due(datetime.datetime(2026, 1, 5, 9), minutes, [], OPEN)
