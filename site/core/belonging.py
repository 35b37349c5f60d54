"""Who works for a gemeente with an address of another domain: admitted by a colleague.

A shared-service organisation or a hired adviser, for example. The colleague's own address
proves the gemeente; the click in the mail proves whose address was admitted.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import mail, toegang
from .gemeenten import counts, domain_of, gemeente_by_domain, gemeente_of_address
from .models import Contact, Gemeente, Toegang, Toelating
from .person import Person

INVITATION_VALID = datetime.timedelta(days=14)
MAX_A_DAY = 20


@transaction.atomic
def admit(*, person: Person, email: str) -> Toelating:
    """Say that this address works for the gemeente of who is logged in; a mail with a link
    goes there. A second time sends the mail again.

    Raises PermissionDenied without proof by an address of one's own, or ValidationError.
    """
    gemeente, colleague = _must_be_proven(person)
    address = email.strip().lower()
    _check_address(address, gemeente)
    # One at a time, so that two colleagues do not admit somebody twice.
    Gemeente.objects.select_for_update().get(pk=gemeente.pk)
    contact, _made = Contact.objects.get_or_create(
        email=address, defaults={"organisatietype": Contact.Organisatietype.ANDERS}
    )
    row = (
        Toelating.objects.standing().filter(contact=contact, gemeente=gemeente).first()
    )
    if row is not None and not counts(row, gemeente_by_domain()):
        _end(row)
        row = None
    if row is not None and row.accepted_at is not None:
        raise ValidationError({"email": _("Dit adres is al toegelaten.")})
    _check_limit(colleague)
    if row is None:
        row = Toelating.objects.create(
            contact=contact, gemeente=gemeente, admitted_by=colleague
        )
    token = toegang.issue(
        doel=Toegang.Doel.LEZEN,
        contact=contact,
        object_key=row.key,
        expires_at=timezone.now() + INVITATION_VALID,
    )
    mail.send(
        template="core/toelating",
        to=[contact.email],
        context={
            "naam": contact.aanhef_in_mail,
            "van": colleague.email,
            "gemeente": gemeente.naam,
            "pad": reverse("core:admission", args=[token]),
        },
    )
    return row


@transaction.atomic
def accept(*, row: Toelating) -> None:
    """Who reads the mail of this address accepts, which confirms the address.

    Raises ValidationError when the admission was withdrawn.
    """
    row = Toelating.objects.select_for_update().get(pk=row.pk)
    if row.revoked_at is not None:
        raise ValidationError(_("Deze link werkt niet meer."))
    now = timezone.now()
    if row.accepted_at is None:
        row.accepted_at = now
        row.save(update_fields=["accepted_at"])
    Contact.objects.filter(pk=row.contact_id, confirmed_at=None).update(
        confirmed_at=now
    )


@transaction.atomic
def withdraw(*, person: Person, row: Toelating) -> None:
    """End an admission at once. Every colleague with an address of the gemeente may: who
    admitted somebody can be gone."""
    gemeente, _colleague = _must_be_proven(person)
    if row.gemeente_id != gemeente.pk:
        raise PermissionDenied(_("Dit is niet uw gemeente."))
    _end(row)


def find(token: str) -> tuple[Toegang, Toelating] | None:
    """The link of a mail with the admission that it accepts; None when unknown. Whether
    it can still be used, is for who asks."""
    link = toegang.find(token=token, doel=Toegang.Doel.LEZEN)
    kind, _colon, pk = link.object_key.partition(":") if link else ("", "", "")
    if link is None or kind != "toelating":
        return None
    row = (
        Toelating.objects.select_related("gemeente", "admitted_by", "contact")
        .filter(pk=pk)
        .first()
    )
    return (link, row) if row else None


def admitted_by_colleagues(gemeente: Gemeente) -> list[tuple[Toelating, bool]]:
    """The standing admissions of a gemeente, each with whether it counts: not when who
    gave it proves nothing any more."""
    rows = gemeente.toelatingen.standing().select_related("contact", "admitted_by")
    by_domain = gemeente_by_domain()
    return [(row, counts(row, by_domain)) for row in rows]


def admission(gemeente: Gemeente, pk: int) -> Toelating | None:
    """A standing admission of this gemeente."""
    return (
        gemeente.toelatingen.standing().select_related("contact").filter(pk=pk).first()
    )


def export(email: str, folder: Path) -> dict[str, Any]:
    """The admissions that somebody got and gave, for a copy."""
    rows = Toelating.objects.filter(
        Q(contact__email=email) | Q(admitted_by__email=email)
    ).select_related("contact", "gemeente", "admitted_by")
    return {
        "toelatingen_tot_een_gemeente": [
            {
                "gemeente": row.gemeente.naam,
                "adres": row.contact.email,
                "toegelaten_door": row.admitted_by.email,
                "toegelaten": row.at.isoformat(),
                "aangenomen": row.accepted_at and row.accepted_at.isoformat(),
                "ingetrokken": row.revoked_at and row.revoked_at.isoformat(),
            }
            for row in rows
        ]
    }


def _must_be_proven(person: Person) -> tuple[Gemeente, Contact]:
    """The gemeente that somebody's own address proves: an admission proves it of that one
    person, and gives no right to admit others."""
    gemeente = gemeente_of_address(person.contact)
    if gemeente is None or person.contact is None:
        raise PermissionDenied(
            _("Toelaten kan alleen met een bevestigd mailadres van de gemeente zelf.")
        )
    return gemeente, person.contact


def _check_address(address: str, gemeente: Gemeente) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            {"email": _("Vul een e-mailadres in, zoals naam@gemeente.nl")}
        ) from None
    if domain_of(address) in gemeente.mail_domains:
        raise ValidationError(
            {
                "email": _(
                    "Dit is een adres van uw gemeente. Uw collega logt in met een link per mail; toelaten is niet nodig."
                )
            }
        )


def _check_limit(colleague: Contact) -> None:
    since = timezone.now() - datetime.timedelta(days=1)
    mailed = Toegang.objects.filter(
        object_key__in=[row.key for row in colleague.toegelaten.all()],
        created_at__gte=since,
    )
    if mailed.count() >= MAX_A_DAY:
        raise ValidationError(
            {
                "email": _(
                    "U hebt vandaag al veel mensen gemaild. Probeer het morgen opnieuw."
                )
            }
        )


def _end(row: Toelating) -> None:
    toegang.revoke(object_key=row.key)
    Toelating.objects.standing().filter(pk=row.pk).update(revoked_at=timezone.now())
