"""Mail from where it lies: a real IMAP server, a folder, and what goes wrong there."""

import datetime
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone
from imapclient import IMAPClient

from loket import postbussen
from loket.mailboxes.fetching import read_all, read_mailbox
from loket.mailboxes.imap import ImapMailbox
from loket.mailboxes.places import (
    LoginRefused,
    MailboxError,
    name_of,
    open_mailbox,
    users_of,
)
from loket.models import InkomendBericht, Postbus, Vraag
from loket.services import mail_in
from tests import services

from .mails import make

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("MAIL_KILLS", "6"))


@pytest.fixture
def server():
    services.need("Dovecot")
    with services.dovecot() as running:
        yield running


@pytest.fixture
def inbox(server, settings):
    settings.MAIL_IN_URL = [server.url]
    return server


def folders(server):
    """How many mails lie in INBOX and in Verwerkt."""
    with IMAPClient("127.0.0.1", port=server.port, ssl=False) as client:
        client.login(server.user, server.password)
        counts = [client.select_folder("INBOX", readonly=True)[b"EXISTS"]]
        if client.folder_exists("Verwerkt"):
            counts.append(client.select_folder("Verwerkt", readonly=True)[b"EXISTS"])
            assert all(
                b"\\Seen" in flags
                for flags in client.get_flags(client.search("ALL")).values()
            )
        return counts


@pytest.mark.django_db
def test_mail_is_taken_in_and_moved_and_the_next_reading_finds_nothing(inbox):
    raws = [make(f"Vraag {n}?", sender=f"p{n}@elders.example") for n in range(3)]
    for raw in raws:
        inbox.deliver(raw)
    assert [result.taken for result in read_all()] == [3]
    assert folders(inbox) == [0, 3]
    kept = []
    for row in InkomendBericht.objects.all():
        with row.raw.open("rb") as file:
            kept.append(file.read())
        assert row.uid
        assert row.uidvalidity
    assert sorted(kept) == sorted(raw.replace(b"\n", b"\r\n") for raw in raws)
    assert [result.taken for result in read_all()] == [0]
    assert Vraag.objects.count() == 3


@pytest.mark.django_db
def test_one_bad_mail_blocks_no_other_and_stays(inbox, monkeypatch):
    for n in range(3):
        inbox.deliver(make(f"Vraag nummer {n}?", sender=f"p{n}@elders.example"))
    receive = mail_in.receive

    def full(raw, **place):
        if b"nummer 1" in raw:
            raise OSError(28, "No space left on device")
        return receive(raw, **place)

    monkeypatch.setattr(mail_in, "receive", full)
    (result,) = read_all()
    assert (result.taken, result.failed) == (2, 1)
    assert folders(inbox) == [1, 2]
    assert Postbus.objects.get().fout == "1 mail bleef liggen"
    monkeypatch.undo()
    (result,) = read_all()
    assert (result.taken, result.failed) == (1, 0)
    assert Vraag.objects.count() == 3
    assert Postbus.objects.get().fout == ""


@pytest.mark.django_db
def test_a_new_uidvalidity_takes_nothing_in_twice(inbox, monkeypatch):
    inbox.deliver(make())
    done = ImapMailbox.done
    monkeypatch.setattr(ImapMailbox, "done", lambda self, letter: None)
    read_all()
    # The server may still write its own list on leaving the mailbox: then once more.
    for validity in range(99, 109):
        for path in inbox.maildir.glob("dovecot*"):
            path.unlink()
        uids = inbox.maildir / "dovecot-uidlist"
        uids.write_text(f"3 V{validity} N7 G0123456789abcdef\n")
        shutil.chown(uids, *map(int, services._mail_owner()))
        read_all()
        if InkomendBericht.objects.count() > 1:
            break
        time.sleep(0.5)
    monkeypatch.setattr(ImapMailbox, "done", done)
    read_all()
    rows = InkomendBericht.objects.order_by("pk")
    assert [row.herhaling for row in rows] == [False, True]
    assert rows[0].uidvalidity != rows[1].uidvalidity
    assert rows[1].uitkomst == "genegeerd"
    assert Vraag.objects.count() == 1
    assert folders(inbox) == [0, 1]


