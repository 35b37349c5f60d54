"""Read the starter content: Markdown files with a YAML head, and YAML lists.

Pure: from text to frozen dataclasses, no database. The format is described in
docs/startinhoud.md. Every fault is a ``StarterError`` with file and line.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from knowledge.regelingen.modellen.parts import Model
from knowledge.regelingen.modellen.reading import parse

STARTER_ROOT = Path(__file__).parent
LIST_NAMES = (
    "bronnen",
    "doelgroepen",
    "themas",
    "bouwstenen",
    "teams",
    "begrippen",
    "organisaties",
    "kerncijfers",
)
COMMON_FIELDS = {
    "soort",
    "slug",
    "titel",
    "in_het_kort",
    "team",
    "gecontroleerd_op",
    "volgende_controle",
    "geldig_van",
    "geldig_tot",
    "doelgroepen",
    "themas",
    "actielijnen",
    "fasen",
    "onzeker",
    "trefwoorden",
    "gerelateerd",
    "acties",
}
REQUIRED_FIELDS = {
    "soort",
    "slug",
    "titel",
    "in_het_kort",
    "team",
    "gecontroleerd_op",
    "volgende_controle",
}
KIND_FIELDS: dict[str, set[str]] = {
    "handreiking": set(),
    "stappenplan": {"stappen"},
    "praktijkvoorbeeld": {
        "gemeente",
        "plaats",
        "partners",
        "bewijskracht",
        "stub",
        "ontbreekt",
        "feiten",
    },
    "vraag-en-antwoord": {"beantwoord_op"},
    "doelgroep": {"groep", "cijfers"},
    "wet": {
        "afkorting",
        "bwb_id",
        "ministerie",
        "wetsstatus",
        "statussen",
        "laatst_nagegaan",
    },
    "financiering": {
        "regeling_status",
        "vensters",
        "voorwaarden",
        "rangschikking",
        "aanvrager",
    },
    "instrument": {"instrumentsoort", "eigenaar"},
    "gereedschapskist": {
        "taak",
        "stappenplan",
        "downloads",
        "voorbeelden",
        "contactpunten",
    },
    "infopagina": set(),
}
KIND_REQUIRED: dict[str, set[str]] = {
    "handreiking": {"acties", "themas"},
    "stappenplan": {"stappen", "themas"},
    "praktijkvoorbeeld": {"plaats", "bewijskracht", "feiten", "themas"},
    "vraag-en-antwoord": {"beantwoord_op", "themas"},
    "doelgroep": {"groep"},
    "wet": {"ministerie", "wetsstatus", "statussen", "laatst_nagegaan"},
    "financiering": {"regeling_status", "vensters", "aanvrager"},
    "instrument": {"instrumentsoort"},
    "gereedschapskist": {"taak", "downloads"},
    "infopagina": set(),
}
CHOICES: dict[str, set[str]] = {
    "bewijskracht": {"ervaring", "beschreven", "gemeten", "onderzocht"},
    "wetsstatus": {"geldend", "aangekondigd", "onzeker", "vervallen"},
    "regeling_status": {"open", "straks", "gesloten", "onbekend"},
    "instrumentsoort": {
        "regelgeving",
        "overeenkomst",
        "plan",
        "methode",
        "subsidie",
        "data",
        "inzet",
        "onderzoek",
    },
}
PHASES = {"verkennen", "analyseren", "visie", "afspraken", "uitvoeren", "monitoren"}

_HEAD = re.compile(r"\A---\n(.*?)\n---\n?", re.S)
_SECTION = re.compile(r"^## (?P<title>.+?)(?:\s*\{#(?P<anchor>[a-z0-9-]+)\})?\s*$")
_SOURCES = re.compile(r"^Bron(?:nen)?:\s*(.+)$")
_SOURCE_REF = re.compile(r"^(?P<key>[a-z0-9-]+)(?:\s*\((?P<place>.+)\))?$")
_PARTIAL_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


class StarterError(Exception):
    """A fault in a starter file, with the place."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path = path
        self.line = line
        self.message = message
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class SourceRef:
    """A pointer to a row of bronnen.yaml, with the place inside that source."""

    key: str
    place: str = ""


