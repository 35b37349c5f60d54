"""By which words a text gives urgency, or opens a list of who has it."""

from __future__ import annotations

from .groepen import woorden

URGENTIE = (
    r"(?:\b(?:gelijke|zodanige|dezelfde|deze) (?:verklaring|aanspraak)\b|\burgente status\b|\bvoorkeurs(?:behandeling|positie)\b|\b(?:\w+-?)?urgentie(?!-?(?:categor|commissie|grond|regel|verord|aanvra|beleid|bepal|verzoek|punt))\w*"
    r"|\bvoorrang(?!s?(?:regel|lijst|commissie))\w*)"
)
_VERBUM = (
    r"(?:verleent|verlenen|verstrekt|verstrekken|geeft|geven|kent|kennen|toekennen|afgeven|hebt|heb|krijg|krijgt|krijgen|verkrijgen|ontvangt|ontvangen"
    r"|heeft|hebben|geniet|genieten)"
)
VERLEEND = r"(?:genomen|toegewezen|ingewilligd|gehonoreerd|verleend|afgegeven|toegekend|gegeven|verstrekt|verkregen)"
_GAAT_DOOR = rf"(?!(?<!van )(?<!door )(?<!in )\b(?:die|dat)\b|\b(?:wie|als(?! (?:gezin|huishouden|eerste|\w+ ouders?)\b)|indien|wanneer|mits|omdat|informatie|uitleg|geen|niet|pas|alleen|om|hoeveel|komt|komen|{_VERBUM}|{VERLEEND})\b)"
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
    rf"\b(?:wordt|worden|kan|kunnen)\b{_TUSSEN}{{0,60}}?{URGENTIE}{_TUSSEN}{{0,60}}?\b{VERLEEND}",
    rf"\b(?:kan|kunnen)\b{_TUSSEN}{{0,60}}?{URGENTIE}{_TUSSEN}{{0,45}}?\b{_VERBUM}",
    rf"{URGENTIE}(?: (?:bij|op|voor|in|boven){_TUSSEN}{{1,50}}?)? (?:krijgt|krijgen|heeft|hebben|geniet|genieten|ontvangt|ontvangen)\b",
    rf"{URGENTIE} (?:is|zijn|geldt|gelden|bestaat)\b{_TUSSEN}{{0,20}}? voor\b",
    r"\b(?:urgentie|voorrangs?)-?(?:categorieën|gronden|groepen) zijn(?: de volgende)?",
    rf"\b(?:wordt|worden|zijn|is)\b{_TUSSEN}{{0,40}}?\b(?:aangemerkt|aangewezen|beschouwd|gerekend|ingedeeld) (?:als|tot|in) {_TUSSEN}{{0,20}}?{_URGENT}",
    rf"\b(?:met|bij) (?:voorrang|urgentie)\b{_TUSSEN}{{0,40}}?\b(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
    rf"\b(?:wordt|worden)\b{_TUSSEN}{{0,30}}?\b(?:met|bij) (?:voorrang|urgentie) (?:\w+ ){{0,2}}(?:toegewezen|aangeboden|gehuisvest|bemiddeld)",
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
    rf"\b(?:deelt|delen)\b[^.;:,]{{0,60}}\b{CATEGORIE} in\b",
    rf"\b(?:deelt|delen) in (?:de|een) {_TUSSEN}{{0,20}}?{CATEGORIE} in\b|\b(?:wordt|worden) {_TUSSEN}{{0,40}}?ingedeeld\b|\bin {_TUSSEN}{{0,30}}?{CATEGORIE}{_TUSSEN}{{0,20}}? (?:wordt|worden) ingedeeld\b",
    rf"\breken(?:t|en)\b{_TUSSEN}{{0,40}}?\btot {_TUSSEN}{{0,40}}?(?:{_URGENT}|{URGENTIE})|\btot {_TUSSEN}{{0,40}}?(?:{_URGENT}|{URGENTIE}){_TUSSEN}{{0,20}}? reken(?:t|en)\b",
    rf"\bwij(?:st|zen)\b{_TUSSEN}{{0,30}}?\bals {_TUSSEN}{{0,20}}?{_URGENT}{_TUSSEN}{{0,10}}? aan\b|\bonder {_TUSSEN}{{0,20}}?urgente woningzoekenden{_TUSSEN}{{0,10}}? val(?:t|len)\b",
    rf"{URGENTIE}{_TUSSEN}{{0,50}}? is er (?:ook )?voor\b|\bverkla(?:art|ren)\b{_TUSSEN}{{0,60}}?\burgent\b",
    rf"\bwij(?:st|zen) de aanvra\w+{_TUSSEN}{{0,20}}? toe\b|\bpast de urgentieregeling toe op\b|\b(?:wordt|worden)\b{_TUSSEN}{{0,60}}?\b(?:met|bij) voorrang (?:behandeld|in aanmerking gebracht)",
    rf"\bingedeeld in {_TUSSEN}{{0,30}}?\burgentieklasse",
    rf"\bop de (?:urgentie|voorrangs?)lijst {_TUSSEN}{{0,20}}?(?:geplaatst|gezet)|\b(?:wordt|worden)\b{_TUSSEN}{{0,20}}?\b(?:op de (?:urgentie|voorrangs?)lijst|boven ?aan de lijst{_TUSSEN}{{0,30}}?) geplaatst",
    rf"\b(?:met|via) een {URGENTIE} (?:wordt|worden) (?:bemiddeld|gehuisvest)|\bga(?:at|an) met (?:voorrang|urgentie) naar",
    rf"\b(?:geldt|gelden) als (?:een )?(?:urgentiegrond|grond voor {_TUSSEN}{{0,20}}?{URGENTIE})|\bval(?:t|len) onder de groep met voorrang|\bbij voorrang\b{_TUSSEN}{{0,30}}?\b(?:gehuisvest|bemiddeld|aangeboden)",
    rf"\bwoning\w* (?:met|bij) voorrang (?:beschikbaar gesteld|aangeboden)|\baanvra\w+ om {URGENTIE} ingewilligd|\bplaats(?:t|en)\b{_TUSSEN}{{0,30}}?\bin een urgentiecategorie|\bsta(?:at|an)\b{_TUSSEN}{{0,20}}? vooraan\b",
    r"\bga(?:at|an) (?:voor|vóór) (?=degene|de |wie |personen|mensen|gezinnen|woningzoekenden)|\bals woningzoekenden? met (?:voorrang|urgentie) (?:geldt|gelden|worden aangemerkt)",
    r"\bkrijg(?:t|en) (?:\w+ ){0,4}een (?:\w+ )?woning aangeboden\b",
    rf"\b(?:maakt|maken|heeft|hebben) aanspraak\b|\b(?:wordt|worden) met een {URGENTIE} geholpen|\b(?:deelt|delen)\b{_TUSSEN}{{0,40}}?\bin als urgent|\bin (?:urgentie|voorrangs)groep \w+ in\b|\b(?:boven|vóór) (?:alle )?andere (?:woningzoekenden|gegadigden) geplaatst",
    r"\b(?:wordt|worden) (?:\w+ ){0,2}(?:geregistreerd|ingeschreven) als urgent\w*|\btoegang tot de voorrangsregeling heeft",
    r"\b(?:aan wie|voor wie) urgentie toekomt|\b(?:merkt|merken) als (?:\w+ )?urgent aan|\b(?:wordt|worden)\b[^.;:,]{0,50}\b(?:voor|boven|vóór) (?:alle )?andere woningzoekenden geplaatst|\bga(?:at|an) als urgent voor\b",
    r"\btot de met (?:voorrang|urgentie) te huisvesten (?:personen|groepen) beho(?:ort|ren)|\bga(?:at|an|t)?\b[^.;:,]{0,12}\bmet (?:voorrang|urgentie) naar een (?:\w+ )?(?:woning|huis)",
    r"\bmet (?:voorrang|urgentie) een (?:\w+ )?(?:woning|huis|woonruimte)(?: (?:krijg|krijgt|krijgen))?\b",
    r"\brecht op indeling in [^.;:,]{0,20}urgentie\w*|\b(?:kent|kennen|krijgt|krijgen) (?:\w+ ){0,2}urgentiepunten(?: toe)?",
    r"\bin de (?:\w+ )?(?:voorrangs|urgentie)(?:klasse|groep) (?:\w+ )?geplaatst|\b(?:wordt|worden) (?:door het college )?in de (?:\w+ )?(?:voorrangs|urgentie)klasse geplaatst",
    r"\bin een urgentiecategorie val(?:t|len)\b|\bals urgent\w* (?:woningzoekenden? )?(?:ingeschreven|geregistreerd)\b",
    rf"\b(?:geldt|gelden) als (?:\w+ )?urgent\w*|\bgeplaatst op de lijst van voorrangs\w+|\bwij(?:st|zen)\b{_TUSSEN}{{0,30}}?{URGENTIE} toe\b",
    r"\bga(?:at|an) boven (?:alle )?(?:andere|overige)\b|\bplaats(?:t|en) op de (?:voorrangs|urgentie)lijst|\burgent verklaard (?:wordt|worden)\b",
    rf"\b(?:krijgt|krijgen|ontvangt|ontvangen) (?:met|bij) (?:voorrang|urgentie)\b{_TUSSEN}{{0,20}}?\b(?:woning|woonruimte|huis)|\b(?:met|bij) (?:voorrang|urgentie) voorgedragen",
    r"\b(?:kent|kennen) de status van urgent\w*[^.;:,]{0,30} toe|\bkrijg(?:t|en) de status urgent\w*",
    # Goes before others, in plain words.
    rf"\bga(?:at|an)?\b{_TUSSEN}{{0,60}}?\b(?:voor|vooraf|vóór)\b(?= op\b| aan\b| bij\b|[.,;:]|$)|\bvoorga(?:at|an)\b",
    rf"\bkom(?:t|en)?\b{_TUSSEN}{{0,40}}?(?:eerder|als eersten?|sneller|met voorrang|met urgentie){_TUSSEN}{{0,20}}? aan (?:de beurt|een (?:\w+ )?(?:woning|huis|woonruimte))",
    r"\b(?:krijgt|krijgen|krijg|vindt|vinden|aangeboden)\b(?:(?!\b(?:die|dat|wie|als|geen|niet)\b)[^.;:,]){0,20}\b(?:eerder|sneller|als eersten?)(?: dan anderen?)?(?: een (?:\w+ )?(?:woning|huis|woonruimte)(?: aangeboden)?)?",
    r"\b(?:eerder|sneller|als eersten?)(?: dan anderen?)? (?:een|aan een) (?:\w+ )?(?:woning|huis|woonruimte|huurwoning)(?: (?:krijgt|krijgen|krijg|vindt|vinden|aangeboden))*",
    r"\b(?:zetten|zet|staan|staat|komen|komt)\b[^.;:,]{0,20}\bbovenaan\b|\b(?:zetten|zet|staan|staat|komen|komt)\b[^.;:,]{0,20}\bboven aan de lijst",
    rf"\b(?:vormt|vormen)\b{_TUSSEN}{{0,30}}?(?:{URGENTIE}|urgentie-?{CATEGORIE}|voorrangs{CATEGORIE})|\b(?:urgentie|voorrangs?)-?(?:categorie|groep) (?:vormt|vormen)\b",
    rf"\b(?:is|zijn|vormt|vormen|levert|leveren)\b{_TUSSEN}{{0,30}}?(?:grond|reden|omstandigheid)\b(?: op)? (?:voor|om|die|tot|van)\b[^.;:]{{0,40}}?{URGENTIE}(?: te (?:verlenen|geven)| leidt)?",
    rf"\b(?:geeft|geven|leidt|leiden|levert)\b{_TUSSEN}{{0,20}}?(?:recht op|tot) {_TUSSEN}{{0,30}}?(?:{URGENTIE}|urgentie-?{CATEGORIE})",
    rf"\b(?:wijst|wijzen)\b[^.;:]{{0,60}}?\b(?:met|bij) (?:voorrang|urgentie)\b{_TUSSEN}{{0,50}}?\btoe\b|\b(?:met|bij) (?:voorrang|urgentie) (?:een |de )?(?:\w+ )?(?:woning|woonruimte) toe(?:gewezen|gekend)?\b",
    rf"\b(?:help(?:t|en)|bemiddel(?:t|en)|huisvest(?:en)?|bedien(?:t|en))\b{_TUSSEN}{{0,30}}?\b(?:met|bij) (?:voorrang|urgentie)\b",
    rf"\b(?:met|bij) (?:voorrang|urgentie)\b{_TUSSEN}{{0,50}}?\b(?:naar|aan)\b",
    rf"{URGENTIE}{_TUSSEN}{{0,40}}? komt toe aan\b|\bkomt\b{_TUSSEN}{{0,40}}?{URGENTIE}{_TUSSEN}{{0,20}}? toe\b",
    rf"\b(?:kan|kunnen|kunt) rekenen op (?:een )?{URGENTIE}|{URGENTIE} is er (?:ook )?voor\b|\b(?:ligt|staat) (?:een )?{URGENTIE} klaar",
    rf"\b(?:maakt|maken|hebben|heeft|krijg) {_TUSSEN}{{0,20}}?(?:recht|aanspraak) op {_TUSSEN}{{0,20}}?{URGENTIE}",
    rf"\b(?:krijg|heb|kom|ontvang)\b{_TUSSEN}{{0,40}}?{URGENTIE}",
)
# Words of the giving itself; what stands between these may bring in somebody else.
GEEFWOORD = woorden(
    rf"\b(?:{_VERBUM}|{VERLEEND}|aangemerkt|aanmerken|aangewezen|beschouwd|beschouwen|verstaan|gehuisvest|bemiddeld|aangeboden|honoreert|honoreren"
    r"|gaa?t?n?|voorgaa[nt]|voorrangsgroep\w*|eerder|sneller|als eersten?|dan anderen?|beurt|vorm(?:t|en)|vooraf|corporaties?|woningcorporaties?|zetten|zet|staat|staan|bovenaan|boven aan de lijst|lijst"
    r"|levert|leveren|leidt|leiden|omstandigheid|grond|reden|help(?:t|en)|bemiddel(?:t|en)|bedien(?:t|en)|rekenen op|klaar|ligt|aangeboden|vindt|vinden|huis|hoort|horen|zelfstandige"
    r"|status|voorgedragen|voorrangslijst|urgentielijst|klasse|voorrangsklasse|urgentieklasse|hoogste|verklaart|verklaren|geholpen|boven|woningtoewijzing|huishoudens|naar|recht|indeling|urgentiepunten|steeds|te huisvesten|personen|behoren|toekomt|namens|geregistreerd|toegang|voorrangsregeling|\bdan\b|beide gevallen|laten|voorgaan|vooraan|plaatst|beschikbaar|gesteld|ingewilligd|geplaatst|urgentielijst|urgentie|woningzoekenden|genieten|merkt|merken|behandeld|urgentieregeling|past|ingedeeld|gebracht|huisvestingsvergunning\w*|wijst|wijzen|toegewezen|verkrijgt|krijg|bediend|vallen|rekent|rekenen|woningbehoevend\w*|ingeschreven|verlening|ontvangt"
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
# What is itself the ground: 'uitstroom uit … is een grond voor urgentie'.
GROND = woorden(
    r"\b(?:is|zijn|vormt|vormen|levert|leveren)\b[^.;:]{0,30}\b(?:urgentiegrond\w*|grond|reden|omstandigheid)\b|\b(?:geeft|geven) recht op\b|\bleid(?:t|en) tot\b"
)
# Above a list: other verbs that give urgency, and nothing of what else is done about it.
OPENT = woorden(
    rf"\b(?:verkla(?:art|ren)|wij(?:st|zen)|dee?l(?:t|en)|merk(?:t|en)|reken(?:t|en)|beschouw(?:t|en)|plaats(?:t|en)|geldt|gelden|bestaat|heeft|hebben|krijgt|krijgen)\b"
    rf"(?:(?!\b(?:die|dat|geen|niet|om|of|{VERLEEND})\b)[^.;:,]){{0,80}}?(?:{URGENTIE}|\burgent\b|\burgente woningzoekenden|\burgentie(?:categorie|groep)\w*)",
    rf"\b(?:kan|kunt|kunnen) (?:een )?{URGENTIE} (?:aan)?vragen (?:als u |als zij )?in (?:een|één) van (?:de volgende|deze) (?:situaties|gevallen)\b",
    r"\bvoorrang,? (?:valt|vallen)\s*:",
)
# Words that open a list of whoever has urgency, unless they tell of something else.
ONDERWERP_LIJST = woorden(
    rf"^(?!.*\b(?:gevoegd|afwijking van de urgentie\w*|hulp|begeleiding|ondersteuning|na urgentie|geloot|loot|lot|toelichting|besproken|andere? dan|samenloop"
    r"|ontwerp|wens\w*|folder|website|bericht|overzicht|lijst van|verzoek|aanvragen van|herziening|einde|geen|niet|voorlichting|beleid|doel\w*|verslag|cijfers|aantal\w*|tabel)\b)"
    rf".*(?:{URGENTIE}|\burgent\w*)"
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
        woorden(rf"(?<!over )(?<!om )(?<!naar ){URGENTIE}"),
    ),
    (
        woorden(r"\b(?:deelt|delen)\b"),
        woorden(rf"\bin (?:de|een) [^.;:,]{{0,20}}{CATEGORIE} in\b"),
    ),
    (
        woorden(r"\b(?:help(?:t|en)|bemiddel(?:t|en)|huisvest(?:en)?)\b"),
        woorden(r"\b(?:met|bij) (?:voorrang|urgentie)\b"),
    ),
    (
        woorden(r"\bbie(?:dt|den)\b"),
        woorden(r"\b(?:als eersten?|met voorrang) een (?:\w+ )?(?:woning|huis)"),
    ),
    (woorden(r"\blaten\b"), woorden(r"\bvoorgaan\b")),
    (woorden(r"\bverkla(?:art|ren)\b"), woorden(r"\burgent\b")),
    (woorden(r"\b(?:wijst|wijzen)\b"), woorden(r"\baan als (?:\w+ )?urgent")),
    (
        woorden(
            r"\b(?:merkt|merken)\b[^.;:,]{0,20}\bals (?:\w+ )?urgent\w* (?:woningzoekenden? )?aan\b"
        ),
        woorden(r""),
    ),
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
