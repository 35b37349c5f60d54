"""From a parsed query to what is looked for: words with their alternatives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from core.citations import Citation, forms
from search.analysis import Term, terms, word_forms
from search.spelling import EMPTY, Vocabulary
from search.synonyms import NONE, Alternative, Match, SynonymTable

from .parser import ParsedQuery, parse

MAX_MATCHES = 24


@dataclass(frozen=True)
class Group:
    """One word of the query. known: the index has it; unknown words match by near ones.

    near: stems of words that share letters with it, and how much each counts, 0-1.
    weight: how much having it counts, as Vocabulary.rarity.
    """

    word: str
    stem: str
    parts: tuple[str, ...]
    near: tuple[tuple[str, float], ...] = ()
    known: bool = True
    alternatives: tuple[Alternative, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class QueryPlan:
    """groups: words in order. spans: alternatives for several words together.

    filters: facet → values of which one must hold. corrected: the query with the words
    that were probably meant, when some were unknown.
    """

    groups: tuple[Group, ...] = ()
    spans: tuple[Match, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    negatives: tuple[tuple[str, ...], ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: tuple[str, ...] = ()
    citation: Citation | None = None
    citation_keys: tuple[str, ...] = ()
    valid_on: datetime.date | None = None
    corrected: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.phrases)


def make_plan(
    query: str | ParsedQuery,
    *,
    filters: dict[str, tuple[str, ...]] | None = None,
    audiences: tuple[str, ...] = (),
    vocabulary: Vocabulary = EMPTY,
    synonyms: SynonymTable = NONE,
    correct: bool = True,
) -> QueryPlan:
    """What an engine has to look for. With an empty vocabulary every word is known."""
    parsed = parse(query) if isinstance(query, str) else query
    corrections: dict[str, str] = {}
    for term in parsed.words if correct and vocabulary.words else ():
        if not vocabulary.knows(term) and (right := vocabulary.correct(term.word)):
            corrections[term.word] = right
    words = [
        terms(corrections[term.word])[0] if term.word in corrections else term
        for term in parsed.words
    ]
    found = synonyms.matches([term.stem for term in words])[:MAX_MATCHES]
    groups = []
    for place, (term, meant) in enumerate(zip(parsed.words, words, strict=True)):
        known = not vocabulary.words or vocabulary.knows(meant)
        alternatives = [
            Alternative(other.word, (other,), 1.0)
            for other in (parsed.either or {}).get(place, ())
        ]
        alternatives += [
            match.alternative for match in found if match.first == match.last == place
        ]
        if term is not meant:
            # The word probably meant scores as if it was typed; the typed one counts too.
            alternatives.append(Alternative(term.word, (term,), 1.0))
        groups.append(
            Group(
                term.word,
                meant.stem,
                meant.parts,
                _near(vocabulary, meant),
                known,
                tuple(alternatives),
                vocabulary.rarity(meant.stem),
            )
        )
    return QueryPlan(
        groups=tuple(groups),
        spans=tuple(match for match in found if match.first < match.last),
        phrases=parsed.phrases,
        negatives=parsed.negatives,
        filters=dict(filters or {}),
        audiences=audiences,
        citation=parsed.citation,
        citation_keys=forms(parsed.citation) if parsed.citation else (),
        valid_on=parsed.valid_on,
        corrected=_corrected(parsed, corrections),
    )


def _near(vocabulary: Vocabulary, term: Term) -> tuple[tuple[str, float], ...]:
    """Stems of the words near to one, but its own: each counts for its share of letters.

    A rarer word would score higher for being rare; it counts as the word itself would.
    """
    rarity = vocabulary.rarity(term.stem)
    found: dict[str, float] = {}
    for word, share in vocabulary.near.of(term.word):
        stem = word_forms(word)[0]
        if stem != term.stem:
            found.setdefault(stem, share * min(1.0, rarity / vocabulary.rarity(stem)))
    return tuple(found.items())


def _corrected(parsed: ParsedQuery, corrections: dict[str, str]) -> str | None:
    """The text as typed with each unknown word replaced by the one probably meant."""
    if not corrections:
        return None
    text, shift = parsed.text, 0
    for term in terms(parsed.text):
        meant = corrections.get(term.word)
        if meant:
            text = text[: term.start + shift] + meant + text[term.end + shift :]
            shift += len(meant) - (term.end - term.start)
    return text


def without_phrases(plan: QueryPlan) -> QueryPlan:
    """The same plan with the words of its phrases as loose words."""
    loose = tuple(Group(stem, stem, ()) for phrase in plan.phrases for stem in phrase)
    return replace(plan, phrases=(), groups=(*plan.groups, *loose))


def required(count: int) -> int:
    """How many words of a query a document must have: all of two, most of a question."""
    if count <= 2:
        return count
    return max(2, -(-count * 6 // 10))
