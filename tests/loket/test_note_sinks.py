"""Internal notes cannot leak: every sink is found in the code itself, and walked.

Sinks are the addresses of the URLconf, what the outbox delivers, the documents of search
and the commands. A new one without an entry here fails.
"""

from __future__ import annotations

import ast
import inspect
import io
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command, get_commands
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from core import belonging, bijlagen, outbox, toegang
from core.mail import tokens
from core.models import Bijlage, Contact, Gemeente, Mailbericht, Outbox, Team, Toegang
from experts.models import Teamlid
from loket import notices, selectors, services
from loket.models import Bericht, Berichtvoorkeur, Concept, Vraag
from loket.services import mail_in, notes
from search import registry
from search.models import Document, Sectie

from .mails import make

pytestmark = pytest.mark.django_db
MARK = "zwartekraai"
APPS = ("core", "search", "loket", "experts", "knowledge", "config")
OWN = ("core", "search", "loket", "experts", "knowledge", "helpdesk")

# What stands before the addresses of other packages; what they show is not ours to walk,
# but who may not come in is. A new package among the addresses fails.
OTHERS = {
    "^medewerker/(?:email|confirm-email|login/code)/": "/medewerker/email/",
    "medewerker/": "/medewerker/login/",
    "redactie/login/": "/redactie/login/",
    "redactie/": "/redactie/",
    "techniek/login/": "/techniek/login/",
    "techniek/": "/techniek/",
    "documenten/": "/documenten/1/x.pdf",
    "media/<path:path>": "/media/bijlagen/x",
    "": "/",
}
# Of addresses with a part that differs: what to fill in. The values are of the world.
FILLED = {
    "core:attachment": lambda w: [{"pk": pk} for pk in w.files],
    "core:login_token": lambda w: [{"token": "verzonnen"}],
    "core:admission": lambda w: [{"token": w.admission_token}],
    "core:postvak_message": lambda w: [{"pk": pk} for pk in w.mails],
    "core:postvak_html": lambda w: [{"pk": pk} for pk in w.mails],
    "core:invitation": lambda w: [{"token": "verzonnen"}],
    "core:gemeente": lambda w: [{"code": "GM0119"}],
    "core:member": lambda w: [{"pk": w.karim.pk}],
    "loket:read_link": lambda w: [
        {"reference": w.vraag.reference, "token": w.vraag.token},
        {"reference": w.other.reference, "token": w.other.token},
    ],
    "loket:colleague_link": lambda w: [{"token": w.colleague_token}],
    "loket:thread": lambda w: [{"reference": ref} for ref in w.references],
    "loket:thread_act": lambda w: [
        {"reference": w.vraag.reference, "act": "reactie"},
        {"reference": w.vraag.reference, "act": "notitie"},
    ],
    "loket:workplace_question": lambda w: [{"reference": ref} for ref in w.references],
    "loket:workplace_knowledge": lambda w: [{"reference": ref} for ref in w.references],
    "loket:workplace_act": lambda w: [
        {"reference": w.vraag.reference, "act": "notitie"}
    ],
    "loket:gemeente_act": lambda w: [{"act": "laat-toe"}],
    "loket:leave_daily": lambda w: [{"token": "verzonnen"}],
    "loket:mail": lambda w: [{"pk": w.staff_mail}],
    "loket:mail_original": lambda w: [{"pk": w.staff_mail}],
    "loket:mail_act": lambda w: [{"pk": w.staff_mail, "act": "toelaten"}],
    "loket:call_at": lambda w: [{"plek": 1}],
    "loket:call_keep": lambda w: [{"plek": 1}],
    "loket:call_sources": lambda w: [{"plek": 1, "number": 0}],
    "loket:hours": lambda w: [{"team": w.vraag.team.slug}],
    "helpdesk:view": lambda w: [{"ticket_id": pk} for pk in w.pks],
    "experts:teams": lambda w: [{"pk": w.karim.pk}],
    "experts:expertise": lambda w: [{"pk": w.karim.pk}],
    "experts:absence": lambda w: [{"pk": w.karim.pk}],
    # The knowledge base knows nothing of questions (contracts in pyproject.toml): their
    # addresses are walked with what may not exist.
    "knowledge:begrip": lambda w: [{"slug": "woondeal"}],
    "knowledge:regeling": lambda w: [{"slug": "geen"}],
    "knowledge:categorieen": lambda w: [{"slug": "geen"}],
    "knowledge:vergeleken_bestand": lambda w: [{"form": "docx"}],
    "knowledge:feedback": lambda w: [{"pk": 1}],
    **{
        f"knowledge:{name}": lambda w: [{"token": "geen"}]
        for name in (
            "vergelijking",
            "vergelijking_aanpassen",
            "vergelijking_verwijderen",
        )
    },
    "knowledge:vergelijking_bestand": lambda w: [{"token": "geen", "form": "docx"}],
    **{
        f"knowledge:{name}": lambda w: [{"key": "geen"}]
        for name in (
            "concept",
            "concept_artikelen",
            "concept_eigen_artikel",
            "concept_bewaren",
            "concept_link",
            "concept_delen",
            "concept_kopie",
            "concept_weggooien",
            "concept_model",
            "concept_categorieen",
        )
    },
    "knowledge:concept_stap": lambda w: [{"key": "geen", "number": 1}],
    "knowledge:concept_artikel": lambda w: [{"key": "geen", "artikel": "1"}],
    "knowledge:concept_besluit": lambda w: [{"key": "geen", "artikel": "1"}],
    "knowledge:concept_bestand": lambda w: [{"key": "geen", "form": "docx"}],
    "knowledge:concept_artikel_html": lambda w: [{"key": "geen", "address": "1"}],
}
# Addresses without such a part that say more with a query.
ASKED = {
    "search:results": ["?q=urgentie", "?q=kraai", "?q=urgentie&soort=vraag"],
    "search:suggestions": ["?q=kraai", "?q=urgen"],
    "loket:ask_suggestions": ["?text=urgentie+voor+jongeren"],
    "loket:workplace": [f"?weergave={view}" for view in selectors.VIEWS],
    "knowledge:artikelen": ["?q=urgentie"],
}
# What the outbox delivers. Mails and documents are read below; the others carry only
# numbers of pages and files of the knowledge base.
KINDS = {
    "core.mail": "read",
    "core.mail_samen": "read",
    "core.scan": "looks into a file, tells nobody outside",
    "search.refresh": "read",
    "search.refresh-many": "read",
    "knowledge.articles": "knowledge",
    "knowledge.citaten": "knowledge",
    "knowledge.intake": "knowledge",
}
# Every command of ours: how to run it here, or why it gives nothing of a question.
COMMANDS = {
    "find": ["kraai"],
    "route": ["urgentie voor jongeren"],
    "due": "reads a table of moments, no questions",
    "search_check": [],
    "search_rebuild": "fills the index; its documents are read here",
    "evaluate_search": "judges queries of a file against pages",
    "load_volume": "makes questions up",
    "import_gemeenten": "reads a file of municipalities",
    "import_regeling": "reads regulations",
    "compare_regelingen": "compares two files",
    "check_starter": "reads the starter content",
    "load_starter": "reads the starter content",
    "create_groups": "makes groups",
    "set_up": "fills an empty site",
    "start": "starts the site",
    "take_mail": "reads files with mail, and prints what it read in them",
    "standen": "draws the state table from the code",
    "anonymise_due": [],
    "forget_person": ["niemand@elders.example", "--yes"],
    "export_person": "its files are read below",
}