@dataclass(frozen=True)
class StarterSection:
    title: str
    anchor: str
    markdown: str
    sources: tuple[SourceRef, ...]
    line: int


@dataclass(frozen=True)
class StarterPage:
    path: Path
    head: dict[str, Any]
    sections: tuple[StarterSection, ...]
    head_lines: dict[str, int]

    @property
    def kind(self) -> str:
        return self.head["soort"]

    @property
    def slug(self) -> str:
        return self.head["slug"]

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.slug}"

    def line_of(self, field: str) -> int:
        return self.head_lines.get(field, 1)


@dataclass(frozen=True)
class StarterModel:
    """A model ordinance: one text with its choices."""

    path: Path
    text: str
    model: Model

    @property
    def key(self) -> str:
        return f"modelverordening/{self.path.stem}"


@dataclass(frozen=True)
class StarterContent:
    pages: tuple[StarterPage, ...]
    lists: dict[str, Any]
    root: Path
    models: tuple[StarterModel, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, StarterPage]:
        return {page.key: page for page in self.pages}


def parse_sources(text: str) -> tuple[SourceRef, ...]:
    """Split ``sleutel; sleutel (plaats)`` into references.

    Raises ValueError when a part is not of that form.
    """
    refs = []
    for part in text.split(";"):
        match = _SOURCE_REF.match(part.strip())
        if not match:
            raise ValueError(
                f"'{part.strip()}' is geen bron; schrijf 'sleutel' of 'sleutel (plaats)'"
            )
        refs.append(SourceRef(match["key"], match["place"] or ""))
    return tuple(refs)


def parse_page(path: Path, text: str) -> StarterPage:
    """Parse one content file.

    Raises StarterError at the first fault of form: head, fields, section headings.
    """
    head_match = _HEAD.match(text)
    if not head_match:
        raise StarterError(path, 1, "begin met een YAML-kop tussen twee regels '---'")
    try:
        head = yaml.safe_load(head_match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line + 2) if mark else 1
        raise StarterError(
            path,
            line,
            f"YAML-kop is niet te lezen: {error.problem}",  # type: ignore[attr-defined]
        ) from error
    if not isinstance(head, dict):
        raise StarterError(path, 2, "de YAML-kop moet uit 'veld: waarde' bestaan")
    head_lines = {
        match[1]: number
        for number, line in enumerate(text.splitlines(), 1)
        if number <= head_match[0].count("\n")
        and (match := re.match(r"^([a-z_]+):", line))
    }
    page = StarterPage(path, head, (), head_lines)
    _check_head(page)
    body_start = head_match[0].count("\n") + 1
    sections = _parse_sections(path, text[head_match.end() :], body_start)
    return StarterPage(path, head, sections, head_lines)


