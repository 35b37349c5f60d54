"""The page of the asker: a reply is kept, and counts once."""

import re

import pytest

from core import toegang
from core.gemeenten import proven_gemeente
from core.models import Mailbericht, Toegang
from loket import services
from loket.models import Bericht, Kanaal
from loket.services import parts

pytestmark = pytest.mark.django_db
REPLY = "Het gaat om zes jongeren per jaar."


def replies(vraag):
    return list(
        vraag.berichten.filter(soort=Bericht.Soort.REACTIE).values_list(
            "text", flat=True
        )
    )


def test_a_reply_that_is_sent_twice_is_kept_once(
    client, ask, expert, open_link, hidden
):
    vraag, sanne = ask(), expert(email="sanne@voorbeeld.nl")
    services.take(user=sanne, vraag=vraag)
    open_link(vraag)
    before = Mailbericht.objects.count()
    fields = {
        "text": REPLY,
        "sleutel": hidden(client.get(f"/loket/vraag/{vraag.reference}/"), "sleutel"),
    }
    for _ in range(2):
        client.post(f"/loket/vraag/{vraag.reference}/reactie/", fields)
    assert replies(vraag) == [REPLY]
    assert Mailbericht.objects.count() == before + 1
    client.post(
        f"/loket/vraag/{vraag.reference}/reactie/", {**fields, "text": "En twee meer."}
    )
    assert replies(vraag) == [REPLY, "En twee meer."]


def test_a_reply_after_the_link_was_withdrawn_waits_for_a_new_one(
    client, ask, open_link
):
    vraag = ask()
    open_link(vraag)
    toegang.revoke(object_key=vraag.key)
    page = client.post(f"/loket/vraag/{vraag.reference}/reactie/", {"text": REPLY})
    shown = page.content.decode()
    assert page.status_code == 410
    assert REPLY in shown
    assert 'href="/loket/inloggen/"' in shown
    assert replies(vraag) == []
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=vraag.contact)
    client.post(f"/loket/inloggen/{token}/")
    assert REPLY in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    client.post(f"/loket/vraag/{vraag.reference}/reactie/", {"text": REPLY})
    assert replies(vraag) == [REPLY]
    thread = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert thread.count(REPLY) == 1


def test_a_colleague_who_sees_a_shared_question_keeps_a_reply_too(
    client, ask, make_user
):
    vraag = ask()
    client.force_login(make_user("loketmedewerker"))
    page = client.post(f"/loket/vraag/{vraag.reference}/reactie/", {"text": REPLY})
    assert page.status_code == 410
    assert REPLY in page.content.decode()
    assert replies(vraag) == []


def test_a_reply_to_nothing_learns_nothing(client, ask):
    vraag = ask()
    pages = [
        client.post(f"/loket/vraag/{reference}/reactie/", {"text": REPLY})
        for reference in (vraag.reference, "V-2026-AAAAAA")
    ]
    assert [page.status_code for page in pages] == [410, 410]
    first, second = (page.content.decode() for page in pages)
    assert vraag.titel not in first
    assert len(first) == len(second)
    assert client.post(f"/loket/vraag/{vraag.reference}/sluit/").status_code == 404


# -- where the page opens, and what it says ---------------------------------------------


def page_of(vraag):
    return f"/loket/vraag/{vraag.reference}/"


@pytest.mark.parametrize("act", ["reactie", "geholpen", "sluit", "bestaat-niet"])
def test_the_address_of_an_act_leads_to_the_question(client, ask, open_link, act):
    vraag = ask()
    open_link(vraag)
    assert client.get(f"{page_of(vraag)}{act}/").url == page_of(vraag)
    assert client.get(f"/loket/vraag/V-2026-AAAAAA/{act}/").status_code == 302
    assert client.get("/loket/vraag/V-2026-AAAAAA/").status_code == 404


def test_after_a_reply_the_page_opens_at_it(client, ask, open_link):
    vraag = ask()
    open_link(vraag)
    answer = client.post(f"{page_of(vraag)}reactie/", {"text": REPLY})
    bericht = vraag.berichten.last()
    assert answer.url == f"{page_of(vraag)}#bericht-{bericht.pk}"
    html = client.get(answer.url).content.decode()
    assert html.count("Uw reactie is binnen.") == 1
    assert html.index("Uw reactie is binnen.") > html.index(REPLY)


def test_not_yet_opens_at_the_reply_field(client, ask, expert, open_link):
    vraag = ask()
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    open_link(vraag)
    answer = client.post(f"{page_of(vraag)}niet-geholpen/")
    assert answer.url == f"{page_of(vraag)}#reactie"
    html = client.get(answer.url).content.decode()
    form = html[html.index('id="reactie"') :]
    assert "Schrijf hieronder wat u nog mist." in form


