"""Every state of the search page, as somebody meets it, with and without JavaScript."""

import re
import statistics
import time

import pytest

# A page that stands for an article which the knowledge base does not have itself.
PREPARE = """
import datetime
from collections import Counter
from dataclasses import replace
from unittest.mock import patch
from django.test import Client
from core.citations import article_key
from core.models import User
from knowledge.models import KennisPagina
from search import indexing, registry, steering
from search.models import BestBet, Document
from search.services import SearchUnavailable, keeping

page = KennisPagina.objects.get(slug="financiele-verhoudingswet")
found = registry.get("wet").document(page.pk)
first, *others = found.sections
key = article_key("Awb", "3:46")
stored, changed = indexing.store(
    replace(found, sections=(replace(first, citations=(key,)), *others))
)
keeping._write([indexing.indexed(stored, list(stored.secties.all()), Counter())], [])
editor = User.objects.get(email="bart@demo.example")
steering.save(actor=editor, row=BestBet(
    query="verhuizen",
    document=Document.objects.get(url="/kennisbank/instrument/wooncoach/"),
    reason="De wooncoach helpt bij elke verhuizing.",
    until=datetime.date.today() + datetime.timedelta(days=30),
    owner=editor,
))
with patch("search.services.asking._engine_search", side_effect=SearchUnavailable):
    away = Client().get("/zoeken/?q=urgentie", headers={"host": "127.0.0.1"})
answer = {"away": away.content.decode(), "status": away.status_code}
"""


@pytest.fixture(scope="module")
def prepared(in_site):
    """An article, a recommended page, and the page for when no engine answers."""
    return in_site(PREPARE)


@pytest.fixture(params=[True, False], ids=["javascript", "without"])
def reader(visit, axe, request):
    """A visitor at both widths; ``settle`` looks at the state that was reached."""
    page = visit(1280, javascript=request.param)

    def settle():
        if not request.param:
            return
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert axe(page) == []
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        page.set_viewport_size({"width": 1280, "height": 900})

    page.settle = settle
    return page


def search(page, text):
    page.goto("/zoeken/")
    page.get_by_label("Waar wilt u iets over weten?").fill(text)
    page.get_by_role("button", name="Zoek", exact=True).click()


def heading(page):
    return page.locator("h1").inner_text()


def first_hit(page):
    return page.locator(".treffer").first


def total(page):
    return int(re.match(r"\d+", heading(page))[0])


def choose(page, facet, value):
    """Tick one value; the filters lie folded where there is no JavaScript."""
    filters = page.locator(".filterblok")
    if not filters.evaluate("e => e.open"):
        filters.locator("summary").first.click()
    group = page.locator("details.facet").filter(
        has=page.locator("summary", has_text=re.compile(f"^{facet}$"))
    )
    if not group.evaluate("e => e.open"):
        group.locator("summary").click()
    group.get_by_label(value, exact=True).check()
    page.get_by_role("button", name="Pas filters toe").click()


def test_hits_facets_and_the_next_page(reader):
    search(reader, "urgentie")
    everything = total(reader)
    assert everything > 20
    assert first_hit(reader).locator("mark").count()
    first_hit(reader).locator("summary").click()
    assert "urgentie" in first_hit(reader).locator("details").inner_text()

    reader.get_by_role("navigation", name="Bladeren").get_by_text("Volgende").click()
    assert "pagina=2" in reader.url
    assert total(reader) == everything
    assert first_hit(reader).get_attribute("data-plek") == "21"
    reader.settle()

    reader.get_by_role("navigation", name="Bladeren").get_by_text("Vorige").click()
    choose(reader, "Soort", "Handreiking")
    assert total(reader) < everything
    assert "pagina=" not in reader.url
    assert set(reader.locator(".treffer .soort").all_inner_texts()) == {"Handreiking"}

    one = total(reader)
    choose(reader, "Doelgroep", "Statushouders")
    assert 0 < total(reader) < one
    tags = reader.locator(".filterlabel")
    assert tags.count() == 2
    reader.settle()

    tags.first.click()
    assert reader.locator(".filterlabel").count() == 1
    reader.get_by_role("link", name="Wis filters").click()
    assert total(reader) == everything


def test_a_typing_error_is_corrected_and_can_be_meant(reader):
    search(reader, "urgntie")
    meant = reader.locator(".band").filter(has_text="Bedoelde u")
    assert first_hit(reader).is_visible()
    reader.settle()
    meant.get_by_role("link", name="Zoek alleen op ‘urgntie’").click()
    assert heading(reader) == "Niets gevonden voor ‘urgntie’"
    search(reader, "urgntie")
    reader.get_by_role("link", name="urgentie", exact=True).click()
    assert "resultaten voor ‘urgentie’" in heading(reader)
    assert reader.locator(".band").count() == 0


