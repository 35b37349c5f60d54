"""Tasks 6 and 8 of the walkthrough: one thread over mail and web, and the decisions of the desk."""

import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from tests.e2e.test_journeys import ask

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WIDTHS = (320, 768, 1280)

SENT = """
from core.models import Mailbericht
mail = Mailbericht.objects.filter(to=[{to!r}], subject__contains={subject!r}).latest("pk")
answer = {{"reply_to": mail.reply_to, "message_id": mail.message_id, "subject": mail.subject, "text": mail.text}}
"""
TAKE = """
from loket.services import mail_in
row, _new = mail_in.receive(bytes.fromhex({raw!r}), mailbox="proef")
row = mail_in.handle(row)
answer = {{"pk": row.pk, "outcome": row.uitkomst, "reason": row.uitkomst_reden}}
"""


@pytest.fixture
def sound(axe):
    """sound(page) → no violations of WCAG; at no width one has to scroll sideways."""

    def check(page):
        width = page.viewport_size["width"]
        assert axe(page) == [], page.url
        for narrow in WIDTHS:
            page.set_viewport_size({"width": narrow, "height": 900})
            assert page.evaluate(FITS), f"{page.url} op {narrow}"
        page.set_viewport_size({"width": width, "height": 900})

    return check


@pytest.fixture
def reply(in_site):
    """reply(to=…, subject=…, text=…) → a real reply to the newest mail of ours to ``to``."""

    def act(*, to, subject, text, sender="", files=(), raw_subject=""):
        sent = in_site(SENT.format(to=to, subject=subject))
        message = EmailMessage()
        message["From"] = sender or to
        message["To"] = sent["reply_to"]
        message["Subject"] = raw_subject or f"Re: {sent['subject']}"
        message["In-Reply-To"] = message["References"] = sent["message_id"]
        message["Message-ID"] = make_msgid(domain="meppel.example")
        quoted = "\n".join(f"> {line}" for line in sent["text"].splitlines())
        message.set_content(
            f"{text}\n\nOp do 26 nov 2026 om 10:12 schreef Thuisloket <{sent['reply_to']}>:\n{quoted}\n"
        )
        for name, data in files:
            message.add_attachment(
                data, maintype="text", subtype="plain", filename=name
            )
        return in_site(TAKE.format(raw=message.as_bytes().hex()))

    return act


def said(page):
    """The conversation as it stands on the page."""
    return "\n".join(page.locator(".bericht").all_inner_texts())


def link_in(text):
    return re.search(r"http://\S+/loket/vraag/\S+", text)[0]


def test_task_6_follow_by_mail_and_on_the_phone(visit, log_in, mail, reply, sound):
    address = "annemiek.zes@meppel.example"
    reference = ask(
        visit(), "Hoe verdelen wij woningen voor jongeren uit de jeugdhulp?", address
    )
    desk = visit()
    log_in(desk, "Karim Haddad")
    desk.goto(f"/werkplek/{reference}/")
    desk.get_by_role("button", name=re.compile("^Neem a")).click()
    assert desk.get_by_text("U behandelt deze vraag nu.").is_visible()

    # One click from the mail, without an account: who has it.
    phone = visit(360)
    phone.goto(link_in(mail(phone, address, "ontvangen")))
    assert "Karim Haddad" in phone.locator(".voortgang").inner_text()
    sound(phone)

    taken = reply(
        to=address,
        subject="ontvangen",
        text="Hierbij ons besluit van vorig jaar.",
        files=[("besluit.txt", b"Artikel 1. Begrippen.")],
    )
    assert taken["outcome"] == "toegevoegd", taken["reason"]
    phone.reload()
    thread = phone.locator("main")
    first, second = (phone.locator(".bericht").nth(n).inner_text() for n in (0, 1))
    assert "via de website" in first
    assert "per e-mail" in second
    assert "Hierbij ons besluit van vorig jaar." in second
    assert phone.locator(".bericht").count() == 2
    # What we wrote ourselves is one click away, not in the way.
    assert "schreef Thuisloket" not in thread.inner_text()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="besluit.txt").click()
    assert download.value.path().read_bytes() == b"Artikel 1. Begrippen."
    sound(phone)

    desk.goto(f"/werkplek/{reference}/")
    assert "Hierbij ons besluit van vorig jaar." in said(desk)
    desk.get_by_label(re.compile("Antwoord aan")).fill(
        "Leg de verdeling vast in uw verordening."
    )
    desk.get_by_role("button", name="Stuur antwoord").click()

    phone.goto(link_in(mail(phone, address, "Antwoord op uw vraag")))
    assert "Leg de verdeling vast" in phone.locator(".bericht.loket").inner_text()
    sound(phone)
    phone.get_by_role("button", name="Dit beantwoordt mijn vraag").click()
    assert "Gesloten" in phone.locator(".voortgang").inner_text()
    sound(phone)


