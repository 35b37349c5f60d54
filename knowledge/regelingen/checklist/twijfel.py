"""What makes it doubtful that a group gets priority, and what leaves a group out."""

from __future__ import annotations

import re

from .groepen import Groep, woorden
from .wie import ALGEMEEN_PERSOON
from .zinnen import Zin

ONDERWERP = woorden(
    r"urgen|voorrang|categorie|\bga(?:at|an)?\b[^.;:]{0,60}\b(?:voor|vooraf|vóór)\b|\bvoorga(?:at|an)|\b(?:eerder|sneller)\b[^.;:]{0,30}\b(?:beurt|woning|huis)|\bvooraan\b|\bals eersten?\b|\bboven ?aan\b|\b(?:vóór|voor) (?:alle )?(?:andere|overige) (?:woningzoekenden|gegadigden)|\bvóór (?:alle )?(?:andere|overige)|voorkeursbehandeling"
)
# -- what makes it doubtful --------------------------------------------------------------

_ONZEKER = woorden(
    r"\?$|\bonderzoe\w+|\boverwe[eg]\w*|\bstree?ft|\bspant\b|\bbezie\w*|\bvoornemen|\baanwijzen\b|\bexperiment\w*|\boverlegt?\b|\bvoorstel\w*",
    r"\bzou(?:den)?\b|\bzodra\b(?! (?:het (?:op|zelfstandig\w*)|zij|hij|u|je|ze|deze|die|(?:de|het|een) (?:\w+e )?\w*(?:loket|organisatie|arts|instelling|aanbieder|behandelaar|begeleider|cliënt|bewoner|jongere|hulpverlener|opvang))\b)|\bzolang\b(?! (?:u|je)\b)|\bpilot|\bproef|\bbij wijze van|\bvoor zover\b(?! (?:die|deze) verblijf\b)",
    r"\btot (?:en met )?\d+ \w+ \d{4}|\bte bepalen\b|\bkan (?:\w+ ){0,4}(?:bepalen|besluiten)\b|\b(?:dat|zoals) (?:de|een)(?: andere)? wet\b",
    r"\bmet ingang van\b|\bvanaf (?!\w+ jaar|de leeftijd)|\btot nader\b|\bvoorlopig(?!e hechtenis)|\bnadere? regels?\b|\bstel dat\b|\balleen (?:de|het) \w+ (?:kan|mag)\b|\bhoeveel\b|\bhoe vaak\b",
    r"\bandere gemeenten\b|\bbuurgemeenten?\b|\b(?:buur|regio)gemeente (?-i:[A-Z])|\bin (?:een|de) centrumgemeente\b|\bregels van de centrumgemeente|\bbestond\w*|\bgold\w*|\bkregen? (?:\w+ ){0,3}(?:urgentie|voorrang)|\bvorig jaar|\bvroeger\b|\btoekomst",
    r"\bvoorbehoud\b|\bnog (?:\w+ ){0,2}te (?!wonen)\w+en\b|\bnader te \w+en\b|\b(?:in afwachting van|wacht\w*|vooruitlopend op)\b[^.;]{0,60}(?:regeling|regels|besl[iu]|wet\b|minister)|\bper \d+ \w+ \d{4}|\bna (?:de )?(?:inwerkingtreding|vaststelling|bekendmaking)\b",
    r"\b(?:zijn er|er zijn|als er|bij) (?:meer|meerdere|twee|gelijke?)\b|\b(?:meer|meerdere|twee) (?:bewoners|kandidaten|gegadigden|woningzoekenden|aanvragers|mensen|huishoudens|urgenten)\b|\bonderling\w* (?:volgorde|rangorde|verhouding)|\bbinnen (?:een|de|deze|dezelfde) (?:categorie|groep)\b",
    r"komt te luiden|ingevoegd|toegevoegd|vervangen door|\b(?:als|indien) (?:de|een)(?: andere)? wet\b",
)
# Of what gives, not of the group: 'zij die slachtoffer waren'.
_OMDAT = woorden(r"\b(?:omdat|doordat)\b[^;:.]*")
_DIE_BIJZIN = woorden(
    r"\b(?:die|wie|waar|dat|wiens|wier|als|indien|mits|voordat)\b[^,;:.]*"
)
_VERLEDEN = woorden(
    r"(?<!geplaatst )(?<!opgenomen )(?<!ontnomen )\b(?:waren|was|werden|werd)\b(?! als (?:sekswerker|prostituee)| (?:\w+ )?(?:ontnomen|verleend|toegekend|geboden|opgenomen|geplaatst)\b)"
)
# Somebody else still has to decide, or has to agree.
_EERST = woorden(
    r"\bvoordat\b(?! (?:u|je|hij|zij)\b)|\btreedt\b[^.;]{0,40}\bwerking|\bnadat (?:de|het) \w+|(?<!^de )(?<!rekent de )(?<!wijst de )\braad\b(?! van europa)|(?<!door het )(?<!gemeente of het )\b(?:rijk|minister|provincie)\b|\bin (?:een|de) andere (?:gemeente|regio)\b|(?<!^)\bin de gemeente (?-i:[A-Z])(?![^.;:]*:)",
    r"\bregio\b[^.;]{0,30}(?:besl|instem|akkoord)|\bpas (?:als|nadat|wanneer)\b",
    r"\b(?:als|indien|wanneer|mits) (?:de|het|een|er)\b[^.;,]{0,60}\b(?:besl[iu]\w+|instem\w*|akkoord|goedkeur\w*|beve\w+|bepaalt|toestem\w*|toelaat|voorschrijft|beschikbaar)",
)
# Priority for something else than a home: a place in a shelter, a loan, a building.
_ANDERE_ZAAK = woorden(
    rf"\bvoorrang\b(?! gehuisvest)(?: \w+)? (?:bij|in|op|voor|aan)\b(?!:|,| (?:aanmerking|elk geval|ieder geval|de volgende|grond van|basis van|\w*verdeling|\w*toewijzing|(?:de |een |het )?(?:\w+e |ander |eigen )?(?:{ALGEMEEN_PERSOON}|categorie|huisvest\w*"
    r"|\w*woning(?:en)?|woonruimten?|kamers?|studio\w*|appartement\w*|woningzoekenden|\w*toewijz\w*|\w*verdeling|gebruik|toekenn\w*|(?:verlenen|verlening) van (?:een |de )?\w+|verdel\w*|verkrijg\w*|aanbied\w*|verlenen|huren|vinden|zoeken|krijgen|bemiddel\w*|woningmarkt|huis|woonplek|plek(?! in\b| bij\b)))\b)",
    r"\b(?:urgentie|voorrang) voor (?:een )?(?:plaats|plek)\b|\blaagste voorrang",
)
_MET_VOORRANG = woorden(r"(?<!groepen )(?<!categorieën )\bmet voorrang\b")
_WONEN = woorden(
    r"\b(?:\w*woning\w*|\w*woonruimte\w*|\w*huis|gehuisvest|huisvest\w*|bemiddel\w*|toegewezen|aanmerking)\b|\btoe\b"
)
# Goes before others in something else than homes.
_ANDERE_RIJ = woorden(
    r"\bga(?:at|an)\b[^.;]{0,40}\b(?:voor|vóór)\b (?:bij|in|op) (?:de |het )?(?:verdeling|toewijzing) van (?!(?:\w+ ){0,2}(?:\w*woning|woonruimte|huis))"
)
# Priority for a kind of home is not urgency.
_WONINGSOORT = woorden(
    r"\b(?:toegankelijke|aangepaste|rolstoel\w*|gelijkvloerse|zorg|senioren|nultreden|levensloop\w*|mantelzorg)\W?(?:woning|woonruimte)",
    r"\bgelijkvloers\b|\bcomplex|woning(?:en)? met (?:zorg|een lift|bijzondere)|bijzondere kenmerken|label",
)
# Articles in which a group is named for another reason.
_ANDER_ARTIKEL = woorden(
    r"weiger|intrek|verval|reikwijdte|toepassing(?! van de urgentiegrond)|begrip|definitie|zoekprofiel|advies|advis|(?<!uw )aanvraa?g(?!ers)|gegevens|bewijs|geldig"
    r"|overgangs|monitor|verslag|evaluatie|hardheid|mandaat|uitzonder|\bgeen\b(?! (?:\w+ )?(?:huis|woning|dak|thuis|plek|onderdak|woon- of)\b)|uitgeslo|(?<!zonder )\bbinding|leges|inkomen"
    r"|splits|onttrek|toerist|handhav|boete|nadere regels|citeertitel|inwerking|doel\b|afwijz"
)


