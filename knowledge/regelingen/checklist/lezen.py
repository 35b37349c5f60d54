"""What a sentence does with a group: whether it gives it priority, and to nobody else.

Open to any words that describe the group; closed for the words around it that could
bring in another: who else is named, what is done to the group, what is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .geven import (
    CATEGORIE,
    COLLEGE_GEEFT,
    DOOR_WIE,
    GEEFT,
    GEEFWOORD,
    GROND,
    IN_CATEGORIE,
    OM_DE_GROEP,
    ONDERWERP_LIJST,
    OPENT,
    PROCEDURE,
    SITUATIES,
    SOORT_LIJST,
    TITEL_GEEFT,
    TITEL_LIJST,
    URGENTIE,
    VERLEEND,
)
from .groepen import Groep, woorden
from .wie import (
    HOOFD,
    PERSOON,
    TOEGEPAST,
    aangewezen,
    eromheen,
    is_zelf,
    leidt_in,
    noemt_ander,
)
from .zinnen import Zin

# 'gezinnen die urgentie hebben, betalen geen leges' gives nothing.
_HEEFT_AL = woorden(URGENTIE)
_BETREKKELIJK = woorden(r"\b(?:die|dat|wie|welke|of|als|indien|wanneer)\b[^,]*$")
_AAN_ANDER = re.compile(
    r" (?:toe |af )?aan (?!wie\b|hem|haar|hen|hun|u\b|deze\b|die\b|dit\b|dat\b)", re.I
)
# To whom, up to the clause that describes them.
_AAN = re.compile(
    r"\b(?:aan|voor) [^:]*?(?=\b(?:die|dat|wie|als|indien|wanneer|waarvan|waarin)\b|:)",
    re.I,
)
# 'Wie voorrang krijgt, bespreekt het college met:'
_BESPROKEN = woorden(
    r"\b(?:met|over|of|onder|tegen|volgens)\s*:\s*$",
    r"\b(?:bespreek|bespreken|vraagt|vragen|meldt|melden|overleg|advis|inform|stuurt|zendt|hoort(?! (?:bij|tot)))",
)
# Under a title that names the group these may be others.
_ANDER_DAN_TITEL = woorden(r"\b(?:huurders?|gezin(?:nen)?|ouders?|kind(?:eren)?)\b")
_BIJ = woorden(r"\b(?:bij|wegens|vanwege|op grond van|in geval van) (?:een )?$")
_GEVER = woorden(
    rf"\b(?:bemiddel(?:t|en)|help(?:t|en)|huisvest(?:en)?|wijst|wijzen|rekent|rekenen|biedt|bieden|delen|deelt|merkt|merken|verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen|{VERLEEND}|aangemerkt|aangewezen)\b"
)


def geeft_voorrang(groep: Groep, zin: Zin, tekst: str) -> bool:
    """Whether it is this group that gets it, as far as what leads to it is known.

    tekst: the sentence as read, with its terms written out or not.
    """
    lead = f"{zin.opening} " if zin.opening else ""
    text = lead + tekst
    kernen = list(groep.kern.finditer(tekst))
    grants = [
        grant
        for grant in GEEFT.finditer(text)
        if IN_CATEGORIE.search(grant[0])
        or leidt_in(GEEFWOORD.sub(" ", grant[0]))
        or (COLLEGE_GEEFT.match(grant[0]) and not noemt_ander(grant[0]))
    ]
    if not kernen:
        rest = groep.kern.sub(" ", zin.titel)
        return (
            bool(grants)
            and not noemt_ander(rest)
            and leidt_in(text[: grants[0].start()])
            and not _ANDER_DAN_TITEL.search(text[: grants[0].start()])
        )
    until = _einde(text, len(lead) + kernen[0].end())
    who = f"{zin.titel} {text[:until]}"
    # 'Urgentie wordt verleend bij …': who is in that situation.
    bij = _BIJ.search(text[: len(lead) + kernen[0].start()])
    if (
        not PERSOON.search(who)
        and not bij
        and not any(GROND.match(grant[0]) for grant in grants)
        and not any(
            grant.start() < len(lead) + kernen[0].end()
            and len(lead) + kernen[0].start() < grant.end()
            for grant in grants
        )
        and not (zin.onderdeel and SITUATIES.search(lead))
    ):
        return False
    at = len(lead)
    return any(
        any(_lezingen(zin, text, lead, grants, at + kern.start(), at + kern.end()))
        for kern in kernen
    )


def _lezingen(
    zin: Zin, text: str, lead: str, grants: list[re.Match[str]], start: int, end: int
) -> Iterator[bool]:
    """The ways to read who gets it; one that holds is enough."""
    before = [grant for grant in grants if grant.end() <= start]
    if not grants and TITEL_GEEFT.match(zin.titel):
        yield aangewezen(text[:start], text, start, end)
    in_lead = [grant for grant in before if grant.end() <= len(lead)]
    if zin.onderdeel and len(in_lead) == len(before):
        item = text[len(lead) : start]
        yield (
            (
                _opent_lijst(zin, lead)
                or any(_geeft_in(lead, grant) for grant in in_lead)
            )
            and not noemt_ander(item)
            and is_zelf(item, text, start, end)
            and not TOEGEPAST.search(eromheen(text, len(lead), start, end))
        )
    elif before:
        grant = before[-1]
        region = text[grant.end() : start]
        if re.search(rf"{CATEGORIE}$", grant[0], re.I):
            region = region.rpartition(",")[2]  # one of those that are enumerated
        yield (
            (
                leidt_in(text[: grant.start()])
                or _geeft_zelf(text[: grant.start()], grant)
            )
            and not _heeft_al(grant, text[: grant.start()])
            and aangewezen(region, text, start, end)
        )
    inside = next((g for g in grants if g.start() < start and end <= g.end()), None)
    if inside:
        yield leidt_in(text[: inside.start()]) and aangewezen(
            text[inside.start() : start].partition(" ")[2], text, start, end
        )
    for opens, closes in OM_DE_GROEP:
        for first in opens.finditer(text, len(lead), start):
            if closes.search(text[end : _einde(text, end)]):
                subject = text[: first.start()]
                region = text[first.end() : start]
                yield leidt_in(subject) and (
                    aangewezen(region, text, start, end)
                    or (
                        HOOFD.search(subject) is not None
                        and not noemt_ander(region)
                        and is_zelf(region, text, start, end)
                    )
                )
    # 'Ex-gedetineerden krijgen voorrang', not 'Zij horen ervan. Anderen krijgen voorrang'.
    after = next((grant for grant in grants if grant.start() >= end), None)
    if after and not before:
        between = text[end : after.start()]
        region = text[:start]
        if re.search(r", dan $", between):  # 'Verliest een gezin …, dan krijgt'
            region = region.partition(" ")[2]
        yield (
            aangewezen(region, text, start, end)
            and not re.search(r"[;:]|\b(?:waarvan|wiens)\b", between)
            and not _heeft_al(after, between)
            and not _AAN_ANDER.match(text[after.end() :])
        )


def geeft_aan_iemand(text: str) -> bool:
    """Whether a sentence gives priority to persons, whoever they are."""
    return HOOFD.search(text) is not None and any(
        leidt_in(GEEFWOORD.sub(" ", grant[0]))
        and not _heeft_al(grant, text[: grant.start()])
        for grant in GEEFT.finditer(text)
    )


def _heeft_al(grant: re.Match[str], before: str) -> bool:
    """Whether it tells who has it already: 'wie een urgentieverklaring heeft'."""
    return bool(_HEEFT_AL.match(grant[0]) and _BETREKKELIJK.search(before))


def _geeft_zelf(first: str, grant: re.Match[str]) -> bool:
    """Whether who stands first is who gives it."""
    return bool(
        _GEVER.search(grant[0])
        and not noemt_ander(first)
        and not PROCEDURE.search(first)
    )


def _geeft_in(lead: str, grant: re.Match[str]) -> bool:
    """Whether words above a list give, by this, to those in the list."""
    first, rest = lead[: grant.start()], lead[grant.end() :].replace(" aan wie ", " ")
    gives = _geeft_zelf(first, grant) or (
        not _GEVER.search(grant[0]) and leidt_in(first)
    )
    aan = _AAN.search(rest)
    return (
        gives
        and not _BESPROKEN.search(rest)
        and not noemt_ander(rest)
        and (
            aan is None
            or HOOFD.search(aan[0]) is not None
            or leidt_in(aan[0].removesuffix(":"))
        )
    )


def _opent_lijst(zin: Zin, lead: str) -> bool:
    """Whether the words above a list say that it lists who has urgency, in any words."""
    return bool(
        (
            OPENT.search(lead)
            or ONDERWERP_LIJST.search(lead)
            or (TITEL_LIJST.search(zin.titel) and SOORT_LIJST.search(lead))
        )
        and not DOOR_WIE.search(lead)
        and not PROCEDURE.search(lead)
        and not _BESPROKEN.search(lead)
        and not noemt_ander(lead)
    )


def _einde(text: str, at: int) -> int:
    found = re.compile(r"[.;:]").search(text, at)
    return found.start() if found else len(text)
