"""What others find and need for the same searches: named baselines, measured beside ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

Search = Callable[[str], list[str]]
NAME = "vergelijking-standaard"


def wagtail(limit: int = 100) -> Search:
    """Wagtail's own search over the same pages, any word, as it is configured here.

    It finds pages only: terms are no pages and have no index of Wagtail.
    """
    from django.core.management import call_command

    from knowledge.models import KennisPagina

    call_command("update_index", verbosity=0)

    def search(text: str) -> list[str]:
        found = KennisPagina.objects.live().search(text, operator="or")[:limit]
        return [f"{page.specific.soort}/{page.slug}" for page in found]

    return search


def stock_dutch(url: str, limit: int = 100) -> Search:
    """Elasticsearch with its own analyzer 'dutch': title, headings and text of a page."""
    from search.models import Document

    client = Elasticsearch(url, request_timeout=120)
    text = {"type": "text", "analyzer": "dutch"}
    client.options(ignore_status=404).indices.delete(index=NAME)
    client.indices.create(
        index=NAME,
        settings={"number_of_shards": 1, "number_of_replicas": 0},
        mappings={"properties": {"titel": text, "koppen": text, "tekst": text}},
    )

    def rows() -> Iterator[dict[str, Any]]:
        documents = Document.objects.filter(audience="public")
        for document in documents.prefetch_related("secties").iterator(chunk_size=500):
            sections = document.secties.all()
            yield {
                "_index": NAME,
                "_id": f"{document.kind}/{document.url.rstrip('/').rpartition('/')[2]}",
                "titel": document.title,
                "koppen": [section.heading for section in sections],
                "tekst": [*document.keywords, *(section.text for section in sections)],
            }

    bulk(client, rows(), chunk_size=500)
    client.indices.forcemerge(index=NAME, max_num_segments=1)
    client.indices.refresh(index=NAME)

    def search(text: str) -> list[str]:
        answer = client.search(
            index=NAME,
            size=limit,
            source=False,
            query={
                "multi_match": {
                    "query": text,
                    "fields": ["titel^2", "koppen", "tekst"],
                    "type": "most_fields",
                }
            },
        )
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    return search


def timed_ms(search: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds of each search."""
    took = []
    for text in texts:
        began = time.perf_counter()
        search(text)
        took.append((time.perf_counter() - began) * 1000)
    return took
