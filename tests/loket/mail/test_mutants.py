"""Broken mails: none raises, none takes more than 2 s or 300 MB.

``make soak`` runs 20,000 (MAIL_MUTANTS); the suite runs 1,000.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.mail.judging import Eigen, judge
from loket.mail.message import Mail, Soort
from loket.mail.parsing import NOT_SPLIT, parse
from tests.loket.mail import mutator

ROOT = Path(__file__).parents[3]
COUNT = int(os.environ.get("MAIL_MUTANTS", "1000"))
SEED = int(os.environ.get("MAIL_SEED", "20261126"))
SECONDS = 2.0
MEGABYTES = 300
OWN = Eigen(addresses=frozenset({"loket@thuisloket.example.nl"}))


def read_one(raw: bytes) -> tuple[Mail, str]:
    """The mail, and what is wrong with how it was read (empty: nothing)."""
    try:
        mail = parse(raw)
        verdict = judge(mail, OWN)
    except Exception as error:
        return Mail(), repr(error)
    if "(" in mail.unreadable and mail.unreadable.startswith(
        "De mail is niet te lezen"
    ):
        return mail, mail.unreadable  # an exception that parse() did not foresee
    if NOT_SPLIT in mail.faults:
        return mail, NOT_SPLIT
    for text in (
        mail.text,
        mail.new_text,
        mail.quoted,
        mail.html,
        mail.subject,
        *mail.faults,
    ):
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            return mail, "text that PostgreSQL refuses"
    if mail.unreadable and verdict.soort not in (Soort.ONLEESBAAR, Soort.LUS):
        return mail, "unreadable, but judged as readable"
    return mail, ""


def measure(count: int, seed: int) -> dict[str, object]:
    """Run the mutants in this process; peaks of memory are those of single mails."""
    worst_time, worst_memory, unreadable, wrong = 0.0, 0, 0, []
    for number, raw in enumerate(mutator.mutants(count, seed)):
        Path("/proc/self/clear_refs").write_text("5")
        start = time.process_time()
        mail, fault = read_one(raw)
        took = time.process_time() - start
        status = Path("/proc/self/status").read_text()
        peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
        worst_time, worst_memory = max(worst_time, took), max(worst_memory, peak)
        unreadable += bool(mail.unreadable)
        if fault or took > SECONDS or peak > MEGABYTES:
            wrong.append([number, fault, round(took, 2), peak])
    return {"mutants": count, "unreadable": unreadable, "seconds": round(worst_time, 2), "megabytes": worst_memory, "wrong": wrong}  # fmt: skip


# The peak of memory of one mail can be set back on Linux only, where CI and servers run.
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs Linux")
def test_mutants() -> None:
    """In a process that holds nothing else, so that its memory is that of one mail."""
    code = f"import json; from tests.loket.mail.test_mutants import measure; print(json.dumps(measure({COUNT}, {SEED})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)
    print(figures)
    assert figures["mutants"] == COUNT
    assert figures["wrong"] == []


def test_the_mutator_gives_the_same_mails_for_the_same_seed() -> None:
    assert list(mutator.mutants(20, 1)) == list(mutator.mutants(20, 1))
    assert len(set(mutator.mutants(200, 2))) > 190


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes(raw: bytes) -> None:
    assert read_one(raw)[1] == ""


@given(
    st.lists(
        st.one_of(st.sampled_from(mutator.WORDS), st.binary(max_size=40)), max_size=40
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_row_of_words_of_mail(words: list[bytes]) -> None:
    assert read_one(b"From: a@b.nl\r\nSubject: s\r\n" + b"".join(words))[1] == ""
