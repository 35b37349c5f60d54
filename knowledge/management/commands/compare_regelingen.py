"""``manage.py compare_regelingen``: which articles of two texts belong together, as JSON."""

import csv
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from knowledge.models import RegelingVersie
from knowledge.regelingen import files
from knowledge.regelingen.tree import Regeling, artikelen, citation
from knowledge.regelingen.vergelijken.alignment import KINDS, align


class Unreadable(Exception):
    """A text that cannot be compared, with why."""


class Command(BaseCommand):
    help = (
        "Vergelijk twee regelingen per artikel: compare_regelingen LINKS RECHTS, of "
        "--pairs F.tsv (kolommen id, left en right)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", nargs="?", metavar="LINKS")
        parser.add_argument("right", nargs="?", metavar="RECHTS")
        parser.add_argument("--pairs", metavar="F.tsv")
        parser.add_argument("--json", action="store_true")

    def handle(
        self,
        *args: Any,
        left: str | None,
        right: str | None,
        pairs: str | None,
        **options: Any,
    ) -> None:
        if pairs is not None and left is None:
            faults = self._pairs(Path(pairs))
        elif pairs is None and left is not None and right is not None:
            faults = False
            try:
                self._write(compared(left, right))
            except Unreadable as error:
                raise CommandError(str(error), returncode=2) from error
        else:
            raise CommandError(
                "Geef twee bestanden of nummers van regelingen, of --pairs met een"
                " tabel.",
                returncode=2,
            )
        if faults:
            sys.exit(1)

    def _pairs(self, table: Path) -> bool:
        """One pair that cannot be read is named and has no alignments; the rest goes on."""
        answer, faults = [], False
        rows = self._rows(table)
        for at, (key, left, right) in enumerate(rows, 1):
            try:
                alignments = compared(left, right)
            except Unreadable as error:
                faults, alignments = True, []
                self.stderr.write(f"{key}: {error}")
            answer.append({"id": key, "alignments": alignments})
            if at % 50 == 0:
                self.stderr.write(f"{at} van {len(rows)} paren vergeleken.")
        self._write(answer)
        return faults

    def _rows(self, table: Path) -> list[tuple[str, str, str]]:
        """Paths in the table are seen from the working folder, else from the table's."""
        try:
            with table.open(encoding="utf-8", newline="") as handle:
                reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
                if not {"id", "left", "right"} <= set(reader.fieldnames or []):
                    raise CommandError(
                        f"{table}:1: de kolommen id, left en right ontbreken.",
                        returncode=2,
                    )
                return [
                    (row["id"], _found(table, row["left"]), _found(table, row["right"]))
                    for row in reader
                ]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                f"{table} is niet te lezen: {error}", returncode=2
            ) from error

    def _write(self, answer: Any) -> None:
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")


def compared(left: str, right: str) -> list[dict[str, list[str]]]:
    """The alignments of two files or ids in the form that others rely on."""
    ours, theirs = _text(left), _text(right)
    mine = {placed.address: citation(placed) for placed in artikelen(ours)}
    yours = {placed.address: citation(placed) for placed in artikelen(theirs)}
    return [
        {
            "left": [mine[address] for address in found.left],
            "right": [yours[address] for address in found.right],
            "kinds": [kind for kind in KINDS if kind in found.kinds],
        }
        for found in align(ours, theirs)
    ]


def _found(table: Path, name: str | None) -> str:
    path = Path(name or "")
    beside = table.parent / path
    return str(beside if not path.exists() and beside.exists() else path)


def _text(name: str) -> Regeling:
    """The text in a file, or the latest version of the regulation with this id."""
    path = Path(name)
    if not path.exists():
        kept = RegelingVersie.objects.filter(regeling__identifier=name)
        if version := kept.in_order().last():
            return version.tekst
    try:
        read = files.read(path.read_bytes(), path.name)
    except OSError as error:
        raise Unreadable(f"{path} is niet te lezen: {error.strerror}.") from error
    if read.regeling is None:
        raise Unreadable(f"{path} is geweigerd: {read.refusal}")
    return read.regeling
