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
_WEG = r"(?:verla(?:at|ten)|vertrek\w*|uitstro\w*|uit te stromen|doorstro\w*|stro(?:omt|men)|ontslagen|uitgeschreven|uitstroomgereed|weg(?:gaat|gaan|ga)|ontgroei\w*|overga(?:at|an)|doorga(?:at|an)|verruil\w*|inruil\w*|inwissel\w*|afscheid|vaarwel|beëindig\w+|afsluit\w*)"
_ZELFSTANDIG = r"(?:zelfstandig\b[^.;]{0,30}(?:wo(?:on|nen)|huisvest)|zelfredzaam|op (?:zichzelf|uzelf|jezelf|eigen benen)|naar huis|geen toezicht|eigen woonruimte|(?:eraan )?toe\b[^.;]{0,20}\b(?:op (?:uzelf|zichzelf|jezelf)|zelfstandig)|toe (?:\w+ )?aan (?:een )?(?:eigen|zelfstandige?)\b|op eigen kracht|verder (?:kan|kunt|kunnen)|(?:weg|eruit) (?:kan|kunt|kunnen|mag|mogen|moet\w*)|(?:kan|kunt|kunnen|mag|mogen|moet\w*|wil) (?:\w+ ){0,4}(?:weg|eruit))"
_VERBLIJF = r"(?:verblij\w+|opname|opgenomen|behandel\w+|vrijlating|invrijheidstelling|ontslag|plaatsing|detentie)"
_INSTELLING = (
    r"uitstro\w*[^.;]{0,80}(?<![\w-])(?:zorg)?instelling(?:en)?\b(?! voor)|uitstro\w*[^.;]{0,80}intramura"
    r"|(?<![\w-])(?:zorginstelling|intramurale instelling)(?:en)?\b[^.;]{0,60}(?:uitstro|verla(?:at|ten)\b)"
)


# What follows when somebody leaves a place that was named just before.
_DAARNA = (
    r"(?:\bnu (?:wel )?(?:alleen|zelf)\b|\bdat nu wel\b|\bhet nu (?:wel )?alleen\b"
    r"|\ben nu (?:weer )?(?:zelf|op|naar|verder|de stap)\b|\bachterla\w+|\baflopend|\bopgeven\b|\bafgesloten\b|\bna (?:hun|zijn|de|een) (?:\w+ )?(?:opname|behandeling|gevangenisstraf|celstraf|straf)\b|\b(?:eruit|daar|nu) (?:nu |kan |kunnen |gaan )?vertrek\w*|\bachter de rug|\bweer vrij\b|\b(?:wordt|is|worden|zijn) beëindigd\b|\bterugkomen\b|\bterugkomt\b|\b(?:uit|vanuit) (?:de|een) pi\b|\bin aansluiting op een periode|\bnu (?:wel|weer|nog) (?:op|zelf)\w*|\bverder willen\b|\bverhuizen naar een eigen|\been tijd in de (?:cel|gevangenis)|\bna een periode van\b"
    r"|\buitstroomgereed|\bvoor uitstroom (?:\w+ )?(?:voorgedragen|aangemeld\w*)|\bafrondende fase|\ben nu (?:een )?(?:zelfstandig|eigen)|\bpunt staan te vertrekken)"
)
# Who leaves one kind of place, whatever it is called.
_UIT_OPVANG = r"\b(?:uit|vanuit) (?:de |een |het )?\w*opvang\w*|\bna (?:\w+ ){0,2}verblijf in (?:de |een )?\w*opvang\w*|\bopgevangen\b[^.;]{0,60}\b(?:nu|uitstroom|weer)\b|\bin de opvang (?:zijn|is|waren|was) \w+ en nu\b"
# Still about the same people.
_ZELFDE = r"(?:(?!\b(?:en|of) (?:aan |voor )?(?:mensen|personen|wie|degenen?|woningzoekenden|cliënten|inwoners|jongeren)\b)[^.;])"
_UIT_GGZ = r"\bopgenomen geweest\b|\bna ontslag\b"
_VRIJ = (
    r"\bgevangen (?:zat|zaten)\b|\b(?:in|op)gesloten (?:geweest|waren|was|zijn geweest)|\buit (?:de|een) pi\b"
    r"|\b(?:vrijlating|invrijheidstelling|vrijgelaten|uitgezeten|vast ?gezeten|vast ?za(?:t|ten)|vast heb\w* gezeten|(?:oud|ex)-gevangene\w*|op vrije voeten|gedetineerd (?:(?:is|zijn|was|waren|bent) )?geweest|in vrijheid|terugke\w+)\b"
    r"|\bna (?:\w+ ){0,3}detentie"
)


