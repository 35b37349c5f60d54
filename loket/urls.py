from django.urls import path

from .views import (
    ask,
    my_questions,
    routetermen,
    sluitingsdagen,
    thread,
    workplace,
)

app_name = "loket"

urlpatterns = [
    path("loket/vraag-stellen/", ask.ask, name="ask"),
    path("loket/vraag-stellen/suggesties/", ask.suggestions, name="ask_suggestions"),
    path("loket/vraag-stellen/ontvangen/", ask.received, name="received"),
    path("loket/mijn-vragen/", my_questions.my_questions, name="my_questions"),
    path("loket/mijn-vragen/overdragen/", my_questions.hand_over, name="hand_over_all"),
    path(
        "loket/vraag/<str:reference>/sleutel/<str:token>/",
        thread.read_link,
        name="read_link",
    ),
    path("loket/meelezen/<str:token>/", thread.colleague_link, name="colleague_link"),
    path("loket/vraag/<str:reference>/", thread.thread, name="thread"),
    path("loket/vraag/<str:reference>/<slug:act>/", thread.act, name="thread_act"),
    path("werkplek/", workplace.workplace, name="workplace"),
    path("werkplek/routetermen/", routetermen.routing_terms, name="routing_terms"),
    path("beheer/sluitingsdagen/", sluitingsdagen.closing_days, name="closing_days"),
    path("werkplek/voorkeur/", workplace.preference, name="preference"),
    path("werkplek/<str:reference>/", workplace.question, name="workplace_question"),
    path(
        "werkplek/<str:reference>/kennis/",
        workplace.knowledge,
        name="workplace_knowledge",
    ),
    path("werkplek/<str:reference>/<slug:act>/", workplace.act, name="workplace_act"),
]
