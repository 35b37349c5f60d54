"""The days on which the desk is closed; a beheerder keeps them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import permissions
from core.forms import DAY, PlainMessagesMixin, add_errors
from core.models import Team
from loket import termijnen
from loket.models import Sluitingsdag


class ClosingDayForm(PlainMessagesMixin, forms.Form):
    datum = forms.DateField(label=gettext_lazy("Datum"), **DAY)
    naam = forms.CharField(
        label=gettext_lazy("Naam"),
        help_text=gettext_lazy("Bijvoorbeeld: dag na Hemelvaart"),
        max_length=80,
    )
    team = forms.ModelChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Voor welk team?"),
        empty_label=gettext_lazy("alle teams"),
        to_field_name="slug",
        required=False,
    )
    vrij = forms.BooleanField(
        label=gettext_lazy("Het loket is dicht op deze dag"),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("team", "vrij"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]


@login_required
def closing_days(request: HttpRequest) -> HttpResponse:
    """The days from today on; POST adds one, or changes the one of that date."""
    actor = permissions.must_manage(request.user)
    form = ClosingDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            termijnen.set_closing_day(actor=actor, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("loket:closing_days")
    days = Sluitingsdag.objects.filter(datum__gte=timezone.localdate()).select_related(
        "team"
    )
    return render(
        request,
        "loket/closing_days.html",
        {"form": form, "days": days},
        status=422 if form.errors else 200,
    )
