"""What every act on a question shares: right, lock, state, message, event, mail."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import bijlagen, mail, permissions, toegang
from core.models import Bijlage, Contact, Mailbericht, Toegang, User
from core.parameters import without_nul
from core.person import Person
from core.toegang import issue
from loket import notices, ticketing
from loket.models import Bericht, Collega, Gebeurtenis, Kanaal, Samenvoeging, Vraag
from loket.permissions import (
    goes_on,
    is_asker,
    mailed_colleagues,
    may_work_on,
    visible_to,
    writer,
)
from loket.states import MEDEWERKER, VRAGER, VraagStatus
from loket.termijnen import due_of, promise
from search import services as search_services

READ_LINK_AFTER_CLOSE = datetime.timedelta(days=30)
MAX_FILES = 5


def must_be_asker(person: Person, vraag: Vraag) -> None:
    if not is_asker(person, vraag) or not visible_to(person, vraag):
        raise PermissionDenied(_("Open de vraag met de link uit uw mail."))


def must_write(person: Person, vraag: Vraag) -> Contact:
    """The asker or colleague as whom this person replies."""
    contact = writer(person, vraag)
    if contact is None or not visible_to(person, vraag):
        raise PermissionDenied(_("Open de vraag met de link uit uw mail."))
    return contact


def must_work(user: User, vraag: Vraag) -> None:
    if not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.DESKUNDIGE, permissions.BEHEERDER
    ) or not may_work_on(user, vraag):
        raise PermissionDenied(_("Deze vraag hoort niet bij uw team."))


def role_of(person: Person, vraag: Vraag) -> str:
    if is_asker(person, vraag):
        must_be_asker(person, vraag)
        return VRAGER
    if person.user is None:
        raise PermissionDenied(_("Open de vraag met de link uit uw mail."))
    must_work(person.user, vraag)
    return MEDEWERKER


def lock(vraag: Vraag) -> Vraag:
    """The row as it is now. Raises ValidationError for one that was made anonymous."""
    locked = (
        Vraag.objects.select_for_update(of=("self",))
        .select_related("contact", "team", "owner", "gemeente")
        .get(pk=vraag.pk)
    )
    if locked.geanonimiseerd_op is not None:
        raise ValidationError(
            _("Deze vraag is geanonimiseerd. Stel een nieuwe vraag als het nodig is.")
        )
    return locked


def lock_all(*questions: Vraag) -> list[Vraag]:
    """The rows as they are now, locked in the order that everybody keeps."""
    rows = {vraag.pk: vraag for vraag in questions}
    locked = {pk: lock(rows[pk]) for pk in sorted(rows)}
    return [locked[vraag.pk] for vraag in questions]


def set_status(vraag: Vraag, status: VraagStatus, *, restart: bool = False) -> None:
    now = timezone.now()
    vraag.status = status
    vraag.updated_at = now
    vraag.closed_at = now if status == VraagStatus.GESLOTEN else None
    if restart:
        vraag.wachtperiodes.filter(end=None).update(end=now)
        vraag.clock_started_at = now
        promise(vraag)
        vraag.due_at, vraag.due_uitleg = due_of(vraag)
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
    for key in link_keys(vraag):
        toegang.set_expiry(object_key=key, expires_at=expiry)


def link_keys(vraag: Vraag) -> list[str]:
    """What the links to this question open: those of the asker, of colleagues who
    accepted, and of the questions that go on in it."""
    merged = Samenvoeging.objects.standing().filter(naar=vraag)
    together = [vraag.pk, *merged.values_list("van", flat=True)]
    return [
        *(f"vraag:{pk}" for pk in together),
        *(row.key for row in Collega.objects.admitted().filter(vraag__in=together)),
    ]


def current(person: Person, vraag: Vraag) -> Vraag:
    """The question in which this one goes on, for who may reply there; else itself."""
    merged = (
        Samenvoeging.objects.standing().filter(van=vraag).select_related("naar").first()
    )
    if merged is not None and writer(person, merged.naar) is not None:
        return merged.naar
    return vraag


def place_of(contact: Contact | None, vraag: Vraag) -> Vraag:
    """In which question a message to ``vraag`` stands. It counts for the one it goes on
    in; of who reads only this one, such as a colleague, it stays where that person reads.
    """
    target = goes_on(vraag)
    if contact is None or writer(Person(contact=contact), target) is not None:
        return target
    return vraag


def resume_clock(vraag: Vraag) -> None:
    """End a waiting period and move the due time by the working time it took."""
    changed = vraag.wachtperiodes.filter(end=None).update(end=timezone.now())
    if changed:
        vraag.due_at, vraag.due_uitleg = due_of(vraag)
        vraag.save(update_fields=["due_at", "due_uitleg"])


def add_message(
    vraag: Vraag,
    soort: str,
    text: str,
    *,
    user: User | None = None,
    contact: Contact | None = None,
    kanaal: str = Kanaal.WEB,
    form_key: str = "",
    citaat: str = "",
) -> Bericht:
    """A message in the thread. ``citaat`` is what a mail holds beside its new text."""
    text = tidy(text)
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
        citaat=tidy(citaat),
        form_key=form_key,
    )


def said_before(vraag: Vraag, soort: str, text: str, form_key: str) -> Bericht | None:
    """What this form said before. Other text is something new: it came after 'back'.

    Needs the lock on the question, so that of two at once the second sees the first.
    """
    if not form_key:
        return None
    return vraag.berichten.filter(
        soort=soort, form_key=form_key, text=tidy(text)
    ).first()


def tidy(text: str) -> str:
    return without_nul(text).replace("\r\n", "\n").strip()


def record(
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


def store_files(
    *, vraag: Vraag, bericht: Bericht, files: Sequence[UploadedFile]
) -> list[Bijlage]:
    """Keep files with a message. Raises ValidationError with one line per refused file."""
    if len(files) > MAX_FILES:
        raise ValidationError(
            _("Stuur hoogstens %(n)s bestanden tegelijk.") % {"n": MAX_FILES}
        )
    bijlagen.must_fit_together([file.size or 0 for file in files])
    errors, stored = [], []
    for file in files:
        try:
            stored.append(bijlagen.store_upload(file, owner=bericht))
        except ValidationError as error:
            errors += error.messages
    if errors:
        raise ValidationError(errors)
    return stored


def new_read_link(vraag: Vraag, *, mailed: bool = True) -> str:
    """A new read link; the ones in earlier mails keep working."""
    return issue(
        doel=Toegang.Doel.LEZEN,
        contact=vraag.contact,
        object_key=vraag.key,
        mailed=mailed,
    )


def new_colleague_path(
    row: Collega, *, expires_at: datetime.datetime | None = None
) -> str:
    """A new link of a colleague, as a path."""
    token = issue(
        doel=Toegang.Doel.LEZEN,
        contact=row.contact,
        object_key=row.key,
        expires_at=expires_at,
    )
    return reverse("loket:colleague_link", args=[token])


def in_words(value: datetime.datetime) -> str:
    from core.templatetags.components import moment

    return moment(value)


def readers_of(vraag: Vraag) -> list[Contact]:
    """Who gets messages about this question: the asker and admitted colleagues, by the
    rule of who may see it, as far as there is an address; nobody by To or Cc."""
    people = [vraag.contact, *(row.contact for row in mailed_colleagues(vraag))]
    return [contact for contact in people if contact.email]


def recipients_of(vraag: Vraag) -> list[str]:
    """The addresses that a message about this question goes to."""
    return [contact.email for contact in readers_of(vraag)]


# What a person wrote or did is never held by the limit on automatic mail.
BY_PEOPLE = ("loket/antwoord", "loket/wedervraag", "loket/gesloten", "loket/opnieuw")
FOR_THE_ASKER_ALONE = ("loket/ontvangen", "loket/gepubliceerd", "loket/gesplitst")


def _path_of(vraag: Vraag, contact: Contact) -> str:
    """A new link to the question that is of this person alone."""
    if contact.pk != vraag.contact_id:
        for row in mailed_colleagues(vraag):
            if row.contact_id == contact.pk:
                return new_colleague_path(row)
    token = issue(doel=Toegang.Doel.LEZEN, contact=contact, object_key=vraag.key)
    return reverse("loket:read_link", args=[vraag.reference, token])


def mail_contact(
    vraag: Vraag,
    contact: Contact,
    template: str,
    *,
    message_key: str = "",
    extra: dict[str, Any] | None = None,
    answers: str = "",
    copy_of: Mailbericht | None = None,
) -> Mailbericht:
    """One message about a question to one person, with a link and a reply address that
    are of this person alone."""
    extra = extra or {}
    path = _path_of(vraag, contact)
    return mail.send(
        template=template,
        to=[contact.email],
        about=vraag.key,
        who=f"contact:{contact.pk}",
        message_key=message_key,
        answers=answers,
        copy_of=copy_of,
        automatic=template not in BY_PEOPLE,
        line={
            "kenmerk": vraag.reference,
            "pad": path,
            "uiterlijk": str(extra.get("uiterlijk", "")),
        },
        context={
            "naam": contact.aanhef_in_mail,
            "kenmerk": vraag.reference,
            "team": vraag.team.naam,
            "pad": path,
            "leest_mee": contact.pk != vraag.contact_id,
            **extra,
        },
    )


def mail_asker(
    vraag: Vraag,
    template: str,
    *,
    message_key: str = "",
    extra: dict[str, Any] | None = None,
    answers: str = "",
) -> Mailbericht | None:
    """Mail the asker, and admitted colleagues what concerns them too, one by one; the
    first message has the others as its copies. None when nobody gets one.

    answers: Message-ID of the mail of the asker that this one answers.
    """
    first: Mailbericht | None = None
    for contact in readers_of(vraag):
        mine = contact.pk == vraag.contact_id
        if not mine and template in FOR_THE_ASKER_ALONE:
            continue
        sent = mail_contact(
            vraag,
            contact,
            template,
            message_key=f"{message_key}-{contact.pk}"
            if message_key and first
            else message_key,
            extra=extra,
            answers=answers if mine else "",
            copy_of=first,
        )
        first = first or sent
    return first


def tell_owner_or_team(vraag: Vraag, reason: str) -> None:
    if vraag.owner is not None and vraag.owner.is_active:
        notices.tell(vraag, [vraag.owner], reason)
    else:
        notices.tell_team(vraag, vraag.team, reason)


def refresh(vraag: Vraag) -> None:
    search_services.refresh_later("vraag", vraag.pk)
