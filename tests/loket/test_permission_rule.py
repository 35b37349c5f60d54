"""Random people and questions: every channel says what one slow oracle says.

The oracle is written from the words of the rule (loket/permissions.py), over plain facts
and without a query. RULE_PEOPLE=1000 is the full size (make soak).
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from core import registry, toegang
from core.models import Bijlage, Contact, Gemeente, Team, Toegang, Toelating, User
from core.person import Person
from experts.models import Teamlid
from loket import selectors, services
from loket.models import Bericht, Collega, Samenvoeging, Vraag
from loket.permissions import mail_readers, visible_to, visible_vragen
from loket.states import OPEN, VraagStatus
from search import services as search
from search.documents import SearchQuery

pytestmark = pytest.mark.django_db
PEOPLE = int(os.environ.get("RULE_PEOPLE", "60"))
QUESTIONS = 36
BY_WEB = max(20, PEOPLE // 20)  # of so many one goes through the pages as well
SEED = 20261126
WORD = "proefkoepel"
NOW = timezone.now()


@dataclass
class Question:
    """The facts of a question, apart from the database."""

    vraag: Vraag
    asker: int
    gemeente: str
    team: int
    second: int | None
    owner: int | None
    visibility: str
    into: Question | None = None
    merged: list[Question] = field(default_factory=list)
    accepted: set[int] = field(default_factory=set)  # contacts whose admission stands
    message_file: Bijlage | None = None
    note_file: Bijlage | None = None

    def __hash__(self):
        return self.vraag.pk


@dataclass
class Staff:
    user: User
    roles: frozenset[str]
    teams: frozenset[int]
    active: bool
    superuser: bool = False


@dataclass
class Link:
    row: Toegang
    question: Question
    valid: bool
    colleague: int | None = None  # contact of the admission, None for the asker's own


@dataclass
class Somebody:
    staff: Staff | None
    contact: Contact | None
    links: list[Link]


# -- the oracle -------------------------------------------------------------------------


def staff_sees(staff: Staff | None, q: Question) -> bool:
    """The front office and beheerders see all; experts as owner or by their teams, also of
    the question that it goes on in. Who was switched off sees nothing."""
    if staff is None or not staff.active:
        return False
    if staff.superuser or {"loketmedewerker", "beheerder"} & staff.roles:
        return True
    if "deskundige" not in staff.roles:
        return False
    for each in (q, q.into):
        if each is not None and (
            each.owner == staff.user.pk
            or each.team in staff.teams
            or each.second in staff.teams
        ):
            return True
    return False


def contact_sees(world: World, contact: Contact | None, q: Question) -> bool:
    """The asker; who was admitted and accepted, unless 'alleen ik'; with 'mijn gemeente'
    who is proven to belong to it."""
    if contact is None:
        return False
    if contact.pk == q.asker:
        return True
    if q.visibility != "ik" and contact.pk in q.accepted:
        return True
    return q.visibility == "gemeente" and q.gemeente in world.belongs(contact)


def link_sees(link: Link, q: Question) -> bool:
    """The asker's link opens the question, and of two of one asker that go on as one also
    the other. A colleague's link opens what the admission allows at this moment."""
    if not link.valid:
        return False
    if link.colleague is not None:
        return (
            link.question is q and q.visibility != "ik" and link.colleague in q.accepted
        )
    if link.question is q:
        return True
    together = link.question.into is q or q.into is link.question
    return together and link.question.asker == q.asker


def sees(world: World, who: Somebody, q: Question) -> bool:
    return (
        staff_sees(who.staff, q)
        or contact_sees(world, who.contact, q)
        or any(link_sees(link, q) for link in who.links)
    )


# -- the world --------------------------------------------------------------------------


