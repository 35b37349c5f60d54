"""The embedded engine: tantivy in a folder, one writer at a time, any number of readers.

A section is a document of the index; so is each page as a whole ("unit" p), from which
totals and facets are counted. Readers in other processes look at IndexState in the
database: a new commit number means reload, a new directory means open anew.
"""

from __future__ import annotations

import fcntl
import itertools
import shutil
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from django.db import transaction
from django.db.models import F

from search.analysis import ANALYSIS_VERSION
from search.documents import FACETS
from search.models import IndexState
from search.query.plan import PART_WEIGHT, Group, QueryPlan

from .base import EngineResult, IndexedDocument, IndexMissing

Should, Must, MustNot = tantivy.Occur.Should, tantivy.Occur.Must, tantivy.Occur.MustNot

# Field weights of the plan (measured: design, search).
WEIGHTS = {"all": 1.0, "text": 0.5, "path": 0.2, "name": 0.35, "kw": 0.6, "weak": 0.15}
GRAM_WEIGHT = 0.08
PHRASE_WEIGHT = 2.0
BIGRAM_WEIGHT = 0.5
GRAM_SHARE = 0.5
FACET_SIZE = 500
GRACE_SECONDS = 30
WRITER_MEMORY = 50_000_000


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "uid", stored=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field(
        "key", stored=True, tokenizer_name="raw", index_option="basic", fast=True
    )
    builder.add_text_field("unit", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("ordinal", stored=True, indexed=False)
    for name in ("all", "text"):
        builder.add_text_field(
            name, tokenizer_name="whitespace", index_option="position"
        )
    for name in ("path", "name", "kw", "weak", "parts", "g"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for facet in FACETS:
        builder.add_text_field(
            f"f_{facet}", tokenizer_name="raw", index_option="basic", fast=True
        )
    return builder.build()


class EmbeddedEngine:
    name = "embedded"

    def __init__(self, path: str) -> None:
        self.root = Path(path)
        self._lock = threading.RLock()
        self._index: tantivy.Index | None = None
        self._schema = schema()
        self._directory = ""
        self._commit = -1

    # -- reading ---------------------------------------------------------------

    def _searcher(self) -> Any:
        state = IndexState.objects.filter(engine=self.name).first()
        if (
            state is None
            or state.analysis_version != ANALYSIS_VERSION
            or not (self.root / state.directory).is_dir()
        ):
            raise IndexMissing
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

    def _term(self, field: str, value: str, weight: float, option: str = "freq") -> Any:
        query = tantivy.Query.term_query(self._schema, field, value, option)
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _word(self, group: Group) -> list[Any]:
        """Clauses that find the word itself, in any form, or as part of a compound."""
        clauses = [
            self._term(name, group.stem, weight) for name, weight in WEIGHTS.items()
        ]
        clauses.append(self._term("parts", group.stem, PART_WEIGHT))
        for part in group.parts:
            clauses.append(self._term("all", part, PART_WEIGHT))
            clauses.append(self._term("parts", part, PART_WEIGHT))
        return clauses

    def _has(self, group: Group, known: bool) -> Any:
        """Whether a document has the word; all parts of a compound together count too."""
        clauses = [
            (Should, c) for c in self._word(Group(group.word, group.stem, (), ()))
        ]
        if group.parts:
            clauses.append(
                (
                    Should,
                    tantivy.Query.boolean_query(
                        [(Must, self._either_field(part)) for part in group.parts]
                    ),
                )
            )
        if not known and len(group.grams) > 1:
            clauses.append((Should, self._gram_match(group)))
        return tantivy.Query.boolean_query(clauses)

    def _either_field(self, stem: str) -> Any:
        return tantivy.Query.boolean_query(
            [
                (Should, self._term("all", stem, 1.0)),
                (Should, self._term("parts", stem, 1.0)),
            ]
        )

    def _gram_match(self, group: Group) -> Any:
        needed = max(1, round(len(group.grams) * GRAM_SHARE))
        return tantivy.Query.boolean_query(
            [(Should, self._term("g", gram, GRAM_WEIGHT)) for gram in group.grams],
            minimum_number_should_match=needed,
        )

    def _score(self, group: Group, known: bool) -> Any:
        clauses = [(Should, clause) for clause in self._word(group)]
        clauses += [
            (Should, self._term("g", gram, GRAM_WEIGHT)) for gram in group.grams
        ]
        return tantivy.Query.boolean_query(clauses)

    def _filter(
        self, plan: QueryPlan, unit: str, skip: str = ""
    ) -> list[tuple[Any, Any]]:
        def silent(query: Any) -> Any:
            return tantivy.Query.const_score_query(query, 0.0)

        clauses = [(Must, silent(self._term("unit", unit, 1.0, "basic")))]
        if plan.audiences:
            clauses.append(
                (
                    Must,
                    silent(
                        tantivy.Query.term_set_query(
                            self._schema, "audience", list(plan.audiences)
                        )
                    ),
                )
            )
        for name, values in plan.filters.items():
            if name in FACETS and name != skip and values:
                clauses.append(
                    (
                        Must,
                        silent(
                            tantivy.Query.term_set_query(
                                self._schema, f"f_{name}", list(values)
                            )
                        ),
                    )
                )
        clauses += [(MustNot, self._term("all", stem, 1.0)) for stem in plan.negatives]
        return clauses

    def _phrase(self, words: tuple[str, ...], field: str = "all") -> Any:
        if len(words) == 1:
            return self._term(field, words[0], 1.0)
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def search(self, plan: QueryPlan, *, minimum: int, limit: int) -> EngineResult:
        searcher = self._searcher()
        known = tuple(
            searcher.search(
                tantivy.Query.boolean_query(
                    [(Should, c) for c in self._word(Group(g.word, g.stem, (), ()))]
                ),
                1,
            ).count
            > 0
            for g in plan.groups
        )
        has = [self._has(group, k) for group, k in zip(plan.groups, known, strict=True)]

        def documents_query(skip: str = "") -> Any:
            clauses = self._filter(plan, "p", skip)
            clauses += [(Must, self._phrase(p)) for p in plan.phrases]
            if has:
                clauses.append(
                    (
                        Must,
                        tantivy.Query.boolean_query(
                            [(Should, q) for q in has],
                            minimum_number_should_match=max(1, minimum),
                        ),
                    )
                )
            return tantivy.Query.boolean_query(clauses)

        query = documents_query()
        found = searcher.search(query, limit=limit)
        documents = [
            (searcher.doc(address).get_first("key"), score)
            for score, address in found.hits
        ]
        sections = self._sections(
            searcher, plan, known, [key for key, _ in documents], limit
        )
        return EngineResult(
            total=found.count or 0,
            documents=documents,
            sections=sections,
            matched=self._matched(searcher, has, [key for key, _ in documents[:50]]),
            facets=self._facets(searcher, plan, query, documents_query),
            known=known,
        )

    def _sections(
        self,
        searcher: Any,
        plan: QueryPlan,
        known: tuple[bool, ...],
        keys: list[str],
        limit: int,
    ) -> list[tuple[str, int, float]]:
        if not keys:
            return []
        clauses = self._filter(plan, "s")
        clauses.append(
            (
                Must,
                tantivy.Query.const_score_query(
                    tantivy.Query.term_set_query(self._schema, "key", keys), 0.0
                ),
            )
        )
        scoring = [
            (Should, self._score(group, k))
            for group, k in zip(plan.groups, known, strict=True)
        ]
        stems = [group.stem for group in plan.groups]
        scoring += [
            (Should, tantivy.Query.boost_query(self._phrase((a, b)), BIGRAM_WEIGHT))
            for a, b in itertools.pairwise(stems)
        ]
        scoring += [
            (Should, tantivy.Query.boost_query(self._phrase(p), PHRASE_WEIGHT))
            for p in plan.phrases
        ]
        if scoring:
            clauses.append((Must, tantivy.Query.boolean_query(scoring)))
        found = searcher.search(
            tantivy.Query.boolean_query(clauses), limit=limit * 3, count=False
        )
        result = []
        for score, address in found.hits:
            doc = searcher.doc(address)
            result.append((doc.get_first("key"), doc.get_first("ordinal"), score))
        return result

    def _matched(
        self, searcher: Any, has: list[Any], keys: list[str]
    ) -> dict[str, set[int]]:
        matched: dict[str, set[int]] = {key: set() for key in keys}
        if not keys:
            return matched
        among = tantivy.Query.term_set_query(self._schema, "key", keys)
        unit = self._term("unit", "p", 1.0, "basic")
        for number, query in enumerate(has):
            both = tantivy.Query.boolean_query(
                [(Must, among), (Must, unit), (Must, query)]
            )
            for _score, address in searcher.search(
                both, limit=len(keys), count=False
            ).hits:
                matched[searcher.doc(address).get_first("key")].add(number)
        return matched

    def _facets(
        self, searcher: Any, plan: QueryPlan, query: Any, documents_query: Any
    ) -> dict[str, dict[str, int]]:
        """Counts of each facet under the filters of the other facets."""
        chosen = [
            name for name, values in plan.filters.items() if values and name in FACETS
        ]
        free = [name for name in FACETS if name not in chosen]
        counts = self._aggregate(searcher, query, free)
        for name in chosen:
            counts.update(self._aggregate(searcher, documents_query(skip=name), [name]))
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
            name: {row["key"]: row["doc_count"] for row in answer[name]["buckets"]}
            for name in names
        }

    def keys(self) -> set[str]:
        searcher = self._searcher()
        unit = self._term("unit", "p", 1.0, "basic")
        found = searcher.search(unit, limit=max(1, searcher.num_docs), count=False)
        return {
            searcher.doc(address).get_first("key") for _score, address in found.hits
        }

    # -- writing ---------------------------------------------------------------

    @contextmanager
    def _writer_lock(self) -> Iterator[None]:
        """One writer over all processes of this machine; waits for its turn."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._lock, (self.root / "schrijver.slot").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def write(
        self, documents: Iterable[IndexedDocument], deleted: Iterable[str]
    ) -> None:
        with self._writer_lock():
            state = IndexState.objects.filter(engine=self.name).first()
            if (
                state is None
                or state.analysis_version != ANALYSIS_VERSION
                or not (self.root / state.directory).is_dir()
            ):
                raise IndexMissing
            index = self._open(self.root / state.directory)
            writer = index.writer(WRITER_MEMORY, 1)
            for key in deleted:
                writer.delete_documents_by_term("key", key)
            for document in documents:
                writer.delete_documents_by_term("key", document.key)
                self._add(writer, document)
            writer.commit()
            writer.wait_merging_threads()
            IndexState.objects.filter(pk=state.pk).update(commit=F("commit") + 1)

    def rebuild(self, documents: Iterable[IndexedDocument]) -> int:
        with self._writer_lock():
            directory = f"index-{ANALYSIS_VERSION}-{uuid.uuid4().hex[:8]}"
            (self.root / directory).mkdir(parents=True)
            writer = self._open(self.root / directory).writer(WRITER_MEMORY, 1)
            count = 0
            for document in documents:
                self._add(writer, document)
                count += 1
            writer.commit()
            writer.wait_merging_threads()
            with transaction.atomic():
                state, _made = IndexState.objects.get_or_create(engine=self.name)
                IndexState.objects.filter(pk=state.pk).update(
                    directory=directory,
                    analysis_version=ANALYSIS_VERSION,
                    commit=F("commit") + 1,
                )
            self._remove_old(directory)
            return count

    def _remove_old(self, live: str) -> None:
        """Directories that no reader opened in the last half minute can still need."""
        for folder in self.root.glob("index-*"):
            if (
                folder.name != live
                and time.time() - folder.stat().st_mtime > GRACE_SECONDS
            ):
                shutil.rmtree(folder, ignore_errors=True)

    def _add(self, writer: Any, document: IndexedDocument) -> None:
        page = tantivy.Document()
        page.add_text("uid", document.key)
        page.add_text("unit", "p")
        self._common(page, document)
        page.add_text("kw", " ".join(document.keywords))
        page.add_text("weak", " ".join(document.weak))
        for name in ("all", "parts", "g"):
            values = [
                word
                for section in document.sections
                for word in getattr(section, "grams" if name == "g" else name)
            ]
            page.add_text(name, " ".join(values))
        writer.add_document(page)
        for section in document.sections:
            doc = tantivy.Document()
            doc.add_text("uid", f"{document.key}#{section.ordinal}")
            doc.add_text("unit", "s")
            doc.add_integer("ordinal", section.ordinal)
            self._common(doc, document)
            doc.add_text("all", " ".join(section.all))
            doc.add_text("text", " ".join(section.text))
            doc.add_text("path", " ".join(section.path))
            doc.add_text("parts", " ".join(section.parts))
            doc.add_text("g", " ".join(section.grams))
            if section.ordinal == 0:
                doc.add_text("kw", " ".join(document.keywords))
                doc.add_text("weak", " ".join(document.weak))
            writer.add_document(doc)

    def _common(self, doc: Any, document: IndexedDocument) -> None:
        doc.add_text("key", document.key)
        doc.add_text("audience", document.audience)
        doc.add_text("name", " ".join(document.name))
        for name, values in document.facets.items():
            if name in FACETS:
                for value in values:
                    doc.add_text(f"f_{name}", value)

    def health(self) -> dict[str, Any]:
        state = IndexState.objects.filter(engine=self.name).first()
        ok = state is not None and state.analysis_version == ANALYSIS_VERSION
        return {"ok": ok, "engine": self.name, "commit": state.commit if state else 0}
