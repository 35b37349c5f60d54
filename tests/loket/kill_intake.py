"""Take mail from a real mailbox with processes that are killed between any two calls.

Run by test_mailboxes.py in a process of its own, on a database file that outlives them.
Prints what was found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.storage import FileSystemStorage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402
from imapclient import IMAPClient  # noqa: E402

from core import outbox  # noqa: E402
from core.models import Contact, Mailbericht  # noqa: E402
from loket import services  # noqa: E402
from loket.mailboxes import fetching, imap  # noqa: E402
from loket.mailboxes.fetching import read_all  # noqa: E402
from loket.models import Bericht, InkomendBericht, Vraag  # noqa: E402
from loket.services import mail_in  # noqa: E402
from tests.content import fill_site  # noqa: E402
from tests.loket.mails import make, token_of  # noqa: E402

STEPS = [
    *((IMAPClient, name) for name in (
        "login", "select_folder", "search", "fetch", "add_flags", "move",
        "create_folder", "logout",
    )),
    *((mail_in, name) for name in (
        "receive", "_write", "handle", "_apply", "read_safely", "judge", "ask",
        "add_reply", "keep_rest",
    )),
    (imap.ImapMailbox, "done"),
    (fetching, "_note"),
    (FileSystemStorage, "_save"),
    (BaseDatabaseWrapper, "commit"),
    (transaction.Atomic, "__enter__"),
    (transaction.Atomic, "__exit__"),
    (os, "fsync"),
    (outbox, "enqueue"),
]  # fmt: skip


def kill_at(number: int) -> None:
    """Have this process killed just before or after the n-th call of a step."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrap(function):
        def call(*args, **kwargs):
            tick()
            result = function(*args, **kwargs)
            tick()
            return result

        return call

    for owner, name in STEPS:
        setattr(owner, name, wrap(getattr(owner, name)))


def child(number: int | None) -> int:
    """A process that reads all mailboxes; returns its id."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        if number is not None:
            kill_at(number)
        read_all()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    kills, mails = int(os.environ["MAIL_KILLS"]), int(os.environ["MAIL_COUNT"])
    choose = random.Random(int(os.environ.get("MAIL_SEED", "6")))
    maildir = Path(os.environ["MAILDIR_OF_TEST"])
    owner = maildir.stat()
    call_command("migrate", verbosity=0)
    fill_site()
    vraag, _token = services.ask(
        asker=services.Asker(email="annemiek@meppel.example"), text="De eerste vraag?"
    )
    raws = {}
    for number in range(mails):
        mark = f"merk{number:05}x"
        sender = f"p{number}@elders.example"
        if number % 3 == 0:
            raw = make(mark, to=token_of(vraag))
        else:
            raw = make(mark, sender=sender, subject=f"Vraag {mark}")
        raws[mark] = raw
        name = f"{time.time_ns()}.{number}.proef"
        (maildir / "tmp" / name).write_bytes(raw)
        os.chown(maildir / "tmp" / name, owner.st_uid, owner.st_gid)
        (maildir / "tmp" / name).rename(maildir / "new" / name)
    killed = 0
    while killed < kills:
        pids = [child(choose.randint(1, 110)) for _ in range(choose.choice((1, 1, 2)))]
        for pid in pids:
            _pid, status = os.waitpid(pid, 0)
            assert not os.WEXITSTATUS(status), "a reader failed by itself"
            killed += os.WIFSIGNALED(status)
        if not any((maildir / "new").iterdir()) and not any(
            "T" not in entry.name for entry in (maildir / "cur").iterdir()
        ):
            break
    began = time.monotonic()
    left = Vraag.objects.count()
    for pid in [child(None), child(None)]:
        os.waitpid(pid, 0)
    read_all()
    took = time.monotonic() - began
    found: Counter[str] = Counter()
    for text in Bericht.objects.values_list("text", flat=True):
        found.update([text.strip()] if text.startswith("merk") else [])
    confirmed = Counter(
        Mailbericht.objects.filter(template="loket/ontvangen").values_list(
            "about", flat=True
        )
    )
    kept = {}
    for row in InkomendBericht.objects.filter(herhaling=False):
        with row.raw.open("rb") as file:
            kept[row.sha256] = file.read()
    files = sum(1 for path in Path(settings.PRIVATE_ROOT).rglob("*.eml"))
    json.dump(
        {
            "killed": killed,
            "mails": mails,
            "lost": sum(1 for mark in raws if not found[mark]),
            "double": sum(1 for mark in raws if found[mark] > 1),
            "confirmed_double": sum(1 for n in confirmed.values() if n > 1),
            # The server gives lines as they go over the wire.
            "not_identical": sum(
                1
                for raw in raws.values()
                if raw.replace(b"\n", b"\r\n") not in kept.values()
            ),
            "unhandled": InkomendBericht.objects.filter(uitkomst="").count(),
            "outcomes": dict(
                Counter(InkomendBericht.objects.values_list("uitkomst", flat=True))
            ),
            "left_over_files": files - len(kept),
            "in_inbox": sum(
                1 for name in ("new", "cur") for _ in (maildir / name).iterdir()
            ),
            "in_done": sum(
                1
                for name in ("new", "cur")
                for _ in (maildir / ".Verwerkt" / name).iterdir()
            ),
            "contacts": Contact.objects.count(),
            "rest": [Vraag.objects.count() - left, round(took, 1)],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
