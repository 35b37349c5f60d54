"""Delivery to a real server that refuses, hangs, cuts the line or is away."""

import datetime

import dkim
import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone

from core import mail
from core import outbox as box
from core.mail import tokens
from core.models import Mailbericht, Outbox
from tests.sink import Running

pytestmark = pytest.mark.django_db
Status = Mailbericht.Status


def invite_mail(**overrides):
    fields = {
        "template": "core/uitnodiging",
        "to": ["sanne@voorbeeld.nl"],
        "context": {"naam": "Sanne", "door": "Karim", "pad": "/x/"},
    }
    return mail.send(**{**fields, **overrides})


@pytest.fixture
def server(settings):
    with Running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.EMAIL_TIMEOUT = 0.5
        yield running


@pytest.fixture
def sink(server):
    return server.sink


def again(bericht):
    """The next try is due now."""
    Outbox.objects.filter(done_at=None).update(available_at=timezone.now())
    box.drain()
    bericht.refresh_from_db()
    return bericht


def test_delivery_to_a_real_server(sink):
    bericht = again(invite_mail())
    (message,) = sink.messages()
    assert bericht.status == Status.VERZONDEN
    assert bericht.unsure == 0
    assert message["Message-ID"] == bericht.message_id
    assert message.get_content_type() == "multipart/alternative"
    assert sink.recipients == ["sanne@voorbeeld.nl"]
    assert max(sink.received[0]) < 128


def test_a_refused_address_is_given_up_and_shown(sink):
    bericht = again(invite_mail(to=["bestaat-niet@voorbeeld.nl"]))
    assert bericht.status == Status.MISLUKT
    assert "550" in bericht.error
    assert bericht.failed_at is not None
    assert Outbox.objects.get(kind="core.mail").dead_at is not None


@pytest.mark.parametrize("fault", ["5xx", "refuse-data"])
def test_a_refusal_for_good_is_given_up_at_once(sink, fault):
    sink.fault = fault
    bericht = again(invite_mail())
    assert (bericht.status, bericht.unsure) == (Status.MISLUKT, 0)
    assert Outbox.objects.get(kind="core.mail").attempts == 1


@pytest.mark.parametrize("fault", ["4xx", "4xx-data", "hang"])
def test_what_passes_is_tried_again_and_sent_once(sink, fault):
    sink.fault = fault
    bericht = again(invite_mail())
    assert bericht.status == Status.WACHT
    again(bericht)
    assert (bericht.status, bericht.unsure, bericht.resent) == (Status.WACHT, 0, False)
    sink.fault = ""
    again(bericht)
    assert (bericht.status, bericht.resent) == (Status.VERZONDEN, False)
    assert len(sink.received) == 1


def test_a_server_that_is_away_loses_nothing(server):
    server.stop()
    bericht = again(invite_mail())
    assert bericht.status == Status.WACHT
    row = Outbox.objects.get(kind="core.mail")
    assert row.attempts == 1
    assert row.dead_at is None
    server.start()
    again(bericht)
    assert (bericht.status, bericht.resent) == (Status.VERZONDEN, False)
    assert len(server.sink.received) == 1


def test_a_line_that_is_cut_in_the_middle_is_marked_and_sent_again(sink):
    sink.fault = "cut"
    bericht = again(invite_mail())
    assert (bericht.status, bericht.unsure) == (Status.WACHT, 1)
    sink.fault = ""
    again(bericht)
    assert (bericht.status, bericht.resent) == (Status.VERZONDEN, True)
    assert len(sink.received) == 1


def test_a_server_that_never_confirms_gets_it_twice_at_most_and_a_person_looks(sink):
    sink.fault = "hang-after"
    bericht = again(invite_mail())
    for _ in range(4):
        again(bericht)
    assert [m["Message-ID"] for m in sink.messages()] == [bericht.message_id] * 2
    assert (bericht.status, bericht.resent) == (Status.MISLUKT, True)
    assert "bevestigde twee keer niet" in bericht.error
    # A person who tries again means it.
    sink.fault = ""
    box.retry(row=Outbox.objects.get(kind="core.mail"))
    again(bericht)
    assert bericht.status == Status.VERZONDEN


