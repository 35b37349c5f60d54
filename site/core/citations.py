"""The one grammar of Dutch law and ordinance citations: finding, reading, and keys.

In goes any text; out come citations such as 'artikel 3:46 Awb' with their place in the
text, and keys with which an index finds the article meant. Nothing here reads a file or
a database, raises on odd input, or takes more than linear time.

What counts as a citation:

- an article announced by 'artikel' or 'art.', with or without a regeling;
- a number with a regeling beside it: '151c Gemeentewet', 'Hw 12 lid 2'. A plain whole
  number needs more: a known regeling, nothing that reads on as a count ('Wmo 3
  plaatsen'), and before the regeling a lead such as 'zie'. A year is never an article;
- an identifier of a regeling: BWBR0035303, CVDR123456.

A regeling alone, or 'het tweede lid' alone, is not a citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

AFKORTINGEN: dict[str, str] = {
    # Housing
    "hw": "huisvestingswet 2014",
    "huisvestingswet": "huisvestingswet 2014",
    "wonw": "woningwet",
    "wgv": "wet goed verhuurderschap",
    "wvrv": "wet versterking regie volkshuisvesting",
    "wet regie": "wet versterking regie volkshuisvesting",
    "wet versterking regie": "wet versterking regie volkshuisvesting",
    "wet versterking regie op de volkshuisvesting": "wet versterking regie volkshuisvesting",
    "wbh": "wet betaalbare huur",
    "wvh": "wet vaste huurcontracten",
    "wht": "wet op de huurtoeslag",
    "wohv": "wet op het overleg huurders verhuurder",
    "overlegwet": "wet op het overleg huurders verhuurder",
    "uhw": "uitvoeringswet huurprijzen woonruimte",
    "bhw": "besluit huurprijzen woonruimte",
    "btiv": "besluit toegelaten instellingen volkshuisvesting 2015",
    "rtiv": "regeling toegelaten instellingen volkshuisvesting 2015",
    "wbmgp": "wet bijzondere maatregelen grootstedelijke problematiek",
    "rotterdamwet": "wet bijzondere maatregelen grootstedelijke problematiek",
    "rha": "regeling huisvesting aandachtsgroepen",
    # Building and space
    "ow": "omgevingswet",
    "omgw": "omgevingswet",
    "wro": "wet ruimtelijke ordening",
    "bro": "besluit ruimtelijke ordening",
    "barro": "besluit algemene regels ruimtelijke ordening",
    "wabo": "wet algemene bepalingen omgevingsrecht",
    "bkl": "besluit kwaliteit leefomgeving",
    "bbl": "besluit bouwwerken leefomgeving",
    "bal": "besluit activiteiten leefomgeving",
    "wkb": "wet kwaliteitsborging voor het bouwen",
    "wvg": "wet voorkeursrecht gemeenten",
    "chw": "crisis- en herstelwet",
    # Care, welfare and income
    "wmo": "wet maatschappelijke ondersteuning 2015",
    "wmo 2015": "wet maatschappelijke ondersteuning 2015",
    "wet maatschappelijke ondersteuning": "wet maatschappelijke ondersteuning 2015",
    "uitvoeringsbesluit wmo": "uitvoeringsbesluit wmo 2015",
    "jw": "jeugdwet",
    "wlz": "wet langdurige zorg",
    "blz": "besluit langdurige zorg",
    "zvw": "zorgverzekeringswet",
    "wvggz": "wet verplichte geestelijke gezondheidszorg",
    "wzd": "wet zorg en dwang psychogeriatrische en verstandelijk gehandicapte cliënten",
    "wet zorg en dwang": (
        "wet zorg en dwang psychogeriatrische en verstandelijk gehandicapte cliënten"
    ),
    "wkkgz": "wet kwaliteit, klachten en geschillen zorg",
    "wpg": "wet publieke gezondheid",
    "pw": "participatiewet",
    "p-wet": "participatiewet",
    "wwb": "wet werk en bijstand",
    "wgs": "wet gemeentelijke schuldhulpverlening",
    "wams": "wet aanpak meervoudige problematiek sociaal domein",
    "wsnp": "wet schuldsanering natuurlijke personen",
    "ioaw": (
        "wet inkomensvoorziening oudere en gedeeltelijk arbeidsongeschikte werkloze "
        "werknemers"
    ),
    "ioaz": (
        "wet inkomensvoorziening oudere en gedeeltelijk arbeidsongeschikte gewezen "
        "zelfstandigen"
    ),
    "bbz": "besluit bijstandverlening zelfstandigen 2004",
    "anw": "algemene nabestaandenwet",
    "aow": "algemene ouderdomswet",
    "akw": "algemene kinderbijslagwet",
    "awir": "algemene wet inkomensafhankelijke regelingen",
    "wml": "wet minimumloon en minimumvakantiebijslag",
    "wsw": "wet sociale werkvoorziening",
    "wia": "wet werk en inkomen naar arbeidsvermogen",
    "wet wia": "wet werk en inkomen naar arbeidsvermogen",
    "wajong": "wet arbeidsongeschiktheidsvoorziening jonggehandicapten",
    "wko": "wet kinderopvang",
    "wazo": "wet arbeid en zorg",
    "wav": "wet arbeid vreemdelingen",
    "waadi": "wet allocatie arbeidskrachten door intermediairs",
    "suwi": "wet structuur uitvoeringsorganisatie werk en inkomen",
    "wet suwi": "wet structuur uitvoeringsorganisatie werk en inkomen",
    "wth": "wet tijdelijk huisverbod",
    # Newcomers
    "vw 2000": "vreemdelingenwet 2000",
    "vreemdelingenwet": "vreemdelingenwet 2000",
    "vb 2000": "vreemdelingenbesluit 2000",
    "vreemdelingenbesluit": "vreemdelingenbesluit 2000",
    "wi 2021": "wet inburgering 2021",
    "wet inburgering": "wet inburgering 2021",
    "wet coa": "wet centraal orgaan opvang asielzoekers",
    "spreidingswet": "wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen",
    # Government
    "awb": "algemene wet bestuursrecht",
    "gemw": "gemeentewet",
    "gmw": "gemeentewet",
    "provw": "provinciewet",
    "gw": "grondwet",
    "wgr": "wet gemeenschappelijke regelingen",
    "wet arhi": "wet algemene regels herindeling",
    "woo": "wet open overheid",
    "wob": "wet openbaarheid van bestuur",
    "avg": "algemene verordening gegevensbescherming",
    "gdpr": "algemene verordening gegevensbescherming",
    "uavg": "uitvoeringswet algemene verordening gegevensbescherming",
    "uitvoeringswet avg": "uitvoeringswet algemene verordening gegevensbescherming",
    "brp": "wet basisregistratie personen",
    "wet brp": "wet basisregistratie personen",
    "wabb": "wet algemene bepalingen burgerservicenummer",
    "wet bag": "wet basisregistratie adressen en gebouwen",
    "woz": "wet waardering onroerende zaken",
    "wet woz": "wet waardering onroerende zaken",
    "bibob": "wet bevordering integriteitsbeoordelingen door het openbaar bestuur",
    "wet bibob": "wet bevordering integriteitsbeoordelingen door het openbaar bestuur",
    "fvw": "financiële-verhoudingswet",
    "financiële verhoudingswet": "financiële-verhoudingswet",
    "bbv": "besluit begroting en verantwoording provincies en gemeenten",
    "wet fido": "wet financiering decentrale overheden",
    "wnt": "wet normering topinkomens",
    "awr": "algemene wet inzake rijksbelastingen",
    "atw": "algemene termijnenwet",
    "awbi": "algemene wet op het binnentreden",
    "awgb": "algemene wet gelijke behandeling",
    "wgbh/cz": "wet gelijke behandeling op grond van handicap of chronische ziekte",
    "aanbestedingswet": "aanbestedingswet 2012",
    "archiefwet": "archiefwet 1995",
    "ambtenarenwet": "ambtenarenwet 2017",
    "comptabiliteitswet": "comptabiliteitswet 2016",
    "leerplichtwet": "leerplichtwet 1969",
    "lpw": "leerplichtwet 1969",
    "wpo": "wet op het primair onderwijs",
    "wvo": "wet voortgezet onderwijs 2020",
    "wet voortgezet onderwijs": "wet voortgezet onderwijs 2020",
    "wsf": "wet studiefinanciering 2000",
    "wet studiefinanciering": "wet studiefinanciering 2000",
    "wvw": "wegenverkeerswet 1994",
    "wegenverkeerswet": "wegenverkeerswet 1994",
    "elektriciteitswet": "elektriciteitswet 1998",
    "wet ib": "wet inkomstenbelasting 2001",
    "wet inkomstenbelasting": "wet inkomstenbelasting 2001",
    # Civil and criminal law
    "bw": "burgerlijk wetboek",
    "rv": "wetboek van burgerlijke rechtsvordering",
    "fw": "faillissementswet",
    "sr": "wetboek van strafrecht",
    "wvsr": "wetboek van strafrecht",
    "sv": "wetboek van strafvordering",
    "wvsv": "wetboek van strafvordering",
    # Treaties and ordinances
    "evrm": "europees verdrag voor de rechten van de mens",
    "ivrk": "verdrag inzake de rechten van het kind",
    "vweu": "verdrag betreffende de werking van de europese unie",
    "apv": "algemene plaatselijke verordening",
    "asv": "algemene subsidieverordening",
}
"""Abbreviations, short names and names without their year, to the full name."""

VOLUIT: frozenset[str] = frozenset(AFKORTINGEN.values()) | {
    "aanbestedingswet op defensie- en veiligheidsgebied",
    "alcoholwet",
    "arbeidsomstandighedenwet",
    "auteurswet",
    "beginselenwet justitiële jeugdinrichtingen",
    "erfgoedwet",
    "gezondheidswet",
    "kadasterwet",
    "kieswet",
    "leegstandwet",
    "mededingingswet",
    "opiumwet",
    "toeslagenwet",
    "warmtewet",
    "waterschapswet",
    "waterwet",
    "werkloosheidswet",
    "wet aanpak woonoverlast",
    "wet bestuurlijke boete overlast in de openbare ruimte",
    "wet bevordering eigenwoningbezit",
    "wet domeinoverstijgend samenwerken",
    "wet gemeentelijke antidiscriminatievoorzieningen",
    "wet op de jeugdverblijven",
    "wet op de lijkbezorging",
    "wet op de zorgtoeslag",
    "wet op het kindgebonden budget",
    "wet veiligheidsregio's",
    "ziektewet",
}
"""Full names that are known, in the form ``normal_regeling`` gives."""


@dataclass(frozen=True)
class Citation:
    """One article, or one regeling by its identifier, as a text names it.

    artikel: number as printed ('3:46', '12a', 'W 3', 'IV'); None with an identifier
        alone.
    lid: '2' for 'tweede lid' and for 'lid 2'; the first where several are named.
    onderdeel: letter ('a') or number ('1°'); the outer and first where several are.
    regeling: name, abbreviation or identifier as written, without 'van de'.
    start, end, text: place in the text read; ``source[start:end] == text``.
    """

    artikel: str | None
    lid: str | None
    onderdeel: str | None
    regeling: str | None
    start: int
    end: int
    text: str


def _list(words: str) -> list[str]:
    return words.split()


# Every repetition below has an upper bound or cannot overlap with what follows it, so
# each attempt at one place costs a bounded amount of work.

_S = r"\s{1,6}"
_S0 = r"\s{0,6}"
_COMMA = rf"{_S0},?{_S0}"
_YEAR = r"(?:18|19|20)[0-9]{2}"
_TOKEN = re.compile(r"[^\W_](?:[\w’'&]|[-/.](?=\w)|:(?=[0-9]))*-?")
_GAP = re.compile(_S)
_GAP_OR_COMMA = re.compile(rf",?{_S}")
_WHOLE_YEAR = re.compile(_YEAR)
_ID = re.compile(r"BWB[RVW][0-9]{7}|CVDR[0-9]{3,9}(?:[_/][0-9]{1,4})?", re.I)

_ART = re.compile(
    rf"(?P<plural>(?:wets)?artikelen|artt\.?)(?:{_S}|(?=[0-9]))"
    rf"|(?:wets)?artikel(?:{_S}|(?=[0-9]))|art(?:\.{_S0}|{_S}|(?=[0-9]))",
    re.I,
)
_NUMBER = re.compile(
    r"[0-9]{1,4}(?:quater|[a-z]{1,3}(?:[0-9]{1,2}[a-z]?)?)?"
    r"(?:[.:][0-9]{1,4}(?:[a-z]{1,3}[0-9]{0,2})?){0,5}(?!\w|[.:][0-9]|%|°)",
    re.I,
)
_LETTER_NUMBER = re.compile(rf"[a-z][a-z]?{_S}[0-9]{{1,3}}[a-z]{{0,2}}(?![\w:])", re.I)
_ROMAN = re.compile(  # 'VIIIa' too
    r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})[a-hA-H]?(?!\w)"
)
_ROMAN_IN_QUERY = re.compile(_ROMAN.pattern, re.I)

_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        _list(
            "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde "
            "twaalfde dertiende veertiende vijftiende zestiende zeventiende achttiende "
            "negentiende twintigste"
        ),
        1,
    )
}
_ORDINAL = "(?:" + "|".join(_ORDINALS) + r"|[0-9]{1,2}(?:e|de|ste))"
_AND = (
    rf"(?:{_S0},{_S0}(?:en|of){_S}|{_S0},{_S0}"
    rf"|{_S}(?:en|of|tot{_S}en{_S}met|tot|t/m|tm|-|–){_S})"
)
_LID_NUMBER = r"[0-9]{1,2}[a-z]{0,2}"
_ORDINAL_LID = rf"({_ORDINAL})(?:{_AND}{_ORDINAL}){{0,8}}{_S}(?:lid|leden)(?!\w)"
_LID_BY_ORDINAL = re.compile(rf"{_COMMA}(?:het{_S})?{_ORDINAL_LID}", re.I)
_LID_BY_NUMBER = re.compile(
    rf"{_COMMA}(?P<label>lid|leden){_S0}(?P<lid>{_LID_NUMBER})(?![\w:°]|\.[0-9])", re.I
)
_MORE_LEDEN = re.compile(rf"{_AND}([0-9]{{1,2}})[a-z]{{0,2}}(?![\w:°]|\.[0-9])", re.I)
_LID_IN_BRACKETS = re.compile(rf"\(({_LID_NUMBER})\)(?:\(([a-z])\))?", re.I)
_LID_BEFORE = re.compile(
    rf"(?:{_ORDINAL_LID}|lid{_S}({_LID_NUMBER})){_COMMA}van{_S}(?=art)", re.I
)
_ZIN = re.compile(
    rf"{_COMMA}(?:de{_S})?(?:(?:{_ORDINAL}|laatste){_S}(?:vol)?zin(?:snede)?"
    rf"|aanhef(?!{_S}en{_S}))(?!\w)",
    re.I,
)
_LETTER_END = r"(?![\w’']|-\w)"
_ONDERDEEL = re.compile(
    rf"{_COMMA}(?:(?:de{_S})?aanhef{_S}en{_S})?(?:het{_S})?"
    rf"(?P<label>onderdeel|onderdelen|onder|sub|punt|letter){_S}"
    rf"(?P<onderdeel>(?P<x>[a-z])(?P=x)?{_LETTER_END}|[0-9]{{1,2}}(?:[°º]|(?![\w.:%])))",
    re.I,
)
_MORE_ONDERDELEN = re.compile(
    rf"(?:{_S0}[,.]?{_S0}(?:(?:onder|sub){_S})?[0-9]{{1,2}}[°º]"
    rf"|{_AND}(?:(?:onder|onderdeel|sub){_S})?([a-z])\1?{_LETTER_END})",
    re.I,
)
_NEXT = re.compile(
    rf"(?P<close>[-–/])(?=[0-9])|{_S0},{_S0}(?:(?:en|of|alsmede){_S})?"
    rf"|{_S}(?:en|of|alsmede|juncto|jo\.?|tot{_S}en{_S}met|tot|t/m|tm|–){_S}",
    re.I,
)

# After a plain number: what may follow an article, and what makes it a count or a date.
_READS_ON = re.compile(
    r"\s{0,6}(?:\Z|[,;:.!?)\]\"'’”»](?![0-9])|[–—-]\s)|[^\S\n]{0,6}\n"
    rf"|{_S}(?:en|of|alsmede|jo|juncto|t/m|tot|van|uit|bedoelde?|genoemde?|is|zijn|was|"
    "wordt|worden|geldt|gelden|bepaalt|bepalen|zegt|regelt|stelt|kan|kunnen|moet|moeten|"
    "mag|mogen|biedt|geeft|eist|vereist|volgt|dat|die|over|maar|niet|staat|gaat|vraagt|"
    "verplicht|verbiedt|noemt|spreekt|schrijft|heeft|dus|omdat|want|onder|lid|leden|sub"
    r")(?!\w)",
    re.I,
)
_MONTH = (
    "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|"
    "december)"
)
_IS_COUNT = re.compile(
    rf"\s{{0,6}}(?:%|(?:{_MONTH}|jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|euro|"
    "procent|miljoen|miljard|duizend|keer|x|m2|meter|km|personen|mensen|woningen|"
    r"plaatsen|gemeenten)(?!\w))",
    re.I,
)
_IS_DATE = re.compile(rf"{_S}{_MONTH}(?!\w)", re.I)
_LEAD = re.compile(
    r"(?:\A|[(\[;\n]|(?<!\w)(?:zie|ex|jo\.?|juncto|conform|volgens|krachtens|ingevolge))"
    r"\s{0,6}\Z",
    re.I,
)
_NO_ARTICLE_BEFORE = re.compile(
    r"(?:[.,:/\-€$#+&=_°§²–]|(?<!\w)(?:hoofdstuk|titel|afdeling|paragraaf|par\.?|boek|"
    "deel|bijlage|groep|actielijn|stap|fase|tabel|figuur|versie|nummer|nr\\.?|lid|leden|"
    "onderdeel|categorie|schaal|kamer|pagina|blz\\.?|p\\.|zaal|punt|vraag|kolom|regel)"
    r"\s{1,6}|[€$#§]\s{0,6})\Z",
    re.I,
)

_CONNECTOR = re.compile(
    rf"{_COMMA}(?:(?:van|uit|in|bij|ex|krachtens){_S}(?:de|het)|van|uit|der|ex){_S}",
    re.I,
)
_BARE = re.compile(rf"{_S}\(?|{_S0},{_S}")
_HEADS = (
    "wetboek", "wet", "verordening", "besluit", "regeling", "reglement", "statuut",
    "verdrag", "richtlijn", "beleidsregels", "beleidsregel",
)  # fmt: skip
_OWN = re.compile(
    rf"{_COMMA}(?:van|in|uit|bij){_S}(?:(?:deze|die|dit|dat|dezelfde|hetzelfde|"
    rf"(?:voor|eerst|laatst)?genoemde){_S}\w{{0,40}}(?:{'|'.join(_HEADS)})"
    rf"|(?:de|het){_S}(?:{'|'.join(_HEADS)}))(?!\w)"
)
_JOIN = re.compile(rf"(?:{_S}\([^()\s]{{1,12}}\))?{_S0}[,:(]?{_S0}")
_AFTER_NAME = re.compile(rf"{_S}({_YEAR})(?!\w|[.:][0-9])(?:{_S}BES(?!\w))?")
_BOEK_AFTER = re.compile(rf"{_COMMA}boek{_S}[0-9]{{1,2}}a?(?!\w)", re.I)
_BOEK_BEFORE = re.compile(rf"boek{_S}[0-9]{{1,2}}a?{_S}(?:van{_S}(?:het{_S})?)?", re.I)
_PLACE = re.compile(
    r"\s(?:(?:van\s)?(?:de\s)?gemeente\s)?(?:['’][st][- ])?(?!Art(?:ikel)?\b)"
    r"[A-Z][\w’'-]{1,40}"
    r"(?:\s(?:(?:aan|op|bij|van|en)\s)?(?:(?:den|de|der|het)\s)?[A-Z][\w’'-]{1,40}){0,3}"
)

# Heads after which a name goes on in lower case: 'Wet goed verhuurderschap'.
_OPENERS = frozenset(
    _list(
        "wet wetboek besluit regeling verordening reglement beleidsregel beleidsregels "
        "richtlijn verdrag kaderwet beginselenwet uitvoeringswet invoeringswet "
        "instellingswet uitkeringswet garantiewet evaluatiewet overgangswet "
        "experimentenwet fusiewet liquidatiewet concessiewet deltawet aanpassingswet "
        "verzamelwet rijkswet reparatiewet herstelwet implementatiewet "
        "uitvoeringsbesluit uitvoeringsregeling kaderbesluit invoeringsbesluit "
        "subsidieregeling"
    )
)
_ADJECTIVES = frozenset(
    _list(
        "algemene fiscale tijdelijke nieuwe gemeentelijke regionale provinciale europese "
        "europees nadere nationale tranche wijziging"
    )
) | frozenset(_ORDINALS)
# Words at which such a name has ended in running text.
_NAME_STOPS = frozenset(
    _list(
        "is zijn was waren wordt worden werd werden heeft hebben had kan kunnen kon mag "
        "mogen moet moeten zal zullen geldt gelden bepaalt bepalen zegt regelt regelen "
        "stelt biedt geeft geven eist vereist volgt staat staan gaat vraagt verplicht "
        "verbiedt noemt die dat deze dit waarin waarop waarbij als dan dus maar want omdat "
        "indien tenzij wanneer niet geen ook al nog bedoelde bedoeld genoemde genoemd "
        "gestelde gesteld opgenomen aangewezen vastgestelde luidt maakt komt blijft vervalt "
        "treedt artikel artikelen art artt lid jo juncto moeten zoals hierna volgens wij we "
        "ik u zij ze hij er aan of een zich buiten waar wiens wie wier onder toepassing "
        "overeenkomstige overeenkomstig ingesteld ingestelde ingediend ingediende verstrekt "
        "verstrekte bepaalde alsmede jegens recht namens tegelijk berust respectievelijk "
        "onderscheidenlijk dient dienen blijkt bestaat valt vallen betreft"
    )
)
_LINKS = frozenset(
    _list("op de het en van voor in inzake betreffende tot bij der ter met door")
)

# Abbreviations that are also something else: only with 'artikel', or with a number that
# can be nothing but an article.
_ALSO_WORDS = frozenset(_list("anw asv bal bbl bibob bro brp bw rha suwi wht woz"))
_MAX_NAME_WORDS = 14
_MAX_QUERY = 400


def _fold(text: str) -> str:
    return text.lower().replace("’", "'")


_KNOWN = frozenset(AFKORTINGEN) | VOLUIT
_KNOWN_WORDS = frozenset(name.replace(",", "") for name in _KNOWN)
_KNOWN_STARTS = frozenset(
    " ".join(name.split()[:count])
    for name in _KNOWN_WORDS
    for count in range(1, len(name.split()) + 1)
)


# --- keys ----------------------------------------------------------------------------

_LEADING = re.compile(
    r"(?:(?:van|uit|in|ex|krachtens|ingevolge|volgens|de|het|een|onze|deze) )+(?=.)"
)
_TRAILING_YEAR = re.compile(rf"(.+?),? ({_YEAR})")
_LAST_BRACKETS = re.compile(r"([^()]+?) ?\(([^()]*)\)?")
_BOEK_OF = re.compile(
    r"boek ([0-9]{1,2}a?) (?:van )?(?:het )?(?:bw|burgerlijk wetboek)"
)
_OF_BOEK = re.compile(r"(?:bw|burgerlijk wetboek),? ?(?:boek )?([0-9]{1,2}a?)")
_LOCAL = re.compile(r"verordening|beleidsregel|nadere regels|apv|asv")
_OF_GEMEENTE = re.compile(r" (?:van )?(?:de )?gemeente (?=.)")
_BOEK_NUMBER = re.compile(r"([0-9]{1,2}a?):(.+)")
_LABEL = re.compile(r"\s*(?:artikel|art\.?)(?=[\s0-9])\s*", re.I)
# From this year on, a year behind a law that has none in its name says nothing.
_SAME_LAW_SINCE = 1990


def _is_local(name: str) -> bool:
    """Is this the name of an ordinance or policy rule, of which each gemeente has one?"""
    return bool(_LOCAL.search(name)) and "gegevensbescherming" not in name


@lru_cache(maxsize=4096)
def normal_regeling(name: str) -> str:
    """The one name of a regeling, for comparing: 'Awb' → 'algemene wet bestuursrecht'.

    In: a name, abbreviation or identifier as written. Out: lower case, one space between
    words, without 'van de' before it, abbreviations of ``AFKORTINGEN`` written out.

    The year at the end belongs to the name and stays ('Wmo 2007' is another law than the
    Wmo 2015), with two exceptions: a law known with one year gets that year when it is
    left out ('Huisvestingswet' → 'huisvestingswet 2014'), and a law known without a year
    loses one from 1990 on ('Woningwet 2015' → 'woningwet'; 'Woningwet 1962' is an older
    law). Of CVDR identifiers the version goes: 'CVDR123456_2' → 'cvdr123456'.
    """
    name = _fold(unicodedata.normalize("NFC", name)).replace("|", " ")
    name = " ".join(name.split()).strip(" .,;:?!\"'()")
    if leading := _LEADING.match(name):
        name = name[leading.end() :]
    if _ID.fullmatch(name):
        return re.split("[_/]", name)[0]
    if (found := _LAST_BRACKETS.fullmatch(name)) and found[2].strip() in _KNOWN:
        name = found[1]
    if name.replace(".", "") in AFKORTINGEN:
        name = name.replace(".", "")
    if found := _BOEK_OF.fullmatch(name) or _OF_BOEK.fullmatch(name):
        return f"burgerlijk wetboek boek {found[1]}"
    if name in _KNOWN:
        return AFKORTINGEN.get(name, name)
    if found := _TRAILING_YEAR.fullmatch(name):
        known, year = AFKORTINGEN.get(found[1], found[1]), found[2]
        if known in VOLUIT and not _is_local(known):
            if dated := _TRAILING_YEAR.fullmatch(known):
                return f"{dated[1]} {year}"
            return known if int(year) >= _SAME_LAW_SINCE else f"{known} {year}"
    if _is_local(name):
        name = _OF_GEMEENTE.sub(" ", name)
        first, space, rest = name.partition(" ")
        name = AFKORTINGEN.get(first, first) + space + rest
    return name


def article_key(regeling: str, artikel: str) -> str:
    """The key of one article: ('Awb', 'Artikel 3:46.') → 'algemene wet bestuursrecht|3:46'.

    In: a regeling as ``normal_regeling`` takes it, or ''; an article number with or
    without 'Artikel', a full stop or its title ('Artikel 29. Intrekking'), or '' for the
    regeling as a whole. Books of the Burgerlijk Wetboek are regelingen of their own:
    ('BW', '7:905') and ('Burgerlijk Wetboek Boek 7', '905') give the same key.
    """
    law = normal_regeling(regeling)
    if label := _LABEL.match(artikel):
        artikel = artikel[label.end() :]
    artikel = artikel.strip()
    number = _article_number(artikel) or artikel
    number = "".join(number.lower().replace("|", " ").split()).strip(".")
    if law.startswith("burgerlijk wetboek") and (
        boek := _BOEK_NUMBER.fullmatch(number)
    ):
        by_number = f"burgerlijk wetboek boek {boek[1]}"
        if law in ("burgerlijk wetboek", by_number):
            law, number = by_number, boek[2]
    return f"{law}|{number}"


def forms(citation: Citation) -> tuple[str, ...]:
    """Keys to look a citation up with, the most exact first.

    One key with the regeling, or '|3:46' when the citation names none. Of an ordinance
    with a year a second key without it, since people write 'APV 2023' for 'APV'.
    """
    artikel, regeling = citation.artikel or "", citation.regeling or ""
    keys = [article_key(regeling, artikel)]
    name = normal_regeling(regeling)
    if _is_local(name) and (found := _TRAILING_YEAR.fullmatch(name)):
        keys.append(article_key(found[1], artikel))
    return tuple(dict.fromkeys(keys))


# --- names of regelingen in text -----------------------------------------------------


def _words(
    text: str, pos: int, limit: int, gap: re.Pattern[str] = _GAP
) -> Iterator[re.Match[str]]:
    """At most ``limit`` words from ``pos`` on, with only ``gap`` between them."""
    for _ in range(limit):
        word = _TOKEN.match(text, pos)
        if word is None:
            return
        yield word
        between = gap.match(text, word.end())
        if between is None:
            return
        pos = between.end()


def _known_end(text: str, pos: int) -> int | None:
    """Where a known name or identifier that starts at ``pos`` ends, without its year."""
    word = _TOKEN.match(text, pos)
    if word is None:
        return None
    first = _fold(word[0])
    if first not in _KNOWN_STARTS:
        if _ID.fullmatch(first):
            return word.end()
        if "." in first and first.replace(".", "") in AFKORTINGEN:  # 'A.P.V.'
            return word.end() + text.startswith(".", word.end())
        return None
    end, name = None, ""
    for found in _words(text, pos, _MAX_NAME_WORDS, _GAP_OR_COMMA):
        name = f"{name} {_fold(found[0])}" if name else first
        if name not in _KNOWN_STARTS:
            break
        if name in _KNOWN_WORDS:
            end = found.end()
    return end


def _known_name(text: str, pos: int, limit: int | None) -> list[int]:
    """Ends of a known name at ``pos`` with what belongs to it, the longest first."""
    boek = _BOEK_BEFORE.match(text, pos)
    start = boek.end() if boek else pos
    end = _known_end(text, start)
    if end is None:
        return []
    name = normal_regeling(text[start:end])
    if name == "burgerlijk wetboek":
        after = None if boek else _BOEK_AFTER.match(text, end)
        return [after.end() if after else end]
    if boek:
        return []
    ends = [end]
    if year := _AFTER_NAME.match(text, end):
        ends.insert(0, year.end())
    if _is_local(name):
        if limit is not None and text[end:limit].strip() and limit not in ends:
            ends.insert(0, limit)
        elif place := _PLACE.match(text, end):
            year = _AFTER_NAME.match(text, place.end())
            ends.insert(0, year.end() if year else place.end())
    return ends


def _is_compound(folded: str) -> bool:
    """A word such as 'huisvestingswet' or 'urgentieverordening'."""
    return folded.endswith(_HEADS) and folded not in _HEADS


def _generic_end(text: str, pos: int, limit: int | None) -> int | None:
    """Where a name that is not known but reads as one ends; ``limit``: end of a query."""
    head, capital, hanging = None, False, False
    for word in _words(text, pos, 6):
        folded = _fold(word[0])
        capital = capital or word[0][0].isupper()
        if folded in _OPENERS or _is_compound(folded):
            head = word
            break
        # 'Algemene …', and the first half of 'Les- en cursusgeldwet'.
        if folded.endswith("-"):
            hanging = True
        elif folded not in _ADJECTIVES and not (hanging and folded in ("en", "of")):
            return None
    if head is None:
        return None
    folded, end = _fold(head[0]), head.end()
    if limit is not None:
        bare = folded in _OPENERS and not text[end:limit].strip()
        return None if bare or limit < end else limit
    if folded in _OPENERS:
        longer = _long_end(text, end, folded) if capital else None
        if longer is None and (folded in _HEADS or not capital):
            return None
        end = longer or end
    elif not folded.endswith(("wet", "wetboek")) and (place := _PLACE.match(text, end)):
        end = place.end()
    year = _AFTER_NAME.match(text, end)
    return year.end() if year else end


def _long_end(text: str, pos: int, head: str) -> int | None:
    """End of the words that go on with a name such as 'Wet …'; None without any."""
    gap = _GAP.match(text, pos)
    if gap is None:
        return None
    end, previous = None, head
    for word in _words(text, gap.end(), _MAX_NAME_WORDS):
        folded = _fold(word[0])
        if folded in _NAME_STOPS or folded[0].isdigit():
            break
        if previous in ("verdrag", "richtlijn") and folded not in _LINKS:
            break
        if previous == "en" and folded in ("de", "het"):
            break
        if folded not in _LINKS:
            end = word.end()
        previous = folded
    return end


def _name_after(text: str, pos: int, limit: int | None) -> tuple[int, int] | None:
    """The regeling that an article ending at ``pos`` belongs to, as (start, end)."""
    before = _CONNECTOR.match(text, pos)
    comma = False
    if before is None:
        before = _BARE.match(text, pos)
        if before is None:
            return None
        comma = "," in before[0]
    start = before.end()
    if ends := _known_name(text, start, limit):
        return start, ends[0]
    if not comma and (end := _generic_end(text, start, limit)):
        return start, end
    return None


# --- articles ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Item:
    """An article number with its lid and onderdeel, before its regeling is known."""

    start: int
    end: int
    artikel: str
    lid: str | None
    onderdeel: str | None

    @property
    def plain(self) -> bool:
        """A whole number and nothing else, that could as well count something."""
        return self.artikel.isdigit() and self.lid is None and self.onderdeel is None


def _article_number(text: str) -> str | None:
    found = _first_number(text, 0)
    return found[0][0] if found else None


def _first_number(text: str, pos: int) -> tuple[re.Match[str], re.Pattern[str]] | None:
    """The article number at ``pos``, and the kind of number it is."""
    for pattern in (_NUMBER, _LETTER_NUMBER, _ROMAN):
        if found := pattern.match(text, pos):
            return found, pattern
    return None


def _lid(found: str) -> str:
    """'tweede' and '2e' → '2'; 'lid 2' has '2' already, '2a' stays."""
    found = found.lower()
    if re.fullmatch(_ORDINAL, found):
        return _ORDINALS.get(found) or re.sub("(?:de|ste|e)$", "", found)
    return found


def _fits_article(text: str, pos: int) -> bool:
    """Does the text after a plain number fit an article, rather than a count?"""
    return bool(_READS_ON.match(text, pos)) or _name_after(text, pos, None) is not None


def _item(text: str, start: int, number: re.Match[str]) -> _Item:
    """The item of a number: with the lid and onderdeel that follow it."""
    artikel, pos = " ".join(number[0].split()), number.end()
    lid = onderdeel = None
    if found := _LID_IN_BRACKETS.match(text, pos):
        lid, onderdeel, pos = found[1].lower(), found[2], found.end()
    elif found := _LID_BY_ORDINAL.match(text, pos):
        lid, pos = _lid(found[1]), found.end()
    elif found := _LID_BY_NUMBER.match(text, pos):
        lid, pos = _lid(found["lid"]), found.end()
        # 'artikel 12 lid 2 en 3' has two leden; 'artikel 3 lid 1 en 4' two articles.
        leden = found["label"].lower() == "leden"
        last = int(re.sub("[a-z]+", "", lid))
        below = int(artikel) if artikel.isdigit() else 100
        while more := _MORE_LEDEN.match(text, pos):
            among = leden or last < int(more[1]) < below
            if not among or not _fits_article(text, more.end()):
                break
            last, pos = int(more[1]), more.end()
    while found := _ZIN.match(text, pos):
        pos = found.end()
    if onderdeel is None and (found := _ONDERDEEL.match(text, pos)):
        value = found["onderdeel"].replace("º", "°")
        if found["label"].lower() != "onder" or not value.isdigit():
            onderdeel, pos = value.lower(), found.end()
            while more := _MORE_ONDERDELEN.match(text, pos):
                pos = more.end()
    return _Item(start, pos, artikel, lid, onderdeel)


def _items(
    text: str,
    start: int,
    number: re.Match[str],
    pattern: re.Pattern[str],
    plural: bool = False,
) -> list[_Item]:
    """The articles of a list that starts with ``number``; of a range both ends.

    Between the ends of '7 t/m 9' can lie 8 as well as 8a: only the regeling knows.
    """
    items = [_item(text, start, number)]
    while step := _NEXT.match(text, items[-1].end):
        following = pattern.match(text, step.end())
        if following is None:
            break
        item = _item(text, following.start(), following)
        if item.plain:
            four = items[0].artikel.isdigit() and len(items[0].artikel) == 4
            if _WHOLE_YEAR.fullmatch(item.artikel) and not four:
                break
            if _IS_COUNT.match(text, item.end) or not (
                plural or step["close"] or _fits_article(text, item.end)
            ):
                break
        items.append(item)
    return items


def _citations(
    text: str, items: list[_Item], name: tuple[int, int] | None
) -> list[Citation]:
    """Citations of a list of articles, with the one regeling they share."""
    regeling = " ".join(text[name[0] : name[1]].split()) if name else None
    result = []
    for index, item in enumerate(items):
        start, end = item.start, item.end
        if name and index == 0:
            start = min(start, name[0])
        if name and index == len(items) - 1:
            end = max(end, name[1])
        result.append(
            Citation(
                artikel=item.artikel,
                lid=item.lid,
                onderdeel=item.onderdeel,
                regeling=regeling,
                start=start,
                end=end,
                text=text[start:end],
            )
        )
    return result


def _announced(
    text: str,
    start: int,
    art: re.Match[str],
    limit: int | None,
    before: tuple[int, int] | None = None,
) -> tuple[list[_Item], tuple[int, int] | None] | None:
    """Articles after 'artikel', and the regeling after them.

    before: a regeling in front of them, which they may belong to.
    """
    first = _first_number(text, art.end())
    if first is None and limit is not None:
        roman = _ROMAN_IN_QUERY.match(text, art.end())
        first = (roman, _ROMAN_IN_QUERY) if roman else None
    if first is None or _IS_DATE.match(text, first[0].end()):
        return None
    number, pattern = first
    items = _items(text, start, number, pattern, bool(art["plural"]))
    name = _name_after(text, items[-1].end, limit)
    if pattern is not _NUMBER and not number[0][0].isupper():
        # 'artikel iv wet x' and 'artikel w 3 kieswet', but not 'artikel in 3 delen'.
        law = name or before
        if law is None or (
            pattern is _LETTER_NUMBER
            and normal_regeling(text[law[0] : law[1]]) != "kieswet"
        ):
            return None
    return items, name


def _strong(number: str) -> bool:
    """Can this be nothing but an article number ('3:46', '151c', '2.4.1')?"""
    if ":" in number:
        return True
    if "." in number:
        return not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", number)
    # Not '3e', '3x', '5k', '5m', '10u', '50g'.
    return bool(re.fullmatch(r"[0-9]+(?![egkmux]\Z)[a-z]{1,3}", number, re.I))


def _beside(
    text: str, item: _Item, name: tuple[int, int], before: bool, whole: bool
) -> bool:
    """May a number beside a regeling, without 'artikel', be taken as its article?

    before: the number comes before the regeling. whole: this is all of a query.
    """
    written = text[name[0] : name[1]]
    folded, number = _fold(written), item.artikel
    if item.plain and _WHOLE_YEAR.fullmatch(number):
        return False
    if folded == "bw" and ":" not in number:  # also 'beschermd wonen'
        return False
    if whole or ":" in number:
        return True
    strong = _strong(number)
    if folded in _ALSO_WORDS and not strong:
        return False
    if item.lid or item.onderdeel:
        return True
    reads_on = bool(_READS_ON.match(text, max(item.end, name[1])))
    if strong:
        return reads_on or number.count(".") != 1  # '2.5 Wmo' may be a decimal
    if len(folded) < 4 and folded == written:
        return False
    if before and not _LEAD.search(text[max(0, item.start - 24) : item.start]):
        return False
    return reads_on


def _from_article(text: str, pos: int, limit: int | None) -> list[Citation]:
    """Citations that start with 'artikel', or with 'eerste lid van artikel'."""
    lid = _LID_BEFORE.match(text, pos)
    art = _ART.match(text, lid.end() if lid else pos)
    found = _announced(text, pos, art, limit) if art else None
    if found is None:
        return []
    items, name = found
    if lid and items[0].lid is None:
        items[0] = replace(items[0], lid=_lid(lid[1] or lid[2]))
    return _citations(text, items, name)


def _names_law(text: str, name: tuple[int, int]) -> bool:
    """A known regeling, or one whose name says that it is a law or ordinance."""
    return _known_end(text, name[0]) is not None or bool(
        re.search("wet|verordening", _fold(text[name[0] : name[1]]))
    )


def _from_number(text: str, pos: int, limit: int | None) -> list[Citation]:
    """Citations that start with the number: '151c Gemeentewet'."""
    number = _NUMBER.match(text, pos)
    if number is None or text.startswith("-", number.end()):
        return []
    if _NO_ARTICLE_BEFORE.search(text[max(0, pos - 24) : pos]):
        return []
    item = _item(text, pos, number)
    name = _name_after(text, item.end, limit)
    if name is None or not _names_law(text, name):
        return []
    if not _strong(item.artikel) and not _known_name(text, name[0], limit):
        return []
    if limit is None and item.plain and _CONNECTOR.match(text, item.end):
        return []
    if not _beside(text, item, name, before=True, whole=limit is not None):
        return []
    return _citations(text, [item], name)


def _name_ends(text: str, pos: int, limit: int | None) -> list[int]:
    """Where a regeling at ``pos`` that comes before its article may end."""
    stop = None
    if limit is not None:
        # In a query the name may run on to 'artikel', or to a last number.
        starts = [m.start() for m in _ART.finditer(text, pos) if _starts_word(text, m)]
        last = text[pos:limit].rsplit(maxsplit=1)[-1:]
        if not starts and last and _NUMBER.fullmatch(last[0]) and _strong(last[0]):
            starts = [limit - len(last[0])]
        stop = pos + len(
            text[pos : starts[0] if starts else pos].rstrip(" ,:(\t\n\xa0")
        )
    if ends := _known_name(text, pos, stop):
        return ends
    if stop is not None and stop <= pos:
        return []
    end = _generic_end(text, pos, stop)
    return [end] if end else []


def _from_name(text: str, pos: int, limit: int | None) -> list[Citation]:
    """Citations that start with the regeling: 'Hw 12 lid 2', 'Gemeentewet, art. 149'."""
    for end in _name_ends(text, pos, limit):
        join = _JOIN.match(text, end)
        after = join.end() if join else end
        if art := _ART.match(text, after) if after > end else None:
            found = _announced(text, art.start(), art, limit, (pos, end))
            if found and found[1] is None and not _OWN.match(text, found[0][-1].end):
                return _citations(text, found[0], (pos, end))
            continue
        gap = _GAP.match(text, end)
        number = _NUMBER.match(text, gap.end()) if gap else None
        if number is None or _NOT_AFTER_NUMBER.match(text, number.end()):
            continue
        if not _names_law(text, (pos, end)) or (
            _known_end(text, pos) is None and not _strong(number[0])
        ):
            continue
        items = _items(text, number.start(), number, _NUMBER)
        if _beside(text, items[0], (pos, end), before=False, whole=limit is not None):
            return _citations(text, items, (pos, end))
    return []


_NOT_AFTER_NUMBER = re.compile(rf"-|,[0-9]|{_IS_COUNT.pattern}", re.I)


def _starts_word(text: str, found: re.Match[str]) -> bool:
    before = text[found.start() - 1 : found.start()]
    return not (before.isalnum() or before in ("_", "-"))


# Words worth a closer look: most words of a text are none of these.
_ARTICLE_WORD = re.compile(rf"(?:wets)?art|lid\Z|{_ORDINAL}\Z")
_NAME_WORDS = _KNOWN_STARTS | _OPENERS | _ADJECTIVES | {"boek"}


def _may_name(folded: str) -> bool:
    return (
        folded in _NAME_WORDS
        or folded.endswith((*_HEADS, "-"))
        or folded.startswith(("bwb", "cvdr"))
        or "." in folded
    )


def _find(text: str, limit: int | None) -> list[Citation]:
    """All citations; ``limit``: end of a query, in which a name may run to that end."""
    result: list[Citation] = []
    pos = 0
    while word := _TOKEN.search(text, pos):
        start, pos = word.start(), word.end()
        folded = _fold(word[0])
        found: list[Citation] = []
        if _ARTICLE_WORD.match(folded):
            found = _from_article(text, start, limit)
        if not found and "0" <= folded[0] <= "9":
            found = _from_number(text, start, limit)
        elif not found and _may_name(folded):
            found = _from_name(text, start, limit)
            if not found and _ID.fullmatch(folded):
                found = [
                    Citation(None, None, None, word[0], start, pos, text[start:pos])
                ]
        if found:
            result += found
            pos = found[-1].end
    return result


def find_citations(text: str) -> list[Citation]:
    """All citations inside running text, in order, none overlapping.

    Articles of a list share the regeling behind it: 'artikelen 4 en 5 Wmo 2015' gives
    'artikelen 4' and '5 Wmo 2015', both with regeling 'Wmo 2015'. Of a range ('7 t/m 9')
    the first and the last. 'artikel 3 of artikel 4 Awb' shares nothing: the first can be
    of the regeling in which it stands.
    """
    return _find(text, None)


_FILLER = frozenset(
    _list(
        "wat hoe waar staat staan er in luidt zegt bepaalt betekent is de het tekst wettekst "
        "van inhoud uitleg lees toon zoek geef open zie ex over mij me ik wil graag precies "
        "eigenlijk letterlijke volledige conform volgens krachtens op grond ingevolge deze "
        "die dit dat wet verordening regeling besluit te vinden lezen nl wetten"
    )
)


_OWN_NAME = re.compile(_OWN.pattern, re.I)


def regeling_behind(text: str, pos: int) -> str:
    """What an article that ends at ``pos`` belongs to when that has no name of its own.

    'deze verordening', 'de wet', 'die regeling'; '' when nothing of the kind follows.
    """
    found = _OWN_NAME.match(text, pos)
    return " ".join(found[0].strip(" ,").split()[1:]) if found else ""


def parse_query(text: str) -> Citation | None:
    """The citation when a query is one in essence, otherwise None.

    In essence: one citation, and around it only filler ('wat staat er in … ?'). Case does
    not matter and a name that is not known may fill the rest of the query: 'artikel 30
    wet bescherming antarctica', 'artikel 2:10 apv utrecht'. A list or range is more than
    one citation, so None.
    """
    if len(text) > _MAX_QUERY:
        return None
    query = text.rstrip(" \t\r\n\xa0?!.,;:\"'”’»)")
    found = _find(query, len(query))
    if len(found) != 1:
        return None
    citation = found[0]
    around = f"{query[: citation.start]} {query[citation.end :]}"
    if all(_fold(word[0]) in _FILLER for word in _TOKEN.finditer(around)):
        return citation
    return None
