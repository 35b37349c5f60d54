"""Words with their place in the text."""

import re
from functools import lru_cache
from typing import NamedTuple

from .normalise import fold, soften

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:'[^\W_]+)?(?:[-/:.](?=\d)[^\W_]+)*", re.UNICODE
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
# Shortened words that stand for a whole one in legal text.
_SHORTENED = {"art": "artikel", "artt": "artikel", "jo": "juncto", "nr": "nummer"}


class Token(NamedTuple):
    """A word as written at [start, end) and its folded form.

    glued: a hyphen binds it to the word before ('woon-zorgvisie').
    """

    text: str
    start: int
    end: int
    glued: bool = False


def tokenise(text: str) -> list[Token]:
    """Words and numbers; a hyphen separates words, '2:10' and 'o.a.' stay whole.

    '12.500' is the number 12500, 'art' is 'artikel', 'regio's' is 'regio'.
    """
    soft = soften(text)
    found = []
    last = -1
    for match in WORD.finditer(soft):
        start, end = match.span()
        folded = word_of(match.group())
        if folded:
            glued = last >= 0 and start == last + 1 and soft[last] == "-"
            found.append(Token(folded, start, end, glued))
            last = end
    return found


@lru_cache(maxsize=20_000)
def word_of(word: str) -> str:
    """The folded form of a word as written; empty when nothing is left of it."""
    if "." in word and (word.endswith(".") or _THOUSANDS.fullmatch(word)):
        word = word.replace(".", "")
    if "'" in word:
        head, _, tail = word.partition("'")
        word = head if len(head) > 1 else head + tail
    folded = fold(word)
    return _SHORTENED.get(folded, folded)
