"""Mails that pretend: nothing joins a question, nobody gets to read it, no state changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from core.mail import tokens
from core.models import Contact, Mailbericht, Team, Toegang
from core.person import Person
from experts.models import Teamlid
from loket import services
from loket.models import InkomendBericht, Vraag
from loket.permissions import mail_readers, visible_vragen
from loket.services import mail_in

from .mails import ASKER, DESK, make, token_of

pytestmark = pytest.mark.django_db

STRANGER = "piet@elders.example"
TRUSTED = "mx.loket.example"


@dataclass
class World:
    """A question of ASKER, one of another asker, and people around them."""

    vraag: Vraag
    other: Vraag
    staff: Any
    expert: Any
    gone: Any

    @property
    def to(self) -> str:
        return token_of(self.vraag)

    @property
    def ours(self) -> str:
        return Mailbericht.objects.get(
            about=self.vraag.key, template="loket/ontvangen"
        ).message_id


def spoof(world: World, **fields: Any) -> bytes:
    text = fields.pop("text", "Stuur mij alles over deze vraag.")
    return make(text, **{"sender": STRANGER, "subject": "Re: uw vraag", **fields})


def swap(raw: bytes, old: str, new: str) -> bytes:
    """The mail with a piece of its head changed, for heads that no library writes."""
    assert old.encode() in raw
    return raw.replace(old.encode(), new.encode(), 1)


def with_from(world: World, line: str, **fields: Any) -> bytes:
    raw = spoof(world, to=fields.pop("to", world.to), **fields)
    return swap(raw, f"From: {STRANGER}", line)


def broken(address: str) -> str:
    """A token of which the last sign is another."""
    local, _at, domain = address.partition("@")
    return f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"


def broken_at_the_start(address: str) -> str:
    """A token of which the first sign of the code is another."""
    local, _at, domain = address.partition("@")
    sign = "a" if local[-26] != "a" else "b"
    return f"{local[:-26]}{sign}{local[-25:]}@{domain}"


def wrong_key(world: World) -> str:
    """The token of the other question, with the number of this one in it."""
    return token_of(world.other).replace(
        f"vraag-{world.other.pk}-", f"vraag-{world.vraag.pk}-"
    )


def closed_long_ago(world: World) -> None:
    services.close(person=Person(contact=world.vraag.contact), vraag=world.vraag)
    Vraag.objects.filter(pk=world.vraag.pk).update(
        closed_at=timezone.now() - datetime.timedelta(days=31)
    )


Case = Callable[[World], bytes]
HELD, NEW, IGNORED = "aangehouden", "nieuw", "genegeerd"
# name: (what comes of it, the mail). A mail that proves nothing is a question of its sender.
CASES: dict[str, tuple[str, Case]] = {
    # Numbers that anybody can guess or read.
    "number in the subject": (NEW, lambda w: spoof(w, subject=f"Re: {w.vraag.reference}")),
    "number in brackets": (NEW, lambda w: spoof(w, subject=f"[{w.vraag.reference}] erbij")),
    "number of the database": (NEW, lambda w: spoof(w, subject=f"Re: [q-{w.vraag.pk}]")),
    "number in the text": (NEW, lambda w: spoof(w, text=f"Over {w.vraag.reference}: stuur alles.")),
    "number as address": (NEW, lambda w: spoof(w, to=f"loket+vraag-{w.vraag.pk}@example.nl")),
    "reference as address": (NEW, lambda w: spoof(w, to=f"loket+{w.vraag.reference}@example.nl")),
    "number of the asker too": (NEW, lambda w: spoof(
        w, to=f"loket+vraag-{w.vraag.pk}-contact-{w.vraag.contact_id}@example.nl")),
    "asker by From, number in the subject": (NEW, lambda w: spoof(
        w, sender=ASKER, subject=f"Re: {w.vraag.reference}")),
    # Tokens that are not ours.
    "token without its last sign": (NEW, lambda w: spoof(w, to=broken(w.to))),
    "token with another first sign of the code": (NEW, lambda w: spoof(
        w, sender=ASKER, to=broken_at_the_start(w.to))),
    "token of another question under this number": (NEW, lambda w: spoof(
        w, sender=ASKER, to=wrong_key(w))),
    "token of zeros": (NEW, lambda w: spoof(
        w, sender=ASKER, to=f"loket+vraag-{w.vraag.pk}-contact-{w.vraag.contact_id}-{'a' * 26}@example.nl")),
    "token for another object": (NEW, lambda w: spoof(
        w, sender=ASKER, to=tokens.reply_address(key=f"concept:{w.vraag.pk}", who=f"contact:{w.vraag.contact_id}"))),
    "token in the subject": (NEW, lambda w: spoof(w, sender=ASKER, subject=w.to)),
    "token in the text": (NEW, lambda w: spoof(w, sender=ASKER, text=w.to)),
    "token in Reply-To": (NEW, lambda w: spoof(w, sender=ASKER, Reply_To=w.to)),
    "token in the name of a recipient": (NEW, lambda w: spoof(
        w, sender=ASKER, to=f'"{w.to}" <loket@example.nl>')),
    "token in a header of ours": (NEW, lambda w: spoof(w, sender=ASKER, X_Loket_Token=w.to)),
    # A stolen token: right, but the sender is unknown to the question.
    "stolen token": (HELD, lambda w: spoof(w, to=w.to)),
    "stolen token in Cc": (HELD, lambda w: spoof(w, Cc=w.to)),
    "stolen token, own address in Cc": (HELD, lambda w: spoof(w, to=w.to, Cc=STRANGER)),
    "stolen token, Reply-To of the asker": (HELD, lambda w: spoof(w, to=w.to, Reply_To=ASKER)),
    "stolen token, Sender of the asker": (HELD, lambda w: spoof(w, to=w.to, Sender=ASKER)),
    "stolen token, Return-Path of the asker": (HELD, lambda w: spoof(
        w, to=w.to, Return_Path=f"<{ASKER}>")),
    "stolen token, name of the asker": (HELD, lambda w: spoof(
        w, to=w.to, sender=f'"{ASKER}" <{STRANGER}>')),
    "stolen token, asker of another question": (HELD, lambda w: spoof(
        w, to=w.to, sender=w.other.contact.email)),
    "stolen token, colleague of the same gemeente": (HELD, lambda w: spoof(
        w, to=w.to, sender="collega@meppel.example")),
    "stolen token in capitals": (HELD, lambda w: spoof(w, to=w.to.upper())),
    "stolen token, Resent-From of the asker": (HELD, lambda w: spoof(
        w, to=w.to, Resent_From=ASKER)),
    "stolen token, X-Original-From": (HELD, lambda w: spoof(w, to=w.to, X_Original_From=ASKER)),
    # Message-IDs.
    "stolen Message-ID in In-Reply-To": (HELD, lambda w: spoof(w, In_Reply_To=w.ours)),
    "stolen Message-ID in References": (HELD, lambda w: spoof(w, References=f"<a@b.nl> {w.ours}")),
    "forged Message-ID": (NEW, lambda w: spoof(
        w, sender=ASKER, In_Reply_To=f"<loket.vraag-{w.vraag.pk}-ontvangen.{'0' * 24}@example.nl>")),
    "forged References": (NEW, lambda w: spoof(
        w, sender=ASKER, References=f"<loket.{w.vraag.pk}.1.{'a' * 24}@example.nl>")),
    "Message-ID of another question under this number": (NEW, lambda w: spoof(
        w, sender=ASKER, References=tokens.message_id(f"vraag-{w.other.pk}-ontvangen").replace(
            f"vraag-{w.other.pk}-", f"vraag-{w.vraag.pk}-"))),
    "our Message-ID in a header of ours": (NEW, lambda w: spoof(
        w, sender=ASKER, X_Loket_Reply_To=w.ours)),
    "our own Message-ID as its own": (IGNORED, lambda w: spoof(
        w, sender=ASKER, to=w.to, Message_ID=w.ours)),
    "Message-ID of Thread-Index only": (NEW, lambda w: spoof(
        w, sender=ASKER, Thread_Index=w.ours, Thread_Topic=w.vraag.titel)),
    # Staff.
    "From of staff without a token": (HELD, lambda w: spoof(w, sender=w.staff.email)),
    "From of staff with the token of the asker": (HELD, lambda w: spoof(
        w, sender=w.staff.email, to=w.to)),
    "From of staff with our Message-ID": (HELD, lambda w: spoof(
        w, sender=w.staff.email, In_Reply_To=w.ours)),
    "From of staff with the token of a colleague": (HELD, lambda w: spoof(
        w, sender=w.staff.email, to=token_of(w.vraag, f"user:{w.expert.pk}"))),
    "stranger with the token of staff": (HELD, lambda w: spoof(
        w, to=token_of(w.vraag, f"user:{w.staff.pk}"))),
    "staff of which the account is switched off": (HELD, lambda w: spoof(
        w, sender=w.gone.email, to=token_of(w.vraag, f"user:{w.gone.pk}"))),
    "staff in the name, number in the subject": (NEW, lambda w: spoof(
        w, sender=f'"{w.staff.email}" <{STRANGER}>', subject=f"{w.vraag.reference} #close")),
    "command of staff in the text": (HELD, lambda w: spoof(
        w, sender=w.staff.email, text=f"#close {w.vraag.reference}")),
    # Withdrawn and closed.
    "colleague who was never admitted, with a token": (HELD, lambda w: spoof(
        w, sender="oud@meppel.example", to=token_of(
            w.vraag, f"contact:{Contact.objects.create(email='oud@meppel.example').pk}"))),
    "asker with the token of somebody withdrawn": (HELD, lambda w: spoof(
        w, sender=ASKER, to=token_of(w.vraag, "contact:999999"))),
    "closed more than thirty days ago": (HELD, lambda w: (
        closed_long_ago(w), spoof(w, sender=ASKER, to=w.to))[1]),
    # More than one.
    "two tokens of two questions": (HELD, lambda w: spoof(
        w, sender=ASKER, to=f"{w.to}, {token_of(w.other)}")),
    "token of this, Message-ID of the other": (HELD, lambda w: spoof(
        w, sender=ASKER, to=token_of(w.other), In_Reply_To=w.ours)),
    "two From headers": (HELD, lambda w: with_from(w, f"From: {ASKER}\nFrom: {STRANGER}")),
    "two From headers, the asker last": (HELD, lambda w: with_from(
        w, f"From: {STRANGER}\nFrom: {ASKER}")),
    "two addresses in From": (HELD, lambda w: with_from(w, f"From: {ASKER}, {STRANGER}")),
    "two pairs of brackets": (HELD, lambda w: with_from(w, f"From: <{ASKER}> <{STRANGER}>")),
    "From in a group": (HELD, lambda w: with_from(w, f"From: Loket: {ASKER};")),
    "no From at all": (HELD, lambda w: with_from(w, "X-Nothing: x")),
    "empty From": (HELD, lambda w: with_from(w, "From: <>")),
    "NUL in From": (HELD, lambda w: with_from(w, f"From: {ASKER}\0@elders.example")),
    # Look-alikes.
    "sub-domain": (HELD, lambda w: with_from(w, "From: annemiek@mail.meppel.example")),
    "domain with our domain before it": (HELD, lambda w: with_from(
        w, "From: annemiek@meppel.example.elders.example")),
    "look-alike domain": (HELD, lambda w: with_from(w, "From: annemiek@rneppel.example")),
    "domain with a hyphen": (HELD, lambda w: with_from(w, "From: annemiek@meppel-example.nl")),
    "Cyrillic letter": (HELD, lambda w: with_from(w, "From: аnnemiek@meppel.example")),
    "Kelvin sign": (HELD, lambda w: with_from(w, "From: annemie\u212a@meppel.example")),
    "encoded look-alike": (HELD, lambda w: with_from(
        w, "From: =?utf-8?q?annemie=E2=84=AA=40meppel=2Eexample?=")),
    "full-width at": (HELD, lambda w: with_from(w, "From: annemiek＠meppel.example")),
    "punycode": (HELD, lambda w: with_from(w, "From: annemiek@xn--mppel-9ua.example")),
    "plus in the address of the asker": (HELD, lambda w: with_from(
        w, "From: annemiek+x@meppel.example")),
    "dot at the end of the domain": (HELD, lambda w: with_from(
        w, "From: annemiek@meppel.example.")),
    "comment that hides the address": (HELD, lambda w: with_from(
        w, f"From: {STRANGER} ({ASKER})")),
    "quoted local part": (HELD, lambda w: with_from(
        w, f'From: "{ASKER}"@elders.example')),
    # What the mail server says.
    "DMARC failed": (HELD, lambda w: spoof(
        w, sender=ASKER, to=w.to, Authentication_Results=f"{TRUSTED}; spf=fail; dmarc=fail (p=reject) header.from=meppel.example")),
    "DMARC failed after a forged pass": (HELD, lambda w: spoof(
        w, sender=ASKER, to=w.to, Authentication_Results=f"{TRUSTED}; dmarc=fail").replace(
            b"\nFrom:", f"\nAuthentication-Results: {TRUSTED}; dmarc=pass\nFrom:".encode(), 1)),
    "DMARC failed in capitals": (HELD, lambda w: spoof(
        w, sender=ASKER, to=w.to, Authentication_Results=f"{TRUSTED.upper()} 1; DMARC = FAIL")),
    # Machines.
    "automatic mail of a stranger with a token": (IGNORED, lambda w: spoof(
        w, to=w.to, Auto_Submitted="auto-replied")),
    "bounce for somebody else": (IGNORED, lambda w: bounce(w, STRANGER)),
    "bounce with a forged Message-ID": (IGNORED, lambda w: swap(
        bounce(w, ASKER), w.ours, w.ours.replace("ontvangen", "antwoord"))),
    "mail that says it is from us": (IGNORED, lambda w: spoof(w, sender=DESK, to=w.to)),
    "internal headers": (NEW, lambda w: spoof(
        w, X_Loket_Vraag=w.vraag.reference, X_Loket_Status="gesloten", X_Loket_Internal="yes",
        X_RT_Original_Encoding="utf-8", RT_Ticket=f"loket#{w.vraag.pk}")),
}  # fmt: skip


def bounce(world: World, recipient: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\nTo: loket@example.nl\n"
        "Subject: Undelivered Mail Returned to Sender\nReturn-Path: <>\n"
        "Message-ID: <b@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="g"\n\n'
        "--g\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\n"
        "--g\nContent-Type: text/rfc822-headers\n\n"
        f"From: loket@example.nl\nTo: {recipient}\nMessage-ID: {world.ours}\n\n--g--\n"
    ).encode()


@pytest.fixture
def world(ask, make_user, settings):
    settings.MAIL_TRUSTED_AUTHSERV = TRUSTED
    vraag = ask(email=ASKER)
    expert = make_user("deskundige")
    Teamlid.objects.create(team=Team.objects.get(pk=vraag.team_id), user=expert)
    return World(
        vraag=vraag,
        other=ask(email="jan@assen.example", text="Een andere vraag over flexwonen?"),
        staff=make_user("loketmedewerker"),
        expert=expert,
        gone=make_user("loketmedewerker", is_active=False),
    )


def state(vraag: Vraag) -> dict[str, Any]:
    """All that a mail could change of a question."""
    row = Vraag.objects.filter(pk=vraag.pk).values().get()
    return {
        **row,
        "berichten": list(vraag.berichten.values_list("pk", "text")),
        "gebeurtenissen": vraag.gebeurtenissen.count(),
        "wachtperiodes": list(vraag.wachtperiodes.values()),
        "bijlagen": [b.bijlagen.count() for b in vraag.berichten.all()],
        "lezers": mail_readers(Vraag.objects.get(pk=vraag.pk)),
        "ontvangers": services.recipients_of(vraag),
        "toegang": list(
            Toegang.objects.filter(object_key=vraag.key).values_list("pk", flat=True)
        ),
        "mails": list(
            Mailbericht.objects.filter(about=vraag.key).values_list(
                "pk", "to", "status"
            )
        ),
    }


@pytest.mark.parametrize("name", CASES)
def test_a_spoof_adds_nothing_and_changes_nothing(world, name):
    expected, build = CASES[name]
    raw = build(world)
    before = [state(world.vraag), state(world.other)]
    row, _new = mail_in.receive(raw, mailbox="proef")
    row = mail_in.handle(row)
    assert [state(world.vraag), state(world.other)] == before
    assert row.uitkomst == expected, row.uitkomst_reden
    assert row.uitkomst_reden
    if expected == NEW:
        assert row.vraag not in (world.vraag, world.other)
    for address in (STRANGER, "collega@meppel.example"):
        contact = Contact.objects.filter(email=address).first()
        if contact is not None:
            seen = set(visible_vragen(Person(contact=contact)))
            assert not seen & {world.vraag, world.other}


def test_there_are_enough_of_them():
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"sender": ASKER.upper()},
        {"sender": f'"Iemand anders" <{ASKER}>'},
        {"Cc": STRANGER},
        {"Reply_To": STRANGER},
        {"Authentication_Results": f"{TRUSTED}; dmarc=pass"},
        {"Authentication_Results": "kwaad.example; dmarc=fail"},
    ],
    ids=str,
)
def test_the_control_the_asker_with_a_token_is_added(world, change):
    """The same mails with nothing wrong do join, and even then nobody else gets to read."""
    to = world.to
    if not change:
        local, _at, domain = to.partition("@")
        to = f"{local.upper()}@{domain}"
    raw = spoof(world, **{"sender": ASKER, "to": to, **change})
    readers = mail_readers(world.vraag)
    row, _new = mail_in.receive(raw, mailbox="proef")
    row = mail_in.handle(row)
    assert (row.uitkomst, row.vraag) == ("toegevoegd", world.vraag)
    assert mail_readers(world.vraag) == readers
    assert services.recipients_of(world.vraag) == [ASKER]
    assert not Contact.objects.filter(email=STRANGER).exists()


def test_held_mail_is_shown_at_its_question_and_makes_no_noise(world):
    mails = Mailbericht.objects.count()
    for number in range(3):
        row, _new = mail_in.receive(
            spoof(world, to=world.to, text=f"{number}"), mailbox="proef"
        )
        mail_in.handle(row)
    assert InkomendBericht.objects.filter(vraag=world.vraag).count() == 3
    assert Mailbericht.objects.count() == mails
