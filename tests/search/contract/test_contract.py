"""What every engine does, whatever it is built on."""

import datetime
import random

import pytest

from search.engines import elasticsearch as elasticsearch_module
from search.engines import embedded as embedded_module
from search.engines.base import (
    PAGE_FIELD,
    EngineQuery,
    IndexMissing,
)
from search.models import IndexState
from search.query.nodes import (
    AllNode,
    ConstNode,
    MaxNode,
    PhraseNode,
    SumNode,
    TermNode,
)
from tests.search.contract.material import ask, document, keys, word

FACETS = ("soort", "thema")


@pytest.fixture
def small(engine):
    """Four documents: wonen and urgentie in two, a phrase in one."""
    engine.write(
        [
            document("a:1", "wonen urgentie stad", title="wonen", num=("bwbr1/1",)),
            document("a:2", "urgentie wonen", "wonen zorg", keywords="kamer huis"),
            document("b:3", "zorg opvang", weak="kost", parts="vang"),
            document("b:4", "stad", "iets anders hier"),
        ],
        [],
    )
    return engine


# -- nodes ---------------------------------------------------------------------


def test_a_term_finds_its_sections_and_pages(small):
    found = ask(small, word("urgentie"))
    assert found.total == 2
    assert keys(found) == {"a:1", "a:2"}
    assert {(key, ordinal) for key, ordinal, _score in found.sections} == {
        ("a:1", 0),
        ("a:2", 0),
    }
    scores = [score for _key, _ordinal, score in found.sections]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("text", "zorg", {("a:2", 1), ("b:3", 0)}),
        ("name", "wonen", {("a:1", 0)}),
        ("title", "wonen", {("a:1", 0)}),
        ("kw", "huis", {("a:2", 0)}),
        ("weak", "kost", {("b:3", 0)}),
        ("parts", "vang", {("b:3", 0)}),
        ("num", "bwbr1/1", {("a:1", 0)}),
        ("all", "-", set()),
        ("all", "Wonen", set()),
    ],
)
def test_every_field_is_found_by_its_own_words(small, field, value, expected):
    query = EngineQuery(sections=word(value, field=field), pages=None)
    found = small.search(query)
    assert {(key, ordinal) for key, ordinal, _score in found.sections} == expected


def test_a_weight_multiplies_the_score(small):
    once = ask(small, word("urgentie")).sections
    twice = ask(small, word("urgentie", 2.5)).sections
    assert [row[2] for row in twice] == pytest.approx([2.5 * row[2] for row in once])


def test_a_rare_word_and_a_short_section_score_higher(small):
    (_, _, rare), *_rest = ask(small, word("opvang")).sections
    common = ask(small, word("wonen")).sections
    assert rare > max(score for _k, _o, score in common)
    zorg = ask(small, word("stad")).sections
    assert [row[:2] for row in zorg] == [("b:4", 0), ("a:1", 0)]


def test_a_phrase_asks_for_the_order(small):
    for words, expected in [
        (("wonen", "urgentie"), {("a:1", 0)}),
        (("urgentie", "wonen"), {("a:2", 0)}),
        (("wonen", "stad"), set()),
        (("wonen", "urgentie", "stad"), {("a:1", 0)}),
    ]:
        query = EngineQuery(sections=PhraseNode("all", words, 2.0), pages=None)
        found = small.search(query).sections
        assert {(key, ordinal) for key, ordinal, _score in found} == expected


def test_what_is_required_stands_in_one_section(small):
    for required, left in [
        ((PhraseNode("all", ("urgentie", "wonen")),), {"a:2"}),
        # Not over the border of two sections.
        ((PhraseNode("all", ("stad", "iets")),), set()),
        ((word("wonen"), word("zorg")), {"a:2"}),
    ]:
        found = ask(small, word("stad"), required=required)
        wide = small.search(EngineQuery(None, None, required=required))
        assert keys(wide) == left
        assert (wide.total, found.total) == (len(left), 0)