class World:
    def __init__(self, random: random.Random, groups) -> None:
        self.random = random
        self.teams = list(Team.objects.order_by("pk"))[:5]
        self.domains = {
            "een.example": "GM0119",
            "twee.example": "GM0344",
            "drie.example": "GM0363",
        }
        for domain, code in self.domains.items():
            Gemeente.objects.filter(code=code).update(
                mail_domains=[domain], mail_domains_bron="toets"
            )
        self.contacts = [self._contact(number) for number in range(24)]
        self.admitted = [self._admission() for _ in range(24)]
        self.staff = [self._staff(number, groups) for number in range(30)]
        self.questions = [self._question(number) for number in range(QUESTIONS)]
        self.links: list[Link] = []
        for q in self.questions:
            self._colleagues(q)
            self.links += [self._link(q) for _ in range(2)]
        self._merge()

    def _contact(self, number: int) -> Contact:
        domain = self.random.choice(
            [*self.domains, "sub.een.example", "elders.example"]
        )
        return Contact.objects.create(
            email=f"mens{number}@{domain}",
            confirmed_at=self.random.choice([NOW, NOW, None]),
        )

    def _admission(self) -> tuple[Contact, Contact, str, str]:
        """Somebody, who admitted him to which gemeente, and what became of it."""
        somebody, giver = self.random.sample(self.contacts, 2)
        code = self.domains.get(giver.email.split("@")[1], "GM0518")
        if self.random.random() < 0.2:
            code = self.random.choice(list(self.domains.values()))
        taken = Toelating.objects.filter(
            contact=somebody, gemeente=code, revoked_at=None
        ).exists()
        state = self.random.choice(["accepted", "accepted", "accepted", "invited"])
        state = "revoked" if taken or self.random.random() < 0.15 else state
        Toelating.objects.create(
            contact=somebody,
            gemeente_id=code,
            admitted_by=giver,
            accepted_at=None if state == "invited" else NOW,
            revoked_at=NOW if state == "revoked" else None,
        )
        return somebody, giver, code, state

    def belongs(self, contact: Contact) -> set[str]:
        """By one's own confirmed address; by the acceptance of what somebody with such an
        address gave, of his own gemeente; never by what an admitted person gave."""

        def by_address(who: Contact) -> str | None:
            domain = who.email.split("@")[1]
            return self.domains.get(domain) if who.confirmed_at else None

        if not contact.confirmed_at:
            return set()
        given = {
            code
            for somebody, giver, code, state in self.admitted
            if somebody == contact and state == "accepted" and by_address(giver) == code
        }
        return given | ({by_address(contact)} - {None})

    def _staff(self, number: int, groups) -> Staff:
        roles = self.random.choice(
            [
                ["deskundige"],
                ["deskundige"],
                ["deskundige", "redacteur"],
                ["loketmedewerker"],
                ["beheerder"],
                ["redacteur"],
                ["programmamanager"],
                [],
            ]
        )
        user = User.objects.create_user(
            f"staf{number}@loket.example",
            None,
            name=f"Staf {number}",
            is_active=self.random.random() > 0.2,
            is_superuser=number == 0,
        )
        user.groups.set([groups[role] for role in roles])
        teams = self.random.sample(self.teams, self.random.randint(0, 2))
        for team in teams:
            Teamlid.objects.create(team=team, user=user)
        return Staff(
            user,
            frozenset(roles),
            frozenset(team.pk for team in teams),
            user.is_active,
            user.is_superuser,
        )

    def _question(self, number: int) -> Question:
        contact = self.random.choice(self.contacts[:16])
        gemeente = Gemeente.objects.get(
            code=self.random.choice([*self.domains.values(), "GM0518"])
        )
        vraag, _token = services.ask(
            asker=services.Asker(email=contact.email, gemeente=gemeente),
            text=f"Wie weet iets van de {WORD} nummer {number} in onze gemeente?",
        )
        second = self.random.choice([None, None, *self.teams])
        owner = self.random.choice([None, *self.staff]) if number % 2 else None
        vraag.team = self.random.choice(self.teams)
        vraag.tweede_team = second
        vraag.owner = owner.user if owner else None
        vraag.zichtbaarheid = self.random.choice(["ik", "collegas", "gemeente"])
        vraag.status = self.random.choice(list(VraagStatus))
        vraag.save()
        note = Bericht.objects.create(
            vraag=vraag, soort="notitie", text="intern", user=self.staff[0].user
        )
        return Question(
            vraag,
            contact.pk,
            gemeente.pk,
            vraag.team_id,
            vraag.tweede_team_id,
            vraag.owner_id,
            vraag.zichtbaarheid,
            message_file=self._file(vraag.berichten.first()),
            note_file=self._file(note),
        )

    def _file(self, bericht: Bericht) -> Bijlage:
        return Bijlage.objects.create(
            file=ContentFile(b"tekst", name="a.txt"),
            name="a.txt",
            content_type_name="text/plain",
            size=5,
            sha256="",
            owner=bericht,
        )

    def _colleagues(self, q: Question) -> None:
        others = [contact for contact in self.contacts if contact.pk != q.asker]
        for contact in self.random.sample(others, self.random.randint(0, 3)):
            state = self.random.choice(["accepted", "accepted", "invited", "revoked"])
            row = Collega.objects.create(
                vraag=q.vraag,
                contact=contact,
                accepted_at=None if state == "invited" else NOW,
                revoked_at=NOW if state == "revoked" else None,
            )
            if state == "accepted":
                q.accepted.add(contact.pk)
            self.links.append(self._link(q, row))

    def _link(self, q: Question, row: Collega | None = None) -> Link:
        state = self.random.choice(["valid", "valid", "expired", "revoked"])
        token = toegang.issue(
            doel=Toegang.Doel.LEZEN,
            contact=row.contact if row else q.vraag.contact,
            object_key=row.key if row else q.vraag.key,
            expires_at=NOW - timedelta(days=1) if state == "expired" else None,
        )
        made = toegang.find(token=token, doel=Toegang.Doel.LEZEN)
        if state == "revoked":
            Toegang.objects.filter(pk=made.pk).update(revoked_at=NOW)
        return Link(made, q, state == "valid", row.contact_id if row else None)

    def _merge(self) -> None:
        """Some of one asker, some of two, some undone; who went on takes in no others."""
        free = list(self.questions)
        self.random.shuffle(free)
        same = [
            (a, b)
            for n, a in enumerate(free)
            for b in free[n + 1 :]
            if a.asker == b.asker
        ]
        pairs = self.random.sample(same, min(6, len(same))) + [
            tuple(self.random.sample(free, 2)) for _ in range(6)
        ]
        used: set[int] = set()
        for van, naar in pairs:
            if {van.vraag.pk, naar.vraag.pk} & used:
                continue
            used |= {van.vraag.pk, naar.vraag.pk}
            undone = self.random.random() < 0.25
            Samenvoeging.objects.create(
                van=van.vraag, naar=naar.vraag, undone_at=NOW if undone else None
            )
            if not undone:
                van.into = naar
                naar.merged.append(van)

    def somebody(self) -> Somebody:
        kind = self.random.random()
        return Somebody(
            staff=self.random.choice(self.staff) if kind < 0.45 else None,
            contact=self.random.choice(self.contacts) if kind > 0.35 else None,
            links=self.random.sample(self.links, self.random.choice([0, 0, 1, 3])),
        )


