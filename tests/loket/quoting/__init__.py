"""Replies with what is new in them: ``antwoorden.txt`` made with the rules at hand,
``achteraf.txt`` written after the rules were fixed.

A reply starts with ``=== name [subject]``. What is new stands between ⟪ and ⟫; ␠ is a
space at the end of a line.
"""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Antwoord:
    name: str
    subject: str
    text: str
    new: str


def replies(name: str) -> list[Antwoord]:
    text = (Path(__file__).parent / name).read_text("utf-8").replace("␠", " ")
    found = []
    for part in re.split(r"(?m)^=== ", text)[1:]:
        head, _newline, body = part.partition("\n")
        label, _space, subject = head.partition(" ")
        body = body.removesuffix("\n")
        before, _open, rest = body.partition("⟪")
        new, _close, after = rest.partition("⟫")
        found.append(Antwoord(label, subject.strip("[]"), before + new + after, new))
    return found