def _verlaat(plaats: str, weg: str) -> re.Pattern[str]:
    """Who leaves the place; not who goes to it, works in it or lives beside it."""
    return woorden(
        weg,
        rf"(?:{plaats}){_ZELFDE}{{0,140}}{_DAARNA}",
        r"\b(?:ex|oud|voormalig\w*)[- ]",
        rf"\b{_WEG}\b{_BINNEN}{{0,140}}?(?:{plaats})",
        rf"(?:{plaats}){_BINNEN}{{0,100}}?\b{_WEG}\b",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:deze|die) (?:instelling|voorziening|opvang|inrichting|kliniek|woonvorm|plek|plaats) (?:\w+ ){{0,4}}{_WEG}\b",
        rf"\bniet (?:langer|meer) (?:is |zijn |bent )?(?:aangewezen op |in |op )?(?:{plaats})",
        rf"\bniet (?:langer|meer) (?:is |zijn |bent )?(?:aangewezen )?(?:in|bij|op) {_BINNEN}{{0,60}}?(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,80}}\bniet (?:langer|meer) (?:nodig|beho\w+|hoe\w+|zijn|is)\b",
        rf"(?:{plaats})[^.;]{{0,40}}\b(?:uit|af) (?:ga|gaat|gaan|kom|komt|komen|kan|kunnen|mag|mogen)\b",
        rf"\bvan {_BINNEN}{{0,60}}?(?:{plaats})[^.;]{{0,40}}\b(?:naar|doorstro\w+|overga\w+)\b",
        rf"(?:{plaats})[^.;]{{0,40}}\b(?:verble(?:ef|ven)|woonden?|gewoond|verbleven|za(?:t|ten)|opgegroeid)\b",
        rf"\b(?:verble(?:ef|ven)|woonden?|gewoond|opgegroeid|leefden?) (?:in|bij) {_BINNEN}{{0,60}}?(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,40}}\b(?:waren|was|is|zijn) (?:\w+ )?(?:opgenomen|opgevangen|geplaatst)\b|\b(?:opgenomen|opgevangen|geplaatst) (?:waren|was|geweest)\b[^.;]{{0,60}}(?:{plaats})",
        rf"\b(?:indicatie|beschikking|maatwerkvoorziening|plaats|plek|verblijf)\b[^.;]{{0,60}}(?:{plaats})[^.;]{{0,60}}\b(?:afloopt|eindigt|vervalt|verliest|verliezen|vrijkomt|plaatsmaakt|(?:is|wordt) beëindigd)\b",
        rf"\bklaar {_BINNEN}{{0,60}}?(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:uitstro(?:omt|men)|uit te stromen)",
        rf"(?:{plaats})[^.;]{{0,60}}\b(?:deze|daar|hieruit|daaruit) (?:\w+ ){{0,6}}{_WEG}\b",
        rf"\b(?:uit|vanuit|verlaters? van|uitstromers? (?:van|uit)|vertrek uit|uitstroom uit){_BINNEN}{{1,140}}?(?:{plaats})",
        rf"\b(?:bewoners?|cliënt(?:en)?|patiënt(?:en)?) (?:van|uit|in|bij) {_BINNEN}{{0,60}}?(?:{plaats})[^.;]{{0,120}}\b{_WEG}",
        rf"\b(?:na|in aansluiting op|aansluitend op|aansluitend aan|volgend op) {_BINNEN}{{0,40}}\b{_VERBLIJF}\b{_BINNEN}{{0,140}}?(?:{plaats})",
        rf"\bna {_BINNEN}{{0,25}}(?:{plaats}){_BINNEN}{{0,30}}\b(?:terugke\w+|vrij\w*|geen)",
        rf"(?:{plaats})[^.;]{{0,60}}\buitstroom\b|(?:{plaats})[^.;]{{0,100}}\b(?:accommodatie|pleeggezin|instelling|voorziening)\b[^.;]{{0,20}}\bverla",
        rf"\b(?:verblijf|opname|plaatsing|tijd|plek|behandeling)\b{_BINNEN}{{0,60}}?(?:{plaats})[^.;]{{0,60}}\b(?:af|afloopt|ten einde\b[^.;]{{0,10}}|stopt|ophoudt|voorbij)\b",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:afloopt|ten einde (?:is|loopt|komt)|stopt|ophoudt|achter (?:zich|u|je)|stap naar|naar huis|afscheid|klaar (?:is|zijn|bent|ben)|vrijkom\w*)\b",
        rf"\bachter zich\b[^.;]{{0,20}}(?:{plaats})|\b(?:loopt|lopen)\b[^.;]{{0,60}}(?:{plaats})[^.;]{{0,60}}\baf\b|\b(?:eindigt|stopt)\b[^.;]{{0,60}}(?:{plaats})",
        rf"(?:{plaats})[^.;]{{0,60}}\b(?:in vrijheid|vrijkom\w*|vrijgelaten|invrijheidstelling|vrijlating)",
        rf"(?:{plaats})[^.;]{{0,100}}\b{_ZELFSTANDIG}",
        rf"(?:{plaats})[^.;]{{0,160}}\b(?:is geëindigd|geëindigd|eindigt|beëindig\w+|gezeten|za(?:t|ten)\b|voltooid|afgerond|afgelopen|uitgezeten|ondergaan|uitbehandeld|uitgeschreven|vertrokken)",
        rf"(?:{plaats})[^.;]{{0,80}}\b(?:de |een )?(?:over)?stap naar (?:een )?(?:eigen|zelfstandige?|gewone) (?:woning|woonruimte|huis|wonen)",
        rf"\b(?:beëindig\w+|einde|afron\w+) van {_BINNEN}{{0,120}}?(?:{plaats})",
        rf"\bwordt 18 en woont in {_BINNEN}{{0,60}}?(?:{plaats})",
    )


def _uitstroom(plaats: str, verwant: str = "", ander: str = "", weg: str = "") -> Groep:
    anders = woorden(
        r"\bnooit\b|\biemand\b[^.;,]{0,40}\b(?:terug in|naast u|in uw)\b|sloop|herstructur|renovatie|\bbouw|medewerker|personeel|werknemer|verbouw|omgebouwd|\bwerk(?:t|en|zaam)\b",
        rf"\bnaar (?:een |de |het )?(?:\w+ )?(?:{plaats})",
        ander,
    )
    return Groep(
        woorden(plaats),
        (_verlaat(plaats, weg),),
        ander=anders,
        verwant=woorden(verwant, _INSTELLING),
    )


