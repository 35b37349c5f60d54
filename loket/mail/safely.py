"""Reading a mail in another process, so that no mail can stop or slow the intake.

The process is kept for the next mails. When a mail kills it, that mail is unreadable, with
its sender and subject if a second, fresh process can read those.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import io
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from . import message
from .message import Mail
from .parsing import MAX_BYTES
from .worker import HEAD, LENGTH

# The worker counts the time of the processor; this is for a machine that is very busy.
_WALL_SECONDS: Final = 60.0
_MAILS_PER_PROCESS: Final = 2000
_TOO_MUCH: Final = "De mail kost te veel tijd of geheugen om te lezen."
_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from loket.mail.worker import main; main()"
_ALLOWED: Final = {
    **{
        ("loket.mail.message", name): getattr(message, name)
        for name in ("Mail", "Adres", "Bestand", "Bounce")
    },
    ("datetime", "datetime"): datetime.datetime,
    ("datetime", "timezone"): datetime.timezone,
    ("datetime", "timedelta"): datetime.timedelta,
}


class _OwnValues(pickle.Unpickler):
    """Makes nothing but the values of a mail."""

    def find_class(self, module: str, name: str) -> object:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


class Reader:
    """One process that reads mails, made anew when it has died."""

    def __init__(self, code: str = _START) -> None:
        self._code = code
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._done = 0

    def read(self, raw: bytes) -> Mail:
        """The mail in these bytes; unreadable when it costs too much."""
        # Of a mail that is too big the headers are enough; parse() says what is wrong.
        raw = raw if len(raw) <= MAX_BYTES else raw[: MAX_BYTES + 1]
        with self._lock:
            mail = self._ask(b"M", raw)
            if mail is None:
                mail = self._ask(b"H", raw[: 1024 * 1024]) or Mail()
                mail = replace(mail, unreadable=_TOO_MUCH)
            return mail

    def renew(self) -> None:
        self._lock = threading.Lock()

    def close(self) -> None:
        """End the process; only the process that started it does so."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, how: bytes, raw: bytes) -> Mail | None:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(HEAD.pack(how, len(raw)))
            process.stdin.write(raw)
            process.stdin.flush()
            until = time.monotonic() + _WALL_SECONDS
            (length,) = LENGTH.unpack(_exactly(process.stdout, LENGTH.size, until))
            answer = _exactly(process.stdout, length, until)
            mail = _OwnValues(io.BytesIO(answer)).load()
        except (OSError, EOFError, TimeoutError, pickle.UnpicklingError):
            self.close()
            return None
        self._done += 1
        return mail if isinstance(mail, Mail) else None

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one after a fork, a death, or a great many mails."""
        process = self._process
        stale = (
            process is None
            or self._owner != os.getpid()
            or process.poll() is not None
            or self._done >= _MAILS_PER_PROCESS
        )
        if process is not None and not stale:
            return process
        self.close()
        self._process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-I", "-c", self._code, str(Path(__file__).parents[2])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
            cwd="/",
        )
        self._owner, self._done = os.getpid(), 0
        return self._process


def _exactly(source: IO[bytes], size: int, until: float) -> bytes:
    """So many bytes before a point in time, past the buffer of the pipe."""
    out = bytearray()
    waiting = select.poll()  # select() knows only the first 1,024 files
    waiting.register(source, select.POLLIN)
    while len(out) < size:
        left = until - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise TimeoutError
        piece = os.read(source.fileno(), min(size - len(out), 1024 * 1024))
        if not piece:
            raise EOFError
        out += piece
    return bytes(out)


_reader = Reader()
atexit.register(_reader.close)
# A lock that another thread held at a fork would stay closed in the child.
os.register_at_fork(after_in_child=_reader.renew)


def read_safely(raw: bytes) -> Mail:
    """What ``parse`` gives, from a process with limits on time and memory."""
    return _reader.read(raw)
