"""A question that is two becomes two."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from loket import ticketing
from loket.models import Bericht, Collega, InkomendBericht, Vraag
from loket.termijnen import due_for, promise

from .asking import free_reference, title_of
from .merging import must_merge
from .parts import lock, mail_asker, record, refresh


@transaction.atomic
def split(*, user: User, vraag: Vraag, berichten: Collection[int]) -> Vraag:
    """Chosen messages go on as a new question of the same asker, with their files; who read
    them reads them still. The clock of the new question began when its first was written.
    """
    must_merge(user, vraag)
    vraag = lock(vraag)
    own = list(vraag.berichten.select_related("contact").prefetch_related("bijlagen"))
    moved = [row for row in own if row.pk in set(berichten)]
    asked = [row for row in moved if row.soort in Bericht.BY_ASKER]
    if not moved:
        raise ValidationError({"berichten": _("Kies de berichten die verder gaan.")})
    if not asked:
        raise ValidationError(
            {"berichten": _("Kies ook een bericht van de vrager: dat wordt de vraag.")}
        )
    if not any(row.soort in Bericht.BY_ASKER for row in own if row not in moved):
        raise ValidationError(
            {"berichten": _("Laat minstens één bericht van de vrager staan.")}
        )
    first = asked[0]
    title = title_of(first.text)
    due_at, sentence = due_for(first.created_at, vraag.promised_minutes, [], vraag.team)
    new = Vraag.objects.create(
        ticket_id=ticketing.create_ticket(
            title=title, text=first.text, team=vraag.team
        ),
        reference=free_reference(),
        titel=title,
        contact=vraag.contact,
        kanaal=first.kanaal,
        gemeente=vraag.gemeente,
        team=vraag.team,
        tweede_team=vraag.tweede_team,
        zichtbaarheid=vraag.zichtbaarheid,
        route_redenen=[_("Afgesplitst van %(ref)s.") % {"ref": vraag.reference}],
        urgent=vraag.urgent,
        due_at=due_at,
        due_uitleg=sentence,
        promised_minutes=vraag.promised_minutes,
        created_at=first.created_at,
        clock_started_at=first.created_at,
        fase=vraag.fase,
    )
    promise(new)
    new.doelgroepen.set(vraag.doelgroepen.all())
    new.themas.set(vraag.themas.all())
    _readers_along(vraag, new)
    ids = [row.pk for row in moved]
    Bericht.objects.filter(pk__in=ids).update(vraag=new)
    Bericht.objects.filter(pk=first.pk).update(soort=Bericht.Soort.VRAAG)
    InkomendBericht.objects.filter(bericht__in=ids).update(vraag=new)
    ticketing.move_followups(
        ids=[row.followup_id for row in moved if row.followup_id], ticket_id=new.pk
    )
    moved_words = ngettext(
        "%(n)s bericht ging verder als %(ref)s",
        "%(n)s berichten gingen verder als %(ref)s",
        len(ids),
    ) % {"n": len(ids), "ref": new.reference}
    trace = {"van": vraag.pk, "naar": new.pk, "berichten": ids, "eerste": first.soort}
    record(vraag, "split", moved_words, user=user, data=trace)
    record(
        new,
        "split",
        _("Afgesplitst van %(ref)s") % {"ref": vraag.reference},
        user=user,
        data=trace,
    )
    mail_asker(
        new,
        "loket/gesplitst",
        message_key=f"vraag-{new.pk}-ontvangen",
        extra={"oud": vraag.reference},
    )
    refresh(vraag)
    refresh(new)
    return new


def _readers_along(vraag: Vraag, new: Vraag) -> None:
    for row in Collega.objects.admitted().filter(vraag=vraag, wordt_vrager=False):
        Collega.objects.create(
            vraag=new,
            contact=row.contact,
            admitted_by=row.admitted_by,
            at=row.at,
            accepted_at=row.accepted_at,
        )
