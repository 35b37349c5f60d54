from typing import Any

from django.dispatch import receiver

from knowledge.models import VraagEnAntwoord
from knowledge.signals import page_published

from . import services


@receiver(page_published, sender=VraagEnAntwoord)
def tell_asker(sender: Any, page: VraagEnAntwoord, **kwargs: Any) -> None:
    services.knowledge_published(page=page)
