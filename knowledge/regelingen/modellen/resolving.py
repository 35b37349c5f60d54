"""A model with answers becomes a text: what stays, filled in, numbered and referred to anew."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.maanden import MAANDEN
from knowledge.regelingen.tree import (
    GROUPS,
    Node,
    Regeling,
    Soort,
    heading,
    ordinal,
    walk,
)

from .finding import Targets
from .parts import (
    Alinea,
    Condition,
    Keuze,
    Keuzesoort,
    Model,
    Part,
    Veld,
    explained,
    holds,
    remains,
)
from .references import Token, references

BRACKET = re.compile(r"\[([^\[\]\n]{1,80})\]")
_LISTED = (Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.BEGRIP)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What somebody still has to do. keuze: the choice to make, if it is one. key: the
    artikel that it is about, if it is about one."""

    message: str
    keuze: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """sources: of each artikel its address in the draft, with its key in the model.
    pending: of an artikel, by key, the choices that it waits for. touches: of a choice,
    by name, the keys of the artikelen in which it shows. relevant: the choices
    that matter with these answers, in the order of the model. back: of each place in the
    draft, such as ('artikel 4', 'lid 2'), its number in the model and the key of it."""

    regeling: Regeling
    points: tuple[OpenPoint, ...]
    sources: Mapping[str, str]
    pending: Mapping[str, tuple[str, ...]]
    touches: Mapping[str, tuple[str, ...]]
    relevant: tuple[Keuze, ...]
    answered: int
    back: Mapping[tuple[str, ...], tuple[str, str]]

    @property
    def complete(self) -> bool:
        return not self.points


def resolve(model: Model, answers: Mapping[str, str]) -> Draft:
    """The text that these answers give, and what is open.

    As long as a choice is not made, the text is shown with its usual option; a blank that
    is not filled keeps its brackets.
    """
    return _Resolver(model, answers).draft()


@dataclass(slots=True, eq=False)
class _Kept:
    """A part that stays, with its new number."""

    part: Part
    above: tuple[Part, ...]
    number: str
    children: list[_Kept] = field(default_factory=list)


