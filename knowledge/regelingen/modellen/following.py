"""A new version of the model against a draft of the old one: what touches it, and taking
over or refusing that per artikel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.regelingen.tree import GROUPS, Node
from knowledge.regelingen.vergelijken.alignment import align

from .editing import Added, Edits, Words, parts_by_key, typed
from .parts import (
    Keuze,
    Model,
    Part,
    Presence,
    artikelen,
    full_text,
    holds,
    remains,
)
from .references import Level, Token
from .resolving import BRACKET, is_answer, rewrite


class Kind(StrEnum):
    GEWIJZIGD = "gewijzigd"
    TOELICHTING = "toelichting gewijzigd"
    NIEUW = "nieuw"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Change:
    """Of one artikel that is in the draft, or would come into it.

    key: by which it is accepted: that in the new model, or of what is gone in the old
    one. old, new: the words of the models; own: those of the municipality, if it has.
    """

    key: str
    kind: Kind
    old: Words | None
    new: Words | None
    own: Words | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """changes: in the order of the new model, what is gone last."""

    changes: tuple[Change, ...]
    new_keuzes: tuple[Keuze, ...]
    gone_keuzes: tuple[Keuze, ...]


def following(
    old: Model, new: Model, answers: Mapping[str, str], edits: Edits
) -> Following:
    """What of the new model touches a draft with these answers and changes."""
    return _Follower(old, new, answers, edits).following()


def followed(
    old: Model,
    new: Model,
    answers: Mapping[str, str],
    edits: Edits,
    accepted: Iterable[str],
) -> Edits:
    """The changes of a draft that goes on with the new model. accepted: keys of changes;
    the draft keeps its own words, or those of the old model, where the rest stands."""
    return _Follower(old, new, answers, edits).followed(frozenset(accepted))


class _Follower:
    def __init__(
        self, old: Model, new: Model, answers: Mapping[str, str], edits: Edits
    ) -> None:
        self.old, self.new = old, new
        self.answers, self.edits = answers, edits
        self.old_parts, self.new_parts = parts_by_key(old), parts_by_key(new)
        self.to_new: dict[str, str] = {}
        for pair in align(full_text(old), full_text(new)):
            for left, right in zip(pair.left, pair.right, strict=False):
                self.to_new[left] = right
        self.to_old = {right: left for left, right in self.to_new.items()}
        self.numbers = self._numbers()

    def following(self) -> Following:
        old_names = {keuze.naam for keuze in self.old.keuzes}
        new_names = {keuze.naam for keuze in self.new.keuzes}
        return Following(
            tuple(self._changes()),
            tuple(k for k in self.new.keuzes if k.naam not in old_names),
            tuple(k for k in self.old.keuzes if k.naam not in new_names),
        )

    def followed(self, accepted: frozenset[str]) -> Edits:
        left_out = {self.to_new[k] for k in self.edits.left_out if k in self.to_new}
        own = {
            self.to_new[key]: self._moved(words)
            for key, words in self.edits.own.items()
            if key in self.to_new
        }
        added = [
            replace(
                one,
                words=self._moved(one.words),
                after=self.to_new.get(one.after, one.after),
            )
            for one in self.edits.added
        ]
        for change in self._changes():
            if change.key in accepted:
                own.pop(change.key, None)
            elif change.kind is Kind.NIEUW:
                left_out.add(change.key)
            elif change.kind is Kind.VERVALLEN:
                words = change.own or change.old
                if words is not None:
                    number = max((one.number for one in added), default=0) + 1
                    added.append(
                        Added(number, self._filled(words), self._before(change.key))
                    )
            elif change.key not in own and change.old is not None:
                own[change.key] = self._filled(change.old)
        return Edits(frozenset(left_out), own, tuple(added))

    # -- what changed --------------------------------------------------------

    def _changes(self) -> Iterable[Change]:
        old_presence, new_presence = Presence(self.old), Presence(self.new)
        before = {
            **{k.naam: k.assumed for k in self.old.keuzes},
            **self._given(self.old),
        }
        after = {
            **{k.naam: k.assumed for k in self.new.keuzes},
            **self._given(self.new),
        }
        seen = set()
        for part in artikelen(self.new):
            if not new_presence.of(part, after):
                continue
            new = _words(part, after)
            source = self.old_parts.get(self.to_old.get(part.key, ""))
            if source is None or not old_presence.of(source, before):
                yield Change(part.key, Kind.NIEUW, None, new)
                continue
            seen.add(source.key)
            if source.key in self.edits.left_out:
                continue
            old = self._moved(_words(source, before))
            own = self.edits.own.get(source.key)
            own = self._moved(own) if own else None
            if (old.title, old.text) != (new.title, new.text):
                yield Change(part.key, Kind.GEWIJZIGD, old, new, own)
            elif old.note != new.note:
                yield Change(part.key, Kind.TOELICHTING, old, new, own)
        for part in artikelen(self.old):
            gone = part.key not in seen and part.key not in self.edits.left_out
            if gone and old_presence.of(part, before):
                own = self.edits.own.get(part.key)
                yield Change(
                    part.key,
                    Kind.VERVALLEN,
                    self._moved(_words(part, before)),
                    None,
                    self._moved(own) if own else None,
                )

    def _given(self, model: Model) -> dict[str, str]:
        return {
            keuze.naam: self.answers[keuze.naam]
            for keuze in model.keuzes
            if is_answer(keuze, self.answers.get(keuze.naam, ""))
        }

    # -- words of the one model in the other ---------------------------------

    def _numbers(self) -> dict[tuple[Level, str], str]:
        """Numbers of artikelen, hoofdstukken and paragrafen in the old model, in the new."""
        found: dict[tuple[Level, str], str] = {}
        above_old, above_new = Presence(self.old).above, Presence(self.new).above
        for old_key, new_key in self.to_new.items():
            old, new = self.old_parts[old_key], self.new_parts[new_key]
            found.setdefault((Level.ARTIKEL, old.number.lower()), new.number)
            for group in above_old[old_key]:
                for other in above_new[new_key]:
                    if group.soort is other.soort and group.soort in GROUPS:
                        level = Level(group.soort.value)
                        found.setdefault((level, group.number.lower()), other.number)
        return found

    def _moved(self, words: Words) -> Words:
        def number_of(token: Token) -> str | None:
            return self.numbers.get((token.level, token.value)) or None

        return Words(
            rewrite(words.title, number_of),
            rewrite(words.text, number_of),
            rewrite(words.note, number_of),
        )

    def _filled(self, words: Words) -> Words:
        """Blanks that the new model does not know are filled in for good."""
        known = {keuze.naam for keuze in self.new.keuzes}

        def fill(text: str) -> str:
            return BRACKET.sub(
                lambda m: m[0] if m[1] in known else self.answers.get(m[1], "") or m[0],
                text,
            )

        return Words(fill(words.title), fill(words.text), fill(words.note))

    def _before(self, key: str) -> str:
        """The artikel of the new model that what is gone comes after."""
        found = ""
        for part in artikelen(self.old):
            if part.key == key:
                break
            found = self.to_new.get(part.key, found)
        return found


def _words(part: Part, answers: Mapping[str, str]) -> Words:
    """An artikel of the model as it is with these answers, blanks and numbers as they are."""

    def node(one: Part) -> Node:
        return Node(
            one.soort,
            one.label,
            one.number,
            one.title,
            "\n".join(a.text for a in one.alineas if holds(a.when, answers)),
            tuple(node(child) for child in one.children if remains(child, answers)),
        )

    notes = (alinea.text for alinea in part.notes if holds(alinea.when, answers))
    return Words(part.title, typed(node(part)), "\n".join(notes))
