"""What taking in a mail costs, beside reading the same mails in this process.

``.venv/bin/python tests/benchmarks/mail.py``. The own corpus of mails: kept, read in a
process apart, judged, coupled, and made into what it is. In an installation of its own.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
CORPUS = ROOT / "tests" / "loket" / "mail" / "corpus"
LEAST_PER_SECOND = 20


def per_second(act: Callable[[bytes], object], mails: list[bytes]) -> float:
    began = time.perf_counter()
    for raw in mails:
        act(raw)
    return len(mails) / (time.perf_counter() - began)


def main() -> int:
    os.environ["ENGINES"] = "embedded"
    from tests.relevance import installation

    with installation():
        from loket.mail.parsing import parse
        from loket.mail.safely import read_safely
        from loket.models import InkomendBericht
        from loket.services import mail_in

        mails = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]

        def take(raw: bytes) -> None:
            mail_in.handle(mail_in.receive(raw, mailbox="proef")[0])

        for act in (parse, read_safely, take):
            act(b"From: a@b.nl\r\nSubject: Warm\r\n\r\nWarm.")
        read = per_second(parse, mails)
        apart = per_second(read_safely, mails)
        taken = per_second(take, mails)
        kinds = InkomendBericht.objects.values_list("uitkomst", flat=True)
        counts = ", ".join(f"{n} {kind}" for kind, n in Counter(kinds).most_common())
        print(f"{len(mails)} mails: {counts}")
        for name, rate in (
            ("lezen", read),
            ("lezen, apart", apart),
            ("innemen", taken),
        ):
            print(f"{name:<16}{rate:8.0f} mails/s  {rate / read:5.2f} × lezen")
    return 0 if taken >= LEAST_PER_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
