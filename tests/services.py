"""Real servers for the tests: found, started in a temporary folder, stopped again."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests import elasticsearch

HOW_TO_GET = {
    "PostgreSQL": "apt install postgresql",
    "Redis": "apt install redis-server",
    "Chromium": "apt install chromium",
    "hunspell-nl": "apt install hunspell hunspell-nl",
    "LibreOffice": "apt install libreoffice-writer",
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
        "LibreOffice": shutil.which("soffice") is not None,
        "hunspell-nl": shutil.which("hunspell") is not None
        and Path("/usr/share/hunspell/nl_NL.dic").exists(),
        "Elasticsearch": elasticsearch.absent() is None,
    }
    return [name for name, present in have.items() if not present]


def required() -> bool:
    return os.environ.get("REQUIRE_SERVICES") == "1"


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
