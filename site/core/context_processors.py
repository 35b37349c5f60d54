from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Loketgegevens
from .permissions import BEHEERDER, DESKUNDIGE, LOKETMEDEWERKER, REDACTEUR, in_group
from .person import person_of


def site(request: HttpRequest) -> dict[str, object]:
    """What every page needs: contact details, demo flag, what the menu may show."""
    user = getattr(request, "user", None)
    return {
        "loketgegevens": SimpleLazyObject(lambda: Loketgegevens.for_request(request)),
        "demo": settings.DEMO,
        "person": person_of(request),
        "may_work": SimpleLazyObject(
            lambda: in_group(user, LOKETMEDEWERKER, DESKUNDIGE, BEHEERDER)
        ),
        "may_edit": SimpleLazyObject(lambda: in_group(user, REDACTEUR, BEHEERDER)),
        "may_manage": SimpleLazyObject(lambda: in_group(user, BEHEERDER)),
    }
