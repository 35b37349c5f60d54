"""What can be done with a question. Each act: permission, state, engine, event, mail."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import bijlagen, mail, permissions, toegang
from core.gemeenten import proven_gemeente
from core.maanden import MAANDEN
from core.models import Bijlage, Contact, Gemeente, Mailbericht, Team, Toegang, User
from core.parameters import without_nul
from core.person import Person
from core.toegang import issue
from knowledge import selectors as knowledge_selectors
from knowledge import services as knowledge_services
from knowledge.choices import Fase
from knowledge.models import Aandachtsgroep, Bron, Thema, VraagEnAntwoord
from search import services as search_services

from . import notices, ticketing
from .models import (
    Bericht,
    Bronverwijzing,
    Concept,
    Gebeurtenis,
    Kanaal,
    Vraag,
    Wachtperiode,
    Zelfgevonden,
    Zichtbaarheid,
)
from .permissions import has_logged_in, is_asker, may_work_on, visible_to
from .routing.service import route_question
from .states import MEDEWERKER, OPEN, VRAGER, VraagStatus, target_of
from .termijnen import URGENT_MINUTES, due_for, pauses_of, promised_minutes

READ_LINK_AFTER_CLOSE = datetime.timedelta(days=30)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TITLE_LENGTH = 110
MAX_FILES = 5
MAX_SLUG = 240


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


@dataclass(frozen=True)
class Citation:
    """A source to cite: kind, object, section, version, as it will be printed."""

    kind: str
    object_id: int
    anker: str
    titel: str
    sectie: str
    url: str
    versie: datetime.date | None

    @property
    def printed(self) -> str:
        """``Titel, sectie (versie van 22 november 2026)``."""
        text = f"{self.titel}, {self.sectie}" if self.sectie else self.titel
        if self.versie:
            text += f" (versie van {self.versie.day} {MAANDEN[self.versie.month - 1]} {self.versie.year})"
        return text

    @property
    def markdown(self) -> str:
        return f"[{self.printed}]({self.url})"

    def as_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "versie": self.versie.isoformat() if self.versie else None,
        }

    @staticmethod
    def from_json(row: dict[str, Any]) -> Citation:
        versie = (
            datetime.date.fromisoformat(row["versie"]) if row.get("versie") else None
        )
        return Citation(**{**row, "versie": versie})


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


# -- by the asker --------------------------------------------------------------


def ask(
    *,
    asker: Asker,
    text: str,
    kanaal: str = Kanaal.WEB,
    origin: Origin | None = None,
    files: Sequence[UploadedFile] = (),
    idempotency_key: str | None = None,
    by: User | None = None,
) -> tuple[Vraag, str]:
    """A new question: routed, with a due time, a confirmation and word to the team.

    Returns the question and the token of a read link for the browser that asked. The
    same idempotency key gives the same question, also of two that are sent at once.
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
            )
        except IntegrityError:
            # The other one was first; of this one nothing is kept.
            vraag = asked_before()
            if vraag is None:
                raise
    return vraag, _read_link(vraag, mailed=False)


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
) -> Vraag:
    contact = _contact(asker)
    routed = route_question(text)
    now = timezone.now()
    minutes = URGENT_MINUTES if routed.urgent else promised_minutes()
    due_at, sentence = due_for(now, minutes, [])
    title = title_of(text)
    ticket_id = ticketing.create_ticket(title=title, text=text, team=routed.team)
    vraag = Vraag.objects.create(
        ticket_id=ticket_id,
        reference=_free_reference(),
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
    vraag.doelgroepen.set(routed.groups)
    vraag.themas.set(routed.themes)
    bericht = _message(
        vraag, Bericht.Soort.VRAAG, text, contact=contact, kanaal=kanaal, user=by
    )
    store_files(vraag=vraag, bericht=bericht, files=files)
    _event(
        vraag, "ask", _("Vraag ontvangen"), contact=contact, user=by, bericht=bericht
    )
    _event(vraag, "route", " ".join(routed.reasons), intern=True)
    _mail_asker(
        vraag,
        "loket/ontvangen",
        message_key=f"vraag-{vraag.pk}-ontvangen",
        extra={"uiterlijk": _moment(due_at), "gaat_over": vraag.herkomst},
    )
    notices.tell_team(vraag, vraag.team, notices.NEW)
    _refresh(vraag)
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


def _free_reference() -> str:
    while Vraag.objects.filter(reference=(reference := new_reference())).exists():
        pass
    return reference


@transaction.atomic
def add_reply(
    *,
    person: Person,
    vraag: Vraag,
    text: str,
    files: Sequence[UploadedFile] = (),
    kanaal: str = Kanaal.WEB,
    form_key: str = "",
) -> Bericht:
    """The asker adds something; a waiting clock runs on, a closed question reopens.

    The same text from the same form gives the same message.
    """
    _must_be_asker(person, vraag)
    vraag = _lock(vraag)
    if (said := _said(vraag, Bericht.Soort.REACTIE, text, form_key)) is not None:
        return said
    bericht = _message(
        vraag,
        Bericht.Soort.REACTIE,
        text,
        contact=vraag.contact,
        kanaal=kanaal,
        form_key=form_key,
    )
    store_files(vraag=vraag, bericht=bericht, files=files)
    target = target_of("reply", vraag.status, VRAGER)
    reopened = target == VraagStatus.HEROPEND
    if target is not None:
        _resume_clock(vraag)
        _set_status(vraag, target, restart=reopened)
    _event(
        vraag,
        "reply",
        _("Reactie van de vrager"),
        contact=vraag.contact,
        bericht=bericht,
        data={"met_link_uit_mail": vraag.key in person.mailed_keys},
    )
    _tell_owner_or_team(vraag, notices.REOPENED if reopened else notices.REPLY)
    _refresh(vraag)
    return bericht


@transaction.atomic
def mark_helped(*, person: Person, vraag: Vraag, helped: bool) -> None:
    """The asker says whether the answer helped; yes closes the question."""
    _must_be_asker(person, vraag)
    vraag = _lock(vraag)
    if vraag.status != VraagStatus.BEANTWOORD:
        raise ValidationError(_("Er is nog geen antwoord om over te oordelen."))
    vraag.geholpen = helped
    vraag.save(update_fields=["geholpen"])
    _event(
        vraag,
        "mark_helped",
        _("Het antwoord hielp") if helped else _("Het antwoord hielp nog niet"),
        contact=vraag.contact,
    )
    if helped:
        _set_status(vraag, VraagStatus.GESLOTEN)
    else:
        _set_status(vraag, VraagStatus.HEROPEND, restart=True)
        _tell_owner_or_team(vraag, notices.REOPENED)
    _refresh(vraag)


@transaction.atomic
def change_visibility(*, person: Person, vraag: Vraag, zichtbaarheid: str) -> None:
    """Who may see the question; needs a login link, and a proven gemeente to share with it."""
    if not has_logged_in(person, vraag):
        raise PermissionDenied(
            _("Open 'Mijn vragen' met een link uit uw mail om dit te veranderen.")
        )
    if zichtbaarheid not in Zichtbaarheid.values:
        raise ValidationError(_("Kies wie uw vraag mag zien."))
    vraag = _lock(vraag)
    if zichtbaarheid == Zichtbaarheid.GEMEENTE:
        gemeente = proven_gemeente(person.contact)
        if gemeente is None or gemeente.pk != vraag.gemeente_id:
            raise ValidationError(
                _(
                    "Delen kan alleen met een mailadres van uw eigen gemeente. Vraag het loket om hulp als uw adres niet wordt herkend."
                )
            )
    vraag.zichtbaarheid = zichtbaarheid
    vraag.save(update_fields=["zichtbaarheid"])
    _event(
        vraag,
        "change_visibility",
        _("Zichtbaar voor: %(wie)s") % {"wie": vraag.get_zichtbaarheid_display()},
        contact=person.contact,
    )
    _refresh(vraag)


# -- by both -------------------------------------------------------------------


@transaction.atomic
def close(*, person: Person, vraag: Vraag, reason: str = "") -> None:
    """Close; staff give a reason, which the asker reads."""
    vraag, by = _lock(vraag), _role(person, vraag)
    if target_of("close", vraag.status, by) is None:
        raise ValidationError(_("Deze vraag is al gesloten."))
    if by == MEDEWERKER and not reason.strip():
        raise ValidationError(
            {"reason": _("Schrijf op waarom u de vraag sluit; de vrager leest dit.")}
        )
    _resume_clock(vraag)
    _set_status(vraag, VraagStatus.GESLOTEN)
    if by == MEDEWERKER:
        _event(
            vraag,
            "close",
            _("Gesloten door het loket: %(reden)s") % {"reden": reason.strip()[:300]},
            user=person.user,
        )
        _mail_asker(vraag, "loket/gesloten", extra={"reden": reason.strip()})
    else:
        _event(vraag, "close", _("Gesloten door de vrager"), contact=vraag.contact)
        _tell_owner_or_team(vraag, _("gesloten door de vrager"))
    _refresh(vraag)


@transaction.atomic
def reopen(*, person: Person, vraag: Vraag) -> None:
    """Open a finished question again, with a new due time."""
    vraag, by = _lock(vraag), _role(person, vraag)
    if target_of("reopen", vraag.status, by) is None:
        raise ValidationError(_("Deze vraag is nog open."))
    _set_status(vraag, VraagStatus.HEROPEND, restart=True)
    vraag.geholpen = None
    vraag.save(update_fields=["geholpen"])
    if by == MEDEWERKER:
        _event(vraag, "reopen", _("Heropend door het loket"), user=person.user)
    else:
        _event(vraag, "reopen", _("Heropend door de vrager"), contact=vraag.contact)
        _tell_owner_or_team(vraag, notices.REOPENED)
    _refresh(vraag)


def store_files(
    *, vraag: Vraag, bericht: Bericht, files: Sequence[UploadedFile]
) -> list[Bijlage]:
    """Keep files with a message. Raises ValidationError with one line per refused file."""
    if len(files) > MAX_FILES:
        raise ValidationError(
            _("Stuur hoogstens %(n)s bestanden tegelijk.") % {"n": MAX_FILES}
        )
    errors, stored = [], []
    for file in files:
        try:
            stored.append(bijlagen.store_upload(file, owner=bericht))
        except ValidationError as error:
            errors += error.messages
    if errors:
        raise ValidationError(errors)
    return stored


# -- by staff ------------------------------------------------------------------


@transaction.atomic
def take(*, user: User, vraag: Vraag) -> None:
    """Become the owner. Of two who claim at once one wins; the other gets ValidationError."""
    _must_work(user, vraag)
    claimed = Vraag.objects.filter(pk=vraag.pk, owner=None, status__in=OPEN).update(
        owner=user
    )
    if not claimed:
        vraag.refresh_from_db()
        if vraag.owner_id == user.pk:
            return
        if vraag.status not in OPEN:
            raise ValidationError(_("Deze vraag is al afgerond."))
        raise ValidationError(
            _("%(naam)s heeft deze vraag net genomen.") % {"naam": vraag.owner}
        )
    vraag = _lock(vraag)
    target = target_of("take", vraag.status, MEDEWERKER)
    _set_status(vraag, target or VraagStatus(vraag.status))
    _event(vraag, "take", _("%(naam)s is ermee bezig") % {"naam": user.name}, user=user)


@transaction.atomic
def give_back(*, user: User, vraag: Vraag) -> None:
    """Put an own question back on the pile of the team."""
    _must_work(user, vraag)
    vraag = _lock(vraag)
    if vraag.owner_id != user.pk and not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.BEHEERDER
    ):
        raise PermissionDenied(
            _("Alleen de behandelaar of de frontoffice legt een vraag terug.")
        )
    _return_to_pile(vraag)
    _event(
        vraag,
        "give_back",
        _("Teruggelegd op de stapel van het team"),
        user=user,
        intern=True,
    )


