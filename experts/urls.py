from django.urls import path

from . import views

app_name = "experts"

urlpatterns = [
    path("beheer/afwezigheid/", views.my_absence, name="my_absence"),
    path("beheer/medewerkers/<pk:pk>/teams/", views.teams, name="teams"),
    path("beheer/medewerkers/<pk:pk>/expertise/", views.expertise, name="expertise"),
    path("beheer/medewerkers/<pk:pk>/afwezigheid/", views.absence, name="absence"),
]
