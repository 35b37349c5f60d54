"""The pile of the workplace, and when somebody wants mail about work."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import permissions
from core.models import User
from core.person import Person
from experts.selectors import team_ids
from loket import mail_selectors, selectors
from loket.models import Berichtvoorkeur
from loket.permissions import is_front_office
from loket.termijnen import left_in_words

from .workers import parameter, worker

PER_PAGE = 30


def pile_context(request: HttpRequest, user: User) -> dict[str, Any]:
    person = Person(user=user)
    frontoffice = is_front_office(user)
    view = parameter(request, "weergave")
    if view not in selectors.VIEWS:
        view = "niet-toegewezen" if frontoffice else selectors.DEFAULT_VIEW
    counts = selectors.pile_counts(person)
    pks = selectors.pile(person, view).values_list("pk", flat=True)
    page = Paginator(pks, PER_PAGE).get_page(request.GET.get("pagina"))
    rows = [(vraag, left_in_words(vraag)) for vraag in selectors.with_rows(page)]
    views = [
        (name, label, counts.get(name.replace("-", "_")))
        for name, label in selectors.VIEWS.items()
    ]
    return {
        "view": view,
        "views": views,
        "page": page,
        "rows": rows,
        "why_empty": "" if rows else _why_empty(user, view),
        "held_mails": mail_selectors.held_count() if frontoffice else None,
        "undelivered_mails": selectors.undelivered().count() if frontoffice else None,
        "frontoffice": frontoffice,
    }


def _why_empty(user: User, view: str) -> str:
    """Why somebody sees no questions in this list, and who can change that."""
    works = permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS)
    of_all = is_front_office(user) and view != selectors.DEFAULT_VIEW
    if works and (team_ids(user) or of_all):
        return ""
    names = ", ".join(person.name for person in permissions.beheerders())
    ask = (
        _("Vraag het aan een beheerder: %(namen)s.") % {"namen": names}
        if names
        else _("Vraag het aan de beheerder van dit loket.")
    )
    why = (
        _(
            "U zit nog niet in een team. Daarom staat hier geen vraag. Wilt u in een team?"
        )
        if works
        else _(
            "Met uw rol behandelt u geen vragen. Daarom staat hier geen vraag. Wilt u vragen behandelen?"
        )
    )
    return f"{why} {ask}"


@login_required
@require_safe
def workplace(request: HttpRequest) -> HttpResponse:
    """The pile; for staff who treat no questions the reason why it is empty."""
    user = cast(User, request.user)
    wish = Berichtvoorkeur.objects.filter(user=user).first()
    context = {
        **pile_context(request, user),
        "works": permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS),
        "voorkeur": wish.wanneer if wish else Berichtvoorkeur.Wanneer.DIRECT,
        "voorkeuren": Berichtvoorkeur.Wanneer.choices,
    }
    return render(request, "loket/workplace.html", context)


@login_required
def preference(request: HttpRequest) -> HttpResponse:
    """When this member of staff wants mail about work."""
    user = worker(request)
    wanted = request.POST.get("wanneer", "") if request.method == "POST" else ""
    if wanted in Berichtvoorkeur.Wanneer.values:
        Berichtvoorkeur.objects.update_or_create(
            user=user, defaults={"wanneer": wanted}
        )
        messages.success(request, _("Opgeslagen."))
    return redirect("loket:workplace")
