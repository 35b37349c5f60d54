"""Two questions that go on as one."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User

from .vraag import Vraag


class SamenvoegingQuerySet(models.QuerySet["Samenvoeging"]):
    def standing(self) -> "SamenvoegingQuerySet":
        return self.filter(undone_at=None)


class Samenvoeging(models.Model):
    """``van`` goes on in ``naar``. Nothing is moved: the rows of both stay where they are,
    so that undoing gives back exactly what was."""

    van = models.ForeignKey(Vraag, models.CASCADE, related_name="samenvoegingen")
    naar = models.ForeignKey(Vraag, models.CASCADE, related_name="opgenomen")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("samengevoegd"), default=timezone.now)
    undone_at = models.DateTimeField(_("ongedaan gemaakt"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(_("hoe het was"), default=dict)

    objects = SamenvoegingQuerySet.as_manager()

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["van"],
                condition=models.Q(undone_at=None),
                name="samenvoeging_one_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.van_id} in {self.naar_id}"
