"""What the asker does with a question, and what asker and staff both can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.gemeenten import proven_gemeenten
from core.models import Contact, User
from core.person import Person
from loket import notices
from loket.models import Bericht, Kanaal, Vraag, Zichtbaarheid
from loket.permissions import goes_on, has_logged_in
from loket.states import DONE, MEDEWERKER, VRAGER, VraagStatus, target_of

from .parts import (
    add_message,
    current,
    link_keys,
    lock,
    lock_all,
    mail_asker,
    must_be_asker,
    must_write,
    record,
    refresh,
    resume_clock,
    role_of,
    said_before,
    set_status,
    store_files,
    tell_owner_or_team,
)


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
    """The asker or a colleague adds something; a waiting clock runs on, a closed question
    reopens. What comes to a question that goes on in another lands there.

    The same text from the same form gives the same message.
    """
    place = current(person, vraag)
    contact = must_write(person, place)
    by_colleague = contact.pk != place.contact_id
    return take_reply(
        vraag=goes_on(place),
        place=place,
        text=text,
        contact=contact,
        files=files,
        kanaal=kanaal,
        form_key=form_key,
        words=_("Reactie van een collega van de vrager") if by_colleague else "",
        notice=notices.REPLY_OF_COLLEAGUE if by_colleague else notices.REPLY,
        data={"met_link_uit_mail": not person.mailed_keys.isdisjoint(link_keys(vraag))},
    )


@transaction.atomic
def take_reply(
    *,
    vraag: Vraag,
    text: str,
    kanaal: str,
    contact: Contact | None = None,
    place: Vraag | None = None,
    files: Sequence[UploadedFile] = (),
    form_key: str = "",
    words: str = "",
    notice: str = notices.REPLY,
    data: dict[str, Any] | None = None,
    written_by: User | None = None,
) -> Bericht:
    """Add a reaction, however it came; the caller checked the right to.

    contact: who reacts, the asker when it is not said. place: the question in which the
    message stands when that one goes on in ``vraag``. written_by: who of the desk wrote
    down what the asker said.
    """
    vraag, place = lock_all(vraag, place or vraag)
    if (said := said_before(place, Bericht.Soort.REACTIE, text, form_key)) is not None:
        return said
    return append_reply(
        vraag=vraag,
        text=text,
        contact=contact or vraag.contact,
        place=place,
        files=files,
        kanaal=kanaal,
        form_key=form_key,
        words=_("Reactie van de vrager, opgeschreven door %(naam)s")
        % {"naam": written_by.name}
        if written_by
        else words,
        notice=notice,
        data=data,
        written_by=written_by,
    )


def append_reply(
    *,
    vraag: Vraag,
    text: str,
    contact: Contact | None,
    place: Vraag | None = None,
    files: Sequence[UploadedFile] = (),
    kanaal: str = Kanaal.WEB,
    form_key: str = "",
    words: str = "",
    notice: str = notices.REPLY,
    data: dict[str, Any] | None = None,
    written_by: User | None = None,
) -> Bericht:
    """What a reply does, for a caller that holds the lock and knows that it may."""
    place = place or vraag
    bericht = add_message(
        place,
        Bericht.Soort.REACTIE,
        text,
        contact=contact,
        user=written_by,
        kanaal=kanaal,
        form_key=form_key,
    )
    store_files(vraag=place, bericht=bericht, files=files)
    before, target = vraag.status, target_of("reply", vraag.status, VRAGER)
    reopened = before in DONE
    if target is not None and target != before:
        resume_clock(vraag)
        set_status(vraag, target, restart=reopened)
    record(
        place,
        "reply",
        words or _("Reactie van de vrager"),
        contact=contact,
        user=written_by,
        bericht=bericht,
        data=data,
    )
    if written_by is None or written_by.pk != vraag.owner_id:
        tell_owner_or_team(vraag, notices.REOPENED if reopened else notice)
    for each in {vraag, place}:
        refresh(each)
    return bericht


@transaction.atomic
def mark_helped(*, person: Person, vraag: Vraag, helped: bool) -> None:
    """The asker says whether the answer helped; yes closes the question."""
    must_be_asker(person, vraag)
    vraag = lock(vraag)
    act = "mark_helped" if helped else "mark_not_helped"
    target = target_of(act, vraag.status, VRAGER)
    if target is None:
        raise ValidationError(_("Er is nog geen antwoord om over te oordelen."))
    vraag.geholpen = helped
    vraag.save(update_fields=["geholpen"])
    record(
        vraag,
        "mark_helped",
        _("Het antwoord hielp") if helped else _("Het antwoord hielp nog niet"),
        contact=vraag.contact,
    )
    set_status(vraag, target, restart=not helped)
    if not helped:
        tell_owner_or_team(vraag, notices.REOPENED)
    refresh(vraag)


@transaction.atomic
def change_visibility(*, person: Person, vraag: Vraag, zichtbaarheid: str) -> None:
    """Who may see the question; needs a login link, and a proven gemeente to share with it."""
    if not has_logged_in(person, vraag):
        raise PermissionDenied(
            _("Open 'Mijn vragen' met een link uit uw mail om dit te veranderen.")
        )
    if zichtbaarheid not in Zichtbaarheid.values:
        raise ValidationError(_("Kies wie uw vraag mag zien."))
    vraag = lock(vraag)
    if zichtbaarheid == Zichtbaarheid.GEMEENTE:
        proven = {gemeente.pk for gemeente in proven_gemeenten(person.contact)}
        if vraag.gemeente_id not in proven:
            raise ValidationError(
                _(
                    "Delen kan alleen met een mailadres van uw eigen gemeente. Werkt u voor de gemeente met een ander adres? Vraag een collega van de gemeente om u toe te laten, bij 'Mijn vragen'."
                )
            )
    vraag.zichtbaarheid = zichtbaarheid
    vraag.save(update_fields=["zichtbaarheid"])
    record(
        vraag,
        "change_visibility",
        _("Zichtbaar voor: %(wie)s") % {"wie": vraag.get_zichtbaarheid_display()},
        contact=person.contact,
    )
    refresh(vraag)


@transaction.atomic
def close(*, person: Person, vraag: Vraag, reason: str = "") -> None:
    """Close; staff give a reason, which the asker reads."""
    vraag, by = lock(vraag), role_of(person, vraag)
    if target_of("close", vraag.status, by) is None:
        raise ValidationError(_("Deze vraag is al gesloten."))
    if by == MEDEWERKER and not reason.strip():
        raise ValidationError(
            {"reason": _("Schrijf op waarom u de vraag sluit; de vrager leest dit.")}
        )
    resume_clock(vraag)
    set_status(vraag, VraagStatus.GESLOTEN)
    if by == MEDEWERKER:
        record(
            vraag,
            "close",
            _("Gesloten door het loket: %(reden)s") % {"reden": reason.strip()[:300]},
            user=person.user,
        )
        mail_asker(vraag, "loket/gesloten", extra={"reden": reason.strip()})
    else:
        record(vraag, "close", _("Gesloten door de vrager"), contact=vraag.contact)
        tell_owner_or_team(vraag, _("gesloten door de vrager"))
    refresh(vraag)


@transaction.atomic
def reopen(*, person: Person, vraag: Vraag) -> None:
    """Open a finished question again, with a new due time."""
    vraag = current(person, vraag)
    vraag, by = lock(vraag), role_of(person, vraag)
    if by == MEDEWERKER and vraag.samenvoegingen.standing().exists():
        raise ValidationError(
            _(
                "Deze vraag is samengevoegd. Maak dat eerst ongedaan, of ga verder in de andere vraag."
            )
        )
    if target_of("reopen", vraag.status, by) is None:
        raise ValidationError(_("Deze vraag is nog open."))
    set_status(vraag, VraagStatus.HEROPEND, restart=True)
    vraag.geholpen = None
    vraag.save(update_fields=["geholpen"])
    if by == MEDEWERKER:
        record(vraag, "reopen", _("Heropend door het loket"), user=person.user)
    else:
        record(vraag, "reopen", _("Heropend door de vrager"), contact=vraag.contact)
        tell_owner_or_team(vraag, notices.REOPENED)
    refresh(vraag)
