"""What kind of mail it is, with the reason in one Dutch sentence.

Only a mail by a person may open a question or get a reply, so when signals of a machine
are there, it is a machine's. Order counts: a loop is seen before an automatic reply, a
bounce before automatic mail in general.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from . import wording
from .files import calendar_method
from .message import Mail, Oordeel, Soort

_MAX_HOPS: Final = 50
_LOCAL_SERVERS: Final = frozenset({"mailer-daemon", "postmaster", "mailerdaemon"})


def _never(_text: str) -> bool:
    return False


@dataclass(frozen=True)
class Eigen:
    """What is ours: addresses that we send from (lower case, without a token), whether a
    Message-ID is one that we made, and whether an address of a recipient holds a token."""

    addresses: frozenset[str]
    is_own_message_id: Callable[[str], bool] = _never
    is_own_recipient: Callable[[str], bool] = _never


def judge(mail: Mail, own: Eigen) -> Oordeel:
    """The kind of a mail. VRAAG and REACTIE are both by a person."""
    for look in (_loop, _unreadable, _bounce, _automatic, _spam):
        found = look(mail, own)
        if found is not None:
            return found
    if _answers_ours(mail, own):
        return Oordeel(
            Soort.REACTIE, "Een persoon antwoordt op een mail van het loket."
        )
    return Oordeel(Soort.VRAAG, "Een persoon schrijft het loket.")


def _unreadable(mail: Mail, _own: Eigen) -> Oordeel | None:
    if mail.unreadable:
        return Oordeel(Soort.ONLEESBAAR, mail.unreadable, ("onleesbaar",))
    if not (mail.froms or mail.subject or mail.text.strip() or mail.attachments):
        reason = "De mail heeft geen afzender, onderwerp of tekst."
        return Oordeel(Soort.ONLEESBAAR, reason, ("leeg",))
    return None


def _loop(mail: Mail, own: Eigen) -> Oordeel | None:
    signals = []
    if mail.message_id and own.is_own_message_id(mail.message_id):
        signals.append("Message-ID is van ons")
        reason = "De mail draagt het nummer van een mail die het loket zelf verstuurde."
    if any(_is_own_address(adres.address, own) for adres in mail.froms):
        signals.append("From is van ons")
        reason = "De mail noemt het loket zelf als afzender."
    if any(_is_own_address(value.lower(), own) for value in mail.all_headers("x-loop")):
        signals.append("X-Loop is van ons")
        reason = "De mail is al eens langs het loket gekomen."
    if len(mail.all_headers("received")) > _MAX_HOPS:
        signals.append("te veel Received")
        reason = f"De mail ging langs meer dan {_MAX_HOPS} mailservers."
    return Oordeel(Soort.LUS, reason, tuple(signals)) if signals else None


def _is_own_address(address: str, own: Eigen) -> bool:
    local, _at, domain = address.strip(" <>").rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in own.addresses


_BOUNCE_SUBJECT: Final = re.compile(
    r"(?i)^(?:undeliver(?:able|ed)|onbestelba(?:ar|re)|delivery (?:status notification|fail|has failed)|"
    r"mail delivery (?:fail|system|problem|subsystem)|returned mail|failure notice|mail could not be delivered|"
    r"(?:message|mail) (?:status|delivery) .{0,20}fail|niet[ -](?:bezorgd|afgeleverd|bestelbaar)|"
    r"(?:bericht|mail|e-mail) (?:is |kon |kan )?niet (?:worden )?(?:bezorgd|afgeleverd)|"
    r"bezorging (?:van .{1,60} )?(?:is )?mislukt|mislukte bezorging|melding van niet-bezorging|"
    r"unzustellbar|non remis|undelivered mail returned|warning: (?:could not send|message .{1,40} delayed)|"
    r"delayed mail|rejected:|nondeliverable)"
)
_GOOD_NEWS: Final = frozenset({"delivered", "relayed", "expanded"})


def _bounce(mail: Mail, _own: Eigen) -> Oordeel | None:
    signals = []
    actions = {bounce.action for bounce in mail.bounces}
    if mail.header("x-failed-recipients"):
        signals.append("X-Failed-Recipients")
    kind = _content_type(mail)
    if "multipart/report" in kind and "delivery-status" in kind:
        signals.append("rapport van een mailserver")
    if actions:
        signals.append("ontvangers: " + ", ".join(sorted(actions)))
    from_server = any(a.address.partition("@")[0] in _LOCAL_SERVERS for a in mail.froms)
    if from_server:
        signals.append("From is een mailserver")
    if mail.return_path == "":
        signals.append("Return-Path is leeg")
    told = bool(_BOUNCE_SUBJECT.search(mail.subject.strip()))
    if told:
        signals.append("onderwerp van een terugmelding")
    is_report = bool(actions) or "rapport van een mailserver" in signals
    is_report = is_report or bool(mail.header("x-failed-recipients"))
    if not (is_report or (told and (from_server or mail.return_path == ""))):
        return None
    if actions and actions <= _GOOD_NEWS:
        reason = "Een mailserver meldt dat een mail van het loket is aangekomen."
        return Oordeel(Soort.AUTOMATISCH, reason, tuple(signals))
    if actions and "failed" not in actions and actions <= {"delayed", *_GOOD_NEWS}:
        reason = "Een mailserver meldt dat een mail van het loket later aankomt."
        return Oordeel(Soort.AUTOMATISCH, reason, tuple(signals))
    reason = "Een mailserver meldt dat een mail niet is aangekomen."
    return Oordeel(Soort.BOUNCE, reason, tuple(signals))


def _content_type(mail: Mail) -> str:
    return mail.header("content-type").lower()


_BULK: Final = frozenset(
    {"auto_reply", "auto-reply", "autoreply", "bulk", "junk", "list"}
)
_SUPPRESS: Final = frozenset({"dr", "autoreply", "oof", "all"})
_MACHINE_HEADERS: Final = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply",
    "x-auto-reply", "x-vacation", "x-out-of-office",
)  # fmt: skip
_LIST_HEADERS: Final = (
    "list-id",
    "list-unsubscribe",
    "list-post",
    "list-help",
    "mailing-list",
)
_CAMPAIGN_HEADERS: Final = (
    "x-campaign",
    "x-campaignid",
    "x-mailchimp-id",
    "x-mc-user",
    "x-csa-complaints",
)


def _automatic(mail: Mail, _own: Eigen) -> Oordeel | None:
    """The first signal gives the reason; all are shown."""
    found = [*_by_report(mail), *_by_header(mail), *_by_list(mail)]
    found += wording.signals(mail.subject, mail.new_text)
    if not found:
        return None
    return Oordeel(
        Soort.AUTOMATISCH, found[0][1], tuple(signal for signal, _why in found)
    )


Found = list[tuple[str, str]]


def _by_report(mail: Mail) -> Found:
    found = []
    kind = _content_type(mail)
    if "multipart/report" in kind or mail.header("content-type").startswith(
        "message/delivery"
    ):
        if "disposition-notification" in kind:
            found.append(("leesbevestiging", "De mail is een leesbevestiging."))
        elif "feedback-report" in kind:
            found.append(("feedback-report", "De mail is een melding over spam."))
        else:
            found.append(
                ("multipart/report", "De mail is een rapport van een mailserver.")
            )
    elif any(
        b.media_type == "message/disposition-notification" for b in mail.attachments
    ):
        found.append(("leesbevestiging", "De mail is een leesbevestiging."))
    if any(
        b.media_type == "text/calendar"
        and calendar_method(b.data[:100_000].decode("latin-1")) == "REPLY"
        for b in mail.attachments
    ) and len(mail.new_text.strip()) < 200 and "?" not in mail.new_text:  # fmt: skip
        reason = "De mail is het antwoord van een agenda op een uitnodiging."
        found.append(("agenda-antwoord", reason))
    return found


def _by_header(mail: Mail) -> Found:
    found = []
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        reason = "De mail zegt zelf dat een computer haar verstuurde."
        if submitted == "auto-replied":
            reason = "De mail is een automatisch antwoord."
        found.append((f"Auto-Submitted: {submitted[:40]}", reason))
    suppress = {
        w.strip().lower() for w in mail.header("x-auto-response-suppress").split(",")
    }
    if suppress & _SUPPRESS:
        reason = (
            "De afzender wil geen automatisch antwoord, zoals een computer dat vraagt."
        )
        found.append(("X-Auto-Response-Suppress", reason))
    for name in _MACHINE_HEADERS:
        if mail.header(name).lower() not in ("", "no", "false"):
            found.append((name, "De mail is een automatisch antwoord."))
    for name in ("precedence", "x-precedence"):
        value = mail.header(name).strip().lower()
        if value in _BULK:
            reason = "De mail is aan veel mensen tegelijk verstuurd."
            if value.startswith("auto"):
                reason = "De mail is een automatisch antwoord."
            found.append((f"{name}: {value}", reason))
    if mail.header("x-loop").strip().lower() in ("yes", "true"):
        found.append(("X-Loop", "De mail is een automatisch antwoord."))
    if any(
        v.strip().lower().startswith("autoresponder")
        for v in mail.all_headers("delivered-to")
    ):
        found.append(
            ("Delivered-To: autoresponder", "De mail is een automatisch antwoord.")
        )
    if mail.header("x-ms-exchange-generated-message-source"):
        found.append(
            ("door Exchange gemaakt", "De mailserver van de afzender maakte deze mail.")
        )
    if mail.return_path == "":
        reason = "De mail heeft geen adres voor een antwoord van een mailserver, zoals een automatische mail."
        found.append(("Return-Path is leeg", reason))
    if any(a.address.partition("@")[0] in _LOCAL_SERVERS for a in mail.froms):
        found.append(("From is een mailserver", "De mail komt van een mailserver."))
    return found


def _by_list(mail: Mail) -> Found:
    found = []
    for name in _LIST_HEADERS:
        if mail.header(name):
            reason = "De mail komt van een mailinglijst of nieuwsbrief."
            found.append((name, reason))
    for name in _CAMPAIGN_HEADERS:
        if mail.header(name):
            found.append((name, "De mail is een nieuwsbrief."))
    return found


def _spam(mail: Mail, _own: Eigen) -> Oordeel | None:
    """Only the word of a filter on the way; we judge no content."""
    signals = []
    for name in ("x-spam-flag", "x-spam", "x-spam-status"):
        if re.match(r"(?i)\s*(?:yes|true)\b", mail.header(name)):
            signals.append(name)
    level = re.match(r"\s*(\d{1,2})\b", mail.header("x-ms-exchange-organization-scl"))
    if level and int(level[1]) >= 5:
        signals.append(f"SCL {level[1]}")
    if re.search(r"\b(?:SFV:SPM|CAT:(?:SPM|HSPM|PHSH|HPHSH|MALW))\b",
                 mail.header("x-forefront-antispam-report")):  # fmt: skip
        signals.append("filter van Microsoft")
    if re.search(
        r"(?i)\b(?:reject|add header|rewrite subject)\b", mail.header("x-rspamd-action")
    ):
        signals.append("filter rspamd")
    if not signals:
        return None
    return Oordeel(
        Soort.SPAM, "Het filter van de mailserver houdt dit voor spam.", tuple(signals)
    )


def _answers_ours(mail: Mail, own: Eigen) -> bool:
    ids = (*mail.in_reply_to, *mail.references)
    return any(map(own.is_own_message_id, ids)) or any(
        map(own.is_own_recipient, mail.recipients)
    )
