"""axe without violations on every kind of page and state; no sideways scrolling at 320 px."""

import re

import pytest

from tests.e2e.test_journeys import QUESTION, ask
from tests.knowledge.regelingen.xml_files import FILES

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
    "/kennisbank/vraag-en-antwoord/jongere-18-jeugdhulp/",
    "/over-dit-loket/",
    "/begrippen/",
    "/begrippen/woondeal/",
    "/zoeken/?q=urgentie+jongeren",
    "/zoeken/?q=urgentie&soort=doelgroep",
    "/zoeken/?q=laadpaal+elektrische+auto",
    "/zoeken/?q=qwertyzxcv",
    "/verordeningen/",
    "/artikelen/",
    "/artikelen/?q=qwertyzxcv&geldig-op=geen-dag",
    "/loket/vraag-stellen/",
    "/loket/inloggen/",
    "/loket/inloggen/verlopen/",
    "/medewerker/login/",
    "/medewerker/password/reset/",
    "/medewerker/uitnodiging/verzonnen/",
    "/postvak/",
    "/bestaat-niet/",
]


# Who manages, an invitation, a mail that did not arrive, a search that several people did,
# and the page for when our own code fails.
PREPARE = """
from unittest.mock import patch
from django.test import Client
from django.utils import timezone
from core import services
from core.models import Mailbericht, Outbox, User
from search import steering
from search.models import QueryCount, Synonym

bea = User.objects.create_superuser("bea@demo.example", "wachtwoord-van-bea", name="Bea Beheer")
services.invite(actor=bea, email="nina@demo.example", name="Nina Nieuw", groups=["deskundige"])
made = Mailbericht.objects.get(subject__startswith="U bent uitgenodigd")
Outbox.objects.create(kind="core.mail", key=str(made.pk), attempts=8, dead_at=timezone.now(), last_error="550 Dit adres bestaat niet.")
for number, text in enumerate(("woonwagen standplaats", "zwerfjongeren tellen")):
    QueryCount.objects.create(day=timezone.localdate(), text=text, asked=9, sources=5, results=40, zero=number, clicks=3, rank_sum=6)
editor = User.objects.get(email="bart@demo.example")
word = Synonym(word="kamer na de ggz", synonym="beschermd wonen", weight=0.5, owner=editor)
steering.save(actor=editor, row=word)
word.weight = 0.4
steering.save(actor=editor, row=word)
with patch("search.services.find", side_effect=RuntimeError), patch("logging.Logger.error"):
    broken = Client(raise_request_exception=False).get("/zoeken/", headers={"host": "127.0.0.1"})
answer = {"broken": broken.content.decode(), "status": broken.status_code}
"""
WIDTHS = (1280, 320)
# Wagtail lets colours glide; half-way they have less contrast.
AT_REST = """() => { for (const moving of document.getAnimations()) {
    if (moving.effect.getComputedTiming().endTime < Infinity) moving.finish();
} }"""


@pytest.fixture(scope="module")
def prepared(in_site):
    return in_site(PREPARE)


@pytest.fixture
def faults(axe):
    """faults(page) → what is wrong with the page as it stands, at both widths."""

    def look(page) -> list[str]:
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(AT_REST)
            found += [f"{page.url} {width}: {fault}" for fault in axe(page)]
            if not page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ):
                found.append(f"{page.url} {width}: scrolls sideways")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        return found

    return look


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


def test_a_broken_site_and_a_closed_door(visit, faults, log_in, prepared):
    page = visit()
    assert prepared["status"] == 500
    page.route(
        "**/kapot/",
        lambda route: route.fulfill(
            status=500, content_type="text/html", body=prepared["broken"]
        ),
    )
    page.goto("/kapot/")
    assert page.locator("h1").inner_text() == "Het lukt nu niet"
    found = faults(page)
    log_in(page, "Sanne de Boer")
    assert page.goto("/beheer/medewerkers/").status == 403
    assert found + faults(page) == []


