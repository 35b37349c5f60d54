"""What every page of the workplace shares.

Here everybody reads and acts as staff: what somebody may see as an asker, by a link in
the same browser, does not count.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from core import permissions
from core.models import User
from core.person import Person
from loket import selectors
from loket.models import Vraag


def worker(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.DESKUNDIGE, permissions.BEHEERDER
    ):
        raise PermissionDenied(
            _("De werkplek is voor medewerkers van het loket en voor deskundigen.")
        )
    return user


def get_question(user: User, reference: str) -> Vraag:
    vraag = selectors.vraag_by_reference(Person(user=user), reference)
    if vraag is None:
        raise Http404
    return vraag


def parameter(request: HttpRequest, name: str) -> str:
    """What the address or, after a refusal, the form says."""
    return request.POST.get(name) or request.GET.get(name, "")
