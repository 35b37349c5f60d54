from django.urls import path

from . import views, views_categorieen, views_vergelijken
from .concepten import views as concepten

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
    path("concepten/", concepten.concepten, name="concepten"),
    path("concepten/nieuw/", concepten.begin, name="concept_begin"),
    path("concepten/<str:key>/", concepten.concept, name="concept"),
    path("concepten/<str:key>/stap/<int:number>/", concepten.stap, name="concept_stap"),
    path(
        "concepten/<str:key>/artikelen/",
        concepten.artikelen,
        name="concept_artikelen",
    ),
    path(
        "concepten/<str:key>/artikelen/nieuw/",
        concepten.eigen_artikel,
        name="concept_eigen_artikel",
    ),
    path(
        "concepten/<str:key>/artikelen/<str:artikel>/",
        concepten.artikel,
        name="concept_artikel",
    ),
    path(
        "concepten/<str:key>/artikelen/<str:artikel>/besluit/",
        concepten.artikel_besluit,
        name="concept_besluit",
    ),
    path("concepten/<str:key>/bewaren/", concepten.bewaren, name="concept_bewaren"),
    path("concepten/<str:key>/link/", concepten.link, name="concept_link"),
    path("concepten/<str:key>/delen/", concepten.delen, name="concept_delen"),
    path("concepten/<str:key>/kopie/", concepten.kopie, name="concept_kopie"),
    path(
        "concepten/<str:key>/weggooien/", concepten.weggooien, name="concept_weggooien"
    ),
    path(
        "concepten/<str:key>/categorieen/",
        concepten.categorieen,
        name="concept_categorieen",
    ),
    path("concepten/<str:key>/model/", concepten.nieuw_model, name="concept_model"),
    path(
        "concepten/<str:key>/verordening.<str:form>",
        concepten.bestand,
        name="concept_bestand",
    ),
    path(
        "concepten/<str:key>/html/<str:address>/",
        concepten.artikel_html,
        name="concept_artikel_html",
    ),
    path("kennisbank-reactie/<pk:pk>/", views.feedback, name="feedback"),
]
