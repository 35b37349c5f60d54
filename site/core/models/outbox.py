from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """A side effect that must not be lost, written with the act that causes it."""

    kind = models.CharField(_("soort"), max_length=60)
    key = models.CharField(_("sleutel"), max_length=120)
    payload = models.JSONField(_("inhoud"), default=dict)
    # Null and not empty: only keys that are there must be unique.
    dedupe_key = models.CharField(max_length=160, null=True, blank=True)  # noqa: DJ001
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    available_at = models.DateTimeField(_("niet eerder dan"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(_("laatste fout"), blank=True)
    done_at = models.DateTimeField(_("klaar"), null=True, blank=True)
    dead_at = models.DateTimeField(_("opgegeven"), null=True, blank=True)

    class Meta:
        verbose_name = _("opdracht")
        verbose_name_plural = _("opdrachten")
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=models.Q(
                    done_at=None, dead_at=None, attempts=0, locked_until=None
                ),
                name="outbox_one_waiting_per_dedupe_key",
            )
        ]
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=models.Q(done_at=None, dead_at=None),
                name="outbox_waiting",
            ),
            # Counted on every page of the staff that may try them again.
            models.Index(
                fields=["-dead_at"],
                condition=models.Q(done_at=None, dead_at__isnull=False),
                name="outbox_dead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