def test_what_askers_open(visit, faults, mail):
    page = visit()
    reference = ask(
        page,
        "Hoe werkt een tussenvoorziening voor jongeren met begeleiding?",
        "eva@ommen.example",
    )
    page.goto("/loket/inloggen/")
    page.get_by_role("button", name="Stuur mij een link").click()
    found = faults(page)
    page.get_by_label("Uw e-mailadres").fill("eva@ommen.example")
    page.get_by_role("button", name="Stuur mij een link").click()
    found += faults(page)
    text = mail(page, "eva@ommen.example", "link naar Mijn vragen")
    found += faults(page)
    page.goto(re.search(r"http://\S+/loket/inloggen/\S+", text)[0])
    found += faults(page)
    page.get_by_role("button", name="Open mijn vragen").click()
    assert reference in page.locator("main").inner_text()
    found += faults(page)
    page.goto(f"/loket/vraag/{reference}/")
    page.get_by_text("Wie mag deze vraag zien?").click()
    page.get_by_text("Wat er gebeurde").click()
    found += faults(page)
    page.get_by_role("button", name="Stuur reactie").click()
    found += faults(page)
    stranger = visit()
    stranger.goto(f"/loket/vraag/{reference}/sleutel/{'a' * 32}/")
    assert found + faults(stranger) == []


def test_who_manages(visit, faults, mail, prepared):
    page = visit()
    text = mail(page, "nina@demo.example", "U bent uitgenodigd")
    page.goto(re.search(r"http://\S+/medewerker/uitnodiging/\S+", text)[0])
    assert "Nina Nieuw" in page.locator("h1").inner_text()
    found = faults(page)
    page.get_by_label("Wachtwoord").fill("kort")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    assert page.locator(".melding").count()
    found += faults(page)

    page.goto("/medewerker/login/")
    page.get_by_label("E-mail").fill("bea@demo.example")
    page.get_by_label("Wachtwoord").fill("wachtwoord-van-bea")
    page.get_by_role("button", name="Inloggen").click()
    for path in (
        "/beheer/",
        "/beheer/medewerkers/",
        "/beheer/gemeenten/",
        "/beheer/gemeenten/GM0119/",
        "/beheer/sluitingsdagen/",
        "/werkplek/routetermen/",
        "/beheer/berichten/",
    ):
        assert page.goto(path).status == 200, path
        found += faults(page)
    assert "550 Dit adres bestaat niet." in page.locator("main").inner_text()
    page.goto("/beheer/medewerkers/uitnodigen/")
    page.get_by_role("button").last.click()
    assert page.locator(".melding").count() >= 2
    found += faults(page)
    page.goto("/beheer/medewerkers/")
    page.get_by_role("link", name="Sanne de Boer").click()
    found += faults(page)
    member = page.url
    for link in ("Waar weet deze persoon veel van?", "Afwezigheid"):
        page.goto(member)
        page.get_by_role("link", name=link).click()
        found += faults(page)
    assert found == []


def test_the_open_panels_of_the_workplace(visit, faults, log_in):
    reference = ask(
        visit(),
        "Hoe lang mag een urgentieverklaring wegens medische redenen gelden?",
        "kees@goes.example",
    )
    page = visit()
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{reference}/")
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    assert page.get_by_label("Naar team").is_visible()
    assert page.get_by_label(re.compile("^Notitie")).is_visible()
    found = faults(page)
    page.get_by_role("button", name="Geef door").click()
    assert found + faults(page) == []


