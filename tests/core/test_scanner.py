"""Attachments and the malware scanner: a real clamd that knows the EICAR test file."""

import io
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import bijlagen, outbox, scanner
from core.models import Bijlage, Outbox, Team
from tests.services import EICAR

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Scan = Bijlage.Scan


def zipped(*, encrypted=False, **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            # ZipInfo has no time of now in it: the same bytes in every process.
            place = zipfile.ZipInfo(name.replace("__", "/"))
            archive.writestr(place, data, zipfile.ZIP_DEFLATED)
    data = bytearray(buffer.getvalue())
    if encrypted:
        # The bit that says so, in each header; the bytes need not be.
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = data.find(mark)
            while start >= 0:
                data[start + at] |= 1
                start = data.find(mark, start + 4)
    return bytes(data)


def docx(**parts):
    return zipped(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<x/>"} | parts)  # fmt: skip


@pytest.fixture
def scanned(clamd, settings, db, monkeypatch, django_capture_on_commit_callbacks):
    """scanned(bijlage) → the same after what waits in the outbox was delivered."""
    settings.CLAMD_URL = clamd.url
    if clamd.process is None:
        clamd.start()

    def deliver(bijlage):
        with django_capture_on_commit_callbacks(execute=True):
            outbox.drain()
        bijlage.refresh_from_db()
        return bijlage

    return deliver


@pytest.fixture
def team(db, monkeypatch):
    from core import registry

    monkeypatch.setitem(registry._owner_rules, "core.team", lambda person, owner: True)
    return Team.objects.create(slug="proef", naam="Proef", kort="Proef")


def upload(data, name, owner):
    return bijlagen.store_upload(SimpleUploadedFile(name, data), owner=owner)


def status(client, bijlage):
    return client.get(f"/bijlagen/{bijlage.pk}/").status_code


def test_a_file_is_held_until_the_scanner_says_it_is_clean(client, team, scanned):
    bijlage = upload(PDF, "nota.pdf", team)
    assert bijlage.scan == Scan.WACHT
    assert "controleren dit bestand nog" in bijlage.waarom_niet
    assert status(client, bijlage) == 404
    assert scanned(bijlage).scan == Scan.SCHOON
    assert bijlage.waarom_niet == ""
    assert status(client, bijlage) == 200


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("los.txt", EICAR),
        ("in-word.docx", docx(word__embeddings__a=EICAR)),
        ("zip-in-word.docx", docx(word__embeddings__a=zipped(a=zipped(b=EICAR)))),
        ("liegt.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + EICAR),
    ],
)
@pytest.mark.parametrize("keep", [upload, bijlagen.store_bytes], ids=["form", "mail"])
def test_a_virus_is_found_and_its_bytes_go(client, team, scanned, name, data, keep):
    bijlage = keep(data, name, team)
    stored = bijlage.file.name
    assert storages["private"].exists(stored)
    scanned(bijlage)
    assert (bijlage.scan, bijlage.file.name) == (Scan.BESMET, "")
    assert not storages["private"].exists(stored)
    assert len(bijlage.sha256) == 64
    assert "virus" in bijlage.waarom_niet
    assert status(client, bijlage) == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kwaad.exe", b"MZ" + EICAR),
        ("archief.zip", zipped(a=zipped(b=EICAR))),
        ("mail.eml", b"Subject: x\r\n\r\n" + EICAR),
    ],
)
def test_what_we_refuse_by_kind_is_scanned_as_well(team, scanned, name, data):
    bijlage = bijlagen.store_bytes(data, name, team)
    assert bijlage.geweigerd == Bijlage.Geweigerd.SOORT
    assert scanned(bijlage).scan == Scan.BESMET


LOCKED_ODT = zipped(
    mimetype="application/vnd.oasis.opendocument.text",
    **{"META-INF__manifest.xml": "<manifest:encryption-data/>"},
)
LOCKED = [
    ("slot.zip", zipped(a=EICAR, encrypted=True)),
    ("slot.docx", docx(encrypted=True)),
    ("slot.odt", LOCKED_ODT),
    ("slot-ole.docx", bijlagen._OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), LOCKED)
def test_a_form_refuses_what_is_behind_a_password(team, name, data):
    with pytest.raises(bijlagen.ValidationError, match="zonder wachtwoord"):
        upload(data, name, team)


