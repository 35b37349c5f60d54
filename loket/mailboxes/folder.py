"""A watched folder: one raw mail per file, moved into the folder 'Verwerkt' when done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from .places import DONE_FOLDER, Letter, MailboxError


class FolderMailbox:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> FolderMailbox:
        if not self.path.is_dir():
            raise MailboxError("de map bestaat niet")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def letters(self) -> Iterator[Letter]:
        """Whole files only: who writes one does so under a name with a dot before it,
        or ending in .tmp, and renames it."""
        try:
            names = sorted(
                entry.name
                for entry in os.scandir(self.path)
                if entry.is_file(follow_symlinks=False)
                and not entry.name.startswith(".")
                and not entry.name.endswith(".tmp")
            )
        except OSError as error:
            raise MailboxError("de map is niet te lezen") from error
        for name in names:
            path = self.path / name
            # Two files of one name, one after the other, are two letters.
            try:
                moment = str(path.stat().st_mtime_ns)
            except FileNotFoundError:
                continue
            yield Letter(name, moment, path.read_bytes)

    def done(self, letter: Letter) -> None:
        target = self.path / DONE_FOLDER
        try:
            target.mkdir(exist_ok=True)
            place = target / letter.uid
            count = 1
            while place.exists():
                count += 1
                place = target / f"{letter.uid}.{count}"
            (self.path / letter.uid).rename(place)
        except FileNotFoundError:
            return
        except OSError as error:
            raise MailboxError("de map 'Verwerkt' is niet te schrijven") from error
