"""Every act in every state agrees with the table, which is drawn in the docs."""

import ast
import datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import Contact, Mailbericht, Team
from core.person import Person
from loket import services
from loket.management.commands import standen
from loket.models import (
    Bericht,
    Collega,
    Gebeurtenis,
    InkomendBericht,
    Toezegging,
    Vraag,
    Wachtperiode,
)
from loket.services import clock, mail_decisions, mail_in
from loket.states import (
    ACTS,
    COLLEGA,
    MEDEWERKER,
    OUTSIDE,
    ROLES,
    SERVICES,
    STILL,
    SYSTEEM,
    TO_STAFF,
    TRANSITIONS,
    VRAGER,
    VraagStatus,
    find,
)

from .mails import make

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=60)


class Case:
    """A question in a state, with an asker and a member of staff who may act on it."""

    def __init__(self, vraag, user, colleague):
        self.vraag, self.user, self.colleague = vraag, user, colleague
        self.asker = Person(keys=frozenset({vraag.key}))
        self.staff = Person(user=user)
        self.reader = None
        # Of the same asker and of another, to merge with.
        self.twin = self.stranger = None

    def later(self):
        services.expect_later(
            user=self.user, vraag=self.vraag, verwacht_op=far_working_day()
        )

    def as_reader(self):
        """A colleague whom the asker admitted."""
        if self.reader is None:
            contact = Contact.objects.create(email="bram@meppel.example")
            Collega.objects.create(
                vraag=self.vraag, contact=contact, accepted_at=timezone.now()
            )
            Vraag.objects.filter(pk=self.vraag.pk).update(zichtbaarheid="collegas")
            self.reader = Person(contact=contact)
        return self.reader

    def admit(self):
        """Let in a mail that is held at the question."""
        row, _new = mail_in.receive(make(sender="x@elders.example"), mailbox="proef")
        InkomendBericht.objects.filter(pk=row.pk).update(
            uitkomst="aangehouden", vraag=self.vraag
        )
        mail_decisions.admit(user=self.user, row=row)

    def other_team(self):
        return Team.objects.exclude(pk=self.vraag.team_id).first()

    def silence(self, taken):
        rule = clock.rules()
        self.vraag.wachtperiodes.filter(end=None).update(
            herinneringen=taken, herinnerd_op=LONG_AGO
        )
        if not clock._silence(self.vraag.pk, timezone.now(), rule):
            raise ValidationError("niets te doen")

    def slip(self):
        if not clock._tell_asker(self.vraag.pk, timezone.now()):
            raise ValidationError("niets te doen")


def far_working_day():
    day = timezone.localdate() + datetime.timedelta(days=60)
    while not clock.kalender().is_open_on(day):
        day += datetime.timedelta(days=1)
    return day


DO = {
    ("take", MEDEWERKER): lambda c: services.take(user=c.user, vraag=c.vraag),
    ("assign", MEDEWERKER): lambda c: services.assign(
        user=c.user, vraag=c.vraag, to=c.colleague
    ),
    ("give_back", MEDEWERKER): lambda c: services.give_back(user=c.user, vraag=c.vraag),
    ("pass_on", MEDEWERKER): lambda c: services.pass_on(
        user=c.user, vraag=c.vraag, team=c.other_team(), reason="Hoort daar"
    ),
    ("ask_back", MEDEWERKER): lambda c: services.answer(
        user=c.user, vraag=c.vraag, text="Welk?", question_back=True
    ),
    ("answer", MEDEWERKER): lambda c: services.answer(
        user=c.user, vraag=c.vraag, text="Ja."
    ),
    ("reply", VRAGER): lambda c: services.add_reply(
        person=c.asker, vraag=c.vraag, text="Nog iets"
    ),
    ("reply", COLLEGA): lambda c: services.add_reply(
        person=c.as_reader(), vraag=c.vraag, text="Nog iets"
    ),
    ("reply_for", MEDEWERKER): lambda c: services.add_reply_for(
        user=c.user, vraag=c.vraag, text="Nog iets", kanaal="telefoon"
    ),
    ("admit_mail", MEDEWERKER): lambda c: c.admit(),
    ("merge", MEDEWERKER): lambda c: services.merge(
        user=c.user, vraag=c.stranger, other=c.vraag, confirmed=True
    ),
    ("take_in", MEDEWERKER): lambda c: services.merge(
        user=c.user, vraag=c.vraag, other=c.twin
    ),
    ("mark_helped", VRAGER): lambda c: services.mark_helped(
        person=c.asker, vraag=c.vraag, helped=True
    ),
    ("mark_not_helped", VRAGER): lambda c: services.mark_helped(
        person=c.asker, vraag=c.vraag, helped=False
    ),
    ("close", MEDEWERKER): lambda c: services.close(
        person=c.staff, vraag=c.vraag, reason="Dubbel"
    ),
    ("close", VRAGER): lambda c: services.close(person=c.asker, vraag=c.vraag),
    ("reopen", VRAGER): lambda c: services.reopen(person=c.asker, vraag=c.vraag),
    ("reopen", MEDEWERKER): lambda c: services.reopen(person=c.staff, vraag=c.vraag),
    ("expect_later", MEDEWERKER): lambda c: c.later(),
    ("tell_later", SYSTEEM): lambda c: c.slip(),
    ("remind", SYSTEEM): lambda c: c.silence(0),
    ("close_silent", SYSTEEM): lambda c: c.silence(2),
}


