"""The toelichting behind a text: a general part and parts that belong to an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.regelingen.toelichting import dotted, named
from knowledge.regelingen.tree import Soort

from .draft import Draft
from .patterns import DIGITS, heading, item
from .units import Unit, flat

_MAIN = re.compile(
    r"(?:(?:algemene|artikelsgewijze|nota van|memorie van) )?toelichting\b[^.;:]{0,150}\.?",
    re.I,
)
_PLAIN_MAIN = re.compile(
    r"(?:algemene |artikelsgewijze |nota van |memorie van )?toelichting"
    r"(?: (?:op|bij|behorend)\b.*)?",
    re.I,
)
_SECTION = re.compile(
    r"(?:(?:[IVX]+|\d+|[A-Z])(?:[.:)]\s*|\s+))?(?:deel (?:\w+)[.:]?\s+)?"
    r"(?:algemeen(?: deel)?|algemene toelichting|(?P<each>artikelsgewij\w*(?: toelichting| deel)?|toelichting per artikel))[.:]?",
    re.I,
)
_ARTICLE = re.compile(
    rf"""(?P<label>(?:ad\s+|toelichting\s+(?:(?:op|bij)\s+)?)?(?:artikel(?:en)?|artt?\.?))\s*
    (?P<number>(?-i:{DIGITS}|[IVX]+(?![A-Za-z]))(?:\s*(?:,|en|t/m|tot\sen\smet|-|–)\s*(?-i:{DIGITS}))*)
    (?P<close>[.:]+(?!\d)|\s+[-–—](?=\s))?(?P<gap>\s*)(?P<title>.*)""",
    re.IGNORECASE | re.VERBOSE,
)


def starts(unit: Unit) -> bool:
    """Whether a line after the last article is the heading of a toelichting."""
    text = flat(unit.text)
    if unit.heading or unit.marked or text.isupper():
        return bool(_MAIN.fullmatch(text))
    return unit.first and len(text) < 120 and bool(_PLAIN_MAIN.fullmatch(text))


def bare(unit: Unit) -> bool:
    """A heading 'Toelichting' and nothing more, as under each article of a model."""
    return unit.text.lower().rstrip(":. ") == "toelichting"


def names_article(unit: Unit) -> bool:
    """'Toelichting bij artikel 3': such a toelichting has no heading of its own."""
    return bool(_ARTICLE.fullmatch(flat(unit.text)))


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().lower()


@dataclass(slots=True)
class Explanation:
    """Files each line of a toelichting, as a row of parts behind the text.

    root: where the parts go. titles: number of an article → its title.
    """

    root: list[Draft]
    main: Draft
    titles: Mapping[str, str]
    warnings: list[str]
    current: Draft = field(init=False)
    per_article: bool = field(init=False)
    untitled: bool = False

    def __post_init__(self) -> None:
        self.per_article = "artikelsgewij" in self.main.title.lower()
        self.current = self.main
        self.root.append(self.main)

    def read(self, unit: Unit) -> None:
        if unit.rows:
            self.untitled = False
            self._place().add(Draft(Soort.TABEL, rows=unit.rows))
        elif unit.boxed or not (
            self._is_section(unit) or self._is_article(unit) or self._is_title(unit)
        ):
            self.untitled = False
            self._place().write(flat(unit.noted))

    def ends_at(self, unit: Unit) -> bool:
        """Whether a heading stands beside the one above this part and not below it."""
        text = flat(unit.text)
        return bool(_SECTION.fullmatch(self.main.title) and _SECTION.fullmatch(text))

    def _begin(self, part: Draft, text: str) -> None:
        self.current = part
        self.root.append(part)
        part.write(text)

    def _place(self) -> Draft:
        """Where text goes: below the last heading of its part."""
        last = self.current.children[-1] if self.current.children else None
        return (
            last if last and last.soort is Soort.TEKST and last.title else self.current
        )

    def _is_section(self, unit: Unit) -> bool:
        text = flat(unit.text)
        found = _SECTION.fullmatch(text)
        if found is None or not (unit.heading or unit.marked or len(text) < 60):
            return False
        self._begin(Draft(Soort.TOELICHTING, title=text), unit.notes)
        self.per_article = bool(found["each"])
        self.untitled = False
        return True

    def _is_article(self, unit: Unit) -> bool:
        text = flat(unit.text)
        rest = ""
        found = _ARTICLE.fullmatch(text)
        if found and unit.runs_on:
            marked = _ARTICLE.fullmatch(text[: unit.lead].strip())
            if marked and (marked["title"] or len(text) > 100 or text.endswith(".")):
                end = unit.text[unit.lead :].strip()
                found, rest = marked, flat(unit.with_notes(end))
        if found is None or not self._is_heading(found, unit):
            return False
        number = re.match(DIGITS, found["number"])
        about = self._couple(number[0] if number else found["number"], found, text)
        by_number = {dotted(one): one for one in self.titles}
        also = [
            by_number[dotted(one)]
            for one in named(found["number"], list(by_number))
            if dotted(one) in by_number
        ]
        also = list(dict.fromkeys(also)) if about in also else [about]
        label, numbers = found["label"], found["number"]
        title = found["title"].lstrip(",;: ")
        self._begin(
            Draft(
                Soort.TOELICHTING,
                label,
                numbers,
                title,
                about=about,
                also=tuple(n for n in also if n != about),
            ),
            rest or unit.notes,
        )
        self.per_article = True
        self.untitled = not title and self.current.empty
        return True

    def _is_heading(self, found: re.Match[str], unit: Unit) -> bool:
        title = found["title"]
        if title and title[0] != "," and not (found["gap"] or found["close"]):
            return False
        if unit.heading or unit.lead >= len(found["label"]) + len(found["number"]):
            return True
        if not unit.first or len(unit.text) > 120 or unit.text[-1] in ".;:,":
            return not title and unit.first
        if not title or title[0].isupper() or title[0] in "[(":
            return True
        return bool(
            re.fullmatch(r",?\s*(?:\w+ lid|lid \d+\w*|onder\w* \w+)(?:.{0,40})", title)
        )

    def _couple(self, number: str, found: re.Match[str], text: str) -> str:
        """The article that a part is about: by its number, else by its title."""
        title = _plain(found["title"])
        same = [
            n for n, other in self.titles.items() if title and _plain(other) == title
        ]
        if number in self.titles:
            if same and number not in same and len(same) == 1:
                self.warnings.append(
                    f"Toelichting '{text}': de titel hoort bij artikel {same[0]}; daaraan gekoppeld."
                )
                return same[0]
            return number
        if len(same) == 1:
            self.warnings.append(
                f"Toelichting '{text}': het nummer komt niet voor; op titel gekoppeld aan artikel {same[0]}."
            )
            return same[0]
        self.warnings.append(
            f"Toelichting '{text}' hoort bij geen artikel; niet gekoppeld."
        )
        return ""

    def _is_title(self, unit: Unit) -> bool:
        """A heading without the number of an article: its title, or one of its own."""
        text, label = flat(unit.text), heading(unit.text)
        headed = bool(unit.heading or (unit.marked and len(text) < 120))
        if not headed or (item(unit.text) and not unit.heading):
            return False
        if self.untitled and not label:
            self.current.title = text
            self.current.write(unit.notes)
            self.untitled = False
            return True
        self.untitled = False
        same = [
            n
            for n, title in self.titles.items()
            if title and _plain(title) == _plain(text)
        ]
        if self.per_article and len(same) == 1:
            self._begin(Draft(Soort.TOELICHTING, title=text, about=same[0]), unit.notes)
        elif label:  # of a hoofdstuk, so no longer about the last article
            self._begin(Draft(Soort.TOELICHTING, title=text), unit.notes)
        else:
            self.current.add(Draft(Soort.TEKST, title=text)).write(unit.notes)
        return True
