"""Many made-up questions, to measure with. Never beside real ones."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction
from django.utils import timezone

from core.models import Contact, Gemeente, Team, User
from experts.selectors import members
from knowledge.models import Aandachtsgroep, Thema

from . import ticketing
from .models import Bericht, Kanaal, Vraag
from .services import new_reference
from .states import OPEN, VraagStatus

DOMAIN = "volume.example"
BATCH = 2_000
QUESTIONS_PER_ASKER = 20
# Share of each state in hundredths: a desk has some weeks of work open and years behind it.
SHARES = {
    VraagStatus.NIEUW: 2,
    VraagStatus.IN_BEHANDELING: 2,
    VraagStatus.WACHT_OP_VRAGER: 1,
    VraagStatus.BEANTWOORD: 15,
    VraagStatus.GESLOTEN: 80,
}
ASKS = (
    "Hoe regelen wij {thema} voor {groep} in {gemeente}?",
    "Welke voorbeelden zijn er van {thema} voor {groep}?",
    "Mag {gemeente} bij {thema} voorwaarden stellen aan {groep}?",
    "Wie betaalt {thema} voor {groep} als {gemeente} klein is?",
    "Wat moet er in onze verordening staan over {thema} en {groep}?",
)


class RealQuestions(Exception):
    """There are questions of real people: made-up ones do not belong beside them."""


def fill(*, count: int, seed: int, progress: Callable[[int], None]) -> None:
    """Add ``count`` questions, each with a ticket and one or two messages.

    The same seed gives the same texts and states. ``progress`` hears the number made so
    far. Raises RealQuestions when a question of another address exists.
    """
    refuse_beside_real()
    plans = _plans(count, random.Random(seed))  # noqa: S311  not for secrets
    made = 0
    while batch := list(islice(plans, BATCH)):
        _store(batch)
        made += len(batch)
        progress(made)


def refuse_beside_real() -> None:
    """Raises RealQuestions when a question of another address exists."""
    if Vraag.objects.exclude(contact__email__endswith=f"@{DOMAIN}").exists():
        raise RealQuestions


Plan = tuple[ticketing.BulkTicket, Contact]


def _plans(count: int, chance: random.Random) -> Iterator[Plan]:
    teams = list(Team.objects.order_by("slug"))
    staff: dict[int, list[User | None]] = {
        team.pk: list(members(team)) or [None] for team in teams
    }
    gemeenten = list(Gemeente.objects.valid_on(timezone.localdate()).order_by("code"))
    groups = [group.naam.lower() for group in Aandachtsgroep.objects.order_by("naam")]
    themes = [theme.naam.lower() for theme in Thema.objects.order_by("naam")]
    askers = _askers(max(1, count // QUESTIONS_PER_ASKER), gemeenten)
    now = timezone.now()
    for _number in range(count):
        team, contact = chance.choice(teams), chance.choice(askers)
        status = chance.choices(list(SHARES), list(SHARES.values()))[0]
        days = 10 if status in OPEN else 1_000
        text = chance.choice(ASKS).format(
            thema=chance.choice(themes),
            groep=chance.choice(groups),
            gemeente=contact.gemeente,
        )
        yield (
            ticketing.BulkTicket(
                title=text,
                text=text,
                team=team,
                owner=None
                if status == VraagStatus.NIEUW
                else chance.choice(staff[team.pk]),
                status=status,
                created=now - datetime.timedelta(days=days * chance.random()),
            ),
            contact,
        )


def _askers(count: int, gemeenten: list[Gemeente]) -> list[Contact]:
    Contact.objects.bulk_create(
        (
            Contact(
                email=f"vrager{number}@{DOMAIN}",
                naam=f"Vrager {number}",
                gemeente=gemeenten[number % len(gemeenten)],
            )
            for number in range(count)
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    return list(
        Contact.objects.filter(email__endswith=f"@{DOMAIN}")
        .select_related("gemeente")
        .order_by("pk")[:count]
    )


@transaction.atomic
def _store(batch: list[Plan]) -> None:
    ids = ticketing.bulk_tickets([ticket for ticket, _contact in batch])
    rows = [(pk, *plan) for pk, plan in zip(ids, batch, strict=True)]
    Vraag.objects.bulk_create(
        Vraag(
            ticket_id=pk,
            reference=reference,
            titel=ticket.title,
            contact=contact,
            gemeente=contact.gemeente,
            kanaal=Kanaal.WEB,
            status=ticket.status,
            team=ticket.team,
            owner=ticket.owner,
            due_at=ticket.created + datetime.timedelta(days=7),
            created_at=ticket.created,
            clock_started_at=ticket.created,
            updated_at=ticket.created,
        )
        for (pk, ticket, contact), reference in zip(
            rows, _references(len(rows)), strict=True
        )
    )
    messages = [
        (pk, ticket.text, ticket.created, None, contact) for pk, ticket, contact in rows
    ] + [
        (
            pk,
            f"Dit is het antwoord op: {ticket.text}",
            ticket.created + datetime.timedelta(days=3),
            ticket.owner,
            None,
        )
        for pk, ticket, _contact in rows
        if ticket.status not in OPEN
    ]
    followups = ticketing.bulk_followups([row[:4] for row in messages])
    Bericht.objects.bulk_create(
        Bericht(
            vraag_id=pk,
            followup_id=followup,
            soort=Bericht.Soort.VRAAG if contact else Bericht.Soort.ANTWOORD,
            user=user,
            contact=contact,
            text=text,
            created_at=moment,
        )
        for followup, (pk, text, moment, user, contact) in zip(
            followups, messages, strict=True
        )
    )


def _references(count: int) -> set[str]:
    found: set[str] = set()
    while len(found) < count:
        found.update(new_reference() for _ in range(count - len(found)))
        found.difference_update(
            Vraag.objects.filter(reference__in=found).values_list(
                "reference", flat=True
            )
        )
    return found