def test_a_sum_adds_up_and_asks_for_its_minimum(small):
    one, other = word("urgentie"), word("stad")
    scores = {
        row[:2]: row[2] for node in (one, other) for row in ask(small, node).sections
    }
    found = ask(small, SumNode((one, other)))
    assert keys(found) == {"a:1", "a:2", "b:4"}
    both = {row[:2]: row[2] for row in found.sections}
    separate = [
        {row[:2]: row[2] for row in ask(small, node).sections}[("a:1", 0)]
        for node in (one, other)
    ]
    assert both[("a:1", 0)] == pytest.approx(sum(separate), rel=1e-5)
    assert both[("a:2", 0)] == pytest.approx(scores[("a:2", 0)])
    assert keys(ask(small, SumNode((one, other), 2))) == {"a:1"}
    assert keys(ask(small, SumNode((one, other), 3))) == set()


def test_all_children_have_to_match(small):
    assert keys(ask(small, AllNode((word("wonen"), word("zorg"))))) == {"a:2"}
    found = ask(small, AllNode((word("wonen"), word("urgentie"))))
    assert keys(found) == {"a:1", "a:2"}


def test_of_a_maximum_only_the_best_child_counts(small):
    one, other = word("urgentie"), word("stad", 3.0)
    found = {row[:2]: row[2] for row in ask(small, MaxNode((one, other))).sections}
    best = {row[:2]: row[2] for row in ask(small, other).sections}
    assert found[("a:1", 0)] == pytest.approx(best[("a:1", 0)])
    assert set(found) == {("a:1", 0), ("a:2", 0), ("b:4", 0)}


def test_a_constant_gives_each_its_score(small):
    found = ask(small, ConstNode(word("wonen"), 1.25))
    assert {score for _k, _o, score in found.sections} == {1.25}
    assert dict(found.pages) == {"a:1": 1.25, "a:2": 1.25}
    assert ask(small, ConstNode(word("zorg"), 0.0)).total == 2


def test_constants_of_sixteen_words_keep_every_bit(engine):
    words = [f"w{n}" for n in range(16)]
    chosen = random.Random(7).sample(range(16), 9)
    engine.write([document("a:1", " ".join(words[n] for n in chosen))], [])
    node = SumNode(
        tuple(ConstNode(word(w), 1 + 2.0 ** -(n + 1)) for n, w in enumerate(words)), 3
    )
    expected = sum(1 + 2.0 ** -(n + 1) for n in chosen)
    assert ask(engine, node).pages == [("a:1", expected)]


@pytest.mark.parametrize("node", [SumNode(()), AllNode(()), MaxNode(())])
def test_a_node_without_children_matches_nothing(small, node):
    assert ask(small, node).total == 0
    assert ask(small, SumNode((node, word("wonen")))).total == 2


def test_pins_add_a_fixed_score(small):
    node = SumNode((word("wonen"), ConstNode(TermNode("num", "bwbr1/1"), 64.0)))
    found = ask(small, node)
    assert found.sections[0][:2] == ("a:1", 0)
    assert found.sections[0][2] > 64
    assert found.pages[0][0] == "a:1"


# -- filters -------------------------------------------------------------------


@pytest.fixture
def varied(engine):
    """Forty documents with every combination of facets that chance gave them."""
    chance = random.Random(3)
    documents = []
    for n in range(40):
        facets = {"soort": [chance.choice(["wet", "instrument", "begrip"])]}
        facets["thema"] = chance.sample(["wonen", "zorg", "ruimte"], n % 3)
        documents.append(
            document(
                f"x:{n}",
                "alles " + chance.choice(["stad", "dorp"]),
                facets=facets,
                audience=chance.choice(["public", "public", "loket"]),
                dated=700_000 + (n * 7) % 40,
                valid_from=chance.choice([0, 738_000]),
                valid_until=chance.choice([9_999_999, 738_500]),
            )
        )
    engine.write(documents, [])
    return engine, documents


def matching(documents, filters, *, skip="", audiences=(), text="alles", day=None):
    return [
        one
        for one in documents
        if text in one.sections[0].all
        and (not audiences or one.audience in audiences)
        and (day is None or one.valid_from <= day < one.valid_until)
        and all(
            set(values) & set(one.facets.get(name, ()))
            for name, values in filters.items()
            if name != skip and values
        )
    ]


