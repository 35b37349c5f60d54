"""A telephone call at the desk, and what somebody typed in a form but did not send yet."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Contact, Gemeente, User

from .vraag import Vraag


class Gesprek(models.Model):
    """A telephone call that was taken in; without a contact the caller stayed anonymous."""

    user = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("wie opnam")
    )
    contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gesprekken",
        verbose_name=_("beller"),
    )
    gemeente = models.ForeignKey(
        Gemeente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gemeente"),
    )
    begonnen_at = models.DateTimeField(_("begonnen"))
    afgerond_at = models.DateTimeField(_("opgenomen"), default=timezone.now)
    form_key = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ["-afgerond_at", "-id"]
        indexes = [models.Index(fields=["user", "-afgerond_at"], name="gesprek_user")]

    def __str__(self) -> str:
        return f"gesprek van {self.begonnen_at:%d-%m-%Y %H:%M}"


class Gespreksvraag(models.Model):
    """One question of a call: what became of it, and whether the knowledge base had it.

    What became a question keeps its text there and only there.
    """

    class Uitkomst(models.TextChoices):
        KENNISBANK = "kennisbank", _("beantwoord uit de kennisbank")
        METEEN = "meteen", _("meteen beantwoord")
        TEAM = "team", _("doorgezet naar het team")

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="vragen")
    volgorde = models.PositiveSmallIntegerField()
    uitkomst = models.CharField(_("uitkomst"), max_length=12, choices=Uitkomst.choices)
    vraag = models.ForeignKey(
        Vraag, models.SET_NULL, null=True, blank=True, related_name="gespreksvragen"
    )
    text = models.TextField(_("vraag"), blank=True)
    antwoord = models.TextField(_("kort antwoord"), blank=True)
    kind = models.CharField(max_length=40, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    titel = models.CharField(_("gevonden pagina"), max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("gespreksvraag")
        verbose_name_plural = _("gespreksvragen")
        ordering = ["gesprek", "volgorde"]

    def __str__(self) -> str:
        return self.get_uitkomst_display()

    @property
    def is_found(self) -> bool:
        """Whether the knowledge base had the answer."""
        return self.uitkomst == self.Uitkomst.KENNISBANK


class Formulierconcept(models.Model):
    """What somebody typed in a form, kept until it is sent: of staff or of an asker.

    ``formulier`` says which form, such as ``telefoon:1`` or ``reactie:12``; ``vraag`` about
    which question, if any.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    vraag = models.ForeignKey(
        Vraag, models.CASCADE, null=True, related_name="formulierconcepten"
    )
    formulier = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("formulierconcept")
        verbose_name_plural = _("formulierconcepten")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, contact=None)
                | models.Q(user=None, contact__isnull=False),
                name="formulierconcept_of_one",
            ),
            models.UniqueConstraint(
                fields=["user", "formulier"], name="formulierconcept_once_user"
            ),
            models.UniqueConstraint(
                fields=["contact", "formulier"], name="formulierconcept_once_contact"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.formulier} van {self.user or self.contact}"
