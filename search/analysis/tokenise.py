"""Words with their place in the text."""

import re
from dataclasses import dataclass

from .normalise import fold, soften

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['][^\W_]+)?(?:[-/:.](?=\d)[^\W_]+)*", re.UNICODE
)


@dataclass(frozen=True)
class Token:
    """A word as written at [start, end) and its folded form."""

    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """Words and numbers; hyphens separate words, '2:10' and 'o.a.' stay whole."""
    found = []
    for match in _WORD.finditer(soften(text)):
        word = match.group()
        if word.endswith(".") and word.count(".") > 1:
            folded = fold(word.replace(".", ""))
        else:
            folded = fold(
                word.split("'")[0]
                if len(word.split("'")[0]) > 1
                else word.replace("'", "")
            )
        if folded:
            found.append(Token(folded, match.start(), match.end()))
    return found
