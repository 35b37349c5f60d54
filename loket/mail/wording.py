"""Mail that a machine wrote and that only its words give away.

The text is looked at by sentence, up to the signature: that somebody is away, what that
means for the reader, that a mail was received, politeness, or something else. A person who
is away writes about something else as well, or asks something.
"""

from __future__ import annotations

import re
from typing import Final

_MAX_TEXT: Final = 1500
_SIGN_OFF: Final = re.compile(
    r"(?im)^[ \t]*(?:(?:met )?(?:vriendelijke|hartelijke|collegiale|warme) groet(?:en)?|groet(?:en|jes)?|mvg|m\.v\.g|hoogachtend|"
    r"(?:kind|best|warm|with kind) regards|regards|sincerely|cheers)\b"
)
# The subject of a machine, whatever the text says.
_SURE_SUBJECT: Final = re.compile(
    r"(?i)\A\W{0,3}(?:"
    r"automatis(?:ch|che)[ -](?:antwoord|reactie|beantwoording|bericht|e-?mail|ontvangstbevestiging)\b|"
    r"auto(?:matic|mated)?[ -]?(?:reply|response|answer)\b|"
    r"out[ -]of[ -](?:the[ -])?office\b|ooo\s*:|"
    r"afwezigheids(?:bericht|melding|assistente?)\b|vakantie(?:bericht|melding)\b|"
    r"abwesenheits\w*|automatische antwort|r[ée]ponse automatique|absence du bureau"
    r")"
)
# One that a person might write as well: not with a question in it or in the text.
_LIKELY_SUBJECT: Final = re.compile(
    r"(?i)\A\W{0,3}(?:"
    r"(?:tijdelijk |momenteel |vandaag )?(?:afwezig|niet aanwezig|buiten kantoor|niet op kantoor)\s*(?:[:–]|- |\Z|\(|t/m|tot\b|van\b|vanaf\b)|"
    r"afwezigheid\s*(?:[:–]|- |\Z)|(?:met|op) vakantie\s*(?:[:–]|- |\Z|tot\b|t/m|van\b)|"
    r"vakantie (?:t/m|tot|van) \d|verlof (?:t/m|tot|van) \d|"
    r"ontvangstbevestiging\b|bevestiging van ontvangst\s*(?:[:–]|- |\Z|van uw)|"
    r"(?:wij hebben )?uw (?:e-?mail|mail|bericht|melding|vraag|aanvraag) (?:is )?(?:door ons )?ontvangen|"
    r"(?:i am|i'm) (?:currently )?(?:away|out of|on (?:leave|vacation|holiday))|"
    r"(?:away|absent|vacation|on leave|on holiday|annual leave)\s*(?:[:–]|- |\Z)"
    r")"
)
_READ_SUBJECT: Final = re.compile(
    r"(?i)\A(?:gelezen|read|niet gelezen|not read|ongelezen verwijderd|verwijderd zonder lezen)\s*:"
)
_READ_TEXT: Final = re.compile(
    r"(?i)(?:uw|your) (?:bericht|message)\b.{0,400}\b(?:is (?:gelezen|verwijderd)|was (?:read|deleted))",
    re.DOTALL,
)
_MACHINE: Final = re.compile(
    r"(?i)(?:"
    r"\bdit is een automatisch(?:e)? (?:gegenereerd(?:e)? |verzonden |aangemaakt(?:e)? )?(?:bericht|e-?mail|mail|antwoord|reactie|ontvangstbevestiging)|"
    r"\b(?:deze|dit) (?:e-?mail|mail|bericht|antwoord) (?:is|wordt|werd) automatisch (?:gegenereerd|verzonden|aangemaakt|verstuurd)|"
    r"\bthis is an automat(?:ed|ic) (?:message|reply|response|e-?mail)|"
    r"\b(?:mailbox|postvak|e-?mailadres|mailadres)\b.{0,20}\bniet (?:meer |langer )?(?:in gebruik|gebruikt|gelezen|beheerd)\b|"
    r"\b(?:op|aan) (?:dit bericht|deze (?:e-?mail|mail)|dit (?:e-?mail|mail)adres) kunt u niet|"
    r"\bu kunt (?:hier )?niet op (?:dit bericht|deze (?:e-?mail|mail)) (?:antwoorden|reageren)"
    r")"
)
_OFF: Final = (
    r"(?:afwezig|vrij|ziek|met (?:\w+ )?(?:vakantie|verlof|pensioen|ziekteverlof)|met \w+verlof|op (?:\w+ )?(?:vakantie|cursus|reis|training|congres|studiereis|studiedag)|uit dienst|"
    r"buiten (?:kantoor|de deur)|niet (?:meer )?(?:aanwezig|werkzaam|op kantoor|bereikbaar|in dienst|in de gelegenheid|aan het werk|beschikbaar)|"
    r"niet achter mijn bureau|verminderd bereikbaar|beperkt (?:bereikbaar|aanwezig))"
)
_AWAY: Final = re.compile(
    r"(?i)(?:"
    rf"\bben ik\b[^,;]{{0,70}}\b{_OFF}\b|\bik ben\b[^,;]{{0,70}}\b{_OFF}\b|"
    r"\bik ben er\b.{0,50}\bniet\b|\bben ik er\b.{0,30}\bniet\b|"
    r"\b(?:werk ik|ik werk)\b.{0,20}\b(?:niet|alleen op|parttime)\b|\b(?:geniet ik|ik geniet)\b.{0,30}\b(?:vakantie|verlof|pensioen)\b|"
    r"\bwegens (?:\w+ )?(?:vakantie|verlof|ziekte|afwezigheid)\b|\btijdens mijn (?:\w+ )?(?:afwezigheid|vakantie|verlof)\b|"
    r"\A(?:vakantie|verlof|afwezig|afwezigheid)\b.{0,30}\b(?:t/m|tot|van|vanaf)\b|"
    r"\b(?:ons|het) (?:kantoor|loket|gemeentehuis|stadhuis) is\b.{0,40}\bgesloten\b|\b(?:heb ik|ik heb) vrij\b|\bzijn (?:wij|we) gesloten\b|\bwerk ik niet langer\b|\bben ik de hele dag\b|"
    r"\bik werk (?:alleen |altijd )?op (?:maandag|dinsdag|woensdag|donderdag|vrijdag)\b|"
    r"\bi(?:'| a)?m (?:currently |now |presently )?(?:out of (?:the )?office|away|on (?:\w+ )?(?:leave|vacation|holiday)|not in the office|unavailable)\b|"
    r"\bi (?:will|shall) be (?:out of (?:the )?office|away|on (?:\w+ )?(?:leave|vacation|holiday))\b|"
    r"\bi have left the (?:company|organi[sz]ation)\b|\bduring my (?:absence|leave|holiday)\b|\bi no longer work\b"
    r")"
)
_MEANS: Final = re.compile(
    r"(?i)(?:"
    r"\b(?:lees|beantwoord|bekijk|reageer|antwoord) ik\b|\bik (?:lees|beantwoord|bekijk|reageer|antwoord|neem)\b.{0,60}\b(?:mail|mails|e-?mail|bericht|contact|dag|zodra|terug|week|later|zo spoedig)\b|"
    r"\b(?:uw|je|jouw|mijn|de) (?:e-?mail|mail|mails|bericht|berichten)\b.{0,50}\b(?:gelezen|doorgestuurd|beantwoord|verwerkt|bekeken|lees|beantwoord)\b|"
    r"\b(?:lees|lezen|zie)\b.{0,30}\b(?:mail|mails|e-?mail|berichten|wij|we)\b|\bgeen toegang tot\b|\bzal ik\b.{0,40}\b(?:reageren|beantwoorden|antwoorden|lezen)\b|\bmijn opvolg(?:er|ster)\b|"
    r"\b(?:bij|voor|in|met|is het|heeft u|hebt u)\b.{0,40}\b(?:spoed|spoedgevallen|haast|dringende?|urgente?|spoedeisende?|noodgeval(?:len)?)\b|\bdringende (?:zaken|vragen|gevallen)\b|"
    r"\bvoor (?:alle |overige |andere )?vragen\b|\bbij vragen\b|\bkunt u (?:terecht|zich wenden|bellen|mailen|richten)\b|"
    r"\b(?:neem|neemt u|kunt u|kun je)\b.{0,60}\bcontact op(?:nemen)?\b|\bcontact opnemen met\b|"
    r"\bstuur\b.{0,40}\b(?:mail|vraag|bericht)\b.{0,40}\bnaar\b|\b(?:bel|mail) (?:dan|met|naar|bij|het|onze|mijn)\b|"
    r"\bmijn (?:collega|collega's|vervanger|vervangster|werkzaamheden|taken)\b|\bvervangt mij\b|\bneemt .{1,40} waar\b|\bword(?:t|en) waargenomen\b|\bwaargenomen door\b|"
    r"\bweer (?:aanwezig|bereikbaar|terug|op kantoor|aan het werk|beschikbaar|open)\b|\b(?:ben|kom) (?:ik )?(?:weer|terug)\b|\bik ben\b.{0,40}\b(?:weer|terug)\b|"
    r"\b(?:na mijn (?:terugkeer|terugkomst|vakantie|verlof)|zodra ik)\b|"
    r"\b(?:for|in) (?:urgent|emergenc|case of)|\bback (?:on|in|at|from)\b|\bi (?:will|shall) (?:return|reply|respond|be back|answer)\b|"
    r"\bupon my return\b|\bwhen i (?:return|am back|get back)\b|\b(?:limited|no) access\b|\b(?:please |urgent cases )?contact (?:my|our|me|the)\b|\bplease contact\b"
    r")"
)
_GOT: Final = re.compile(
    r"(?i)(?:"
    r"\buw (?:e-?mail|mail|bericht|melding|vraag|aanvraag|verzoek|reactie|brief)\b.{0,60}\b(?:ontvangen|geregistreerd|binnengekomen)\b|"
    r"\bhebben\b.{0,30}\buw (?:e-?mail|mail|bericht|melding|vraag|aanvraag|verzoek|brief)\b.{0,40}\bontvangen\b|"
    r"\b(?:in behandeling|zo (?:spoedig|snel) mogelijk|binnen \w+ (?:werk)?dagen|streven (?:wij|we) ernaar|(?:wij|we) streven ernaar|ontvangstbevestiging|kenmerk|zaaknummer|meldingsnummer|u ontvangt)\b|"
    r"\bwe have received your\b"
    r")"
)
_RECEIVED: Final = re.compile(
    r"(?i)\b(?:ontvangen|geregistreerd|binnengekomen|received|dank voor uw (?:e-?mail|mail|bericht))\b"
)
_POLITE: Final = re.compile(
    r"(?i)\A\W*(?:(?:beste|geachte|hallo|hoi|dag|hi|hello|dear|goede(?:n)?(?:dag|morgen|middag|avond)|l\.?s\.?)\b(?:\W+\w+){0,6}\W*\Z|"
    r"(?:\w+\W+){0,6}(?:bedankt|dank|dank je|dank u|thank you|thanks)\b.{0,60}\b(?:e-?mail|mail|bericht|message|reactie|vraag|begrip)\b)"
)
_GREETING: Final = re.compile(
    r"(?i)\A\s*(?:beste|geachte|hallo|hoi|dag|hi|hello|dear|goede(?:n)?(?:dag|morgen|middag|avond)|l\.?s\.?)\b[^\n.?!]{0,60}[,.!]?\s*\n"
)
_URGENT_QUESTION: Final = re.compile(
    r"(?i)\b(?:heeft|hebt|is|heb)\b.{0,60}\b(?:spoed|dringend|dringende|haast|urgent|vraag|vragen)\b.{0,40}\?"
)

