"""What staff keep up themselves: the list of pages, and the data of a municipality."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import permissions, registry, services
from core.forms import GemeenteForm, add_errors
from core.models import Gemeente, User

PER_PAGE = 50


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The pages on which this member of staff may change something."""
    pages = registry.manage_pages(cast(User, request.user))
    return render(request, "core/manage.html", {"pages": pages})


@login_required
@require_safe
def gemeenten(request: HttpRequest) -> HttpResponse:
    """The municipalities of today with what was filled in; ``naam`` searches."""
    permissions.must_manage(request.user)
    name = request.GET.get("naam", "").strip()
    rows: Any = Gemeente.objects.valid_on(timezone.localdate())
    if name:
        rows = rows.filter(naam__icontains=name)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "core/gemeenten.html", {"page": page, "naam": name})


@login_required
def gemeente(request: HttpRequest, code: str) -> HttpResponse:
    """Mail domains and number of inhabitants of one municipality."""
    actor = permissions.must_manage(request.user)
    row = get_object_or_404(Gemeente, code=code)
    form = GemeenteForm(request.POST or None, initial=GemeenteForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_gemeente_data(actor=actor, gemeente=row, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("core:gemeenten")
    return render(
        request,
        "core/gemeente.html",
        {"gemeente": row, "form": form},
        status=422 if form.errors else 200,
    )
