"""The engine for many machines: Elasticsearch, fed with the same words as the embedded one.

Its own analysis is not used. Fields hold stems, split at spaces; scores are BM25 1.2/.75
of one shard, with one clause for each node of the query. So it scores as tantivy does,
up to the rounding of floats. What may still differ: both count removed rows in the
frequency of a word until they merge them away, and they merge at different moments; and
among equal scores this engine goes by key, where tantivy goes by place in the index.

Names: index ``<prefix>-<analysis version>-<random>``. Readers and writers know only the
alias ``<prefix>-<analysis version>``, so that a process of another version can neither
read nor fill an index that it would not understand. ``<prefix>`` points there for people,
``<prefix>-<analysis version>-bouw`` to each index that is being built.

Order without a lock. Every write gets a number from the database, higher than all before
it, and each row carries the number of its write; Elasticsearch refuses a row that is
older than the one it has. See ``rebuild`` on why no change gets lost.
"""

from __future__ import annotations

import struct
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from elastic_transport import ConnectionTimeout, SerializationError, TransportError
from elasticsearch import (
    ApiError,
    BadRequestError,
    Elasticsearch,
    NotFoundError,
    UnsupportedProductError,
    __version__,
    helpers,
)
from elasticsearch.dsl import A, Search
from elasticsearch.dsl import query as dsl

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
    EXACT_FIELDS,
    MOST_KEYS,
    PAGE_FIELD,
    POSITION_FIELDS,
    TERM_FIELDS,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    IndexedDocument,
    IndexMissing,
    parts,
    rows_of,
)

CLIENT_MAJOR = __version__[0]
FACET_SIZE = 500
MOST_HITS = 10_000
# A reader waits no longer; then the engine that stands in answers.
SEARCH_SECONDS = 2.0
WRITE_SECONDS = 30.0
# After a failure readers skip this engine so long; then one of them tries again.
PAUSE_SECONDS = 10.0
# A search that began before the switch is answered or given up by then.
GRACE_SECONDS = SEARCH_SECONDS
# An index without readers that is older was left by a rebuild that was cut off.
LEFT_SECONDS = 3600
BATCH = 200
BULK_ROWS = 2000
BULK_BYTES = 8 * 1024 * 1024
# Two apart: removing a row by query raises its version by one.
STEP = 2

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Rows are shown when a write is complete, never halfway.
    "refresh_interval": -1,
    "max_result_window": MOST_HITS,
    "max_inner_result_window": MOST_HITS,
    # How long a removed key is remembered, so that a rebuild does not bring it back.
    "gc_deletes": f"{LEFT_SECONDS}s",
    "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
}


def _fields() -> dict[str, Any]:
    """Types of the fields."""
    keyword = {"type": "keyword"}
    # Only counted and sorted by, never searched.
    kept = {"type": "keyword", "index": False}
    fields: dict[str, Any] = {
        "key": keyword,
        "uid": kept,
        "hash": kept,
        "unit": keyword,
        "audience": keyword,
        "rank": {"type": "long", "index": False},
        "written": {"type": "long"},
        "valid_from": {"type": "long"},
        "valid_until": {"type": "long"},
    }
    fields |= {f"f_{name}": keyword for name in FACETS}
    fields |= {name: {"type": "keyword", "doc_values": False} for name in EXACT_FIELDS}
    words = {"type": "text", "analyzer": "whitespace"}
    fields |= {name: words | {"index_options": "freqs"} for name in TERM_FIELDS}
    fields[PAGE_FIELD] = words | {"index_options": "docs", "norms": False}
    fields |= dict.fromkeys(POSITION_FIELDS, words)
    return fields


