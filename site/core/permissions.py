"""The six staff groups and who is what (design: settled in docs/adr/0002)."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from .models import User

LOKETMEDEWERKER: Final = "loketmedewerker"
DESKUNDIGE: Final = "deskundige"
REDACTEUR: Final = "redacteur"
PROGRAMMAMANAGER: Final = "programmamanager"
FLEXPOOLCOORDINATOR: Final = "flexpoolcoordinator"
BEHEERDER: Final = "beheerder"
GROUPS: Final = (
    LOKETMEDEWERKER,
    DESKUNDIGE,
    REDACTEUR,
    PROGRAMMAMANAGER,
    FLEXPOOLCOORDINATOR,
    BEHEERDER,
)
WORKS_ON_QUESTIONS: Final = (LOKETMEDEWERKER, DESKUNDIGE, BEHEERDER)
# Who has the workplace in the menu: staff that does more than edit pages.
HAS_WORKPLACE: Final = (*WORKS_ON_QUESTIONS, PROGRAMMAMANAGER, FLEXPOOLCOORDINATOR)
# Who sees, and may try again, what could not be delivered.
SEES_UNDELIVERED: Final = (LOKETMEDEWERKER, BEHEERDER)


def label(name: str) -> str:
    """The name of a group as people read it."""
    return (
        _("Flexpoolcoördinator") if name == FLEXPOOLCOORDINATOR else name.capitalize()
    )


def group_names(user: User | None) -> frozenset[str]:
    """Names of the groups of an active user; empty for anybody else. Read once per object."""
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset()
    cached = getattr(user, "_group_names", None)
    if cached is None:
        cached = frozenset(user.groups.values_list("name", flat=True))
        user._group_names = cached  # type: ignore[attr-defined]
    return cached


def in_group(user: User | None, *names: str) -> bool:
    """Whether the user is in one of the groups; a superuser counts as beheerder."""
    if user is not None and user.is_active and user.is_superuser and BEHEERDER in names:
        return True
    return bool(group_names(user) & set(names))


def home_of(user: User) -> str:
    """Where somebody works: an editor in the editors' admin, others at the workplace."""
    if in_group(user, REDACTEUR) and not in_group(user, *HAS_WORKPLACE):
        return "/redactie/"
    return "/werkplek/"


def beheerders() -> list[User]:
    """Active people who can change roles and teams, by name."""
    managing = Q(groups__name=BEHEERDER) | Q(is_superuser=True)
    return list(
        User.objects.filter(managing, is_active=True).distinct().order_by("name")
    )


def forget_groups(user: User) -> None:
    """Have the groups read again: they were replaced, or the account switched off."""
    user.__dict__.pop("_group_names", None)


def must_manage(user: User | AnonymousUser) -> User:
    """The user as beheerder; PermissionDenied for anybody else."""
    if not isinstance(user, User) or not in_group(user, BEHEERDER):
        raise PermissionDenied(_("Alleen een beheerder mag dit."))
    return user