def _return_to_pile(vraag: Vraag) -> None:
    vraag.owner = None
    vraag.save(update_fields=["owner"])
    target = target_of("give_back", vraag.status, MEDEWERKER)
    _set_status(vraag, target or VraagStatus(vraag.status))


@transaction.atomic
def assign(*, user: User, vraag: Vraag, to: User) -> None:
    """Give a question to a colleague who may see it."""
    _must_work(user, vraag)
    if not may_work_on(to, vraag):
        raise ValidationError(_("%(naam)s hoort niet bij dit team.") % {"naam": to})
    vraag = _lock(vraag)
    if vraag.status not in OPEN:
        raise ValidationError(_("Deze vraag is al afgerond."))
    vraag.owner = to
    vraag.save(update_fields=["owner"])
    target = target_of("take", vraag.status, MEDEWERKER)
    _set_status(vraag, target or VraagStatus(vraag.status))
    _event(vraag, "assign", _("Toegewezen aan %(naam)s") % {"naam": to.name}, user=user)
    if to.pk != user.pk:
        notices.tell(vraag, [to], notices.ASSIGNED)


@transaction.atomic
def pass_on(*, user: User, vraag: Vraag, team: Team, reason: str) -> None:
    """Send a question to another team with a reason; the due time stays."""
    _must_work(user, vraag)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Schrijf op waarom dit team de vraag krijgt.")}
        )
    vraag = _lock(vraag)
    if target_of("pass_on", vraag.status, MEDEWERKER) is None:
        raise ValidationError(_("Deze vraag is al afgerond. Heropen hem eerst."))
    if team.pk == vraag.team_id:
        raise ValidationError(
            {"team": _("De vraag ligt al bij dit team. Kies een ander team.")}
        )
    before = vraag.team
    vraag.team, vraag.owner = team, None
    if vraag.tweede_team_id == team.pk:
        vraag.tweede_team = None
    vraag.route_redenen = [
        _("Doorgegeven door %(naam)s van team %(team)s: %(reden)s")
        % {"naam": user.name, "team": before.kort, "reden": reason.strip()[:300]}
    ]
    vraag.save(update_fields=["team", "tweede_team", "owner", "route_redenen"])
    _resume_clock(vraag)
    _set_status(vraag, VraagStatus.NIEUW)
    _event(
        vraag,
        "pass_on",
        _("Naar team %(team)s") % {"team": team.naam},
        user=user,
        data={"van": before.slug, "naar": team.slug, "reden": reason.strip()[:300]},
    )
    _event(
        vraag,
        "pass_on_reason",
        _("Reden: %(reden)s") % {"reden": reason.strip()[:400]},
        user=user,
        intern=True,
    )
    notices.tell_team(vraag, team, notices.NEW, but=user)
    _refresh(vraag)


