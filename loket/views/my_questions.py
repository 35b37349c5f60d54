from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.person import person_of
from knowledge.concepten import selectors as concepten
from loket import selectors


@require_safe
def my_questions(request: HttpRequest) -> HttpResponse:
    """The questions and drafts of who logged in with a link; others are asked for their address."""
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
        },
    )
