"""The six staff groups and who is what (design: settled in docs/adr/0002)."""

from typing import Final

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
