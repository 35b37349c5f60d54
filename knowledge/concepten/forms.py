"""Forms of the drafts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlainMessagesMixin
from knowledge.regelingen.modellen.parts import Keuze, Keuzesoort, Veld

PREFIX = "k-"
_NUMERIC = {"inputmode": "numeric"}


class BlankField(forms.CharField):
    """What goes into a blank of the text: one line, without brackets."""

    def __init__(self, keuze: Keuze) -> None:
        self.veld = keuze.veld
        widget: forms.Widget = forms.TextInput()
        if keuze.veld is Veld.DATUM:
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        elif keuze.veld in (Veld.GETAL, Veld.BEDRAG):
            widget = forms.TextInput(attrs={**_NUMERIC, "class": "kort"})
        super().__init__(
            label=keuze.vraag, required=False, max_length=500, widget=widget
        )

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return ""
        if re.search(r"[\[\]]", text):
            raise forms.ValidationError(_("Laat de haakjes [ en ] weg."))
        if self.veld is Veld.GETAL and not re.fullmatch(r"\d{1,9}(?:,\d{1,4})?", text):
            raise forms.ValidationError(_("Vul een getal in, zoals 12."))
        if self.veld is Veld.BEDRAG:
            text = re.sub(r"^€\s*|[. ](?=\d{3}(?:\D|$))|,-$", "", text)
            if not re.fullmatch(r"\d{1,9}(?:,\d{2})?", text):
                raise forms.ValidationError(
                    _("Vul een bedrag in, zoals 950 of 950,50.")
                )
        if self.veld is Veld.DATUM:
            day = _day(text)
            if day is None:
                raise forms.ValidationError(_("Vul een datum in, zoals 24-12-2026."))
            text = day.isoformat()
        return text


def _day(text: str) -> datetime.date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    parts = found.groups() if found else None
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text):
        parts = found.groups()[::-1]
    try:
        return datetime.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


class StapForm(PlainMessagesMixin, forms.Form):
    """The questions of one step. Every question may stay open."""

    def __init__(
        self,
        keuzes: Iterable[Keuze],
        answers: Mapping[str, str],
        data: Any = None,
    ) -> None:
        self.keuzes = list(keuzes)
        initial = {f"{PREFIX}{k.naam}": answers.get(k.naam, "") for k in self.keuzes}
        super().__init__(data, initial=initial)
        for keuze in self.keuzes:
            self.fields[f"{PREFIX}{keuze.naam}"] = self._field(keuze)

    @staticmethod
    def _field(keuze: Keuze) -> forms.Field:
        if keuze.soort is Keuzesoort.INVULVELD:
            return BlankField(keuze)
        return forms.ChoiceField(
            label=keuze.vraag,
            required=False,
            choices=[(optie.naam, optie.label) for optie in keuze.opties],
            widget=forms.RadioSelect,
        )

    def answers(self) -> dict[str, str]:
        """What was filled in well. A question without an answer that was sent stays as it
        was, and so does what is wrong."""
        found = {}
        for name, field in self.fields.items():
            if name not in self.cleaned_data or name not in self.data:
                continue
            value = self.cleaned_data[name]
            if value or isinstance(field, BlankField):
                found[name.removeprefix(PREFIX)] = value
        return found


class ArtikelForm(PlainMessagesMixin, forms.Form):
    title = forms.CharField(label=_("Titel van het artikel"), max_length=300)
    text = forms.CharField(
        label=_("Tekst"),
        help_text=_(
            "Begin een lid met 1. en een onderdeel met a., elk op een eigen regel. Verwijzen doet u met gewone woorden, zoals: artikel 5, tweede lid. Als nummers veranderen, gaan de verwijzingen mee."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
        strip=False,
    )
    note = forms.CharField(
        label=_("Toelichting"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
    )


class EigenArtikelForm(ArtikelForm):
    after = forms.ChoiceField(label=_("Komt na"))

    field_order = ["after", "title", "text", "note"]

    def __init__(
        self, places: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = places  # type: ignore[attr-defined]


class KeepForm(PlainMessagesMixin, forms.Form):
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
