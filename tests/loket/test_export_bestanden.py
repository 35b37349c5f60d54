"""The files in the copy that somebody gets of what we hold."""

import json

import pytest
from django.core.management import call_command

from core import bijlagen
from core.models import Bijlage

pytestmark = pytest.mark.django_db
EMAIL = "kanarie.vogel@meppel.example"
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def export(ask, tmp_path):
    """export() → the files by the name that they have, and what the list says of them."""
    message = ask(email=EMAIL).berichten.get()

    def act():
        call_command("export_person", EMAIL, str(tmp_path / "uit"))
        data = json.loads((tmp_path / "uit" / "gegevens.json").read_text())
        listed = data["vragen"][0]["berichten"][0]["bijlagen"]
        for name in listed:
            if name.startswith("bijlagen/"):
                assert (tmp_path / "uit" / name).is_file()
        paths = (tmp_path / "uit").glob("bijlagen/*")
        # The first eight signs and the dash keep two of one name apart.
        return {path.name[9:]: path.read_bytes() for path in paths}, listed

    act.message = message
    return act


@pytest.mark.parametrize("name", ["foto.html", "foto.svg", "foto.xhtml", "foto"])
def test_a_file_that_we_do_not_give_out_opens_in_no_browser(export, name):
    bijlagen.store_bytes(PAGE, name, export.message)
    bijlagen.store_bytes(b"goed", "goed.txt", export.message)
    kept, _listed = export()
    assert kept == {f"{name}.niet-openen": PAGE, "goed.txt": b"goed"}


def test_a_file_that_we_removed_is_told_and_stops_nothing(export):
    row = bijlagen.store_bytes(b"ziek", "ziek.txt", export.message)
    Bijlage.objects.filter(pk=row.pk).update(file="", scan=Bijlage.Scan.BESMET)
    bijlagen.store_bytes(b"goed", "goed.txt", export.message)
    kept, listed = export()
    assert kept == {"goed.txt": b"goed"}
    assert (
        "ziek.txt: In dit bestand zat een virus. Wij hebben het verwijderd." in listed
    )


@pytest.mark.parametrize("letter", ["é", "漢", "\U0001f600"])
def test_a_long_name_fits_on_a_disk(export, letter):
    bijlagen.store_bytes(b"lang", f"{letter * 140}.txt", export.message)
    ((name, data),) = export()[0].items()
    assert name.endswith(f"{letter}.txt")
    assert data == b"lang"
