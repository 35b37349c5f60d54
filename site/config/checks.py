"""Deployment checks: what may never go live."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from core.mail import dkim_signing


@register(Tags.security, deploy=True)
def no_demo_in_production(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.DEMO:
        return [
            Error(
                "Demo-modus staat aan: iedereen kan als medewerker inloggen.",
                hint="Gebruik config.settings.production; die kent geen demo-modus.",
                id="config.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def mail_goes_out(app_configs: Any, **kwargs: Any) -> list[Error | Warning]:
    found: list[Error | Warning] = []
    if settings.EMAIL_BACKEND.rpartition(".")[0].endswith(
        ("dummy", "console", "locmem", "filebased")
    ):
        found.append(
            Error(
                "Mail gaat nergens heen.",
                hint="Stel EMAIL_URL in, bijvoorbeeld smtp+tls://gebruiker:wachtwoord@server:587.",
                id="config.E002",
            )
        )
    if settings.MAIL_FROM.endswith("example.nl"):
        found.append(
            Warning(
                "MAIL_FROM is nog het voorbeeldadres.",
                hint="Stel MAIL_FROM in op een adres van uw organisatie.",
                id="config.W001",
            )
        )
    return found


@register(Tags.security)
def dkim_key_works(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A mail that cannot be signed does not go out, so a bad key shows at the start."""
    if fault := dkim_signing.fault():
        return [
            Error(
                fault,
                hint="Maak een sleutel met: openssl genrsa -out dkim.pem 2048",
                id="config.E006",
            )
        ]
    return []


@register(Tags.security)
def automatic_mail_has_a_limit(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.MAIL_AUTOMATIC_PER_HOUR < 1:
        return [
            Error(
                "MAIL_AUTOMATIC_PER_HOUR is kleiner dan 1: zo gaat er geen bevestiging uit.",
                id="config.E007",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def real_hosts(app_configs: Any, **kwargs: Any) -> list[Error]:
    if (
        set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
        or "*" in settings.ALLOWED_HOSTS
    ):
        return [
            Error(
                "ALLOWED_HOSTS noemt geen eigen naam van deze site, of alles.",
                hint="Stel ALLOWED_HOSTS in, bijvoorbeeld loket.voorbeeld.nl.",
                id="config.E003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def shared_broker(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.CELERY_BROKER_URL.startswith("memory://"):
        return [
            Error(
                "Celery heeft geen broker die processen delen.",
                hint="Stel CELERY_BROKER_URL in, bijvoorbeeld redis://redis:6379/0.",
                id="config.E004",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def shared_cache(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Rate limits count in the cache: one per process multiplies them."""
    if settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        return [
            Error(
                "De cache is van één proces: elk proces telt de limieten apart.",
                hint="Stel CACHE_URL in, bijvoorbeeld rediscache://redis:6379/1.",
                id="config.E005",
            )
        ]
    return []