def counted(documents, name):
    counts = {}
    for one in documents:
        for value in one.facets.get(name, ()):
            counts[value] = counts.get(value, 0) + 1
    return counts


def test_fifty_sets_of_filters_count_as_by_hand(varied):
    engine, documents = varied
    chance = random.Random(11)
    for _turn in range(50):
        filters = {
            "soort": tuple(
                chance.sample(
                    ["wet", "instrument", "begrip", "geen"], chance.randint(0, 2)
                )
            ),
            "thema": tuple(
                chance.sample(["wonen", "zorg", "ruimte"], chance.randint(0, 2))
            ),
            "onbekend": ("x",),
        }
        known = {name: filters[name] for name in FACETS}
        text = chance.choice(["alles", "stad"])
        audiences = chance.choice([(), ("public",), ("public", "loket"), ("niemand",)])
        day = chance.choice([None, 737_999, 738_100, 738_500])
        found = ask(
            engine,
            word(text),
            filters=filters,
            audiences=audiences,
            valid_on=day and datetime.date.fromordinal(day),
        )
        narrow = {"audiences": audiences, "text": text, "day": day}
        expected = matching(documents, known, **narrow)
        assert found.total == len(expected)
        assert keys(found) == {one.key for one in expected}
        assert {key for key, _o, _s in found.sections} == keys(found)
        for name in FACETS:
            wider = matching(documents, known, skip=name, **narrow)
            assert found.facets[name] == counted(wider, name)


def test_without_words_everything_matches(varied):
    engine, documents = varied
    found = ask(engine, None)
    assert found.total == len(documents)
    assert found.sections == []
    assert {score for _key, score in found.pages} == {0.0}


def test_by_date_the_newest_comes_first(varied):
    engine, documents = varied
    found = ask(engine, word("alles"), by_date=True, limit=10)
    order = sorted(documents, key=lambda one: -one.dated)
    assert found.pages == [(one.key, 0.0) for one in order[:10]]
    assert found.total == len(documents)


def test_limits_hold_and_the_total_is_true(varied):
    engine, documents = varied
    found = ask(engine, word("alles"), limit=7, section_limit=5)
    assert (len(found.pages), len(found.sections)) == (7, 5)
    assert found.total == len(documents)


def test_only_the_facets_that_are_asked_for_are_counted(varied):
    engine, _documents = varied
    assert set(ask(engine, word("alles"), facets=("thema",)).facets) == {"thema"}
    assert ask(engine, word("alles"), facets=()).facets == {}


def test_what_is_excluded_is_gone_from_pages_sections_and_facets(small):
    for excluded, left in [
        ((word("zorg"),), {"a:1"}),
        ((PhraseNode("all", ("urgentie", "wonen")),), {"a:1"}),
        ((PhraseNode("all", ("wonen", "zorg")), word("stad")), set()),
    ]:
        found = ask(small, word("wonen"), excluded=excluded)
        assert keys(found) == left
        assert found.total == len(left)


def test_sections_are_not_asked_for_when_no_page_matches(small):
    query = EngineQuery(
        sections=word("wonen"), pages=word("bestaatniet", field=PAGE_FIELD)
    )
    assert small.search(query).sections == []


def test_an_empty_index_answers(engine):
    found = ask(engine, word("wonen"))
    assert (found.total, found.pages, found.sections) == (0, [], [])
    assert found.facets == {"soort": {}, "thema": {}}
    assert engine.hashes() == {}


# -- writing -------------------------------------------------------------------


def test_what_is_written_is_visible_on_return(engine):
    for turn in range(5):
        engine.write([document("a:1", f"versie{turn}")], [])
        assert keys(ask(engine, word(f"versie{turn}"))) == {"a:1"}
        assert ask(engine, word(f"versie{turn - 1}")).total == 0
    engine.write([], ["a:1"])
    assert ask(engine, None).total == 0


def test_sections_that_are_gone_are_not_found(engine):
    engine.write([document("a:1", "een", "twee", "drie")], [])
    engine.write([document("a:1", "een")], [])
    everything = SumNode((word("een"), word("twee"), word("drie")))
    assert [row[:2] for row in ask(engine, everything).sections] == [("a:1", 0)]
    engine.write([document("a:1", "vier", "vijf")], [])
    query = EngineQuery(sections=SumNode((everything, word("vijf"))), pages=None)
    assert [row[:2] for row in engine.search(query).sections] == [("a:1", 1)]


