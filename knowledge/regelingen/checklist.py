"""Which compulsory urgency categories a legal text names: a help, never a verdict.

'Gevonden' only when a sentence of an artikel that holds gives priority, names the group,
has between those two only words that are known here, and nothing takes it back. Every
other mention is 'onduidelijk', with the words that made it so, for a human to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .tree import GROUPS, Node, Placed, Regeling, Soort, Status, citation, walk


class Uitkomst(StrEnum):
    GEVONDEN = "gevonden"
    ONDUIDELIJK = "onduidelijk"
    NIET_GEVONDEN = "niet gevonden"


class Reden(StrEnum):
    """Why it is not sure, the most telling first."""

    UITGESLOTEN = "uitgesloten"
    DEELS = "deels"
    GEEN_VOORRANG = "geen voorrang"
    BEGRIP = "begrip"
    BUITEN_ARTIKEL = "buiten artikel"
    TOELICHTING = "toelichting"
    VERVALLEN = "vervallen"
    ALGEMEEN = "algemeen"


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
    zinnen = list(_zinnen(regeling))
    sporen = [
        zin for zin in zinnen if _SPOOR.search(zin.tekst) or _SPOOR.search(zin.titel)
    ]
    return {slug: _bevinding(_KENMERKEN[slug], sporen, zinnen) for slug in categorieen}


# -- what is looked for ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kenmerk:
    """kern: names the group, in the sentence or the title of its artikel. nodig: each must
    stand near it, or the group is named in part only. ander: makes it another group.
    verwant: more general words, never enough."""

    kern: re.Pattern[str]
    nodig: tuple[re.Pattern[str], ...] = ()
    ander: re.Pattern[str] | None = None
    verwant: re.Pattern[str] | None = None


def _re(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, patterns)), re.I)


_INSTELLING = (
    r"uitstro\w*[^.;]{0,80}(?<![\w-])(?:zorg)?instelling(?:en)?\b(?! voor)|uitstro\w*[^.;]{0,80}intramura"
    r"|(?<![\w-])(?:zorginstelling|intramurale instelling)(?:en)?\b[^.;]{0,60}(?:uitstro|verla(?:at|ten)\b)"
)


def _uitstroom(plaats: str, verwant: str = "") -> _Kenmerk:
    """A group that leaves a place; not who goes to it, or lives beside it."""
    uit = (
        r"(?:een|de|het|of|en|andere|(?:opvang)?voorziening(?:en)?|(?:zorg)?instelling(?:en)?|(?:woon)?vorm(?:en)?|van|voor|klinische"
        r"|maatschappelijke|opvang|beschermd\w*|wonen|thuis|detentie|jeugd\w*|ggz\S*"
        r"|gezinshui\w*|pleeggezin\w*|geestelijke|gezondheidszorg|justitiële|inrichting\w*"
        r"|intramurale|psychiatrisch\w*|dag-)"
    )
    verblijf = r"(?:verblijf|opname|behandeling|vrijlating|ontslag)"
    gaat = _re(
        r"\bex-",
        rf"(?:uitstro|doorstro)\w*[^.;]{{0,140}}(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,60}}(?:uitstro|doorstro)",
        rf"\b(?:uit|vanuit) (?:{uit}[\s,]*){{0,14}}(?:{plaats})",
        rf"\bna (?:een |de |het |zijn |hun |afloop van )?(?:\w+ )?{verblijf}\b[^.;,]{{0,30}}(?:{plaats})",
        r"\bna (?:zijn |hun |de )?detentie",
        rf"(?:{plaats})(?:(?!\w*woning\b|woonruimte|kamer\b)[^.;]){{0,60}}\b(?:verla(?:at|ten)|vertrek\w*)\b",
        rf"\bverla(?:at|ten)\b(?:(?!omdat|doordat|vanwege|wegens|zodat)[^.;,]){{0,40}}(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,80}}\bzelfstandig (?:kan|kunnen|gaan|gaat|te) (?:gaan )?wonen",
        rf"(?:{plaats})[^.;]{{0,100}}\b(?:in staat zijn om |kunnen )zelfstandig (?:te )?wonen",
        rf"\b(?:bewoners?|verlaters?) van (?:{uit}[\s,]*){{0,6}}(?:{plaats})(?=[^.;]*\b(?:verla|uitstro|vertrek|mits|kan|kunnen))",
        rf"\bverlaters? van (?:{uit}[\s,]*){{0,6}}(?:{plaats})",
        rf"\bwo(?:ont|nen) in (?:{uit}[\s,]*){{0,6}}(?:{plaats})[^.;]{{0,60}}\b(?:weer zelfstandig|geen toezicht|naar huis)",
        rf"\bwordt 18 en woont in (?:{uit}[\s,]*){{0,6}}(?:{plaats})",
        rf"\bopgenomen (?:geweest )?in (?:{uit}[\s,]*){{0,6}}(?:{plaats})[^.;]{{0,60}}\b(?:naar huis|ontslagen)",
        rf"\bbehandeling in [^.;]{{0,60}}(?:{plaats})[^.;]{{0,30}}\b(?:is geëindigd|eindigt)",
    )
    anders = _re(
        r"sloop|herstructur|renovatie|\bbouw|medewerker|personeel|werknemer",
        rf"\bnaar (?:een |de |het )?(?:\w+ )?(?:{plaats})",
    )
    return _Kenmerk(_re(plaats), (gaat,), anders, _re(verwant, _INSTELLING))


_OPVANG_GEWELD = r"(?:vrouwenopvang|mannenopvang|blijf[- ]van[- ]mijn[- ]lijf\w*)"
_ZONDER_HUIS = (
    r"(?:dakloos|zonder (?:eigen )?(?:dak|woning|woonruimte|huis)"
    r"|geen (?:eigen )?(?:woning|woonruimte|onderdak|huis)|op straat)"
)
_KENMERKEN = {
    "mantelzorg": _Kenmerk(
        _re(
            r"mantelzorg\w*",
            r"\b(?:onbetaalde?|informele|intensieve)\b[^.;]{0,25}\bzorg\b",
            r"\bzorg(?:t|en) (?:\w+ ){0,3}voor (?:een )?(?:familielid|naaste|vriend|buur|partner|ouder)",
            r"\bzorg\w*\b[^.;]{0,40}\b(?:naaste|familielid|ouders)\b",
        ),
        nodig=(
            _re(
                r"mantelzorgers?\b|mantelzorgverlen|\bverleners?\b[^.;]{0,20}\bvan mantelzorg",
                r"zorg\b[^.;]{0,30}\b(?:verle|gee?f|geven|bied)",
                r"\b(?:verle\w+|gee?ft|geven|bied\w+)\b[^.;]{0,40}\b(?:mantel)?zorg",
                r"\b(?:mantel)?zorg\w* (?:te )?(?:verle|geven)",
                r"\bzorg(?:t|en) (?:\w+ ){0,3}voor\b",
            ),
            _re(
                r"ontvangers? van mantelzorg|mantelzorgontvang|mantelzorgbeho|mantelzorgvrag",
                r"(?:mantel)?zorg (?:krijg|ontvang)|ontvang\w* (?:van )?mantelzorg",
                r"\b(?:dan wel|en/of|en|of) (?:(?:\w+ ){0,2}mantelzorg )?(?:te )?(?:ontvang|krijg)(?:t|en)?\b(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))",
                r"\biemand (?:zo |dagelijks |langdurig )?(?:zorgt|zo) (?:zo )?(?:\w+ )?voor (?:u|hem|haar|hen)\b",
                r"\bof (?:te )?(?:ontvang|krijg)(?:t|en)?\b(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))",
                r"\ben (?:te )?ontvang(?:t|en)?\b(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))",
                r"\bvan wie [^.;]{0,25}\b(?:krijgt|ontvangt)\b|aan wie [^.;]{0,15}zorg wordt verleend",
            ),
        ),
    ),
    "medisch": _Kenmerk(
        _re(
            r"\b(?:ernstige?|chronische?|langdurige?)\b(?:,? (?:of|en|en/of)? ?(?:ernstige?|chronische?|langdurige?))?"
            r" (?:\w+ )?(?:ziekten?|zieke?n?|aandoening\w*|beperking\w*)",
            r"medische? (?:noodza\w+|urgent\w*|indicatie\w*|redenen|gronden|problem\w+)",
            r"\bbeperking of [^.;]{0,20}aandoening",
            r"\bernstige (?:lichamelijke|psychische|geestelijke) (?:of (?:lichamelijke|psychische|geestelijke) )?(?:ziekte|aandoening)",
            r"\barts\b[^.;]{0,40}\baandoening|\bzo ziek\b|\bmedische of sociale (?:problemen|redenen|gronden|omstandigheden)",
            r"lichamelijke (?:of|en|en/of) psychische (?:klacht|problem|aandoening)\w*",
        ),
        verwant=_re(
            r"\bmedische?\b(?! (?:advies|advis|gegeven|deskundig|dossier|beoordel|keuring))|\bziekte\b"
        ),
    ),
    "huiselijk-geweld": _Kenmerk(
        _re(
            r"huiselijk geweld|geweld in (?:de )?huiselijke kring|geweld (?:thuis|in huis)",
            r"relationele aard of geweld|geweld of (?:relatieproblemen|problemen (?:van relationele aard|in de relatie))",
            rf"(?:verblij|uitstro|verla|\buit\b|opgevangen|\bwo(?:on|nen))[^.;]{{0,40}}{_OPVANG_GEWELD}",
            r"\bgeweld (?:van|door) (?:de |een |zijn |haar |hun |uw )?(?:ex-?)?(?:partner|familie|huisgenoot)",
            rf"{_OPVANG_GEWELD}[^.;]{{0,40}}(?:verblij|verla|uitstro)\w*",
            r"(?:zijn woning ontvlucht omdat een )?\bpartner\b[^.;]{0,40}(?:mishandel|bedreig|geweld)\w*",
            r"(?:mishandel|bedreig)\w*[^.;]{0,40}\bpartner\b",
        ),
        verwant=_re(r"\bgeweld\b|mishandel|relatieproblem", _OPVANG_GEWELD),
    ),
    "mensenhandel": _Kenmerk(
        _re(r"mensenhande[l]\w*|\bverhandeld|\buitgebuit|\buitbuiting"),
        nodig=(_re(r"slachtoffer|\bverhandeld|\buitgebuit"),),
    ),
    "maatschappelijke-opvang": _uitstroom(
        r"maatschappelijke opvang|(?:nacht|crisis|dag)-? of (?:nacht|crisis)opvang|crisisopvang voor dak|daklozenopvang|nachtopvang|thuislozenopvang|opvang (?:voor|van) (?:dak|thuis)(?:lo|-)",
        r"opvang(?:instelling|voorziening)|dak-? (?:of|en) thuislo",
    ),
    "beschermd-wonen": _uitstroom(
        r"beschermd (?:wonen|thuis|woont)\b|beschermde woon\w+|\bribw\b",
        "begeleid wonen",
    ),
    "ggz": _uitstroom(r"\bggz|geestelijke gezondheidszorg|\bpsychiatrisch"),
    "jeugdhulp": _uitstroom(
        "jeugdhulp|jeugdzorg|jeugdinstelling|jeugdinrichting|gezinshui|leefgroep",
        "pleeggezin|pleegzorg",
    ),
    "detentie": _uitstroom(
        r"\bdetentie|(?:\bex-)?gedetineerde\w*|penitentiaire|justitiële (?:jeugd)?inrichting|gevangenis"
    ),
    "uitstapprogramma": _Kenmerk(
        _re(
            r"uitstapprogramma|uitstaptraject",
            r"\b(?:stop\w*|uitstap\w*|uittre\w*)\b[^.;]{0,40}(?:sekswerk|prostitu)\w*",
            r"(?:sekswerk|prostitu)\w*[^.;]{0,50}\b(?:stop|uitstap|uittre)\w*",
        ),
        nodig=(
            _re(
                r"deelne?em|deelnam|mee(?:doe|doet|doen)\b|\b(?:ge)?stop|uitstappen|uittre|sekswerkers in een"
            ),
        ),
        verwant=_re(r"sekswerk"),
    ),
    "dakloze-gezinnen": _Kenmerk(
        _re(
            r"(?:dakloze|thuisloze|dakloos|thuisloos) (?:gezin|ouder|huishoudens? met)\w*",
            rf"(?:ouders? met (?:\w+ ){{0,3}})?(?:gezin|kind)\w*\b[^.;]{{0,70}}{_ZONDER_HUIS}",
            r"dakloos\w*[^.;]{0,40}(?:gezin|kind)\w*",
            rf"\b{_ZONDER_HUIS}[^.;]{{0,30}}\b(?:en|met|zorg\w*)\b[^.;]{{0,25}}\bkind(?:eren)?\b",
            rf"\bmet (?:\w+ ){{0,2}}kind(?:eren)?\b[^.;]{{0,40}}{_ZONDER_HUIS}",
        ),
        ander=_re(r"scheid|relatie|huwelijk|partnerschap|sloop|brand|calamiteit"),
        verwant=_re(
            r"dakloo?[sz]\w*[^.;]{0,80}(?:gezin|kind)|(?:gezin|kind)\w*[^.;]{0,80}(?:dakloo?[sz]|noodopvang)"
        ),
    ),
}

# Without any of these a sentence names no group; a cheap look before the dear ones.
_SPOOR = _re(
    r"zorg|ziek|aandoening|beperking|medisch|lichamelijk|geweld|relatie|opvang|blijf|mishandel|bedreig|handel|uitgebuit"
    r"|uitbuiting|dak|thuislo|beschermd|begeleid|ggz|psychiatr|jeugd|gezin|detentie|gedetineerd|penitentiair|justiti"
    r"|gevangenis|arts\b|ribw|leefgroep|gezondheid|uitstap|prostitu|sekswerk|kind|instelling|intramura"
)

# -- what a sentence does with it --------------------------------------------------------

_ONDERWERP = _re(r"urgen|voorrang|categorie")
# Words that give. What is given stands beside it, so that 'mantelzorg verleent' gives nothing.
_KRIJGT = r"(?:heeft|hebben|krijgt|krijgen|geniet|genieten)"
_URGENTIE = r"(?:een |de )?(?:urgentie\w*|voorrang\w*)"
_VERLEEND = r"(?:verleend|afgegeven|toegekend|gegeven|verstrekt)"
_COLLEGE = r"(?:het college |burgemeester en wethouders |op aanvraag |ook )*"
_GEEFT = _re(
    rf"\baan de volgende \w+ (?:wordt|worden) {_URGENTIE} {_VERLEEND}",
    rf"\b{_URGENTIE} op (?:medische|sociale)(?: of (?:medische|sociale))? (?:gronden|indicatie) (?:wordt|worden) {_VERLEEND}",
    rf"{_URGENTIE} (?:wordt|worden|kan|kunnen)\b[^.;:,]{{0,50}}{_VERLEEND}",
    rf"\b(?:wordt|worden|kan|kunnen) (?:op aanvraag |ook |daarom )?{_URGENTIE} (?:worden )?{_VERLEEND}",
    rf"\b(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen) {_COLLEGE}{_URGENTIE}(?: toe\b| af\b)?",
    rf"\b(?:kan|kunnen) {_COLLEGE}{_URGENTIE} (?:verlenen|krijgen|geven|toekennen|verstrekken)",
    r"\bvoorrang bij (?:de )?(?:toewijzing|toewijzen) van (?:een )?(?:woning|woningen|woonruimte) (?:krijgt|krijgen|heeft|hebben)",
    rf"\b{_KRIJGT}(?: ook| daarom| in ieder geval)? {_URGENTIE}|\b{_URGENTIE} {_KRIJGT}\b",
    r"\burgent (?:is|zijn)\b|\b(?:is|zijn) urgent\b|\b(?:wordt|worden) (?:op aanvraag |ook )?als urgent\w*(?: woningzoekenden?)? aangemerkt",
    r"\bals urgent\w*(?: woningzoekenden?)? (?:wordt|worden) aangemerkt",
    r"\b(?:recht|aanspraak) op (?:een )?(?:urgentie\w*|voorrang)(?: heeft| hebben)?",
    r"\bkom(?:t|en) (?:daarom |ook )?in aanmerking(?: voor(?: een)? (?:urgentie\w*|voorrang))?",
    r"\bin aanmerking (?:voor (?:een )?(?:urgentie\w*|voorrang) )?kom(?:t|en)",
    r"\bvoor (?:een )?(?:urgentie\w*|voorrang) kom(?:t|en) in aanmerking",
    r"\btot de (?:wettelijke |verplichte )?(?:\w*categorieën|urgent woningzoekenden) beho(?:ort|ren)",
    r"\btot de (?:wettelijke |verplichte )?urgent woningzoekenden wordt gerekend",
    r"\btot de urgente woningzoekenden beho(?:ort|ren)(?: verder| ook| in ieder geval)?",
    r"\bbeho(?:ort|ren) tot (?:de|een) (?:\w*categorie(?:ën)?|urgent woningzoekenden)",
    r"categorie (?:wordt|worden) gevormd door",
    r"\bvolgende (?:urgentie|voorrangs)?(?:categorieën|groepen)(?: woningzoekenden)?(?: zijn er| krijgen (?:urgentie|voorrang))?:?",
    r"\b(?:een )?urgentiegrond (?:is|zijn)|\b(?:is|zijn) een urgentiegrond",
    r"\bingedeeld in een (?:urgentie)?categorie|\bdeelt\b[^.;:,]{0,60}\bcategorie\w* in\b",
)
_TITEL_GEEFT = _re(r"^(?:wettelijke |verplichte )?urgentie(?:categorie|grond)\w*")
# Words that may stand before what is given, and between that and the group. With any
# other word somebody else may be meant: 'omwonenden', 'de dader', 'advies van'.
_BEKEND = frozenset(
    re.findall(
        r"\S+",
        """
        de het een deze dit die dat wie waarbij hij zij hem hen haar hun zijn zich ieder iedere elke en of
        als indien wanneer omdat doordat voor van in uit vanuit op aan bij met door tot te om na tijdens
        wegens vanwege is wordt worden kan kunnen heeft hebben had moet moeten wil willen gaat gaan komt
        komen krijgt krijgen woont wonen verblijft verblijven verblijf verlaat verlaten uitstroomt
        uitstromen doorstroomt doorstromen vertrekt ontslagen deelneemt deelnemen begeleiding lijdt lijden
        opgevangen onderdak opname behandeling behoren behoort dringend ook al nog weer ten minste langdurig
        langdurige tijdelijk tijdelijke feitelijk daarom daarvoor geval hierna volgende andere lang ernstig
        ernstige jaar maanden weken achttien ouder minderjarig minderjarige inwonend inwonende
        woningzoekende woningzoekenden persoon personen mensen degene degenen aanvrager aanvragers iemand
        jongere jongeren jongvolwassene jongvolwassenen jeugdige jeugdigen bewoner bewoners inwoner inwoners
        ingezetene ingezetenen huishouden huishoudens slachtoffer slachtoffers patiënten cliënten
        sekswerkers sekswerker prostituee prostituees betrokkene lid leden burgers ernst categorie
        categorieën groep groepen doelgroepen urgentie urgentieverklaring urgentiecategorie
        urgentiecategorieën voorrang wettelijke verplichte aanvraag college burgemeester wethouders gemeente
        huisvestingsvergunning verlenen voorziening voorzieningen instelling instellingen vorm vormen opvang
        opvangvoorziening inrichting gespecialiseerde uitstroom maatschappelijke beschermd beschermde
        geestelijke gezondheidszorg ggz ggz-instelling ggz-instellingen jeugdhulp jeugdzorg
        jeugdhulpinstelling gezinshuis pleeggezin pleegzorg detentie gevangenis justitiële klinische
        mantelzorg mantelzorgers mantelzorgverleners mantelzorgontvangers verleent geven geeft ontvangen
        ontvangt huiselijk geweld problemen relationele aard verband mensenhandel medische redenen gronden
        beperking ziekte lichamelijke psychische klachten noodzaak uitstapprogramma zelfstandige woonruimte
        dakloos dakloze verklaring stoppen artikel onderdeel onverminderd cliënt plaats woonvorm woonvormen afgifte partner situatie situaties voordracht zorginstelling onafhankelijk vaststelt achttiende twaalfde verlaters verlater verleners ontvangers schuld verder blijf-van-mijn-lijfhuis vrouwenopvang geestelijk intensieve u uw bent hebt verleende verstrekte bedoeld grond eerste tweede derde
        onder namelijk gevormd hulp aangepast urgent ingedeeld één eigen deelt gelden geldt indeling verstrekt afgegeven toegekend wet bepaalde chronische ernstig deelnemers sprake
        """,
    )
)
# In an onderdeel of a list that gives, the group is the whole item: other words only
# describe it, unless they bring in somebody else, or say that it acts upon the group.
_IEMAND = re.compile(
    r"(?:ers?|aars?|enden?|isten?|eurs?|leden|genoten|ouders?|familie\w*|bureaus?|diensten?"
    r"|teams?|partners?|kinderen|buren|artsen|arts|werk\w*)$"
)
_ANDERE_ZIN = _re(
    r"\b(?:van wie|aan wie|voor wie|zodat|opdat|terwijl|waarna|waardoor|waarvan|waarvoor|waarmee|over)\b",
    r"\bdie:? (?:een|de|het|twee|\d+) (?:\w+ )?(?:kind|jongere|jeugdige|perso(?:on|nen)|mensen|gezin|slachtoffer|cliënt|patiënt|bewoner|\w*gedetineerde)\w*",
)
_TOEGEPAST = _re(
    r"\b(?:tegen|training\w*|cursus\w*|gesprek\w*|melding\w*|behandel(?:t|en)|ondersteun(?:t|en)|begeleid(?:t|en)|huisvest(?:en)?|huu?r(?:t|en)|opvang(?:t|en)|bezoek(?:t|en)|verzorg(?:t|en)|help(?:t|en))\b",
    r"\b(?:huisvesting|onderdak|opvang|kamer|woning|woonruimte|hulp|begeleiding)\b (?:\w+ ){0,2}(?:bie|verhu|gee?f|verle)\w*|\bles (?:\w+ ){0,2}(?:krijg|volg)\w*",
)
_ONTKENT = _re(
    r"\b(?:niet|geen|noch|nooit|nimmer|evenmin|uitgezonderd\w*|uitgesloten|sluit|uitzondering|uitzonderingen"
    r"|weiger\w*|geweigerd\w*|afwijzen|afgewezen|wijst\b[^.;]{0,60}\baf|trekt\b[^.;]{0,60}\bin|ingetrokken|intrek\w*"
    r"|verval\w*|verlie[sz]\w*\b[^.;]{0,30}(?:voorrang|urgentie\w*)|(?:voorrang|urgentie\w*)\b[^.;]{0,60}eindigt"
    r"|buiten (?:toepassing|beschouwing|de|het)|anders dan|zonder (?:urgentie|voorrang))\b"
)
# What stands after these words is left out, or stands behind somebody else.
_BEHALVE = _re(
    r"\b(?:tenzij|behalve|behoudens|met uitzondering van|uitgezonderd|maar niet|boven|voor op|ten opzichte van|in plaats van)\b"
)
# Priority for a kind of home is not urgency.
_WONINGSOORT = _re(
    r"\b(?:toegankelijke|aangepaste|rolstoel\w*|gelijkvloerse|zorg|senioren|nultreden|levensloop\w*|mantelzorg)\W?(?:woning|woonruimte)",
    r"\bcomplex|woning(?:en)? met (?:zorg|een lift|bijzondere)|bijzondere kenmerken|label",
)
# 'die niet kan terugkeren', 'omdat hij geen woning heeft': the need, not the refusal.
_NOOD = _re(
    r"\b(?:die|dat|wie|omdat|doordat|door|wegens|vanwege|u|als|indien|waarin|waarvoor|feitelijk|en|of|kan|kunnen|hij|zij)\b[^.;:,]{0,60}?"
    r"\b(?:niet|geen)\b(?:(?!urgen|voorrang|verklaring|aanmerking|categorie|recht|regeling|vallen|onder |geld|toepass|beho)[^.;:]){0,28}?"
    r"(?:woning|woonruimte|\bhuis|thuis|geschikt|samengaan|toezicht|terugke|veilig|zelfstandig|langer|\bmeer\b|onderdak|oplossing|beroep|mogelijk)"
)
# A sentence with one of these makes a condition lighter and leaves nobody out.
_LICHTER = _re(
    r"\b(?:binding|aangifte|leges|kosten|bewijs\w*|inkomens?\w*|eis|eisen)\b"
)
_BUITEN_WERKING = _re(
    r"niet van toepassing|\bgeld(?:t|en) (?:\w+ ){0,2}niet\b|\bnog niet\b|buiten (?:toepassing|werking)"
)
_ONZEKER = _re(
    r"\?$|\bonderzoe\w+|\boverwe[eg]\w*|\bstree?ft|\bbezie\w*|\bvoornemen|\baanwijzen\b|\bexperiment\w*|\boverlegt?\b|\bvoorstel\w*",
    r"\bzou(?:den)?\b|\b(?:waren|was|werden|werd)\b|\bzodra\b|\bzolang\b|\bpilot|\bproef|\bbij wijze van|\bcontingent",
    r"\btot (?:en met )?\d+ \w+ \d{4}|\bte bepalen\b|\bkan (?:\w+ ){0,4}(?:bepalen|besluiten)\b|\b(?:dat|zoals) (?:de|een)(?: andere)? wet\b",
    r"komt te luiden|ingevoegd|toegevoegd|vervangen door|\b(?:als|indien) (?:de|een)(?: andere)? wet\b",
)
# Somebody else still has to decide, or has to agree.
_EERST = _re(
    r"\bvoordat\b|\btreedt\b|\bnadat (?:de|het) \w+|\b(?:raad|rijk|minister|provincie)\b",
    r"\bregio\b[^.;]{0,30}(?:besl|instem|akkoord)",
    r"\b(?:als|indien|wanneer|mits) (?:de|het|een) (?!aanvrager|woningzoekende|betrokkene|persoon|huishouden|jongere|bewoner"
    r"|slachtoffer|huidige|woning|woonruimte|verhuizing|terugkeer|situatie|klachten|behandeling|verblijf|opname|mantelzorg"
    r"|zorg|afstand|opvang|begeleiding|jeugdhulp|gezinshuis|ggz|instelling|partner|penitentiaire|detentie|ernstige|medische|chronische)",
)
# Priority for something else than a home: a place in a shelter, a loan, a building.
_ANDERE_ZAAK = _re(
    r"\bvoorrang\b(?: \w+)? (?:bij|in|voor|op)\b(?! aanmerking)(?![^.;]{0,60}\b(?:woning|woningen|woonruimte|huisvestingsvergunning))"
)
_PERSOON = _re(
    r"\b(?:woningzoekende|perso(?:on|nen)\b|mensen|degene|wie\b|aanvrager|iemand|jonge|jeugdige|bewoner|inwoner|ingezetene"
    r"|huishouden|slachtoffer|patiënt|cliënt|gezin|ouders?\b|deelnemers|sekswerk|prostitu|mantelzorg|ex-|gedetineerde|uitstroom|verhandeld|uitgebuit|u\b)"
)
# Articles in which a group is named for another reason.
_ANDER_ARTIKEL = _re(
    r"weiger|intrek|verval|reikwijdte|toepassing|begrip|definitie|zoekprofiel|advies|advis|aanvra|gegevens|bewijs|geldig"
    r"|rangorde|overgang|monitor|verslag|evaluatie|hardheid|mandaat|uitzonder|\bgeen\b|uitgeslo|\bbinding|leges|inkomen"
    r"|splits|onttrek|toerist|handhav|boete|nadere regels|citeertitel|inwerking|doel\b"
)


@dataclass(frozen=True, slots=True)
class _Zin:
    """A sentence with what stands above it. opening: the texts that lead to it within its
    artikel. kop: headings above it."""

    tekst: str
    plaats: Placed
    opening: str
    titel: str
    kop: str
    buiten: Reden | None = None

    @property
    def scope(self) -> str:
        return f"{self.titel}. {self.opening} {self.tekst}"


def _zinnen(regeling: Regeling) -> Iterator[_Zin]:
    for placed in walk(regeling):
        node = placed.node
        text = " ".join([node.text, *(" ".join(row) for row in node.rows)]).strip()
        if node.soort is Soort.BEGRIP:
            text = f"{node.title}: {text}"
        elif node.soort is Soort.ARTIKEL and not text and not node.children:
            text = node.title
        if not text:
            continue
        artikel = placed.artikel
        inside = [*placed.above, node]
        opening = ""
        if artikel is not None:
            own = (
                placed.above[placed.above.index(artikel) :]
                if artikel is not node
                else ()
            )
            opening = " ".join(part.text for part in own if part.text)
        for zin in re.split(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ])|\n+", text):
            if zin.strip():
                yield _Zin(
                    zin.strip(),
                    placed,
                    opening,
                    artikel.title if artikel else "",
                    " ".join(part.title for part in inside if part.soort in GROUPS),
                    _buiten(inside),
                )


def _buiten(inside: list[Node]) -> Reden | None:
    """Why nothing here can be 'gevonden', whatever it says."""
    kinds = {part.soort for part in inside}
    if any(part.status is Status.VERVALLEN for part in inside):
        return Reden.VERVALLEN
    if Soort.TOELICHTING in kinds:
        return Reden.TOELICHTING
    if Soort.BEGRIP in kinds:
        return Reden.BEGRIP
    if Soort.ARTIKEL not in kinds or Soort.BIJLAGE in kinds:
        return Reden.BUITEN_ARTIKEL
    return None


def _bevinding(kenmerk: _Kenmerk, sporen: list[_Zin], zinnen: list[_Zin]) -> Bevinding:
    found: list[_Zin] = []
    unclear: list[tuple[Reden, _Zin]] = []
    for zin in sporen:
        reden = _reden(kenmerk, zin)
        if reden is None:
            found.append(zin)
        elif reden:
            unclear.append((reden, zin))
    if found:
        best = found[0]
        taken_back = next(
            (zin for zin in zinnen if _neemt_terug(kenmerk, best, zin)), None
        )
        if taken_back is None:
            return Bevinding(Uitkomst.GEVONDEN, best.plaats, best.tekst)
        unclear = [(Reden.UITGESLOTEN, taken_back)]
    if not unclear:
        return Bevinding(Uitkomst.NIET_GEVONDEN)
    order = list(Reden)
    reden, zin = min(unclear, key=lambda one: order.index(one[0]))
    return Bevinding(Uitkomst.ONDUIDELIJK, zin.plaats, zin.tekst, reden)


def _reden(kenmerk: _Kenmerk, zin: _Zin) -> Reden | Literal[""] | None:
    """None when the sentence surely names the group; '' when it says nothing of it."""
    kern = kenmerk.kern.search(zin.tekst)
    by_title = kenmerk.kern.search(zin.titel)
    if not kern and not (by_title and not zin.buiten and _GEEFT.search(zin.tekst)):
        if kenmerk.verwant and kenmerk.verwant.search(zin.tekst):
            return zin.buiten or Reden.ALGEMEEN
        return Reden.GEEN_VOORRANG if by_title and not zin.buiten else ""
    if zin.buiten:
        return zin.buiten
    if _sluit_uit(zin, kern.start() if kern else 0):
        return Reden.UITGESLOTEN
    if not all(pattern.search(zin.scope) for pattern in kenmerk.nodig):
        return Reden.DEELS
    if kenmerk.ander and kenmerk.ander.search(zin.scope):
        return Reden.ALGEMEEN
    doubtful = (
        _ANDER_ARTIKEL.search(zin.titel)
        or _ONZEKER.search(f"{zin.opening} {zin.tekst}")
        or _EERST.search(zin.tekst)
        or _ANDERE_ZAAK.search(f"{zin.opening} {zin.tekst}")
        or _WONINGSOORT.search(zin.scope)
        or not _ONDERWERP.search(f"{zin.kop} {zin.scope}")
    )
    if doubtful or not _krijgt_voorrang(kenmerk, zin, kern):
        return Reden.GEEN_VOORRANG
    return None


def _krijgt_voorrang(kenmerk: _Kenmerk, zin: _Zin, kern: re.Match[str] | None) -> bool:
    """Whether it is this group that gets it, as far as every word before it is known."""
    lead = f"{zin.opening} " if zin.opening else ""
    text = lead + zin.tekst
    grants = list(_GEEFT.finditer(text))
    if kern is None:
        rest = kenmerk.kern.sub(" ", zin.titel)
        return _bekend(rest) and bool(grants) and _bekend(text[: grants[0].start()])
    start, end = len(lead) + kern.start(), len(lead) + kern.end()
    if not _PERSOON.search(f"{zin.titel} {text[:end]}"):
        return False
    if not grants:
        return bool(_TITEL_GEEFT.match(zin.titel)) and _bekend(text[:start])
    before = [grant for grant in grants if grant.end() <= start]
    if before:
        grant = before[-1]
        if lead.rstrip().endswith(":") and grant.end() <= len(lead):
            item = text[len(lead) : start]
            return (
                _bekend(text[: grant.start()])
                and _bekend(lead[grant.end() :])
                and _zelfde(item)
                and not _ANDERE_ZIN.search(text)
                and not _TOEGEPAST.search(zin.tekst)
            )
        return _bekend(text[: grant.start()]) and _bekend(text[grant.end() : start])
    # 'Ex-gedetineerden krijgen voorrang', not 'Zij horen ervan. Anderen krijgen voorrang'.
    grant = grants[0]
    between = text[end : grant.start()]
    return _bekend(text[:start]) and not re.search(
        r"[;:]|\b(?:waarvan|wiens)\b", between
    )


def _bekend(text: str) -> bool:
    """Whether every word is known; 'van wie' brings in somebody else."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    return all(word in _BEKEND for word in words) and "van wie" not in text.lower()


