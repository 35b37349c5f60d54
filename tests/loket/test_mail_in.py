"""The way of a mail into a question: kept, judged, coupled, applied, decided."""

import datetime
import json
import os
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from core import mail as core_mail
from core.models import Contact, Mailbericht
from loket import services
from loket.models import Bericht, InkomendBericht, Kanaal, Vraag
from loket.services import mail_decisions, mail_in
from loket.services.privacy import mail as mail_privacy
from loket.states import VraagStatus

from .mails import ASKER, make, token_of

pytestmark = pytest.mark.django_db
QUOTE = """Op wo 25 nov 2026 om 10:00 schreef Loket <loket@example.nl>:
> Welke locatie heeft u?
> Groet
"""


@pytest.fixture
def take():
    """take(raw) → the row of a mail that was kept and handled."""

    def act(raw, **place):
        row, _new = mail_in.receive(raw, **{"mailbox": "proef", **place})
        return mail_in.handle(row)

    return act


@pytest.fixture
def desk(make_user):
    return make_user("loketmedewerker")


def test_the_raw_bytes_are_kept_bit_for_bit(take):
    raw = b"From: a@b.example\r\nSubject: x\n\n\x00\xff\xfe raar \r eind"
    row = take(raw)
    with row.raw.open("rb") as file:
        assert file.read() == raw
    assert row.size == len(raw)


def test_a_new_mail_becomes_a_question_and_is_confirmed_once(take, outbox, mailoutbox):
    row = take(
        make(
            "Zie https://kwaad.example en bel 0612345678",
            subject="Re: GRATIS GELD",
            sender="Kees Kwaad <kees@elders.example>",
        )
    )
    assert (row.soort, row.uitkomst, row.bevestigd) == ("vraag", "nieuw", True)
    vraag = row.vraag
    assert (vraag.kanaal, vraag.titel) == (Kanaal.MAIL, "GRATIS GELD")
    assert vraag.contact.email == "kees@elders.example"
    mail_in.handle(InkomendBericht.objects.get())
    outbox()
    to_asker = [m for m in mailoutbox if m.to == ["kees@elders.example"]]
    assert len(to_asker) == 1
    sent = to_asker[0].message().as_string()
    for words in ("kwaad.example", "0612345678", "GRATIS", "Kees"):
        assert words not in sent
    assert vraag.reference in sent


def test_a_reply_by_token_is_added_with_its_files_and_resumes_the_clock(
    take, ask, make_user
):
    vraag = ask(email=ASKER)
    user = make_user("loketmedewerker")
    services.take(user=user, vraag=vraag)
    services.answer(
        user=user, vraag=vraag, text="Welke locatie?", citations=[], question_back=True
    )
    row = take(
        make(
            f"Noord.\n\n{QUOTE}",
            to=token_of(vraag),
            subject="Antw: Uw vraag",
            files=(("plan.txt", b"plan"),),
        )
    )
    vraag.refresh_from_db()
    assert (row.soort, row.uitkomst, row.vraag) == ("reactie", "toegevoegd", vraag)
    assert vraag.status == VraagStatus.IN_BEHANDELING
    assert not vraag.wachtperiodes.filter(end=None).exists()
    assert (row.bericht.text, row.bericht.kanaal) == ("Noord.", Kanaal.MAIL)
    assert "Welke locatie" in row.bericht.citaat
    assert [b.name for b in row.bericht.bijlagen.all()] == ["plan.txt"]
    assert not row.bevestigd


def test_a_file_that_we_do_not_take_stands_there_by_name(take, ask):
    vraag = ask(email=ASKER)
    row = take(make("Zie bijlage", to=token_of(vraag), files=(("x.exe", b"MZ\0\1"),)))
    assert row.uitkomst == "toegevoegd"
    (bijlage,) = row.bericht.bijlagen.all()
    assert (bijlage.name, bool(bijlage.geweigerd)) == ("x.exe", True)


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_reply_by_our_own_message_id_is_added(take, ask, header):
    vraag = ask(email=ASKER)
    ours = Mailbericht.objects.filter(about=vraag.key).first().message_id
    row = take(make("Nog iets.", **{header.replace("-", "_"): f"<x@y.nl> {ours}"}))
    assert (row.uitkomst, row.vraag) == ("toegevoegd", vraag)


