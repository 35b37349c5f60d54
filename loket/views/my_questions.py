from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.forms import add_errors
from core.person import person_of
from knowledge.concepten import selectors as concepten
from loket import selectors, services
from loket.forms import ColleagueForm
from loket.states import OPEN


@require_safe
def my_questions(request: HttpRequest) -> HttpResponse:
    """The questions and drafts of who logged in with a link; others are asked for their address."""
    return _render(request, ColleagueForm())


def _render(
    request: HttpRequest, form: ColleagueForm, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    if person.contact is None:
        return redirect("core:login_link")
    page = Paginator(selectors.questions_of(person), 25).get_page(
        request.GET.get("pagina")
    )
    return render(
        request,
        "loket/my_questions.html",
        {
            "page": page,
            "shared": selectors.shared_with(person)[:25],
            "concepten": concepten.own_concepten(person)[:25],
            "shared_concepten": concepten.shared_concepten(person)[:25],
            "contact": person.contact,
            "colleague_form": form,
            "may_hand_over": selectors.questions_of(person)
            .filter(status__in=OPEN)
            .exists(),
        },
        status=status,
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
    return _render(request, form, status=422)
