"""What happens to a question when something is wrong with a file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.models import Bijlage
from loket.models import Bericht

from .parts import record


def record_virus(bijlage: Bijlage, bericht: Bericht, found: str) -> None:
    """The front office reads it in the timeline; the asker beside the name of the file."""
    record(
        bericht.vraag,
        "virus",
        _("Virus gevonden in bijlage %(name)s; het bestand is verwijderd.")
        % {"name": bijlage.name},
        bericht=bericht,
        intern=True,
        data={"bijlage": str(bijlage.pk), "gevonden": found, "sha256": bijlage.sha256},
    )
