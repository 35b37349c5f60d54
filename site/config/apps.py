from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Thuisloket"

    def ready(self) -> None:
        from . import checks  # noqa: F401
