from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import belonging
from core.forms import add_errors
from core.gemeenten import gemeente_of_address, proven_gemeenten
from core.parameters import parse_pk
from core.person import person_of
from knowledge.concepten import selectors as concepten
from loket import selectors, services
from loket.call_forms import PhoneForm
from loket.forms import AdmitForm, ColleagueForm
from loket.states import OPEN


def my_questions(request: HttpRequest) -> HttpResponse:
    """The questions and drafts of who logged in with a link; others are asked for their
    address. POST: the number on which we may call back."""
    person = person_of(request)
    if person.contact is None or request.method != "POST":
        return _render(request)
    form = PhoneForm(request.POST)
    if form.is_valid():
        try:
            services.set_phone(
                person=person,
                contact=person.contact,
                telefoon=form.cleaned_data["telefoon"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("loket:my_questions")
    return _render(request, phone_form=form)


def _render(
    request: HttpRequest,
    *,
    phone_form: PhoneForm | None = None,
    colleague_form: ColleagueForm | None = None,
    admit_form: AdmitForm | None = None,
) -> HttpResponse:
    person = person_of(request)
    if person.contact is None:
        return redirect("core:login_link")
    page = Paginator(selectors.questions_of(person), 25).get_page(
        request.GET.get("pagina")
    )
    own = gemeente_of_address(person.contact)
    return render(
        request,
        "loket/my_questions.html",
        {
            "page": page,
            "shared": selectors.shared_with(person)[:25],
            "concepten": concepten.own_concepten(person)[:25],
            "shared_concepten": concepten.shared_concepten(person)[:25],
            "contact": person.contact,
            "phone_form": phone_form
            or PhoneForm(initial={"telefoon": person.contact.telefoon}),
            "colleague_form": colleague_form or ColleagueForm(),
            "gemeente": own,
            "gemeenten": proven_gemeenten(person.contact),
            "toelatingen": belonging.admitted_by_colleagues(own) if own else [],
            "admit_form": admit_form or AdmitForm(),
            "may_hand_over": selectors.questions_of(person)
            .filter(status__in=OPEN)
            .exists(),
        },
        status=422 if phone_form or colleague_form or admit_form else 200,
    )


def hand_over(request: HttpRequest) -> HttpResponse:
    """Who leaves hands every open question to one colleague, who accepts by a link."""
    person = person_of(request)
    if request.method != "POST" or person.contact is None:
        return redirect("loket:my_questions")
    form = ColleagueForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            count = services.hand_over_all(person=person, email=email)
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = ngettext(
                "%(email)s krijgt een mail om uw vraag over te nemen.",
                "%(email)s krijgt een mail om uw %(n)s vragen over te nemen.",
                count,
            )
            messages.success(request, words % {"email": email, "n": count})
            return redirect("loket:my_questions")
    return _render(request, colleague_form=form)


def gemeente(request: HttpRequest, act: str) -> HttpResponse:
    """Who has an address of the gemeente admits somebody with another, or withdraws it."""
    person = person_of(request)
    own = gemeente_of_address(person.contact)
    if request.method != "POST" or own is None:
        return redirect("loket:my_questions")
    if act == "laat-toe":
        return _admit(request)
    if act != "trek-in":
        raise Http404
    row = belonging.admission(own, parse_pk(request.POST.get("toelating", "")) or 0)
    if row is None:
        raise Http404
    belonging.withdraw(person=person, row=row)
    messages.success(
        request,
        _("%(email)s hoort niet meer bij uw gemeente.") % {"email": row.contact.email},
    )
    return redirect("loket:my_questions")


def _admit(request: HttpRequest) -> HttpResponse:
    form = AdmitForm(request.POST)
    if form.is_valid():
        try:
            row = belonging.admit(
                person=person_of(request), email=form.cleaned_data["email"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = _("%(email)s krijgt een mail om het te bevestigen.")
            messages.success(request, words % {"email": row.contact.email})
            return redirect("loket:my_questions")
    return _render(request, admit_form=form)
