"""Merging keeps everything and undoing gives back exactly what was; splitting moves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.utils import timezone
from helpdesk.models import FollowUp, Ticket

from core.models import Mailbericht, Toegang
from core.person import Person
from loket import selectors, services
from loket.indexers import VraagIndexer
from loket.models import Bericht, Collega, Concept, Samenvoeging, Vraag
from loket.permissions import visible_to
from loket.services import answering

pytestmark = pytest.mark.django_db
OTHER = "els@elders.example"


@pytest.fixture
def karim(make_user):
    return make_user("loketmedewerker", name="Karim")


@pytest.fixture
def two(ask):
    """Two questions of one asker; the second with a file, a note, drafts and an answer back."""
    first = ask("Mag een jongere van 18 uit jeugdhulp urgentie krijgen?")
    second = ask(
        "Mag een jongere uit jeugdhulp urgentie krijgen in onze gemeente?",
        files=[SimpleUploadedFile("plan.txt", b"een plan", "text/plain")],
    )
    return first, second


def asker(vraag):
    return Person(contact=vraag.contact)


def by_link(vraag):
    return Person(keys=frozenset({vraag.key}), mailed_keys=frozenset({vraag.key}))


def state(*questions):
    """Everything that belongs to these questions, as it is stored. A database gives rows
    in the order it likes, so each list has its own."""
    pks = [vraag.pk for vraag in questions]
    whole = {
        "vragen": [
            model_to_dict(row)
            for row in Vraag.objects.filter(pk__in=pks).order_by("pk")
        ],
        "berichten": list(
            Bericht.objects.filter(vraag__in=pks).order_by("pk").values()
        ),
        "bijlagen": [
            list(bericht.bijlagen.order_by("pk").values())
            for bericht in Bericht.objects.filter(vraag__in=pks).order_by("pk")
        ],
        "concepten": list(
            Concept.objects.filter(vraag__in=pks)
            .order_by("vraag", "user", "soort")
            .values("user", "soort", "text", "bronnen")
        ),
        "collegas": list(Collega.objects.filter(vraag__in=pks).order_by("pk").values()),
        "links": list(
            Toegang.objects.filter(object_key__in=[v.key for v in questions])
            .order_by("pk")
            .values()
        ),
        "wachten": [
            list(vraag.wachtperiodes.order_by("pk").values()) for vraag in questions
        ],
        "tickets": list(
            Ticket.objects.filter(pk__in=pks)
            .order_by("pk")
            .values("status", "assigned_to", "queue")
        ),
        "followups": list(
            FollowUp.objects.filter(ticket__in=pks).order_by("pk").values()
        ),
        "index": [VraagIndexer().document(pk) for pk in pks],
    }
    return whole


def test_undone_both_are_exactly_what_they_were(two, karim, expert):
    first, second = two
    sanne = expert(second.team.slug)
    services.answer(
        user=sanne, vraag=second, text="Welke leeftijd?", question_back=True
    )
    services.add_note(user=karim, vraag=second, text="Bel morgen.")
    services.save_draft(user=sanne, vraag=second, soort="antwoord", text="Concept B")
    services.save_draft(user=karim, vraag=first, soort="antwoord", text="Concept A")
    services.save_draft(user=karim, vraag=second, soort="antwoord", text="Ook B")
    before = state(first, second)
    row = services.merge(user=karim, vraag=first, other=second)
    assert state(first, second) != before
    services.undo_merge(user=karim, row=row)
    assert state(first, second) == before
    with pytest.raises(ValidationError):
        services.undo_merge(user=karim, row=row)
    # And again: nothing of the first time is in the way.
    again = services.merge(user=karim, vraag=first, other=second)
    services.undo_merge(user=karim, row=again)
    assert state(first, second) == before


def test_the_conversation_holds_all_with_its_origin(two, karim, client):
    first, second = two
    services.add_note(user=karim, vraag=second, text="Notitie bij de tweede.")
    services.merge(user=karim, vraag=first, other=second)
    for person, internal, count in (
        (asker(first), False, 2),
        (by_link(first), False, 2),
        (by_link(second), False, 2),
        (Person(user=karim), True, 3),
    ):
        rows = selectors.conversation(first, person, internal=internal)
        assert len(rows) == count, person
        assert [row.created_at for row in rows] == sorted(r.created_at for r in rows)
    client.get(f"/loket/vraag/{second.reference}/sleutel/{second.token}/")
    old = client.get(f"/loket/vraag/{second.reference}/")
    assert old.url == f"/loket/vraag/{first.reference}/"
    html = client.get(old.url).content.decode()
    assert f"uit {second.reference}" in html
    assert "Notitie bij de tweede." not in html
    file = second.berichten.first().bijlagen.get()
    assert str(file.pk) in html
    assert client.get(f"/bijlagen/{file.pk}/").status_code == 200
    assert f"Samengevoegd met {second.reference}" in html


def test_a_reply_by_the_link_of_either_lands_in_the_one(two, karim, client):
    first, second = two
    services.merge(user=karim, vraag=first, other=second)
    for number, person in enumerate((by_link(second), by_link(first), asker(second))):
        bericht = services.add_reply(
            person=person, vraag=second, text=f"Reactie {number}"
        )
        assert bericht.vraag_id == first.pk
    client.get(f"/loket/vraag/{second.reference}/sleutel/{second.token}/")
    client.post(f"/loket/vraag/{second.reference}/sluit/")
    first.refresh_from_db()
    assert first.status == "gesloten"
    # The links of both end with the one that goes on.
    ends = Toegang.objects.filter(object_key__in=[first.key, second.key])
    assert {row.expires_at is None for row in ends} == {False}


def test_the_earliest_promise_holds_and_comes_back(two, karim):
    first, second = two
    early = timezone.now() + timezone.timedelta(hours=1)
    late = first.due_at
    Vraag.objects.filter(pk=second.pk).update(due_at=early)
    row = services.merge(user=karim, vraag=first, other=second)
    first.refresh_from_db()
    assert first.due_at == early
    services.undo_merge(user=karim, row=row)
    first.refresh_from_db()
    assert first.due_at == late


def test_what_came_since_stays_after_undoing(two, karim):
    first, second = two
    row = services.merge(user=karim, vraag=first, other=second)
    services.add_reply(person=by_link(second), vraag=second, text="Nog iets.")
    services.undo_merge(user=karim, row=row)
    assert first.berichten.filter(text="Nog iets.").exists()
    second.refresh_from_db()
    assert second.status == "nieuw"
    assert not visible_to(by_link(second), first)
    assert not visible_to(by_link(first), second)


def test_what_cannot_be_merged(two, ask, karim, expert):
    first, second = two
    third = ask()
    with pytest.raises(PermissionDenied):
        services.merge(user=expert(first.team.slug), vraag=first, other=second)
    with pytest.raises(ValidationError):
        services.merge(user=karim, vraag=first, other=first)
    services.merge(user=karim, vraag=first, other=second)
    for vraag, other in ((first, second), (second, third), (third, first)):
        with pytest.raises(ValidationError):
            services.merge(user=karim, vraag=vraag, other=other)
    services.close(person=asker(third), vraag=third)
    with pytest.raises(ValidationError):
        services.merge(user=karim, vraag=first, other=third)
    with pytest.raises(ValidationError):
        services.reopen(person=Person(user=karim), vraag=second)
    assert Samenvoeging.objects.count() == 1


# -- of two askers ----------------------------------------------------------------------


def test_of_two_askers_neither_reads_the_other(ask, karim, client, expert):
    first, second = ask(), ask("Een heel andere vraag over hetzelfde?", email=OTHER)
    with pytest.raises(ValidationError) as refused:
        services.merge(user=karim, vraag=first, other=second)
    assert refused.value.code == services.OTHER_ASKER
    before = state(first, second)
    mails = Mailbericht.objects.count()
    row = services.merge(user=karim, vraag=first, other=second, confirmed=True)
    for person, vraag, other in (
        (asker(first), first, second),
        (by_link(first), first, second),
        (asker(second), second, first),
        (by_link(second), second, first),
    ):
        assert visible_to(person, vraag)
        assert not visible_to(person, other)
        shown = selectors.conversation(vraag, person, internal=False)
        assert {row.vraag_id for row in shown} == {vraag.pk}
        told = selectors.timeline(vraag, person, internal=False)
        assert not [event for event in told if other.reference in event.tekst]
    assert len(selectors.conversation(first, Person(user=karim), internal=True)) == 2
    # The other asker hears that the question is closed, and may say more there.
    told = Mailbericht.objects.order_by("pk")[mails:]
    assert [mail.to for mail in told] == [[OTHER]]
    Toegang.objects.filter(object_key=second.key).order_by("-pk")[0].delete()
    services.undo_merge(user=karim, row=row)
    assert state(first, second) == before
    services.answer(user=karim, vraag=first, text="Ja.")
    assert services.recipients_of(first) == [first.contact.email]


def test_a_reply_of_the_other_asker_opens_the_own_question(ask, karim):
    first, second = ask(), ask(email=OTHER)
    services.merge(user=karim, vraag=first, other=second, confirmed=True)
    bericht = services.add_reply(person=by_link(second), vraag=second, text="Hallo?")
    second.refresh_from_db()
    assert (bericht.vraag_id, second.status) == (second.pk, "heropend")


def test_the_other_asker_reads_along_only_by_choice_and_click(ask, karim):
    first, second = ask(), ask(email=OTHER)
    row = services.merge(
        user=karim, vraag=first, other=second, confirmed=True, admit=True
    )
    admission = Collega.objects.get(vraag=first)
    assert not visible_to(asker(second), first)
    services.accept_admission(row=admission)
    assert visible_to(asker(second), first)
    assert not visible_to(asker(first), second)
    services.undo_merge(user=karim, row=row)
    first.refresh_from_db()
    assert first.zichtbaarheid == "ik"
    assert not visible_to(asker(second), first)


def test_a_team_that_may_work_on_the_one_reads_the_other(ask, karim, expert):
    first, second = ask(), ask()
    slug = "statushouders" if second.team.slug != "statushouders" else "uitstroom"
    lena = expert(slug)
    Vraag.objects.filter(pk=first.pk).update(team=lena.lidmaatschappen.get().team)
    Vraag.objects.filter(pk=second.pk).update(tweede_team=None)
    first.refresh_from_db()
    assert not visible_to(Person(user=lena), second)
    row = services.merge(user=karim, vraag=first, other=second)
    assert visible_to(Person(user=lena), second)
    services.undo_merge(user=karim, row=row)
    assert not visible_to(Person(user=lena), second)


# -- split ------------------------------------------------------------------------------


def test_split_moves_the_chosen_messages_with_their_files(ask, karim, client):
    vraag = ask()
    said = services.add_reply(
        person=asker(vraag),
        vraag=vraag,
        text="Nog iets heel anders: hoe tellen wij woonwagens?",
        files=[SimpleUploadedFile("telling.txt", b"drie", "text/plain")],
    )
    note = services.add_note(user=karim, vraag=vraag, text="Hoort bij wonen.")
    row = services.admit_colleague(
        person=asker(vraag), vraag=vraag, email="bram@meppel.example"
    )
    services.accept_admission(row=row)
    new = services.split(user=karim, vraag=vraag, berichten=[said.pk, note.pk])
    assert new.contact == vraag.contact
    assert [b.pk for b in new.berichten.all()] == [said.pk, note.pk]
    said.refresh_from_db()
    assert (said.soort, said.bijlagen.count()) == ("vraag", 1)
    assert FollowUp.objects.get(pk=said.followup_id).ticket_id == new.pk
    assert vraag.berichten.count() == 1
    assert new.clock_started_at == said.created_at
    for question in (vraag, new):
        trace = question.gebeurtenissen.get(soort="split")
        assert trace.data["berichten"] == [said.pk, note.pk]
    # Who read these messages reads them still.
    assert visible_to(Person(contact=row.contact), new)
    mail = Mailbericht.objects.get(template="loket/gesplitst")
    assert mail.to == [vraag.contact.email]
    assert "Hoort bij wonen" not in mail.text
    whole = services.merge(user=karim, vraag=vraag, other=new)
    assert len(selectors.conversation(vraag, asker(vraag), internal=False)) == 2
    services.undo_merge(user=karim, row=whole)


def test_what_cannot_be_split(ask, karim, expert):
    vraag, other = ask(), ask()
    only = vraag.berichten.get()
    services.add_reply(person=asker(vraag), vraag=vraag, text="Nog iets.")
    note = services.add_note(user=karim, vraag=vraag, text="Een notitie.")
    with pytest.raises(PermissionDenied):
        services.split(user=expert(vraag.team.slug), vraag=vraag, berichten=[only.pk])
    every = [row.pk for row in vraag.berichten.all()]
    for chosen in ([], [note.pk], every, [other.berichten.get().pk]):
        with pytest.raises(ValidationError):
            services.split(user=karim, vraag=vraag, berichten=chosen)
    assert Vraag.objects.count() == 2


# -- the page ---------------------------------------------------------------------------


def test_the_front_office_merges_and_undoes_on_the_page(two, karim, client, ask):
    first, second = two
    away = ask("Hoeveel standplaatsen voor woonwagens?")
    client.force_login(karim)
    page = f"/werkplek/{first.reference}/"
    html = client.get(page).content.decode()
    # Most alike first.
    assert html.index(f'value="{second.reference}"') < html.index(
        f'value="{away.reference}"'
    )
    empty = client.post(f"{page}samenvoegen/", {})
    assert empty.status_code == 422
    assert "Kies een vraag, of vul een kenmerk in." in empty.content.decode()
    unknown = client.post(f"{page}samenvoegen/", {"kenmerk": "V-2026-AAAAAA"})
    assert "Controleer het kenmerk" in unknown.content.decode()
    client.post(f"{page}samenvoegen/", {"keuze": second.reference})
    html = client.get(page).content.decode()
    assert f"uit {second.reference}" in html
    row = Samenvoeging.objects.get()
    there = client.get(f"/werkplek/{second.reference}/").content.decode()
    assert "Het gesprek gaat verder in" in there
    # What undoes the merge is offered, not a reopening that would be refused.
    assert "/heropen/" not in there
    client.post(f"{page}ongedaan/", {"samenvoeging": row.pk})
    row.refresh_from_db()
    assert row.undone_by == karim
    again = client.post(f"{page}ongedaan/", {"samenvoeging": row.pk})
    assert "al ongedaan gemaakt" in again.content.decode()


def test_the_page_asks_twice_when_the_asker_is_another(ask, karim, client):
    first, second = ask(), ask(email=OTHER)
    client.force_login(karim)
    page = f"/werkplek/{first.reference}/samenvoegen/"
    sent = {"kenmerk": second.reference.lower()}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "van een andere vrager" in refused.content.decode()
    assert 'name="bevestigd"' in refused.content.decode()
    assert not Samenvoeging.objects.exists()
    assert client.post(page, {**sent, "bevestigd": "on"}).status_code == 302
    assert Samenvoeging.objects.get().van == second
    assert not Collega.objects.exists()


def test_the_front_office_splits_on_the_page(ask, karim, client):
    vraag = ask()
    client.force_login(karim)
    page = f"/werkplek/{vraag.reference}/"
    assert "Splits in twee vragen" not in client.get(page).content.decode()
    said = services.add_reply(person=asker(vraag), vraag=vraag, text="Iets anders.")
    assert "Splits in twee vragen" in client.get(page).content.decode()
    assert client.post(f"{page}splits/", {}).status_code == 422
    client.post(f"{page}splits/", {"berichten": said.pk})
    said.refresh_from_db()
    assert said.vraag_id != vraag.pk


def test_an_expert_has_none_of_it(two, client, expert):
    first, second = two
    client.force_login(expert(first.team.slug))
    page = f"/werkplek/{first.reference}/"
    html = client.get(page).content.decode()
    assert "samenvoegen" not in html
    for act in ("samenvoegen", "splits", "draag-over", "ongedaan"):
        answer = client.post(f"{page}{act}/", {"kenmerk": second.reference})
        assert answer.status_code == 403
    assert not Samenvoeging.objects.exists()


def test_each_message_shows_all_it_was_mailed_to(ask, karim, client):
    vraag = ask()
    row = services.admit_colleague(
        person=asker(vraag), vraag=vraag, email="bram@meppel.example"
    )
    services.accept_admission(row=row)
    answering.answer(user=karim, vraag=vraag, text="Ja, dat mag.")
    client.force_login(karim)
    html = client.get(f"/werkplek/{vraag.reference}/").content.decode()
    for address in ("annemiek@meppel.example", "bram@meppel.example"):
        assert f"Wordt gemaild aan {address}." in html
