"""Which compulsory urgency categories a legal text names: a help, never a verdict.

'Gevonden' only when a sentence of an artikel that holds gives priority, names the group,
brings in nobody else between those two, and nothing takes it back. Every other mention
is 'onduidelijk', with the words that made it so, for a human to read.

``zinnen`` has the sentences; ``groepen`` the words for each group, ``geven`` those that give
priority, ``wie`` those for who gets it; ``lezen`` puts these together, and ``twijfel`` has what
makes it uncertain or takes it back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from knowledge.regelingen.tree import Placed, Regeling, citation

from .geven import GEEFT
from .groepen import GROEPEN, SPOOR, Groep, woorden
from .lezen import geeft_voorrang
from .twijfel import ONDERWERP, ontkent, sluit_uit, twijfelachtig
from .zinnen import Reden, Zin, zinnen

__all__ = ["Bevinding", "Reden", "Uitkomst", "controleer"]


class Uitkomst(StrEnum):
    GEVONDEN = "gevonden"
    ONDUIDELIJK = "onduidelijk"
    NIET_GEVONDEN = "niet gevonden"


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
    alle = _zelfde(zinnen(regeling))
    sporen = [
        zin
        for zin in alle
        if SPOOR.search(zin.voluit)
        or SPOOR.search(zin.tekst)
        or SPOOR.search(zin.titel)
    ]
    return {slug: _bevinding(GROEPEN[slug], sporen, alle) for slug in categorieen}


def _bevinding(groep: Groep, sporen: list[Zin], alle: list[Zin]) -> Bevinding:
    found: list[Zin] = []
    unclear: list[tuple[Reden, Zin]] = []
    for zin in sporen:
        reden = _reden(groep, zin)
        if reden is None:
            found.append(zin)
        elif reden:
            unclear.append((reden, zin))
    if found:
        best = found[0]
        taken_back = next((zin for zin in alle if _neemt_terug(groep, best, zin)), None)
        if taken_back is None:
            return Bevinding(Uitkomst.GEVONDEN, best.plaats, best.tekst)
        unclear = [(Reden.UITGESLOTEN, taken_back)]
    if not unclear:
        return Bevinding(Uitkomst.NIET_GEVONDEN)
    order = list(Reden)
    reden, zin = min(unclear, key=lambda one: order.index(one[0]))
    return Bevinding(Uitkomst.ONDUIDELIJK, zin.plaats, zin.tekst, reden)


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
    if not all(pattern.search(scope) for pattern in groep.nodig):
        return Reden.DEELS
    if groep.ander and groep.ander.search(scope):
        return Reden.ALGEMEEN
    if twijfelachtig(zin, tekst) or not geeft_voorrang(groep, zin, tekst):
        return Reden.GEEN_VOORRANG
    return None


_HETZELFDE = re.compile(
    r"^(?:het)?zelfde geldt|^(?:het (?:eerste|vorige) lid|dit) (?:geldt|is) (?:ook|eveneens|van overeenkomstige toepassing)",
    re.I,
)
_GEGEVEN = "Urgentie wordt verleend."


def _zelfde(alle: list[Zin]) -> list[Zin]:
    """The sentences; 'hetzelfde geldt voor' after one that gives, gives too."""
    return [
        replace(zin, opening=_GEGEVEN)
        if (
            _HETZELFDE.match(zin.gelezen)
            and zin.plaats.artikel is before.plaats.artikel
            and GEEFT.search(before.gelezen)
            and not twijfelachtig(before, before.gelezen)
            and not ontkent(before.gelezen)
        )
        else zin
        for before, zin in zip(alle[:1] + alle, alle, strict=False)
    ]


# -- what is taken back elsewhere --------------------------------------------------------

# A sentence with one of these makes a condition lighter and leaves nobody out.
_LICHTER = woorden(
    r"\b(?:\w*binding|aangifte|leges|kosten|bewijs\w*|inkomens?\w*|\w*eis|\w*eisen|vereisten?|ingezetenschap|(?:eindigt|vervalt) (?:zodra|als|indien|wanneer) (?:de|het|een|hij|zij))\b"
)
# 'onderdeel a', 'onder b en c'
_ONDERDELEN = re.compile(
    r"\b(?:onderde(?:el|len)|(?:aanhef en )?onder|sub) ((?:[a-z]|\d+°?)(?!\w)(?:(?:,| en| of| tot en met) (?:[a-z]|\d+°?)(?!\w))*)",
    re.I,
)
_LATER = woorden(
    r"\bzodra\b|\bmet ingang van\b|\btreedt\b|\btot nader\b|\bpas\b[^.;]{0,40}\b(?:als|nadat|vanaf|wanneer)\b|\bvoorlopig\b"
)
_BUITEN_WERKING = woorden(
    r"niet van toepassing|\bgeld(?:t|en) (?:\w+ ){0,2}niet\b|\bnog niet\b|buiten (?:toepassing|werking)"
)


def _neemt_terug(groep: Groep, found: Zin, zin: Zin) -> bool:
    """Whether another sentence leaves out what was found."""
    if zin is found or zin.buiten:
        return False
    named = groep.kern.search(zin.tekst)
    later = _LATER.search(zin.tekst)
    if not ontkent(zin.gelezen) and not (
        later and (named or zin.plaats is not found.plaats)
    ):
        return False
    if _LICHTER.search(f"{zin.titel} {zin.tekst}"):
        return False
    if zin.plaats is found.plaats:
        return True
    same = zin.plaats.artikel is found.plaats.artikel
    if named:
        return same or bool(ONDERWERP.search(f"{zin.opening} {zin.tekst}"))
    if not same:
        return False
    onderdelen = _ONDERDELEN.findall(zin.tekst)
    if onderdelen:
        number = re.escape(found.plaats.node.number)
        return any(re.search(rf"\b{number}\b", one, re.I) for one in onderdelen)
    if any(
        other.kern.search(zin.tekst) for other in GROEPEN.values() if other is not groep
    ):
        return False  # 'niet van toepassing op wie uit de gevangenis komt'
    words = zin.tekst.lower()
    if "dit lid" in words:
        words = words.replace("dit lid", _eigen_lid(zin))
    if _eigen_lid(found) in words:
        return True
    if re.search(r"\w+(?:de|ste) lid\b", words) and "dit artikel" not in words:
        return False  # of another lid
    by_title = not groep.kern.search(found.voluit)
    return bool(_BUITEN_WERKING.search(zin.tekst)) or (
        by_title and bool(ONDERWERP.search(zin.tekst))
    )


def _eigen_lid(zin: Zin) -> str:
    """How its artikel calls the lid that a sentence is in: 'eerste lid'."""
    lid = re.search(r"\w+ lid\b", citation(zin.plaats))
    return lid[0] if lid else "dit artikel"
