"""What an asker typed but did not send: kept per contact after a login, else in the
session of this browser, for a day."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.models import Contact
from core.person import person_of
from core.toegang import FORMS_SESSION_KEY
from loket import services
from loket.models import Vraag

VALID = timedelta(days=1)
MOST_FORMS = 5


def _contact(request: HttpRequest) -> Contact | None:
    return person_of(request).contact


def keep(
    request: HttpRequest,
    formulier: str,
    data: dict[str, str],
    vraag: Vraag | None = None,
) -> None:
    """Keep a form as it stands; an empty one leaves nothing behind."""
    data = services.kept(data)
    contact = _contact(request)
    if contact is not None:
        services.keep_form(contact=contact, formulier=formulier, data=data, vraag=vraag)
        return
    forms: dict[str, Any] = dict(request.session.get(FORMS_SESSION_KEY, {}))
    was = forms.pop(formulier, None)
    if data:
        forms[formulier] = {"data": data, "op": timezone.now().isoformat()}
    elif was is None:
        return
    request.session[FORMS_SESSION_KEY] = dict(list(forms.items())[-MOST_FORMS:])


def kept(request: HttpRequest, formulier: str) -> dict[str, str]:
    """What was kept of a form; empty when there is nothing, or when it is too old."""
    contact = _contact(request)
    if contact is not None:
        data = services.form_of(contact=contact, formulier=formulier)
        if data:
            return data
    row = request.session.get(FORMS_SESSION_KEY, {}).get(formulier)
    written = parse_datetime(row["op"]) if row else None
    if written is None or timezone.now() - written > VALID:
        return {}
    return row["data"]


def follow(request: HttpRequest, old: str, new: str, vraag: Vraag) -> None:
    """What this browser kept of a form goes on in another: two questions became one."""
    forms = request.session.get(FORMS_SESSION_KEY, {})
    if old not in forms:
        return
    data = kept(request, old)
    if data:
        keep(request, new, services.joined(kept(request, new), data), vraag)
    forget(request, old)


def forget(request: HttpRequest, formulier: str) -> None:
    contact = _contact(request)
    if contact is not None:
        services.drop_form(contact=contact, formulier=formulier)
    forms = dict(request.session.get(FORMS_SESSION_KEY, {}))
    if forms.pop(formulier, None) is not None:
        request.session[FORMS_SESSION_KEY] = forms
