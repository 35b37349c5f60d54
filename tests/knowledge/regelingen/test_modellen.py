"""A model is read, checked, and becomes a text without gaps by the answers to its choices."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.regelingen.modellen import parts, showing
from knowledge.regelingen.modellen.checking import check
from knowledge.regelingen.modellen.parts import Keuzesoort, Model, Stap, Veld
from knowledge.regelingen.modellen.reading import Reading, parse
from knowledge.regelingen.modellen.references import references
from knowledge.regelingen.modellen.resolving import Draft, resolve
from knowledge.regelingen.tree import Regeling, Soort, artikelen, text_of, walk

FILES = Path(__file__).parent / "modellen"
STARTER = Path(parts.__file__).parents[2] / "starter" / "modellen"
KLEIN = (FILES / "klein.txt").read_text()
HEAD = "---\ntitel: Proef\n---\n"
MODELS = [FILES / "klein.txt", *sorted(STARTER.glob("*.txt"))]
FULL = {"gemeentenaam": "Dorp", "grens": "900", "regio": "samen", "rugzakje": "ja"}


def model_of(text: str) -> Model:
    found = parse(text)
    assert found.model is not None, found.faults
    return found.model


def body(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n"


def faults(*lines: str) -> list[str]:
    return [str(fault) for fault in parse(body(*lines)).faults]


def checked(*lines: str, year: int = 2026) -> list[str]:
    return [str(fault) for fault in check(model_of(body(*lines)), year)]


def at(regeling: Regeling) -> dict[str, str]:
    """The words of every part by its address."""
    return {placed.address: text_of(placed.node) for placed in walk(regeling)}


def choice(naam: str, *more: str) -> list[str]:
    return [
        f"[keuze {naam}]",
        "soort: facultatief",
        "stap: procedure",
        "vraag: Wilt u dit?",
        *more,
        "[/keuze]",
    ]


class TestReading:
    def test_a_model_has_its_choices_and_parts(self):
        model = model_of(KLEIN)

        assert model.title == "Woonverordening [gemeentenaam]"
        assert model.fits == "Huisvestingswet 2014, zoals die geldt op 2026-07-01"
        assert model.example
        assert [k.naam for k in model.keuzes] == [
            "gemeentenaam",
            "regio",
            "rugzakje",
            "grens",
        ]
        gemeente, regio, rugzakje, grens = model.keuzes
        assert gemeente.veld is Veld.TEKST
        assert gemeente.uitleg.endswith("officiële stukken staat.")
        assert regio.soort is Keuzesoort.VARIANT
        assert regio.opties[1].gevolg == "Er komt een artikel over de regio."
        assert [o.gevolg for o in rugzakje.opties] == [
            "Bij de aanvraag hoort een plan.",
            "Er is geen plan nodig.",
        ]
        assert grens.stap is Stap.VOORWAARDEN
        keys = [part.key for part in parts.each(model.parts)]
        assert "artikel-5-lid-2-onderdeel-b" in keys
        assert len(set(keys)) == len(keys)

    def test_a_begrip_has_its_term(self):
        begrippen = [
            part.title
            for part in parts.each(model_of(KLEIN).parts)
            if part.soort is Soort.BEGRIP
        ]

        assert begrippen == ["aanvrager", "college", "regio"]

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            (["## Artikel 1 X", "Tekst.", "[/als]"], "regel 6: [/als] sluit niets"),
            (["## Artikel 1 X", "[als a]", "Tekst."], "regel 5: [als a] is niet geslot"),
            (
                ["## Artikel 1 X", "[als a]", "Tekst.", "[/als]"],
                "regel 5: [als a]: de keuze ‘a’ bestaat niet.",
            ),
            (
                [*choice("a"), "## Artikel 1 X", "[als a = rood]", "Tekst.", "[/als]"],
                "regel 10: [als a = rood]: ‘rood’ is geen antwoord op ‘a’. Het zijn: ja, nee.",
            ),
            (["## Deel 1 X"], "regel 4: De kop ‘Deel 1 X’ is niet te lezen."),
            (["Los.", "[keuze a]", "soort: iets"], "regel 5: [keuze a] is niet gesloten"),
            (["[als x"], "regel 4: ‘[als x’ is niet te lezen."),
            (["# Hoofdstuk 1 X", "Los."], "regel 5: Onder een hoofdstuk of paragraaf"),
            (
                ["## Artikel 1 X", "Tekst.", "> Uitleg.", "Nog wat."],
                "regel 7: Na de toelichting ('>') begint een nieuw artikel.",
            ),
            (
                [*choice("a"), "## Artikel 1 X", "Tekst.", "[als a]", "Meer.", "## Artikel 2 Y", "Z.", "[/als]"],
                "[als a] van regel 11 begint in artikel 1: sluit het daar met [/als].",
            ),
            (
                [*choice("a"), "[als a]", "## Artikel 1 X", "[/als]", "Tekst."],
                "regel 12: Dit hoort bij Artikel 1, maar [als a] van regel 9 is al gesloten.",
            ),
            (choice("a", "kleur: rood"), "regel 8: ‘kleur: rood’ hoort niet in een keuze."),
            ([], "Er staat geen artikel in."),
        ],
    )  # fmt: skip
    def test_a_fault_has_its_line_and_says_what_to_do(self, lines, message):
        assert any(message in fault for fault in faults(*lines)), faults(*lines)

    def test_a_text_without_head_is_refused(self):
        assert "regel 1: De tekst begint met '---'" in str(
            parse("## Artikel 1").faults[0]
        )

    @given(
        st.lists(
            st.one_of(
                st.sampled_from(
                    [*KLEIN.splitlines(), "[als", "[/als]", "[/keuze]", "---", "> x"]
                ),
                st.text(max_size=40),
            ),
            max_size=40,
        ).map("\n".join)
    )
    @settings(max_examples=300, deadline=None)
    def test_any_text_is_read_or_has_faults(self, text):
        for tried in (text, HEAD + text):
            found = parse(tried)
            assert isinstance(found, Reading)
            assert (found.model is None) is bool(found.faults)
            if found.model is not None:
                assert all(isinstance(f.line, int) for f in check(found.model, 2026))
                resolve(found.model, {})


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("bedoeld in artikel 9.", ["artikel 9"]),
            ("artikel 9, tweede lid, onderdeel b,", ["artikel 9", "artikel 9 lid 2", "artikel 9 lid 2 onderdeel b"]),
            ("de artikelen 4, 6 en 8", ["artikel 4", "artikel 6", "artikel 8"]),
            ("artikelen 4 tot en met 6", ["artikel 4", "artikel 6"]),
            ("het eerste en derde lid", ["lid 1", "lid 3"]),
            ("Het tweede lid, onderdeel a, geldt", ["lid 2", "lid 2 onderdeel a"]),
            ("het tweede lid van artikel 7", ["artikel 7 lid 2", "artikel 7"]),
            ("onderdeel c van artikel 7", ["artikel 7 onderdeel c", "artikel 7"]),
            ("de onderdelen a en b", ["onderdeel a", "onderdeel b"]),
            ("hoofdstuk 3 en paragraaf 2.1", ["hoofdstuk 3", "paragraaf 2.1"]),
            ("artikel 12 van deze verordening", ["artikel 12"]),
            ("artikel 12 van de Huisvestingswet 2014", []),
            ("artikel 4 en artikel 12 van de Huisvestingswet 2014", []),
            ("de artikelen 4 en 12 van de wet", []),
            ("artikel 4:17 Awb", []),
            ("het tweede lid van dat artikel", []),
            ("hoofdstuk 4 van de Algemene wet bestuursrecht", []),
            ("binnen 6 weken na artikel 4 en 6 weken later", ["artikel 4"]),
            ("in de eerste plaats", []),
            ("onderdeel 1° en artikel 3, onder b, 2°", ["artikel 3", "artikel 3 onderdeel b", "artikel 3 onderdeel b subonderdeel 2°"]),
        ],
    )  # fmt: skip
    def test_each_number_is_found_with_what_it_names(self, text, wanted):
        found = [
            " ".join(f"{level} {value}" for level, value in token.path)
            for reference in references(text)
            for token in reference.tokens
        ]

        assert sorted(found) == sorted(wanted)

    @given(st.text(alphabet="artikel het eerste lid onderdeel a 1,9°.:§ van de en\n"))
    @settings(max_examples=200, deadline=None)
    def test_any_text_is_read(self, text):
        for reference in references(text):
            for token in reference.tokens:
                assert reference.start <= token.start < token.end <= reference.end


class TestChecking:
    def test_the_small_model_is_in_order(self):
        assert check(model_of(KLEIN), 2026) == []

    @pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
    def test_models_that_ship_are_in_order(self, path):
        assert check(model_of(path.read_text()), 2026) == []

    @pytest.mark.parametrize(
        ("lines", "message"),
        [
            (["## Artikel 1 X", "T.", "## Artikel 3 Y", "T."], "regel 6: Artikel 3: hier hoort artikel 2."),
            (["## Artikel 1 X", "1. A", "3. B"], "regel 6: Derde lid: hier hoort lid 2."),
            (["## Artikel 1 X", "Dit:", "a. een;", "c. drie."], "regel 7: Onderdeel c: hier hoort onderdeel b."),
            (["## Artikel 1 X", "Zie artikel 9."], "regel 5: Artikel 9 bestaat niet."),
            (["## Artikel 1 X", "1. Zie het derde lid.", "2. B"], "regel 5: Derde lid bestaat niet."),
            (["## Artikel 1 X", "In [gemeente]."], "regel 5: Haakje over: [gemeente]."),
            (["## Artikel 1 X", "In gemeente]."], "regel 5: Er staat een los haakje"),
            (["## Artikel 1 X", "Het is € 950."], "regel 5: Bij € 950 ontbreekt het prijspeil"),
            (["## Artikel 1 X", "Het is € 950 (prijspeil 2024)."], "regel 5: Bij € 950 staat prijspeil 2024."),
            ([*choice("a"), "## Artikel 1 X", "T."], "regel 4: De keuze ‘a’ wordt nergens gebruikt."),
            ([*choice("a"), "[als a]", "## Artikel 1 X", "T.", "[/als]", "## Artikel 2 Y", "Zie artikel 1."], "regel 14: Verwijst naar artikel 1, maar dat kan wegvallen (a = nee)."),
            ([*choice("a"), "[als a]", "# Hoofdstuk 1 X", "## Artikel 1 X", "T.", "[/als]", "# Hoofdstuk 2 Z", "## Artikel 2 Y", "Zie hoofdstuk 1."], "maar dat kan wegvallen (a = nee)."),
            ([*choice("a"), "## Artikel 1 X", "1. A", "[als a]", "1. B", "[/als]"], "Eerste lid is er ook op regel 10, en beide kunnen in één verordening staan."),
        ],
    )  # fmt: skip
    def test_what_an_editor_must_know_is_told(self, lines, message):
        told = checked(*lines)

        assert any(message in one for one in told), told

    def test_alternatives_may_have_one_number_and_be_referred_to(self):
        assert (
            checked(
                *choice("a"),
                "[als a]",
                "## Artikel 1 X",
                "T.",
                "[/als]",
                "[als niet a]",
                "## Artikel 1 Y",
                "T.",
                "[/als]",
                "## Artikel 2 Z",
                "Zie artikel 1.",
            )
            == []
        )

    def test_text_that_falls_away_with_its_target_may_refer_to_it(self):
        assert (
            checked(
                *choice("a"),
                "## Artikel 1 X",
                "1. Eén.",
                "[als a]",
                "2. Twee.",
                "3. Zie het tweede lid.",
                "[/als]",
            )
            == []
        )


class TestResolving:
    def test_everything_stays_when_everything_is_chosen(self):
        draft = resolve(model_of(KLEIN), FULL)
        words = at(draft.regeling)

        assert draft.complete
        assert draft.regeling.title == "Woonverordening Dorp"
        assert draft.answered == len(draft.relevant) == 4
        assert len(artikelen(draft.regeling)) == 6
        assert "artikel 5, tweede lid, onderdeel b." in words["artikel-2-lid-2"]

    def test_what_falls_away_makes_numbers_and_references_anew(self):
        draft = resolve(model_of(KLEIN), {**FULL, "regio": "alleen", "rugzakje": "nee"})
        words = at(draft.regeling)

        assert [p.node.number for p in artikelen(draft.regeling)] == list("12345")
        assert [p.node.title for p in artikelen(draft.regeling)][1] == "Aanvraag"
        # The only lid that is left is not numbered, and a reference to it names none.
        assert words["artikel-2"] == (
            "Artikel 2 Aanvraag\nDe aanvrager vraagt aan met een formulier."
        )
        assert "bedoeld in artikel 2." in words["artikel-3"]
        assert words["artikel-4-lid-2-onderdeel-a"].startswith("a\nde huur hoger")
        assert (
            "de artikelen 2 en 3, niet volledig" in words["artikel-4-lid-2-onderdeel-b"]
        )
        assert "artikel 12 van de Huisvestingswet" in words["artikel-4-lid-1"]
        notes = {
            placed.node.about: placed.node.text
            for placed in walk(draft.regeling)
            if placed.node.about
        }
        assert notes["2"].startswith("Dit artikel sluit aan bij artikel 4:1 van de")
        assert notes["3"].startswith("De termijn van artikel 3 geldt")
        assert notes["4"] == (
            "Onderdeel a gaat over de grens. Zie ook artikel 4 en artikel 12 van de "
            "Huisvestingswet 2014."
        )
        assert "Artikel 4, tweede lid, is de kern." in text_of_all(draft)
        assert draft.sources["artikel-4"] == "artikel-5"

    def test_a_list_that_lost_its_end_is_closed(self):
        draft = resolve(model_of(KLEIN), {**FULL, "regio": "alleen"})
        begrippen = [
            placed.node.text
            for placed in walk(draft.regeling)
            if placed.node.soort is Soort.BEGRIP
        ]

        assert begrippen[-1] == "het college van Dorp."
        assert begrippen[0].endswith(";")

    def test_and_moves_to_the_item_before_the_last(self):
        text = body(
            *choice("a"),
            "## Artikel 1 X",
            "Het kan als:",
            "a. een;",
            "b. twee; en",
            "[als a]",
            "c. drie.",
            "[/als]",
        )
        draft = resolve(model_of(text), {"a": "nee"})

        assert at(draft.regeling)["artikel-1"] == (
            "Artikel 1 X\nHet kan als:\na\neen; en\nb\ntwee."
        )

    def test_what_is_open_is_told_and_the_text_still_reads(self):
        draft = resolve(model_of(KLEIN), {"regio": "verzonnen"})

        assert not draft.complete
        assert [p.keuze for p in draft.points] == [k.naam for k in draft.relevant]
        assert "[gemeentenaam]" in draft.regeling.title
        assert draft.pending["artikel-2"] == ("regio",)
        assert draft.pending["artikel-5"] == ("rugzakje", "grens")
        assert len(artikelen(draft.regeling)) == 6

    def test_a_question_inside_what_falls_away_is_not_asked(self):
        text = body(
            *choice("a"),
            *choice("b"),
            "## Artikel 1 X",
            "Tekst.",
            "[als a]",
            "## Artikel 2 Y",
            "Tekst.",
            "[als b]",
            "Meer.",
            "[/als]",
            "[/als]",
        )
        model = model_of(text)

        assert [k.naam for k in resolve(model, {"a": "nee"}).relevant] == ["a"]
        assert [k.naam for k in resolve(model, {"a": "ja"}).relevant] == ["a", "b"]

    def test_a_chapter_without_articles_falls_away(self):
        text = body(
            *choice("a"),
            "# Hoofdstuk 1 A",
            "[als a]",
            "## Artikel 1 X",
            "Tekst.",
            "[/als]",
            "# Hoofdstuk 2 B",
            "## Artikel 2 Y",
            "Dit is hoofdstuk 2.",
        )
        draft = resolve(model_of(text), {"a": "nee"})

        assert "Dit is hoofdstuk 1." in at(draft.regeling)["hoofdstuk-1"]


def text_of_all(draft: Draft) -> str:
    return "\n".join(text_of(node) for node in draft.regeling.children)


# -- random answers, random models ---------------------------------------------------------


def answers_for(model: Model):
    options = {
        keuze.naam: st.sampled_from([o.naam for o in keuze.opties])
        if keuze.opties
        else st.just(f"ingevuld {keuze.naam}")
        for keuze in model.keuzes
    }
    return st.fixed_dictionaries(options)


def no_gaps(regeling: Regeling) -> None:
    numbers = [p.node.number for p in artikelen(regeling) if p.node.number.isdigit()]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    rows = [("", regeling.children)]
    rows += [(p.address, p.node.children) for p in walk(regeling)]
    for address, children in rows:
        for soort in (Soort.LID, Soort.ONDERDEEL, Soort.SUBONDERDEEL, Soort.HOOFDSTUK):
            row = [c.number.rstrip("°") for c in children if c.soort is soort]
            if soort is Soort.ONDERDEEL:
                row = [str(ord(n[0]) - 96 + 26 * (len(n) - 1)) for n in row]
            assert row == [str(n) for n in range(1, len(row) + 1)], (address, row)
            assert soort is not Soort.LID or len(row) != 1, address


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_complete_set_of_answers_gives_a_whole_text(path):
    model = model_of(path.read_text())

    @given(answers_for(model))
    @settings(max_examples=60, deadline=None)
    def tried(answers):
        draft = resolve(model, answers)
        assert draft.points == ()
        words = draft.regeling.title + text_of_all(draft)
        assert not re.search(r"[\[\]]", words)
        no_gaps(draft.regeling)
        known = {(p.node.soort, p.node.number.lower()) for p in walk(draft.regeling)}
        for reference in references(words):
            for token in reference.tokens:
                (level, value), *_more = token.path
                if level.value in ("artikel", "hoofdstuk", "paragraaf"):
                    assert (Soort(level.value), value) in known, token.path

    tried()


@st.composite
def marked_models(draw):
    """A model in which every part has a mark, and references say the mark they mean."""
    lines = [*choice("a"), *choice("b")]
    when = st.sampled_from(["", "", "[als a]", "[als niet a]", "[als b]"])
    shape = draw(
        st.lists(
            st.tuples(when, st.lists(st.tuples(when, st.integers(0, 3)), max_size=4)),
            min_size=2,
            max_size=6,
        )
    )
    shape[0] = ("", [("", 0)])
    targets = []
    for number, (cond, leden) in enumerate(shape, 1):
        if not cond and (not leden or any(not inner for inner, _count in leden)):
            targets.append((f"artikel {number}", f"M{number}."))
        for lid, (inner, count) in enumerate(leden, 1):
            place = f"artikel {number}, {ORDINALS[lid]} lid"
            if not cond and not inner:
                targets.append((place, f"M{number}.{lid}."))
                targets += [
                    (f"{place}, onderdeel {letter}", f"M{number}.{lid}.{letter}.")
                    for letter in "abc"[:count]
                ]
    for number, (cond, leden) in enumerate(shape, 1):
        lines += [cond] if cond else []
        lines += [f"## Artikel {number} Kop M{number}."]
        place, mark = draw(st.sampled_from(targets))
        if not leden:
            lines += [f"Hier geldt {place} ({mark})"]
        for lid, (inner, count) in enumerate(leden, 1):
            place, mark = draw(st.sampled_from(targets))
            lines += [inner] if inner else []
            lines += [f"{lid}. M{number}.{lid}. Hier geldt {place} ({mark})"]
            lines += [
                f"   {letter}. M{number}.{lid}.{letter}. iets;"
                for letter in "abc"[:count]
            ]
            lines += ["[/als]"] if inner else []
        lines += ["[/als]"] if cond else []
    return body(*lines)


ORDINALS = ["", "eerste", "tweede", "derde", "vierde"]
_SAYS = re.compile(
    r"Hier geldt artikel (\d+)(?:, (\w+) lid)?(?:, onderdeel (\w))? \((M[\d.a-c]+)\)"
)


@given(marked_models(), st.sampled_from(["ja", "nee"]), st.sampled_from(["ja", "nee"]))
@settings(max_examples=300, deadline=None)
def test_references_point_to_the_same_words_as_in_the_model(text, a, b):
    model = model_of(text)
    draft = resolve(model, {"a": a, "b": b})
    no_gaps(draft.regeling)
    assert not [p for p in draft.points if not p.keuze]
    words = at(draft.regeling)
    found = _SAYS.findall(text_of_all(draft))
    assert len(found) == text_of_all(draft).count("Hier geldt")
    for number, lid, letter, mark in found:
        address = f"artikel-{number}"
        if lid:
            address += f"-lid-{ORDINALS.index(lid)}"
        if letter:
            address += f"-onderdeel-{letter}"
        own = re.findall(
            r"M[\d.a-c]+(?= |$|\n)", re.sub(r"\(M[^)]*\)", "", words[address])
        )
        assert mark in own[:2], (address, words[address], mark)
    for address, key in draft.sources.items():
        before = key.removeprefix("artikel-")
        assert f"Kop M{before}." in words[address]


@pytest.mark.parametrize(
    ("bron", "shown"),
    [
        (
            "VNG & Rijk (https://vng.nl/x?a=1&b=2, 2026-11-22)",
            '<a href="https://vng.nl/x?a=1&amp;b=2">VNG &amp; Rijk</a>, nagegaan op '
            "22 november 2026",
        ),
        ("Raad (2026-11-22)", "Raad (2026-11-22)"),
        ("<b> (javascript:1, 2026-11-22)", "&lt;b&gt; (javascript:1, 2026-11-22)"),
    ],
)
def test_the_source_of_a_choice_is_a_link_with_the_day_it_was_checked(bron, shown):
    assert showing.source(bron) == shown
