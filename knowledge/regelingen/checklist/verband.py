"""Sentences that lean on another: 'hetzelfde geldt voor', 'daartoe behoren ook'."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.regelingen.tree import citation

from .groepen import woorden
from .lezen import geeft_aan_iemand
from .twijfel import ontkent, twijfelachtig
from .zinnen import Zin

_HETZELFDE = woorden(
    r"^(?:het)?zelfde geldt",
    r"^(?:het (?:eerste|vorige) lid|dit|dat|het) (?:geldt|is) (?:ook|eveneens|mede|van overeenkomstige toepassing)",
    r"^(?:dit|dat|het) geldt voor\b",
    r"^(?:daartoe|hiertoe) (?:behoren|horen)\b|^(?:daar|hier)onder vallen\b",
)
# 'Tot de woningzoekenden, bedoeld in het eerste lid, behoren in ieder geval:'
_UIT_LID = re.compile(
    r"(?:(?:tot|onder) )?de(?:ze)? (?:woningzoekenden|personen|mensen|huishoudens|groepen),? (?:zoals |als )?(?:bedoeld|genoemd) in het (?P<lid>\w+) lid,?"
    r" (?:behoren|horen|vallen|zijn|worden)(?: (?:ook|mede|verder|de volgende|in (?:ieder|elk) geval))*(?: (?:verstaan|gerekend|begrepen))?:",
    re.I,
)
_GEGEVEN = "Urgentie wordt verleend."
_GEGEVEN_AAN = "Urgentie wordt verleend aan:"


def in_verband(alle: list[Zin]) -> list[Zin]:
    """The sentences; one that leans on a sentence that gives, gives too."""
    result: list[Zin] = []
    given = False  # whether the sentence before gives
    for before, zin in zip(alle[:1] + alle, alle, strict=False):
        leans = (
            given
            and zin.plaats.artikel is before.plaats.artikel
            and _HETZELFDE.match(zin.gelezen)
        )
        given = bool(leans and not _terug(zin)) or _geeft(zin)
        if leans:
            zin = replace(zin, opening=_GEGEVEN)
        elif zin.onderdeel and _lid_geeft(zin, alle):
            zin = replace(zin, opening=_GEGEVEN_AAN)
        result.append(zin)
    return result


def _geeft(zin: Zin) -> bool:
    return geeft_aan_iemand(zin.gelezen) and not _terug(zin)


def _terug(zin: Zin) -> bool:
    return twijfelachtig(zin, zin.gelezen) or ontkent(zin.gelezen)


def _lid_geeft(zin: Zin, alle: list[Zin]) -> bool:
    """Whether a list is of those to whom another lid of its artikel gives."""
    said = _UIT_LID.fullmatch(zin.plaats.above[-1].text.strip())
    return said is not None and any(
        _geeft(one)
        for one in alle
        if one.plaats.artikel is zin.plaats.artikel
        and eigen_lid(one) == f"{said['lid'].lower()} lid"
    )


def eigen_lid(zin: Zin) -> str:
    """How its artikel calls the lid that a sentence is in: 'eerste lid'."""
    lid = re.search(r"\w+ lid\b", citation(zin.plaats))
    return lid[0] if lid else "dit artikel"
