"""A tree is the same after it was kept, and its digest sees words, not files."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.regelingen.tree import Node, Regeling, Soort, Status
from knowledge.regelingen.tree_json import digest, from_json, to_json

words = st.text(max_size=20)
cells = st.lists(st.lists(words, max_size=3).map(tuple), max_size=3).map(tuple)


def node(children: st.SearchStrategy[tuple[Node, ...]]) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        soort=st.sampled_from(Soort),
        label=words,
        number=words,
        title=words,
        text=words,
        children=children,
        rows=cells,
        status=st.sampled_from(Status),
        about=words,
        source_id=words,
    )


nodes = st.recursive(
    node(st.just(())),
    lambda deeper: node(st.lists(deeper, max_size=3).map(tuple)),
    max_leaves=8,
)
regelingen = st.builds(
    Regeling,
    title=words,
    children=st.lists(nodes, max_size=4).map(tuple),
    id=words,
    version=words,
    kind=words,
    citeertitel=words,
    authority=words,
    valid_from=words,
    valid_until=words,
    source=words,
    bases=st.lists(words, max_size=3).map(tuple),
)


@settings(max_examples=200, deadline=None)
@given(regelingen)
def test_a_tree_comes_back_as_it_was_kept(regeling):
    assert from_json(json.loads(json.dumps(to_json(regeling)))) == regeling


LID = Node(Soort.LID, number="1", text="De raad besluit.", source_id="L1")
TEXT = Regeling(title="Wet", children=(LID,), version="1", source="https://a.nl")


def test_the_digest_is_of_the_text_alone():
    elsewhere = replace(
        TEXT,
        version="2",
        valid_from="2026-01-01",
        source="",
        children=(replace(LID, source_id="other"),),
    )
    assert digest(elsewhere) == digest(TEXT)


def test_the_digest_sees_each_change_of_the_text():
    changed = [
        replace(TEXT, title="Besluit"),
        replace(TEXT, citeertitel="Wet"),
        replace(TEXT, children=(replace(LID, text="De raad besluit"),)),
        replace(TEXT, children=(replace(LID, number="2"),)),
        replace(TEXT, children=(replace(LID, status=Status.VERVALLEN),)),
        replace(TEXT, children=(LID, LID)),
    ]
    assert len({digest(TEXT), *map(digest, changed)}) == 7