def test_the_search_pages_of_the_editors(visit, faults, log_in, prepared):
    page = visit()
    log_in(page, "Bart Dijkstra")
    found = []
    for path in (
        "zoekvragen/",
        "wijzigingen/",
        "synoniemen/",
        "aanbevolen/new/",
    ):
        assert page.goto(f"/redactie/zoeken/{path}").status == 200, path
        found += faults(page)
    page.goto("/redactie/zoeken/synoniemen/new/")
    page.get_by_role("button", name="Bekijk het effect").click()
    found += faults(page)
    page.get_by_label("Wat iemand typt").fill("woonzorgplan")
    page.get_by_label("Wat ook gevonden wordt").fill("woonzorgvisie")
    page.get_by_label("Zoekvraag om te proberen").fill("woonzorgplan")
    page.get_by_role("button", name="Bekijk het effect").click()
    assert "Dit verandert er" in page.locator("#effect").inner_text()
    assert found + faults(page) == []


def test_taking_regulations_in_and_finding_their_articles(visit, faults, log_in, live):
    page = visit()
    log_in(page, "Bart Dijkstra")
    page.goto("/redactie/regelingen/inlezen/")
    found = faults(page)
    page.locator("#id_bestand-bestanden").set_input_files(
        [
            {
                "name": "stad.xml",
                "mimeType": "application/xml",
                # Of another gemeente than the example that the demo has.
                "buffer": (FILES / "voorbeeldstad_leden.xml")
                .read_bytes()
                .replace(b"CVDR999001", b"CVDR999101")
                .replace(b"Voorbeeldstad", b"Voorbeeldoord"),
            },
            {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
        ]
    )
    page.locator("#id_bestand-openbaar").check()
    page.get_by_role("button", name="Lees in").click()
    page.get_by_text("1 nieuw, 1 geweigerd").wait_for()
    found += faults(page)
    page.get_by_role("link", name="Huisvestingsverordening Voorbeeldoord").click()
    page.get_by_role("button", name="Maak niet meer openbaar").wait_for()
    found += faults(page)
    page.get_by_role("link", name="16 artikelen").click()
    page.get_by_role("link", name="Artikel 3:3 Advies").click()
    page.locator("#id_bouwsteen").select_option("mandaat")
    found += faults(page)
    page.get_by_role("button", name="Opslaan").click()
    for _try in range(20):
        page.goto("/artikelen/?q=medische+adviseur&bouwsteen=mandaat")
        if page.locator(".treffer").count():
            break
        page.wait_for_timeout(500)
    found += faults(page)
    page.get_by_role("link", name="Artikel 3:3 Advies").click()
    assert page.url.endswith("#artikel-3:3")
    assert found == []


# -- by keyboard alone ---------------------------------------------------------------

FOCUSED = """() => {
    const e = document.activeElement, style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    return {
        what: e.outerHTML.slice(0, 120),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""


def tab_to(page, target, most: int) -> None:
    """Press Tab until the focus is there; at every stop it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["ring"], here["what"]
        assert here["seen"], here["what"]
        if target.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"na {most} keer Tab nog niet bij {target}")


