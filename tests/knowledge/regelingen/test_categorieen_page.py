"""The page beside a regulation with the compulsory categories that it names."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.models import Regeling as Kept
from knowledge.regelingen import files
from knowledge.regelingen.services import store
from knowledge.starter import VERORDENINGEN

STAD = VERORDENINGEN / "voorbeeldstad_leden.xml"


@pytest.fixture
def stad(db):
    store(imported=files.read(STAD.read_bytes(), STAD.name), publish=True)
    return Kept.objects.get()


def test_a_reader_comes_from_the_text_to_the_checklist_and_back(client, stad):
    text = BeautifulSoup(client.get(stad.get_absolute_url()).content, "html.parser")
    link = text.find("a", string="Controleer de verplichte categorieën")
    shown = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert "Dit is hulp, geen oordeel." in shown.get_text()
    assert "De lijst is van 22 november 2026." in shown.get_text()
    row = shown.find(id="groep-mantelzorg")
    assert row.select_one(".label").get_text() == "Gevonden"
    assert row.blockquote.get_text() == "mensen die mantelzorg geven of ontvangen;"
    address, _, anchor = row.a["href"].partition("#")
    assert row.a.get_text() == "Artikel 3:1, eerste lid, onderdeel a"
    back = BeautifulSoup(client.get(address).content, "html.parser")
    assert "mantelzorg geven of ontvangen" in back.find(id=anchor).get_text()
    absent = shown.find(id="groep-detentie")
    assert absent.select_one(".label").get_text() == "Niet gevonden"
    assert absent.blockquote is None
    assert "nul20" in absent.find("a", string=re.compile("NUL20"))["href"]


def test_the_checklist_is_of_the_day_that_was_asked(client, stad):
    address = reverse("knowledge:categorieen", args=[stad.slug])
    version = stad.versies.get()
    asked = client.get(address, {"geldig-op": version.valid_from.isoformat()})
    assert f"?geldig-op={version.valid_from.isoformat()}#" in asked.content.decode()
    before = client.get(address, {"geldig-op": "1999-01-01"}).content.decode()
    assert "geldt op die dag niet" in before
    assert "groep-mantelzorg" not in before
    wrong = client.get(address, {"geldig-op": "gisteren"}).content.decode()
    assert "Dit is geen datum." in wrong
    assert "groep-mantelzorg" in wrong


def test_there_is_no_checklist_of_what_is_not_public(client, db):
    store(imported=files.read(STAD.read_bytes(), STAD.name), publish=False)
    address = reverse("knowledge:categorieen", args=[Kept.objects.get().slug])
    assert client.get(address).status_code == 404
    assert client.get(address.replace("voorbeeld", "geen")).status_code == 404
    assert client.post(address).status_code == 405


def test_the_checklist_asks_the_database_as_little_as_the_text(
    client, stad, django_assert_max_num_queries
):
    client.get(stad.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(reverse("knowledge:categorieen", args=[stad.slug]))
