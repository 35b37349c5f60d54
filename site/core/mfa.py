"""allauth's second step of a login, in our tone."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .account_forms import PlainFormMixin


class StaffMFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("U kunt aan dit account geen adres toevoegen."),
        "cannot_delete_authenticator": _("U kunt dit niet uitzetten."),
        "cannot_generate_recovery_codes": _(
            "U kunt nog geen herstelcodes maken. Zet eerst een app aan, of voeg een sleutel toe."
        ),
        "incorrect_code": _("Deze code klopt niet. Vul de nieuwste code in."),
        "unverified_email": _("Uw e-mailadres is nog niet bevestigd."),
    }

    def generate_authenticator_name(
        self, user: AbstractBaseUser, type: Authenticator.Type
    ) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Sleutel %(n)s") % {"n": count + 1}


class CodeMixin(PlainFormMixin):
    labels: dict[str, Any] = {"code": _("Code")}


class NameMixin(PlainFormMixin):
    labels: dict[str, Any] = {"name": _("Naam van de sleutel")}


class AuthenticateForm(CodeMixin, base.AuthenticateForm):
    pass


class ReauthenticateForm(CodeMixin, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):
    labels = {"code": _("Code uit de app")}


class AddWebAuthnForm(NameMixin, webauthn.AddWebAuthnForm):
    pass


class EditWebAuthnForm(NameMixin, webauthn.EditWebAuthnForm):
    pass
