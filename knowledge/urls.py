from django.urls import path

from . import views, views_categorieen, views_vergelijken

app_name = "knowledge"

urlpatterns = [
    path("begrippen/", views.begrippen, name="begrippen"),
    path("begrippen/<slug:slug>/", views.begrip, name="begrip"),
    path("artikelen/", views.artikelen, name="artikelen"),
    path("verordeningen/", views.regelingen, name="regelingen"),
    path("verordeningen/vergelijken/", views_vergelijken.choose, name="vergelijken"),
    path(
        "verordeningen/vergelijken/uitkomst/",
        views_vergelijken.stored,
        name="vergeleken",
    ),
    path(
        "verordeningen/vergelijken/uitkomst/<slug:form>/",
        views_vergelijken.stored_file,
        name="vergeleken_bestand",
    ),
    path(
        "verordeningen/vergelijken/eigen/<str:token>/",
        views_vergelijken.own,
        name="vergelijking",
    ),
    path(
        "verordeningen/vergelijken/eigen/<str:token>/aanpassen/",
        views_vergelijken.choose,
        name="vergelijking_aanpassen",
    ),
    path(
        "verordeningen/vergelijken/eigen/<str:token>/verwijderen/",
        views_vergelijken.delete,
        name="vergelijking_verwijderen",
    ),
    path(
        "verordeningen/vergelijken/eigen/<str:token>/bestand/<slug:form>/",
        views_vergelijken.own_file,
        name="vergelijking_bestand",
    ),
    path("verordeningen/<slug:slug>/", views.regeling, name="regeling"),
    path(
        "verordeningen/<slug:slug>/categorieen/",
        views_categorieen.categorieen,
        name="categorieen",
    ),
    path("kennisbank-reactie/<pk:pk>/", views.feedback, name="feedback"),
]
