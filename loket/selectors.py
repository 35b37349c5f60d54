"""What may be read of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Contact, Mailbericht, User
from core.parameters import parse_pk
from core.person import Person
from experts import selectors as experts
from knowledge.models import KennisPagina
from search import registry
from search import services as search_services
from search.documents import SearchHit

from .models import (
    Bericht,
    Collega,
    Concept,
    Gebeurtenis,
    Gesprek,
    Samenvoeging,
    Vraag,
)
from .permissions import visible_vragen
from .states import ACTIVE, OPEN, VraagStatus
from .termijnen import nearly_late_before

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
    """Questions of a view, most urgent first; newest first for what is finished."""
    user = cast(User, person.user)
    order = "-updated_at" if view == "afgerond" else "due_at"
    return (
        visible_vragen(person).filter(view_condition(view, user)).order_by(order, "pk")
    )


def with_rows(pks: Iterable[int]) -> list[Vraag]:
    """The questions of a page of the pile, in its order.

    The page is cut from the keys, which stand in an index: with whole rows SQLite reads
    and sorts every question of the view.
    """
    order = list(pks)
    found = (
        Vraag.objects.select_related("gemeente", "owner")
        .prefetch_related("team", "contact")
        .in_bulk(order)
    )
    return [found[pk] for pk in order if pk in found]


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


def _with_merged(vraag: Vraag, person: Person) -> list[int]:
    """The question and those that go on in it, as far as this person may see them."""
    merged = Samenvoeging.objects.standing().filter(naar=vraag)
    seen = visible_vragen(person).filter(pk__in=merged.values("van"))
    return [vraag.pk, *seen.values_list("pk", flat=True)]


def conversation(vraag: Vraag, person: Person, *, internal: bool) -> list[Bericht]:
    """Messages in order, also of the questions that go on in this one; internal notes,
    and to whom each was mailed, only for staff."""
    rows = (
        Bericht.objects.filter(vraag__in=_with_merged(vraag, person))
        .select_related("user", "contact", "mail", "vraag__contact")
        .prefetch_related("bijlagen", "bronnen")
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


def timeline(vraag: Vraag, person: Person, *, internal: bool) -> list[Gebeurtenis]:
    rows = Gebeurtenis.objects.filter(
        vraag__in=_with_merged(vraag, person)
    ).select_related("user", "bericht", "vraag")
    return list(rows if internal else rows.filter(intern=False))


def admission(pk: int) -> Collega | None:
    """An admission that stands, accepted or not."""
    return (
        Collega.objects.standing()
        .select_related("contact", "vraag", "admitted_by")
        .filter(pk=pk)
        .first()
    )


def merge_of(vraag: Vraag) -> Samenvoeging | None:
    """The merging by which this question goes on in another."""
    return (
        Samenvoeging.objects.standing()
        .filter(van=vraag)
        .select_related("naar", "van")
        .first()
    )


def merged_into(vraag: Vraag) -> list[Samenvoeging]:
    """The mergings by which others go on in this question."""
    return list(
        Samenvoeging.objects.standing().filter(naar=vraag).select_related("van")
    )


def merging(vraag: Vraag, pk: int) -> Samenvoeging | None:
    """A merging that stands, of this question with another."""
    return (
        Samenvoeging.objects.standing()
        .filter(Q(van=vraag) | Q(naar=vraag), pk=pk)
        .select_related("van", "naar")
        .first()
    )


def movable_messages(vraag: Vraag) -> list[Bericht]:
    """What can go on as another question: when there is more than one of the asker."""
    rows = list(vraag.berichten.all())
    asked = [row for row in rows if row.soort in Bericht.BY_ASKER]
    return rows if len(asked) > 1 else []


def mergeable(person: Person, vraag: Vraag, limit: int = 20) -> list[Vraag]:
    """Open questions of the same asker that could go on in this one, most alike first."""
    standing = Samenvoeging.objects.standing()
    rows = (
        visible_vragen(person)
        .filter(contact=vraag.contact_id, status__in=OPEN)
        .exclude(pk=vraag.pk)
        .exclude(pk__in=standing.values("van"))
        .exclude(pk__in=standing.values("naar"))
        .order_by("-created_at")[:100]
    )
    words = _words(vraag.titel)
    return sorted(rows, key=lambda row: -len(words & _words(row.titel)))[:limit]


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.lower()) if len(word) > 3}


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
    """Questions of others that this asker may read: shared with the gemeente, or by a
    colleague who admitted this one."""
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


CALLERS = 6


def callers(typed: str) -> QuerySet[Contact]:
    """Known askers of whom name, address, organisation or gemeente has all these words."""
    words = typed.split()[:5]
    if len("".join(words)) < 3:
        return Contact.objects.none()
    rows = Contact.objects.select_related("gemeente").order_by("naam", "email")
    for word in words:
        rows = rows.filter(
            Q(naam__icontains=word)
            | Q(email__icontains=word)
            | Q(organisatie__icontains=word)
            | Q(gemeente__naam__icontains=word)
        )
    return rows


@dataclass(frozen=True)
class FoundPage:
    """What the knowledge base had: which page or section, as it is called now."""

    kind: str
    object_id: int
    titel: str
    url: str


def found_page(person: Person, key: str) -> FoundPage | None:
    """What ``kind:number:anchor`` of a list of hits points to, as it is called now."""
    kind, _sep, rest = key.partition(":")
    number, _sep, anchor = rest.partition(":")
    pk, indexer = parse_pk(number), registry.get(kind)
    if pk is None or indexer is None or pk not in indexer.visible_ids(person, [pk]):
        return None
    document = indexer.document(pk)
    if document is None:
        return None
    section = next(
        (s for s in document.sections if anchor and s.anchor == anchor), None
    )
    heading = f": {section.heading}" if section else ""
    return FoundPage(
        kind,
        pk,
        f"{document.title}{heading}",
        f"{document.url}#{anchor}" if section else document.url,
    )


def recent_calls(user: User) -> list[Gesprek]:
    """The calls that somebody took in last, with what became of each question."""
    return list(
        Gesprek.objects.filter(user=user)
        .select_related("contact", "gemeente")
        .prefetch_related("vragen__vraag__team")[:5]
    )


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
