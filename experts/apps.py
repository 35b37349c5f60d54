from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = "Deskundigen"

    def ready(self) -> None:
        from core import registry

        registry.register_manage_page(
            registry.ManagePage(
                "experts:my_absence",
                _("Mijn afwezigheid"),
                _("Zeg wanneer u er niet bent en wie u vervangt."),
                lambda user: True,
            )
        )
