"""Forgetting one person who asks for it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q
from django.utils import timezone

from core import bijlagen, erasing
from core.models import Bijlage, Contact, Mailbericht
from loket import ticketing
from loket.models import (
    Bericht,
    Collega,
    Concept,
    Formulierconcept,
    Gebeurtenis,
    Gesprek,
    Gespreksvraag,
    InkomendBericht,
    Samenvoeging,
    Vraag,
    Wachtperiode,
)
from loket.states import OPEN, VraagStatus
from search import services as search_services

from . import mail
from .anonymising import (
    BATCH,
    GONE,
    NOBODY,
    anonymise,
    blank_calls,
    nobody_row,
    remove_colleagues,
    remove_mails,
)

# Where the words of others can name somebody: the address goes, the rest stays.
PLACES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Vraag, ("titel", "zoekvraag", "herkomst_url", "route_redenen")),
    (Bericht, ("text", "citaat")),
    (Gebeurtenis, ("tekst", "data")),
    (Concept, ("text", "bronnen")),
    (Formulierconcept, ("data",)),
    (Gespreksvraag, ("text", "antwoord")),
    (Collega, ("reden",)),
    (Samenvoeging, ("data",)),
    (
        InkomendBericht,
        (
            "message_id",
            "afzender_naam",
            "onderwerp",
            "reden",
            "signalen",
            "uitkomst_reden",
            "fout",
        ),
    ),
)


def forget(email: str) -> dict[str, int]:
    """Erase what the desk holds of an asker: questions become anonymous, open ones are
    closed first, and the address goes out of what others wrote."""
    contact = Contact.objects.filter(email=email).first()
    now, counts = timezone.now(), {"vragen": 0, "reacties": 0, "meelezen": 0}
    counts["gesprekken"] = 0
    # First: it looks at whose questions they are.
    counts.update(mail.forget(email))
    if contact is not None and contact.email != NOBODY:
        nobody = nobody_row()
        own = Vraag.objects.filter(contact=contact)
        while pks := list(own.values_list("pk", flat=True)[:BATCH]):
            _remove_daily_mails(pks)
            Wachtperiode.objects.filter(vraag__in=pks, end=None).update(end=now)
            Vraag.objects.filter(pk__in=pks, status__in=OPEN).update(
                status=VraagStatus.GESLOTEN, closed_at=now
            )
            ticketing.close(pks)
            anonymise(pks, now, nobody)
            counts["vragen"] += len(pks)
        counts["reacties"] = _forget_replies(contact)
        own_rows = Collega.objects.filter(contact=contact)
        counts["meelezen"] = remove_colleagues(own_rows)
        counts["gesprekken"] = blank_calls(Gesprek.objects.filter(contact=contact))
    counts["genoemd"] = _forget_address(email)
    return counts


def _remove_daily_mails(pks: list[int]) -> None:
    """Daily mails to staff name several questions and so belong to none."""
    named = Q(pk__in=[])
    for reference in Vraag.objects.filter(pk__in=pks).values_list(
        "reference", flat=True
    ):
        named |= Q(text__contains=reference)
    remove_mails(Mailbericht.objects.filter(named, template="loket/dagbericht"))


def _forget_replies(contact: Contact) -> int:
    """What somebody wrote in the question of another."""
    rows = Bericht.objects.filter(contact=contact)
    pks = list(rows.values_list("pk", flat=True))
    touched = set(rows.values_list("vraag_id", flat=True))
    types = ContentType.objects.get_for_model(Bericht)
    bijlagen.remove(Bijlage.objects.filter(owner_type=types, owner_id__in=pks))
    ticketing.blank_followups(list(rows.values_list("followup_id", flat=True)), GONE)
    rows.update(text=GONE, citaat="", form_key="", contact=None)
    Gebeurtenis.objects.filter(contact=contact).update(
        tekst=F("soort"), contact=None, data={}
    )
    search_services.refresh_many_later("vraag", sorted(touched))
    return len(pks)


def _forget_address(email: str) -> int:
    """Take an address out of texts that somebody else wrote."""
    touched: set[int] = set()
    for model, fields in PLACES:
        pks = erasing.forget_address(model, fields, email)
        if model is Vraag:
            touched |= set(pks)
        elif model is Bericht:
            touched |= set(
                Bericht.objects.filter(pk__in=pks).values_list("vraag_id", flat=True)
            )
    touched |= ticketing.replace(email, erasing.without)
    search_services.refresh_many_later("vraag", sorted(touched))
    return len(touched)
