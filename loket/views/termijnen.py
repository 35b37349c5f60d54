"""The periods of the desk, and when its teams work; a beheerder keeps them."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import permissions
from core.forms import PlainMessagesMixin, add_errors
from core.models import Team
from loket import klok, termijnen
from loket.models.termijn import WEEKDAYS

COMMON = "alle"
TIME: dict[str, Any] = {
    "widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    "input_formats": ["%H:%M", "%H.%M"],
    "required": False,
    "error_messages": {"invalid": gettext_lazy("Vul een tijd in, zoals 09:00.")},
}


def _number(label: Any, help_text: Any = "", most: int = 250) -> forms.IntegerField:
    told = gettext_lazy("Vul een getal in van 1 tot en met %(most)s.") % {"most": most}
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=most,
        error_messages={"invalid": told, "min_value": told, "max_value": told},
    )


class PeriodsForm(PlainMessagesMixin, forms.Form):
    antwoord_werkdagen = _number(gettext_lazy("Antwoord binnen (werkdagen)"))
    eerste_reactie = _number(
        gettext_lazy("Eerste reactie binnen (werkdagen)"),
        gettext_lazy("Een antwoord of een vraag terug."),
    )
    herinnering = _number(
        gettext_lazy("Eerste herinnering aan een stille vrager na (werkdagen)")
    )
    tweede_herinnering = _number(gettext_lazy("Tweede herinnering na (werkdagen)"))
    sluiten = _number(
        gettext_lazy("Sluiten na (werkdagen)"),
        gettext_lazy("Een reactie van de vrager opent de vraag weer."),
    )
    waarschuwing = _number(
        gettext_lazy("Collega's vooraf waarschuwen (werkdagen)"), most=20
    )
    later_uren = _number(
        gettext_lazy("De vrager vooraf inlichten als het later wordt (werkuren)"),
        most=40,
    )


class HoursForm(PlainMessagesMixin, forms.Form):
    """From and until per day of the week; both empty on a day that is not worked."""

    def __init__(self, *args: Any, hours: klok.Hours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in WEEKDAYS:
            opens, closes = hours.get(weekday, (None, None))
            for word, label, value in (
                ("van", gettext_lazy("%(dag)s van"), opens),
                ("tot", gettext_lazy("%(dag)s tot"), closes),
            ):
                field = forms.TimeField(
                    label=(label % {"dag": name}).capitalize(), initial=value, **TIME
                )
                field.hide_optional = True  # type: ignore[attr-defined]
                self.fields[f"{word}_{weekday}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.hours: dict[int, tuple[datetime.time, datetime.time]] = {}
        for weekday, _name in WEEKDAYS:
            opens, closes = data.get(f"van_{weekday}"), data.get(f"tot_{weekday}")
            if opens and closes and opens < closes:
                self.hours[weekday] = (opens, closes)
            elif opens and closes:
                self.add_error(
                    f"tot_{weekday}",
                    _("Kies een tijd na %(van)s uur.") % {"van": f"{opens:%H.%M}"},
                )
            elif opens or closes:
                self.add_error(
                    f"{'tot' if opens else 'van'}_{weekday}",
                    _("Vul beide tijden in, of geen van beide."),
                )
        return data


@login_required
def periods(request: HttpRequest) -> HttpResponse:
    """The periods; POST changes them for what is promised from now on."""
    actor = permissions.must_manage(request.user)
    row = termijnen.rules()
    initial = {name: getattr(row, name, None) for name in PeriodsForm.base_fields}
    initial["antwoord_werkdagen"] = termijnen.answer_days()
    form = PeriodsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        days = values.pop("antwoord_werkdagen")
        try:
            termijnen.set_rules(actor=actor, antwoord_werkdagen=days, periods=values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("loket:periods")
    return render(
        request,
        "loket/periods.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
def hours(request: HttpRequest, team: str = COMMON) -> HttpResponse:
    """When all teams work, or one; without times of its own a team follows all."""
    actor = permissions.must_manage(request.user)
    teams = list(Team.objects.all())
    chosen = next((row for row in teams if row.slug == team), None)
    if chosen is None and team != COMMON:
        raise Http404
    own = chosen is None or chosen.openingstijden.exists()
    shown = termijnen.kalender(chosen).hours
    form = HoursForm(request.POST or None, hours=shown)
    if request.method == "POST" and form.is_valid():
        follow = "volg" in request.POST
        if chosen is None and not form.hours:
            form.add_error(None, _("Kies minstens één dag waarop het loket werkt."))
        else:
            termijnen.set_hours(
                actor=actor, team=chosen, hours={} if follow else form.hours
            )
            messages.success(request, _("Opgeslagen."))
            return redirect("loket:hours", team)
    return render(
        request,
        "loket/hours.html",
        {
            "form": form,
            "teams": teams,
            "team": chosen,
            "own": own,
            "words": klok.hours_in_words(shown),
        },
        status=422 if form.errors else 200,
    )
