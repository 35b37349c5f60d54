from django.urls import path

from .views import access, files, manage, staff, status

app_name = "core"

urlpatterns = [
    path("-/healthz", status.health, name="health"),
    path("-/readyz", status.ready, name="ready"),
    path(".well-known/security.txt", status.security_txt, name="security_txt"),
    path("bijlagen/<uuid:pk>/", files.attachment, name="attachment"),
    path("loket/inloggen/", access.login_link, name="login_link"),
    path("loket/inloggen/<str:token>/", access.login_token, name="login_token"),
    path("loket/toelating/<str:token>/", access.admission, name="admission"),
    path("loket/uitloggen/", access.logout, name="logout_contact"),
    path("postvak/", staff.postvak, name="postvak"),
    path("postvak/<pk:pk>/", staff.postvak_message, name="postvak_message"),
    path("postvak/<pk:pk>/html/", staff.postvak_html, name="postvak_html"),
    path("medewerker/demo/", staff.demo_login, name="demo_login"),
    path("medewerker/login/", staff.StaffLoginView.as_view(), name="login"),
    path("medewerker/uitnodiging/<str:token>/", staff.invitation, name="invitation"),
    path("beheer/", manage.overview, name="manage"),
    path("beheer/gemeenten/", manage.gemeenten, name="gemeenten"),
    path("beheer/gemeenten/<str:code>/", manage.gemeente, name="gemeente"),
    path("beheer/medewerkers/", staff.members, name="members"),
    path("beheer/medewerkers/uitnodigen/", staff.invite, name="invite"),
    path("beheer/medewerkers/<pk:pk>/", staff.member, name="member"),
    path("beheer/berichten/", staff.undelivered, name="undelivered"),
]
