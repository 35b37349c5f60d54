from typing import Any

from django.apps import AppConfig


class LoketConfig(AppConfig):
    name = "loket"
    verbose_name = "Loket"

    def ready(self) -> None:
        from core import registry

        from . import indexers, signal_handlers  # noqa: F401
        from .permissions import visible_to
        from .services import return_all_of

        def may_have_bericht(person: Any, bericht: Any) -> bool:
            """Files of a message: who sees the question; of a note: staff only."""
            if bericht.is_internal and not person.is_staff_member:
                return False
            return visible_to(person, bericht.vraag)

        registry.register_owner_rule("loket.Bericht", may_have_bericht)
        registry.register_owner_rule("loket.Vraag", visible_to)

        def on_switch_off(user: Any) -> None:
            return_all_of(user=user)

        registry.register_switch_off(on_switch_off)
