"""What kind of regulation a title names."""

import re

MODEL = "modelverordening"
_KINDS = (
    ("beleidsregel", r"\bbeleidsregels?\b|\buitvoeringsregels?\b|\brichtlijn"),
    ("nadere regels", r"\bnadere regels?\b"),
    ("verordening", r"verordening"),
    ("besluit", r"besluit\b"),
)


def kind_of(title: str) -> str:
    """'verordening', 'beleidsregel', …; 'regeling' when the title names none."""
    lower = title.lower()
    return next((kind for kind, words in _KINDS if re.search(words, lower)), "regeling")