def _check_head(page: StarterPage) -> None:
    head, path = page.head, page.path
    kind = head.get("soort")
    if kind not in KIND_FIELDS:
        raise StarterError(
            path,
            page.line_of("soort"),
            f"soort '{kind}' bestaat niet; kies uit {', '.join(KIND_FIELDS)}",
        )
    missing = (REQUIRED_FIELDS | KIND_REQUIRED[kind]) - {
        field for field, value in head.items() if value not in (None, "", [])
    }
    if missing:
        raise StarterError(path, 1, f"vul in: {', '.join(sorted(missing))}")
    unknown = set(head) - COMMON_FIELDS - KIND_FIELDS[kind]
    if unknown:
        field = sorted(unknown)[0]
        raise StarterError(
            path, page.line_of(field), f"onbekend veld '{field}' bij {kind}"
        )
    if head["slug"] != path.stem:
        raise StarterError(
            path,
            page.line_of("slug"),
            f"slug '{head['slug']}' moet gelijk zijn aan de bestandsnaam",
        )
    for field, allowed in CHOICES.items():
        if field in head and head[field] not in allowed:
            raise StarterError(
                path,
                page.line_of(field),
                f"{field} '{head[field]}' bestaat niet; kies uit {', '.join(sorted(allowed))}",
            )
    for field in (
        "gecontroleerd_op",
        "volgende_controle",
        "geldig_van",
        "geldig_tot",
        "beantwoord_op",
        "laatst_nagegaan",
    ):
        if head.get(field) is not None and not isinstance(head[field], datetime.date):
            raise StarterError(
                path,
                page.line_of(field),
                f"{field} moet een datum zijn, zoals 2026-11-22",
            )
    for status in head.get("statussen") or []:
        if not _PARTIAL_DATE.match(str(status.get("datum", ""))):
            raise StarterError(
                path,
                page.line_of("statussen"),
                f"status-datum '{status.get('datum')}' moet 2024, 2024-07 of 2024-07-01 zijn",
            )
    wrong = set(head.get("fasen") or []) - PHASES
    if wrong:
        raise StarterError(
            path, page.line_of("fasen"), f"fase '{sorted(wrong)[0]}' bestaat niet"
        )


def _parse_sections(
    path: Path, body: str, first_line: int
) -> tuple[StarterSection, ...]:
    sections: list[StarterSection] = []
    title, anchor, start = "", "", first_line
    lines: list[str] = []

    def close() -> None:
        text_lines: list[str] = []
        sources: tuple[SourceRef, ...] = ()
        for offset, line in enumerate(lines):
            match = _SOURCES.match(line)
            if match:
                try:
                    sources = parse_sources(match[1])
                except ValueError as error:
                    raise StarterError(path, start + 1 + offset, str(error)) from error
            else:
                text_lines.append(line)
        sections.append(
            StarterSection(title, anchor, "\n".join(text_lines).strip(), sources, start)
        )

    for number, line in enumerate(body.splitlines(), first_line):
        match = _SECTION.match(line)
        if match:
            if title:
                close()
            if not match["anchor"]:
                raise StarterError(
                    path,
                    number,
                    f"geef de sectie '{match['title']}' een anker: '## Kop {{#anker}}'",
                )
            title, anchor, start, lines = match["title"], match["anchor"], number, []
        elif title:
            lines.append(line)
        elif line.strip():
            raise StarterError(
                path, number, "tekst vóór de eerste sectie; begin met '## Kop {#anker}'"
            )
    if title:
        close()
    return tuple(sections)


def load_content(root: Path = STARTER_ROOT) -> StarterContent:
    """Parse all files below ``root``.

    Raises an ExceptionGroup of StarterError when any file is broken, so that
    nothing is loaded half.
    """
    errors: list[StarterError] = []
    lists: dict[str, Any] = {}
    for name in LIST_NAMES:
        path = root / "data" / f"{name}.yaml"
        if not path.exists():
            lists[name] = {} if name == "bronnen" else []
            continue
        try:
            lists[name] = yaml.safe_load(path.read_text()) or []
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            errors.append(
                StarterError(
                    path, (mark.line + 1) if mark else 1, "YAML is niet te lezen"
                )
            )
            lists[name] = {} if name == "bronnen" else []
    pages = []
    for path in sorted((root / "content").rglob("*.md")):
        try:
            pages.append(parse_page(path, path.read_text()))
        except StarterError as error:
            errors.append(error)
    models = []
    for path in sorted((root / "modellen").glob("*.txt")):
        text = path.read_text()
        found = parse(text)
        if found.model is not None:
            models.append(StarterModel(path, text, found.model))
        errors += [
            StarterError(path, fault.line, fault.message) for fault in found.faults
        ]
    if errors:
        raise ExceptionGroup("startinhoud is niet in orde", errors)
    return StarterContent(tuple(pages), lists, root, tuple(models))
