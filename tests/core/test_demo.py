"""The demo persons and example domains live and end with demo mode."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from config import setup
from config.demo_data import EXAMPLE
from core.demo import PERSONS
from core.models import Gemeente, Mailbericht, User
from experts.models import Teamlid
from loket import services as desk
from loket.models import Vraag, Zichtbaarheid

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, monkeypatch):
    """demo(True) → demo mode on, as the next start would bring it; demo(False) → off."""
    # All of the setting up but the pages, which take minutes and change nothing here.
    monkeypatch.setattr(setup, "call_command", lambda *args, **options: None)

    def switch(on: bool) -> None:
        settings.DEMO = on
        setup.set_up(lambda line: None)

    switch(True)
    return switch


def persons():
    return User.objects.filter(email__in=[person.email for person in PERSONS])


def test_demo_persons_are_off_without_demo_and_on_again_with_it(client, demo):
    client.post("/medewerker/demo/", {"email": "sanne@demo.example"})
    assert client.get("/werkplek/").status_code == 200
    demo(False)
    assert persons().count() == 7
    assert not persons().filter(is_active=True).exists()
    assert client.get("/werkplek/").status_code == 302
    demo(True)
    assert persons().filter(is_active=True).count() == 7
    client.post("/medewerker/demo/", {"email": "sanne@demo.example"})
    assert client.get("/werkplek/").status_code == 200


def test_questions_of_demo_persons_go_back_without_mail_to_them(demo, ask, make_user):
    vraag, real = ask(), make_user("deskundige")
    sanne, tom = (
        User.objects.get(email=f"{name}@demo.example") for name in ("sanne", "tom")
    )
    for user in (sanne, tom, real):
        Teamlid.objects.get_or_create(user=user, team=vraag.team)
    desk.take(user=sanne, vraag=vraag)
    Mailbericht.objects.all().delete()
    demo(False)
    assert Vraag.objects.get(pk=vraag.pk).owner is None
    assert [mail.to for mail in Mailbericht.objects.all()] == [[real.email]]


def test_other_people_are_left_alone(demo, make_user):
    user = make_user("redacteur")
    demo(False)
    user.refresh_from_db()
    assert user.is_active


def test_belonging_to_a_gemeente_can_be_walked_in_the_demo(client, demo, ask):
    meppel = Gemeente.objects.get(code="GM0119")
    assert meppel.mail_domains_bron == EXAMPLE
    assert all(domain.endswith(".example") for domain in meppel.mail_domains)
    vraag = ask(email="annemiek@meppel.example", gemeente="GM0119")
    client.post("/loket/inloggen/", {"email": "annemiek@meppel.example"})
    mail = Mailbericht.objects.get(template="core/inloglink")
    link = re.search(r"https?://[^/]+(/\S+)", mail.text)
    assert link is not None
    client.post(link[1])
    person = client.get("/loket/mijn-vragen/").wsgi_request.person
    desk.change_visibility(
        person=person, vraag=vraag, zichtbaarheid=Zichtbaarheid.GEMEENTE
    )
    demo(False)
    assert Gemeente.objects.get(code="GM0119").mail_domains == []
    with pytest.raises(ValidationError):
        desk.change_visibility(
            person=person, vraag=vraag, zichtbaarheid=Zichtbaarheid.GEMEENTE
        )


def test_real_domains_survive_both_switches(demo):
    Gemeente.objects.filter(code="GM0119").update(
        mail_domains=["meppel.nl"], mail_domains_bron="opgave"
    )
    demo(False)
    demo(True)
    assert Gemeente.objects.get(code="GM0119").mail_domains == ["meppel.nl"]


def test_a_demo_has_ordinances_of_made_up_municipalities_and_nobody_else_has(
    client, demo
):
    def titles() -> list[str]:
        page = BeautifulSoup(client.get("/verordeningen/").content, "html.parser")
        links = [link.get_text() for link in page.select("main a")]
        return [one for one in links if re.match(r"(?!Vergelijk).*Voorbeeld", one)]

    shown = titles()
    assert len(shown) == 3
    assert all(title.endswith("(voorbeeld)") for title in shown)
    demo(False)
    assert not titles()
    demo(True)
    assert titles() == shown
