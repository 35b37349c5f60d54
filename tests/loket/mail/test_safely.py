"""Reading in a process of its own: the same values, and no mail that stops the next."""

from __future__ import annotations

import io
import os
import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loket.mail.message import Mail
from loket.mail.parsing import parse
from loket.mail.safely import Reader, _OwnValues

CORPUS = Path(__file__).parent / "corpus"
MAIL = b"From: jan@x.nl\nSubject: Gewoon\n\nEen vraag.\n"
PATCHED = """
import sys; sys.path.insert(0, sys.argv[1])
from loket.mail import parsing, worker
def parse(raw):
    if b"TIJD" in raw:
        while True: pass
    if b"GEHEUGEN" in raw:
        bytearray(400 * 1024 * 1024)
    if b"STERF" in raw:
        import os; os._exit(3)
    return parsing.parse(raw)
worker.parse = parse
worker.SECONDS = 0.5
worker.main()
"""


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


@pytest.fixture
def patched() -> Iterator[Reader]:
    made = Reader(PATCHED)
    yield made
    made.close()


def test_the_same_as_parse(reader: Reader) -> None:
    mails = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    assert [reader.read(raw) for raw in mails] == [parse(raw) for raw in mails]


@pytest.mark.parametrize("trouble", [b"TIJD", b"GEHEUGEN", b"STERF"])
def test_a_mail_that_kills_the_process_is_unreadable_and_the_next_is_read(
    patched: Reader, trouble: bytes
) -> None:
    mail = patched.read(b"From: kwaad@x.nl\nSubject: Zwaar\n\n" + trouble)
    assert mail.unreadable == "De mail kost te veel tijd of geheugen om te lezen."
    assert mail.subject == "Zwaar"
    assert mail.froms[0].address == "kwaad@x.nl"
    assert patched.read(MAIL).text == "Een vraag."


def test_a_mail_that_needs_too_much_memory(reader: Reader) -> None:
    """24 MB of headers in parts make more values than the process may hold."""
    head = (
        b"From: jan@x.nl\nSubject: Veel\nContent-Type: multipart/mixed; boundary=g\n\n"
    )
    part = b"--g\n" + b"a:\n" * 330_000 + b"\nx\n"
    mail = reader.read(head + part * 24)
    assert mail.unreadable
    assert mail.subject == "Veel"
    assert reader.read(MAIL).text == "Een vraag."


def test_a_mail_of_more_than_25_mb(reader: Reader) -> None:
    mail = reader.read(MAIL + b"x" * (30 * 1024 * 1024))
    assert mail.unreadable == "De mail is groter dan 25 MB."
    assert mail.subject == "Gewoon"


def test_one_process_reads_many_mails_and_a_dead_one_is_replaced(
    reader: Reader,
) -> None:
    reader.read(MAIL)
    first = reader._process
    reader.read(MAIL)
    assert reader._process is first
    assert first is not None
    first.kill()
    first.wait()
    assert reader.read(MAIL).text == "Een vraag."
    assert reader._process is not first


def test_threads_share_it(reader: Reader) -> None:
    found: list[Mail] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(reader.read(MAIL + b"%d" % n)))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {mail.text.split("\n")[1] for mail in found} == {str(n) for n in range(12)}


def test_a_fork_makes_its_own_process(reader: Reader) -> None:
    """As a web server does that loads the site before it forks."""
    reader.read(MAIL)
    first = reader._process
    assert first is not None
    child = os.fork()
    if not child:
        mail = reader.read(MAIL)
        other = reader._process
        right = (
            mail.text == "Een vraag." and other is not None and other.pid != first.pid
        )
        reader.close()
        os._exit(0 if right else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert reader.read(MAIL).text == "Een vraag."
    assert reader._process is first


def test_the_process_gets_no_secrets(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    reader.read(MAIL)
    assert reader._process is not None
    environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    assert b"geheim" not in environment
    assert b"PATH" in environment


def test_only_values_of_a_mail_come_back() -> None:
    with pytest.raises(pickle.UnpicklingError):
        _OwnValues(io.BytesIO(pickle.dumps(time.sleep))).load()
    assert _OwnValues(io.BytesIO(pickle.dumps(parse(MAIL)))).load() == parse(MAIL)
