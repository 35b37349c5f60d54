"""The tasks of the walkthrough, as their users do them."""

import re
import time

import pytest

QUESTION = (
    "Mag een jongere van 18 uit de jeugdhulp urgentie krijgen, en tot welke leeftijd?"
)
UNKNOWN = "Onze gemeente wil weten hoe andere gemeenten een tussenvoorziening organiseren voor jongeren die beschermd wonen verlaten en nog studeren"


def ask(page, text, email, *, extra=None):
    """Two screens; with the step between them when there is no JavaScript."""
    page.goto("/loket/vraag-stellen/")
    page.get_by_label("Uw vraag").fill(text)
    page.get_by_label("Gemeente", exact=True).fill("Meppel")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Verder", exact=True).click()
    between = page.get_by_role("button", name="Nee, ga verder met mijn vraag")
    if between.count():
        between.click()
    if extra:
        page.get_by_label(re.compile("Bijlagen")).set_input_files(extra)
    page.get_by_role("button", name="Stuur vraag").click()
    assert "Uw vraag is binnen" in page.locator("h1").inner_text()
    return page.locator("dd").first.inner_text()


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (320, True), (320, False)]
)
def test_task_1_find_the_rule(visit, width, javascript):
    page = visit(width, javascript=javascript)
    page.goto("/")
    page.get_by_label("Waar wilt u iets over weten?").fill(QUESTION)
    page.get_by_role("button", name="Zoek", exact=True).click()
    hit = page.locator(".treffer").filter(has_text="jeugdhulp").first
    hit.get_by_role("link").first.click()
    # A hit on the first section opens the page itself, with its title in view.
    anchor = page.url.partition("#")[2]
    heading = page.locator(f"[id='{anchor}']" if anchor else "h1").first
    assert re.search(r"urgentie|jongere", page.locator("main").inner_text())
    assert heading.is_visible()
    assert heading.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
    )
    assert re.search(r"22\s+november\s+2026", page.locator("main").inner_text())
    assert (
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        if javascript
        else True
    )


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (320, True), (320, False)]
)
def test_task_2_find_a_case_with_figures(visit, width, javascript):
    """Without the reason of likeness: of her own municipality nothing is known yet."""
    page = visit(width, javascript=javascript)
    page.goto("/zoeken/?q=gemengd+wonen+cijfers+over+terugval")
    cases = page.locator(".treffer").filter(has_text="Praktijkvoorbeeld")
    cases.first.get_by_role("heading").get_by_role("link").click()
    main = page.locator("main")
    facts = main.inner_text()
    # A figure with its year and its source, and what is not known of it.
    assert re.search(r"90 procent\s+2020,\s+Een thuis voor iedereen", facts)
    assert "Terugval" in facts
    assert "jaar niet bekend" in facts
    assert "Nog onzeker" in facts
    assert "Utrecht" in facts