@transaction.atomic
def change_phase(*, user: User, vraag: Vraag, fase: str) -> None:
    """Say in which phase of its policy the asker is; empty when that is not known."""
    _must_work(user, vraag)
    if fase and fase not in Fase.values:
        raise ValidationError({"fase": _("Kies een fase uit de lijst.")})
    vraag = _lock(vraag)
    vraag.fase = fase
    vraag.save(update_fields=["fase"])
    _event(
        vraag,
        "change_phase",
        _("Fase: %(fase)s") % {"fase": vraag.get_fase_display() or _("onbekend")},
        user=user,
        intern=True,
    )


@transaction.atomic
def answer(
    *,
    user: User,
    vraag: Vraag,
    text: str,
    citations: Iterable[Citation] = (),
    question_back: bool = False,
    form_key: str = "",
) -> Bericht:
    """Answer, or with ``question_back`` ask the asker something, which stops the clock.

    Citations whose link no longer stands in the text are left out. The draft is removed.
    The same text from the same form gives the same message.
    """
    _must_work(user, vraag)
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst uw antwoord.")})
    vraag = _lock(vraag)
    Concept.objects.filter(
        vraag=vraag, user=user, soort=Concept.Soort.ANTWOORD
    ).delete()
    if (said := _said(vraag, Bericht.Soort.ANTWOORD, text, form_key)) is not None:
        return said
    act = "ask_back" if question_back else "answer"
    target = target_of(act, vraag.status, MEDEWERKER)
    if target is None:
        raise ValidationError(_("Deze vraag is gesloten. Heropen hem eerst."))
    if vraag.owner_id is None:
        vraag.owner = user
    bericht = _message(
        vraag, Bericht.Soort.ANTWOORD, text, user=user, form_key=form_key
    )
    for citation in citations:
        if citation.url in text or citation.printed in text:
            _cite(bericht, citation)
    if question_back:
        Wachtperiode.objects.get_or_create(
            vraag=vraag, end=None, defaults={"start": timezone.now()}
        )
    else:
        _resume_clock(vraag)
        vraag.answered_at = vraag.answered_at or timezone.now()
    vraag.save(update_fields=["owner", "answered_at"])
    _set_status(vraag, target)
    bericht.mail = _mail_asker(
        vraag,
        "loket/wedervraag" if question_back else "loket/antwoord",
        message_key=f"vraag-{vraag.pk}-bericht-{bericht.pk}",
        extra={"afzender": user.name},
    )
    bericht.save(update_fields=["mail"])
    words = (
        _("%(naam)s stelde een vraag terug")
        if question_back
        else _("%(naam)s antwoordde")
    )
    _event(vraag, act, words % {"naam": user.name}, user=user, bericht=bericht)
    _refresh(vraag)
    return bericht


