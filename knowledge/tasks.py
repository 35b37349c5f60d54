from celery import shared_task


@shared_task(name="knowledge.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and take offline what Wagtail has scheduled."""
    from django.core.management import call_command

    call_command("publish_scheduled", verbosity=0)


@shared_task(name="knowledge.remove_vergelijkingen")
def remove_vergelijkingen() -> int:
    """Delete the texts of visitors that were kept for thirty days."""
    from .regelingen.vergelijk_services import remove_expired

    return remove_expired()
