"""Who gets it: the group itself, or somebody else who stands near it in the sentence."""

from __future__ import annotations

import re

from .geven import PROCEDURE
from .groepen import woorden

ALGEMEEN_PERSOON = (
    r"(?:woningzoekenden?|perso(?:on|nen)|mens(?:en)?|degenen?|iemand|wie|aanvragers?|inwoners?|bewoners?|ingezetenen?|burgers?"
    r"|huishoudens?|huurders?|jongeren?|jongvolwassenen?|jeugdigen?|volwassenen?|alleenstaanden?|vrouwen?|mannen|cliënt(?:en)?|patiënt(?:en)?|slachtoffers?"
    r"|gezin(?:nen)?|ouders?|kinderen|kind|sekswerkers?|prostituees?|deelnemers?|verlaters?|verleners?|ontvangers?|uitstromers?"
    r"|mantelzorg(?:ers?|ontvangers?|verleners?)|uitstroom|(?:ex-|oud-)?gedetineerden?|zieken?|betrokkenen?|(?<!voor )(?:dak- en thuislozen|daklozen)|(?:zij|hen|hem|hij|haar)(?= (?:die|aan wie|voor wie|van wie|wier|wiens)\b)|meerderjarigen?|hulpbehoevenden?(?= die)|eenieder|iedereen|benadeelden?|overlevenden|uittreders?|doorstromers?|families|pupillen|vaders of moeders|vader, moeder|ieder(?= die)|anderen(?= die)|gebruikers?|vertrekkers?|terugkeerders?|(?:ex|oud)-(?:bewoners?|cliënt(?:en)?|patiënt(?:en)?|daklozen)|gezinsleden|verzorgers?|verzorgden?|gevers?|zorgvragers?"
    r"|ouderpa(?:ar|ren)|kandidaat|vaders en moeders|moeders en vaders|(?:moeder of vader|vader of moeder)|gedupeerden?|getroffenen?|kandidaten|u|ú|je|jij|jullie)"
)
PERSOON = re.compile(
    rf"\b{ALGEMEEN_PERSOON}\b|\bex-|verhandeld|uitgebuit|mantelzorg|\bhet verlaten van|\bvertrek uit|\burgenten\b",
    re.I,
)
HOOFD = re.compile(rf"(?<![\w-]){ALGEMEEN_PERSOON}(?![\w-])", re.I)
# Words that may lead to who gets it. With any other, it may be somebody else who does:
# 'omwonenden', 'de dader', 'advies van'.
_BEKEND = frozenset(
    re.findall(
        r"\S+",
        """
    dezelfde voorwaarden aanvulling behoefte voormalig voormalige ex oud aanzien ten woonruimteverdeling woningtoewijzing er twee drie vier vijf zes zeven woningzoekend zin verordening paragraaf regeling beleidsregel volgens toekenning verzoek de het een wij ons deze dit die dat wie waarbij hij zij hem hen haar hun zijn zich ieder iedere
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
    daartoe hiertoe daaronder hieronder beschouwd gerekend begrepen gelijkgesteld urgentiegrond urgentiegronden mede verlening daaruit achtereenvolgens omgekeerd corporatie corporaties woningcorporatie woningcorporaties regio commissie centrumgemeente gemeenteraad
    via contingent doelgroepen aannemelijk vaststaat vastgesteld blijkt bevestigd hoort horen degenen kandidaten buiten binnen voorgedragen erkende volgorde inschrijfduur gewone reguliere wachttijd vóór alle overige gegadigden inschrijvers uitstroom gemeenten colleges deelnemende regiogemeenten hoogste gelijke regionale klasse urgentieklasse deelname beëindiging terugkeer vertrek
    huisvesting huisvesten bemiddeling verdeling verkrijgen vinden sociale passende vrijkomende zelfstandige corporatiewoning
    corporatiewoningen woonruimten huurmarkt woningmarkt
    """,
    )
)
# Who is named besides, by the ending of the word.
_IEMAND = re.compile(
    r"(?:ers?|(?<!b)aars?|enden|isten?|eurs?|loog|logen|iater|iaters|leden|genoten|familie\w*|bureaus?|diensten?|teams?|partners?"
    r"|buren|buur\w*|artsen|arts|(?<!maat)(?<!seks)(?<!thuis)werk(?!zaam(?:heden)?|te\b|t\b|en\b|plek|dag|week)\w*|vrienden|getuigen?|instanties?|anderen|derden)$"
)
_GEEN_IEMAND = frozenset(
    re.findall(
        r"\S+",
        """
    achter ander beter binnen buiten daar december door eerder elkaar groter hier ieder jaar jonger
    kamer keer klaar kleiner langer later maar meer meerder minder minstens naar nader november
    nummer october onder ouder over partner partners per september ter ver verder voor waar weer
    wonen wonend wonende woonachtig zeer zonder zwaar kader manier dossier centrum cluster lager
    hoger uiterlijk winter zomer water wier anders urgentiebureau terugkeer beheer slechter zekerder toezichthouder meter kwartier leger dichter offer cijfer papier klooster
    """,
    )
)