Found = list[tuple[str, str]]


def signals(subject: str, text: str) -> Found:
    """The signals with their reasons in Dutch; the strongest first."""
    subject, text = subject.strip(), text.strip()[:5000]
    found: Found = []
    if _READ_SUBJECT.search(subject) and (_READ_TEXT.search(text) or len(text) < 3):
        found.append(
            ("onderwerp van een leesbevestiging", "De mail is een leesbevestiging.")
        )
    reason = "Het onderwerp is dat van een automatisch antwoord."
    signal = "onderwerp van een automatisch antwoord"
    if _SURE_SUBJECT.search(subject):
        found.append((signal, reason))
    sentences = _sentences(text)
    asks = any(s.endswith("?") and not _URGENT_QUESTION.search(s) for s in sentences)
    if asks or "?" in subject or len(text) > _MAX_TEXT:
        return found
    if not found and _LIKELY_SUBJECT.search(subject):
        found.append((signal, reason))
    if _MACHINE.search(" ".join(text.split())):
        reason = "De tekst zegt dat de mail automatisch is verstuurd."
        found.append(("tekst van een automatische mail", reason))
    found += _by_sentences(subject, sentences)
    return found


def _sentences(text: str) -> list[str]:
    """Up to the signature, without the greeting, each on one line."""
    end = _SIGN_OFF.search(text)
    body = _GREETING.sub("", text[: end.start()] if end else text)
    paragraphs = (" ".join(p.split()) for p in re.split(r"\n[ \t]*\n", body))
    return [
        sentence.strip()
        for paragraph in paragraphs
        for sentence in re.split(r"(?<=[.!?]) ", paragraph)
        if sentence.strip()
    ]


def _by_sentences(subject: str, sentences: list[str]) -> Found:
    away = means = got = other = 0
    for sentence in sentences:
        is_away, is_means = bool(_AWAY.search(sentence)), bool(_MEANS.search(sentence))
        is_got = bool(_GOT.search(sentence))
        away, means, got = away + is_away, means + is_means, got + is_got
        polite = _POLITE.search(sentence) or len(sentence.split()) <= 3
        other += not (is_away or is_means or is_got or polite)
    if _AWAY.search(subject):
        away += 1
    if away and (means or away > 1) and other <= (away + means) // 3:
        reason = "De tekst is die van een automatisch antwoord bij afwezigheid."
        return [("tekst over afwezigheid", reason)]
    if got > 1 and not other and any(_RECEIVED.search(s) for s in sentences):
        reason = "De tekst is die van een ontvangstbevestiging."
        return [("tekst van een ontvangstbevestiging", reason)]
    return []
