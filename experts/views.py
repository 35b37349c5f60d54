"""Pages about members of staff: teams, expertise and absence."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import permissions
from core.forms import add_errors
from core.models import User

from . import selectors, services
from .forms import AbsenceForm, ExpertiseForm, TeamsForm


@login_required
@require_POST
def teams(request: HttpRequest, pk: int) -> HttpResponse:
    """Teams of a member of staff; the form stands on the page of core."""
    actor = permissions.must_manage(request.user)
    user = get_object_or_404(User, pk=pk)
    form = TeamsForm(request.POST)
    if form.is_valid():
        services.set_teams(actor=actor, user=user, **form.cleaned_data)
        messages.success(request, _("Opgeslagen."))
    else:
        messages.error(request, _("Dit team is er niet meer. Kies opnieuw."))
    return redirect("core:member", pk=pk)


@login_required
def expertise(request: HttpRequest, pk: int) -> HttpResponse:
    """What a member of staff knows much about."""
    actor = permissions.must_manage(request.user)
    user = get_object_or_404(User, pk=pk)
    form = ExpertiseForm(request.POST or None, initial=ExpertiseForm.initial_of(user))
    if request.method == "POST" and form.is_valid():
        services.set_expertise(actor=actor, user=user, **form.cleaned_data)
        messages.success(request, _("Opgeslagen."))
        return redirect("core:member", pk=pk)
    return render(
        request,
        "experts/expertise.html",
        {"member": user, "form": form},
        status=422 if form.errors else 200,
    )


@login_required
def my_absence(request: HttpRequest) -> HttpResponse:
    return _absence(request, cast(User, request.user))


@login_required
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.must_manage(request.user)
    return _absence(request, get_object_or_404(User, pk=pk))


def _absence(request: HttpRequest, user: User) -> HttpResponse:
    """Periods that are not over; POST adds one, or with ``verwijder`` takes one away."""
    actor = cast(User, request.user)
    rows = selectors.absences(user)
    form = AbsenceForm(request.POST or None, user=user)
    if request.method == "POST" and "verwijder" in request.POST:
        for row in rows:
            if str(row.pk) == request.POST["verwijder"]:
                services.remove_absence(actor=actor, row=row)
        messages.success(request, _("Opgeslagen."))
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_absence(actor=actor, user=user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect(request.path)
    return render(
        request,
        "experts/absence.html",
        {"member": user, "own": user == actor, "rows": rows, "form": form},
        status=422 if form.errors else 200,
    )