def test_writing_again_or_removing_what_is_not_there_is_no_fault(engine):
    one = document("a:1", "wonen", hash="h1")
    engine.write([one], ["a:2"])
    engine.write([one], [])
    engine.write([], [])
    assert engine.hashes() == {"a:1": "h1"}
    engine.write([document("a:3", "zorg")], ["a:1"])
    assert engine.hashes() == {"a:3": ""}


def test_hashes_are_of_documents_not_of_sections(engine):
    engine.write(
        [document(f"a:{n}", "een", "twee", hash=f"h{n}") for n in range(30)], []
    )
    assert engine.hashes() == {f"a:{n}": f"h{n}" for n in range(30)}


def test_a_rebuild_replaces_everything(engine):
    engine.write([document("a:1", "oud"), document("a:2", "oud")], [])
    assert engine.rebuild([document("a:2", "nieuw"), document("a:3", "nieuw")]) == 2
    assert keys(ask(engine, None)) == {"a:2", "a:3"}
    assert ask(engine, word("oud")).total == 0
    assert engine.health()["ok"] is True


def test_a_rebuild_does_not_undo_what_was_written_after_it_read(engine):
    engine.write([document(f"a:{n}", "oud") for n in (1, 2, 3)], [])

    def documents():
        read_ahead = [document(f"a:{n}", "oud") for n in (1, 2, 3)]
        engine.write([document("a:2", "nieuw"), document("a:4", "nieuw")], ["a:3"])
        yield from read_ahead

    engine.rebuild(documents())
    assert keys(ask(engine, word("oud"))) == {"a:1"}
    assert keys(ask(engine, word("nieuw"))) == {"a:2", "a:4"}


def test_a_rebuild_that_fails_leaves_the_old_index(engine):
    engine.write([document("a:1", "oud")], [])

    def documents():
        yield document("a:1", "nieuw")
        raise KeyError("stuk")

    with pytest.raises(KeyError, match="stuk"):
        engine.rebuild(documents())
    assert keys(ask(engine, word("oud"))) == {"a:1"}
    assert not IndexState.objects.exclude(building="").exists()
    engine.write([document("a:1", "later")], [])
    assert keys(ask(engine, word("later"))) == {"a:1"}
    assert engine.rebuild([document("a:9", "nieuw")]) == 1
    assert keys(ask(engine, None)) == {"a:9"}


def test_an_engine_beside_has_its_own_index_and_leaves_nothing(engine):
    engine.write([document("a:1", "eigen")], [])
    other = engine.beside()
    other.rebuild([document("a:2", "ander")])
    assert keys(ask(other, None)) == {"a:2"}
    other.write([document("a:3", "later")], [])
    assert keys(ask(engine, None)) == {"a:1"}
    other.remove()
    assert keys(ask(engine, None)) == {"a:1"}
    assert engine.health()["ok"] is True


# -- versions ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
)
def test_without_an_index_there_is_no_answer(make_engine, name):
    engine = make_engine(name)
    with pytest.raises(IndexMissing):
        ask(engine, word("wonen"))
    with pytest.raises(IndexMissing):
        engine.write([document("a:1", "wonen")], [])
    with pytest.raises(IndexMissing):
        engine.hashes()
    assert engine.health()["ok"] is False


def test_an_index_of_another_version_is_refused(engine, monkeypatch):
    engine.write([document("a:1", "wonen")], [])
    for module in (embedded_module, elasticsearch_module):
        monkeypatch.setattr(module, "ANALYSIS_VERSION", "99.later")
    with pytest.raises(IndexMissing):
        ask(engine, word("wonen"))
    with pytest.raises(IndexMissing):
        engine.write([document("a:1", "zorg")], [])
    assert engine.health()["ok"] is False
    engine.rebuild([document("a:1", "later")])
    assert keys(ask(engine, word("later"))) == {"a:1"}
    monkeypatch.undo()
    with pytest.raises(IndexMissing):
        ask(engine, word("wonen"))