def addresses() -> list[str]:
    """The names of all addresses of our own apps."""

    def walk(patterns, space):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, pattern.namespace or space)
            elif space in OWN:
                yield f"{space}:{pattern.name}"

    return sorted(set(walk(get_resolver().url_patterns, "")))


@pytest.fixture
def world(ask, make_user, expert, settings, tmp_path):
    """Two questions that go on as one, with a note, its file and a draft in both, and
    everything done that sends a mail."""
    settings.DEMO = True
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    karim = make_user("loketmedewerker", name="Karim")
    vraag, other = ask(), ask("Mag een jongere met urgentie ook buiten de gemeente?")
    sanne = expert(vraag.team.slug)
    Berichtvoorkeur.objects.create(user=sanne, wanneer="dagelijks")
    asker = vraag.contact
    Contact.objects.filter(pk=asker.pk).update(confirmed_at=timezone.now())
    asker.refresh_from_db()
    Gemeente.objects.filter(pk="GM0119").update(
        mail_domains=["meppel.example"], mail_domains_bron="toets"
    )
    from core.person import Person

    person = Person(contact=asker)
    row = services.admit_colleague(
        person=person, vraag=vraag, email="bram@elders.example"
    )
    services.accept_admission(row=row)
    services.change_visibility(person=person, vraag=vraag, zichtbaarheid="gemeente")
    files = []
    for question in (vraag, other):
        note = services.add_note(
            user=karim, vraag=question, text=f"De {MARK} zit bij de vrager thuis."
        )
        file = SimpleUploadedFile(f"{MARK}.txt", MARK.encode(), "text/plain")
        files.append(bijlagen.store_upload(file, owner=note).pk)
        services.save_draft(
            user=karim, vraag=question, soort="notitie", text=f"Ook de {MARK}."
        )
    services.take(user=sanne, vraag=vraag)
    services.answer(user=sanne, vraag=vraag, text="Hoe oud?", question_back=True)
    services.add_reply(person=person, vraag=vraag, text="Achttien.")
    services.answer(user=sanne, vraag=vraag, text="Ja, dat mag.")
    services.mark_helped(person=person, vraag=vraag, helped=False)
    services.close(person=Person(user=karim), vraag=vraag, reason="Dubbel.")
    services.reopen(person=person, vraag=vraag)
    elsewhere = Team.objects.exclude(pk__in=[vraag.team_id, vraag.tweede_team_id])[0]
    services.pass_on(user=karim, vraag=other, team=elsewhere, reason="Past daar.")
    services.merge(user=karim, vraag=vraag, other=other)
    third = ask(email="els@elders.example")
    services.add_note(user=karim, vraag=third, text=f"De {MARK} ook hier.")
    services.merge(user=karim, vraag=vraag, other=third, confirmed=True, admit=True)
    said = services.add_reply(person=person, vraag=vraag, text="Iets heel anders.")
    new = services.split(user=karim, vraag=vraag, berichten=[said.pk])
    services.hand_over_for_asker(
        user=karim, vraag=new, email="nieuw@meppel.example", reason="Weg."
    )
    # Mail of staff becomes a note.
    to = tokens.reply_address(key=vraag.key, who=f"user:{karim.pk}")
    raw = make(sender=karim.email, to=to, text=f"De {MARK} per mail.")
    staff_mail = mail_in.handle(mail_in.receive(raw, mailbox="toets")[0])
    assert staff_mail.bericht is not None
    assert staff_mail.bericht.is_internal
    notices.tell(vraag, [sanne, expert(vraag.team.slug)], notices.REPLY)
    notices.send_daily()
    questions = [vraag, other, third, new]
    admitted = belonging.admit(person=person, email="inhuur@bureau.example")
    belonging.accept(row=admitted)
    return SimpleNamespace(
        karim=karim,
        admitted=admitted,
        admission_token=toegang.issue(
            doel=Toegang.Doel.LEZEN,
            contact=admitted.contact,
            object_key=admitted.key,
        ),
        vraag=vraag,
        other=other,
        asker=asker,
        elsewhere=elsewhere,
        colleague=row,
        colleague_token=toegang.issue(
            doel=Toegang.Doel.LEZEN, contact=row.contact, object_key=row.key
        ),
        references=[question.reference for question in questions],
        pks=[question.pk for question in questions],
        files=[str(pk) for pk in Bijlage.objects.values_list("pk", flat=True)],
        note_files=files,
        staff_mail=staff_mail.pk,
        mails=list(Mailbericht.objects.values_list("pk", flat=True)),
    )


