"""Real servers for the tests: found, started in a temporary folder, stopped again."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests import elasticsearch

HOW_TO_GET = {
    "PostgreSQL": "apt install postgresql",
    "Redis": "apt install redis-server",
    "Chromium": "apt install chromium",
    "hunspell-nl": "apt install hunspell hunspell-nl",
    "LibreOffice": "apt install libreoffice-writer",
    "Dovecot": "apt install dovecot-imapd",
    "ClamAV": "apt install clamav-daemon",
    "Elasticsearch": "make services, met een JDK vanaf 21 (wijs aan met ES_JAVA_HOME)",
}


def postgres_bin() -> Path | None:
    """Folder of the newest installed PostgreSQL server; None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def absent() -> list[str]:
    """Names of the services that this machine does not have."""
    have = {
        "PostgreSQL": postgres_bin() is not None,
        "Redis": shutil.which("redis-server") is not None,
        "Chromium": chromium() is not None,
        "Dovecot": shutil.which("dovecot") is not None,
        "LibreOffice": shutil.which("soffice") is not None,
        "hunspell-nl": shutil.which("hunspell") is not None
        and Path("/usr/share/hunspell/nl_NL.dic").exists(),
        "ClamAV": shutil.which("clamd") is not None,
        "Elasticsearch": elasticsearch.absent() is None,
    }
    return [name for name, present in have.items() if not present]


@dataclass(frozen=True)
class Mailserver:
    """A Dovecot of our own with one mailbox, and where its certificate is."""

    port: int
    tls_port: int
    certificate: Path
    maildir: Path
    user: str = "loket"
    password: str = "proef"

    @property
    def url(self) -> str:
        return f"imap://{self.user}:{self.password}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, raw: bytes) -> None:
        """Put a mail in the mailbox, as a delivery does: written apart, then moved."""
        name = f"{time.time_ns()}.{os.getpid()}_{next(_numbers)}.proef"
        (self.maildir / "tmp" / name).write_bytes(raw)
        os.chown(self.maildir / "tmp" / name, *_mail_owner())
        (self.maildir / "tmp" / name).rename(self.maildir / "new" / name)


_numbers = itertools.count()


def _mail_owner() -> tuple[int, int]:
    """Dovecot keeps no mail as root: then it is the user of its package."""
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    owner = pwd.getpwnam("dovecot")
    return owner.pw_uid, owner.pw_gid


@contextlib.contextmanager
def dovecot() -> Iterator[Mailserver]:
    """A throw-away Dovecot: IMAP without TLS on one port, with TLS on another."""
    folder = Path(tempfile.mkdtemp(prefix="thuisloket-mail-"))
    folder.chmod(0o755)
    uid, gid = _mail_owner()
    server = Mailserver(free_port(), free_port(), folder / "cert.pem", folder / "mail")
    for name in ("", "cur", "new", "tmp"):
        (server.maildir / name).mkdir(exist_ok=True)
        os.chown(server.maildir / name, uid, gid)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(folder / "key.pem"), "-out", str(server.certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    (folder / "users").write_text(f"{server.user}:{{PLAIN}}{server.password}\n")
    (folder / "dovecot.conf").write_text(_dovecot_config(folder, server, uid, gid))
    process = subprocess.Popen(
        ["dovecot", "-F", "-c", str(folder / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for port in (server.port, server.tls_port):
            _wait_for(port)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    for _ in range(400):
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), 1),
        ):
            return
        time.sleep(0.05)
    raise TimeoutError(f"geen server op poort {port}")


def _dovecot_config(folder: Path, server: Mailserver, uid: int, gid: int) -> str:
    names = ""
    if os.getuid() != 0:
        me = pwd.getpwuid(os.getuid()).pw_name
        names = f"default_internal_user = {me}\ndefault_login_user = {me}\n"
        names += "service anvil {\n chroot =\n}\nservice imap-login {\n chroot =\n}\n"
    return f"""{names}
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{server.certificate}
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{server.maildir}
mail_fsync = never
mail_max_userip_connections = 100
service imap-login {{
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


def required() -> bool:
    return os.environ.get("REQUIRE_SERVICES") == "1"


def need(name: str) -> None:
    """For a test that uses a service: where it is absent the test fails if services are
    required, as on CI, and is skipped elsewhere with how to get it."""
    import pytest

    if name in absent():
        how = f"{name} ontbreekt: {HOW_TO_GET[name]}"
        # Never skipped on CI, which requires all; a machine of a developer may lack one.
        (pytest.fail if required() else pytest.skip)(how)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses root: then run it as its own system user."""
    if os.getuid() != 0:
        return command
    return [
        "setpriv",
        "--reuid=postgres",
        "--regid=postgres",
        "--clear-groups",
        *command,
    ]


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A throw-away PostgreSQL cluster; yields its address for DATABASE_URL."""
    binaries = postgres_bin()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="thuisloket-pg-"))
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", free_port()
    try:
        subprocess.run(
            _as_postgres(
                [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "loket",
                 "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            ),
            check=True,
            capture_output=True,
            cwd=folder,
        )  # fmt: skip
        options = (
            f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
            " -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=128MB"
        )
        subprocess.run(
            _as_postgres(
                [str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-w",
                 "-l", str(folder / "log"), "start"]
            ),
            check=True,
            capture_output=True,
            cwd=folder,
        )  # fmt: skip
        yield f"postgres://loket@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            _as_postgres(
                [str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
            ),
            capture_output=True,
            cwd="/",
        )
        shutil.rmtree(folder, ignore_errors=True)


# The test file of EICAR, in two parts so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """A clamd of the tests, that knows one signature: can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"tcp://127.0.0.1:{free_port()}"
        (folder / "db").mkdir()
        (folder / "db/eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
        user = f"User {pwd.getpwuid(os.getuid()).pw_name}\n" if os.getuid() == 0 else ""
        (folder / "clamd.conf").write_text(
            f"DatabaseDirectory {folder}/db\nTemporaryDirectory {folder}\n"
            f"TCPSocket {self.url.rpartition(':')[2]}\nTCPAddr 127.0.0.1\n{user}"
            f"LocalSocket {folder}/clamd.sock\nForeground yes\nLogFile {folder}/log\n"
            "StreamMaxLength 30M\nAlertEncrypted yes\nAlertExceedsMax yes\nMaxThreads 2\n"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["clamd", f"--config-file={self.folder / 'clamd.conf'}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = int(self.url.rpartition(":")[2])
        for _ in range(600):
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", port), 1) as connection,
            ):
                connection.sendall(b"nPING\n")
                if connection.recv(16).startswith(b"PONG"):
                    return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)
        raise TimeoutError("clamd antwoordt niet")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
            self.process = None


@contextlib.contextmanager
def clamd() -> Iterator[Clamd]:
    """A throw-away clamd that finds EICAR; nothing is downloaded."""
    with tempfile.TemporaryDirectory() as folder:
        server = Clamd(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A throw-away Redis; yields its address for CELERY_BROKER_URL."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        try:
            for _ in range(100):
                with (
                    contextlib.suppress(OSError),
                    socket.create_connection(("127.0.0.1", port), 1),
                ):
                    break
                time.sleep(0.05)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=10)
