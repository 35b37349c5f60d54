"""References to legal texts as values, and putting links to them in safe HTML.

Nothing here reads the database: who knows where an article stands is given as ``Find``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from core.citations import (
    Citation,
    article_key,
    find_citations,
    normal_regeling,
    regeling_behind,
)


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A reference to an article, or to a regulation as a whole (artikel is '').

    regeling: its one name (``normal_regeling``) or identifier; '' for the text that the
    reference itself is in. artikel, lid, onderdeel: in lower case, '' when not named.
    names: what the regulation may be called, the most exact first.
    """

    regeling: str
    artikel: str
    lid: str = ""
    onderdeel: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A reference with its place in the text."""

    start: int
    end: int
    verwijzing: Verwijzing


# The address of each reference that has one.
Find = Callable[[Iterable[Verwijzing]], Mapping[Verwijzing, str]]

_BWB = re.compile(r"bwb[rvw][0-9]{7}")
_CVDR = re.compile(r"cvdr[0-9]{3,9}")
# Only a text with one of these can hold a reference that can be followed.
_WORTH_READING = re.compile(r"[0-9]|\bart", re.I)
_LISTED = re.compile(
    r"\s{0,6}(?:,|[-–/]|(?:,\s{0,6})?(?:en|of|en/of|alsmede|juncto|jo\.?|tot|t/m|tot en met)"
    r"(?:\s{1,6}van)?|en,)\s{0,6}",
    re.I,
)
_HEREOF = re.compile(r"\s{0,6},?\s{1,6}(?:van|uit|der)\s", re.I)
_YEAR_BEHIND = re.compile(r",? (?:18|19|20)[0-9]{2}$")


def official_address(regeling: str) -> str:
    """Where the government publishes what has this identifier; '' for a name."""
    if _BWB.fullmatch(regeling):
        return f"https://wetten.overheid.nl/{regeling.upper()}"
    if _CVDR.fullmatch(regeling):
        return f"https://lokaleregelgeving.overheid.nl/{regeling.upper()}"
    return ""


def names_of(
    identifier: str, citeertitel: str, title: str, place: str = ""
) -> dict[str, bool]:
    """Every name that texts may use for a regulation.

    The value says whether only texts of its own municipality (``place``) mean this
    regulation by it: 'huisvestingsverordening' for 'Huisvestingsverordening Utrecht 2025'.
    """
    found: dict[str, bool] = {}
    for written in (identifier, citeertitel, title):
        name = normal_regeling(written) if written else ""
        if not name:
            continue
        found[name] = False
        local = bool(place) or "verordening" in name
        undated = _YEAR_BEHIND.sub("", name) if local else name
        found[undated] = False
        if place:
            pattern = rf" (?:van )?(?:de )?(?:gemeente )?{re.escape(place.lower())}\b"
            for one in (name, undated):
                own = " ".join(re.sub(pattern, "", one).split())
                if own and own != one:
                    found.setdefault(own, True)
    return found


@dataclass(frozen=True, slots=True)
class Binnen:
    """The regulation that a text is part of.

    defined: what its own words for other regulations mean: {'wet': 'huisvestingswet
    2014'}. explains: the text explains, and tells of other laws without naming them.
    """

    defined: Mapping[str, str]
    explains: bool = False


def verwijzingen(text: str, binnen: Binnen | None = None) -> list[Found]:
    """References in a text, in order, none overlapping.

    Inside a regulation an article without a name is one of its own, and 'de wet' is what
    the regulation calls so. Where that is not certain the article is left out: behind it
    stands another regulation, or an explanation speaks of another one.
    """
    if not _WORTH_READING.search(text):
        return []
    found = []
    cited = find_citations(text)
    elsewhere = binnen is not None and binnen.explains and _speaks_of_law(text, cited)
    for citation, behind in zip(cited, _behind(text, cited), strict=True):
        if citation.regeling:
            keys = _keys(citation)
        elif binnen is None or behind is None:
            continue
        elif behind == "":
            if elsewhere:
                continue
            keys = [("", _number(citation))]
        else:
            keys = [(name, _number(citation)) for name in _meant(behind, binnen)]
        if not keys:
            continue
        found.append(
            Found(
                citation.start,
                citation.end,
                Verwijzing(
                    keys[0][0],
                    keys[0][1],
                    citation.lid or "",
                    citation.onderdeel or "",
                    tuple(name for name, _number in keys),
                ),
            )
        )
    return found


def _keys(citation: Citation) -> list[tuple[str, str]]:
    law, _bar, number = article_key(
        citation.regeling or "", citation.artikel or ""
    ).partition("|")
    return [(name, number) for name in _with_undated(law)]


def _with_undated(name: str) -> tuple[str, ...]:
    """People write 'APV 2023' for the APV of any year."""
    undated = _YEAR_BEHIND.sub("", name) if "verordening" in name else name
    return tuple(dict.fromkeys((name, undated)))


def _number(citation: Citation) -> str:
    return article_key("", citation.artikel or "").removeprefix("|")


def _behind(text: str, cited: list[Citation]) -> list[str | None]:
    """What stands behind each article without a name; '' for nothing.

    None when that is another regulation. Articles of a row share what is behind the last.
    """
    result: list[str | None] = []
    after: str | None = ""
    for at in range(len(cited) - 1, -1, -1):
        here = cited[at]
        following = cited[at + 1] if at + 1 < len(cited) else None
        in_row = following is not None and bool(
            _LISTED.fullmatch(text, here.end, following.start)
        )
        if here.regeling:
            after = None
        elif following is None or not in_row:
            after = regeling_behind(text, here.end)
            if not after and _HEREOF.match(text, here.end):
                after = None
        elif after and not text[following.start].isdigit():
            # 'artikel 3 en artikel 4 van de wet': the first may be one of the text itself.
            after = None
        result.append(after)
    result.reverse()
    return result


def _meant(behind: str, binnen: Binnen) -> tuple[str, ...]:
    """'deze verordening' is the text itself, 'de wet' what it says that this is."""
    first, *_rest, last = behind.lower().split()
    if first in ("deze", "dit"):
        return ("",)
    law = binnen.defined.get(last, "") if first in ("de", "het") else ""
    return _with_undated(law) if law else ()


def _speaks_of_law(text: str, cited: list[Citation]) -> bool:
    named = any(citation.regeling for citation in cited)
    return named or bool(re.search(r"\b(?:wet|Awb|wetgever)\b|wet 20\d\d", text))


def defined_laws(definitions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of terms with their meaning those that stand for a regulation: 'wet', 'verordening'."""
    found = {}
    for term, meaning in definitions:
        word = re.sub(r"^(?:de|het) ", "", term.strip().lower())
        if not re.fullmatch(r"\w{0,40}(?:wet|verordening|besluit|regeling)", word):
            continue
        # A number behind the name makes it a citation, which tells where a name ends.
        name = re.split(r"[;(]|\. |, (?:zoals|met|gelet)", meaning.strip(), maxsplit=1)
        written = name[0].strip(" .,;:")
        cited = find_citations(
            f"artikel 1 van de {re.sub('^(?:de|het) ', '', written)}"
        )
        if len(cited) == 1 and cited[0].regeling:
            found[word] = normal_regeling(cited[0].regeling)
    return found


# -- links in HTML -------------------------------------------------------------------

# A tag, comment or declaration. Quotes are taken whole, so that '>' in a value ends nothing.
_TAG = re.compile(r"<!--.*?-->|<[a-z/!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.S | re.I)
_NAME = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.I)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
# What is a link or a control already, a heading, or not read as running text.
_LEFT_ALONE = re.compile(
    r"a|button|summary|h[1-6]|label|script|style|textarea|select|title|code|pre|svg|"
    r"noscript|iframe|template"
)
# Tags that only mark words: a citation may begin before one and end after it.
_MARKING = re.compile(r"b|strong|i|em|u|span|sub|sup|small|mark|wbr|ins|del")
_OPENS = re.compile(rf"<(?:{_MARKING.pattern})(?:\s[^<>]*)?>", re.I)
_CLOSES = re.compile(rf"</(?:{_MARKING.pattern})\s*>", re.I)
LITERAL = "data-letterlijk"


def link_html(html: str, find: Find) -> str:
    """The same HTML with links around the references in its text.

    html: well-formed, as our templates and cleaners make it. Only text outside links,
    controls and headings gets links, and outside what has the attribute data-letterlijk;
    every sign that was there stays. Doing it again changes nothing. ``find`` is asked once.
    """
    if not _WORTH_READING.search(html):
        return html
    cited: list[tuple[list[tuple[int, int]], Verwijzing]] = []
    for start, end in _texts(html):
        raw = html[start:end]
        if not _WORTH_READING.search(_TAG.sub("", raw)):
            continue
        text, places = _read(raw)
        for one in verwijzingen(text):
            signs = places[one.start : one.end]
            cited.append(
                (
                    _pieces(html, [(start + a, start + b) for a, b in signs]),
                    one.verwijzing,
                )
            )
    if not cited:
        return html
    addresses = find([one for _pieces_of, one in cited])
    parts, at = [], 0
    for pieces, verwijzing in cited:
        address = addresses.get(verwijzing)
        if address is None:
            continue
        for begin, end in pieces:
            parts += [html[at:begin], link(address, html[begin:end])]
            at = end
    return "".join((*parts, html[at:]))


def _pieces(html: str, signs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the links of a citation stand: one around it all, or one in each tag when it
    begins in one and ends in another."""
    begin, end = signs[0][0], signs[-1][1]
    while (unclosed := _unclosed(html[begin:end])) is not None:
        opens = (
            _OPENS.fullmatch(html, max(html.rfind("<", 0, begin), 0), begin)
            if "close" in unclosed
            else None
        )
        closes = _CLOSES.match(html, end) if "open" in unclosed else None
        if opens is None and closes is None:
            break
        begin = opens.start() if opens else begin
        end = closes.end() if closes else end
    else:
        return [(begin, end)]
    pieces = [signs[0]]
    for one in signs[1:]:
        if one[0] in pieces[-1]:
            pieces[-1] = (pieces[-1][0], one[1])
        else:
            pieces.append(one)
    return [one for one in pieces if html[slice(*one)].strip()]


def _unclosed(html: str) -> frozenset[str] | None:
    """Whether tags in it are opened or closed only; None when it is whole."""
    open_tags: list[str] = []
    found = set()
    for tag in _TAG.finditer(html):
        named = _NAME.match(tag[0])
        if named is None or named[2].lower() == "wbr":
            continue
        if not named[1]:
            open_tags.append(named[2].lower())
        elif open_tags and open_tags[-1] == named[2].lower():
            open_tags.pop()
        else:
            found.add("close")
    if open_tags:
        found.add("open")
    return frozenset(found) or None


def link(address: str, inside: str) -> str:
    """A link to a cited text. inside: safe HTML."""
    return f'<a class="verwijzing" href="{escape(address)}">{inside}</a>'


def _texts(html: str) -> Iterator[tuple[int, int]]:
    """Where text stands that may get links, with the tags in it that only mark words."""
    begin, closed_by, depth = 0, "", 0
    for tag in _TAG.finditer(html):
        named = _NAME.match(tag[0])
        name, closing = (named[2].lower(), bool(named[1])) if named else ("", False)
        literal = not closing and LITERAL in tag[0]
        if not closed_by and _MARKING.fullmatch(name) and not literal:
            continue
        if not closed_by and tag.start() > begin:
            yield begin, tag.start()
        begin = tag.end()
        if named is None:
            continue
        if closed_by:
            if name == closed_by:
                depth += -1 if closing else 1
                closed_by = closed_by if depth else ""
        elif not closing and (_LEFT_ALONE.fullmatch(name) or literal):
            closed_by, depth = name, 1
    if not closed_by and begin < len(html):
        yield begin, len(html)


def _read(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of HTML without tags, and where each of its signs stands in the HTML."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(raw):
        tag = _TAG.match(raw, at) if raw[at] == "<" else None
        if tag:
            at = tag.end()
            continue
        entity = _ENTITY.match(raw, at) if raw[at] == "&" else None
        signs = unescape(entity[0]) if entity else raw[at]
        end = entity.end() if entity else at + 1
        text.append(signs)
        places += [(at, end)] * len(signs)
        at = end
    return "".join(text), places