def test_find_the_rule_by_keyboard(page):
    page.goto("/")
    skip = page.get_by_role("link", name="Naar de inhoud")
    tab_to(page, skip, 1)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Waar wilt u iets over weten?"), 1)
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=*")
    tab_to(page, skip, 1)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Sla de filters over"), 4)
    page.keyboard.press("Enter")
    hit = page.locator(".treffer").first
    tab_to(page, hit.locator("h2 a"), 3)
    tab_to(page, hit.locator("summary"), 6)
    page.keyboard.press("Space")
    assert hit.locator("details p").is_visible()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        if hit.locator("h2 a").evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/kennisbank/**")
    assert re.search(r"22\s+november\s+2026", page.locator("main").inner_text())


def test_a_facet_by_keyboard(page):
    page.goto("/zoeken/?q=urgentie")
    first = page.locator(".facet input").first
    tab_to(page, first, 20)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Pas filters toe"), 60)
    page.keyboard.press("Enter")
    page.wait_for_url("**soort=**")
    assert page.locator(".filterlabel").count() == 1


def test_ask_by_keyboard(page):
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Stel uw vraag", exact=True).first, 8)
    page.keyboard.press("Enter")
    page.wait_for_url("**/vraag-stellen/")
    further = page.get_by_role("button", name="Verder", exact=True)
    tab_to(page, further, 20)
    page.keyboard.press("Enter")
    # The focus is on what is missing, and leads to each field.
    page.locator("[data-foutmelding]").wait_for()
    assert page.evaluate("document.activeElement.matches('[data-foutmelding]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    text = page.get_by_label("Uw vraag")
    assert text.evaluate("e => e === document.activeElement")
    page.keyboard.type(
        "Hoe spreken wij met de corporatie over het huisvesten van ex-gedetineerden?"
    )
    tab_to(page, page.get_by_label("Gemeente", exact=True), 1)
    page.keyboard.type("Meppel")
    tab_to(page, page.get_by_label("E-mailadres"), 1)
    page.keyboard.type("toets@meppel.example")
    tab_to(page, further, 5)
    page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Stuur vraag")
    between = page.get_by_role("button", name="Nee, ga verder met mijn vraag")
    send.or_(between).wait_for()
    if between.count():
        tab_to(page, between, 30)
        page.keyboard.press("Enter")
        send.wait_for()
    tab_to(page, send, 12)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Uw vraag is binnen").wait_for()
    tab_to(page, page.get_by_role("link", name="Bekijk uw vraag"), 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/loket/vraag/**")
    assert "ex-gedetineerden" in page.locator(".bericht").inner_text()


def test_answer_by_keyboard(visit):
    reference = ask(
        visit(),
        "Welke urgentie geldt bij een scheiding met kinderen, en hoe lang?",
        "pim@epe.example",
    )
    page = visit()
    page.goto("/medewerker/login/")
    tab_to(page, page.get_by_role("button", name=re.compile("Karim Haddad")), 12)
    page.keyboard.press("Enter")
    page.wait_for_url("**/werkplek/")
    row = page.locator(f".stapelrij[href*='{reference}']")
    tab_to(page, row, 80)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{reference}/**")
    tab_to(page, page.get_by_role("button", name=re.compile("^Neem")), 80)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Leg terug").wait_for()
    answer = page.get_by_label(re.compile("Antwoord aan"))
    tab_to(page, answer, 80)
    page.keyboard.type("Zes maanden, tenzij uw verordening anders zegt.")
    tab_to(page, page.get_by_role("button", name="Stuur antwoord"), 2)
    page.keyboard.press("Space")
    page.get_by_text("Uw antwoord is verstuurd").wait_for()
    assert "Zes maanden" in page.locator(".bericht.loket").inner_text()


# -- on paper, on a phone --------------------------------------------------------------


def test_a_handreiking_on_paper(page):
    page.goto("/kennisbank/handreiking/uitstroom-uit-zorg-en-opvang/")
    address = page.get_by_text("Adres van deze pagina:")
    meaning = page.locator(".facet p").first
    assert not address.is_visible()
    assert not meaning.evaluate("e => e.checkVisibility()")
    page.emulate_media(media="print")
    assert address.is_visible()
    assert page.url in address.inner_text()
    # Folded on the screen, open on paper; what one can only press is left out.
    assert meaning.evaluate("e => e.checkVisibility()")
    for pressed in (".kop nav", ".voet", "#terugkoppeling", ".sectieknoppen"):
        assert not page.locator(pressed).first.is_visible(), pressed


def test_the_facts_of_an_example_fit_a_phone(visit):
    page = visit(320)
    page.goto("/kennisbank/praktijkvoorbeeld/majella-wonen/")
    facts = page.get_by_role("table", name="Feiten")
    assert facts.get_by_role("row").count() > 5
    region = page.get_by_role("region", name="Feiten")
    assert region.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_who_knows_more_of_an_example_can_tell(page):
    page.goto("/kennisbank/praktijkvoorbeeld/het-gasthuis/")
    page.get_by_role("link", name="Vertel het ons").click()
    assert "het Gasthuis" in page.locator("main").inner_text()
