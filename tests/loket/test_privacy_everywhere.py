"""A word in every field that a person can have, found again in a copy and nowhere after.

Which models belong to a person follows from their links; their fields from Django. A new
model or field is planted by itself, and fails here until it has a place.
"""

import json

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from helpdesk import models as engine

from core import belonging
from core import outbox as box
from core.models import Contact, Gemeente, Mailbericht, Outbox, Toegang, Toelating
from core.models.bijlage import private_storage
from core.person import Person
from core.services import remove_expired, send_login_link
from knowledge.models import ConceptVerordening, ConceptWijziging
from loket import models as desk
from loket import services, tasks
from loket.models import (
    Bericht,
    Dagbericht,
    Formulierconcept,
    InkomendBericht,
    Vraag,
)
from loket.services import mail_in, privacy
from search.engines import get_engine
from search.models import Document

from .mails import make, token_of

pytestmark = pytest.mark.django_db
WORD = "kanarie"
EMAIL = "kanarie@meppel.example"
OTHER = "ander@elders.example"
TWO_YEARS = timezone.timedelta(days=2 * 366)

# What a person is, and what points to one without a link.
ROOTS = {"core.Contact", "loket.Vraag", "helpdesk.Ticket"}
LOOSE = {
    "admin.LogEntry",
    "core.Bijlage",
    "core.Mailbericht",
    "core.Outbox",
    "sessions.Session",
}
# Nothing of an asker: of the installation, of staff, or public.
NOT_OF_ASKERS = {
    "account": "medewerkers",
    "auth": "groepen",
    "contenttypes": "",
    "experts": "medewerkers",
    "mfa": "medewerkers",
    "sites": "",
    "taggit": "",
    "knowledge": "openbaar",
    "search": "wat openbaar is, en woorden zonder persoon; vragen volgen de vraag",
    "core.Gemeente": "openbaar",
    "core.Loketgegevens": "van het loket",
    "core.Regio": "openbaar",
    "core.Team": "van het loket",
    "core.Uitnodiging": "medewerkers",
    "core.User": "medewerkers",
    "loket.Berichtvoorkeur": "medewerkers",
    "loket.Bewaartermijn": "van het loket",
    "loket.Kalenderstand": "van het loket",
    "loket.Openingstijd": "van het loket",
    "loket.Postbus": "van het loket",
    "loket.Routeterm": "van het loket",
    "loket.Sluitingsdag": "van het loket",
    "loket.Termijnregel": "van het loket",
    "loket.Zelfgevonden": "alleen een openbare pagina",
    "helpdesk.ChecklistTemplate": "van het loket",
    "helpdesk.CustomField": "van het loket",
    "helpdesk.EmailTemplate": "van het loket",
    "helpdesk.EscalationExclusion": "van het loket",
    "helpdesk.IgnoreEmail": "niet in gebruik",
    "helpdesk.KBCategory": "niet in gebruik",
    "helpdesk.KBIAttachment": "niet in gebruik",
    "helpdesk.KBItem": "niet in gebruik",
    "helpdesk.PreSetReply": "van het loket",
    "helpdesk.Queue": "van het loket",
    "helpdesk.SavedSearch": "medewerkers",
    "helpdesk.UserSettings": "medewerkers",
}
# Fields in which no word of a person comes: what they hold is ours, or public.
FIXED = {
    "admin.LogEntry.object_id": "nummer",
    "core.Bijlage.file": "een naam van ons; de inhoud krijgt het woord",
    "core.Contact.email": "is het woord zelf",
    "core.Mailbericht.about": "nummer",
    "core.Mailbericht.adres": "is het woord zelf",
    "core.Mailbericht.to": "is het woord zelf",
    "core.Outbox.key": "nummer, of is het woord zelf",
    "core.Outbox.kind": "naam van een soort",
    "core.Toegang.object_key": "nummer",
    "helpdesk.FollowUpAttachment.file": "de inhoud krijgt het woord",
    "helpdesk.Ticket.secret_key": "toeval",
    "loket.Bronverwijzing.anker": "openbare bron",
    "loket.Bronverwijzing.kind": "openbare bron",
    "loket.Bronverwijzing.sectie": "openbare bron",
    "loket.Bronverwijzing.tekst": "openbare bron",
    "loket.Bronverwijzing.titel": "openbare bron",
    "loket.Bronverwijzing.url": "openbare bron",
    "loket.Gebeurtenis.soort": "naam van een handeling",
    "loket.Gesprek.form_key": "toeval",
    "loket.Gespreksvraag.kind": "openbare pagina",
    "loket.Gespreksvraag.titel": "openbare pagina",
    "loket.Gespreksvraag.url": "openbare pagina",
    "loket.InkomendBericht.afzender": "is het woord zelf",
    "loket.InkomendBericht.mailbox": "naam van een postbus",
    "loket.InkomendBericht.raw": "een naam van ons; de inhoud krijgt het woord",
    "loket.InkomendBericht.sha256": "vingerafdruk: dezelfde mail is nooit weer nieuw",
    "loket.InkomendBericht.uid": "nummer in de postbus",
    "loket.InkomendBericht.uidvalidity": "nummer van de postbus",
    "loket.Toezegging.uitleg": "zin van de klok",
    "loket.Vraag.due_uitleg": "zin van de klok",
    "loket.Vraag.herkomst_sectie": "openbare pagina",
    "loket.Vraag.herkomst_titel": "openbare pagina",
    "loket.Vraag.reference": "nummer",
    "sessions.Session.session_data": "ondertekend; het woord zit erin",
    "sessions.Session.session_key": "toeval",
}
ENGINE = "dezelfde tekst als het bericht, of leeg bij het loket"
NUMBER = "nummer van het loket, zegt niets"
# Planted, and not in the copy for who asks.
NOT_IN_COPY = {
    "core.Bijlage.content_type_name": NUMBER,
    "core.Bijlage.sha256": NUMBER,
    "core.Mailbericht.from_name": "naam van het loket",
    "core.Mailbericht.headers": NUMBER,
    "core.Mailbericht.html": "dezelfde tekst, opgemaakt",
    "core.Mailbericht.message_id": NUMBER,
    "core.Mailbericht.regel": "kort, wat de tekst al zegt",
    "core.Mailbericht.reply_to": NUMBER,
    "core.Mailbericht.template": "naam van een soort",
    "core.Mailbericht.who": NUMBER,
    "core.Outbox.dedupe_key": NUMBER,
    "core.Outbox.last_error": "staat bij de mail",
    "core.Outbox.payload": NUMBER,
    "core.Toegang.token_hash": "geheim",
    "knowledge.ConceptVerordening.key": "geheim",
    "knowledge.ConceptVerordening.modeltekst": "openbaar model",
    "loket.Bericht.form_key": NUMBER,
    "loket.Concept.bronnen": "ongestuurd concept van een medewerker",
    "loket.Concept.text": "ongestuurd concept van een medewerker",
    "loket.Dagbericht.reden": "melding aan een medewerker",
    "loket.Gebeurtenis.data": NUMBER,
    "loket.Samenvoeging.data": "concepten van medewerkers",
    "loket.Vraag.idempotency_key": NUMBER,
}


