"""One rule: who may see a question. Every list, page, file, hit and mail uses it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import permissions
from core.gemeenten import proven_gemeente
from core.models import User
from core.person import Person
from experts.selectors import team_ids

from .models import Vraag, Zichtbaarheid

SEES_ALL = (permissions.LOKETMEDEWERKER, permissions.BEHEERDER)


def rule(person: Person) -> Q | None:
    """The questions a person may see, as a condition; None means all of them."""
    condition = Q(pk__in=[])
    user = person.user
    if user is not None and user.is_active:
        if permissions.in_group(user, *SEES_ALL):
            return None
        if permissions.in_group(user, permissions.DESKUNDIGE):
            teams = team_ids(user)
            condition |= Q(owner=user) | Q(team__in=teams) | Q(tweede_team__in=teams)
    if person.contact is not None:
        condition |= Q(contact=person.contact)
        gemeente = proven_gemeente(person.contact)
        if gemeente is not None:
            condition |= Q(zichtbaarheid=Zichtbaarheid.GEMEENTE, gemeente=gemeente)
    keys = [
        int(key.removeprefix("vraag:"))
        for key in person.keys
        if key.startswith("vraag:")
    ]
    if keys:
        condition |= Q(pk__in=keys)
    return condition


def is_front_office(user: User | None) -> bool:
    """Who answers the telephone and writes on behalf of anybody who calls."""
    return permissions.in_group(user, *SEES_ALL)


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
    return (
        person.contact is not None and person.contact.pk == vraag.contact_id
    ) or vraag.key in person.keys


def has_logged_in(person: Person, vraag: Vraag) -> bool:
    """Whether the asker came by a login link: needed to change who may see it."""
    return person.contact is not None and person.contact.pk == vraag.contact_id


def mail_readers(vraag: Vraag) -> set[tuple[str, str]]:
    """Who may write to a question by mail: (``contact:4``, address) of the asker, and
    (``user:7``, address) of staff who may work on it."""
    sees_all = Q(groups__name__in=SEES_ALL) | Q(is_superuser=True)
    in_team = Q(owned=True) | Q(lidmaatschappen__team__in=_teams_of(vraag))
    expert = Q(groups__name=permissions.DESKUNDIGE) & in_team
    staff = (
        User.objects.filter(is_active=True)
        .annotate(owned=Exists(Vraag.objects.filter(pk=vraag.pk, owner=OuterRef("pk"))))
        .filter(sees_all | expert)
    )
    found = {
        (f"user:{pk}", email.lower())
        for pk, email in staff.values_list("pk", "email").distinct()
    }
    return found | {(f"contact:{vraag.contact_id}", vraag.contact.email)}


def _teams_of(vraag: Vraag) -> list[int]:
    return [pk for pk in (vraag.team_id, vraag.tweede_team_id) if pk is not None]
