"""What another sentence takes back of what was found, or puts off."""

from __future__ import annotations

import re

from knowledge.regelingen.tree import GROUPS

from .deel import BEPERKT
from .groepen import GROEPEN, Groep, woorden
from .twijfel import ONDERWERP, ontkent
from .verband import eigen_lid
from .zinnen import Zin

# A sentence with one of these makes a condition lighter and leaves nobody out.
_LICHTER = woorden(
    r"\b(?:\w*binding|geldt niet voor (?:woningen|woonruimte|de wijk)|geldt de termijn|geen verschil|weigeringsgrond\w*|inschrijfduur|wachttijd|inschrijving|aangifte|leges|kosten|bewijs\w*|inkomens?\w*|\w*eis|\w*eisen|vereis\w*|hoe(?:f|ft|ven)|hoef|tegengeworpen|eerder|van belang|ter zake|maakt (?:\w+ ){0,2}niets? uit|weten|ingezetenschap|(?:eindigt|vervalt) (?:zodra|als|indien|wanneer) (?:de|het|een|hij|zij))\b"
)
# 'onderdeel a', 'onder b en c'
_ONDERDELEN = re.compile(
    r"\b(?:onderde(?:el|len)|(?:aanhef en )?onder|sub) ((?:[a-z]|\d+°?)(?!\w)(?:(?:,| en| of| tot en met) (?:[a-z]|\d+°?)(?!\w))*)",
    re.I,
)
_LATER = woorden(
    r"\bzodra\b|\bmet ingang van\b|\btreedt\b|\btot nader\b|\bpas\b[^.;]{0,40}\b(?:als|nadat|vanaf|wanneer)\b|\bvoorlopig\b|\b(?:vanaf|tot|op) (?:het|de|een) (?:\w+ ){0,5}?(?:tijdstip|moment|datum|dag)\b"
    r"|\b(?:als|indien|wanneer|nadat|totdat|tenzij)\b[^.;]{0,40}\b(?:minister\w*|rijk|regering|wetgever|wet)\b|\bin werking (?:is|zijn) getreden|\bna (?:de )?(?:inwerkingtreding|vaststelling|bekendmaking)\b|\bafwachting\b|\bbeslui(?:t|ten) of (?:het|dit|onderdeel)\b[^.;]{0,30}(?:toegepast|geldt|van toepassing)|\bwacht(?:en)? op\b"
)
_BUITEN_WERKING = woorden(
    r"niet van toepassing|\bniet toe\b|\bgeld(?:t|en) (?:\w+ ){0,2}niet\b|\bnog niet\b|buiten (?:toepassing|werking)"
)
# What holds in some cases only leaves nobody out as a group.
_SOMS = woorden(
    r"\b(?:niet|geen)\b.*\b(?:indien|wanneer|zolang|als)\b (?:de |het |een |zijn |haar |hij |zij )|^(?:als|indien|wanneer|zolang) "
)
# The sentence is about who gets priority, so a denial in it takes the group out.
_RAAKT = woorden(
    r"\b(?:geld(?:t|en)|krijg\w*|kom(?:t|en)|recht|aanspraak|toepass\w*|uitgezonderd|uitgesloten|uitzondering\w*|vallen|valt|meegeteld|beho(?:ort|ren)|aangemerkt|verstaan|bedoeld|voor wie)\b|urgen|voorrang|categorie"
)
# 'Deelnemers zonder kinderen komen niet in aanmerking': the others were not meant.
_DE_REST_NIET = re.compile(
    r"^(?!(?:overige|andere|niet)\b)\w+ (?:zonder|met|die|van wie|uit)\b[^.;]*\bkom(?:t|en)\b[^.;]*\bniet\b[^.;]*\bin aanmerking\b",
    re.I,
)
# The sentence points back to the one before it, or to the lid or artikel they share.
_DAARVAN = woorden(
    r"^(?:dit|dat|deze|die|het|zij|hij|daar\w*|hier\w*)\b|\b(?:toegepast|toepassing|geldt|gelden|(?:het|dit) eerste lid|dit artikel)\b"
)
# Said of an artikel or lid: that it does not hold, or not yet.
_WERKT_NIET = woorden(
    r"\btre(?:edt|den)\b[^;]*\bwerking\b|\bin werking (?:treedt|treden)\b|\bwerk(?:t|en) (?:nog )?niet\b|\bnog niet\b|\bverval(?:t|len)\b|\btoe te passen\b|\bniet toegepast\b"
    r"|\bbuiten (?:toepassing|werking)\b|\b(?:opgeschort|uitgesteld|geschorst|bevroren|ingetrokken)\b|\bgeld(?:t|en) (?:\w+ ){0,2}(?:niet|tot|vanaf|met ingang)\b"
    r"|\b(?:niet|eerst|pas) van toepassing(?!(?: is)? (?:op|voor|als|indien|wanneer))|\bvan toepassing (?:vanaf|met ingang|zodra|nadat)\b|\bpas (?:toegepast|vanaf|nadat|als|wanneer)\b"
)
# 'artikel 3 van de oude verordening'
_ANDERE_REGELING = woorden(
    r"\bvan (?:de|het) (?:(?:oude|vorige|ingetrokken) |\w*(?:wet|besluit)\b|\w+verordening \w)"
)
# 'een verklaring op grond van artikel 12 vervalt': nothing of the artikel itself.
_ERVAN = re.compile(
    r"\b(?:(?:bedoeld|genoemd|omschreven|vermeld) in|op grond van|op basis van|krachtens|ingevolge|volgens|overeenkomstig|in afwijking van|onverminderd)(?: de| het)?\s*(?:\w+ lid, (?:van )?)?$",
    re.I,
)
# The hardship clause, and what is still judged by the old rules.
_GEEN_UITSTEL = woorden(
    r"onbillijk|hardheid|\baanvra\w+\b[^.;]*\b(?:vóór|voor (?:de|het|die|dat|\d)|inwerkingtreding)\b"
)
_RANG = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende)"


