"""Who reads along with a question: admitted by the asker, one row per admission."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Contact, User

from .vraag import Vraag


class CollegaQuerySet(models.QuerySet["Collega"]):
    def admitted(self) -> "CollegaQuerySet":
        """Who accepted, and whose admission still stands."""
        return self.filter(accepted_at__isnull=False, revoked_at=None)

    def standing(self) -> "CollegaQuerySet":
        """Not withdrawn, accepted or not yet."""
        return self.filter(revoked_at=None)


class Collega(models.Model):
    """A colleague who may read a question and reply, or who becomes its asker.

    Nothing is open before the colleague pressed the button behind the link in the mail.
    """

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="collegas")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="meelezend")
    admitted_by = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wordt_vrager = models.BooleanField(_("neemt de vraag over"), default=False)
    reden = models.CharField(_("waarom"), max_length=300, blank=True)
    at = models.DateTimeField(_("toegelaten"), default=timezone.now)
    accepted_at = models.DateTimeField(_("aangenomen"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)

    objects = CollegaQuerySet.as_manager()

    class Meta:
        verbose_name = _("collega")
        verbose_name_plural = _("collega's")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "contact"],
                condition=models.Q(revoked_at=None),
                name="collega_once_per_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} bij {self.vraag_id}"

    @property
    def key(self) -> str:
        """What the links of this colleague open: this row, so never more than it allows."""
        return f"collega:{self.pk}"
