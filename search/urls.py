from django.urls import path

from . import views

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("suggesties", views.suggestions, name="suggestions"),
    path("geopend", views.clicked, name="clicked"),
]
