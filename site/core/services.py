"""State changes of core: staff, links, cleaning up."""

import datetime
import json
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import erasing, gemeenten, mail, permissions, registry, toegang
from .models import (
    Bijlage,
    Contact,
    Gemeente,
    Mailbericht,
    Outbox,
    Toegang,
    Uitnodiging,
    User,
)

INVITATION_VALID = datetime.timedelta(days=7)


def ensure_groups() -> dict[str, Group]:
    """Make the six staff groups; safe to call again."""
    return {
        name: Group.objects.get_or_create(name=name)[0] for name in permissions.GROUPS
    }


@transaction.atomic
def invite(*, actor: User, email: str, name: str, groups: list[str]) -> User:
    """Invite a member of staff by mail: a link for single use, seven days.

    An account that has never been used gets a new link, and the old one stops.
    Raises PermissionDenied, or ValidationError when the address has an account in use.
    """
    permissions.must_manage(actor)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is not None and user.has_usable_password():
        raise ValidationError({"email": _("Dit adres heeft al een account.")})
    if user is None:
        user = User.objects.create_user(email, None, name=name)
    set_groups(actor=actor, user=user, groups=groups)
    Uitnodiging.objects.filter(user=user, used_at=None).update(
        expires_at=timezone.now()
    )
    token = secrets.token_urlsafe(toegang.TOKEN_BYTES)
    Uitnodiging.objects.create(
        user=user,
        token_hash=toegang.hash_token(token),
        invited_by=actor,
        expires_at=timezone.now() + INVITATION_VALID,
    )
    mail.send(
        template="core/uitnodiging",
        to=[email],
        context={
            "naam": name,
            "door": actor.name,
            "pad": reverse("core:invitation", args=[token]),
        },
    )
    return user