@pytest.mark.django_db
def test_a_server_that_cannot_move_keeps_the_mail_marked(inbox, monkeypatch):
    has = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient,
        "has_capability",
        lambda self, name: name != "MOVE" and has(self, name),
    )
    inbox.deliver(make())
    assert [result.taken for result in read_all()] == [1]
    assert folders(inbox) == [1]
    assert [result.taken for result in read_all()] == [0]
    assert InkomendBericht.objects.get().keer_gezien == 1


@pytest.mark.django_db
def test_mail_that_another_program_opened_is_taken_in_too(inbox):
    inbox.deliver(make())
    with IMAPClient("127.0.0.1", port=inbox.port, ssl=False) as client:
        client.login(inbox.user, inbox.password)
        client.select_folder("INBOX")
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    assert [result.taken for result in read_all()] == [1]


@pytest.mark.django_db
def test_a_login_that_is_refused_is_named_where_people_look(
    client, inbox, settings, make_user
):
    settings.MAIL_IN_URL = [inbox.url.replace(inbox.password, "verkeerd")]
    read_all()
    name = "loket, 127.0.0.1, INBOX"
    ready = client.get("/-/readyz")
    part = ready.json()["parts"]["mail_in"]
    assert ready.status_code == 503
    assert part["mailboxes"] == [
        {
            "name": name,
            "ok": False,
            "error": "de server weigert de naam of het wachtwoord",
        }
    ]
    assert "verkeerd" not in ready.content.decode()
    client.force_login(make_user("beheerder"))
    for path in ("/beheer/", "/beheer/postbussen/"):
        page = client.get(path).content.decode()
        assert name in page
        assert "weigert de naam of het wachtwoord" in page
        assert "verkeerd" not in page
    since = Postbus.objects.get().fout_sinds
    read_all()
    assert Postbus.objects.get().fout_sinds == since
    settings.MAIL_IN_URL = [inbox.url]
    read_all()
    assert client.get("/-/readyz").json()["parts"]["mail_in"]["ok"]


@pytest.mark.django_db
def test_mail_that_waits_too_long_makes_the_desk_not_ready():
    row, _new = mail_in.receive(make(), mailbox="proef")
    assert postbussen.check()["ok"]
    InkomendBericht.objects.filter(pk=row.pk).update(
        received_at=timezone.now() - datetime.timedelta(minutes=11)
    )
    part = postbussen.check()
    assert (part["ok"], part["waiting"]) == (False, 1)
    assert part["oldest_seconds"] >= 660


@pytest.mark.django_db
def test_a_mailbox_that_is_not_read_any_more_is_seen(settings):
    settings.MAIL_IN_URL = ["dir:///bestaat-niet/post"]
    assert not postbussen.check()["ok"]
    Postbus.objects.create(
        naam="map post", gelezen_op=timezone.now() - datetime.timedelta(minutes=16)
    )
    assert "al lang niet gelezen" in postbussen.check()["mailboxes"][0]["error"]
    settings.MAIL_IN_URL = []
    assert postbussen.check()["ok"]


def test_tls_is_asked_of_every_server_but_this_machine(server, monkeypatch):
    secure = server.url.replace("imap://", "imaps://").replace(
        str(server.port), str(server.tls_port)
    )
    with pytest.raises(MailboxError, match="certificaat"), open_mailbox(secure):
        pass
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    with open_mailbox(secure.replace("127.0.0.1", "localhost")) as box:
        assert list(box.letters()) == []
    # Another machine without TLS: it switches before the login, or does not log in.
    monkeypatch.setattr("loket.mailboxes.imap.LOCAL", ())
    monkeypatch.delenv("SSL_CERT_FILE")
    logins = []
    monkeypatch.setattr(IMAPClient, "login", lambda self, *names: logins.append(names))
    with pytest.raises(MailboxError, match="certificaat"), open_mailbox(server.url):
        pass
    assert logins == []


def test_a_server_that_is_away_or_refuses(server):
    with pytest.raises(MailboxError, match="bereiken"):
        open_mailbox(f"imap://x:y@127.0.0.1:{services.free_port()}/INBOX").__enter__()
    with pytest.raises(LoginRefused):
        open_mailbox(server.url.replace("proef", "fout")).__enter__()
    with pytest.raises(MailboxError, match="te openen"):
        open_mailbox(server.url.replace("INBOX", "Weg")).__enter__()


