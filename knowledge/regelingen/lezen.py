"""A version of a regulation as visitors read it: links, terms, citations, history."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.citations import article_key
from core.templatetags.components import icon, kortdag
from knowledge import registry, sources
from knowledge.models import ArtikelRij, RegelingVersie
from knowledge.sources import Found, Verwijzing

from . import begrippen, citaten, rendering, tree
from .modellen import showing
from .modellen.parts import Model, full_text
from .rendering import Entry, Plain, printed
from .selectors import Gelezen
from .tree import Placed, Soort

# The address of a comparison of two versions.
Compare = Callable[[RegelingVersie, RegelingVersie], str]
_NEUTER = re.compile(r"\b\w*(?:besluit|reglement|wetboek|statuut|verdrag)\b", re.I)
_COMMON = re.compile(
    r"\b\w*(?:verordening|wet|regeling|beleidsregels?|regels|richtlijn|nota)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Lezing:
    """What the reading page shows of a version."""

    contents: list[Entry]
    html: SafeString
    explained: bool


@dataclass(frozen=True, slots=True)
class Change:
    """That a version changed an article. before: the version that it replaced."""

    versie: RegelingVersie
    before: RegelingVersie | None
    new: bool


def read(
    gelezen: Gelezen,
    *,
    page: str,
    today: datetime.date,
    day: datetime.date | None,
    compare: Compare | None = None,
    model: Model | None = None,
) -> Lezing | None:
    """The version that was found, made to read; None when none was in force.

    page: the full address of the page, without a day. day: the day that was asked for.
    model: when the version is one, to show its choices.
    """
    versie = gelezen.versie
    if versie is None:
        return None
    text = full_text(model) if model else versie.tekst
    reading = _Reading(gelezen, versie, text, page, today, day, compare)
    html = showing.body(model, reading) if model else rendering.body(reading)
    return Lezing(
        rendering.contents(reading.placed),
        mark_safe(html),  # noqa: S308  escaped by rendering
        any(one.node.about for one in reading.placed),
    )


def cited_as(part: str, title: str) -> str:
    """'artikel 5, tweede lid, van de Huisvestingsverordening Utrecht 2025'."""
    common, neuter = _COMMON.search(title), _NEUTER.search(title)
    if neuter and not (common and common.start() < neuter.start()):
        return f"{part} van het {title}"
    return f"{part} van {'de ' if common else ''}{title}"


def history(
    gelezen: Gelezen,
) -> dict[str, list[Change]]:
    """By address of the article which published versions made or changed it, newest first."""
    versions = list(reversed(gelezen.versies))
    if len(versions) < 2:
        return {}
    digests: dict[int, dict[str, str]] = {}
    rows = ArtikelRij.objects.filter(versie__in=[versie.pk for versie in versions])
    for pk, address, digest in rows.values_list("versie_id", "address", "digest"):
        digests.setdefault(pk, {})[address] = digest
    changes: dict[str, list[Change]] = {}
    before: RegelingVersie | None = None
    for versie in versions:
        earlier = digests.get(before.pk, {}) if before else {}
        for address, digest in digests.get(versie.pk, {}).items():
            if earlier.get(address) != digest:
                new = address not in earlier
                changes.setdefault(address, []).insert(0, Change(versie, before, new))
        before = versie
    return changes


class Linked(Plain):
    """Text in which citations and the first use of a defined term are links.

    find: where cited articles of other regulations stand.
    """

    def __init__(self, text: tree.Regeling, find: sources.Find) -> None:
        super().__init__(text)
        self.terms = begrippen.Terms(self.placed)
        self.found: dict[tuple[str, int], list[Found]] = {
            (one.address, at): found for one, at, found in citaten.cited_in(self.placed)
        }
        self.elsewhere = find(
            [one.verwijzing for found in self.found.values() for one in found]
        )

    @cached_property
    def articles(self) -> Mapping[str, str]:
        """Addresses by number; of two with one number the one outside the bijlagen."""
        found: dict[str, str] = {}
        for one in self.placed:
            if one.node.soort is Soort.ARTIKEL and one.node.number:
                key = article_key("", one.node.number).removeprefix("|")
                if found.get(key, "bijlage").startswith("bijlage"):
                    found[key] = one.address
        return found

    @cached_property
    def parts(self) -> frozenset[str]:
        return frozenset(one.address for one in self.placed)

    def _address(self, one: Verwijzing) -> str:
        if one.regeling:
            return self.elsewhere.get(one, "")
        artikel = self.articles.get(one.artikel)
        return f"#{citaten.within(artikel, self.parts, one)}" if artikel else ""

    def line(self, placed: Placed, at: int, line: str) -> str:
        marks: list[tuple[int, int, str]] = []
        taken = []
        for one in self.found.get((placed.address, at), ()):
            address = self._address(one.verwijzing)
            taken.append((one.start, one.end))
            if address:
                inside = escape(line[one.start : one.end])
                marks.append((one.start, one.end, sources.link(address, inside)))
        for start, end, address in self.terms.uses(placed, line):
            if any(start < b and a < end for a, b in taken):
                continue
            if self.terms.mark_used(placed, address):
                inside = escape(line[start:end])
                marks.append((start, end, begrippen.link(address, inside)))
        parts, here = [], 0
        for start, end, html in sorted(marks):
            parts += [escape(line[here:start]), html]
            here = end
        return "".join((*parts, escape(line[here:])))


class _Reading(Linked):
    def __init__(
        self,
        gelezen: Gelezen,
        versie: RegelingVersie,
        text: tree.Regeling,
        page: str,
        today: datetime.date,
        day: datetime.date | None,
        compare: Compare | None,
    ) -> None:
        self.gelezen, self.versie, self.compare = gelezen, versie, compare
        self.regeling = gelezen.regeling
        self.on = day or today
        # Today's text may be another one tomorrow; a citation keeps its day.
        self.page = f"{page}?geldig-op={self.on.isoformat()}"

        def find(wanted: Iterable[Verwijzing]) -> Mapping[Verwijzing, str]:
            return citaten.addresses(
                wanted, gemeente_id=self.regeling.gemeente_id, on=day
            )

        super().__init__(text, find)
        self.history = history(gelezen)
        self.cited = citaten.cited_by(self.regeling, self.on, versie)

    def number(self, placed: Placed) -> str:
        if placed.node.soort is not Soort.LID or placed.artikel is None:
            return super().number(placed)
        name = _("Kopieer citaat van %s") % tree.citation(placed)
        address = escape(placed.address)
        return (
            f'<span class="nummer"><a href="#{address}" title="{escape(name)}" '
            f'data-kopieer-van="{address}" {self._told}>{printed(placed.node.number)}'
            "</a></span>"
        )

    @cached_property
    def _told(self) -> str:
        """What the copy button says when it did or did not work."""
        done = escape(_("Citaat gekopieerd"))
        failed = escape(
            _("Kopiëren lukte niet. Selecteer het citaat onder het artikel.")
        )
        return f'data-gekopieerd="{done}" data-mislukt="{failed}"'

    def under(self, placed: Placed) -> str:
        name = tree.citation(placed)
        hidden = f'<span class="stil"> {escape(_("van %s") % name)}</span>'
        address = escape(placed.address)
        parts = ['<div class="sectieknoppen">']
        ask = registry.ask_about_article(self.regeling.pk, placed.address, self.asked)
        if ask:
            parts.append(
                f'<a href="{escape(ask)}">{self._icons["vraag"]} {self._words["vraag"]}'
                f'<span class="stil">: {escape(name)}</span></a>'
            )
        parts.append(
            f'<button type="button" class="knop tekst" data-kopieer-van="{address}" '
            f"{self._told} hidden>{self._icons['citaat']} {self._words['kopieer']}"
            f"{hidden}</button>"
        )
        leden = [
            one
            for one in self._inside.get(id(placed.node), ())
            if one.node.soort is Soort.LID and one.node.number
        ]
        texts = "".join(self._citation(one) for one in (placed, *leden))
        parts.append(
            f'<details class="citaat"><summary>{self._words["citaat"]}{hidden}</summary>'
            f"{texts}</details>"
        )
        parts += [self._cited_by(placed), self._history(placed, hidden)]
        return "".join((*parts, "</div>"))

    @cached_property
    def asked(self) -> datetime.date | None:
        """The day to carry along with a question; None for the text of today."""
        current = self.gelezen.current
        return self.on if current is None or current.pk != self.versie.pk else None

    @cached_property
    def _icons(self) -> dict[str, str]:
        return {name: str(icon(name)) for name in ("vraag", "citaat")}

    @cached_property
    def _words(self) -> dict[str, str]:
        return {
            "vraag": escape(_("Vraag hierover")),
            "kopieer": escape(_("Kopieer citaat")),
            "citaat": escape(_("Citaat")),
        }

    @cached_property
    def _inside(self) -> dict[int, list[Placed]]:
        found: dict[int, list[Placed]] = {}
        for one in self.placed:
            if one.artikel is not None:
                found.setdefault(id(one.artikel), []).append(one)
        return found

    def _citation(self, placed: Placed) -> str:
        # With a lid the sentence reads on behind a comma.
        part = tree.citation(placed)
        part = f"{part}," if "," in part else part
        text = _("%(artikel)s, zoals geldend op %(dag)s. %(adres)s") % {
            "artikel": capfirst(cited_as(part, str(self.regeling))),
            "dag": kortdag(self.on),
            "adres": f"{self.page}#{placed.address}",
        }
        address = escape(placed.address)
        return f'<p {sources.LITERAL} data-citaat="{address}">{escape(text)}</p>'

    def _cited_by(self, placed: Placed) -> str:
        key = article_key("", placed.node.number).removeprefix("|")
        outside = self.articles.get(key) == placed.address
        places = self.cited.get(key, []) if outside else []
        places = [one for one in places if one.address != f"#{placed.address}"]
        if not places:
            return ""
        items = "".join(
            f'<li><a href="{escape(one.address)}">'
            f"{escape(': '.join(filter(None, (one.title, one.heading))))}</a></li>"
            for one in places
        )
        count = escape(_("Geciteerd in (%d)") % len(places))
        return (
            f'<details class="geciteerd"><summary>{count}<span class="stil">: '
            f"{escape(tree.citation(placed))}</span></summary><ul>{items}</ul></details>"
        )

    def _history(self, placed: Placed, hidden: str) -> str:
        changes = self.history.get(placed.address, [])
        # Only the first version made it: nothing to tell.
        if all(change.before is None for change in changes):
            return ""
        items = "".join(self._change(one, placed) for one in changes)
        word = escape(_("Geschiedenis"))
        return (
            f'<details class="geschiedenis"><summary>{word}{hidden}</summary>'
            f"<ul>{items}</ul></details>"
        )

    def _change(self, change: Change, placed: Placed) -> str:
        words = _("Nieuw") if change.new else _("Gewijzigd")
        if change.before is None:
            words = _("Eerste tekst die hier is")
        begin = change.versie.valid_from
        since = _("vanaf %s") % kortdag(begin) if begin else _("datum niet bekend")
        links = []
        if begin:
            links.append((f"?geldig-op={begin}#{placed.address}", _("lees deze tekst")))
        if self.compare and change.before and not change.new:
            address = self.compare(change.before, change.versie)
            links.append((address, _("vergelijk met de tekst ervoor")))
        linked = " · ".join(
            f'<a href="{escape(address)}">{escape(text)}</a>' for address, text in links
        )
        text = escape(f"{words}, {since}")
        return f"<li>{text}{': ' if linked else ''}{linked}</li>"
