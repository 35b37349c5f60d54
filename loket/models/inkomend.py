"""Mail that came in: the raw bytes first, then what was made of it."""

import uuid

from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User

from .vraag import Bericht, Vraag

RAW_FOLDER = "mail"


def raw_storage():
    return storages["private"]


def raw_name(instance: "InkomendBericht", filename: str) -> str:
    name = uuid.uuid4().hex
    return f"{RAW_FOLDER}/{name[:2]}/{name}.eml"


class InkomendBericht(models.Model):
    """One mail in one mailbox. Without ``uitkomst`` it still has to be judged.

    The same bytes count once, wherever they came from: a second row refers to the first
    by ``eerder`` and holds no file.
    """

    class Soort(models.TextChoices):
        VRAAG = "vraag", _("vraag")
        REACTIE = "reactie", _("reactie")
        AUTOMATISCH = "automatisch", _("automatisch bericht")
        BOUNCE = "bounce", _("niet bezorgd")
        LUS = "lus", _("lus")
        SPAM = "spam", _("spam")
        ONLEESBAAR = "onleesbaar", _("onleesbaar")

    class Uitkomst(models.TextChoices):
        NIEUW = "nieuw", _("nieuwe vraag")
        TOEGEVOEGD = "toegevoegd", _("toegevoegd aan een vraag")
        AANGEHOUDEN = "aangehouden", _("aangehouden")
        GENEGEERD = "genegeerd", _("genegeerd")

    mailbox = models.CharField(_("postbus"), max_length=200)
    uidvalidity = models.CharField(max_length=20, blank=True)
    uid = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    raw = models.FileField(
        _("origineel"), upload_to=raw_name, storage=raw_storage, blank=True
    )
    size = models.PositiveBigIntegerField(_("grootte"))
    received_at = models.DateTimeField(_("binnengekomen"), default=timezone.now)
    eerder = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="herhalingen",
        verbose_name=_("al eerder binnengekomen als"),
    )
    herhaling = models.BooleanField(_("al eerder binnengekomen"), default=False)
    keer_gezien = models.PositiveIntegerField(_("aantal keer gezien"), default=1)
    pogingen = models.PositiveSmallIntegerField(_("mislukte pogingen"), default=0)
    fout = models.TextField(_("laatste fout"), blank=True)

    message_id = models.CharField(max_length=500, blank=True, db_index=True)
    afzender = models.CharField(_("afzender"), max_length=320, blank=True)
    afzender_naam = models.CharField(
        _("naam van de afzender"), max_length=200, blank=True
    )
    onderwerp = models.CharField(_("onderwerp"), max_length=300, blank=True)
    bijlagen_aantal = models.PositiveSmallIntegerField(default=0)

    soort = models.CharField(
        _("soort"), max_length=12, choices=Soort.choices, blank=True
    )
    reden = models.TextField(_("waarom deze soort"), blank=True)
    signalen = models.JSONField(_("waaraan te zien"), default=list)
    uitkomst = models.CharField(
        _("uitkomst"), max_length=12, choices=Uitkomst.choices, blank=True
    )
    uitkomst_reden = models.TextField(_("waarom deze uitkomst"), blank=True)
    vraag = models.ForeignKey(
        Vraag,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inkomende_mails",
        verbose_name=_("vraag"),
    )
    bericht = models.ForeignKey(
        Bericht, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lijkt_op = models.ForeignKey(
        Vraag,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lijkt op"),
    )
    bevestigd = models.BooleanField(_("ontvangst bevestigd"), default=False)
    judged_at = models.DateTimeField(_("beoordeeld"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("besloten door"),
    )
    decided_at = models.DateTimeField(_("besloten"), null=True, blank=True)

    class Meta:
        verbose_name = _("inkomend bericht")
        verbose_name_plural = _("inkomende berichten")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "mailbox", "uidvalidity", "uid"],
                name="inkomend_once_per_place",
            ),
            # Of two fetchers at once the second one learns that the bytes were there.
            models.UniqueConstraint(
                fields=["sha256"],
                condition=models.Q(herhaling=False),
                name="inkomend_bytes_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uitkomst", "-received_at", "-id"], name="inkomend_uitkomst"
            ),
            models.Index(fields=["-received_at", "-id"], name="inkomend_received"),
            # Counted on every page of the workplace.
            models.Index(
                fields=["received_at"],
                condition=models.Q(uitkomst="aangehouden"),
                name="inkomend_aangehouden",
            ),
            models.Index(
                fields=["received_at"],
                condition=models.Q(uitkomst=""),
                name="inkomend_wacht",
            ),
        ]

    def __str__(self) -> str:
        return self.onderwerp or f"mail {self.pk}"

    @property
    def waits_for_decision(self) -> bool:
        """Whether the front office may still decide: nothing was made of this mail, and
        its original is there."""
        return bool(self.raw) and self.uitkomst in (
            self.Uitkomst.AANGEHOUDEN,
            self.Uitkomst.GENEGEERD,
        )


class Postbus(models.Model):
    """How a mailbox does: when it was last read, and why it cannot be read now."""

    naam = models.CharField(_("naam"), max_length=200, unique=True)
    gelezen_op = models.DateTimeField(_("laatst gelezen"), null=True, blank=True)
    fout = models.CharField(_("fout"), max_length=300, blank=True)
    fout_sinds = models.DateTimeField(_("fout sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("postbus")
        verbose_name_plural = _("postbussen")
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam
