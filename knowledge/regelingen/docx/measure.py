"""The words that a Word file prints, read without regard to structure.

The tree is measured against this, so it is made apart from how the tree is made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from .package import Package

_UNPRINTED = frozenset(
    qn(f"w:{name}")
    for name in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "sdtPr",
        "trPr",
        "instrText",
        "delText",
    )
)


def printed_text(package: Package) -> str:
    """All words of the body and its notes, paragraphs on lines of their own."""
    parts = ["".join(printed(package.document.find(qn("w:body"))))]
    for notes in (package.footnotes, package.endnotes):
        for note in notes if notes is not None else ():
            if note.get(qn("w:type"), "normal") == "normal":
                parts.append("".join(printed(note)))
    return "\n".join(parts)


def printed(element: Any) -> Iterator[str]:
    tag = element.tag
    if tag in _UNPRINTED or not isinstance(tag, str) or _is_gone(element):
        return
    name = tag.rpartition("}")[2]
    if name == "t":
        yield element.text or ""
    elif name == "noBreakHyphen":
        yield "-"
    elif name in ("tab", "ptab", "br", "cr"):
        yield " "
    else:
        for child in element:
            yield from printed(child)
        if (
            name == "p"
            and element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is None
        ):
            yield "\n"


def _is_gone(element: Any) -> bool:
    """A deleted row, a hidden run, or content that stands there a second time."""
    if element.tag == qn("w:tr"):
        return element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
    if element.tag == qn("w:r"):
        hidden = element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false")
    return element.tag.endswith("}Fallback") and element.getprevious() is not None


def lost_words(text: str, kept: str) -> Counter[str]:
    """The words that stand more often in the text than in what was kept of it."""
    return Counter(_words(text)) - Counter(_words(kept))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", text))