@pytest.fixture
def case(ask, make_user):
    """case(state) → a question in that state, as its own acts would leave it."""

    def make(status):
        vraag = ask()
        user = make_user("loketmedewerker")
        fields = {"status": status, "clock_started_at": LONG_AGO}
        if status in (VraagStatus.BEANTWOORD, VraagStatus.GESLOTEN):
            fields["answered_at"] = LONG_AGO
        Vraag.objects.filter(pk=vraag.pk).update(**fields)
        if status == VraagStatus.WACHT_OP_VRAGER:
            Wachtperiode.objects.create(vraag=vraag, start=LONG_AGO)
        vraag.refresh_from_db()
        made = Case(vraag, user, make_user("loketmedewerker"))
        made.twin = ask("Mag dat ook met een maatwerkbesluit?")
        made.stranger = ask("Hoe werkt dit elders?", email="els@elders.example")
        return made

    return make


def stored(vraag):
    """All that an act could change."""
    return (
        list(Vraag.objects.filter(pk=vraag.pk).values()),
        list(vraag.wachtperiodes.values_list("end", "herinneringen")),
        [
            model.objects.count()
            for model in (Bericht, Gebeurtenis, Mailbericht, Toezegging)
        ],
    )


def test_the_acts_of_the_table_are_all_tried():
    begins = {(row.act, row.by) for row in TRANSITIONS if not row.sources}
    assert begins == {("ask", VRAGER), ("split", MEDEWERKER)}
    assert {(row.act, row.by) for row in TRANSITIONS} - begins == set(DO)
    assert {row.act for row in TRANSITIONS} == set(ACTS)
    assert {row.by for row in TRANSITIONS} <= set(ROLES)


@pytest.mark.parametrize("status", list(VraagStatus))
@pytest.mark.parametrize(("act", "by"), DO, ids=" by ".join)
def test_an_act_does_what_the_table_says(case, act, by, status):
    c = case(status)
    row = find(act, status, by)
    before = stored(c.vraag)
    old_mails = set(Mailbericht.objects.values_list("pk", flat=True))
    if row is None:
        with pytest.raises(ValidationError):
            DO[act, by](c)
        assert stored(c.vraag) == before
        return
    DO[act, by](c)
    to_asker = [
        mail.template
        for mail in Mailbericht.objects.exclude(pk__in=old_mails)
        if c.vraag.contact.email in mail.to
    ]
    c.vraag.refresh_from_db()
    assert c.vraag.status == (row.target or status)
    assert to_asker == ([row.mail] if row.mail else [])
    assert c.vraag.gebeurtenissen.last() is not None
    assert stored(c.vraag)[2] != before[2]


def test_asking_sends_the_one_message_of_the_table(ask):
    vraag = ask()
    row = next(row for row in TRANSITIONS if row.act == "ask")
    sent = Mailbericht.objects.filter(to__icontains=vraag.contact.email)
    assert (vraag.status, [mail.template for mail in sent]) == (row.target, [row.mail])


