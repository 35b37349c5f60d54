from django.contrib import admin

from .models import Afwezigheid, Expertise, Teamlid


@admin.register(Teamlid)
class TeamlidAdmin(admin.ModelAdmin):
    list_display = ["user", "team", "coordinator"]
    list_filter = ["team"]


@admin.register(Expertise)
class ExpertiseAdmin(admin.ModelAdmin):
    filter_horizontal = ["doelgroepen", "themas"]


@admin.register(Afwezigheid)
class AfwezigheidAdmin(admin.ModelAdmin):
    list_display = ["user", "van", "tot_en_met", "vervanger"]
