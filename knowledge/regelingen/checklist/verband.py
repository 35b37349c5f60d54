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
    r"^(?:het)?zelfde geldt(?: omgekeerd)?|^het (?:eerste|vorige) lid is op dezelfde (?:voet|wijze) van toepassing op",
    r"^(?:het (?:eerste|vorige) lid|dit|dat|het) (?:geldt|is) (?:ook|eveneens|mede|van overeenkomstige toepassing)",
    r"^(?:dit|dat|het) geldt voor\b",
    r"^(?:daartoe|hiertoe) (?:behoren|horen)\b|^(?:daar|hier)onder vallen\b",
)
# 'Tot de woningzoekenden, bedoeld in het eerste lid, behoren in ieder geval:'
_UIT_LID = re.compile(
    r"(?:(?:tot|onder) )?de(?:ze)? (?:woningzoekenden|personen|mensen|huishoudens|groepen),? (?:zoals |als )?(?:bedoeld|genoemd) in het (?P<lid>\w+) lid,?"
    r" (?:behoren|horen|vallen|zijn|worden)(?: (?:ook|mede|verder|de volgende|in (?:ieder|elk) geval))*(?: (?:verstaan|gerekend|begrepen))?(?: (?:woningzoekenden|personen|huishoudens|mensen))?(?: die)?:",
    re.I,
)
# A list of who is meant, of which another lid says: 'Aan hen wordt … verleend'.
_WIE_LIJST = re.compile(
    r"(?:tot de|als|onder) (?:categorie(?:ën)? )?(?:woningzoekenden|personen|groepen|huishoudens)\b[^;:]*"
    r"\b(?:behoren|horen|vallen|aangewezen|verstaan|gerekend|aangemerkt)\b[^;:]*:|(?:de|een) woningzoekende(?: als bedoeld in [^:]*)? is:",
    re.I,
)
# Words of a later sentence for who was named before it.
_DEZE = re.compile(
    r"^aan (?:hen|hem)\b|\b(?:aan )?deze (?:woningzoekenden|personen|groepen|huishoudens|categorieën|mensen)\b|(?<=geven )hun\b|^zij\b(?= (?:krijgen|ontvangen|komen|gaan))",
    re.I,
)
# 'Tot de woningzoekenden behoren in ieder geval personen die …', 'Bewoners die …, worden …'
_OVER_WIE = re.compile(
    r"tot de (?:woningzoekenden|personen|groepen)\b[^;:]*? behoren(?: (?:in (?:ieder|elk) geval|ook|mede))* (?P<allen>[^;:]+)\.$"
    r"|(?P<wie>[^,;:]+(?:, [^,;:]+)?), (?:worden|wordt|kunnen|melden) ",
    re.I,
)
# 'Voorrang krijgen woningzoekenden … Daartoe behoren in ieder geval woningzoekenden die:'
_DAARTOE = re.compile(
    r"(?P<geeft>.+)[.;] (?:daartoe|hiertoe|daaronder|hieronder|het|dat|dit) (?:behoren|horen|vallen|gaat om|gaat daarbij om|zijn|geldt voor)(?: (?:in (?:ieder|elk) geval|ook|mede|de volgende))*\s?(?P<wie>[^.;]*:)",
    re.I,
)
_GEGEVEN = "Urgentie wordt verleend."
_GEGEVEN_AAN = "Urgentie wordt verleend aan:"


def in_verband(alle: list[Zin]) -> list[Zin]:
    """The sentences; one that leans on a sentence that gives, gives too."""
    per_artikel: dict[int, list[Zin]] = {}
    for zin in alle:
        per_artikel.setdefault(id(zin.plaats.artikel), []).append(zin)
    result: list[Zin] = []
    given = False  # whether the sentence before gives
    afters = [*alle[1:], None]
    for before, zin, after in zip(alle[:1] + alle, alle, afters, strict=False):
        leans = (
            given
            and zin.plaats.artikel is before.plaats.artikel
            and _HETZELFDE.match(zin.gelezen)
        )
        given = bool(leans and not _terug(zin)) or _geeft(zin)
        if leans:
            zin = replace(zin, opening=_GEGEVEN)
        elif (
            zin.onderdeel
            and (said := _DAARTOE.fullmatch(zin.opening.strip()))
            and _geeft(replace(zin, gelezen=said["geeft"], opening=""))
        ):
            zin = replace(zin, opening=f"Urgentie wordt verleend aan {said['wie']}")
        elif zin.onderdeel and _lid_geeft(zin, per_artikel[id(zin.plaats.artikel)]):
            zin = replace(zin, opening=_GEGEVEN_AAN)
        elif (wie := _van_wie_erna(zin, after)) is not None:
            zin = replace(zin, opening=_GEGEVEN_AAN, gelezen=wie, voluit=wie)
        result.append(zin)
    return result


def _geeft(zin: Zin) -> bool:
    return geeft_aan_iemand(zin.gelezen) and not _terug(zin)


def _terug(zin: Zin) -> bool:
    return twijfelachtig(zin, zin.gelezen) or ontkent(zin.gelezen)


def _lid_geeft(zin: Zin, own: list[Zin]) -> bool:
    """Whether a list is of those to whom another lid of its artikel gives."""
    above = zin.plaats.above[-1].text.strip() if zin.plaats.above else ""
    if said := _UIT_LID.fullmatch(above):
        lid = f"{said['lid'].lower()} lid"
        return any(_geeft(one) for one in own if eigen_lid(one) == lid)
    return _WIE_LIJST.fullmatch(above) is not None and any(
        _geeft(replace(one, gelezen=_DEZE.sub("woningzoekenden", one.gelezen)))
        for one in own
        if _DEZE.search(one.gelezen) and one.buiten is None
    )


def _van_wie_erna(zin: Zin, after: Zin | None) -> str | None:
    """Who a sentence is about, when the next one of its artikel gives to 'hen'."""
    if after is None or zin.onderdeel or zin.buiten or not zin.plaats.artikel:
        return None
    said = _OVER_WIE.match(zin.gelezen)
    given = _DEZE.sub("woningzoekenden", after.gelezen)
    if (
        said is None
        or after.plaats.artikel is not zin.plaats.artikel
        or given == after.gelezen
        or _geeft(zin)
        or not _geeft(replace(after, gelezen=given))
    ):
        return None
    return f"{said['allen'] or said['wie']};"


def eigen_lid(zin: Zin) -> str:
    """How its artikel calls the lid that a sentence is in: 'eerste lid'."""
    lid = re.search(r"\w+ lid\b", citation(zin.plaats))
    return lid[0] if lid else "dit artikel"
