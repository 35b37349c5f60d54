"""What the index is made from, kept in the database: feeds engines, highlight, reconcile."""

from django.db import models


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
    hash = models.CharField(max_length=64)

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
    analysis_version = models.CharField(max_length=40, blank=True)
    commit = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.engine} {self.commit}"
