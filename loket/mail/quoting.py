"""Split the text of a reply into what is new and what the mail program added to it.

When in doubt nothing is taken off. Only signs that a mail program writes count (a header
block with a time, 'Op … schreef …' with an address or above quoted lines, '> ' to the
end, a known signature), and not when the writer points at what follows. Answers between
the quoted lines keep those lines. Pure, and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

# Longer lines are no label, attribution or signature; what is matched is bounded by it.
_LINE = 400
_LABELS = {
    "van": "from", "from": "from", "von": "from", "de": "from",
    "verzonden": "sent", "sent": "sent", "gesendet": "sent", "envoyé": "sent",
    "verstuurd": "sent", "datum": "date", "date": "date",
    "aan": "to", "to": "to", "an": "to", "à": "to",
    "onderwerp": "subject", "subject": "subject", "betreff": "subject", "objet": "subject",
    "cc": "other", "bcc": "other", "kopie": "other", "urgentie": "other",
    "prioriteit": "other", "importance": "other", "priority": "other",
    "bijlagen": "other", "bijlage": "other", "attachments": "other",
    "antwoord aan": "other", "beantwoorden aan": "other", "reply-to": "other",
    "gevoeligheid": "other", "sensitivity": "other",
}  # fmt: skip
_LABEL = re.compile(
    rf"[ \t*_]*({'|'.join(map(re.escape, _LABELS))})[ \t*_]*:[*_]*(?:[ \t]|$)", re.I
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_DATE = re.compile(r"\b\d{4}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b")
_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]+\.[^\s@<>]")
_RULE = re.compile(r"\s*(?:[-_*=]\s?){5,}\s*$")
_ORIGINAL = re.compile(
    r"\s*[-_*=]{2,}\s*(?:oorspronkelijke?|originele?|origineel|original) "
    r"(?:e-?mail)?(?:bericht|message|mail|afspraak|appointment)\s*[-_*=]{2,}\s*$",
    re.I,
)
_ORIGINAL_BARE = re.compile(
    r"\s*(?:oorspronkelijk bericht|original message)\s*:?\s*$", re.I
)
_FORWARD = re.compile(
    r"\s*(?:[-_*=]{2,}\s*(?:doorgestuurde? (?:e-?mail)?(?:bericht|mail)?|forwarded (?:message|by\b.*)"
    r"|doorgestuurd door\b.*)\s*[-_*=]*|begin (?:van )?(?:het )?doorgestuurd(?:e)? bericht\s*:?"
    r"|begin forwarded message\s*:?)\s*$",
    re.I,
)
_FORWARD_SUBJECT = re.compile(
    r"\s*(?:(?:re|antw|aw)\s*:\s*)*(?:fwd?|doorst|dst?|doorgestuurd|tr|wg)\s*:", re.I
)
_OPENS = re.compile(r"(?:-+ )?(?:op|on)\s|[\"<\d]", re.I)
_VERB = re.compile(r"\b(?:schreef|wrote|geschreven)\b", re.I)
_VERB_ENDS = re.compile(r"(?:wrote|schreef|het volgende geschreven)$", re.I)
_SAID_ON = re.compile(r".{2,}\b(?:schreef|wrote)\s+(?:op|on)\s", re.I)
_GROUPWISE = re.compile(r"\s*>>>\s.{3,200}\d{1,2}[:.]\d\d.{0,20}>>>\s*$")
_POINTS_BELOW = re.compile(
    r"\b(?:hieronder|onderstaande?|zie beneden|hierbeneden|tussen de (?:regels|tekst|vragen)"
    r"|in (?:het )?(?:rood|blauw|groen|geel|paars|oranje|kleur|vet|cursief|hoofdletters)|rode tekst|blauwe tekst"
    r"|in (?:de|uw|je|jouw) (?:mail|e-mail|tekst|bericht)|in-?line"
    r"|(?:see|answers?|comments?|repl(?:y|ies)|mail|message)\b[^.\n]{0,40} below|below (?:e-?mail|message)"
    r"|in (?:red|blue|green|bold|caps)|doorgestuurde?|doorgezonden|doorsturen"
    r"|stuur\b[^.?!\n]{0,80}\bdoor|zie mail|forward(?:ed|ing)?|mailwisseling|correspondentie)\b",
    re.I,
)
_DEVICE = (
    r"(?:iphone|ipad|android|samsung|galaxy|mobiele?|mobieltje|telefoon|smartphone|tablet|toestel"
    r"|blackberry|windows|apple|watch|huawei|oneplus|nokia|xiaomi|pixel|fairphone|phone|mobile|cell|mac"
    r"|outlook|gmail|yahoo|proton|spark|bluemail|mail voor|mail for|ziggo|kpn|webmail)"
)
_MOBILE = re.compile(
    r"[*_<\[]*(?:(?:verstuurd|verzonden|gestuurd|sent) (?:vanaf|vanuit|van|via|met|from|using|with)"
    rf"\b.{{0,60}}?{_DEVICE}.{{0,80}}"
    r"|(?:(?:download|get|haal) )?outlook (?:voor|for) (?:android|ios|mac|windows)(?: downloaden)?[\])*_]*)$",
    re.I,
)
# 'Sent from my desk, is much easier then my phone.' is a sentence of the writer.
_SENTENCE = re.compile(
    r"[.!] [A-Z]|, |[?:]|\b(?:is|zijn|was|heb|have|kan|kunt|maar|en|and|but|ik|wij|we|u)\b"
)
_LINK = re.compile(r"<\S*?>|\(https?:\S*?\)|\[https?:\S*?\]|https?:\S*")
_POINTS_ABOVE = re.compile(
    r"\b(?:hierboven|bovenstaande?|zie boven|above|inline)\b", re.I
)
_SIGNATURE = re.compile(r"--[ \u00a0]?$")
_DISCLAIMER = re.compile(
    r"disclaimer|proclaimer|vertrouwelijk|confidential|uitsluitend (?:bestemd|bedoeld)|intended (?:for|recipient)"
    r"|aansprakelijk|liab|geadresseerde|ten onrechte ontvang",
    re.I,
)
_ADDED = re.compile(r"\s*(?:p\.? ?s\.?|n\.? ?b\.?|edit|aanvulling|nagekomen)\b", re.I)
_SIGNATURE_LINES = 12


def split(text: str, *, subject: str = "", reply: bool = True) -> tuple[str, str]:
    """The new text, and the quoted rest; the rest is empty when in doubt.

    The rest is what stood above the new text (an answer below the quote) and below it,
    with a blank line between. See ``parts``.
    """
    above, new, below = parts(text, subject=subject, reply=reply)
    return new, "\n\n".join(filter(None, (above.rstrip(), below)))


def parts(text: str, *, subject: str = "", reply: bool = True) -> tuple[str, str, str]:
    """What stands above the new text, the new text, and what stands below it.

    The three are the text in its order, apart from white space where they meet. With the
    subject of the mail a forwarded one ('Fwd:', 'FW:', 'Doorst:') is known: all is new.
    A mail that answers none (no In-Reply-To, no References) is no reply: a mail in it is
    what the writer shows, and only a signature is taken off.
    """
    if _FORWARD_SUBJECT.match(subject):
        return "", text, ""
    lines = text.split("\n")
    mail = _Lines(lines)
    end = mail.end_of_new() if reply else mail.before_signature(len(lines))
    start = mail.start_of_new(end) if reply else 0
    if start == 0 and end == len(lines):
        return "", text, ""
    first = sum(len(line) + 1 for line in lines[:start])
    last = sum(len(line) + 1 for line in lines[:end])
    new = text[first:last].rstrip()
    if not new.strip():
        return "", text, ""
    if start:
        new = new.lstrip("\r\n")
    return text[:first], new, text[last:]


class _Lines:
    """The lines of a text with what is known of each."""

    def __init__(self, lines: list[str]) -> None:
        self.all = lines
        self.short = [line[:_LINE].strip() for line in lines]
        self.is_blank = [not line.strip() for line in lines]
        self.is_quoted = [line.lstrip()[:1] == ">" for line in lines]
        # Of each line the next that is not blank, itself included.
        self.next = [len(lines)] * (len(lines) + 1)
        for at in range(len(lines) - 1, -1, -1):
            self.next[at] = self.next[at + 1] if self.is_blank[at] else at
        self.last_own = max(
            (
                at
                for at in range(len(lines))
                if not self.is_blank[at] and not self.is_quoted[at]
            ),
            default=-1,
        )

    def end_of_new(self) -> int:
        """The line after the new text."""
        end = self.quoted_to_the_end()
        if end is None:
            return len(self.all)
        mail_starts = end < len(self.all)
        for _round in range(4):
            start = self.before_quoted_lines(self.before_signature(end))
            mail_starts = mail_starts or any(self.is_quoted[start:end])
            end = start
        if mail_starts and self._says(_POINTS_BELOW, 0, end):
            return len(self.all)
        return end

    def start_of_new(self, end: int) -> int:
        """The first line after a quote with attribution at the top, when only own text
        follows; else the first line."""
        at = self.next[0]
        if at >= end:
            return 0
        after = self._attribution(at, with_address=False)
        here = at if after is None else self.next[after]
        if here >= end or not self.is_quoted[here]:
            return 0
        if after is None and not self._opens_quoted(here):
            return 0
        while here < end and self.is_quoted[here]:
            here = self.next[here + 1]
        if any(self.is_quoted[here:end]) or self._says(_POINTS_ABOVE, here, end):
            return 0
        return here if here < end else 0

    def _says(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        return any(
            pattern.search(line)
            for line, quoted in zip(
                self.all[start:end], self.is_quoted[start:end], strict=True
            )
            if not quoted
        )

    def quoted_to_the_end(self) -> int | None:
        """The first line from where everything is the earlier mail; the number of lines
        when there is none; None when the mail is forwarded."""
        at = 0
        while at < len(self.all):
            if self.is_blank[at]:
                at += 1
                continue
            if self.short[at][:1] in set("-_*=bB") and _FORWARD.match(self.short[at]):
                return None
            after = self._opening(at)
            if after is not None:
                start = self._with_rules_above(at)
                if self._is_pointed_at(start):
                    return None
                body = self.next[min(after, len(self.all))]
                if (
                    body >= len(self.all)
                    or not self.is_quoted[body]
                    or self.last_own < body
                ):
                    return start
                # Lines with '>' follow and then own text: an answer between or below.
                at = after
                continue
            at += 1
        return len(self.all)

    def _opening(self, at: int) -> int | None:
        """The line after the header of an earlier mail that opens here; None when none."""
        if self.is_quoted[at]:
            marked = self.short[at].startswith(">>>")
            return at + 1 if marked and _GROUPWISE.match(self.short[at]) else None
        if self.is_original(at):
            return at + 1
        return self.header_end(at) or self._attribution(at, with_address=True)

    def is_original(self, at: int) -> bool:
        line = self.short[at]
        return line[:1] in set("-_*=") and bool(_ORIGINAL.match(line))

    def header_end(self, at: int) -> int:
        """The line after a header block of a mail that starts here; 0 when none does.

        Sure is: from, a moment with a time, and to or subject; with 'sent', or with an
        address or a rule above it (a letter can have 'Van', 'Datum', 'Onderwerp' too).
        """
        found = _LABEL.match(self.short[at])
        if not found or _LABELS[found[1].lower()] == "other":
            return 0
        kinds: set[str] = set()
        address = timed = False
        others, end, here = 0, at, at
        while here < len(self.all) and here < at + 24:
            if self.is_blank[here]:
                here += 1
                if here < len(self.all) and self.is_blank[here]:
                    break
                continue
            line = self.short[here]
            label = _LABEL.match(line)
            if label is None:
                # A long list of addresses runs on; a blank line ends it.
                if self.is_blank[here - 1] or others == 8:
                    break
                others += 1
            else:
                kind = _LABELS[label[1].lower()]
                if kind in kinds and kind != "other":
                    break
                kinds.add(kind)
                if kind in ("sent", "date"):
                    timed = timed or _is_moment(line)
            address = address or bool(_ADDRESS.search(line))
            here += 1
            end = here
        sure = (
            "from" in kinds
            and timed
            and bool(kinds & {"to", "subject"})
            and (
                "sent" in kinds
                or address
                or (at > 0 and self._with_rules_above(at) < at)
            )
            and (address or _LABELS[found[1].lower()] == "from")
        )
        return end if sure else 0

    def _attribution(self, at: int, *, with_address: bool) -> int | None:
        """The line after 'Op … schreef …:' that starts here, wrapped over at most five."""
        opens = _OPENS.match(self.short[at])
        if not opens and self.short[at][-1:] != ":" and not _VERB.search(
            " ".join(self.short[at : at + 2])
        ):  # fmt: skip
            return None
        joined = ""
        for here in range(at, min(at + 5, len(self.all))):
            if self.is_blank[here] or (here > at and self.is_quoted[here]):
                return None
            joined = f"{joined} {self.short[here]}".strip()
            if len(joined) > 2 * _LINE:
                return None
            if joined.endswith((":", "----")) or (
                here == at and not with_address and joined[:1] in '"<0123456789'
            ):
                if is_attribution(joined, with_address=with_address) and (
                    opens or _SAID_ON.match(joined)
                ):
                    return here + 1
                if _VERB.search(joined):
                    return None
            elif not opens and not _VERB.search(joined) and here - at >= 1:
                return None
        return None

    def _with_rules_above(self, at: int) -> int:
        """The line itself, or the first of the rules and 'Oorspronkelijk bericht' above."""
        start = here = at
        while here > 0 and at - here < 6:
            here -= 1
            line = self.short[here]
            if _RULE.match(line) or _ORIGINAL.match(line) or _ORIGINAL_BARE.match(line):
                start = here
            elif not self.is_blank[here]:
                break
        return start

    def _is_pointed_at(self, start: int) -> bool:
        """Whether the last line of the writer ends in a colon: what follows is shown."""
        here = start - 1
        while here >= 0 and self.is_blank[here]:
            here -= 1
        return here >= 0 and _ends_in_colon(self.short[here])

    def before_quoted_lines(self, end: int) -> int:
        """Where lines with '>' up to the end start, with their attribution."""
        start = here = end
        while here > 0 and (self.is_blank[here - 1] or self.is_quoted[here - 1]):
            here -= 1
            if self.is_quoted[here]:
                start = here
        if start == end:
            return end
        while here > 0 and self.is_blank[here - 1]:
            here -= 1
        for size in range(1, min(5, here) + 1):
            at = here - size
            if self.is_blank[at]:
                break
            if self._attribution(at, with_address=False) == here and not (
                size < 5 and at > 0 and self._is_rest_of_attribution(at)
            ):
                return at
        pointed_at = here > 0 and _ends_in_colon(self.short[here - 1])
        known = self._opens_quoted(start) or self.replies_with_marks
        return start if known and not pointed_at else end

    @cached_property
    def replies_with_marks(self) -> bool:
        """Whether the mail program marked an earlier mail with '>' somewhere: without
        that, such lines may be words of a law that the writer shows."""
        return any(
            self._opens_quoted(at) or self._is_above_quoted(at)
            for timed, line in enumerate(self.short)
            if ":" in line and _TIME.search(line)
            for at in range(max(timed - 4, 0), timed + 1)
            if not self.is_blank[at]
        )

    def _is_above_quoted(self, at: int) -> bool:
        after = self._attribution(at, with_address=False)
        if after is None:
            return False
        body = self.next[after]
        return body < len(self.all) and self.is_quoted[body]

    def _opens_quoted(self, at: int) -> bool:
        """Whether quoted lines start here with an attribution or the header of a mail."""
        if not self.is_quoted[at]:
            return False
        lines = [
            line.lstrip("> ")
            for line, quoted in zip(
                self.short[at : at + 5], self.is_quoted[at : at + 5], strict=True
            )
            if quoted
        ]
        return bool(lines) and (
            any(is_attribution(line, with_address=False) for line in lines[:2])
            or (
                _labels(lines) >= {"from", "to"}
                and _labels(lines) & {"date", "sent", "subject"} != set()
            )
        )

    def _is_rest_of_attribution(self, at: int) -> bool:
        return self.short[at].count(">") > self.short[at].count("<")

    def before_signature(self, end: int) -> int:
        """Where a signature up to the end starts; the end itself when there is none.

        That of a telephone stands apart: a blank line or a rule above it.
        """
        here = end
        while here > 0 and self.is_blank[here - 1]:
            here -= 1
        if here > 0 and self._is_mobile(here - 1):
            return self._with_rule_above(here - 1)
        lines = 0
        for at in range(here - 1, -1, -1):
            if self.is_blank[at]:
                continue
            if _SIGNATURE.match(self.all[at].rstrip("\r")):
                return at if _is_signature(self.short[at + 1 : here]) else end
            lines += 1
            if lines > _SIGNATURE_LINES or self.is_quoted[at]:
                break
        return end

    def _with_rule_above(self, at: int) -> int:
        return at - 1 if at > 0 and _RULE.match(self.short[at - 1]) else at

    def _is_mobile(self, at: int) -> bool:
        line = " ".join(_LINK.sub("", self.short[at]).split())
        return (
            len(line.split()) <= 10
            and (
                at == 0
                or self.is_blank[at - 1]
                or bool(_RULE.match(self.short[at - 1]))
            )
            and bool(_MOBILE.match(line))
            and not _SENTENCE.search(line)
        )


def is_attribution(line: str, *, with_address: bool) -> bool:
    """Whether a mail program wrote this line above what it quotes.

    With an address it is sure whatever follows; without one it must have a time, and the
    caller must know that quoted lines follow: 'Op 3 november schreef de gemeente ons:' is
    a sentence.
    """
    if not _VERB.search(line):
        # FairEmail, Nextcloud: a moment and an address, no verb, above quoted lines.
        return (
            not with_address
            and line[:1] in '"<0123456789'
            and _is_moment(line)
            and bool(_ADDRESS.search(line))
        )
    has_time = bool(_TIME.search(line))
    said = _VERB_ENDS.sub("", line.rstrip(":- ")).rstrip(", ")
    if said.lower().endswith(" heeft"):
        said = said[: -len(" heeft")]
    address = "@" in said[said.rfind(" ") + 1 :]
    if address and (has_time or _DATE.search(line)):
        return True
    if _SAID_ON.match(line) and has_time and _ADDRESS.search(line):
        return True
    return not with_address and _is_moment(line)


def _labels(lines: Sequence[str]) -> set[str]:
    found = (_LABEL.match(line) for line in lines)
    return {_LABELS[label[1].lower()] for label in found if label}


def _is_moment(line: str) -> bool:
    """Whether a line holds a time and more figures than that: a day."""
    return bool(_TIME.search(line)) and sum(map(str.isdigit, line)) >= 5


def _ends_in_colon(line: str) -> bool:
    """'Zij schreven ons:', and not ':+1:'."""
    return line.endswith(":") and not line.startswith(":")


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether lines below '--' are a signature and not one more paragraph."""
    said = [line for line in lines if line]
    if len(said) > _SIGNATURE_LINES:
        return False
    if any(_DISCLAIMER.search(line) for line in said):
        return not any(_ADDED.match(line) for line in said)
    return not any(
        _ADDED.match(line)
        or "?" in re.sub(r"https?:\S*", "", line)
        or len(line) > 100
        or (len(line.split()) > 8 and line.endswith((".", "!", ":", ",")))
        for line in said
    )