def test_task_8_a_held_mail_is_admitted(visit, log_in, reply, sound):
    address = "erik@ommen.example"
    reference = ask(
        visit(), "Hoe regelen wij nazorg voor wie uit detentie komt?", address
    )
    long_name = "voornaam.tussenvoegsel.achternaam.afdeling.wonen.zorg@elders.example"
    held = reply(
        to=address,
        subject="ontvangen",
        sender=long_name,
        raw_subject="Verordeningswijzigingsvoorstelbehandelingsprocedure",
        text="Namens Erik: het gaat om vier mensen.",
    )
    assert held["outcome"] == "aangehouden"
    page = visit()
    log_in(page, "Karim Haddad")
    page.get_by_role("link", name=re.compile(r"^Aangehouden mail \d+")).click()
    sound(page)
    page.get_by_role("link", name=re.compile("Verordeningswijziging")).first.click()
    assert page.get_by_text("De afzender hoort niet bij deze vraag.").is_visible()
    sound(page)
    page.get_by_role("button", name=f"Laat toe bij {reference}").click()
    assert page.get_by_text("De mail staat nu bij de vraag.").is_visible()
    sound(page)
    page.get_by_role("link", name=re.compile(f"^{reference}")).click()
    assert "Namens Erik: het gaat om vier mensen." in said(page)
    page.get_by_role("link", name="Open de oorspronkelijke mail").click()
    assert page.url.endswith(f"/werkplek/mail/{held['pk']}/")


def test_task_8_held_mails_become_a_question_or_are_dropped(
    visit, log_in, reply, sound
):
    address = "fleur@ommen.example"
    reference = ask(visit(), "Welke afspraken maken wij over flexwoningen?", address)
    first = reply(
        to=address,
        subject="ontvangen",
        sender="gijs@elders.example",
        text="Mogen wij ook flexwoningen voor studenten bouwen?",
    )
    second = reply(
        to=address,
        subject="ontvangen",
        sender="reclame@elders.example",
        text="Kijk eens naar onze aanbieding.",
    )
    assert {first["outcome"], second["outcome"]} == {"aangehouden"}
    page = visit()
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{reference}/")
    # Both wait at the question they point to.
    assert page.locator(".band.let-op").filter(has_text="op uw besluit").count() == 2
    sound(page)
    page.goto(f"/werkplek/mail/{first['pk']}/")
    page.get_by_role("button", name="Maak er een nieuwe vraag van").click()
    made = page.get_by_text(re.compile(r"De mail is nu vraag V-\d{4}-\w{6}"))
    assert made.is_visible()
    sound(page)
    new = re.search(r"V-\d{4}-\w{6}", made.inner_text())[0]
    assert new != reference
    page.goto(f"/werkplek/{new}/")
    assert "flexwoningen voor studenten" in said(page)
    sound(page)

    page.goto(f"/werkplek/mail/{second['pk']}/")
    page.get_by_role("button", name="Leg weg").click()
    main = page.locator("main").inner_text()
    assert "weggelegd" in main
    assert "Weggelegd door Karim Haddad." in main
    sound(page)
    page.goto("/werkplek/mail/?weergave=genegeerd")
    assert "Weggelegd door Karim Haddad." in page.locator("main").inner_text()
    sound(page)
    page.goto(f"/werkplek/{reference}/")
    assert "aanbieding" not in page.locator("main").inner_text()


def test_task_8_a_wrong_route_is_sent_back_with_a_reason(visit, log_in, sound):
    reference = ask(
        visit(),
        "Welke urgentie geldt voor jongeren uit de jeugdhulp?",
        "hugo@ommen.example",
    )
    reason = "Dit gaat over de planning van woonwagens, niet over urgentie."
    page = visit()
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{reference}/")
    page.get_by_text("Geef door of wijs toe").click()
    page.get_by_label("Naar team").select_option("woonwagenbewoners")
    page.locator("#doorgeven").get_by_label("Waarom?").fill(reason)
    sound(page)
    page.get_by_role("button", name="Geef door").click()
    assert "De vraag ligt nu bij team" in page.locator("main").inner_text()
    assert reason in page.locator("main").inner_text()
    sound(page)


