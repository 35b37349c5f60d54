"""What is no DOCX, or not a safe one, is refused in words that help."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.regelingen.docx import package, read

FOLDER = Path(__file__).parent / "docx"
WORD = (FOLDER / "kopstijlen.docx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def members(data: bytes = WORD) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    found = members()
    found[name] = change(found.get(name, b""))
    return zipped(found)


def encrypted() -> bytes:
    """The flag 'encrypted' on each member, in both places that a zip keeps it."""
    data = bytearray(WORD)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def excel() -> bytes:
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="a" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    return zipped(
        {"_rels/.rels": relation, "xl/workbook.xml": b"<workbook xmlns='x'/>"}
    )


REFUSED = {
    "empty": (b"", "leeg", "leeg"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "doc", ".doc"),
    "password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "versleuteld",
        "wachtwoord",
    ),
    "password in zip": (encrypted(), "versleuteld", "wachtwoord"),
    "pdf": (b"%PDF-1.7\n", "pdf", "PDF"),
    "rtf": (b"{\\rtf1\\ansi Artikel 1}", "rtf", "RTF"),
    "html": (b"<!DOCTYPE html><html></html>", "html", "webpagina"),
    "xml": (b"<?xml version='1.0'?><cvdr/>", "xml", "XML"),
    "text": (b"Artikel 1", "onbekend", "geen DOCX"),
    "odt": (
        zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<a/>",
            }
        ),
        "odt",
        "OpenDocument",
    ),
    "macros": (changed("word/vbaProject.bin", lambda _: b"x"), "docm", "macro"),
    "zip": (zipped({"foto/een.jpg": b"x"}), "zip", "foto"),
    "excel": (excel(), "office", "Excel"),
    "half a zip": (WORD[: len(WORD) // 2], "docx", "beschadigd"),
    "bytes changed": (WORD[:300] + b"\0" * 3000 + WORD[3300:], "docx", "beschadigd"),
    "a name that is no text": (
        zipped({"\u00e9": b""}).replace("\u00e9".encode(), b"\xff\xff"),
        "docx",
        "beschadigd",
    ),
    "broken xml": (
        changed("word/document.xml", lambda xml: xml[:500]),
        "docx",
        "beschadigd",
    ),
    "entities": (
        changed(
            "word/document.xml",
            lambda xml: xml.replace(
                b"<w:document", b'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document', 1
            ),
        ),
        "docx",
        "DOCTYPE",
    ),
    "entities in utf-16": (
        changed(
            "word/styles.xml",
            lambda _: (
                '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'.encode(
                    "utf-16"
                )
            ),
        ),
        "docx",
        "DOCTYPE",
    ),
    "zip bomb": (
        changed("word/media/een.bin", lambda _: bytes(201 * 1024**2)),
        "docx",
        "grens",
    ),
    "too many tags": (
        changed("word/document.xml", lambda xml: xml + b"<a/>" * 3_000_001),
        "docx",
        "Splits",
    ),
    "a part too large": (
        changed("word/document.xml", lambda xml: xml + b" " * (41 * 1024**2)),
        "docx",
        "Splits",
    ),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_other_files_are_refused_with_the_reason(case):
    data, form, words = REFUSED[case]

    found = read(data, "bestand.docx")

    assert found.regeling is None
    assert found.form == form
    assert words in found.refusal
    assert found.refusal.endswith(".")


def test_a_file_above_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(package, "MAX_BYTES", len(WORD) - 1)

    found = read(WORD, "groot.docx")

    assert found.regeling is None
    assert "de grens is" in found.refusal


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MAX_MEMBERS", 3)

    assert read(WORD, "veel.docx").regeling is None


def test_strict_open_xml_is_read_as_well():
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    found = {name: content.replace(old, new) for name, content in members().items()}

    strict, usual = read(zipped(found), "strikt.docx"), read(WORD, "gewoon.docx")

    assert strict.regeling == usual.regeling