@pytest.mark.parametrize("url", ["pop3://x@y/INBOX", "dir://", "imap:///INBOX", "x"])
def test_an_address_that_is_none_says_so(url):
    with pytest.raises(MailboxError, match="MAIL_IN_URL"):
        open_mailbox(url)


def test_the_name_of_a_mailbox_holds_no_password():
    assert name_of("imaps://loket%40x.nl:g%2Fheim@mail.x.nl/Post") == (
        "loket@x.nl, mail.x.nl, Post"
    )
    assert name_of("dir:///var/spool/loket") == "map loket"


def test_the_address_of_the_login_is_ours():
    assert users_of(["imaps://Loket%40x.nl:g@mail.x.nl/INBOX", "dir:///post"]) == {
        "loket@x.nl"
    }


@pytest.mark.django_db
def test_a_watched_folder_is_read_and_emptied_into_verwerkt(tmp_path, settings):
    settings.MAIL_IN_URL = [f"dir://{tmp_path}"]
    (tmp_path / "1.eml").write_bytes(make(sender="a@elders.example"))
    (tmp_path / "2.eml").write_bytes(make(sender="b@elders.example", subject="Twee"))
    (tmp_path / ".half").write_bytes(b"x")
    (tmp_path / "half.tmp").write_bytes(b"x")
    (tmp_path / "link").symlink_to("/etc/hostname")
    assert [result.taken for result in read_all()] == [2]
    assert sorted(p.name for p in (tmp_path / "Verwerkt").iterdir()) == [
        "1.eml",
        "2.eml",
    ]
    # The same name with other content is another mail; the same bytes are not.
    (tmp_path / "1.eml").write_bytes(make(sender="c@elders.example"))
    shutil.copy(tmp_path / "Verwerkt" / "2.eml", tmp_path / "3.eml")
    assert [result.taken for result in read_all()] == [2]
    assert len(list((tmp_path / "Verwerkt").iterdir())) == 4
    assert Vraag.objects.count() == 3


@pytest.mark.django_db
def test_a_folder_that_is_gone_is_an_error_of_that_mailbox_only(tmp_path, settings):
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "1").write_bytes(make())
    settings.MAIL_IN_URL = [f"dir://{tmp_path}/weg", f"dir://{tmp_path}/post"]
    assert [(r.taken, r.error) for r in read_all()] == [
        (0, "de map bestaat niet"),
        (1, ""),
    ]


@pytest.mark.django_db
def test_a_full_disk_stops_after_a_few_and_leaves_all_mail(tmp_path, monkeypatch):
    for n in range(20):
        (tmp_path / f"{n:02}").write_bytes(make(f"{n}"))
    tried = []

    def full(raw, **place):
        tried.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mail_in, "receive", full)
    result = read_mailbox(f"dir://{tmp_path}")
    assert (result.taken, len(tried)) == (0, 5)
    assert len([p for p in tmp_path.iterdir() if p.is_file()]) == 20


def test_processes_killed_at_any_step_lose_nothing_and_take_nothing_in_twice(
    server, tmp_path
):
    count = int(os.environ.get("MAIL_COUNT", max(30, KILLS * 3)))
    result = subprocess.run(
        [sys.executable, "-m", "tests.loket.kill_intake"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "SECRET_KEY": "k" * 50,
            "THUISLOKET_DATA": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'proef.sqlite3'}",
            "MAIL_IN_URL": server.url,
            "MAILDIR_OF_TEST": str(server.maildir),
            "MAIL_KILLS": str(KILLS),
            "MAIL_COUNT": str(count),
            "LOG_LEVEL": "CRITICAL",
        },
        capture_output=True,
        text=True,
        timeout=3600,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    found = json.loads(result.stdout)
    print(found)
    assert found["killed"] >= min(KILLS, 6)
    assert (found["lost"], found["double"], found["unhandled"]) == (0, 0, 0)
    assert (found["confirmed_double"], found["not_identical"]) == (0, 0)
    assert found["in_inbox"] == 0
    # Two that move the same mail at once may both have copied it there.
    assert found["in_done"] >= count
