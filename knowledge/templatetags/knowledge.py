"""Tags for knowledge pages."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from core.maanden import MAANDEN
from core.templatetags.components import kortdag
from knowledge.models import Begrip, Bron
from knowledge.regelingen.citaten import addresses
from knowledge.regelingen.dagen import gewoon
from knowledge.regelingen.modellen import showing
from knowledge.regelingen.selectors import readable
from knowledge.selectors import live_begrippen
from knowledge.sources import Verwijzing, link_html

register = template.Library()
register.filter("gewone_dagen", gewoon)


@register.filter
def keuzebron(bron: str) -> SafeString:
    """The source of a choice of a model: a link where it has an address."""
    return mark_safe(showing.source(bron))  # noqa: S308  escaped there


@register.simple_tag(takes_context=True)
def lopende_tekst(context: Any, block: Any) -> SafeString:
    """Rich text of a page; the first link to a term shows its meaning in place.

    Terms are read once per page. A link to a term that is not live becomes plain text.
    """
    cache = context.render_context.setdefault("begrippen", {})
    html = expand_db_html(block.source)
    if "/begrippen/" not in html:
        return mark_safe(html)  # noqa: S308  Wagtail's own rich text, whitelisted on save
    if "kort" not in cache:
        cache["kort"] = dict(live_begrippen().values_list("slug", "kort"))
        cache["getoond"] = set()
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.select('a[href^="/begrippen/"]'):
        slug = str(link["href"]).rstrip("/").rpartition("/")[2]
        kort = cache["kort"].get(slug)
        if kort is None:
            link.unwrap()
        elif slug not in cache["getoond"]:
            cache["getoond"].add(slug)
            link["class"] = "begrip"
            link["title"] = kort
            link["data-begrip"] = slug
    return mark_safe(str(soup))  # noqa: S308


@register.simple_block_tag
def verwijzingen(content: str, gemeente: Any = None) -> SafeString:
    """The block with links at the citations of regulations that can be read here.

    gemeente: of which municipality the text is; 'de APV' is then its own.
    """

    def find(wanted: Iterable[Verwijzing]) -> dict[Verwijzing, str]:
        return addresses(wanted, gemeente_id=gemeente.pk if gemeente else None)

    return mark_safe(link_html(content, find))  # noqa: S308  only links are added


@register.simple_tag(takes_context=True)
def begrippen_hier(context: dict[str, Any], secties: list[Any]) -> list[Begrip]:
    """Terms that the sections link to, in order of appearance."""
    slugs: list[str] = []
    for sectie in secties:
        for block in sectie["inhoud"]:
            if block.block_type != "tekst" or "/begrippen/" not in block.value.source:
                continue
            soup = BeautifulSoup(block.value.source, "html.parser")
            for link in soup.select('a[href^="/begrippen/"]'):
                slug = str(link["href"]).rstrip("/").rpartition("/")[2]
                if slug not in slugs:
                    slugs.append(slug)
    found = (
        {begrip.slug: begrip for begrip in live_begrippen().filter(slug__in=slugs)}
        if slugs
        else {}
    )
    return [found[slug] for slug in slugs if slug in found]


@register.simple_tag
def aantal_regelingen() -> int:
    """How many legal texts a visitor can read."""
    return readable().count()


class Bronregel(NamedTuple):
    bron: Bron
    naam: str
    plaatsen: list[str]


@register.simple_tag
def bronnen_op_rij(
    verwijzingen: Iterable[Any], met_datum: bool = False
) -> list[Bronregel]:
    """Each source once with its places; by title where two short names are the same.

    met_datum: the date is printed behind the name, and tells two of them apart.
    """
    places: dict[Bron, list[str]] = {}
    for ref in verwijzingen:
        if ref["bron"] is not None:
            cited = places.setdefault(ref["bron"], [])
            if ref["plaats"] and ref["plaats"] not in cited:
                cited.append(ref["plaats"])

    def label(bron: Bron) -> tuple[str, str]:
        return bron.naam_kort, bron.datum if met_datum else ""

    count = Counter(label(bron) for bron in places)
    return [
        Bronregel(bron, bron.titel if count[label(bron)] > 1 else bron.naam_kort, cited)
        for bron, cited in places.items()
    ]


@register.simple_tag(takes_context=True)
def citaat(context: dict[str, Any], kop: str, anker: str) -> str:
    """How to cite a section: title, heading, site, date of the check, full address."""
    page, gegevens = context["page"], context.get("loketgegevens")
    checked = page.gecontroleerd_op
    source = ", ".join(
        [
            (gegevens and gegevens.naam) or "Thuisloket",
            *([_("gecontroleerd op %s") % kortdag(checked)] if checked else []),
        ]
    )
    return f"{page.title}, ‘{kop}’. {source}. {context['adres']}#{anker}"


@register.filter
def gedeeltelijke_datum(value: str) -> str:
    """``2024-07-01`` → ``1 juli 2024``, ``2024-07`` → ``juli 2024``, ``2024`` → ``2024``."""
    parts = str(value).split("-")
    if len(parts) == 1:
        return escape(parts[0])
    month = MAANDEN[int(parts[1]) - 1]
    return (
        f"{month} {parts[0]}"
        if len(parts) == 2
        else f"{int(parts[2])} {month} {parts[0]}"
    )
