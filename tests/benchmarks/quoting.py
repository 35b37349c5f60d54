"""What taking the quoted rest off a mail costs, beside stripping each of its lines.

``.venv/bin/python tests/benchmarks/quoting.py``. Each text is 100 kB of what looks most
like a quote and is none; the last column is how much longer twice the text takes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from loket.mail.quoting import split  # noqa: E402
from tests.benchmarks.run import Row, median_ms  # noqa: E402

SIZE = 100_000
PIECES = {
    "labels": "Van: a\n",
    "labels en kopie": "Van: a\nCc: b\nBcc: c\nUrgentie: d\n",
    "halve koppen": "Van: a\nDatum: 3-11-2026 16:40\n",
    "begin van 'On … wrote'": "On a wrote\n",
    "'Op … schreef …:'": "Op 3-11-2026 16:40 schreef x:\n",
    "tekens om en om": "> a\nb\n",
    "handtekeningen": "-- \na\n",
    "strepen": "_____\n",
    "lege regels": "\n",
    "één lange regel": "Op 12:30 schreef @a.a ",
    "gewone tekst": "Wij bouwen 40 woningen in de Dorpsstraat.\n",
}


def main() -> None:
    for name, piece in PIECES.items():
        text, twice = (
            (piece * (size // len(piece) + 1))[:size] for size in (SIZE, 2 * SIZE)
        )
        ours = median_ms(lambda text=text: split(text), 5)
        longer = median_ms(lambda twice=twice: split(twice), 5)
        least = median_ms(
            lambda text=text: [line.strip() for line in text.split("\n")], 5
        )
        print(Row(name, ours, "regels strippen", least), f"  groei {longer / ours:.1f}")


if __name__ == "__main__":
    main()
