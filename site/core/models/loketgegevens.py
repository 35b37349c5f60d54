from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="mail")
class Loketgegevens(BaseSiteSetting):
    """Telephone, hours and addresses of the desk, shown on every page."""

    naam = models.CharField(_("naam"), max_length=60, default="Thuisloket")
    telefoon = models.CharField(_("telefoon"), max_length=40, blank=True)
    openingstijden = models.CharField(
        _("openingstijden"),
        max_length=120,
        blank=True,
        help_text=_("Bijvoorbeeld: op werkdagen van 9.00 tot 17.00 uur"),
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    postadres = models.CharField(_("postadres"), max_length=200, blank=True)
    antwoord_werkdagen = models.PositiveSmallIntegerField(
        _("antwoord binnen (werkdagen)"), default=5
    )
    broncode_url = models.URLField(_("adres van de broncode"), blank=True)

    class Meta:
        verbose_name = _("gegevens van het loket")
