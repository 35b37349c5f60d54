import pytest


@pytest.fixture
def small_index(index, monkeypatch):
    """An index of the ten pages alone, without the long list of terms."""
    from search import registry

    few = {k: v for k, v in registry._indexers.items() if k != "begrip"}
    monkeypatch.setattr(registry, "_indexers", few)
    index.rebuild()

    return index