def cookie(who: Somebody) -> str:
    ids = [link.row.pk for link in who.links]
    return signing.dumps(ids, salt=toegang.KEYS_SALT, compress=True)


def person_of(who: Somebody) -> Person:
    """As the middleware makes it from what the browser sends."""
    user = User.objects.get(pk=who.staff.user.pk) if who.staff else AnonymousUser()
    session = {toegang.CONTACT_SESSION_KEY: who.contact.pk} if who.contact else {}
    return toegang.person_from(
        SimpleNamespace(
            user=user, session=session, COOKIES={toegang.KEYS_COOKIE: cookie(who)}
        )
    )


def browser_of(who: Somebody) -> Client:
    client = Client()
    if who.staff:
        client.force_login(who.staff.user)
    if who.contact:
        session = client.session
        session[toegang.CONTACT_SESSION_KEY] = who.contact.pk
        session.save()
        client.cookies["sessionid"] = session.session_key
    client.cookies[toegang.KEYS_COOKIE] = cookie(who)
    return client


# -- the channels -----------------------------------------------------------------------


def view_of(q: Question, view: str, staff: Staff) -> bool:
    """Whether a question belongs in a view of the pile, apart from who may see it."""
    v = q.vraag
    active = v.status in OPEN and v.status != VraagStatus.WACHT_OP_VRAGER
    return {
        "niet-toegewezen": active and q.owner is None,
        "van-mij": v.status in OPEN and q.owner == staff.user.pk,
        "wacht-op-vrager": v.status == VraagStatus.WACHT_OP_VRAGER,
        "afgerond": v.status not in OPEN,
        "mijn-team": v.status in OPEN and q.team in staff.teams,
    }[view]


def pks(rows) -> set[int]:
    return {row.pk for row in rows}


def check_person(world: World, who: Somebody, differences: list) -> int:
    """Every channel for one person; returns how many decisions were compared."""
    person, compared = person_of(who), 0

    def same(channel: str, found: set, expected: set) -> None:
        nonlocal compared
        compared += len(world.questions)
        if found != expected:
            differences.append((channel, who, found ^ expected))

    expected = {q.vraag.pk for q in world.questions if sees(world, who, q)}
    by_staff = {q.vraag.pk for q in world.questions if staff_sees(who.staff, q)}
    same("rule", pks(visible_vragen(person)) & world_pks(world), expected)
    same(
        "detail",
        {
            q.vraag.pk
            for q in world.questions
            if selectors.vraag_by_reference(person, q.vraag.reference)
        },
        expected,
    )
    same(
        "own list",
        pks(selectors.questions_of(person)) | pks(selectors.shared_with(person)),
        {q.vraag.pk for q in world.questions if contact_sees(world, who.contact, q)},
    )
    if who.staff and who.staff.active:
        staff_person = Person(user=person.user)
        counts = selectors.pile_counts(staff_person)
        for view in (
            "niet-toegewezen",
            "van-mij",
            "wacht-op-vrager",
            "mijn-team",
            "afgerond",
        ):
            listed = {
                q.vraag.pk
                for q in world.questions
                if q.vraag.pk in by_staff and view_of(q, view, who.staff)
            }
            same(f"pile {view}", pks(selectors.pile(staff_person, view)), listed)
            if view != "afgerond" and counts[view.replace("-", "_")] != len(listed):
                differences.append(("count", who, view))
    found = search.find(
        SearchQuery(text=WORD, per_page=100, audiences=("public", "loket")), person
    )
    hits = {hit.object_id for hit in found.hits if hit.kind == "vraag"}
    same("search", hits, expected)
    alike = search.related(
        f"Wie weet iets van de {WORD}?",
        person=person,
        kinds=("vraag",),
        audiences=("public", "loket"),
        limit=10,
    )
    related = {hit.object_id for hit in alike}
    same("related", related - expected, set())
    if expected and not related:
        differences.append(("related finds nothing", who, expected))
    offered = {row["key"] for row in search.suggest(WORD, person)}
    same("suggestion", {key for key in offered if key.startswith("vraag:")}, set())
    same(
        "attachment",
        {
            q.vraag.pk
            for q in world.questions
            if registry.may_have(person, q.message_file.owner)
        },
        expected,
    )
    same(
        "attachment of a note",
        {
            q.vraag.pk
            for q in world.questions
            if registry.may_have(person, q.note_file.owner)
        },
        by_staff,
    )
    for q in world.questions:
        if q.merged and q.vraag.pk in expected:
            shown = {
                row.vraag_id
                for row in selectors.conversation(q.vraag, person, internal=False)
            }
            same(
                "conversation",
                shown,
                {q.vraag.pk} | ({m.vraag.pk for m in q.merged} & expected),
            )
    return compared