# Under such a title a sentence may yet begin with who is urgent.
_RANGORDE = woorden("rangorde")
_URGENT_ZIJN = woorden(r"^urgent (?:zijn|is)\b")


def twijfelachtig(zin: Zin, tekst: str) -> bool:
    """Whether anything around what is given makes it uncertain, or something else."""
    both = f"{zin.opening} {tekst}"
    return bool(
        _ANDER_ARTIKEL.search(zin.titel)
        or (_RANGORDE.search(zin.titel) and not _URGENT_ZIJN.match(both.strip()))
        or _ONZEKER.search(both)
        or _VERLEDEN.search(
            zin.opening
            if zin.onderdeel
            else _DIE_BIJZIN.sub(" ", _OMDAT.sub(" ", both))
        )
        or _EERST.search(_BEHALVE.split(tekst)[0])
        or _ANDERE_ZAAK.search(both)
        or _ANDERE_RIJ.search(both)
        or (_MET_VOORRANG.search(both) and not _WONEN.search(both))
        or _WONINGSOORT.search(f"{zin.titel}. {both}")
        or not ONDERWERP.search(f"{zin.kop} {zin.titel}. {both}")
    )


# -- what leaves it out ------------------------------------------------------------------

_SLUIT_UIT = woorden(
    r"\b(?:uitgezonderd\w*|uitgesloten|sluit|uitzondering|uitzonderingen"
    r"|weiger\w*|geweigerd\w*|afwijzen|afgewezen|wijst\b[^.;]{0,60}\baf|trekt\b[^.;]{0,60}\bin|ingetrokken|intrek\w*|afgeschaft|onthouden"
    r"|verval\w*|verlie[sz]\w*\b[^.;]{0,30}(?:voorrang|urgentie\w*)|(?:voorrang|urgentie\w*)\b(?:(?!\b(?:aan|wie|wiens|wier|die|als|voor)\b)[^.;]){0,60}eindigt"
    r"|opgeschort|opschort\w*|uitgesteld|geschorst|schors\w+|stopgezet|stopzet\w*|opgeheven|bevroren|buiten (?:toepassing|beschouwing|behandeling|werking|de urgentie|de regeling)|anders dan(?! (?:beroeps|vanuit een|uit hoofde|in het kader))|zonder (?:urgentie|voorrang))\b"
)
_NIET = re.compile(r"\b(?:niet|geen|noch|nooit|nimmer|evenmin)\b", re.I)
# In such a clause 'geen woning heeft' tells the need, not a refusal.
_BIJZIN = woorden(
    r"\b(?:die|dat|wie|omdat|doordat|waardoor|door|wegens|vanwege|u|als|indien|wanneer|waarin|waarvoor|feitelijk|en|of|kan|kunnen|hij|zij|met|zonder|na)\b"
)
_VOORWAARDE = woorden(
    r"\b(?:wanneer|indien|omdat|doordat|zolang|zodra|voordat|waardoor)\b[^,]*$"
)
_GEEFT_WORTEL = woorden(
    r"urgen|voorrang|verklaring|aanmerking|categorie|\brecht\b|regeling|\bvallen\b|\bvalt\b|\bonder\b|\bgeld\w*|toepass|\bbeho(?:ort|ren)\b"
    r"|\bmeegenomen|\bgrond\b|\breden\b|\bbehandeld\b|\b(?:wordt|worden) (?:\w+ )?(?:verleend|toegekend|gegeven|aangemerkt|aangewezen|ingedeeld|gehuisvest|geholpen)"
)
_HOOFDZIN = re.compile(
    r"[.;:,]|\b(?:krijgt|krijgen|komt|komen|heeft recht|hebben recht)\b", re.I
)
# The end of 'die niet over woonruimte beschikken'.
_BIJZIN_UIT = woorden(
    r"(?<=\w) (?:beschikken|beschikt|hebben|heeft|hebt|kunnen|kunt|kan|kon|konden|wonen|woont|blijven)\b"
)
# What stands after these words is left out, or stands behind somebody else.
_BEHALVE = woorden(
    r"\b(?:tenzij|behalve|behoudens|met uitzondering van|uitgezonderd|maar niet|(?:boven|voor op|ten opzichte van)(?! (?:alle |de )?(?:andere|anderen|overige|reguliere)\b)|in plaats van)\b"
)


