import contextlib
import email.message
import email.policy
import hashlib
import io
import smtplib
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.utils import format_datetime, formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import BadHeaderError
from django.db.models import F
from django.utils import timezone

from core import outbox
from core.models import Mailbericht, Outbox

from . import dkim_signing, limits
from .failing import failed

# Seven bits only, so that no server on the way has to change what was signed (RFC 6376 5.3).
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP
# Long enough that an id stands behind the name of its header, as some servers need.
_POLICY = email.policy.compat32.clone(
    linesep="\r\n", max_line_length=400, mangle_from_=False
)
# The server answered, so nothing arrived; 5xx of these three is about us, not the address.
_ABOUT_US = (530, 535, 538)
_MOST_UNSURE = 2
# How much longer than for another step we wait for the verdict on a whole message.
_VERDICT = 6
Status = Mailbericht.Status


class Fixed(email.message.Message):
    """A message whose bytes are settled: what was signed is what goes out."""

    raw = b""

    def as_bytes(self, *args: Any, linesep: str = "\n", **kwargs: Any) -> bytes:  # type: ignore[override]
        return self.raw.replace(b"\r\n", linesep.encode())


class Message(EmailMultiAlternatives):
    """A message with the same bytes at every try, signed when there is a key."""

    def message(self, *, policy: Any = _POLICY) -> Any:
        made = super().message()
        name = hashlib.sha256(made["Message-ID"].encode()).hexdigest()[:32]
        # In quoted-printable no line of text begins like this.
        made.set_boundary(f"=_{name}")
        out = io.BytesIO()
        BytesGenerator(out, policy=_POLICY).flatten(made)
        fixed: Any = email.message_from_bytes(
            out.getvalue(), _class=Fixed, policy=_POLICY
        )
        fixed.raw = dkim_signing.signed(out.getvalue())
        return fixed


def build(bericht: Mailbericht) -> Message:
    """The message as it goes out: the same headers at every try."""
    message = Message(
        subject=bericht.subject,
        body=bericht.text,
        from_email=formataddr(
            (bericht.from_name or settings.MAIL_FROM_NAME, settings.MAIL_FROM)
        ),
        to=bericht.to,
        reply_to=[bericht.reply_to] if bericht.reply_to else None,
        headers={
            **bericht.headers,
            "Message-ID": bericht.message_id,
            "Date": format_datetime(bericht.created_at),
        },
    )
    message.encoding = _UTF8  # type: ignore[assignment]
    message.attach_alternative(bericht.html, "text/html")
    return message


@outbox.handler("core.mail")
def deliver(row: Outbox) -> None:
    """Hand one message to the mail server, with the same Message-ID on every try.

    Sent twice at most: after two tries of which nobody knows how they ended a person has
    to look. Raises Undeliverable when the server refuses for good, Later when the address
    had its share for now.
    """
    bericht = Mailbericht.objects.filter(pk=row.key).first()
    # Gone when somebody had personal data erased: then there is nothing to send.
    if bericht is None or bericht.status not in (Status.WACHT, Status.MISLUKT):
        return
    if bericht.unsure >= _MOST_UNSURE and row.attempts > 1:
        raise outbox.Undeliverable(
            "De mailserver bevestigde twee keer niet dat hij de mail aannam."
            " Misschien kwam hij toch aan."
        )
    if not limits.take_turn(bericht):
        return
    connection = get_connection()
    connection.open()
    try:
        _watch(connection, bericht)
        _hand_over(connection, bericht)
        _sent(bericht)
    finally:
        # Whatever the server does with QUIT: the outcome is known.
        with contextlib.suppress(Exception):
            connection.close()


def _watch(connection: Any, bericht: Mailbericht) -> None:
    """Note that the message may arrive just before its last line goes over the wire, and
    give the server time for its verdict (RFC 5321 4.5.3.2.6)."""
    smtp = getattr(connection, "connection", None)
    if smtp is None:
        _begin(bericht)
        return
    send = smtp.send

    def watched(data: bytes | str) -> None:
        whole = isinstance(data, bytes) and data.endswith(b"\r\n.\r\n")
        if whole:
            _begin(bericht)
        send(data)
        if whole and smtp.sock is not None and connection.timeout:
            smtp.sock.settimeout(connection.timeout * _VERDICT)

    smtp.send = watched


def _begin(bericht: Mailbericht) -> None:
    """From here on the message may arrive, until the outcome is noted."""
    Mailbericht.objects.filter(pk=bericht.pk).update(
        unsure=F("unsure") + 1, resent=bericht.unsure > 0 or bericht.resent
    )


def _outcome_known(bericht: Mailbericht) -> None:
    """Nothing arrived in this try."""
    Mailbericht.objects.filter(pk=bericht.pk).update(
        unsure=bericht.unsure, resent=bericht.resent
    )


def _hand_over(connection: Any, bericht: Mailbericht) -> None:
    try:
        if not connection.send_messages([build(bericht)]):
            raise outbox.Undeliverable("het adres is geen mailadres")
    except smtplib.SMTPRecipientsRefused as error:
        _outcome_known(bericht)
        code, reason = next(iter(error.recipients.values()))
        _refused("adres geweigerd", code, reason, error)
    except smtplib.SMTPDataError as error:
        _outcome_known(bericht)
        _refused("bericht geweigerd", error.smtp_code, error.smtp_error, error)
    except smtplib.SMTPResponseException:
        _outcome_known(bericht)
        raise
    except (BadHeaderError, UnicodeError, ValueError) as error:
        _outcome_known(bericht)
        raise outbox.Undeliverable(f"niet te verzenden: {error}") from error


def _refused(what: str, code: int, reason: bytes | str, error: Exception) -> None:
    """For good at 5xx; otherwise tried again."""
    if 500 <= code < 600 and code not in _ABOUT_US:
        words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
        raise outbox.Undeliverable(f"{what}: {code} {words}") from error
    raise error


def _sent(bericht: Mailbericht) -> None:
    now = timezone.now()
    Mailbericht.objects.filter(pk=bericht.pk).update(
        status=Status.VERZONDEN,
        sent_at=now,
        tried_at=now,
        unsure=0,
        failed_at=None,
        error="",
    )


def _mark_failed(row: Outbox, reason: str) -> None:
    if row.kind != "core.mail":
        return
    bericht = Mailbericht.objects.filter(pk=row.key).exclude(status=Status.VERZONDEN)
    for one in bericht:
        failed(one, Status.MISLUKT, reason)


outbox.on_dead(_mark_failed)
