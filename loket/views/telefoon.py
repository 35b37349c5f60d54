"""The telephone screen: a call beside the knowledge base, two calls side by side.

All that is typed is one form. It is kept on the server per person and per call; every
button sends it whole, so that without JavaScript nothing is lost either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.forms import add_errors
from core.models import Contact, Gemeente, User
from core.parameters import parse_pk
from core.person import Person
from loket import selectors, services
from loket.call_forms import TEAM, ZELF, CallForm, CallQuestionForm, call_forms
from loket.forms import new_form_key
from loket.models import Gesprek, Gespreksvraag
from loket.permissions import is_front_office
from search.documents import SearchHit

PLEKKEN = (1, 2)
# What the page itself adds to the form; what somebody typed is all the rest.
_OWN = ("csrfmiddlewaretoken", "sleutel", "aantal", "begonnen", "meer", "ga", "rij")


def _front_office(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not is_front_office(user):
        raise PermissionDenied(_("Alleen de frontoffice neemt de telefoon op."))
    return user


def _formulier(plek: int) -> str:
    if plek not in PLEKKEN:
        raise Http404
    return f"telefoon:{plek}"


def _contact(data: Mapping[str, Any]) -> Contact | None:
    """The known caller: chosen from the list, or the one with this whole address.

    A choice counts as long as what is typed still says it.
    """
    typed = str(data.get("wie", "")).strip()
    if not typed:
        return None
    chosen = parse_pk(str(data.get("beller", "")))
    found = selectors.callers(typed).filter(pk=chosen).first() if chosen else None
    if found is not None:
        return found
    rows = Contact.objects.select_related("gemeente")
    return rows.filter(email=typed.lower()).first()


@dataclass(frozen=True)
class Row:
    """A question on the screen with what the knowledge base has for it."""

    form: CallQuestionForm
    hits: Sequence[SearchHit]
    chosen: selectors.FoundPage | None

    @property
    def number(self) -> int:
        return self.form.number

    @property
    def keuze(self) -> str:
        """A page that is gone is no answer."""
        known = self.form.choice in (TEAM, ZELF) or self.chosen is not None
        return self.form.choice if known else TEAM


def _row(user: User, form: CallQuestionForm) -> Row:
    key = form.choice
    chosen = (
        selectors.found_page(Person(user=user), key)
        if key not in (TEAM, ZELF)
        else None
    )
    hits = selectors.find_sources(form.words, 5) if form.words else []
    return Row(form, [hit for hit in hits if _key(hit) != key], chosen)


def _key(hit: SearchHit) -> str:
    return f"{hit.kind}:{hit.object_id}:{hit.section.anchor}"


@login_required
def call(request: HttpRequest, plek: int = 1) -> HttpResponse:
    """GET: the call as it was left. POST: take it in."""
    user = _front_office(request)
    formulier = _formulier(plek)
    if request.method != "POST":
        data = services.form_of(user=user, formulier=formulier)
        return _render(request, user, plek, data, bound=False)
    contact = _contact(request.POST)
    form, row_forms = call_forms(request.POST, bound=True, contact=contact)
    rows = [_row(user, row) for row in row_forms]
    if all([form.is_valid(), *(row.form.is_valid() for row in rows)]):
        try:
            gesprek = _take_in(request, user, form, rows)
        except ValidationError as error:
            add_errors(form, error)
        else:
            services.drop_form(user=user, formulier=formulier)
            messages.success(request, _in_words(gesprek))
            return redirect("loket:call_at", plek)
    _keep(request, user, formulier)
    return _render(
        request, user, plek, request.POST, bound=True, forms=(form, rows), status=422
    )


def _take_in(
    request: HttpRequest, user: User, form: CallForm, rows: Sequence[Row]
) -> Gesprek:
    data = form.cleaned_data
    asker = (
        services.Asker(email=data["email"], gemeente=data["gemeente_row"])
        if data["email"]
        else None
    )
    questions = [
        services.CallQuestion(
            text=row.form.cleaned_data["text"],
            page=row.chosen,
            answer="" if row.keuze == TEAM else row.form.cleaned_data["antwoord"],
        )
        for row in rows
        if not row.form.is_empty
    ]
    began = parse_datetime(request.POST.get("begonnen", "")[:40])
    return services.take_call(
        user=user,
        form_key=request.POST.get("sleutel", "")[:64] or new_form_key(),
        questions=questions,
        asker=asker,
        gemeente=data["gemeente_row"],
        call_back=data["terugbellen"],
        begonnen_at=began if began and timezone.is_aware(began) else None,
    )


def _in_words(gesprek: Gesprek) -> str:
    """``Gesprek opgenomen: 1 vraag doorgezet, 1 vraag meteen beantwoord.``"""
    outcomes = [row.uitkomst for row in gesprek.vragen.all()]
    sent = outcomes.count(Gespreksvraag.Uitkomst.TEAM)
    answered = len(outcomes) - sent
    parts = []
    if sent:
        parts.append(
            ngettext("%(n)s vraag doorgezet", "%(n)s vragen doorgezet", sent)
            % {"n": sent}
        )
    if answered:
        parts.append(
            ngettext(
                "%(n)s vraag meteen beantwoord",
                "%(n)s vragen meteen beantwoord",
                answered,
            )
            % {"n": answered}
        )
    return _("Gesprek opgenomen: %(wat)s.") % {"wat": _(" en ").join(parts)}


def _keep(request: HttpRequest, user: User, formulier: str) -> None:
    """Keep the form as it stands; nothing when nobody typed anything."""
    sent = services.kept(
        {
            name: str(value)
            for name, value in request.POST.items()
            if name != "csrfmiddlewaretoken"
        }
    )
    typed = any(
        name not in _OWN and not (name.endswith("-keuze") and value == TEAM)
        for name, value in sent.items()
    )
    services.keep_form(user=user, formulier=formulier, data=sent if typed else {})


@login_required
@require_POST
def keep(request: HttpRequest, plek: int) -> HttpResponse:
    """Keep the draft: while typing, for one more question, or to go to the other call."""
    user = _front_office(request)
    formulier = _formulier(plek)
    if "leeg" in request.POST:
        services.drop_form(user=user, formulier=formulier)
        return redirect("loket:call_at", plek)
    _keep(request, user, formulier)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    other = parse_pk(request.POST.get("ga"))
    if other in PLEKKEN:
        return redirect("loket:call_at", other)
    if "meer" in request.POST:
        data = request.POST
        _form, rows = call_forms(data, bound=False, contact=None, more=True)
        kept = services.form_of(user=user, formulier=formulier)
        services.keep_form(
            user=user,
            formulier=formulier,
            data={**kept, "aantal": str(len(rows))} if kept else {},
        )
        return redirect(_at(plek, f"vraag-{len(rows)}"))
    row = parse_pk(request.POST.get("rij"))
    return redirect(_at(plek, f"vraag-{row}" if row else "gesprek"))


def _at(plek: int, anchor: str) -> str:
    return f"{reverse('loket:call_at', args=[plek])}#{anchor}"


@login_required
@require_POST
def callers(request: HttpRequest) -> HttpResponse:
    """Who it may be, while somebody types (htmx). By POST: names stay out of logs."""
    _front_office(request)
    return render(request, "loket/_bellers.html", _caller_context(request.POST))


def _caller_context(data: Mapping[str, Any]) -> dict[str, Any]:
    typed = str(data.get("wie", "")).strip()
    contact = _contact(data)
    found = list(selectors.callers(typed)[: selectors.CALLERS])
    if contact is not None and contact not in found:
        found = [contact, *found]
    return {
        "typed": typed,
        "bellers": found,
        "beller": contact,
        "nieuw": not found and "@" in typed,
    }


@login_required
@require_POST
def sources(request: HttpRequest, plek: int, number: int) -> HttpResponse:
    """What the knowledge base has for one question of the call (htmx)."""
    user = _front_office(request)
    _form, rows = call_forms(request.POST, bound=True, contact=None)
    form = next((row for row in rows if row.number == number), None)
    if form is None:
        raise Http404
    context = {"row": _row(user, form), "oob": True}
    return render(request, "loket/_gespreksbronnen_antwoord.html", context)


def _render(
    request: HttpRequest,
    user: User,
    plek: int,
    data: Mapping[str, Any],
    *,
    bound: bool,
    forms: tuple[CallForm, Sequence[Row]] | None = None,
    status: int = 200,
) -> HttpResponse:
    if forms is None:
        form, row_forms = call_forms(data, bound=bound, contact=_contact(data))
        forms = form, [_row(user, row) for row in row_forms]
    form, rows = forms
    if not data:
        form.fields["wie"].widget.attrs["autofocus"] = True
    every: list[Form] = [form, *(row.form for row in rows)]
    other = next(other for other in PLEKKEN if other != plek)
    today = timezone.localdate()
    context = {
        **_caller_context(data),
        "plek": plek,
        "ander": other,
        "ander_open": bool(services.form_of(user=user, formulier=_formulier(other))),
        "form": form,
        "rows": rows,
        "forms": every,
        "fouten": sum(len(one.errors) for one in every) if bound else 0,
        "bewaard": bool(data) and not bound,
        "sleutel": data.get("sleutel") or new_form_key(),
        "begonnen": data.get("begonnen") or timezone.now().isoformat(),
        "gemeenten": Gemeente.objects.valid_on(today).values_list("naam", flat=True),
        "gesprekken": selectors.recent_calls(user),
    }
    return render(request, "loket/call.html", context, status=status)
