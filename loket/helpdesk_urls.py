"""The three names that django-helpdesk's models look up; they lead to our own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from core.person import Person, person_of

from .permissions import visible_vragen

app_name = "helpdesk"


def view(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """To the question, for staff who may see it: who guesses numbers learns nothing."""
    seen = visible_vragen(Person(user=person_of(request).user))
    vraag = get_object_or_404(seen, pk=ticket_id)
    return redirect("loket:workplace_question", vraag.reference)


def home(request: HttpRequest) -> HttpResponse:
    return redirect("loket:workplace")


urlpatterns = [
    path("", home, name="home"),
    path("vraag/", home, name="public_view"),
    path("tickets/<pk:ticket_id>/", view, name="view"),
]
