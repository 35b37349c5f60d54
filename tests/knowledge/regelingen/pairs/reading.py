"""Articles of real laws and of ordinances of our own, as plain lists to make pairs of.

The laws come from ``search/bwb_articles.jsonl.gz`` in the folder of shared data, which
has no leden: a sentence is taken for a lid and what stands between ``;`` for onderdelen.
The ordinances are in ``ordinances/`` beside this file, as text.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.regelingen import xml
from knowledge.regelingen.tree import Node, Soort, artikelen
from knowledge.starter import VERORDENINGEN

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("THUISLOKET_SHARED", HERE.parents[3].parent / "shared"))
LAWS = SHARED / "data" / "search" / "bwb_articles.jsonl.gz"

_SENTENCE = re.compile(r"(?<=[a-zé)»]\.)\s+(?=[A-Z€«])")

# Of these a law has many, all the same.
_EMPTY = re.compile(
    r"Wijzigt |Bevat wijzig|Dit (?:artikel|onderdeel) (?:treedt|is nog) niet|Vervallen"
)


@dataclass(frozen=True)
class Lid:
    """One lid: its sentence, and its onderdelen when it ends in a colon."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Art:
    """An article while a pair is made. origin: the articles on the left it comes from."""

    leden: tuple[Lid, ...]
    title: str = ""
    chapter: str = ""
    number: str = ""
    origin: tuple[int, ...] = ()
    edited: bool = False

    @property
    def words(self) -> int:
        return sum(
            len(lid.text.split()) + sum(len(i.split()) for i in lid.items)
            for lid in self.leden
        )


@dataclass(frozen=True)
class Source:
    """A text to make pairs of."""

    name: str
    articles: tuple[Art, ...] = field(repr=False)


def leden(text: str) -> tuple[Lid, ...]:
    """Sentences as leden, an enumeration after a colon as onderdelen."""
    found: list[Lid] = []
    for sentence in _SENTENCE.split(text.strip()):
        head, colon, tail = sentence.partition(": ")
        if colon and tail.count(";") >= 1:
            items = [item for item in re.split(r"(?<=;)\s+", tail) if item.strip()]
            found.append(Lid(head + ":", tuple(items)))
        else:
            found.append(Lid(sentence))
    return tuple(found)


def laws() -> list[Source]:
    """The laws with at least 15 articles that hold a text, in the order of the file."""
    by_law: dict[str, list[Art]] = {}
    with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = " ".join(row["text"].split())
            if len(text) < 25 or len(text) > 4000 or _EMPTY.match(text):
                continue
            by_law.setdefault(row["law"], []).append(
                Art(
                    leden=leden(text),
                    title=row["heading"],
                    chapter=row["path"].split(" > ")[0],
                    number=row["article"].removeprefix("Artikel ").replace(" ", ""),
                )
            )
    return [
        Source(name, tuple(articles))
        for name, articles in by_law.items()
        if len(articles) >= 15
    ]


def ordinances() -> list[Source]:
    """The ordinances of our own: '# chapter', '## article title', a lid on each line."""
    found = []
    for path in sorted((HERE / "ordinances").glob("*.txt")):
        articles: list[Art] = []
        chapter = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                articles.append(Art((), title=line[3:].strip(), chapter=chapter))
            elif line.startswith("# "):
                chapter = line[2:].strip()
            elif line.startswith("- "):
                *rest, last = articles[-1].leden
                last = replace(last, items=(*last.items, line[2:].strip()))
                articles[-1] = replace(articles[-1], leden=(*rest, last))
            elif line.strip():
                articles[-1] = replace(
                    articles[-1], leden=(*articles[-1].leden, Lid(line.strip()))
                )
        found.append(Source(path.stem, tuple(articles)))
    return found


def parsed() -> list[Source]:
    """Texts through our own readers, leden as printed: the examples in ``files/`` and, when
    the folder of shared data is there, two laws as XML."""
    laws = [
        path
        for name in ("bwb_toestand.xml", "bwb_zorgtoeslag.xml")
        if (path := SHARED / "data" / "regelingen-xml" / name).exists()
    ]
    found = []
    for path in [*sorted(VERORDENINGEN.glob("*.xml")), *laws]:
        regeling = xml.read(path.read_bytes(), path.name).regeling
        if regeling is None:
            raise AssertionError(f"{path.name} holds no text")
        articles = [_art(one.node) for one in artikelen(regeling)]
        found.append(Source(path.stem, tuple(art for art in articles if art.leden)))
    return found


def _art(node: Node) -> Art:
    parts = [child for child in node.children if child.soort is Soort.LID] or [node]
    return Art(
        leden=tuple(
            Lid(
                part.text or "Het volgende geldt:",
                tuple(
                    child.text
                    for child in part.children
                    if child.soort is Soort.ONDERDEEL and child.text
                ),
            )
            for part in parts
            if part.text or part.children
        ),
        title=node.title,
    )
