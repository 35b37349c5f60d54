import pytest
from django.db import transaction

from core import mail
from core.mail.tokens import message_id
from core.models import Mailbericht, Outbox

pytestmark = pytest.mark.django_db


def invite_mail(**overrides):
    fields = {
        "template": "core/uitnodiging",
        "to": ["sanne@voorbeeld.nl"],
        "context": {
            "naam": "Sanne d'Or",
            "door": "Karim",
            "pad": "/medewerker/uitnodiging/x_y/",
        },
    }
    return mail.send(**{**fields, **overrides})


def test_a_message_waits_in_the_outbox_until_it_is_delivered(outbox, mailoutbox):
    bericht = invite_mail()
    assert mailoutbox == []
    outbox()
    bericht.refresh_from_db()
    assert bericht.status == Mailbericht.Status.VERZONDEN
    (sent,) = mailoutbox
    assert sent.to == ["sanne@voorbeeld.nl"]
    assert sent.extra_headers["Message-ID"] == bericht.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_no_message_without_its_act():
    def act():
        with transaction.atomic():
            invite_mail()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Mailbericht.objects.exists()
    assert not Outbox.objects.exists()


def test_text_and_html_come_from_one_source(settings):
    bericht = invite_mail()
    address = f"{settings.BASE_URL}/medewerker/uitnodiging/x_y/"
    assert bericht.subject == "U bent uitgenodigd voor Thuisloket"
    assert "Dag Sanne d'Or," in bericht.text
    assert address in bericht.text
    assert f'href="{address}"' in bericht.html


@pytest.mark.parametrize(
    "name",
    [
        "[klik hier](https://kwaad.example)",
        "<a href='https://kwaad.example'>klik</a>",
        "<https://kwaad.example>",
        "![x](https://kwaad.example/pixel.gif)",
        "<script>alert(1)</script>",
    ],
)
def test_text_of_others_never_becomes_a_link_or_code(name):
    bericht = invite_mail(context={"naam": name, "door": "x", "pad": "/x/"})
    assert 'href="https://kwaad' not in bericht.html
    assert "<img" not in bericht.html
    assert "<script" not in bericht.html


def test_header_injection_in_the_subject_is_flattened():
    bericht = invite_mail(
        template="core/inloglink",
        context={"naam": "x\nBcc: kwaad@example.nl", "pad": "/x/"},
    )
    assert "\n" not in bericht.subject


def test_message_ids_are_reproducible_and_not_guessable(settings):
    first = message_id("vraag-12-1")
    assert first == message_id("vraag-12-1")
    settings.SECRET_KEY = "een andere sleutel die lang genoeg is"
    assert first != message_id("vraag-12-1")


def test_a_message_that_was_erased_needs_no_delivery(outbox, mailoutbox):
    invite_mail()
    Mailbericht.objects.all().delete()
    outbox()
    assert mailoutbox == []
    assert not Outbox.objects.filter(done_at=None).exists()
