from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import markdown
from loket.models import Bericht, Bronverwijzing, Kanaal

register = template.Library()

VIA = {
    Kanaal.WEB: _("via de website"),
    Kanaal.MAIL: _("per e-mail"),
    Kanaal.TELEFOON: _("per telefoon"),
    Kanaal.BIJEENKOMST: _("op een bijeenkomst"),
}


@register.filter
def berichttekst(bericht: Bericht) -> SafeString:
    """A message as safe HTML: staff write Markdown, askers plain text."""
    if bericht.soort in (Bericht.Soort.ANTWOORD, Bericht.Soort.NOTITIE):
        return mark_safe(markdown.render(bericht.text))  # noqa: S308  cleaned by nh3
    return platte_tekst(bericht.text)


@register.filter
def platte_tekst(text: str) -> SafeString:
    """Plain text as paragraphs; nothing in it works as HTML or as a link."""
    paragraphs = [
        escape(part).replace("\n", "<br>")
        for part in text.split("\n\n")
        if part.strip()
    ]
    return mark_safe("".join(f"<p>{part}</p>" for part in paragraphs))  # noqa: S308  escaped above


@register.filter
def bronnen_buiten_de_tekst(bericht: Bericht) -> list[Bronverwijzing]:
    """The sources to which the text itself has no link: those that it links stand there."""
    return [ref for ref in bericht.bronnen.all() if f"({ref.url})" not in bericht.text]


@register.filter
def langs(kanaal: str) -> str:
    """How something came in: ``via de website``."""
    return str(VIA.get(Kanaal(kanaal), kanaal))