def test_task_8_two_questions_are_merged_and_it_is_undone(visit, log_in, mail, sound):
    address = "ina@ommen.example"
    first = ask(visit(), "Hoe lang geldt een woonwagenvergunning bij ons?", address)
    second = ask(visit(), "Wanneer verloopt een woonwagenvergunning?", address)
    page = visit()
    log_in(page, "Karim Haddad")
    page.goto(f"/werkplek/{first}/")
    page.get_by_text("Voeg een andere vraag hierbij").click()
    page.get_by_label(re.compile(re.escape(second))).check()
    sound(page)
    page.get_by_role("button", name="Voeg samen").click()
    assert f"uit {second}" in page.locator("main").inner_text()
    sound(page)
    asker = visit(360)
    asker.goto(f"/postvak/?aan={address}")
    asker.get_by_role("link", name=re.compile(second)).first.click()
    asker.goto(link_in(asker.locator(".mailtekst").inner_text()))
    # Both links lead to the one conversation.
    assert asker.url.endswith(f"/loket/vraag/{first}/")
    assert asker.locator(".bericht").count() == 2
    sound(asker)
    page.get_by_role("button", name="Maak samenvoegen ongedaan").click()
    assert f"uit {second}" not in page.locator("main").inner_text()
    sound(page)
    asker.goto(f"/loket/vraag/{second}/")
    assert asker.url.endswith(f"/loket/vraag/{second}/")
    assert asker.locator(".bericht").count() == 1


MANAGER = """
from core.models import User
if not User.objects.filter(email="bas@demo.example").exists():
    User.objects.create_superuser("bas@demo.example", "wachtwoord-van-bas", name="Bas Beheer")
answer = True
"""


def test_the_pages_of_management_for_mail_clock_and_privacy(
    visit, in_site, log_in, sound
):
    assert in_site(MANAGER)
    desk = visit()
    reference = ask(
        desk, "Wie telt de wachttijd voor een standplaats?", "jan@ommen.example"
    )
    log_in(desk, "Karim Haddad")
    desk.goto(f"/werkplek/{reference}/")
    page = visit()
    page.goto("/medewerker/login/")
    page.get_by_label("E-mail").fill("bas@demo.example")
    page.get_by_label("Wachtwoord").fill("wachtwoord-van-bas")
    page.get_by_role("button", name="Inloggen").click()
    for name, heading in (
        ("Postbussen", "Postbussen"),
        ("Termijnen", "Termijnen"),
        ("Werktijden", "Werktijden"),
        ("Bewaren", "Bewaren"),
        ("Wie bekeek wat", "Wie bekeek wat"),
    ):
        page.goto("/beheer/")
        page.get_by_role("link", name=name, exact=True).click()
        assert page.locator("h1").inner_text() == heading
        sound(page)
    row = page.get_by_role("row").filter(has_text=reference)
    assert "Karim Haddad" in row.inner_text()
    row.get_by_role("link").click()
    assert page.url.endswith(f"/werkplek/{reference}/")
    # What was filled in wrong is said at the field.
    for path, field in (
        ("/beheer/termijnen/", "Sluiten na (werkdagen)"),
        ("/beheer/bewaren/", "Een anonieme vraag verdwijnt na (dagen)"),
    ):
        page.goto(path)
        page.get_by_label(field).fill("0")
        page.get_by_role("button", name="Bewaar").click()
        assert page.locator(".melding").count() == 1, path
        sound(page)
    page.goto("/beheer/werktijden/uitstroom/")
    page.get_by_label("Maandag tot").fill("")
    page.get_by_role("button", name="Bewaar").click()
    assert "Vul beide tijden in" in page.locator("main").inner_text()
    sound(page)


def test_mail_that_did_not_arrive_is_found_from_the_pile(visit, in_site, log_in, sound):
    address = "kees.niet@ommen.example"
    reference = ask(visit(), "Mag een gemeente leges vragen voor urgentie?", address)
    assert in_site(
        f"""
from core import mail
from core.models import Mailbericht
row = Mailbericht.objects.filter(to=[{address!r}]).latest("pk")
Mailbericht.objects.filter(pk=row.pk).update(status="verzonden", sent_at=row.created_at, tried_at=row.created_at)
answer = bool(mail.bounced(message_id=row.message_id, recipient=row.adres, reason="5.1.1 " + "x" * 90))
"""
    )
    page = visit()
    log_in(page, "Karim Haddad")
    page.get_by_role("link", name=re.compile(r"^Mail die niet aankwam \d+")).click()
    item = page.get_by_role("listitem").filter(has_text=reference)
    assert "kwam terug" in item.inner_text()
    sound(page)
    item.get_by_role("link").click()
    assert page.get_by_text("Deze mail kwam terug:").is_visible()
    sound(page)
    page.get_by_role("link", name="Verbeter het adres of stuur opnieuw").click()
    item.get_by_label("E-mailadres").fill("kees.wel@ommen.example")
    item.get_by_role("button", name=re.compile("Stuur opnieuw")).click()
    assert page.get_by_role("listitem").filter(has_text=reference).count() == 0
    sound(page)