# Titles that tell who it is about: 'U woont niet meer bij de jeugdzorg', 'Geen huis'.
_NOOD = woorden(
    r"^(?:u|uw|je|jouw|jij|thuis|heeft|bent|kunt|woont) .*$|\b(?:geen|niet) (?:\w+ )?(?:huis|woning|dak|thuis|plek|onderdak|veilig)\b"
    r"|\b(?:plaats|plek|verblijf|indicatie|kamer)\b[^.;,]{0,60}\bvervalt\b|[;,] [^;]*\b(?:binding|aangifte|vereist|gevraagd|verlangd)\b[^;]*$"
)


def sluit_uit(groep: Groep, zin: Zin, tekst: str, at: int) -> bool:
    """Whether something around the group says that it is left out. at: where it stands."""
    behalve = _BEHALVE.search(tekst)
    if behalve and behalve.start() < at:
        return True
    if behalve and "uitzonder" in behalve[0].lower():
        return True  # a part of the group is left out
    if zin.voorwaarde:
        return False  # 'kunt u niet in uw huis blijven': what is needed, not refused
    rest = tekst[: behalve.start()] if behalve else tekst
    return (
        ontkent(_NOOD.sub(" ", zin.titel))
        or ontkent(zin.opening)
        or ontkent(rest, groep, onderdeel=zin.onderdeel)
    )


def ontkent(text: str, groep: Groep | None = None, *, onderdeel: bool = False) -> bool:
    """Whether it refuses, and does not just tell who is in need."""
    if _SLUIT_UIT.search(text):
        return True
    for found in _NIET.finditer(text):
        voor = re.split(r"[.;:]", text[: found.start()])[-1]
        after = _BIJZIN_UIT.split(_HOOFDZIN.split(text[found.end() :])[0])[0]
        if re.match(
            r" (?:waarom|wat|welke|hoe|waar|alleen|meer dan een|meer dan één)\b", after
        ):
            continue
        if _VOORWAARDE.search(voor):
            continue  # 'wanneer de zorg niet langer kan worden gegeven'
        if not onderdeel and not _BIJZIN.search(voor):
            return True
        # 'die niet langer in de instelling kunnen blijven' leave it.
        gone = re.match(
            r" (?:(?:langer|meer) (?:in|bij|op|nodig|de|het|een|is aangewezen|zijn aangewezen|beschermd|verantwoord|geschikt|houdbaar|mogelijk)|veilig|zelfstandig|terug)\b",
            after,
        )
        named = groep and not gone and groep.kern.search(after)
        if _GEEFT_WORTEL.search(after) or named:
            return True
    return False
