"""The page of the asker: a reply is kept, and counts once."""

import pytest

from core import toegang
from core.models import Mailbericht, Toegang
from loket import services
from loket.models import Bericht

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
