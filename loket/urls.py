from django.urls import path

from .views import (
    ask,
    my_questions,
    privacy,
    routetermen,
    sluitingsdagen,
    termijnen,
    thread,
    workplace,
)

app_name = "loket"

urlpatterns = [
    path("loket/vraag-stellen/", ask.ask, name="ask"),
    path("loket/vraag-stellen/suggesties/", ask.suggestions, name="ask_suggestions"),
    path("loket/vraag-stellen/ontvangen/", ask.received, name="received"),
    path("loket/mijn-vragen/", my_questions.my_questions, name="my_questions"),
    path(
        "loket/vraag/<str:reference>/sleutel/<str:token>/",
        thread.read_link,
        name="read_link",
    ),
    path("loket/vraag/<str:reference>/", thread.thread, name="thread"),
    path("loket/vraag/<str:reference>/<slug:act>/", thread.act, name="thread_act"),
    path("werkplek/", workplace.workplace, name="workplace"),
    path("werkplek/routetermen/", routetermen.routing_terms, name="routing_terms"),
    path("beheer/sluitingsdagen/", sluitingsdagen.closing_days, name="closing_days"),
    path("beheer/termijnen/", termijnen.periods, name="periods"),
    path("beheer/werktijden/", termijnen.hours, name="hours_of_all"),
    path("beheer/werktijden/<slug:team>/", termijnen.hours, name="hours"),
    path("beheer/bewaren/", privacy.keep, name="keep"),
    path("beheer/inzage/", privacy.looked, name="looked"),
    path("werkplek/voorkeur/", workplace.preference, name="preference"),
    path("werkplek/<str:reference>/", workplace.question, name="workplace_question"),
    path(
        "werkplek/<str:reference>/kennis/",
        workplace.knowledge,
        name="workplace_knowledge",
    ),
    path("werkplek/<str:reference>/<slug:act>/", workplace.act, name="workplace_act"),
]
