"""``manage.py start``: the whole product in one process on one machine."""

import errno
import fcntl
import hashlib
import logging
import os
import shutil
import signal
import socket
import sys
import threading
import time
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.checks import Error
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError

from config.checks import mail_goes_out
from config.setup import set_up
from knowledge.services import keep_address

logger = logging.getLogger(__name__)

NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR)


class Command(BaseCommand):
    help = (
        "Start Thuisloket in één proces: database, startinhoud, index, site en taken."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not getattr(settings, "EMBEDDED", False):
            raise CommandError(
                "start is voor één machine (config.settings.embedded). In productie: zie docs/installatie.md."
            )
        if settings.DEMO and host not in ("127.0.0.1", "::1", "localhost"):
            raise CommandError(
                f"In demo-modus is de site er alleen voor deze machine, niet op {host}."
                " Zet THUISLOKET_DEMO=0 om hem te openen."
            )
        if not 0 < port < 65536:
            raise CommandError(
                f"Poort {port} bestaat niet. Kies een getal van 1 tot en met 65535,"
                " bijvoorbeeld: make run PORT=8000"
            )
        if not settings.DEMO:
            self._must_send_mail()
        try:
            self._start(host, port)
        except (OSError, OperationalError, ValueError) as error:
            if line := explain(error):
                raise CommandError(line) from error
            raise

    def _must_send_mail(self) -> None:
        """Without demo a message that goes nowhere would still be marked as sent."""
        for problem in mail_goes_out(None):
            line = f"{problem.msg} {problem.hint}"
            if isinstance(problem, Error):
                raise CommandError(line)
            self._say(line)

    def _start(self, host: str, port: int) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self._lock = take_lock(settings.DATA_DIR / "start.slot")
        listener = listen(host, port)
        self._prepare()
        start_background()
        serve(listener, host, port, self.stdout)

    def _prepare(self) -> None:
        """Migrate and load when code or content changed since the last start."""
        state_file = settings.DATA_DIR / "stand"
        wanted = fingerprint()
        if state_file.exists() and state_file.read_text() == wanted:
            keep_address()
            return
        began = time.monotonic()
        self._say("Database …")
        call_command("migrate", verbosity=0, interactive=False)
        set_up(self._say)
        self._say("Zoekindex …")
        from search.services import rebuild

        rebuild()
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        state_file.write_text(wanted)
        self._say(f"Klaar in {time.monotonic() - began:.0f} seconden.")

    def _say(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()


def fingerprint() -> str:
    """Changes when migrations, content or demo mode change: then the start prepares again."""
    digest = hashlib.sha256(f"demo={settings.DEMO}".encode())
    roots = [
        settings.ROOT / name for name in ("knowledge", "loket", "experts", "search")
    ]
    for root in [*roots, settings.SITE / "core", settings.SITE / "config"]:
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".md", ".yaml", ".json", ".csv", ".tsv", ".txt"):
                stat = path.stat()
                digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def explain(error: Exception) -> str | None:
    """One line for a fault of the data folder; None for any other fault."""
    number, text = getattr(error, "errno", None), str(error)
    # The index says only that a writer was killed; then the disk itself tells.
    if (
        number in (errno.ENOSPC, errno.EDQUOT)
        or "disk is full" in text
        or ("io::Error" in text and shutil.disk_usage(settings.DATA_DIR).free < 2**20)
    ):
        return f"De schijf is vol. Maak ruimte in {settings.DATA_DIR} en start opnieuw."
    if (
        number in NOT_WRITABLE
        or "readonly database" in text
        or "unable to open" in text
    ):
        return (
            f"In de map {settings.DATA_DIR} kan Thuisloket niet schrijven."
            " Geef dit account schrijfrechten, of kies een andere map met THUISLOKET_DATA."
        )
    return None


def take_lock(path: Path) -> IO[str]:
    """Hold the data folder for this process; CommandError when another one has it."""
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise CommandError(
            f"Er draait al een Thuisloket op {settings.DATA_DIR} (proces {lock.read().strip() or 'onbekend'})."
            " Stop dat eerst, of kies een andere map met THUISLOKET_DATA."
        ) from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; CommandError when this port or address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Poort {port} is bezet. Kies een andere, bijvoorbeeld: make run PORT={port + 1}"
                f" (port {port} is in use)."
            ) from None
        if error.errno == errno.EACCES:
            raise CommandError(
                f"Dit account mag poort {port} niet gebruiken. Kies een poort vanaf 1024,"
                f" bijvoorbeeld: make run PORT=8000 (no right to use port {port})."
            ) from None
        raise CommandError(
            f"Op het adres {host} kan deze machine niet luisteren. Kies een ander met --host."
        ) from None
    return listener


def start_background() -> None:
    """A solo Celery worker and beat as threads; the broker lives in this process."""
    from celery.beat import EmbeddedService, Scheduler

    from config import celery_app

    class MemoryScheduler(Scheduler):
        """Keeps no file: what is due follows from the static schedule."""

    worker = celery_app.WorkController(
        pool="solo", concurrency=1, without_gossip=True, without_mingle=True, quiet=True
    )
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    beat = EmbeddedService(
        celery_app, thread=True, max_interval=1, scheduler_cls=MemoryScheduler
    )
    beat.daemon = True
    beat.start()


def serve(listener: socket.socket, host: str, port: int, stdout: Any) -> None:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    server = create_server(
        get_wsgi_application(),
        sockets=[listener],
        threads=8,
        # Otherwise it takes away what a proxy says of the visitor.
        clear_untrusted_proxy_headers=not settings.TRUSTED_PROXIES,
        ident="",
        channel_timeout=60,
        max_request_body_size=settings.REQUEST_MAX_BYTES,
    )
    threading.Thread(target=announce, args=(host, port, stdout), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        stdout.write("Thuisloket is gestopt.")


def announce(host: str, port: int, stdout: Any) -> None:
    """Print the address once the site really answers."""
    shown = f"[{host}]" if ":" in host else host
    for _ in range(300):
        try:
            with urllib.request.urlopen(
                f"http://{shown}:{port}/", timeout=30
            ) as response:
                if response.status == 200:
                    stdout.write(f"Thuisloket staat klaar op http://{shown}:{port}")
                    stdout.flush()
                    return
        except OSError:
            time.sleep(0.2)
    logger.error("De site geeft geen antwoord op http://%s:%s", shown, port)
