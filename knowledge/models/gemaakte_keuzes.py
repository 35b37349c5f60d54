"""What a municipality chose in the ordinance that it adopted, as an editor read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import User

from .regelingen import Regeling


class GemaakteKeuzes(models.Model):
    """The choices of one model that the ordinance of a municipality made.

    answers: of each choice node by name, the option. What is not in it was not recorded.
    """

    regeling = models.ForeignKey(
        Regeling,
        models.CASCADE,
        verbose_name=_("verordening"),
        related_name="gemaakte_keuzes",
    )
    model = models.ForeignKey(
        Regeling,
        models.CASCADE,
        verbose_name=_("model"),
        related_name="gekozen_in",
    )
    answers = models.JSONField(_("keuzes"), default=dict, blank=True)
    recorded_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("vastgelegd door"),
        related_name="+",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("keuzes in een verordening")
        verbose_name_plural = _("keuzes in verordeningen")
        ordering = ["regeling", "model"]
        constraints = [
            models.UniqueConstraint(
                fields=["regeling", "model"], name="gemaakte_keuzes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.regeling} · {self.model}"
