"""Which question a mail belongs to: by proof, and held whenever there is doubt.

A mail joins a question when it carries a token of that question (in the address it was
sent to, or as one of our Message-IDs that it answers) *and* its sender is known to that
question. Subjects, Cc, Reply-To and headers of ours prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from .message import Mail, Soort

CLOSED_DAYS = 30
MAX_ADDRESS = 254
_DMARC_FAIL = re.compile(r"(?:^|[;\s])dmarc\s*=\s*(?:\([^)]*\)\s*)?fail\b", re.I)
_REFERENCE = re.compile(r"\bV-\d{4}-[2-9A-HJ-NP-Z]{6}\b", re.I)


class Uitkomst(StrEnum):
    NIEUW = "nieuw"
    TOEGEVOEGD = "toegevoegd"
    AANGEHOUDEN = "aangehouden"
    GENEGEERD = "genegeerd"


@dataclass(frozen=True)
class Verwijzing:
    """What a valid token says: the question, and for whom it was made (``contact:4``).
    A Message-ID of ours says only the question."""

    key: str
    who: str = ""


@dataclass(frozen=True)
class Vraagstand:
    """What counts of a question: who may write to it by mail, and how long it is closed."""

    readers: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    closed_days: int | None = None


@dataclass(frozen=True)
class Feiten:
    """What the database knows around one mail.

    question: None when the question is gone or anonymised, or when none is meant.
    is_staff: the sender has an account, active or not.
    own_id: the mail's own Message-ID is one that we made.
    seen_id: another mail with this Message-ID came in before.
    dmarc_failed: as said by the server that we trust.
    mailed: addresses that we mailed about the question.
    """

    question: Vraagstand | None = None
    is_staff: bool = False
    own_id: bool = False
    seen_id: bool = False
    dmarc_failed: bool = False
    mailed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Koppeling:
    """Where a mail goes, why (one Dutch sentence), to which question, as whom."""

    uitkomst: Uitkomst
    reden: str
    key: str = ""
    who: str = ""


def claims_of(
    mail: Mail,
    proof_in: Callable[[str], Verwijzing | None],
    question_of: Callable[[Iterable[str]], Iterable[str]],
    *,
    bounce: bool = False,
) -> tuple[Verwijzing, ...]:
    """What the mail points to, with proof.

    proof_in: what the address of a recipient proves. question_of: the questions of those
    Message-IDs that are ours.
    """
    found = dict.fromkeys(
        proof for address in mail.recipients if (proof := proof_in(address)) is not None
    )
    ids = [*mail.in_reply_to, *mail.references]
    if bounce:
        ids += mail.bounced_ids
    found |= dict.fromkeys(Verwijzing(key) for key in question_of(ids))
    return tuple(found)


def key_of(claims: Iterable[Verwijzing]) -> str:
    """The one question that the proof points to; empty for none or several."""
    keys = {claim.key for claim in claims}
    return keys.pop() if len(keys) == 1 else ""


def sender_of(mail: Mail) -> str:
    """The address of the sender; empty when it is not one address in plain sight."""
    return "" if doubt_about_sender(mail) else mail.froms[0].address


def doubt_about_sender(mail: Mail) -> str:
    """Why the From cannot be trusted to be one person; empty when it can."""
    if mail.from_doubt or len(mail.froms) != 1:
        return mail.from_doubt or "De mail noemt niet één afzender."
    address = mail.froms[0].address
    if (
        not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address)
        or len(address) > MAX_ADDRESS
    ):
        return "Het adres van de afzender is geen mailadres."
    if not address.isascii():
        return "Het adres van de afzender bevat vreemde tekens."
    return ""


def dmarc_failed(mail: Mail, authserv: str) -> bool:
    """Whether the server that we trust says that the sender was forged (RFC 8601)."""
    if not authserv:
        return False
    for value in mail.all_headers("authentication-results"):
        name, _semicolon, results = value.partition(";")
        words = name.split()
        if (
            words
            and words[0].lower() == authserv.lower()
            and _DMARC_FAIL.search(results)
        ):
            return True
    return False


def reference_in(subject: str) -> str:
    """A reference in the subject: a hint for the front office, never proof."""
    found = _REFERENCE.search(subject)
    return found.group().upper() if found else ""


def couple(
    mail: Mail, soort: Soort, claims: tuple[Verwijzing, ...], facts: Feiten
) -> Koppeling:
    """Where this mail goes. Nothing but this function decides it."""
    key = key_of(claims)
    if soort == Soort.SPAM:
        return Koppeling(Uitkomst.GENEGEERD, "Spam krijgt geen vraag.")
    if soort == Soort.LUS:
        return Koppeling(Uitkomst.GENEGEERD, "Deze mail komt van ons eigen systeem.")
    if soort == Soort.ONLEESBAAR:
        return Koppeling(
            Uitkomst.AANGEHOUDEN, "De mail is niet te lezen. Bekijk het origineel."
        )
    if soort == Soort.BOUNCE:
        return _bounce(mail, key, facts)
    result = _person(mail, claims, key, facts)
    if soort == Soort.AUTOMATISCH and result.uitkomst != Uitkomst.TOEGEVOEGD:
        why = (
            "Een automatisch bericht opent geen vraag."
            if result.uitkomst == Uitkomst.NIEUW
            else f"{result.reden} Automatische berichten houden wij dan niet vast."
        )
        return Koppeling(Uitkomst.GENEGEERD, why, result.key)
    return result


def _bounce(mail: Mail, key: str, facts: Feiten) -> Koppeling:
    if not key:
        return Koppeling(
            Uitkomst.GENEGEERD,
            "Dit bericht bewijst niet bij welke mail van ons het hoort.",
        )
    if facts.question is None:
        return Koppeling(Uitkomst.GENEGEERD, "De vraag van deze mail is er niet meer.")
    if not any(bounce.recipient.lower() in facts.mailed for bounce in mail.bounces):
        return Koppeling(
            Uitkomst.GENEGEERD,
            "Dit bericht noemt geen adres waaraan wij over deze vraag mailden.",
            key,
        )
    return Koppeling(
        Uitkomst.TOEGEVOEGD, "Een mail van ons over deze vraag kwam niet aan.", key
    )


def _person(
    mail: Mail, claims: tuple[Verwijzing, ...], key: str, facts: Feiten
) -> Koppeling:
    def held(why: str) -> Koppeling:
        return Koppeling(Uitkomst.AANGEHOUDEN, why, key if facts.question else "")

    if facts.own_id:
        return held("Het nummer van deze mail is van een mail van ons.")
    if facts.seen_id:
        return held("Er kwam eerder een andere mail met hetzelfde nummer binnen.")
    if doubt := doubt_about_sender(mail):
        return held(doubt)
    if facts.dmarc_failed:
        return held("Onze mailserver zegt dat de afzender niet klopt (DMARC).")
    if len({claim.key for claim in claims}) > 1:
        return held("De mail hoort bij meer dan één vraag.")
    sender = sender_of(mail)
    question = facts.question
    if not key or question is None:
        if facts.is_staff:
            return held(
                "De afzender is een medewerker, maar het bewijs daarvan ontbreekt."
            )
        return Koppeling(
            Uitkomst.NIEUW,
            "De mail hoort bij geen vraag die er is."
            if key
            else "De mail verwijst naar geen vraag.",
        )
    known = {who for who, _address in question.readers}
    mine = {who for who, address in question.readers if address == sender}
    tokens = {claim.who for claim in claims if claim.who}
    if tokens and not tokens & mine and not tokens <= known:
        return held("Het antwoordadres is niet meer geldig.")
    if not mine:
        return held("De afzender hoort niet bij deze vraag.")
    staff = facts.is_staff or any(who.startswith("user:") for who in mine)
    if staff and not tokens & mine:
        return held("De afzender is een medewerker, maar het bewijs daarvan ontbreekt.")
    if question.closed_days is not None and question.closed_days > CLOSED_DAYS:
        return held("De vraag is meer dan 30 dagen gesloten.")
    who = min(tokens & mine or mine)
    return Koppeling(
        Uitkomst.TOEGEVOEGD,
        "De afzender hoort bij de vraag en gebruikte een geldig antwoordadres."
        if tokens
        else "De afzender hoort bij de vraag en antwoordde op een mail van ons.",
        key,
        who,
    )
