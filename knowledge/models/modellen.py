"""A model ordinance in the editor, and what a municipality makes of it."""

import secrets
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page

from core.models import Contact, Gemeente
from knowledge.panels import ModelReportPanel
from knowledge.regelingen.modellen.checking import check
from knowledge.regelingen.modellen.reading import MAX_CHARS, Fault, parse

from .regelingen import Regeling, RegelingVersie
from .site_pages import TITLE_HELP, slug_panel
from .workflow import FourEyesMixin


class ModelverordeningForm(WagtailAdminPageForm):
    bestand = forms.FileField(
        label=_("Tekstbestand"),
        required=False,
        help_text=_("Een .txt-bestand. Het komt in de plaats van de tekst hieronder."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        upload = cleaned.get("bestand")
        if upload is None:
            return cleaned
        if upload.size > MAX_CHARS:
            self.add_error("bestand", _("Dit bestand is te groot voor een model."))
            return cleaned
        try:
            cleaned["tekst"] = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(
                "bestand",
                _(
                    "Dit is geen tekstbestand. Bewaar het als platte tekst (UTF-8), of plak de tekst hieronder."
                ),
            )
        return cleaned


class Modelverordening(FourEyesMixin, Page):
    """The editorial side of a model: introduction and text. What is published becomes a
    version of a regulation."""

    inleiding = models.TextField(
        _("inleiding"),
        blank=True,
        help_text=_("Voor wie is dit model, en wat moet iemand vooraf weten?"),
    )
    tekst = models.TextField(_("tekst van het model"), blank=True)
    regeling = models.OneToOneField(
        Regeling,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("regeling"),
        related_name="modelpagina",
    )

    base_form_class = ModelverordeningForm
    content_panels = [
        TitleFieldPanel("title", help_text=TITLE_HELP),
        FieldPanel("inleiding"),
        ModelReportPanel(),
        FieldPanel("bestand"),
        FieldPanel("tekst", widget=forms.Textarea(attrs={"rows": 40})),
    ]
    promote_panels = [slug_panel()]
    page_description = _("Een voorbeeldverordening met keuzes.")
    parent_page_types = ["knowledge.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("modelverordening")
        verbose_name_plural = _("modelverordeningen")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Readers find a model among the other regulations."""
        if self.regeling is None:
            return redirect("knowledge:regelingen")
        return redirect(self.regeling)

    def report(self) -> list[Fault]:
        """What is wrong with the text, or must be looked at; empty without a text."""
        if not self.tekst.strip():
            return []
        found = parse(self.tekst)
        if found.model is None:
            return list(found.faults)
        return check(found.model, timezone.localdate().year)

    def missing_for_publication(self) -> dict[str, Any]:
        if not self.tekst.strip():
            return {"tekst": _("Plak de tekst van het model, of kies een bestand.")}
        serious = [str(fault) for fault in self.report() if fault.serious]
        return {"tekst": " ".join(serious)} if serious else {}


def new_key() -> str:
    return secrets.token_urlsafe(24)


class ConceptVerordening(models.Model):
    """A municipality's own text, made from a model. It holds the text of the model, so
    that it goes on without it.

    key: who knows it may open the draft, until somebody keeps it under an address.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    model = models.ForeignKey(
        Regeling,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("model"),
        related_name="concepten",
    )
    versie = models.ForeignKey(
        RegelingVersie,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("versie van het model"),
        related_name="+",
    )
    modeltekst = models.TextField(_("tekst van het model"))
    contact = models.ForeignKey(
        Contact,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("van"),
        related_name="concepten",
    )
    gedeeld_met = models.ForeignKey(
        Gemeente,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("gedeeld met"),
        related_name="concepten",
    )
    answers = models.JSONField(_("keuzes"), default=dict, blank=True)
    edits = models.JSONField(_("eigen wijzigingen"), default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("conceptverordening")
        verbose_name_plural = _("conceptverordeningen")
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"{self.model or _('Concept')} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("knowledge:concept", args=[self.key])

    @property
    def object_key(self) -> str:
        """What a login link names to lead back here."""
        return f"concept:{self.pk}"


class ConceptWijziging(models.Model):
    """What happened to a draft; only added to."""

    class Soort(models.TextChoices):
        BEGONNEN = "begonnen", _("begonnen")
        KEUZES = "keuzes", _("keuzes gemaakt")
        ARTIKEL = "artikel", _("artikel gewijzigd")
        BEWAARD = "bewaard", _("bewaard")
        GEDEELD = "gedeeld", _("delen gewijzigd")
        MODEL = "model", _("nieuw model verwerkt")

    concept = models.ForeignKey(
        ConceptVerordening,
        models.CASCADE,
        related_name="wijzigingen",
        verbose_name=_("concept"),
    )
    soort = models.CharField(_("soort"), max_length=20, choices=Soort.choices)
    note = models.TextField(_("wat er gebeurde"))
    before = models.JSONField(_("ervoor"), default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wijziging van een concept")
        verbose_name_plural = _("wijzigingen van een concept")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.note
