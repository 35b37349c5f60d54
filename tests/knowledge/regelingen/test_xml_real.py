"""The real files beside the project, read whole. Without them there is nothing to do."""

import pytest
from lxml import etree

from knowledge.regelingen import xml
from knowledge.regelingen.tree import artikelen, text_of
from knowledge.regelingen.xml.bwb import read_manifest
from tests.knowledge.regelingen.xml_files import SHARED

FORMS = {
    "bwb_toestand": ("bwb", 112),
    "bwb_toestand_3": ("bwb", 3),
    "bwb_zorgtoeslag": ("bwb", 9),
    "cvdr_example1": ("cvdr", 1),
    "cvdr_example2": ("cvdr", 0),
    "cvdr_example3": ("cvdr", 6),
    "gmb": ("gmb", 0),
    "stb": ("stb", 3),
}


def data_of(name: str) -> bytes:
    path = SHARED / f"{name}.xml"
    # Others' files stand beside the project and are not ours to commit; their traps are
    # in test_xml_traps.py, which needs nothing.
    if not path.exists():
        pytest.skip("geen echte regelingen op deze machine (THUISLOKET_SHARED)")
    return path.read_bytes()


@pytest.mark.parametrize("name", FORMS)
def test_a_real_file_keeps_its_text_and_numbers(name):
    form, count = FORMS[name]
    data = data_of(name)
    read = xml.read(data, name)
    assert read.form == form
    assert read.regeling is not None
    assert read.chars_kept / read.chars_in >= 0.99
    printed = [
        (element.findtext("{*}kop/{*}nr") or "").strip().rstrip(".")
        for element in etree.fromstring(data).iter("{*}artikel")
    ]
    assert [placed.node.number for placed in artikelen(read.regeling)] == printed
    assert len(printed) == count


@pytest.mark.parametrize("name", FORMS)
def test_every_paragraph_of_a_real_file_is_in_the_tree(name):
    data = data_of(name)
    read = xml.read(data, name)
    assert read.regeling is not None
    kept = squeezed(" ".join(text_of(node) for node in read.regeling.children))
    root = etree.fromstring(data)
    etree.strip_elements(
        root, "{*}meta-data", "{*}meta", "{*}metadata", with_tail=False
    )
    paragraphs = [squeezed("".join(al.itertext())) for al in root.iter("{*}al")]
    terms = [text for text in paragraphs if text and text not in kept]
    # Of a definition the colon after the term is form.
    assert [
        text for text in terms if squeezed(text.replace(":", "", 1)) not in kept
    ] == []


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_manifest_gives_the_versions_of_a_law():
    data = data_of("bwb_manifest")
    read = xml.read(data, "bwb_manifest.xml")
    labels = ("2022-05-01_0", "2022-08-01_0", "2023-02-18_0", "2023-04-01_0")
    assert (read.form, read.regeling, read.versions) == ("manifest", None, labels)
    manifest = read_manifest(data)
    assert (manifest.id, manifest.latest) == ("BWBR0045754", "2023-04-01_0")
    first, *_others, last = manifest.expressions
    assert (first.valid_from, first.valid_until) == ("2022-05-01", "2022-08-01")
    assert first.path == "BWBR0045754/2022-05-01_0/xml/BWBR0045754_2022-05-01_0.xml"
    assert last.valid_until == ""


def test_a_search_record_is_refused_by_name():
    assert xml.read(data_of("searchrec"), "searchrec.xml").form == "sru"