_ANDERE_ZIN = woorden(
    r"\b(?:zodat|opdat|terwijl|waarna|waarvan(?! (?:een|één) of meer\b)(?! (?:ten minste |minstens )?(?:een|één|1)(?: of meer)? (?:van de )?(?:(?:gezins)?l(?:id|eden)|(?:minderjarige )?kinderen|minderjarigen)\b)|waarmee|(?<!gezag )over(?! (?:een |de )?(?:indicatie|beschikking))|naast|tegen(?! wie)|tegenover|namens)\b",
)
# Words of every such text.
_GEWOON = woorden(
    r"\b(?:\w*toewijzing|huisvesting|\w*verordening|verlening|\w*verdeling|bemiddeling|(?:huur)?woning|indeling|regeling)\b"
)
_INSTANTIE = woorden(
    r"\b(?:\w*stichting|\w*vereniging|\w*instelling|\w*organisatie|\w*bedrij\w+|\w*ondernem\w+|\w*aanbieder|school|scholen|kerk\w*|wie|degene|gast\w+|woningen|\w+ing|informatie|waarom|totdat|mogelijk|beoordeelt|andere? dan)\b"
)
# What somebody does to or for the group.
TOEGEPAST = woorden(
    r"\b(?:training\w*|cursus\w*|gesprek\w*|melding\w*|behandel(?:t|en)|ondersteun(?:t|en)|huisvest(?:en)?|verhuu?r(?:t|en)|(?<!mag )(?<!mogen )(?<!kan )(?<!kunnen )huu?r(?:t|en)|opvang(?:t|en)|bezoek(?:t|en)|verzorg(?:t|en)|(?<!dat u )(?<!dat hen )(?<!dat hem )(?<!dat haar )help(?:t|en))\b",
    r"\bbegeleid(?:t|en)\b(?! wonen)",
    r"\b(?:huisvesting|onderdak|opvang|kamer|woning|woonruimte|hulp|begeleiding)\b (?:\w+ ){0,2}(?:bie|verhu|gee?f|verle)\w*|\b(?:ruimte|plaats) (?:\w+ ){0,2}ma(?:ak|ken)\w*|\bles (?:\w+ ){0,2}(?:krijg|volg)\w*",
    r"\bin (?:huis|dienst) (?:\w+ )?ne(?:emt|men)\b|\b(?:adviseer|bestrijd(?!ing van mensenhandel)|onderzoek|organiseer|financier|exploiteer)\w*|\bverdacht|\bveroordeeld|\bdaders?\b|\bplegers?\b|\bpleeg(?:t|de)\b|\bgepleegd|\bbegaan\b|\bstude(?:er|ren)\w*",
    r"\b(?:(?<!als sekswerker )werk(?:t|en|zaam)(?! (?:\w+ ){0,3}als (?:…|sekswerker|prostituee))|(?<!niet )(?<!of )(?<!op )vrijwillig\w*|stage|vak|beroep van)\b(?! naar)(?=[^.;:]*\b(?:bij|in|voor|met)\b)|\bgrenst\b|\bnabij\b",
    r"\bzorg(?:t|en) (?:er\w* )?(?:voor )?dat\b|\b(?:kennis|ervaring|verstand|expertise|deskundigheid)\b|\b(?:genezen|verzeker(?:t|en))\b",
    r"\b(?:bang|vre(?:es|zen)\w*|kans op|risico op|verwacht(?:en)?|vermoed(?:t|en))\b",
)
# 'die mensen met een ziekte bezoeken': whom it is done to, not who gets it.
_VOORZETSEL = (
    r"(?:van|voor|aan|met|bij|naast|tegen|namens|over|tussen|door|rond|omtrent|uit)"
)
_BEPALING = r"(?:(?:de|het|een|zijn|haar|hun|twee|(?!die |wie |welke )\w+e) )*"
# Before 'aan', 'voor' or 'van' these bring in nobody else: 'op aanvraag aan …'.
_ERBIJ = woorden(
    r"^(?:\w*categorie\w*|\w*groep\w*|en|of|verleend|gegeven|toegekend|verstrekt|afgegeven|urgent\w*|voorrang|aanvraag|ook|geldt|gelden|lid|leden|samen|\d\S*)$"
)
_SAMEN_MET = re.compile(
    rf"(?:^|(?<=\s)){_BEPALING}{ALGEMEEN_PERSOON}(?: (?:en|of)|,)$", re.I
)
_IN_BIJZIN = re.compile(r"\b(?:die|dat|wie|hij|zij)\s*:\s*$", re.I)
_KOPPELT = woorden(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|geworden|vorm(?:t|en)|bent)\b"
)


