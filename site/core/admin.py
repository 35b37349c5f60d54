from django.contrib import admin

from .models import Contact, Gemeente, Mailbericht, Outbox, Regio, Team, User


@admin.register(Gemeente)
class GemeenteAdmin(admin.ModelAdmin):
    list_display = ["naam", "code", "provincie", "inwoners", "geldig_tot"]
    search_fields = ["naam", "code"]
    list_filter = ["provincie"]


@admin.register(Regio)
class RegioAdmin(admin.ModelAdmin):
    list_display = ["naam", "soort", "bron"]
    list_filter = ["soort"]
    filter_horizontal = ["gemeenten"]


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["naam", "slug", "email"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "is_active"]
    exclude = ["password", "last_login", "user_permissions"]
    filter_horizontal = ["groups"]


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    list_display = ["naam", "organisatie", "gemeente", "confirmed_at"]
    readonly_fields = ["confirmed_at"]


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ["kind", "key", "attempts", "done_at", "dead_at"]
    list_filter = ["kind"]


@admin.register(Mailbericht)
class MailberichtAdmin(ReadOnlyAdmin):
    list_display = ["subject", "status", "created_at", "sent_at"]
    list_filter = ["status"]
