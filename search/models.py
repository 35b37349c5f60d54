"""What the index is made from, what editors steer, and what was asked."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One findable thing as it was last indexed."""

    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=300)
    kind_label = models.CharField(max_length=80)
    summary = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    keywords = models.JSONField(default=list)
    weak_keywords = models.JSONField(default=list)
    facets = models.JSONField(default=dict)
    audience = models.CharField(max_length=40, default="public")
    checked_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    # What was stored, and what every engine is known to hold; they differ until written.
    digest = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="document_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_id}"


class Sectie(models.Model):
    """A section of a document: raw text, so that marks stand on what readers see."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="secties")
    ordinal = models.PositiveIntegerField()
    anchor = models.CharField(max_length=120, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    citations = models.JSONField(default=list)
    places = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "ordinal"], name="sectie_once")
        ]
        ordering = ["document", "ordinal"]

    def __str__(self) -> str:
        return self.heading or self.path


class FacetLabel(models.Model):
    """How a facet value is shown."""

    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="facet_label_once")
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {self.label}"


class IndexState(models.Model):
    """Which index is live; readers in every process look here."""

    engine = models.CharField(max_length=60, unique=True)
    directory = models.CharField(max_length=200, blank=True)
    building = models.CharField(max_length=200, blank=True)
    analysis_version = models.CharField(max_length=40, blank=True)
    commit = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.engine} {self.commit}"


class Woord(models.Model):
    """A word that stands in the index, for unknown words and spelling.

    forms: its stem and weaker forms, joined by spaces.
    """

    word = models.CharField(max_length=80, unique=True)
    documents = models.PositiveIntegerField(default=1)
    forms = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.word


class Steered(models.Model):
    """What an editor sets for the search: live at once, with an owner, undone in one step."""

    active = models.BooleanField(_("werkt"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("eigenaar"),
    )
    changed_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    class Meta:
        abstract = True


class Synonym(Steered):
    """Who types ``word`` also finds pages with ``synonym``, at ``weight``."""

    word = models.CharField(
        _("wat iemand typt"),
        max_length=120,
        help_text=_("Eén of meer woorden, bijvoorbeeld: kamer na de ggz"),
    )
    synonym = models.CharField(
        _("wat ook gevonden wordt"),
        max_length=120,
        help_text=_("Het woord op onze pagina's, bijvoorbeeld: beschermd wonen"),
    )
    both_ways = models.BooleanField(
        _("werkt beide kanten op"),
        default=False,
        help_text=_("Vink aan als de woorden hetzelfde betekenen."),
    )
    weight = models.FloatField(
        _("gewicht"),
        default=0.5,
        validators=[MinValueValidator(0.1), MaxValueValidator(1.0)],
        help_text=_("0,5 is gewoon; 0,9 voor een afkorting; 0,3 voor een los verband."),
    )
    source = models.CharField(_("bron"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")
        ordering = ["word", "synonym"]
        constraints = [
            models.UniqueConstraint(fields=["word", "synonym"], name="synonym_once")
        ]

    def __str__(self) -> str:
        arrow = "↔" if self.both_ways else "→"
        return f"{self.word} {arrow} {self.synonym}"


class BestBet(Steered):
    """A page that an editor puts first for a query, with a reason and an end."""

    query = models.CharField(
        _("zoekvraag"),
        max_length=120,
        help_text=_("Alleen bij precies deze woorden, in elke vorm en volgorde."),
    )
    document = models.ForeignKey(
        Document, models.CASCADE, related_name="best_bets", verbose_name=_("pagina")
    )
    reason = models.CharField(
        _("reden"), max_length=200, help_text=_("De bezoeker leest dit bij de treffer.")
    )
    until = models.DateField(_("tot en met"))

    class Meta:
        verbose_name = _("aanbevolen treffer")
        verbose_name_plural = _("aanbevolen treffers")
        ordering = ["query", "until"]
        constraints = [
            models.UniqueConstraint(fields=["query", "document"], name="best_bet_once")
        ]

    def __str__(self) -> str:
        return f"{self.query}: {self.document}"

    def clean(self) -> None:
        if not self.owner_id:
            raise ValidationError({"owner": _("Kies wie deze keuze bewaakt.")})
        if self.until and self.until < timezone.localdate():
            raise ValidationError({"until": _("Kies een dag die nog komt.")})


class StopSuggestion(Steered):
    """A text that the search box never suggests."""

    text = models.CharField(
        _("tekst"),
        max_length=120,
        unique=True,
        help_text=_("Suggesties die zo beginnen, verschijnen niet meer."),
    )

    class Meta:
        verbose_name = _("geweerde suggestie")
        verbose_name_plural = _("geweerde suggesties")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class SplitException(Steered):
    """How a long word falls apart, where the analysis is wrong; without parts: not."""

    word = models.CharField(_("woord"), max_length=80, unique=True)
    parts = models.CharField(
        _("delen"),
        max_length=120,
        blank=True,
        help_text=_("Met spaties ertussen: nood opvang. Leeg: het woord blijft heel."),
    )

    class Meta:
        verbose_name = _("splitsing")
        verbose_name_plural = _("splitsingen")
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word}: {self.parts or _('blijft heel')}"


class ApprovedQuery(Steered):
    """A query that many asked and an editor lets the search box suggest."""

    text = models.CharField(_("zoekvraag"), max_length=160, unique=True)

    class Meta:
        verbose_name = _("goedgekeurde zoekvraag")
        verbose_name_plural = _("goedgekeurde zoekvragen")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class SeededSynonym(models.Model):
    """A row of the word list that was loaded once: it never comes back by itself."""

    word = models.CharField(max_length=120)
    synonym = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "synonym"], name="seeded_synonym_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.synonym}"


class SteeringChange(models.Model):
    """One act of an editor on what steers the search; enough to take it back.

    before and after: the fields of the object by name; empty where it did not exist.
    """

    class Action(models.TextChoices):
        ADDED = "toegevoegd", _("toegevoegd")
        CHANGED = "gewijzigd", _("gewijzigd")
        OFF = "uitgezet", _("uitgezet")
        ON = "aangezet", _("aangezet")
        DELETED = "verwijderd", _("verwijderd")

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=400)
    action = models.CharField(max_length=20, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    undoes = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_action_display()}"


class QueryCount(models.Model):
    """How often a query was asked on a day, and with what result; of whom nothing is kept.

    filters: chosen filters as 'soort=wet groep=jongeren'. sources: distinct networks of
    that day. clicks and rank_sum: opened hits, and their ranks added up.
    """

    day = models.DateField()
    text = models.CharField(max_length=160)
    filters = models.CharField(max_length=200, blank=True)
    asked = models.PositiveIntegerField(default=0)
    sources = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(default=0)
    zero = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    rank_sum = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "text", "filters"], name="query_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class QuerySource(models.Model):
    """That a source asked a query today, by salted hash; gone when the day is over."""

    count = models.ForeignKey(QueryCount, models.CASCADE)
    source = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "source"], name="query_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.source


class DailySalt(models.Model):
    """The secret of one day, with which sources are counted; destroyed after that day."""

    day = models.DateField(unique=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)
