"""Files that are made to hurt are refused, quickly and in words."""

import time

import pytest

from knowledge.regelingen import xml
from knowledge.regelingen.limits import MAX_BYTES
from knowledge.regelingen.xml.reading import MAX_DEPTH, MAX_ELEMENTS
from tests.knowledge.regelingen.xml_files import artikel, cvdr, cvdr_bytes, lijst

LAUGHS = b'<!DOCTYPE cvdr [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (ord("b") + i, b"&%c;" % (ord("a") + i) * 10)
    for i in range(12)
)
LAUGHS += b"]><cvdr><body><al>&m;</al></body></cvdr>"
HOSTILE = {
    "entities": (LAUGHS, "DOCTYPE"),
    "entities in utf-16": (LAUGHS.decode().encode("utf-16"), "DOCTYPE"),
    "a file of the server": (
        b'<!DOCTYPE cvdr [<!ENTITY x SYSTEM "file:///etc/passwd">]><cvdr><body>&x;</body></cvdr>',
        "DOCTYPE",
    ),
    "an address": (
        b'<!DOCTYPE cvdr SYSTEM "http://127.0.0.1:1/x.dtd"><cvdr/>',
        "DOCTYPE",
    ),
    "depth": (b"<cvdr>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</cvdr>", "lagen"),
    "elements": (b"<cvdr>" + b"<a/>" * (MAX_ELEMENTS + 1) + b"</cvdr>", "elementen"),
    "200 MB": (b" " * (200 * 1024 * 1024), "200 MB"),
    "nothing": (b"  ", "leeg"),
    "cut off": (cvdr_bytes(artikel("<al>X.</al>"))[:-20], "geen goede XML"),
    "wrong letters": (
        b'<?xml version="1.0" encoding="utf-8"?><cvdr>\xff</cvdr>',
        "geen goede XML",
    ),
    "unknown letters": (
        b'<?xml version="1.0" encoding="nix"?><cvdr/>',
        "geen goede XML",
    ),
    "unknown entity": (b"<cvdr><body>&nbsp;</body></cvdr>", "geen goede XML"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_within_seconds(kind):
    data, told = HOSTILE[kind]
    start = time.monotonic()
    read = xml.read(data, "x.xml")
    assert time.monotonic() - start < 5
    assert read.regeling is None
    assert read.form == "onleesbaar"
    assert told in read.refusal


def test_the_size_is_seen_before_the_content(monkeypatch):
    monkeypatch.setattr("lxml.etree.XMLParser", None)
    assert "MB" in xml.read(b"<" * (MAX_BYTES + 1), "x").refusal


def test_a_text_as_deep_as_is_allowed_is_read():
    depth = (MAX_DEPTH - 10) // 2
    inside = '<lijst><li nr="a.">' * depth + "<al>diep</al>" + "</li></lijst>" * depth
    read = cvdr(artikel(inside))
    assert read.regeling is not None
    assert read.chars_kept / read.chars_in > 0.95


ODD = {
    "definitions": "verstaan onder " * 60_000,
    "headings": "Artikel 1 " * 60_000,
    "roman": "I" * 400_000,
    "digits": "1." * 200_000,
    "dashes": "- " * 200_000,
}


@pytest.mark.parametrize("kind", ODD)
def test_long_odd_words_take_no_long_time(kind):
    words = ODD[kind]
    start = time.monotonic()
    read = cvdr(
        f"<artikel><kop><nr>{words}</nr><titel>{words}</titel></kop><al>{words}</al>"
        + lijst((words, words))
        + "</artikel>",
        after=f"<nota-toelichting><al><vet>{words}</vet></al></nota-toelichting>",
    )
    assert read.regeling is not None
    assert time.monotonic() - start < 5


def test_a_thousand_articles_take_less_than_five_seconds():
    body = "".join(
        artikel(
            lijst(
                ("1.", "Het college beslist:"),
                ("a.", "binnen acht weken;"),
                ("2.", "Klaar."),
            ),
            str(n),
            f"Titel {n}",
        )
        for n in range(1, 1001)
    )
    start = time.monotonic()
    read = cvdr(body)
    assert time.monotonic() - start < 5
    assert read.regeling is not None
    assert len(read.regeling.children) == 1000
