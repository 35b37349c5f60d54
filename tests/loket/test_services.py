import datetime
import threading

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from core import toegang
from core.loading import load_gemeenten
from core.models import Contact, Gemeente, Mailbericht, Team
from core.person import Person
from experts.models import Teamlid
from knowledge import services as knowledge
from knowledge.models import Handreiking, VraagEnAntwoord
from loket import notices, privacy, services
from loket.models import (
    Bericht,
    Berichtvoorkeur,
    Bronverwijzing,
    Concept,
    Dagbericht,
    Gebeurtenis,
    Vraag,
)
from loket.permissions import visible_to, visible_vragen
from loket.states import OPEN, TRANSITIONS, VraagStatus

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def asker(vraag):
    return Person(keys=frozenset({vraag.key}))


def logged_in(vraag):
    return Person(contact=vraag.contact)


def mails(**filters):
    return list(Mailbericht.objects.filter(**filters).order_by("pk"))


# -- ask -------------------------------------------------------------------------


def test_a_question_is_routed_dated_confirmed_and_told_to_the_team(ask, expert):
    sanne = expert(email="sanne@voorbeeld.nl")
    vraag = ask()
    assert vraag.team.slug == "uitstroom"
    assert vraag.route_redenen
    assert vraag.reference.startswith("V-20")
    assert vraag.due_at > timezone.now()
    assert "5 werkdagen" in vraag.due_uitleg
    (confirmation,) = mails(to__icontains="annemiek")
    assert vraag.reference in confirmation.subject
    assert f"/loket/vraag/{vraag.reference}/sleutel/" in confirmation.text
    assert "jeugdhulp" not in confirmation.text
    (notice,) = mails(to__icontains=sanne.email)
    assert vraag.reference in notice.text
    assert "Meppel" in notice.text
    assert vraag.token not in notice.text


def test_the_confirmation_says_nothing_of_what_was_typed(ask):
    ask(text="Klik op https://kwaad.example en bel 0612345678 alstublieft")
    (confirmation,) = mails(template="loket/ontvangen")
    assert (
        "kwaad.example"
        not in confirmation.text + confirmation.html + confirmation.subject
    )


def test_the_same_key_gives_the_same_question(ask):
    first, second = ask(idempotency_key="k1"), ask(idempotency_key="k1")
    assert first.pk == second.pk
    assert Vraag.objects.count() == 1


def test_an_urgent_question_is_due_in_a_working_day(ask):
    with time_machine.travel("2026-11-23T10:00:00+01:00"):
        vraag = ask(text="Er moet vandaag nog opvang zijn voor een dakloos gezin")
    assert vraag.urgent
    assert timezone.localtime(vraag.due_at).date() == datetime.date(2026, 11, 24)


def test_a_form_never_overwrites_a_confirmed_contact(ask):
    vraag = ask()
    Contact.objects.filter(pk=vraag.contact_id).update(
        confirmed_at=timezone.now(), naam="Annemiek", gemeente="GM0119"
    )
    ask(naam="Iemand anders", gemeente="GM0344")
    contact = Contact.objects.get(pk=vraag.contact_id)
    assert (contact.naam, contact.gemeente_id) == ("Annemiek", "GM0119")


def test_a_refused_file_stops_everything(ask):
    with pytest.raises(ValidationError, match=r"kwaad\.html"):
        ask(
            files=[
                SimpleUploadedFile("goed.pdf", PDF),
                SimpleUploadedFile("kwaad.html", b"<html>"),
            ]
        )


# -- answer, reply, close ----------------------------------------------------------


def test_an_answer_cites_mails_and_stops_the_clock(ask, expert):
    vraag, sanne = ask(), expert()
    page = Handreiking.objects.get()
    citation = services.citation_for("handreiking", page.pk, "jongeren")
    text = f"Ja, dat mag.\n\nBron: {citation.markdown}"
    services.answer(user=sanne, vraag=vraag, text=text, citations=[citation])
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.BEANTWOORD
    assert vraag.answered_at is not None
    assert vraag.owner == sanne
    ref = Bronverwijzing.objects.get()
    assert (ref.object_id, ref.anker, ref.versie) == (
        page.pk,
        "jongeren",
        page.gecontroleerd_op,
    )
    assert (
        ref.tekst
        == "Uitstroom uit zorg en opvang, Jongeren die jeugdhulp verlaten (versie van 22 november 2026)"
    )
    (mail,) = mails(template="loket/antwoord")
    assert mail.to == [vraag.contact.email]
    assert (
        mail.headers["In-Reply-To"] == mails(template="loket/ontvangen")[0].message_id
    )
    assert "Ja, dat mag" not in mail.text


