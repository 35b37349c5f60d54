"""What taking in a mail costs, beside reading the same mails in this process.

``.venv/bin/python tests/benchmarks/mail.py``. Reading: the own corpus. Taking in: new
questions, and replies to them by their token; kept, read in a process apart, judged,
coupled, routed, confirmed. In an installation of its own.
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
MAILS = 150
TEXT = (
    "Wij werken aan een urgentieverordening voor mensen die uit een instelling komen. "
    "Mag onze gemeente daarin eisen dat iemand al twee jaar in de regio woont? En hoe "
    "gaan andere gemeenten om met mensen die tijdelijk bij familie verblijven?"
)


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
        from loket.models import InkomendBericht, Vraag
        from loket.services import mail_in
        from tests.loket.mails import make, token_of

        mails = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]

        def take(raw: bytes) -> None:
            mail_in.handle(mail_in.receive(raw, mailbox="proef")[0])

        for act in (parse, read_safely, take):
            act(b"From: a@b.nl\r\nSubject: Warm\r\n\r\nWarm.")
        read = per_second(parse, mails)
        apart = per_second(read_safely, mails)
        asked = per_second(
            take,
            [
                make(f"{TEXT} Nummer {n}.", sender=f"a{n}@elders.example")
                for n in range(MAILS)
            ],
        )
        vragen = Vraag.objects.select_related("contact").order_by("-pk")[:MAILS]
        replied = per_second(
            take,
            [
                make(
                    f"{TEXT} Aanvulling bij {vraag.pk}.",
                    sender=vraag.contact.email,
                    to=token_of(vraag),
                )
                for vraag in vragen
            ],
        )
        found = InkomendBericht.objects.values_list("uitkomst", flat=True)
        counts = ", ".join(f"{n} {name}" for name, n in Counter(found).most_common())
        print(f"{len(mails)} mails gelezen; ingenomen: {counts}")
        for name, rate in (
            ("lezen", read),
            ("lezen, in een eigen proces", apart),
            ("innemen, nieuwe vraag", asked),
            ("innemen, antwoord", replied),
        ):
            print(f"{name:<28}{rate:8.0f} mails/s  {rate / read:6.3f} × lezen")
    return 0 if min(asked, replied) >= LEAST_PER_SECOND else 1


if __name__ == "__main__":
    sys.exit(main())
