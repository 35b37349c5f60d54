"""allauth's forms with labels and messages in our tone."""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from .forms import PlainMessagesMixin
from .passwords import ADVICE

TWICE = _("Vul twee keer hetzelfde wachtwoord in.")


class PlainFormMixin(PlainMessagesMixin):
    """No words in the fields; the label above says what belongs there."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class NewPasswordMixin(PlainFormMixin):
    labels = {
        "oldpassword": _("Uw huidige wachtwoord"),
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nog een keer het nieuwe wachtwoord"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ADVICE  # type: ignore[attr-defined]

    def add_error(self, field: str | None, error: Any) -> None:
        wrong = TWICE if field == "password2" else error
        super().add_error(field, wrong)  # type: ignore[misc]


class LoginForm(PlainFormMixin, allauth.LoginForm):
    labels = {"login": _("E-mailadres"), "password": _("Wachtwoord")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page has this link beside the button.
        self.fields["password"].help_text = ""


class ResetPasswordForm(PlainFormMixin, allauth.ResetPasswordForm):
    labels = {"email": _("E-mailadres")}


class ResetPasswordKeyForm(NewPasswordMixin, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPasswordMixin, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(NewPasswordMixin, allauth.SetPasswordForm):
    pass


class ReauthenticateForm(PlainFormMixin, allauth.ReauthenticateForm):
    labels = {"password": _("Wachtwoord")}
