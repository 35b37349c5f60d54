"""Delivery that is killed (kill -9) between any two of its steps: nothing is lost, and
twice only what the server had taken before we could note it."""

import collections
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sink import Running

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("MAIL_KILLS", "30"))
MAILS = int(os.environ.get("MAIL_COUNT", "150"))
POINTS = [
    (step, when)
    for step in (
        "claim", "lees", "verbinding", "mail", "rcpt", "data", "begin", "overgedragen",
        "vastgelegd", "klaar",
    )
    for when in ("before", "after")
] + [("half", "before")]  # fmt: skip
# The server said 250, and we did not note it yet.
BETWEEN = {("data", "after"), ("overgedragen", "after"), ("vastgelegd", "before")}


@pytest.fixture(scope="module")
def rig(tmp_path_factory):
    """run(order) → one round of delivery in a process of its own; sink: what arrived."""
    folder = tmp_path_factory.mktemp("mailkills")
    with Running() as server:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "core" / "mail_kills.py")],
            cwd=ROOT,
            env={
                **{
                    k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")
                },
                "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "SECRET_KEY": "x" * 60,
                "THUISLOKET_DATA": str(folder),
                "DATABASE_URL": f"sqlite:///{folder / 'proef.sqlite3'}",
                "MAIL_KILLS_PORT": str(server.port),
                "LOG_LEVEL": "ERROR",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def run(make=(), at="", when="", nth=1, hour=False, report=False):
            order = {
                "make": list(make), "at": at, "when": when, "nth": nth,
                "hour": hour, "report": report,
            }  # fmt: skip
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, "het proces van de bezorging is gestopt"
            return json.loads(line)

        yield run, server.sink
        process.stdin.close()
        process.wait(timeout=30)


def ids(sink):
    return collections.Counter(m["Message-ID"].strip() for m in sink.messages())


@pytest.mark.parametrize(("step", "when"), POINTS, ids=lambda value: value)
def test_killed_at_one_step_it_arrives_all_the_same(rig, step, when):
    run, sink = rig
    sink.received.clear()
    number = 900_000 + POINTS.index((step, when))
    order = [(number, f"n{number}@voorbeeld.nl", True, False)]
    assert run(order, at=step, when=when)["killed"]
    after = run(report=True)
    (message_id,) = [
        k for k, row in after["rows"].items() if row[2] == f"vraag:{number}"
    ]
    status, resent, *_ = after["rows"][message_id]
    assert status == "verzonden"
    assert after["waiting"] == 0
    twice = (step, when) in BETWEEN
    assert ids(sink) == {message_id: 2 if twice else 1}
    if twice:
        assert resent


def test_killed_between_act_and_mail_there_is_both_or_neither(rig):
    run, sink = rig
    sink.received.clear()
    run(
        [
            (910_001, "a@voorbeeld.nl", True, True),
            (910_002, "b@voorbeeld.nl", True, False),
        ]
    )
    assert [m["To"] for m in sink.messages()] == ["b@voorbeeld.nl"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_mails_are_joined_none_of_them_is_lost(rig, when):
    run, sink = rig
    sink.received.clear()
    address = f"samen-{when}@voorbeeld.nl"
    base = 920_000 if when == "before" else 921_000
    run([(base + n, address, True, False) for n in range(8)])
    assert len(sink.received) == 3
    assert run(at="samen", when=when, hour=True)["killed"]
    after = run(report=True)
    assert len(sink.received) == 4
    rows = [
        row
        for row in after["rows"].values()
        if row[2].startswith(f"vraag:{base // 1000}")
    ]
    joined = {row[3] for row in rows if row[0] == "verzameld"}
    assert len(rows) == 8
    assert len(joined) == 1
    assert after["rows"][joined.pop()][0] == "verzonden"


def test_many_mails_and_many_kills(rig):
    run, sink = rig
    sink.received.clear()
    chance = random.Random(20261126)
    # The windows with two of one mail are aimed at, and each mail is in one at most.
    kills = [POINTS[n % len(POINTS)] for n in range(KILLS)]
    chance.shuffle(kills)
    share, made, between = -(-MAILS // max(KILLS, 1)), 0, 0
    for step, when in kills:
        orders = [
            (made + n, f"n{made + n}@voorbeeld.nl", chance.random() < 0.5, False)
            for n in range(share)
        ]
        made += share
        # The first in line were killed before: deliver those first, then aim at a new one.
        run()
        result = run(orders, at=step, when=when, nth=chance.randint(1, share))
        assert result["killed"], (step, when)
        between += (step, when) in BETWEEN
    after = run(report=True)
    counts = ids(sink)
    ours = {
        key: row
        for key, row in after["rows"].items()
        if row[2] and int(row[2].removeprefix("vraag:")) < 900_000
    }
    twice = [key for key, number in counts.items() if number == 2]
    lost = set(ours) - set(counts)
    print(
        f"\n{made} mails, {KILLS} keer kill -9: kwijt {len(lost)}, dubbel {len(twice)}"
        f" (tussen 250 en vastleggen: {between}), vaker {sum(n > 2 for n in counts.values())}"
    )
    assert len(ours) == made
    assert lost == set()
    assert max(counts.values()) <= 2
    assert len(twice) == between
    assert all(ours[key][1] for key in twice)
    assert all(row[0] == "verzonden" for row in ours.values())
    assert after["waiting"] == 0
