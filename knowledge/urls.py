from django.urls import path

from . import views
from .regelingen import views_categorieen

app_name = "knowledge"

urlpatterns = [
    path("begrippen/", views.begrippen, name="begrippen"),
    path("begrippen/<slug:slug>/", views.begrip, name="begrip"),
    path("verordeningen/", views.regelingen, name="regelingen"),
    path("verordeningen/<slug:slug>/", views.regeling, name="regeling"),
    path(
        "verordeningen/<slug:slug>/categorieen/",
        views_categorieen.categorieen,
        name="categorieen",
    ),
    path("kennisbank-reactie/<pk:pk>/", views.feedback, name="feedback"),
]
