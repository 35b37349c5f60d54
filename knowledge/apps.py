from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Kennisbank"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from core import registry

        from . import indexers, signal_handlers  # noqa: F401
        from .concepten import services as concepten
        from .models import ArtikelRij, Begrip, Kerncijfer, Regeling, RegelingVersie
        from .models.workflow import ReviewedPolicy
        from .regelingen.rights import EditorsOnly

        registry.register_after_login("concept", concepten.opened_by_link)
        registry.register_forget(concepten.forget)
        registry.register_export(concepten.export)
        for model in (Begrip, Kerncijfer):
            register_permission_policy(model, ReviewedPolicy(model))
        for own in (Regeling, RegelingVersie, ArtikelRij):
            register_permission_policy(own, EditorsOnly(own))
