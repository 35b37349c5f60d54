"""Which texts cite which article, and where a cited article stands. ``services`` keeps it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.citations import article_key
from knowledge import sources
from knowledge.models import (
    ArtikelRij,
    Citaat,
    KennisPagina,
    Regeling,
    RegelingNaam,
    RegelingVersie,
)
from knowledge.sources import Binnen, Found, Verwijzing
from search.documents import Section

from . import tree
from .rendering import paragraphs_of
from .tree import Placed, Soort

# An article that changes another text speaks of the articles of that text.
_CHANGES = re.compile(
    r"\b(?:als volgt gewijzigd|komt (?:als volgt )?te luiden|komen te luiden|"
    r"wordt? (?:ingevoegd|toegevoegd|vervangen)|worden (?:ingevoegd|toegevoegd|vervangen))\b",
    re.I,
)


# -- reading a text --------------------------------------------------------------------


def definitions(placed: Sequence[Placed]) -> list[Placed]:
    """The terms that a regulation defines, in order."""
    return [one for one in placed if one.node.soort is Soort.BEGRIP and one.node.title]


def cited_in(placed: Sequence[Placed]) -> Iterator[tuple[Placed, int, list[Found]]]:
    """Of each paragraph with references: its part, the how manieth it is, and those."""
    defined = sources.defined_laws(
        (one.node.title, one.node.text) for one in definitions(placed)
    )
    own = Binnen(defined)
    changing: dict[int, bool] = {}
    for one in placed:
        explains = any(
            node.soort is Soort.TOELICHTING for node in (*one.above, one.node)
        )
        artikel = one.artikel
        if artikel is not None and id(artikel) not in changing:
            changing[id(artikel)] = bool(_CHANGES.search(tree.text_inside(artikel)))
        binnen: Binnen | None = Binnen(defined, explains=True) if explains else own
        if artikel is not None and changing[id(artikel)]:
            binnen = None
        for at, line in enumerate(paragraphs_of(one.node)):
            found = sources.verwijzingen(line, binnen)
            if found:
                yield one, at, found


# -- where an article stands -----------------------------------------------------------


def addresses(
    wanted: Iterable[Verwijzing],
    *,
    gemeente_id: str | None = None,
    on: datetime.date | None = None,
) -> dict[Verwijzing, str]:
    """The address of each reference to a regulation that visitors may read.

    gemeente_id: of which municipality the citing text is; there 'de APV' is its own. on:
    the day of which the text is asked, when that is not today. What is not here leads to
    the official publication when the reference has its number, and else nowhere.
    """
    references = [one for one in dict.fromkeys(wanted) if one.regeling]
    chosen = _chosen({name for one in references for name in one.names}, gemeente_id)
    versions = _versions(set(chosen.values()), on or timezone.localdate())
    rows = _articles(
        {versie.pk for versie, _query in versions.values()},
        {one.artikel for one in references if one.artikel},
    )
    found = {}
    for one in references:
        name = next((name for name in one.names if name in chosen), None)
        place = versions.get(chosen[name]) if name is not None else None
        if place is None:
            address = sources.official_address(one.regeling)
        else:
            versie, query = place
            if on is not None:
                query = f"?geldig-op={on.isoformat()}"
            address = versie.regeling.get_absolute_url() + query
            if one.artikel:
                row = rows.get((versie.pk, one.artikel))
                parts = {str(part) for _at, part in row.delen} if row else set()
                address += f"#{within(row.address, parts, one)}" if row else ""
                address = address if row else ""
        if address:
            found[one] = address
    return found


def within(artikel: str, parts: Iterable[str], one: Verwijzing) -> str:
    """The address of the part that is meant, or of the nearest part around it."""
    there, address = set(parts), artikel
    for kind, number in (("lid", one.lid), ("onderdeel", one.onderdeel)):
        if number:
            part = f"{address}-{kind}-{number.replace('°', '')}"
            address = part if part in there else address
    return address


def _chosen(names: set[str], gemeente_id: str | None) -> dict[str, int]:
    """Which regulation each name means here; a name that may mean several means none."""
    if not names:
        return {}
    known: dict[str, list[RegelingNaam]] = {}
    for row in (
        RegelingNaam.objects.filter(naam__in=names)
        .filter(Q(lokaal=False) | Q(regeling__gemeente=gemeente_id))
        .select_related("regeling")
    ):
        known.setdefault(row.naam, []).append(row)
    chosen = {}
    for name, rows in known.items():
        own = [r for r in rows if gemeente_id and r.regeling.gemeente_id == gemeente_id]
        if own or len(rows) == 1:
            rows = own or rows
            if len({row.regeling_id for row in rows}) == 1 and not (
                rows[0].lokaal and not gemeente_id
            ):
                chosen[name] = rows[0].regeling_id
    return chosen


def _versions(
    regelingen: set[int], on: datetime.date
) -> dict[int, tuple[RegelingVersie, str]]:
    """The version of each regulation on a day, or its last one with the day to ask for."""
    if not regelingen:
        return {}
    found: dict[int, tuple[RegelingVersie, str]] = {}
    for versie in (
        RegelingVersie.objects.published()
        .filter(Q(valid_from=None) | Q(valid_from__lte=on), regeling__in=regelingen)
        .select_related("regeling")
        .defer("boom")
        .in_order()
    ):
        lapsed = versie.valid_until is not None and versie.valid_until <= on
        if lapsed and versie.valid_from is None:
            found.pop(versie.regeling_id, None)
            continue
        query = f"?geldig-op={versie.valid_from}" if lapsed else ""
        found[versie.regeling_id] = (versie, query)
    return found


def _articles(
    versions: set[int], numbers: set[str]
) -> dict[tuple[int, str], ArtikelRij]:
    """Articles by version and number as citations have it; those of the text itself first."""
    if not versions or not numbers:
        return {}
    rows: dict[tuple[int, str], ArtikelRij] = {}
    printed = numbers | {number.upper() for number in numbers}
    for row in ArtikelRij.objects.filter(versie__in=versions, number__in=printed).only(
        "versie_id", "address", "number", "delen"
    ):
        key = (row.versie_id, article_key("", row.number).removeprefix("|"))
        if key not in rows or rows[key].address.startswith("bijlage"):
            rows[key] = row
    return rows


# -- cited in --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where an article is cited."""

    title: str
    heading: str
    address: str


