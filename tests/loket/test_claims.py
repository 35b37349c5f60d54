"""Who claims at once on SQLite: own connections to one file, as processes have."""

import sqlite3
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from core.models import Gemeente, Mailbericht, Team, User
from core.services import ensure_groups
from experts.models import Teamlid
from loket import services
from loket.models import Vraag

CLAIMANTS = 8

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'",
        reason="other databases: test_of_sixteen_who_claim_at_once_one_wins",
    ),
]


@pytest.fixture(scope="module")
def database_file(django_db_setup, django_db_blocker, tmp_path_factory):
    """The filled site as a file, copied while no test has a transaction open."""
    path = tmp_path_factory.mktemp("claims") / "site.sqlite3"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        target = sqlite3.connect(path)
        connection.connection.backup(target)
        target.close()
    return path


@pytest.fixture
def on_file(database_file):
    """on_file(act, …) → run the acts at once, each in a thread with its own connection.

    Returns what each gave back, or the exception that it raised.
    """

    def run(*acts):
        results = [None] * len(acts)
        together = threading.Barrier(len(acts))

        def one(number, act):
            own = connections["default"]
            own.settings_dict = {**own.settings_dict, "NAME": str(database_file)}
            try:
                own.ensure_connection()
                together.wait(timeout=30)
                results[number] = act()
            except Exception as error:
                results[number] = error
            finally:
                own.close()

        threads = [
            threading.Thread(target=one, args=numbered) for numbered in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run


def _question() -> Vraag:
    asker = services.Asker(
        email="annemiek@meppel.example", gemeente=Gemeente.objects.get(code="GM0119")
    )
    return services.ask(asker=asker, text="Hoe regelen wij uitstroom uit detentie?")[0]


def _experts(team: Team) -> list[User]:
    group = ensure_groups()["deskundige"]
    users = []
    for number in range(CLAIMANTS):
        user = User.objects.create_user(
            f"claim{number}@example.nl", None, name=f"Deskundige {number}"
        )
        user.groups.add(group)
        Teamlid.objects.create(team=team, user=user)
        users.append(user)
    return users


def test_of_those_who_claim_at_once_one_wins(on_file):
    def prepare():
        vraag = _question()
        return vraag, _experts(vraag.team)

    ((vraag, users),) = on_file(prepare)

    def claim(user):
        return lambda: services.take(user=user, vraag=Vraag.objects.get(pk=vraag.pk))

    results = on_file(*(claim(user) for user in users))
    won = [user for user, result in zip(users, results, strict=True) if result is None]
    assert len(won) == 1, results
    lost = [result for result in results if result is not None]
    assert all(isinstance(result, ValidationError) for result in lost), results
    assert {result.message for result in lost} == {
        f"{won[0].name} heeft deze vraag net genomen."
    }

    def look():
        now = Vraag.objects.get(pk=vraag.pk)
        return now.owner_id, now.gebeurtenissen.filter(soort="take").count()

    assert on_file(look) == [(won[0].pk, 1)]


def test_a_form_that_is_sent_twice_at_once_gives_one_question(on_file, monkeypatch):
    new_question, both = services.asking._new_question, threading.Barrier(2)

    def together(**what):
        both.wait(timeout=30)
        return new_question(**what)

    monkeypatch.setattr(services.asking, "_new_question", together)

    def send():
        asker = services.Asker(
            email="twee@meppel.example", gemeente=Gemeente.objects.get(code="GM0119")
        )
        vraag, token = services.ask(
            asker=asker, text="Hoe regelen wij uitstroom?", idempotency_key="twee"
        )
        return vraag.pk, bool(token)

    first, second = on_file(send, send)
    assert first == second, (first, second)

    def look():
        mails = Mailbericht.objects.filter(
            template="loket/ontvangen", to__icontains="twee@meppel.example"
        )
        return Vraag.objects.filter(idempotency_key="twee").count(), mails.count()

    assert on_file(look) == [(1, 1)]
