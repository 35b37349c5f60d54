"""Who knows what, and when they are there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Team, User
from knowledge.models import Aandachtsgroep, Thema


class Teamlid(models.Model):
    """Membership of a team."""

    team = models.ForeignKey(
        Team, models.CASCADE, related_name="leden", verbose_name=_("team")
    )
    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="lidmaatschappen",
        verbose_name=_("medewerker"),
    )
    coordinator = models.BooleanField(_("coördinator"), default=False)
    since = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("teamlid")
        verbose_name_plural = _("teamleden")
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="teamlid_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Expertise(models.Model):
    """What a member of staff knows much about."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="expertise", verbose_name=_("medewerker")
    )
    doelgroepen = models.ManyToManyField(
        Aandachtsgroep, blank=True, verbose_name=_("doelgroepen")
    )
    themas = models.ManyToManyField(Thema, blank=True, verbose_name=_("thema's"))
    organisatie = models.CharField(_("organisatie"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertise")

    def __str__(self) -> str:
        return str(self.user)


class Afwezigheid(models.Model):
    """A period in which somebody does not take questions; a deputy may stand in."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="afwezigheden", verbose_name=_("medewerker")
    )
    van = models.DateField(_("van"))
    tot_en_met = models.DateField(_("tot en met"))
    vervanger = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vervanger"),
    )

    class Meta:
        verbose_name = _("afwezigheid")
        verbose_name_plural = _("afwezigheid")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tot_en_met__gte=models.F("van")),
                name="afwezigheid_order",
            ),
            models.CheckConstraint(
                condition=models.Q(vervanger=None)
                | ~models.Q(vervanger=models.F("user")),
                name="afwezigheid_other_deputy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.van} – {self.tot_en_met}"
