"""References inside one legal text: 'artikel 9, tweede lid', 'het eerste lid', 'hoofdstuk 3'.

Each number in a reference is a token with the path that it names, so that a number can be
made anew without touching the words around it. What belongs to another law is left out:
that is for core.citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.citations import find_citations
from knowledge.regelingen.tree import ORDINALS


class Level(StrEnum):
    HOOFDSTUK = "hoofdstuk"
    PARAGRAAF = "paragraaf"
    BIJLAGE = "bijlage"
    ARTIKEL = "artikel"
    LID = "lid"
    ONDERDEEL = "onderdeel"
    SUBONDERDEEL = "subonderdeel"


Path = tuple[tuple[Level, str], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """One number in a reference.

    path: what it names, from the highest level that the words name. value: the number
    itself. ordinal: written as a word. without: what to write, and over which stretch,
    when the artikel that is named has no leden to number; None when that cannot be.
    """

    start: int
    end: int
    path: Path
    ordinal: bool = False
    without: tuple[int, int, str] | None = None

    @property
    def level(self) -> Level:
        return self.path[-1][0]

    @property
    def value(self) -> str:
        return self.path[-1][1]


@dataclass(frozen=True, slots=True)
class Reference:
    start: int
    end: int
    tokens: tuple[Token, ...]


_S = r"\s{1,4}"
_NUM = r"(?:E\d{1,3}|\d{1,3}(?:[.:]\d{1,3}){0,3}[a-z]?)(?![\w°%]|[.:]\d)"
_ORD = rf"(?:{'|'.join(ORDINALS)}|[1-9]\d?e)"
_AND = (
    rf"(?:\s{{0,4}},\s{{0,4}}(?:(?:en|of|dan wel){_S})?"
    rf"|{_S}(?:en|of|en/of|dan wel|tot{_S}en{_S}met|t/m|onderscheidenlijk|"
    rf"respectievelijk){_S})"
)
_LETTER = r"(?:(?P<x{0}>[a-z])(?P=x{0})?)(?![\w’'-])"
_ARTIKEL = re.compile(rf"(?<![\w-])artikel(?:en)?{_S}(?={_NUM})", re.I)
_NUMBER = re.compile(_NUM, re.I)
_NEXT = re.compile(rf"{_AND}(?:artikel(?:en)?{_S})?(?={_NUM})", re.I)
_NEXT_NAMED = re.compile(rf"{_AND}artikel(?:en)?{_S}(?={_NUM})", re.I)
_COUNTS = re.compile(
    rf"{_S}(?:jaar|jaren|maand(?:en)?|we(?:ek|ken)|dag(?:en)?|uur|uren|euro|procent|"
    r"woningen|personen|leden|kinderen)(?!\w)",
    re.I,
)
_LEDEN = re.compile(
    rf"\s{{0,4}},?\s{{0,4}}(?:het{_S})?(?P<all>{_ORD}(?:{_AND}{_ORD}){{0,8}}){_S}"
    r"(?:lid|leden)(?!\w)",
    re.I,
)
_LID_NUMBER = re.compile(rf"\s{{0,4}},?\s{{0,4}}lid{_S}(?P<all>\d{{1,2}})(?!\w)", re.I)
_ONDERDELEN = re.compile(
    rf"\s{{0,4}},?\s{{0,4}}(?:(?:de{_S})?aanhef{_S}en{_S})?(?:de{_S})?"
    rf"(?:onderdeel|onderdelen|onder|sub){_S}(?P<all>{_LETTER.format(1)}"
    rf"(?:{_AND}(?:(?:onderdeel|onder){_S})?{_LETTER.format(2)}){{0,12}})",
    re.I,
)
_SUBS = re.compile(
    rf"\s{{0,4}},?\s{{0,4}}(?:(?:onderdeel|onderdelen|onder|sub){_S})?"
    rf"(?P<all>\d{{1,2}}°(?:{_AND}\d{{1,2}}°){{0,12}})",
    re.I,
)
_ALONE_LEDEN = re.compile(
    rf"(?<!\w)(?P<the>(?:het|de){_S})(?P<all>{_ORD}(?:{_AND}{_ORD}){{0,8}}){_S}"
    r"(?:lid|leden)(?!\w)",
    re.I,
)
_ALONE_ONDERDELEN = re.compile(
    rf"(?<!\w)(?:onderdeel|onderdelen){_S}(?P<all>{_LETTER.format(1)}"
    rf"(?:{_AND}(?:(?:onderdeel|onder){_S})?{_LETTER.format(2)}){{0,12}})",
    re.I,
)
_VAN_LID = re.compile(rf"{_S}van{_S}(?=(?:het|de){_S}{_ORD})", re.I)
_VAN_ARTIKEL = re.compile(rf",?{_S}van{_S}(?=artikel{_S}{_NUM})", re.I)
_GROUPS = re.compile(
    rf"(?<![\w-])(?P<label>hoofdstuk(?:ken)?|paragra(?:af|fen)|§{{1,2}}|bijlagen?)\s{{0,4}}"
    rf"(?P<all>(?:{_NUM}|[IVX]{{1,5}}(?!\w))(?:{_AND}(?:{_NUM}|[IVX]{{1,5}}(?!\w))){{0,8}})",
    re.I,
)
_ELSEWHERE = re.compile(
    rf"\s{{0,4}},?\s{{0,4}}(?:van|uit){_S}(?:de|het|die|dat|diens|genoemde|de{_S}genoemde)"
    rf"{_S}(?!verordening(?!\w|{_S}\())",
    re.I,
)
_BIJ = re.compile(rf"{_S}bij{_S}(?:de|het){_S}", re.I)
_OTHER_ARTIKEL = re.compile(
    rf",?{_S}van{_S}(?:dat|die|het{_S}(?:vorige|genoemde)){_S}artikel", re.I
)


def references(text: str) -> list[Reference]:
    """The references inside the text itself, in order, none overlapping."""
    taken: list[tuple[int, int]] = []
    found: list[Reference] = []
    elsewhere = [
        (one.start, one.end)
        for one in find_citations(text)
        if one.regeling is not None
        and not re.match(r"(?:de |deze )?verordening$", one.regeling, re.I)
    ]

    def free(start: int, end: int) -> bool:
        return not any(begin < end and start < stop for begin, stop in taken)

    def add(reference: Reference | None, start: int, end: int) -> None:
        taken.append((start, end))
        if reference is not None:
            found.append(reference)

    for match in _ARTIKEL.finditer(text):
        if not free(match.start(), match.end()):
            continue
        start, before = _before(text, match.start())
        tokens, end = _artikelen(text, match.end(), before)
        other = bool(_ELSEWHERE.match(text, end)) or any(
            begin < end and match.start() < stop for begin, stop in elsewhere
        )
        add(None if other else Reference(start, end, tuple(tokens)), start, end)
    for match in _ALONE_LEDEN.finditer(text):
        if not free(match.start(), match.end()):
            continue
        tokens = list(_leden(match, ()))
        if len(tokens) == 1 and match["the"].lower().startswith("het"):
            this = "Dit artikel" if match["the"][0].isupper() else "dit artikel"
            tokens = [_with(tokens[0], (match.start(), match.end(), this))]
        more, end = _inside(text, match.end(), tokens[-1].path)
        other = bool(_OTHER_ARTIKEL.match(text, end) or _ELSEWHERE.match(text, end))
        whole = Reference(match.start(), end, (*tokens, *more))
        add(None if other else whole, match.start(), end)
    for match in _ALONE_ONDERDELEN.finditer(text):
        if not free(match.start(), match.end()):
            continue
        path: Path = ()
        if van := _VAN_LID.match(text, match.end()):
            lid = next((r for r in found if r.start == van.end()), None)
            path = lid.tokens[-1].path if lid else ()
        tokens = list(_letters(match, path))
        more, end = _subs(text, match.end(), tokens[-1].path)
        other = bool(_OTHER_ARTIKEL.match(text, end)) or (
            not path and bool(_ELSEWHERE.match(text, end))
        )
        whole = Reference(match.start(), end, (*tokens, *more))
        add(None if other else whole, match.start(), end)
    for match in _GROUPS.finditer(text):
        if not free(match.start(), match.end()):
            continue
        level = Level.BIJLAGE if match["label"].lower()[0] == "b" else Level.PARAGRAAF
        if match["label"].lower().startswith("hoofdstuk"):
            level = Level.HOOFDSTUK
        other = bool(
            _ELSEWHERE.match(text, match.end()) or _BIJ.match(text, match.end())
        )
        tokens = [
            Token(start, end, ((level, value),))
            for start, end, value in _each(match, rf"{_NUM}|[IVX]{{1,5}}(?!\w)")
        ]
        whole = Reference(match.start(), match.end(), tuple(tokens))
        add(None if other else whole, match.start(), match.end())
    return sorted(found, key=lambda one: one.start)


def _before(text: str, at: int) -> tuple[int, re.Match[str] | None]:
    """'het tweede lid van' or 'onderdeel a van' in front of 'artikel', and where it begins."""
    start = max(0, at - 90)
    for pattern in (_ALONE_LEDEN, _ALONE_ONDERDELEN):
        for match in pattern.finditer(text, start, at):
            van = _VAN_ARTIKEL.match(text, match.end())
            if van and van.end() == at:
                return match.start(), match
    return at, None


def _artikelen(
    text: str, at: int, before: re.Match[str] | None
) -> tuple[list[Token], int]:
    tokens: list[Token] = []
    plural = text[:at].rstrip().lower().endswith("en")
    while True:
        number = _NUMBER.match(text, at)
        if number is None:
            break
        path: Path = ((Level.ARTIKEL, number[0].lower()),)
        if before is not None and not tokens:
            if "the" in before.groupdict():
                first = list(_leden(before, path))
                if len(first) == 1:
                    cut = (before.start(), number.start() - len("artikel "), "")
                    first = [_with(first[0], cut)]
                tokens += first
            else:
                tokens += _letters(before, path)
        tokens.append(Token(number.start(), number.end(), path))
        more, end = _inside(text, number.end(), path)
        tokens += more
        step = (_NEXT if plural else _NEXT_NAMED).match(text, end)
        following = _NUMBER.match(text, step.end()) if step else None
        if following is None or _COUNTS.match(text, following.end()):
            return tokens, end
        at = following.start()
    return tokens, at


def _inside(text: str, at: int, path: Path) -> tuple[list[Token], int]:
    """The leden and onderdelen that follow, and where they end."""
    tokens: list[Token] = []
    for pattern in (_LEDEN, _LID_NUMBER):
        if match := pattern.match(text, at):
            leden = list(_leden(match, path))
            if len(leden) == 1:
                leden = [_with(leden[0], (match.start(), match.end(), ""))]
            tokens += leden
            path, at = leden[-1].path, match.end()
            break
    if match := _ONDERDELEN.match(text, at):
        letters = list(_letters(match, path))
        tokens += letters
        path, at = letters[-1].path, match.end()
    more, at = _subs(text, at, path)
    return [*tokens, *more], at


def _subs(text: str, at: int, path: Path) -> tuple[list[Token], int]:
    match = _SUBS.match(text, at)
    if match is None:
        return [], at
    return [
        Token(start, end, (*path, (Level.SUBONDERDEEL, value)))
        for start, end, value in _each(match, r"\d{1,2}°")
    ], match.end()


def _leden(match: re.Match[str], path: Path) -> Iterator[Token]:
    for start, end, word in _each(match, rf"{_ORD}|\d{{1,2}}"):
        value = word.lower().removesuffix("e") if word[0].isdigit() else ""
        if not value:
            value = str(ORDINALS.index(word.lower()) + 1)
        yield Token(start, end, (*path, (Level.LID, value)), ordinal=not word.isdigit())


def _letters(match: re.Match[str], path: Path) -> Iterator[Token]:
    for start, end, value in _each(match, r"(?<![\w’'])([a-z])\1?(?![\w’'])"):
        yield Token(start, end, (*path, (Level.ONDERDEEL, value.lower())))


def _each(match: re.Match[str], pattern: str) -> Iterator[tuple[int, int, str]]:
    start, end = match.span("all")
    for one in re.compile(pattern, re.I).finditer(match.string, start, end):
        yield one.start(), one.end(), one[0]


def _with(token: Token, without: tuple[int, int, str]) -> Token:
    return Token(token.start, token.end, token.path, token.ordinal, without)
