"""Task 3 of the walkthrough: an ordinance in hand beside one that is here, to the council."""

from __future__ import annotations

import re

import docx
import pytest

from tests import office
from tests.knowledge.regelingen import eigen_tekst

STAD = "Huisvestingsverordening Voorbeeldstad 2026"
WIDTHS = (1280, 320)


@pytest.fixture(scope="module")
def regelingen(in_site):
    folder = eigen_tekst.STAD.parent
    return in_site(
        "from django.core.management import call_command\n"
        f"call_command('import_regeling', {str(folder)!r}, publish=True)\n"
        "from knowledge.models import Regeling\n"
        "answer = [str(one) for one in Regeling.objects.all()]"
    )


@pytest.fixture
def own_file(tmp_path):
    path = tmp_path / "onze verordening.docx"
    path.write_bytes(eigen_tekst.own_docx())
    return path


class Clicks:
    """Counts what a visitor presses; choosing a file is one press too."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0

    def on(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def choose(self, label: str, path) -> None:
        self.count += 1
        self.page.get_by_label(label).locator("visible=true").set_input_files(path)


def compare(page, own_file) -> int:
    page.goto("/verordeningen/")
    clicks = Clicks(page)
    clicks.on("link", f"Vergelijk {STAD}")
    clicks.choose("Bestand (DOCX of XML)", own_file)
    clicks.on("button", "Vergelijk")
    page.wait_for_url("**/eigen/**")
    return clicks.count


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_task_3_compare_and_take_it_to_the_council(
    visit, regelingen, own_file, tmp_path, width, javascript
):
    page = visit(width, javascript=javascript)
    assert compare(page, own_file) <= 3
    assert page.locator("h1").inner_text() == f"{STAD} naast {eigen_tekst.TITLE}"
    assert "gewijzigd" in page.locator("h1 + p").inner_text()
    page.get_by_role("link", name=re.compile("^Gewijzigd")).click()
    changed = page.locator("section.artikel", has_text="2:2")
    assert "acht" in changed.locator("del").first.inner_text()
    assert "zes" in changed.locator("ins").first.inner_text()
    columns = [box.bounding_box() for box in changed.locator(".naast > div").all()]
    beside = columns[0]["y"] == columns[1]["y"]
    assert beside is (width >= 900)
    page.get_by_role("link", name="Was-wordt-tabel").click()
    assert page.get_by_role("columnheader", name=f"Was: {STAD}").is_visible()
    with page.expect_download() as found:
        page.get_by_role("link", name="Download Word").click()
    path = tmp_path / "was-wordt.docx"
    found.value.save_as(path)
    assert found.value.suggested_filename.endswith(".docx")
    styles = {p.style.name for p in docx.Document(str(path)).paragraphs}
    assert {"Title", "Heading 1"} <= styles
    read = office.convert(path, "txt:Text").read_text("utf-8-sig")
    assert "Wordt: Huisvestingsverordening Meppel 2027" in read
    assert "Het college beslist binnen zes weken" in read
    assert office.convert(path, "pdf").stat().st_size > 5_000


def test_a_pdf_is_refused_at_the_field_and_her_words_stay(page, regelingen, tmp_path):
    wrong = tmp_path / "verordening.docx"
    wrong.write_bytes(b"%PDF-1.7 geen word")
    page.goto("/verordeningen/vergelijken/")
    page.get_by_text("Of lever zelf een tekst aan").click()
    page.locator("#id_tekst1-plak").fill("Artikel 1 Doel\nDit is een tekst van mij.")
    page.locator("#id_tekst2-bestand").set_input_files(wrong)
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    page.get_by_role("link", name=re.compile("Tweede tekst: Dit is een PDF")).click()
    assert page.evaluate("document.activeElement.id") == "id_tekst2-bestand"
    assert page.get_by_text("Bewaard:").is_visible()
    page.locator("#id_tekst2-plak").fill("Artikel 1 Doel\nDit is een andere tekst.")
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    assert page.locator("section.artikel ins").inner_text().endswith("andere")


def test_only_her_link_opens_it_until_she_deletes_it(visit, page, regelingen, own_file):
    compare(page, own_file)
    address = page.url
    other = visit()
    assert other.goto(address).status == 200
    page.get_by_role("button", name="Verwijder mijn tekst nu").click()
    assert page.get_by_text("Uw tekst en de vergelijking zijn verwijderd.").is_visible()
    assert other.goto(address).status == 404
    other.go_back()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page, axe, regelingen, own_file
):
    def faults() -> list[str]:
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{page.url} {width}: {fault}" for fault in axe(page)]
            if not page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ):
                found.append(f"{page.url} {width}: schuift opzij")
        return found

    page.goto("/verordeningen/")
    found = faults()
    page.get_by_role("link", name=STAD, exact=True).click()
    found += faults()
    page.goto("/verordeningen/vergelijken/")
    for summary in page.locator("main details summary").all():
        summary.click()
    found += faults()
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    found += faults()
    compare(page, own_file)
    found += faults()
    address = page.url
    for summary in page.locator("main details summary").all():
        summary.click()
    found += faults()
    page.goto(f"{address}?weergave=tabel")
    found += faults()
    page.goto(f"{address}aanpassen/")
    page.get_by_text("Nog een tekst ernaast").click()
    page.locator("#id_tekst3-regeling").select_option(index=1)
    page.locator("#id_tekst4-regeling").select_option(index=3)
    found += faults()
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    assert page.locator(".naast.vier").count()
    found += faults()
    page.goto("/verordeningen/vergelijken/eigen/verzonnen/")
    found += faults()
    assert found == []
