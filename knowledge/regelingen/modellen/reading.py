"""The text form of a model ordinance, read into choices and parts.

Its rules stand in docs/modelverordeningen.md. Any text gives a model or faults, each with
its line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.regelingen.tree import Soort

from .parts import (
    JA,
    NEE,
    Alinea,
    Condition,
    Keuze,
    Keuzesoort,
    Model,
    Optie,
    Part,
    Stap,
    Veld,
    keyed,
)

MAX_CHARS = 1_000_000
MAX_DEPTH = 10

_HEAD = re.compile(r"(#{1,2})\s+(.+)")
_GROUP = re.compile(
    r"(?P<label>hoofdstuk|paragraaf|§|artikel|bijlage)\s*(?P<number>[\w.:]+)\s*(?P<title>.*)",
    re.I,
)
_GENERAL = re.compile(r"algemene toelichting", re.I)
_KEUZE = re.compile(r"\[keuze\s+([\w-]+)\]", re.I)
_ALS = re.compile(
    r"\[als\s+(?P<niet>niet\s+)?(?P<naam>[\w-]+)(?:\s*=\s*(?P<is>[^\[\]]+))?\]", re.I
)
_ITEMS = (
    (1, Soort.LID, re.compile(r"(\d+[a-z]?)\.\s+(\S.*)")),
    (2, Soort.ONDERDEEL, re.compile(r"(([a-z])\2?)\.\s+(\S.*)")),
    (3, Soort.SUBONDERDEEL, re.compile(r"(\d+°)\.?\s+(\S.*)")),
    (1, Soort.BEGRIP, re.compile(r"[-–•]\s+([^:]+):\s+(\S.*)")),
)
_SOORTEN = {
    "hoofdstuk": (1, Soort.HOOFDSTUK),
    "bijlage": (1, Soort.BIJLAGE),
    "paragraaf": (2, Soort.PARAGRAAF),
    "§": (2, Soort.PARAGRAAF),
    "artikel": (3, Soort.ARTIKEL),
}
_FIELDS = frozenset(
    {
        "soort", "veld", "stap", "vraag", "uitleg", "voorbeeld", "optie", "standaard",
        "gevolg ja", "gevolg nee", "bron",
    }
)  # fmt: skip
_META = frozenset(("titel", "citeertitel", "soort", "past bij", "datum", "voorbeeld"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, for the editor. serious: the text cannot go to readers with it."""

    line: int
    message: str
    serious: bool = True

    def __str__(self) -> str:
        return f"regel {self.line}: {self.message}" if self.line else self.message


@dataclass(frozen=True, slots=True)
class Reading:
    """The model, or the faults for which there is none."""

    model: Model | None
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True, eq=False)
class _Block:
    """An open [als …]. used_in: the artikel that it has words of, but not the start."""

    condition: Condition
    line: int
    words: str
    used_in: _Open | None = None


@dataclass(slots=True, eq=False)
class _Open:
    """A part that is being read. blocks: those open where it begins."""

    soort: Soort
    label: str
    number: str
    title: str
    line: int
    level: int
    blocks: tuple[_Block, ...]
    when: tuple[Condition, ...]
    alineas: list[_Words] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)
    notes: list[_Words] = field(default_factory=list)

    def frozen(self) -> Part:
        return Part(
            self.soort,
            self.label,
            self.number,
            self.title,
            _alineas(self.alineas),
            tuple(child.frozen() for child in self.children),
            _alineas(self.notes),
            self.when,
            self.line,
        )


@dataclass(slots=True, eq=False)
class _Words:
    text: str
    line: int
    when: tuple[Condition, ...] = ()


def _alineas(words: Iterable[_Words]) -> tuple[Alinea, ...]:
    return tuple(Alinea(one.text, one.when, one.line) for one in words)


def parse(text: str) -> Reading:
    """The model in a text. Never raises."""
    if len(text) > MAX_CHARS:
        return Reading(None, (Fault(0, "Deze tekst is te lang voor een model."),))
    return _Reader(text).read()


