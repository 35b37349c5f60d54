"""The question and everything that belongs to it."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Bijlage, Contact, Gemeente, Mailbericht, Team, User
from knowledge.choices import Fase
from knowledge.models import Aandachtsgroep, Bron, Thema
from loket.states import VraagStatus


class Kanaal(models.TextChoices):
    WEB = "web", _("website")
    MAIL = "e-mail", _("e-mail")
    TELEFOON = "telefoon", _("telefoon")
    BIJEENKOMST = "bijeenkomst", _("bijeenkomst")


# How somebody of the desk hears what an asker says; the desk writes it down.
SPOKEN = (Kanaal.TELEFOON, Kanaal.BIJEENKOMST)


class Zichtbaarheid(models.TextChoices):
    IK = "ik", _("alleen ik")
    COLLEGAS = "collegas", _("collega's die ik toelaat")
    GEMEENTE = "gemeente", _("mijn gemeente")


class Terugbellen(models.TextChoices):
    GEVRAAGD = "gevraagd", _("wil teruggebeld worden")
    GEBELD = "teruggebeld", _("teruggebeld")


class Vraag(models.Model):
    """A question: one-to-one on the ticket of the engine."""

    ticket = models.OneToOneField(
        "helpdesk.Ticket", models.PROTECT, primary_key=True, related_name="vraag"
    )
    reference = models.CharField(_("kenmerk"), max_length=20, unique=True)
    titel = models.CharField(_("onderwerp"), max_length=200)
    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="vragen", verbose_name=_("vrager")
    )
    kanaal = models.CharField(
        _("kanaal"), max_length=20, choices=Kanaal.choices, default=Kanaal.WEB
    )
    status = models.CharField(
        _("stand"),
        max_length=20,
        choices=VraagStatus.choices,
        default=VraagStatus.NIEUW,
    )
    gemeente = models.ForeignKey(
        Gemeente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gemeente"),
    )
    doelgroepen = models.ManyToManyField(
        Aandachtsgroep, blank=True, related_name="+", verbose_name=_("doelgroepen")
    )
    themas = models.ManyToManyField(
        Thema, blank=True, related_name="+", verbose_name=_("thema's")
    )
    fase = models.CharField(_("fase"), max_length=12, choices=Fase.choices, blank=True)
    team = models.ForeignKey(
        Team, models.PROTECT, related_name="vragen", verbose_name=_("team")
    )
    tweede_team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leest mee"),
    )
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="vragen",
        verbose_name=_("behandelaar"),
    )
    zichtbaarheid = models.CharField(
        _("wie mag dit zien"),
        max_length=12,
        choices=Zichtbaarheid.choices,
        default=Zichtbaarheid.IK,
    )
    route_redenen = models.JSONField(_("waarom dit team"), default=list)
    urgent = models.BooleanField(_("dringend"), default=False)
    terugbellen = models.CharField(
        _("terugbellen"), max_length=12, choices=Terugbellen.choices, blank=True
    )
    due_at = models.DateTimeField(_("antwoord vóór"))
    due_uitleg = models.CharField(_("uitleg van de termijn"), max_length=600)
    promised_minutes = models.PositiveIntegerField(default=2400)
    answered_at = models.DateTimeField(_("eerste antwoord"), null=True, blank=True)
    closed_at = models.DateTimeField(_("gesloten"), null=True, blank=True)
    created_at = models.DateTimeField(_("gesteld"), default=timezone.now)
    clock_started_at = models.DateTimeField(
        _("klok begonnen"),
        default=timezone.now,
        help_text=_("Bij het stellen van de vraag, en opnieuw bij heropenen."),
    )
    updated_at = models.DateTimeField(_("laatste verandering"), default=timezone.now)
    geholpen = models.BooleanField(_("hielp het"), null=True, blank=True)
    geanonimiseerd_op = models.DateTimeField(_("geanonimiseerd"), null=True, blank=True)
    herkomst_pagina = models.PositiveBigIntegerField(null=True, blank=True)
    herkomst_titel = models.CharField(_("gesteld vanaf"), max_length=250, blank=True)
    herkomst_sectie = models.CharField(_("sectie"), max_length=300, blank=True)
    herkomst_url = models.CharField(max_length=500, blank=True)
    zoekvraag = models.CharField(_("gezocht naar"), max_length=400, blank=True)
    kennispagina = models.PositiveBigIntegerField(
        _("kennispagina"), null=True, blank=True
    )
    idempotency_key = models.CharField(
        max_length=64, null=True, blank=True, unique=True
    )
    bijlagen = GenericRelation(
        Bijlage, content_type_field="owner_type", object_id_field="owner_id"
    )

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        indexes = [
            # With all that the numbers above the pile count.
            models.Index(
                fields=["status", "due_at", "owner", "team", "tweede_team"],
                name="vraag_open_due",
            ),
            models.Index(
                fields=["team", "status", "due_at"], name="vraag_team_status_due"
            ),
            models.Index(
                fields=["owner", "status", "due_at"], name="vraag_owner_status_due"
            ),
            models.Index(
                fields=["contact", "-created_at"], name="vraag_contact_created"
            ),
            models.Index(
                fields=["gemeente", "-created_at"], name="vraag_gemeente_created"
            ),
            models.Index(fields=["-updated_at", "ticket"], name="vraag_updated"),
            # What is due to be made anonymous, and what after that to be deleted.
            models.Index(
                fields=["updated_at"],
                condition=models.Q(
                    geanonimiseerd_op=None,
                    status__in=[VraagStatus.BEANTWOORD, VraagStatus.GESLOTEN],
                ),
                name="vraag_to_anonymise",
            ),
            models.Index(
                fields=["geanonimiseerd_op"],
                condition=models.Q(geanonimiseerd_op__isnull=False),
                name="vraag_anonymised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.titel}"

    @property
    def herkomst(self) -> str:
        """The page or regulation that the question started from, with its part."""
        return ", ".join(filter(None, (self.herkomst_titel, self.herkomst_sectie)))

    @property
    def key(self) -> str:
        return f"vraag:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status not in (VraagStatus.BEANTWOORD, VraagStatus.GESLOTEN)

    @property
    def is_late(self) -> bool:
        return (
            self.is_open
            and self.status != VraagStatus.WACHT_OP_VRAGER
            and self.due_at < timezone.now()
        )


class Bericht(models.Model):
    """A message in the thread, or an internal note that never leaves the desk."""

    class Soort(models.TextChoices):
        VRAAG = "vraag", _("vraag")
        REACTIE = "reactie", _("reactie van de vrager")
        ANTWOORD = "antwoord", _("antwoord")
        NOTITIE = "notitie", _("interne notitie")

    # What the asker and colleagues wrote.
    BY_ASKER = (Soort.VRAAG, Soort.REACTIE)

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="berichten")
    followup = models.OneToOneField(
        "helpdesk.FollowUp", models.PROTECT, null=True, related_name="bericht"
    )
    soort = models.CharField(max_length=12, choices=Soort.choices)
    kanaal = models.CharField(max_length=20, choices=Kanaal.choices, default=Kanaal.WEB)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    citaat = models.TextField(
        blank=True,
        help_text=_(
            "Wat in een mail om de nieuwe tekst heen stond: eerdere mails, handtekening."
        ),
    )
    mail = models.ForeignKey(
        Mailbericht, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    form_key = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Van welk formulier dit kwam: een tweede keer telt niet."),
    )
    bijlagen = GenericRelation(
        Bijlage, content_type_field="owner_type", object_id_field="owner_id"
    )

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} bij {self.vraag_id}"

    @property
    def is_internal(self) -> bool:
        return self.soort == self.Soort.NOTITIE


class Bronverwijzing(models.Model):
    """A source that an answer cites: what, where in it, which version, as printed."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="bronnen")
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    anker = models.CharField(max_length=120, blank=True)
    titel = models.CharField(max_length=300)
    sectie = models.CharField(max_length=300, blank=True)
    versie = models.DateField(_("gecontroleerd op"), null=True, blank=True)
    url = models.CharField(max_length=500)
    tekst = models.CharField(_("zoals afgedrukt"), max_length=700)
    bron = models.ForeignKey(
        Bron, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bronverwijzing")
        verbose_name_plural = _("bronverwijzingen")

    def __str__(self) -> str:
        return self.tekst


class Gebeurtenis(models.Model):
    """What happened to a question, by whom: timeline and audit. Never changed."""

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="gebeurtenissen")
    soort = models.CharField(max_length=40)
    tekst = models.CharField(max_length=500)
    intern = models.BooleanField(default=False)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    bericht = models.ForeignKey(
        Bericht, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.tekst

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("een gebeurtenis wordt nooit veranderd")
        super().save(*args, **kwargs)


class Wachtperiode(models.Model):
    """A period in which the clock stands still: waiting for the asker."""

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="wachtperiodes")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True, blank=True)
    herinneringen = models.PositiveSmallIntegerField(default=0)
    herinnerd_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("wachtperiode")
        verbose_name_plural = _("wachtperiodes")
        constraints = [
            models.UniqueConstraint(
                fields=["vraag"],
                condition=models.Q(end=None),
                name="wachtperiode_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end or '…'}"


class Concept(models.Model):
    """What somebody is writing, kept on the server per person."""

    class Soort(models.TextChoices):
        ANTWOORD = "antwoord", _("antwoord")
        NOTITIE = "notitie", _("interne notitie")

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="concepten")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    soort = models.CharField(max_length=12, choices=Soort.choices)
    text = models.TextField(blank=True)
    bronnen = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "user", "soort"], name="concept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} van {self.user_id}"