def test_search_box_by_keyboard(page):
    page.goto("/")
    box = page.get_by_label("Waar wilt u iets over weten?")
    box.focus()
    page.keyboard.type("majel", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/majella-wonen/")


@pytest.mark.parametrize("javascript", [True, False])
def test_task_5_and_6_ask_follow_and_react(visit, log_in, mail, javascript, tmp_path):
    email = f"annemiek-{javascript}@meppel.example".lower()
    page = visit(javascript=javascript)
    page.goto("/loket/vraag-stellen/")
    page.get_by_role("button", name="Verder", exact=True).click()
    assert page.locator(".melding").count() >= 2
    document = tmp_path / "notitie.txt"
    document.write_text("een bijlage")
    reference = ask(page, UNKNOWN, email, extra=str(document))
    assert re.fullmatch(r"V-\d{4}-[2-9A-Z]{6}", reference)

    text = mail(page, email, "ontvangen")
    link = re.search(r"http://\S+/sleutel/\S+", text)[0]
    reader = visit(360, javascript=javascript)
    reader.goto(link)
    assert "/sleutel/" not in reader.url
    assert "Bij team" in reader.locator(".voortgang").inner_text()
    reader.get_by_label("Uw reactie").fill("Het gaat om zes jongeren per jaar.")
    reader.get_by_role("button", name="Stuur reactie").click()
    assert "Het gaat om zes jongeren per jaar." in reader.locator("main").inner_text()
    assert "notitie.txt" in reader.locator("main").inner_text()

    expert = visit(javascript=javascript)
    log_in(expert, "Karim Haddad")
    expert.goto(f"/werkplek/{reference}/")
    expert.get_by_label(re.compile("Antwoord aan")).fill(
        "Dat kan met een tussenvoorziening."
    )
    expert.get_by_role("button", name="Stuur antwoord").click()

    text = mail(reader, email, "Antwoord op uw vraag")
    reader.goto(re.search(r"http://\S+/sleutel/\S+", text)[0])
    assert "tussenvoorziening" in reader.locator(".bericht.loket").inner_text()
    reader.get_by_role("button", name="Dit beantwoordt mijn vraag").click()
    assert "Gesloten" in reader.locator(".voortgang").inner_text()


def test_suggestions_while_typing_keep_the_text(page):
    page.goto("/loket/vraag-stellen/")
    page.get_by_label("Uw vraag").press_sequentially(
        "Wij willen een woonzorgvisie maken", delay=5
    )
    page.locator("#suggesties summary").first.click()
    page.get_by_role("link", name="Lees verder in een nieuw tabblad").first.wait_for()
    assert (
        page.get_by_label("Uw vraag").input_value()
        == "Wij willen een woonzorgvisie maken"
    )


def test_my_questions_by_login_link(visit, mail):
    page = visit()
    reference = ask(
        page,
        "Hoe regelen wij een urgentiecommissie met de corporatie?",
        "mia@zutphen.example",
    )
    page.goto("/loket/mijn-vragen/")
    page.get_by_label("Uw e-mailadres").fill("mia@zutphen.example")
    page.get_by_role("button", name="Stuur mij een link").click()
    known = page.locator("main").inner_text().replace("mia@zutphen.example", "")
    page.goto("/loket/inloggen/")
    page.get_by_label("Uw e-mailadres").fill("niemand@zutphen.example")
    page.get_by_role("button", name="Stuur mij een link").click()
    assert (
        page.locator("main").inner_text().replace("niemand@zutphen.example", "")
        == known
    )
    link = re.search(
        r"http://\S+/loket/inloggen/\S+",
        mail(page, "mia@zutphen.example", "link naar Mijn vragen"),
    )[0]
    page.goto(link)
    page.get_by_role("button", name="Open mijn vragen").click()
    assert reference in page.locator("main").inner_text()
    other = visit()
    other.goto(link)
    assert "werkt niet meer" in other.locator("h1").inner_text()


def test_task_9_the_expert_answers_with_sources_on_a_phone(visit, log_in):
    asker = visit()
    reference = ask(
        asker,
        "Welke afspraken over begeleiding horen bij uitstroom uit beschermd wonen?",
        "bea@oss.example",
    )
    page = visit(360)
    log_in(page, "Sanne de Boer")
    page.goto("/werkplek/")
    page.locator(".stapelrij").filter(
        has_text="begeleiding horen bij uitstroom"
    ).first.click()
    page.get_by_role("button", name=re.compile("Neem")).click()
    actions = 2  # opened and taken
    area = page.get_by_label(re.compile("Antwoord aan"))
    area.fill("Leg begeleiding vast vóór de sleutel.")
    actions += 1
    for number in range(2):
        page.get_by_role("button", name=re.compile("Voeg in met bron")).nth(
            number
        ).click()
        actions += 1
        assert area.input_value().count("Bron: [") == number + 1
        assert in_view(area), "after inserting the composer is in view"
    assert area.input_value().startswith("Leg begeleiding vast")
    assert re.search(r"\(versie van \d+ \w+ 2026\)", area.input_value())
    page.get_by_role("button", name="Stuur antwoord").click()
    actions += 1
    assert actions <= 6
    assert "Uw antwoord is verstuurd" in page.locator("main").inner_text()
    assert in_view(page.locator(".bericht.loket").last)
    asker.goto(f"/loket/vraag/{reference}/")
    shown = asker.locator(".bericht.loket")
    links = [
        link.get_attribute("href")
        for link in shown.locator("a[href*='/kennisbank/']").all()
    ]
    assert len(links) == len(set(links)) == 2


def in_view(element) -> bool:
    return element.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight }"
    )


def test_task_9_enter_in_the_search_for_sources_sends_nothing(visit, log_in):
    reference = ask(
        visit(), "Welke afspraken horen bij een crisisopvang?", "eva@epe.example"
    )
    page = visit()
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{reference}/")
    page.get_by_label(re.compile("Antwoord aan")).fill("Half geschreven")
    page.get_by_label("Zoek een bron").fill("urgentie")
    page.keyboard.press("Enter")
    page.wait_for_url("**bron=urgentie**")
    assert (
        page.get_by_label(re.compile("Antwoord aan")).input_value() == "Half geschreven"
    )
    assert page.locator(".bericht.loket").count() == 0


