"""Forms of the desk; every message says what to do."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.forms import DAY, PlainMessagesMixin
from core.gemeenten import gemeenten_named
from core.models import Contact, Gemeente, Team, User
from knowledge.choices import Fase
from loket.models import Bericht, Vraag

MAX_TEXT = 8000
MIN_TEXT = 10
# A dot between two words is how an address looks; 'prof.dr.' and 'J.P.' are names.
_TITLES = re.compile(r"\b(?:prof|dr|drs|mr|ir|ing|dhr|mevr|mw)\.", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[<>/]|\w\w\.\w\w")


def find_gemeente(name: str) -> Gemeente | None:
    """The municipality of today with this name; of a merged one what it became."""
    found = next(iter(gemeenten_named(name)), None)
    if found is None or found.exists_on(timezone.localdate()):
        return found
    return found.opvolger


class AskForm(PlainMessagesMixin, forms.Form):
    """Screen 1: what, which gemeente, where to answer."""

    text = forms.CharField(
        label=_("Uw vraag"),
        help_text=_(
            "Schrijf in uw eigen woorden. Noem geen namen of andere persoonsgegevens van inwoners."
        ),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Schrijf op wat u wilt weten."),
            "max_length": _(
                "Uw vraag is te lang. Maak hem korter dan %(limit_value)s tekens, of stuur een bijlage mee."
            ),
        },
    )
    gemeente = forms.CharField(
        label=_("Gemeente"),
        help_text=_(
            "Begin te typen en kies uw gemeente. Werkt u niet bij een gemeente? Laat dit leeg en kies hieronder uw organisatie."
        ),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "gemeenten", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Hier sturen wij het antwoord naartoe."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Vul een e-mailadres in, zoals naam@gemeente.nl")
        },
    )
    organisatietype = forms.ChoiceField(
        label=_("Soort organisatie"),
        choices=Contact.Organisatietype.choices,
        initial=Contact.Organisatietype.GEMEENTE,
        required=False,
    )
    organisatie = forms.CharField(
        label=_("Naam van uw organisatie"), required=False, max_length=150
    )
    naam = forms.CharField(
        label=_("Uw naam"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    functie = forms.CharField(label=_("Uw functie"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Needed for municipal askers, so not shown as a field that may stay empty.
        self.fields["gemeente"].hide_optional = True  # type: ignore[attr-defined]

    def clean_naam(self) -> str:
        """Our mails say this name: it must not be a way to send others an address."""
        name = self.cleaned_data["naam"]
        if _NOT_A_NAME.search(_TITLES.sub(" ", name)):
            raise forms.ValidationError(
                _(
                    "Vul hier alleen uw naam in, zonder webadres en zonder de tekens < > en /."
                )
            )
        return name

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if len(text) < MIN_TEXT:
            raise forms.ValidationError(
                _("Schrijf iets meer, zodat wij uw vraag begrijpen.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("organisatietype") or Contact.Organisatietype.GEMEENTE
        data["organisatietype"] = kind
        name = data.get("gemeente", "")
        data["gemeente_row"] = find_gemeente(name)
        if name and data["gemeente_row"] is None:
            self.add_error(
                "gemeente",
                _("Deze gemeente kennen wij niet. Kies een naam uit de lijst."),
            )
        elif kind == Contact.Organisatietype.GEMEENTE and not name:
            self.add_error(
                "gemeente",
                _(
                    "Kies uw gemeente. Werkt u ergens anders? Kies dan bij 'Soort organisatie' wat past."
                ),
            )
        elif kind != Contact.Organisatietype.GEMEENTE and not data.get("organisatie"):
            self.add_error("organisatie", _("Vul de naam van uw organisatie in."))
        return data


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files in one field; a list, empty when none was chosen."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class FilesForm(PlainMessagesMixin, forms.Form):
    """Screen 2: attachments."""

    bijlagen = MultipleFileField(
        label=_("Bijlagen"),
        required=False,
        help_text=_(
            "Hoogstens 5 bestanden van 25 MB: PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, TXT of CSV. Stuur geen persoonsgegevens van inwoners."
        ),
        error_messages={"empty": _("Dit bestand is leeg. Kies het opnieuw.")},
    )


def new_form_key() -> str:
    """What tells the same form, sent twice, from two forms."""
    return uuid4().hex


class ReplyForm(FilesForm):
    text = forms.CharField(
        label=_("Uw reactie"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "class": "kort"}),
        error_messages={"required": _("Schrijf eerst uw reactie.")},
    )
    sleutel = forms.CharField(
        required=False,
        max_length=64,
        initial=new_form_key,
        widget=forms.HiddenInput,
    )
    field_order = ["text", "bijlagen", "sleutel"]


class ColleagueForm(PlainMessagesMixin, forms.Form):
    """The address of a colleague, to read along or to take over."""

    email = forms.EmailField(
        label=_("E-mailadres van uw collega"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Vul een e-mailadres in, zoals naam@gemeente.nl")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "collega-%s", **kwargs})


class AdmitForm(ColleagueForm):
    """The address of who works for the gemeente with another mail domain."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="toelating-%s", **kwargs)
        self.fields["email"].label = _("E-mailadres van wie voor uw gemeente werkt")


