"""A telephone call: taking in its questions, and calling back with proof."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Contact, Gemeente, User
from core.person import Person
from loket.models import (
    SPOKEN,
    Bericht,
    Gesprek,
    Gespreksvraag,
    Kanaal,
    Terugbellen,
    Vraag,
)
from loket.permissions import goes_on, is_front_office
from loket.selectors import FoundPage

from .answering import answer
from .asking import Asker, ask
from .parts import lock, must_work, record
from .thread import take_reply


@dataclass(frozen=True)
class CallQuestion:
    """A question in a call: with a page or an answer it was answered there and then."""

    text: str
    page: FoundPage | None = None
    answer: str = ""

    @property
    def uitkomst(self) -> Gespreksvraag.Uitkomst:
        if self.page is not None:
            return Gespreksvraag.Uitkomst.KENNISBANK
        if self.answer:
            return Gespreksvraag.Uitkomst.METEEN
        return Gespreksvraag.Uitkomst.TEAM


def must_be_front_office(user: User) -> None:
    if not is_front_office(user):
        raise PermissionDenied(_("Alleen de frontoffice neemt de telefoon op."))


def take_call(
    *,
    user: User,
    form_key: str,
    questions: Sequence[CallQuestion],
    asker: Asker | None = None,
    gemeente: Gemeente | None = None,
    call_back: bool = False,
    begonnen_at: datetime.datetime | None = None,
) -> Gesprek:
    """Take in a call. What the knowledge base did not have becomes a question of the
    caller, routed and confirmed as usual; what was answered gets its answer at once.

    Without an asker the caller is anonymous: then each question must have been answered,
    and of the caller nothing is kept but the gemeente. The same form key gives the same call.
    """
    must_be_front_office(user)
    if not questions:
        raise ValidationError(_("Schrijf minstens één vraag op."))
    if asker is None and any(
        row.uitkomst == Gespreksvraag.Uitkomst.TEAM for row in questions
    ):
        raise ValidationError(
            {
                "wie": _(
                    "Er is nog een vraag zonder antwoord. Vul het e-mailadres van de beller in, of noteer het antwoord. Zonder adres kan het team niet antwoorden."
                )
            }
        )
    contact = (
        Contact.objects.filter(email=asker.email.strip().lower()).first()
        if asker
        else None
    )
    if call_back:
        _can_be_called_back(contact, questions)
    try:
        with transaction.atomic():
            return _take_in(
                user=user,
                form_key=form_key,
                questions=questions,
                asker=asker,
                gemeente=gemeente,
                call_back=call_back,
                begonnen_at=begonnen_at or timezone.now(),
            )
    except IntegrityError:
        known = Gesprek.objects.filter(form_key=form_key).first()
        if known is None:
            raise
        return known


def _take_in(
    *,
    user: User,
    form_key: str,
    questions: Sequence[CallQuestion],
    asker: Asker | None,
    gemeente: Gemeente | None,
    call_back: bool,
    begonnen_at: datetime.datetime,
) -> Gesprek:
    gesprek = Gesprek.objects.create(
        user=user, form_key=form_key, begonnen_at=begonnen_at, gemeente=gemeente
    )
    for number, row in enumerate(questions, start=1):
        vraag = None
        if asker is not None and row.page is None:
            vraag = _ask(
                user=user, asker=asker, row=row, key=f"{form_key[:50]}-{number}"
            )
        Gespreksvraag.objects.create(
            gesprek=gesprek,
            volgorde=number,
            uitkomst=row.uitkomst,
            vraag=vraag,
            text="" if vraag else row.text,
            antwoord="" if vraag else row.answer,
            kind=row.page.kind if row.page else "",
            object_id=row.page.object_id if row.page else None,
            titel=row.page.titel[:300] if row.page else "",
            url=row.page.url[:500] if row.page else "",
        )
        if (
            vraag is not None
            and call_back
            and row.uitkomst == Gespreksvraag.Uitkomst.TEAM
        ):
            _want_call_back(user=user, vraag=vraag)
    if asker is not None:
        gesprek.contact = Contact.objects.filter(
            email=asker.email.strip().lower()
        ).first()
        gesprek.save(update_fields=["contact"])
    return gesprek


def _ask(*, user: User, asker: Asker, row: CallQuestion, key: str) -> Vraag:
    vraag, _token = ask(
        asker=asker,
        text=row.text,
        kanaal=Kanaal.TELEFOON,
        idempotency_key=key,
        by=user,
        answered=bool(row.answer),
    )
    if row.answer:
        answer(user=user, vraag=vraag, text=row.answer, kanaal=Kanaal.TELEFOON)
    return vraag


def add_reply_for(
    *,
    user: User,
    vraag: Vraag,
    text: str,
    kanaal: str,
    files: Sequence[UploadedFile] = (),
    form_key: str = "",
) -> Bericht:
    """Write down what the asker said by telephone or at a meeting, in the one thread,
    with the files that were handed over.

    Counts as a reaction of the asker: a waiting clock runs on, a closed question reopens.
    Raises ValidationError with one line per refused file; then nothing was written down.
    """
    must_work(user, vraag)
    if kanaal not in SPOKEN:
        raise ValidationError({"kanaal": _("Kies hoe u de reactie kreeg.")})
    if not text.strip():
        raise ValidationError({"reactie": _("Schrijf op wat de vrager zei.")})
    return take_reply(
        vraag=goes_on(vraag),
        text=text,
        kanaal=kanaal,
        files=files,
        form_key=form_key,
        written_by=user,
    )


# -- calling back -----------------------------------------------------------------------

_SIGNS = re.compile(r"[\s().\-/]")
_NUMBER = re.compile(r"(?:\+[1-9]\d{7,14}|0\d{9})\Z")


def phone_number(typed: str) -> str:
    """The number in one form: ``0612345678`` or ``+3212345678``; empty stays empty."""
    number = _SIGNS.sub("", typed.replace("(0)", "")).strip()
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+31"):
        number = "0" + number[3:]
    if number and not _NUMBER.match(number):
        raise ValidationError(
            {
                "telefoon": _(
                    "Vul een telefoonnummer met 10 cijfers in, zoals 0612345678."
                )
            }
        )
    return number


@transaction.atomic
def set_phone(
    *, person: Person, contact: Contact, telefoon: str, bewijs: str = ""
) -> None:
    """Put the number that may be called back on file; an empty one takes it away.

    The asker who came by a login link proves it by that; the front office writes down how
    it was proven. A number that a caller mentions proves nothing.
    """
    number = phone_number(telefoon)
    if person.contact is not None and person.contact.pk == contact.pk:
        bewijs = _("ingevuld door de vrager zelf, bij Mijn vragen")
    elif is_front_office(person.user):
        if number and not bewijs.strip():
            raise ValidationError(
                {
                    "bewijs": _(
                        "Schrijf op hoe u zeker weet dat dit nummer van de vrager is. Alleen noemen aan de telefoon is niet genoeg."
                    )
                }
            )
    else:
        raise PermissionDenied(_("Open 'Mijn vragen' met een link uit uw mail."))
    contact.telefoon = number
    contact.telefoon_bewijs = bewijs.strip()[:200] if number else ""
    contact.telefoon_at = timezone.now() if number else None
    contact.save(update_fields=["telefoon", "telefoon_bewijs", "telefoon_at"])


def _can_be_called_back(
    contact: Contact | None, questions: Sequence[CallQuestion]
) -> None:
    if all(row.uitkomst != Gespreksvraag.Uitkomst.TEAM for row in questions):
        raise ValidationError(
            {
                "terugbellen": _(
                    "Alle vragen zijn al beantwoord. Haal dit vinkje weg, of zet een vraag door."
                )
            }
        )
    if contact is None or not contact.telefoon:
        raise ValidationError(
            {
                "terugbellen": _(
                    "Van deze beller is geen nummer bekend. Terugbellen kan dus niet; het antwoord gaat per mail."
                )
            }
        )


def _want_call_back(*, user: User, vraag: Vraag) -> None:
    vraag.terugbellen = Terugbellen.GEVRAAGD
    vraag.save(update_fields=["terugbellen"])
    record(vraag, "want_call_back", _("De vrager wil teruggebeld worden"), user=user)


@transaction.atomic
def called_back(*, user: User, vraag: Vraag, reached: bool) -> None:
    """Somebody called the number on file. Without a number on file that is no call-back."""
    must_work(user, vraag)
    vraag = lock(vraag)
    number = vraag.contact.telefoon
    if not number:
        raise ValidationError(
            _("Van deze vrager is geen nummer bekend. Stuur eerst een mail.")
        )
    words = (
        _("%(naam)s belde terug")
        if reached
        else _("%(naam)s belde terug, maar kreeg geen gehoor")
    )
    if reached:
        vraag.terugbellen = Terugbellen.GEBELD
        vraag.save(update_fields=["terugbellen"])
    record(
        vraag,
        "called_back",
        words % {"naam": user.name},
        user=user,
        data={"bereikt": reached, "eindigt_op": number[-2:]},
    )
