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
        [piece for kind, text in line for piece in _marked(kind, text)]
        for line in lines
        if any(text.strip() for _, text in line)
    ]


def _marked(kind: Fate, text: str) -> Iterable[tuple[Fate, str]]:
    """The space around words is not marked with them."""
    words = text.strip()
    if kind is Fate.GELIJK or not words:
        return [(Fate.GELIJK, text)] if text else []
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    return [
        piece
        for piece in ((Fate.GELIJK, before), (kind, words), (Fate.GELIJK, after))
        if piece[1]
    ]