# -- the other groups --------------------------------------------------------------------

_ERNST = (
    r"(?:ernstige?|chronische?|langdurige?|blijvende?|progressieve|invaliderende|levensbedreigende|onomkeerbare|medische?"
    r"|lichamelijke?|psychische|geestelijke|psychiatrische|fysieke)"
)
_KWAAL = r"(?:kwa(?:al|len)|\w*ziekten?|ziektes|ziektebeeld|zieken?|\w*aandoening\w*|beperking\w*|handicap\w*|\w*klachten|problem\w+|gezondheidsproblem\w+|stoornis\w*)"
_DEZE = r"(?:een |de |hun |zijn |haar |uw |het )"
# That another home is needed, or that this one will not do.
_VERHUIST = (
    r"(?:verhui[sz]\w*|anders (?:\w+ )?wonen|dringend\b|(?:andere|aangepaste|geschikte|passende|nieuwe) (?:\w+ )?(?:woning|woonruimte)|niet (?:langer|meer) (?:\w+ ){0,6}(?:blijven|wonen|geschikt|veilig)"
    r"|niet (?:\w+ ){0,5}(?:kunnen|kunt|kan) (?:blijven|wonen|verblijven)|(?:kunnen|kunt|kan) niet (?:\w+ ){0,4}(?:blijven|wonen)|ongeschikt)"
)
_OPVANG_GEWELD = r"(?:vrouwenopvang|mannenopvang|blijf[- ]van[- ]mijn[- ]lijf\w*|blijf-?(?:groep|huis)\w*|oranje huis|safe ?house)"
_NOOD_THUIS = r"(?:\bgeweld\b|mishandel\w*|problemen (?:in|binnen) (?:de|hun|een) relatie|relatieproblem\w+|relationele (?:problem\w+|aard))"
_PARTNER = r"(?:ex-?)?(?:partner|echtgeno\w+|familie\w*|gezinslid|huisgenoot)"
_ZONDER_HUIS = (
    r"(?:dakloos|thuisloos|dakloosheid|\bniet over (?:\w+ ){0,2}(?:woonruimte|woning|huis|woon- of verblijfplaats|verblijfplaats) (?:\w+ )?beschik\w*|nergens (?:\w+ ){0,3}(?:kan|kunnen|kunt|terecht|wonen|hebben|heeft)|niet over huisvesting beschik\w*|dak- (?:en|of) thuislozen|(?:woning|huis) (?:is |zijn )?kwijt\w*|zonder (?:eigen |vaste |vast )?(?:dak|woning|woonruimte|huis|woon- of verblijfplaats|woonplaats)"
    r"|geen (?:eigen |vaste )?(?:woning|woonruimte|onderdak|huis|thuis|dak|plek|woonplek|woonplaats|verblijfplaats|woon- of verblijfplaats)|zonder (?:vast |eigen |vaste )?(?:onderdak|onderkomen|thuis|huisvesting|adres)|geen (?:vast )?onderkomen|geen (?:zelfstandige of onzelfstandige )?woonruimte|rondzwerv\w+|bij gebrek aan een woning|van (?:huisvesting|een dak|onderdak) verstoken|\bverstoken\b|hun woonruimte hebben verloren|op straat|in de noodopvang|dak- (?:of|en) thuisloos)"
)
_KIND = r"(?:gezin\w*|kind(?:eren)?\b|ouders?\b|ouderpa(?:ar|ren)\b|minderjarigen?\b|eenouder\w*|tweeouder\w*)"
_SEKSWERK = r"(?:sekswerk\w*|prostitu\w*|seks(?:branche|industrie)|seksueel werk|seks (?:voor|tegen) (?:geld|betaling)|betaalde seks\w*|betaalde seksuele \w+|seksuele (?:diensten|handelingen))"
_STOPT = r"(?:(?:ge)?stop\w*|uit(?:ge)?stap\w*|stap(?:t|pen)\b|uittre\w*|tre(?:edt|den)\b|verla(?:at|ten)|beëindig\w*|achter zich|de rug toe\w*|neerleg\w*|vaarwel|ophoud\w*|op te houden|uit het vak|uit (?:gaan|gaat|ga)|weg wil\w*)"
# Not 'dichter bij hun mantelzorger': who gives there is not who gets it.
_NAASTE = r"(?:naasten?|familielid|familieleden|vriend\w*|buur|buren|bekenden?|hulpbehoevende\w*)"
_HELPT = (
    r"(?:verzorg\w*|bijsta(?:at|an)|bijgestaan|ondersteun\w*|help(?:t|en)|geholpen)\b"
)
_ONBETAALD = r"(?:zonder vergoeding|zonder dat (?:u|je|hij|zij) (?:er|daar)voor betaald|buiten beroepsverband|zonder dat (?:u|je|hij|zij) (?:er|daar)voor (?:wordt )?betaald|onbezoldigd|niet in het kader van een hulpverlenend beroep|(?:bestaande )?sociale (?:relatie|band)|onbetaalde?|zonder betaling|niet[- ]professione\w+|niet[- ]beroepsmatig\w*|anders dan beroeps\w+|buiten de beroepsmatige|zonder daarvoor betaald|buiten een hulpverlenend beroep|informele|vrijwillig en langdurig)"
_NIET_BIJ = r"(?<!hun )(?<!bij zijn )(?<!van zijn )(?<!door zijn )(?<!haar )(?<!uw )(?<!bij )(?<!bij de )(?<!bij een )(?<!van de )(?<!van een )(?<!door een )(?<!naar een )"
_VERZOEK = r"(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))"

