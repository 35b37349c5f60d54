"""The three names that django-helpdesk's models look up; they lead to our own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from .models import Vraag

app_name = "helpdesk"


def view(request: HttpRequest, ticket_id: int) -> HttpResponse:
    vraag = get_object_or_404(Vraag, pk=ticket_id)
    return redirect("loket:workplace_question", vraag.reference)


def home(request: HttpRequest) -> HttpResponse:
    return redirect("loket:workplace")


urlpatterns = [
    path("", home, name="home"),
    path("vraag/", home, name="public_view"),
    path("tickets/<pk:ticket_id>/", view, name="view"),
]
