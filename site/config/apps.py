import gc

from django.apps import AppConfig

# A search makes thousands of short-lived objects. With the values of Python itself one
# search in fifty waits 20 ms and more for a look through all that lives long.
COLLECT_AFTER = (50_000, 20, 20)


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Thuisloket"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        gc.set_threshold(*COLLECT_AFTER)