def test_a_citation_that_was_taken_out_of_the_text_is_not_kept(ask, expert):
    citation = services.citation_for(
        "handreiking", Handreiking.objects.get().pk, "jongeren"
    )
    services.answer(user=expert(), vraag=ask(), text="Nee.", citations=[citation])
    assert not Bronverwijzing.objects.exists()


def test_a_reply_tells_the_owner_and_reopens(ask, expert):
    vraag, sanne = ask(), expert(email="sanne@voorbeeld.nl")
    services.answer(user=sanne, vraag=vraag, text="Ja.")
    services.add_reply(
        person=asker(vraag),
        vraag=vraag,
        text="Nog iets",
        files=[SimpleUploadedFile("bijlage.pdf", PDF)],
    )
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.HEROPEND
    assert vraag.berichten.last().bijlagen.get().name == "bijlage.pdf"
    assert [m.subject for m in mails(to__icontains="sanne")][-1].endswith("heropend")


def test_asking_back_pauses_the_clock_until_the_reply(ask, expert):
    sanne = expert()
    with time_machine.travel("2026-11-23T09:00:00+01:00") as clock:
        vraag = ask()
        first_due = vraag.due_at
        clock.move_to("2026-11-23T10:00:00+01:00")
        services.answer(
            user=sanne, vraag=vraag, text="Hoe oud is de jongere?", question_back=True
        )
        vraag.refresh_from_db()
        assert vraag.status == VraagStatus.WACHT_OP_VRAGER
        assert vraag.answered_at is None
        clock.move_to("2026-11-24T10:00:00+01:00")
        services.add_reply(person=asker(vraag), vraag=vraag, text="18")
    vraag.refresh_from_db()
    assert vraag.status == VraagStatus.IN_BEHANDELING
    assert vraag.due_at - first_due == datetime.timedelta(
        days=3
    )  # one working day later, over the weekend
    assert "stond 1 werkdag stil" in vraag.due_uitleg


def test_after_reopening_the_clock_counts_from_then(ask, expert):
    sanne = expert()
    with time_machine.travel("2026-03-02T09:00:00+01:00") as clock:
        vraag = ask()
        services.close(person=asker(vraag), vraag=vraag)
        clock.move_to("2026-06-01T09:00:00+02:00")
        services.reopen(person=asker(vraag), vraag=vraag)
        vraag.refresh_from_db()
        assert timezone.localtime(vraag.due_at).date() == datetime.date(2026, 6, 5)
        services.answer(
            user=sanne, vraag=vraag, text="Hoe oud is de jongere?", question_back=True
        )
        clock.move_to("2026-06-02T09:00:00+02:00")
        services.add_reply(person=asker(vraag), vraag=vraag, text="18")
    vraag.refresh_from_db()
    # One working day of waiting after Friday the fifth.
    assert timezone.localtime(vraag.due_at).date() == datetime.date(2026, 6, 8)


def test_the_clock_of_a_question_of_before_started_when_it_was_asked(ask):
    from importlib import import_module

    from django.apps import apps

    asked = timezone.now() - datetime.timedelta(days=9)
    Vraag.objects.filter(pk=ask().pk).update(created_at=asked)
    migration = import_module("loket.migrations.0003_phase_origin_clock_and_form_key")
    migration.start_clock_when_asked(apps, None)
    assert Vraag.objects.get().clock_started_at == asked


@pytest.mark.parametrize(
    ("helped", "status"), [(True, VraagStatus.GESLOTEN), (False, VraagStatus.HEROPEND)]
)
def test_the_asker_says_whether_it_helped(ask, expert, helped, status):
    vraag = ask()
    services.answer(user=expert(), vraag=vraag, text="Ja.")
    services.mark_helped(person=asker(vraag), vraag=vraag, helped=helped)
    vraag.refresh_from_db()
    assert (vraag.geholpen, vraag.status) == (helped, status)


