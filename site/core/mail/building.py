import html
import re
import uuid
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator

from core import markdown, outbox
from core.models import Mailbericht

from .tokens import message_id

_SUBJECT = re.compile(r"\AOnderwerp:[ \t]*(?P<subject>[^\n]+)\n+")


def send(
    *,
    template: str,
    to: list[str],
    context: dict[str, Any],
    about: str = "",
    message_key: str = "",
    reply_to: str = "",
    from_name: str = "",
    in_reply_to: str = "",
    references: list[str] | None = None,
    headers: dict[str, str] | None = None,
    automatic: bool = True,
) -> Mailbericht:
    """Build a message from ``mail/<template>.md`` and put it in the outbox.

    to: the real recipients, stored and shown. about: object key such as ``vraag:12``.
    message_key: makes the Message-ID reproducible; unique per message.
    Raises ValueError when the template has no subject line or ``to`` is empty.
    """
    if not to:
        raise ValueError("een bericht heeft minstens één ontvanger")
    source = render_to_string(
        f"mail/{template}.md", {**context, "base_url": settings.BASE_URL}
    )
    match = _SUBJECT.match(source.lstrip())
    if not match:
        raise ValueError(f"mail/{template}.md begint niet met 'Onderwerp: …'")
    subject = Truncator(" ".join(html.unescape(match["subject"]).split())).chars(200)
    body = source.lstrip()[match.end() :].strip()
    key = message_key or uuid.uuid4().hex
    all_headers = dict(headers or {})
    if automatic:
        all_headers.setdefault("Auto-Submitted", "auto-generated")
    if in_reply_to:
        all_headers["In-Reply-To"] = in_reply_to
    if references:
        all_headers["References"] = " ".join(references)
    bericht = Mailbericht.objects.create(
        message_id=message_id(key),
        template=template,
        to=to,
        from_name=from_name,
        reply_to=reply_to,
        subject=subject,
        text=markdown.to_text(body),
        html=render_to_string(
            "mail/base.html", {"body": markdown.render_mail(body), "subject": subject}
        ),
        headers=all_headers,
        about=about,
    )
    outbox.enqueue(kind="core.mail", key=str(bericht.pk), payload={})
    return bericht
