"""Words as a file takes them: cut at ends of lines, without signs that XML refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.regelingen.vergelijken.differences import Fate, Run

_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    return _REFUSED.sub("", text)


def lines_of(runs: Iterable[Run]) -> list[list[tuple[Fate, str]]]:
    """The runs line by line; empty lines are left out."""
    lines: list[list[tuple[Fate, str]]] = [[]]
    for run in runs:
        first, *others = printable(run.text).replace("\r", "").split("\n")
        lines[-1].append((run.kind, first))
        lines += [[(run.kind, text)] for text in others]
    return [
        [(kind, text) for kind, text in line if text]
        for line in lines
        if any(text.strip() for _, text in line)
    ]
