"""The only module that knows django-helpdesk: tickets and follow-ups as engine.

None of its views, mail, forms or ``update_ticket()`` are used: that function mails by
itself and evaluates template syntax in the text.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from helpdesk.models import (
    Checklist,
    FollowUp,
    FollowUpAttachment,
    Queue,
    Ticket,
    TicketCC,
    TicketChange,
    TicketCustomFieldValue,
)

from core.models import Team, User

from .states import VraagStatus

_STATUS = {
    VraagStatus.NIEUW: Ticket.OPEN_STATUS,
    VraagStatus.IN_BEHANDELING: Ticket.OPEN_STATUS,
    VraagStatus.WACHT_OP_VRAGER: Ticket.OPEN_STATUS,
    VraagStatus.HEROPEND: Ticket.REOPENED_STATUS,
    VraagStatus.BEANTWOORD: Ticket.RESOLVED_STATUS,
    VraagStatus.GESLOTEN: Ticket.CLOSED_STATUS,
}


@dataclass(frozen=True)
class BulkTicket:
    """What a ticket of ``bulk_tickets`` holds."""

    title: str
    text: str
    team: Team
    owner: User | None
    status: VraagStatus
    created: datetime.datetime


def ensure_queue(team: Team) -> int:
    """The queue of a team; made when it is not there."""
    queue, _made = Queue.objects.get_or_create(
        slug=team.slug,
        defaults={
            "title": team.naam,
            "locale": "nl",
            "allow_public_submission": False,
            "escalate_days": 0,
        },
    )
    return queue.pk


def create_ticket(*, title: str, text: str, team: Team) -> int:
    """A new open ticket without an address in it, so that the engine can never mail."""
    ticket = Ticket.objects.create(
        title=title[:200],
        queue_id=ensure_queue(team),
        description=text,
        submitter_email=None,
        created=timezone.now(),
        status=Ticket.OPEN_STATUS,
        priority=3,
    )
    return ticket.pk


def add_followup(
    *, ticket_id: int, text: str, public: bool, user: User | None, status: str
) -> int:
    """A follow-up row; returns its id."""
    row = FollowUp.objects.create(
        ticket_id=ticket_id,
        date=timezone.now(),
        title="Bericht" if public else "Notitie",
        comment=text,
        public=public,
        user=user,
        new_status=_STATUS[VraagStatus(status)],
    )
    return row.pk


def move_followups(*, ids: Sequence[int], ticket_id: int) -> None:
    """Follow-ups go along with their messages to another ticket."""
    FollowUp.objects.filter(pk__in=ids).update(ticket_id=ticket_id)


def sync(*, ticket_id: int, team: Team, owner: User | None, status: str) -> None:
    """Bring the ticket in line with its question."""
    Ticket.objects.filter(pk=ticket_id).update(
        queue_id=ensure_queue(team),
        assigned_to=owner,
        status=_STATUS[VraagStatus(status)],
        modified=timezone.now(),
    )


def blank(ids: Sequence[int], text: str) -> None:
    """Take the words and the people out of tickets and their follow-ups."""
    Ticket.objects.filter(pk__in=ids).update(
        title=text,
        description=text,
        resolution=None,
        submitter_email=None,
        assigned_to=None,
    )
    followups = FollowUp.objects.filter(ticket__in=ids)
    # The desk makes none of these rows; the screens of the engine could.
    attachments = FollowUpAttachment.objects.filter(followup__in=followups)
    for attachment in attachments:
        attachment.file.delete(save=False)
    attachments.delete()
    TicketChange.objects.filter(followup__in=followups).delete()
    TicketCC.objects.filter(ticket__in=ids).delete()
    TicketCustomFieldValue.objects.filter(ticket__in=ids).delete()
    Checklist.objects.filter(ticket__in=ids).delete()
    followups.update(
        title=text, comment=text, message_id=None, email_recipients=None, user=None
    )


def blank_followups(ids: Sequence[int | None], text: str) -> None:
    FollowUp.objects.filter(pk__in=[pk for pk in ids if pk]).update(
        comment=text, user=None
    )


def close(ids: Sequence[int]) -> None:
    Ticket.objects.filter(pk__in=ids).update(status=Ticket.CLOSED_STATUS)


def delete(ids: Sequence[int]) -> None:
    """Delete tickets whose questions are gone."""
    Ticket.objects.filter(pk__in=ids).delete()


def replace(text: str, edit: Callable[[str, str], str]) -> set[int]:
    """Edit tickets and follow-ups that hold a text; returns the ids of the tickets."""
    touched: set[int] = set()
    for ticket in Ticket.objects.filter(
        Q(title__icontains=text) | Q(description__icontains=text)
    ):
        Ticket.objects.filter(pk=ticket.pk).update(
            title=edit(ticket.title, text),
            description=edit(ticket.description or "", text),
        )
        touched.add(ticket.pk)
    for row in FollowUp.objects.filter(comment__icontains=text):
        FollowUp.objects.filter(pk=row.pk).update(comment=edit(row.comment or "", text))
        touched.add(row.ticket_id)
    return touched


def bulk_tickets(rows: Sequence[BulkTicket]) -> list[int]:
    """Many tickets at once, for measurements; returns their ids in the same order."""
    queues = {team.pk: ensure_queue(team) for team in {row.team for row in rows}}
    made = Ticket.objects.bulk_create(
        Ticket(
            title=row.title[:200],
            queue_id=queues[row.team.pk],
            assigned_to=row.owner,
            description=row.text,
            created=row.created,
            modified=row.created,
            status=_STATUS[row.status],
            priority=3,
        )
        for row in rows
    )
    return [ticket.pk for ticket in made]


def bulk_followups(
    rows: Sequence[tuple[int, str, datetime.datetime, User | None]],
) -> list[int]:
    """Many public follow-ups at once; ``rows`` hold ticket id, text, moment, writer."""
    made = FollowUp.objects.bulk_create(
        FollowUp(
            ticket_id=ticket_id,
            date=moment,
            title="Bericht",
            comment=text,
            public=True,
            user=user,
        )
        for ticket_id, text, moment, user in rows
    )
    return [followup.pk for followup in made]