class _Resolver:
    def __init__(self, model: Model, answers: Mapping[str, str]) -> None:
        self.model = model
        self.given = {
            keuze.naam: answers[keuze.naam].strip()
            for keuze in model.keuzes
            if is_answer(keuze, answers.get(keuze.naam, ""))
        }
        self.assumed = {
            keuze.naam: self.given.get(keuze.naam) or keuze.assumed
            for keuze in model.keuzes
        }
        self.known = {keuze.naam for keuze in model.keuzes}
        self.relevant: set[str] = set()
        self.pending: dict[str, dict[str, None]] = {}
        self.touches: dict[str, dict[str, None]] = {}
        self.points: list[OpenPoint] = []
        self.numbers: dict[str, str] = {}
        self.single: set[str] = set()  # artikelen whose only lid is not numbered
        self.artikel = ""
        self.targets = Targets(model)

    def draft(self) -> Draft:
        self._relevant(self.model.parts, "")
        for alinea in self.model.general:
            self._matters(alinea.when, "")
        kept = self._stay(self.model.parts, ())
        self._number(kept)
        children = tuple(self._node(one) for one in kept)
        notes = tuple(self._notes(kept))
        general = "\n".join(self._texts(self.model.general, (), ""))
        children += explained((), notes, general)
        regeling = Regeling(
            title=self._fill(self.model.title, ""),
            children=children,
            kind=self.model.kind,
            citeertitel=self._fill(self.model.citeertitel, ""),
        )
        relevant = tuple(k for k in self.model.keuzes if k.naam in self.relevant)
        unanswered = [
            OpenPoint(keuze.vraag, keuze.naam)
            for keuze in relevant
            if keuze.naam not in self.given
        ]
        keys = [one.part.key for one in _artikelen(kept)]
        addresses = [
            placed.address
            for placed in walk(regeling)
            if placed.node.soort is Soort.ARTIKEL
        ]
        return Draft(
            regeling,
            (*unanswered, *dict.fromkeys(self.points)),
            dict(zip(addresses, keys, strict=True)),
            {key: tuple(names) for key, names in self.pending.items()},
            {naam: tuple(keys) for naam, keys in self.touches.items()},
            relevant,
            len(relevant) - len(unanswered),
            self._back(kept, ()),
        )

    def _back(
        self, kept: Iterable[_Kept], path: tuple[str, ...]
    ) -> dict[tuple[str, ...], tuple[str, str]]:
        found = {}
        for one in kept:
            here = path
            if one.number:
                part = one.part
                named = f"{part.soort.value} {one.number.lower()}"
                groups = part.soort in GROUPS or part.soort is Soort.ARTIKEL
                here = (named,) if groups else (*path, named)
                found[here] = (part.number, part.key)
            found |= self._back(one.children, here)
        return found

    # -- what stays ----------------------------------------------------------

    def _relevant(self, parts: Iterable[Part], artikel: str) -> None:
        for part in parts:
            inside = part.key if part.soort is Soort.ARTIKEL else artikel
            if not self._matters(part.when, inside):
                continue
            for alinea in (*part.alineas, *part.notes):
                self._matters(alinea.when, inside)
            self._relevant(part.children, inside)

    def _matters(self, when: Sequence[Condition], artikel: str) -> bool:
        """Note the choices that are asked here, from the outer block inwards."""
        for condition in when:
            if condition.keuze:
                self._asked(condition.keuze, artikel)
            if not condition.holds(self.assumed):
                return False
        return True

    def _asked(self, naam: str, artikel: str) -> None:
        self.relevant.add(naam)
        if artikel:
            self.touches.setdefault(naam, {})[artikel] = None
        if artikel and naam not in self.given:
            self.pending.setdefault(artikel, {})[naam] = None

    def _stay(self, parts: Iterable[Part], above: tuple[Part, ...]) -> list[_Kept]:
        return [
            _Kept(part, above, part.number, self._stay(part.children, (*above, part)))
            for part in parts
            if remains(part, self.assumed)
        ]

    # -- numbers -------------------------------------------------------------

    def _number(self, kept: list[_Kept]) -> None:
        self.throughout = 0
        self.in_chapter = 0
        self.style = "1"
        self._count(kept, "")
        for one in _every(kept):
            self.numbers[one.part.key] = one.number

    def _count(self, kept: list[_Kept], chapter: str) -> None:
        """Numbers start again in each part, those of artikelen throughout or per chapter."""
        row: dict[Soort, int] = {}
        for one in kept:
            soort, number = one.part.soort, one.part.number
            below = chapter
            if soort is Soort.LID and sum(k.part.soort is Soort.LID for k in kept) == 1:
                one.number = ""
                self.single.add(one.above[-1].key)
            elif number and soort is Soort.ARTIKEL:
                if not number.startswith("E"):
                    self.style = number
                self.throughout += 1
                self.in_chapter += 1
                compound = re.search("[.:]", self.style)
                count = self.in_chapter if compound else self.throughout
                one.number = _like(self.style, count, chapter)
            elif number:
                row[soort] = row.get(soort, 0) + 1
                one.number = _like(number, row[soort], chapter)
            if soort is Soort.HOOFDSTUK:
                below, self.in_chapter = one.number, 0
            self._count(one.children, below)

    # -- words ---------------------------------------------------------------

    def _node(self, one: _Kept) -> Node:
        part = one.part
        if part.soort is Soort.ARTIKEL:
            self.artikel = part.key
        where = (*one.above, part)
        artikel = "" if part.soort in GROUPS else self.artikel
        texts = self._texts(part.alineas, where, artikel)
        children = tuple(self._node(child) for child in one.children)
        if part.soort is Soort.ARTIKEL and part.key in self.single:
            texts, children = _unnumbered(texts, children)
        return Node(
            part.soort,
            part.label,
            one.number,
            self._fill(self._refer(part.title, where, artikel), artikel),
            "\n".join(texts),
            _closed(part, one.children, children),
        )

    def _notes(self, kept: list[_Kept]) -> Iterable[Node]:
        for one in _artikelen(kept):
            texts = self._texts(
                one.part.notes, (*one.above, one.part), one.part.key, quiet=True
            )
            if texts:
                yield Node(
                    Soort.TOELICHTING,
                    one.part.label,
                    one.number,
                    self._fill(one.part.title, one.part.key),
                    "\n".join(texts),
                    about=one.number,
                )

    def _texts(
        self,
        alineas: Iterable[Alinea],
        where: tuple[Part, ...],
        artikel: str,
        quiet: bool = False,
    ) -> list[str]:
        return [
            self._fill(self._refer(alinea.text, where, artikel), artikel)
            for alinea in alineas
            if holds(alinea.when, self.assumed)
        ]

    def _refer(self, text: str, where: tuple[Part, ...], artikel: str) -> str:
        def number_of(token: Token) -> str | None:
            found = [
                part
                for part in self.targets.of(token, where)
                if part.key in self.numbers
            ]
            if len(found) == 1:
                number = self.numbers[found[0].key]
                if number or token.without is not None:
                    return number
            named = ", ".join(f"{level} {value}" for level, value in token.path)
            named = re.sub(r"lid (\d+)", lambda m: f"{ordinal(m[1])} lid", named)
            self.points.append(
                OpenPoint(
                    f"Verwijst naar {named} van het model, maar dat staat niet in uw tekst.",
                    key=artikel,
                )
            )
            return None

        return rewrite(text, number_of)

    def _fill(self, text: str, artikel: str) -> str:
        def value(match: re.Match[str]) -> str:
            naam = match[1].strip()
            if naam not in self.known:
                self.points.append(
                    OpenPoint(f"Er staat nog een haakje: {match[0]}.", key=artikel)
                )
                return match[0]
            self._asked(naam, artikel)
            keuze = self.model.keuze(naam)
            given = self.given.get(naam, "")
            return printed(keuze, given) if keuze and given else match[0]

        return BRACKET.sub(value, text)


