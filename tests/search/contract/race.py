"""``python -m tests.search.contract.race ENGINE PLACE SECONDS``: all at once.

One thread changes documents, two read, and the index is rebuilt again and again. Prints
counts as JSON, and every read that failed or was stale. A process of its own, with a
database of its own (DATABASE_URL): threads of a test share one connection.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from search.engines import elasticsearch  # noqa: E402
from search.engines.base import EngineQuery, IndexedDocument  # noqa: E402
from search.engines.elasticsearch import ElasticsearchEngine  # noqa: E402
from search.engines.embedded import EmbeddedEngine  # noqa: E402
from search.query.nodes import AllNode, SumNode  # noqa: E402
from tests.search.contract.material import document, keys, on_pages, word  # noqa: E402

DOCUMENTS = 700
CHUNK = 200  # as search.indexing.stored_documents reads


class World:
    """What the database would hold: the version of each document; 0 is removed."""

    def __init__(self) -> None:
        self.stored = dict.fromkeys(range(DOCUMENTS), 1)
        # Versions of which the write has returned.
        self.written = dict(self.stored)

    def document(self, number: int, version: int) -> IndexedDocument:
        texts = [f"doc{number} v{version}"] * (1 + (number + version) % 4)
        return document(f"d:{number}", *texts, hash=str(version))

    def stored_documents(self) -> Iterator[IndexedDocument]:
        numbers = iter(range(DOCUMENTS))
        while chunk := list(itertools.islice(numbers, CHUNK)):
            read = [(n, self.stored[n]) for n in chunk]
            yield from (self.document(n, v) for n, v in read if v)


def _read(world: World, engine, seed: int, stop: threading.Event, faults: list) -> int:
    chance, count = random.Random(seed), 0
    while not stop.is_set():
        number = chance.randrange(DOCUMENTS)
        version = world.written[number]
        try:
            found = engine.search(
                EngineQuery(
                    sections=None,
                    pages=SumNode(
                        (
                            AllNode(
                                (
                                    on_pages(word(f"doc{number}")),
                                    on_pages(word(f"v{version}")),
                                )
                            ),
                            AllNode(
                                (
                                    on_pages(word(f"doc{number}")),
                                    on_pages(word(f"v{version - 1}")),
                                )
                            ),
                        )
                    ),
                )
            )
            old = engine.search(
                EngineQuery(
                    sections=None,
                    pages=AllNode(
                        (
                            on_pages(word(f"doc{number}")),
                            on_pages(word(f"v{version - 1}")),
                        )
                    ),
                )
            )
        except Exception as error:
            faults.append(f"lezen: {error!r}")
            continue
        if world.stored[number] == version:
            expected = {f"d:{number}"} if version > 0 else set()
            if keys(found) != expected or keys(old):
                faults.append(f"d:{number} v{version}: {keys(found)} en {keys(old)}")
            count += 1
    connections.close_all()
    return count


def _write(world: World, engine, stop: threading.Event, faults: list) -> int:
    chance, count, latest = random.Random(1), 0, itertools.count(2)
    while not stop.is_set():
        chosen = chance.sample(range(DOCUMENTS), chance.choice([1, 1, 3]))
        versions = {n: 0 if chance.random() < 0.15 else next(latest) for n in chosen}
        world.stored |= versions
        try:
            engine.write(
                [world.document(n, v) for n, v in versions.items() if v],
                [f"d:{n}" for n, v in versions.items() if not v],
            )
        except Exception as error:
            faults.append(f"schrijven: {error!r}")
        world.written |= versions
        count += 1
    connections.close_all()
    return count


def run(engine, seconds: float) -> dict[str, object]:
    world, stop = World(), threading.Event()
    faults: list[str] = []
    engine.rebuild(world.stored_documents())
    rebuilds, deadline = 0, time.monotonic() + seconds
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(_read, world, engine, n, stop, faults) for n in (1, 2)]
        writer = pool.submit(_write, world, engine, stop, faults)
        with contextlib.ExitStack() as stack:
            stack.callback(stop.set)
            while time.monotonic() < deadline or rebuilds < 2:
                engine.rebuild(world.stored_documents())
                rebuilds += 1
    hashes = {f"d:{n}": str(v) for n, v in world.stored.items() if v}
    found = engine.search(
        EngineQuery(
            sections=SumNode(tuple(word(f"doc{n}") for n in range(DOCUMENTS))),
            pages=None,
            limit=DOCUMENTS,
            section_limit=DOCUMENTS * 5,
        )
    )
    wanted = {
        (one.key, section.ordinal)
        for one in world.stored_documents()
        for section in one.sections
    }
    return {
        "reads": sum(reader.result() for reader in readers),
        "writes": writer.result(),
        "rebuilds": rebuilds,
        "faults": faults,
        "different": sorted(set(hashes.items()) ^ set(engine.hashes().items())),
        "sections": sorted(wanted ^ {row[:2] for row in found.sections}),
    }


if __name__ == "__main__":
    name, place, seconds = sys.argv[1:]
    elasticsearch.SEARCH_SECONDS = 60.0  # a busy test machine is not a fault
    call_command("migrate", "search", verbosity=0)
    made = (
        EmbeddedEngine(place)
        if name == "embedded"
        else ElasticsearchEngine(place, "proef-wedloop")
    )
    json.dump(run(made, float(seconds)), sys.stdout)
