"""What Elasticsearch does without a lock: writes and rebuilds in every order."""

import itertools
import threading

import pytest

from search.engines import elasticsearch as module
from search.engines.base import EngineQuery, EngineUnavailable, IndexMissing
from search.models import IndexState
from search.query.nodes import SumNode
from tests.search.contract.material import ask, document, keys, word

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(autouse=True)
def _no_grace(monkeypatch):
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)


@pytest.fixture
def engine(make_engine):
    engine = make_engine("elasticsearch")
    engine.rebuild([])
    return engine


def indexes(engine):
    """Name → aliases of every index of an engine."""
    found = engine._client.indices.get_alias(index=f"{engine.prefix}-*").body
    return {name: set(state["aliases"]) for name, state in found.items()}


def sections(engine, node):
    query = EngineQuery(sections=node, pages=None, section_limit=5000)
    return {row[:2] for row in engine.search(query).sections}


def test_one_index_behind_the_aliases_with_its_version(engine):
    engine.rebuild([document("a:1", "een")])
    ((name, aliases),) = indexes(engine).items()
    assert name.startswith(f"{engine.prefix}-{module.ANALYSIS_VERSION}-")
    assert {engine.prefix, engine.live} <= aliases
    assert engine.building not in aliases
    state = engine._client.indices.get(index=engine.prefix).body[name]
    assert state["mappings"] == engine.mapping()
    assert state["settings"]["index"]["number_of_shards"] == "1"


def test_a_search_is_one_request(engine, monkeypatch):
    engine.write([document("a:1", "wonen", facets={"soort": ["wet"]})], [])
    asked = []
    perform = engine._client.transport.perform_request

    def counted(method, target, **options):
        asked.append(target)
        return perform(method, target, **options)

    monkeypatch.setattr(engine._client.transport, "perform_request", counted)
    found = ask(engine, word("wonen"), filters={"soort": ("wet",)})
    assert (found.total, len(found.sections)) == (1, 1)
    assert len(asked) == 1
    assert "/_search" in asked[0]


def test_changes_during_a_rebuild_win_from_what_was_read_before_them(engine):
    engine.write([document(f"a:{n}", "oud", "extra") for n in range(450)], [])

    def documents():
        for n in range(450):
            if n == 300:
                # Of what was sent already, what was read but not sent, what follows.
                engine.write(
                    [document(f"a:{m}", "anders") for m in (2, 299, 449)],
                    ["a:3", "a:298"],
                )
                engine.write([document("b:1", "anders")], ["a:448"])
                assert len(keys(ask(engine, word("anders")))) == 4
                assert ask(engine, None).total == 448
            # As it was read: before the changes, also of what they removed.
            yield document(f"a:{n}", "oud", "extra")

    engine.rebuild(documents())
    expected = {f"a:{n}" for n in range(450)} - {"a:3", "a:298", "a:448"} | {"b:1"}
    changed = {"a:2", "a:299", "a:449", "b:1"}
    assert keys(ask(engine, None, limit=1000)) == expected
    assert keys(ask(engine, word("anders"))) == changed
    assert {key for key, _o in sections(engine, word("oud"))} == expected - changed
    assert {key for key, _o in sections(engine, word("extra"))} == expected - changed


@pytest.mark.parametrize("step", ["_send", "_remove_rows"])
def test_a_write_that_is_overtaken_by_the_rebuild_leaves_nothing_behind(
    engine, monkeypatch, step
):
    """The write stops before a step and goes on after the switch."""
    engine.write([document("a:1", "oud", "extra")], [])
    halfway, go_on = threading.Event(), threading.Event()
    original = getattr(engine, step)

    def late(*arguments, **options):
        if threading.current_thread() is writer:
            halfway.set()
            go_on.wait(20)
        return original(*arguments, **options)

    monkeypatch.setattr(engine, step, late)
    # The database of a test is for its own thread.
    numbers = itertools.count(engine._number(), module.STEP)
    monkeypatch.setattr(engine, "_number", lambda: next(numbers))
    writer = threading.Thread(
        target=engine.write, args=([document("a:1", "nieuw")], ["a:2"])
    )

    def documents():
        writer.start()
        assert halfway.wait(20)
        yield document("a:1", "oud", "extra")
        yield document("a:2", "oud", "extra")

    engine.rebuild(documents())
    go_on.set()
    writer.join()
    assert keys(ask(engine, None)) == {"a:1"}
    assert sections(engine, SumNode((word("extra"), word("oud")))) == set()
    assert sections(engine, word("nieuw")) == {("a:1", 0)}


