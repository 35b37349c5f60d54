"""Promises, calendars and periods of the service clock."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Team, User
from loket import klok

from .vraag import Vraag

WEEKDAYS = (
    (0, _("maandag")),
    (1, _("dinsdag")),
    (2, _("woensdag")),
    (3, _("donderdag")),
    (4, _("vrijdag")),
    (5, _("zaterdag")),
    (6, _("zondag")),
)


def _days(name: Any, default: int, help_text: Any = "") -> Any:
    return models.PositiveSmallIntegerField(
        name,
        default=default,
        help_text=help_text,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
    )


class Termijnregel(models.Model):
    """The periods of the desk, all in working days; one row, the defaults without one."""

    eerste_reactie = _days(_("eerste reactie na"), 2)
    herinnering = _days(_("eerste herinnering na"), 5)
    tweede_herinnering = _days(_("tweede herinnering na"), 10)
    sluiten = _days(_("sluiten na"), 15)
    waarschuwing = _days(_("collega's waarschuwen vooraf"), 1)
    later_uren = models.PositiveSmallIntegerField(
        _("vrager inlichten vooraf (werkuren)"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )

    class Meta:
        verbose_name = _("termijnregel")
        verbose_name_plural = _("termijnregels")

    def __str__(self) -> str:
        return str(_("Termijnen van het loket"))

    @property
    def silence_days(self) -> tuple[int, int, int]:
        """Working days of silence until first reminder, second reminder, closing."""
        return self.herinnering, self.tweede_herinnering, self.sluiten


class Openingstijd(models.Model):
    """When a team works on a weekday; without a team of every team that has none."""

    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="openingstijden",
        verbose_name=_("team"),
    )
    weekdag = models.PositiveSmallIntegerField(_("dag"), choices=WEEKDAYS)
    open = models.TimeField(_("open"))
    dicht = models.TimeField(_("dicht"))

    class Meta:
        verbose_name = _("openingstijd")
        verbose_name_plural = _("openingstijden")
        ordering = ["team", "weekdag"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "weekdag"], name="openingstijd_once"
            ),
            models.UniqueConstraint(
                fields=["weekdag"],
                condition=models.Q(team=None),
                name="openingstijd_common_once",
            ),
            models.CheckConstraint(
                condition=models.Q(open__lt=models.F("dicht")),
                name="openingstijd_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()} {self.open:%H:%M}-{self.dicht:%H:%M}"


class Kalenderstand(models.Model):
    """A calendar as it was when something was promised with it. Never changed."""

    digest = models.CharField(max_length=64, unique=True)
    data = models.JSONField()

    class Meta:
        verbose_name = _("kalenderstand")
        verbose_name_plural = _("kalenderstanden")

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def kalender(self) -> klok.Kalender:
        time = datetime.time.fromisoformat
        return klok.Kalender(
            {
                datetime.date.fromisoformat(day): name
                for day, name in self.data["dicht"].items()
            },
            {
                int(weekday): (time(opens), time(closes))
                for weekday, (opens, closes) in self.data["uren"].items()
            },
        )


class Toezegging(models.Model):
    """What was promised, when and with which calendar. Never changed: a pause moves the
    due time that follows from it, not the promise."""

    class Soort(models.TextChoices):
        EERSTE_REACTIE = "eerste-reactie", _("eerste reactie")
        ANTWOORD = "antwoord", _("antwoord")

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="toezeggingen")
    soort = models.CharField(_("soort"), max_length=16, choices=Soort.choices)
    start = models.DateTimeField(_("vanaf"))
    minutes = models.PositiveIntegerField(_("werkminuten"))
    due_at = models.DateTimeField(_("beloofd vóór"))
    uitleg = models.CharField(_("uitleg"), max_length=600)
    kalender = models.ForeignKey(Kalenderstand, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("toezegging")
        verbose_name_plural = _("toezeggingen")
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "soort", "start"], name="toezegging_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vóór {self.due_at:%d-%m-%Y %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("een toezegging wordt nooit veranderd")
        super().save(*args, **kwargs)


class Termijnbericht(models.Model):
    """That staff were warned of a due time, or the asker told that it slips; once each."""

    class Soort(models.TextChoices):
        WAARSCHUWING = "waarschuwing", _("collega gewaarschuwd")
        LATER = "later", _("vrager ingelicht")

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="termijnberichten")
    soort = models.CharField(max_length=16, choices=Soort.choices)
    # Of a warning the due time that it is about, of word to the asker the start of the
    # clock: the asker hears it once, also when a pause moved the due time meanwhile.
    over = models.DateTimeField()
    verwacht_op = models.DateField(_("verwacht op"), null=True, blank=True)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("termijnbericht")
        verbose_name_plural = _("termijnberichten")
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "soort", "over"], name="termijnbericht_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} bij {self.vraag_id}"
