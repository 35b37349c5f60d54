"""How long what is kept, and who looked at personal data."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User

from .vraag import Vraag


class Bewaartermijn(models.Model):
    """How many days something is kept; without a row the default holds."""

    class Soort(models.TextChoices):
        AFGEROND = "afgerond", _("afgeronde vraag, tot zij anoniem wordt")
        ANONIEM = "anoniem", _("anonieme vraag, tot zij verdwijnt")
        CONTACT = "contact", _("vrager zonder vraag")
        INZAGE = "inzage", _("wie persoonsgegevens bekeek")
        MAIL = "mail", _("verzonden mail die bij geen vraag hoort")
        POST = "post", _("ontvangen mail die bij geen vraag hoort")
        GESPREK = "gesprek", _("telefoongesprek, tot het anoniem wordt")

    DEFAULTS = {
        "afgerond": 365,
        "anoniem": 5 * 365,
        "contact": 90,
        "inzage": 2 * 365,
        "mail": 90,
        "post": 90,
        "gesprek": 365,
    }

    soort = models.CharField(
        _("wat"), max_length=16, choices=Soort.choices, unique=True
    )
    dagen = models.PositiveIntegerField(
        _("dagen"), validators=[MinValueValidator(1), MaxValueValidator(36_500)]
    )

    class Meta:
        verbose_name = _("bewaartermijn")
        verbose_name_plural = _("bewaartermijnen")

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.dagen} dagen"


class Inzage(models.Model):
    """That somebody of staff looked at personal data: once per person, question and day."""

    class Wat(models.TextChoices):
        GEOPEND = "geopend", _("vraag geopend")
        BIJLAGE = "bijlage", _("bijlage geopend")
        EXPORT = "export", _("gegevens uitgeleverd")

    # No user: by the operator at the command line.
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="inzages")
    wat = models.CharField(_("wat"), max_length=12, choices=Wat.choices)
    dag = models.DateField(_("dag"))
    created_at = models.DateTimeField(_("eerste keer"), default=timezone.now)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzages")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "vraag", "wat", "dag"], name="inzage_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["vraag", "wat", "dag"],
                condition=models.Q(user=None),
                name="inzage_operator_once_a_day",
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="inzage_newest")]

    def __str__(self) -> str:
        return f"{self.get_wat_display()} bij {self.vraag_id} op {self.dag}"
