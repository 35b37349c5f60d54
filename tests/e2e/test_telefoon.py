"""Task 7 of the walkthrough: a call at the desk, keys and fields counted."""

import json
import re

import pytest

from tests.e2e.test_journeys import ask

SECONDS_A_KEY = 0.2
SECONDS_A_FIELD = 1.2
MOST_SECONDS, MOST_FIELDS = 60, 12
FIRST = "Mag een jongere van 18 uit de jeugdhulp urgentie krijgen in onze gemeente?"
SECOND = "Hoe maken wij afspraken met de corporatie over mensen die uit detentie komen?"

# The browser itself counts: every key that goes down, every control that gets the focus.
COUNT = """
sessionStorage.telVorig = sessionStorage.tel ?? '';
const tel = {keys: 0, fields: []};
const keep = () => { sessionStorage.tel = JSON.stringify(tel); };
addEventListener('keydown', () => { tel.keys++; keep(); }, true);
addEventListener('focusin', ({ target }) => {
    if (!target.matches('input, textarea, select, button, a, summary')) return;
    tel.fields.push(target.name || target.textContent.trim());
    keep();
}, true);
"""


@pytest.fixture
def telephone(visit, log_in):
    """telephone(width) → the telephone screen of Karim, with both calls empty."""

    def open_at(width=1280, *, javascript=True, count=False):
        page = visit(width, javascript=javascript)
        log_in(page, "Karim Haddad")
        for plek in (2, 1):
            page.goto(f"/werkplek/telefoon/{plek}/")
            page.get_by_role("button", name="Wis dit gesprek").click()
        if count:
            page.add_init_script(COUNT)
            page.goto("/werkplek/telefoon/")
        return page

    return open_at


def here(page) -> str:
    """The control that has the focus."""
    return page.evaluate("document.activeElement.name")


def tab(page, name: str) -> None:
    page.keyboard.press("Tab")
    assert here(page) == name


def choose_found(page, number: int) -> None:
    """From the text of a question to the first page that the knowledge base has."""
    page.locator(f"#bronnen-{number} input").first.wait_for()
    tab(page, f"vraag-{number}-zoek")
    tab(page, f"vraag-{number}-keuze")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(f"#bronnen-{number} :checked").count() == 1


def take_in(page) -> tuple[float, int]:
    """Ctrl Enter; seconds by the keystroke-level model and fields touched until then."""
    page.keyboard.press("Control+Enter")
    page.get_by_text("Gesprek opgenomen").wait_for()
    # The page after it counts anew; what this one counted is kept beside that.
    tel = json.loads(page.evaluate("sessionStorage.telVorig"))
    fields = len(tel["fields"])
    seconds = tel["keys"] * SECONDS_A_KEY + fields * SECONDS_A_FIELD
    print(f"{seconds:.1f} s, {fields} velden: {tel['fields']}")
    return seconds, fields


def test_task_7_an_anonymous_call_with_two_questions(telephone):
    page = telephone(count=True)
    assert here(page) == "wie"
    tab(page, "gemeente")
    tab(page, "vraag-1-text")
    page.keyboard.type(FIRST)
    tab(page, "vraag-1-zoek")
    tab(page, "vraag-1-keuze")
    page.keyboard.press("ArrowDown")
    tab(page, "vraag-1-antwoord")
    page.keyboard.type("Ja, tot 23 jaar.")
    tab(page, "vraag-2-text")
    page.keyboard.type(SECOND)
    choose_found(page, 2)
    seconds, fields = take_in(page)
    page.get_by_text("Gesprek opgenomen: 2 vragen meteen beantwoord.").wait_for()
    assert len(FIRST.split()) >= 10
    assert len(SECOND.split()) >= 10
    assert seconds <= MOST_SECONDS
    assert fields <= MOST_FIELDS
    newest = page.locator("section .lijst > li").first.inner_text()
    assert "Anonieme beller" in newest
    assert "beantwoord uit de kennisbank" in newest