def test_splitting_sends_the_one_message_of_the_table(case):
    c = case(VraagStatus.NIEUW)
    said = services.add_reply(person=c.asker, vraag=c.vraag, text="En dit dan?")
    before = set(Mailbericht.objects.values_list("pk", flat=True))
    new = services.split(user=c.user, vraag=c.vraag, berichten=[said.pk])
    row = next(row for row in TRANSITIONS if row.act == "split")
    sent = Mailbericht.objects.exclude(pk__in=before).filter(
        adres=c.vraag.contact.email
    )
    assert (new.status, [mail.template for mail in sent]) == (row.target, [row.mail])


@pytest.mark.parametrize(
    ("act", "by"), [key for key in DO if key[1] != SYSTEEM], ids=" by ".join
)
def test_who_is_somebody_else_may_nothing(case, make_user, act, by):
    row = next(row for row in TRANSITIONS if (row.act, row.by) == (act, by))
    c = case(row.sources[0])
    contact = Contact.objects.create(email="vreemd@elders.example")
    c.asker = c.reader = Person(contact=contact)
    c.user = make_user("redacteur")
    c.staff = Person(user=c.user)
    before = stored(c.vraag)
    with pytest.raises(PermissionDenied):
        DO[act, by](c)
    assert stored(c.vraag) == before


def test_every_mail_is_named_by_a_table():
    root = Path(standen.__file__).parents[2] / "templates" / "mail"
    files = {
        path.relative_to(root).with_suffix("").as_posix()
        for path in (root / "loket").glob("*.md")
    }
    named = {row.mail for row in (*TRANSITIONS, *STILL)} - {""}
    assert files == named | set(TO_STAFF)
    assert not named & set(TO_STAFF)


# What changes the state of a question, or mails an asker.
DOES = {"set_status", "mail_asker", "mail_contact", "mail.send"}


def _called(node):
    """What a function calls, and whether it writes a state itself."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            name = ast.unparse(part.func)
            if isinstance(part.func, ast.Name) or name in DOES:
                found.add(name)
            words = {word.arg for word in part.keywords}
            if name.endswith(".update") and "status" in words:
                found.add("set_status")
        elif isinstance(part, ast.Assign):
            for target in part.targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    found.add("set_status")
    return found


def acting_services():
    """Public functions of the services that change a state or mail an asker, however many
    calls away."""
    calls = {}
    for path in Path(services.__file__).parent.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                known = calls.setdefault((path.stem, node.name), set())
                known |= _called(node)
    modules = {}
    for module, name in calls:
        modules.setdefault(name, set()).add(module)

    def acts(key, seen):
        if key in seen:
            return False
        seen.add(key)
        for name in calls[key]:
            if name in DOES:
                return True
            homes = modules.get(name, set())
            near = {key[0]} & homes or (set() if name.startswith("_") else homes)
            if any(acts((home, name), seen) for home in near):
                return True
        return False

    return {
        name
        for module, name in calls
        if module != "parts"
        and not name.startswith("_")
        and acts((module, name), set())
    }


def test_every_service_that_acts_is_in_a_table():
    acting = acting_services()
    assert {"answer", "merge", "resend", "act_on_silence", "admit"} <= acting
    told = {*ACTS, *(row.act for row in STILL), *SERVICES, *OUTSIDE}
    assert acting - told == set()
    acts = {*ACTS, *(row.act for row in STILL)}
    assert {act for row in SERVICES.values() for act in row} <= acts
    assert acts - acting <= {act for row in SERVICES.values() for act in row} | {
        row.act for row in STILL if not row.mail
    }
    assert {row.by for row in STILL} <= set(ROLES)


def test_the_docs_are_drawn_from_the_table():
    call_command("standen", check=True)


def test_docs_that_differ_are_seen(tmp_path, monkeypatch):
    page = tmp_path / "standen.md"
    page.write_text(standen.render().replace("heropenen", "openen"))
    monkeypatch.setattr(standen, "path", lambda: page)
    with pytest.raises(CommandError, match="wijkt af"):
        call_command("standen", check=True)
    call_command("standen")
    call_command("standen", check=True)
    text = page.read_text()
    assert all(str(ACTS[row.act]) in text for row in TRANSITIONS)
    assert "wacht_op_vrager --> gesloten: " in text