class ElasticsearchEngine:
    name = "elasticsearch"
    rebuilds_itself = False

    def __init__(self, url: str, prefix: str) -> None:
        self.prefix = prefix
        self._url = url
        self._lock = threading.Lock()
        self._retry_at = 0.0
        self._checked = False
        try:
            client = Elasticsearch(
                url,
                request_timeout=SEARCH_SECONDS,
                # A kept connection may have been closed meanwhile: once more, on a new one.
                max_retries=1,
                retry_on_timeout=False,
                retry_on_status=(),
            )
        except ValueError as error:
            raise ImproperlyConfigured(f"ELASTICSEARCH_URL: {error}") from None
        self._client = client
        self._writer = client.options(request_timeout=WRITE_SECONDS)
        # Without the name and password that an address may have.
        self.host = client.transport.node_pool.all()[0].base_url

    @property
    def live(self) -> str:
        return f"{self.prefix}-{ANALYSIS_VERSION}".lower()

    @property
    def building(self) -> str:
        return f"{self.live}-bouw"

    def mapping(self) -> dict[str, Any]:
        """As Elasticsearch gives it back."""
        return {
            "_meta": {"analysis_version": ANALYSIS_VERSION, "prefix": self.prefix},
            # The database has the texts; the index is made from there.
            "_source": {"enabled": False},
            "dynamic": "strict",
            "properties": _fields(),
        }

    # -- faults ----------------------------------------------------------------

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Every fault as one of the two that the protocol knows."""
        try:
            yield
        except (IndexMissing, EngineUnavailable):
            self._checked = False
            raise
        except (ApiError, TransportError) as error:
            self._checked = False
            if isinstance(error, NotFoundError) and _is_elasticsearch(error):
                raise IndexMissing(self._said(error)) from error
            raise EngineUnavailable(self._said(error)) from error

    def _said(self, error: ApiError | TransportError) -> str:
        """What went wrong, in one line for operators."""
        match error:
            case ConnectionTimeout():
                return f"{self.host} antwoordt niet op tijd"
            case SerializationError():
                return f"{self.host} geeft geen leesbaar antwoord"
            case TransportError(message=message):
                return f"geen verbinding met {self.host}: {message}"
            case UnsupportedProductError():
                return f"{self.host} is geen Elasticsearch"
            case ApiError(status_code=status, body=body):
                cause = body.get("error", "") if isinstance(body, dict) else ""
                if isinstance(cause, dict):
                    cause = (cause.get("root_cause") or [cause])[0]
                    cause = f"{cause.get('type')}: {cause.get('reason')}"
                return f"{self.host} gaf {status} {cause}".rstrip()

    @contextmanager
    def _unless_paused(self) -> Iterator[None]:
        """A slow or absent server costs one reader its patience, not each of them."""
        with self._lock:
            wait = self._retry_at - time.monotonic()
            if wait > 0:
                raise EngineUnavailable(
                    f"{self.host} gaf net geen antwoord; over {wait:.0f} s weer geprobeerd"
                )
            if self._retry_at:
                # One tries; the others skip until it knows.
                self._retry_at = time.monotonic() + PAUSE_SECONDS
        try:
            yield
        except EngineUnavailable:
            self._retry_at = time.monotonic() + PAUSE_SECONDS
            raise
        except IndexMissing:
            self._retry_at = 0.0
            raise
        else:
            self._retry_at = 0.0

    def _check_server(self) -> str:
        """The version of the server; another major than the client's is refused."""
        answer = self._client.info().body
        number = str(answer.get("version", {}).get("number", "onbekend"))
        if number.partition(".")[0] != str(CLIENT_MAJOR):
            raise EngineUnavailable(
                f"{self.host} is Elasticsearch {number}; nodig is {CLIENT_MAJOR}.x"
            )
        return number

    def _check_index(self) -> None:
        """IndexMissing unless the live index has the fields that this code writes."""
        found = self._client.indices.get_mapping(index=self.live).body
        for name, state in found.items():
            if state["mappings"] != self.mapping():
                raise IndexMissing(f"{name} heeft andere velden")

    def _check_once(self) -> None:
        """At the first contact, and again after a fault."""
        if not self._checked:
            self._check_server()
            self._check_index()
            self._checked = True

    # -- reading ---------------------------------------------------------------

    def _node(self, node: Node) -> Any:
        """An Elasticsearch query with the meaning and the score of a node."""
        match node:
            case TermNode(name, value, weight):
                return dsl.Term(name, {"value": value, "boost": weight})
            case PhraseNode(name, values, weight):
                words = {"query": " ".join(values), "boost": weight}
                return dsl.MatchPhrase(name, words)
            # A bool without clauses matches everything, a node without children nothing.
            case SumNode(()) | AllNode(()) | MaxNode(()):
                return dsl.MatchNone()
            case SumNode(children, minimum):
                return dsl.Bool(
                    should=[self._node(child) for child in children],
                    minimum_should_match=max(1, minimum),
                )
            case AllNode(children):
                return dsl.Bool(must=[self._node(child) for child in children])
            case MaxNode(children):
                return dsl.DisMax(
                    queries=[self._node(child) for child in children], tie_breaker=0.0
                )
            case ConstNode(child, score):
                return dsl.ConstantScore(filter=self._node(child), boost=score)

    def _keys(self, node: Node) -> list[str]:
        """Documents that have a section which matches."""
        search = Search().query(dsl.Bool(filter=[_has("unit", "s"), self._node(node)]))
        search.aggs.bucket("keys", "terms", field="key", size=MOST_KEYS)
        request = search.extra(size=0, track_total_hits=False).to_dict()
        answer = self._answer(request)
        return [bucket["key"] for bucket in answer["aggregations"]["keys"]["buckets"]]

    def _held(self, query: EngineQuery) -> list[Any]:
        """Only documents of which sections have what is required, and not the excluded."""
        without = [dsl.Terms("key", self._keys(node)) for node in query.excluded]
        return [
            *(dsl.Terms("key", self._keys(node)) for node in query.required),
            *([dsl.Bool(must_not=without)] if without else ()),
        ]

    def _asked(
        self, query: EngineQuery, unit: str, node: Node | None, held: list[Any]
    ) -> Any:
        """A node among rows of a unit, with every filter but those of the facets."""
        among: list[Any] = [_has("unit", unit), *held]
        if query.audiences:
            among.append(dsl.Terms("audience", list(query.audiences)))
        if query.valid_on is not None:
            day = query.valid_on.toordinal()
            among.append(dsl.Range("valid_from", {"lte": day}))
            among.append(dsl.Range("valid_until", {"gt": day}))
        return dsl.Bool(
            filter=among,
            must=[] if node is None else [self._node(node)],
        )

    @staticmethod
    def _chosen(query: EngineQuery, unit: str, skip: str = "") -> Any:
        """Rows of a unit that have the chosen facet values; without facet ``skip``."""
        return dsl.Bool(
            filter=[
                _has("unit", unit),
                *(
                    dsl.Terms(f"f_{name}", list(values))
                    for name, values in query.filters.items()
                    if name in FACETS and name != skip and values
                ),
            ]
        )

    def request(self, query: EngineQuery) -> dict[str, Any]:
        """The one request of a search: sections are its hits, the rest it aggregates.

        What is required or excluded is asked before it, which documents have that.

        The query finds sections and pages without the filters of facets, so that each
        facet can be counted under the filters of the others.
        """
        held = self._held(query)
        asked = [self._asked(query, "p", query.pages, held)]
        if query.sections is not None:
            asked.append(self._asked(query, "s", query.sections, held))
        order: list[Any] = ["_score", "uid"]
        search = (
            Search()
            .query(dsl.Bool(should=asked, minimum_should_match=1))
            .post_filter(self._chosen(query, "s"))
            # A hit shows its score and uid as what it is sorted by: nothing is fetched.
            .sort(*order)
            .source(False)
            .extra(
                stored_fields="_none_",
                track_total_hits=False,
                size=min(query.section_limit, MOST_HITS) if len(asked) == 2 else 0,
            )
        )
        pages = A("filter", self._chosen(query, "p"))
        if query.limit:
            pages.bucket(
                "top",
                "top_hits",
                size=min(query.limit, MOST_HITS),
                sort=[{"rank": "desc"}, "uid"] if query.by_date else order,
                _source=False,
                stored_fields="_none_",
            )
        for name in query.facets:
            counts = A("terms", field=f"f_{name}", size=FACET_SIZE)
            if query.filters.get(name):
                wider = A("filter", self._chosen(query, "p", skip=name))
                wider.bucket("counts", counts)
                search.aggs.bucket(f"f_{name}", wider)
            else:
                pages.bucket(f"f_{name}", counts)
        search.aggs.bucket("pages", pages)
        return search.to_dict()

    def search(self, query: EngineQuery) -> EngineResult:
        with self._unless_paused(), self._asking():
            self._check_once()
            try:
                answer = self._answer(self.request(query))
            except BadRequestError:
                self._check_index()
                raise
        return self._result(query, answer)

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        return self._client.search(
            index=self.live, allow_partial_search_results=False, **request
        ).body

    @staticmethod
    def _result(query: EngineQuery, answer: dict[str, Any]) -> EngineResult:
        found = answer["aggregations"]
        pages = found["pages"]
        rows = []
        # Sections of documents of which none matches say nothing.
        for hit in answer["hits"]["hits"] if pages["doc_count"] else ():
            score, uid = hit["sort"]
            key, _, ordinal = uid.rpartition("#")
            rows.append((key, int(ordinal), _as_float(score)))
        top = pages["top"]["hits"]["hits"] if "top" in pages else ()
        facets = {}
        for name in query.facets:
            wider = found.get(f"f_{name}")
            counts = wider["counts"] if wider else pages[f"f_{name}"]
            facets[name] = {b["key"]: b["doc_count"] for b in counts["buckets"]}
        return EngineResult(
            total=pages["doc_count"],
            pages=[
                (key, 0.0 if query.by_date else _as_float(score))
                for score, key in (hit["sort"] for hit in top)
            ],
            sections=rows,
            facets=facets,
        )

    def hashes(self) -> dict[str, str]:
        with self._asking():
            self._check_once()
            return dict(self._pages(self.live, "hash"))

    def _pages(self, index: str, field: str, *among: Any) -> Iterator[tuple[str, Any]]:
        """Key and a field of every page in an index, in order of key."""
        after: list[Any] | None = None
        while True:
            request = (
                Search()
                .query(dsl.Bool(filter=[_has("unit", "p"), *among]))
                .sort("uid")
                .source(False)
                .extra(
                    docvalue_fields=[field],
                    stored_fields="_none_",
                    size=MOST_HITS,
                    track_total_hits=False,
                )
            )
            if after:
                request = request.extra(search_after=after)
            found = self._writer.search(index=index, **request.to_dict())
            hits = found["hits"]["hits"]
            for hit in hits:
                yield hit["sort"][0], hit.get("fields", {}).get(field, [""])[0]
            if len(hits) < MOST_HITS:
                return
            after = hits[-1]["sort"]

    # -- writing ---------------------------------------------------------------

    def _number(self) -> int:
        """Higher than any before it, on every machine.

        The clock is in it so that a database put back from a backup, which has lost the
        last numbers, still gives higher ones.
        """
        now = time.time_ns() // 1000
        IndexState.objects.get_or_create(engine=self.name)
        with transaction.atomic():
            state = IndexState.objects.filter(engine=self.name)
            state.update(commit=Greatest(F("commit") + STEP, now))
            return int(state.values_list("commit", flat=True).get())

    def write(
        self, documents: Iterable[IndexedDocument], deleted: Iterable[str]
    ) -> None:
        documents, deleted = list(documents), list(deleted)
        keys = [*deleted, *(document.key for document in documents)]
        number = self._number()
        with self._asking():
            self._check_once()
            # Only now: a rebuild that begins after this look has a higher number.
            targets = [self.live, *map(_rows_alias, self._holders(self.building))]
            self._send(
                action
                for target in targets
                for action in (
                    *(_removed(target, key, number) for key in deleted),
                    *(row for one in documents for row in _rows(target, one, number)),
                )
            )
            self._writer.indices.refresh(index=targets, ignore_unavailable=True)
            self._remove_rows(targets, keys, dsl.Range("written", {"lt": number}))

    def _holders(self, alias: str) -> list[str]:
        """Indexes that have an alias."""
        try:
            return sorted(self._writer.indices.get_alias(name=alias).body)
        except NotFoundError:
            return []

    def _send(self, actions: Iterable[dict[str, Any]], *, needed: str = "") -> None:
        """Write rows, but not over newer ones.

        A target may be gone by now, except the live index and the one that is needed.
        """
        failed: dict[str, Any] = {}
        for ok, item in helpers.streaming_bulk(
            self._writer,
            actions,
            chunk_size=BULK_ROWS,
            max_chunk_bytes=BULK_BYTES,
            raise_on_error=False,
            # Never make an index by writing to one that is gone.
            require_alias=True,
        ):
            result = next(iter(item.values()))
            gone = result["status"] == 404
            if ok or result["status"] == 409 or (gone and "error" not in result):
                continue
            if not gone or result["_index"] in (self.live, needed):
                failed = failed or result
        if failed:
            error = failed["error"]
            said = f"{self.host} weigerde een rij: {error['type']}: {error['reason']}"
            gone = failed["status"] == 404
            raise IndexMissing(said) if gone else EngineUnavailable(said)

    def _remove_rows(self, targets: list[str], keys: list[str], *among: Any) -> None:
        """Remove rows of these keys, such as sections that a document no longer has."""
        for some in parts(keys, MOST_HITS):
            rows = dsl.Bool(filter=[dsl.Terms("key", list(some)), *among])
            self._writer.delete_by_query(
                index=targets,
                query=rows.to_dict(),
                ignore_unavailable=True,
                # A row that is written again meanwhile is not superfluous.
                conflicts="proceed",
                refresh=True,
            )

    def rebuild(self, documents: Iterable[IndexedDocument]) -> int:
        """Everyone goes on writing; no change gets lost.

        The number of the rebuild is given after writers can see the new index, and before
        a document is read. A write with a lower number was stored before that, so it is
        in what is read. One with a higher number goes to the new index as well, and wins
        there from what was read, whichever comes first: by its number, or, for a row that
        it no longer has, because the last of the two to finish removes it
        (``_remove_overtaken``). Two rebuilds at once both get all writes; the last one to
        switch stays.
        """
        with self._asking():
            self._check_server()
            name = f"{self.live}-{uuid.uuid4().hex[:8]}"
            self._writer.indices.create(
                index=name,
                settings=SETTINGS,
                mappings=self.mapping(),
                aliases={self.building: {}, _rows_alias(name): {}},
            )
            try:
                number = self._number()
                keys = self._fill(name, documents, number)
                self._remove_overtaken(name, keys, number)
            except BaseException:
                self._writer.indices.delete(index=name, ignore_unavailable=True)
                raise
            former = self._switch(name)
            if former:
                time.sleep(GRACE_SECONDS)
            self._remove_old()
            return len(keys)

    def _fill(
        self, name: str, documents: Iterable[IndexedDocument], number: int
    ) -> list[str]:
        """Write every document; the next ones are made while the server works."""
        keys: list[str] = []
        target = _rows_alias(name)
        sent: Future[None] | None = None
        with ThreadPoolExecutor(1) as sender:
            for batch in parts(documents, BATCH):
                keys += [document.key for document in batch]
                rows = [row for one in batch for row in _rows(target, one, number)]
                if sent:
                    sent.result()
                sent = sender.submit(self._send, rows, needed=target)
            if sent:
                sent.result()
        return keys

    def _remove_overtaken(self, name: str, keys: list[str], number: int) -> None:
        """Remove rows that were read before a change that was already written here.

        A write that is not seen here refreshes after this refresh, and then sees and
        removes these rows itself.
        """
        self._writer.indices.refresh(index=name)
        own = _has("written", number)
        kept = {key for key, _value in self._pages(name, "hash", own)}
        overtaken = [key for key in keys if key not in kept]
        self._remove_rows([name], overtaken, own)

    def _switch(self, name: str) -> list[str]:
        """Readers go to the new index in one step; returns where they were."""
        while True:
            former = self._holders(self.live)
            people = self._holders(self.prefix)
            actions: list[dict[str, Any]] = [
                {"remove": {"index": one, "alias": self.prefix, "must_exist": False}}
                for one in people
            ]
            actions += [
                {"remove": {"index": one, "alias": self.live, "must_exist": True}}
                for one in former
            ]
            actions += [
                {"remove": {"index": name, "alias": self.building}},
                {"add": {"index": name, "alias": self.live}},
                {"add": {"index": name, "alias": self.prefix}},
            ]
            try:
                self._writer.indices.update_aliases(actions=actions)
            except NotFoundError:
                # Another rebuild switched between the look and the step.
                if name in self._holders(self.building):
                    continue
                raise
            return former

    def _remove_old(self) -> None:
        """Indexes that were switched off, or left by a rebuild that was cut off."""
        for name, state in self._own_indexes().items():
            age = time.time() - int(state["settings"]["index"]["creation_date"]) / 1000
            if self.live in state["aliases"]:
                continue
            if self.building in state["aliases"] and age < LEFT_SECONDS:
                continue
            self._writer.indices.delete(index=name, ignore_unavailable=True)

    def _own_indexes(self) -> dict[str, Any]:
        """Ours by name and mark: another installation may have a prefix that begins so."""
        found = self._writer.indices.get(
            index=f"{self.prefix}-*", features=["aliases", "mappings", "settings"]
        ).body
        return {
            name: state
            for name, state in found.items()
            if state["mappings"].get("_meta", {}).get("prefix") == self.prefix
        }

    def health(self) -> dict[str, Any]:
        state: dict[str, Any] = {"ok": False, "engine": self.name}
        try:
            with self._asking():
                state["version"] = self._check_server()
                self._check_index()
                cluster = self._client.cluster.health(index=self.live, timeout="1s")
                state["status"] = cluster["status"]
                if cluster["status"] == "red":
                    raise EngineUnavailable(f"{self.live} is red")
                pages = _has("unit", "p").to_dict()
                found = self._client.count(index=self.live, query=pages)
                state["docs"] = found["count"]
        except (EngineUnavailable, IndexMissing) as error:
            return {**state, "reason": str(error)}
        return {**state, "ok": True}

    def beside(self) -> ElasticsearchEngine:
        return ElasticsearchEngine(self._url, f"{self.prefix}-{uuid.uuid4().hex[:8]}")

    def remove(self) -> None:
        with self._asking():
            for name in self._own_indexes():
                self._writer.indices.delete(index=name, ignore_unavailable=True)
        self.close()

    def close(self) -> None:
        self._client.close()


def _is_elasticsearch(error: ApiError) -> bool:
    """Another server may stand at the address, or a proxy that lost it."""
    return bool(error.meta.headers.get("x-elastic-product"))


def _as_float(score: float) -> float:
    """The 32-bit number that was meant: it is printed with as few digits as tell it."""
    return float(struct.unpack("f", struct.pack("f", score))[0])


def _has(field: str, value: str | int) -> dsl.Query:
    return dsl.Term(field, {"value": value})


def _rows_alias(index: str) -> str:
    """The alias by which rows are written to an index that is being built."""
    return f"{index}-rijen"


def _rows(
    target: str, document: IndexedDocument, number: int
) -> Iterator[dict[str, Any]]:
    for row in rows_of(document):
        del row["ordinal"]  # it stands in uid
        yield {
            "_op_type": "index",
            "_index": target,
            "_id": row["uid"],
            "version": number,
            "version_type": "external_gte",
            "_source": {**row, "written": number},
        }


def _removed(target: str, key: str, number: int) -> dict[str, Any]:
    """Removal of a page; its sections follow by ``_remove_rows``."""
    return {
        "_op_type": "delete",
        "_index": target,
        "_id": key,
        "version": number,
        "version_type": "external_gte",
    }
