"""Form rendering through our own components, with messages that say what to do."""

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class ComponentRenderer(TemplatesSetting):
    """Fields render as components/field.html."""

    field_template_name = "components/field.html"


REQUIRED = _("Vul dit veld in.")
EMAIL_EXAMPLE = _("Vul een e-mailadres in, zoals naam@gemeente.nl")


class PlainMessagesMixin:
    """Replace Django's own messages by ones in our tone; use it first in the bases."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if str(field.error_messages.get("required", "")) in (
                "Dit veld is verplicht.",
                "This field is required.",
            ):
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
