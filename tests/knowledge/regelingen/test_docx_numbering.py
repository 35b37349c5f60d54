"""The numbers that Word prints follow from the lists in numbering.xml."""

import re

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from knowledge.regelingen.docx.numbering import (
    Counter,
    Level,
    List,
    formatted,
    read_numbering,
)
from knowledge.regelingen.docx.patterns import roman_value


def printed(
    levels: dict[int, Level], steps: list[tuple[str, int]], **lists: List
) -> list[str]:
    counter = Counter({"1": levels}, {"n": List("1"), **lists})
    return [counter.next(num, level).text for num, level in steps]


CHAPTER = Level(text="Hoofdstuk %1")
ARTICLE = Level(text="Artikel %1.%2")
RESTARTED = List("1", starts={0: 1})

CASES = {
    "counts": ({0: Level(text="%1.")}, "000", ["1.", "2.", "3."]),
    "starts elsewhere": ({0: Level(text="%1", start=4)}, "00", ["4", "5"]),
    "two levels": (
        {0: CHAPTER, 1: ARTICLE},
        "01101",
        ["Hoofdstuk 1", "Artikel 1.1", "Artikel 1.2", "Hoofdstuk 2", "Artikel 2.1"],
    ),
    "counts on through the chapters": (
        {0: CHAPTER, 1: Level(text="Artikel %2", restart=0)},
        "01101",
        ["Hoofdstuk 1", "Artikel 1", "Artikel 2", "Hoofdstuk 2", "Artikel 3"],
    ),
    "restarts after the first level only": (
        {0: Level(text="%1"), 1: Level(text="%2"), 2: Level(text="%3", restart=1)},
        "0121202",
        ["1", "1", "1", "2", "2", "2", "1"],
    ),
    "legal": (
        {0: Level("upperRoman", "%1"), 1: Level(text="%1.%2", legal=True)},
        "001",
        ["I", "II", "2.1"],
    ),
    "level above not used": ({0: CHAPTER, 1: ARTICLE}, "1", ["Artikel 1.1"]),
    "letters": ({0: Level("lowerLetter", "%1)")}, "00", ["a)", "b)"]),
    "no number": ({0: Level("none", "%1")}, "0", [""]),
    "level not there": ({0: CHAPTER}, "2", [""]),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_list_prints_its_numbers(case):
    levels, steps, wanted = CASES[case]

    assert printed(levels, [("n", int(step)) for step in steps]) == wanted


def test_lists_of_one_abstract_list_count_on():
    steps = [("n", 0), ("other", 0), ("n", 0)]

    assert printed({0: Level(text="%1")}, steps, other=List("1")) == ["1", "2", "3"]


def test_a_list_with_its_own_start_restarts_once():
    steps = [("n", 0), ("n", 0), ("again", 0), ("again", 0), ("n", 0)]

    assert printed({0: Level(text="%1")}, steps, again=RESTARTED) == [
        "1",
        "2",
        "1",
        "2",
        "3",
    ]


def test_a_list_can_replace_a_level():
    own = List("1", levels={0: Level("upperLetter", "%1.")})

    assert printed({0: Level(text="%1")}, [("own", 0)], own=own) == ["A."]


def test_a_bullet_is_no_number():
    counter = Counter({"1": {0: Level("bullet", "\uf0b7")}}, {"n": List("1")})

    assert counter.next("n", 0).bullet


def test_an_unknown_list_prints_nothing():
    assert printed({0: CHAPTER}, [("99", 0)]) == [""]


NUMBERING = f"""
<w:numbering {nsdecls("w")}>
 <w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Deel %1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:isLgl/>
   <w:lvlText w:val="%1.%2"/><w:pPr><w:ind w:left="720"/></w:pPr></w:lvl>
 </w:abstractNum>
 <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Lijst"/></w:abstractNum>
 <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
 <w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
 <w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
  <w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
  </w:lvlOverride>
 </w:num>
</w:numbering>"""


def test_lists_are_read_from_the_file():
    counter = read_numbering(parse_xml(NUMBERING), {"Lijst": "1"})

    steps = [("1", 0), ("1", 1), ("1", 0), ("1", 1), ("2", 0), ("3", 0), ("3", 1)]
    assert [counter.next(num, level).text for num, level in steps] == [
        "Deel II",
        "2.1",
        "Deel III",
        "3.2",
        "Deel II",  # a list that only refers to a style counts for itself
        "Deel VII",
        "a)",  # a level of its own, which does restart
    ]
    assert counter.levels("1")[1].indent == 720


STEPS = st.lists(st.integers(0, 3), max_size=60)
DECIMALS = {
    i: Level(text=".".join(f"%{n + 1}" for n in range(i + 1))) for i in range(4)
}


@given(STEPS)
def test_outline_numbers_only_go_up(steps):
    levels = [0]
    for step in steps:
        levels.append(min(step, levels[-1] + 1))  # no level is skipped
    steps = levels
    numbers = [
        tuple(map(int, text.split(".")))
        for text in printed(DECIMALS, [("n", s) for s in steps])
    ]

    assert [len(number) for number in numbers] == [step + 1 for step in steps]
    assert numbers == sorted(set(numbers))


@given(STEPS)
def test_without_restart_each_level_counts_all_its_paragraphs(steps):
    levels = {i: Level(text=f"%{i + 1}", restart=0) for i in range(4)}
    numbers = printed(levels, [("n", step) for step in steps])

    for level in range(4):
        own = [int(n) for n, step in zip(numbers, steps, strict=True) if step == level]
        assert own == list(range(1, len(own) + 1))


@given(STEPS, st.integers(1, 50))
def test_the_start_only_shifts_the_first_level(steps, start):
    shifted = {**DECIMALS, 0: Level(text="%1", start=start)}
    usual = printed(DECIMALS, [("n", step) for step in steps])
    other = printed(shifted, [("n", step) for step in steps])

    for one, two in zip(usual, other, strict=True):
        first, *rest = one.split(".")
        assert two.split(".") == [str(int(first) + start - 1), *rest]


@given(st.integers(1, 89))
def test_a_small_roman_number_reads_back(value):
    assert roman_value(formatted(value, "lowerRoman")) == value


@given(st.integers(1, 700))
def test_letters_repeat_after_z(value):
    letters = formatted(value, "lowerLetter")

    assert len(set(letters)) == 1
    assert (len(letters) - 1) * 26 + ord(letters[0]) - 96 == value


@given(
    st.sampled_from(
        ["decimal", "ordinal", "decimalZero", "chicago", "upperRoman", "lowerLetter"]
    ),
    st.integers(0, 10**19),
)
def test_every_form_prints_something(form, value):
    assert re.fullmatch(r"\w+", formatted(value, form))
