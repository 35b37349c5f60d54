"""What somebody types, taken apart. Never raises, for any input.

urgentie "beschermd wonen" -detentie soort:handreiking gemeente:"Den Haag"
jongeren OF studenten      artikel 2:10 APV      geldig:2026-07-01
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from core.citations import Citation, parse_query
from search.analysis import STOP_WORDS, Term, terms

MAX_LENGTH = 400
MAX_WORDS = 16
FIELDS = (
    "soort", "groep", "actielijn", "thema", "fase", "provincie", "gemeente", "jaar",
    "status", "bouwsteen",
)  # fmt: skip
ALIASES = {"doelgroep": "groep", "kind": "soort"}
_VALUE = r"(?:[\"“”„]([^\"“”„]{1,120})[\"“”„]|([\w-]{1,120}))"
_FIELD = re.compile(rf"(?<!\S)([^\W\d_]{{3,12}}):{_VALUE}")
_PHRASE = re.compile(r"(?:(?<!\S)(-))?[\"“”„]([^\"“”„]{1,200})[\"“”„]")
_NEGATIVE = re.compile(r"(?<!\S)-(\w[\w-]*)")
_EITHER = re.compile(r"\s(?:OR|OF)\s")
# Words that carry no topic in a question to a desk.
QUESTION_WORDS = frozenset(
    [
        "hoe",
        "wat",
        "wie",
        "waar",
        "wanneer",
        "welk",
        "welke",
        "waarom",
        "hoeveel",
        "mogen",
        "mag",
        "moet",
        "moeten",
        "kan",
        "kunnen",
        "graag",
        "weten",
        "uitleg",
        "informatie",
        "bestaat",
        "zoek",
        "zoeken",
    ]
)


@dataclass(frozen=True)
class ParsedQuery:
    """text: what was typed, cut to MAX_LENGTH.

    words: the words that count, in order; ``either[n]`` holds what may stand in the place
    of word n (OR). phrases and negatives: stems that must, or must not, follow each
    other. fields: (facet, value) as typed. citation: when the whole query is one.
    """

    text: str
    words: tuple[Term, ...] = ()
    either: dict[int, tuple[Term, ...]] | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    negatives: tuple[tuple[str, ...], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    citation: Citation | None = None
    valid_on: datetime.date | None = None


def parse(text: str) -> ParsedQuery:
    """Words, "phrases", -not, OR, field:value, a date it must hold on, a citation."""
    text = text[:MAX_LENGTH]
    rest, fields, valid_on = _take_fields(text)
    citation = parse_query(rest)
    phrases: list[tuple[str, ...]] = []
    negatives: list[tuple[str, ...]] = []
    for sign, phrase in _PHRASE.findall(rest):
        stems = tuple(term.stem for term in terms(phrase))
        if stems:
            (negatives if sign else phrases).append(stems)
    rest = re.sub(r"[\"“”„]", " ", _PHRASE.sub(" ", rest))
    for word in _NEGATIVE.findall(rest):
        negatives += [(term.stem,) for term in terms(word)]
    rest = _NEGATIVE.sub(" ", rest)
    excluded = {stems[0] for stems in negatives if len(stems) == 1}
    words, either = _words(rest, excluded)
    return ParsedQuery(
        text,
        words,
        either,
        tuple(phrases),
        tuple(negatives),
        fields,
        citation,
        valid_on,
    )


def _take_fields(
    text: str,
) -> tuple[str, tuple[tuple[str, str], ...], datetime.date | None]:
    """The text without its field:value pairs, those pairs, and the date of geldig:."""
    fields: list[tuple[str, str]] = []
    valid_on: datetime.date | None = None

    def take(match: re.Match[str]) -> str:
        nonlocal valid_on
        name = match.group(1).lower()
        name = ALIASES.get(name, name)
        value = match.group(2) or match.group(3)
        if name in FIELDS:
            fields.append((name, value))
            return " "
        if name == "geldig" and (day := _date(value)):
            valid_on = day
            return " "
        return match.group()

    rest = _FIELD.sub(take, text)
    return rest, tuple(dict.fromkeys(fields)), valid_on


def _date(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _words(
    text: str, excluded: set[str]
) -> tuple[tuple[Term, ...], dict[int, tuple[Term, ...]]]:
    """The words that count; stop words only when nothing else is there."""
    places = [match.start() for match in _EITHER.finditer(text)]
    found = [
        term for term in terms(_EITHER.sub("    ", text)) if term.stem not in excluded
    ]
    content = [term for term in found if counts(term)]
    kept: list[Term] = []
    either: dict[int, list[Term]] = {}
    seen: dict[str, int] = {}
    for term in content or found:
        joined = bool(kept) and any(kept[-1].end <= at < term.start for at in places)
        if term.stem in seen:
            continue
        if joined:
            either.setdefault(len(kept) - 1, []).append(term)
            continue
        if len(kept) == MAX_WORDS:
            break
        seen[term.stem] = len(kept)
        kept.append(term)
    return tuple(kept), {place: tuple(words) for place, words in either.items()}


def counts(term: Term) -> bool:
    """Whether a word has a topic of its own."""
    return term.word not in STOP_WORDS and term.word not in QUESTION_WORDS
