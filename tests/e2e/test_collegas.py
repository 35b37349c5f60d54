"""A colleague reads along by a link; the front office merges two questions and undoes it."""

import re

import pytest

from tests.e2e.test_journeys import ask

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def log_in_by_mail(page, mail, address):
    page.goto("/loket/inloggen/")
    page.get_by_label("Uw e-mailadres").fill(address)
    page.get_by_role("button", name="Stuur mij een link").click()
    text = mail(page, address, "link naar Mijn vragen")
    page.goto(re.search(r"http://\S+/loket/inloggen/\S+", text)[0])
    page.get_by_role("button", name="Open mijn vragen").click()


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (768, True), (320, False)]
)
def test_a_colleague_is_admitted_replies_and_is_withdrawn(
    visit, axe, mail, width, javascript
):
    def sound(page):
        if javascript:
            assert axe(page) == []
            assert page.evaluate(FITS)

    address, colleague = f"anne{width}@ommen.example", f"bram{width}@zorg.example"
    page = visit(width, javascript=javascript)
    reference = ask(page, "Hoe regelen wij uitstroom uit beschermd wonen?", address)
    log_in_by_mail(page, mail, address)
    sound(page)
    page.goto(f"/loket/vraag/{reference}/")
    page.get_by_text("Wie mag deze vraag zien?").click()
    page.get_by_role("button", name="Laat meelezen").click()
    assert "naam@gemeente.nl" in page.locator("#wie-ziet-dit").inner_text()
    sound(page)
    page.get_by_label("E-mailadres van uw collega").fill(colleague)
    page.get_by_role("button", name="Laat meelezen").click()
    assert "krijgt een mail" in page.locator("main").inner_text()
    sound(page)

    bram = visit(width, javascript=javascript)
    text = mail(bram, colleague, "Wilt u meelezen")
    bram.goto(re.search(r"http://\S+/loket/meelezen/\S+", text)[0])
    sound(bram)
    bram.get_by_role("button", name="Lees mee").click()
    assert "U leest mee" in bram.locator("main").inner_text()
    bram.get_by_label("Uw reactie").fill("Het gaat om zes mensen per jaar.")
    bram.get_by_role("button", name="Stuur reactie").click()
    assert "Het gaat om zes mensen" in bram.locator("main").inner_text()
    sound(bram)

    page.reload()
    assert "Het gaat om zes mensen" in page.locator("main").inner_text()
    page.get_by_role("button", name=re.compile("Trek in")).click()
    assert "leest niet meer mee" in page.locator("main").inner_text()
    gone = bram.goto(f"/loket/vraag/{reference}/")
    assert gone.status == 404


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_two_questions_are_merged_by_keyboard_and_it_is_undone(
    visit, axe, log_in, width
):
    def sound():
        assert axe(page) == []
        assert page.evaluate(FITS)

    def press(name):
        page.get_by_role("button", name=name, exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    address = f"cor{width}@ommen.example"
    first = ask(visit(), "Hoe tellen wij woonwagens in onze gemeente?", address)
    second = ask(visit(), "Hoe tellen wij standplaatsen voor woonwagens?", address)
    page = visit(width)
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{first}/")
    page.locator("#samenvoegen summary").focus()
    page.keyboard.press("Enter")
    press("Voeg samen")
    assert "Kies een vraag" in page.locator("#samenvoegen").inner_text()
    sound()
    page.get_by_label(re.compile(re.escape(second))).focus()
    page.keyboard.press("Space")
    press("Voeg samen")
    main = page.locator("main").inner_text()
    assert f"uit {second}" in main
    assert "standplaatsen voor woonwagens" in main
    sound()
    press("Maak samenvoegen ongedaan")
    assert f"uit {second}" not in page.locator("main").inner_text()
    page.goto(f"/werkplek/{second}/")
    assert "nieuw" in page.locator("main").inner_text()
    assert "samengevoegd. Het gesprek" not in page.locator("main").inner_text()
