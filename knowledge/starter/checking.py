"""Editorial checks on the starter content (rules in docs/startinhoud.md).

Run with ``python -m knowledge.starter.checking [--spelling] [path…]``, or
``manage.py check_starter``; prints one line per fault, exit status 1 when any.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

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
_FIGURE = re.compile(
    r"(?:€|EUR)\s?\d|\b\d{1,3}(?:\.\d{3})+\b|\b\d+(?:,\d+)?\s?(?:procent|%|miljoen|miljard)"
)


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
    if not wanted:
        yield from _check_lists(content, known)


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

    anchors: set[str] = set()
    for section in page.sections:
        if section.anchor in anchors:
            yield StarterError(
                page.path, section.line, f"anker '{section.anchor}' komt twee keer voor"
            )
        anchors.add(section.anchor)
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
    for section in page.sections:
        for paragraph in re.split(r"\n\s*\n", section.markdown):
            if (
                _FIGURE.search(paragraph)
                and not _YEAR.search(paragraph)
                and not _YEAR.search(section.markdown)
            ):
                yield StarterError(
                    page.path,
                    section.line,
                    f"een cijfer zonder jaar: '{paragraph.strip()[:60]}…'",
                )
    body = "\n\n".join(section.markdown for section in page.sections)
    all_sentences = sentences(head["in_het_kort"]) + sentences(body)
    lengths = [len(_WORD.findall(sentence)) for sentence in all_sentences]
    if lengths and sum(lengths) / len(lengths) > MAX_AVERAGE_SENTENCE:
        yield StarterError(
            page.path,
            1,
            f"gemiddeld {sum(lengths) / len(lengths):.1f} woorden per zin; hoogstens {MAX_AVERAGE_SENTENCE}",
        )
    for sentence, length in zip(all_sentences, lengths, strict=True):
        if length > MAX_SENTENCE:
            yield StarterError(
                page.path, 1, f"zin van {length} woorden: '{sentence[:60]}…'"
            )
    if page.kind == "handreiking":
        low, high = WORDS_HANDREIKING
        total = word_count(
            "\n".join(
                [head["in_het_kort"], *(head.get("acties") or [])]
                + [f"{section.title}\n{section.markdown}" for section in page.sections]
            )
        )
        if not low <= total <= high:
            yield StarterError(
                page.path,
                1,
                f"{total} woorden; een handreiking heeft er {low} tot {high}",
            )
        if len(page.sections) < 4:
            yield StarterError(
                page.path, 1, "een handreiking heeft minstens vier secties"
            )


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
    """Words that hunspell (nl_NL), begrippen.yaml and woorden.txt do not know.

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
    for row in content.lists["begrippen"]:
        for term in [row["term"], *(row.get("ook") or [])]:
            allowed |= {word.lower() for word in _WORD.findall(term)}
    wanted = {path.resolve() for path in only}
    where: dict[str, list[Path]] = {}
    for page in content.pages:
        if wanted and page.path.resolve() not in wanted:
            continue
        text = "\n".join(
            [
                page.head["titel"],
                page.head["in_het_kort"],
                *(page.head.get("acties") or []),
            ]
            + [
                f"{section.title}\n{plain_text(section.markdown)}"
                for section in page.sections
            ]
        )
        text = re.sub(r"https?://\S+", "", text)
        for word in {found.strip("'’-") for found in _WORD.findall(text)} - {""}:
            where.setdefault(word, []).append(page.path)
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
