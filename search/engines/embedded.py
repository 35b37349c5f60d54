"""The embedded engine: tantivy in a folder, one writer at a time, any number of readers.

A section is a document of the index; so is each page as a whole ("unit" p), from which
totals and facets are counted. Readers in other processes look at IndexState in the
database: a new commit number means reload, a new directory means open anew.

A rebuild fills a new folder beside the live one. It names that folder in IndexState
(``building``); whoever writes meanwhile leaves a copy of it there. Before the switch these
copies are put over what the rebuild read, which may be older.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy
from django.db import transaction
from django.db.models import F

from search.analysis import ANALYSIS_VERSION
from search.documents import FACETS
from search.models import IndexState
from search.query.nodes import (
    AllNode,
    ConstNode,
    MaxNode,
    Node,
    PhraseNode,
    SumNode,
    TermNode,
)

from .base import (
    ALWAYS_UNTIL,
    EXACT_FIELDS,
    MOST_KEYS,
    PAGE_FIELD,
    POSITION_FIELDS,
    TERM_FIELDS,
    EngineQuery,
    EngineResult,
    IndexedDocument,
    IndexMissing,
    rows_of,
)

Should, Must, MustNot = tantivy.Occur.Should, tantivy.Occur.Must, tantivy.Occur.MustNot
FACET_SIZE = 500
# A search takes far less; a reader that opened a folder before the switch is done by then.
GRACE_SECONDS = 30
LEFT_SECONDS = 3600
RETIRED, CHANGES = "afgelost", "wijzigingen.jsonl"
WRITER_LOCK, REBUILD_LOCK = "schrijver.slot", "herbouw.slot"
WRITER_MEMORY = 50_000_000


_pool: ThreadPoolExecutor


def _new_pool() -> None:
    """Threads that look beside the one that asks; a forked process has none of its own."""
    global _pool
    _pool = ThreadPoolExecutor(thread_name_prefix="zoekindex")


_new_pool()
os.register_at_fork(after_in_child=_new_pool)

# A key with the rows that an index has to hold of it.
Change = tuple[str, list[dict[str, Any]]]


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "key", stored=True, tokenizer_name="raw", index_option="basic", fast=True
    )
    builder.add_text_field(
        PAGE_FIELD, tokenizer_name="whitespace", index_option="basic"
    )
    builder.add_text_field(
        "hash", stored=True, tokenizer_name="raw", index_option="basic"
    )
    for name in ("unit", "audience", *EXACT_FIELDS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("ordinal", stored=True, indexed=False)
    for name in ("rank", "valid_from", "valid_until"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in POSITION_FIELDS:
        builder.add_text_field(
            name, tokenizer_name="whitespace", index_option="position"
        )
    for name in TERM_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for facet in FACETS:
        builder.add_text_field(
            f"f_{facet}", tokenizer_name="raw", index_option="basic", fast=True
        )
    return builder.build()


class EmbeddedEngine:
    rebuilds_itself = True

    def __init__(self, path: str, name: str = "embedded") -> None:
        self.name = name
        self.root = Path(path)
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._schema = schema()
        self._directory = ""
        self._commit = -1

    # -- reading ---------------------------------------------------------------

    def _state(self) -> IndexState:
        state = IndexState.objects.filter(engine=self.name).first()
        if (
            state is None
            or state.analysis_version != ANALYSIS_VERSION
            or not (self.root / state.directory / "meta.json").is_file()
        ):
            raise IndexMissing
        return state

    def _searcher(self) -> Any:
        state = self._state()
        with self._lock:
            if self._index is None or state.directory != self._directory:
                self._index = self._open(self.root / state.directory)
                self._directory, self._commit = state.directory, state.commit
            elif state.commit != self._commit:
                self._index.reload()
                self._commit = state.commit
            return self._index.searcher()

    def _open(self, folder: Path) -> tantivy.Index:
        index = tantivy.Index(self._schema, path=str(folder))
        index.register_tokenizer(
            "whitespace",
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build(),
        )
        return index

    def _node(self, node: Node) -> Any:
        """A tantivy query with the meaning and the score of a node."""
        match node:
            case TermNode(name, value, weight):
                freq = name in POSITION_FIELDS or name in TERM_FIELDS
                option = "freq" if freq else "basic"
                query = tantivy.Query.term_query(self._schema, name, value, option)
                return query if weight == 1.0 else self._boost(query, weight)
            case PhraseNode(name, values, weight):
                return self._boost(
                    tantivy.Query.phrase_query(self._schema, name, list(values)), weight
                )
            case SumNode(children, minimum):
                clauses = [(Should, self._node(child)) for child in children]
                if minimum <= 1:
                    return tantivy.Query.boolean_query(clauses)
                return tantivy.Query.boolean_query(
                    clauses, minimum_number_should_match=minimum
                )
            case AllNode(children):
                return tantivy.Query.boolean_query(
                    [(Must, self._node(child)) for child in children]
                )
            case MaxNode(children):
                return tantivy.Query.disjunction_max_query(
                    [self._node(child) for child in children]
                )
            case ConstNode(child, score):
                return tantivy.Query.const_score_query(self._node(child), score)

    @staticmethod
    def _boost(query: Any, weight: float) -> Any:
        return tantivy.Query.boost_query(query, weight)

    def _among(self, name: str, values: Sequence[str]) -> tuple[Any, Any]:
        """Only documents with one of these values; adds nothing to the score."""
        if len(values) == 1:
            # A set of terms is first made into a list of all documents with one of them.
            terms = self._node(TermNode(name, values[0]))
        else:
            terms = tantivy.Query.term_set_query(self._schema, name, list(values))
        return (Must, tantivy.Query.const_score_query(terms, 0.0))

    def _between(self, name: str, low: int, high: int) -> tuple[Any, Any]:
        inside = tantivy.Query.range_query(
            self._schema, name, tantivy.FieldType.Integer, low, high
        )
        return (Must, tantivy.Query.const_score_query(inside, 0.0))

    def _held(self, searcher: Any, query: EngineQuery) -> list[tuple[Any, Any]]:
        """Only documents of which sections have what is required, and not the excluded."""
        clauses = []
        for occur, nodes in ((Must, query.required), (MustNot, query.excluded)):
            for node in nodes:
                keys = self._keys(searcher, node)
                clauses.append((occur, self._among("key", keys)[1]))
        return clauses

    def _keys(self, searcher: Any, node: Node) -> list[str]:
        """Documents that have a section which matches."""
        wanted = {"keys": {"terms": {"field": "key", "size": MOST_KEYS}}}
        sections = [self._among("unit", ["s"]), (Must, self._node(node))]
        found = searcher.aggregate(tantivy.Query.boolean_query(sections), wanted)
        return [bucket["key"] for bucket in found["keys"]["buckets"]]

    def _asked(
        self,
        query: EngineQuery,
        unit: str,
        node: Node | None,
        held: list[tuple[Any, Any]],
        skip: str = "",
    ) -> Any:
        """A node with the filters around it; without the filter of facet ``skip``."""
        # The engine begins with the first of its clauses: the words are the rarest.
        clauses = [] if node is None else [(Must, self._node(node))]
        clauses += [self._among("unit", [unit]), *held]
        if query.audiences:
            clauses.append(self._among("audience", query.audiences))
        for name, values in query.filters.items():
            if name in FACETS and name != skip and values:
                clauses.append(self._among(f"f_{name}", values))
        if query.valid_on is not None:
            day = query.valid_on.toordinal()
            clauses.append(self._between("valid_from", 0, day))
            clauses.append(self._between("valid_until", day + 1, ALWAYS_UNTIL))
        return tantivy.Query.boolean_query(clauses)

    def search(self, query: EngineQuery) -> EngineResult:
        """Sections and pages at the same time: tantivy needs no Python while it looks."""
        searcher = self._searcher()
        held = self._held(searcher, query)
        sections = _pool.submit(self._sections, searcher, query, held)
        pages = self._asked(query, "p", query.pages, held)
        found = searcher.search(
            pages,
            limit=query.limit,
            order_by_field="rank" if query.by_date else None,
        )
        facets = self._facets(searcher, query, pages, held)
        keys = [
            searcher.doc(address).get_first("key") for _score, address in found.hits
        ]
        scores = [0.0 if query.by_date else score for score, _address in found.hits]
        rows = sections.result()
        return EngineResult(
            total=found.count or 0,
            pages=list(zip(keys, scores, strict=True)),
            # Sections of documents of which none matches say nothing.
            sections=rows if found.count else [],
            facets=facets,
        )

    def _sections(
        self, searcher: Any, query: EngineQuery, held: list[tuple[Any, Any]]
    ) -> list[tuple[str, int, float]]:
        if query.sections is None:
            return []
        found = searcher.search(
            self._asked(query, "s", query.sections, held),
            limit=query.section_limit,
            count=False,
        )
        rows = []
        for score, address in found.hits:
            doc = searcher.doc(address)
            rows.append((doc.get_first("key"), doc.get_first("ordinal"), score))
        return rows

    def _facets(
        self,
        searcher: Any,
        query: EngineQuery,
        pages: Any,
        held: list[tuple[Any, Any]],
    ) -> dict[str, dict[str, int]]:
        """Counts of each facet under the filters of the other facets."""
        chosen = [n for n in query.facets if query.filters.get(n)]
        free = [name for name in query.facets if name not in chosen]
        counts = self._aggregate(searcher, pages, free)
        for name in chosen:
            wider = self._asked(query, "p", query.pages, held, skip=name)
            counts.update(self._aggregate(searcher, wider, [name]))
        return counts

    def _aggregate(
        self, searcher: Any, query: Any, names: list[str]
    ) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        wanted = {
            name: {"terms": {"field": f"f_{name}", "size": FACET_SIZE}}
            for name in names
        }
        answer = searcher.aggregate(query, wanted)
        return {
            name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]}
            for name in names
        }

    def hashes(self) -> dict[str, str]:
        searcher = self._searcher()
        unit = self._node(TermNode("unit", "p"))
        found = searcher.search(unit, limit=max(1, searcher.num_docs), count=False)
        documents = (searcher.doc(address) for _score, address in found.hits)
        return {d.get_first("key"): d.get_first("hash") or "" for d in documents}

    # -- writing ---------------------------------------------------------------

    @contextmanager
    def _file_lock(self, name: str) -> Iterator[None]:
        """Held by one over all processes and threads of this machine; waits its turn."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / name).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def write(
        self, documents: Iterable[IndexedDocument], deleted: Iterable[str]
    ) -> None:
        documents, deleted = list(documents), list(deleted)
        with self._file_lock(WRITER_LOCK):
            state = self._state()
            changes = _changes(documents, deleted)
            building = self.root / state.building
            if state.building and building.is_dir():
                _keep(building / CHANGES, changes)
            with self._writer(self.root / state.directory) as put:
                put(changes)
            IndexState.objects.filter(pk=state.pk).update(commit=F("commit") + 1)

    def rebuild(self, documents: Iterable[IndexedDocument]) -> int:
        """Others go on writing; no change gets lost.

        A change that is stored before it is read here is in ``documents``. One that is
        stored later is written after the folder was named, so there is a copy of it.
        """
        with self._file_lock(REBUILD_LOCK):
            name = f"index-{ANALYSIS_VERSION}-{uuid.uuid4().hex[:8]}"
            folder = self.root / name
            folder.mkdir(parents=True)
            with self._file_lock(WRITER_LOCK):
                IndexState.objects.get_or_create(engine=self.name)
                IndexState.objects.filter(engine=self.name).update(building=name)
            try:
                count = self._fill(folder, documents)
            except BaseException:
                IndexState.objects.filter(building=name).update(building="")
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._remove_old()
            return count

    def _fill(self, folder: Path, documents: Iterable[IndexedDocument]) -> int:
        count = 0
        with self._writer(folder) as put:
            for document in documents:
                put([(document.key, list(rows_of(document)))])
                count += 1
        with self._file_lock(WRITER_LOCK):
            with self._writer(folder) as put:
                put(_kept(folder / CHANGES))
            self._switch(folder.name)
        return count

    def _switch(self, name: str) -> None:
        with transaction.atomic():
            state = IndexState.objects.select_for_update().get(engine=self.name)
            former = self.root / state.directory
            state.directory, state.building = name, ""
            state.analysis_version = ANALYSIS_VERSION
            state.commit += 1
            state.save()
        if former != self.root and former.is_dir():
            (former / RETIRED).touch()

    def _remove_old(self) -> None:
        """Folders that were switched off, or left by a rebuild that was cut off."""
        state = IndexState.objects.get(engine=self.name)
        for folder in self.root.glob("index-*"):
            if folder.name in (state.directory, state.building):
                continue
            mark = folder / RETIRED
            since = (mark if mark.exists() else folder).stat().st_mtime
            if time.time() - since > (GRACE_SECONDS if mark.exists() else LEFT_SECONDS):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _writer(self, folder: Path) -> Iterator[Callable[[Iterable[Change]], None]]:
        """What puts rows in the place of all former rows of a key; committed at the end."""
        writer = self._open(folder).writer(WRITER_MEMORY, 1)

        def put(changes: Iterable[Change]) -> None:
            for key, rows in changes:
                writer.delete_documents_by_term("key", key)
                for row in rows:
                    writer.add_document(tantivy.Document.from_dict(row, self._schema))

        yield put
        writer.commit()
        writer.wait_merging_threads()

    def health(self) -> dict[str, Any]:
        state = IndexState.objects.filter(engine=self.name).first()
        ok = state is not None and state.analysis_version == ANALYSIS_VERSION
        return {"ok": ok, "engine": self.name, "commit": state.commit if state else 0}

    def beside(self) -> EmbeddedEngine:
        folder = tempfile.mkdtemp(prefix="thuisloket-index-")
        return EmbeddedEngine(folder, Path(folder).name)

    def remove(self) -> None:
        self.close()
        shutil.rmtree(self.root, ignore_errors=True)
        IndexState.objects.filter(engine=self.name).delete()

    def close(self) -> None:
        with self._lock:
            self._index, self._directory = None, ""


def _changes(
    documents: Iterable[IndexedDocument], deleted: Iterable[str]
) -> list[Change]:
    gone: list[Change] = [(key, []) for key in deleted]
    return gone + [(document.key, list(rows_of(document))) for document in documents]


def _keep(file: Path, changes: list[Change]) -> None:
    with file.open("a", encoding="utf-8") as kept:
        # The line before may have been cut off with its writer.
        kept.write("".join(f"\n{json.dumps(change)}" for change in changes))


def _kept(file: Path) -> Iterator[Change]:
    """The copies in order. One that was cut off was not written, and will be again."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8") as kept:
        for line in kept:
            with suppress(json.JSONDecodeError):
                key, rows = json.loads(line)
                yield key, rows
