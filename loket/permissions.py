"""One rule: who may see a question. Every list, page, file, hit and mail uses it.

A question is seen by
- the front office and beheerders, and by experts: as its owner or as a member of its team
  or of the team that reads along, also of the question that it goes on in;
- its asker, logged in or by a read link;
- colleagues whom the asker admitted and who accepted, unless the asker said 'alleen ik';
- with 'mijn gemeente' who is proven to belong to the gemeente of the question.
Of two questions of one asker that go on as one, the link of either opens both. Merging
questions of different askers makes nobody but staff a reader.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from core import permissions
from core.gemeenten import proven_gemeenten
from core.models import Contact, User
from core.person import Person
from experts.selectors import team_ids

from .models import Collega, Samenvoeging, Vraag, Zichtbaarheid

SEES_ALL = (permissions.LOKETMEDEWERKER, permissions.BEHEERDER)


def rule(person: Person) -> Q | None:
    """The questions a person may see, as a condition; None means all of them."""
    condition = Q(pk__in=[])
    user = person.user
    if user is not None and user.is_active:
        if permissions.in_group(user, *SEES_ALL):
            return None
        if permissions.in_group(user, permissions.DESKUNDIGE):
            merged = Samenvoeging.objects.standing().filter(_of_expert(user, "naar__"))
            condition |= _of_expert(user) | Q(pk__in=merged.values("van"))
    if person.contact is not None:
        condition |= Q(contact=person.contact)
        condition |= Q(pk__in=_admitted(contact=person.contact))
        if gemeenten := proven_gemeenten(person.contact):
            condition |= Q(zichtbaarheid=Zichtbaarheid.GEMEENTE, gemeente__in=gemeenten)
    if keys := _opened(person, "vraag"):
        merged = Samenvoeging.objects.standing().filter(van__contact=F("naar__contact"))
        condition |= Q(pk__in=keys)
        condition |= Q(pk__in=merged.filter(van__in=keys).values("naar"))
        condition |= Q(pk__in=merged.filter(naar__in=keys).values("van"))
    if keys := _opened(person, "collega"):
        condition |= Q(pk__in=_admitted(pk__in=keys))
    return condition


def is_front_office(user: User | None) -> bool:
    """Whether somebody works at the front office, or manages the desk: who sees every
    question, answers the telephone, decides on held mail, merges and splits."""
    return permissions.in_group(user, *SEES_ALL)


def _of_expert(user: User, prefix: str = "") -> Q:
    teams = team_ids(user)
    return (
        Q(**{f"{prefix}owner": user})
        | Q(**{f"{prefix}team__in": teams})
        | Q(**{f"{prefix}tweede_team__in": teams})
    )


def _opened(person: Person, kind: str) -> list[int]:
    """Ids of what the read links in this browser open."""
    return [
        int(key.removeprefix(f"{kind}:"))
        for key in person.keys
        if key.startswith(f"{kind}:")
    ]


def _readers() -> QuerySet[Collega]:
    return Collega.objects.admitted().exclude(vraag__zichtbaarheid=Zichtbaarheid.IK)


def _admitted(**who: Any) -> QuerySet[Any]:
    return _readers().filter(**who).values("vraag")


def visible_vragen(person: Person) -> QuerySet[Vraag]:
    """All questions this person may see."""
    condition = rule(person)
    return Vraag.objects.all() if condition is None else Vraag.objects.filter(condition)


def visible_to(person: Person, vraag: Vraag) -> bool:
    """Whether this person may see this question."""
    return visible_vragen(person).filter(pk=vraag.pk).exists()


def may_work_on(user: User | None, vraag: Vraag) -> bool:
    """Whether a member of staff may act on a question: who sees it as staff."""
    return user is not None and visible_to(Person(user=user), vraag)


def is_asker(person: Person, vraag: Vraag) -> bool:
    """Whether this person acts as the asker: logged in, or with the read link."""
    if has_logged_in(person, vraag) or vraag.key in person.keys:
        return True
    keys = _opened(person, "vraag")
    if not keys:
        return False
    return (
        Samenvoeging.objects.standing()
        .filter(Q(van__in=keys, naar=vraag) | Q(naar__in=keys, van=vraag))
        .filter(van__contact=F("naar__contact"))
        .exists()
    )


def has_logged_in(person: Person, vraag: Vraag) -> bool:
    """Whether the asker came by a login link: needed to change who may see it."""
    return person.contact is not None and person.contact.pk == vraag.contact_id


def colleague_of(person: Person, vraag: Vraag) -> Collega | None:
    """The admission by which this person reads and replies, if that still stands."""
    who = Q(pk__in=_opened(person, "collega"))
    if person.contact is not None:
        who |= Q(contact=person.contact)
    return _readers().filter(who, vraag=vraag).select_related("contact").first()


def writer(person: Person, vraag: Vraag) -> Contact | None:
    """As whom this person replies: the asker or an admitted colleague; None may not."""
    if has_logged_in(person, vraag):
        return vraag.contact
    colleague = colleague_of(person, vraag)
    if colleague is not None and not is_asker(person, vraag):
        return colleague.contact
    return vraag.contact if is_asker(person, vraag) else None


def goes_on(vraag: Vraag) -> Vraag:
    """The question of the same asker in which this one goes on; else itself. Questions of
    two askers stay two conversations, also when they were merged."""
    merged = (
        Samenvoeging.objects.standing()
        .filter(van=vraag, naar__contact=vraag.contact_id)
        .select_related("naar__contact", "naar__team", "naar__owner")
        .first()
    )
    return merged.naar if merged is not None else vraag


def mailed_colleagues(vraag: Vraag) -> list[Collega]:
    """Colleagues who get what the asker gets."""
    return list(_readers().filter(vraag=vraag).select_related("contact"))


def mail_readers(vraag: Vraag) -> set[tuple[str, str]]:
    """Who may have mail about a question, and whose mail about it may come in: the asker,
    admitted colleagues, and staff who may work on it; as (``contact:4``, address)."""
    people = {(f"contact:{vraag.contact_id}", vraag.contact.email)}
    people |= {
        (f"contact:{row.contact_id}", row.contact.email)
        for row in mailed_colleagues(vraag)
    }
    questions = [
        vraag,
        *Vraag.objects.filter(
            opgenomen__in=Samenvoeging.objects.standing().filter(van=vraag)
        ),
    ]
    teams = {pk for row in questions for pk in (row.team_id, row.tweede_team_id)}
    owners = {row.owner_id for row in questions}
    expert = Q(groups__name=permissions.DESKUNDIGE) & (
        Q(pk__in=owners - {None}) | Q(lidmaatschappen__team__in=teams - {None})
    )
    staff = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name__in=SEES_ALL) | expert, is_active=True
    )
    people |= {
        (f"user:{pk}", email.lower())
        for pk, email in staff.values_list("pk", "email").distinct()
    }
    return people