def test_task_7_a_known_caller_with_two_questions(telephone, visit, mail):
    ask(
        visit(),
        "Een eerste vraag om bekend te zijn bij het loket.",
        "wieke@epe.example",
    )
    page = telephone(count=True)
    page.keyboard.type("wieke")
    page.locator("#bellers input").wait_for()
    tab(page, "beller")
    page.keyboard.press("Space")
    tab(page, "gemeente")
    tab(page, "vraag-1-text")
    page.keyboard.type(FIRST)
    tab(page, "vraag-1-zoek")
    tab(page, "vraag-1-keuze")
    tab(page, "vraag-2-text")
    page.keyboard.type(SECOND)
    choose_found(page, 2)
    seconds, fields = take_in(page)
    page.get_by_text(
        "Gesprek opgenomen: 1 vraag doorgezet en 1 vraag meteen beantwoord."
    ).wait_for()
    assert seconds <= MOST_SECONDS
    assert fields <= MOST_FIELDS
    assert "Meppel" in page.locator("section .lijst > li").first.inner_text()
    page.get_by_role("link", name=re.compile("^Mag een jongere van 18")).first.click()
    assert (
        "per telefoon, opgeschreven door Karim" in page.locator(".bericht").inner_text()
    )
    assert "jongere" not in mail(page, "wieke@epe.example", "ontvangen").lower()


@pytest.mark.parametrize("javascript", [True, False])
def test_two_calls_side_by_side_survive_a_new_session(
    telephone, visit, log_in, javascript
):
    page = telephone(javascript=javascript)
    page.get_by_label("Vraag 1", exact=True).fill(FIRST)
    page.get_by_role("button", name="Gesprek 2").click()
    page.wait_for_url("**/2/")
    page.get_by_label("Vraag 1", exact=True).fill(SECOND)
    if javascript:
        page.locator("[data-conceptstand]", has_text="Concept bewaard").wait_for()
    else:
        page.get_by_role("button", name="Bewaar concept").click()
    again = visit(javascript=javascript)
    log_in(again, "Karim Haddad")
    again.goto("/werkplek/telefoon/1/")
    assert again.get_by_label("Vraag 1", exact=True).input_value() == FIRST
    again.get_by_role("button", name="Gesprek 2").click()
    assert again.get_by_label("Vraag 1", exact=True).input_value() == SECOND


def test_a_call_without_javascript(telephone, visit):
    ask(visit(), "Nog een vraag om bekend te zijn bij het loket.", "sjoerd@epe.example")
    page = telephone(javascript=False)
    page.get_by_label("Wie belt?").fill("sjoerd")
    page.get_by_role("button", name="Zoek de beller").click()
    page.get_by_role("radio", name=re.compile("sjoerd@epe.example")).check()
    page.get_by_label("Vraag 1", exact=True).fill(FIRST)
    page.get_by_role("button", name="Zoek in de kennisbank").first.click()
    assert page.get_by_role("radio", name=re.compile("sjoerd@")).is_checked()
    page.locator("#bronnen-1 input").first.check()
    page.get_by_role("button", name="Neem gesprek op").click()
    page.get_by_text("Gesprek opgenomen: 1 vraag meteen beantwoord.").wait_for()


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_telephone_screen_is_accessible(telephone, axe, visit, tmp_path, width):
    ask(visit(), "Weer een vraag om bekend te zijn bij het loket.", "ymke@epe.example")
    page = telephone(width)

    def check(name):
        assert axe(page) == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)

    check("leeg")
    page.get_by_label("Wie belt?").fill("ymke@")
    page.get_by_role("radio", name=re.compile("ymke@epe.example")).wait_for()
    page.get_by_label("Vraag 1", exact=True).fill(FIRST)
    page.locator("#bronnen-1 input").first.wait_for()
    page.locator("#bronnen-1 input").first.check()
    check("gevuld")
    page.get_by_role("button", name="Neem gesprek op").click()
    page.locator("[data-foutmelding]").wait_for()
    assert page.evaluate("document.activeElement.matches('[data-foutmelding]')")
    assert page.get_by_label("Vraag 1", exact=True).input_value() == FIRST
    check("fout")
    page.get_by_role("radio", name=re.compile("ymke@epe.example")).check()
    page.get_by_role("button", name="Neem gesprek op").click()
    page.get_by_text("Gesprek opgenomen").wait_for()
    check("klaar")
    page.get_by_role("link", name="Terug naar de werkplek").click()
    check("werkplek")
