import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from core import outbox
from core.models import Mailbericht, Outbox


@outbox.handler("core.mail")
def deliver(row: Outbox) -> None:
    """Hand one message to the mail server, with the same Message-ID on every try.

    Raises Undeliverable when the server refuses all recipients for good.
    """
    bericht = Mailbericht.objects.get(pk=row.key)
    if bericht.status == Mailbericht.Status.VERZONDEN:
        return
    if row.attempts > 1:
        Mailbericht.objects.filter(pk=bericht.pk).update(resent=True)
    message = EmailMultiAlternatives(
        subject=bericht.subject,
        body=bericht.text,
        from_email=f"{bericht.from_name or settings.MAIL_FROM_NAME} <{settings.MAIL_FROM}>",
        to=bericht.to,
        reply_to=[bericht.reply_to] if bericht.reply_to else None,
        headers={**bericht.headers, "Message-ID": bericht.message_id},
    )
    message.attach_alternative(bericht.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        if all(500 <= code < 600 for code in codes):
            raise outbox.Undeliverable(
                f"adres geweigerd: {error.recipients}"
            ) from error
        raise
    Mailbericht.objects.filter(pk=bericht.pk).update(
        status=Mailbericht.Status.VERZONDEN, sent_at=timezone.now(), error=""
    )


def _mark_failed(row: Outbox, reason: str) -> None:
    if row.kind == "core.mail":
        Mailbericht.objects.filter(pk=row.key).update(
            status=Mailbericht.Status.MISLUKT, error=reason[:2000]
        )


outbox.on_dead(_mark_failed)
