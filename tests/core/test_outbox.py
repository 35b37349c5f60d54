import datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from core import outbox
from core.models import Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(monkeypatch):
    """Keys delivered to kind 'proef', and a switch to make it fail."""
    calls: list[str] = []
    state = {"error": None}

    def deliver(row):
        if state["error"]:
            raise state["error"]
        calls.append(row.key)

    monkeypatch.setitem(outbox._handlers, "proef", deliver)
    return calls, state


def test_rows_are_delivered_once_and_in_order(seen):
    calls, _ = seen
    for key in "abc":
        outbox.enqueue(kind="proef", key=key)
    assert outbox.drain() == 3
    assert outbox.drain() == 0
    assert calls == ["a", "b", "c"]


def test_nothing_is_written_when_the_act_fails(seen):
    def act():
        with transaction.atomic():
            outbox.enqueue(kind="proef", key="a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Outbox.objects.filter(kind="proef").exists()


def test_waiting_rows_with_the_same_dedupe_key_become_one(seen):
    calls, _ = seen
    outbox.enqueue(kind="proef", key="a", dedupe_key="zelfde")
    outbox.enqueue(kind="proef", key="a", dedupe_key="zelfde")
    outbox.drain()
    outbox.enqueue(kind="proef", key="a", dedupe_key="zelfde")
    outbox.drain()
    assert calls == ["a", "a"]


def test_a_failure_is_tried_again_later_with_growing_delay(seen):
    calls, state = seen
    state["error"] = ConnectionError("server weg")
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False) as clock:
        outbox.enqueue(kind="proef", key="a")
        delays = []
        for _ in range(3):
            outbox.deliver_due()
            row = Outbox.objects.get(kind="proef")
            delays.append((row.available_at - timezone.now()).total_seconds())
            clock.move_to(row.available_at)
        state["error"] = None
        outbox.deliver_due()
    assert delays == [10, 60, 300]
    assert calls == ["a"]


def test_a_row_dies_after_the_last_attempt_and_can_be_revived(seen):
    calls, state = seen
    state["error"] = ConnectionError("server weg")
    outbox.enqueue(kind="proef", key="a")
    for _ in range(outbox.MAX_ATTEMPTS):
        Outbox.objects.update(available_at=timezone.now())
        outbox.deliver_due()
    row = Outbox.objects.get(kind="proef")
    assert row.dead_at is not None
    assert "server weg" in row.last_error
    state["error"] = None
    outbox.retry(row=row)
    assert outbox.drain() == 1
    assert calls == ["a"]


def test_undeliverable_dies_at_once_and_others_go_on(seen):
    calls, _state = seen
    outbox.enqueue(kind="onbekend", key="x")
    outbox.enqueue(kind="proef", key="a")
    outbox.drain()
    assert Outbox.objects.get(kind="onbekend").dead_at is not None
    assert calls == ["a"]


def test_a_row_that_somebody_else_holds_is_left_alone_until_the_lock_ends(seen):
    calls, _ = seen
    outbox.enqueue(kind="proef", key="a")
    Outbox.objects.update(locked_until=timezone.now() + datetime.timedelta(minutes=1))
    assert outbox.drain() == 0
    Outbox.objects.update(locked_until=timezone.now() - datetime.timedelta(seconds=1))
    assert outbox.drain() == 1
    assert calls == ["a"]


def test_only_one_of_two_claims_wins(seen):
    outbox.enqueue(kind="proef", key="a")
    row = Outbox.objects.get(kind="proef")
    now = timezone.now()
    assert outbox._claim(row, now) is True
    assert outbox._claim(row, now) is False
