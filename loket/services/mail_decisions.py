"""What the front office decides about a mail that waits for a person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Contact, User
from loket import mail_selectors as selectors
from loket.mail import proof
from loket.mail.message import Mail
from loket.mail.safely import read_safely
from loket.models import Bericht, InkomendBericht, Kanaal, Vraag
from loket.permissions import goes_on, is_front_office

from .mail_in import Uitkomst, ask_by_mail, handle, keep_rest, text_of
from .parts import lock_all, place_of
from .thread import append_reply


def _must_decide(user: User) -> None:
    if not is_front_office(user):
        raise PermissionDenied(_("Over mail besluiten medewerkers van het loket."))


def _waiting_for_decision(pk: int) -> InkomendBericht:
    row = InkomendBericht.objects.select_for_update().get(pk=pk)
    if not row.waits_for_decision:
        raise ValidationError(_("Over deze mail is al besloten."))
    return row


def _read(row: InkomendBericht) -> Mail:
    with row.raw.open("rb") as file:
        return read_safely(file.read())


def _decided(row: InkomendBericht, user: User, reden: str) -> None:
    row.decided_by, row.decided_at = user, timezone.now()
    row.uitkomst_reden = reden
    row.save()


@transaction.atomic
def admit(*, user: User, row: InkomendBericht) -> Bericht:
    """Put a mail in the conversation of the question it points to.

    The sender gets no access: this message is admitted, not the person.
    """
    _must_decide(user)
    row = _waiting_for_decision(row.pk)
    if row.vraag is None:
        raise ValidationError(_("Deze mail wijst geen vraag aan."))
    mail, vraag = _read(row), row.vraag
    sender = proof.sender_of(mail)
    contact = (
        vraag.contact
        if sender == vraag.contact.email
        else Contact.objects.filter(email=sender).first()
        if sender
        else None
    )
    place, target = lock_all(place_of(contact, vraag), goes_on(vraag))
    text = text_of(mail)
    if contact != vraag.contact:
        shown = row.afzender or _("een onbekende afzender")
        text = f"{_('Mail van %(adres)s, toegevoegd door het loket:') % {'adres': shown}}\n\n{text}"
    row.bericht = append_reply(
        vraag=target,
        place=place,
        text=text,
        contact=contact,
        kanaal=Kanaal.MAIL,
        form_key=f"mail-{row.pk}",
        words=_("Mail toegevoegd door het loket"),
        data={"mail": row.pk, "door": user.pk},
    )
    keep_rest(row.bericht, mail)
    row.uitkomst, row.soort = Uitkomst.TOEGEVOEGD, InkomendBericht.Soort.REACTIE
    _decided(row, user, _("Toegelaten door %(naam)s.") % {"naam": user.name})
    return row.bericht


@transaction.atomic
def ask_from(*, user: User, row: InkomendBericht) -> Vraag:
    """Make a new question of a mail. A confirmation goes out only when a person wrote it
    and nothing speaks against the address."""
    _must_decide(user)
    row = _waiting_for_decision(row.pk)
    mail = _read(row)
    if not proof.sender_of(mail):
        raise ValidationError(
            _("Aan deze afzender kunnen wij niet antwoorden. Bel of mail zelf.")
        )
    by_person = row.soort in (
        InkomendBericht.Soort.VRAAG,
        InkomendBericht.Soort.REACTIE,
    )
    facts = selectors.facts_of(row, mail, None)
    confirm = by_person and not (
        facts.dmarc_failed or facts.own_id or facts.seen_id or facts.is_staff
    )
    vraag = ask_by_mail(row, mail, confirm=confirm)
    row.uitkomst, row.soort = Uitkomst.NIEUW, InkomendBericht.Soort.VRAAG
    _decided(row, user, _("Gemaakt door %(naam)s.") % {"naam": user.name})
    return vraag


@transaction.atomic
def drop(*, user: User, row: InkomendBericht) -> None:
    """Do nothing with a mail. It stays in the list and can still be used."""
    _must_decide(user)
    row = _waiting_for_decision(row.pk)
    row.uitkomst = Uitkomst.GENEGEERD
    _decided(row, user, _("Weggelegd door %(naam)s.") % {"naam": user.name})


def judge_again(*, user: User, row: InkomendBericht) -> InkomendBericht:
    """Judge a mail of which nothing was made once more, with the rules of today."""
    _must_decide(user)
    with transaction.atomic():
        row = InkomendBericht.objects.select_for_update().get(pk=row.pk)
        if row.uitkomst and not row.waits_for_decision:
            raise ValidationError(_("Over deze mail is al besloten."))
        row.uitkomst, row.uitkomst_reden, row.vraag = "", "", None
        row.pogingen, row.fout = 0, ""
        row.decided_by, row.decided_at = user, timezone.now()
        row.save()
    return handle(row)
