from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.forms import add_errors
from core.person import person_of
from knowledge.concepten import selectors as concepten
from loket import selectors, services
from loket.call_forms import PhoneForm


def my_questions(request: HttpRequest) -> HttpResponse:
    """The questions and drafts of who logged in with a link; others are asked for their
    address. POST: the number on which we may call back."""
    person = person_of(request)
    if person.contact is None:
        return redirect("core:login_link")
    form = PhoneForm(
        request.POST if request.method == "POST" else None,
        initial={"telefoon": person.contact.telefoon},
    )
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
            "phone_form": form,
        },
        status=422 if form.errors else 200,
    )
