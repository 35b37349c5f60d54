"""Tags that every template may use: icons, paging, dates in words."""

import datetime
import re
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from core import permissions

register = template.Library()


@register.filter
def rol(name: str) -> str:
    """The name of a staff group as people read it."""
    return permissions.label(name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One symbol of the sprite; always beside a word, so hidden for screen readers."""
    return format_html(
        '<svg class="pictogram" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/pictogrammen.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def page_url(context: dict[str, Any], param: str, number: int) -> str:
    """The current address with another page number."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[param] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def page_range(paginator: Paginator, number: int) -> Any:
    """Page numbers around ``number``, with an ellipsis where some are left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


def _local(
    value: datetime.datetime | datetime.date,
) -> datetime.datetime | datetime.date:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def teaser(value: str, length: int) -> str:
    """The first whole sentences that fit; a long first sentence is cut at a word with …."""
    sentences = re.split(r"(?<=[.!?])\s+(?=\W?[A-ZÀ-Ý])", value.strip())
    if len(sentences[0]) > length:
        cut = Truncator(sentences[0]).chars(length, truncate="").rsplit(maxsplit=1)[0]
        return f"{cut.rstrip(',;:')} …"
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) > length:
            break
        text = f"{text} {sentence}"
    return text


@register.filter
def dag(value: datetime.datetime | datetime.date | None) -> str:
    """``donderdag 26 november``, with the year when it is not this one."""
    if value is None:
        return ""
    local = _local(value)
    year = "" if local.year == timezone.localdate().year else " Y"
    return date_format(local, f"l j F{year}")


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """``donderdag 26 november, 17.00 uur``."""
    if value is None:
        return ""
    return f"{dag(value)}, {date_format(_local(value), 'H.i')} uur"


@register.filter
def kortdag(value: datetime.datetime | datetime.date | None) -> str:
    """``26 november 2026``."""
    return date_format(_local(value), "j F Y") if value else ""