GROEPEN = {
    "mantelzorg": Groep(
        woorden(
            r"mantel(?:ver)?zorg\w*|\bnaastenzorg\b",
            r"\bkrijgt u zelf (?:(?:die|deze|zulke) )?hulp|\bzorg wordt (?:gegeven|verleend|geboden)\b",
            r"\b(?:zulke|deze|die|dezelfde|zodanige) (?:hulp|zorg)\b[^.;]{0,40}\b(?:krijg\w*|ontvang\w*|nodig|afhankelijk|aangewezen)|\b(?:degene|iemand|naaste) voor wie\b[^.;]{0,40}\bzorgt\b",
            rf"\b{_NAASTE}\b[^.;]{{0,50}}\bzorg(?:t|en)\b",
            rf"\b{_NAASTE}\b[^.;]{{0,50}}\b{_HELPT}|\b{_HELPT}[^.;]{{0,50}}\b{_NAASTE}\b",
            rf"\b{_ONBETAALD}[^.;]{{0,60}}\b(?:{_HELPT}|zorg\b|hulp\b|zorgen\b|zorgt\b)|\b(?:{_HELPT}|zorg|hulp|zorgen|zorgt)\b[^.;]{{0,60}}\b{_ONBETAALD}",
            r"\b(?:onbetaalde?|informele|intensieve)\b[^.;]{0,25}\bzorg\b",
            r"\bzorg(?:t|en) (?:\w+ ){0,3}voor (?:een )?(?:familielid|naaste|vriend|buur|partner|ouder)",
            r"\bvoor (?:hun|haar|zijn|een|uw) (?:ouders?|vader|moeder|kind|partner|buur)\b[^.;]{0,40}\bzorg(?:t|en)\b|\bzorg van (?:familie|vrienden|een naaste)\b",
            r"\bzorg\w*\b[^.;]{0,40}\b(?:naaste|familielid|ouders)\b|\bvoor een naaste zorg(?:t|en)\b",
        ),
        nodig=(
            woorden(
                rf"{_NIET_BIJ}(?:mantelzorgers?\b|mantelzorgverle|mantelzorgbied|mantelzorggev|mantelverzorgers?\b|verzorgers?\b|zorggevers?|zorggeve\w+|helpers?\b)",
                r"\b(?:als )?gevers?\b|\bverleners?\b|\b(?:verzorgt|verzorgen|bijstaat|bijstaan|ondersteunt|ondersteunen|helpt|helpen)\b",
                r"\b(?:verricht|verschaf|voorzie|lever)\w*\b[^.;]{0,30}\bzorg\b|\bzorg\b[^.;]{0,40}\b(?:verricht|verschaf|voorzie|lever|geven)\w*",
                r"\b(?:hulp|zorg|ondersteuning)\b[^.;]{0,20}\b(?:geven|geeft|bieden|biedt|verleent|verlenen)\b|\bte kunnen (?:geven|bieden|verlenen)\b|\bte verzorgen\b|\bdie te geven\b|\bzorgt u\b|\bu zorgt\b|\bzorg draag\w*|\bbeide(?:n)?\b|\btussen wie\b|\bandersom\b|\bmantelzorg(?:taken)? (?:verstrekt|vervult|doet|heeft)|\bweerszijden|\bkanten van\b|\bwie helpt\b",
                rf"\bvoor (?:\w+ ){{0,4}}?{_NAASTE}\b[^.;]{{0,40}}\bzorg(?:t|en)\b|\bzorg(?:t|en)\b[^.;]{{0,40}}\bvoor (?:\w+ ){{0,4}}?{_NAASTE}\b",
                r"\bgevers?\b[^.;]{0,30}mantelzorg|\bverleners?\b[^.;]{0,20}\bvan mantelzorg",
                r"zorg\b(?:(?!urgen|voorrang|verklaring|ontvang|krijg)[^.;]){0,30}\b(?:verle|gee?f|gegeven|geven|geboden|bied)",
                r"zorg\b[^.;,]{0,30}\b(?:en|of) (?:\w+ )?(?:verle|gee?f|geven|bied)",
                r"\b(?:verle\w+|lever\w+|gee?ft|geven|bied\w+)\b(?:(?!urgen|voorrang|verklaring|\baan\b)[^.;]){0,40}\b(?:mantel)?zorg",
                r"\b(?:mantel)?zorg\w* (?:te )?(?:verle|geven)",
                r"\bzorg(?:t|en) (?:\w+ ){0,3}voor\b|\bvoor (?:een |zijn |hun )?(?:naaste|familielid|partner|ouders?) zorg(?:t|en)\b",
            ),
            woorden(
                rf"{_NIET_BIJ}mantelzorgontvang|{_NIET_BIJ}\b(?:mantelverzorgden?|verzorgden?|zorgontvangers?|zorgbehoevenden?)\b",
                r"\b(?:wordt|worden|bent|is|zijn)\b[^.;]{0,40}\b(?:verzorgd|geholpen|bijgestaan|ondersteund)\b|\b(?:verzorgd|geholpen|bijgestaan|ondersteund) (?:wordt|worden)\b|\bte worden verzorgd\b|\bdie (?:deze|die|zulke) (?:zorg|hulp) nodig (?:heeft|hebben)|\ben verzorgde\b",
                r"\b(?:en|of|maar ook|als)\b[^.;]{0,50}\b(?:genie|krijg|ontvang)\w*\b(?! (?:\w+ ){0,3}(?:urgent|voorrang|verklaring))|\b(?:als )?ontvangers?\b",
                r"\b(?:en|of|bestaande uit)\b[^.;]{0,80}\bvoor wie\b[^.;]{0,30}\b(?:zorg|zij|hij|die)\b|\baan wie\b[^.;]{0,30}\b(?:zorg|hulp)\b|\bten behoeve van wie\b|\bdie haar (?:nodig heeft|ontvangt|krijgt)\b|\bdie (?:hem|haar|hen) verzorg|\bzorgt een (?:naaste|bekende|ander\w*|familielid|vriend\w*) voor (?:u|je|hem|haar)\b|\baan wie (?:hij|zij|die|deze)\b",
                r"\b(?:iemand|naaste|bekende|ander)\b[^.;]{0,30}\b(?:zorgt voor (?:u|je|hem|haar)|(?:u|je|hem|haar) (?:\w+ )?(?:zorg|hulp|mantelzorg))|\bvoor wie een (?:bekende|naaste)\b[^.;]{0,30}\bzorgt\b|\b(?:die|dat) (?:bekende|vriend|familielid|naaste)(?: of die \w+)? zelf\b|\ben (?:de|hun) (?:hulpbehoevenden?|zorgvragers?)\b|\ben ook aan die zieke naaste|\bof een mantelzorger hebben|\bweerszijden|\bkanten van\b|\bwie hulp krijgt|\b(?:behoeft van|hulp zelf)\b|\bop (?:een )?(?:de|deze|die|zulke|zodanige) (?:zorg|hulp|verzorging)\b[^.;]{0,60}\baangewezen|\b(?:krijgt|heeft|hebt) u zelf (?:zulke |deze |die )?(?:hulp|zorg)|\b(?:verzorging|zorg|hulp) krijgt\b|\bdeze hulp\b[^.;]{0,30}\bkrijgt\b",
                r"\b(?:daarvan|van hen) (?:\w+ )?(?:afhankelijk|afnemer)|\bbeide(?:n)?\b|\btussen wie\b|\bandersom\b|\bafhankelijk (?:zijn|is)\b",
                r"\b(?:krijg|ontvang)\w* (?:\w+ ){0,2}(?:mantel)?zorg\b",
                r"ontvangers?\b[^.;]{0,20} van mantelzorg|mantelzorg\w* (?:en|of) -?ontvangers|door (?:een |hun |zijn |haar |uw )?(?:naaste\w*|familie\w*|mantelzorgers?)(?: (?:wordt|worden|bent|is|zijn))? (?:verzorgd|geholpen|ondersteund|bijgestaan)|mantelzorgbeho|mantelzorgvrag",
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
            r"\b(?:mensen|degenen?|iemand|persoon|personen|wie) die (?:u|je|hem|haar|hen) (?:\w+ )?(?:help|verzorg|zorg)\w*",
            r"(?:(?<=zorg verleent)|(?<=zorg verlenen)|(?<=zorg geeft)|(?<=zorg geven)|(?<=zorg biedt)|(?<=zorg bieden)) aan (?!(?:wie|of|en)\b)[^.;,]*?(?=\b(?:en|of)\b|[.;,]|$)",
        ),
        ander=woorden(r"\bniet (?:door )?(?:beiden?|allebei)\b"),
        verwant=woorden(_WET),
    ),
    "medisch": Groep(
        woorden(
            rf"\b{_ERNST}\b[^.;:]{{0,45}}?\b{_KWAAL}",
            r"\b(?:lichamelijk|geestelijk|psychisch|ernstig|blijvend)\b[^.;]{0,30}\blijden\b|\blijd(?:t|en) aan\b[^.;]{0,40}\b(?:aandoening|ziekte|kwaal)",
            r"\b(?:gezondheidstoestand|(?:lichamelijke|geestelijke) gesteldheid)\b[^.;]{0,120}\b(?:toelaat|toestaat|onverantwoord|noodza\w+)|\bkwaal\b[^.;]{0,60}\bwoning\b",
            r"\bgezondheid\b[^.;]{0,60}\b(?:blijvend|ernstig|levensbedreigend|aangetast)",
            rf"\b{_KWAAL}[^.;:]{{0,40}}?\b(?:ernstig|chronisch|blijvend)\b",
            r"medische? (?:of (?:sociale|psychische) |en (?:sociale|psychische) )?(?:noodza\w+|urgent\w*|indicatie\w*|redenen?|grond\w*|problem\w+|omstandigh\w+|situatie|oogpunt|toestand|nood|belang\w*)",
            r"sociaal[- ]?medische? (?:urgent\w*|indicatie\w*|redenen|grond\w*|problem\w+|omstandigh\w+)",
            r"(?:sociale|psychische) (?:of|en) medische (?:redenen|grond\w*|problem\w+|omstandigh\w+|urgent\w*|noodza\w+)",
            rf"\b(?:vanwege|wegens|door|om|met|als gevolg van|in verband met) (?:{_DEZE}(?:\w+e )?)?(?:{_KWAAL}|gezondheid(?!sdienst|szorg)\w*)[^.;]{{0,80}}{_VERHUIST}",
            rf"\b{_VERHUIST}[^.;]{{0,60}}\b(?:vanwege|wegens|door|om|als gevolg van|in verband met) (?:{_DEZE}(?:\w+e )?)?(?:{_KWAAL}|gezondheid(?!sdienst|szorg)\w*)",
            rf"\b(?:gezondheid(?:stoestand|ssituatie)?|ziekte|handicap)\b[^.;]{{0,60}}{_VERHUIST}",
            r"\bmedisch (?:onverantwoord|urgent\w*|gezien|noodza\w+|geobjectiveerd|probleem)|\bmedische? (?:probleem|behoefte|gesteldheid)|\bmedisch advies\b[^.;]{0,60}\b(?:andere huisvesting|andere woning|verhui\w+)",
            r"\b(?:ernstige?|zware?|blijvende?|slepende?|langdurige?|chronische?)\b[^.;]{0,30}\bgezondheids\w+|\bgezondheids\w+[^.;]{0,30}\b(?:ernstig|zwaar|blijvend|langdurig)",
            r"\bverhui[sz]\w+\b[^.;]{0,60}\b(?:medisch\w*|gezondheid\w*|ziekte)\b|\b(?:medisch\w*|gezondheid(?!sdienst|szorg)\w*|ziekte)\b[^.;]{0,60}\bverhui[sz]\w+|\b(?:gezondheid|medische toestand)\b[^.;]{0,60}\b(?:geschaad|onhoudbaar|toelaat)",
            r"\bbeperking of [^.;]{0,20}aandoening|\bgezondheidsredenen|\bgezondheidsproblem\w+",
            r"\barts\b[^.;]{0,40}\b(?:aandoening|gezondheid)|\berg ziek\b|\b(?:klachten|ziekte|handicap) die niet (?:meer )?overga(?:at|an)|\b(?:zo|(?:ernstig|chronisch|langdurig|blijvend)\b[^.;]{0,20}) ?ziek\b|chronisch zieke?n?",
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
            r"huiselijk geweld|geweld in (?:de )?huiselijke (?:kring|sfeer)|geweld (?:thuis|in huis)|partnergeweld|geweld in (?:het gezin|(?:een |de |hun |zijn |haar )?(?:relatie|afhankelijkheidsrelatie)s?\b)|relationeel geweld",
            r"relationele (?:aard|problem\w+) of (?:\w+ )?geweld|geweld of (?:relatieproblemen|problemen (?:van relationele aard|in de relatie))",
            rf"(?:verblij|uitstro|verla|\buit\b|opgevangen|\bwo(?:on|nen)|\bna\b|\bin\b|cliënt)[^.;]{{0,90}}{_OPVANG_GEWELD}",
            rf"\bgeweld (?:van|door) (?:de |een |zijn |haar |hun |uw )?{_PARTNER}",
            rf"{_OPVANG_GEWELD}[^.;]{{0,60}}(?:verblij|verla|uitstro|zelfstandig)\w*",
            rf"\b{_NOOD_THUIS}[^.;]{{0,90}}\b\w*opvang\w*|\b\w*opvang\w*[^.;]{{0,90}}{_NOOD_THUIS}",
            r"(?:mishandel|geslagen|bedreig)\w*[^.;]{0,40}\b(?:door|van) (?:\w+ ){0,4}(?:partner|gezin|familie\w*|huiselijke kring|huisgenoot|ex)\b",
            rf"\b{_PARTNER}\b[^.;]{{0,80}}(?:mishandel|bedreig|\bgeweld|geslagen)\w*",
            rf"\bgeweld\b[^.;]{{0,60}}\b(?:van|door|binnen|in|uit) (?:\w+ ){{0,3}}?(?:{_PARTNER}|gezin|familie|huishouden|relatie|huiselijke|huis)\b",
            rf"\b(?:van|door|binnen|in|uit) (?:\w+ ){{0,3}}?(?:{_PARTNER}|gezin|familie|huishouden|relatie|huiselijke (?:kring|sfeer))\b[^.;]{{0,60}}\b(?:geweld|mishandel|bedreig|geslagen)\w*",
            r"(?:mishandel|bedreig)\w*[^.;]{0,40}\bpartner\b",
            r"\bthuis\b[^.;]{0,50}(?:\bgeweld\b|geslagen|mishandel\w*|bedreig\w*|misbruikt)|\bgeweld\b[^.;]{0,20}\b(?:thuis|achter de voordeur)|\bgewelddadige (?:thuis\w*|partner|relatie|huisgenoot|familie)",
            r"(?:huis|woning|thuis|gevlucht|ontvlucht)\b[^.;]{0,60}\b(?:ontvlucht|gevlucht|vlucht\w*|voor|wegens|vanwege)\b[^.;]{0,30}(?:\bgeweld\b(?! (?:in de (?:buurt|wijk|straat)|op straat|van (?:buren|buurtgenoten)))|mishandel\w*)",
            r"\bopgevangen\b[^.;]{0,80}(?:\bgeweld\b|relatieproblem\w+|problemen in de relatie)|(?:\bgeweld\b|relatieproblem\w+|problemen in de relatie)[^.;]{0,80}\bopgevangen\b",
            r"\b(?:man|vrouw|ex|partner|familielid)\b[^.;]{0,60}\bpijn (?:doet|is gedaan|gedaan)|\bpijn\b[^.;]{0,30}\bpartner|\b(?:slaat|bedreigt|mishandelt|stalkt)\b[^.;]{0,60}\b(?:partner|ex|familie\w*|gezin)\b|\b(?:partner|ex|familie\w*|gezin)\b[^.;]{0,60}\b(?:slaat|bedreigt|mishandelt|stalkt)\b",
            r"\bgeweld\w* (?:in|binnen) de privésfeer|\bweggegaan bij iemand die (?:u|hem|haar|hen) \w*mishandel\w*|\bgeweldpleging\b[^.;]{0,40}\b(?:gezin|familie|partner)",
            r"\bgeweld\w* (?:in|binnen) de relationele sfeer|\bgeweld\w* van naasten|\bhuiselijke dader|\bgeweld\w* door (?:een |hun |zijn |haar )?\W?(?:ex|gewezen|voormalige|vroegere)\W{0,2} ?-?partner",
        ),
        verwant=woorden(
            r"\bgeweld\b(?! (?:heb|en|gebruik))|mishandel|relatieproblem",
            _OPVANG_GEWELD,
            _WET,
        ),
    ),
    "mensenhandel": Groep(
        woorden(
            r"\bgedwongen\b(?: \w+){0,4} (?:te|tot) (?:\w+,? )?(?:werken|werk|seks|prostitutie|arbeid|bedelen|misdaad|strafbare)\b|\bgedwongen (?:werk|arbeid|prostitutie|seks|misdaad)\b|\bonder dwang\b[^.;]{0,30}\bwerk\w*",
            r"mensenhandel\w*|\bverhandeld|\buitgebuit|\buitbuiting|\bmoderne slavernij|\bals (?:een )?slaaf\b|\buit te buiten\b|\bhandel in mensen",
        ),
        nodig=(
            woorden(
                r"slachtoffer|\bverhandeld|\buitgebuit|\bgedupeerde?|\bbenadeelde|\boverlevende|\bgebruikt\b|\blosgekomen|\bgeworven|\boogmerk van|\blaten werken|\boogmerk van uitbuiting|\bonder dwang|\bgetroffen|\bdoelwit|\bbevrijd|\bontkomen|\bontsnapt|\bmisbruikt|\bprooi|\bgedwongen|\bin handen (?:van|waren|was|is|zijn)|\bslaaf\b|\bde greep van|\bmeegemaakt|\bte gelde|\b(?:tegen|jegens|van) wie\b|\bwier\b|\buitbuiting (?:is|zijn) (?:gebracht|gehouden)"
            ),
        ),
        verwant=woorden(r"loverboy|mensensmokkel"),
    ),
    "maatschappelijke-opvang": _uitstroom(
        r"maatschappelijke (?:nood)?opvang|(?:nacht|crisis|dag)-? (?:of|en) (?:nacht|crisis|dag)opvang|crisisopvang voor dak|daklozenopvang|nachtopvang|thuislozenopvang"
        r"|\b(?:voorziening|onderdak|plek)\b[^.;]{0,80}\bmensen zonder (?:huis|thuis|dak)|opvang\w* (?:voor|van|wegens) (?:\w+ ){0,2}(?:dak|thuis)(?:lo|-)|opvang\w* (?:voor|van) (?:mensen|personen) zonder (?:eigen )?(?:thuis|huis|dak|woning|onderdak)|daklozen(?:pension|voorziening)|(?:tehuis|verblijf\w*|\w*huis|voorziening|pension|centrum|instelling) voor (?:dak|thuis)(?:lo|-)"
        r"|(?:dak- (?:en|of) )?(?:dak|thuis)loz\w*[^.;]{0,60}\b(?:opvang(?:huis|voorziening|locatie|centrum|instelling)?|opgevangen|onderdak)\b|\bopvang\w*\b[^.;]{0,40}\b(?:omdat|doordat) zij dakloos|\bgeen (?:eigen )?huis hadden\b[^.;]{0,40}\bopvang|\b(?:dak|thuis)loos\w*[^.;]{0,60}\bopvang\w*|\b(?:als dakloze|bij gebrek aan een dak)\b[^.;]{0,40}\bopvang",
        r"opvang(?:instelling|voorziening)|dak-? (?:of|en) thuislo|sociaal pension|crisisopvang|\buitstro\w* uit (?:de )?opvang\b|\bopvang(?:,| of| en) beschermd wonen",
        weg=_UIT_OPVANG,
    ),
    "beschermd-wonen": _uitstroom(
        r"beschermd (?:hoe(?:ft|ven) )?te wonen|beschermd (?:(?:en|of) begeleid )?(?:wonen|thuis|woont)\b|beschermde? (?:en |of )?(?:beschutte? )?(?:wonen|woon\w+|woning|huis)\b|beschermende woon\w+|beschermd-?wonen\w*|beschermd of beschut wonen|begeleide woonvorm met toezicht|beschermd (?:\w+ )?(?:gewoond|woonden?)|\bwoon(?:t|den?|d)? (?:\w+ ){0,2}beschermd\b|\bribw"
        r"|\b(?:huis|appartement|kamer|plek|woonplek|woonvorm)\b[^.;]{0,60}\bdag en nacht\b[^.;]{0,20}begeleid\w*|\bbegeleid\w*[^.;]{0,20}\bdag en nacht\b"
        r"|\bwo(?:on|n)\w* onder (?:\w+ )?toezicht|\btoezicht en (?:met )?begeleiding\b[^.;]{0,20}\bwoon\w*|\btoezicht en begeleiding (?:van|bij|door) een zorg\w+|\b(?:accommodatie|instelling|woonvorm|woonplek|woonvoorziening\w*|(?:huis|voorziening) van een zorg\w+)\b[^.;]{0,140}\b(?:toezicht|begeleiding|bescherming)(?: en|,)[^.;]{0,25}\b(?:begeleiding|toezicht)",
        "begeleid wonen",
    ),
    "ggz": _uitstroom(
        r"\bggz|geestelijke[ -]?gezondheid(?:szorg\w*)?\b|(?:kliniek|instelling|ziekenhuis) voor psychische (?:hulp|zorg|problem\w+|klachten)|\b(?:instelling|kliniek|inrichting)\b[^.;]{0,40}\bpsychisch (?:te )?herstel|\bpsychiatri(?:e|sch)\w*(?! (?:aandoening|problem|klacht|ziekte|stoornis|begeleid))"
        r"|\b(?:psychische|psychiatrische|mentale|geestelijke) (?:problem\w+|klachten|stoornis\w*|aandoening\w*|ziekte)\b[^.;]{0,40}\b(?:\w*instelling|kliniek|ziekenhuis|opname|opgenomen|intramuraal|accommodatie)\b"
        r"|\b(?:instelling|kliniek|opname|opgenomen|intramurale|klinische|inrichting|accommodatie)\b[^.;]{0,40}\b(?:psychische|psychiatrische|mentale|geestelijke) (?:problem\w+|klachten|stoornis\w*|aandoening\w*|ziekte|zorg)",
        weg=_UIT_GGZ,
    ),
    "jeugdhulp": _uitstroom(
        r"jeugdhulp|jeugdzorg|jeugdinstelling|(?<!justitiële )jeugdinrichting|gezinshui|leefgroep|\b(?:verbl\w+|woon(?:t|den?)|gewoond|plek|opgegroeid)\b[^.;]{0,60}\bjeugdwet\b|\bjeugdwet\b[^.;]{0,120}\b(?:ondergebracht|verbl\w+|woon(?:t|den?)|gewoond|plek|opgegroeid)\b",
        "pleeggezin|pleegzorg|pleegouder|pleegkind",
    ),
    "detentie": _uitstroom(
        r"\bdetentie|\b(?:ex-)?gedetineerde\w*|penitentiaire|strafinrichting|justitiële (?:jeugd)?inrichting|gevangenis|huis van bewaring|\bhechtenis|gevangenschap|vrijheidsstraf|vrijheidsbenem|\bvrijheid\b[^.;]{0,50}\bontnomen|\bvrijlating|\binvrijheidstelling|\bvast ?(?:heb\w* |heeft )?gezeten|\bvast ?za(?:t|ten)\b|achter (?:de )?tralies|\bcelstraf|\bin (?:een|de) cel\b|\bvoorarrest|\bbajes|\b(?:ex|oud)-gevangene\w*|\bgedetineerd\b|\bstraf\b[^.;]{0,30}\b(?:uitgezeten|ondergaan)|\bjustitiabel\w*|\bgevangen (?:zat|zaten|gezeten)\b|\bingesloten (?:is|zijn|was|waren)?\b|\bopgesloten\b|\buit (?:de|een) pi\b",
        weg=_VRIJ,
    ),
    "uitstapprogramma": Groep(
        woorden(
            rf"{_SEKSWERK}[^.;]{{0,120}}\b(?:traject|programma)\b[^.;]{{0,40}}\b(?:ander|stop\w*|uit)\b",
            r"uitstap(?:programma|traject|regeling|organisatie|voorziening)\w*",
            rf"{_SEKSWERK}[^.;]{{0,80}}\b(?:exit|stop|uittredings?|uitstap)\w*|\b(?:exit|stop|uittredings?)(?:programma|traject)\w*[^.;]{{0,60}}{_SEKSWERK}",
            rf"\b{_STOPT}\b[^.;]{{0,40}}{_SEKSWERK}",
            rf"{_SEKSWERK}[^.;]{{0,150}}\b{_STOPT}\b",
        ),
        nodig=(
            woorden(
                r"begonnen met een traject|nieuwe start|deelne?em|deelnam|uitstroom uit|mee(?:doe|doet|doen)\b|\b(?:ge)?stop|uitstappen|uitgestapt|stap(?:t|pen)\b|uittre|in een uitstap|volg(?:t|en)\b|doorl(?:oopt|open)|treden\b|treedt\b|achter zich|begeleid door|beëindig|verla(?:at|ten)|via een|met (?:behulp|hulp|begeleiding|ondersteuning|steun) van|hulp krijg|gebruik|begeleid|geholpen|neerleg|vaarwel|ophoud|op te houden|uit (?:gaan|gaat)\b|uitstappers|uittreder|voorgedragen|kandidaten|in een (?:exit|stop)|kandidaten van|cliënten van|bestaan buiten|buiten de seks"
            ),
        ),
        ander=woorden(r"\bbende|crimin|verslav|gok|sekte"),
        verwant=woorden("sekswerk"),
    ),
    "dakloze-gezinnen": Groep(
        woorden(
            r"(?:dakloze|thuisloze|dakloos|thuisloos) (?:\w+-? ){0,3}?(?:gezin|ouder|eenouder|tweeoudergezin|huishoudens? met|kind)\w*",
            rf"\b{_KIND}[^.;]{{0,130}}{_ZONDER_HUIS}",
            rf"\b{_ZONDER_HUIS}[^.;]{{0,70}}\b{_KIND}",
        ),
        ander=woorden(
            r"(?<!niet )\bvolwassen (?:kinderen|zijn|is)\b|meerderjarig|\bzonder (?:inwonende |thuiswonende )?kind|scheid|relatie|huwelijk|partnerschap|sloop|brand|calamiteit"
        ),
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
    r"|verzorg|naaste|bijsta|help|hulp|opgevangen|slavernij|seks|straf|tralies|\bcel|vrijlating|voorarrest|hechtenis|bajes|\bvast|minderjarig|eenouder|verhui"
)