def world_pks(world: World) -> set[int]:
    return {q.vraag.pk for q in world.questions}


def check_pages(world: World, who: Somebody, differences: list) -> int:
    """The same by the pages themselves."""
    client, compared = browser_of(who), 0
    works = who.staff and (
        who.staff.superuser
        or who.staff.roles & {"deskundige", "loketmedewerker", "beheerder"}
    )
    for q in world.questions:
        may = sees(world, who, q)
        desk = bool(works) and staff_sees(who.staff, q)
        for address, right in (
            (f"/loket/vraag/{q.vraag.reference}/", may),
            (f"/werkplek/{q.vraag.reference}/", desk),
            (f"/bijlagen/{q.message_file.pk}/", may),
            (f"/bijlagen/{q.note_file.pk}/", desk),
        ):
            answer = client.get(address)
            for _step in range(2):
                if answer.status_code == 302 and "/loket/vraag/" in answer["Location"]:
                    answer = client.get(answer["Location"])
            compared += 1
            if (answer.status_code == 200) is not right:
                differences.append((address, who, answer.status_code))
    return compared


def check_mail(world: World, differences: list) -> int:
    """Who gets mail: asker, colleagues and staff, as the oracle says, and each of them
    may see the question."""
    compared = 0
    for q in world.questions:
        readers = {
            contact
            for contact in world.contacts
            if contact.pk == q.asker
            or (q.visibility != "ik" and contact.pk in q.accepted)
        }
        expected = {(f"contact:{c.pk}", c.email) for c in readers} | {
            (f"user:{s.user.pk}", s.user.email) for s in world.staff if staff_sees(s, q)
        }
        found = mail_readers(Vraag.objects.get(pk=q.vraag.pk))
        if found != expected:
            differences.append(("mail", q, found ^ expected))
        if sorted(services.recipients_of(q.vraag)) != sorted(c.email for c in readers):
            differences.append(("recipients", q, services.recipients_of(q.vraag)))
        for contact in readers:
            if not visible_to(Person(contact=contact), q.vraag):
                differences.append(("mail to who may not see", q, contact))
        compared += len(world.contacts) + len(world.staff)
    return compared


def test_every_channel_agrees_with_the_oracle(groups, index, settings):
    chance = random.Random(SEED)
    world = World(chance, groups)
    for q in world.questions:
        q.vraag.refresh_from_db()
        index.refresh("vraag", q.vraag.pk)
    differences: list = []
    compared, saw = check_mail(world, differences), 0
    for number in range(PEOPLE):
        who = world.somebody()
        compared += check_person(world, who, differences)
        saw += sum(sees(world, who, q) for q in world.questions)
        if number % BY_WEB == 0:
            compared += check_pages(world, who, differences)
        assert not differences, differences[:3]
    print(
        f"\n{PEOPLE} mensen x {QUESTIONS} vragen: {compared} oordelen vergeleken,"
        f" {saw} keer zichtbaar, {len(differences)} verschillen"
    )
    # There is somebody who belongs by an admission alone, and one whom it gives nothing.
    given = {who for who, _giver, _code, state in world.admitted if state == "accepted"}
    belongs = [world.belongs(who) for who in given]
    assert any(belongs)
    assert not all(belongs)
    # The world is not one in which nothing, or everything, is seen.
    assert 0.1 < saw / (PEOPLE * QUESTIONS) < 0.9
