"""Who is looking: staff, an asker known by a link, or nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Contact, User


@dataclass(frozen=True)
class Person:
    """The one thing every permission rule looks at.

    user: member of staff who is logged in.
    contact: asker who used a login link in this session.
    keys: objects opened by a valid read link in this browser, such as ``vraag:12``.
    mailed_keys: those of which the link came by mail, so the address works. They prove
    no more than that: a mail can be sent on.
    """

    user: User | None = None
    contact: Contact | None = None
    keys: frozenset[str] = field(default_factory=frozenset)
    mailed_keys: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_staff_member(self) -> bool:
        return self.user is not None and self.user.is_active


ANONYMOUS = Person()


def person_of(request: HttpRequest) -> Person:
    """The person behind a request; set by PersonMiddleware."""
    return getattr(request, "person", ANONYMOUS)
