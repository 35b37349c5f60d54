"""Which part of a toelichting explains which article.

A toelichting is mostly a flat row of paragraphs in which headings differ from sentences
by their wording alone, now bold, now italic, now plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .blocks import Block, Text, assemble
from .numbering import clean, kop
from .tree import Node, Soort

MAX_HEADING = 120
_ARTIKEL = re.compile(
    r"^(?P<label>(?:toelichting\s+(?:op|bij)\s+|ad\s+)?art(?:ikel(?:en)?|\.))\s*"
    r"(?P<number>\d+(?:[.:]\d+)*(?-i:[a-z]{0,2})(?![\w])"
    r"(?:\s*(?:,|en|t/m|tot en met|-|–)\s*\d+(?:[.:]\d+)*(?-i:[a-z]{0,2})(?!\w))*)"
    r"(?P<end>[.:]?)\s*[-–—]?\s*(?P<rest>.*)$",
    re.I | re.S,
)
_OTHER = re.compile(
    r"^(?:[IVX]+\.?\s+|\d+\.?\s+|[A-Z]\.\s+)?(?:algeme(?:en|ne)(?:\s+(?:deel|toelichting|gedeelte))?|"
    r"artikelsgewijze?(?:\s+(?:deel|toelichting|gedeelte))?|toelichting(?:\s+per\s+artikel)?|"
    r"(?:hoofdstuk|paragraaf|afdeling|§)\s+[\dIVX][\w.:]*\b.*)$",
    re.I,
)


_CLOSES = re.compile(r"^aldus\s+(?:vastgesteld|besloten|gedaan|overeengekomen)\b", re.I)


@dataclass(slots=True)
class Heading:
    """A heading in flat text. rest: words of the paragraph after the heading."""

    title: str
    label: str = ""
    number: str = ""
    rest: str = ""


def heading(block: Text) -> Heading | None:
    """The paragraph as heading of an article or part; None when it is a sentence."""
    strong = block.strong.strip()
    runs_on = bool(strong) and strong != block.text.strip()
    whole = block.text.strip()
    titled = runs_on and len(whole) <= MAX_HEADING and not whole.endswith(".")
    for candidate in (whole, strong) if titled or not runs_on else (strong,):
        if len(candidate) > MAX_HEADING or candidate.endswith((":", ";", ",")):
            continue
        rest = whole[len(candidate) :].strip()
        found = _ARTIKEL.match(candidate)
        if found:
            title = found["rest"].strip()
            if _is_title(title, strong=bool(strong), closed=bool(found["end"])):
                return Heading(
                    clean(title).lstrip(",;: ") if title else "",
                    found["label"],
                    found["number"],
                    rest.lstrip(".:–- "),
                )
        elif (
            candidate == whole
            and _OTHER.match(candidate)
            and not candidate.endswith(".")
        ):
            return Heading(candidate)
    return None


def _is_title(words: str, *, strong: bool, closed: bool) -> bool:
    """Whether what follows 'Artikel 5' is its title and not the rest of a sentence."""
    if not words:
        return True
    if words.startswith(("(", "[", ",")):
        return len(words) < 60 and not words.endswith(".")
    if words[0].isupper() or strong or closed:
        return not (words.endswith(".") and len(words.split()) > 8)
    return False


@dataclass(slots=True)
class _Part:
    heading: Heading
    blocks: list[Block] = field(default_factory=list)


def split(blocks: Sequence[Block], title: str) -> list[_Part]:
    """The parts of a flat toelichting: what precedes the first heading comes first."""
    parts = [_Part(Heading(title))]
    for block in blocks:
        found = heading(block) if isinstance(block, Text) else None
        if found is None:
            parts[-1].blocks.append(block)
            continue
        parts.append(_Part(found, [Text(found.rest)] if found.rest else []))
    return [part for part in parts if part.blocks or part.heading != Heading("")]


def read(
    blocks: Sequence[Block],
    title: str,
    articles: Sequence[tuple[str, str]],
    warnings: list[str],
) -> list[Node]:
    """The toelichting as nodes that say which article they explain.

    articles: number and title of each, in order. Coupled by number; by title when the
    number is not there, or is that of an article with another title. Else not coupled,
    with a warning.
    """
    by_number: dict[str, str] = {}
    by_title: dict[str, list[str]] = {}
    for number, titled in articles:
        if number:
            by_number.setdefault(dotted(number), number)
            by_title.setdefault(_plain(titled), []).append(number)
    nodes = []
    for part in split(blocks, title):
        coupled: tuple[str, ...] = ()
        if part.heading.number:
            coupled = _couple(part.heading, by_number, by_title, warnings)
        text, children = assemble(part.blocks, Soort.TOELICHTING)
        nodes.append(
            Node(
                Soort.TOELICHTING,
                label=part.heading.label,
                number=part.heading.number,
                title=part.heading.title,
                text=text,
                children=children,
                about=coupled[0] if coupled else "",
                also=coupled[1:],
            )
        )
    return nodes


def _couple(
    found: Heading,
    by_number: dict[str, str],
    by_title: dict[str, list[str]],
    warnings: list[str],
) -> tuple[str, ...]:
    """The articles that a part explains, the first named first."""
    numbers = named(found.number, list(by_number))
    printed = " ".join(filter(None, (found.label, found.number, found.title)))
    here = f"Toelichting ‘{printed}’"
    titled = by_title.get(_plain(found.title), []) if found.title else []
    known = [by_number.get(dotted(number), "") for number in numbers]
    first = next(filter(None, known), "")
    if first and (not titled or first in titled):
        return tuple(dict.fromkeys(one for one in known if one))
    if len(titled) == 1:
        warnings.append(
            f"{here}: het nummer wijkt af; gekoppeld op de titel aan artikel {titled[0]}."
        )
        return (titled[0],)
    if first:
        return (first,)
    warnings.append(f"{here}: niet gekoppeld; dit artikel staat niet in de regeling.")
    return ()


def named(printed: str, order: Sequence[str]) -> list[str]:
    """The numbers in '3, 5 en 7 t/m 9', those in between as well. order: of all articles,
    dotted and in lower case."""
    found: list[str] = []
    for part in re.split(r"\s*(?:,|\ben\b(?! met))\s*", printed):
        ends = re.findall(r"\d+(?:[.:]\d+)*[a-z]{0,2}", part)
        places = [order.index(dotted(n)) for n in ends if dotted(n) in order]
        if len(ends) == len(places) == 2 and places[0] < places[1]:
            found += order[places[0] : places[1] + 1]
        else:
            found += ends
    return found


def dotted(number: str) -> str:
    """The same for '2:1' and '2.1', which people write for one another."""
    return number.replace(":", ".").lower()


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().lower()


def articles_in(blocks: Sequence[Block]) -> tuple[list[Block], list[Node]]:
    """What precedes the first article in flat text, and the parts from there on.

    For files without a single tagged article. Two or more headings 'Artikel n' are
    needed; else everything precedes. Other headings in bold and the closing formula end
    an article, so that nothing becomes part of it that is not.
    """
    before: list[Block] = []
    parts: list[tuple[Soort, _Part]] = []
    for block in blocks:
        begun = _begins(block, any(s is Soort.ARTIKEL for s, _part in parts))
        if begun is not None:
            parts.append(begun)
        elif parts:
            parts[-1][1].blocks.append(block)
        else:
            before.append(block)
    if sum(soort is Soort.ARTIKEL for soort, _part in parts) < 2:
        return list(blocks), []
    return before, [_flat_node(soort, part) for soort, part in parts]


def _begins(block: Block, after_article: bool) -> tuple[Soort, _Part] | None:
    """The part that a paragraph of flat text begins, if it does."""
    if not isinstance(block, Text):
        return None
    found = heading(block)
    if found is not None and found.number:
        return Soort.ARTIKEL, _Part(found, [Text(found.rest)] if found.rest else [])
    if not after_article:
        return None
    if _CLOSES.match(block.text):
        return Soort.SLUITING, _Part(Heading(""), [block])
    whole = (
        block.strong and block.strong == block.text and len(block.text) < MAX_HEADING
    )
    if whole and not block.text.endswith((":", ";", ",")):
        label, number, title = kop("", "", block.text, of="bijlage")
        soort = Soort.BIJLAGE if label.lower() == "bijlage" else Soort.TEKST
        return soort, _Part(Heading(title, label, number))
    return None


def _flat_node(soort: Soort, part: _Part) -> Node:
    text, children = assemble(part.blocks, soort, title=part.heading.title)
    own = part.heading
    return Node(soort, own.label, own.number, own.title, text, children)
