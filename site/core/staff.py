from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import mail, permissions
from .models import User


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are for staff, by invitation; all mail goes through our own builder."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _(
            "Dit account is uitgeschakeld. Vraag uw beheerder om hulp."
        ),
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer het opnieuw."
        ),
        "enter_current_password": _("Dit is niet uw huidige wachtwoord."),
        "incorrect_code": _("Deze code klopt niet. Vul de nieuwste code in."),
        "incorrect_password": _("Dit wachtwoord klopt niet. Probeer het opnieuw."),
        "invalid_password_reset": _(
            "Deze link werkt niet meer. Vraag een nieuwe aan bij ‘Wachtwoord vergeten?’."
        ),
        "rate_limited": _("U probeerde dit te vaak. Wacht een paar minuten."),
        "too_many_login_attempts": _(
            "U probeerde te vaak in te loggen. Wacht een paar minuten."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """allauth's messages by our templates: core/account_<name>.md."""
        name = template_prefix.rpartition("/")[2]
        mail.send(
            template=f"core/account_{name}",
            to=[email],
            context={
                "naam": getattr(context.get("user"), "name", ""),
                "adres": context.get("password_reset_url", ""),
                "code": context.get("code", ""),
            },
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return permissions.home_of(cast(User, request.user))
