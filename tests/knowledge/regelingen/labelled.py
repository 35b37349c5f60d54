"""Articles with the building block that a person gave them, before there were rules."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.regelingen import files, tree
from knowledge.starter.parsing import STARTER_ROOT
from tests.knowledge.regelingen.xml_files import FILES, SHARED

LABELS = Path(__file__).parent / "bouwstenen" / "labels.tsv"
# Plain texts: '# chapter', '## title of an article'. Of these an address is a title.
PLAIN = (
    Path(__file__).parent / "pairs" / "ordinances",
    STARTER_ROOT / "modellen",
)
STATUTES = SHARED.parent / "search" / "bwb_articles.jsonl.gz"


@dataclass(frozen=True)
class Labelled:
    """half: 'a' to write rules by, 'b' only to measure."""

    half: str
    source: str
    address: str
    label: str
    title: str
    text: str
    path: str


def labelled() -> list[Labelled]:
    """The labelled articles of which the text is at hand."""
    rows = []
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found = _articles(row["bron"]).get(row["artikel"])
            if found is not None:
                own = (row["half"], row["bron"], row["artikel"], row["bouwsteen"])
                rows.append(Labelled(*own, *found))
    return rows


@cache
def _articles(source: str) -> dict[str, tuple[str, str, str]]:
    """Title, text and headings above of each article of a source, by its address."""
    for folder in (FILES, SHARED):
        path = folder / f"{source}.xml"
        if path.exists():
            read = files.read(path.read_bytes(), path.name).regeling
            assert read is not None, path
            return {
                placed.address: (
                    placed.node.title,
                    tree.text_inside(placed.node),
                    " › ".join(tree.heading(node) for node in placed.above),
                )
                for placed in tree.artikelen(read)
            }
    for folder in PLAIN:
        path = folder / f"{source}.txt"
        if path.exists():
            return _plain(path.read_text(encoding="utf-8"))
    if source.startswith("BWBR") and STATUTES.exists():
        return {
            row["id"].partition(":")[2]: (
                row["heading"],
                row["text"],
                row["path"].replace(" > ", " › "),
            )
            for row in _statutes()
            if row["law_id"] == source
        }
    return {}


def _plain(text: str) -> dict[str, tuple[str, str, str]]:
    """By title; of articles with one title the first. Notes and choices are left out."""
    found: dict[str, tuple[str, list[str]]] = {}
    chapter, own, choice = "", [], False
    for line in text.splitlines():
        choice = line.startswith("[keuze ") or (choice and line != "[/keuze]")
        if line.startswith("## ") and not line.startswith("## §"):
            title = re.sub(r"^## (Artikel \S+ )?", "", line).strip()
            own = found.setdefault(title, (chapter, []))[1]
            own = [] if own else own
        elif line.startswith("#"):
            chapter, own = line.lstrip("# "), []
        elif not choice and not line.startswith((">", "[")):
            own.append(line)
    return {
        title: (title, "\n".join(lines).strip(), chapter)
        for title, (chapter, lines) in found.items()
    }


def _statutes() -> Iterator[dict[str, str]]:
    with gzip.open(STATUTES, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
