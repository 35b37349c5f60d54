"""By which words a text names each group: who it is, and the situation it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass


def woorden(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, patterns)), re.I)


@dataclass(frozen=True, slots=True)
class Groep:
    """kern: names the group, in the sentence or the title of its artikel. nodig: each must
    stand near it, or the group is named in part only. zonder: words about somebody else,
    not looked at for these. ander: makes it another group. verwant: more general words, never enough."""

    kern: re.Pattern[str]
    nodig: tuple[re.Pattern[str], ...] = ()
    zonder: re.Pattern[str] | None = None
    ander: re.Pattern[str] | None = None
    verwant: re.Pattern[str] | None = None


# The law itself makes these two compulsory here; a text may just refer to it.
_WET = r"artikel 12,? (?:derde lid|lid 3)\b"

# -- groups that leave a place -----------------------------------------------------------

# Words within one clause: no new subject or verb of another who does something.
_BINNEN = (
    r"(?:(?!\b(?:die|dat|wie|als|indien|wanneer|mits|omdat|doordat|zodat|terwijl|wegens|vanwege|naast|tegenover"
    r"|woning|woonruimte|kamer|huis|gebouw\w*|pand|kom(?:t|en)|accept\w*|aanvaard\w*|krijg\w*|heb\w*|heeft|ontvang\w*|volg(?:t|en)|lever(?:t|en)"
    r"|(?:hun|zijn|haar) \w+ (?:moet(?:en)? )?verla(?:at|ten))\b)[^.;])"
)
_WEG = r"(?:verla(?:at|ten)|vertrek\w*|uitstro\w*|uit te stromen|doorstro\w*|stro(?:omt|men)|ontslagen)"
_ZELFSTANDIG = r"(?:zelfstandig\b[^.;]{0,30}(?:wo(?:on|nen)|huisvest)|zelfredzaam|op zichzelf|naar huis|geen toezicht|eigen woonruimte|toe (?:\w+ )?aan (?:een )?(?:eigen|zelfstandige?)\b|(?:weg|eruit) (?:kan|kunt|kunnen|mag|mogen|moet\w*)|(?:kan|kunt|kunnen|mag|mogen|moet\w*) (?:\w+ ){0,2}(?:weg|eruit))"
_VERBLIJF = r"(?:verblij\w+|opname|opgenomen|behandel\w+|vrijlating|invrijheidstelling|ontslag|plaatsing|detentie)"
_INSTELLING = (
    r"uitstro\w*[^.;]{0,80}(?<![\w-])(?:zorg)?instelling(?:en)?\b(?! voor)|uitstro\w*[^.;]{0,80}intramura"
    r"|(?<![\w-])(?:zorginstelling|intramurale instelling)(?:en)?\b[^.;]{0,60}(?:uitstro|verla(?:at|ten)\b)"
)


def _verlaat(plaats: str) -> re.Pattern[str]:
    """Who leaves the place; not who goes to it, works in it or lives beside it."""
    return woorden(
        r"\b(?:ex|oud|voormalig\w*)[- ]",
        rf"\b{_WEG}\b{_BINNEN}{{0,140}}?(?:{plaats})",
        rf"(?:{plaats}){_BINNEN}{{0,100}}?\b{_WEG}\b",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:deze|die) (?:instelling|voorziening|opvang|inrichting|kliniek|woonvorm|plek|plaats) (?:\w+ ){{0,4}}{_WEG}\b",
        rf"\bniet (?:langer|meer) (?:{plaats})",
        rf"\bniet (?:langer|meer) (?:in|bij) {_BINNEN}{{0,60}}?(?:{plaats})",
        rf"\bklaar {_BINNEN}{{0,60}}?(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:uitstro(?:omt|men)|uit te stromen)",
        rf"(?:{plaats})[^.;]{{0,60}}\b(?:deze|daar|hieruit|daaruit) (?:\w+ ){{0,6}}{_WEG}\b",
        rf"\b(?:uit|vanuit|verlaters? van|uitstromers? (?:van|uit)|vertrek uit|uitstroom uit){_BINNEN}{{1,140}}?(?:{plaats})",
        rf"\b(?:bewoners?|cliënt(?:en)?|patiënt(?:en)?) (?:van|uit|in|bij) {_BINNEN}{{0,60}}?(?:{plaats})[^.;]{{0,120}}\b{_WEG}",
        rf"\b(?:na|in aansluiting op|aansluitend op|aansluitend aan|volgend op) {_BINNEN}{{0,40}}\b{_VERBLIJF}\b{_BINNEN}{{0,140}}?(?:{plaats})",
        rf"\bna {_BINNEN}{{0,25}}(?:{plaats}){_BINNEN}{{0,30}}\b(?:terugke\w+|vrij\w*|geen)",
        r"\bna (?:\w+ ){0,3}detentie",
        rf"(?:{plaats})[^.;]{{0,60}}\b(?:in vrijheid|vrijkom\w*|vrijgelaten)",
        rf"(?:{plaats})[^.;]{{0,100}}\b{_ZELFSTANDIG}",
        rf"(?:{plaats})[^.;]{{0,160}}\b(?:is geëindigd|eindigt|beëindig\w+|gezeten|afgerond|afgelopen|uitgezeten|ondergaan|uitbehandeld|uitgeschreven|vertrokken)",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:de |een )?(?:over)?stap naar (?:een )?(?:eigen|zelfstandige?|gewone) (?:woning|woonruimte|huis|wonen)",
        rf"\b(?:beëindig\w+|einde|afron\w+) van {_BINNEN}{{0,120}}?(?:{plaats})",
        rf"\bwordt 18 en woont in {_BINNEN}{{0,60}}?(?:{plaats})",
    )


def _uitstroom(plaats: str, verwant: str = "", ander: str = "") -> Groep:
    anders = woorden(
        r"sloop|herstructur|renovatie|\bbouw|medewerker|personeel|werknemer|verbouw|omgebouwd|\bwerk(?:t|en|zaam)\b",
        rf"\bnaar (?:een |de |het )?(?:\w+ )?(?:{plaats})",
        ander,
    )
    return Groep(
        woorden(plaats),
        (_verlaat(plaats),),
        ander=anders,
        verwant=woorden(verwant, _INSTELLING),
    )


# -- the other groups --------------------------------------------------------------------

_ERNST = (
    r"(?:ernstige?|chronische?|langdurige?|blijvende?|progressieve|invaliderende|levensbedreigende|onomkeerbare|medische?"
    r"|lichamelijke?|psychische|geestelijke|psychiatrische|fysieke)"
)
_KWAAL = r"(?:\w*ziekten?|ziektes|ziektebeeld|zieken?|\w*aandoening\w*|beperking\w*|handicap\w*|\w*klachten|problem\w+|gezondheidsproblem\w+|stoornis\w*)"
_OPVANG_GEWELD = r"(?:vrouwenopvang|mannenopvang|blijf[- ]van[- ]mijn[- ]lijf\w*|blijf-?(?:groep|huis)\w*|oranje huis|safe ?house)"
_PARTNER = r"(?:ex-?)?(?:partner|echtgeno\w+|familie\w*|gezinslid|huisgenoot)"
_ZONDER_HUIS = (
    r"(?:dakloos|thuisloos|dakloosheid|zonder (?:eigen |vaste )?(?:dak|woning|woonruimte|huis|woon- of verblijfplaats|woonplaats)"
    r"|geen (?:eigen |vaste )?(?:woning|woonruimte|onderdak|huis|dak|woonplaats|verblijfplaats|woon- of verblijfplaats)|op straat|in de noodopvang)"
)
_KIND = r"(?:gezin\w*|kind(?:eren)?\b|ouders?\b)"
_SEKSWERK = r"(?:sekswerk\w*|prostitu\w*)"
_STOPT = r"(?:(?:ge)?stop\w*|uit(?:ge)?stap\w*|stap(?:t|pen)\b|uittre\w*|tre(?:edt|den)\b|verla(?:at|ten)|beëindig\w*|achter zich)"
# Not 'dichter bij hun mantelzorger': who gives there is not who gets it.
_NIET_BIJ = r"(?<!hun )(?<!bij zijn )(?<!van zijn )(?<!door zijn )(?<!haar )(?<!uw )(?<!bij )(?<!bij de )(?<!bij een )(?<!van de )(?<!van een )(?<!door een )(?<!naar een )"
_VERZOEK = r"(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))"

GROEPEN = {
    "mantelzorg": Groep(
        woorden(
            r"mantelzorg\w*",
            r"\b(?:onbetaalde?|informele|intensieve)\b[^.;]{0,25}\bzorg\b",
            r"\bzorg(?:t|en) (?:\w+ ){0,3}voor (?:een )?(?:familielid|naaste|vriend|buur|partner|ouder)",
            r"\bzorg\w*\b[^.;]{0,40}\b(?:naaste|familielid|ouders)\b|\bvoor een naaste zorg(?:t|en)\b",
        ),
        nodig=(
            woorden(
                rf"{_NIET_BIJ}(?:mantelzorgers?\b|mantelzorgverle)",
                r"\bgevers?\b[^.;]{0,30}mantelzorg|\bverleners?\b[^.;]{0,20}\bvan mantelzorg",
                r"zorg\b(?:(?!urgen|voorrang|verklaring|ontvang|krijg)[^.;]){0,30}\b(?:verle|gee?f|gegeven|geven|geboden|bied)",
                r"zorg\b[^.;,]{0,30}\b(?:en|of) (?:\w+ )?(?:verle|gee?f|geven|bied)",
                r"\b(?:verle\w+|lever\w+|gee?ft|geven|bied\w+)\b(?:(?!urgen|voorrang|verklaring|\baan\b)[^.;]){0,40}\b(?:mantel)?zorg",
                r"\b(?:mantel)?zorg\w* (?:te )?(?:verle|geven)",
                r"\bzorg(?:t|en) (?:\w+ ){0,3}voor\b|\bvoor (?:een |zijn |hun )?(?:naaste|familielid|partner|ouders?) zorg(?:t|en)\b",
            ),
            woorden(
                rf"{_NIET_BIJ}mantelzorgontvang",
                r"\b(?:krijg|ontvang)\w* (?:\w+ ){0,2}(?:mantel)?zorg\b",
                r"ontvangers?\b[^.;]{0,20} van mantelzorg|mantelzorg\w* (?:en|of) -?ontvangers|door (?:een |hun |zijn )?(?:naaste\w*|familie\w*) (?:wordt|worden) verzorgd|mantelzorgbeho|mantelzorgvrag",
                rf"(?:mantel)?zorg (?:(?!verle|gee|gev|bied|urgen|voorrang)\w+ ){{0,3}}(?:(?:krijg|ontvang)\w*{_VERZOEK}|behoeft|behoeven|nodig)",
                r"ontvang\w* (?:van )?mantelzorg",
                r"mantelzorg\b[^.;]{0,20}\b(?:aangewezen|afhankelijk)|(?:aangewezen|afhankelijk) (?:\w+ )?(?:op|van) (?:\w+ )?mantelzorg",
                rf"\b(?:en|of) (?:(?:\w+ ){{0,2}}mantelzorg )?(?:van \w+ )?(?:te )?(?:(?:ontvang|krijg)(?:t|en)?|behoeft|behoeven|nodig heb\w*|nodig heeft)\b{_VERZOEK}",
                r"\biemand (?:zo |dagelijks |langdurig )?(?:zorgt|zo) (?:zo )?(?:\w+ )?voor (?:u|hem|haar|hen)\b",
                r"\bvan wie [^.;]{0,25}\b(?:krijgt|ontvangt)\b|aan wie [^.;]{0,15}zorg wordt verleend",
                r"\b(?:zulke|deze|die) zorg (?:krijg|ontvang)",
            ),
        ),
        zonder=woorden(
            r"(?:(?<=zorg verleent)|(?<=zorg verlenen)|(?<=zorg geeft)|(?<=zorg geven)|(?<=zorg biedt)|(?<=zorg bieden)) aan (?!(?:wie|of|en)\b)[^.;,]*?(?=\b(?:en|of)\b|[.;,]|$)",
        ),
        verwant=woorden(_WET),
    ),
    "medisch": Groep(
        woorden(
            rf"\b{_ERNST}\b[^.;:]{{0,45}}?\b{_KWAAL}",
            rf"\b{_KWAAL}[^.;:]{{0,40}}?\b(?:ernstig|chronisch|blijvend)\b",
            r"medische? (?:of (?:sociale|psychische) |en (?:sociale|psychische) )?(?:noodza\w+|urgent\w*|indicatie\w*|redenen?|grond\w*|problem\w+|omstandigh\w+|situatie|oogpunt|toestand|nood|belang\w*)",
            r"sociaal[- ]?medische? (?:urgent\w*|indicatie\w*|redenen|grond\w*|problem\w+|omstandigh\w+)",
            r"(?:sociale|psychische) (?:of|en) medische (?:redenen|grond\w*|problem\w+|omstandigh\w+|urgent\w*|noodza\w+)",
            r"\bbeperking of [^.;]{0,20}aandoening|\bgezondheidsredenen|\bgezondheidsproblem\w+",
            r"\barts\b[^.;]{0,40}\b(?:aandoening|gezondheid)|\b(?:zo|ernstig|chronisch|langdurig) ziek\b|chronisch zieke?n?",
        ),
        ander=woorden(r"\bpsychische (?:dwang|mishandel)"),
        verwant=woorden(
            r"\bmedische?\b(?! (?:advies|advis|gegeven|deskundig|dossier|beoordel|keuring))|\bziekte\b|\bgezondheid\b|\bhandicap|\baandoening"
        ),
    ),
    "huiselijk-geweld": Groep(
        woorden(
            r"\bopvang\w* (?:van|voor) [^.;]{0,90}geweld",
            r"\bopvang\w* (?:na|wegens|vanwege|in verband met) [^.;]{0,40}\bgeweld",
            r"huiselijk geweld|geweld in (?:de )?huiselijke (?:kring|sfeer)|geweld (?:thuis|in huis)|partnergeweld|geweld in (?:het gezin|een afhankelijkheidsrelatie|afhankelijkheidsrelaties)",
            r"relationele (?:aard|problem\w+) of (?:\w+ )?geweld|geweld of (?:relatieproblemen|problemen (?:van relationele aard|in de relatie))",
            rf"(?:verblij|uitstro|verla|\buit\b|opgevangen|\bwo(?:on|nen)|\bna\b|\bin\b|cliënt)[^.;]{{0,90}}{_OPVANG_GEWELD}",
            rf"\bgeweld (?:van|door) (?:de |een |zijn |haar |hun |uw )?{_PARTNER}",
            rf"{_OPVANG_GEWELD}[^.;]{{0,60}}(?:verblij|verla|uitstro|zelfstandig)\w*",
            rf"\b{_PARTNER}\b[^.;]{{0,40}}(?:mishandel|bedreig|geweld)\w*",
            r"(?:mishandel|bedreig)\w*[^.;]{0,40}\bpartner\b",
        ),
        verwant=woorden(
            r"\bgeweld\b(?! (?:heb|en|gebruik))|mishandel|relatieproblem",
            _OPVANG_GEWELD,
            _WET,
        ),
    ),
    "mensenhandel": Groep(
        woorden(r"mensenhandel\w*|\bverhandeld|\buitgebuit|\buitbuiting"),
        nodig=(woorden(r"slachtoffer|\bverhandeld|\buitgebuit"),),
        verwant=woorden(r"loverboy|mensensmokkel"),
    ),
    "maatschappelijke-opvang": _uitstroom(
        r"maatschappelijke (?:nood)?opvang|(?:nacht|crisis|dag)-? (?:of|en) (?:nacht|crisis|dag)opvang|crisisopvang voor dak|daklozenopvang|nachtopvang|thuislozenopvang"
        r"|opvang(?:voorziening|locatie|instelling)?(?:en)? (?:voor|van) (?:\w+ )?(?:dak|thuis)(?:lo|-)",
        r"opvang(?:instelling|voorziening)|dak-? (?:of|en) thuislo|sociaal pension|crisisopvang|\buitstro\w* uit (?:de )?opvang\b|\bopvang(?:,| of| en) beschermd wonen",
    ),
    "beschermd-wonen": _uitstroom(
        r"beschermd (?:hoe(?:ft|ven) )?te wonen|beschermd (?:(?:en|of) begeleid )?(?:wonen|thuis|woont)\b|beschermde woon\w+|beschermende woon\w+|\bribw\b",
        "begeleid wonen",
    ),
    "ggz": _uitstroom(
        r"\bggz|geestelijke[ -]gezondheidszorg|\bpsychiatri(?:e|sch)\w*(?! (?:aandoening|problem|klacht|ziekte|stoornis|begeleid))"
    ),
    "jeugdhulp": _uitstroom(
        "jeugdhulp|jeugdzorg|jeugdinstelling|jeugdinrichting|gezinshui|leefgroep",
        "pleeggezin|pleegzorg|pleegouder|pleegkind",
    ),
    "detentie": _uitstroom(
        r"\bdetentie|\b(?:ex-)?gedetineerde\w*|penitentiaire|justitiële (?:jeugd)?inrichting|gevangenis|huis van bewaring|\bhechtenis|gevangenschap|vrijheidsstraf|vrijheidsbenem"
    ),
    "uitstapprogramma": Groep(
        woorden(
            r"uitstap(?:programma|traject|regeling)\w*",
            rf"\b{_STOPT}\b[^.;]{{0,40}}{_SEKSWERK}",
            rf"{_SEKSWERK}[^.;]{{0,60}}\b{_STOPT}\b",
        ),
        nodig=(
            woorden(
                r"deelne?em|deelnam|uitstroom uit|mee(?:doe|doet|doen)\b|\b(?:ge)?stop|uitstappen|uitgestapt|stap(?:t|pen)\b|uittre|in een uitstap|volg(?:t|en)\b|doorl(?:oopt|open)|treden\b|treedt\b|achter zich|begeleid door|beëindig|verla(?:at|ten)|via een|met (?:behulp|hulp|begeleiding) van"
            ),
        ),
        verwant=woorden("sekswerk"),
    ),
    "dakloze-gezinnen": Groep(
        woorden(
            r"(?:dakloze|thuisloze|dakloos|thuisloos) (?:\w+ )?(?:gezin|ouder|huishoudens? met|kind)\w*",
            rf"\b{_KIND}[^.;]{{0,80}}{_ZONDER_HUIS}",
            rf"\b{_ZONDER_HUIS}[^.;]{{0,70}}\b{_KIND}",
        ),
        ander=woorden(r"scheid|relatie|huwelijk|partnerschap|sloop|brand|calamiteit"),
        verwant=woorden(
            r"dakloo?[sz]\w*[^.;]{0,80}(?:gezin|kind)|(?:gezin|kind)\w*[^.;]{0,80}(?:dakloo?[sz]|noodopvang)"
        ),
    ),
}

# Without any of these a sentence names no group; a cheap look before the dear ones.
SPOOR = woorden(
    r"zorg|ziek|aandoening|beperking|medisch|lichamelijk|geweld|relatie|opvang|blijf|mishandel|bedreig|handel|uitgebuit"
    r"|uitbuiting|dak|thuislo|beschermd|begeleid|ggz|psychi|jeugd|gezin|detentie|gedetineerd|penitentiair|justiti"
    r"|gevangen|vrijheid|arts\b|ribw|leefgroep|gezondheid|uitstap|prostitu|sekswerk|kind|instelling|intramura|handicap|pleeg|bewaring|loverboy|artikel 12"
)
