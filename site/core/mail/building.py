import html
import re
import unicodedata
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from core import markdown, outbox
from core.models import Mailbericht

from . import tokens

_SUBJECT = re.compile(r"\AOnderwerp:[ \t]*(?P<subject>[^\n]+)\n+")
# Marks that turn the direction of a text around: a name could then read as another.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")
REFERENCES_KEPT = 12
# A mail has no stylesheet to link to. On a narrow screen the sheet is as wide as that.
STYLE = (
    "@media (max-width: 40em) { .blad { width: 100% } }"
    " p, li { line-height: 1.5; overflow-wrap: anywhere }"
    " li { margin-bottom: .75em } a { color: #0f5c4c }"
)


def one_line(text: str) -> str:
    """A text that is safe in a header: one line, no controls, no turned direction, no
    encoded word (RFC 2047) that a reader would turn into something else."""
    plain = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign
        for sign in _TURNS.sub("", text)
    )
    return " ".join(plain.replace("=?", "= ?").split())


def _sendable(text: str) -> str:
    """Without what neither a mail nor the database can hold: NUL and half a sign."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def thread(*, about: str, to: str, answers: str = "") -> list[str]:
    """The References of the next message about an object to this address, oldest first.

    Those of the last message to the address, that message, and last the mail that is
    answered now. The first and the last ones are kept (RFC 5322 3.6.4, RFC 5537 3.4.4).
    """
    earlier = Mailbericht.objects.filter(about=about, adres=to.strip().lower())
    last = earlier.order_by("-id").first() if about else None
    found = (
        [*last.headers.get("References", "").split(), last.message_id] if last else []
    )
    if answers and answers not in found:
        found.append(answers)
    if len(found) > REFERENCES_KEPT:
        found = [found[0], *found[1 - REFERENCES_KEPT :]]
    return found


def reads_mail() -> bool:
    """Whether an answer by mail reaches us: only then may a message ask for it."""
    return bool(settings.MAIL_IN_URL or settings.MAIL_PUSH_SECRET)


def send(
    *,
    template: str,
    to: list[str],
    context: dict[str, Any],
    about: str = "",
    who: str = "",
    message_key: str = "",
    from_name: str = "",
    answers: str = "",
    headers: dict[str, str] | None = None,
    automatic: bool = True,
    line: dict[str, str] | None = None,
    copy_of: Mailbericht | None = None,
) -> Mailbericht:
    """Build a message from ``mail/<template>.md`` and put it in the outbox.

    to: the one real recipient, stored and shown; several people get a message each.
    about: object key such as ``vraag:12``. who: ``contact:4`` or ``user:7``, so that the
    answer of that person about that object is known by its address. message_key: makes
    the Message-ID reproducible; unique per message. answers: Message-ID of the mail that
    this one answers.
    automatic: not written by a person. Above the limit per address such a message waits
    and goes in one mail with others, when ``line`` says how it stands there: ``kenmerk``,
    ``pad`` and perhaps ``uiterlijk``; none of it from the text of others.
    Raises ValueError when the template has no subject line or ``to`` is not one address.
    """
    if len(to) != 1 or not to[0].strip():
        raise ValueError("een bericht heeft precies één ontvanger")
    source = _sendable(
        render_to_string(
            f"mail/{template}.md",
            {
                **context,
                "base_url": settings.BASE_URL,
                "wij_lezen_mail": reads_mail(),
            },
        )
    )
    match = _SUBJECT.match(source.lstrip())
    if not match:
        raise ValueError(f"mail/{template}.md begint niet met 'Onderwerp: …'")
    subject = Truncator(one_line(html.unescape(match["subject"]))).chars(200)
    body = source.lstrip()[match.end() :].strip()
    key = message_key or "-".join(
        filter(None, (about.replace(":", "-"), uuid.uuid4().hex))
    )
    answers = answers if _MESSAGE_ID.fullmatch(answers) else ""
    references = thread(about=about, to=to[0], answers=answers)
    bericht = Mailbericht.objects.create(
        message_id=tokens.message_id(key),
        template=template,
        to=to,
        adres=to[0].strip().lower(),
        who=who,
        from_name=one_line(from_name)[:120],
        reply_to=tokens.reply_address(key=about, who=who) if about and who else "",
        subject=subject,
        text=markdown.to_text(body),
        html=render_to_string(
            "mail/base.html",
            {
                "body": markdown.render_mail(body),
                "subject": subject,
                "style": mark_safe(STYLE),  # noqa: S308  a constant
            },
        ),
        headers=_headers(headers or {}, references, answers, automatic),
        about=about,
        automatic=automatic,
        regel={**line, "onderwerp": subject} if automatic and line else None,
        kopie_van=copy_of,
    )
    outbox.enqueue(kind="core.mail", key=str(bericht.pk), payload={})
    return bericht


def _headers(
    given: dict[str, str], references: Sequence[str], answers: str, automatic: bool
) -> dict[str, str]:
    headers = {name: one_line(value) for name, value in given.items()}
    if automatic:
        # RFC 3834 5: what answers a mail says so.
        kind = "auto-replied" if answers else "auto-generated"
        headers.setdefault("Auto-Submitted", kind)
    if references:
        headers["In-Reply-To"] = answers or references[-1]
        headers["References"] = " ".join(references)
    return headers