def test_a_server_that_hangs_after_its_yes_does_not_get_it_twice(sink):
    sink.fault = "hang-quit"
    bericht = again(invite_mail())
    again(bericht)
    assert (bericht.status, bericht.resent) == (Status.VERZONDEN, False)
    assert len(sink.received) == 1


def test_every_try_has_the_same_id_date_and_words(sink):
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=True) as clock:
        sink.fault = "hang-after"
        bericht = again(invite_mail(headers={"X-Proef": "ja"}))
        clock.shift(datetime.timedelta(hours=1, minutes=5))
        sink.fault = ""
        again(bericht)
    first, second = sink.received
    assert first == second
    (message, _) = sink.messages()
    assert message["Message-ID"] == bericht.message_id
    assert message["Date"].startswith("Tue, 24 Nov 2026 09:00")


# -- signed ------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path, settings):
    """A DKIM key in the settings; the value is the public half as DNS has it."""
    import base64

    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (tmp_path / "dkim.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    settings.DKIM_SELECTOR = "loket1"
    settings.DKIM_DOMAIN = "example.nl"
    settings.DKIM_KEY_FILE = str(tmp_path / "dkim.pem")
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def verified(raw: bytes, record: bytes) -> bool:
    asked = []

    def dns(name, timeout=5):
        asked.append(name)
        return record

    result = dkim.verify(raw, dnsfunc=dns)
    assert asked == [b"loket1._domainkey.example.nl."]
    return result


AWKWARD = [
    {"naam": "Zoë Ångström", "door": "Дмитрий", "pad": "/x/"},
    {"naam": "a" * 3000, "door": ".\n.\r\n.", "pad": "/" + "y" * 1200 + "/"},
    {"naam": "From mij", "door": "\nFrom begin van een regel\n", "pad": "/x/"},
    {"naam": "👩‍👩‍👧 ﷽", "door": "  spaties aan het eind   \n", "pad": "/x/"},
]


@pytest.mark.parametrize("context", AWKWARD)
def test_a_signature_holds_and_breaks_when_a_word_changes(sink, key, context):
    bericht = invite_mail(
        context=context,
        from_name="Loket, Zoë (team) <x@kwaad.nl>",
        headers={"List-Unsubscribe": "<https://example.nl/x/>"},
        about="vraag:12",
        who="contact:4",
    )
    again(bericht)
    (raw,) = sink.received
    assert verified(raw, key) is True
    assert verified(raw.replace(b"uitnod", b"uitnOd").replace(b"X", b"Y"), key) is False
    (message,) = sink.messages()
    assert message["DKIM-Signature"].count("from") == 2
    assert message["List-Unsubscribe"]


def test_a_second_from_breaks_the_signature(sink, key):
    again(invite_mail())
    (raw,) = sink.received
    assert verified(b"From: kwaad@example.org\r\n" + raw, key) is False


def test_without_a_key_nothing_is_signed(sink):
    again(invite_mail())
    assert b"DKIM-Signature" not in sink.received[0]


def check():
    call_command("check")


def test_a_good_key_passes_the_check(key):
    check()


@pytest.mark.parametrize("fault", ["geen sleutel", "weg", "geen selector"])
def test_a_bad_key_is_seen_at_the_start(key, settings, tmp_path, fault):
    if fault == "geen sleutel":
        (tmp_path / "dkim.pem").write_text("dit is geen sleutel")
    elif fault == "weg":
        settings.DKIM_KEY_FILE = str(tmp_path / "weg.pem")
    else:
        settings.DKIM_SELECTOR = ""
    with pytest.raises(SystemCheckError, match=r"config\.E006"):
        check()


def test_with_a_bad_key_a_mail_waits_and_is_not_sent_unsigned(sink, key, tmp_path):
    good = (tmp_path / "dkim.pem").read_bytes()
    (tmp_path / "dkim.pem").write_text("dit is geen sleutel")
    bericht = again(invite_mail())
    assert (bericht.status, bericht.unsure, sink.received) == (Status.WACHT, 0, [])
    (tmp_path / "dkim.pem").write_bytes(good)
    again(bericht)
    assert bericht.status == Status.VERZONDEN


# -- headers -----------------------------------------------------------------------------

EVIL = [
    "x\nBcc: kwaad@example.org",
    "x\r\nBcc: kwaad@example.org\r\n\r\nandere tekst",
    "x\rBcc: kwaad@example.org",
    "x\x00\x0bBcc: kwaad@example.org",
    "x\u2028Bcc: kwaad@example.org",
    "x\x85Bcc: kwaad@example.org",
    "=?utf-8?q?x=0ABcc:_kwaad@example.org?=",
    "x\udce9 los",
    "\u202egnp.exe",
    "\n",
    "é" * 400,
]
EXPECTED = {
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To",
    "Auto-Submitted", "Message-ID", "Date", "In-Reply-To", "References",
}  # fmt: skip


@pytest.mark.parametrize("text", EVIL)
def test_no_text_adds_a_header(sink, text):
    bericht = mail.send(
        template="knowledge/concept_link",
        to=["sanne@voorbeeld.nl"],
        context={"naam": text, "model": text, "pad": "/x/", "adres": "/y/"},
        from_name=text,
        about="vraag:12",
        who="contact:4",
        answers=f"<a{text}@example.org>",
    )
    again(bericht)
    (message,) = sink.messages()
    assert set(message.keys()) <= EXPECTED
    assert len(message.keys()) == len(set(message.keys()))
    assert sink.recipients == ["sanne@voorbeeld.nl"]
    assert [a.addr_spec for a in message["To"].addresses] == ["sanne@voorbeeld.nl"]
    assert [a.addr_spec for a in message["From"].addresses] == ["loket@example.nl"]
    assert "\u202e" not in message["Subject"]
    assert len(message["Subject"].strip()) <= 200
    assert not message.defects


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [
        ("zoë@voorbeeld.nl", None),
        ("info@gemeente-súdwest.nl", "info@xn--gemeente-sdwest-cvb.nl"),
    ],
)
def test_addresses_beyond_ascii(sink, address, goes_to):
    bericht = again(invite_mail(to=[address]))
    if goes_to:
        assert sink.recipients == [goes_to]
        assert bericht.status == Status.VERZONDEN
    else:
        # What no server of ours can carry is shown to a person, not tried for days.
        assert bericht.status in (Status.MISLUKT, Status.VERZONDEN)


