"""What a visitor hands in to compare."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from core.bijlagen import clean_name
from core.forms import PlainMessagesMixin
from core.parameters import parse_pk
from knowledge.regelingen import apart, vergelijk_selectors
from knowledge.regelingen.limits import MAX_BYTES, megabytes
from knowledge.regelingen.vergelijk_services import Eigen, Keuze
from knowledge.regelingen.vergelijken.rows import MAX_TEXTS, too_large

MAX_PASTED = 1_000_000
OWN = _("Uw tekst")
PLACES = (_("Eerste tekst"), _("Tweede tekst"), _("Derde tekst"), _("Vierde tekst"))


class TekstForm(PlainMessagesMixin, forms.Form):
    """One of the texts: a regulation that is here, a file, or words that are pasted."""

    regeling = forms.ChoiceField(
        label=_("Regeling op deze site"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "Deze regeling staat hier niet meer. Kies een andere uit de lijst."
            )
        },
    )
    bestand = forms.FileField(
        label=_("Bestand (DOCX of XML)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.xml"}),
        error_messages={
            "empty": _("Dit bestand is leeg. Kies het bestand opnieuw."),
            "invalid": _("Kies het bestand opnieuw."),
        },
    )
    plak = forms.CharField(
        label=_("Of plak de tekst"),
        required=False,
        max_length=MAX_PASTED,
        widget=forms.Textarea(attrs={"rows": 5, "class": "kort"}),
        error_messages={
            "max_length": _(
                "Deze tekst is langer dan %(limit_value)d tekens. Plak alleen het deel dat u wilt vergelijken, of kies een bestand."
            )
        },
    )

    def __init__(
        self,
        *args: Any,
        keuzes: list[tuple[int, str]],
        plaats: str = "",
        eerst: str = "bestand",
        bewaard: str = "",
        nodig: bool = False,
        **kwargs: Any,
    ) -> None:
        """plaats: what this text is called. eerst: the field that is asked for when all
        are empty. bewaard: the name of what stands at this place already."""
        super().__init__(*args, **kwargs)
        self.plaats = plaats
        self.eerst = eerst
        self.bewaard = bewaard
        self.nodig = nodig and not bewaard
        self.keuze: Keuze | None = None
        empty = _("Kies een regeling")
        field = self.fields["regeling"]
        field.choices = [("", empty), *((str(pk), name) for pk, name in keuzes)]  # type: ignore[attr-defined]
        for each in self.fields.values():
            each.hide_optional = True  # type: ignore[attr-defined]

    def leave_unread(self) -> None:
        """Show the fields as they were typed, without reading what is in them."""
        self._errors = ErrorDict()

    def clean_bestand(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["bestand"]
        if upload is not None and (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "Dit bestand is %(size)s MB; de grens is %(limit)s MB. Haal grote afbeeldingen eruit en sla het opnieuw op als DOCX."
                )
                % {
                    "size": megabytes(upload.size or 0),
                    "limit": megabytes(MAX_BYTES),
                }
            )
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [name for name in ("regeling", "bestand", "plak") if data.get(name)]
        if self.errors:
            return data
        if len(given) > 1:
            names = [str(self.fields[name].label).lower() for name in given]
            self.add_error(
                given[-1],
                _("Kies één manier. U gaf nu: %(manieren)s.")
                % {"manieren": _(" en ").join(names)},
            )
        elif not given and self.nodig:
            self.add_error(
                self.eerst,
                _("Kies een regeling, kies een bestand of plak een tekst."),
            )
        elif given:
            self._choose(given[0], data)
        return data

    def _choose(self, given: str, data: dict[str, Any]) -> None:
        if given == "regeling":
            found = vergelijk_selectors.versions([parse_pk(data["regeling"]) or 0])
            if not found:
                self.add_error(
                    "regeling", self.fields["regeling"].error_messages["invalid_choice"]
                )
                return
            versie = found[0]
            if fault := too_large(versie.tekst):
                self.add_error("regeling", fault)
                return
            self.keuze = versie
            return
        if given == "plak":
            read = apart.read(data["plak"].encode(), str(OWN), pasted=True)
        else:
            upload = data["bestand"]
            read = apart.read(upload.read(), clean_name(upload.name))
        if read.regeling is None:
            self.add_error(given, read.refusal)
        elif fault := too_large(read.regeling):
            self.add_error(given, fault)
        else:
            text = read.regeling
            name = text.citeertitel or text.title
            self.keuze = Eigen(name[:300], text, read.warnings)


def forms_for(
    data: Any,
    files: Any,
    *,
    bewaard: dict[int, str],
    gekozen: dict[int, int],
) -> list[TekstForm]:
    """A form for each place. bewaard: the names of what stands there; gekozen: the
    regulations that are chosen beforehand."""
    keuzes = vergelijk_selectors.options(tuple(gekozen.values()))
    return [
        TekstForm(
            data,
            files,
            prefix=f"tekst{place}",
            keuzes=keuzes,
            bewaard=bewaard.get(place, ""),
            plaats=str(PLACES[place - 1]),
            eerst="regeling" if place == 1 else "bestand",
            nodig=place <= 2,
            initial={"regeling": str(gekozen.get(place, ""))},
        )
        for place in range(1, MAX_TEXTS + 1)
    ]