def test_the_read_link_ends_thirty_days_after_closing(ask):
    vraag = ask()
    row = toegang.find(token=vraag.token, doel="lezen")
    assert row.expires_at is None
    services.close(person=asker(vraag), vraag=vraag)
    row.refresh_from_db()
    assert 29 <= (row.expires_at - timezone.now()).days <= 30
    services.reopen(person=asker(vraag), vraag=vraag)
    row.refresh_from_db()
    assert row.expires_at is None


def test_staff_close_with_a_reason_that_the_asker_reads(ask, expert):
    vraag, sanne = ask(), expert()
    with pytest.raises(ValidationError):
        services.close(person=Person(user=sanne), vraag=vraag, reason=" ")
    services.close(person=Person(user=sanne), vraag=vraag, reason="Dubbel gesteld")
    (mail,) = mails(template="loket/gesloten")
    assert "Dubbel gesteld" in mail.text


# -- pile --------------------------------------------------------------------------


def test_take_and_give_back(ask, expert):
    vraag, sanne = ask(), expert()
    services.take(user=sanne, vraag=vraag)
    vraag.refresh_from_db()
    assert (vraag.owner, vraag.status) == (sanne, VraagStatus.IN_BEHANDELING)
    services.give_back(user=sanne, vraag=vraag)
    vraag.refresh_from_db()
    assert (vraag.owner, vraag.status) == (None, VraagStatus.NIEUW)


def test_the_second_to_take_hears_who_was_first(ask, expert):
    vraag = ask()
    services.take(user=expert(name="Sanne"), vraag=vraag)
    with pytest.raises(ValidationError, match="Sanne"):
        services.take(user=expert(), vraag=vraag)


def test_pass_on_needs_a_reason_and_keeps_the_due_time(ask, expert, make_user):
    vraag, sanne = ask(), expert()
    front = make_user("loketmedewerker", email="karim@voorbeeld.nl")
    Teamlid.objects.create(team=Team.objects.get(slug="frontoffice"), user=front)
    target = Team.objects.get(slug="frontoffice")
    with pytest.raises(ValidationError):
        services.pass_on(user=sanne, vraag=vraag, team=target, reason="")
    due = vraag.due_at
    services.pass_on(
        user=sanne, vraag=vraag, team=target, reason="Gaat niet over uitstroom"
    )
    vraag.refresh_from_db()
    assert (vraag.team, vraag.owner, vraag.due_at) == (target, None, due)
    assert "Gaat niet over uitstroom" in vraag.route_redenen[0]
    assert mails(to__icontains="karim")
    assert not visible_to(Person(user=sanne), vraag)
    with pytest.raises(PermissionDenied):
        services.take(user=sanne, vraag=vraag)


def test_switching_off_returns_open_questions(ask, expert, make_user):
    from core import services as core_services

    vraag, sanne, chief = ask(), expert(), make_user("beheerder")
    services.take(user=sanne, vraag=vraag)
    core_services.switch_off(actor=chief, user=sanne)
    vraag.refresh_from_db()
    assert vraag.owner is None
    assert not visible_vragen(Person(user=sanne)).exists()


def test_drafts_are_kept_per_person_and_go_when_sent(ask, expert):
    vraag, sanne, other = ask(), expert(), expert()
    services.save_draft(user=sanne, vraag=vraag, soort="antwoord", text="Half")
    services.save_draft(user=other, vraag=vraag, soort="antwoord", text="Ander")
    services.answer(user=sanne, vraag=vraag, text="Heel")
    assert [(c.user, c.text) for c in Concept.objects.all()] == [(other, "Ander")]


def test_inserting_a_source_keeps_what_was_typed(ask, expert):
    page = Handreiking.objects.get()
    concept = services.insert_source(
        user=expert(),
        vraag=ask(),
        text="Ja, dat mag.",
        kind="handreiking",
        object_id=page.pk,
        anker="jongeren",
    )
    assert concept.text.startswith("Ja, dat mag.")
    assert "(versie van 22 november 2026)" in concept.text
    assert len(concept.bronnen) == 1


# -- notes and notices ---------------------------------------------------------------


