"""Which building block an article of a regulation is, by rules on its title and text.

An article has one: what it is mainly about. The title says it best; of an article
without a telling title the fixed phrases of its text do, and else the headings above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

BEGRIPPEN = "begrippen"
REIKWIJDTE = "reikwijdte"
VERGUNNINGPLICHT = "vergunningplicht"
CATEGORIEEN = "categorieen"
VOORWAARDEN = "voorwaarden"
WEIGERINGSGRONDEN = "weigeringsgronden"
AANVRAAG = "aanvraag"
ADVIES = "advies"
BESLISTERMIJN = "beslistermijn"
GELDIGHEIDSDUUR = "geldigheidsduur"
ZOEKPROFIEL = "zoekprofiel"
RANGORDE = "rangorde"
BEMIDDELING = "bemiddeling"
INTREKKING = "intrekking"
MANDAAT = "mandaat"
HARDHEIDSCLAUSULE = "hardheidsclausule"
LEGES = "leges"
BEZWAAR = "bezwaar"
MONITORING = "monitoring"
TOEZICHT = "toezicht"
OVERGANGSRECHT = "overgangsrecht"
SLOTBEPALINGEN = "slotbepalingen"

Rules = Sequence[tuple[str, str]]

# The first that fits counts, so what is said more precisely stands first.
_TITLES: Rules = (
    (
        HARDHEIDSCLAUSULE,
        r"hardheid|^afwijk(en|ing)\b|onvoorziene|maatwerk|bijzondere omstandigheden",
    ),
    (
        OVERGANGSRECHT,
        r"overgang|lopende (aanvra|procedure|zaken)|(bestaande|eerdere|oude) (verklaring|urgent)",
    ),
    (
        SLOTBEPALINGEN,
        r"inwerkingtreding|citeertitel|^slot|^werking|samenloop|^wijziging (van )?(de |het )?"
        r"(\w+ ){0,8}?(wet|wetboek|besluit|\w+wet)\b|^vervallen (hoofdstuk|artikel|paragraaf)|naam van deze"
        r"|intrekking (van )?(de |het )?(oude|vorige|wet|besluit|verordening|beleidsregel"
        r"|huisvestingsverordening|urgentieverordening|\w*regeling)"
        r"|oude (verordening|regel)|aanhaal|bekendmaking",
    ),
    (BEGRIPPEN, r"begrip|definitie|begripsomschrijving"),
    (MANDAAT, r"mandaat|mandater|delegatie|machtig"),
    (BEZWAAR, r"bezwaar|beroep|klacht"),
    (LEGES, r"\blege|^kosten|tarie(f|ven)|vergoeding"),
    (
        MONITORING,
        r"monitor|evaluati|verslag|verantwoording|rapportage|jaarlijks overzicht",
    ),
    (
        TOEZICHT,
        r"toezicht|handhaving|\bboete|straf|dwangsom$|controle|sanctie",
    ),
    (
        BESLISTERMIJN,
        r"beslis|^termijn|behandeltermijn|\bspoed|besluit op|besluitvorming",
    ),
    (WEIGERINGSGRONDEN, r"weiger|afwijz|antimisbruik|uitsluiting|^uitzonderingen"),
    (
        RANGORDE,
        r"rangorde|volgorde|voorrangs?regel|samenloop|loting"
        r"|^voorrang (bij|voor)(?!.*categor)|inschrijfduur",
    ),
    (
        GELDIGHEIDSDUUR,
        r"geldigheid|\bduur\b|looptijd|verleng|inhoud van de (urgentie|verklaring|vergunning"
        r"|beschikking|indeling)|^inhoud (urgentie|verklaring)|^inhoud$",
    ),
    (INTREKKING, r"intrek|vervallen van|beëindig|verval van|^wijziging|vervalt"),
    (ZOEKPROFIEL, r"zoekprofiel|zoekgebied|woningtype|passend(e)? woning|soort woning"),
    (ADVIES, r"advies|advis|commissie|deskundige"),
    (
        BEMIDDELING,
        r"bemiddel|\baanbod|aanbied|toewijzing|zelf zoeken|reageren",
    ),
    (
        AANVRAAG,
        r"aanvra|^(?!bescherm|verwerk|delen|uitwissel).*gegevens|bewijs|indien(ing|en)|verzoek$|melding|formulier",
    ),
    (
        VERGUNNINGPLICHT,
        r"^aanwijzing|^vergunning (voor|tot) |^(onttrekk|omzett|splits|samenvoeg|woningvorm)"
        r"|vergunningplicht|vergunningvereiste|verbod|aanwijzing (van )?(de )?(\w+ ){0,2}"
        r"woonruimte|vergunningplichtig",
    ),
    (
        CATEGORIEEN,
        r"urgentiecategorie|^categorie|categorie(ën|en) (van )?(urgent|woningzoek|voorrang)|wie urgentie|doelgroep|aandachtsgroep|mantelzorg|uitstro|vertrek uit|ziekte|beperking|scheiding|sloop|geweld|mensenhandel"
        r"|uitstap|dakloo?s|statushouder|vergunninghouder|\bmedische?\b|\bsociale?\b urgentie"
        r"|slachtoffer|ex-gedetineerd|detentie|stadsvernieuwing|herstructurering|calamiteit"
        r"|noodsituatie|jongeren|gezinnen|beschermd wonen|\bggz\b|jeugdhulp",
    ),
    (
        VOORWAARDEN,
        r"voorwaard|eisen\b|\beis\b|criteri|\bbinding|\binkomen|vereisten|\bnormen\b|zelfredzaam"
        r"|begeleiding|woonprobleem|eigen (schuld|verantwoordelijkheid|mogelijkheden)"
        r"|ingezetene|leeftijd|toelating|passendheid|bezetting",
    ),
    (
        REIKWIJDTE,
        r"reikwijdte|toepassing|^doel\b|werkingssfeer|doelstelling|toepasselijk",
    ),
)

# Fixed phrases of legal texts that leave no doubt.
_TEXTS: Rules = (
    (
        BEGRIPPEN,
        r"(wordt|worden) (?:(?!\.).){0,90}?verstaan (onder|dan wel)|^in deze .{0,60}betekent:"
        r"|wordt .{0,60}mede verstaan",
    ),
    (
        HARDHEIDSCLAUSULE,
        r"onbillijkheid van overwegende aard|artikel 4:84 van de algemene wet bestuursrecht is"
        r"|bijzondere hardheid",
    ),
    (
        OVERGANGSRECHT,
        r"(blijft|blijven) .{0,200}van toepassing(?! op)|zoals (dat|die) luidde[n]?"
        r"|(voor|vóór) (de )?(datum van )?inwerkingtreding van (deze|het) (?!wet aan)",
    ),
    (
        SLOTBEPALINGEN,
        r"(treden|treedt) (?!niet).{0,120}in werking|wordt aangehaald als|^(1 )?wijzigt (de|het|deze)"
        r"|^(het|de) .{0,160}(wordt|worden) ingetrokken\.?$|deze (verordening|beleidsregels?) "
        r"(heet|heten|werken|werkt)",
    ),
    (
        MONITORING,
        r"verslag .{0,60}(doeltreffendheid|werking|de verleende)|brengt .{0,40}verslag uit"
        r"|doet .{0,40}verslag|evalueert",
    ),
    (
        TOEZICHT,
        r"bestuurlijke boete|toezicht op de naleving|toezichthouder|bestuursrechtelijke handhaving"
        r"|last onder dwangsom",
    ),
    (MANDAAT, r"mandaat verlenen|mandateren|mandaat te verlenen"),
    (
        VOORWAARDEN,
        r"^(een|de) (huisvestings|onttrekkings)?(vergunning|urgentie\w*) wordt (slechts )?verleend"
        r" (indien|als|aan)",
    ),
    (
        WEIGERINGSGRONDEN,
        r"(vergunning|urgentie\w*|aanvraag|verklaring)\b.{0,120}(kan|kunnen|wordt|worden) .{0,20}"
        r"geweigerd|weiger(t|en) (de|een|het|urgentie)|gronden die tot weigering|wijst .{0,40}aanvraag af",
    ),
    (
        INTREKKING,
        r"(vergunning|urgentie\w*|verklaring|indeling)\b.{0,130} (intrekken|ingetrokken)\b,? (indien|als|in)"
        r"|(huisvestings|urgentie)\w+ intrekken"
        r"|trekt de (urgentie\w*|vergunning|verklaring|indeling) in",
    ),
    (VERGUNNINGPLICHT, r"het is verboden|verboden is|zonder .{0,20}vergunning"),
    (
        BESLISTERMIJN,
        r"beslis(t|sen) .{0,60}binnen \w+ (weken|dagen|maanden)|binnen \w+ weken .{0,40}beslis",
    ),
    (BEZWAAR, r"gegrond beroep|bezwaarschrift"),
    (LEGES, r"leges (ge)?heven|worden leges|kosten in rekening"),
    (
        GELDIGHEIDSDUUR,
        r"(urgentie\w*|verklaring|indeling) (geldt|is (\S+ ){0,4}geldig|duurt)",
    ),
    (RANGORDE, r"gaat .{0,80}\bvoor\b.{0,30}(van wie|die)|in volgorde van"),
    (
        AANVRAAG,
        r"wijze van aanvragen|(kan|wordt|worden) .{0,50}(aangevraagd|ingediend)|melding, .{0,150}gedaan|de aanvraag bevat"
        r"|aanvraag .{0,60}formulier",
    ),
    (
        ADVIES,
        r"(vraagt|vragen|wint) .{0,40}advies|advies (gevraagd|ingewonnen)"
        r"|-?advies aangevraagd|adviseert (het|de|burgemeester)|^er is een .{0,60}(commissie|adviescollege)",
    ),
    (
        CATEGORIEEN,
        r"urgentiecategorie|categorie wordt gevormd|in aanmerking voor (een )?urgentie|verleent urgentie aan"
        r"|categorieën woningzoekenden aan\b"
        r"|voorrang .{0,20}gegeven aan woningzoekenden waarvoor",
    ),
    (
        VOORWAARDEN,
        r"wordt (slechts|alleen) (verleend|toegekend)|(slechts|alleen|uitsluitend) .{0,60}in aanmerking|geen (aanspraak|recht) op|recht op .{0,80}afhankelijk van"
        r"|voldoet aan de volgende|de voorwaarde verbinden|economisch of maatschappelijk gebonden",
    ),
    (
        REIKWIJDTE,
        r"deze (wet|verordening|regeling|beleidsregels?) (is|zijn) van toepassing",
    ),
)

# These an article may say under any title, in its first words.
_OPENINGS: Rules = (
    (
        SLOTBEPALINGEN,
        r"^(\S+ ){1,6}?(treedt|treden|begint te gelden|werkt|werken) .{0,60}"
        r"(in werking|vanaf|met ingang van|op \d)|^(\S+ ){1,6}?wordt aangehaald als",
    ),
)
# What the titles cannot tell: 'Toezicht' above an article about advice is no toezicht.
_ABOVE: Rules = (
    (OVERGANGSRECHT, r"overgangsrecht$|overgangsbepalingen$"),
    (WEIGERINGSGRONDEN, r"weigering"),
    (TOEZICHT, r"handhaving|bestuurlijke boete"),
    (AANVRAAG, r"aanvraag"),
    (INTREKKING, r"^intrekking"),
    (VOORWAARDEN, r"criteria|\beisen\b|voorwaarden"),
    (VERGUNNINGPLICHT, r"vergunningplichtige"),
    (REIKWIJDTE, r"toepassing bevoegdhe|reikwijdte|toepassingsbereik"),
    (CATEGORIEEN, r"categorieën|voorrang krijgt|wie urgentie"),
    (BEMIDDELING, r"aanbieding|bemiddeling"),
)
_LAPSED = re.compile(r"^\W*(is )?vervallen(\W*$| (per|met ingang) )")
# Where a text says what it is about: its start. What comes later is seldom its subject.
_FIRST_WORDS, _START = 300, 700


def _compiled(rules: Rules) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(words)) for name, words in rules]


_BY_OPENING, _BY_TITLE, _BY_TEXT, _BY_HEADING = map(
    _compiled, (_OPENINGS, _TITLES, _TEXTS, _ABOVE)
)
NAMES = tuple(dict.fromkeys(name for name, _words in _TITLES))


def bouwsteen_of(title: str, text: str, path: str = "") -> str:
    """The building block of an article; empty when it is none, or has lapsed.

    path: the headings above it, ' › ' between them.
    """
    title = _plain(title)
    text = _plain(text)
    if _LAPSED.match(title) or (not title and _LAPSED.match(text[:40])):
        return ""
    return (
        _first(_BY_OPENING, text)
        or _first(_BY_TITLE, title)
        or _first(_BY_TEXT, text[:_FIRST_WORDS])
        or _first(_BY_TEXT, text[:_START])
        or _above(title, _plain(path.rpartition("›")[2]))
    )


def _above(title: str, heading: str) -> str:
    """By the heading above: of an article with a title only that it is a category, for
    those have the name of a group."""
    found = _first(_BY_HEADING, heading)
    return found if not title or found == CATEGORIEEN else ""


def _first(rules: list[tuple[str, re.Pattern[str]]], text: str) -> str:
    return next((name for name, words in rules if text and words.search(text)), "")


def _plain(text: str) -> str:
    """In small letters on one line, without the numbers of leden and onderdelen."""
    lines = (
        re.sub(r"^(\d{1,2}[a-z]?|[a-z]{1,2}|\d+°|[-•])$", "", line.strip())
        for line in text.lower().split("\n")
    )
    return " ".join(" ".join(lines).split())
