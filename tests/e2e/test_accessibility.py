"""axe without violations on every kind of page and state; no sideways scrolling at 320 px."""

import re

import pytest

from tests.e2e.test_journeys import ask

PUBLIC = [
    "/",
    "/kennisbank/",
    "/kennisbank/praktijkvoorbeeld/",
    "/kennisbank/handreiking/uitstroom-uit-zorg-en-opvang/",
    "/kennisbank/stappenplan/woonzorgvisie-in-zeven-stappen/",
    "/kennisbank/praktijkvoorbeeld/majella-wonen/",
    "/kennisbank/praktijkvoorbeeld/het-gasthuis/",
    "/kennisbank/doelgroep/statushouders/",
    "/kennisbank/wet/wet-versterking-regie-volkshuisvesting/",
    "/kennisbank/financiering/regeling-huisvesting-aandachtsgroepen/",
    "/kennisbank/instrument/wooncoach/",
    "/kennisbank/gereedschapskist/woonzorgvisie/",
    "/over-dit-loket/",
    "/begrippen/",
    "/begrippen/woondeal/",
    "/zoeken/?q=urgentie+jongeren",
    "/zoeken/?q=urgentie&soort=doelgroep",
    "/zoeken/?q=laadpaal+elektrische+auto",
    "/zoeken/?q=qwertyzxcv",
    "/loket/vraag-stellen/",
    "/loket/inloggen/",
    "/loket/inloggen/verlopen/",
    "/medewerker/login/",
    "/medewerker/password/reset/",
    "/postvak/",
    "/bestaat-niet/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(visit, axe, path):
    for width in (1280, 320):
        page = visit(width)
        page.goto(path)
        assert axe(page) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_the_states_of_asking_and_the_thread(visit, axe, log_in):
    page = visit(320)
    page.goto("/loket/vraag-stellen/")
    page.get_by_role("button", name="Verder", exact=True).click()
    assert axe(page) == []
    page.get_by_label("Uw vraag").fill(
        "Hoe maken wij afspraken over woningdelen met de corporatie?"
    )
    page.get_by_label("Gemeente", exact=True).fill("Zutphen")
    page.get_by_label("E-mailadres").fill("ans@zutphen.example")
    page.get_by_role("button", name="Verder", exact=True).click()
    between = page.get_by_role("button", name="Nee, ga verder met mijn vraag")
    if between.count():
        assert axe(page) == []
        between.click()
    assert axe(page) == []
    page.get_by_role("button", name="Stuur vraag").click()
    assert axe(page) == []
    page.get_by_role("link", name="Bekijk uw vraag").click()
    assert axe(page) == []


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_the_workplace(visit, axe, log_in, width):
    reference = ask(
        visit(),
        "Hoe lang duurt een urgentieverklaring bij medische urgentie?",
        "jo@gouda.example",
    )
    page = visit(width)
    log_in(page, "Karim Haddad")
    for path in (
        "/werkplek/",
        f"/werkplek/{reference}/",
        "/werkplek/?weergave=afgerond",
    ):
        page.goto(path)
        assert axe(page) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    page.goto(f"/werkplek/{reference}/")
    page.get_by_role("button", name="Stuur antwoord").click()
    page.wait_for_load_state()
    area = page.get_by_label(re.compile("Antwoord aan"))
    assert area.evaluate("e => e === document.activeElement")
    assert axe(page) == []
    area.fill("Zes maanden.")
    page.get_by_role("button", name="Stuur antwoord").click()
    assert axe(page) == []
    page.get_by_role("link", name="Maak er kennis van").click()
    assert axe(page) == []