@pytest.mark.parametrize(
    "name", ["To", "Cc", "Delivered-To", "X-Original-To"], ids=lambda n: n
)
def test_the_token_counts_in_each_address_of_a_recipient_in_any_case(take, ask, name):
    vraag = ask(email=ASKER)
    address = token_of(vraag)
    local, _at, domain = address.partition("@")
    raw = make("Nog iets.", sender=ASKER.upper()).replace(
        b"To: loket@example.nl", f"{name}: <{local.upper()}@{domain}>".encode()
    )
    assert take(raw).uitkomst == "toegevoegd"


def test_a_closed_question_reopens_within_thirty_days_and_is_held_after(
    take, ask, open_link, make_user
):
    vraag = ask(email=ASKER)
    services.close(person=services.mail_in.Person(contact=vraag.contact), vraag=vraag)
    assert take(make("Toch nog iets.", to=token_of(vraag))).uitkomst == "toegevoegd"
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.HEROPEND
    services.close(person=services.mail_in.Person(contact=vraag.contact), vraag=vraag)
    Vraag.objects.filter(pk=vraag.pk).update(
        closed_at=timezone.now() - datetime.timedelta(days=30, minutes=1)
    )
    row = take(make("En nog iets.", to=token_of(vraag)))
    vraag.refresh_from_db()
    assert (row.uitkomst, row.vraag) == ("aangehouden", vraag)
    assert vraag.status == VraagStatus.GESLOTEN


def test_a_token_of_a_question_that_is_gone_opens_a_new_one(take, ask):
    vraag = ask(email=ASKER)
    address = token_of(vraag)
    Bericht.objects.filter(vraag=vraag).delete()
    vraag.delete()
    row = take(make("Hallo", to=address))
    assert (row.uitkomst, row.vraag.contact.email) == ("nieuw", ASKER)


def test_mail_of_staff_with_their_own_token_is_an_internal_note(take, ask, make_user):
    vraag, user = ask(email=ASKER), make_user("loketmedewerker")
    row = take(
        make("Ik bel even.", sender=user.email, to=token_of(vraag, f"user:{user.pk}"))
    )
    assert row.uitkomst == "toegevoegd"
    assert row.bericht.is_internal
    assert row.bericht.user == user


def test_an_automatic_mail_with_proof_is_an_event_and_gets_no_answer(take, ask):
    vraag = ask(email=ASKER)
    before = Mailbericht.objects.count()
    row = take(
        make("Ik ben er niet.", to=token_of(vraag), Auto_Submitted="auto-replied")
    )
    assert (row.soort, row.uitkomst) == ("automatisch", "toegevoegd")
    assert vraag.gebeurtenissen.filter(soort="mail_automatic", intern=True).exists()
    assert vraag.berichten.count() == 1
    assert Mailbericht.objects.count() == before


def test_an_automatic_mail_without_proof_opens_nothing(take):
    row = take(make("Ik ben er niet.", Auto_Submitted="auto-replied"))
    assert (row.soort, row.uitkomst, row.vraag) == ("automatisch", "genegeerd", None)
    assert not Mailbericht.objects.exists()


@pytest.mark.parametrize(
    ("sender", "headers", "kind"),
    [
        ("loket@example.nl", {}, "lus"),
        ("post@loket.example", {}, "lus"),
        ("ander@loket.example", {"Auto_Submitted": "auto-generated"}, "lus"),
        ("ander@loket.example", {}, "vraag"),
    ],
)
def test_mail_of_ourselves_is_a_loop(take, settings, sender, headers, kind):
    settings.MAIL_IN_URL = ["imaps://post%40loket.example:x@mail.example/INBOX"]
    row = take(make("Uw vraag is binnen.", sender=sender, to=sender, **headers))
    assert row.soort == kind
    assert row.uitkomst == ("nieuw" if kind == "vraag" else "genegeerd")


