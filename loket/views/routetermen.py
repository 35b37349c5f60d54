"""The words that send a question to a team; its coordinator and a beheerder keep them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import PlainMessagesMixin, add_errors
from core.models import Team, User
from loket.models import Routeterm
from loket.routing import service
from loket.routing.router import Route

WEIGHTS = {
    1: gettext_lazy("een aanwijzing"),
    2: gettext_lazy("duidelijk"),
    3: gettext_lazy("beslissend"),
}


class TermForm(PlainMessagesMixin, forms.Form):
    tekst = forms.CharField(label=gettext_lazy("Woord of woorden"), max_length=120)
    gewicht = forms.TypedChoiceField(
        label=gettext_lazy("Hoe sterk telt het?"),
        choices=list(WEIGHTS.items()),
        coerce=int,
        initial=2,
        widget=forms.RadioSelect,
    )
    voorbeeld = forms.CharField(
        label=gettext_lazy("Voorbeeldvraag"),
        help_text=gettext_lazy(
            "Typ een vraag om te zien naar welk team hij gaat, nu en met dit woord."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "kort"}),
    )


@login_required
def routing_terms(request: HttpRequest) -> HttpResponse:
    """The terms of one team. POST with ``act``: toon (changes nothing), bewaar, verwijder."""
    user = cast(User, request.user)
    teams = list(service.editable_teams(user))
    if not teams:
        raise PermissionDenied(
            _("Alleen een coördinator van een team of een beheerder verandert dit.")
        )
    team = _team(teams, request.GET.get("team"))
    terms = list(Routeterm.objects.filter(team=team))
    term = _term(terms, request.GET.get("woord"))
    form = TermForm(request.POST or None, initial=_initial(request, term))
    effect: tuple[Route, Route | None] | None = None
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "verwijder" and term is not None:
            service.remove_term(user=user, team=team, term=term)
            messages.success(request, _("‘%(woord)s’ is weg.") % {"woord": term.tekst})
            return redirect(_address(team, request.POST.get("voorbeeld", "")))
        if form.is_valid():
            sample = form.cleaned_data.pop("voorbeeld")
            try:
                if act == "toon":
                    effect = service.preview_term(
                        sample, team=team, term=term, **form.cleaned_data
                    )
                elif act == "bewaar":
                    service.save_term(
                        user=user, team=team, term=term, **form.cleaned_data
                    )
                    messages.success(request, _("Opgeslagen."))
                    return redirect(_address(team, sample))
                else:
                    raise Http404
            except ValidationError as error:
                add_errors(form, error)
    elif sample := form.initial["voorbeeld"]:
        effect = (service.route_text(sample), None)
    return render(
        request,
        "loket/routing_terms.html",
        {
            "form": form,
            "teams": teams,
            "team": team,
            "term": term,
            "terms": [(row, WEIGHTS.get(row.gewicht, row.gewicht)) for row in terms],
            "effect": effect,
        },
        status=422 if form.errors else 200,
    )


def _team(teams: list[Team], slug: str | None) -> Team:
    if not slug:
        return teams[0]
    for team in teams:
        if team.slug == slug:
            return team
    raise Http404


def _term(terms: list[Routeterm], pk: str | None) -> Routeterm | None:
    """The term that is being changed; 404 when it is gone or of another team."""
    if not pk:
        return None
    for term in terms:
        if str(term.pk) == pk:
            return term
    raise Http404


def _initial(request: HttpRequest, term: Routeterm | None) -> dict[str, Any]:
    sample = request.GET.get("voorbeeld", "")[:2000]
    if term is None:
        return {"voorbeeld": sample}
    return {"tekst": term.tekst, "gewicht": term.gewicht, "voorbeeld": sample}


def _address(team: Team, sample: str) -> str:
    query = {"team": team.slug, **({"voorbeeld": sample[:2000]} if sample else {})}
    return f"{reverse('loket:routing_terms')}?{urlencode(query)}"
