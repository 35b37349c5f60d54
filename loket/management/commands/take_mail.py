"""``manage.py take_mail``: take in raw mails from files, as a mailbox would."""

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from loket.mail.message import Mail
from loket.mail.safely import read_safely
from loket.models import InkomendBericht
from loket.services import mail_in


def files_in(paths: list[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file())
        elif path.exists():
            yield path
        else:
            raise CommandError(f"{name} bestaat niet.", returncode=2)


class Command(BaseCommand):
    help = "Neem mails op: take_mail PAD… Elk bestand is één ruwe mail; een map telt met wat erin zit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="+")
        parser.add_argument(
            "--mailbox", default="opdracht", help="naam van de postbus, om te bewaren"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, path: list[str], mailbox: str, **options: Any) -> None:
        files, faults = list(files_in(path)), 0
        rows = []
        for file in tqdm(files, unit=" mails", mininterval=2):
            row = self._take(file, mailbox)
            faults += bool(row.get("error")) or not row["stored"]
            rows.append(row)
        if options["json"]:
            self._dump(rows)
        else:
            for row in rows:
                self.stdout.write(
                    f"{row['path']}: {row['kind'] or '?'}, {row['outcome'] or 'wacht'}"
                    f"{' ' + row['vraag'] if row['vraag'] else ''}. {row['reason']}"
                )
        if faults:
            self.stderr.write(f"{faults} van {len(files)} mails met een fout.")
            sys.exit(1)

    def _dump(self, rows: list[dict[str, Any]]) -> None:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")

    def _take(self, file: Path, mailbox: str) -> dict[str, Any]:
        result: dict[str, Any] = {
            "path": str(file), "sha256": "", "stored": False, "kind": "",
            "outcome": "", "vraag": None, "reason": "", "subject": "", "text": "",
            "quoted": "", "attachments": [], "replied": False,
        }  # fmt: skip
        try:
            raw = file.read_bytes()
            result["sha256"] = hashlib.sha256(raw).hexdigest()
            row, new = mail_in.receive(raw, mailbox=mailbox)
            result["stored"] = True
            handled_before = not new and bool(row.uitkomst)
            row = mail_in.handle(row)
            result |= self._outcome(row, handled_before)
            result |= self._content(read_safely(raw))
        except Exception as error:
            # One bad mail never stops the rest.
            reason = getattr(error, "strerror", None) or type(error).__name__
            result |= {"reason": str(reason), "error": str(reason)}
        return result

    def _outcome(self, row: InkomendBericht, handled_before: bool) -> dict[str, Any]:
        if handled_before:
            outcome = InkomendBericht.Uitkomst.GENEGEERD.value
            reason = "Deze mail kwam al eerder binnen."
        else:
            outcome = row.uitkomst
            reason = " ".join(filter(None, (row.reden, row.uitkomst_reden)))
        first = row.eerder or row
        return {
            "kind": row.soort,
            "outcome": outcome,
            "vraag": first.vraag.reference if first.vraag else None,
            "reason": reason,
            "replied": row.bevestigd and not handled_before,
        } | ({"error": row.fout} if row.fout else {})

    def _content(self, mail: Mail) -> dict[str, Any]:
        return {
            "subject": mail.subject,
            "text": mail.new_text,
            "quoted": mail.quoted,
            "attachments": [
                {
                    "name": file.name,
                    "type": file.media_type,
                    "size": len(file.data),
                    "sha256": hashlib.sha256(file.data).hexdigest(),
                }
                for file in mail.attachments
            ],
        }
