from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import outbox
from .models import Loketgegevens
from .permissions import (
    BEHEERDER,
    HAS_WORKPLACE,
    REDACTEUR,
    SEES_UNDELIVERED,
    in_group,
)
from .person import person_of


def site(request: HttpRequest) -> dict[str, object]:
    """What every page needs: contact details, demo flag, what the menu may show."""
    user = getattr(request, "user", None)
    return {
        "loketgegevens": SimpleLazyObject(lambda: Loketgegevens.for_request(request)),
        "demo": settings.DEMO,
        "person": person_of(request),
        "has_workplace": SimpleLazyObject(lambda: in_group(user, *HAS_WORKPLACE)),
        "may_edit": SimpleLazyObject(lambda: in_group(user, REDACTEUR, BEHEERDER)),
        "may_see_undelivered": SimpleLazyObject(
            lambda: in_group(user, *SEES_UNDELIVERED)
        ),
        "undelivered": SimpleLazyObject(lambda: outbox.dead().count()),
    }
