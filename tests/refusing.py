"""A mail backend that refuses every address for good."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    def send_messages(self, messages):
        (message,) = messages
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"onbekend")})