@transaction.atomic
def add_note(*, user: User, vraag: Vraag, text: str, form_key: str = "") -> Bericht:
    """An internal note: no mail, not in the index, never in the thread of the asker.

    The same text from the same form gives the same note.
    """
    _must_work(user, vraag)
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst uw notitie.")})
    vraag = _lock(vraag)
    Concept.objects.filter(vraag=vraag, user=user, soort=Concept.Soort.NOTITIE).delete()
    if (said := _said(vraag, Bericht.Soort.NOTITIE, text, form_key)) is not None:
        return said
    bericht = _message(vraag, Bericht.Soort.NOTITIE, text, user=user, form_key=form_key)
    _event(vraag, "note", _("Interne notitie"), user=user, bericht=bericht, intern=True)
    return bericht


@transaction.atomic
def save_draft(
    *,
    user: User,
    vraag: Vraag,
    soort: str,
    text: str,
    citations: Sequence[Citation] | None = None,
) -> Concept:
    """Keep what somebody is writing; an empty text removes the draft."""
    _must_work(user, vraag)
    if soort not in Concept.Soort.values:
        raise ValidationError(_("Dit soort concept bestaat niet."))
    defaults: dict[str, Any] = {"text": text[:50_000]}
    if citations is not None:
        defaults["bronnen"] = [citation.as_json() for citation in citations]
    concept, _made = Concept.objects.update_or_create(
        vraag=vraag, user=user, soort=soort, defaults=defaults
    )
    return concept


