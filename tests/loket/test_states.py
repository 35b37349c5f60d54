"""Every act in every state agrees with the table, which is drawn in the docs."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import Contact, Mailbericht, Team
from core.person import Person
from loket import services
from loket.management.commands import standen
from loket.models import Bericht, Gebeurtenis, Toezegging, Vraag, Wachtperiode
from loket.services import clock
from loket.states import (
    ACTS,
    MEDEWERKER,
    ROLES,
    SYSTEEM,
    TRANSITIONS,
    VRAGER,
    VraagStatus,
    find,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=60)


class Case:
    """A question in a state, with an asker and a member of staff who may act on it."""

    def __init__(self, vraag, user, colleague):
        self.vraag, self.user, self.colleague = vraag, user, colleague
        self.asker = Person(keys=frozenset({vraag.key}))
        self.staff = Person(user=user)

    def later(self):
        services.expect_later(
            user=self.user, vraag=self.vraag, verwacht_op=far_working_day()
        )

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
        return Case(vraag, user, make_user("loketmedewerker"))

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
    assert {(row.act, row.by) for row in TRANSITIONS} - {("ask", VRAGER)} == set(DO)
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


@pytest.mark.parametrize(
    ("act", "by"), [key for key in DO if key[1] != SYSTEEM], ids=" by ".join
)
def test_who_is_somebody_else_may_nothing(case, make_user, act, by):
    row = next(row for row in TRANSITIONS if (row.act, row.by) == (act, by))
    c = case(row.sources[0])
    contact = Contact.objects.create(email="vreemd@elders.example")
    c.asker = Person(contact=contact)
    c.user = make_user("redacteur")
    c.staff = Person(user=c.user)
    before = stored(c.vraag)
    with pytest.raises(PermissionDenied):
        DO[act, by](c)
    assert stored(c.vraag) == before


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
