"""A full desk: made-up questions, and pages that cost the same however many there are."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket import volume
from loket.models import Bericht, Vraag
from loket.states import OPEN

pytestmark = pytest.mark.django_db


def fill(count: int, seed: int = 1) -> None:
    volume.fill(count=count, seed=seed, progress=lambda made: None)


def test_every_made_up_question_has_a_ticket_and_its_messages():
    fill(200)
    assert Vraag.objects.count() == 200
    done = Vraag.objects.exclude(status__in=OPEN).count()
    assert 0 < done < 200
    assert Bericht.objects.count() == 200 + done
    assert not Bericht.objects.filter(followup=None).exists()


def test_the_same_seed_gives_the_same_questions():
    fill(20, seed=7)
    first = list(Vraag.objects.order_by("pk").values_list("titel", "status"))
    Bericht.objects.all().delete()
    Vraag.objects.all().delete()
    fill(20, seed=7)
    assert list(Vraag.objects.order_by("pk").values_list("titel", "status")) == first


def test_it_refuses_beside_a_real_question(ask):
    ask()
    with pytest.raises(CommandError, match="echte mensen") as fault:
        call_command("load_volume", "--tickets", "5")
    assert fault.value.returncode == 2
    assert Vraag.objects.count() == 1


@pytest.mark.parametrize("tickets", ["0", "-3"])
def test_it_says_what_is_wrong_with_a_number(tickets):
    with pytest.raises(CommandError, match="vanaf 1"):
        call_command("load_volume", f"--tickets={tickets}")


def test_the_pile_and_a_question_cost_the_same_with_10_and_with_1000(
    client, make_user, index
):
    client.force_login(make_user("loketmedewerker"))

    def cost() -> dict[str, int]:
        counts = {}
        for path in (
            "/werkplek/?weergave=niet-toegewezen",
            "/werkplek/?weergave=afgerond",
            f"/werkplek/{one.reference}/",
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200, path
            counts[path] = len(queries)
        return counts

    fill(60)
    one = Vraag.objects.filter(status__in=OPEN).latest("pk")
    few = cost()
    fill(1_000, seed=2)
    assert cost() == few
