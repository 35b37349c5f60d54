"""Form rendering through our own components, with messages that say what to do."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from .models import Gemeente


class ComponentRenderer(TemplatesSetting):
    """Fields render as components/field.html."""

    field_template_name = "components/field.html"


DJANGOS_REQUIRED = forms.Field.default_error_messages["required"]
REQUIRED = _("Vul dit veld in.")
EMAIL_EXAMPLE = _("Vul een e-mailadres in, zoals naam@gemeente.nl")


class PlainMessagesMixin:
    """Replace Django's own messages by ones in our tone; use it first in the bases."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages.get("required") is DJANGOS_REQUIRED:
                field.error_messages["required"] = REQUIRED
            for validator_code in ("invalid",):
                if field.__class__.__name__ == "EmailField":
                    field.error_messages[validator_code] = EMAIL_EXAMPLE
                    field.validators = [
                        v
                        for v in field.validators
                        if v.__class__.__name__ != "EmailValidator"
                    ] + [_email_validator()]


def _email_validator():
    from django.core.validators import EmailValidator

    return EmailValidator(message=EMAIL_EXAMPLE)


# How every form asks for a day.
DAY: dict[str, Any] = {
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "input_formats": ["%Y-%m-%d", "%d-%m-%Y"],
    "error_messages": {"invalid": _("Vul een datum in, zoals 24-12-2026.")},
}


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Show the refusal of a service at the fields that it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.message_dict.items():
        form.add_error(name if name in form.fields else None, problems)


class CountField(forms.IntegerField):
    """A whole number as people write it: 28.000 is twenty-eight thousand."""

    default_error_messages = {"invalid": _("Vul een getal in, zoals 28000.")}

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").strip()
        if re.fullmatch(r"\d{1,3}([. ]\d{3})+", text):
            text = re.sub(r"[. ]", "", text)
        return super().to_python(text)


class GemeenteForm(PlainMessagesMixin, forms.Form):
    """What an operator fills in of a municipality; a row of the CSV file passes it too."""

    mail_domains = forms.CharField(
        label=_("Maildomeinen"),
        help_text=_(
            "Eén per regel: het deel na de @, zoals meppel.nl. Wie een adres met dit domein bevestigt, hoort bij deze gemeente en kan vragen van collega's zien."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "kort"}),
    )
    mail_domains_bron = forms.CharField(
        label=_("Bron van de maildomeinen"),
        help_text=_("Bijvoorbeeld: opgave van de gemeente, 12 maart 2026"),
        required=False,
        max_length=120,
    )
    inwoners = CountField(
        label=_("Aantal inwoners"),
        required=False,
        min_value=1,
        max_value=2_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    inwoners_jaar = forms.IntegerField(
        label=_("Jaar van dit aantal"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Vul een jaar in, zoals 2026.")},
    )
    inwoners_bron = forms.CharField(
        label=_("Bron van het aantal inwoners"),
        help_text=_("Bijvoorbeeld: CBS StatLine, 1 januari 2026"),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Needed as soon as what they belong to is filled in.
        for name in ("mail_domains_bron", "inwoners_jaar", "inwoners_bron"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(gemeente: Gemeente) -> dict[str, Any]:
        return {
            "mail_domains": "\n".join(gemeente.mail_domains),
            "mail_domains_bron": gemeente.mail_domains_bron,
            "inwoners": gemeente.inwoners,
            "inwoners_jaar": gemeente.inwoners_jaar,
            "inwoners_bron": gemeente.inwoners_bron,
        }

    def clean_mail_domains(self) -> list[str]:
        return re.findall(r"[^\s,;]+", self.cleaned_data["mail_domains"])
