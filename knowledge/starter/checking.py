"""Editorial checks on the starter content (rules in docs/startinhoud.md).

Run with ``python -m knowledge.starter.checking [--spelling] [path…]``, or
``manage.py check_starter``; prints one line per fault, exit status 1 when any.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.anchors import fixed_anchors
from knowledge.regelingen.modellen.checking import check as check_model

from .parsing import (
    STARTER_ROOT,
    StarterContent,
    StarterError,
    StarterPage,
    load_content,
    parse_sources,
)

MAX_AVERAGE_SENTENCE = 15
MAX_SENTENCE = 30
MAX_SUMMARY_WORDS = 60
WORDS_HANDREIKING = (500, 1200)
_WORD = re.compile(r"[\wÀ-ÿ][\wÀ-ÿ'’-]*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÀ-Ý0-9‘'\"(])")
_ABBREVIATIONS = re.compile(
    r"\b(art|nr|bijv|o\.a|m\.b\.t|d\.w\.z|enz|ca|mln|dr|mr)\.", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# An amount, a number in thousands, or a number of something: "70 woningen". An age and
# a length of time are not figures that grow old.
_FIGURE = re.compile(
    r"(?:€|EUR)\s?\d|\b\d{1,3}(?:\.\d{3})+\b"
    r"|\b\d+(?:,\d+)?\s?(?:procent|%|euro\b|keer\b)|\b(?:miljoen|miljard)\b"
    r"|\b\d+\s+(?!(?:jaren|maanden|weken|dagen|uren|minuten|augustus|worden)\b)"
    r"[a-zà-ÿ'’]{2,}(?:en|s)\b"
)
_BLOCK_END = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"^#+ .*$", re.M)
_NEEDS_INTRODUCTION = re.compile(r"\s*(?:[-*|]|\d+\.)\s")
# The section that closes many handreikingen with the same words.
_CLOSING_ANCHOR = "loket"
# What is no text for readers: codes, dates and the words people search with.
_NO_PROSE = {
    *("soort", "slug", "team", "gecontroleerd_op", "volgende_controle", "geldig_van"),
    *("geldig_tot", "doelgroepen", "themas", "actielijnen", "fasen", "trefwoorden"),
    *("gerelateerd", "gemeente", "bewijskracht", "stub", "beantwoord_op", "groep"),
    *("cijfers", "afkorting", "bwb_id", "wetsstatus", "laatst_nagegaan", "bestand"),
    *("regeling_status", "instrumentsoort", "stappenplan", "voorbeelden", "anker"),
    *("contactpunten", "bron", "datum", "jaar", "opent", "sluit"),
}
_LIST_PROSE = {
    "begrippen": ("kort", "uitleg"),
    "organisaties": ("naam", "helpt_met"),
    "kerncijfers": ("naam", "eenheid", "definitie", "opmerking"),
    "teams": ("naam", "kort", "omschrijving"),
    "doelgroepen": ("naam", "kort"),
    "themas": ("naam",),
    "bouwstenen": ("naam",),
}
_NAMES = {"titel", "naam", "koppen"}


def plain_text(markdown: str) -> str:
    """Markdown without its marks: links keep their text, tables and lists become lines."""
    text = _LINK.sub(r"\1", markdown)
    text = re.sub(r"^\|?[\s:|-]+\|?$", "", text, flags=re.M)
    text = re.sub(r"^\s*(?:[-*]|\d+\.|#+|>)\s+", "", text, flags=re.M)
    return text.replace("|", "\n").replace("**", "").replace("*", "").replace("`", "")


def sentences(markdown: str) -> list[str]:
    """The sentences of a text; a list item or table cell counts as one."""
    found = []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s)", markdown):
        line = (
            " ".join(plain_text(block).split("\n"))
            if "|" not in block
            else plain_text(block)
        )
        for part in line.split("\n"):
            part = _ABBREVIATIONS.sub(r"\1", part)
            found += [s.strip() for s in _SENTENCE_END.split(part) if _WORD.search(s)]
    return found


def word_count(text: str) -> int:
    return len(_WORD.findall(plain_text(text)))


@dataclass(frozen=True)
class Prose:
    """A text for readers. ``dated``: whether a figure in it has a year at hand."""

    path: Path
    line: int
    field: str
    text: str
    dated: bool


def prose(page: StarterPage) -> Iterator[Prose]:
    """All text of a page: the fields of the head, then the sections by paragraph."""
    for field, value in page.head.items():
        if field not in _NO_PROSE:
            for row in value if isinstance(value, list) else [value]:
                cells = row if isinstance(row, dict) else {"": row}
                yield from _row_prose(page.path, page.line_of(field), field, cells)
    for section in page.sections:
        yield Prose(page.path, section.line, "koppen", section.title, True)
        before = ""
        for block in _BLOCK_END.split(_HEADING.sub("", section.markdown).strip()):
            dating = before + block if _NEEDS_INTRODUCTION.match(block) else block
            dated = bool(_YEAR.search(dating))
            yield Prose(page.path, section.line, "secties", block, dated)
            before = block


def list_prose(content: StarterContent) -> Iterator[Prose]:
    """The text of the fixed lists."""
    for name, fields in _LIST_PROSE.items():
        path = content.root / "data" / f"{name}.yaml"
        text = path.read_text() if path.exists() else ""
        for row in content.lists[name]:
            mark = re.search(rf"slug: {re.escape(row['slug'])}(?![\w-])", text)
            line = text.count("\n", 0, mark.start()) + 1 if mark else 1
            cells = {field: row.get(field) for field in (*fields, "jaar")}
            yield from _row_prose(path, line, row["slug"], cells)


def _row_prose(
    path: Path, line: int, field: str, cells: dict[str, Any]
) -> Iterator[Prose]:
    dating = " ".join(str(cell) for key, cell in cells.items() if key != "bron")
    dated = bool(cells.get("jaar") or _YEAR.search(dating))
    for key, cell in cells.items():
        if key not in _NO_PROSE:
            name = f"{field}: {key}" if key else field
            for text in cell if isinstance(cell, list) else [cell]:
                if text not in (None, ""):
                    is_name = key in _NAMES or name in _NAMES
                    yield Prose(path, line, name, str(text), dated or is_name)


def check(
    content: StarterContent, only: Iterable[Path] = (), *, style: bool = True
) -> Iterator[StarterError]:
    """All faults of content, without spelling. ``only`` limits the pages that are checked.

    style: also length and dating of the prose; loading needs the structure alone.
    """
    known = _KnownKeys(content)
    wanted = {path.resolve() for path in only}
    seen: dict[str, StarterPage] = {}
    for page in content.pages:
        if page.key in seen:
            yield StarterError(
                page.path, 1, f"{page.key} bestaat al in {seen[page.key].path}"
            )
        seen[page.key] = page
        if not wanted or page.path.resolve() in wanted:
            yield from _check_structure(page, known)
            if style:
                yield from _check_style(page)
    for model in content.models:
        if not wanted or model.path.resolve() in wanted:
            for fault in check_model(model.model, int(model.model.date[:4] or 0)):
                yield StarterError(model.path, fault.line, fault.message)
    if not wanted:
        yield from _check_lists(content, known)
        if style:
            yield from _check_prose(list_prose(content))


class _KnownKeys:
    def __init__(self, content: StarterContent) -> None:
        self.sources = set(content.lists["bronnen"])
        self.groups = {row["slug"] for row in content.lists["doelgroepen"]}
        self.themes = {row["slug"] for row in content.lists["themas"]}
        self.teams = {row["slug"] for row in content.lists["teams"]}
        self.figures = {row["slug"] for row in content.lists["kerncijfers"]}
        self.organisations = {row["slug"] for row in content.lists["organisaties"]}
        self.terms = {row["slug"] for row in content.lists["begrippen"]}
        self.pages = {page.key for page in content.pages}


def _check_structure(page: StarterPage, known: _KnownKeys) -> Iterator[StarterError]:
    head = page.head

    def fault(field: str, message: str) -> StarterError:
        return StarterError(page.path, page.line_of(field), message)

    for field, allowed in (
        ("doelgroepen", known.groups),
        ("themas", known.themes),
        ("cijfers", known.figures),
        ("contactpunten", known.organisations),
    ):
        for value in head.get(field) or []:
            if value not in allowed:
                yield fault(
                    field,
                    f"'{value}' staat niet in data/{'kerncijfers' if field == 'cijfers' else 'organisaties' if field == 'contactpunten' else field}.yaml",
                )
    if head["team"] not in known.teams:
        yield fault("team", f"team '{head['team']}' bestaat niet")
    if "groep" in head and head["groep"] not in known.groups:
        yield fault("groep", f"doelgroep '{head['groep']}' bestaat niet")
    for key in head.get("gerelateerd") or []:
        if key not in known.pages:
            yield fault("gerelateerd", f"pagina '{key}' bestaat niet")
    for slug in head.get("voorbeelden") or []:
        if f"praktijkvoorbeeld/{slug}" not in known.pages:
            yield fault("voorbeelden", f"praktijkvoorbeeld '{slug}' bestaat niet")
    if (
        head.get("stappenplan")
        and f"stappenplan/{head['stappenplan']}" not in known.pages
    ):
        yield fault("stappenplan", f"stappenplan '{head['stappenplan']}' bestaat niet")
    if head["volgende_controle"] <= head["gecontroleerd_op"]:
        yield fault(
            "volgende_controle", "volgende_controle moet na gecontroleerd_op liggen"
        )
    for field in ("feiten", "stappen", "statussen", "vensters", "voorwaarden"):
        for row in head.get(field) or []:
            yield from _check_sources(
                page, page.line_of(field), str(row.get("bron") or ""), known
            )
            if field == "feiten" and not row.get("jaar"):
                yield fault(
                    field,
                    f"feit '{row.get('label')}' heeft geen jaar; schrijf het jaar of 'onbekend'",
                )
    if head.get("stub") and not head.get("ontbreekt"):
        yield fault(
            "stub", "noem bij een stub in 'ontbreekt' welke feiten nog nodig zijn"
        )

    yield from _check_anchors(page)
    for section in page.sections:
        if not section.sources:
            yield StarterError(
                page.path,
                section.line,
                f"sectie '{section.title}' heeft geen regel 'Bron: …'",
            )
        for ref in section.sources:
            if ref.key not in known.sources:
                yield StarterError(
                    page.path,
                    section.line,
                    f"bron '{ref.key}' staat niet in data/bronnen.yaml",
                )
        for _, url in _LINK.findall(section.markdown):
            target = re.match(r"^/kennisbank/([a-z-]+)/([a-z0-9-]+)/", url)
            if target and f"{target[1]}/{target[2]}" not in known.pages:
                yield StarterError(
                    page.path,
                    section.line,
                    f"verwijzing naar {url}: die pagina bestaat niet",
                )
            term = re.match(r"^/begrippen/([a-z0-9-]+)/", url)
            if term and term[1] not in known.terms:
                yield StarterError(
                    page.path,
                    section.line,
                    f"verwijzing naar {url}: dat begrip bestaat niet",
                )
        if re.search(r"<[a-z/]", section.markdown):
            yield StarterError(page.path, section.line, "ruwe HTML mag niet")
    if (
        page.kind not in ("infopagina", "gereedschapskist")
        and not page.sections
        and not head.get("stappen")
    ):
        yield StarterError(page.path, 1, "de pagina heeft geen secties")


def _check_style(page: StarterPage) -> Iterator[StarterError]:
    head = page.head

    def fault(field: str, message: str) -> StarterError:
        return StarterError(page.path, page.line_of(field), message)

    if word_count(head["in_het_kort"]) > MAX_SUMMARY_WORDS:
        yield fault(
            "in_het_kort",
            f"in_het_kort heeft {word_count(head['in_het_kort'])} woorden; hoogstens {MAX_SUMMARY_WORDS}",
        )
    yield from _check_prose(prose(page))
    if page.kind == "handreiking":
        low, high = WORDS_HANDREIKING
        total = sum(
            word_count(_HEADING.sub("", section.markdown))
            for section in page.sections
            if section.anchor != _CLOSING_ANCHOR
        )
        if not low <= total <= high:
            yield StarterError(
                page.path,
                1,
                f"{total} woorden in de secties; een handreiking heeft er {low} tot {high}",
            )
        if len(page.sections) < 4:
            yield StarterError(
                page.path, 1, "een handreiking heeft minstens vier secties"
            )


def _check_prose(pieces: Iterable[Prose]) -> Iterator[StarterError]:
    """Figures without a year, long sentences, and long sentences on average per field."""
    lengths: dict[tuple[Path, int, str], list[int]] = defaultdict(list)
    for piece in pieces:
        if _FIGURE.search(piece.text) and not piece.dated:
            yield StarterError(
                piece.path,
                piece.line,
                f"{piece.field}: een cijfer zonder jaar: '{' '.join(piece.text.split())[:60]}…'",
            )
        for sentence in sentences(piece.text):
            length = len(_WORD.findall(sentence))
            lengths[piece.path, piece.line, piece.field].append(length)
            if length > MAX_SENTENCE:
                yield StarterError(
                    piece.path,
                    piece.line,
                    f"{piece.field}: zin van {length} woorden: '{sentence[:60]}…'",
                )
    for (path, line, field), counts in lengths.items():
        average = sum(counts) / len(counts)
        if average > MAX_AVERAGE_SENTENCE:
            yield StarterError(
                path,
                line,
                f"{field}: gemiddeld {average:.1f} woorden per zin; hoogstens {MAX_AVERAGE_SENTENCE}",
            )


def _check_anchors(page: StarterPage) -> Iterator[StarterError]:
    """Each anchor once: of a step, of a section, and of what the template shows."""
    steps = [
        (page.line_of("stappen"), row.get("anker") or f"stap-{number}")
        for number, row in enumerate(page.head.get("stappen") or [], 1)
    ]
    sections = [(section.line, section.anchor) for section in page.sections]
    taken = fixed_anchors(page.kind)
    for line, anchor in steps + sections:
        if anchor in taken:
            yield StarterError(page.path, line, f"anker '{anchor}' komt twee keer voor")
        taken.add(anchor)


def _check_sources(
    page: StarterPage, line: int, text: str, known: _KnownKeys
) -> Iterator[StarterError]:
    try:
        refs = parse_sources(text)
    except ValueError as error:
        yield StarterError(page.path, line, str(error))
        return
    for ref in refs:
        if ref.key not in known.sources:
            yield StarterError(
                page.path, line, f"bron '{ref.key}' staat niet in data/bronnen.yaml"
            )


def _check_lists(content: StarterContent, known: _KnownKeys) -> Iterator[StarterError]:
    data = content.root / "data"
    for name in ("kerncijfers", "begrippen", "organisaties"):
        seen = set()
        for row in content.lists[name]:
            if row["slug"] in seen:
                yield StarterError(
                    data / f"{name}.yaml", 1, f"slug '{row['slug']}' staat er twee keer"
                )
            seen.add(row["slug"])
            for ref in parse_sources(str(row["bron"])):
                if ref.key not in known.sources:
                    yield StarterError(
                        data / f"{name}.yaml",
                        1,
                        f"{row['slug']}: bron '{ref.key}' bestaat niet",
                    )
    owners: dict[str, str] = {}
    for row in content.lists["begrippen"]:
        for word in {name.lower() for name in [row["term"], *(row.get("ook") or [])]}:
            if word in owners:
                yield StarterError(
                    data / "begrippen.yaml",
                    1,
                    f"'{word}' staat bij {owners[word]} en bij {row['slug']}",
                )
            owners[word] = row["slug"]
    for row in content.lists["kerncijfers"]:
        if not row.get("jaar") or not row.get("niveau"):
            yield StarterError(
                data / "kerncijfers.yaml",
                1,
                f"{row['slug']}: jaar en niveau zijn verplicht",
            )
    for key, row in content.lists["bronnen"].items():
        if not row.get("nagegaan") or not row.get("titel"):
            yield StarterError(
                data / "bronnen.yaml", 1, f"{key}: titel en nagegaan zijn verplicht"
            )


def unknown_words(
    content: StarterContent, only: Iterable[Path] = ()
) -> dict[str, list[Path]]:
    """Words that hunspell (nl_NL), woorden.txt and the names of begrippen.yaml and
    organisaties.yaml do not know.

    Raises FileNotFoundError when hunspell is not installed.
    """
    hunspell = shutil.which("hunspell")
    if hunspell is None:
        raise FileNotFoundError("hunspell met hunspell-nl ontbreekt")
    allowed: set[str] = set()
    words_file = content.root / "data" / "woorden.txt"
    if words_file.exists():
        allowed |= {
            line.strip().lower() for line in words_file.read_text().splitlines()
        }
    for row in [*content.lists["begrippen"], *content.lists["organisaties"]]:
        for term in [row.get("term") or row["naam"], *(row.get("ook") or [])]:
            allowed |= {word.lower() for word in _WORD.findall(term)}
    wanted = {path.resolve() for path in only}
    pieces = [
        piece
        for page in content.pages
        if not wanted or page.path.resolve() in wanted
        for piece in prose(page)
    ]
    if not wanted:
        pieces += list_prose(content)
    where: dict[str, list[Path]] = {}
    for piece in pieces:
        text = re.sub(r"https?://\S+", "", plain_text(piece.text))
        for word in {found.strip("'’-") for found in _WORD.findall(text)} - {""}:
            where.setdefault(word, []).append(piece.path)
    result = subprocess.run(
        [hunspell, "-d", "nl_NL", "-i", "utf-8", "-l"],
        input="\n".join(where),
        capture_output=True,
        text=True,
        check=True,
    )
    reported = set(result.stdout.split())
    return {
        word: paths
        for word, paths in sorted(where.items())
        if (word in reported or word.strip("-'’") in reported)
        and word.lower() not in allowed
        and not re.fullmatch(r"[\d.,-]+\w?", word)
    }


def main(arguments: list[str]) -> int:
    spelling = "--spelling" in arguments
    only = [Path(argument) for argument in arguments if not argument.startswith("--")]
    try:
        content = load_content(STARTER_ROOT)
    except ExceptionGroup as group:
        for error in group.exceptions:
            print(error)  # noqa: T201
        return 1
    faults = list(check(content, only))
    for fault in faults:
        print(fault)  # noqa: T201
    unknown = unknown_words(content, only) if spelling else {}
    for word, paths in unknown.items():
        print(f"onbekend woord '{word}': {', '.join(path.name for path in paths)}")  # noqa: T201
    return 1 if faults or unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