class Routeterm(models.Model):
    """A word that points to a team; a coordinator edits these."""

    class Soort(models.TextChoices):
        GROEP = "groep", _("doelgroep")
        ONDERWERP = "onderwerp", _("onderwerp")
        RECHT = "recht", _("juridisch")
        ZELF = "zelf", _("frontoffice")
        DRINGEND = "dringend", _("dringend")

    tekst = models.CharField(_("woord of woorden"), max_length=120)
    soort = models.CharField(_("soort"), max_length=12, choices=Soort.choices)
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="routetermen"
    )
    gewicht = models.PositiveSmallIntegerField(
        _("gewicht"), default=2, help_text=_("1 aanwijzing, 2 duidelijk, 3 beslissend")
    )

    class Meta:
        verbose_name = _("routeterm")
        verbose_name_plural = _("routetermen")
        ordering = ["team", "-gewicht", "tekst"]
        constraints = [
            models.UniqueConstraint(
                fields=["tekst", "team", "soort"], name="routeterm_once"
            )
        ]

    def __str__(self) -> str:
        return self.tekst


class Sluitingsdag(models.Model):
    """A day on which the desk is closed or, without ``vrij``, open all the same.

    With a team it holds for that team alone, and before the common row of the day.
    """

    datum = models.DateField(_("datum"))
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sluitingsdagen",
        verbose_name=_("team"),
    )
    naam = models.CharField(_("naam"), max_length=80)
    vrij = models.BooleanField(_("loket gesloten"), default=True)

    class Meta:
        verbose_name = _("sluitingsdag")
        verbose_name_plural = _("sluitingsdagen")
        ordering = ["datum", "team"]
        constraints = [
            models.UniqueConstraint(
                fields=["datum", "team"], name="sluitingsdag_once_per_team"
            ),
            models.UniqueConstraint(
                fields=["datum"],
                condition=models.Q(team=None),
                name="sluitingsdag_common_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.datum:%d-%m-%Y} {self.naam}"


class Berichtvoorkeur(models.Model):
    """When a member of staff wants to hear of work."""

    class Wanneer(models.TextChoices):
        DIRECT = "direct", _("meteen")
        DAGELIJKS = "dagelijks", _("één keer per dag")
        UIT = "uit", _("niet per mail")

    user = models.OneToOneField(User, models.CASCADE, related_name="berichtvoorkeur")
    wanneer = models.CharField(
        _("bericht over werk"),
        max_length=12,
        choices=Wanneer.choices,
        default=Wanneer.DIRECT,
    )

    class Meta:
        verbose_name = _("berichtvoorkeur")
        verbose_name_plural = _("berichtvoorkeuren")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_wanneer_display()}"


class Dagbericht(models.Model):
    """A notice that waits for the daily mail of somebody."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="+")
    reden = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dagbericht")
        verbose_name_plural = _("dagberichten")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.reden


class Zelfgevonden(models.Model):
    """Somebody said that a suggested page answered the question; nothing of who."""

    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    titel = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("zelf gevonden antwoord")
        verbose_name_plural = _("zelf gevonden antwoorden")

    def __str__(self) -> str:
        return self.titel