def bounce(message_id, recipient):
    return (
        "From: MAILER-DAEMON@mx.example\nTo: loket@example.nl\n"
        "Subject: Undelivered Mail Returned to Sender\nReturn-Path: <>\n"
        "Message-ID: <b1@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="g"\n\n'
        "--g\nContent-Type: text/plain\n\nNiet bezorgd.\n"
        "--g\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n\n"
        "--g\nContent-Type: message/rfc822\n\n"
        f"From: loket@example.nl\nTo: {recipient}\nMessage-ID: {message_id}\n"
        "Subject: Wij hebben uw vraag ontvangen\n\nDag\n--g--\n"
    ).encode()


def test_a_bounce_counts_with_our_id_and_an_address_that_we_mailed(take, ask):
    vraag = ask(email=ASKER)
    ours = Mailbericht.objects.get(about=vraag.key, template="loket/ontvangen")
    Mailbericht.objects.filter(pk=ours.pk).update(
        status=Mailbericht.Status.VERZONDEN, tried_at=timezone.now()
    )
    row = take(bounce(ours.message_id, ASKER))
    assert (row.soort, row.uitkomst, row.vraag) == ("bounce", "toegevoegd", vraag)
    ours.refresh_from_db()
    assert ours.status == Mailbericht.Status.TERUGGEKOMEN
    assert vraag.gebeurtenissen.filter(soort="mail_failed").count() == 1


def test_a_bounce_about_somebody_else_changes_nothing(take, ask):
    vraag = ask(email=ASKER)
    ours = Mailbericht.objects.get(about=vraag.key, template="loket/ontvangen")
    before = Mailbericht.objects.count()
    row = take(bounce(ours.message_id, "ander@elders.example"))
    assert row.uitkomst == "genegeerd"
    forged = take(bounce("<loket.vraag-1-ontvangen.0@example.nl>", ASKER))
    assert forged.uitkomst == "genegeerd"
    ours.refresh_from_db()
    assert ours.status == Mailbericht.Status.WACHT
    assert Mailbericht.objects.count() == before


def test_the_same_bytes_again_are_noted_and_ignored(take):
    raw = make()
    first = take(raw, uidvalidity="1", uid="5")
    same = take(raw, uidvalidity="1", uid="5")
    assert same.pk == first.pk
    assert same.keer_gezien == 2
    moved = take(raw, uidvalidity="2", uid="1")
    assert (moved.uitkomst, moved.eerder) == ("genegeerd", first)
    assert not moved.raw
    assert Vraag.objects.count() == 1


def test_the_second_of_two_fetchers_keeps_nothing(take, monkeypatch):
    """Both saw no row; the constraint tells the second that the bytes were there."""
    raw = make()
    seen = []
    write = mail_in._write

    def other_is_first(row, data):
        write(row, data)
        if not seen:
            seen.append(row.raw.name)
            mail_in.receive(raw, mailbox="proef", uidvalidity="1", uid="5")

    monkeypatch.setattr(mail_in, "_write", other_is_first)
    row, new = mail_in.receive(raw, mailbox="proef", uidvalidity="1", uid="6")
    assert not new
    assert row.eerder is not None
    assert not row.raw.storage.exists(seen[0])
    assert InkomendBericht.objects.filter(herhaling=False).count() == 1


def test_a_message_id_seen_before_with_other_bytes_is_held(take):
    first = take(make(Message_ID="<een@meppel.example>"))
    second = take(make("Iets heel anders", Message_ID="<een@meppel.example>"))
    assert first.uitkomst == "nieuw"
    assert second.uitkomst == "aangehouden"
    assert Vraag.objects.count() == 1


def test_a_number_in_the_subject_is_only_a_hint(take, ask):
    vraag = ask(email=ASKER)
    row = take(
        make("Erbij", sender="x@elders.example", subject=f"Re: {vraag.reference}")
    )
    assert (row.uitkomst, row.lijkt_op) == ("nieuw", vraag)
    assert row.vraag != vraag
    assert vraag.berichten.count() == 1


def test_nearly_the_same_question_of_one_sender_is_marked(take, ask):
    text = "Mag een jongere van 18 jaar uit de jeugdhulp bij ons urgentie krijgen?"
    vraag = ask(email=ASKER, text=text)
    assert take(make(f"{text} Groet")).lijkt_op == vraag
    assert take(make("Hoeveel kost een tiny house?", subject="Prijs")).lijkt_op is None
    other = take(make(text, sender="ander@elders.example", subject="Iets"))
    assert other.lijkt_op is None


