"""Taking the person out of questions that stay, and deleting questions.

Attachments go before the rows that name them: the other way round a crash would leave files
that nobody can find. Originals of mail go when the batch is sure; what a crash leaves of
them the nightly clean-up finds by name.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from core import bijlagen, erasing
from core.models import Bijlage, Contact, Mailbericht, Outbox, Toegang
from loket import ticketing
from loket.models import (
    Bericht,
    Collega,
    Concept,
    Dagbericht,
    Formulierconcept,
    Gebeurtenis,
    Gesprek,
    Gespreksvraag,
    Samenvoeging,
    Termijnbericht,
    Vraag,
)
from loket.states import ACTS
from search import services as search_services

from . import mail

BATCH = 500
NOBODY = "geanonimiseerd@anoniem.invalid"
GONE = "Deze tekst is gewist."
Hook = Callable[[list[int]], None]
_hooks: list[Hook] = []


def on_anonymise(function: Hook) -> Hook:
    """Register ``function(pks of questions)`` that erases what another module holds of
    questions that become anonymous; called in the transaction of the batch."""
    _hooks.append(function)
    return function


def nobody_row() -> Contact:
    return Contact.objects.get_or_create(
        email=NOBODY,
        defaults={"organisatietype": Contact.Organisatietype.ANDERS},
    )[0]


def _files_of(pks: list[int]) -> QuerySet[Bijlage]:
    types = ContentType.objects.get_for_models(Vraag, Bericht)
    messages = Bericht.objects.filter(vraag__in=pks).values("pk")
    return Bijlage.objects.filter(
        Q(owner_type=types[Vraag], owner_id__in=pks)
        | Q(owner_type=types[Bericht], owner_id__in=messages)
    )


def _messages(pks: list[int]) -> QuerySet[Bericht]:
    return Bericht.objects.filter(vraag__in=pks)


def remove_colleagues(rows: QuerySet[Collega]) -> int:
    """Remove admissions with the links that they gave."""
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        Toegang.objects.filter(object_key__in=[f"collega:{pk}" for pk in some]).delete()
        Collega.objects.filter(pk__in=some).delete()
    return len(pks)


def blank_calls(calls: QuerySet[Gesprek]) -> int:
    """Leave of calls the gemeente, the moments and which page was found."""
    pks = list(calls.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        Gespreksvraag.objects.filter(gesprek__in=some).update(text="", antwoord="")
        Gesprek.objects.filter(pk__in=some).update(user=None, contact=None)
    return len(pks)


def remove_mails(mails: QuerySet[Mailbericht]) -> int:
    """Remove messages with what waits to deliver them, or failed at it."""
    removed = 0
    while pks := list(mails.values_list("pk", flat=True)[:BATCH]):
        Outbox.objects.filter(kind="core.mail", key__in=map(str, pks)).delete()
        Mailbericht.objects.filter(pk__in=pks).delete()
        removed += len(pks)
    return removed


def anonymise(pks: list[int], now: datetime.datetime, nobody: Contact) -> None:
    """Leave of these questions what tells nothing of a person: team, municipality,
    groups, themes, moments and states."""
    keys = [f"vraag:{pk}" for pk in pks]
    bijlagen.remove(_files_of(pks))
    mail.erase_of_questions(pks)
    remove_mails(Mailbericht.objects.filter(about__in=keys))
    remove_colleagues(Collega.objects.filter(vraag__in=pks))
    Toegang.objects.filter(object_key__in=keys).delete()
    Concept.objects.filter(vraag__in=pks).delete()
    Formulierconcept.objects.filter(vraag__in=pks).delete()
    Dagbericht.objects.filter(vraag__in=pks).delete()
    calls = Gesprek.objects.filter(vragen__vraag__in=pks)
    calls.update(contact=None)
    Gespreksvraag.objects.filter(vraag__in=pks).update(text="", antwoord="")
    Samenvoeging.objects.filter(Q(van__in=pks) | Q(naar__in=pks)).update(data={})
    for model, rows in (
        (Vraag, pks),
        (Bericht, list(_messages(pks).values_list("pk", flat=True))),
    ):
        erasing.forget_log(model, rows)
    for hook in _hooks:
        hook(pks)
    _messages(pks).update(
        text=GONE, citaat="", user=None, contact=None, form_key="", mail=None
    )
    Gebeurtenis.objects.filter(vraag__in=pks).update(
        tekst=Case(
            *(When(soort=act, then=Value(str(label))) for act, label in ACTS.items()),
            default=F("soort"),
        ),
        user=None,
        contact=None,
        data={},
    )
    Termijnbericht.objects.filter(vraag__in=pks).update(user=None)
    Vraag.objects.filter(pk__in=pks).update(
        titel=_("Geanonimiseerde vraag"),
        contact=nobody,
        owner=None,
        zichtbaarheid="ik",
        route_redenen=[],
        herkomst_url="",
        zoekvraag="",
        terugbellen="",
        idempotency_key=None,
        geanonimiseerd_op=now,
    )
    ticketing.blank(pks, GONE)
    search_services.refresh_many_later("vraag", pks)


def delete(pks: list[int]) -> None:
    bijlagen.remove(_files_of(pks))
    for hook in _hooks:
        hook(pks)
    Vraag.objects.filter(pk__in=pks).delete()
    ticketing.delete(pks)
    search_services.refresh_many_later("vraag", pks)
