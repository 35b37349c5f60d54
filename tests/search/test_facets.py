"""Facet counts and totals against a count by hand over the database."""

import random

import pytest

from search import services
from search.documents import FACETS, SearchQuery
from search.models import Document

pytestmark = pytest.mark.django_db


def brute_force(filters, *, skip=""):
    """Public documents that pass the filters, without the one of facet ``skip``."""
    return [
        document
        for document in Document.objects.filter(audience="public")
        if all(
            name == skip or set(document.facets.get(name, [])) & set(values)
            for name, values in filters.items()
        )
    ]


def test_fifty_random_filter_sets_count_as_by_hand(index):
    chance = random.Random(20261125)
    values = {}
    for document in Document.objects.filter(audience="public"):
        for name, own in document.facets.items():
            values.setdefault(name, set()).update(own)
    names = [name for name in FACETS if len(values.get(name, ())) > 1]
    assert len(names) >= 5
    for _ in range(50):
        filters = {
            name: tuple(
                chance.sample(
                    sorted(values[name]), chance.randint(1, min(3, len(values[name])))
                )
            )
            for name in chance.sample(names, chance.randint(1, 3))
        }
        found = services.find(SearchQuery(text="", filters=filters))
        assert found.total == len(brute_force(filters)), filters
        for name in FACETS:
            counted = {}
            for document in brute_force(filters, skip=name):
                for value in document.facets.get(name, []):
                    counted[value] = counted.get(value, 0) + 1
            for value in filters.get(name, ()):
                counted.setdefault(value, 0)
            shown = {v.value: v.count for v in found.facets.get(name, ())}
            assert shown == counted, (name, filters)


def test_counts_hold_with_words_as_well(index):
    """Of every value shown, choosing it gives just as many results as it says."""
    found = services.find(SearchQuery(text="wonen jongeren"))
    for name in ("soort", "groep"):
        for value in found.facets[name]:
            chosen = services.find(
                SearchQuery(text="wonen jongeren", filters={name: (value.value,)})
            )
            if not chosen.relaxed:
                assert chosen.total == value.count


def test_a_filter_may_be_typed_by_its_label(index):
    by_label = services.find(SearchQuery(text="soort:Handreiking"))
    assert by_label.total == 1
    assert [v.value for v in by_label.facets["soort"] if v.chosen] == ["handreiking"]
