from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core import markdown
from loket.models import Bericht

register = template.Library()


@register.filter
def berichttekst(bericht: Bericht) -> SafeString:
    """A message as safe HTML: staff write Markdown, askers plain text."""
    if bericht.user_id and bericht.soort != Bericht.Soort.VRAAG:
        return mark_safe(markdown.render(bericht.text))  # noqa: S308  cleaned by nh3
    paragraphs = [
        escape(part).replace("\n", "<br>")
        for part in bericht.text.split("\n\n")
        if part.strip()
    ]
    return mark_safe("".join(f"<p>{part}</p>" for part in paragraphs))  # noqa: S308  escaped above
