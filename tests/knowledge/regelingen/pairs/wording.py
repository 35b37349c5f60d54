"""Say a lid in other words: synonyms, the order of clauses, words that can go."""

from __future__ import annotations

import random
import re

SYNONYMS: dict[str, tuple[str, ...]] = {
    "burgemeester en wethouders": ("het college",),
    "het college": ("burgemeester en wethouders",),
    "indien": ("als", "wanneer"),
    "ten hoogste": ("maximaal", "niet meer dan"),
    "ten minste": ("minimaal", "minstens"),
    "met betrekking tot": ("over", "inzake"),
    "op grond van": ("volgens", "krachtens"),
    "ingevolge": ("krachtens", "op basis van"),
    "overeenkomstig": ("volgens", "in lijn met"),
    "onverminderd": ("los van",),
    "omtrent": ("over",),
    "tevens": ("ook",),
    "eveneens": ("ook",),
    "slechts": ("alleen",),
    "uitsluitend": ("alleen", "enkel"),
    "onverwijld": ("meteen", "zonder uitstel"),
    "terstond": ("direct",),
    "alvorens": ("voordat",),
    "dient te": ("moet",),
    "dienen te": ("moeten",),
    "geschiedt": ("gebeurt", "vindt plaats"),
    "geschieden": ("gebeuren",),
    "schriftelijk": ("op schrift", "per brief"),
    "termijn": ("periode", "tijd"),
    "verzoek": ("aanvraag",),
    "aanvraag": ("verzoek",),
    "verstrekt": ("geeft", "levert"),
    "verstrekken": ("geven", "leveren"),
    "verleend": ("gegeven", "toegekend"),
    "verlenen": ("geven", "toekennen"),
    "verleent": ("geeft", "kent toe"),
    "geweigerd": ("afgewezen",),
    "weigeren": ("afwijzen",),
    "ingetrokken": ("herroepen", "beëindigd"),
    "intrekken": ("herroepen", "beëindigen"),
    "gegevens": ("informatie",),
    "bescheiden": ("stukken", "documenten"),
    "bedoeld in": ("genoemd in", "van"),
    "als bedoeld in": ("zoals genoemd in",),
    "vastgesteld": ("bepaald",),
    "vaststellen": ("bepalen",),
    "stelt vast": ("bepaalt",),
    "van toepassing": ("aan de orde", "geldig"),
    "niet van toepassing": ("niet aan de orde",),
    "verplicht": ("gehouden",),
    "bevoegd": ("gerechtigd",),
    "kan": ("mag",),
    "kunnen": ("mogen",),
    "betrokkene": ("belanghebbende",),
    "belanghebbende": ("betrokkene",),
    "in kennis": ("op de hoogte",),
    "mededeling": ("bericht", "melding"),
    "voorschriften": ("regels",),
    "regels": ("voorschriften",),
    "nadere": ("verdere",),
    "jaarlijks": ("elk jaar",),
    "gedurende": ("tijdens", "in"),
    "aanvang": ("begin", "start"),
    "tijdstip": ("moment",),
    "besluit": ("beslissing",),
    "beslissing": ("besluit",),
    "woonruimte": ("woning",),
    "personen": ("mensen",),
    "vergoeding": ("tegemoetkoming",),
    "noodzakelijk": ("nodig",),
    "voldoende": ("genoeg",),
    "wijze waarop": ("manier waarop",),
    "aangewezen": ("benoemd",),
    "voor zover": ("in zoverre",),
    "wordt aangemerkt": ("geldt",),
    "zorg dragen": ("zorgen",),
    "draagt zorg": ("zorgt",),
    "opgenomen": ("vermeld",),
    "afwijken": ("afwijking toestaan",),
    "vangt aan": ("begint",),
}
FILLERS = (
    "daarbij",
    "hierbij",
    "in dat geval",
    "daartoe",
    "met dien verstande dat",
    "telkens",
    "desgevraagd",
    "voorts",
    "daarvan",
    "terzake",
)
_PHRASE = re.compile(
    r"\b("
    + "|".join(re.escape(p) for p in sorted(SYNONYMS, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_FILLER = re.compile(r"\b(" + "|".join(FILLERS) + r")\b\s*", re.IGNORECASE)


def paraphrase(text: str, rng: random.Random, strength: float) -> str:
    """The same rule in other words. strength: the part of the rules that is used."""

    def other(match: re.Match[str]) -> str:
        if rng.random() > strength:
            return match[0]
        word = rng.choice(SYNONYMS[match[0].lower()])
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    text = _PHRASE.sub(other, text)
    if rng.random() < strength:
        text = _FILLER.sub("", text)
    if rng.random() < strength:
        text = turned(text)
    return text[0].upper() + text[1:] if text else text


def turned(text: str) -> str:
    """The condition at the other end of the sentence, or two clauses the other way."""
    body, stop = (text[:-1], text[-1]) if text[-1:] in ".:;" else (text, "")
    if stop == ":":
        return text
    lower = body[:1].lower() + body[1:]
    first = re.match(r"(als|wanneer|indien|voor zover|onverminderd) ", lower)
    if first and ", " in lower:
        condition, _, rest = lower.partition(", ")
        return f"{rest}, {condition}{stop}"
    for word in (" indien ", " als ", " wanneer ", " tenzij "):
        if lower.count(word) == 1:
            rest, _, condition = lower.partition(word)
            return f"{word.strip()} {condition.rstrip(',')}, {rest.rstrip(',')}{stop}"
    parts = lower.split(", ")
    if len(parts) >= 3:
        parts[0], parts[1] = parts[1], parts[0]
        return ", ".join(parts) + stop
    words = lower.split()
    if len(words) > 12:
        cut = len(words) // 2
        return " ".join(words[cut:] + words[:cut]) + stop
    return text