def test_a_relaxed_search_says_so(reader):
    search(reader, '"urgentie jongeren opvang"')
    said = reader.locator(".band.info").inner_text()
    assert said.startswith("Geen pagina heeft precies deze woorden achter elkaar.")
    assert first_hit(reader).is_visible()
    reader.settle()


def test_a_question_without_an_answer_says_so_and_offers_the_loket(reader):
    search(reader, "bijstand voor wie in een tiny house op eigen grond woont")
    assert heading(reader).startswith("Geen goed antwoord op ‘bijstand voor wie")
    assert reader.get_by_role("link", name="Stel deze vraag aan het loket").is_visible()
    reader.settle()


def test_nothing_found_carries_the_words_to_the_loket(reader):
    search(reader, "qwertyzxcv & meer")
    assert heading(reader) == "Niets gevonden voor ‘qwertyzxcv & meer’"
    assert reader.locator(".filterblok").count() == 0
    reader.settle()
    reader.get_by_role("link", name="Stel deze vraag aan het loket").click()
    assert reader.get_by_label("Uw vraag").input_value() == "qwertyzxcv & meer"


def test_a_recommended_page_stands_first(reader, prepared):
    # Another process set it: this one hears of it within seconds.
    for _ in range(40):
        search(reader, "verhuizen")
        if "aanbevolen door de redactie" in first_hit(reader).inner_text():
            break
        time.sleep(0.25)
    assert "Wooncoach" in first_hit(reader).locator("h2").inner_text()
    first_hit(reader).locator("summary").click()
    assert "De wooncoach helpt bij elke verhuizing." in first_hit(reader).inner_text()
    reader.settle()


def test_the_article_of_a_citation_stands_first(reader, prepared):
    search(reader, "artikel 3:46 Awb")
    assert "voor ‘artikel 3:46 Awb’" in heading(reader)
    assert "Financiële-verhoudingswet" in first_hit(reader).locator("h2").inner_text()
    first_hit(reader).locator("summary").click()
    assert "Dit is de tekst waar u naar verwijst." in first_hit(reader).inner_text()
    reader.settle()


def test_without_an_engine_the_page_says_what_to_do(reader, prepared):
    assert prepared["status"] == 503
    reader.route(
        "**/zoeken/?q=urgentie",
        lambda route: route.fulfill(
            status=503, content_type="text/html", body=prepared["away"]
        ),
    )
    reader.goto("/zoeken/?q=urgentie")
    assert heading(reader) == "Zoeken lukt nu niet"
    reader.settle()
    reader.unroute_all()
    reader.get_by_role("link", name="Zoek opnieuw").click()
    assert "resultaten voor ‘urgentie’" in heading(reader)


def test_the_combobox_by_keyboard(page, axe):
    page.goto("/zoeken/")
    box = page.get_by_label("Waar wilt u iets over weten?")
    options = page.get_by_role("option")
    keys = page.keyboard
    box.focus()
    keys.type("woonz")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator("[role=status]").first.inner_text().endswith("suggesties")
    assert axe(page) == []

    keys.press("ArrowDown")
    keys.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    assert chosen.inner_text() == options.nth(1).inner_text()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    assert chosen.count() == 0
    keys.press("ArrowUp")
    assert chosen.inner_text() == options.last.inner_text()
    assert axe(page) == []

    # Home goes to the begin of what was typed, and nothing is chosen any more.
    keys.press("Home")
    assert chosen.count() == 0
    assert box.evaluate("e => e.selectionStart") == 0

    keys.press("Escape")
    assert options.count() == 0
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "woonz"
    keys.press("Escape")
    assert box.input_value() == ""

    # Enter without a choice searches for the words as typed.
    keys.type("woonz")
    options.first.wait_for()
    keys.press("Enter")
    page.wait_for_url("**/zoeken/?q=woonz")

    box.focus()
    keys.press("End")
    keys.type("orgvisie")
    options.first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(lambda url: "/zoeken/" not in url)


def test_suggestions_come_while_one_types(page):
    """Fifty keystrokes and more: 95 in 100 have their answer within 100 ms."""
    words = "urgentieverordening woonzorgvisie statushouders corporatie regio"
    page.goto("/zoeken/")
    box = page.get_by_label("Waar wilt u iets over weten?")
    measured = []
    for _ in range(2):  # another round when the machine was busy
        page.evaluate("performance.clearResourceTimings()")
        box.fill("")
        box.press_sequentially(words, delay=90)
        page.wait_for_timeout(300)
        took = page.evaluate(
            """performance.getEntriesByType('resource')
                .filter(e => e.name.includes('/suggesties') && e.responseStatus === 200)
                .map(e => e.duration)"""
        )
        assert len(took) >= 50
        measured.append(statistics.quantiles(took, n=20)[-1])
        print(f"p95 over {len(took)} toetsen: {measured[-1]:.0f} ms")
        if measured[-1] <= 100:
            break
    assert min(measured) <= 100, measured
