"""At every section: ask about it, and cite it."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup

from knowledge.models import Handreiking, KennisPagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return Handreiking.objects.get()


def soup_of(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def test_every_place_where_a_hit_can_land_can_be_asked_about_and_cited(client):
    from search import registry

    for page in KennisPagina.objects.live().specific():
        soup = soup_of(client, page.get_url())
        links = {
            re.search(r"anker=([^&]+)", a["href"])[1]
            for a in soup.select(".sectieknoppen a")
        }
        anchors = {
            section.anchor
            for section in registry.get(page.soort).document(page.pk).sections
        }
        assert anchors <= links, page
        assert len(links) == len(soup.select("button[data-kopieer]")), page


def test_asking_about_a_section_carries_page_and_section(client, page):
    link = soup_of(client, page.get_url()).select_one(
        '.sectieknoppen a[href*="anker=jongeren"]'
    )
    assert link["href"] == f"/loket/vraag-stellen/?pagina={page.pk}&anker=jongeren"
    form = soup_of(client, link["href"])
    assert form.select_one('input[name="pagina"]')["value"] == str(page.pk)
    assert form.select_one('input[name="anker"]')["value"] == "jongeren"
    assert page.title in form.get_text()


def test_a_citation_names_title_heading_date_and_full_address(client, page):
    soup = soup_of(client, page.get_url())
    heading = soup.select_one("h2#jongeren").get_text()
    citation = (
        f"{page.title}, ‘{heading}’. Thuisloket, gecontroleerd op 22 november 2026."
        f" http://testserver{page.get_url()}#jongeren"
    )
    section = soup.select_one('section[aria-labelledby="jongeren"]')
    button = section.select_one("button[data-kopieer]")
    assert unescape(button["data-kopieer"]) == citation
    assert button["type"] == "button"
    assert "Kopieer citaat" in button.get_text()
    assert heading in button.get_text()
    assert button["data-gekopieerd"] == "Citaat gekopieerd"


def test_without_javascript_the_citation_is_there_to_read(client, page):
    section = soup_of(client, page.get_url()).select_one(
        'section[aria-labelledby="jongeren"]'
    )
    button, details = section.select_one("button"), section.select_one("details.citaat")
    assert button.has_attr("hidden")
    assert details.select_one("p").get_text() == button["data-kopieer"]


def test_what_a_citation_holds_is_escaped(client, page):
    page.title = 'Wie "mag" <b>dit</b>?'
    page.save()
    content = client.get(page.get_url()).content.decode()
    assert "<b>dit</b>" not in content
    soup = BeautifulSoup(content, "html.parser")
    assert soup.select_one("button[data-kopieer]")["data-kopieer"].startswith(
        'Wie "mag" <b>dit</b>?, ‘In het kort’.'
    )
