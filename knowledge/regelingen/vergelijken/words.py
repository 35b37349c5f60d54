"""What of a legal text counts when two are compared: its letters and its digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from knowledge.regelingen.tree import Node, Soort

# '1.', 'a)', '(2)', '1°', '-' before the words of a paragraph: numbering, not text.
_MARK = r"(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})(?:[.)°º]+|[ºo°]\.?)|[-–—•·*▪◦])\s+"
FIRST = re.compile(rf"^\s*{_MARK}", re.MULTILINE | re.IGNORECASE)
INLINE = re.compile(
    rf"(?<=[;:])\s+{_MARK}|(?<=[\w)%»”]\.)\s+\d{{1,2}}[.)°]\s+(?=[A-Z])"
)
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d+")
_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+(?=,|$)")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LAPSED = {"vervallen", "ditartikelisvervallen", "ingetrokken"}


def without_marks(text: str) -> str:
    """The text without numbers and dashes that only order its paragraphs."""
    return INLINE.sub(" ", FIRST.sub("", text))


def tokens(text: str) -> list[str]:
    """The words in one spelling: no case, quotes, dashes or invisible signs.

    Signs between digits stay, so that € 1,50 is not € 150; those of thousands go.
    """
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    found = []
    for word in _WORD.findall(text):
        if word[0].isdigit():
            thousands = _THOUSANDS.match(word)
            if thousands:
                word = thousands[0].replace(".", "") + word[thousands.end() :]
            found.append(word)
        else:
            found.append(word.replace("'", "").replace("’", ""))
    return found


def parts_of(node: Node) -> Iterator[str]:
    """The texts of a node below its title, in order; a toelichting is not part of it."""
    if node.text:
        yield node.text
    for row in node.rows:
        yield " ".join(row)
    for child in node.children:
        if child.soort is Soort.TOELICHTING:
            continue
        if child.title:
            yield child.title
        yield from parts_of(child)


def body(node: Node) -> list[str]:
    """The words of an artikel or lid, its title aside."""
    return [word for part in parts_of(node) for word in tokens(without_marks(part))]


def letters(words: list[str]) -> str:
    """What must be the same for two texts to be the same: no spaces."""
    return "".join(words)


def says_lapsed(words: list[str]) -> bool:
    """'Vervallen' is all that it says."""
    return letters(words) in _LAPSED


def plain_number(number: str) -> str:
    """A number in one style: '2:10' and '2.10.' are the same, as are '12 A' and '12a'."""
    number = unicodedata.normalize("NFKC", number).casefold()
    return re.sub(r"[^\w]+", ".", re.sub(r"(?<=\d)\s+(?=[a-z])", "", number)).strip(".")
