"""Mail that did not arrive: given up by us, or sent back by a server."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from core import outbox
from core.models import Mailbericht

from . import tokens

Hook = Callable[[Mailbericht], None]
_hooks: list[Hook] = []
Status = Mailbericht.Status


def on_failed(function: Hook) -> None:
    """Have ``function(bericht)`` called, once, for each message that did not arrive."""
    _hooks.append(function)


@transaction.atomic
def failed(bericht: Mailbericht, status: str, reason: str) -> None:
    """Note that a message did not arrive, and those that went in it."""
    for one in (bericht, *bericht.verzameld.all()):
        changed = (
            Mailbericht.objects.filter(pk=one.pk)
            .exclude(status__in=Mailbericht.FAILED)
            .update(
                status=status,
                failed_at=timezone.now(),
                settled_at=None,
                error=reason[:2000],
            )
        )
        if changed:
            one.refresh_from_db()
            for hook in _hooks:
                hook(one)


@transaction.atomic
def bounced(
    *, message_id: str = "", token: str = "", recipient: str, reason: str = ""
) -> Mailbericht | None:
    """A server reports that it could not deliver a message of ours, for good.

    Only for a Message-ID that we made, or a reply token of ours, *and* a Final-Recipient
    that this message really went to; otherwise nothing happens and None comes back.
    message_id: the id of the returned message. token: the part of the reply address after
    the plus. recipient: as the report says it, such as ``rfc822; a@example.nl``.
    reason: status and words of the server, shown to staff.
    """
    address = recipient.rpartition(";")[2].strip().strip("<>").lower()
    rows = Mailbericht.objects.filter(adres=address, samen_met=None).filter(
        status__in=(Status.VERZONDEN, Status.WACHT), tried_at__isnull=False
    )
    found = None
    if message_id and tokens.message_key(message_id) is not None:
        wanted = f"<{message_id.strip().strip('<>')}>"
        found = rows.filter(message_id=wanted).first()
    elif token and (proof := tokens.read(token)) is not None:
        found = rows.filter(about=proof.key, who=proof.who).order_by("-id").first()
    if found is None:
        return None
    failed(found, Status.TERUGGEKOMEN, reason)
    found.refresh_from_db()
    return found


@transaction.atomic
def settle(*, bericht: Mailbericht) -> None:
    """A person took care of a message that did not arrive: it leaves the lists."""
    Mailbericht.objects.filter(pk=bericht.pk).update(settled_at=timezone.now())
    outbox.dismiss(kind="core.mail", key=str(bericht.pk))
