"""How long things are kept, and who looked at personal data; for a beheerder."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import permissions
from core.forms import PlainMessagesMixin
from loket.models import Bewaartermijn, Inzage
from loket.services import privacy

PER_PAGE = 50
LABELS = {
    "afgerond": gettext_lazy("Een afgeronde vraag wordt anoniem na (dagen)"),
    "anoniem": gettext_lazy("Een anonieme vraag verdwijnt na (dagen)"),
    "contact": gettext_lazy("Een vrager zonder vraag verdwijnt na (dagen)"),
    "inzage": gettext_lazy("Wie iets bekeek, blijft staan (dagen)"),
    "mail": gettext_lazy(
        "Verzonden mail die bij geen vraag hoort, verdwijnt na (dagen)"
    ),
    "post": gettext_lazy(
        "Ontvangen mail die bij geen vraag hoort, verdwijnt na (dagen)"
    ),
    "gesprek": gettext_lazy("Een telefoongesprek wordt anoniem na (dagen)"),
}


class KeepForm(PlainMessagesMixin, forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("Vul een getal in van 1 tot en met 36500.")
        for soort in Bewaartermijn.Soort.values:
            self.fields[soort] = forms.IntegerField(
                label=LABELS[soort],
                min_value=1,
                max_value=36_500,
                initial=privacy.days_kept(soort),
                error_messages={
                    "invalid": told,
                    "min_value": told,
                    "max_value": told,
                    "required": told,
                },
            )


@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """How long things are kept, with what is due now."""
    actor = permissions.must_manage(request.user)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        privacy.set_days_kept(actor=actor, days=form.cleaned_data)
        messages.success(request, _("Opgeslagen."))
        return redirect("loket:keep")
    now = timezone.now()
    return render(
        request,
        "loket/keep.html",
        {
            "form": form,
            "to_anonymise": privacy.due_to_anonymise(now).count(),
            "to_delete": privacy.due_to_delete(now).count(),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def looked(request: HttpRequest) -> HttpResponse:
    """Who looked at which question on which day, newest first; ``kenmerk`` searches."""
    permissions.must_manage(request.user)
    reference = request.GET.get("kenmerk", "").strip().upper()[:20]
    rows = Inzage.objects.select_related("user", "vraag")
    if reference:
        rows = rows.filter(vraag__reference=reference)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "loket/looked.html", {"page": page, "kenmerk": reference})
