"""State changes of core: staff, links, cleaning up."""

import datetime
import secrets

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import mail, permissions, registry, toegang
from .models import Contact, Outbox, Toegang, Uitnodiging, User

INVITATION_VALID = datetime.timedelta(days=7)


def _must_manage(actor: User) -> None:
    if not permissions.in_group(actor, permissions.BEHEERDER):
        raise PermissionDenied(_("Alleen een beheerder mag dit."))


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
    _must_manage(actor)
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is not None and user.has_usable_password():
        raise ValidationError({"email": _("Dit adres heeft al een account.")})
    if user is None:
        user = User.objects.create_user(email, None, name=name)
    user.groups.set(Group.objects.filter(name__in=groups))
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
    """Replace the groups of a member of staff."""
    _must_manage(actor)
    user.groups.set(Group.objects.filter(name__in=groups))


@transaction.atomic
def switch_off(*, actor: User, user: User) -> None:
    """Close an account: sessions end, and what was open goes back to its pile."""
    _must_manage(actor)
    if user.pk == actor.pk:
        raise ValidationError(
            _("U kunt uzelf niet uitschakelen. Vraag een andere beheerder.")
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    Uitnodiging.objects.filter(user=user, used_at=None).update(
        expires_at=timezone.now()
    )
    for handler in registry.switch_off_handlers():
        handler(user)


@transaction.atomic
def switch_on(*, actor: User, user: User) -> None:
    """Open a closed account again."""
    _must_manage(actor)
    user.is_active = True
    user.save(update_fields=["is_active"])


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
            "naam": contact.aanhef,
            "pad": reverse("core:login_token", args=[token]),
        },
    )


def remove_expired(*, keep_days: int = 90) -> None:
    """Delete delivered outbox rows and links that ended long ago."""
    before = timezone.now() - datetime.timedelta(days=keep_days)
    Outbox.objects.filter(done_at__lt=before).delete()
    Toegang.objects.filter(expires_at__lt=before).delete()
    Uitnodiging.objects.filter(expires_at__lt=before).delete()