def find_invitation(token: str) -> Uitnodiging | None:
    """An invitation that can still be used; None otherwise."""
    return (
        Uitnodiging.objects.select_related("user")
        .filter(
            token_hash=toegang.hash_token(token),
            used_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User | None:
    """Set the password and use up the invitation; None when it cannot be used."""
    row = find_invitation(token)
    if row is None:
        return None
    used = Uitnodiging.objects.filter(pk=row.pk, used_at=None).update(
        used_at=timezone.now()
    )
    if not used:
        return None
    row.user.set_password(password)
    row.user.save(update_fields=["password"])
    return row.user


@transaction.atomic
def set_groups(*, actor: User, user: User, groups: list[str]) -> None:
    """Replace the groups of a member of staff; what they may no longer do is handed back.

    Raises PermissionDenied, or ValidationError for who would stop being beheerder himself.
    """
    permissions.must_manage(actor)
    if (
        user.pk == actor.pk
        and permissions.BEHEERDER in permissions.group_names(actor)
        and permissions.BEHEERDER not in groups
    ):
        raise ValidationError(
            _(
                "U kunt uw eigen rol beheerder niet weghalen. Vraag een andere beheerder."
            )
        )
    user.groups.set(Group.objects.filter(name__in=groups))
    _rights_changed(user)


def _rights_changed(user: User) -> None:
    permissions.forget_groups(user)
    for handler in registry.rights_handlers():
        handler(user)


@transaction.atomic
def switch_off(*, actor: User, user: User) -> None:
    """Close an account: sessions end, and what was open goes back to its pile."""
    permissions.must_manage(actor)
    if user.pk == actor.pk:
        raise ValidationError(
            _("U kunt uzelf niet uitschakelen. Vraag een andere beheerder.")
        )
    close_accounts(users=[user])


@transaction.atomic
def close_accounts(*, users: Sequence[User]) -> None:
    """Close accounts, all before any hands back: none of them gets word of it.

    For the installation itself; a person comes by ``switch_off``.
    """
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=False)
    Uitnodiging.objects.filter(user__in=users, used_at=None).update(
        expires_at=timezone.now()
    )
    for user in users:
        user.is_active = False
        _rights_changed(user)


@transaction.atomic
def switch_on(*, actor: User, user: User) -> None:
    """Open a closed account again."""
    permissions.must_manage(actor)
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def set_gemeente_data(
    *,
    actor: User | None,
    gemeente: Gemeente,
    mail_domains: Sequence[str],
    mail_domains_bron: str,
    inwoners: int | None,
    inwoners_jaar: int | None,
    inwoners_bron: str,
) -> None:
    """What no file of ours has: mail domains, which prove belonging, and the size.

    actor: None for the operator at the command line. Raises PermissionDenied, or
    ValidationError by field for a domain that proves nothing or a figure without
    year or source.
    """
    if actor is not None:
        permissions.must_manage(actor)
    gemeente.mail_domains = gemeenten.check_domains(mail_domains, gemeente)
    has_domains = bool(gemeente.mail_domains)
    gemeente.mail_domains_bron = mail_domains_bron.strip() if has_domains else ""
    gemeente.inwoners = inwoners
    gemeente.inwoners_jaar = None if inwoners is None else inwoners_jaar
    gemeente.inwoners_bron = "" if inwoners is None else inwoners_bron.strip()
    errors = {}
    if has_domains and not gemeente.mail_domains_bron:
        errors["mail_domains_bron"] = _("Schrijf op van wie u deze domeinen hebt.")
    if inwoners is not None and not gemeente.inwoners_jaar:
        errors["inwoners_jaar"] = _("Vul het jaar in waarvoor dit aantal geldt.")
    if inwoners is not None and not gemeente.inwoners_bron:
        errors["inwoners_bron"] = _("Schrijf op waar dit aantal staat.")
    if errors:
        raise ValidationError(errors)
    gemeente.save()


@transaction.atomic
def send_login_link(*, email: str) -> None:
    """Mail a login link when the address belongs to an asker; otherwise do nothing.

    The caller shows the same answer in both cases, so nothing is learnt from it.
    """
    contact = Contact.objects.filter(email=email.strip().lower()).first()
    if contact is None:
        return
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=contact)
    mail.send(
        template="core/inloglink",
        to=[contact.email],
        context={
            "naam": contact.aanhef_in_mail,
            "pad": reverse("core:login_token", args=[token]),
        },
    )


def remove_expired(*, keep_days: int = 90) -> None:
    """Delete outbox rows that are delivered or given up, and links that ended long ago."""
    before = timezone.now() - datetime.timedelta(days=keep_days)
    Outbox.objects.filter(Q(done_at__lt=before) | Q(dead_at__lt=before)).delete()
    Toegang.objects.filter(expires_at__lt=before).delete()
    Uitnodiging.objects.filter(expires_at__lt=before).delete()


# -- one person ------------------------------------------------------------------


