"""Searching among articles: the judged queries, filters, days, and who decides what."""

from search.evaluation.measures import means
from tests.knowledge.regelingen import articles

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(index, outbox):
    articles.store_all()
    outbox()


def test_the_right_articles_stand_in_the_first_three(six):
    queries = articles.judged()
    values = articles.measure()
    for half in "ab":
        own = {query.id for query in queries if query.half == half}
        print(half, len(own), means(values, own))
    for q in queries:
        if values[q.id]["recall@3"] < 1:
            print(q.half, q.kind, q.text, q.right, articles.found(q.text)[:4])
    assert 0
