"""A legal text that somebody pasted: lines without any layout, as a tree of articles."""

from __future__ import annotations

from knowledge.regelingen.docx.blocks import Line, Paragraph, tidy
from knowledge.regelingen.docx.measure import lost_words
from knowledge.regelingen.docx.structure import build
from knowledge.regelingen.docx.units import units
from knowledge.regelingen.imports import Import, count_chars, refused
from knowledge.regelingen.tree import text_of


def read(text: str, name: str) -> Import:
    """Read lines as a Word file without styles. name: its title when the text has none."""
    lines = [line for line in text.splitlines() if tidy(line)]
    if not lines:
        return refused("leeg", "Er staat geen tekst. Plak de tekst van uw regeling.")
    paragraphs = [
        Paragraph(
            (Line(tidy(line), tidy(line), 0),), indent=len(line) - len(line.lstrip())
        )
        for line in lines
    ]
    found, left_out = units(paragraphs)
    regeling, uncertain = build(found, name)
    chars_in = count_chars(text) - count_chars("".join(left_out))
    kept = [regeling.title, *map(text_of, regeling.children)]
    lost = lost_words(text, "\n".join([*left_out, *kept]))
    return Import(
        form="tekst",
        regeling=regeling,
        warnings=tuple(uncertain),
        chars_in=chars_in,
        chars_kept=max(
            chars_in - sum(len(word) * count for word, count in lost.items()), 0
        ),
    )
