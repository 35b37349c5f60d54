"""Reading a regulation in a browser: terms, citations, a hit on its lid, a question."""

import re

import pytest

from tests.e2e.test_accessibility import AT_REST

STORE = """
from dataclasses import replace
from pathlib import Path
from core import outbox
from knowledge.models import Regeling
from knowledge.regelingen import files
from knowledge.regelingen.services import store
folder = Path("knowledge/starter/verordeningen")
raw = (folder / "voorbeeldstad_leden.xml").read_bytes()
read = files.read(raw, "x.xml")
before = files.read(raw.replace(b"acht weken", b"zes weken"), "x.xml")
store(imported=replace(before, regeling=replace(before.regeling, version="0", valid_from="2024-01-01", valid_until="2026-03-01")), publish=True)
answer = store(imported=read, publish=True).versie.regeling.get_absolute_url()
outbox.drain()
"""


@pytest.fixture(scope="module")
def address(in_site):
    """Where the example ordinance is read, of two versions."""
    return in_site(STORE)


def article(page, number):
    return page.locator(f"section[aria-labelledby='artikel-{number}']")


def in_view(element) -> bool:
    return element.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_a_term_shows_its_meaning_by_keyboard_and_by_touch(visit, axe, address, width):
    page = visit(width)
    page.goto(address)
    term = article(page, "2:2").get_by_role("button", name="huishouden")
    term.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="huishouden")
    assert "een alleenstaande, of twee of meer personen" in box.inner_text()
    assert box.evaluate("e => e === document.activeElement")
    assert in_view(box)
    assert term.get_attribute("aria-expanded") == "true"
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert term.evaluate("e => e === document.activeElement")
    page.keyboard.press("Space")
    box.get_by_role("link", name="Naar de begripsbepaling").click()
    assert box.is_hidden()
    assert page.url.endswith("#artikel-1:1-onderdeel-c")
    assert in_view(page.locator("[id='artikel-1:1-onderdeel-c']"))


def test_without_javascript_a_term_is_a_link_and_the_citation_can_be_selected(
    visit, address
):
    page = visit(320, javascript=False)
    page.goto(address)
    article(page, "2:2").get_by_role("link", name="huishouden").click()
    assert page.url.endswith("#artikel-1:1-onderdeel-c")
    cite = article(page, "2:2").locator("details.citaat")
    cite.locator("summary").click()
    assert (
        "Artikel 2:2, tweede lid, van de Huisvestingsverordening" in cite.inner_text()
    )
    assert not article(page, "2:2").get_by_role("button").count()


def test_the_citation_of_article_and_lid_is_copied_with_one_click(visit, address):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    copied = "navigator.clipboard.readText()"
    button = article(page, "2:2").get_by_role("button", name="Kopieer citaat")
    button.click()
    article(page, "2:2").get_by_text("Citaat gekopieerd").wait_for()
    assert page.evaluate(copied).startswith(
        "Artikel 2:2 van de Huisvestingsverordening"
    )
    article(page, "2:2").locator(".nummer a").nth(1).click()
    page.wait_for_function(f"{copied}.then(text => text.includes('tweede lid'))")
    cited = re.search(r"http\S+", page.evaluate(copied))[0]
    page.goto(cited)
    lid = page.locator("[id='artikel-2:2-lid-2']")
    assert "zoals die gold op" in page.locator("article").inner_text()
    assert lid.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_hit_lands_on_the_lid_with_its_article_in_view_and_the_focus_there(
    visit, address, width
):
    page = visit(width)
    page.goto("/zoeken/?q=college+beslist+binnen+acht+weken+ontvangst+aanvraag")
    hit = page.locator(".treffer").filter(has_text="Voorbeeldstad").first
    hit.get_by_role("link").first.click()
    assert page.url.endswith(f"{address}#artikel-2:2-lid-2")
    lid = page.locator("[id='artikel-2:2-lid-2']")
    assert in_view(lid)
    assert lid.evaluate("e => e === document.activeElement")
    if width > 800:
        assert in_view(article(page, "2:2").locator("h3"))


@pytest.mark.parametrize("javascript", [True, False])
def test_asking_about_an_article(visit, log_in, address, javascript):
    page = visit(javascript=javascript)
    page.goto(address)
    article(page, "2:2").get_by_role("link", name="Vraag hierover").click()
    words = "Huisvestingsverordening Voorbeeldstad 2026, Artikel 2:2 Aanvraag"
    assert words in page.locator("main").inner_text()
    page.get_by_label("Uw vraag").fill("Welke stukken vraagt u nog meer van iemand?")
    page.get_by_label("Gemeente", exact=True).fill("Meppel")
    page.get_by_label("E-mailadres").fill("anna@meppel.example")
    page.get_by_role("button", name="Verder", exact=True).click()
    between = page.get_by_role("button", name="Nee, ga verder met mijn vraag")
    if between.count():
        between.click()
    assert words in page.locator("dl").inner_text()
    page.get_by_role("button", name="Stuur vraag").click()
    reference = page.locator("dd").first.inner_text()
    page.get_by_role("link", name=words).click()
    assert page.url.endswith(f"{address}#artikel-2:2")
    staff = visit()
    log_in(staff, "Karim Haddad")
    staff.goto(f"/werkplek/{reference}/")
    staff.get_by_role("link", name=words).click()
    assert staff.url.endswith(f"{address}#artikel-2:2")


def test_the_explanation_stands_beside_a_wide_and_under_a_narrow_text(visit, address):
    wide, narrow = visit(1280), visit(1000)
    for page in (wide, narrow):
        page.goto(address)
    text, note = (
        article(wide, "2:2").locator(one).bounding_box()
        for one in (":scope > div >> nth=0", ".toelichting")
    )
    assert note["x"] >= text["x"] + text["width"]
    assert wide.get_by_text("noemt al wat in elke aanvraag staat").is_visible()
    assert not narrow.get_by_text("noemt al wat in elke aanvraag staat").is_visible()


@pytest.mark.parametrize("day", ["", "?geldig-op=2025-01-01", "?geldig-op=1999-01-01"])
def test_the_reading_page_is_accessible_with_everything_open(visit, axe, address, day):
    for width in (1280, 320):
        page = visit(width)
        page.goto(address + day)
        page.evaluate(
            "for (const d of document.querySelectorAll('details')) d.open = true"
        )
        page.evaluate(AT_REST)
        assert axe(page) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_what_is_printed_is_the_text_and_not_the_site(visit, address):
    page = visit()
    page.goto(f"{address}?geldig-op=2025-01-01")
    page.emulate_media(media="print")
    for gone in (".kop nav", ".inhoud", ".voet", ".sectieknoppen", "form", ".utrecht-skip-link"):  # fmt: skip
        for element in page.locator(gone).all():
            assert not element.is_visible(), gone
    printed = page.locator("article").inner_text()
    assert f"{address}?geldig-op=2025-01-01" in printed
    assert "https://lokaleregelgeving.overheid.nl/CVDR999001" in printed
    assert "zes weken" in printed
    assert page.pdf(format="A4").startswith(b"%PDF")