def test_a_reply_without_a_connection_is_kept_and_sent_later(visit, tmp_path):
    page = visit(360)
    page.goto("/loket/vraag-stellen/")
    page.get_by_label("Uw vraag").fill("Hoe huisvesten wij jonge statushouders?")
    page.reload()
    assert page.get_by_label("Uw vraag").input_value().startswith("Hoe huisvesten")
    reference = ask(page, "Hoe huisvesten wij jonge statushouders?", "jo@tiel.example")
    page.goto("/loket/vraag-stellen/")
    assert page.get_by_label("Uw vraag").input_value() == ""

    page.goto(f"/loket/vraag/{reference}/")
    page.get_by_label("Uw reactie").fill("Het gaat om vier mensen.")
    document = tmp_path / "lijst.txt"
    document.write_text("vier namen")
    page.get_by_label(re.compile("Bijlagen")).set_input_files(str(document))
    page.context.set_offline(True)
    for _ in range(2):
        page.get_by_role("button", name="Stuur reactie").click()
    assert "geen verbinding" in page.locator("#reactie").inner_text()
    assert page.get_by_label("Uw reactie").input_value() == "Het gaat om vier mensen."
    page.context.set_offline(False)
    page.get_by_text("Uw reactie is binnen.").wait_for()
    messages = page.locator(".bericht").filter(has_text="Het gaat om vier mensen.")
    assert messages.count() == 1
    assert "lijst.txt" in messages.inner_text()
    assert page.get_by_label("Uw reactie").input_value() == ""
    page.reload()
    assert page.get_by_label("Uw reactie").input_value() == ""


def test_a_draft_survives_a_new_visit(visit, log_in):
    reference = ask(
        visit(),
        "Hoe werkt een contingent voor uitstroom uit detentie?",
        "leo@assen.example",
    )
    page = visit()
    log_in(page, "Sanne de Boer")
    page.goto(f"/werkplek/{reference}/")
    page.get_by_label(re.compile("Antwoord aan")).fill("Half geschreven")
    page.locator("[data-conceptstand]").filter(has_text="Concept bewaard").wait_for()
    again = visit()
    log_in(again, "Sanne de Boer")
    again.goto(f"/werkplek/{reference}/")
    assert (
        again.get_by_label(re.compile("Antwoord aan")).input_value()
        == "Half geschreven"
    )


def test_a_wrong_route_goes_back_to_the_front_office(visit, log_in):
    reference = ask(
        visit(),
        "Een cliënt verlaat beschermd wonen en vraagt een parkeerplek",
        "kim@ede.example",
    )
    page = visit()
    log_in(page, "Sanne de Boer")
    page.goto(f"/werkplek/{reference}/")
    page.get_by_text("Geef door of wijs toe").click()
    page.get_by_label("Naar team").select_option("frontoffice")
    page.get_by_label("Waarom?").fill("Gaat over parkeren, niet over uitstroom")
    page.get_by_role("button", name="Geef door").click()
    front = visit()
    log_in(front, "Karim Haddad")
    front.goto(f"/werkplek/{reference}/")
    assert "Gaat over parkeren" in front.locator("main").inner_text()
    stranger = visit()
    log_in(stranger, "Sanne de Boer")
    assert stranger.goto(f"/werkplek/{reference}/").status == 404


def test_task_10_answer_becomes_knowledge_and_the_next_person_finds_it(
    visit, log_in, mail
):
    asker = visit()
    reference = ask(
        asker,
        "Mogen kwartiermakers meebeslissen bij uitstroom uit de ggz?",
        "tess@borne.example",
    )
    sanne = visit()
    log_in(sanne, "Sanne de Boer")
    sanne.goto(f"/werkplek/{reference}/")
    sanne.get_by_label(re.compile("Antwoord aan")).fill(
        "Ja, kwartiermakers mogen adviseren. Mail mij op sanne@zorg.example."
    )
    sanne.get_by_role("button", name="Stuur antwoord").click()
    sanne.get_by_role("link", name="Maak er kennis van").click()
    assert "sanne@zorg.example" in sanne.locator(".band.let-op").inner_text()
    for label in ("Kort antwoord", "Antwoord"):
        field = sanne.get_by_label(label, exact=True)
        field.fill("Ja, kwartiermakers mogen adviseren.")
    sanne.get_by_label(re.compile("geen persoonsgegevens")).check()
    sanne.get_by_role("button", name="Bied aan ter beoordeling").click()
    assert "ter beoordeling" in sanne.locator("main").inner_text()

    bart = visit()
    log_in(bart, "Bart Dijkstra")
    bart.goto("/redactie/reports/workflow/")
    bart.get_by_role("link", name=re.compile("kwartiermakers")).first.click()
    bart.wait_for_load_state("networkidle")
    approve(bart)
    began = time.monotonic()
    reader = visit()
    for _ in range(60):
        reader.goto("/zoeken/?q=kwartiermakers")
        if reader.locator(".treffer").count():
            break
        time.sleep(0.2)
    assert time.monotonic() - began < 60
    reader.locator(".treffer").first.get_by_role("link").first.click()
    assert "kwartiermakers mogen adviseren" in reader.locator("main").inner_text()
    assert "kennisbank" in mail(asker, "tess@borne.example", "helpt nu ook anderen")


