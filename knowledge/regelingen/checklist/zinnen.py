"""The sentences of a legal text, each with what stands above it and what it means.

What is judged is not what is printed but what is meant: without references to articles,
and with a term of the begripsbepalingen replaced by its definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.regelingen.tree import (
    GROUPS,
    Node,
    Placed,
    Regeling,
    Soort,
    Status,
    walk,
)


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


# What stands above a condition that gives urgency.
GEGEVEN_ALS = "U krijgt urgentie als:"


@dataclass(frozen=True, slots=True)
class Zin:
    """A sentence with what stands above it. tekst: as printed. gelezen: without references.
    voluit: with its defined terms written out. opening: the texts that lead to it within
    its artikel. kop: headings above it."""

    tekst: str
    gelezen: str
    voluit: str
    plaats: Placed
    opening: str
    titel: str
    kop: str
    buiten: Reden | None = None

    @property
    def voorwaarde(self) -> bool:
        """Whether it is a condition, of which the text says that it gives urgency."""
        return self.opening == GEGEVEN_ALS

    @property
    def onderdeel(self) -> bool:
        """Whether it is in a list of which the first words stand above."""
        return self.opening.rstrip().endswith(":")


_AANHALING = re.compile(r"[‘’'\"“”„]")
# 'als bedoeld in artikel 12, tweede lid, van de Huisvestingswet 2014'
_PLAATS_IN_WET = (
    r"(?:artikel(?:en)?|art\.|\w+ lid|lid|leden|onderdeel|onderdelen|aanhef|paragraaf|hoofdstuk|\d[\w:.]*|[a-z]\b"
    r"|\w*wet(?:boek)?(?: \d{4})?|\w*(?:verordening|besluit|artikel|hoofdstuk)(?: \d{4})?|wmo(?: \d{4})?"
    r"|maatschappelijke ondersteuning(?: \d{4})?|strafrecht|langdurige zorg)"
)
_WET_DEEL = (
    r"(?:,?(?: (?:van|de|het|en|of|tot|met|dit|deze|onder|sub|eerste|tweede|derde|vierde|vijfde))*"
    rf" {_PLAATS_IN_WET})+"
)
_VERWIJZING = re.compile(
    r",? ?(?:(?:zo)?als )?(?:bedoeld|genoemd|omschreven|vermeld|opgesomd) (?:in|onder|bij)"
    rf"{_WET_DEEL}(?=[\s,;:.]|$),?",
    re.I,
)
_BEDOELDE = re.compile(rf"\bin{_WET_DEEL} (?:bedoelde|genoemde) ", re.I)
# 'in elk van de gemeenten A, B en C'
_GEMEENTEN = re.compile(
    r"\b((?:[Dd]e|[Dd]eze|[Dd]eelnemende|[Ii]n de) (?:regio)?gemeenten) [A-Z][\w-]+(?:(?:, | en )[A-Z][\w-]+)*"
)
# The crime by its place in the law.
_MENSENHANDEL = re.compile(
    r"(?:(?:als )?(?:bedoeld|omschreven|genoemd|strafbaar gesteld) in )?(?:titel xviii, )?artikel 273f(?:,[^,;]{0,20}lid,?)?,?(?: van het)?(?: tweede boek van het)? (?:wetboek van strafrecht|sr)\b,?",
    re.I,
)
_TEGEN_WIE = re.compile(
    r"(?:tegen|jegens|ten aanzien van) wie ([^.;:]{0,90}?) (?:is|wordt|werd|zijn|was) (?:gepleegd|begaan)\b",
    re.I,
)
# 'een voorziening voor opvang als bedoeld in de Wet maatschappelijke ondersteuning 2015'
_WMO_OPVANG = re.compile(
    r"\bwmo-?opvang\b|(?<!maatschappelijke )\bopvang\b(?=(?: (?:of|en) (?:voor )?beschermd wonen)?,? (?:(?:zo)?als )?(?:(?:bedoeld|genoemd|omschreven) in|op grond van|krachtens|ingevolge)\b"
    r"(?:[^.;:]|\.(?=\d)){0,50}\b(?:wmo|wet maatschappelijke ondersteuning)\b)",
    re.I,
)
_OF = re.compile(r"\b(?:dan wel|danwel|alsmede|alsook|evenals|respectievelijk)\b", re.I)
_EN_OF = re.compile(r"\ben/of\b", re.I)
# 'kan, gehoord de commissie, een verklaring verlenen'
_TUSSENZIN = re.compile(
    r", (?:gehoord|na advies|op advies|op voordracht|al dan niet|met inachtneming|onverminderd|in afwijking|zo nodig|gelet op|ongeacht|desgevraagd|op (?:zijn|hun|haar) verzoek|behoudens de gevallen|onder overlegging)\b[^,.;:]{0,90}(?:,|(?=:))",
    re.I,
)
# It matters not: ', ongeacht of dit verblijf vrijwillig was'
_ONGEACHT = re.compile(
    r", (?:ongeacht|al dan niet|hoe ook|in welke vorm)\b[^.;:]*(?=[.;]|$)", re.I
)
# How the law says it: artikel 12, tweede lid, of the Huisvestingswet 2014.
_DRINGEND = re.compile(
    r"\bwoningzoekenden,? (?:voor|van) wie (?:(?:de )?(?:voorziening in de )?behoefte (?:aan|tot) |het verkrijgen van )?(?:een )?woonruimte dringend(?:\s+noodzakelijk)? is"
    r"|\bwoningzoekenden? die dringend (?:een )?(?:andere )?(?:woonruimte|woning) nodig (?:heeft|hebben)\b,?"
    r"|\b(?:woningzoekenden|personen|groepen) aan wie (?:voorrang|(?:een )?urgentie\w*) (?:wordt|is) (?:verleend|gegeven|toegekend|afgegeven),?",
    re.I,
)
_ZOWEL = re.compile(r"\bzowel ([^.;:,]{3,60}?) als (?=de|het|een|wie|degene)", re.I)
_TE_WETEN = re.compile(r",? ?\b(?:te weten|namelijk|zijnde),? ", re.I)

# What is named as included takes nothing off the whole.
_MEDE = re.compile(
    r", (?:daaronder|waaronder|hieronder|met inbegrip van|inclusief)(?: mede)?(?: begrepen)? (?:[^;:.]*?,(?= (?:en )?(?:deze|die|dit|dat|verla|uit))|[^;:.]*$)",
    re.I,
)


def gelezen(tekst: str) -> str:
    """A sentence without what only the printed text needs."""
    words = _GEMEENTEN.sub(r"\1", _AANHALING.sub("", tekst))
    words = re.sub(r"\((ex-|oud-)\)\s*", r"\1", words)
    words = re.sub(r"[()\[\]]", " ", words)
    words = _WMO_OPVANG.sub("maatschappelijke opvang", words)
    words = _MENSENHANDEL.sub("mensenhandel", words)
    words = _ONGEACHT.sub("", _TUSSENZIN.sub(" ", words))
    words = _BEDOELDE.sub(" ", _VERWIJZING.sub(" ", words))
    words = _TE_WETEN.sub(" ", words)
    words = _MEDE.sub(",", words)
    words = _EN_OF.sub("of", _OF.sub("of", words))
    words = _TEGEN_WIE.sub(r"die slachtoffer zijn van \1", words)
    words = _ZOWEL.sub(r"\1 en ", words)
    words = _DRINGEND.sub("urgente woningzoekenden", words)
    return re.sub(r"\s+([,;:.])", r"\1", " ".join(words.split()))


def zinnen(regeling: Regeling) -> list[Zin]:
    placed = list(walk(regeling))
    begrippen = _Begrippen(placed)
    return [zin for one in placed for zin in _van(one, begrippen)]


def _van(placed: Placed, begrippen: _Begrippen) -> Iterator[Zin]:
    node = placed.node
    text = " ".join([node.text, *(" ".join(row) for row in node.rows)]).strip()
    if node.soort is Soort.BEGRIP:
        text = f"{node.title}: {text}"
    elif node.soort is Soort.ARTIKEL and not text and not node.children:
        text = node.title
    if not text:
        return
    artikel = placed.artikel
    inside = [*placed.above, node]
    opening = ""
    if artikel is not None and artikel is not node:
        own = placed.above[placed.above.index(artikel) :]
        opening = " ".join(part.text for part in own if part.text)
    for zin in re.split(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ])|\n+", text):
        if not zin.strip():
            continue
        buiten = _buiten(inside)
        if buiten is None and _OMSCHRIJFT.match(zin.strip()):
            buiten = Reden.BEGRIP
        words = gelezen(zin)
        yield Zin(
            zin.strip(),
            words,
            words if buiten else begrippen.voluit(words),
            placed,
            gelezen(opening),
            artikel.title if artikel else "",
            " ".join(part.title for part in inside if part.soort in GROUPS),
            buiten,
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


# 'Onder uitstromer wordt verstaan: persoon die …'
_OMSCHRIJFT = re.compile(
    r"onder (?P<term>[^:;.,]{3,60}?) (?:wordt|worden) (?:in deze \w+ |hierna )?verstaan:? (?P<is>.+)",
    re.I,
)
_MENS = (
    r"(?:woningzoekenden?|perso(?:on|nen)|mens(?:en)?|degenen?|iemand|jongeren?|jongvolwassenen?|jeugdigen?|huishoudens?|inwoners?|aanvragers?"
    r"|gezin(?:nen)?|ouders?|slachtoffers?|cliënt(?:en)?|wie|sekswerkers?|prostituees?|mantelzorgers?|bewoners?|patiënt(?:en)?|(?:ex-)?gedetineerden?|dak- en thuislozen|daklozen?|meerderjarigen?)"
)
_IS_PLEK = re.compile(
    r"(?:een |de )?(?:\w+ )?(?:instelling|voorziening|inrichting|accommodatie|woonvorm|locatie|programma|traject)\b",
    re.I,
)
_IS_MENS = re.compile(rf"(?:een |de )?(?:\w+ )?{_MENS}\b", re.I)


def _vormen(term: str) -> str:
    """A pattern for a term and its plural: 'kandidaten', 'gezinnen', 'cliënten'."""
    plural = term
    if long := re.fullmatch(r"(.*)(?:aa|ee|oo|uu)([^aeiou\W])", term):
        plural = long[1] + term[-2] + long[2]
    elif re.search(r"(?:[^aeiou\W]|^)[aeiou][^aeiouwyj\W]$", term):
        plural = term + term[-1]
    return rf"{re.escape(term)}(?:en|n|s)?|{re.escape(plural)}en"


def _term(printed: str) -> str:
    term = re.sub(r"\s*\(.*?\)|[:;,.]+$", "", printed).strip().lower()
    return re.sub(r"^(?:de|het|een) ", "", term)


# 'voorrangskaart: bewijs waarmee de houder vóór anderen …'
_VOORRANG = re.compile(
    r"\b(?:met|bij) voorrang\b|\bvóór (?:andere|overige)|\burgent\b", re.I
)
_URGENTIE = re.compile(r"urgent|voorrang", re.I)


class _Begrippen:
    """The terms that stand for a group of people, with who they are."""

    def __init__(self, placed: list[Placed]) -> None:
        self.omschrijving: dict[str, str] = {}
        gegeven: list[str] = []
        for one in placed:
            node = one.node
            if node.soort is Soort.BEGRIP:
                term = _term(node.title)
                if _VOORRANG.search(node.text) and not _URGENTIE.search(term):
                    gegeven.append(term)
                else:
                    self._voeg_toe(term, node.text)
            elif node.soort is not Soort.TOELICHTING:
                said = _OMSCHRIJFT.match(node.text)
                if said:
                    self._voeg_toe(_term(said["term"]), said["is"])
        longest = sorted(self.omschrijving, key=len, reverse=True)
        self.pattern = (
            re.compile(
                rf"(?<![\w-])(?:een |de |het )?(?:{'|'.join(f'({_vormen(term)})' for term in longest)})(?![\w-])",
                re.I,
            )
            if longest
            else None
        )
        self.volgorde = longest
        self.gegeven = (
            re.compile(
                rf"(?<![\w-])(?:{'|'.join(_vormen(term) for term in sorted(gegeven, key=len, reverse=True))})(?![\w-])",
                re.I,
            )
            if gegeven
            else None
        )

    def _voeg_toe(self, term: str, omschrijving: str) -> None:
        words = gelezen(omschrijving).rstrip(" ;.")
        # A general word such as 'woningzoekende' is itself who it is.
        who = _IS_MENS.match(words) and not re.fullmatch(_MENS, term)
        if len(term) > 3 and (who or _IS_PLEK.match(words)):
            self.omschrijving[term] = words
            if term.endswith(("ers", "aars")):
                self.omschrijving[term[:-1]] = words

    def voluit(self, words: str) -> str:
        if self.gegeven is not None:
            words = self.gegeven.sub("urgentie", words)
        if self.pattern is None:
            return words
        for _turn in range(2):  # a person described by a place with a name of its own
            words = self.pattern.sub(self._omschreven, words).replace(",,", ",")
        return words

    def _omschreven(self, use: re.Match[str]) -> str:
        return f"{self.omschrijving[self.volgorde[(use.lastindex or 1) - 1]]},"