def citation_for(kind: str, object_id: int, anker: str) -> Citation:
    """The citation of a page or section as it is now. Raises ValidationError when gone."""
    page = knowledge_selectors.find_page(object_id)
    if page is None or page.soort != kind:
        raise ValidationError(_("Deze bron is er niet meer. Kies een andere."))
    section = knowledge_selectors.section_of(page, anker) if anker else None
    return Citation(
        kind=kind,
        object_id=page.pk,
        anker=anker,
        titel=page.title,
        sectie=section["kop"] if section else "",
        url=(page.full_url or page.get_url()) + (f"#{anker}" if anker else ""),
        versie=page.gecontroleerd_op,
    )


@transaction.atomic
def insert_source(
    *, user: User, vraag: Vraag, text: str, kind: str, object_id: int, anker: str
) -> Concept:
    """Add a source with its citation to the draft of an answer."""
    citation = citation_for(kind, object_id, anker)
    concept = Concept.objects.filter(
        vraag=vraag, user=user, soort=Concept.Soort.ANTWOORD
    ).first()
    known = [Citation.from_json(row) for row in concept.bronnen] if concept else []
    if citation not in known:
        known.append(citation)
    joined = (
        f"{text.rstrip()}\n\nBron: {citation.markdown}\n"
        if text.strip()
        else f"Bron: {citation.markdown}\n"
    )
    return save_draft(
        user=user,
        vraag=vraag,
        soort=Concept.Soort.ANTWOORD,
        text=joined,
        citations=known,
    )


