"""By which words a text gives urgency, or opens a list of who has it."""

from __future__ import annotations

from .groepen import woorden

URGENTIE = (
    r"(?:\b(?:\w+-?)?urgentie(?!-?(?:categor|commissie|grond|regel|verord|aanvra|beleid|bepal|verzoek|punt))\w*"
    r"|\bvoorrang(?!s?(?:regel|lijst|commissie))\w*)"
)
_VERBUM = (
    r"(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen|toekennen|afgeven|krijgt|krijgen|verkrijgen|ontvangt|ontvangen"
    r"|heeft|hebben|geniet|genieten)"
)
VERLEEND = r"(?:genomen|toegewezen|ingewilligd|gehonoreerd|verleend|afgegeven|toegekend|gegeven|verstrekt|verkregen)"
_GAAT_DOOR = rf"(?!\b(?:die|dat|wie|als|indien|wanneer|mits|omdat|geen|niet|pas|alleen|om|hoeveel|komt|komen|{_VERBUM}|{VERLEEND})\b)"
# Words of the same clause between a verb and what it gives.
_TUSSEN = rf"(?:{_GAAT_DOOR}[^.;:,])"
CATEGORIE = r"(?:\w*categorie(?:ën)?|\w*groep(?:en)?|\w*indicaties?|\w*gronden|\w*situaties|omstandigheden|gevallen)"
_URGENT = rf"(?:urgent\w*(?: woningzoekenden?)?|de groep urgent\w*|{CATEGORIE})"
GEEFT = woorden(
    rf"\b{_VERBUM}\b{_TUSSEN}{{0,70}}?(?<!voor )(?<!over )(?<!om )(?<!bij )(?<!na )(?<!naast )(?<!zonder ){URGENTIE}(?: toe\b| af\b)?",
    rf"\b(?:honoreert|honoreren|willigt|willigen)\b{_TUSSEN}{{0,70}}?{URGENTIE}",
    r"\burgente? (?:woningzoekenden )?(?:wordt|worden) (?:onderscheiden|verdeeld|onderverdeeld|ingedeeld) in\b",
    rf"\bval(?:t|len) onder (?:de |een )?{_TUSSEN}{{0,20}}?(?:urgentie|voorrangs?)-?(?:categorie|groep|regeling)\w*",
    rf"\bsprake van (?:een )?{URGENTIE}|\bvan {URGENTIE} is sprake",
    rf"{URGENTIE} (?:op grond van|op basis van|volgens|krachtens|ingevolge) {_TUSSEN}{{0,40}}?\b(?:krijgt|krijgen|heeft|hebben|geniet|genieten)\b",
    rf"\b(?:kan|kunnen)\b[^.;:,]{{0,60}}?\bals {_URGENT} (?:aanmerken|beschouwen)",
    rf"{URGENTIE}\b{_TUSSEN}{{0,50}}?\b(?:wordt|worden|kan|kunnen|is|zijn)\b{_TUSSEN}{{0,60}}?\b{VERLEEND}(?: worden)?",
    rf"\b(?:wordt|worden|kan|kunnen)\b{_TUSSEN}{{0,60}}?{URGENTIE}{_TUSSEN}{{0,20}}?\b{VERLEEND}",
    rf"\b(?:kan|kunnen)\b{_TUSSEN}{{0,60}}?{URGENTIE}{_TUSSEN}{{0,45}}?\b{_VERBUM}",
    rf"{URGENTIE} (?:bij (?:de )?(?:toewijzing|toewijzen) van (?:een )?(?:woning|woningen|woonruimte) )?(?:krijgt|krijgen|heeft|hebben|geniet|genieten|ontvangt|ontvangen)\b",
    rf"{URGENTIE} (?:is|zijn|geldt|gelden|bestaat)\b{_TUSSEN}{{0,20}}? voor\b",
    r"\b(?:urgentie|voorrangs?)-?(?:categorieën|gronden|groepen) zijn(?: de volgende)?",
    rf"\b(?:wordt|worden|zijn|is)\b{_TUSSEN}{{0,40}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld) (?:als|tot|in) {_TUSSEN}{{0,20}}?{_URGENT}",
    rf"\bmet (?:voorrang|urgentie)\b{_TUSSEN}{{0,40}}?\b(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
    rf"\b(?:wordt|worden)\b{_TUSSEN}{{0,30}}?\bmet (?:voorrang|urgentie) (?:\w+ ){{0,2}}(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
    rf"\bin (?:de|een) {_TUSSEN}{{0,20}}?(?:urgentie|voorrangs?)-?(?:categorie|groep){_TUSSEN}{{0,40}}?(?:geplaatst|opgenomen)",
    rf"\b(?:wordt|worden|kan|kunnen)\b{_TUSSEN}{{0,40}}?(?:als )?urgent (?:worden )?(?:verklaard|bestempeld|bevonden|geacht)",
    rf"\burgent(?:e|en)?(?: woningzoekend\w*)?\b{_TUSSEN}{{0,60}}? (?:is|zijn|geldt|gelden)\b",
    rf"\bzijn\b{_TUSSEN}{{0,20}}?\b{CATEGORIE}{_TUSSEN}{{0,15}}?(?:\burgent\w*|{URGENTIE})",
    r"\b(?:is|zijn) urgent\b|\bverkla(?:art|ren) urgent\b",
    rf"\b(?:geldt|gelden|bestaat|is|zijn)\b{_TUSSEN}{{0,40}}?{URGENTIE}{_TUSSEN}{{0,20}}? voor\b",
    rf"\b(?:wordt|worden)\b{_TUSSEN}{{0,60}}?\b(?:als|tot|in|onder) {_TUSSEN}{{0,30}}?{_URGENT}{_TUSSEN}{{0,40}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld|begrepen|verstaan)",
    rf"\b(?:als|tot|in|onder) {_TUSSEN}{{0,30}}?{_URGENT}{_TUSSEN}{{0,60}}?\b(?:wordt|worden|is|zijn)\b{_TUSSEN}{{0,50}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld|begrepen|verstaan)",
    rf"\b(?:recht|aanspraak) op (?:een )?{URGENTIE}(?: heeft| hebben)?|\bmaakt aanspraak op (?:een )?{URGENTIE}",
    rf"\bkom(?:t|en) {_TUSSEN}{{0,40}}?in aanmerking(?: voor(?: een)? {URGENTIE})?",
    rf"\bin aanmerking\b{_TUSSEN}{{0,60}}? kom(?:t|en)\b",
    rf"\bvoor (?:een )?{URGENTIE}{_TUSSEN}{{0,40}}? kom(?:t|en){_TUSSEN}{{0,30}}? in aanmerking",
    rf"\btot (?:de |een )?{_TUSSEN}{{0,40}}?(?:{CATEGORIE}|urgent\w* woningzoekenden){_TUSSEN}{{0,40}}?\b(?:beho(?:ort|ren)|wordt gerekend|worden gerekend)(?: verder| ook| in ieder geval)?",
    rf"\bbeho(?:ort|ren) {_TUSSEN}{{0,20}}?tot {_TUSSEN}{{0,45}}?(?:{CATEGORIE}|urgent\w* woningzoekenden)",
    r"categorie (?:wordt|worden) gevormd door|\bgelijkgesteld met {0}",
    r"\b(?:wordt|worden|is|zijn)\b[^.;:]{0,40}gelijkgesteld met (?:de |een )?(?:urgent\w*|woningzoekenden|uitstromers?)\b",
    rf"\bvolgende {CATEGORIE}(?: woningzoekenden)?(?: zijn er| krijgen (?:urgentie|voorrang))?:?",
    r"\b(?:een )?urgentiegrond\w* (?:is|zijn)|\b(?:is|zijn) (?:een )?urgentiegrond\w*",
    rf"\bdeelt\b[^.;:,]{{0,60}}\b{CATEGORIE} in\b",
)
WERKWOORD = woorden(
    rf"\b(?:{_VERBUM}|{VERLEEND}|aangemerkt|aanmerken|aangewezen|beschouwd|beschouwen|verstaan|gehuisvest|bemiddeld|aangeboden|honoreert|honoreren"
    r"|willigt|willigen|onderscheiden|verdeeld|onderverdeeld|ingedeeld|vallen|valt)\b"
)
IN_CATEGORIE = woorden(rf"\b(?:tot|in|onder|volgende) [^.;:]*{CATEGORIE}")
COLLEGE_GEEFT = woorden(
    r"(?:verklaart|verklaren|verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen)\b"
)
# A list of situations: who is in one is the group.
SITUATIES = woorden(
    rf"{CATEGORIE} (?:zijn|is)\b|\b(?:volgende|tot) [^.;:]*{CATEGORIE}|gronden zijn"
)
# Above a list: other verbs that give urgency, and nothing of what else is done about it.
OPENT = woorden(
    rf"\b(?:verkla(?:art|ren)|wij(?:st|zen)|dee?l(?:t|en)|merk(?:t|en)|reken(?:t|en)|beschouw(?:t|en)|plaats(?:t|en)|geldt|gelden|bestaat|heeft|hebben|krijgt|krijgen)\b"
    rf"(?:(?!\b(?:die|dat|geen|niet|om|of|{VERLEEND})\b)[^.;:,]){{0,80}}?(?:{URGENTIE}|\burgent\b|\burgente woningzoekenden|\burgentie(?:categorie|groep)\w*)",
    rf"\b(?:kan|kunt|kunnen) (?:een )?{URGENTIE} (?:aan)?vragen (?:als u |als zij )?in (?:een|één) van (?:de volgende|deze) (?:situaties|gevallen)\b",
    r"\bvoorrang,? (?:valt|vallen)\s*:",
)
DOOR_WIE = woorden(
    r"\b(?:door|met|bij|over|of|om|onder|tegen|na|tot|volgens|waarbij|waarop|moet|moeten|mag|mogen|dient|dienen)\s*:\s*$"
)
PROCEDURE = woorden(
    r"advie|advis|voeg(?:t|en)\b|overleg|bewijs|gegevens|vermeld|bevat|bestaat uit|bestaan uit|weiger|intrek|ingetrokken|\btrek(?:t|ken)\b|verval|eindig|beslis"
    r"|rekening|onderzoe|\bvra(?:ag|gen)t?\b|aangevraagd|ingediend|\bmeld|inform|rapport|regist|termijn|verleng|wijzig|formulier|voorwaarde|zoekprofiel"
    r"|volgorde|rangorde|bepaal|toets|beoordel|geldig|samenwerk|afspra|leges|kosten|betaal|toegezonden|st[u]+r(?:t|en)\b|zend|verzonden|bekend|mededel|kopie|afschrift"
    r"|mandaat|bevoegd|machtig|opdracht|uitvoer|subsidie|schors|opschort|omgezet|\bof (?:de|een|hij|zij|er)\b|\bmet (?:een |de )?urgentie|\bte (?:verlenen|geven|verstrekken)"
    r"|\bna te gaan|\bgaat\b[^:]*\bna\b|\bweegt|toezicht|bezwaar|namens|verantwoord|evalu|telt|mee(?:ge)?wog|bespreek|bespreken|\blet(?:ten)?\b"
    r"|houdt|omvat|betekent|inhoud|\bdoel\b|\bta(?:ak|ken)\b|stukken|document|\bhor(?:en|t)\b|verplicht(?!e? )|onderwerpen"
)
# Under such a title a list is of who has it, when the words above it name its kind.
SOORT_LIJST = woorden(rf"{CATEGORIE}|urgen|voorrang|\bgrond\b")
TITEL_LIJST = woorden(
    r"(?:urgentie|voorrangs?)-?(?:categorie|grond|groep)\w*|categorie\w* (?:van )?(?:urgent|woningzoek)\w*|urgente? woningzoekenden|\burgenten\b",
    r"(?:grond\w*|indicaties) voor (?:urgentie|voorrang)|aangewezen (?:groepen|categorie\w*)",
)
# The same with the group in the middle: 'komt een dakloos gezin in aanmerking'.
OM_DE_GROEP = (
    (woorden(r"\bkom(?:t|en)\b"), woorden(r"\bin aanmerking\b")),
    (
        woorden(r"\b(?:wordt|worden|kan|kunnen)\b"),
        woorden(rf"{URGENTIE}{_TUSSEN}{{0,20}}?\b{VERLEEND}"),
    ),
    (
        woorden(
            r"\b(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|krijgt|krijgen|ontvangt|ontvangen)\b"
        ),
        woorden(rf"{URGENTIE}"),
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
TITEL_GEEFT = woorden(r"^(?:wettelijke |verplichte )?urgentie(?:categorie|grond)\w*")
