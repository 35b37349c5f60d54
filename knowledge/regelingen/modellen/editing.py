"""What a municipality changes in a model beside its choices: left out, own words, added.

Own words are kept with the numbers of the model, so that their references are made anew
like all others: what somebody types with the numbers of the draft is written back first.
An artikel that was added has a number of its own, such as 'E1'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.regelingen.tree import Node, Soort

from .parts import ADDED, NEVER, Alinea, Model, Part, artikelen, each
from .reading import parse_artikel
from .references import Level, Token
from .resolving import Draft, rewrite


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one artikel. note: its toelichting."""

    title: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """An artikel of their own. number: such as 1; after: the key of what it follows."""

    number: int
    words: Words
    after: str = ""

    @property
    def key(self) -> str:
        return f"{ADDED}{self.number}"


@dataclass(frozen=True, slots=True)
class Edits:
    """own: by key of the artikel in the model, or of one that was added."""

    left_out: frozenset[str] = frozenset()
    own: Mapping[str, Words] = field(default_factory=dict)
    added: tuple[Added, ...] = ()


def edited(model: Model, edits: Edits) -> Model:
    """The model as the municipality changed it."""
    last = artikelen(model)[-1].key
    known = {part.key for part in artikelen(model)}
    follow: dict[str, list[Part]] = {}
    for added in edits.added:
        after = added.after
        if after not in known:
            after = last
        follow.setdefault(after, []).append(_added(added))
        known.add(added.key)

    def visit(parts: Iterable[Part]) -> tuple[Part, ...]:
        found: list[Part] = []
        for part in parts:
            if part.soort is not Soort.ARTIKEL:
                found.append(replace(part, children=visit(part.children)))
                continue
            found.append(_changed(part, edits))
            queue = list(follow.pop(part.key, ()))
            while queue:
                own = queue.pop(0)
                found.append(own)
                queue = follow.pop(own.key, []) + queue
        return tuple(found)

    return replace(model, parts=visit(model.parts))


def _changed(part: Part, edits: Edits) -> Part:
    if part.key in edits.own:
        part = _with_words(part, edits.own[part.key])
    if part.key in edits.left_out:
        part = replace(part, when=(*part.when, NEVER))
    return part


def _added(added: Added) -> Part:
    bare = Part(Soort.ARTIKEL, "Artikel", f"E{added.number}", key=added.key)
    return _with_words(bare, added.words)


def _with_words(part: Part, words: Words) -> Part:
    alineas, children = parse_artikel(words.text)
    count = 0

    def keyed(inside: Part) -> Part:
        nonlocal count
        count += 1
        key = f"{part.key}/{count}"
        return replace(inside, key=key, children=tuple(map(keyed, inside.children)))

    notes = tuple(Alinea(line) for line in words.note.splitlines() if line.strip())
    return replace(
        part,
        title=" ".join(words.title.split()),
        alineas=alineas,
        children=tuple(map(keyed, children)),
        notes=notes,
    )


def typed(node: Node) -> str:
    """An artikel as somebody would type it; ``parse_artikel`` reads it back."""
    lines = [*filter(None, node.text.split("\n"))]
    text = "\n\n".join(lines)
    inside = [line for child in node.children for line in _typed(child, "")]
    return "\n".join(filter(None, [text, *inside]))


def _typed(node: Node, indent: str) -> list[str]:
    first, *rest = node.text.split("\n")
    if node.soort is Soort.TEKST:
        return ["", *node.text.split("\n")]
    if node.soort is Soort.BEGRIP:
        mark = f"- {node.title}:"
    else:
        mark = node.number + ("" if node.number.endswith("°") else ".")
    below = f"{indent}   "
    lines = [f"{indent}{mark} {first}"]
    for line in rest:
        lines += ["", f"{below}{line}"]
    for child in node.children:
        lines += _typed(child, below)
    return lines


def written_back(draft: Draft, text: str, key: str) -> str:
    """Words that were typed with the numbers of a draft, with the numbers of the model.

    key: the artikel that they are typed in; its own leden are as they are typed.
    """

    def number_of(token: Token) -> str | None:
        path = tuple(f"{level} {value}" for level, value in token.path)
        if token.path[0][0] is Level.ARTIKEL and token.level is not Level.ARTIKEL:
            if draft.back.get(path[:1], ("", ""))[1] == key:
                return None
        elif token.path[0][0] in (Level.LID, Level.ONDERDEEL, Level.SUBONDERDEEL):
            return None
        number = draft.back.get(path, ("", ""))[0]
        return number or None

    return rewrite(text, number_of)


def parts_by_key(model: Model) -> dict[str, Part]:
    return {part.key: part for part in each(model.parts)}
