"""A model ordinance: a legal text in which parts depend on choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from knowledge.regelingen.tree import Node, Regeling, Soort, walk

JA, NEE = "ja", "nee"
ADDED = "eigen-"  # how the key of an artikel begins that a municipality added


class Keuzesoort(StrEnum):
    INVULVELD = "invulveld"
    VARIANT = "variant"
    FACULTATIEF = "facultatief"


class Veld(StrEnum):
    """What goes into a blank."""

    TEKST = "tekst"
    GETAL = "getal"
    BEDRAG = "bedrag"
    DATUM = "datum"
    TERMIJN = "termijn"


class Stap(StrEnum):
    """Where in the conversation a choice is made."""

    REIKWIJDTE = "reikwijdte"
    CATEGORIEEN = "categorieën"
    VOORWAARDEN = "voorwaarden"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Optie:
    naam: str
    label: str
    gevolg: str = ""


@dataclass(frozen=True, slots=True)
class Keuze:
    """One question of the model. line: where it stands in the text."""

    naam: str
    soort: Keuzesoort
    stap: Stap
    vraag: str
    uitleg: str = ""
    veld: Veld = Veld.TEKST
    voorbeeld: str = ""
    opties: tuple[Optie, ...] = ()
    standaard: str = ""
    bron: str = ""
    line: int = 0

    @property
    def assumed(self) -> str:
        """What the text is shown with as long as nobody chose; '' for a blank."""
        if self.soort is Keuzesoort.INVULVELD:
            return ""
        return self.standaard or self.opties[0].naam

    def label_of(self, answer: str) -> str:
        """An answer in words."""
        labels = {optie.naam: optie.label for optie in self.opties}
        return labels.get(answer, answer)


@dataclass(frozen=True, slots=True)
class Condition:
    """'als x = a of b', or with negated 'als niet x'. Without a choice it never holds."""

    keuze: str
    values: frozenset[str]
    negated: bool = False

    def holds(self, answers: Mapping[str, str]) -> bool:
        return (answers.get(self.keuze, "") in self.values) is not self.negated


NEVER = Condition("", frozenset({"nooit"}))


@dataclass(frozen=True, slots=True)
class Alinea:
    text: str
    when: tuple[Condition, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the model, as printed in the fullest text.

    when: what must hold for this part to be in a draft, if the part above it is. key: its
    address in the fullest text. notes: what explains an artikel.
    """

    soort: Soort
    label: str = ""
    number: str = ""
    title: str = ""
    alineas: tuple[Alinea, ...] = ()
    children: tuple[Part, ...] = ()
    notes: tuple[Alinea, ...] = ()
    when: tuple[Condition, ...] = ()
    line: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """fits: the law that it fits, with its date. date: of this text, as ISO date."""

    title: str
    parts: tuple[Part, ...]
    keuzes: tuple[Keuze, ...] = ()
    general: tuple[Alinea, ...] = ()
    kind: str = "verordening"
    citeertitel: str = ""
    fits: str = ""
    date: str = ""
    example: bool = False

    def keuze(self, naam: str) -> Keuze | None:
        return next((keuze for keuze in self.keuzes if keuze.naam == naam), None)


def each(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part, each before what is in it."""
    for part in parts:
        yield part
        yield from each(part.children)


def artikelen(model: Model) -> list[Part]:
    return [part for part in each(model.parts) if part.soort is Soort.ARTIKEL]


def keyed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with their addresses in the fullest text as keys."""
    whole = Regeling("", tuple(map(_node, parts)))
    keys = iter([placed.address for placed in walk(whole)])

    def visit(part: Part) -> Part:
        key = next(keys)
        return replace(part, key=key, children=tuple(map(visit, part.children)))

    return tuple(map(visit, parts))


def _node(part: Part) -> Node:
    return Node(
        part.soort,
        part.label,
        part.number,
        part.title,
        "\n".join(alinea.text for alinea in part.alineas),
        tuple(map(_node, part.children)),
    )


def full_text(model: Model) -> Regeling:
    """The fullest text as one tree, with every alternative in it, for storage and search."""
    parts = tuple(map(_node, model.parts))
    notes = tuple(
        Node(
            Soort.TOELICHTING,
            part.label,
            part.number,
            part.title,
            "\n".join(alinea.text for alinea in part.notes),
            about=part.number,
        )
        for part in artikelen(model)
        if part.notes
    )
    return Regeling(
        title=model.title,
        children=(*parts, *explained(model.general, notes)),
        kind="modelverordening",
        citeertitel=model.citeertitel,
        valid_from=model.date,
    )


def explained(
    general: Iterable[Alinea], notes: tuple[Node, ...], text: str | None = None
) -> tuple[Node, ...]:
    """The toelichting that stands behind the articles: general, and per artikel."""
    words = "\n".join(a.text for a in general) if text is None else text
    found = []
    if words:
        found.append(Node(Soort.TOELICHTING, title="Algemene toelichting", text=words))
    if notes:
        found.append(
            Node(Soort.TOELICHTING, title="Artikelsgewijze toelichting", children=notes)
        )
    return tuple(found)


class Presence:
    """When a part is in a draft: its conditions hold, those of what it is in too, and
    something of what was in it is left."""

    def __init__(self, model: Model) -> None:
        self.above: dict[str, tuple[Part, ...]] = {}
        self._keep(model.parts, ())

    def _keep(self, parts: Iterable[Part], above: tuple[Part, ...]) -> None:
        for part in parts:
            self.above[part.key] = above
            self._keep(part.children, (*above, part))

    def of(self, part: Part, answers: Mapping[str, str]) -> bool:
        return all(holds(up.when, answers) for up in self.above[part.key]) and (
            remains(part, answers)
        )

    def involved(self, part: Part) -> set[str]:
        """The choices on which it depends whether a part is there."""
        found = {c.keuze for up in self.above[part.key] for c in up.when}
        return found | _involved(part)


def holds(when: Iterable[Condition], answers: Mapping[str, str]) -> bool:
    return all(condition.holds(answers) for condition in when)


def remains(part: Part, answers: Mapping[str, str]) -> bool:
    """Whether a part stays, when what it is in stays."""
    if not holds(part.when, answers):
        return False
    if not part.alineas and not part.children:
        return True
    return any(holds(a.when, answers) for a in part.alineas) or any(
        remains(child, answers) for child in part.children
    )


def _involved(part: Part) -> set[str]:
    own = {condition.keuze for condition in part.when}
    if not part.alineas and not part.children:
        return own
    if any(not alinea.when for alinea in part.alineas):
        return own
    inside = [_involved(child) for child in part.children]
    if not all(inside):  # one of them is always there
        return own
    return own.union(
        *inside, *({c.keuze for c in alinea.when} for alinea in part.alineas)
    )


def answers_to(
    model: Model, names: Iterable[str], limit: int = 1 << 13
) -> Iterator[dict[str, str]]:
    """Every combination of answers to these choices; none when there are too many."""
    keuzes = [k for k in model.keuzes if k.naam in set(names) and k.opties]
    count = 1
    for keuze in keuzes:
        count *= len(keuze.opties)
    if count > limit:
        return
    for chosen in product(*([o.naam for o in k.opties] for k in keuzes)):
        yield dict(zip((k.naam for k in keuzes), chosen, strict=True))
