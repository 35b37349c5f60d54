"""Mail about questions that did not arrive: told, shown, corrected, sent again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import mail, permissions, toegang
from core.models import Contact, Mailbericht, User
from loket import notices
from loket.models import Vraag

from .parts import lock, mail_contact, must_work, record, refresh


def question_of(bericht: Mailbericht) -> Vraag | None:
    """The question that a message is about; None when it is about something else."""
    kind, _colon, number = bericht.about.partition(":")
    if kind != "vraag" or not number.isdigit():
        return None
    return (
        Vraag.objects.select_related("contact", "team", "owner")
        .filter(pk=number)
        .first()
    )


@transaction.atomic
def note_failed(*, bericht: Mailbericht) -> None:
    """A mail did not arrive: an event on its question, and word to who can mend it.

    Only for mail to who asked: of a notice to staff that fails no new notice is made. Of a
    mail with several messages in it, each of those tells.
    """
    vraag = question_of(bericht)
    if vraag is None or not bericht.who.startswith("contact:"):
        return
    if bericht.verzameld.exists():
        return
    came_back = bericht.status == Mailbericht.Status.TERUGGEKOMEN
    words = (
        _("Mail aan %(adres)s kwam terug: %(onderwerp)s")
        if came_back
        else _("Mail aan %(adres)s is niet te bezorgen: %(onderwerp)s")
    )
    record(
        vraag,
        "mail_failed",
        words % {"adres": bericht.adres, "onderwerp": bericht.subject},
        intern=True,
        data={"mail": bericht.pk, "reden": bericht.error[:300]},
    )
    notices.tell_front_office(vraag, notices.MAIL_FAILED)


def _must_mend(user: User, vraag: Vraag) -> None:
    must_work(user, vraag)
    if not permissions.in_group(user, *permissions.SEES_UNDELIVERED):
        raise PermissionDenied(_("Alleen de frontoffice en de beheerder doen dit."))


@transaction.atomic
def resend(*, user: User, bericht: Mailbericht, email: str) -> Mailbericht | None:
    """Mail again that did not arrive, to the address as it is or as it should be.

    A corrected address counts for this question alone, and what was mailed to the wrong
    one opens nothing any more. The mail holds a fresh link. None when another person
    settled the message before. Raises ValidationError for what is no address.
    """
    vraag = question_of(bericht)
    if vraag is None or not bericht.who.startswith("contact:"):
        raise ValidationError(_("Deze mail gaat niet over een vraag van een vrager."))
    _must_mend(user, vraag)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            {"email": _("Vul een e-mailadres in, zoals naam@gemeente.nl.")}
        ) from None
    vraag = lock(vraag)
    bericht = Mailbericht.objects.select_for_update().get(pk=bericht.pk)
    if bericht.settled_at is not None or not bericht.failed:
        return None
    contact = _contact_of(bericht) or vraag.contact
    if email != contact.email:
        contact = _correct(user, vraag, contact, email)
    mail.settle(bericht=bericht)
    again = mail_contact(
        vraag, contact, "loket/opnieuw", extra={"eerder": bericht.subject}
    )
    record(
        vraag,
        "mail_resent",
        _("Opnieuw gemaild aan %(adres)s") % {"adres": contact.email},
        user=user,
        intern=True,
        data={"mail": again.pk, "in_plaats_van": bericht.pk},
    )
    return again


def _contact_of(bericht: Mailbericht) -> Contact | None:
    return Contact.objects.filter(pk=bericht.who.partition(":")[2]).first()


def _correct(user: User, vraag: Vraag, old: Contact, email: str) -> Contact:
    """Give the question to the contact of the right address; the old links stop."""
    if old.pk != vraag.contact_id:
        raise ValidationError(
            {
                "email": _(
                    "Dit is het adres van een collega. Laat de vrager de collega opnieuw toelaten."
                )
            }
        )
    new, _made = Contact.objects.get_or_create(
        email=email,
        defaults={
            "naam": old.naam,
            "functie": old.functie,
            "organisatietype": old.organisatietype,
            "organisatie": old.organisatie,
            "gemeente": old.gemeente,
        },
    )
    toegang.revoke(object_key=vraag.key, contact=old)
    vraag.contact = new
    vraag.updated_at = timezone.now()
    vraag.save(update_fields=["contact", "updated_at"])
    vraag.berichten.filter(contact=old).update(contact=new)
    record(
        vraag,
        "correct_address",
        _("Adres van de vrager verbeterd: %(oud)s is nu %(nieuw)s")
        % {"oud": old.email, "nieuw": email},
        user=user,
        intern=True,
    )
    refresh(vraag)
    return new


@transaction.atomic
def dismiss(*, user: User, bericht: Mailbericht) -> None:
    """Nothing has to be mailed again, for example because somebody telephoned."""
    vraag = question_of(bericht)
    if vraag is None:
        raise ValidationError(_("Deze mail gaat niet over een vraag."))
    _must_mend(user, vraag)
    if bericht.settled_at is None:
        mail.settle(bericht=bericht)
        record(
            vraag,
            "mail_settled",
            _("Niet aangekomen mail afgehandeld: %(onderwerp)s")
            % {"onderwerp": bericht.subject},
            user=user,
            intern=True,
            data={"mail": bericht.pk},
        )
