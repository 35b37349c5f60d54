"""From printed lines to the tree of a legal text."""

from __future__ import annotations

import re
from collections import Counter as Tally
from dataclasses import dataclass, field, replace

from knowledge.regelingen.kinds import kind_of
from knowledge.regelingen.tree import Regeling, Soort

from . import explanation
from .article import Article
from .draft import Draft
from .explanation import Explanation
from .facts import facts_in, is_group_title, names_text
from .patterns import Heading, bare_heading, expired, heading, item, refers
from .profile import Profile, can_be_title, headed
from .units import Unit, flat

_RANK = {soort: rank for rank, soort in enumerate(Soort)}
_ROLE = (
    "(?:griffier|voorzitter|burgemeester|secretaris|gemeentesecretaris|raadsgriffier)"
)
_SIGNED = re.compile(
    r"(aldus (?:is )?(?:vastgesteld|besloten|gedaan)|(?:vastgesteld|besloten) (?:in|door|op|te)\b"
    rf"|(?:de |het )?{_ROLE}(?: van [^.;:]{{0,40}})?(?:,[^;:]{{0,60}}| (?:de )?{_ROLE},?)?$"
    r"|burgemeester en wethouders van [^.;:]{0,60}[,.]?$)",
    re.IGNORECASE,
)


def build(units: list[Unit], name: str) -> tuple[Regeling, list[str]]:
    """The tree, and what was not certain. name: of the file, when no title is found."""
    builder = _Builder(units, Profile.of(units))
    builder.run()
    return builder.result(name), builder.warnings


