"""The forms of the telephone screen: who calls, and each question of the call."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from core.forms import PlainMessagesMixin
from core.models import Contact, Gemeente
from core.parameters import parse_pk
from loket.forms import MAX_TEXT, MIN_TEXT, FilesForm, area, find_gemeente
from loket.models import SPOKEN

TEAM, ZELF = "team", "zelf"
FEWEST_ROWS, MOST_ROWS = 2, 8
ROW_FIELDS = ("text", "zoek", "keuze", "antwoord")


def _short(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


class CallForm(PlainMessagesMixin, forms.Form):
    """Who calls, from where. An empty 'wie' is an anonymous caller."""

    wie = forms.CharField(
        label=_("Wie belt?"),
        help_text=_(
            "Naam, gemeente of e-mailadres. Laat leeg als de beller anoniem blijft."
        ),
        required=False,
        max_length=200,
        widget=_short(),
    )
    gemeente = forms.CharField(
        label=_("Gemeente"),
        required=False,
        max_length=80,
        widget=_short(list="gemeenten"),
    )
    terugbellen = forms.BooleanField(
        label=_("De beller wil teruggebeld worden"), required=False
    )

    def __init__(
        self, *args: Any, contact: Contact | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        for name in ("wie", "gemeente"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["email"] = self._address(data.get("wie", "").strip())
        data["gemeente_row"] = self._gemeente(data.get("gemeente", ""))
        return data

    def _address(self, typed: str) -> str:
        if not typed:
            return ""
        if self.contact is not None:
            return self.contact.email
        try:
            validate_email(typed)
        except ValidationError:
            self.add_error(
                "wie",
                _(
                    "Kies de beller uit de lijst, of vul een heel e-mailadres in. Blijft de beller anoniem? Maak dit veld dan leeg."
                ),
            )
            return ""
        return typed.lower()

    def _gemeente(self, name: str) -> Gemeente | None:
        if not name:
            return self.contact.gemeente if self.contact else None
        found = find_gemeente(name)
        if found is None:
            self.add_error(
                "gemeente",
                _("Deze gemeente kennen wij niet. Kies een naam uit de lijst."),
            )
        return found


class CallQuestionForm(PlainMessagesMixin, forms.Form):
    """One question: its text, what the knowledge base had, the answer that was given."""

    text = forms.CharField(
        required=False,
        max_length=MAX_TEXT,
        widget=area(rows="3", **{"class": "kort"}),
        error_messages={
            "max_length": _("Maak de vraag korter dan %(limit_value)s tekens.")
        },
    )
    zoek = forms.CharField(
        label=_("Zoek met andere woorden"),
        required=False,
        max_length=200,
        widget=_short(),
    )
    keuze = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    antwoord = forms.CharField(
        label=_("Kort antwoord dat u gaf"),
        required=False,
        max_length=MAX_TEXT,
        widget=area(rows="2", **{"class": "kort"}),
    )

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"vraag-{number}", **kwargs)
        self.number = number
        self.fields["text"].label = _("Vraag %(n)s") % {"n": number}
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        return not (self.value("text").strip() or self.value("antwoord").strip())

    def value(self, name: str) -> str:
        """What the field shows, sent or kept."""
        return self[name].value() or ""

    @property
    def choice(self) -> str:
        return self.value("keuze") or TEAM

    @property
    def words(self) -> str:
        """What to look for in the knowledge base: own words, else the question."""
        own = self.value("zoek").strip()
        text = self.value("text").strip()
        return own or (text[:400] if len(text) >= MIN_TEXT else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_empty:
            return data
        if len(data.get("text", "").strip()) < MIN_TEXT:
            self.add_error(
                "text", _("Schrijf de vraag op, zodat een ander hem begrijpt.")
            )
        if self.choice == ZELF and not data.get("antwoord", "").strip():
            self.add_error("antwoord", _("Schrijf kort op wat u antwoordde."))
        return data


def row_numbers(data: Mapping[str, Any], *, more: bool = False) -> range:
    """Which questions the form shows: those that were sent, at least two."""
    count = parse_pk(str(data.get("aantal", ""))) or FEWEST_ROWS
    return range(1, min(max(count + more, FEWEST_ROWS), MOST_ROWS) + 1)


def call_forms(
    data: Mapping[str, Any], *, bound: bool, contact: Contact | None, more: bool = False
) -> tuple[CallForm, Sequence[CallQuestionForm]]:
    """The forms with what was sent, or with what was kept of an earlier moment."""

    def arguments(names: Sequence[str], prefix: str = "") -> dict[str, Any]:
        if bound:
            return {"data": data}
        return {"initial": {name: data.get(f"{prefix}{name}", "") for name in names}}

    form = CallForm(contact=contact, **arguments(("wie", "gemeente", "terugbellen")))
    rows = [
        CallQuestionForm(number=n, **arguments(ROW_FIELDS, f"vraag-{n}-"))
        for n in row_numbers(data, more=more)
    ]
    return form, rows


class OnBehalfForm(FilesForm):
    """What the asker said by telephone or at a meeting, with what was handed over."""

    kanaal = forms.ChoiceField(
        label=_("Hoe kreeg u dit?"),
        choices=[(kanaal.value, kanaal.label) for kanaal in SPOKEN],
        error_messages={"invalid_choice": _("Kies hoe u de reactie kreeg.")},
    )
    reactie = forms.CharField(
        label=_("Wat zei de vrager?"),
        help_text=_("Dit komt in het gesprek. De vrager leest het ook."),
        max_length=MAX_TEXT,
        widget=area(**{"class": "kort"}),
        error_messages={"required": _("Schrijf op wat de vrager zei.")},
    )
    field_order = ["kanaal", "reactie", "bijlagen"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="namens-%s", **kwargs)


class PhoneForm(PlainMessagesMixin, forms.Form):
    """The number on file; the asker proves it by a login, staff write down how."""

    telefoon = forms.CharField(
        label=_("Telefoonnummer"),
        help_text=_(
            "Alleen op dit nummer bellen wij terug. Leeg haalt het nummer weg."
        ),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="nummer-%s", **kwargs)
        self.fields["telefoon"].hide_optional = True  # type: ignore[attr-defined]


class ProvenPhoneForm(PhoneForm):
    bewijs = forms.CharField(
        label=_("Hoe weet u dat dit nummer van de vrager is?"),
        help_text=_("Alleen noemen aan de telefoon is niet genoeg."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telefoon"].widget.attrs["autocomplete"] = "off"
        self.fields["bewijs"].hide_optional = True  # type: ignore[attr-defined]
