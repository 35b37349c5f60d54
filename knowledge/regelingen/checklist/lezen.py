"""What a sentence does with a group: whether it gives it priority, and to nobody else.

Open to any words that describe the group; closed for the words around it that could
bring in another: who else is named, what is done to the group, what is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .groepen import Groep, woorden
from .zinnen import Zin

# -- what gives --------------------------------------------------------------------------

_URGENTIE = (
    r"(?:\b(?:\w+-?)?urgentie(?!-?(?:categor|commissie|grond|regel|verord|aanvra|beleid|bepal|verzoek|punt))\w*"
    r"|\bvoorrang(?!s?(?:regel|lijst|commissie))\w*)"
)
_VERBUM = (
    r"(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen|toekennen|krijgt|krijgen|verkrijgen|ontvangt|ontvangen"
    r"|heeft|hebben|geniet|genieten)"
)
_VERLEEND = r"(?:toegewezen|ingewilligd|gehonoreerd|verleend|afgegeven|toegekend|gegeven|verstrekt|verkregen)"
_GAAT_DOOR = rf"(?!\b(?:die|dat|wie|als|indien|wanneer|mits|omdat|geen|niet|pas|alleen|om|hoeveel|{_VERBUM}|{_VERLEEND})\b)"
# Words of the same clause between a verb and what it gives.
_TUSSEN = rf"(?:{_GAAT_DOOR}[^.;:,])"
_CATEGORIE = r"(?:\w*categorie(?:ën)?|\w*groep(?:en)?|\w*indicaties?|\w*gronden|\w*situaties|omstandigheden|gevallen)"
_URGENT = rf"(?:urgent\w*(?: woningzoekenden?)?|de groep urgent\w*|{_CATEGORIE})"
GEEFT = woorden(
    rf"\b{_VERBUM}\b{_TUSSEN}{{0,70}}?{_URGENTIE}(?: toe\b| af\b)?",
    rf"{_URGENTIE}\b{_TUSSEN}{{0,50}}?\b(?:wordt|worden|kan|kunnen|is|zijn)\b{_TUSSEN}{{0,60}}?\b{_VERLEEND}(?: worden)?",
    rf"\b(?:wordt|worden|kan|kunnen)\b{_TUSSEN}{{0,60}}?{_URGENTIE}{_TUSSEN}{{0,20}}?\b{_VERLEEND}",
    rf"\b(?:kan|kunnen)\b{_TUSSEN}{{0,60}}?{_URGENTIE}{_TUSSEN}{{0,20}}?\b{_VERBUM}",
    rf"{_URGENTIE} (?:bij (?:de )?(?:toewijzing|toewijzen) van (?:een )?(?:woning|woningen|woonruimte) )?(?:krijgt|krijgen|heeft|hebben|geniet|genieten|ontvangt|ontvangen)\b",
    rf"{_URGENTIE} (?:is|zijn|geldt|gelden|bestaat)\b{_TUSSEN}{{0,20}}? voor\b",
    r"\b(?:urgentie|voorrangs?)-?(?:categorieën|gronden|groepen) zijn(?: de volgende)?",
    rf"\b(?:wordt|worden|zijn|is)\b{_TUSSEN}{{0,40}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld) (?:als|tot|in) {_TUSSEN}{{0,20}}?{_URGENT}",
    r"\bmet voorrang (?:\w+ ){0,2}(?:wordt|worden) (?:\w+ ){0,3}(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
    r"\bmet voorrang (?:wordt|worden) (?:\w+ ){0,2}(?:toegewezen|aangeboden|gehuisvest|bemiddeld)|\b(?:wordt|worden) met voorrang (?:\w+ ){0,2}(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
    rf"\bin (?:de|een) {_TUSSEN}{{0,20}}?(?:urgentie|voorrangs?)-?(?:categorie|groep){_TUSSEN}{{0,40}}?(?:geplaatst|opgenomen)",
    rf"\b(?:wordt|worden|kan|kunnen)\b{_TUSSEN}{{0,40}}?(?:als )?urgent (?:worden )?(?:verklaard|bestempeld|bevonden|geacht)",
    r"\burgent(?:e|en)?(?: woningzoekend\w*)? (?:is|zijn|geldt|gelden)\b|\b(?:is|zijn) urgent\b",
    rf"\b(?:geldt|gelden|bestaat|is|zijn)\b{_TUSSEN}{{0,40}}?{_URGENTIE}{_TUSSEN}{{0,20}}? voor\b",
    rf"\b(?:wordt|worden)\b{_TUSSEN}{{0,60}}?\b(?:als|tot|in|onder) {_TUSSEN}{{0,30}}?{_URGENT}{_TUSSEN}{{0,40}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld|begrepen)",
    rf"\b(?:als|tot|in|onder) {_TUSSEN}{{0,30}}?{_URGENT}{_TUSSEN}{{0,60}}?\b(?:wordt|worden|is|zijn)\b{_TUSSEN}{{0,50}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld|begrepen)",
    rf"\b(?:recht|aanspraak) op (?:een )?{_URGENTIE}(?: heeft| hebben)?|\bmaakt aanspraak op (?:een )?{_URGENTIE}",
    rf"\bkom(?:t|en) {_TUSSEN}{{0,40}}?in aanmerking(?: voor(?: een)? {_URGENTIE})?",
    rf"\bin aanmerking (?:voor (?:een )?{_URGENTIE} )?kom(?:t|en)",
    rf"\bvoor (?:een )?{_URGENTIE} kom(?:t|en){_TUSSEN}{{0,30}}? in aanmerking",
    rf"\btot (?:de |een )?{_TUSSEN}{{0,40}}?(?:{_CATEGORIE}|urgent\w* woningzoekenden){_TUSSEN}{{0,40}}?\b(?:beho(?:ort|ren)|wordt gerekend|worden gerekend)(?: verder| ook| in ieder geval)?",
    rf"\bbeho(?:ort|ren) {_TUSSEN}{{0,20}}?tot {_TUSSEN}{{0,45}}?(?:{_CATEGORIE}|urgent\w* woningzoekenden)",
    r"categorie (?:wordt|worden) gevormd door|\bgelijkgesteld met {0}",
    r"\b(?:wordt|worden|is|zijn)\b[^.;:]{0,40}gelijkgesteld met (?:de |een )?(?:urgent\w*|woningzoekenden|uitstromers?)\b",
    rf"\bvolgende {_CATEGORIE}(?: woningzoekenden)?(?: zijn er| krijgen (?:urgentie|voorrang))?:?",
    r"\b(?:een )?urgentiegrond\w* (?:is|zijn)|\b(?:is|zijn) (?:een )?urgentiegrond\w*",
    rf"\bdeelt\b[^.;:,]{{0,60}}\b{_CATEGORIE} in\b",
)
_IN_CATEGORIE = woorden(rf"\b(?:tot|in|volgende) [^.;:]*{_CATEGORIE}")
_COLLEGE_GEEFT = woorden(
    r"(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen)\b"
)
# A list of situations: who is in one is the group.
_SITUATIES = woorden(
    rf"{_CATEGORIE} (?:zijn|is)\b|\b(?:volgende|tot) [^.;:]*{_CATEGORIE}|gronden zijn"
)
# Above a list: other verbs that give urgency, and nothing of what else is done about it.
_OPENT = woorden(
    rf"\b(?:verkla(?:art|ren)|wij(?:st|zen)|dee?l(?:t|en)|merk(?:t|en)|reken(?:t|en)|beschouw(?:t|en)|plaats(?:t|en)|geldt|gelden|bestaat|heeft|hebben|krijgt|krijgen)\b"
    rf"(?:(?!\b(?:die|dat|geen|niet|om|of|{_VERLEEND})\b)[^.;:,]){{0,80}}?(?:{_URGENTIE}|\burgent\b|\burgente woningzoekenden|\burgentie(?:categorie|groep)\w*)",
    r"\bvoorrang,? (?:valt|vallen)\s*:",
)
_DOOR_WIE = woorden(
    r"\b(?:door|met|bij|over|of|om|onder|tegen|na|tot|volgens|waarbij|waarop|moet|moeten|mag|mogen|dient|dienen)\s*:\s*$"
)
_PROCEDURE = woorden(
    r"advie|advis|voeg(?:t|en)\b|overleg|bewijs|gegevens|vermeld|bevat|bestaat uit|bestaan uit|weiger|intrek|ingetrokken|\btrek(?:t|ken)\b|verval|eindig|beslis"
    r"|rekening|onderzoe|\bvra(?:ag|gen)t?\b|aangevraagd|ingediend|\bmeld|inform|rapport|regist|termijn|verleng|wijzig|formulier|voorwaarde|zoekprofiel"
    r"|volgorde|rangorde|bepaal|toets|beoordel|geldig|samenwerk|afspra|leges|kosten|betaal|toegezonden|st[u]+r(?:t|en)\b|zend|verzonden|bekend|mededel|kopie|afschrift"
    r"|mandaat|bevoegd|machtig|opdracht|uitvoer|subsidie|schors|opschort|omgezet|\bof (?:de|een|hij|zij|er)\b|\bmet (?:een |de )?urgentie|\bte (?:verlenen|geven|verstrekken)"
    r"|\bna te gaan|\bgaat\b[^:]*\bna\b|\bweegt|toezicht|bezwaar|namens|verantwoord|evalu|telt|mee(?:ge)?wog"
    r"|houdt|omvat|betekent|inhoud|\bdoel\b|\bta(?:ak|ken)\b|stukken|document|\bhor(?:en|t)\b|verplicht(?!e? )|onderwerpen"
)
# The same with the group in the middle: 'komt een dakloos gezin in aanmerking'.
_OM_DE_GROEP = (
    (woorden(r"\bkom(?:t|en)\b"), woorden(r"\bin aanmerking\b")),
    (
        woorden(r"\b(?:wordt|worden|kan|kunnen)\b"),
        woorden(rf"{_URGENTIE}{_TUSSEN}{{0,20}}?\b{_VERLEEND}"),
    ),
    (
        woorden(
            r"\b(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|krijgt|krijgen|ontvangt|ontvangen)\b"
        ),
        woorden(rf"{_URGENTIE}"),
    ),
    (woorden(r"\bverkla(?:art|ren)\b"), woorden(r"\burgent\b")),
    (woorden(r"\b(?:wijst|wijzen)\b"), woorden(r"\baan als (?:\w+ )?urgent")),
    (
        woorden(r"\b(?:merkt|merken|rekent|rekenen|beschouwt|beschouwen)\b"),
        woorden(r"\b(?:als|tot) [^.;:,]{0,20}urgent"),
    ),
    (
        woorden(r"\b(?:wordt|worden)\b"),
        woorden(
            r"\b(?:als|tot) [^.;:,]{0,30}urgent\w*[^.;:,]{0,40}\b(?:aangemerkt|aangewezen|beschouwd|gerekend)"
        ),
    ),
)
_TITEL_GEEFT = woorden(r"^(?:wettelijke |verplichte )?urgentie(?:categorie|grond)\w*")

# -- who gets it -------------------------------------------------------------------------

ALGEMEEN_PERSOON = (
    r"(?:woningzoekenden?|perso(?:on|nen)|mens(?:en)?|degenen?|iemand|wie|aanvragers?|inwoners?|bewoners?|ingezetenen?|burgers?"
    r"|huishoudens?|huurders?|jongeren?|jongvolwassenen?|jeugdigen?|volwassenen?|alleenstaanden?|vrouwen?|mannen|cliënt(?:en)?|patiënt(?:en)?|slachtoffers?"
    r"|gezin(?:nen)?|ouders?|kinderen|kind|sekswerkers?|prostituees?|deelnemers?|verlaters?|verleners?|ontvangers?|uitstromers?"
    r"|mantelzorg(?:ers?|ontvangers?|verleners?)|uitstroom|(?:ex-|oud-)?gedetineerden?|zieken?|betrokkenen?|u)"
)
_PERSOON = re.compile(
    rf"\b{ALGEMEEN_PERSOON}\b|\bex-|verhandeld|uitgebuit|mantelzorg", re.I
)
_HOOFD = re.compile(rf"(?<![\w-]){ALGEMEEN_PERSOON}(?![\w-])", re.I)
# Words that may lead to who gets it. With any other, it may be somebody else who does:
# 'omwonenden', 'de dader', 'advies van'.
_BEKEND = frozenset(
    re.findall(
        r"\S+",
        """
    woningzoekend toekenning verzoek de het een wij ons deze dit die dat wie waarbij hij zij hem hen haar hun zijn zich ieder iedere
    elke en of als indien wanneer omdat doordat voor van in uit vanuit op aan bij met door tot te om
    na tijdens wegens vanwege is wordt worden kan kunnen heeft hebben had moet moeten wil willen
    gaat gaan komt komen krijgt krijgen behoren behoort dringend ook al nog weer eveneens tevens
    verder voorts ten minste daarom daarvoor geval gevallen hierna volgende andere ander eigen jaar
    maanden weken minderjarig minderjarige inwonend inwonende categorie categorieën groep groepen
    doelgroepen urgentie urgent urgente urgentieverklaring urgentiecategorie urgentiecategorieën
    urgentiestatus voorrang voorrangsverklaring wettelijke verplichte aanvraag college burgemeester
    wethouders gemeente huisvestingsvergunning woonruimte woningen woning toewijzing toewijzen
    verlenen verleent verleend geven geeft gegeven verstrekt afgegeven toegekend afgifte artikel
    onderdeel onverminderd verklaring verleende verstrekte bedoeld grond gronden eerste tweede derde
    onder namelijk gevormd ingedeeld één deelt gelden geldt indeling wet bepaalde sprake voordracht
    situatie situaties u uw bent hebt ontvangen ontvangt elk afwijking lid leden bijzondere
    dringende plaats overeenkomstig krachtens basis medisch sociaal reden redenen medische sociale
    advies daarnaast bovendien toegewezen ingewilligd voldoet voldoen aantoont aantonen hetzelfde
    eenzelfde uitsluitend gehoord huurwoningen huurwoning indicaties verklaard bestemd mogelijk
    bestaat geplaatst opgenomen urgentiecommissie aanmerking recht aanspraak maakt toe af kent
    kennen toekennen verkrijgen verkregen geniet genieten verstrekken aangemerkt aangewezen
    beschouwd gerekend begrepen gelijkgesteld urgentiegrond urgentiegronden
    """,
    )
)
# Who is named besides, by the ending of the word.
_IEMAND = re.compile(
    r"(?:ers?|(?<!b)aars?|enden|isten?|eurs?|loog|logen|iater|iaters|leden|genoten|familie\w*|bureaus?|diensten?|teams?|partners?"
    r"|buren|buur\w*|artsen|arts|werk\w*|vrienden|getuigen?|instanties?|anderen|derden)$"
)
_GEEN_IEMAND = frozenset(
    re.findall(
        r"\S+",
        """
    achter ander beter binnen buiten daar december door eerder elkaar groter hier ieder jaar jonger
    kamer keer klaar kleiner langer later maar meer meerder minder minstens naar nader november
    nummer october onder ouder over partner partners per september ter ver verder voor waar weer
    wonen wonend wonende woonachtig zeer zonder zwaar kader manier dossier centrum cluster lager
    hoger uiterlijk winter zomer water meter kwartier leger offer cijfer papier klooster
    """,
    )
)

_ANDERE_ZIN = woorden(
    r"\b(?:van wie(?! (?:de (?:huidige )?(?:woning|woonruimte|gezondheid)|is vastgesteld|vaststaat|blijkt))|aan wie|voor wie|zodat|opdat|terwijl|waarna|waarvan(?! (?:ten minste |minstens )?(?:een|één|1) (?:van de )?(?:gezins)?l(?:id|eden)\b)|waarmee|over|naast|tegen|tegenover|namens|wiens)\b",
)
# What somebody does to or for the group.
_TOEGEPAST = woorden(
    r"\b(?:training\w*|cursus\w*|gesprek\w*|melding\w*|behandel(?:t|en)|ondersteun(?:t|en)|huisvest(?:en)?|(?:ver)?huu?r(?:t|en)|opvang(?:t|en)|bezoek(?:t|en)|verzorg(?:t|en)|help(?:t|en))\b",
    r"\bbegeleid(?:t|en)\b(?! wonen)",
    r"\b(?:huisvesting|onderdak|opvang|kamer|woning|woonruimte|hulp|begeleiding|ruimte|plaats)\b (?:\w+ ){0,2}(?:bie|verhu|gee?f|verle|maak|maken)\w*|\bles (?:\w+ ){0,2}(?:krijg|volg)\w*",
    r"\bin (?:huis|dienst) (?:\w+ )?ne(?:emt|men)\b|\b(?:adviseer|bestrijd|onderzoek|organiseer|financier|exploiteer)\w*|\bverdacht|\bveroordeeld|\bdaders?\b|\bplegers?\b|\bpleeg(?:t|de)\b",
    r"\b(?:werk(?:t|en|zaam)|vrijwillig\w*|stage|vak|beroep van)\b(?! naar)(?=[^.;:]*\b(?:bij|in|voor|met)\b)|\bgrenst\b|\bnabij\b",
    r"\b(?:bang|vre(?:es|zen)\w*|kans op|risico op|verwacht(?:en)?|vermoed(?:t|en))\b",
)
# 'die mensen met een ziekte bezoeken': whom it is done to, not who gets it.
_VOORZETSEL = (
    r"(?:van|voor|aan|met|bij|naast|tegen|namens|over|tussen|door|rond|omtrent|uit)"
)
_BEPALING = r"(?:(?:de|het|een|zijn|haar|hun|twee|(?!die |wie |welke )\w+e) )*"
# Before 'aan', 'voor' or 'van' these bring in nobody else: 'op aanvraag aan …'.
_ERBIJ = woorden(
    r"^(?:\w*categorie\w*|\w*groep\w*|en|of|verleend|gegeven|toegekend|verstrekt|afgegeven|urgent\w*|voorrang|aanvraag|ook|geldt|gelden|lid|leden|\d\S*)$"
)
# 'gezinnen die urgentie hebben, betalen geen leges' gives nothing.
_HEEFT_AL = woorden(_URGENTIE)
_BETREKKELIJK = woorden(r"\b(?:die|dat|wie|welke|of|als|indien|wanneer)\b[^,]*$")
_AAN_ANDER = re.compile(
    r" (?:toe |af )?aan (?!hem|haar|hen|hun|u\b|deze\b|die\b|dit\b|dat\b)", re.I
)
# To whom, up to the clause that describes them.
_AAN = re.compile(
    r"\b(?:aan|voor) [^:]*?(?=\b(?:die|dat|wie|als|indien|wanneer|waarvan|waarin)\b|:)",
    re.I,
)
_GEVER = woorden(
    rf"\b(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen|{_VERLEEND}|aangemerkt|aangewezen)\b"
)
_SAMEN_MET = re.compile(
    rf"(?:^|(?<=\s)){_BEPALING}{ALGEMEEN_PERSOON}(?: (?:en|of)|,)$", re.I
)
_IN_BIJZIN = re.compile(r"\b(?:die|dat|wie|hij|zij)\s*:\s*$", re.I)
_KOPPELT = woorden(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|geworden|vorm(?:t|en)|bent)\b"
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
        if _IN_CATEGORIE.search(grant[0])
        or _leidt_in(grant[0])
        or (_COLLEGE_GEEFT.match(grant[0]) and not _noemt_ander(grant[0]))
    ]
    if not kernen:
        rest = groep.kern.sub(" ", zin.titel)
        return (
            bool(grants)
            and not _noemt_ander(rest)
            and _bekend(text[: grants[0].start()])
        )
    until = _einde(text, len(lead) + kernen[0].end())
    who = f"{zin.titel} {text[:until]}"
    if not _PERSOON.search(who) and not (zin.onderdeel and _SITUATIES.search(lead)):
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
    if not grants and _TITEL_GEEFT.match(zin.titel):
        yield _aangewezen(text[:start], text, start, end)
    in_lead = [grant for grant in before if grant.end() <= len(lead)]
    if zin.onderdeel and len(in_lead) == len(before):
        item = text[len(lead) : start]
        yield (
            (_opent_lijst(lead) or any(_geeft_in(lead, grant) for grant in in_lead))
            and not _noemt_ander(item)
            and _is_zelf(item, text, start, end)
            and not _TOEGEPAST.search(_eromheen(text, len(lead), start, end))
        )
    elif before:
        grant = before[-1]
        region = text[grant.end() : start]
        if re.search(rf"{_CATEGORIE}$", grant[0], re.I):
            region = region.rpartition(",")[2]  # one of those that are enumerated
        yield _leidt_in(text[: grant.start()]) and _aangewezen(region, text, start, end)
    inside = next((g for g in grants if g.start() < start and end <= g.end()), None)
    if inside:
        yield _leidt_in(text[: inside.start()]) and _aangewezen(
            text[inside.start() : start].partition(" ")[2], text, start, end
        )
    for opens, closes in _OM_DE_GROEP:
        for first in opens.finditer(text, len(lead), start):
            if closes.search(text[end : _einde(text, end)]):
                subject = text[: first.start()]
                region = text[first.end() : start]
                yield _leidt_in(subject) and (
                    _aangewezen(region, text, start, end)
                    or (
                        _HOOFD.search(subject) is not None
                        and not _noemt_ander(region)
                        and _is_zelf(region, text, start, end)
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
            _aangewezen(region, text, start, end)
            and not re.search(r"[;:]|\b(?:waarvan|wiens)\b", between)
            and not (_HEEFT_AL.match(after[0]) and _BETREKKELIJK.search(between))
            and not _AAN_ANDER.match(text[after.end() :])
        )


def _geeft_in(lead: str, grant: re.Match[str]) -> bool:
    """Whether words above a list give, by this, to those in the list."""
    first, rest = lead[: grant.start()], lead[grant.end() :].replace(" aan wie ", " ")
    if _GEVER.search(grant[0]):  # who stands first gives it
        gives = not _noemt_ander(first) and not _PROCEDURE.search(first)
    else:
        gives = _leidt_in(first)
    aan = _AAN.search(rest)
    return (
        gives
        and not _noemt_ander(rest)
        and (
            aan is None
            or _HOOFD.search(aan[0]) is not None
            or _leidt_in(aan[0].removesuffix(":"))
        )
    )


def _opent_lijst(lead: str) -> bool:
    """Whether the words above a list say that it lists who has urgency, in any words."""
    return bool(
        _OPENT.search(lead)
        and not _DOOR_WIE.search(lead)
        and not _PROCEDURE.search(lead)
        and not _noemt_ander(lead)
    )


def _einde(text: str, at: int) -> int:
    found = re.compile(r"[.;:]").search(text, at)
    return found.start() if found else len(text)


def _eromheen(text: str, left: int, start: int, end: int) -> str:
    """The words around the group, up to the next comma."""
    found = re.compile(r"[.;:,]").search(text, end)
    right = found.start() if found else len(text)
    return f"{text[left:start]} … {text[end:right]}"


def _leidt_in(text: str) -> bool:
    """Whether words before or after what is given name nobody else."""
    hoofd = _HOOFD.search(text)
    if hoofd is None:
        return _bekend(text)
    return _voor_hoofd(text[: hoofd.start()]) and not _noemt_ander(text[hoofd.end() :])


def _aangewezen(region: str, text: str, start: int, end: int) -> bool:
    """Whether the group is who is meant, by the words that lead to it."""
    hoofd = _HOOFD.search(region)
    if hoofd is None:
        if not _voor_hoofd(region):
            return False
    elif not _voor_hoofd(region[: hoofd.start()]) or _noemt_ander(
        region[hoofd.end() :]
    ):
        return False
    return _is_zelf(region, text, start, end) and not _TOEGEPAST.search(
        _eromheen(text, start - len(region), start, end)
    )


def _voor_hoofd(text: str) -> bool:
    """Known words, then at most a few adjectives: 'aan zelfredzame …'."""
    words = _woorden(text)
    while (
        words
        and words[-1] not in _BEKEND
        and re.search(r"(?:e|bonden|lijk)$", words[-1])
    ):
        words.pop()
    return all(word in _BEKEND for word in words)


def _is_zelf(region: str, text: str, start: int, end: int) -> bool:
    """Whether the person nearest to the group is who gets it, not whom it is done to."""
    at = start - len(region)
    own = _HOOFD.search(text, start, end)
    if own and len(text[start : own.start()].split()) > 1:
        own = None
    persons = [
        one
        for one in _HOOFD.finditer(text, at, start)
        if one[0].lower() not in ("u", "wie", "uitstroom")
    ]
    nearest = own or (persons[-1] if persons else None)
    if nearest is None:
        return True
    before = re.sub(
        rf"(?:^|(?<=\s)){_BEPALING}$", "", text[at : nearest.start()], flags=re.I
    ).rstrip()
    comma = re.compile(r"[.;:,]").search(text, end)
    clause_end = comma.start() if comma else len(text)
    rest = text[nearest.end() : clause_end]
    if _IN_BIJZIN.search(text[:at]):
        first = _HOOFD.search(text, at, nearest.end()) or nearest
        if re.fullmatch(r"(?:(?!als\b)\S+ ){0,2}", text[at : first.start()], re.I):
            # 'die: een mantelzorger kennen'
            return bool(_KOPPELT.search(text[first.end() : clause_end]))
    while also := _SAMEN_MET.search(before):
        before = before[: also.start()].rstrip()
    if re.search(r"\b(?:die|dat|wie|welke)$", before, re.I):
        return bool(_KOPPELT.search(rest))
    led = re.search(rf"(?:(?P<voor>[^\s,]+) )?\b{_VOORZETSEL}$", before, re.I)
    if led is None or _ERBIJ.search(led["voor"] or "en"):
        return True
    # 'huishoudens met kinderen', 'die met hun kinderen'
    return before.endswith("met") and bool(
        _HOOFD.fullmatch(led["voor"])
        or re.search(r"\bmet (?:hun|haar|zijn) (?:\w+e )*$", text[at : nearest.start()])
    )


def _bekend(text: str) -> bool:
    return all(
        word in _BEKEND or re.search(r"urgentie$|^urgent|^voorrang", word)
        for word in _woorden(text)
    )


def _woorden(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())


# Somebody else who only says or does something for the group: 'door een arts bevestigde'.
_TERZIJDE = woorden(
    r"\bdoor (?:een |de |het )?(?:\w+e )?\w+ (?=(?:op)?(?:ge|vast|er|be|ver|aan)\w+(?:d|de|t|te|en)\b)",
    r"\bvolgens (?:een |de |het |uw |zijn |haar |hun )?(?:\w+e )?\w+",
    r"\bop (?:voordracht|advies|verzoek|aanvraag) van (?:een |de |het |zijn |hun )?(?:\w+e )?\w+",
    r"\b(?:met|onder) (?:de )?(?:hulp|behulp|begeleiding|ondersteuning|toezicht) van (?:een |de |het )?(?:\w+e )?\w+",
    r"\bbij (?:een |de )?(?:\w+e )?\w*aanbieder",
)


def _noemt_ander(text: str) -> bool:
    """Whether words that describe who gets it bring in somebody else."""
    text = _TERZIJDE.sub(" ", text)
    if _ANDERE_ZIN.search(text):
        return True
    return any(
        word not in _BEKEND
        and word not in _GEEN_IEMAND
        and not _HOOFD.fullmatch(word)
        and _IEMAND.search(word)
        for word in _woorden(text)
    )