def test_the_last_moment_is_told_once(client, ask, open_link):
    vraag = ask()
    open_link(vraag)
    html = client.get(page_of(vraag)).content.decode()
    assert html.count("Antwoord uiterlijk") == 1
    assert "vóór" not in html
    confirmation = Mailbericht.objects.get(template="loket/ontvangen")
    assert "U krijgt antwoord uiterlijk" in confirmation.text


def test_the_team_hears_once_that_a_question_is_open_again(
    client, ask, expert, open_link
):
    vraag, sanne = ask(), expert()
    services.answer(user=sanne, vraag=vraag, text="Ja.")
    open_link(vraag)
    Mailbericht.objects.all().delete()
    client.post(f"{page_of(vraag)}niet-geholpen/")
    client.post(f"{page_of(vraag)}reactie/", {"text": REPLY})
    subjects = Mailbericht.objects.filter(template="loket/werk").values_list(
        "subject", flat=True
    )
    assert sorted(subjects) == [
        f"{vraag.reference}: heropend",
        f"{vraag.reference}: reactie van de vrager",
    ]


def test_a_reply_to_an_answer_says_that_the_question_is_open_again(
    client, ask, expert, open_link
):
    vraag = ask()
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    open_link(vraag)
    Mailbericht.objects.all().delete()
    client.post(f"{page_of(vraag)}reactie/", {"text": REPLY})
    assert (
        Mailbericht.objects.get(template="loket/werk").subject
        == f"{vraag.reference}: heropend"
    )


# -- what a link from a mail proves ---------------------------------------------------------


def not_confirmed(client, vraag, user):
    client.force_login(user)
    html = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    client.logout()
    client.cookies.clear()
    return "niet bevestigd" in html


@pytest.mark.usefixtures("index")
def test_a_reply_by_a_mailed_link_shows_that_the_address_works(
    client, ask, expert, open_link
):
    vraag, sanne = ask(), expert()
    # The browser that asked has a key too, but read no mail.
    open_link(vraag)
    client.post(f"{page_of(vraag)}reactie/", {"text": "Uit dezelfde browser."})
    assert not_confirmed(client, vraag, sanne)
    mail = Mailbericht.objects.get(template="loket/ontvangen")
    client.get(re.search(r"https?://[^/]+(/\S+/sleutel/\S+)", mail.text)[1])
    assert not_confirmed(client, vraag, sanne)
    client.get(re.search(r"https?://[^/]+(/\S+/sleutel/\S+)", mail.text)[1])
    client.post(f"{page_of(vraag)}reactie/", {"text": REPLY})
    assert replies(vraag) == ["Uit dezelfde browser.", REPLY]
    assert not not_confirmed(client, vraag, sanne)
    # It does not prove whose address it is: that takes a login link.
    vraag.contact.refresh_from_db()
    assert vraag.contact.confirmed_at is None
    assert proven_gemeente(vraag.contact) is None


# -- words ----------------------------------------------------------------------------------


def test_messages_say_how_they_came_in(client, ask, expert, open_link):
    vraag = ask(kanaal=Kanaal.TELEFOON)
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    open_link(vraag)
    client.post(f"{page_of(vraag)}reactie/", {"text": REPLY})
    html = client.get(page_of(vraag)).content.decode()
    assert html.count("<span>per telefoon</span>") == 1
    assert html.count("<span>via de website</span>") == 1


def test_a_mail_to_who_gave_no_name_says_just_dag(ask, client):
    ask(naam="")
    client.post("/loket/inloggen/", {"email": "annemiek@meppel.example"})
    for template in ("loket/ontvangen", "core/inloglink"):
        text = Mailbericht.objects.get(template=template).text
        assert text.startswith("Dag,\n")


def test_the_quoted_rest_of_a_mail_is_one_click_away(client, ask, open_link):
    vraag = ask()
    parts.add_message(
        vraag,
        Bericht.Soort.REACTIE,
        "In mei zijn ze klaar.",
        contact=vraag.contact,
        kanaal=Kanaal.MAIL,
        citaat="> Wanneer zijn ze klaar?\n> <script>alert(1)</script>",
    )
    open_link(vraag)
    html = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert html.count("Toon de hele mail") == 1
    assert "<p>In mei zijn ze klaar.</p>" in html
    # Below what staff mail can stand what they wrote to each other.
    bericht = vraag.berichten.get(soort=Bericht.Soort.REACTIE)
    bericht.soort = Bericht.Soort.ANTWOORD
    bericht.save()
    answer = client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    assert "Toon de hele mail" not in answer
    rest = html.partition('<details class="citaat">')[2].partition("</details>")[0]
    assert "&gt; Wanneer zijn ze klaar?<br>&gt; &lt;script&gt;" in rest