def test_a_mail_that_cannot_be_read_is_held_and_visible(take, monkeypatch):
    from loket.mail.message import Mail

    monkeypatch.setattr(
        mail_in, "read_safely", lambda raw: Mail(unreadable="Te veel delen.")
    )
    row = take(make())
    assert (row.soort, row.uitkomst) == ("onleesbaar", "aangehouden")
    assert row.reden == "Te veel delen."


def test_a_mail_that_fails_three_times_waits_for_a_person(monkeypatch):
    row, _new = mail_in.receive(make(), mailbox="proef")
    monkeypatch.setattr(mail_in, "ask", lambda **fields: 1 / 0)
    for tries in (1, 2):
        row = mail_in.handle(row)
        assert (row.uitkomst, row.pogingen) == ("", tries)
    row = mail_in.handle(row)
    assert (row.soort, row.uitkomst) == ("onleesbaar", "aangehouden")
    assert "ZeroDivisionError" in row.fout
    assert not Vraag.objects.exists()


def test_a_mail_that_was_kept_but_not_handled_is_handled_later():
    mail_in.receive(make(), mailbox="proef")
    assert mail_in.handle_waiting() == 1
    assert mail_in.handle_waiting() == 0
    assert Vraag.objects.count() == 1


def test_a_full_disk_takes_nothing_in_and_leaves_nothing_behind(monkeypatch, tmp_path):
    def full(self, name, content):
        raise OSError(28, "No space left on device")

    field = InkomendBericht._meta.get_field("raw")
    monkeypatch.setattr(type(field.storage), "_save", full)
    with pytest.raises(OSError, match="No space"):
        mail_in.receive(make(), mailbox="proef")
    assert not InkomendBericht.objects.exists()


@pytest.fixture
def held(take, ask):
    """A mail with the right token of a question, from somebody unknown to it."""
    vraag = ask(email=ASKER)
    row = take(
        make(
            "Ik neem het over.",
            sender="Piet <piet@elders.example>",
            to=token_of(vraag),
            files=(("plan.txt", b"plan"),),
        )
    )
    assert (row.uitkomst, row.vraag) == ("aangehouden", vraag)
    return row


def test_admit_puts_the_mail_in_the_conversation_and_gives_nobody_access(held, desk):
    contacts = Contact.objects.count()
    bericht = mail_decisions.admit(user=desk, row=held)
    held.refresh_from_db()
    assert (held.uitkomst, held.decided_by, held.bericht) == (
        "toegevoegd",
        desk,
        bericht,
    )
    assert "piet@elders.example" in bericht.text
    assert "Ik neem het over." in bericht.text
    assert [b.name for b in bericht.bijlagen.all()] == ["plan.txt"]
    assert Contact.objects.count() == contacts
    assert services.recipients_of(held.vraag) == [ASKER]
    with pytest.raises(ValidationError):
        mail_decisions.admit(user=desk, row=held)


def test_a_held_mail_becomes_a_question_of_its_sender(held, desk):
    first = held.vraag
    vraag = mail_decisions.ask_from(user=desk, row=held)
    held.refresh_from_db()
    assert (held.uitkomst, held.vraag, held.bevestigd) == ("nieuw", vraag, True)
    # The page says 'Nieuwe vraag.' before it.
    assert held.uitkomst_reden == f"Gemaakt door {desk.name}."
    assert vraag.contact.email == "piet@elders.example"
    assert first.berichten.count() == 1


def test_a_reply_that_becomes_a_question_is_named_after_its_own_words(take, ask, desk):
    vraag = ask(email=ASKER)
    row = take(
        make(
            "Mogen wij ook flexwoningen voor studenten bouwen?",
            sender="gijs@elders.example",
            to=token_of(vraag),
            subject=f"Re: Wij hebben uw vraag ontvangen ({vraag.reference})",
        )
    )
    made = mail_decisions.ask_from(user=desk, row=row)
    assert made.titel == "Mogen wij ook flexwoningen voor studenten bouwen?"


