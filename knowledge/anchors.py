"""Addresses of the parts of a page; also used without Django's settings."""

from django.utils.text import slugify

# What the template of every knowledge page gives out, and what some kinds add.
FIXED = frozenset(
    [
        "inhoud",
        "in-het-kort",
        "wat-moet-u-nu-doen",
        "begrippen",
        "bronnen",
        "terugkoppeling",
        "geholpen-kop",
        "toelichting",
    ]
)
FIXED_BY_KIND = {
    "praktijkvoorbeeld": "feiten",
    "wet": "status",
    "financiering": "rondes",
    "doelgroep": "cijfers",
    "gereedschapskist": "gereedschap",
}


def fixed_anchors(soort: str) -> set[str]:
    """Anchors that a page of this kind has already, before any section."""
    return {*FIXED, *filter(None, [FIXED_BY_KIND.get(soort)])}


def new_anchor(heading: str, taken: set[str]) -> str:
    """An anchor for a heading that nothing else on a page has, whatever its kind."""
    base = slugify(heading)[:60] or "sectie"
    taken = taken | FIXED | set(FIXED_BY_KIND.values())
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    return anchor
