"""EICAR in every channel of a question, with a real clamd."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core import bijlagen, outbox
from core.models import Bijlage
from loket import services as loket
from loket.models import Bericht, Kanaal
from loket.services import parts
from tests.services import EICAR

pytestmark = pytest.mark.django_db
REPLY = "Hierbij het bestand waar u om vroeg."


@pytest.fixture(autouse=True)
def _scanner(clamd, settings):
    settings.CLAMD_URL = clamd.url


def eicar():
    return SimpleUploadedFile("cijfers.txt", EICAR)


def by_form(client, hidden, ask, open_link, make_user):
    page = client.post(
        "/loket/vraag-stellen/",
        {"text": "Mag een jongere van 18 urgentie krijgen?", "gemeente": "Meppel",
         "email": "annemiek@meppel.example", "suggesties_gezien": "1"},
    )  # fmt: skip
    client.post(
        "/loket/vraag-stellen/",
        {"stap": "verstuur", "pakket": hidden(page, "pakket"), "bijlagen": eicar()},
    )


def by_reply(client, hidden, ask, open_link, make_user):
    vraag = ask()
    open_link(vraag)
    page = client.get(f"/loket/vraag/{vraag.reference}/")
    client.post(
        f"/loket/vraag/{vraag.reference}/reactie/",
        {"text": REPLY, "sleutel": hidden(page, "sleutel"), "bijlagen": eicar()},
    )


def by_telephone(client, hidden, ask, open_link, make_user):
    """The desk writes down what the asker said, with the file that came along."""
    vraag = ask()
    client.force_login(make_user("loketmedewerker"))
    client.post(
        f"/werkplek/{vraag.reference}/namens/",
        {"kanaal": "telefoon", "reactie": REPLY, "bijlagen": eicar()},
    )
    client.logout()
    open_link(vraag)


def by_mail(client, hidden, ask, open_link, make_user):
    vraag = ask()
    bericht = parts.add_message(
        vraag, Bericht.Soort.REACTIE, REPLY, contact=vraag.contact, kanaal=Kanaal.MAIL
    )
    bijlagen.store_bytes(EICAR, "cijfers.txt", bericht)
    open_link(vraag)


@pytest.mark.parametrize("channel", [by_form, by_reply, by_telephone, by_mail])
def test_a_virus_reaches_nobody(
    client,
    hidden,
    ask,
    open_link,
    make_user,
    channel,
    django_capture_on_commit_callbacks,
):
    channel(client, hidden, ask, open_link, make_user)
    bijlage = Bijlage.objects.get()
    vraag = bijlage.owner.vraag
    address = f"/loket/vraag/{vraag.reference}/"
    held = client.get(address).content.decode()
    assert "Wij controleren dit bestand nog" in held
    assert f"/bijlagen/{bijlage.pk}/" not in held
    assert client.get(f"/bijlagen/{bijlage.pk}/").status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        outbox.drain()
    found = client.get(address).content.decode()
    assert "In dit bestand zat een virus" in found
    assert f"/bijlagen/{bijlage.pk}/" not in found
    assert client.get(f"/bijlagen/{bijlage.pk}/").status_code == 404
    event = vraag.gebeurtenissen.get(soort="virus")
    assert event.intern
    assert event.tekst == (
        "Virus gevonden in bijlage cijfers.txt; het bestand is verwijderd."
    )
    assert event.data["sha256"] == bijlage.sha256


def test_a_clean_file_of_a_mail_is_there_for_the_asker_and_no_other(
    client, ask, open_link
):
    vraag = ask()
    bericht = parts.add_message(
        vraag, Bericht.Soort.REACTIE, REPLY, contact=vraag.contact, kanaal=Kanaal.MAIL
    )
    bijlage = bijlagen.store_bytes(b"a;b\n1;2\n", "cijfers.csv", bericht)
    outbox.drain()
    open_link(vraag)
    assert client.get(f"/bijlagen/{bijlage.pk}/").status_code == 200
    assert Client().get(f"/bijlagen/{bijlage.pk}/").status_code == 404


def test_a_kind_that_we_do_not_take_stands_by_name_with_why(client, ask, open_link):
    vraag = ask()
    bericht = parts.add_message(
        vraag, Bericht.Soort.REACTIE, REPLY, contact=vraag.contact, kanaal=Kanaal.MAIL
    )
    bijlagen.store_bytes(b"MZ\x90", "\u202e<b>fdp.exe", bericht)
    open_link(vraag)
    html = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert "<bdi>_b_fdp.exe</bdi>" in html
    assert "Deze soort bestand nemen wij niet aan" in html


def test_files_that_are_too_large_together_are_refused(ask, settings):
    settings.ATTACHMENTS_MAX_BYTES = 1024 * 1024
    vraag = ask()
    files = [SimpleUploadedFile(f"{n}.txt", b"a" * 600_000) for n in range(2)]
    with pytest.raises(ValidationError, match="samen te groot"):
        loket.store_files(vraag=vraag, bericht=vraag.berichten.get(), files=files)
    assert not Bijlage.objects.exists()
