"""Unicode, case, accents and dashes: one form for one word."""

import re
import unicodedata
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
_SOFT = {chr(code): plain for code, plain in {**_DASHES, **_QUOTES}.items()}
_TO_SOFTEN = re.compile(f"[{''.join(_SOFT)}]")


def soften(text: str) -> str:
    """Same length as the input: dashes and quotes in one form, so offsets hold."""
    return _TO_SOFTEN.sub(lambda found: _SOFT[found.group()], text)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, no accents, ligatures apart: 'Fryslân' → 'fryslan'."""
    lower = word.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower.replace("ĳ", "ij"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
