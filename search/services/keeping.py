"""Keep the indexes in step with the database, and say how they are."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from core import outbox
from core.models import Outbox
from search import indexing, registry, resources
from search.documents import SearchDocument
from search.engines import engines, get_engine
from search.engines.base import EngineUnavailable, IndexMissing, SearchEngine
from search.models import Document, Sectie

NO_INDEX = (
    "de index ontbreekt of is van een andere versie; draai: manage.py search_rebuild"
)


def refresh_later(kind: str, pk: int) -> None:
    """Have the index follow a change, after the transaction of that change."""
    outbox.enqueue(
        kind="search.refresh",
        key=f"{kind}:{pk}",
        dedupe_key=f"search.refresh:{kind}:{pk}",
    )


def refresh_many_later(kind: str, pks: Sequence[int]) -> None:
    """The same for many objects of one kind, as one order."""
    if pks:
        outbox.enqueue(
            kind="search.refresh-many", key=f"{kind}:{pks[0]}", payload={"pks": [*pks]}
        )


@outbox.handler("search.refresh-many")
def _deliver_refresh_many(row: Outbox) -> None:
    kind = row.key.partition(":")[0]
    indexer = registry.get(kind)
    documents = []
    gone = []
    for pk in row.payload["pks"]:
        document = indexer.document(pk) if indexer else None
        if document is None:
            gone.append(f"{kind}:{pk}")
        else:
            documents.append(document)
    refresh_many(documents, gone)


@outbox.handler("search.refresh")
def _deliver_refresh(row: Outbox) -> None:
    kind, _, pk = row.key.rpartition(":")
    refresh(kind, int(pk))


def refresh(kind: str, pk: int) -> None:
    """Bring one object in every index to what it is now; a missing one is removed."""
    indexer = registry.get(kind)
    document = indexer.document(pk) if indexer else None
    if document is None:
        _write([], [f"{kind}:{pk}"])
        indexing.forget(kind, pk)
        return
    stored, changed = indexing.store(document)
    if changed:
        counts: Counter[str] = Counter()
        ready = indexing.indexed(stored, list(stored.secties.all()), counts)
        indexing.add_words(counts)
        _write([ready], [])
        indexing.mark_indexed(stored)


def refresh_many(documents: Iterable[SearchDocument], gone: Iterable[str] = ()) -> None:
    """Bring several objects in every index in one write; ``gone``: keys to remove."""
    counts: Counter[str] = Counter()
    ready, stored = [], []
    for document in documents:
        row, changed = indexing.store(document)
        if changed:
            ready.append(indexing.indexed(row, list(row.secties.all()), counts))
            stored.append(row)
    removed = list(gone)
    if ready or removed:
        indexing.add_words(counts)
        _write(ready, removed)
    for row in stored:
        indexing.mark_indexed(row)
    for key in removed:
        kind, _, pk = key.rpartition(":")
        indexing.forget(kind, int(pk))


def _write(documents: list[Any], deleted: list[str]) -> None:
    """Write to every engine; one that is missing its index is made anew.

    When an engine gives no answer the others are written all the same, and the error is
    raised so that the outbox tries again.
    """
    failed: Exception | None = None
    for engine in engines():
        try:
            try:
                engine.write(documents, deleted)
            except IndexMissing:
                if not engine.rebuilds_itself:
                    raise EngineUnavailable(NO_INDEX) from None
                rebuild(engine)
        except EngineUnavailable as error:
            failed = error
    if failed:
        raise failed


def rebuild(engine: SearchEngine | None = None) -> dict[str, int]:
    """Read every registered object again and build new indexes beside the live ones.

    Of all engines, or of the given one. Returns counts: documents, sections, removed.
    """
    seen = set()
    for indexer in registry.indexers():
        for pk in indexer.all_ids():
            document = indexer.document(pk)
            if document is not None:
                seen.add((indexer.kind, pk))
                indexing.store(document)
    stale = [
        d.pk
        for d in Document.objects.only("pk", "kind", "object_id")
        if (d.kind, d.object_id) not in seen
    ]
    Document.objects.filter(pk__in=stale).delete()
    count = 0
    for target in [engine] if engine else engines():
        words: Counter[str] = Counter()
        fresh: dict[int, str] = {}
        with without_collector():
            count = target.rebuild(indexing.all_indexed(words, fresh))
        indexing.add_words(words, anew=True)
        if target is engines()[-1]:
            indexing.mark_all_indexed(fresh)
    resources.forget(anew=True)
    return {
        "documents": count,
        "sections": Sectie.objects.count(),
        "removed": len(stale),
    }


@contextmanager
def without_collector() -> Iterator[None]:
    """Words hold no cycles; looking for them takes a sixth of the time of a rebuild."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def check(engine: SearchEngine | None = None) -> dict[str, list[str]]:
    """Differences between what should be found and what an engine holds, by key."""
    wanted = {}
    for indexer in registry.indexers():
        for pk in indexer.all_ids():
            document = indexer.document(pk)
            if document is not None:
                wanted[f"{indexer.kind}:{pk}"] = indexing.digest(document)
    try:
        held = (engine or get_engine()).hashes()
    except IndexMissing:
        held = {}
    return {
        "missing": sorted(wanted.keys() - held.keys()),
        "superfluous": sorted(held.keys() - wanted.keys()),
        "stale": sorted(k for k in wanted.keys() & held.keys() if wanted[k] != held[k]),
    }


def reconcile() -> int:
    """Repair what ``check`` finds; returns how many documents were repaired."""
    keys = {
        key for engine in engines() for found in check(engine).values() for key in found
    }
    for key in sorted(keys):
        kind, _, pk = key.rpartition(":")
        Document.objects.filter(kind=kind, object_id=int(pk)).update(hash="")
        refresh(kind, int(pk))
    return len(keys)


def health() -> dict[str, Any]:
    """State of the first engine and of the one that stands in; who answers readers now.

    ok while one of them answers: a first engine that is away is for operators to see, and
    no reason to send readers elsewhere.
    """
    states = [engine.health() for engine in engines()]
    answering = next((state["engine"] for state in states if state["ok"]), None)
    return {
        **states[0],
        "ok": answering is not None,
        "answering": answering,
        "fallback": states[1] if states[1:] else None,
    }
