"""A model as HTML: choices stand out as choices, and each part says when it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from knowledge.regelingen.dagen import gewoon
from knowledge.regelingen.rendering import Plain, Writer
from knowledge.regelingen.tree import Node, Soort

from .parts import (
    Alinea,
    Condition,
    Keuze,
    Keuzesoort,
    Model,
    each,
)
from .resolving import Draft

_BLANK = re.compile(r"\[([\w-]+)\]")
_SOURCE = re.compile(r"(.+?) \((https?://[^\s,()]+), (\d{4}-\d\d-\d\d)\)")
_LABELS = {
    Keuzesoort.INVULVELD: "Invullen",
    Keuzesoort.VARIANT: "Kiezen",
    Keuzesoort.FACULTATIEF: "Wel of niet",
}


def body(model: Model, besides: Plain) -> str:
    """The fullest text, with the choices where they are made. besides: of that text."""
    return _Shower(model, besides).shown()


def condition_text(model: Model, condition: Condition) -> str:
    """'Wilt u dit? Ja' for a condition."""
    keuze = model.keuze(condition.keuze)
    if keuze is None:
        return ""
    values = [
        o for o in keuze.opties if (o.naam in condition.values) != condition.negated
    ]
    return f"{keuze.vraag} {' of '.join(optie.label for optie in values)}"


def draft_body(model: Model, draft: Draft) -> str:
    """A draft as it is now; what is open is marked where it stands."""
    return _BLANK.sub(
        lambda match: f'<mark class="invulveld">{match[0]}</mark>',
        _DraftShower(model, draft).whole(),
    )


class _DraftShower(Writer):
    def __init__(self, model: Model, draft: Draft) -> None:
        super().__init__(Plain(draft.regeling))
        self.model, self.draft = model, draft

    def one(self, node: Node, level: int) -> str:
        written = super().one(node, level)
        if node.soort is not Soort.ARTIKEL:
            return written
        key = self.draft.sources.get(self.placed[id(node)].address, "")
        open_here = [self.model.keuze(n) for n in self.draft.pending.get(key, ())]
        questions = [k.vraag for k in open_here if k and k.opties]
        if not questions:
            return written
        told = escape(" ".join(questions))
        return (
            f'<div class="alsdeel"><p class="als">Nog open: {told}</p>{written}</div>'
        )


def source(bron: str) -> str:
    """'Titel (https://…, 2026-11-22)' as a link and the day it was checked, as HTML.

    What is written in another way stays as it is.
    """
    found = _SOURCE.fullmatch(bron.strip())
    if found is None:
        return escape(bron)
    title, address, day = found.groups()
    return f'<a href="{escape(address)}">{escape(title)}</a>, nagegaan op {gewoon(day)}'


class _Shower(Writer):
    def __init__(self, model: Model, besides: Plain) -> None:
        super().__init__(besides)
        self.model = model
        nodes = [placed.node for placed in besides.placed]
        # The parts of the model come first in the text, in the same order.
        pairs = list(zip(nodes, each(model.parts), strict=False))
        self.parts = {id(node): part for node, part in pairs}
        self.notes: dict[int, Node] = {}
        explained = (node for node in nodes if node.about)
        for node, part in pairs:
            if part.notes:
                self.notes[id(node)] = next(explained)
        self.note_parts = {
            id(note): self.parts[key] for key, note in self.notes.items()
        }
        # All of them are shown under their own artikel.
        self.explained = {note.about: [note] for note in self.notes.values()}
        self.waiting = list(model.keuzes)
        self.blanks = {
            keuze.naam: keuze
            for keuze in model.keuzes
            if keuze.soort is Keuzesoort.INVULVELD
        }

    def shown(self) -> str:
        written = self.whole() + "".join(map(self._keuze, self.waiting))
        return _BLANK.sub(self._blank, written)

    def one(self, node: Node, level: int) -> str:
        part = self.parts.get(id(node))
        if part is None:
            return super().one(node, level)
        before = ""
        if part.soort is Soort.ARTIKEL:
            due = [keuze for keuze in self.waiting if keuze.line < part.line]
            self.waiting = [k for k in self.waiting if k.line >= part.line]
            before = "".join(map(self._keuze, due))
        written = super().one(node, level)
        if part.when and part.soort is Soort.ARTIKEL:
            # Alternatives may have one heading: only one of them could be a landmark.
            written = re.sub(r' aria-labelledby="[^"]*"', "", written, count=1)
        if part.when:
            written = f'<div class="alsdeel">{self._als(part.when)}{written}</div>'
        return before + written

    def notes_of(self, node: Node) -> Iterable[Node]:
        note = self.notes.get(id(node))
        return [note] if note is not None else []

    def texts(self, node: Node) -> str:
        part = self.parts.get(id(node))
        if part is not None:
            return self._alineas(part.alineas)
        of = self.note_parts.get(id(node))
        return self._alineas(of.notes) if of is not None else super().texts(node)

    def _alineas(self, alineas: tuple[Alinea, ...]) -> str:
        written = ""
        for alinea in alineas:
            text = f"<p>{escape(alinea.text)}</p>"
            if alinea.when:
                text = f'<div class="alsdeel">{self._als(alinea.when)}{text}</div>'
            written += text
        return written

    def _als(self, when: tuple[Condition, ...]) -> str:
        told = "; ".join(condition_text(self.model, one) for one in when)
        return f'<p class="als">Alleen als u kiest: {escape(told)}</p>'

    def _keuze(self, keuze: Keuze) -> str:
        options = "".join(
            f"<dt>{escape(optie.label)}</dt><dd>{escape(optie.gevolg)}</dd>"
            for optie in keuze.opties
        )
        parts = [
            f"<p>{escape(keuze.uitleg)}</p>" if keuze.uitleg else "",
            f"<dl>{options}</dl>" if options else "",
            f"<p>Voorbeeld: {escape(keuze.voorbeeld)}</p>" if keuze.voorbeeld else "",
            f'<p class="uitleg">Bron: {source(keuze.bron)}</p>' if keuze.bron else "",
        ]
        return (
            f'<details class="keuze" id="keuze-{escape(keuze.naam)}"><summary>'
            f'<span class="label">{_LABELS[keuze.soort]}</span> {escape(keuze.vraag)}'
            f"</summary>{''.join(parts)}</details>"
        )

    def _blank(self, match: re.Match[str]) -> str:
        keuze = self.blanks.get(match[1])
        if keuze is None:
            return match[0]
        return f'<mark class="invulveld">[{escape(keuze.naam)}]</mark>'