def test_a_question_of_an_automatic_mail_is_never_confirmed(take, desk):
    row = take(make("Ik ben er niet.", Auto_Submitted="auto-replied"))
    mail_decisions.ask_from(user=desk, row=row)
    row.refresh_from_db()
    assert (row.uitkomst, row.bevestigd) == ("nieuw", False)
    assert not any(ASKER in bericht.to for bericht in Mailbericht.objects.all())


def test_drop_keeps_the_mail_in_the_list(held, desk):
    mail_decisions.drop(user=desk, row=held)
    held.refresh_from_db()
    assert (held.uitkomst, held.decided_by) == ("genegeerd", desk)
    assert held.raw.storage.exists(held.raw.name)


def test_judging_again_uses_the_rules_of_today(held, desk):
    Contact.objects.filter(email=ASKER).update(email="piet@elders.example")
    row = mail_decisions.judge_again(user=desk, row=held)
    assert (row.uitkomst, row.vraag) == ("toegevoegd", held.vraag)
    with pytest.raises(ValidationError):
        mail_decisions.judge_again(user=desk, row=row)


@pytest.mark.parametrize("act", ["admit", "ask_from", "drop", "judge_again"])
def test_only_the_front_office_decides(held, expert, act):
    with pytest.raises(PermissionDenied):
        getattr(mail_decisions, act)(user=expert(), row=held)
    held.refresh_from_db()
    assert held.uitkomst == "aangehouden"


def test_what_somebody_sent_is_erased_and_never_new_again(
    take, ask, django_capture_on_commit_callbacks
):
    raw = make("Geheim verhaal", sender="x@elders.example", subject="Mijn naam")
    row = take(raw)
    name, storage = row.raw.name, row.raw.storage
    with django_capture_on_commit_callbacks(execute=True):
        assert mail_privacy.forget("X@elders.example") == {"inkomende mails": 1}
    assert not storage.exists(name)
    row.refresh_from_db()
    assert (row.afzender, row.onderwerp, row.message_id) == ("", "", "")
    assert take(raw, uid="later").uitkomst == "genegeerd"
    assert take(make(sender="ander@elders.example")).uitkomst == "nieuw"


def test_an_original_without_a_row_goes_after_a_day(take, monkeypatch, tmp_path):
    # In the place of the setting: what is set anew leaves the fields with the old one.
    on_disk = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(mail_privacy, "raw_storage", lambda: on_disk)
    row = take(make())
    kept = tmp_path / row.raw.name
    left, fresh = (kept.with_name(f"{n}.eml") for n in ("over", "nieuw"))
    kept.parent.mkdir(parents=True)
    for path in (kept, left, fresh):
        path.write_bytes(b"x")
    for path in (kept, left):
        os.utime(path, (0, 0))
    assert mail_privacy.remove_left_over_files() == 1
    assert (kept.exists(), left.exists(), fresh.exists()) == (True, False, True)


# The pages.


def test_the_front_office_lists_reads_and_decides(client, held, desk):
    client.force_login(desk)
    listed = client.get("/werkplek/mail/")
    assert "piet@elders.example" in listed.content.decode()
    assert "1 mail wacht op uw besluit" in listed.content.decode()
    assert re.search(
        r"Aangehouden mail <span class=\"n\">1<",
        client.get("/werkplek/").content.decode(),
    )
    question = client.get(f"/werkplek/{held.vraag.reference}/").content.decode()
    assert f"/werkplek/mail/{held.pk}/" in question
    page = client.get(f"/werkplek/mail/{held.pk}/").content.decode()
    assert "Ik neem het over." in page
    assert "plan.txt" in page
    assert held.sha256[:32] in page
    assert page.index("Ik neem het over.") < page.index("Laat toe bij")
    assert "Volgende mail" not in page
    answer = client.post(f"/werkplek/mail/{held.pk}/toelaten/", follow=True)
    assert "De mail staat nu bij de vraag." in answer.content.decode()
    assert "Volgende mail" not in answer.content.decode()
    again = client.post(f"/werkplek/mail/{held.pk}/toelaten/")
    assert again.status_code == 422
    assert "al besloten" in again.content.decode()


