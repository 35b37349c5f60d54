"""Colleagues of the asker: admitted by link, withdrawn at once, or taking a question over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core import mail, toegang
from core.gemeenten import proven_gemeenten
from core.models import Contact, Toegang, User
from core.person import Person
from loket.models import Collega, Samenvoeging, Vraag, Zichtbaarheid
from loket.permissions import has_logged_in, is_front_office
from loket.states import OPEN

from .parts import (
    READ_LINK_AFTER_CLOSE,
    lock,
    must_work,
    new_colleague_path,
    new_read_link,
    record,
    refresh,
)

INVITATION_VALID = datetime.timedelta(days=14)
MAX_STANDING = 20
MAX_A_DAY = 40


@transaction.atomic
def admit_colleague(*, person: Person, vraag: Vraag, email: str) -> Collega:
    """The asker admits a colleague, who gets a mail with a link; nothing opens before the
    colleague accepted. A second time sends the mail again.

    'Alleen ik' becomes 'collega's die ik toelaat': that is what the asker asks for.
    """
    asker = _must_be_logged_in(person, vraag)
    vraag = lock(vraag)
    row = invite(vraag, email, admitted_by=asker)
    if vraag.zichtbaarheid == Zichtbaarheid.IK:
        vraag.zichtbaarheid = Zichtbaarheid.COLLEGAS
        vraag.save(update_fields=["zichtbaarheid"])
    record(
        vraag,
        "admit_colleague",
        _("De vrager laat een collega meelezen"),
        contact=asker,
        data={"collega": row.pk},
    )
    return row


@transaction.atomic
def withdraw_colleague(*, person: Person, row: Collega) -> None:
    """End an admission: links, login and mail of the colleague open nothing from now on."""
    asker = _must_be_logged_in(person, row.vraag)
    vraag = lock(row.vraag)
    if end_admission(row):
        record(
            vraag,
            "withdraw_colleague",
            _("Een collega leest niet meer mee"),
            contact=asker,
            data={"collega": row.pk},
        )


@transaction.atomic
def hand_over(*, person: Person, vraag: Vraag, email: str) -> Collega:
    """The asker leaves a question to a colleague. It changes hands when the colleague
    presses the button behind the link in the mail, and not before."""
    asker = _must_be_logged_in(person, vraag)
    vraag = lock(vraag)
    return invite(vraag, email, admitted_by=asker, takes_over=True)


@transaction.atomic
def hand_over_all(*, person: Person, email: str) -> int:
    """Every open question of the asker, with one mail; returns how many."""
    if person.contact is None:
        raise PermissionDenied(_log_in())
    rows: list[Collega] = []
    for vraag in Vraag.objects.filter(contact=person.contact, status__in=OPEN):
        rows.append(
            invite(
                lock(vraag),
                email,
                admitted_by=person.contact,
                takes_over=True,
                send=not rows,
            )
        )
    if not rows:
        raise ValidationError(_("U hebt geen open vragen om over te dragen."))
    return len(rows)


@transaction.atomic
def hand_over_for_asker(
    *, user: User, vraag: Vraag, email: str, reason: str
) -> Collega:
    """The front office has a question change hands, because the asker cannot: with a
    reason, and only after the new asker pressed the button in the mail."""
    must_work(user, vraag)
    if not is_front_office(user):
        raise PermissionDenied(_("Alleen de frontoffice draagt een vraag over."))
    if not reason.strip():
        raise ValidationError({"reden": _("Schrijf op waarom u de vraag overdraagt.")})
    vraag = lock(vraag)
    row = invite(vraag, email, by=user, takes_over=True, reason=reason.strip()[:300])
    record(
        vraag,
        "hand_over_asked",
        _("Overdracht aan %(email)s gevraagd: %(reden)s")
        % {"email": row.contact.email, "reden": row.reden},
        user=user,
        intern=True,
        data={"collega": row.pk},
    )
    return row


@transaction.atomic
def accept_admission(*, row: Collega) -> list[Vraag]:
    """Who reads the mail of this address accepts. Confirms the address, and for a
    hand-over makes this person the asker; returns the questions that are open now.

    Raises ValidationError when the admission was withdrawn.
    """
    lock(row.vraag)
    row = Collega.objects.select_related("contact", "vraag", "admitted_by").get(
        pk=row.pk
    )
    if row.revoked_at is not None:
        raise ValidationError(_("Deze link werkt niet meer."))
    now = timezone.now()
    Contact.objects.filter(pk=row.contact_id, confirmed_at=None).update(
        confirmed_at=now
    )
    rows = [row]
    if row.wordt_vrager and row.admitted_by_id is not None:
        rows += (
            Collega.objects.standing()
            .filter(contact=row.contact, admitted_by=row.admitted_by, wordt_vrager=True)
            .exclude(pk=row.pk)
            .select_related("contact", "vraag")
        )
    return [_accept(each, now) for each in rows]


def _accept(row: Collega, now: datetime.datetime) -> Vraag:
    vraag = lock(row.vraag)
    if row.wordt_vrager:
        _change_hands(vraag, row)
        return vraag
    if row.accepted_at is None:
        Collega.objects.filter(pk=row.pk).update(accepted_at=now)
        until = (vraag.closed_at + READ_LINK_AFTER_CLOSE) if vraag.closed_at else None
        toegang.set_expiry(object_key=row.key, expires_at=until)
        record(
            vraag,
            "accept_admission",
            _("Een collega van de vrager leest mee"),
            contact=row.contact,
            data={"collega": row.pk},
        )
    return vraag


def _change_hands(vraag: Vraag, row: Collega) -> None:
    """The new asker has what the old one had; the old one has nothing any more. Questions
    of the old asker that go on in this one go along."""
    old, new = vraag.contact, row.contact
    merged = Samenvoeging.objects.standing().filter(naar=vraag, van__contact=old)
    along = [lock(each.van) for each in merged.select_related("van")]
    Collega.objects.filter(pk=row.pk).update(accepted_at=timezone.now())
    for each in (vraag, *along):
        each.contact = new
        shares = each.zichtbaarheid == Zichtbaarheid.GEMEENTE
        new.refresh_from_db(fields=["confirmed_at"])
        proven = {gemeente.pk for gemeente in proven_gemeenten(new)}
        if shares and each.gemeente_id not in proven:
            each.zichtbaarheid = Zichtbaarheid.COLLEGAS
        each.save(update_fields=["contact", "zichtbaarheid"])
        toegang.revoke(object_key=each.key)
        for ended in Collega.objects.standing().filter(
            Q(contact=new) | Q(wordt_vrager=True), vraag=each
        ):
            end_admission(ended)
        record(
            each,
            "hand_over",
            _("De vraag is overgedragen aan een collega van de vrager"),
            contact=new,
            user=row.by_user,
            data={"van": old.pk, "naar": new.pk, "reden": row.reden},
        )
        refresh(each)
    mail.send(
        template="loket/overgedragen",
        to=[old.email],
        context={"naam": old.aanhef_in_mail, "kenmerk": vraag.reference},
    )


def _log_in() -> str:
    return _("Open 'Mijn vragen' met een link uit uw mail om dit te veranderen.")


def _must_be_logged_in(person: Person, vraag: Vraag) -> Contact:
    if person.contact is None or not has_logged_in(person, vraag):
        raise PermissionDenied(_log_in())
    return person.contact


def end_admission(row: Collega) -> bool:
    toegang.revoke(object_key=row.key)
    return bool(
        Collega.objects.standing().filter(pk=row.pk).update(revoked_at=timezone.now())
    )


def invite(
    vraag: Vraag,
    email: str,
    *,
    admitted_by: Contact | None = None,
    by: User | None = None,
    takes_over: bool = False,
    reason: str = "",
    send: bool = True,
) -> Collega:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            {"email": _("Vul een e-mailadres in, zoals naam@gemeente.nl")}
        ) from None
    if address == vraag.contact.email:
        raise ValidationError({"email": _("Dit is het adres van de vrager zelf.")})
    _check_limits(vraag, admitted_by)
    contact, _made = Contact.objects.get_or_create(
        email=address, defaults={"organisatietype": vraag.contact.organisatietype}
    )
    row = Collega.objects.standing().filter(vraag=vraag, contact=contact).first()
    if row is not None and row.wordt_vrager != takes_over:
        if not takes_over:
            raise ValidationError(
                {
                    "email": _(
                        "Deze collega heeft al een link om uw vraag over te nemen."
                    )
                }
            )
        # Who reads along already goes on reading until the question changes hands.
        Collega.objects.filter(pk=row.pk).update(
            wordt_vrager=True, admitted_by=admitted_by, by_user=by, reden=reason
        )
        row.refresh_from_db()
    if row is None:
        row = Collega.objects.create(
            vraag=vraag,
            contact=contact,
            admitted_by=admitted_by,
            by_user=by,
            wordt_vrager=takes_over,
            reden=reason,
        )
    if send and (row.accepted_at is None or row.wordt_vrager):
        mail.send(
            template="loket/overdragen" if takes_over else "loket/meelezen",
            to=[contact.email],
            about=vraag.key,
            context={
                "naam": contact.aanhef_in_mail,
                "kenmerk": vraag.reference,
                "van": _name_of(admitted_by),
                "pad": new_colleague_path(
                    row, expires_at=timezone.now() + INVITATION_VALID
                ),
            },
        )
    return row


def _name_of(contact: Contact | None) -> str:
    """Who admits, as the mail says it: an address, and a name only when it was confirmed."""
    if contact is None:
        return ""
    name = contact.aanhef_in_mail
    return f"{name} ({contact.email})" if name else contact.email


def _check_limits(vraag: Vraag, admitted_by: Contact | None) -> None:
    since = timezone.now() - datetime.timedelta(days=1)
    standing = Collega.objects.standing().filter(vraag=vraag).count()
    today = (
        Collega.objects.filter(admitted_by=admitted_by, at__gte=since)
        .values("contact")
        .distinct()
        .count()
    )
    if standing >= MAX_STANDING or (admitted_by is not None and today >= MAX_A_DAY):
        raise ValidationError(
            {
                "email": _(
                    "U hebt al veel collega's toegelaten. Trek er een in, of probeer het morgen opnieuw."
                )
            }
        )


def colleagues_of(vraag: Vraag) -> Iterable[Collega]:
    """Standing admissions of a question, for its asker."""
    return Collega.objects.standing().filter(vraag=vraag).select_related("contact")


def link_after_hand_over(vraag: Vraag) -> Toegang:
    """A read link for the browser in which the new asker just accepted."""
    row = toegang.find(token=new_read_link(vraag), doel=Toegang.Doel.LEZEN)
    assert row is not None  # noqa: S101  made one line before
    return row