def leidt_in(text: str) -> bool:
    """Whether words before or after what is given name nobody else."""
    hoofd = HOOFD.search(text)
    if hoofd is None:
        return bekend(text) or _zonder_ander(text)
    return _voor_hoofd(text[: hoofd.start()]) and not noemt_ander(text[hoofd.end() :])


# 'Het verlaten van …': who does so is the group.
_HET_DOEN = re.compile(
    r"^\s*het \w+en(?: (?:of|en) \w+en)? van "
    r"|^\s*(?:na|bij|wegens|vanwege) (?:\w+ ){0,2}?(?:beëindiging|einde|afloop|afronding|ontslag|vertrek|uitstroom|verblijf|opname|behandeling|vrijlating|terugkeer)\b"
    r"(?: (?:van|uit|in|vanuit|bij|op|het|de|een|zijn|haar|hun|uw|verblijf|opname|behandeling|traject)\b)*\s*$",
    re.I,
)


def _zonder_ander(text: str) -> bool:
    """Whether words, known or not, name nobody and do nothing but give."""
    text = _GEWOON.sub(" ", text)
    return not (noemt_ander(text) or PROCEDURE.search(text) or _INSTANTIE.search(text))


# '…, indien hij verblijft in': who was named before.
_ALS_HIJ = re.compile(
    r"^\s*,? ?(?:als|indien|wanneer|mits) (?:hij|zij|deze|u|je)\b", re.I
)


def aangewezen(region: str, text: str, start: int, end: int) -> bool:
    """Whether the group is who is meant, by the words that lead to it."""
    region = _ALS_HIJ.sub(" wie ", _HET_DOEN.sub("", region))
    hoofd = HOOFD.search(region)
    if hoofd is None:
        if not _voor_hoofd(region):
            return False
    elif not _voor_hoofd(region[: hoofd.start()]) or noemt_ander(region[hoofd.end() :]):
        return False
    return is_zelf(region, text, start, end) and not TOEGEPAST.search(
        eromheen(text, start - len(region), start, end)
    )