def personal():
    """The models that belong to an asker, by label: linked to one, however far."""
    every = [m for m in apps.get_models() if m._meta.managed and not m._meta.proxy]
    found = ROOTS | LOOSE
    while True:
        more = {
            model._meta.label
            for model in every
            for field in model._meta.concrete_fields
            if field.is_relation
            and field.related_model._meta.label in found - LOOSE | {"core.Mailbericht"}
        } - found
        if not more:
            return {m._meta.label: m for m in every if m._meta.label in found}, every
        found |= more


def words_of(model):
    """The fields of a model in which a word can stand."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices and not field.is_relation
    ]


PERSONAL, EVERY = personal()
FIELDS = {
    f"{label}.{field.name}": field
    for label, model in PERSONAL.items()
    for field in words_of(model)
}
PLANTED = {name: field for name, field in FIELDS.items() if name not in FIXED}


def test_every_model_is_of_a_person_or_said_not_to_be():
    for model in EVERY:
        label, app = model._meta.label, model._meta.app_label
        known = label in PERSONAL or label in NOT_OF_ASKERS or app in NOT_OF_ASKERS
        assert known or app.startswith("wagtail"), label
    assert not set(PERSONAL) & set(NOT_OF_ASKERS)
    assert set(FIELDS) >= set(FIXED), set(FIXED) - set(FIELDS)
    unknown = {n for n in NOT_IN_COPY if n not in PLANTED}
    assert not unknown


class World:
    """A person with something in every place of the desk."""

    def __init__(self, ask, make_user):
        self.ask = ask
        self.staff = make_user("loketmedewerker", email="sanne@voorbeeld.nl")
        self.values: dict[str, list[str]] = {}

    def take(self, raw):
        row, _new = mail_in.receive(raw, mailbox="proef")
        return mail_in.handle(row)

    def build(self):
        file = SimpleUploadedFile("brief.txt", b"kanarie in een bestand")
        self.vraag = self.ask(email=EMAIL, files=[file])
        self.second = self.ask("Mag dat ook in een andere gemeente?", email=EMAIL)
        self.other = self.ask("Hoe tellen wij woonwagens?", email=OTHER)
        self.contact = self.vraag.contact
        me = Person(contact=self.contact)
        for vraag, person, email in (
            (self.vraag, me, "bram@meppel.example"),
            (self.other, Person(contact=self.other.contact), EMAIL),
        ):
            row = services.admit_colleague(person=person, vraag=vraag, email=email)
            services.accept_admission(row=row)
        services.add_reply(person=me, vraag=self.other, text="Ik weet het.")
        self.admit()
        staff = self.staff
        services.add_note(user=staff, vraag=self.vraag, text="Belde gisteren.")
        for vraag in (self.vraag, self.second):
            services.save_draft(user=staff, vraag=vraag, soort="antwoord", text="Beste")
            services.keep_form(
                user=staff,
                formulier=f"namens:{vraag.pk}",
                data={"reactie": "Zei iets."},
                vraag=vraag,
            )
        services.keep_form(
            contact=self.contact, formulier="vraag", data={"text": "Nog iets?"}
        )
        services.merge(user=staff, vraag=self.vraag, other=self.second)
        services.set_phone(
            person=Person(user=staff),
            contact=self.contact,
            telefoon="0612345678",
            bewijs="staat op de site van de gemeente",
        )
        services.take_call(
            user=staff,
            form_key="gesprek-1",
            questions=[services.CallQuestion("Hoe zit het?", answer="Zo.")],
            asker=services.Asker(email=EMAIL),
        )
        self.gesprek = desk.Gesprek.objects.get()
        self.take(
            make(
                "Nog iets.\n\n> Eerder",
                sender=f"K <{EMAIL}>",
                to=token_of(self.vraag),
                files=(("plan.txt", b"kanarie in een plan"),),
            )
        )
        self.take(make("Reclame", sender=EMAIL, Precedence="bulk"))
        self.take(make("Reclame", sender=EMAIL, Precedence="bulk"))
        held = make("Ik ben hem echt", sender="x@y.example", to=token_of(self.vraag))
        self.held = self.take(held)
        Dagbericht.objects.create(user=staff, vraag=self.vraag, reden="nieuw")
        send_login_link(email=EMAIL)
        LogEntry.objects.create(
            user=staff,
            content_type=ContentType.objects.get_for_model(Contact),
            object_id=str(self.contact.pk),
            action_flag=2,
        )
        LogEntry.objects.create(
            user=staff,
            content_type=ContentType.objects.get_for_model(Vraag),
            object_id=str(self.vraag.pk),
            object_repr=f"{WORD}-vraag",
            action_flag=2,
        )
        Outbox.objects.create(kind="core.mail_samen", key=EMAIL, dead_at=timezone.now())
        self.fill_engine()

    def admit(self):
        """To a gemeente, by the other, and another by this person."""
        for me, code, admitted in (
            (self.other.contact, "GM0344", EMAIL),
            (self.contact, "GM0119", "inhuur@bureau.example"),
        ):
            Contact.objects.filter(pk=me.pk).update(confirmed_at=timezone.now())
            me.refresh_from_db()
            Gemeente.objects.filter(code=code).update(
                mail_domains=[me.email.partition("@")[2]], mail_domains_bron="toets"
            )
            row = belonging.admit(person=Person(contact=me), email=admitted)
            belonging.accept(row=row)

    def fill_engine(self):
        ticket = engine.Ticket.objects.get(pk=self.vraag.pk)
        followup = engine.FollowUp.objects.filter(ticket=ticket).first()
        engine.TicketCC.objects.create(ticket=ticket, email=EMAIL)
        engine.TicketChange.objects.create(followup=followup, field="title")
        checklist = engine.Checklist.objects.create(ticket=ticket, name="x")
        engine.ChecklistTask.objects.create(
            checklist=checklist, description="x", position=1
        )
        engine.FollowUpAttachment.objects.create(
            followup=followup,
            file=ContentFile(b"kanarie in de motor", "x.txt"),
            filename="x.txt",
            mime_type="text/plain",
            size=1,
        )
        own = engine.CustomField.objects.create(
            name="veld", label="x", data_type="text", required=False, staff_only=True
        )
        engine.TicketCustomFieldValue.objects.create(ticket=ticket, field=own)

    def add_concept(self):
        concept = ConceptVerordening.objects.create(
            contact=self.contact, modeltekst="x"
        )
        ConceptWijziging.objects.create(concept=concept, soort="begonnen", note="x")

    def add_session(self, client):
        session = client.session
        session["contact_id"] = self.contact.pk
        session["formulieren"] = {"vraag": {"data": {"text": f"{WORD}-typt"}}}
        session.save()

    def rows(self):
        """The rows of this person, by model."""
        pks = [self.vraag.pk, self.second.pk]
        of = {"vraag__in": pks}
        mine = {"contact": self.contact}
        tickets = {"ticket__in": pks}
        followups = {"followup__ticket__in": pks}
        files = ContentType.objects.get_for_model(Bericht)
        return {
            "admin.LogEntry": {"object_id": str(self.contact.pk)},
            "core.Bijlage": {"owner_type": files, "owner_id__in": self.messages()},
            "core.Contact": {"pk": self.contact.pk},
            "core.Mailbericht": {"adres": EMAIL},
            "core.Outbox": {"kind": "core.mail_samen"},
            "core.Toegang": mine,
            "core.Toelating": mine,
            "helpdesk.Checklist": tickets,
            "helpdesk.ChecklistTask": {"checklist__ticket__in": pks},
            "helpdesk.FollowUp": tickets,
            "helpdesk.FollowUpAttachment": followups,
            "helpdesk.Ticket": {"pk__in": pks},
            "helpdesk.TicketCC": tickets,
            "helpdesk.TicketChange": followups,
            "helpdesk.TicketCustomFieldValue": tickets,
            "helpdesk.TicketDependency": tickets,
            "knowledge.ConceptVerordening": mine,
            "knowledge.ConceptWijziging": {"concept__contact": self.contact},
            "loket.Bericht": of,
            "loket.Bronverwijzing": {"bericht__vraag__in": pks},
            "loket.Collega": of,
            "loket.Concept": of,
            "loket.Dagbericht": of,
            "loket.Formulierconcept": {},
            "loket.Gebeurtenis": of,
            "loket.Gesprek": mine,
            "loket.Gespreksvraag": {"gesprek": self.gesprek},
            "loket.InkomendBericht": {},
            "loket.Inzage": of,
            "loket.Samenvoeging": {"van__in": pks},
            "loket.Termijnbericht": of,
            "loket.Toezegging": of,
            "loket.Vraag": {"pk__in": pks},
            "loket.Wachtperiode": of,
            "sessions.Session": {},
        }

    def messages(self):
        return Bericht.objects.filter(
            vraag__in=[self.vraag.pk, self.second.pk]
        ).values_list("pk", flat=True)

    def plant(self, skip=()):
        """Put the word in every field of every row, each with a number of its own."""
        # Settled first: the keys of one are what another is found by.
        chosen = {
            label: list(PERSONAL[label]._base_manager.filter(**where))
            for label, where in self.rows().items()
        }
        for number, (name, field) in enumerate(sorted(PLANTED.items()), 100):
            label = name.rpartition(".")[0]
            if label in skip:
                continue
            assert chosen[label], f"geen rij van {label}"
            for row in chosen[label]:
                word = f"{WORD}-{number}-{str(row.pk)[:4]}"
                value = word
                if isinstance(field, models.JSONField):
                    filled = getattr(row, field.name)
                    value = [word] if isinstance(filled, list) else {"woord": word}
                PERSONAL[label]._base_manager.filter(pk=row.pk).update(
                    **{field.name: value}
                )
                if label != "loket.Bericht" or row.soort != "notitie":
                    self.values.setdefault(name, []).append(word)


def files(folder=""):
    """Private files that hold the word."""
    storage = private_storage()
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return set()
    found = set()
    for name in names:
        path = f"{folder}/{name}".lstrip("/")
        with storage.open(path) as file:
            if WORD.encode() in file.read().lower():
                found.add(path)
    return found.union(*(files(f"{folder}/{name}".lstrip("/")) for name in folders))


def places():
    """Where the word stands in the database, as a dump would show it."""
    found = [
        f"{model._meta.label} {row}"
        for model in EVERY
        for row in model._base_manager.values()
        if WORD in str(row).lower()
    ]
    found += [
        f"sessie {data}"
        for session in Session.objects.all()
        if WORD in (data := str(session.get_decoded())).lower()
    ]
    return found


@pytest.fixture
def world(ask, make_user):
    before = files()
    made = World(ask, make_user)
    made.build()
    made.files = lambda: files() - before
    return made


def test_every_model_has_rows_here(world):
    assert set(world.rows()) == set(PERSONAL)


def test_forgotten_on_request_the_word_is_nowhere(
    index, world, client, outbox, django_capture_on_commit_callbacks
):
    outbox()
    world.add_concept()
    world.add_session(client)
    world.plant()
    assert len({place.split()[0] for place in places()}) >= 25
    assert len(world.files()) >= 5
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_person", EMAIL.upper(), "--yes")
    outbox()
    assert places() == []
    assert world.files() == set()
    assert not Document.objects.filter(kind="vraag", object_id=world.vraag.pk).exists()
    assert not any(WORD in str(hit) for hit in get_engine().hashes())
    assert not Toelating.objects.exists()
    # Of another asker nothing went.
    world.other.refresh_from_db()
    assert world.other.contact.email == OTHER
    assert world.other.berichten.first().text == "Hoe tellen wij woonwagens?"
    assert not InkomendBericht.objects.filter(uitkomst="aangehouden").exists()


def test_kept_long_enough_the_word_is_nowhere(
    index, world, client, outbox, django_capture_on_commit_callbacks
):
    outbox()
    world.add_session(client)
    concepts = {"knowledge.ConceptVerordening", "knowledge.ConceptWijziging"}
    world.plant(skip=concepts)
    for vraag in Vraag.objects.exclude(status="gesloten"):
        services.close(person=Person(contact=vraag.contact), vraag=vraag)
    outbox()
    with (
        time_machine.travel(timezone.now() + TWO_YEARS, tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        tasks.keep_no_longer()
        tasks.remove_old_forms()
        remove_expired()
        call_command("clearsessions")
        outbox()
    assert places() == []
    assert world.files() == set()
    assert not Contact.objects.exclude(email=privacy.NOBODY).exists()
    assert Vraag.objects.filter(geanonimiseerd_op=None).count() == 0


def test_a_copy_holds_every_word(world, client, outbox, tmp_path):
    outbox()
    world.add_concept()
    world.add_session(client)
    world.plant()
    folder = tmp_path / "uit"
    call_command("export_person", EMAIL, str(folder))
    text = (folder / "gegevens.json").read_text()
    missing = {
        name
        for name, words in world.values.items()
        if not any(word in text for word in words)
    }
    expected = {
        name for name in PLANTED if name in NOT_IN_COPY or name.startswith("helpdesk.")
    }
    assert missing - expected == set()
    # What is said not to be in it, is not.
    assert expected & set(world.values) == missing
    data = json.loads(text)
    assert {
        (row["adres"], row["toegelaten_door"])
        for row in data["toelatingen_tot_een_gemeente"]
    } == {(EMAIL, OTHER), ("inhuur@bureau.example", EMAIL)}
    assert {row["ingevuld"]["vraag"]["data"]["text"] for row in data["sessies"]} == {
        f"{WORD}-typt"
    }
    kept = [path.read_bytes() for path in (folder / "bijlagen").iterdir()]
    assert {b"kanarie in een bestand", b"kanarie in een plan"} <= set(kept)
    mails = list((folder / "mail").iterdir())
    assert (
        len(mails)
        == InkomendBericht.objects.filter(afzender=EMAIL, herhaling=False).count()
    )


def test_an_address_in_the_words_of_others_goes_and_the_rest_stays(world, outbox):
    """In every place that may name somebody, in rows of another."""
    outbox()
    other, staff = world.other, world.staff
    services.add_note(user=staff, vraag=other, text="Een notitie.")
    services.save_draft(user=staff, vraag=other, soort="antwoord", text="Beste")
    services.keep_form(user=staff, formulier="telefoon:1", data={"wie": EMAIL})
    services.take_call(
        user=staff,
        form_key="gesprek-2",
        questions=[services.CallQuestion("Wat dan?", answer="Dit.")],
        asker=services.Asker(email=OTHER),
    )
    raw = make("Een antwoord", sender=OTHER, to=token_of(other))
    world.take(raw)
    from core import services as core_services

    for model, fields in (*privacy.PLACES, *core_services.PLACES):
        for name in fields:
            field = model._meta.get_field(name)
            size = getattr(field, "max_length", None) or 100
            words = f"{EMAIL.upper()} zei het"[:size]
            value = {"x": [words]} if isinstance(field, models.JSONField) else words
            rows = model._base_manager.all()
            if model is Mailbericht:
                rows = rows.filter(adres=OTHER)
            if model is InkomendBericht:
                rows = rows.filter(afzender=OTHER)
            row = rows.last()
            if name == "message_id":
                value = f"<{EMAIL}>"
            if row is not None:
                model._base_manager.filter(pk=row.pk).update(**{name: value})
    call_command("forget_person", EMAIL, "--yes")
    outbox()
    assert places() == []
    form = Formulierconcept.objects.get(formulier="telefoon:1")
    assert form.data == {"x": ["[gewist] zei het"]}
    assert Mailbericht.objects.filter(text="[gewist] zei het", adres=OTHER).exists()
    assert InkomendBericht.objects.filter(onderwerp="[gewist] zei het").exists()


def test_a_bounce_that_names_the_reader_of_another_question_goes(world):
    raw = make("Wij kennen haar niet: " + EMAIL, sender=OTHER, to=token_of(world.other))
    row = world.take(raw)
    assert row.vraag == world.other
    call_command("forget_person", EMAIL, "--yes")
    row.refresh_from_db()
    assert not row.raw


def test_who_reads_along_stays_known_until_the_question_is_anonymous(world):
    Contact.objects.update(created_at=timezone.now() - TWO_YEARS)
    Toegang.objects.update(created_at=timezone.now() - TWO_YEARS)
    privacy.remove_old()
    assert Contact.objects.filter(email="bram@meppel.example").exists()


def test_a_merged_question_is_kept_as_long_as_the_one_it_goes_on_in(world):
    Vraag.objects.filter(pk=world.second.pk).update(
        updated_at=timezone.now() - TWO_YEARS
    )
    assert privacy.anonymise_due() == 0
    services.close(person=Person(contact=world.contact), vraag=world.vraag)
    Vraag.objects.update(updated_at=timezone.now() - TWO_YEARS)
    privacy.anonymise_due(limit=1)
    privacy.anonymise_due()
    world.second.refresh_from_db()
    assert world.second.geanonimiseerd_op is not None


def test_a_mail_that_waits_for_a_decision_is_not_thrown_away(world):
    row = world.take(make("Hoi", sender="", to="loket@example.nl"))
    assert row.uitkomst == "aangehouden"
    InkomendBericht.objects.update(received_at=timezone.now() - TWO_YEARS)
    done = privacy.remove_old()
    row.refresh_from_db()
    assert row.raw
    assert (
        done["post"]
        == InkomendBericht.objects.filter(vraag=None, uitkomst="genegeerd").count()
    )


def test_the_waiting_rows_of_the_outbox_are_gone_too(world):
    call_command("forget_person", EMAIL, "--yes")
    assert box.drain() >= 0
    assert not Outbox.objects.filter(key=EMAIL).exists()