def export_person(*, email: str, folder: Path) -> dict[str, int]:
    """Write all that is held of somebody into an empty folder: gegevens.json and files.

    Returns how many rows of each. Raises ValidationError when the folder holds something.
    """
    email = email.strip().lower()
    if folder.exists() and any(folder.iterdir()):
        raise ValidationError(
            _("%(map)s is niet leeg. Kies een nieuwe map.") % {"map": folder}
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    data: dict[str, Any] = _export_core(email)
    for function in registry.exporters():
        data.update(function(email, folder))
    (folder / "gegevens.json").write_text(
        json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return {name: len(value) for name, value in data.items() if isinstance(value, list)}


def _export_core(email: str) -> dict[str, Any]:
    contact = Contact.objects.filter(email=email).select_related("gemeente").first()
    return {
        "adres": email,
        "gemaakt": timezone.now().isoformat(),
        "vrager": contact
        and {
            "naam": contact.naam,
            "functie": contact.functie,
            "soort_organisatie": contact.get_organisatietype_display(),
            "organisatie": contact.organisatie,
            "gemeente": str(contact.gemeente or ""),
            "telefoon": contact.telefoon,
            "hoe_het_nummer_is_bewezen": contact.telefoon_bewijs,
            "nummer_van": contact.telefoon_at and contact.telefoon_at.isoformat(),
            "adres_bevestigd": contact.confirmed_at
            and contact.confirmed_at.isoformat(),
            "bekend_sinds": contact.created_at.isoformat(),
        },
        "links": [
            {
                "waarvoor": row.get_doel_display(),
                "gemaakt": row.created_at.isoformat(),
                "geldig_tot": row.expires_at and row.expires_at.isoformat(),
            }
            for row in Toegang.objects.filter(contact=contact)
            if contact is not None
        ],
        "mails": [
            {
                "moment": row.created_at.isoformat(),
                "aan": email,
                "onderwerp": row.subject,
                "tekst": row.text,
                "stand": row.get_status_display(),
                "fout": row.error,
            }
            for row in _mails_to(email)
        ],
        "sessies": [
            {
                "geldig_tot": session.expire_date.isoformat(),
                "ingevuld": session.get_decoded().get(toegang.FORMS_SESSION_KEY, {}),
            }
            for session in _sessions_of(email, contact)
        ],
        "logboek": [
            {
                "moment": row.action_time.isoformat(),
                "wat": row.object_repr,
                "verandering": row.get_change_message(),
            }
            for row in _log_of(contact)
        ],
    }


def _log_of(contact: Contact | None) -> QuerySet[LogEntry]:
    """What the technical admin wrote down about somebody."""
    return LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=str(contact.pk if contact else ""),
    )


def _sessions_of(email: str, contact: Contact | None) -> Iterator[Session]:
    """Sessions in which somebody logged in, or typed the address."""
    for session in Session.objects.iterator(chunk_size=500):
        data = session.get_decoded()
        logged_in = data.get(toegang.CONTACT_SESSION_KEY)
        if (contact is not None and logged_in == contact.pk) or email in _plain(
            data
        ).lower():
            yield session


def _plain(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, default=str)


def _mails_to(email: str) -> list[Mailbericht]:
    """Messages with this recipient; the stored list holds other letters as escapes."""
    found = Mailbericht.objects.filter(to__icontains=json.dumps(email)[1:-1])
    return [row for row in found if email in (to.lower() for to in row.to)]


def forget_person(*, email: str) -> dict[str, int]:
    """Erase all that is held of an asker, everywhere; returns how many rows of each.

    Safe to run again: what was erased is not found any more. An account of staff stays.
    """
    email = email.strip().lower()
    counts: dict[str, int] = {}
    with transaction.atomic():
        for function in registry.forgetters():
            counts.update(function(email))
        counts.update(_forget_core(email))
    return counts


# Where the words of others can name somebody: the address goes, the rest stays.
PLACES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (
        Mailbericht,
        ("subject", "text", "html", "headers", "regel", "error", "from_name"),
    ),
    (Bijlage, ("name",)),
    (LogEntry, ("object_repr", "change_message")),
)
ORDERS = ("key", "dedupe_key", "payload", "last_error")


def _forget_core(email: str) -> dict[str, int]:
    contact = Contact.objects.filter(email=email).first()
    counts = {"mails": 0, "sessies": 0, "opdrachten": 0, "vrager": 0}
    for row in _mails_to(email):
        Outbox.objects.filter(kind="core.mail", key=str(row.pk)).delete()
        row.delete()
        counts["mails"] += 1
    # A server that refuses an address repeats it in its answer.
    orders = Outbox.objects.filter(erasing.holds(Outbox, ORDERS, email))
    counts["opdrachten"] = orders.delete()[0]
    for model, fields in PLACES:
        erasing.forget_address(model, fields, email)
    for session in _sessions_of(email, contact):
        session.delete()
        counts["sessies"] += 1
    if contact is None:
        return counts
    _log_of(contact).delete()
    contact.delete()
    counts["vrager"] = 1
    return counts