@dataclass(slots=True)
class _Builder:
    units: list[Unit]
    profile: Profile
    warnings: list[str] = field(default_factory=list)
    root: list[Draft] = field(default_factory=list)
    groups: list[Draft] = field(default_factory=list)
    # Where text goes: the aanhef or the sluiting; else the article or the bijlage.
    aside: Draft | None = None
    artikel: Article | None = None
    explanation: Explanation | None = None
    inline: Draft | None = None
    untitled: Draft | None = None
    title: str = ""
    # Of the articles so far, without those of a bijlage; and of the last in this place.
    numbers: list[str] = field(default_factory=list)
    last: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    bijlage: Draft | None = None

    def run(self) -> None:
        title = self._find_title()
        self.aside = Draft(Soort.AANHEF)
        self.root.append(self.aside)
        for index, unit in enumerate(self.units):
            if index == title and self.aside is self.root[0]:
                self.title = flat(unit.text)
                self.aside.write(unit.notes)
            elif unit.rows:
                self._table(unit)
            elif unit.boxed or not (
                self._takes_title(index, unit)
                or self._explains(unit)
                or self._labelled(index, unit)
                or self._signed(unit)
                or self._unlabelled(index, unit)
            ):
                self._text(index, unit)
        self.root = [draft for draft in self.root if not self._is_hollow(draft)]

    def result(self, name: str) -> Regeling:
        nodes = tuple(draft.freeze() for draft in self.root)
        words = "\n".join(flat(unit.text) for unit in self.units)
        facts = facts_in(words)
        title = self.title or facts.citeertitel
        if not title:
            title = re.sub(r"\.\w{2,4}$", "", name)
            self.warnings.append(
                "Er is geen titel gevonden; de naam van het bestand staat er."
            )
        if not self.numbers:
            self.warnings.append(
                "Er zijn geen artikelen gevonden; de tekst staat bij elkaar."
            )
        for number, count in Tally(self.numbers).items():
            if count > 1:
                self.warnings.append(f"Artikel {number} komt {count} keer voor.")
        self._note_empty(self.root)
        return Regeling(
            title=title,
            children=nodes,
            kind=kind_of(title),
            citeertitel=facts.citeertitel,
            authority=facts.authority,
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
        )

    def _note_empty(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            if (
                draft.soort is Soort.ARTIKEL
                and draft.empty
                and not expired(draft.title)
            ):
                self.warnings.append(
                    f"Artikel {draft.number or draft.title} heeft geen tekst."
                )
            self._note_empty(draft.children)

    def _is_hollow(self, draft: Draft) -> bool:
        named = draft.label or draft.number or draft.title
        return draft.empty and not named

    def _find_title(self) -> int:
        """Which line before the first article is the title; -1 when none clearly is."""
        best, found = 0, -1
        for index, unit in enumerate(self.units[:60]):
            if self._is_label_at(index) and not unit.text.lower().startswith("bijlage"):
                break
            grade = 0
            if unit.style in ("title", "titel") and unit.text:
                grade = 3
            elif names_text(unit.text) and not (unit.boxed or bare_heading(unit.text)):
                grade = 2 if headed(unit) else 1 if index < 4 else 0
            if grade > best:
                best, found = grade, index
        return found

    # -- headings ---------------------------------------------------------------------

    def _labelled(self, index: int, unit: Unit) -> bool:
        found = heading(unit.text)
        rest = ""
        if found and unit.runs_on:
            found, rest = _run_in(found, unit)
        if found is None or not self._is_label(found, unit):
            return False
        head = replace(unit, notes="") if rest else unit
        if found.soort is Soort.BIJLAGE:
            self._begin_bijlage(found, head)
        elif self.explanation is not None:
            return False
        elif found.soort is Soort.ARTIKEL:
            self._begin_artikel(found, head)
        else:
            self._begin_group(
                Draft(found.soort, found.label, found.number, found.title), head
            )
        if rest:
            self._text(
                index,
                replace(unit, text=rest, noted=unit.with_notes(rest), lead=0),
            )
        return True

    def _is_label(self, found: Heading, unit: Unit) -> bool:
        """Whether a line that begins like a heading is one, and no sentence."""
        if not unit.first and not unit.marked and found.title:
            return False
        if refers(found.title):
            return False
        if unit.heading or (unit.auto and found.number):
            return True
        if (
            not found.number
            and found.soort is not Soort.BIJLAGE
            and found.label.lower() == "artikel"
        ):
            return False
        if unit.lead >= len(found.label) + len(found.number):
            return True
        if re.match(
            r"(artikel|hoofdstuk|bijlage)(kop|titel| kop| titel)?$", unit.style
        ):
            return True
        if len(unit.text) > 120 or unit.text[-1] in ";:,":
            return False
        if found.title and (
            not (found.title[0].isupper() or found.title[0] in "[(‘'\"")
            or found.title[-1] == "."
        ):
            return False
        if found.soort is Soort.BIJLAGE:
            return bool(self.numbers)
        return found.soort is not Soort.ARTIKEL or self._comes_next(found.number)

    def _comes_next(self, number: str) -> bool:
        """Whether an article with this number can follow the last one."""
        place = _place(number)
        if not self.last:
            return number.lower() in ("1", "i", "a") or place[-1:] == [(1, "")]
        last = _place(self.last)
        return bool(place) and last < place and place[0][0] - last[0][0] <= 2

    def _begin_artikel(self, found: Heading, unit: Unit) -> None:
        self.aside = None
        draft = Draft(Soort.ARTIKEL, found.label, found.number, found.title)
        self._container().append(draft)
        draft.write(unit.notes)
        self.artikel = Article(draft, self.warnings)
        self.untitled = None if found.title else draft
        self.inline = None
        self.last = found.number
        if self.bijlage is None:
            self.numbers.append(found.number)
        if found.number and self.bijlage is None:
            self.titles.setdefault(found.number, found.title)

    def _begin_group(self, group: Draft, unit: Unit) -> None:
        self.aside = None
        while self.groups and _RANK[self.groups[-1].soort] >= _RANK[group.soort]:
            self.groups.pop()
        self._container().append(group)
        group.write(unit.notes)
        self.groups.append(group)
        self.artikel = self.inline = None
        self.untitled = None if group.title else group

    def _begin_bijlage(self, found: Heading, unit: Unit) -> None:
        self._close()
        if re.search(r"\btoelichting\b", found.title, re.IGNORECASE) and self.numbers:
            title = " ".join(filter(None, (found.label, found.number, found.title)))
            self._begin_explanation(Draft(Soort.TOELICHTING, title=title), unit)
            return
        self.bijlage = Draft(Soort.BIJLAGE, found.label, found.number, found.title)
        self.root.append(self.bijlage)
        self.bijlage.write(unit.notes)
        self.artikel = Article(self.bijlage, self.warnings)
        self.untitled = None if found.title else self.bijlage

    def _begin_explanation(self, main: Draft, unit: Unit) -> None:
        self._close()
        main.write(unit.notes)
        self.explanation = Explanation(self.root, main, self.titles, self.warnings)

    def _close(self) -> None:
        self.groups = []
        self.artikel = self.inline = self.explanation = None
        self.aside = self.bijlage = self.untitled = None
        self.last = ""

    def _container(self) -> list[Draft]:
        if self.groups:
            return self.groups[-1].children
        return self.bijlage.children if self.bijlage else self.root

    def _takes_title(self, index: int, unit: Unit) -> bool:
        """A heading on two lines: 'Artikel 3' and below it the title."""
        draft, self.untitled = self.untitled, None
        if draft is None or not draft.empty or index == 0:
            return False
        text = flat(unit.text)
        before = self.units[index - 1]
        if unit.heading:
            fits = bool(before.heading) and not text.endswith((".", ";", ":"))
        elif unit.marked:
            fits = can_be_title(unit)
        else:
            fits = self.profile.titles_below and can_be_title(unit)
        if not fits or heading(unit.text) or item(unit.text) or expired(text):
            return False
        draft.title = text
        draft.write(unit.notes)
        if draft.soort is Soort.ARTIKEL and self.titles.get(draft.number) == "":
            self.titles[draft.number] = text
        return True

    # -- toelichting, sluiting and headings without a label ---------------------------

    def _explains(self, unit: Unit) -> bool:
        """What begins, or belongs to, a toelichting."""
        if not self.numbers:
            return False
        if self.profile.explains_each and self.artikel and not self.explanation:
            return self._explains_each(unit)
        if explanation.starts(unit) and (
            self.explanation is None or self.explanation.ends_at(unit)
        ):
            title = flat(unit.text)
            if explanation.names_article(unit):
                self._begin_explanation(Draft(Soort.TOELICHTING), Unit())
            else:
                self._begin_explanation(Draft(Soort.TOELICHTING, title=title), unit)
                return True
        if self.explanation is None:
            return False
        found = heading(unit.text)
        if found and found.soort is Soort.BIJLAGE and self._is_label(found, unit):
            return False
        self.explanation.read(unit)
        return True

    def _explains_each(self, unit: Unit) -> bool:
        """Under each article its own toelichting, which then stands beside it."""
        if headed(unit) and explanation.bare(unit) and self.artikel:
            self.inline = Draft(
                Soort.TOELICHTING, title=unit.text, about=self.artikel.draft.number
            )
            self._container().append(self.inline)
            self.inline.write(unit.notes)
            return True
        found = heading(unit.text)
        if (
            self.inline is None
            or headed(unit)
            or (found and self._is_label(found, unit))
        ):
            return False
        self.inline.write(flat(unit.noted))
        return True

    def _signed(self, unit: Unit) -> bool:
        text = flat(unit.text)
        if not self.numbers or self.aside or self.bijlage or not _SIGNED.match(text):
            return False
        self._close()
        self.aside = Draft(Soort.SLUITING)
        self.root.append(self.aside)
        self.aside.write(flat(unit.noted))
        return True

    def _unlabelled(self, index: int, unit: Unit) -> bool:
        """A heading without the word 'Artikel', 'Hoofdstuk', …"""
        if not headed(unit) or (self.aside and self.aside.soort is Soort.SLUITING):
            return False
        text, bare = flat(unit.text), bare_heading(unit.text)
        if bare and not unit.heading and (not bare.title or bare.title[-1] in ".;:"):
            return False
        if self.bijlage is not None:
            if not unit.heading and (item(unit.text) or text.endswith(".")):
                return False
            part = Draft(Soort.TEKST, title=text)
            self._container().append(part)
            part.write(unit.notes)
            self.artikel = Article(part, self.warnings)
            return True
        soort = self._soort_of(index, unit, bare)
        if soort is None:
            return False
        number, title = (bare.number, bare.title) if bare else ("", text)
        if soort is Soort.ARTIKEL:
            self._begin_artikel(Heading(soort, "", number, title), unit)
        elif soort is Soort.TEKST:
            self._add_part(
                Draft(soort, title=text, lines=[unit.notes] if unit.notes else [])
            )
        else:
            self._begin_group(Draft(soort, "", number, title), unit)
        return True

    def _soort_of(self, index: int, unit: Unit, bare: Heading | None) -> Soort | None:
        """What a heading without a label is; None when it is text set apart."""
        profile, level = self.profile, unit.heading
        if bare and profile.depth:
            parts = len(re.findall(r"\d+", bare.number))
            if parts >= profile.depth:
                return Soort.ARTIKEL
            return Soort.HOOFDSTUK if parts <= 1 else Soort.PARAGRAAF
        leads = self._is_label_at(index + 1)
        group = (
            Soort.PARAGRAAF if Soort.HOOFDSTUK in profile.soorten else Soort.HOOFDSTUK
        )
        if not level:
            if bare and self._comes_next(bare.number) and self.last and not leads:
                alike = len(_place(bare.number)) == len(_place(self.last))
                return Soort.ARTIKEL if alike else None
            if (
                leads
                and not item(unit.text)
                and (self.numbers or is_group_title(unit.text))
            ):
                return group
            return None
        if not self.numbers and not leads and not bare and not self.groups:
            return None
        known = profile.levels.get(level)
        if known is Soort.ARTIKEL:
            return Soort.PARAGRAAF if leads and not bare else Soort.ARTIKEL
        if known is not None:
            return known
        if profile.artikel_level and level > profile.artikel_level:
            return Soort.TEKST if self.artikel else None
        return group if level == 1 or group is Soort.PARAGRAAF else Soort.PARAGRAAF

    def _is_label_at(self, index: int) -> bool:
        if index >= len(self.units):
            return False
        unit = self.units[index]
        found = heading(unit.text)
        return found is not None and self._is_label(found, unit)

    # -- text -------------------------------------------------------------------------

    def _table(self, unit: Unit) -> None:
        if self.explanation:
            self.explanation.read(unit)
        else:
            self._add_part(Draft(Soort.TABEL, rows=unit.rows))

    def _add_part(self, part: Draft) -> None:
        """A table or a heading within an article, where the text now is."""
        if self.inline:
            self.inline.add(part)
        elif self.aside:
            self.aside.add(part)
        elif self.artikel:
            self.artikel.add(part)
        else:
            self._container().append(part)

    def _text(self, index: int, unit: Unit) -> None:
        if self.explanation:
            self.explanation.read(unit)
        elif self.inline:
            self.inline.write(flat(unit.noted))
        elif self.artikel and not self.aside:
            self.artikel.read(unit, self._following(index))
        else:
            place = self.aside or (self.groups[-1] if self.groups else None)
            if place is None:
                place = self.aside = Draft(Soort.TEKST)
                self.root.append(place)
            place.write(flat(unit.noted))

    def _following(self, index: int) -> frozenset[str]:
        """The numbers of the next parts, up to the next heading."""
        numbers = []
        for place in range(index + 1, min(index + 25, len(self.units))):
            if self._is_label_at(place):
                break
            found = item(self.units[place].text)
            if found:
                numbers.append(found.number)
        return frozenset(numbers)


def _run_in(found: Heading, unit: Unit) -> tuple[Heading, str]:
    """A heading that is set apart in front of its text, and that text."""
    marked = heading(unit.text[: unit.lead].strip())
    rest = unit.text[unit.lead :].strip()
    if marked is None or not marked.number or (not marked.title and refers(rest)):
        return found, ""
    if marked.title or len(rest) > 100 or rest.endswith(".") or item(rest):
        return replace(marked, title=marked.title.rstrip(".")), rest
    return found, ""


def _place(number: str) -> list[tuple[int, str]]:
    """A number of an article as a key that sorts."""
    return [(int(n), letter) for n, letter in re.findall(r"(\d+)([a-z]*)", number)]
