"""Reads mails in a process of its own: ``python -m loket.mail.worker``.

It knows no settings and no secrets, and the kernel ends it when one mail takes too much
time or memory. Per mail it gets a letter and a length, and gives back a length and the
pickled values; the other side reads only our own values from it.
"""

from __future__ import annotations

import contextlib
import pickle
import resource
import signal
import struct
import sys

from .parsing import parse, parse_headers

SECONDS = 2.0
MEMORY = 300 * 1024 * 1024
HEAD = struct.Struct(">cQ")
LENGTH = struct.Struct(">Q")


def main() -> None:
    _limit(resource.RLIMIT_DATA, MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(HEAD.size)) == HEAD.size:
        how, length = HEAD.unpack(head)
        raw = source.read(length)
        # Counted in the time of the processor, and without a handler: it ends the process.
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        mail = parse(raw) if how == b"M" else parse_headers(raw, "")
        answer = pickle.dumps(mail, protocol=5)
        signal.setitimer(signal.ITIMER_PROF, 0)
        target.write(LENGTH.pack(len(answer)))
        target.write(answer)
        target.flush()


def _limit(what: int, value: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # a stricter limit stands already
        resource.setrlimit(what, (value, value))


if __name__ == "__main__":
    main()
