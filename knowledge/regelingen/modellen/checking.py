"""What an editor must know of a model before it goes to readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.regelingen.numbering import mark
from knowledge.regelingen.tree import Soort, ordinal

from .finding import Targets
from .parts import (
    Condition,
    Keuzesoort,
    Model,
    Part,
    Presence,
    answers_to,
    artikelen,
    each,
    holds,
)
from .reading import Fault
from .references import Token, references
from .resolving import BRACKET

_AMOUNT = re.compile(
    r"€\s?(?:(?P<amount>\d+(?:\.\d{3})*(?:,(?:\d+|-))?)|\[(?P<blank>[\w-]+)\])"
)
_LEVEL = re.compile(
    r"prijspeil\s+(?:(?P<year>\d{4})|\[[\w-]+\]|[\w\s]{1,20}(?P<late>\d{4}))"
)
_NUMBERED = frozenset(
    {
        Soort.HOOFDSTUK,
        Soort.PARAGRAAF,
        Soort.ARTIKEL,
        Soort.LID,
        Soort.ONDERDEEL,
        Soort.SUBONDERDEEL,
        Soort.BIJLAGE,
    }
)


def check(model: Model, year: int) -> list[Fault]:
    """Faults and remarks in the order of the text. year: what a price level is held to."""
    found = [
        *_numbering(model),
        *_words(model, year),
        *_unused(model),
        *_references(model),
    ]
    return sorted(dict.fromkeys(found), key=lambda fault: fault.line)


def named(part: Part) -> str:
    """'artikel 5', 'tweede lid', 'onderdeel a'."""
    if part.soort is Soort.LID:
        return f"{ordinal(part.number)} lid" if part.number.isdigit() else part.number
    return f"{part.soort.value} {part.number or part.title}".strip()


# -- numbers -----------------------------------------------------------------------------


def _numbering(model: Model) -> Iterator[Fault]:
    presence = Presence(model)
    throughout = [p for p in artikelen(model) if p.number.isdigit()]
    yield from _row(model, presence, throughout)
    rows: list[tuple[Part | None, tuple[Part, ...]]] = [(None, model.parts)]
    rows += [(part, part.children) for part in each(model.parts)]
    for part, children in rows:
        for soort in _NUMBERED:
            row = [child for child in children if child.soort is soort]
            if soort is Soort.ARTIKEL:
                row = [child for child in row if not child.number.isdigit()]
            prefix = part.number if part and part.soort is Soort.HOOFDSTUK else ""
            yield from _row(model, presence, row, prefix)


def _row(
    model: Model, presence: Presence, row: list[Part], prefix: str = ""
) -> Iterator[Fault]:
    """Parts of one kind side by side: each next number, or an alternative for one before."""
    highest = 0
    seen: dict[int, list[Part]] = {}
    for part in row:
        if not part.number and part.soort in (Soort.HOOFDSTUK, Soort.ONDERDEEL):
            continue
        order = _order(part.number, prefix)
        if order is None or order > highest + 1:
            yield Fault(
                part.line,
                f"{named(part).capitalize()}: hier hoort {_next(part, highest, prefix)}.",
            )
        if order is not None:
            for other in seen.get(order, []):
                if _together(model, presence, part, other):
                    yield Fault(
                        part.line,
                        f"{named(part).capitalize()} is er ook op regel {other.line}, en "
                        "beide kunnen in één verordening staan.",
                    )
            seen.setdefault(order, []).append(part)
        highest = max(highest, order or highest + 1)


def _order(number: str, prefix: str) -> int | None:
    compound = re.fullmatch(r"(.+)[.:](\d+)", number)
    if compound:
        return int(compound[2]) if not prefix or compound[1] == prefix else None
    found = mark(number)
    plain = re.fullmatch(r"\d+|\d+°|([a-z])\1?|[IVXL]+", number)
    return (
        _letters(number)
        if re.fullmatch(r"([a-z])\1?", number)
        else (found.order if plain else None)
    )


def _letters(number: str) -> int:
    return ord(number[0]) - 96 + 26 * (len(number) - 1)


def _next(part: Part, highest: int, prefix: str) -> str:
    if part.soort is Soort.LID:
        return f"lid {highest + 1}"
    if part.soort is Soort.ONDERDEEL:
        letter = "abcdefghijklmnopqrstuvwxyz"[highest % 26] * (highest // 26 + 1)
        return f"onderdeel {letter}"
    compound = re.fullmatch(r"(.+)([.:])\d+", part.number)
    before = f"{prefix or compound[1]}{compound[2]}" if compound else ""
    degree = "°" if part.soort is Soort.SUBONDERDEEL else ""
    return f"{part.soort.value} {before}{highest + 1}{degree}"


def _together(model: Model, presence: Presence, one: Part, other: Part) -> bool:
    names = presence.involved(one) | presence.involved(other)
    return any(
        presence.of(one, answers) and presence.of(other, answers)
        for answers in answers_to(model, names)
    )


# -- words -------------------------------------------------------------------------------


def _lines(model: Model) -> Iterator[tuple[int, str]]:
    for part in each(model.parts):
        yield part.line, part.title
        for alinea in (*part.alineas, *part.notes):
            yield alinea.line, alinea.text
    for alinea in model.general:
        yield alinea.line, alinea.text


def _words(model: Model, year: int) -> Iterator[Fault]:
    blanks = {
        keuze.naam: keuze
        for keuze in model.keuzes
        if keuze.soort is Keuzesoort.INVULVELD
    }
    for line, text in ((0, model.title), (0, model.citeertitel), *_lines(model)):
        for match in BRACKET.finditer(text):
            if match[1].strip() not in blanks:
                yield Fault(
                    line,
                    f"Haakje over: {match[0]}. Er is geen [keuze {match[1].strip()}] met "
                    "soort invulveld.",
                )
        if re.search(r"[\[\]]", BRACKET.sub("", text)):
            yield Fault(line, "Er staat een los haakje in deze regel.")
        for match in _AMOUNT.finditer(text):
            after = text[match.end() : match.end() + 60]
            level = _LEVEL.search(after)
            if level is None:
                yield Fault(
                    line,
                    f"Bij {match[0]} ontbreekt het prijspeil, zoals '(prijspeil {year})'.",
                    serious=False,
                )
            elif (told := level["year"] or level["late"]) and int(told) < year:
                yield Fault(
                    line,
                    f"Bij {match[0]} staat prijspeil {told}. Klopt het bedrag nog in {year}?",
                    serious=False,
                )


def _unused(model: Model) -> Iterator[Fault]:
    used = {c.keuze for c in _conditions(model)}
    for text in (model.title, model.citeertitel, *(t for _line, t in _lines(model))):
        used |= {match[1].strip() for match in BRACKET.finditer(text)}
    for keuze in model.keuzes:
        if keuze.naam not in used:
            yield Fault(keuze.line, f"De keuze ‘{keuze.naam}’ wordt nergens gebruikt.")


def _conditions(model: Model) -> Iterator[Condition]:
    for part in each(model.parts):
        yield from part.when
        for alinea in (*part.alineas, *part.notes):
            yield from alinea.when
    for alinea in model.general:
        yield from alinea.when


# -- references --------------------------------------------------------------------------


def _references(model: Model) -> Iterator[Fault]:
    presence, targets = Presence(model), Targets(model)

    def visit(parts: Iterable[Part], above: tuple[Part, ...]) -> Iterator[Fault]:
        for part in parts:
            where = (*above, part)
            for alinea in (*part.alineas, *part.notes):
                for token in _tokens(alinea.text):
                    yield from _token(part, where, token, alinea.when, alinea.line)
            for token in _tokens(part.title):
                yield from _token(part, where, token, (), part.line)
            yield from visit(part.children, where)

    def _token(
        part: Part | None,
        where: tuple[Part, ...],
        token: Token,
        when: tuple[Condition, ...],
        line: int,
    ) -> Iterator[Fault]:
        found = targets.of(token, where)
        words = words_of(token)
        if not found:
            yield Fault(line, f"{words.capitalize()} bestaat niet.")
            return
        names = {c.keuze for c in when}
        if part is not None:
            names |= presence.involved(part)
        names = names.union(*(presence.involved(target) for target in found))
        for answers in answers_to(model, names):
            if not holds(when, answers):
                continue
            if part is not None and not presence.of(part, answers):
                continue
            if not any(presence.of(target, answers) for target in found):
                told = ", ".join(f"{n} = {v}" for n, v in sorted(answers.items()))
                yield Fault(
                    line, f"Verwijst naar {words}, maar dat kan wegvallen ({told})."
                )
                return

    yield from visit(model.parts, ())
    for alinea in model.general:
        for token in _tokens(alinea.text):
            yield from _token(None, (), token, alinea.when, alinea.line)


def _tokens(text: str) -> Iterator[Token]:
    for reference in references(text):
        yield from reference.tokens


def words_of(token: Token) -> str:
    """'artikel 9, tweede lid' for what a token names."""
    return ", ".join(
        f"{ordinal(value)} lid" if level.value == "lid" else f"{level.value} {value}"
        for level, value in token.path
    )