@pytest.mark.parametrize("to", [[], [""], [" "], ["a@example.nl", "b@example.nl"]])
def test_a_message_has_one_recipient(to):
    with pytest.raises(ValueError, match="precies één ontvanger"):
        invite_mail(to=to)


def test_a_name_with_marks_stays_a_name(sink):
    bericht = again(invite_mail(from_name='Loket "Zoë", team (a) <x@y.nl>'))
    (message,) = sink.messages()
    (sender,) = message["From"].addresses
    assert sender.addr_spec == "loket@example.nl"
    assert sender.display_name == 'Loket "Zoë", team (a) <x@y.nl>'
    assert bericht.status == Status.VERZONDEN


# -- answers and threads -----------------------------------------------------------------


def test_the_reply_address_is_of_this_question_and_this_person():
    one = invite_mail(about="vraag:12", who="contact:4")
    two = invite_mail(about="vraag:12", who="user:7", to=["karim@voorbeeld.nl"])
    assert tokens.proof_in(one.reply_to) == tokens.Bewijs("vraag:12", "contact:4")
    assert tokens.proof_in(two.reply_to) == tokens.Bewijs("vraag:12", "user:7")
    assert invite_mail().reply_to == ""


def test_mails_about_a_question_form_a_thread_per_address():
    first = invite_mail(about="vraag:12", answers="<hun-mail@example.org>")
    other = invite_mail(about="vraag:12", to=["karim@voorbeeld.nl"])
    second = invite_mail(about="vraag:12")
    third = invite_mail(about="vraag:12", answers="<hun-reactie@example.org>")
    assert first.headers["In-Reply-To"] == "<hun-mail@example.org>"
    assert first.headers["Auto-Submitted"] == "auto-replied"
    assert "References" not in other.headers
    assert second.headers["Auto-Submitted"] == "auto-generated"
    assert second.headers["In-Reply-To"] == first.message_id
    assert second.headers["References"].split() == [
        "<hun-mail@example.org>",
        first.message_id,
    ]
    assert third.headers["In-Reply-To"] == "<hun-reactie@example.org>"
    assert third.headers["References"].split() == [
        "<hun-mail@example.org>",
        first.message_id,
        second.message_id,
        "<hun-reactie@example.org>",
    ]