def _elders(found: Zin, zin: Zin) -> bool:
    """Whether another artikel says that where it was found does not hold, or not yet."""
    artikel = found.plaats.artikel
    if artikel is None or zin.plaats.artikel is artikel:
        return False
    if not _WERKT_NIET.search(zin.tekst) or _GEEN_UITSTEL.search(
        f"{zin.titel} {zin.tekst}"
    ):
        return False
    named = [
        said
        for said in _noemt_artikel(artikel.number).finditer(zin.tekst)
        if _wijst_naar(found, said["deel"])
    ]
    for part in found.plaats.above:
        if part.soort in GROUPS and part.label and part.number:
            name = rf"\b{re.escape(part.label)} {re.escape(part.number)}\b"
            named += re.finditer(name, zin.tekst, re.I)
    named += [
        said
        for said in _REEKS.finditer(zin.tekst)
        if _waarde(said[1]) <= _waarde(artikel.number) <= _waarde(said[2])
    ]
    return any(not _ERVAN.search(zin.tekst[: said.start()]) for said in named)


# 'de artikelen 10 tot en met 14'
_REEKS = re.compile(r"\bartikelen (\d[\d.:]*\w?) (?:tot en met|t/m) (\d[\d.:]*)", re.I)


def _waarde(number: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", number)]


def _noemt_artikel(number: str) -> re.Pattern[str]:
    return re.compile(
        rf"\bart(?:ikel(?:en)?|\.) (?:[\d.:]+(?:, | en | tot en met ))*{re.escape(number)}(?![\w:]|\.\d)(?P<deel>[^;]*?)(?=\bartikel|;|$)",
        re.I,
    )


def _wijst_naar(found: Zin, deel: str) -> bool:
    """Whether the words after an artikel's number mean the lid and onderdeel of what was found."""
    if _ANDERE_REGELING.search(deel):
        return False
    leden = (
        re.findall(rf"\b{_RANG}\b", deel)
        if re.search(r"\bl(?:id|eden)\b", deel)
        else []
    )
    own = eigen_lid(found)
    if leden and own != "dit artikel" and own.split()[0] not in leden:
        return "tot en met" in deel
    letters = _ONDERDELEN.findall(deel)
    return not letters or _onderdeel_in(found, letters)


def _onderdeel_in(found: Zin, letters: list[str]) -> bool:
    """Whether these letters name the onderdeel of what was found, or one that it is in."""
    above = [part.number for part in found.plaats.above if part.number.isalpha()]
    return any(
        re.search(rf"\b{re.escape(number)}\b", one, re.I)
        for number in (found.plaats.node.number, *above)
        for one in letters
    )


def neemt_terug(groep: Groep, found: Zin, zin: Zin) -> bool:
    """Whether another sentence leaves out what was found."""
    if zin is found or zin.buiten:
        return False
    if _elders(found, zin):
        return True
    named = groep.kern.search(zin.tekst)
    later = _LATER.search(zin.tekst)
    limits = BEPERKT.search(zin.tekst)
    if (
        not limits
        and not ontkent(zin.gelezen)
        and not (later and (named or zin.plaats is not found.plaats))
    ):
        return False
    soms = (
        _SOMS.search(zin.tekst) and not later and not _BUITEN_WERKING.search(zin.tekst)
    )
    if soms or _LICHTER.search(f"{zin.titel} {zin.tekst}"):
        return False
    if zin.plaats is found.plaats:
        told = limits or later or ONDERWERP.search(zin.tekst)
        return bool(told or _WERKT_NIET.search(zin.tekst) or _DAARVAN.search(zin.tekst))
    same = zin.plaats.artikel is found.plaats.artikel
    if named:
        return (same and bool(_RAAKT.search(zin.tekst))) or bool(
            ONDERWERP.search(f"{zin.opening} {zin.tekst}")
        )
    if not same:
        return False
    if _DE_REST_NIET.search(zin.tekst):
        return True
    onderdelen = _ONDERDELEN.findall(zin.tekst)
    if onderdelen:
        return _onderdeel_in(found, onderdelen)
    if any(
        other.kern.search(zin.tekst) for other in GROEPEN.values() if other is not groep
    ):
        return False  # 'niet van toepassing op wie uit de gevangenis komt'
    words = zin.tekst.lower()
    numbers = re.findall(r"\bartikel(?:en)? (\d[\d.:]*\w?)", words)
    if numbers and (artikel := found.plaats.artikel) and artikel.number not in numbers:
        return False  # 'Artikel 13 blijft dan buiten toepassing'
    if "dit lid" in words:
        words = words.replace("dit lid", eigen_lid(zin))
    if "dit artikel" in words and _WERKT_NIET.search(words):
        return True
    if eigen_lid(found) in words:
        return True
    if re.search(r"\w+(?:de|ste) lid\b", words) and "dit artikel" not in words:
        return False  # of another lid
    if limits and ONDERWERP.search(zin.tekst):
        return True
    by_title = not groep.kern.search(found.voluit)
    return bool(_BUITEN_WERKING.search(zin.tekst)) or (
        by_title and bool(ONDERWERP.search(zin.tekst))
    )
