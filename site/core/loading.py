"""Load municipalities and regions from the data files; safe to run again.

Source of codes: CBS, Gebieden in Nederland 2026 (342 municipalities). What an operator
filled in by hand (mail domains, inhabitants) is never overwritten.
"""

import csv
import datetime
import json
from pathlib import Path

from django.db import transaction

from .models import Gemeente, Regio

DATA = Path(__file__).parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_gemeenten() -> int:
    """Municipalities with province and COROP; returns how many exist today."""
    aliases: dict[str, list[str]] = json.loads(
        (DATA / "gemeentenamen.json").read_text()
    )
    existing = set(Gemeente.objects.values_list("code", flat=True))
    new = [
        Gemeente(
            code=row["code"],
            naam=row["naam"],
            aliases=aliases.get(row["code"], []),
            provincie_code=row["provincie_code"],
            provincie=row["provincie"],
            corop_code=row["corop_code"],
            corop=row["corop"],
        )
        for row in _rows("gemeenten-2026.csv")
        if row["code"] not in existing
    ]
    Gemeente.objects.bulk_create(new)
    for merger in json.loads((DATA / "herindelingen.json").read_text()):
        Gemeente.objects.update_or_create(
            code=merger["code"],
            defaults={
                "naam": merger["naam"],
                "provincie_code": merger["provincie_code"],
                "provincie": merger["provincie"],
                "geldig_tot": datetime.date.fromisoformat(merger["geldig_tot"]),
                "opvolger_id": merger["opvolger"],
            },
        )
    return Gemeente.objects.filter(geldig_tot=None).count()


@transaction.atomic
def load_regios() -> int:
    """Provinces and COROP areas from the municipalities, koploperregio's from their file."""
    current = list(Gemeente.objects.filter(geldig_tot=None))
    members: dict[tuple[str, str, str, str], list[Gemeente]] = {}
    for gemeente in current:
        members.setdefault(
            (
                Regio.Soort.PROVINCIE,
                gemeente.provincie_code,
                gemeente.provincie,
                "CBS 2026",
            ),
            [],
        ).append(gemeente)
        members.setdefault(
            (Regio.Soort.COROP, gemeente.corop_code, gemeente.corop, "CBS 2026"), []
        ).append(gemeente)
    by_code = {gemeente.code: gemeente for gemeente in current}
    for row in json.loads((DATA / "koploperregios.json").read_text()):
        members[(Regio.Soort.KOPLOPER, row["code"], row["naam"], row["bron"])] = [
            by_code[code] for code in row["gemeenten"]
        ]
    for (soort, code, naam, bron), gemeenten in members.items():
        regio, made = Regio.objects.get_or_create(
            soort=soort, code=code, defaults={"naam": naam, "bron": bron}
        )
        if made:
            regio.gemeenten.set(gemeenten)
    return Regio.objects.count()