def parse_artikel(text: str) -> tuple[tuple[Alinea, ...], tuple[Part, ...]]:
    """The words of one artikel, as somebody typed them: leden, onderdelen and paragraphs.

    Nothing is a heading or a choice here; whatever it is, it is kept.
    """
    reader = _Reader("")
    artikel = _Open(Soort.ARTIKEL, "", "", "", 0, 3, (), ())
    reader.artikel = artikel
    for at, line in enumerate(re.split(r"\r\n|[\n\r]", text), 1):
        reader.line = at
        reader.words_of_artikel(line)
    part = artikel.frozen()
    return part.alineas, part.children


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = re.split(r"\r\n|[\n\r]", text.removeprefix("\ufeff"))
        self.faults: list[Fault] = []
        self.line = 0
        self.meta: dict[str, str] = {}
        self.keuzes: list[Keuze] = []
        self.blocks: list[_Block] = []
        self.conditions: list[tuple[int, str, Condition]] = []
        self.top: list[_Open] = []
        self.open: list[_Open] = []  # the groups that are open, outermost first
        self.artikel: _Open | None = None
        self.items: list[_Open] = []  # lid, onderdeel, subonderdeel that are open
        self.general: list[_Words] | None = None
        self.last: _Words | None = None  # what the next line may run on
        self.note: _Words | None = None

    def fault(self, message: str, line: int = 0) -> None:
        self.faults.append(Fault(line or self.line, message))

    def read(self) -> Reading:
        start = self._meta()
        at = start
        while at < len(self.lines):
            self.line = at + 1
            stripped = self.lines[at].strip()
            keuze = _KEUZE.fullmatch(stripped)
            if keuze:
                at = self._keuze(keuze[1], at)
            else:
                self._one(self.lines[at], stripped)
            at += 1
        for block in self.blocks:
            self.fault(f"{block.words} is niet gesloten met [/als].", block.line)
        self._known()
        titles = [p for p in self._all(self.top) if p.soort is Soort.ARTIKEL]
        if not titles and not self.faults:
            self.fault(
                "Er staat geen artikel in. Begin er een met '## Artikel 1 Titel'."
            )
        if self.faults:
            return Reading(None, tuple(sorted(self.faults, key=lambda f: f.line)))
        parts = keyed(tuple(part.frozen() for part in self.top))
        return Reading(
            Model(
                title=self.meta["titel"],
                parts=parts,
                keuzes=tuple(self.keuzes),
                general=_alineas(self.general or []),
                kind=self.meta.get("soort") or "verordening",
                citeertitel=self.meta.get("citeertitel", ""),
                fits=self.meta.get("past bij", ""),
                date=self.meta.get("datum", ""),
                example=self.meta.get("voorbeeld", "").lower() == JA,
            )
        )

    def _all(self, parts: Iterable[_Open]) -> Iterable[_Open]:
        for part in parts:
            yield part
            yield from self._all(part.children)

    # -- the head ------------------------------------------------------------

    def _meta(self) -> int:
        """Read the lines between '---'; where the text goes on."""
        first = next((i for i, one in enumerate(self.lines) if one.strip()), 0)
        self.line = first + 1
        if not self.lines or self.lines[first].strip() != "---":
            self.fault("De tekst begint met '---', de titel en weer '---'.")
            return first
        for at in range(first + 1, len(self.lines)):
            self.line = at + 1
            stripped = self.lines[at].strip()
            if stripped == "---":
                break
            name, colon, value = stripped.partition(":")
            name = name.strip().lower()
            if not stripped:
                continue
            if not colon or name not in _META:
                self.fault(
                    f"‘{stripped[:60]}’ hoort hier niet. Het kunnen zijn: "
                    f"{', '.join(sorted(_META))}."
                )
                continue
            self.meta[name] = value.strip()
        else:
            self.fault("De kop is niet gesloten met '---'.", first + 1)
            return len(self.lines)
        if not self.meta.get("titel"):
            self.fault("De titel ontbreekt.", first + 1)
        if self.meta.get("datum") and not _is_date(self.meta["datum"]):
            self.fault("De datum is geen dag, zoals 2026-07-01.", first + 1)
        return at + 1

    # -- choices -------------------------------------------------------------

    def _keuze(self, naam: str, at: int) -> int:
        """Read a choice; the index of its last line."""
        begin = at + 1
        values: dict[str, str] = {}
        opties: list[Optie] = []
        last = ""
        for end in range(at + 1, len(self.lines)):
            self.line = end + 1
            line = self.lines[end]
            stripped = line.strip()
            if stripped.lower() == "[/keuze]":
                self._add_keuze(naam, values, opties, begin)
                return end
            if stripped.startswith(("[", "## ", "# Hoofdstuk")):
                break
            name, colon, value = stripped.partition(":")
            name = name.strip().lower()
            if not stripped:
                last = ""
            elif colon and name in _FIELDS:
                value = value.strip()
                if name in ("soort", "veld", "stap", "standaard"):
                    value = re.sub(r"\s{2,}#.*", "", value)
                last = name
                if name == "optie":
                    cells = [cell.strip() for cell in value.split("|", 2)]
                    if len(cells) < 2 or not all(cells[:2]):
                        self.fault("Schrijf een optie als 'naam | Label | wat volgt'.")
                        continue
                    opties.append(Optie(*cells))
                elif name in values:
                    self.fault(f"‘{name}’ staat twee keer bij deze keuze.")
                else:
                    values[name] = value
            elif last and last != "optie" and not re.match(r"[a-z ]{2,20}:\s", line):
                values[last] = f"{values[last]} {stripped}"
            else:
                self.fault(
                    f"‘{stripped[:60]}’ hoort niet in een keuze. Een regel begint met een "
                    f"van: {', '.join(sorted(_FIELDS))}."
                )
        self.fault(f"[keuze {naam}] is niet gesloten met [/keuze].", begin)
        return end - 1 if at + 1 < len(self.lines) else at

    def _add_keuze(
        self, naam: str, values: dict[str, str], opties: list[Optie], line: int
    ) -> None:
        def one_of(name: str, kind: type, default: str = "") -> str | None:
            value = (values.get(name) or default).lower()
            if value in [member.value for member in kind]:  # type: ignore[attr-defined]
                return value
            names = ", ".join(member.value for member in kind)  # type: ignore[attr-defined]
            self.fault(f"{name} van ‘{naam}’ is een van: {names}.", line)
            return None

        soort = one_of("soort", Keuzesoort)
        stap = one_of("stap", Stap)
        veld = one_of("veld", Veld, "tekst")
        if not values.get("vraag"):
            self.fault(f"De vraag van ‘{naam}’ ontbreekt.", line)
        if any(keuze.naam == naam for keuze in self.keuzes):
            self.fault(f"De keuze ‘{naam}’ is er twee keer.", line)
        if soort is None or stap is None or veld is None:
            return
        if soort == Keuzesoort.VARIANT and len(opties) < 2:
            self.fault(f"‘{naam}’ is een variant: geef twee of meer opties.", line)
            return
        if soort != Keuzesoort.VARIANT and opties:
            self.fault(f"‘{naam}’ is geen variant en heeft geen opties.", line)
            return
        if soort == Keuzesoort.FACULTATIEF:
            opties = [
                Optie(JA, "Ja", values.get("gevolg ja", "")),
                Optie(NEE, "Nee", values.get("gevolg nee", "")),
            ]
        names = [optie.naam for optie in opties]
        if len(set(names)) < len(names):
            self.fault(f"Twee opties van ‘{naam}’ hebben dezelfde naam.", line)
        standaard = values.get("standaard", "")
        if soort != Keuzesoort.INVULVELD and standaard and standaard not in names:
            self.fault(f"De standaard van ‘{naam}’ is geen van de opties.", line)
            return
        self.keuzes.append(
            Keuze(
                naam=naam,
                soort=Keuzesoort(soort),
                stap=Stap(stap),
                vraag=values.get("vraag", ""),
                uitleg=values.get("uitleg", ""),
                veld=Veld(veld),
                voorbeeld=values.get("voorbeeld", ""),
                opties=tuple(opties),
                standaard=standaard,
                bron=values.get("bron", ""),
                line=line,
            )
        )

    def _known(self) -> None:
        """Every condition asks for a choice that is there, and an answer that it has."""
        by_name = {keuze.naam: keuze for keuze in self.keuzes}
        for line, words, condition in self.conditions:
            keuze = by_name.get(condition.keuze)
            if keuze is None:
                self.fault(f"{words}: de keuze ‘{condition.keuze}’ bestaat niet.", line)
                continue
            if keuze.soort is Keuzesoort.INVULVELD:
                self.fault(f"{words}: ‘{keuze.naam}’ is een invulveld.", line)
                continue
            names = {optie.naam for optie in keuze.opties}
            for value in sorted(condition.values - names):
                self.fault(
                    f"{words}: ‘{value}’ is geen antwoord op ‘{keuze.naam}’. Het zijn: "
                    f"{', '.join(sorted(names))}.",
                    line,
                )

    # -- the text ------------------------------------------------------------

    def _one(self, line: str, stripped: str) -> None:
        als = _ALS.fullmatch(stripped)
        if als:
            self._begin(als, stripped)
        elif stripped.lower() == "[/als]":
            if self.blocks:
                self.blocks.pop()
            else:
                self.fault("[/als] sluit niets: er is geen [als …] open.")
            self.last = self.note = None
        elif re.match(r"\[\s*/?\s*(?:als|keuze)\b", stripped, re.I):
            self.fault(
                f"‘{stripped[:60]}’ is niet te lezen. Schrijf [als naam], [als naam = "
                "optie], [als niet naam] of [/als], alleen op een regel."
            )
        elif found := _HEAD.fullmatch(stripped):
            self._heading(found[2].strip())
        elif stripped.startswith(">"):
            self._note(stripped[1:].strip())
        else:
            self.words_of_artikel(line)

    def _begin(self, als: re.Match[str], words: str) -> None:
        values = {JA}
        if als["is"]:
            values = {v.strip() for v in re.split(r"\s+of\s+", als["is"].strip())}
        condition = Condition(als["naam"], frozenset(values), bool(als["niet"]))
        if len(self.blocks) >= MAX_DEPTH:
            self.fault("Zo veel [als …] in elkaar is niet te volgen.")
        self.blocks.append(_Block(condition, self.line, words))
        self.conditions.append((self.line, words, condition))
        self.last = self.note = None

    def _heading(self, words: str) -> None:
        self.last = self.note = None
        if _GENERAL.fullmatch(words):
            self.artikel, self.items, self.open = None, [], []
            if self.general is not None:
                self.fault("‘Algemene toelichting’ staat er twee keer.")
            self.general = []
            return
        found = _GROUP.fullmatch(words)
        number = found["number"].rstrip(".:") if found else ""
        if not found or not re.match(r"\d|[IVXLC]+$|[A-Z]$", number):
            self.fault(
                f"De kop ‘{words[:60]}’ is niet te lezen. Schrijf '# Hoofdstuk 1 Titel', "
                "'## § 1.1 Titel', '## Artikel 1 Titel' of '# Bijlage 1 Titel'."
            )
            return
        level, soort = _SOORTEN[found["label"].lower()]
        for block in self.blocks:
            if block.used_in is not None:
                self.fault(
                    f"{block.words} van regel {block.line} begint in "
                    f"artikel {block.used_in.number}: sluit het daar met [/als]."
                )
                block.used_in = None
        if self.general is not None:
            self.fault("De algemene toelichting staat achteraan: hierna komt geen kop.")
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        above = self.open[-1] if self.open else None
        label = found["label"] if found["label"] == "§" else found["label"].capitalize()
        part = self._new(soort, label, number, found["title"].strip(), level, above)
        self.items = []
        if soort is Soort.ARTIKEL:
            self.artikel = part
        else:
            self.artikel = None
            self.open.append(part)

    def _new(
        self,
        soort: Soort,
        label: str,
        number: str,
        title: str,
        level: int,
        above: _Open | None,
    ) -> _Open:
        part = _Open(
            soort,
            label,
            number,
            title,
            self.line,
            level,
            tuple(self.blocks),
            self._when(above),
        )
        (above.children if above else self.top).append(part)
        return part

    def _when(self, above: _Open | None) -> tuple[Condition, ...]:
        """The conditions here beyond those of the part that this goes into."""
        known = above.blocks if above else ()
        here = tuple(self.blocks)
        if here[: len(known)] != known:
            self.fault(
                f"Dit hoort bij {_name(above)}, maar {known[-1].words} van regel "
                f"{known[-1].line} is al gesloten. Zet [/als] verder naar onderen."
            )
            return ()
        return tuple(block.condition for block in here[len(known) :])

    def _use(self, artikel: _Open) -> None:
        for block in self.blocks[len(artikel.blocks) :]:
            block.used_in = artikel

    def _note(self, words: str) -> None:
        if self.general is not None:
            into, above = self.general, None
        elif self.artikel is not None:
            into, above = self.artikel.notes, self.artikel
        else:
            self.fault("Een toelichting ('>') staat direct na een artikel.")
            return
        if not words:
            self.note = None
        elif self.note is not None:
            self.note.text += f" {words}"
        else:
            self.note = _Words(words, self.line, self._when(above))
            into.append(self.note)
            if above is not None:
                self._use(above)
        self.last = None

    def words_of_artikel(self, line: str) -> None:
        """A line that is no heading, choice or toelichting."""
        stripped = " ".join(line.split())
        if not stripped:
            self.last = self.note = None
            return
        if self.artikel is None:
            self._loose(stripped)
            return
        if self.artikel.notes:
            self.fault("Na de toelichting ('>') begint een nieuw artikel.")
            return
        self._use(self.artikel)
        for level, soort, pattern in _ITEMS:
            found = pattern.fullmatch(stripped)
            if found and not (soort is Soort.BEGRIP and self._runs_on(line)):
                self._item(level, soort, found)
                return
        indented = line[:1] in (" ", "\t")
        into = self.items[-1] if self.items else self.artikel
        if self.last is not None:
            self.last.text += f" {stripped}"
        elif indented or not self.artikel.children:
            self.last = _Words(stripped, self.line, self._when(into))
            into.alineas.append(self.last)
        else:
            closing = self._new(Soort.TEKST, "", "", "", 4, self.artikel)
            self.items = []
            self.last = _Words(stripped, self.line)
            closing.alineas.append(self.last)

    def _runs_on(self, line: str) -> bool:
        """A dash inside a lid or onderdeel is no begrip."""
        return bool(self.items) and self.items[0].soort is Soort.LID

    def _loose(self, stripped: str) -> None:
        if self.general is not None:
            self._note(stripped)
            return
        if self.top and not self.open:
            self.fault("Deze tekst hoort bij geen artikel.")
            return
        if self.open and self.open[-1].soort is not Soort.BIJLAGE:
            self.fault("Onder een hoofdstuk of paragraaf begint eerst een artikel.")
            return
        if not self.open:
            self.open = [self._new(Soort.AANHEF, "", "", "", 1, None)]
        if self.last is not None:
            self.last.text += f" {stripped}"
        else:
            self.last = _Words(stripped, self.line, self._when(self.open[-1]))
            self.open[-1].alineas.append(self.last)

    def _item(self, level: int, soort: Soort, found: re.Match[str]) -> None:
        while self.items and self.items[-1].level >= level:
            self.items.pop()
        above = self.items[-1] if self.items else self.artikel
        begrip = soort is Soort.BEGRIP
        part = self._new(
            soort,
            "",
            "" if begrip else found[1],
            found[1].strip() if begrip else "",
            level,
            above,
        )
        self.items.append(part)
        self.last = _Words(found[found.lastindex or 0], self.line)
        part.alineas.append(self.last)


def _name(part: _Open | None) -> str:
    if part is None:
        return "niets"
    return f"{part.label or part.soort.value} {part.number or part.title}".strip()


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
