"""Which team answers a question, with the reason in words.

Pure: group first, subject second; a legal question goes to Wet en verordening with the
group's team as second reader; in doubt a person at the front office decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.analysis import part_stems, stem, terms, tokenise

GROUP, SUBJECT, LAW, SELF = "groep", "onderwerp", "recht", "zelf"
FRONTOFFICE = "frontoffice"
LAW_TEAM = "wet-verordening"
# Forms of "gelden": they share the stem of "geld" and say nothing about money.
NO_MONEY = frozenset({"geldt", "gelden", "gold", "golden"})
MINIMUM = 2.0
LAW_MINIMUM = 3.0
SELF_MINIMUM = 3.0
# What a word counts inside a compound: one decisive word there is enough for its team.
IN_COMPOUND = 0.7
# A subject must be this much clearer than the group to go first.
SUBJECT_LEAD = 1.6
# Teams that keep the law of their own field (1.5 of the routing rules).
OWN_LAW = {
    "data-gegevensdeling": 3.0,
    "studenten": 4.0,
    "woonwagenbewoners": 3.0,
    "arbeidsmigranten": 4.0,
    "statushouders": 3.0,
}


@dataclass(frozen=True)
class RouteTerm:
    """A word or phrase that points to a team; ``weight`` 1 hint, 2 clear, 3 decisive."""

    text: str
    team: str
    kind: str
    weight: float
    stems: tuple[str, ...] = ()

    @staticmethod
    def of(text: str, team: str, kind: str, weight: float) -> RouteTerm:
        return RouteTerm(
            text, team, kind, weight, tuple(stem(t.text) for t in tokenise(text))
        )


@dataclass(frozen=True)
class Route:
    """team: slug; second: another team that is right or reads along; reasons: Dutch
    sentences for staff, and ``reasons_to_asker`` the same for who asks."""

    team: str
    second: str | None
    confidence: float
    reasons: tuple[str, ...]
    urgent: bool = False
    reasons_to_asker: tuple[str, ...] = ()
    scores: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class RoutingTable:
    terms: tuple[RouteTerm, ...]
    urgent: tuple[tuple[str, ...], ...]
    names: dict[str, str]

    @staticmethod
    def build(
        rows: Iterable[RouteTerm], urgent: Iterable[str], names: dict[str, str]
    ) -> RoutingTable:
        return RoutingTable(
            tuple(rows),
            tuple(tuple(stem(t.text) for t in tokenise(phrase)) for phrase in urgent),
            names,
        )


def route(text: str, table: RoutingTable) -> Route:
    """The team for a question. Never raises; an empty text goes to the front office."""
    words = terms(text)
    stems = [term.word if term.word in NO_MONEY else term.stem for term in words]
    whole = set(stems)
    # Of related words ("urgentie", "urgent") each counts only where it is written.
    parts = {part for term in words for part in part_stems(term.word)}
    scores: dict[str, float] = {}
    found: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for term in table.terms:
        kinds.setdefault(term.team, term.kind)
        weight = _matches(term, stems, whole, parts)
        if weight:
            scores[term.team] = scores.get(term.team, 0.0) + weight
            found.setdefault(term.team, []).append(term.text)
    urgent = any(_contains(stems, phrase) for phrase in table.urgent)
    team, second, confidence = _decide(scores, kinds)
    return Route(
        team,
        second,
        confidence,
        _reasons(team, second, found, table.names, "de vraag"),
        urgent,
        _reasons(team, second, found, table.names, "u"),
        scores,
    )


def _matches(
    term: RouteTerm, stems: list[str], whole: set[str], parts: set[str]
) -> float:
    if len(term.stems) == 1:
        if term.stems[0] in whole:
            return term.weight
        return term.weight * IN_COMPOUND if term.stems[0] in parts else 0.0
    return term.weight if _contains(stems, term.stems) else 0.0


def _contains(stems: list[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return bool(size) and any(
        tuple(stems[i : i + size]) == phrase for i in range(len(stems) - size + 1)
    )


def _best(
    scores: dict[str, float], kinds: dict[str, str], kind: str
) -> list[tuple[float, str]]:
    return sorted(
        ((score, team) for team, score in scores.items() if kinds[team] == kind),
        key=lambda x: (-x[0], x[1]),
    )


def _decide(
    scores: dict[str, float], kinds: dict[str, str]
) -> tuple[str, str | None, float]:
    groups, subjects = _best(scores, kinds, GROUP), _best(scores, kinds, SUBJECT)
    law = scores.get(LAW_TEAM, 0.0)
    own = scores.get(FRONTOFFICE, 0.0)
    top_group = groups[0] if groups and groups[0][0] >= MINIMUM else None
    top_subject = subjects[0] if subjects and subjects[0][0] >= MINIMUM else None
    field_team = _field(top_group, top_subject)
    others = [
        team
        for score, team in sorted(groups + subjects, key=lambda x: -x[0])
        if score >= MINIMUM and team != field_team
    ]
    if own >= SELF_MINIMUM and own >= max(
        [law, *(s for s, _ in groups + subjects)], default=0.0
    ):
        return FRONTOFFICE, field_team, 0.6
    if law >= LAW_MINIMUM and not _keeps_law(field_team, scores, law):
        return LAW_TEAM, field_team, _confidence(law, scores.get(field_team or "", 0.0))
    if field_team is None:
        if law >= MINIMUM:
            return LAW_TEAM, None, 0.4
        return FRONTOFFICE, None, 0.2
    if own >= 2.0 and scores[field_team] < 3.0:
        return FRONTOFFICE, field_team, 0.4
    second = LAW_TEAM if law >= MINIMUM else (others[0] if others else None)
    return (
        field_team,
        second,
        _confidence(scores[field_team], scores.get(second or "", 0.0)),
    )


def _field(
    group: tuple[float, str] | None, subject: tuple[float, str] | None
) -> str | None:
    """Group first, subject second; a subject that is much clearer goes first."""
    if group is None:
        return subject[1] if subject else None
    if subject is not None and subject[0] >= group[0] * SUBJECT_LEAD:
        return subject[1]
    return group[1]


def _keeps_law(team: str | None, scores: dict[str, float], law: float) -> bool:
    """Whether the team of the field answers its own legal questions."""
    if team is None or team not in OWN_LAW:
        return False
    return scores[team] >= OWN_LAW[team] and scores[team] >= law * 0.6


def _confidence(first: float, second: float) -> float:
    """Between 0 and 1: how much there is, and how far ahead of the next."""
    strength = min(1.0, first / 6)
    lead = (first - second) / first if first > second else 0.0
    return round(0.3 + 0.4 * strength + 0.3 * lead, 2)


def _reasons(
    team: str,
    second: str | None,
    found: dict[str, list[str]],
    names: dict[str, str],
    who: str,
) -> tuple[str, ...]:
    name = names.get(team, team)
    words = found.get(team, [])
    if team == FRONTOFFICE and not words:
        reasons = ["Geen team is duidelijk: de frontoffice beslist."]
    elif team == FRONTOFFICE:
        reasons = [f"De frontoffice kijkt eerst, omdat {who} {_quoted(words)} noemt."]
    else:
        reasons = [f"Naar team {name}, omdat {who} {_quoted(words)} noemt."]
    if second:
        extra = found.get(second, [])
        why = f", omdat {who} {_quoted(extra)} noemt" if extra else ""
        reasons.append(f"Team {names.get(second, second)} leest mee{why}.")
    return tuple(reasons)


def _quoted(words: list[str]) -> str:
    """At most four words in quotes; of forms of one word only the first."""
    unique: list[str] = []
    for word in words:
        start = word[: max(4, len(word) - 3)]
        if not any(kept.startswith(start) for kept in unique):
            unique.append(word)
    quoted = [f"‘{word}’" for word in unique[:4]]
    return " en ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