def test_an_internal_note_leaves_no_trace_outside(ask, expert, index, client):
    vraag, sanne = ask(), expert()
    before = Mailbericht.objects.count()
    services.add_note(user=sanne, vraag=vraag, text="Geheimwoord xylofoon")
    assert Mailbericht.objects.count() == before
    index.refresh("vraag", vraag.pk)
    from search.models import Sectie

    assert not Sectie.objects.filter(text__contains="xylofoon").exists()
    client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")
    assert (
        "xylofoon"
        not in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    )
    assert (
        "Interne notitie"
        not in client.get(f"/loket/vraag/{vraag.reference}/").content.decode()
    )


@pytest.mark.parametrize(
    ("wish", "at_once", "waiting"),
    [("direct", 1, 0), ("dagelijks", 0, 1), ("uit", 0, 0)],
)
def test_staff_choose_when_they_hear_of_work(ask, expert, wish, at_once, waiting):
    sanne = expert(email="sanne@voorbeeld.nl")
    Berichtvoorkeur.objects.create(user=sanne, wanneer=wish)
    ask()
    assert len(mails(to__icontains="sanne")) == at_once
    assert Dagbericht.objects.count() == waiting
    assert notices.send_daily() == waiting
    assert len(mails(to__icontains="sanne")) == at_once + waiting
    assert notices.send_daily() == 0


def test_the_daily_mail_holds_only_what_one_may_still_see(ask, expert):
    sanne = expert(email="sanne@voorbeeld.nl")
    Berichtvoorkeur.objects.create(user=sanne, wanneer="dagelijks")
    ask()
    Teamlid.objects.all().delete()
    sanne.__dict__.pop("_team_ids", None)
    assert notices.send_daily() == 0


# -- knowledge -------------------------------------------------------------------------


def test_answer_becomes_knowledge_and_the_asker_hears(ask, expert, make_user, outbox):
    vraag, sanne, bart = ask(), expert(), make_user("redacteur")
    page = Handreiking.objects.get()
    citation = services.citation_for("handreiking", page.pk, "jongeren")
    services.answer(
        user=sanne,
        vraag=vraag,
        text=f"Ja.\n\nBron: {citation.markdown}",
        citations=[citation],
    )
    fields = {
        "user": sanne,
        "vraag": vraag,
        "title": "Mag dat?",
        "kort_antwoord": "Ja.",
        "text": "Ja, dat mag.",
    }
    with pytest.raises(ValidationError):
        services.make_knowledge_draft(**fields)
    draft = services.make_knowledge_draft(**fields, confirmed=True)
    vraag.refresh_from_db()
    assert vraag.kennispagina == draft.pk
    assert draft.origin_key == vraag.key
    assert draft.secties[0].value["bronnen"]
    with pytest.raises(PermissionDenied):
        knowledge.approve(user=sanne, page=draft)
    knowledge.approve(user=bart, page=draft)
    (mail,) = mails(template="loket/gepubliceerd")
    assert VraagEnAntwoord.objects.get(pk=draft.pk).get_url() in mail.text
    VraagEnAntwoord.objects.get(pk=draft.pk).save_revision().publish()
    assert len(mails(template="loket/gepubliceerd")) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mail naar jan.de-vries@zutphen.nl.", ["e-mailadres"]),
        ("Bel 06-12345678 of 0575 123456", ["telefoonnummer", "telefoonnummer"]),
        ("Woont op 7201 AB", ["postcode"]),
        ("BSN 111222333", ["BSN"]),
        ("BSN 111222334 klopt niet", []),
        ("Artikel 12 van BWBR0035303, versie 2026-01-01, € 763,47", []),
        ("Wet van 1 juli 2026, 342 gemeenten", []),
        ("Voor mevrouw De Vries geldt dit.", ["naam"]),
        ("Vraag dhr. J. Jansen of mw. A.B. van der Berg-Smit", ["naam", "naam"]),
        ("De heer El Idrissi en meneer 't Hart", ["naam", "naam"]),
        ("Een mevrouw belde. De heer des huizes. Mevrouw, Jan", []),
    ],
)
def test_personal_data_that_is_found(text, kinds):
    assert [found.kind for found in privacy.find_personal_data(text)] == kinds


# -- who may see -------------------------------------------------------------------------