def is_answer(keuze: Keuze, value: str) -> bool:
    """Whether this answers the question: an option, or something filled in."""
    value = value.strip()
    if keuze.soort is Keuzesoort.INVULVELD:
        return bool(value) and not re.search(r"[\[\]\n\r]", value)
    return value in {optie.naam for optie in keuze.opties}


def printed(keuze: Keuze, answer: str) -> str:
    """What somebody filled in, as it stands in the text: '1 januari 2027', '1.250'."""
    if keuze.veld is Veld.DATUM:
        try:
            day = datetime.date.fromisoformat(answer)
        except ValueError:
            return answer
        return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"
    if keuze.veld is Veld.BEDRAG and re.fullmatch(r"\d{4,9}(?:,\d\d)?", answer):
        whole, comma, cents = answer.partition(",")
        return f"{int(whole):,}".replace(",", ".") + comma + cents
    return answer


def rewrite(text: str, number_of: Callable[[Token], str | None]) -> str:
    """The text with another number in each reference.

    number_of: gives the new number; None leaves the token as it is, and '' says that the
    lid has no number any more, because it is the only one.
    """
    changes: list[tuple[int, int, str]] = []
    for reference in references(text):
        for token in reference.tokens:
            number = number_of(token)
            if number is None or number.lower() == token.value:
                continue
            if number == "":
                changes.append(token.without or (token.start, token.end, token.value))
                continue
            written = text[token.start : token.end]
            new = ordinal(number) if token.ordinal and number.isdigit() else number
            if written[0].isupper() and token.ordinal:
                new = new.capitalize()
            changes.append((token.start, token.end, new))
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _like(number: str, at: int, chapter: str) -> str:
    """The at-th number, written as the model writes it."""
    compound = re.match(r"(.+)([.:])[^.:]+$", number)
    if compound:
        return f"{chapter or compound[1]}{compound[2]}{at}"
    if number.endswith("°"):
        return f"{at}°"
    if re.fullmatch(r"[ivxlc]+", number, re.I) and number.isupper():
        return _roman(at)
    if re.fullmatch(r"[a-z]{1,2}", number):
        letter = "abcdefghijklmnopqrstuvwxyz"[(at - 1) % 26]
        return letter * ((at - 1) // 26 + 1)
    return str(at)


def _roman(number: int) -> str:
    steps = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in steps:
        while number >= value:
            written, number = written + sign, number - value
    return written


def _unnumbered(
    texts: list[str], children: tuple[Node, ...]
) -> tuple[list[str], tuple[Node, ...]]:
    """The only lid of an artikel becomes the text of that artikel."""
    found: list[Node] = []
    for child in children:
        if child.soort is Soort.LID:
            texts = [*texts, child.text]
            found += child.children
        else:
            found.append(child)
    return texts, tuple(found)


def _closed(
    part: Part, kept: list[_Kept], children: tuple[Node, ...]
) -> tuple[Node, ...]:
    """A list from which items fell away ends as the whole list did: '…; en', '….'."""
    whole = [child for child in part.children if child.soort in _LISTED]
    at = [i for i, child in enumerate(children) if child.soort in _LISTED]
    if not at or not whole or len(at) == len(whole):
        return children
    found = list(children)
    last = _ending(whole[-1])
    joined = next(
        (match[0] for child in whole[:-1] if (match := _JOIN.search(_end(child)))), ""
    )
    for i in at[:-1]:
        found[i] = _ended(found[i], lambda text: _JOIN.sub(";", text))
    if joined and len(at) > 1:
        found[at[-2]] = _ended(
            found[at[-2]],
            lambda text: re.sub(r";$", joined, text),
        )
    found[at[-1]] = _ended(
        found[at[-1]],
        lambda text: re.sub(r"(?:;|,|\.)(?:\s+(?:en|of))?$", "", text) + last,
    )
    return tuple(found)


_JOIN = re.compile(r"[;,]\s+(?:en|of)$")


def _end(part: Part) -> str:
    while part.children:
        part = part.children[-1]
    return part.alineas[-1].text if part.alineas else ""


def _ending(part: Part) -> str:
    found = re.search(r"[.;,]$", _end(part))
    return found[0] if found else ""


def _ended(node: Node, change: Callable[[str], str]) -> Node:
    if node.children:
        last = _ended(node.children[-1], change)
        return replace(node, children=(*node.children[:-1], last))
    return replace(node, text=change(node.text))


def _every(kept: Iterable[_Kept]) -> Iterable[_Kept]:
    for one in kept:
        yield one
        yield from _every(one.children)


def _artikelen(kept: Iterable[_Kept]) -> list[_Kept]:
    return [one for one in _every(kept) if one.part.soort is Soort.ARTIKEL]


def where(draft: Draft, key: str) -> str:
    """The heading of an artikel in the draft, by its key in the model."""
    for placed in walk(draft.regeling):
        if draft.sources.get(placed.address) == key:
            return heading(placed.node)
    return ""
