"""The engines of the contract, each with an empty index of its own."""

from __future__ import annotations

import uuid

import pytest

from search.engines import elasticsearch
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine

EMBEDDED = "embedded"
ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)


@pytest.fixture
def make_engine(request, tmp_path, db, monkeypatch):
    """make_engine('elasticsearch') → an engine that has no index yet."""
    made = []
    # A busy test machine is not a fault; test_engine_faults.py is about those.
    monkeypatch.setattr(elasticsearch, "SEARCH_SECONDS", 60.0)

    def make(name: str, **options):
        if name == EMBEDDED:
            engine = EmbeddedEngine(str(tmp_path / "index"))
        else:
            options.setdefault("url", request.getfixturevalue("elasticsearch_url"))
            options.setdefault("prefix", f"proef-{uuid.uuid4().hex[:8]}")
            engine = ElasticsearchEngine(**options)
        made.append(engine)
        return engine

    yield make
    for engine in made:
        if isinstance(engine, ElasticsearchEngine):
            names = engine._client.indices.get(index=f"{engine.prefix}-*").body
            for name in names:
                engine._client.indices.delete(index=name)
        engine.close()


@pytest.fixture(params=[EMBEDDED, ELASTICSEARCH])
def engine(request, make_engine):
    """An engine with an empty index."""
    engine = make_engine(request.param)
    engine.rebuild([])
    return engine
