"""What somebody types is on the server before a button is pressed; seen in a browser."""

import re

import pytest

from tests.e2e.test_journeys import ask

WRITTEN = "Wij zoeken woonruimte voor een gezin dat volgende maand uit de opvang moet."


def saved(page, form: str) -> None:
    page.locator(f"{form} [data-conceptstand]", has_text="Concept bewaard").wait_for()


def forget_in_browser(page) -> None:
    """Only the server may still know what was typed."""
    page.evaluate("sessionStorage.clear()")


def fits(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_an_asker_who_reloads_finds_what_was_typed(visit, axe, width, tmp_path):
    page = visit(width)
    page.goto("/loket/vraag-stellen/")
    page.get_by_label("Uw vraag").fill(WRITTEN)
    saved(page, "#vraagformulier")
    forget_in_browser(page)
    page.goto("/loket/vraag-stellen/")
    assert page.get_by_label("Uw vraag").input_value() == WRITTEN
    assert axe(page) == []
    assert fits(page)
    page.screenshot(path=tmp_path / f"vraag-{width}.png", full_page=True)
    page.get_by_role("button", name="Wis mijn tekst").click()
    page.get_by_text("Uw tekst is gewist.").wait_for()
    assert page.get_by_label("Uw vraag").input_value() == ""
    reference = ask(page, WRITTEN, "tjerk@epe.example")
    page.goto("/loket/vraag-stellen/")
    assert page.get_by_label("Uw vraag").input_value() == ""
    page.goto(f"/loket/vraag/{reference}/")
    page.get_by_label("Uw reactie").fill("Het gaat om vijf mensen.")
    saved(page, "#reactie")
    forget_in_browser(page)
    page.reload()
    assert page.get_by_label("Uw reactie").input_value() == "Het gaat om vijf mensen."
    assert axe(page) == []
    assert fits(page)


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_desk_writes_down_what_was_said(visit, axe, log_in, width, tmp_path):
    asker = visit()
    reference = ask(asker, f"{WRITTEN} Kan dat op {width}?", f"b{width}@epe.example")
    page = visit(width)
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{reference}/")
    page.get_by_text("Schrijf op wat de vrager zei").click()
    page.get_by_label("Wat zei de vrager?").fill("Het haast, belde zij.")
    saved(page, "#namens")
    page.reload()
    assert (
        page.get_by_label("Wat zei de vrager?").input_value() == "Het haast, belde zij."
    )
    page.get_by_text("Leg een nummer vast").click()
    page.get_by_label("Telefoonnummer").fill("0612345678")
    page.locator("#nummer").get_by_role("button", name="Bewaar").click()
    error = page.get_by_text("Schrijf op hoe u zeker weet")
    error.wait_for()
    assert page.get_by_label("Telefoonnummer").input_value() == "0612345678"
    assert axe(page) == []
    assert fits(page)
    page.screenshot(path=tmp_path / f"werkplek-{width}.png", full_page=True)
    page.get_by_label(re.compile("Hoe weet u")).fill("Stond onder de mail van maandag.")
    page.locator("#nummer").get_by_role("button", name="Bewaar").click()
    page.get_by_text("Bel terug op: 0612345678").wait_for()
    page.get_by_role("button", name="Ik belde terug").click()
    page.get_by_text("Opgeschreven dat u terugbelde").wait_for()
    page.get_by_role("button", name="Zet in het gesprek").click()
    page.get_by_text("De reactie staat in het gesprek.").wait_for()
    asker.goto(f"/loket/vraag/{reference}/")
    said = asker.locator(".bericht").last.inner_text()
    assert "Het haast, belde zij." in said
    assert "per telefoon, opgeschreven door Karim Haddad" in said
    assert axe(asker) == []
