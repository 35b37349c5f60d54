"""What a password must be, in words of our own where Django has no Dutch."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ADVICE = gettext_lazy("Minstens 12 tekens. Een zin van een paar woorden werkt goed.")


class LengthValidator(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Gebruik minstens %(n)s tekens.") % {
            "n": self.min_length
        }