def cited_by(
    regeling: Regeling, on: datetime.date, versie: RegelingVersie
) -> dict[str, list[Plaats]]:
    """By number of the article: pages that everybody may read, and texts in force."""
    names = RegelingNaam.objects.filter(regeling=regeling).values("naam")
    rows = RegelingNaam.objects.filter(naam__in=names).select_related("regeling")
    mine: set[str] = set()
    others: set[str] = set()
    for row in rows:
        if row.regeling_id != regeling.pk:
            others.add(row.naam)
        elif not row.lokaal:
            mine.add(row.naam)
    local = Q(gemeente=regeling.gemeente_id) if regeling.gemeente_id else Q(pk=None)
    named = Q(naam__in=mine - others) | (
        Q(naam__in=names) & local & Q(gemeente__isnull=False)
    )
    found: dict[str, dict[Plaats, None]] = {}
    public = KennisPagina.objects.live().public().values("pk")
    for citaat in (
        Citaat.objects.filter(named, pagina__in=public)
        .exclude(artikel="")
        .select_related("pagina")
        .order_by("pagina__title", "pk")
    ):
        page = citaat.pagina
        if page is None:
            continue
        anchor = f"#{citaat.anchor}" if citaat.anchor else ""
        found.setdefault(citaat.artikel, {})[
            Plaats(page.title, citaat.heading, f"{page.get_url()}{anchor}")
        ] = None
    for citaat in _in_force(on).filter(named | Q(naam="", versie=versie)):
        citing = citaat.versie
        if citing is None:
            continue
        same = citing.regeling_id == regeling.pk
        address = "" if same else citing.regeling.get_absolute_url()
        found.setdefault(citaat.artikel, {})[
            Plaats(
                "" if same else str(citing.regeling),
                citaat.heading,
                f"{address}#{citaat.anchor}",
            )
        ] = None
    return {number: list(places) for number, places in found.items()}


def _in_force(on: datetime.date) -> QuerySet[Citaat]:
    """Citations of an article in the version that each regulation has on a day."""
    first = datetime.date.min
    later = (
        RegelingVersie.objects.published()
        .filter(regeling=OuterRef("versie__regeling"), valid_from__lte=on)
        .filter(
            Q(valid_from__gt=Coalesce(OuterRef("versie__valid_from"), first))
            | Q(valid_from=OuterRef("versie__valid_from"), pk__gt=OuterRef("versie"))
        )
    )
    return (
        Citaat.objects.filter(
            Q(versie__valid_from=None) | Q(versie__valid_from__lte=on),
            Q(versie__valid_until=None) | Q(versie__valid_until__gt=on),
            ~Exists(later),
            versie__published_at__isnull=False,
        )
        .exclude(artikel="")
        .select_related("versie__regeling")
        .defer("versie__boom")
        .order_by("versie__regeling__title", "pk")
    )


# -- what a text cites, for keeping -------------------------------------------------------


def cited_in_section(section: Section) -> dict[tuple[str, str], None]:
    return dict.fromkeys(
        (name[:400], found.verwijzing.artikel[:100])
        for line in section.text.split("\n")
        for found in sources.verwijzingen(line)
        for name in found.verwijzing.names
    )


def cited_in_version(
    placed: Sequence[Placed],
) -> dict[tuple[str, str, str, str], None]:
    by_node = {id(one.node): one for one in placed}
    found: dict[tuple[str, str, str, str], None] = {}
    for one, _at, references in cited_in(placed):
        holder = _holder(one, by_node)
        own = "" if one.artikel is None else article_key("", one.artikel.number)[1:]
        name_of_place = (
            tree.citation(holder).capitalize()
            if holder.node.soort is Soort.TOELICHTING
            else tree.heading(holder.node)
        )
        for reference in references:
            for name in reference.verwijzing.names:
                # That an article names itself tells nobody anything.
                if name or reference.verwijzing.artikel != own:
                    key = (holder.address, name_of_place, name, reference.verwijzing.artikel)  # fmt: skip
                    found[key] = None
    return found


def _holder(one: Placed, by_node: Mapping[int, Placed]) -> Placed:
    """The article, explanation or else the outermost part that a part is in."""
    chain = [*one.above, one.node]
    for node in reversed(chain):
        if node.soort in (Soort.ARTIKEL, Soort.TOELICHTING):
            return by_node[id(node)]
    return by_node[id(chain[0])]


def parts_of(node: tree.Node, address_of: Mapping[int, str]) -> list[list[object]]:
    """Where each lid and onderdeel of an article begins, with its address."""
    return [
        [at, address_of[id(part)]]
        for at, part in tree.starts_inside(node)
        if part.soort in tree.WITHIN_ARTIKEL and part.soort is not Soort.TABEL
    ]
