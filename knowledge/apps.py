from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Kennisbank"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import indexers, signal_handlers  # noqa: F401
        from .models import ArtikelRij, Begrip, Kerncijfer, Regeling, RegelingVersie
        from .models.workflow import ReviewedPolicy
        from .regelingen.rights import EditorsOnly

        for model in (Begrip, Kerncijfer):
            register_permission_policy(model, ReviewedPolicy(model))
        for own in (Regeling, RegelingVersie, ArtikelRij):
            register_permission_policy(own, EditorsOnly(own))
