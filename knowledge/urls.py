from django.urls import path

from . import views

app_name = "knowledge"

urlpatterns = [
    path("begrippen/", views.begrippen, name="begrippen"),
    path("begrippen/<slug:slug>/", views.begrip, name="begrip"),
    path("artikelen/", views.artikelen, name="artikelen"),
    path("verordeningen/", views.regelingen, name="regelingen"),
    path("verordeningen/<slug:slug>/", views.regeling, name="regeling"),
    path("kennisbank-reactie/<pk:pk>/", views.feedback, name="feedback"),
]