def logged_in(contact):
    client = Client()
    token = toegang.issue(doel=Toegang.Doel.INLOGGEN, contact=contact)
    client.post(reverse("core:login_token", args=[token]))
    return client


def people(world, make_user) -> dict[str, Client]:
    by_link, colleague_by_link = Client(), Client()
    for question in (world.vraag, world.other):
        by_link.get(
            reverse("loket:read_link", args=[question.reference, question.token])
        )
    colleague_by_link.get(reverse("loket:colleague_link", args=[world.colleague_token]))
    neighbour = Contact.objects.create(
        email="buur@meppel.example", confirmed_at=timezone.now()
    )
    lena = make_user("deskundige", "redacteur", name="Lena")
    team = Team.objects.exclude(pk__in=Vraag.objects.values("team")).exclude(
        pk__in=Vraag.objects.exclude(tweede_team=None).values("tweede_team")
    )[0]
    Teamlid.objects.create(team=team, user=lena)
    other_team = Client()
    other_team.force_login(lena)
    return {
        "vreemde": Client(),
        "vrager met link": by_link,
        "vrager ingelogd": logged_in(world.asker),
        "collega met link": colleague_by_link,
        "collega ingelogd": logged_in(world.colleague.contact),
        "collega van de gemeente": logged_in(neighbour),
        "toegelaten tot de gemeente": logged_in(world.admitted.contact),
        "deskundige van een ander team": other_team,
    }


def body(response) -> bytes:
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return content + str(dict(response.headers)).encode()