def test_a_long_thread_keeps_its_first_and_last_references(sink):
    for _ in range(30):
        last = invite_mail(about="vraag:12")
    references = last.headers["References"].split()
    assert len(references) == 12
    assert references[0] == Mailbericht.objects.order_by("pk").first().message_id
    again(last)
    assert sink.messages()[-1]["References"].split() == references


def test_what_a_person_wrote_is_not_marked_automatic():
    assert "Auto-Submitted" not in invite_mail(automatic=False).headers


# -- sent back -----------------------------------------------------------------------------


@pytest.fixture
def sent(sink):
    return again(invite_mail(about="vraag:12", who="contact:4"))


def test_a_mail_that_came_back_is_known_by_our_id_and_the_recipient(sent):
    found = mail.bounced(
        message_id=sent.message_id,
        recipient="rfc822; Sanne@Voorbeeld.NL",
        reason="5.1.1 onbekend",
    )
    assert found.pk == sent.pk
    assert found.status == Status.TERUGGEKOMEN
    assert found.error == "5.1.1 onbekend"


def test_the_token_is_as_good_as_the_id(sent):
    token = sent.reply_to.partition("+")[2].partition("@")[0].upper()
    found = mail.bounced(token=token, recipient="<sanne@voorbeeld.nl>")
    assert found.status == Status.TERUGGEKOMEN


@pytest.mark.parametrize(
    "report",
    [
        {"message_id": "<loket.vraag-12.000000000000000000000000@example.nl>"},
        {"message_id": "<vreemd@example.org>"},
        {"token": "vraag-12-contact-4-aaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"recipient": "iemand-anders@voorbeeld.nl"},
        {"recipient": ""},
        {"message_id": "", "token": ""},
    ],
)
def test_any_other_report_changes_nothing(sent, report):
    assert (
        mail.bounced(
            **{
                "message_id": "" if "token" in report else sent.message_id,
                "recipient": "sanne@voorbeeld.nl",
                **report,
            }
        )
        is None
    )
    sent.refresh_from_db()
    assert sent.status == Status.VERZONDEN


def test_a_mail_that_was_never_tried_cannot_come_back():
    bericht = invite_mail()
    assert mail.bounced(message_id=bericht.message_id, recipient=bericht.adres) is None


def test_a_second_report_of_the_same_mail_tells_nobody_again(sent, monkeypatch):
    told = []
    monkeypatch.setattr("core.mail.failing._hooks", [told.append])
    for _ in range(3):
        mail.bounced(message_id=sent.message_id, recipient=sent.adres)
    assert [one.pk for one in told] == [sent.pk]


def test_a_hook_that_fails_does_not_keep_a_row_from_being_given_up(sink, monkeypatch):
    def broken(bericht):
        raise RuntimeError

    monkeypatch.setattr("core.mail.failing._hooks", [broken])
    sink.fault = "5xx"
    again(invite_mail())
    assert Outbox.objects.get(kind="core.mail").dead_at is not None
