from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = "Kennisbank"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import indexers, signal_handlers  # noqa: F401
        from .models import Begrip, Kerncijfer
        from .models.workflow import ReviewedPolicy

        for model in (Begrip, Kerncijfer):
            register_permission_policy(model, ReviewedPolicy(model))
