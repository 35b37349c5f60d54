import io
import zipfile
from zipfile import ZipInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core import bijlagen, registry
from core.models import Team
from core.person import ANONYMOUS

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def office(kind: str, *more: str) -> bytes:
    # ZipInfo has no time of now in it: the same bytes in every process.
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in more:
            archive.writestr(ZipInfo(name), "x")
        if kind == "docx":
            archive.writestr(ZipInfo("[Content_Types].xml"), "<Types/>")
            archive.writestr(ZipInfo("word/document.xml"), "<x/>")
        else:
            archive.writestr(
                ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{kind}"
            )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "accepted"),
    [
        ("notitie.pdf", PDF, True),
        ("plaatje.png", PNG, True),
        ("brief.docx", office("docx"), True),
        ("brief.odt", office("text"), True),
        ("lijst.csv", b"a;b\n1;2\n", True),
        ("oud.txt", "caf\xe9".encode("cp1252"), True),
        ("pagina.html", b"<html><script>alert(1)</script>", False),
        ("tekening.svg", b"<svg onload='x'/>", False),
        ("kwaad.pdf", b"MZ\x90\x00 this is a program", False),
        ("kwaad.pdf", b"<html>", False),
        ("kwaad.docx", PDF, False),
        ("brief.exe", PDF, False),
        ("brief.txt", b"tekst\0met nul", False),
        ("brief.docm", office("docx"), False),
        ("eigenlijk-word.xlsx", office("docx"), False),
        ("macro.docx", office("docx", "word/vbaProject.bin"), False),
        ("kapot.docx", office("docx")[:40], False),
        ("programma.docx", b"MZ" + office("docx"), False),
        ("zip.zip", office("docx"), False),
        ("geen-naam", PDF, False),
    ],
)
def test_the_content_decides_and_the_extension_must_fit(name, data, accepted):
    assert (bijlagen.kind_of(data, name) is not None) == accepted


@given(st.text(max_size=300))
def test_clean_names_are_safe_for_any_input(name):
    clean = bijlagen.clean_name(name)
    assert clean
    assert len(clean) <= 150
    assert not set(clean) & set('/\\<>:"|?*\0\n\r\u200b\u202e')
    assert not clean.startswith(".")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\map\\nota.pdf", "nota.pdf"),
        ("\u200b.htaccess", "htaccess"),
        ("nota\u202efdp.exe", "notafdp.exe"),
        ("ﬁle.pdf", "file.pdf"),
        ("", "bijlage"),
        ("a\u2028b\u00a0c.pdf", "a b c.pdf"),
        ("a." + "b" * 300, "a." + "b" * 148),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("nota.pdf\n", "nota.pdf"),
        ("‮fdp.exe", "fdp.exe"),
    ],
)
def test_clean_names(name, clean):
    assert bijlagen.clean_name(name) == clean


@pytest.fixture
def team(db):
    return Team.objects.create(slug="proef", naam="Proef", kort="Proef")


def test_a_file_is_served_only_by_the_rule_of_its_owner(client, team, monkeypatch):
    bijlage = bijlagen.store_upload(SimpleUploadedFile("nöta.pdf", PDF), owner=team)
    address = f"/bijlagen/{bijlage.pk}/"
    assert client.get(address).status_code == 404
    assert registry.may_have(ANONYMOUS, team) is False
    monkeypatch.setitem(registry._owner_rules, "core.team", lambda person, owner: True)
    response = client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == PDF
    assert (
        response["Content-Disposition"] == "attachment; filename*=UTF-8''n%C3%B6ta.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("groot.pdf", PDF + b"x" * 2000, "hoogstens"),
        ("leeg.pdf", b"", "is leeg"),
        ("pagina.html", b"<html>", "PDF, Word"),
    ],
)
def test_a_refusal_says_which_file_and_why(team, settings, name, data, told):
    settings.ATTACHMENT_MAX_BYTES = 1024
    with pytest.raises(ValidationError) as caught:
        bijlagen.store_upload(SimpleUploadedFile(name, data), owner=team)
    assert name in caught.value.messages[0]
    assert told in caught.value.messages[0]


def test_what_a_mail_brings_never_vanishes(client, team, monkeypatch):
    monkeypatch.setitem(registry._owner_rules, "core.team", lambda person, owner: True)
    kept = [
        bijlagen.store_bytes(data, name, team)
        for name, data in [
            ("nota.pdf", PDF),
            ("kwaad.exe", b"MZ\x90"),
            ("pagina.html", b"<script>alert(1)</script>"),
            ("liegt.pdf", b"<html>"),
            ("leeg.pdf", b""),
            ("\u202efdp.exe", b"MZ"),
        ]
    ]
    assert [bijlage.name for bijlage in kept] == [
        "nota.pdf", "kwaad.exe", "pagina.html", "liegt.pdf", "leeg.pdf", "fdp.exe",
    ]  # fmt: skip
    assert [bijlage.geweigerd for bijlage in kept] == ["", *["soort"] * 5]
    assert kept[2].file.read() == b"<script>alert(1)</script>"
    for bijlage, expected in zip(kept, [200, *[404] * 5], strict=True):
        assert client.get(f"/bijlagen/{bijlage.pk}/").status_code == expected
        assert bool(bijlage.waarom_niet) == (expected == 404)


def test_a_mail_that_is_too_large_keeps_the_names(team, settings):
    settings.ATTACHMENT_MAX_BYTES = 1000
    settings.ATTACHMENTS_MAX_BYTES = 2000
    sizes = [1001, 900, 900, 900]
    kept = [bijlagen.store_bytes(b"a" * size, "a.txt", team) for size in sizes]
    assert [bijlage.geweigerd for bijlage in kept] == ["groot", "", "groot", "groot"]
    assert [bool(bijlage.file) for bijlage in kept] == [False, True, False, False]


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("read")

    readline = read


@pytest.mark.parametrize(
    ("address", "megabytes", "status"),
    [
        ("/loket/vraag-stellen/", 200, 413),
        ("/loket/vraag/V-2026-AAAAAA/reactie/", 200, 413),
        ("/loket/vraag-stellen/", 60, 413),
        ("/zoeken/", 200, 413),
    ],
)
def test_a_large_upload_is_refused_before_it_is_read(
    client, db, address, megabytes, status
):
    response = client.generic(
        "POST",
        address,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(megabytes * 1024 * 1024),
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == status
    assert "hoogstens 50 MB" in response.content.decode()
    assert response["Connection"] == "close"
