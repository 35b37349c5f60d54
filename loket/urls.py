from django.urls import path

from .views import (
    afmelden,
    ask,
    mail,
    mail_push,
    my_questions,
    niet_aangekomen,
    postbussen,
    routetermen,
    sluitingsdagen,
    telefoon,
    thread,
    workplace,
)

app_name = "loket"

urlpatterns = [
    path("loket/vraag-stellen/", ask.ask, name="ask"),
    path("loket/vraag-stellen/suggesties/", ask.suggestions, name="ask_suggestions"),
    path("loket/vraag-stellen/concept/", ask.draft, name="ask_draft"),
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
    path("-/mail/", mail_push.push, name="mail_push"),
    path("werkplek/", workplace.workplace, name="workplace"),
    path("werkplek/mail/", mail.mails, name="mails"),
    path("werkplek/mail/<pk:pk>/", mail.mail, name="mail"),
    path("werkplek/mail/<pk:pk>/origineel/", mail.original, name="mail_original"),
    path("werkplek/mail/<pk:pk>/<slug:act>/", mail.act, name="mail_act"),
    path("werkplek/routetermen/", routetermen.routing_terms, name="routing_terms"),
    path("beheer/postbussen/", postbussen.mailboxes, name="mailboxes"),
    path("beheer/sluitingsdagen/", sluitingsdagen.closing_days, name="closing_days"),
    path(
        "werkplek/mail-niet-aangekomen/",
        niet_aangekomen.undelivered,
        name="undelivered",
    ),
    path("loket/afmelden/<str:token>/", afmelden.leave_daily, name="leave_daily"),
    path("werkplek/voorkeur/", workplace.preference, name="preference"),
    path("werkplek/telefoon/", telefoon.call, name="call"),
    path("werkplek/telefoon/bellers/", telefoon.callers, name="callers"),
    path("werkplek/telefoon/<int:plek>/", telefoon.call, name="call_at"),
    path("werkplek/telefoon/<int:plek>/concept/", telefoon.keep, name="call_keep"),
    path(
        "werkplek/telefoon/<int:plek>/bronnen/<int:number>/",
        telefoon.sources,
        name="call_sources",
    ),
    path("werkplek/<str:reference>/", workplace.question, name="workplace_question"),
    path(
        "werkplek/<str:reference>/kennis/",
        workplace.knowledge,
        name="workplace_knowledge",
    ),
    path("werkplek/<str:reference>/<slug:act>/", workplace.act, name="workplace_act"),
]
