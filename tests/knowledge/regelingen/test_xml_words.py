"""However parts are put in each other: each word arrives, and once."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from knowledge.regelingen import xml
from knowledge.regelingen.tree import text_of

GROUPS = ["hoofdstuk", "paragraaf", "artikel", "structuurtekst", "bijlage", "divisie"]
EDGES = [
    "nota-toelichting",
    "aanhef",
    "regeling-sluiting",
    "tekst",
    "regeling",
    "nieuw",
]
BLOCKS = [
    "al",
    "lijst",
    "table",
    "lid",
    "noot",
    "definitielijst",
    "wijziging",
    "al-groep",
]
INLINE = ["vet", "cursief", "extref", "br", "noot", "lijst", "nieuw", "sup"]
TYPED = ["", "1. ", "a. ", "Artikel 5 "]
NUMBERS = ["1.", "a.", "1°", "i.", "-", "•", ""]


@st.composite
def documents(draw) -> etree._Element:
    count = 0

    def words() -> str:
        nonlocal count
        count += 1
        return f"woord{count}x"

    def pick(names: list[str]) -> str:
        return draw(st.sampled_from(names))

    def times(most: int) -> range:
        return range(draw(st.integers(0, most)))

    def heading(parent: etree._Element) -> None:
        kop = etree.SubElement(parent, "kop")
        etree.SubElement(kop, "label").text = "Artikel"
        etree.SubElement(kop, "nr").text = pick(["", "1", "2a", "3. "]) + pick(
            ["", words()]
        )
        etree.SubElement(kop, "titel").text = words()

    def add(parent: etree._Element, name: str, depth: int) -> etree._Element:
        element = etree.SubElement(parent, name)
        if name == "al":
            element.text = pick(TYPED) + words()
            for _ in times(2 if depth < 5 else 0):
                add(element, pick(INLINE), depth + 1).tail = words()
        elif name == "lijst":
            for _ in times(3):
                item = etree.SubElement(element, "li")
                if draw(st.booleans()):
                    item.set("nr", pick(NUMBERS))
                else:
                    etree.SubElement(item, "li.nr").text = pick(NUMBERS)
                for _ in times(2 if depth < 5 else 0):
                    add(item, pick(BLOCKS), depth + 1)
        elif name == "table":
            row = etree.SubElement(etree.SubElement(element, "tgroup"), "row")
            for _ in times(2):
                add(etree.SubElement(row, "entry"), pick(["al", "lijst"]), depth + 1)
        elif name == "definitielijst":
            item = etree.SubElement(element, "definitie-item")
            etree.SubElement(item, "term").text = words()
            add(etree.SubElement(item, "definitie"), "al", depth + 1)
        elif name in INLINE and name not in ("noot", "br"):
            element.text = words()
        elif name in GROUPS + EDGES + BLOCKS + ["body"] and name != "noot":
            if name != "body" and draw(st.booleans()):
                heading(element)
            inside = BLOCKS if name in [*BLOCKS, "artikel"] else GROUPS + EDGES + BLOCKS
            for _ in times(3 if depth < 4 else 0):
                add(element, pick(inside), depth + 1)
        elif name == "noot":
            add(element, "al", 9)
        return element

    root = etree.Element("cvdr")
    add(root, "body", 0)
    return root


@settings(max_examples=150, deadline=None)
@given(documents())
def test_each_word_of_a_file_arrives_once(root):
    data = etree.tostring(root)
    read = xml.read(data, "x.xml")
    assert read.regeling is not None
    kept = " ".join(text_of(node) for node in read.regeling.children)
    assert Counter(re.findall(r"woord\d+x", kept)) == Counter(
        re.findall(r"woord\d+x", data.decode())
    )