def test_after_a_decision_the_mail_that_waits_longest_is_one_click_away(
    client, take, ask, held, desk
):
    vraag = ask(email="wie@elders.example")
    waits = [
        take(make("Nog een.", sender=sender, to=token_of(vraag)))
        for sender in ("eerst@elders.example", "later@elders.example")
    ]
    client.force_login(desk)
    answer = client.post(f"/werkplek/mail/{held.pk}/toelaten/", follow=True)
    page = answer.content.decode()
    assert f'href="/werkplek/mail/{waits[0].pk}/">Volgende mail' in page
    assert f"/werkplek/mail/{waits[1].pk}/" not in page


def test_a_question_of_an_unknown_gemeente_says_so_in_the_pile(client, take, desk):
    take(make(sender="x@elders.example"))
    client.force_login(desk)
    assert "gemeente onbekend" in client.get("/werkplek/").content.decode()


def test_the_original_is_a_file_that_no_browser_opens(client, take, desk):
    raw = make("<script>alert(1)</script>")
    row = take(raw)
    client.force_login(desk)
    response = client.get(f"/werkplek/mail/{row.pk}/origineel/")
    assert b"".join(response.streaming_content) == raw
    assert response["Content-Type"].startswith("text/plain")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/origineel/"])
def test_nobody_else_reads_mail(client, held, expert, make_user, path):
    address = f"/werkplek/mail/{path.format(pk=held.pk)}"
    assert client.get(address).status_code == 302
    for user in (expert(), make_user("redacteur"), make_user("programmamanager")):
        client.force_login(user)
        assert client.get(address).status_code == 403
        assert client.post(f"/werkplek/mail/{held.pk}/toelaten/").status_code == 403
    held.refresh_from_db()
    assert held.uitkomst == "aangehouden"


def test_a_get_decides_nothing(client, held, desk):
    client.force_login(desk)
    for act in ("toelaten", "nieuwe-vraag", "weggooien", "opnieuw"):
        assert client.get(f"/werkplek/mail/{held.pk}/{act}/").status_code == 302
    assert client.post(f"/werkplek/mail/{held.pk}/anders/").status_code == 404
    held.refresh_from_db()
    assert (held.uitkomst, held.keer_gezien) == ("aangehouden", 1)


def test_an_expert_sees_no_held_mail_at_the_question(client, held, expert):
    user = expert(held.vraag.team.slug)
    client.force_login(user)
    page = client.get(f"/werkplek/{held.vraag.reference}/").content.decode()
    assert "/werkplek/mail/" not in page


def test_the_front_office_opens_the_mail_behind_a_message(
    client, ask, take, desk, expert
):
    vraag = ask(email=ASKER)
    row = take(make("Nog iets.", to=token_of(vraag)))
    address = f'href="/werkplek/mail/{row.pk}/"'
    client.force_login(desk)
    page = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    assert page.count(address) == 1
    client.force_login(expert(vraag.team.slug))
    page = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    assert address not in page


def test_the_list_takes_the_same_queries_for_many(
    client, take, desk, django_assert_max_num_queries
):
    client.force_login(desk)
    for number in range(3):
        take(make(sender=f"p{number}@elders.example"))
    client.get("/werkplek/mail/?weergave=alles")
    with django_assert_max_num_queries(14) as few:
        client.get("/werkplek/mail/?weergave=alles")
    for number in range(12):
        take(make(sender=f"q{number}@elders.example"))
    with django_assert_max_num_queries(len(few)):
        client.get("/werkplek/mail/?weergave=alles")


# take_mail.


