from django.contrib import admin

from .models import Berichtvoorkeur, Routeterm, Sluitingsdag


@admin.register(Routeterm)
class RoutetermAdmin(admin.ModelAdmin):
    list_display = ["tekst", "team", "soort", "gewicht"]
    list_filter = ["team", "soort"]
    search_fields = ["tekst"]
    list_editable = ["gewicht"]


@admin.register(Sluitingsdag)
class SluitingsdagAdmin(admin.ModelAdmin):
    list_display = ["datum", "naam", "vrij"]
    list_editable = ["vrij"]


@admin.register(Berichtvoorkeur)
class BerichtvoorkeurAdmin(admin.ModelAdmin):
    list_display = ["user", "wanneer"]