def _voor_hoofd(text: str) -> bool:
    """Known words, then at most a few adjectives: 'aan zelfredzame …'."""
    if _zonder_ander(text):
        return True
    words = _woorden(text)
    while (
        words
        and words[-1] not in _BEKEND
        and re.search(r"(?:e|bonden|lijk)$", words[-1])
    ):
        words.pop()
    return all(word in _BEKEND for word in words)


def is_zelf(region: str, text: str, start: int, end: int) -> bool:
    """Whether the person nearest to the group is who gets it, not whom it is done to."""
    at = start - len(region)
    own = HOOFD.search(text, start, end)
    if own and _VAN_HEN.search(text[at : own.start()]):
        return False  # 'van wie de ouders dakloos zijn'
    if own and len(text[start : own.start()].split()) > 1:
        own = None
    persons = [
        one
        for one in HOOFD.finditer(text, at, start)
        if one[0].lower() not in ("u", "je", "wie", "uitstroom")
        and not text[: one.start()].lower().endswith((" je ", " uw ", " jouw "))
        and not text[one.end() :].startswith(
            (" uit hun ", " uit zijn ", " uit haar ", " uit uw ")
        )
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
        first = HOOFD.search(text, at, nearest.end()) or nearest
        if re.fullmatch(r"(?:(?!als\b)\S+ ){0,2}", text[at : first.start()], re.I):
            # 'die: een mantelzorger kennen'
            return bool(_KOPPELT.search(text[first.end() : clause_end]))
    while also := _SAMEN_MET.search(before):
        before = before[: also.start()].rstrip()
    if before.strip().lower() in ("die", "dat") and rest.startswith((" die ", " dat ")):
        return True  # 'die woningzoekenden die'
    if re.search(r"\b(?:die|dat|wie|welke)$", before, re.I):
        return bool(_KOPPELT.search(rest))
    eerste = HOOFD.search(text, at, start)
    if (
        eerste
        and eerste.start() < nearest.start()
        and re.search(r"\b(?:die|dat|wie)\b", text[eerste.end() : nearest.start()])
        and not re.search(r"(?:\b(?:als|en|of|zijn|is)|,)$", before, re.I)
        and not re.search(rf"\b{_VOORZETSEL}$", before, re.I)
    ):
        return bool(_KOPPELT.search(rest))  # 'mensen die thuis een jongere hadden'
    led = re.search(rf"(?:(?P<voor>[^\s,]+) )?\b{_VOORZETSEL}$", before, re.I)
    if led is None or _ERBIJ.search(led["voor"] or "en"):
        return True
    # 'huishoudens met kinderen', 'die met hun kinderen'
    return before.endswith("met") and bool(
        HOOFD.fullmatch(led["voor"])
        or re.search(r"\bmet (?:hun|haar|zijn) (?:\w+e )*$", text[at : nearest.start()])
    )


def bekend(text: str) -> bool:
    return all(
        word in _BEKEND or re.search(r"urgentie$|^urgent|^voorrang", word)
        for word in _woorden(_TERZIJDE.sub(" ", text))
    )


def _woorden(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())


_VERWANT = r"(?:vader|moeder|partner|kind|vriend\w*|buur\w*|zus|broer|familielid|zoon|dochter|ouder|naaste)\b"
# Somebody else who only says or does something for the group: 'door een arts bevestigde'.
_TERZIJDE = woorden(
    r"\bnaast de gevallen\b[^,]*",
    rf"\b(?:uw|je) {_VERWANT}(?:(?:, of|,| of) (?:(?:uw|je|een) )?{_VERWANT})*",
    r"\b(?:op last|met een machtiging|op bevel) van (?:de |een |het )?\w+",
    r"\b(?:of )?van wie een lid van (?:het|zijn|haar|hun) (?:huishouden|gezin),?",
    r"\bbij (?:de |een )?pleegouders\b",
    r"\b(?:bent|ben) (?:u|je) (?:een )?(?:vader|moeder|ouder|verzorger)(?:(?:,| of|, of) (?:moeder|vader|verzorger|ouder))*",
    r"\b(?:van|bij|voor) wie (?:de |een )?(?:\w+ ){0,2}?(?:zorgaanbieder|behandelaar|arts|dokter|adviseur|zorgcoördinator|begeleider|hulpverlener|aanbieder|casemanager)\b",
    r"\b(?:van|bij) wie (?:aannemelijk is|is vastgesteld|vaststaat|is gebleken|blijkt) dat (?:hij|zij)\b",
    r"\bongeacht (?:of|wie|op welke)\b[^.;]*",
    r"\b(?:volgens|blijkens|bevestigd door|vastgesteld door|aangemeld door|voorgedragen door) (?:een |de |het |zijn |hun )?[^.;:]{0,60}?(?:politie|instantie|hulpverlener|zorgcoördinator|arts|proces-verbaal|melding|advies)\b",
    r"\bdoor (?:een |de |zijn |hun )?(?:\w+ )?(?:zorgaanbieder|aanbieder|behandelaar|hulpverlener|casemanager|begeleider)\b",
    r"\bdoor (?:een ander|anderen|iemand(?: anders)?)\b",
    r"\bdoor (?:een |de |het )?(?:\w+e )?\w+ (?=(?:op)?(?:ge|vast|er|be|ver|aan)\w+(?:d|de|t|te|en)\b)",
    r"\bbij wie (?:een|de) (?:\w+ )?(?:arts|specialist|adviseur)\b",
    r"\bvolgens (?:een |de |het |uw |zijn |haar |hun )?(?:\w+e )?\w+",
    r"\bop (?:voordracht|advies|verzoek|aanvraag) van (?:een |de |het |zijn |hun )?(?:\w+e )?\w+",
    r"\b(?:met|onder) (?:de )?(?:hulp|behulp|begeleiding|ondersteuning|toezicht) van (?:een |de |het )?(?:\w+e )?\w+",
    r"\b(?:hun|zijn|haar|uw|het) werk (?=in\b|als\b)",
    r"\bbij (?:een |de )?(?:\w+e )?\w*aanbieder",
)


# 'personen aan wie …': what follows is theirs, unless it is somebody else's doing.
_BIJ_WIE = woorden(r"\b(?:(?:van|aan|voor|bij|tegen|jegens|met) wie|wiens|wier)\b")
_VAN_HEN = woorden(
    r"\b(?:wiens|wier|(?:van|aan|voor|bij|met) wie(?: (?:de|het|een))?) $"
)
_NAVERWANT = woorden(
    r"\b(?:partner|kind(?:eren)?|echtgeno\w+|broer|zus|vader|moeder|buur\w*|huisgenoot|familie\w*|naaste|vriend\w*|werkgever)\b"
)


def noemt_ander(text: str) -> bool:
    """Whether words that describe who gets it bring in somebody else."""
    text = _TERZIJDE.sub(" ", text)
    if _ANDERE_ZIN.search(text):
        return True
    if (wie := _BIJ_WIE.search(text)) and (
        HOOFD.search(text, wie.end()) or _NAVERWANT.search(text, wie.end())
    ):
        return True
    return any(
        word not in _BEKEND
        and word not in _GEEN_IEMAND
        and not HOOFD.fullmatch(word)
        and _IEMAND.search(word)
        for word in _woorden(text)
    )


# 'een organisatie die u naar ander werk begeleidt': what others do for the group.
_VOOR_HEN = woorden(r"\b(?:die|dat) (?:u|je|hem|haar|hen)\b[^,;]*")


def eromheen(text: str, left: int, start: int, end: int) -> str:
    """The words around the group, up to the next comma."""
    found = re.compile(r"[.;:,]").search(text, end)
    right = found.start() if found else len(text)
    around = f"{text[left:start]} … {text[end:right]}"
    return _VOOR_HEN.sub(" ", around)
