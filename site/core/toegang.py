"""Access without an account: links by mail (design: docs/adr/0009).

A *read link* opens one object; its GET shows and changes nothing, sets a signed
cookie limited to that object, and redirects to an address without the token.
A *login link* is used once, within 30 minutes, by a POST.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from .models import Contact, Toegang
from .person import Person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LOGIN_VALID = datetime.timedelta(minutes=30)
KEYS_COOKIE = "loket_sleutels"
KEYS_SALT = "core.toegang.keys"
KEYS_MAX = 20
KEYS_AGE = datetime.timedelta(days=30)
CONTACT_SESSION_KEY = "contact_id"
# What somebody without a login typed in forms and did not send yet.
FORMS_SESSION_KEY = "formulieren"
TOKEN_BYTES = 24  # 192 bit


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue(
    *,
    doel: str,
    contact: Contact,
    object_key: str = "",
    expires_at: datetime.datetime | None = None,
    mailed: bool = True,
) -> str:
    """Make a link for a contact; returns the token, of which only the hash is kept.

    mailed: False for a read link that goes straight to the browser that asked.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if doel == Toegang.Doel.INLOGGEN and expires_at is None:
        expires_at = timezone.now() + LOGIN_VALID
    Toegang.objects.create(
        token_hash=hash_token(token),
        doel=doel,
        contact=contact,
        object_key=object_key,
        expires_at=expires_at,
        used_at=None if mailed else timezone.now(),
    )
    return token


def find(*, token: str, doel: str) -> Toegang | None:
    """The row of a token with this purpose, valid or not; None when unknown."""
    if not token:
        return None
    return (
        Toegang.objects.select_related("contact")
        .filter(token_hash=hash_token(token), doel=doel)
        .first()
    )


def redeem_login(*, token: str) -> Contact | None:
    """Use a login link; None when unknown, expired, revoked or used before.

    Confirms the address of the contact: somebody read mail sent to it.
    """
    with transaction.atomic():
        now = timezone.now()
        changed = Toegang.objects.filter(
            token_hash=hash_token(token),
            doel=Toegang.Doel.INLOGGEN,
            used_at=None,
            revoked_at=None,
            expires_at__gt=now,
        ).update(used_at=now)
        if not changed:
            return None
        contact = Toegang.objects.get(token_hash=hash_token(token)).contact
        Contact.objects.filter(pk=contact.pk).update(confirmed_at=now)
        contact.confirmed_at = now
        return contact


def revoke(*, object_key: str, contact: Contact | None = None) -> int:
    """Withdraw the read links of an object; returns how many."""
    rows = Toegang.objects.filter(object_key=object_key, revoked_at=None)
    if contact is not None:
        rows = rows.filter(contact=contact)
    return rows.update(revoked_at=timezone.now())


def set_expiry(*, object_key: str, expires_at: datetime.datetime | None) -> int:
    """Move the end of the read links of an object, for example after it was closed."""
    return Toegang.objects.filter(object_key=object_key, revoked_at=None).update(
        expires_at=expires_at
    )


def open_read_link(
    request: HttpRequest, response: HttpResponse, *rows: Toegang
) -> None:
    """Remember valid read links in this browser by a signed cookie."""
    opened = [row.pk for row in rows]
    ids = [pk for pk in _cookie_ids(request) if pk not in opened]
    response.set_cookie(
        KEYS_COOKIE,
        signing.dumps([*ids, *opened][-KEYS_MAX:], salt=KEYS_SALT, compress=True),
        max_age=KEYS_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"


def _cookie_ids(request: HttpRequest) -> list[int]:
    try:
        return signing.loads(
            request.COOKIES.get(KEYS_COOKIE, ""), salt=KEYS_SALT, max_age=KEYS_AGE
        )
    except signing.BadSignature:
        return []


def login_contact(request: HttpRequest, contact: Contact) -> None:
    request.session.cycle_key()
    request.session[CONTACT_SESSION_KEY] = contact.pk


def logout_contact(request: HttpRequest, response: HttpResponse) -> None:
    request.session.pop(CONTACT_SESSION_KEY, None)
    request.session.pop(FORMS_SESSION_KEY, None)
    response.delete_cookie(KEYS_COOKIE)


def person_from(request: HttpRequest) -> Person:
    """Who is behind a request; every key is checked in the database again."""
    user = request.user if request.user.is_authenticated else None
    contact_id = request.session.get(CONTACT_SESSION_KEY)
    contact = (
        Contact.objects.select_related("gemeente").filter(pk=contact_id).first()
        if contact_id
        else None
    )
    rows: list[Toegang] = []
    if ids := _cookie_ids(request):
        found = Toegang.objects.filter(pk__in=ids, doel=Toegang.Doel.LEZEN)
        rows = [row for row in found if row.is_valid]
    return Person(
        user=user,
        contact=contact,
        keys=frozenset(row.object_key for row in rows),
        mailed_keys=frozenset(row.object_key for row in rows if row.was_mailed),
    )
