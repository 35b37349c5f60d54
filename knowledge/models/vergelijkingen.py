"""Comparisons with a text of a visitor: hers alone, by her link, for thirty days."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.regelingen import tree, tree_json

from .regelingen import RegelingVersie


class VergelijkingQuerySet(models.QuerySet["Vergelijking"]):
    def valid(self) -> "VergelijkingQuerySet":
        return self.filter(expires_at__gt=timezone.now())


class Vergelijking(models.Model):
    """Up to four texts beside each other; only the hash of the token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("bewaard tot"), db_index=True)

    objects = VergelijkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vergelijking")
        verbose_name_plural = _("vergelijkingen")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class VergelekenTekst(models.Model):
    """One of the texts: a version that is here, or the words of the visitor herself.

    Of a file only the words are kept, never the file. Without a version and without
    words the version has been taken away since.
    """

    vergelijking = models.ForeignKey(
        Vergelijking, models.CASCADE, related_name="teksten"
    )
    order = models.PositiveSmallIntegerField(_("volgorde"))
    versie = models.ForeignKey(
        RegelingVersie, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    naam = models.TextField(_("naam"), blank=True)
    boom = models.JSONField(_("tekst"), null=True, blank=True)
    warnings = models.JSONField(_("opmerkingen bij het inlezen"), default=list)

    class Meta:
        verbose_name = _("tekst in een vergelijking")
        verbose_name_plural = _("teksten in vergelijkingen")
        ordering = ["vergelijking", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["vergelijking", "order"], name="vergeleken_tekst_order_once"
            )
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def tekst(self) -> tree.Regeling | None:
        """The words of the visitor; None of a version that is here."""
        data: dict[str, Any] | None = self.boom
        return tree_json.from_json(data) if data else None
