"""Held mail, from the pile to the conversation, in a browser."""

import re

import pytest

MAKE = """
from core.mail import tokens
from core.models import Toegang
from loket import services
from loket.services import mail_in
vraag, token = services.ask(
    asker=services.Asker(email="mailproef@meppel.example"),
    text="Hoe regelen wij nazorg voor wie uit de opvang komt?")
to = tokens.reply_address(key=vraag.key, who=f"contact:{vraag.contact_id}")
def take(number, sender, to, text):
    raw = (f"From: {sender}\\nTo: {to}\\nSubject: Re: nazorg <img src=x onerror=window.kwaad=1>\\n"
        f"Message-ID: <e2e{number}.{vraag.pk}@meppel.example>\\nMIME-Version: 1.0\\n"
        f"Content-Type: text/plain; charset=utf-8\\n\\n{text}\\n").encode()
    row, _new = mail_in.receive(raw, mailbox="proef")
    return mail_in.handle(row).pk
answer = {
    "reference": vraag.reference,
    "token": token,
    "reply": take(1, "mailproef@meppel.example", to, "Wij kiezen locatie Noord."),
    "held": take(2, "piet@elders.example", to, "Namens mijn collega: <script>window.kwaad=1</script> het wordt Zuid."),
}
"""


@pytest.fixture(scope="module")
def made(in_site):
    return in_site(MAKE)


def test_a_held_mail_is_admitted_and_a_reply_shows_on_the_web(
    page, visit, log_in, axe, made
):
    log_in(page, "Karim")
    page.goto("/werkplek/")
    page.get_by_role("link", name=re.compile(r"^Aangehouden mail \d+")).click()
    assert axe(page) == []
    page.get_by_role("link", name=re.compile("Re: nazorg")).first.click()
    assert page.get_by_text("De afzender hoort niet bij deze vraag.").is_visible()
    assert axe(page) == []
    page.get_by_role("button", name=f"Laat toe bij {made['reference']}").click()
    assert page.get_by_text("De mail staat nu bij de vraag.").is_visible()
    page.get_by_role("link", name=re.compile(made["reference"])).click()
    assert page.get_by_text("het wordt Zuid.").is_visible()
    assert page.evaluate("window.kwaad === undefined")

    asker = visit(width=360)
    asker.goto(f"/loket/vraag/{made['reference']}/sleutel/{made['token']}/")
    assert asker.get_by_text("Wij kiezen locatie Noord.").is_visible()
    assert asker.get_by_text("het wordt Zuid.").is_visible()
    assert asker.get_by_text("per e-mail").first.is_visible()
    assert asker.evaluate("window.kwaad === undefined")


@pytest.mark.parametrize("width", [320, 768])
def test_the_pages_of_mail_fit_and_have_no_faults(visit, log_in, axe, made, width):
    page = visit(width=width)
    log_in(page, "Karim")
    for path in (
        "/werkplek/mail/?weergave=alles",
        f"/werkplek/mail/{made['reply']}/",
        "/werkplek/mail/?weergave=nieuw&zoek=bestaatniet",
    ):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path
