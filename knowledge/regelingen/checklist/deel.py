"""What names a part of a group only: the young, the women, one kind of institution."""

from __future__ import annotations

import re

from .groepen import GROEPEN, Groep, woorden
from .wie import HOOFD
from .zinnen import Zin

_JONG = r"(?:jongeren?|jongvolwassenen?|jeugdigen?|minderjarigen?|ouderen|senioren|studenten?)"
_LEEFTIJD = (
    r"\b(?:van|tussen)(?: de)? \d+(?: jaar)? (?:tot(?: en met)?|en|t/m) \d+ jaar|\b(?:tot|onder de|tot en met) \d+ jaar"
    r"|\bjonger\b[^.;,]{0,10}\bdan \d+|\b(?:onder|boven) de \d\d\b|\bouder\b[^.;,]{0,10}\bdan (?!1[78]\b)\d+"
    r"|\b(?:vanaf|minstens|ten minste) (?!1[78] jaar)\d\d jaar(?! (?:ingezeten|ingeschreven|in de|woont|woonachtig))|(?<!18)(?<!17) jaar (?:of|en) ouder"
    r"|\bminderjarig (?:waren|zijn|is|was)\b|\bachttien (?:worden|wordt)\b|\bleeftijd van \d+ jaar (?:nog )?niet"
)
_EEN_GESLACHT = r"(?:vrouw(?:en)?|mannen|meisjes|jongens)"
_SOORT = r"(?:jonge|oudere|vrouwelijke|mannelijke|minderjarige|zwangere|bejaarde|buitenlandse)"
# A sentence of limits: 'alleen voor jongeren'.
BEPERKT = woorden(
    rf"\b(?:alleen|uitsluitend|slechts|enkel)\b(?:[^.;]{{0,30}}\b(?:voor|aan|op|bij)\b)? (?:\w+ ){{0,3}}?(?:(?:{_JONG}|{_EEN_GESLACHT})\b|{_SOORT} (?!kind|gezin|ouder)\w+)"
)
_LEEFTIJDEN = woorden(_LEEFTIJD)
_SOORTEN = woorden(rf"\b{_SOORT} (?!kind|gezin|ouder)\w+")
_KINDEREN = woorden(r"^\W*(?:de |een )?kind(?:eren)?\b")
_JONGE_TITEL = re.compile(r"\b(?:jongeren|jongvolwassenen|ouderen|senioren)\w*", re.I)
_JONGEREN = re.compile(rf"\b{_JONG}\b", re.I)
_GESLACHT = re.compile(rf"\b{_EEN_GESLACHT}\b", re.I)
# Persons who stand beside somebody, and say nothing of who gets it.
_VERWANT = re.compile(
    r"(?:kind|kinderen|ouders?|gezin(?:nen)?|wie|u|slachtoffer|cliënt|patiënt|deelnemer)",
    re.I,
)
# The kinds of institution or family that are a part of what the law means.
_DEEL_VAN = {
    "medisch": woorden(
        r"\b(?:gezin(?:nen)?|ouders?) met (?:een |hun )?(?:\w+ )?kind(?:eren)? (?:met|dat|die)\b"
    ),
    "mensenhandel": woorden(
        r"^(?!.*\b(?:arbeid|crimin|ander|elke|welke|enige|vormen?\b)).*\bseksueel (?:zijn |is |wordt |worden )?uitgebuit"
    ),
    "jeugdhulp": woorden(
        r"(?<!open en )(?<!open of )\bgesloten (?!en open|of open)|jeugdzorg-?plus\b|\bzonder verblijf\b|\bambulante?\b"
    ),
    "ggz": woorden(r"\bforensisch\w*|\bgesloten (?:afdeling|instelling|kliniek)"),
    "dakloze-gezinnen": woorden(
        r"\bjonger dan (?!18|achttien)\w+|\b(?:drie|vier|vijf) (?:of meer )?(?:\w+e )?kinderen|(?<!ook )\beenoudergezin(?!nen (?:en|of) twee)|\balleenstaande (?:moeder|vader)s?\b|\bpasgeboren|\bbaby|(?<!of )\bschoolgaande|\bjonge? kind"
    ),
}
# '(gesloten) jeugdhulp' is both.
_OOK = re.compile(
    r"\((?:gesloten|forensisch\w*)\)|\b(?:of|en|tot) (?:\w+ ){0,2}gesloten\b|\bopen of gesloten\b|\bgesloten of open\b",
    re.I,
)
# Children are these groups, or live in them: a word for age or sex limits nothing.
_JONG_VAN_AARD = ("jeugdhulp", "dakloze-gezinnen")
_MAN, _VROUW = woorden(r"\bmannen\b"), woorden(r"\bvrouwen\b")


def alleen_deel(groep: Groep, zin: Zin, tekst: str, kern: re.Match[str] | None) -> bool:
    """Whether only a part of the group gets it. kern: where the text names the group."""
    slug = next(name for name, one in GROEPEN.items() if one.kern is groep.kern)
    own = _deelzin(tekst, kern) if kern else tekst
    deel = _DEEL_VAN.get(slug)
    if deel and deel.search(own) and not _OOK.search(zin.tekst):
        return True
    if slug in _JONG_VAN_AARD:
        return False
    if (
        _LEEFTIJDEN.search(own)
        or _SOORTEN.search(own)
        or _KINDEREN.search(own)
        or BEPERKT.search(own)
    ):
        return True
    if _alleen(_JONGE_TITEL, zin.titel) and "jeugd" not in zin.titel.lower():
        return True
    if _alleen(_JONGEREN, own):
        return True
    ook_man = _MAN.search(tekst) and _VROUW.search(tekst)
    vrouwenopvang = slug == "huiselijk-geweld" and "opvang" in tekst
    return not ook_man and not vrouwenopvang and _alleen(_GESLACHT, own)


def _deelzin(tekst: str, kern: re.Match[str]) -> str:
    """The part of an enumeration that names the group."""
    left = max(tekst.rfind(mark, 0, kern.start()) for mark in ",;:.")
    right = re.compile(r"[.;:]|, (?:en|of) ").search(tekst, kern.end())
    return tekst[left + 1 : right.start() if right else len(tekst)]


def _alleen(deel: re.Pattern[str], text: str) -> bool:
    """Whether all persons that the text names are of this part."""
    persons = [one[0] for one in HOOFD.finditer(text) if not _VERWANT.fullmatch(one[0])]
    named = " ".join(one[0].lower() for one in deel.finditer(text))
    return bool(named) and all(deel.fullmatch(one) for one in persons)
