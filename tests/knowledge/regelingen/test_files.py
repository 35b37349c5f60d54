"""Folders and zips of legal texts, within limits."""

import io
import os
import zipfile

import pytest

from knowledge.regelingen import files
from tests.knowledge.regelingen.xml_files import artikel, cvdr_bytes

TEXT = cvdr_bytes(artikel("<al>Tekst.</al>"))


def zipped(path, members: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def found(path) -> list[tuple[str, str]]:
    """Where each file is below the path, and why it was refused."""
    return [
        (file.path.removeprefix(str(path)).strip("/"), file.refusal)
        for file in files.find(path)
    ]


def test_a_folder_is_read_in_order_with_what_is_in_its_zips(tmp_path):
    (tmp_path / "b.xml").write_bytes(TEXT)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.xml").write_bytes(TEXT)
    (tmp_path / ".hidden.xml").write_bytes(TEXT)
    (tmp_path / "link.xml").symlink_to(tmp_path / "b.xml")
    zipped(tmp_path / "c.zip", {"2.xml": TEXT, "1.xml": TEXT, "__MACOSX/1.xml": b"x"})
    assert found(tmp_path) == [
        ("b.xml", ""),
        ("c.zip/1.xml", ""),
        ("c.zip/2.xml", ""),
        ("deep/a.xml", ""),
    ]
    assert all(
        files.read(file.data, file.path).regeling for file in files.find(tmp_path)
    )


def test_a_missing_path_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        list(files.find(tmp_path / "no.xml"))


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.xml")
    assert found(tmp_path / "pipe.xml") == [("", "Dit is geen gewoon bestand.")]


def test_a_zip_bomb_is_not_opened_and_the_rest_is(tmp_path):
    bomb = zipped(tmp_path / "x.zip", {"bomb.xml": b" " * 30_000_000, "good.xml": TEXT})
    assert found(bomb) == [
        ("bomb.xml", "Dit bestand is verdacht sterk ingepakt en is niet geopend."),
        ("good.xml", ""),
    ]


def test_a_member_that_is_larger_than_it_says_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    path = zipped(tmp_path / "x.zip", {"a.xml": TEXT + b" " * 2000})
    data = bytearray(path.read_bytes())
    # The size that the two headers tell is 10 bytes.
    size = (len(TEXT) + 2000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    ((_name, refusal),) = found(path)
    assert refusal == "Dit bestand in de zip is beschadigd."


def test_a_zip_as_a_whole_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_UNPACKED", len(TEXT) + 10)
    path = zipped(tmp_path / "x.zip", {f"{n}.xml": TEXT for n in range(4)})
    told = found(path)
    assert [name for name, refusal in told if not refusal] == ["0.xml"]
    assert len(told) < 6


def test_a_zip_with_too_many_files_is_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 2)
    path = zipped(tmp_path / "x.zip", {f"{n}.xml": TEXT for n in range(3)})
    assert found(path) == [("", "De zip heeft meer dan 2 bestanden.")]


def test_a_folder_with_too_many_files_stops(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 2)
    for n in range(3):
        (tmp_path / f"{n}.xml").write_bytes(TEXT)
    assert found(tmp_path)[-1] == ("", "De map heeft meer dan 2 bestanden.")


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1024 * 1024)
    path = tmp_path / "x.xml"
    path.write_bytes(b" " * (3 * 1024 * 1024))
    assert found(path) == [("", "Het bestand is 3 MB. De grens is 1 MB.")]
    assert [file.data for file in files.find(path)] == [b""]


def packed(*names: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("data", "form", "told"),
    [
        (b"%PDF-1.7 ...", "pdf", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", "DOCX"),
        (b"{\\rtf1}", "rtf", "DOCX"),
        (packed("mimetype", "content.xml"), "odt", "DOCX"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx", "geen DOCX"),
        (packed("a.xml"), "zip", "zip in een zip"),
        (b"PK\x03\x04 broken", "onleesbaar", "beschadigd"),
        (b"Artikel 1", "onbekend", "geen XML"),
        (b"", "onbekend", "geen XML"),
    ],
)
def test_what_is_no_legal_text_is_refused_by_name(data, form, told):
    read = files.read(data, "x")
    assert (read.form, read.regeling) == (form, None)
    assert told in read.refusal


@pytest.mark.parametrize("letters", ["utf-8-sig", "utf-16", "utf-8"])
def test_xml_is_known_in_any_letters(letters):
    text = TEXT.decode().replace(
        'encoding="utf-8"', f'encoding="{letters[:6].rstrip("-")}"'
    )
    read = files.read(text.encode(letters), "x.xml")
    assert read.regeling is not None, read.refusal
