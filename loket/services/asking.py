"""A new question, whatever way it comes in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Contact, Gemeente, User
from loket import notices, ticketing
from loket.models import Bericht, Kanaal, Vraag, Zelfgevonden
from loket.routing.service import route_question
from loket.termijnen import URGENT_MINUTES, due_for, promise, promised_minutes

from .parts import (
    add_message,
    in_words,
    mail_asker,
    new_read_link,
    record,
    refresh,
    store_files,
)

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TITLE_LENGTH = 110


@dataclass(frozen=True)
class Asker:
    """Who asks: an address, and what the person says about the organisation."""

    email: str
    naam: str = ""
    functie: str = ""
    organisatietype: str = Contact.Organisatietype.GEMEENTE
    organisatie: str = ""
    gemeente: Gemeente | None = None


@dataclass(frozen=True)
class Origin:
    """Where the question started: a page (with section and phase) or a search."""

    page_id: int | None = None
    title: str = ""
    url: str = ""
    search_text: str = ""
    section: str = ""
    fase: str = ""

    @property
    def words(self) -> str:
        """``Titel, sectie``; empty when no page is known."""
        return ", ".join(filter(None, (self.title, self.section)))


def title_of(text: str) -> str:
    """The first sentence of a question, short enough for a list."""
    first = " ".join(text.split())
    for mark in ("? ", ". ", "! "):
        head, found, _tail = first.partition(mark)
        if found and 15 <= len(head) <= TITLE_LENGTH:
            return head + mark.strip().replace(".", "")
    if len(first) <= TITLE_LENGTH:
        return first
    return first[:TITLE_LENGTH].rpartition(" ")[0] + " …"


def new_reference() -> str:
    """``V-2026-7K3M9Q``: to show and to say; never a key to anything."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"V-{timezone.localdate().year}-{code}"


def ask(
    *,
    asker: Asker,
    text: str,
    kanaal: str = Kanaal.WEB,
    origin: Origin | None = None,
    files: Sequence[UploadedFile] = (),
    idempotency_key: str | None = None,
    by: User | None = None,
    titel: str = "",
    confirm: bool = True,
    answers: str = "",
    answered: bool = False,
) -> tuple[Vraag, str]:
    """A new question: routed, with a due time, a confirmation and word to the team.

    answers: Message-ID of the mail that the question came in, for the thread of mails.
    answered: the answer follows at once, so nobody needs to hear that the question came.
    Returns the question and the token of a read link for the browser that asked. The
    same idempotency key gives the same question, also of two that are sent at once.
    titel: what the asker called it; otherwise the first sentence. confirm: False when no
    confirmation may go out.
    Raises ValidationError for files that are refused.
    """

    def asked_before() -> Vraag | None:
        if not idempotency_key:
            return None
        return Vraag.objects.filter(idempotency_key=idempotency_key).first()

    vraag = asked_before()
    if vraag is None:
        try:
            vraag = _new_question(
                asker=asker,
                text=text,
                kanaal=kanaal,
                origin=origin or Origin(),
                files=files,
                idempotency_key=idempotency_key,
                by=by,
                titel=titel,
                confirm=confirm,
                answers=answers,
                answered=answered,
            )
        except IntegrityError:
            # The other one was first; of this one nothing is kept.
            vraag = asked_before()
            if vraag is None:
                raise
    return vraag, new_read_link(vraag, mailed=False)


@transaction.atomic
def _new_question(
    *,
    asker: Asker,
    text: str,
    kanaal: str,
    origin: Origin,
    files: Sequence[UploadedFile],
    idempotency_key: str | None,
    by: User | None,
    titel: str,
    confirm: bool,
    answers: str,
    answered: bool,
) -> Vraag:
    contact = _contact(asker)
    routed = route_question(f"{titel}\n{text}" if titel else text)
    now = timezone.now()
    minutes = URGENT_MINUTES if routed.urgent else promised_minutes()
    due_at, sentence = due_for(now, minutes, [], routed.team)
    title = title_of(titel or text)
    ticket_id = ticketing.create_ticket(title=title, text=text, team=routed.team)
    vraag = Vraag.objects.create(
        ticket_id=ticket_id,
        reference=free_reference(),
        titel=title,
        contact=contact,
        kanaal=kanaal,
        gemeente=asker.gemeente,
        team=routed.team,
        tweede_team=routed.second,
        route_redenen=list(routed.reasons),
        urgent=routed.urgent,
        due_at=due_at,
        due_uitleg=sentence,
        promised_minutes=minutes,
        created_at=now,
        clock_started_at=now,
        fase=origin.fase,
        herkomst_pagina=origin.page_id,
        herkomst_titel=origin.title[:250],
        herkomst_sectie=origin.section[:300],
        herkomst_url=origin.url[:500],
        zoekvraag=origin.search_text[:400],
        idempotency_key=idempotency_key,
    )
    promise(vraag)
    vraag.doelgroepen.set(routed.groups)
    vraag.themas.set(routed.themes)
    bericht = add_message(
        vraag, Bericht.Soort.VRAAG, text, contact=contact, kanaal=kanaal, user=by
    )
    store_files(vraag=vraag, bericht=bericht, files=files)
    record(
        vraag, "ask", _("Vraag ontvangen"), contact=contact, user=by, bericht=bericht
    )
    record(vraag, "route", " ".join(routed.reasons), intern=True)
    if confirm and not answered:
        bericht.mail = mail_asker(
            vraag,
            "loket/ontvangen",
            message_key=f"vraag-{vraag.pk}-ontvangen",
            extra={"uiterlijk": in_words(due_at), "gaat_over": vraag.herkomst},
            answers=answers,
        )
        bericht.save(update_fields=["mail"])
    if not answered:
        notices.tell_team(vraag, vraag.team, notices.NEW)
    refresh(vraag)
    return vraag


def _contact(asker: Asker) -> Contact:
    """The contact of an address. What an unconfirmed form says never overwrites a
    confirmed contact; blanks are filled in."""
    contact, made = Contact.objects.get_or_create(
        email=asker.email.strip().lower(),
        defaults={
            "naam": asker.naam,
            "functie": asker.functie,
            "organisatietype": asker.organisatietype,
            "organisatie": asker.organisatie,
            "gemeente": asker.gemeente,
        },
    )
    if not made and contact.confirmed_at is None:
        for name in ("naam", "functie", "organisatie", "gemeente"):
            if not getattr(contact, name):
                setattr(contact, name, getattr(asker, name))
        contact.save()
    return contact


def free_reference() -> str:
    while Vraag.objects.filter(reference=(reference := new_reference())).exists():
        pass
    return reference


def record_found(*, kind: str, object_id: int, titel: str) -> None:
    """Somebody said that a suggested page answers the question."""
    Zelfgevonden.objects.create(kind=kind, object_id=object_id, titel=titel[:300])