@transaction.atomic
def make_knowledge_draft(
    *,
    user: User,
    vraag: Vraag,
    title: str,
    kort_antwoord: str,
    text: str,
    doelgroepen: Iterable[Aandachtsgroep] = (),
    themas: Iterable[Thema] = (),
    confirmed: bool = False,
) -> VraagEnAntwoord:
    """From the answer a draft page in review, linked both ways.

    Raises ValidationError when nobody confirmed that no personal data is left, when there
    is no answer yet, or when a page was made before.
    """
    from core import markdown

    _must_work(user, vraag)
    vraag = _lock(vraag)
    last = vraag.berichten.filter(soort=Bericht.Soort.ANTWOORD).last()
    if vraag.answered_at is None or last is None:
        raise ValidationError(_("Beantwoord de vraag eerst."))
    # The address of the page is made from it, and one odd sign can become many there.
    if not 0 < len(slugify(title, allow_unicode=True)) <= MAX_SLUG:
        raise ValidationError(
            {"title": _("Schrijf de vraag met letters, zoals iemand die stelt.")}
        )
    if not confirmed:
        raise ValidationError(
            {"confirmed": _("Bevestig dat er geen persoonsgegevens in staan.")}
        )
    if vraag.kennispagina:
        raise ValidationError(_("Van deze vraag is al een kennispagina gemaakt."))
    places: dict[int, list[str]] = {}
    related = []
    for ref in Bronverwijzing.objects.filter(bericht__vraag=vraag):
        page = knowledge_selectors.find_page(ref.object_id)
        if page is not None:
            bron = knowledge_services.bron_for_page(page)
            cited = places.setdefault(bron.pk, [])
            if ref.sectie and ref.sectie not in cited:
                cited.append(ref.sectie)
            related.append(page)
    sources = [(pk, ", ".join(cited)) for pk, cited in places.items()]
    if not sources:
        duiding = Bron.objects.filter(slug="eigen-duiding").first()
        sources = (
            [(duiding.pk, _("antwoord van team %(team)s") % {"team": vraag.team.naam})]
            if duiding
            else []
        )
    page = knowledge_services.create_answer_draft(
        user=user,
        title=title,
        kort_antwoord=kort_antwoord,
        sections=[
            knowledge_services.DraftSection(
                _("Antwoord"),
                markdown.render(text),
                tuple(sources),
                "antwoord",
            )
        ],
        team=vraag.team,
        doelgroepen=doelgroepen,
        themas=themas,
        origin_key=vraag.key,
        related=related,
    )
    vraag.kennispagina = page.pk
    vraag.save(update_fields=["kennispagina"])
    _event(
        vraag,
        "make_knowledge_draft",
        _("Kennispagina in concept: %(titel)s") % {"titel": page.title},
        user=user,
        intern=True,
    )
    return page


