"""From two files in the editors' admin to a comparison in Word, and a draft to its file."""

from __future__ import annotations

import re

import docx
import pytest

from tests import office
from tests.e2e.test_concept import answer_step, progress
from tests.knowledge.regelingen.xml_files import FILES

WIDTHS = (320, 768, 1280)
TWO = ("voorbeeldstad_leden.xml", "voorbeelddorp_lijsten.xml")


@pytest.fixture
def look(axe, tmp_path):
    """look(page, name): what is wrong at three widths; leaves a picture of each."""

    def act(page, name: str) -> list[str]:
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
            found += [f"{name} {width}: {fault}" for fault in axe(page)]
            if not page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ):
                found.append(f"{name} {width}: schuift opzij")
        page.set_viewport_size({"width": 1280, "height": 900})
        return found

    return act


@pytest.fixture(scope="module")
def taken_in(chromium, live):
    """Two municipalities, brought in by an editor through the upload of the admin."""
    context = chromium.new_context(base_url=live, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto("/medewerker/login/")
    page.get_by_role("button", name=re.compile("Bart")).click()
    page.goto("/redactie/regelingen/inlezen/")
    page.locator("input[type=file]").set_input_files([FILES / name for name in TWO])
    page.get_by_label("Maak wat goed is ingelezen meteen openbaar").first.check()
    page.get_by_role("button", name="Lees in", exact=True).click()
    report = page.locator("main").inner_text()
    context.close()
    return report


def test_two_municipalities_from_upload_to_word(
    page, in_site, taken_in, look, tmp_path
):
    kept = re.findall(r"([\d,]+)%", taken_in)
    assert len(kept) == 2
    assert all(float(share.replace(",", ".")) >= 99 for share in kept)
    in_site("from core import outbox\nanswer = outbox.drain() or 0")

    page.goto("/")
    page.get_by_role("link", name="Zoek in artikelen van verordeningen").click()
    page.get_by_label("Zoek in artikelen van verordeningen").fill("hardheidsclausule")
    page.get_by_role("button", name="Zoek", exact=True).click()
    faults = look(page, "artikelen")
    first = page.locator(".treffers h2 a, .treffers h3 a").first
    assert "ardheid" in first.inner_text()
    first.click()
    assert "#artikel-" in page.url

    page.goto("/zoeken/?q=hardheidsclausule")
    line = page.get_by_role("link", name=re.compile("^Zoek ook in artikelen"))
    assert int(line.inner_text().rpartition(" ")[2]) >= 2
    faults += look(page, "zoeken")

    page.goto("/verordeningen/vergelijken/")
    names = page.locator("#id_tekst1-regeling option").all_inner_texts()
    stad = next(n for n in names if "Voorbeeldstad" in n)
    dorp = next(n for n in names if "Voorbeelddorp" in n)
    for number, name in ((1, stad), (2, dorp)):
        field = page.locator(f"#id_tekst{number}-regeling")
        if not field.is_visible():
            page.locator("main details", has=field).locator("summary").first.click()
        field.select_option(label=name)
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    faults += look(page, "vergelijking")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Download Word")).click()
    path = tmp_path / "vergelijking.docx"
    waiting.value.save_as(path)
    words = "\n".join(
        cell.text
        for table in docx.Document(str(path)).tables
        for row in table.rows
        for cell in row.cells
    )
    read = office.convert(path, "txt:Text").read_text("utf-8-sig")
    assert words.split()
    assert all(word in read for word in words.split()[:40])
    assert office.convert(path, "pdf").stat().st_size > 5_000
    assert faults == []


def test_a_draft_from_the_first_choice_to_word(page, look, tmp_path):
    page.goto("/")
    page.get_by_role("link", name="Maak een concept van een verordening").click()
    page.get_by_role("button", name="Begin met Model urgentieverordening").click()
    faults = look(page, "stap")
    for _ in range(12):
        if not page.locator(".vraagblok").count():
            break
        answer_step(page)
    done, total = progress(page)
    assert done == total > 10
    faults += look(page, "concept")
    page.get_by_role("link", name="Controleer de verplichte categorieën").click()
    assert page.locator("li[id^=groep-]").count() == 11
    faults += look(page, "categorieen")
    place = page.locator("li[id^=groep-] p a[href*='#artikel']").first
    address = place.get_attribute("href")
    place.click()
    assert page.locator(f"[id='{address.partition('#')[2]}']").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word (DOCX)").click()
    path = tmp_path / "concept.docx"
    waiting.value.save_as(path)
    read = office.convert(path, "txt:Text").read_text("utf-8-sig")
    assert "Open punten" not in read
    assert not re.search(r"[\[\]]", read)
    assert office.convert(path, "pdf").stat().st_size > 5_000
    assert faults == []
