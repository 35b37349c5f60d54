"""What may be read of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Contact, Mailbericht, User
from core.person import Person
from experts import selectors as experts
from knowledge.models import KennisPagina
from search import registry
from search import services as search_services
from search.documents import SearchHit

from .models import Bericht, Concept, Gebeurtenis, Vraag
from .permissions import visible_vragen
from .states import OPEN, VraagStatus
from .termijnen import nearly_late_before

ACTIVE = tuple(status for status in OPEN if status != VraagStatus.WACHT_OP_VRAGER)
VIEWS = {
    "niet-toegewezen": _("Niet toegewezen"),
    "mijn-team": _("Mijn team"),
    "van-mij": _("Van mij"),
    "bijna-te-laat": _("Bijna te laat"),
    "wacht-op-vrager": _("Wacht op vrager"),
    "afgerond": _("Afgerond"),
}
DEFAULT_VIEW = "mijn-team"


def view_condition(view: str, user: User) -> Q:
    """The questions of a view of the pile, before the permission rule."""
    if view == "niet-toegewezen":
        return Q(status__in=ACTIVE, owner=None)
    if view == "van-mij":
        return Q(status__in=OPEN, owner=user)
    if view == "bijna-te-laat":
        return Q(status__in=ACTIVE, due_at__lt=nearly_late_before())
    if view == "wacht-op-vrager":
        return Q(status=VraagStatus.WACHT_OP_VRAGER)
    if view == "afgerond":
        # Said as 'not open': nearly every row matches, so the index on the date of the
        # last change must lead, not the one on the state.
        return ~Q(status__in=OPEN)
    return Q(status__in=OPEN, team__in=experts.team_ids(user))


def pile(person: Person, view: str) -> QuerySet[Vraag]:
    """Questions of a view, most urgent first; newest first for what is finished.

    Team and asker come in queries of their own: with an inner join SQLite walks the
    questions of every team or asker and sorts them all.
    """
    user = cast(User, person.user)
    order = "-updated_at" if view == "afgerond" else "due_at"
    return (
        visible_vragen(person)
        .filter(view_condition(view, user))
        .select_related("gemeente", "owner")
        .prefetch_related("team", "contact")
        .order_by(order, "pk")
    )


def pile_counts(person: Person) -> dict[str, int]:
    """How many questions each open view holds, in one query; 'afgerond' is not counted."""
    user = cast(User, person.user)
    names = [name for name in VIEWS if name != "afgerond"]
    return (
        visible_vragen(person)
        .filter(status__in=OPEN)
        .aggregate(
            **{
                name.replace("-", "_"): Count("pk", filter=view_condition(name, user))
                for name in names
            }
        )
    )


def vraag_by_reference(person: Person, reference: str) -> Vraag | None:
    """A question the person may see; None for a stranger and for what does not exist."""
    return (
        visible_vragen(person)
        .select_related("contact__gemeente", "gemeente", "team", "tweede_team", "owner")
        .filter(reference=reference)
        .first()
    )


def conversation(vraag: Vraag, *, internal: bool) -> list[Bericht]:
    """Messages in order; internal notes only for staff."""
    rows = vraag.berichten.select_related("user", "contact", "mail").prefetch_related(
        "bijlagen", "bronnen"
    )
    if internal:
        rows = rows.prefetch_related("mail__kopieen")
    else:
        rows = rows.exclude(soort=Bericht.Soort.NOTITIE)
    return list(rows)


def undelivered() -> QuerySet[Mailbericht]:
    """Mail to askers that did not arrive and that nobody took care of, newest first."""
    return Mailbericht.objects.filter(
        status__in=Mailbericht.FAILED,
        settled_at=None,
        about__startswith="vraag:",
        who__startswith="contact:",
        verzameld=None,
    ).order_by("-failed_at", "-id")


def undelivered_of(vraag: Vraag) -> list[Mailbericht]:
    """Those of one question."""
    return list(undelivered().filter(about=vraag.key))


def questions_by_key(keys: Iterable[str]) -> dict[str, Vraag]:
    """Questions by their key, such as ``vraag:12``."""
    numbers = [int(key.removeprefix("vraag:")) for key in keys]
    return {vraag.key: vraag for vraag in Vraag.objects.filter(pk__in=numbers)}


def timeline(vraag: Vraag, *, internal: bool) -> list[Gebeurtenis]:
    rows = vraag.gebeurtenissen.select_related("user")
    return list(rows if internal else rows.filter(intern=False))


def questions_of(person: Person) -> QuerySet[Vraag]:
    """The questions of an asker who logged in, newest first."""
    if person.contact is None:
        return Vraag.objects.none()
    return (
        Vraag.objects.filter(contact=person.contact)
        .select_related("team", "owner")
        .order_by("-created_at")
    )


def shared_with(person: Person) -> QuerySet[Vraag]:
    """Questions of colleagues of the same proven gemeente that are shared with it."""
    if person.contact is None:
        return Vraag.objects.none()
    return (
        visible_vragen(Person(contact=person.contact))
        .exclude(contact=person.contact)
        .select_related("team", "owner")
        .order_by("-created_at")
    )


def address_works(contact: Contact) -> bool:
    """Whether mail reaches the asker: the address was confirmed by a login link, or a
    reply came by a link from a mail. Only the first proves whose address it is."""
    return (
        contact.confirmed_at is not None
        or Gebeurtenis.objects.filter(
            contact=contact, soort="reply", data__met_link_uit_mail=True
        ).exists()
    )


def draft_of(user: User, vraag: Vraag, soort: str) -> Concept | None:
    return Concept.objects.filter(user=user, vraag=vraag, soort=soort).first()


def context_of(person: Person, vraag: Vraag, search_text: str) -> dict[str, Any]:
    """Beside a question: sources, similar answers, what this gemeente asked before."""
    first = vraag.berichten.filter(soort=Bericht.Soort.VRAAG).first()
    text = search_text or f"{vraag.titel} {first.text if first else ''}"[:400]
    earlier = []
    if vraag.gemeente_id:
        earlier = list(
            visible_vragen(person)
            .filter(gemeente_id=vraag.gemeente_id)
            .exclude(pk=vraag.pk)
            .order_by("-created_at")[:5]
        )
    return {
        "bronnen": find_sources(text),
        "lijkt_op": similar(person, vraag, text),
        "eerder": earlier,
        "bronvraag": search_text,
    }


def find_sources(text: str, limit: int = 6) -> list[SearchHit]:
    """Pages that an answer can cite, best first."""
    from search.documents import SearchQuery

    hits = search_services.find(SearchQuery(text=text, per_page=limit + 2)).hits
    return [hit for hit in hits if hit.kind != "begrip"][:limit]


def heading_of(page: KennisPagina, anchor: str) -> str:
    """The heading of a section as search knows it, so of a step or the facts as well;
    empty when the page has no such section."""
    indexer = registry.get(page.soort)
    document = indexer.document(page.pk) if indexer else None
    sections = document.sections if document else ()
    return next((s.heading for s in sections if s.anchor == anchor), "")


def similar(person: Person, vraag: Vraag, text: str, limit: int = 4) -> list[SearchHit]:
    """Answered questions like this one that the person may see."""
    hits = search_services.related(
        text,
        person=person,
        kinds=("vraag", "vraag-en-antwoord"),
        audiences=("public", "loket"),
        limit=limit + 1,
    )
    return [
        hit for hit in hits if not (hit.kind == "vraag" and hit.object_id == vraag.pk)
    ][:limit]


def colleagues(vraag: Vraag) -> list[tuple[User, bool]]:
    """Members of the team with whether they are away today."""
    people = list(experts.members(vraag.team))
    away = experts.absent_on([user.pk for user in people])
    return [(user, user.pk in away) for user in people]