@pytest.mark.parametrize(("name", "data"), LOCKED)
def test_a_mail_keeps_it_by_name(client, team, name, data):
    bijlage = bijlagen.store_bytes(data, name, team)
    assert bijlage.scan == Scan.ONCONTROLEERBAAR
    assert "zonder wachtwoord" in bijlage.waarom_niet
    assert status(client, bijlage) == 404


def test_what_the_scanner_cannot_look_into_is_not_served(client, team, scanned):
    """A zip with a password, behind a first part that hides it from us."""
    inner = zipped(a=b"geheim" * 50, encrypted=True)
    bijlage = upload(docx(word__embeddings__a=inner), "brief.docx", team)
    assert scanned(bijlage).scan == Scan.ONCONTROLEERBAAR
    assert status(client, bijlage) == 404


def test_a_scanner_that_goes_away_and_comes_back(client, team, scanned, clamd):
    clamd.stop()
    bijlage = upload(PDF, "nota.pdf", team)
    bad = bijlagen.store_bytes(EICAR, "kwaad.txt", team)
    scanned(bijlage)
    assert bijlage.scan == Scan.WACHT
    assert status(client, bijlage) == 404
    row = Outbox.objects.get(key=f"bijlage:{bijlage.pk}")
    assert (row.attempts, row.done_at, row.dead_at) == (1, None, None)
    parts = client.get("/-/readyz").json()["parts"]["scanner"]
    assert parts["answering"] is False
    assert parts["waiting"] == 2

    clamd.start()
    Outbox.objects.update(available_at=timezone.now())
    scanned(bad)
    assert scanned(bijlage).scan == Scan.SCHOON
    assert bad.scan == Scan.BESMET
    assert status(client, bijlage) == 200
    assert "ClamAV" in client.get("/-/readyz").json()["parts"]["scanner"]["version"]


def test_a_scanner_that_stays_away_is_asked_for_as_long_as_it_takes(
    team, scanned, clamd
):
    clamd.stop()
    bijlage = upload(PDF, "nota.pdf", team)
    for _ in range(outbox.MAX_ATTEMPTS + 1):
        Outbox.objects.filter(done_at=None).update(available_at=timezone.now())
        outbox.deliver_due()
    assert not outbox.dead().exists()
    assert Outbox.objects.filter(done_at=None).count() == 1
    bijlage.refresh_from_db()
    assert bijlage.scan == Scan.WACHT


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///bestaat/niet.sock"])
def test_no_answer_is_no_verdict(settings, url):
    settings.CLAMD_URL = url
    with pytest.raises(scanner.ScannerAway):
        scanner.scan(io.BytesIO(b"x"))


def test_the_socket_of_this_machine_works_too(clamd, settings):
    if clamd.process is None:
        clamd.start()
    settings.CLAMD_URL = f"unix://{clamd.folder}/clamd.sock"
    assert scanner.scan(io.BytesIO(EICAR)).startswith("Eicar")
    assert scanner.scan(io.BytesIO(b"x")) == ""


def test_more_than_the_scanner_takes_is_no_verdict(clamd, settings):
    if clamd.process is None:
        clamd.start()
    settings.CLAMD_URL = clamd.url
    with pytest.raises(scanner.ScannerAway):
        scanner.scan(io.BytesIO(b"x" * (31 * 1024 * 1024)))


def test_without_a_scanner_nothing_is_held(client, team):
    bijlage = upload(PDF, "nota.pdf", team)
    assert bijlage.scan == Scan.NIET_NODIG
    assert not Outbox.objects.filter(kind=bijlagen.SCAN).exists()
    assert status(client, bijlage) == 200


def test_a_scanner_that_is_switched_off_holds_nothing_for_ever(
    team, scanned, clamd, settings
):
    bijlage = upload(PDF, "nota.pdf", team)
    settings.CLAMD_URL = ""
    assert scanned(bijlage).scan == Scan.NIET_NODIG


def test_a_file_is_judged_once(team, scanned):
    bijlage = upload(PDF, "nota.pdf", team)
    scanned(bijlage)
    bijlagen._judge(bijlage.pk, "Eicar")
    bijlage.refresh_from_db()
    assert bijlage.scan == Scan.SCHOON