@transaction.atomic
def knowledge_published(*, page: VraagEnAntwoord) -> None:
    """Tell the asker, once, that the answer is now a page."""
    if not page.origin_key.startswith("vraag:"):
        return
    vraag = (
        Vraag.objects.filter(pk=page.origin_key.removeprefix("vraag:"))
        .select_related("contact", "team")
        .first()
    )
    if vraag is None or vraag.gebeurtenissen.filter(soort="published").exists():
        return
    _event(
        vraag,
        "published",
        _("Het antwoord staat nu ook in de kennisbank"),
        data={"pagina": page.pk},
    )
    _mail_asker(
        vraag,
        "loket/gepubliceerd",
        message_key=f"vraag-{vraag.pk}-gepubliceerd",
        extra={"pagina": page.get_url()},
    )


@transaction.atomic
def return_all_of(*, user: User) -> int:
    """Open questions of somebody who no longer treats questions go back to the pile."""
    count = 0
    for vraag in Vraag.objects.filter(owner=user, status__in=OPEN):
        _return_to_pile(vraag)
        _event(
            vraag,
            "give_back",
            _(
                "Teruggelegd op de stapel van het team: de behandelaar behandelt geen vragen meer"
            ),
            intern=True,
        )
        notices.tell_team(vraag, vraag.team, notices.NEW, but=user)
        count += 1
    return count


def record_found(*, kind: str, object_id: int, titel: str) -> None:
    """Somebody said that a suggested page answers the question."""
    Zelfgevonden.objects.create(kind=kind, object_id=object_id, titel=titel[:300])


# -- parts ---------------------------------------------------------------------


def _must_be_asker(person: Person, vraag: Vraag) -> None:
    if not is_asker(person, vraag) or not visible_to(person, vraag):
        raise PermissionDenied(_("Open de vraag met de link uit uw mail."))


def _must_work(user: User, vraag: Vraag) -> None:
    if not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.DESKUNDIGE, permissions.BEHEERDER
    ) or not may_work_on(user, vraag):
        raise PermissionDenied(_("Deze vraag hoort niet bij uw team."))


def _role(person: Person, vraag: Vraag) -> str:
    if is_asker(person, vraag):
        _must_be_asker(person, vraag)
        return VRAGER
    if person.user is None:
        raise PermissionDenied(_("Open de vraag met de link uit uw mail."))
    _must_work(person.user, vraag)
    return MEDEWERKER


def _lock(vraag: Vraag) -> Vraag:
    return (
        Vraag.objects.select_for_update(of=("self",))
        .select_related("contact", "team", "owner", "gemeente")
        .get(pk=vraag.pk)
    )


def _set_status(vraag: Vraag, status: VraagStatus, *, restart: bool = False) -> None:
    now = timezone.now()
    vraag.status = status
    vraag.updated_at = now
    vraag.closed_at = now if status == VraagStatus.GESLOTEN else None
    if restart:
        vraag.wachtperiodes.all().delete()
        vraag.clock_started_at = now
        vraag.due_at, vraag.due_uitleg = due_for(now, vraag.promised_minutes, [])
    vraag.save(
        update_fields=[
            "status",
            "updated_at",
            "closed_at",
            "clock_started_at",
            "due_at",
            "due_uitleg",
        ]
    )
    ticketing.sync(
        ticket_id=vraag.pk, team=vraag.team, owner=vraag.owner, status=status
    )
    expiry = now + READ_LINK_AFTER_CLOSE if status == VraagStatus.GESLOTEN else None
    toegang.set_expiry(object_key=vraag.key, expires_at=expiry)


def _resume_clock(vraag: Vraag) -> None:
    """End a waiting period and move the due time by the working time it took."""
    changed = vraag.wachtperiodes.filter(end=None).update(end=timezone.now())
    if changed:
        vraag.due_at, vraag.due_uitleg = due_for(
            vraag.clock_started_at, vraag.promised_minutes, pauses_of(vraag)
        )
        vraag.save(update_fields=["due_at", "due_uitleg"])


