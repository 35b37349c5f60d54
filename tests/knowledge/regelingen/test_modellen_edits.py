"""Own words, leaving out and adding keep numbers and references right, also when the
model changes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.regelingen.modellen.editing import (
    Added,
    Edits,
    Words,
    edited,
    typed,
    written_back,
)
from knowledge.regelingen.modellen.following import Kind, followed, following
from knowledge.regelingen.modellen.reading import parse, parse_artikel
from knowledge.regelingen.modellen.resolving import resolve
from knowledge.regelingen.tree import artikelen, text_of, walk

KLEIN = (Path(__file__).parent / "modellen" / "klein.txt").read_text()
FULL = {"gemeentenaam": "Dorp", "grens": "900", "regio": "samen", "rugzakje": "ja"}


def model_of(text=KLEIN):
    found = parse(text)
    assert found.model is not None, found.faults
    return found.model


def at(draft):
    return {placed.address: text_of(placed.node) for placed in walk(draft.regeling)}


def node(draft, address):
    return next(p.node for p in walk(draft.regeling) if p.address == address)


def test_an_artikel_that_is_left_out_takes_its_number_along():
    draft = resolve(edited(model_of(), Edits(left_out=frozenset({"artikel-2"}))), FULL)

    assert draft.complete
    assert at(draft)["artikel-2"].startswith("Artikel 2 Aanvraag")
    assert "artikel 2, eerste lid" in at(draft)["artikel-3"]


def test_what_refers_to_an_artikel_that_is_left_out_is_told():
    draft = resolve(edited(model_of(), Edits(left_out=frozenset({"artikel-3"}))), FULL)

    assert draft.points[0].message == (
        "Verwijst naar artikel 3 van het model, maar dat staat niet in uw tekst."
    )
    assert {p.key for p in draft.points} == {"artikel-4", "artikel-5"}


def test_own_words_have_leden_and_references_like_all_others():
    words = Words("Vragen", "1. Wij wachten.\n2. Zie artikel 5, tweede lid.", "Omdat.")
    edits = Edits(left_out=frozenset({"artikel-2"}), own={"artikel-3": words})
    draft = resolve(edited(model_of(), edits), FULL)

    assert at(draft)["artikel-2"] == (
        "Artikel 2 Vragen\n1\nWij wachten.\n2\nZie artikel 4, tweede lid."
    )
    assert any(
        placed.node.about == "2" and placed.node.text == "Omdat."
        for placed in walk(draft.regeling)
    )


def test_an_added_artikel_is_numbered_and_can_be_referred_to():
    extra = Added(1, Words("Eigen", "Dit is artikel 5."), after="artikel-1")
    own = Words("Slot", "Zie artikel E1.")
    edits = Edits(own={"artikel-6": own}, added=(extra,))
    draft = resolve(edited(model_of(), edits), FULL)

    assert draft.complete
    assert at(draft)["artikel-2"] == "Artikel 2 Eigen\nDit is artikel 6."
    assert at(draft)["artikel-7"] == "Artikel 7 Slot\nZie artikel 2."
    assert draft.sources["artikel-2"] == "eigen-1"


def test_added_artikelen_follow_one_another():
    first = Added(1, Words("Een", "x"), after="artikel-1")
    second = Added(2, Words("Twee", "x"), after="eigen-1")
    lost = Added(3, Words("Drie", "x"), after="artikel-99")
    draft = resolve(edited(model_of(), Edits(added=(first, second, lost))), FULL)

    titles = [p.node.title for p in artikelen(draft.regeling)]
    assert titles[1:3] == ["Een", "Twee"]
    assert titles[-1] == "Drie"


def test_what_is_typed_is_written_back_with_the_numbers_of_the_model():
    model = model_of()
    draft = resolve(model, {**FULL, "regio": "alleen", "rugzakje": "nee"})

    text = written_back(
        draft,
        "Zie artikel 4, tweede lid, onderdeel a, het tweede lid en artikel 12 van de Woningwet.",
        "artikel-6",
    )

    assert text == (
        "Zie artikel 5, tweede lid, onderdeel b, het tweede lid en artikel 12 van de "
        "Woningwet."
    )
    own = Edits(own={"artikel-6": Words("Slot", text)})
    again = resolve(edited(model, own), {**FULL, "regio": "alleen", "rugzakje": "nee"})
    assert "artikel 4, tweede lid, onderdeel a, het" in at(again)["artikel-5"]


@pytest.mark.parametrize(
    "address", ["artikel-1", "artikel-2", "artikel-4", "artikel-5"]
)
def test_an_artikel_is_typed_as_it_is_read_back(address):
    draft = resolve(model_of(), FULL)
    before = node(draft, address)
    own = Edits(own={draft.sources[address]: Words(before.title, typed(before))})
    shown = resolve(edited(model_of(), own), FULL)

    assert at(shown)[address] == at(draft)[address]


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_is_lost(text):
    alineas, children = parse_artikel(text)
    kept = "".join(a.text for a in alineas)

    def words(part):
        own = part.number + part.title + "".join(a.text for a in part.alineas)
        return own + "".join(map(words, part.children))

    kept += "".join(map(words, children))
    for sign in text:
        if sign.isalpha():
            assert sign in kept


class TestFollowing:
    NEW = (
        KLEIN.replace("2026-11-26", "2027-05-01")
        .replace("vraagt aan met een formulier.", "vraagt aan met het formulier van het college.")
        .replace(
            "# Hoofdstuk 2 Beslissen",
            "## Artikel 4 Machtiging\nEen ander kan namens de aanvrager vragen.\n\n"
            "# Hoofdstuk 2 Beslissen",
        )
        .replace("## Artikel 6", "## Artikel 7")
        .replace("## Artikel 5 W", "## Artikel 6 W")
        .replace("## Artikel 4 T", "## Artikel 5 T")
        .replace("termijn van artikel 4", "termijn van artikel 5")
        .replace("de artikelen 3 en 4,", "de artikelen 3 en 5,")
        .replace("over artikel 5, tweede", "over artikel 6, tweede")
        .replace("> Artikel 5, tweede", "> Artikel 6, tweede")
    )  # fmt: skip

    def test_the_new_model_is_in_order(self):
        from knowledge.regelingen.modellen.checking import check

        assert check(model_of(self.NEW), 2026) == []

    def test_only_what_touches_the_draft_is_shown(self):
        found = following(model_of(), model_of(self.NEW), FULL, Edits())

        assert [(c.key, c.kind) for c in found.changes] == [
            ("artikel-3", Kind.GEWIJZIGD),
            ("artikel-4", Kind.NIEUW),
        ]

    def test_an_artikel_that_the_draft_left_out_does_not_touch_it(self):
        edits = Edits(left_out=frozenset({"artikel-3"}))
        found = following(model_of(), model_of(self.NEW), FULL, edits)

        assert [c.key for c in found.changes] == ["artikel-4"]

    def test_own_words_stand_beside_both_models_with_the_new_numbers(self):
        own = Words("Aanvraag", "1. Anders, zie artikel 5.")
        found = following(
            model_of(), model_of(self.NEW), FULL, Edits(own={"artikel-3": own})
        )

        assert found.changes[0].own == Words("Aanvraag", "1. Anders, zie artikel 6.")
        assert "met een formulier" in found.changes[0].old.text
        assert "het formulier van" in found.changes[0].new.text

    def test_what_is_accepted_is_the_text_of_the_new_model(self):
        own = Words("Aanvraag", "1. Anders.")
        edits = followed(
            model_of(),
            model_of(self.NEW),
            FULL,
            Edits(own={"artikel-3": own}),
            ["artikel-3", "artikel-4"],
        )
        draft = resolve(edited(model_of(self.NEW), edits), FULL)

        assert edits == Edits()
        assert "het formulier van" in at(draft)["artikel-3"]

    def test_what_is_refused_stays_as_it_was(self):
        before = resolve(model_of(), FULL)
        edits = followed(model_of(), model_of(self.NEW), FULL, Edits(), [])
        after = resolve(edited(model_of(self.NEW), edits), FULL)

        assert after.complete
        assert [at(after)[p.address] for p in artikelen(after.regeling)] == [
            at(before)[p.address] for p in artikelen(before.regeling)
        ]

    def test_what_the_new_model_dropped_is_kept_when_refused(self):
        old, new = model_of(self.NEW), model_of()
        kept = followed(old, new, FULL, Edits(), ["artikel-3"])
        gone = followed(old, new, FULL, Edits(), ["artikel-3", "artikel-4"])

        draft = resolve(edited(new, kept), FULL)
        assert at(draft)["artikel-4"].startswith("Artikel 4 Machtiging")
        assert gone == Edits()

    def test_the_same_model_touches_nothing(self):
        found = following(model_of(), model_of(), FULL, Edits())

        assert (found.changes, found.new_keuzes, found.gone_keuzes) == ((), (), ())
