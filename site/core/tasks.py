from celery import shared_task


@shared_task(name="core.deliver_outbox")
def deliver_outbox() -> int:
    from . import outbox

    return outbox.drain()


@shared_task(name="core.clean_up")
def clean_up() -> None:
    """Remove what has no further use: delivered rows, expired links and sessions."""
    from django.core.management import call_command

    from .services import remove_expired

    remove_expired()
    call_command("clearsessions")
