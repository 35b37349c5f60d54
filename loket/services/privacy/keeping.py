"""Keeping no longer than needed: how long, what is due, and the nightly run.

Batches are transactions of their own and what is done falls out of the selection, so a run
that is cut off goes on where it was.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core import erasing, permissions
from core.models import Contact, Mailbericht, Toegang, User
from loket.models import (
    Bericht,
    Bewaartermijn,
    Collega,
    Gesprek,
    Gespreksvraag,
    Inzage,
    Samenvoeging,
    Vraag,
)
from loket.states import DONE

from . import mail
from .anonymising import (
    BATCH,
    NOBODY,
    anonymise,
    blank_calls,
    delete,
    nobody_row,
    remove_mails,
)


def days_kept(soort: str) -> int:
    """How many days something of this kind is kept."""
    found = Bewaartermijn.objects.filter(soort=soort).values_list("dagen", flat=True)
    return found.first() or Bewaartermijn.DEFAULTS[soort]


@transaction.atomic
def set_days_kept(*, actor: User, days: dict[str, int]) -> None:
    """Change how long things are kept. Raises PermissionDenied or ValidationError."""
    permissions.must_manage(actor)
    for soort, count in days.items():
        row = Bewaartermijn.objects.filter(soort=soort).first()
        row = row or Bewaartermijn(soort=soort)
        row.dagen = count
        row.full_clean()
        row.save()


def _before(soort: str, now: datetime.datetime) -> datetime.datetime:
    return now - datetime.timedelta(days=days_kept(soort))


def due_to_anonymise(now: datetime.datetime) -> QuerySet[Vraag]:
    """Finished questions that nothing happened to for as long as they are kept. One that
    goes on in another is kept as long as that one: together they are the conversation."""
    goes_on = Samenvoeging.objects.standing().filter(
        van=OuterRef("pk"), naar__geanonimiseerd_op=None
    )
    return Vraag.objects.filter(
        ~Exists(goes_on),
        geanonimiseerd_op=None,
        status__in=DONE,
        updated_at__lt=_before(Bewaartermijn.Soort.AFGEROND, now),
    )


def due_to_delete(now: datetime.datetime) -> QuerySet[Vraag]:
    return Vraag.objects.filter(
        geanonimiseerd_op__isnull=False,
        geanonimiseerd_op__lt=_before(Bewaartermijn.Soort.ANONIEM, now),
    )


def _in_batches(
    due: QuerySet[Vraag],
    act: Callable[[list[int]], None],
    limit: int | None,
    progress: Callable[[int], None] | None,
) -> int:
    done = 0
    while limit is None or done < limit:
        size = BATCH if limit is None else min(BATCH, limit - done)
        with transaction.atomic():
            pks = list(due.select_for_update().values_list("pk", flat=True)[:size])
            if not pks:
                break
            act(pks)
        done += len(pks)
        if progress:
            progress(done)
    return done


def anonymise_due(
    *,
    now: datetime.datetime | None = None,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make finished questions anonymous that were kept long enough; returns how many."""
    moment = now or timezone.now()
    nobody = nobody_row()
    due = due_to_anonymise(moment).order_by("updated_at")
    return _in_batches(due, lambda pks: anonymise(pks, moment, nobody), limit, progress)


def delete_due(
    *,
    now: datetime.datetime | None = None,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Delete anonymous questions that were kept long enough; returns how many."""
    due = due_to_delete(now or timezone.now()).order_by("geanonimiseerd_op")
    return _in_batches(due, delete, limit, progress)


def remove_old(*, now: datetime.datetime | None = None) -> dict[str, int]:
    """Remove what else was kept long enough: the log of who looked, mail that belongs to
    no question, what was said in calls, and askers who have no question left."""
    moment, kind = now or timezone.now(), Bewaartermijn.Soort
    looked, _rows = Inzage.objects.filter(
        created_at__lt=_before(kind.INZAGE, moment)
    ).delete()
    mails = remove_mails(
        Mailbericht.objects.exclude(about__startswith="vraag:").filter(
            created_at__lt=_before(kind.MAIL, moment)
        )
    )
    post = mail.erase_old(_before(kind.POST, moment))
    calls = Gesprek.objects.filter(
        Q(user__isnull=False)
        | Q(contact__isnull=False)
        | Exists(
            Gespreksvraag.objects.filter(gesprek=OuterRef("pk")).exclude(
                text="", antwoord=""
            )
        ),
        afgerond_at__lt=_before(kind.GESPREK, moment),
    ).order_by()
    blanked = 0
    while some := list(calls.values_list("pk", flat=True)[:BATCH]):
        blanked += blank_calls(Gesprek.objects.filter(pk__in=some))
    before = _before(kind.CONTACT, moment)
    askers = Contact.objects.exclude(email=NOBODY).filter(
        ~Exists(Vraag.objects.filter(contact=OuterRef("pk"))),
        ~Exists(Bericht.objects.filter(contact=OuterRef("pk"))),
        # Who reads along, or was asked to: without the row the links are worth nothing.
        ~Exists(Collega.objects.filter(contact=OuterRef("pk"))),
        ~Exists(Toegang.objects.filter(contact=OuterRef("pk"), created_at__gte=before)),
        created_at__lt=before,
        concepten=None,
    )
    gone = 0
    while pks := list(askers.values_list("pk", flat=True)[:BATCH]):
        erasing.forget_log(Contact, pks)
        Contact.objects.filter(pk__in=pks).delete()
        gone += len(pks)
    return {
        "inzage": looked,
        "mail": mails,
        "post": post,
        "gesprek": blanked,
        "contact": gone,
    }
