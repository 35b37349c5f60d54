from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Basis"

    def ready(self) -> None:
        from django.urls import register_converter

        # bijlagen and mail: for their outbox handlers
        from . import belonging, bijlagen, mail, permissions, registry  # noqa: F401
        from .models import User
        from .parameters import PkConverter

        register_converter(PkConverter, "pk")
        registry.register_export(belonging.export)

        def manages(user: User) -> bool:
            return permissions.in_group(user, permissions.BEHEERDER)

        registry.register_manage_page(
            registry.ManagePage(
                "core:members",
                _("Medewerkers"),
                _("Nodig mensen uit, geef rollen en teams, schakel accounts uit."),
                manages,
            )
        )
        registry.register_manage_page(
            registry.ManagePage(
                "core:gemeenten",
                _("Gemeenten"),
                _("Maildomeinen en aantal inwoners, met bron."),
                manages,
            )
        )
