"""What may be read of mail that came in, and what the database knows around one mail."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.mail import tokens
from core.models import Mailbericht, User
from loket.mail import proof
from loket.mail.message import Mail

from .models import Bericht, InkomendBericht, Samenvoeging, Vraag
from .permissions import goes_on, mail_readers
from .states import OPEN, VraagStatus

_KEY_IN_ID = re.compile(r"\Avraag-(\d{1,18})(?:[-.].*)?\Z")
_SIGNS = re.compile(r"\W+")
ALIKE = 0.8
LOOK_BACK = 10
FILTERS = ("aangehouden", "nieuw", "toegevoegd", "genegeerd", "wacht")


def with_mails(berichten: list[Bericht]) -> list[Bericht]:
    """The same messages; ``uit_mail`` says from which mail each came, if from one."""
    found = dict(
        InkomendBericht.objects.filter(bericht__in=berichten, eerder=None).values_list(
            "bericht_id", "pk"
        )
    )
    for bericht in berichten:
        bericht.uit_mail = found.get(bericht.pk)  # type: ignore[attr-defined]
    return berichten


def claim_in(address: str) -> proof.Verwijzing | None:
    """What the address of a recipient proves about a question."""
    found = tokens.proof_in(address)
    if found is None or not found.key.startswith("vraag:"):
        return None
    return proof.Verwijzing(found.key, found.who)


def keys_of_ids(message_ids: Iterable[str]) -> list[str]:
    """The questions of those Message-IDs that we made ourselves."""
    ours = {
        identifier.strip(): key
        for identifier in message_ids
        if (key := tokens.message_key(identifier)) is not None
    }
    if not ours:
        return []
    about = dict(
        Mailbericht.objects.filter(message_id__in=ours).values_list(
            "message_id", "about"
        )
    )
    found = []
    for identifier, key in ours.items():
        match = _KEY_IN_ID.match(key)
        name = about.get(identifier) or (f"vraag:{match[1]}" if match else "")
        if name.startswith("vraag:"):
            found.append(name)
    return found


def vraag_of_key(key: str) -> Vraag | None:
    """The question of ``vraag:12``; None when it is gone or was anonymised."""
    number = key.removeprefix("vraag:")
    if not number.isdecimal():
        return None
    vraag = (
        Vraag.objects.select_related("contact", "team", "owner", "gemeente")
        .filter(pk=int(number))
        .first()
    )
    if getattr(vraag, "geanonimiseerd_op", None) is not None:
        return None
    return vraag


def state_of(vraag: Vraag | None) -> proof.Vraagstand | None:
    if vraag is None:
        return None
    closed = None
    # What was closed because it goes on elsewhere is as open as that.
    now = goes_on(vraag)
    if now.status == VraagStatus.GESLOTEN and now.closed_at is not None:
        # Rounded up: thirty days and a minute is more than thirty days.
        closed = -((now.closed_at - timezone.now()) // datetime.timedelta(days=1))
    readers = {(who, address.lower()) for who, address in mail_readers(vraag)}
    return proof.Vraagstand(frozenset(readers), closed)


def facts_of(row: InkomendBericht, mail: Mail, vraag: Vraag | None) -> proof.Feiten:
    """What the database knows around this mail."""
    sender = proof.sender_of(mail)
    return proof.Feiten(
        question=state_of(vraag),
        is_staff=bool(sender) and User.objects.filter(email__iexact=sender).exists(),
        own_id=tokens.message_key(mail.message_id) is not None,
        seen_id=bool(mail.message_id)
        and InkomendBericht.objects.filter(
            message_id=mail.message_id[:500], herhaling=False, pk__lt=row.pk
        )
        .exclude(sha256=row.sha256)
        .exists(),
        dmarc_failed=proof.dmarc_failed(mail, settings.MAIL_TRUSTED_AUTHSERV),
        mailed=mailed_about(vraag) if mail.bounces and vraag else frozenset(),
    )


def mailed_about(vraag: Vraag) -> frozenset[str]:
    """The addresses that we really mailed about a question."""
    rows = Mailbericht.objects.filter(about=vraag.key).values_list("to", flat=True)
    return frozenset(address.lower() for to in rows for address in to)


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text.lower()).split())[:2000]


def near_duplicate(email: str, title: str, text: str) -> Vraag | None:
    """An open question of the same sender that says nearly the same."""
    wanted, subject = _plain(text), _plain(title)
    rows = (
        Bericht.objects.filter(
            soort=Bericht.Soort.VRAAG,
            vraag__contact__email=email,
            vraag__status__in=OPEN,
        )
        .select_related("vraag")
        .order_by("-vraag__created_at")[:LOOK_BACK]
    )
    for bericht in rows:
        matcher = SequenceMatcher(None, _plain(bericht.text), wanted, autojunk=False)
        if subject and _plain(bericht.vraag.titel) == subject:
            return bericht.vraag
        if (
            matcher.real_quick_ratio() >= ALIKE
            and matcher.quick_ratio() >= ALIKE
            and matcher.ratio() >= ALIKE
        ):
            return bericht.vraag
    return None


def vraag_named(reference: str) -> Vraag | None:
    return Vraag.objects.filter(reference=reference).first() if reference else None


def held_count() -> int:
    """How many mails wait for a decision of the front office."""
    return InkomendBericht.objects.filter(
        uitkomst=InkomendBericht.Uitkomst.AANGEHOUDEN
    ).count()


def next_held(row: InkomendBericht) -> InkomendBericht | None:
    """Of the other mails that wait for a decision, the one that waits longest."""
    return (
        InkomendBericht.objects.filter(uitkomst=InkomendBericht.Uitkomst.AANGEHOUDEN)
        .exclude(pk=row.pk)
        .order_by("received_at", "pk")
        .first()
    )


def held_for(vraag: Vraag) -> QuerySet[InkomendBericht]:
    """Mails that wait for a decision and point to this question, or to one that goes on
    in it."""
    merged = Samenvoeging.objects.standing().filter(naar=vraag).values("van")
    return InkomendBericht.objects.filter(
        Q(vraag=vraag) | Q(vraag__in=merged),
        uitkomst=InkomendBericht.Uitkomst.AANGEHOUDEN,
    )


def mails(view: str, search: str = "") -> QuerySet[InkomendBericht]:
    """Mail that came in, newest first: of one outcome, with a sender or subject."""
    rows = InkomendBericht.objects.select_related("vraag")
    if view in FILTERS:
        rows = rows.filter(uitkomst="" if view == "wacht" else view)
    if search:
        rows = rows.filter(
            Q(afzender__icontains=search) | Q(onderwerp__icontains=search)
        )
    return rows.order_by("-received_at", "-pk")