def _message(
    vraag: Vraag,
    soort: str,
    text: str,
    *,
    user: User | None = None,
    contact: Contact | None = None,
    kanaal: str = Kanaal.WEB,
    form_key: str = "",
) -> Bericht:
    text = _tidy(text)
    followup = ticketing.add_followup(
        ticket_id=vraag.pk,
        text=text,
        public=soort != Bericht.Soort.NOTITIE,
        user=user,
        status=vraag.status,
    )
    return Bericht.objects.create(
        vraag=vraag,
        followup_id=followup,
        soort=soort,
        kanaal=kanaal,
        user=user,
        contact=contact,
        text=text,
        form_key=form_key,
    )


def _said(vraag: Vraag, soort: str, text: str, form_key: str) -> Bericht | None:
    """What this form said before. Other text is something new: it came after 'back'.

    Needs the lock on the question, so that of two at once the second sees the first.
    """
    if not form_key:
        return None
    return vraag.berichten.filter(
        soort=soort, form_key=form_key, text=_tidy(text)
    ).first()


def _tidy(text: str) -> str:
    return without_nul(text).replace("\r\n", "\n").strip()


def _event(
    vraag: Vraag,
    soort: str,
    tekst: str,
    *,
    user: User | None = None,
    contact: Contact | None = None,
    bericht: Bericht | None = None,
    intern: bool = False,
    data: dict[str, Any] | None = None,
) -> None:
    Gebeurtenis.objects.create(
        vraag=vraag,
        soort=soort,
        tekst=str(tekst)[:500],
        user=user,
        contact=contact,
        bericht=bericht,
        intern=intern,
        data=data or {},
    )


def _cite(bericht: Bericht, citation: Citation) -> None:
    Bronverwijzing.objects.create(
        bericht=bericht,
        kind=citation.kind,
        object_id=citation.object_id,
        anker=citation.anker,
        titel=citation.titel[:300],
        sectie=citation.sectie[:300],
        versie=citation.versie,
        url=citation.url[:500],
        tekst=citation.printed[:700],
    )


def _read_link(vraag: Vraag, *, mailed: bool = True) -> str:
    """A new read link; the ones in earlier mails keep working."""
    return issue(
        doel=Toegang.Doel.LEZEN,
        contact=vraag.contact,
        object_key=vraag.key,
        mailed=mailed,
    )


def _moment(value: datetime.datetime) -> str:
    from core.templatetags.components import moment

    return moment(value)


def recipients_of(vraag: Vraag) -> list[str]:
    """Who gets a message about this question: the asker, and nobody by To or Cc."""
    return [vraag.contact.email]


def _mail_asker(
    vraag: Vraag,
    template: str,
    *,
    message_key: str = "",
    extra: dict[str, Any] | None = None,
) -> Mailbericht:
    first = f"vraag-{vraag.pk}-ontvangen"
    thread: dict[str, Any] = (
        {}
        if message_key == first
        else {
            "in_reply_to": mail.message_id(first),
            "references": [mail.message_id(first)],
        }
    )
    return mail.send(
        template=template,
        to=recipients_of(vraag),
        about=vraag.key,
        message_key=message_key,
        automatic=template != "loket/antwoord",
        context={
            "naam": vraag.contact.aanhef_in_mail,
            "kenmerk": vraag.reference,
            "team": vraag.team.naam,
            "pad": reverse(
                "loket:read_link", args=[vraag.reference, _read_link(vraag)]
            ),
            **(extra or {}),
        },
        **thread,
    )


def _tell_owner_or_team(vraag: Vraag, reason: str) -> None:
    if vraag.owner is not None and vraag.owner.is_active:
        notices.tell(vraag, [vraag.owner], reason)
    else:
        notices.tell_team(vraag, vraag.team, reason)


def _refresh(vraag: Vraag) -> None:
    search_services.refresh_later("vraag", vraag.pk)
