from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from . import mail, permissions
from .models import User


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are for staff, by invitation; all mail goes through our own builder."""

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
        user = cast(User, request.user)
        if permissions.in_group(
            user, permissions.LOKETMEDEWERKER, permissions.DESKUNDIGE
        ):
            return "/werkplek/"
        if permissions.in_group(user, permissions.REDACTEUR):
            return "/redactie/"
        return "/"
