"""Word forms: own table first, then lemma and the Dutch Porter stemmer.

``dutch`` in Snowball 3 is Kraaij-Pohlmann and cuts 'gemeente' to 'meen'; lemma and then
``dutch_porter`` measured best on Dutch legal text.
"""

from functools import lru_cache

import simplemma
import snowballstemmer

from search.lexicon import forms, frequencies

from .split import split

_stemmer = snowballstemmer.stemmer("dutch_porter")

# Separable beginnings of verbs: 'ingeschreven' is 'inschrijven'.
SEPARABLE = (
    "achter", "aan", "af", "bij", "binnen", "buiten", "door", "in", "mee", "na", "neer",
    "om", "onder", "op", "over", "samen", "tegen", "terug", "toe", "uit", "vast", "vol",
    "voor", "voort", "vrij", "weg",
)  # fmt: skip
_VOWELS = "aeiou"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The index form of a folded word; numbers and short words as they are.

    A compound keeps its first parts and takes the stem of its last one, so that a form
    that no list has ('woonwagenstandplaatsen') follows the form of its last word.
    """
    own = forms().get(word)
    if own is not None:
        return own[0]
    if len(word) < 4 or any(c.isdigit() for c in word):
        return word
    parts = split(word)
    if parts:
        head = "".join(piece for piece, _base in parts[:-1])
        return head + stem_simple(parts[-1][0])
    return stem_simple(word)


@lru_cache(maxsize=50_000)
def stem_simple(word: str) -> str:
    """The stem of a word that is taken as one."""
    own = forms().get(word)
    if own is not None:
        return own[0]
    if len(word) < 4:
        return word
    lemma = _lemma(word)
    own = forms().get(lemma)
    if own is not None:
        return own[0]
    return _stemmer.stemWord(lemma)


def _lemma(word: str) -> str:
    if word.endswith("ieen"):  # categorieën, without its trema
        return word[:-2]
    if word.endswith("iele") and word[:-4] + "ieel" in frequencies():
        return word[:-4] + "ieel"
    found = simplemma.lemmatize(word, lang="nl").lower()
    if not found.isalpha():
        return word
    if found != word:
        return found
    return _participle(word) or _separable(word) or _foreign_plural(word) or word


def _foreign_plural(word: str) -> str:
    """'regios' → 'regio': an s after a vowel, where only the singular is a known word."""
    table = frequencies()
    base = word[:-1]
    known = word.endswith("s") and base[-1:] in "aou" and word not in table
    return base if known and base in table else ""


def _separable(word: str) -> str:
    """'toewijst' → 'toewijzen': the verb behind a separable beginning."""
    for prefix in SEPARABLE:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 3:
            lemma = simplemma.lemmatize(rest, lang="nl").lower()
            if lemma != rest and lemma.endswith("en") and prefix + lemma in _verbs():
                return prefix + lemma
    return ""


def _participle(word: str) -> str:
    """'gesloopt' → 'slopen', 'uitgestroomd' → 'uitstromen', when that verb is known."""
    for prefix in ("", *SEPARABLE):
        inner = word[len(prefix) :]
        if word.startswith(prefix + "ge") and inner[-1:] in "dt" and len(inner) > 5:
            for verb in _infinitives(inner[2:-1]):
                if prefix + verb in _verbs():
                    return prefix + verb
    return ""


def _infinitives(root: str) -> list[str]:
    found = [root + "en", root + root[-1] + "en"]
    if len(root) > 3 and root[-2] == root[-3] and root[-2] in _VOWELS:
        found.append(root[:-2] + root[-1] + "en")
    return found


def _verbs() -> dict[str, int]:
    return frequencies()