def _zelfde(item: str) -> bool:
    """Whether the words before the group bring in nobody else."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", item.lower())
    return not _ANDERE_ZIN.search(item) and not any(
        word not in _BEKEND and _IEMAND.search(word) for word in words
    )


def _sluit_uit(zin: _Zin, at: int) -> bool:
    """Whether something around the group says that it is left out. at: where it stands."""
    behalve = _BEHALVE.search(zin.tekst)
    if behalve and behalve.start() < at:
        return True
    if behalve and "uitzonder" in behalve[0].lower():
        return True  # a part of the group is left out
    tekst = zin.tekst[: behalve.start()] if behalve else zin.tekst
    return any(_ontkent(part) for part in (zin.titel, zin.opening, tekst))


def _ontkent(text: str) -> bool:
    return bool(_ONTKENT.search(_NOOD.sub(" ", text)))


def _neemt_terug(kenmerk: _Kenmerk, found: _Zin, zin: _Zin) -> bool:
    """Whether another sentence leaves out what was found."""
    if zin is found or zin.buiten or not _ontkent(zin.tekst):
        return False
    if _LICHTER.search(f"{zin.titel} {zin.tekst}"):
        return False
    if zin.plaats is found.plaats:
        return True
    same = zin.plaats.artikel is found.plaats.artikel
    if kenmerk.kern.search(zin.tekst):
        return same or bool(_ONDERWERP.search(f"{zin.opening} {zin.tekst}"))
    if not same:
        return False
    if "onderde" in zin.tekst.lower():
        number = re.escape(found.plaats.node.number)
        return bool(
            re.search(
                rf"onderde(?:el|len)\b[^.;]{{0,20}}\b{number}\b", zin.tekst.lower()
            )
        )
    if any(
        other.kern.search(zin.tekst)
        for other in _KENMERKEN.values()
        if other is not kenmerk
    ):
        return False  # 'niet van toepassing op wie uit de gevangenis komt'
    if _eigen_lid(found) in zin.tekst.lower():
        return True
    by_title = not kenmerk.kern.search(found.tekst)
    return bool(_BUITEN_WERKING.search(zin.tekst)) or (
        by_title and bool(_ONDERWERP.search(zin.tekst))
    )


def _eigen_lid(zin: _Zin) -> str:
    """How its artikel calls the lid that a sentence is in: 'eerste lid'."""
    lid = re.search(r"\w+ lid\b", citation(zin.plaats))
    return lid[0] if lid else "dit artikel"
