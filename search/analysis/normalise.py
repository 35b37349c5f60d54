"""Unicode, case, accents and dashes: one form for one word."""

import re
import unicodedata
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.I)


def soften(text: str) -> str:
    """Same length as the input: dashes and quotes in one form, so offsets hold."""
    return text.translate(_DASHES).translate(_QUOTES)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case, no accents, ligatures apart: 'Fryslân' → 'fryslan'."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace(
        "ĳ", "ij"
    )
