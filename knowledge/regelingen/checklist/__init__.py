"""Which compulsory urgency categories a legal text names: a help, never a verdict.

'Gevonden' only when a sentence of an artikel that holds gives priority, names the group,
brings in nobody else between those two, and nothing takes it back. Every other mention
is 'onduidelijk', with the words that made it so, for a human to read.

``zinnen`` has the sentences; ``groepen`` the words for each group, ``geven`` those that give
priority, ``wie`` those for who gets it; ``lezen`` puts these together. ``verband`` has sentences
that lean on another, ``voorwaarden`` conditions and what follows from them, ``deel`` what names
only a part of a group, ``twijfel`` what makes it uncertain, and ``terug`` what another sentence
takes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from knowledge.regelingen.tree import Placed, Regeling

from .deel import alleen_deel
from .groepen import GROEPEN, SPOOR, Groep
from .lezen import geeft_voorrang
from .terug import neemt_terug
from .twijfel import sluit_uit, twijfelachtig
from .verband import in_verband
from .voorwaarden import uitgeschreven
from .zinnen import Reden, Zin, zinnen

__all__ = ["Bevinding", "Reden", "Uitkomst", "controleer"]


class Uitkomst(StrEnum):
    GEVONDEN = "gevonden"
    ONDUIDELIJK = "onduidelijk"
    NIET_GEVONDEN = "niet gevonden"


# 'Naast de bewoners van sloopwoningen wijst de raad aan:'
_NAAST = re.compile(
    r"\bnaast [^.;:,]*?(?=,| (?:wijst|wijzen|wordt|worden|komen|komt|hebben|heeft)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What was found of one category. woorden: the sentence that made it so."""

    uitkomst: Uitkomst
    plaats: Placed | None = None
    woorden: str = ""
    reden: Reden | None = None


def controleer(
    regeling: Regeling, categorieen: tuple[str, ...]
) -> dict[str, Bevinding]:
    """For each category, by slug, what the text says of it."""
    alle = in_verband(uitgeschreven(zinnen(regeling)))
    sporen = [
        zin
        for zin in alle
        if SPOOR.search(zin.voluit)
        or SPOOR.search(zin.tekst)
        or SPOOR.search(zin.titel)
    ]
    return {slug: _bevinding(GROEPEN[slug], sporen, alle) for slug in categorieen}


def _bevinding(groep: Groep, sporen: list[Zin], alle: list[Zin]) -> Bevinding:
    found: list[Zin] = _verspreid(groep, sporen)
    unclear: list[tuple[Reden, Zin]] = []
    for zin in sporen:
        reden = _reden(groep, zin)
        if reden is None:
            found.append(zin)
        elif reden:
            unclear.append((reden, zin))
    if found:
        best = found[0]
        taken_back = next((zin for zin in alle if neemt_terug(groep, best, zin)), None)
        if taken_back is None:
            return Bevinding(Uitkomst.GEVONDEN, best.plaats, best.tekst)
        unclear = [(Reden.UITGESLOTEN, taken_back)]
    if not unclear:
        return Bevinding(Uitkomst.NIET_GEVONDEN)
    order = list(Reden)
    reden, zin = min(unclear, key=lambda one: order.index(one[0]))
    return Bevinding(Uitkomst.ONDUIDELIJK, zin.plaats, zin.tekst, reden)


def _verspreid(groep: Groep, sporen: list[Zin]) -> list[Zin]:
    """Sentences of one artikel that give to the group together: 'a. mantelzorgers; b. …'."""
    if len(groep.nodig) < 2:
        return []
    together: dict[int, list[Zin]] = {}
    for zin in sporen:
        named = groep.kern.search(zin.gelezen) or groep.kern.search(zin.voluit)
        if named and _reden(replace(groep, nodig=()), zin) is None:
            together.setdefault(id(zin.plaats.artikel), []).append(zin)
    return [
        zinnen[0]
        for zinnen in together.values()
        if all(
            any(pattern.search(_eigen(groep, zin.voluit)) for zin in zinnen)
            for pattern in groep.nodig
        )
    ]


def _reden(groep: Groep, zin: Zin) -> Reden | Literal[""] | None:
    """None when the sentence surely names the group; '' when it says nothing of it."""
    tekst = zin.gelezen
    kern = groep.kern.search(tekst)
    if kern is None and zin.voluit != tekst:
        tekst = zin.voluit
        kern = groep.kern.search(tekst)
    by_title = not zin.buiten and groep.kern.search(zin.titel)
    if not kern and not by_title:
        if groep.verwant and groep.verwant.search(f"{zin.tekst} {zin.voluit}"):
            # A definition in general words names no group.
            return "" if zin.buiten is Reden.BEGRIP else zin.buiten or Reden.ALGEMEEN
        return ""
    if zin.buiten:
        return zin.buiten
    scope = f"{zin.titel}. {zin.opening} {tekst}"
    if zin.voluit != zin.gelezen:
        scope += f". {zin.voluit}"
    if sluit_uit(groep, zin, tekst, kern.start() if kern else 0):
        return Reden.UITGESLOTEN
    if not all(pattern.search(_eigen(groep, scope)) for pattern in groep.nodig):
        return Reden.DEELS
    if alleen_deel(groep, zin, tekst, kern):
        return Reden.DEELS
    if groep.ander and groep.ander.search(_NAAST.sub(" ", scope)):
        return Reden.ALGEMEEN
    if twijfelachtig(zin, tekst) or not geeft_voorrang(groep, zin, tekst):
        return Reden.GEEN_VOORRANG
    return None


def _eigen(groep: Groep, text: str) -> str:
    """A text without the words about somebody else than the group."""
    return groep.zonder.sub(" ", text) if groep.zonder else text
