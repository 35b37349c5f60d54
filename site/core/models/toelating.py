from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contact import Contact
from .gemeente import Gemeente


class ToelatingQuerySet(models.QuerySet["Toelating"]):
    def standing(self) -> "ToelatingQuerySet":
        """Not withdrawn, accepted or not yet."""
        return self.filter(revoked_at=None)

    def accepted(self) -> "ToelatingQuerySet":
        return self.standing().filter(accepted_at__isnull=False)


class Toelating(models.Model):
    """A colleague says that somebody with another mail domain works for the gemeente.

    Counts as proof after the click in the mail, and only while the colleague's own address
    proves the gemeente: see ``core.gemeenten.proven_gemeenten``.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="toelatingen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="toelatingen")
    admitted_by = models.ForeignKey(
        Contact,
        models.CASCADE,
        related_name="toegelaten",
        help_text=_("Gaat dit adres weg, dan gaat ook het bewijs weg."),
    )
    at = models.DateTimeField(_("toegelaten"), default=timezone.now)
    accepted_at = models.DateTimeField(_("aangenomen"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)

    objects = ToelatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("toelating")
        verbose_name_plural = _("toelatingen")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "gemeente"],
                condition=models.Q(revoked_at=None),
                name="toelating_once_per_gemeente",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} bij {self.gemeente_id}"

    @property
    def key(self) -> str:
        return f"toelating:{self.pk}"