# -- workplace: one form per act; the part before the name keeps their ids apart --------


def area(**attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs=attrs)


class AnswerForm(PlainMessagesMixin, forms.Form):
    """An answer, or a question back: the same text, another button."""

    antwoord = forms.CharField(widget=area(**{"data-toets": "r"}))

    def __init__(
        self,
        *args: Any,
        vraag: Vraag,
        recipients: Iterable[str],
        question_back: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        field = self.fields["antwoord"]
        field.label = _("Antwoord aan %(naam)s") % {
            "naam": vraag.contact.naam or _("de vrager")
        }
        field.help_text = _(
            "Dit antwoord gaat naar: %(naar)s. Kort antwoord eerst, dan de grondslag, dan tot wanneer het geldt."
        ) % {"naar": ", ".join(recipients) or _("niemand per mail")}
        field.error_messages["required"] = (
            _("Schrijf hier wat u van de vrager wilt weten.")
            if question_back
            else _("Schrijf eerst uw antwoord.")
        )


class NoteForm(PlainMessagesMixin, forms.Form):
    notitie = forms.CharField(
        label=_("Notitie (de vrager ziet dit niet)"),
        widget=area(**{"class": "kort"}),
        error_messages={"required": _("Schrijf eerst uw notitie.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)


class PassOnForm(PlainMessagesMixin, forms.Form):
    """To another team; the team that reads along is offered first."""

    team = forms.ModelChoiceField(
        label=_("Naar team"),
        queryset=Team.objects.none(),
        to_field_name="slug",
        empty_label=None,
        error_messages={
            code: _("Kies het team dat de vraag krijgt.")
            for code in ("required", "invalid_choice")
        },
    )
    reden = forms.CharField(
        label=_("Waarom?"),
        max_length=300,
        error_messages={"required": _("Schrijf op waarom dit team de vraag krijgt.")},
    )

    def __init__(self, *args: Any, vraag: Vraag, **kwargs: Any) -> None:
        initial = {"team": vraag.tweede_team}
        super().__init__(*args, auto_id="door-%s", initial=initial, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = Team.objects.exclude(pk=vraag.team_id).order_by("naam")
        if vraag.tweede_team_id is None:
            field.empty_label = _("Kies een team")


class AssignForm(PlainMessagesMixin, forms.Form):
    collega = forms.TypedChoiceField(
        label=_("Wijs toe aan"),
        coerce=int,
        error_messages={
            code: _("Kies een collega uit de lijst.")
            for code in ("required", "invalid_choice")
        },
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[tuple[User, bool]], **kwargs: Any
    ) -> None:
        super().__init__(*args, auto_id="toe-%s", **kwargs)
        rows = [
            (user.pk, f"{user.name} ({_('vandaag afwezig')})" if away else user.name)
            for user, away in colleagues
        ]
        field: Any = self.fields["collega"]
        field.choices = rows or [("", _("dit team heeft nog geen leden"))]


class PhaseForm(PlainMessagesMixin, forms.Form):
    fase = forms.ChoiceField(
        label=_("In welke fase is het beleid van de vrager?"),
        choices=[("", _("onbekend")), *Fase.choices],
        required=False,
        error_messages={"invalid_choice": _("Kies een fase uit de lijst.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["fase"].hide_optional = True  # type: ignore[attr-defined]


class LaterForm(PlainMessagesMixin, forms.Form):
    verwacht_op = forms.DateField(
        label=_("Op welke dag heeft de vrager antwoord?"), **DAY
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="later-%s", **kwargs)


class CloseForm(PlainMessagesMixin, forms.Form):
    reden = forms.CharField(
        label=_("Reden (de vrager leest dit)"),
        max_length=300,
        error_messages={
            "required": _("Schrijf op waarom u de vraag sluit; de vrager leest dit.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sluit-%s", **kwargs)


class KnowledgeForm(PlainMessagesMixin, forms.Form):
    """From answer to page: everything filled in, a person confirms."""

    title = forms.CharField(label=_("De vraag, zoals iemand die stelt"), max_length=200)
    kort_antwoord = forms.CharField(
        label=_("Kort antwoord"),
        help_text=_("Hoogstens 60 woorden."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "kort"}),
    )
    text = forms.CharField(
        label=_("Antwoord"),
        help_text=_("Haal namen en andere herleidbare gegevens weg."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    doelgroepen: Any = forms.ModelMultipleChoiceField(
        label=_("Doelgroepen"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themas: Any = forms.ModelMultipleChoiceField(
        label=_("Thema's"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirmed = forms.BooleanField(
        label=_("Er staan geen persoonsgegevens in deze tekst"),
        error_messages={"required": _("Controleer de tekst en zet dan een vinkje.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from knowledge.models import Aandachtsgroep, Thema

        super().__init__(*args, **kwargs)
        self.fields["doelgroepen"].queryset = Aandachtsgroep.objects.all()  # type: ignore[attr-defined]
        self.fields["themas"].queryset = Thema.objects.all()  # type: ignore[attr-defined]

    def clean_kort_antwoord(self) -> str:
        text = self.cleaned_data["kort_antwoord"]
        if len(text.split()) > 60:
            raise forms.ValidationError(
                _("Maak het korte antwoord korter dan 60 woorden.")
            )
        return text


class MergeForm(PlainMessagesMixin, forms.Form):
    """Another question that goes on in this one: from the list, or by its reference."""

    keuze = forms.ChoiceField(
        label=_("Open vragen van deze vrager"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een vraag uit de lijst.")},
    )
    kenmerk = forms.CharField(
        label=_("Of vul het kenmerk van een vraag in"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "V-2026-7K3M9Q"}),
    )
    bevestigd = forms.BooleanField(
        label=_("Ja, voeg samen, ook al is de andere vrager iemand anders"),
        required=False,
    )
    meelezen = forms.BooleanField(
        label=_("Stuur de andere vrager een link om mee te lezen"), required=False
    )

    def __init__(
        self,
        *args: Any,
        candidates: Iterable[Vraag],
        ask_twice: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="samen-%s", **kwargs)
        rows = [(row.reference, f"{row.titel} ({row.reference})") for row in candidates]
        field: Any = self.fields["keuze"]
        field.choices = rows
        if not rows:
            del self.fields["keuze"]
            self.fields["kenmerk"].label = _("Kenmerk van de andere vraag")
        for name in self.fields:
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        if not ask_twice:
            del self.fields["bevestigd"], self.fields["meelezen"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["andere"] = (
            (data.get("kenmerk") or data.get("keuze") or "").strip().upper()
        )
        if not data["andere"] and not self.errors:
            name = "keuze" if "keuze" in self.fields else "kenmerk"
            self.add_error(name, _("Kies een vraag, of vul een kenmerk in."))
        return data


class SplitForm(PlainMessagesMixin, forms.Form):
    """The messages that go on as a question of their own."""

    berichten = forms.TypedMultipleChoiceField(
        label=_("Welke berichten horen bij de tweede vraag?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            code: _("Kies de berichten die verder gaan.")
            for code in ("required", "invalid_choice")
        },
    )

    def __init__(self, *args: Any, berichten: Iterable[Bericht], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="splits-%s", **kwargs)
        field: Any = self.fields["berichten"]
        field.choices = [
            (row.pk, f"{row.get_soort_display()}: {Truncator(row.text).words(12)}")
            for row in berichten
        ]


class HandOverForm(PlainMessagesMixin, forms.Form):
    """The front office has a question change hands for an asker who cannot."""

    email = forms.EmailField(
        label=_("E-mailadres van de nieuwe vrager"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Vul een e-mailadres in, zoals naam@gemeente.nl")
        },
    )
    reden = forms.CharField(
        label=_("Waarom? (de vrager leest dit niet)"),
        max_length=300,
        error_messages={"required": _("Schrijf op waarom u de vraag overdraagt.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="over-%s", **kwargs)