def test_every_address_has_an_entry(world):
    """New in the URLconf: say how it is walked, and this test walks it."""
    assert {str(p.pattern) for p in get_resolver().url_patterns} == {
        *OTHERS,
        "zoeken/",
        "helpdesk/",
    }
    for name in addresses():
        if name in FILLED:
            assert FILLED[name](world), name
        else:
            reverse(name)  # NoReverseMatch: it has a part that nothing fills in
    assert set(FILLED) <= set(addresses())
    assert set(ASKED) <= set(addresses())


def test_nobody_outside_finds_a_note_at_any_address(world, make_user, index):
    outbox.drain()
    paths = list(OTHERS.values())
    for name in addresses():
        filled = FILLED[name](world) if name in FILLED else [{}]
        for path in (reverse(name, kwargs=kwargs) for kwargs in filled):
            paths += [path, *(path + query for query in ASKED.get(name, []))]
    walked, answered = 0, 0
    for who, client in people(world, make_user).items():
        client.raise_request_exception = False
        for path in paths:
            if path == reverse("core:logout_contact"):
                continue
            for headers in ({}, {"HX-Request": "true"}):
                response = client.get(path, headers=headers, follow=True)
                walked += 1
                answered += response.status_code == 200
                assert response.status_code < 500, (who, path)
                assert MARK.encode() not in body(response), (who, path)
    # The walk is one of pages, not of refusals; and who works on it does see the note.
    assert answered > walked / 4
    desk = Client()
    desk.force_login(world.karim)
    page = desk.get(f"/werkplek/{world.vraag.reference}/")
    assert body(page).count(MARK.encode()) >= 4
    for pk in world.note_files:
        assert MARK.encode() in body(desk.get(f"/bijlagen/{pk}/"))
    print(f"\n{walked} adressen opgevraagd, {answered} met een pagina")


def test_no_mail_and_no_order_of_the_outbox_holds_a_note(world):
    assert set(outbox.handler_kinds()) == set(KINDS)
    for row in Outbox.objects.all():
        assert MARK not in f"{row.key}{row.payload}", row
    sent = Mailbericht.objects.all()
    assert {row.template for row in sent} >= {
        "loket/antwoord",
        "loket/wedervraag",
        "loket/gesloten",
        "loket/meelezen",
        "loket/overdragen",
        "loket/gesplitst",
        "loket/werk",
        "loket/dagbericht",
    }
    for row in sent:
        whole = f"{row.subject}{row.text}{row.html}{row.headers}{row.from_name}{row.to}"
        assert MARK not in whole, row.template
    outbox.drain()
    assert len(mail.outbox) >= 10
    for message in mail.outbox:
        assert MARK.encode() not in message.message().as_bytes()


def test_no_document_of_search_holds_a_note(world, index):
    outbox.drain()
    seen = 0
    for indexer in registry.indexers():
        for pk in indexer.all_ids():
            seen += 1
            assert MARK not in repr(indexer.document(pk)), (indexer.kind, pk)
    assert set(world.pks) <= set(registry.get("vraag").all_ids())
    assert seen > 10
    for model in (Document, Sectie):
        for values in model.objects.values():
            assert MARK not in repr(values), model


def test_no_command_prints_a_note(world, index):
    ours = {name for name, app in get_commands().items() if app in APPS}
    assert ours == set(COMMANDS)
    for name, how in COMMANDS.items():
        if isinstance(how, list):
            out = io.StringIO()
            try:
                call_command(name, *how, stdout=out, stderr=out)
            except SystemExit:
                pass
            assert MARK not in out.getvalue(), name


def test_what_a_person_may_have_of_herself_holds_no_note(world, tmp_path):
    for person in (world.asker, world.colleague.contact):
        folder = tmp_path / str(person.pk)
        call_command("export_person", person.email, str(folder))
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert files
        assert not any(MARK.encode() in path.read_bytes() for path in files)


def test_the_service_of_notes_knows_no_mail_and_no_index():
    """By its imports: what is not there cannot be called."""
    tree = ast.parse(inspect.getsource(notes))
    imported = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    forbidden = {
        "mail",
        "mail_asker",
        "notices",
        "refresh",
        "outbox",
        "tell_owner_or_team",
    }
    assert not imported & forbidden
    assert {"add_message", "must_work"} <= imported


def test_a_note_sends_and_indexes_nothing(ask, make_user):
    vraag, karim = ask(), make_user("loketmedewerker")
    before = Mailbericht.objects.count(), Outbox.objects.count()
    services.add_note(user=karim, vraag=vraag, text=f"De {MARK}.")
    services.save_draft(user=karim, vraag=vraag, soort="notitie", text=MARK)
    assert (Mailbericht.objects.count(), Outbox.objects.count()) == before
    assert Concept.objects.get().soort == "notitie"
    assert Bericht.objects.filter(text__contains=MARK).get().is_internal