def editor_menu(page, selector: str) -> None:
    """Press an action of the Wagtail editor, opening its menu where needed."""
    page.wait_for_load_state("networkidle")
    button = page.locator(selector).first
    if not button.is_visible():
        page.locator("footer .w-dropdown__toggle").first.click()
    button.click()
    page.wait_for_load_state("networkidle")


def approve(page) -> None:
    editor_menu(
        page,
        "button[data-workflow-action-name='approve']:not([data-workflow-action-modal-url])",
    )


def test_an_editor_makes_a_handreiking_and_a_colleague_publishes_it(visit, log_in):
    bart = visit()
    log_in(bart, "Bart Dijkstra")
    lotte = visit()
    log_in(lotte, "Lotte Maas")
    bart.goto("/redactie/pages/")
    find = """async slug => (await (await fetch(
        '/redactie/api/main/pages/?type=knowledge.Handreiking&slug=' + slug
    )).json()).items[0].id"""
    example = bart.evaluate(find, "monitoring")
    bart.goto(f"/redactie/pages/{example}/copy/")
    bart.locator("#id_new_title").fill("Zwerfjongeren in beeld")
    bart.locator("#id_new_slug").fill("zwerfjongeren-in-beeld")
    bart.locator("form button[type=submit], form input[type=submit]").last.click()
    bart.wait_for_url(re.compile(r"/redactie/pages/\d+/$"))
    made = bart.evaluate(find, "zwerfjongeren-in-beeld")
    bart.goto(f"/redactie/pages/{made}/edit/")
    bart.locator("#id_in_het_kort").fill("Zo krijgt u zwerfjongeren in beeld.")
    bart.keyboard.press("Escape")
    bart.locator("button.action-save").first.click()
    bart.wait_for_url(re.compile(r"/edit/"))
    assert bart.locator("button[name='action-publish']").count() == 0
    edit = bart.url
    bart.goto(edit)
    editor_menu(bart, "button[name='action-submit']")
    bart.goto(edit)
    assert bart.locator("button[data-workflow-action-name='approve']").count() == 0
    lotte.goto(edit)
    lotte.wait_for_load_state("networkidle")
    approve(lotte)
    reader = visit()
    reader.goto("/kennisbank/handreiking/zwerfjongeren-in-beeld/")
    assert reader.locator("h1").inner_text() == "Zwerfjongeren in beeld"


def test_a_stranger_learns_nothing_from_links(visit):
    page = visit()
    reference = ask(
        page,
        "Hoe organiseren wij briefadressen voor dakloze mensen?",
        "ruth@goes.example",
    )
    stranger = visit()
    for path in (
        f"/loket/vraag/{reference}/",
        f"/loket/vraag/{reference}/sleutel/{'a' * 32}/",
        "/loket/vraag/V-2026-AAAAAA/",
        "/bijlagen/00000000-0000-4000-8000-000000000000/",
        "/loket/inloggen/verzonnen/",
    ):
        response = stranger.goto(path)
        assert response.status in (404, 410), path
        assert "briefadressen" not in stranger.content()
    for path in (
        f"/werkplek/{reference}/",
        "/werkplek/",
        "/redactie/",
        "/beheer/medewerkers/",
    ):
        stranger.goto(path)
        assert "/medewerker/login/" in stranger.url
    assert stranger.goto("/-/healthz").text() == "ok"


def test_an_unknown_page_helps_further(page):
    assert page.goto("/bestaat-niet/").status == 404
    page.get_by_label("Zoek in de kennisbank").fill("woondeal")
    page.get_by_role("button", name="Zoek").click()
    assert page.locator(".treffer").count()


def test_suggestions_are_fast(suggestions):
    suggestions("woon")
    began = time.monotonic()
    assert suggestions("urg")
    assert time.monotonic() - began < 1