def test_an_older_write_does_not_undo_a_newer_one(engine):
    older = engine._number()
    engine.write([document("a:1", "nieuw")], ["a:2"])
    engine._send(module._rows(engine.live, document("a:1", "oud"), older))
    engine._send(module._rows(engine.live, document("a:2", "oud"), older))
    engine._client.indices.refresh(index=engine.live)
    assert keys(ask(engine, None)) == {"a:1"}
    assert keys(ask(engine, word("nieuw"))) == {"a:1"}


def test_numbers_rise_also_after_a_backup_was_put_back(engine):
    first, second = engine._number(), engine._number()
    assert second >= first + module.STEP
    IndexState.objects.filter(engine=engine.name).update(commit=5)
    assert engine._number() > second
    IndexState.objects.filter(engine=engine.name).update(commit=second * 2)
    assert engine._number() == second * 2 + module.STEP


def test_two_rebuilds_at_once_both_get_every_write(engine, make_engine):
    other = make_engine("elasticsearch", prefix=engine.prefix)

    def inner():
        yield document("a:1", "oud")
        engine.write([document("a:2", "nieuw")], [])

    def outer():
        yield document("a:1", "oud")
        assert other.rebuild(inner()) == 1
        assert keys(ask(engine, None)) == {"a:1", "a:2"}

    engine.rebuild(outer())
    assert keys(ask(other, None)) == {"a:1", "a:2"}
    assert len(indexes(engine)) == 1


def test_a_rebuild_that_was_cut_off_is_removed_later_and_hinders_nobody(
    engine, monkeypatch
):
    name = f"{engine.live}-dood0000"
    aliases = {engine.building: {}, module._rows_alias(name): {}}
    engine._client.indices.create(
        index=name, settings=module.SETTINGS, mappings=engine.mapping(), aliases=aliases
    )
    engine.write([document("a:1", "nieuw")], [])
    engine.rebuild([document("a:1", "nieuw")])
    assert name in indexes(engine)
    monkeypatch.setattr(module, "LEFT_SECONDS", -60)
    engine.rebuild([document("a:1", "nieuw")])
    assert len(indexes(engine)) == 1
    assert keys(ask(engine, None)) == {"a:1"}


def test_indexes_of_an_installation_with_a_like_prefix_are_left_alone(
    engine, make_engine
):
    neighbour = make_engine("elasticsearch", prefix=f"{engine.prefix}-acc")
    neighbour.rebuild([document("a:1", "buren")])
    engine.rebuild([document("a:1", "eigen")])
    assert keys(ask(neighbour, word("buren"))) == {"a:1"}


def test_an_index_that_is_gone_is_not_made_by_writing(engine):
    for name in indexes(engine):
        engine._client.indices.delete(index=name)
    with pytest.raises(IndexMissing):
        engine.write([document("a:1", "wonen")], [])
    assert indexes(engine) == {}


def test_an_index_with_other_fields_is_refused(engine, make_engine):
    engine._client.indices.put_mapping(
        index=engine.live, properties={"extra": {"type": "keyword"}}
    )
    fresh = make_engine("elasticsearch", prefix=engine.prefix)
    with pytest.raises(IndexMissing, match="velden"):
        ask(fresh, word("wonen"))
    assert fresh.health()["ok"] is False
    assert "velden" in fresh.health()["reason"]


def test_an_index_of_somebody_else_behind_the_alias_is_refused(engine):
    for name in indexes(engine):
        engine._client.indices.delete(index=name)
    engine._client.indices.create(
        index=f"{engine.prefix}-vreemd",
        aliases={engine.live: {}},
        mappings={"properties": {"uid": {"type": "text"}, "f_soort": {"type": "text"}}},
    )
    with pytest.raises(IndexMissing):
        ask(engine, word("wonen"))


def test_a_row_that_the_server_refuses_is_said(engine):
    with pytest.raises(EngineUnavailable, match="weigerde een rij"):
        engine.write([document("a:1", "wonen", facets={"soort": ["x" * 40_000]})], [])


def test_health_says_what_operators_need(engine):
    engine.write([document("a:1", "een", "twee"), document("a:2", "een")], [])
    state = engine.health()
    assert state["version"].split(".")[0] == str(module.CLIENT_MAJOR)
    assert {**state, "version": ""} == {
        "ok": True,
        "engine": "elasticsearch",
        "version": "",
        "status": "green",
        "docs": 2,
    }