def test_one_rule_for_everybody(ask, expert, make_user):
    vraag = ask()
    Gemeente.objects.filter(code="GM0119").update(mail_domains=["meppel.example"])
    colleague = Contact.objects.create(
        email="collega@meppel.example", confirmed_at=timezone.now()
    )
    unconfirmed = Contact.objects.create(email="ander@meppel.example")
    lookalike = Contact.objects.create(
        email="x@mail.meppel.example", confirmed_at=timezone.now()
    )
    table = [
        (Person(), False),
        (asker(vraag), True),
        (logged_in(vraag), True),
        (Person(keys=frozenset({"vraag:999999"})), False),
        (Person(contact=colleague), False),
        (Person(user=make_user("loketmedewerker")), True),
        (Person(user=make_user("beheerder")), True),
        (Person(user=expert("uitstroom")), True),
        (Person(user=expert("flexpool")), False),
        (Person(user=make_user("redacteur")), False),
        (Person(user=make_user("programmamanager")), False),
        (Person(user=make_user("loketmedewerker", is_active=False)), False),
    ]
    for person, sees in table:
        assert visible_to(person, vraag) is sees, person
    Contact.objects.filter(pk=vraag.contact_id).update(confirmed_at=timezone.now())
    vraag = Vraag.objects.get(pk=vraag.pk)
    with pytest.raises(PermissionDenied):
        services.change_visibility(
            person=asker(vraag), vraag=vraag, zichtbaarheid="gemeente"
        )
    services.change_visibility(
        person=logged_in(vraag), vraag=vraag, zichtbaarheid="gemeente"
    )
    for contact, sees in ((colleague, True), (unconfirmed, False), (lookalike, False)):
        assert visible_to(Person(contact=contact), vraag) is sees


def test_sharing_needs_a_proven_gemeente(ask):
    vraag = ask()
    with pytest.raises(ValidationError):
        services.change_visibility(
            person=logged_in(vraag), vraag=vraag, zichtbaarheid="gemeente"
        )


def test_only_the_asker_acts_as_asker(ask, make_user):
    vraag = ask()
    for act in (
        lambda p: services.add_reply(person=p, vraag=vraag, text="x"),
        lambda p: services.mark_helped(person=p, vraag=vraag, helped=True),
        lambda p: services.close(person=p, vraag=vraag),
        lambda p: services.reopen(person=p, vraag=vraag),
    ):
        with pytest.raises(PermissionDenied):
            act(Person())
    with pytest.raises(PermissionDenied):
        services.answer(user=make_user("redacteur"), vraag=vraag, text="x")


def test_events_are_never_changed(ask):
    event = Gebeurtenis.objects.filter(vraag=ask()).first()
    event.tekst = "anders"
    with pytest.raises(TypeError):
        event.save()


def test_the_state_table_is_whole():
    assert {row.target for row in TRANSITIONS} - {None} == set(VraagStatus)
    for status in VraagStatus:
        if status in OPEN:
            assert any(
                row.act == "answer" and status in row.sources for row in TRANSITIONS
            )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("filled_again")
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="on SQLite: test_of_those_who_claim_at_once_one_wins",
)
def test_of_sixteen_who_claim_at_once_one_wins(ask, expert):
    vraag = ask()
    users = [expert() for _ in range(16)]
    won = []

    def claim(user):
        try:
            services.take(user=user, vraag=vraag)
            won.append(user)
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert Bericht.objects.filter(vraag=vraag).exists()


# Threads of a test share SQLite's one connection in memory; there, two race on a file.
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("filled_again")
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'",
    reason="on SQLite: test_a_form_that_is_sent_twice_at_once_gives_one_question",
)
def test_of_one_form_sent_at_once_all_get_the_same_question(ask, monkeypatch):
    # The transactional test before this one took the content with it.
    load_gemeenten()
    Team.objects.get_or_create(slug="frontoffice", defaults={"naam": "Frontoffice"})
    senders = 8
    new_question, all_of_them = (
        services.asking._new_question,
        threading.Barrier(senders),
    )
    results = []

    def together(**what):
        all_of_them.wait(timeout=30)
        return new_question(**what)

    monkeypatch.setattr(services.asking, "_new_question", together)

    def send():
        try:
            results.append(ask(idempotency_key="acht").pk)
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == senders
    assert len(set(results)) == 1, results
    assert Vraag.objects.filter(idempotency_key="acht").count() == 1
