"""Files of judged sets, as TREC knows them: queries, judgements, documents, runs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

# Query id → document id → grade; 0 is judged and not relevant.
Qrels = dict[str, dict[str, int]]
# Query id → document ids, best first.
Run = dict[str, list[str]]


class FileFault(Exception):
    """A file that cannot be read; ``str()`` says which, where and why, in Dutch."""


@dataclass(frozen=True)
class Query:
    id: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Article:
    """A document of a collection: one article of a law, or one page."""

    id: str
    law: str = ""
    article: str = ""
    heading: str = ""
    path: str = ""
    text: str = ""


FIELDS = ("law", "article", "heading", "path", "text")
# Collections of pages name the same things otherwise.
OTHER_NAMES = {"heading": "title", "path": "heads"}


def read_articles(path: Path, *, blank: Iterable[str] = ()) -> Iterator[Article]:
    """One JSON object a line, gzipped or not; fields in ``blank`` are left out."""
    emptied = frozenset(blank)
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            values = {name: _value(row, name) for name in FIELDS if name not in emptied}
            yield Article(str(row["id"]), **values)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise FileFault(
                f"{path}:{number}: geen JSON-object met ten minste een id."
            ) from None


def _value(row: Mapping[str, object], name: str) -> str:
    return str(row.get(name) or row.get(OTHER_NAMES.get(name, ""), "") or "")


def read_queries(path: Path) -> list[Query]:
    """Lines of id, text and perhaps a class, with tabs between them."""
    found = {}
    for number, line in _lines(path):
        fields = line.split("\t")
        if len(fields) < 2 or not fields[0].strip():
            raise FileFault(f"{path}:{number}: verwacht id<TAB>tekst[<TAB>klasse].")
        kind = fields[2].strip() if len(fields) > 2 else ""
        found[fields[0].strip()] = Query(fields[0].strip(), fields[1].strip(), kind)
    return list(found.values())


def read_qrels(path: Path) -> Qrels:
    """Lines of query, 0, document and grade."""
    found: Qrels = {}
    for number, line in _lines(path):
        fields = line.split()
        try:
            query, _iteration, document, grade = fields
            found.setdefault(query, {})[document] = int(grade)
        except ValueError:
            raise FileFault(
                f"{path}:{number}: verwacht vraag, 0, document en graad."
            ) from None
    return found


def read_run(path: Path) -> Run:
    """A run as ``write_run`` writes it; the rank gives the order, not the score."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, line in _lines(path):
        fields = line.split()
        try:
            query, _q0, document, rank, _score, _tag = fields
            found.setdefault(query, []).append((int(rank), document))
        except ValueError:
            raise FileFault(
                f"{path}:{number}: verwacht vraag, Q0, document, plaats, score en naam."
            ) from None
    return {query: [d for _rank, d in sorted(rows)] for query, rows in found.items()}


def write_run(
    path: Path, run: Run, *, tag: str = "thuisloket", depth: int | None = None
) -> None:
    """Lines of query, Q0, document, rank, score and tag; at most ``depth`` of a query.

    The score only says the order: others sort by it, and equal scores their own way.
    """
    with _named(path), path.open("w", encoding="utf-8") as file:
        for query, documents in run.items():
            for rank, document in enumerate(islice(documents, depth), 1):
                file.write(f"{query} Q0 {document} {rank} {1 / rank:.6f} {tag}\n")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with something in them, and their numbers."""
    with _named(path), _opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line.rstrip("\r\n").removeprefix("\ufeff")


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Faults of the file itself as one line that names it."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError):
        raise FileFault(f"{path} is geen heel gzip-bestand.") from None
    except UnicodeDecodeError:
        raise FileFault(f"{path} is geen UTF-8.") from None
    except OSError as error:
        raise FileFault(f"{path}: {error.strerror or error}.") from None
