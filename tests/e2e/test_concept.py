"""Task 4: a concept of an urgentieverordening, stopped halfway, gone on with by mail."""

import io
import re

import docx
import pytest
from playwright.sync_api import expect

WHOLE = re.compile(r"(\d+) van (\d+) keuzes?")


def progress(page) -> tuple[int, int]:
    found = WHOLE.search(page.locator("main").inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


def download(page, name: str) -> tuple[str, list[str]]:
    """The name of the file and its paragraphs."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    saved = waiting.value
    document = docx.Document(io.BytesIO(saved.path().read_bytes()))
    return saved.suggested_filename, [p.text for p in document.paragraphs if p.text]


def answer_step(page) -> None:
    """The first option of each question, and each blank by its example."""
    for block in page.locator(".vraagblok").all():
        options = block.get_by_role("radio")
        if options.count():
            options.first.check()
            continue
        field = block.locator("input").first
        example = re.search(r"Voorbeeld: (.+)", block.inner_text())
        value = example[1].strip() if example else "12"
        if field.get_attribute("type") == "date":
            value = "2027-01-01"
        if not field.input_value():
            field.fill(value)
    # Without a visit by keyboard the last field has told nobody that it changed.
    page.get_by_role("button", name=re.compile("^Bewaar en (ga verder|bekijk)")).click()


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (320, True), (320, False)]
)
def test_task_4_a_concept_that_goes_on_by_mail(visit, mail, width, javascript):
    email = f"annemiek-{width}-{javascript}@meppel.example".lower()
    page = visit(width, javascript=javascript)
    page.goto("/verordeningen/")
    page.get_by_role("link", name="Model urgentieverordening", exact=True).click()
    page.get_by_role("button", name="Maak een eigen concept").click()
    assert progress(page)[0] == 0

    page.get_by_label("Hoe heet uw gemeente?").fill("Meppel")
    page.get_by_role("radio", name=re.compile("^Alleen")).check()
    if javascript:
        expect(page.locator("#meelezen")).to_contain_text("Urgentieverordening Meppel")
        expect(page.locator(".voortgangsregel")).to_contain_text("2 van")
    page.get_by_role("button", name="Bewaar en stop").click()
    before = progress(page)
    assert before[0] == 2
    page.get_by_role("link", name="Bewaar bij mijn e-mailadres").click()
    page.get_by_label("Uw e-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een link").click()
    assert "Kijk in uw mail" in page.locator("h1").inner_text()

    # Tomorrow, on another device.
    page = visit(width, javascript=javascript)
    text = mail(page, email, "Uw concept")
    page.goto(re.search(r"/loket/inloggen/\S+", text)[0])
    page.get_by_role("button").filter(has_text="Open").click()
    assert "Urgentieverordening Meppel" in page.locator("h1").inner_text()
    assert progress(page) == before

    name, lines = download(page, "Word (DOCX)")
    assert name.startswith("concept-")
    open_points = lines.index("Open punten")
    assert lines[open_points + 1].endswith("?")
    assert open_points < lines.index("Begripsbepalingen")

    page.get_by_role("link", name="1. Reikwijdte").click()
    for _ in range(12):
        if not page.locator(".vraagblok").count():
            break
        answer_step(page)
    assert progress(page)[0] == progress(page)[1]
    assert "Alle keuzes zijn gemaakt." in page.locator("main").inner_text()
    name, lines = download(page, "Word (DOCX)")
    assert name == "urgentieverordening-meppel-2027.docx"
    assert "Open punten" not in lines
    assert not [line for line in lines if re.search(r"[\[\]]", line)]

    page.goto("/loket/mijn-vragen/")
    assert (
        page.get_by_role("link", name="Model urgentieverordening", exact=True).count()
        == 1
    )
    if javascript:
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_a_concept_is_accessible(visit, axe, width):
    page = visit(width)

    def look() -> None:
        assert axe(page) == [], page.url
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), page.url

    page.goto("/concepten/")
    look()
    page.get_by_role("link", name="Model urgentieverordening", exact=True).click()
    page.locator("details.keuze summary").first.click()
    look()
    page.get_by_role("button", name="Maak een eigen concept").click()
    look()
    base = re.match(r".*/concepten/[^/]+/", page.url)[0]
    for path in (
        "stap/3/", "artikelen/", "artikelen/artikel-2/", "artikelen/nieuw/", "bewaren/",
        "weggooien/", "",
    ):  # fmt: skip
        page.goto(base + path)
        look()
    page.goto(f"{base}stap/3/")
    number = page.locator("input[inputmode=numeric]").first
    number.fill("veel")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    assert page.locator("[data-foutmelding]").is_visible()
    look()