def test_take_mail_says_what_became_of_each(tmp_path, capsys, ask):
    vraag = ask(email=ASKER)
    one = make(
        f"Nog iets.\n\n{QUOTE}",
        to=token_of(vraag),
        subject="RE: Uw vraag",
        files=(("a.txt", b"abc"),),
    )
    (tmp_path / "1.eml").write_bytes(one)
    (tmp_path / "2").write_bytes(make(sender="x@elders.example"))
    (tmp_path / "3").write_bytes(one)
    call_command("take_mail", str(tmp_path), "--mailbox", "map", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [(r["kind"], r["outcome"], r["replied"]) for r in rows] == [
        ("reactie", "toegevoegd", False),
        ("vraag", "nieuw", True),
        ("reactie", "genegeerd", False),
    ]
    assert rows[0]["vraag"] == vraag.reference
    assert rows[0]["text"].strip() == "Nog iets."
    assert "Welke locatie" in rows[0]["quoted"]
    assert [(a["name"], a["size"]) for a in rows[0]["attachments"]] == [("a.txt", 3)]
    assert all(r["stored"] and len(r["sha256"]) == 64 for r in rows)
    assert set(rows[0]) == {
        "path", "sha256", "stored", "kind", "outcome", "vraag", "reason", "subject",
        "text", "quoted", "attachments", "replied",
    }  # fmt: skip


def test_one_bad_mail_stops_no_other(tmp_path, capsys, monkeypatch):
    (tmp_path / "1").write_bytes(make("bad"))
    (tmp_path / "2").write_bytes(make(sender="x@elders.example"))
    receive = mail_in.receive

    def full(raw, **place):
        if b"bad" in raw:
            raise OSError(28, "No space left on device")
        return receive(raw, **place)

    monkeypatch.setattr(mail_in, "receive", full)
    with pytest.raises(SystemExit) as stop:
        call_command("take_mail", str(tmp_path), "--json")
    assert stop.value.code == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(r["stored"], r["outcome"]) for r in rows] == [(False, ""), (True, "nieuw")]
    assert "No space" in rows[0]["reason"]


def test_take_mail_of_nothing_could_not_run(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("take_mail", str(tmp_path / "weg"))
    assert error.value.returncode == 2


# POST /-/mail/.


@pytest.fixture
def push(client, settings):
    settings.MAIL_PUSH_SECRET = "geheim"

    def post(raw, *, secret=settings.MAIL_PUSH_SECRET, kind="message/rfc822"):
        return client.post(
            "/-/mail/",
            raw,
            content_type=kind,
            headers={"Authorization": f"Bearer {secret}"},
        )

    return post


def test_a_pushed_mail_is_taken_in_once(push):
    raw = make()
    first, second = push(raw), push(raw)
    assert first.status_code == second.status_code == 200
    assert (first.json()["new"], second.json()["new"]) == (True, False)
    assert Vraag.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"secret": "anders"}, 401),
        ({"secret": ""}, 401),
        ({"kind": "application/x-www-form-urlencoded"}, 415),
        ({"raw": b"", "kind": ""}, 415),
    ],
)
def test_a_push_that_is_refused_keeps_nothing(push, change, status):
    assert push(change.pop("raw", make()), **change).status_code == status
    assert not InkomendBericht.objects.exists()


def test_a_push_is_off_without_a_secret(push, settings, client):
    settings.MAIL_PUSH_SECRET = ""
    assert push(make(), secret="").status_code == 404


def test_a_push_needs_no_form_token_and_no_other_method(settings):
    from django.test import Client

    settings.MAIL_PUSH_SECRET = "geheim"
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        "/-/mail/",
        make(),
        content_type="message/rfc822",
        headers={"Authorization": "Bearer geheim"},
    )
    assert response.status_code == 200
    assert strict.get("/-/mail/").status_code == 405


def test_a_push_that_is_too_large_or_cannot_be_kept_comes_again(push, monkeypatch):
    from loket.views import mail_push

    monkeypatch.setattr(mail_push, "MAX_BYTES", 100)
    assert push(make()).status_code == 413
    monkeypatch.setattr(mail_push, "MAX_BYTES", 10_000)

    def full(raw, **place):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mail_in, "receive", full)
    assert push(make()).status_code == 503


def test_the_constraints_hold_in_the_database():
    row, _new = mail_in.receive(make(), mailbox="a", uidvalidity="1", uid="1")
    with pytest.raises(IntegrityError):
        InkomendBericht.objects.create(
            mailbox="b", uidvalidity="1", uid="9", sha256=row.sha256, size=1
        )


def test_core_mail_is_what_makes_our_message_ids():
    assert core_mail.message_id("vraag-1-ontvangen").startswith("<loket.vraag-1-")
