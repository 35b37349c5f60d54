"""Questions that belong together go on as one.

Merging moves nothing: it says that one question goes on in another. So undoing gives
back exactly what was.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core import toegang
from core.models import User
from core.person import Person
from loket import ticketing
from loket.models import (
    Collega,
    Concept,
    Formulierconcept,
    Samenvoeging,
    Termijnbericht,
    Vraag,
    Zichtbaarheid,
)
from loket.permissions import is_front_office, writer
from loket.states import ACTIVE, MEDEWERKER, OPEN, VraagStatus, target_of

from .colleagues import end_admission, invite
from .formulieren import joined
from .parts import (
    lock_all,
    mail_asker,
    must_work,
    record,
    refresh,
    resume_clock,
    set_status,
)

# What the clock of a question is made of, and what more merging changes.
CLOCK = ("clock_started_at", "promised_minutes", "due_at", "due_uitleg")
STATE = ("status", "closed_at", "updated_at")
OTHER_ASKER = "andere-vrager"


@transaction.atomic
def merge(
    *,
    user: User,
    vraag: Vraag,
    other: Vraag,
    confirmed: bool = False,
    admit: bool = False,
) -> Samenvoeging:
    """``other`` goes on in ``vraag``: one conversation, the earliest promise holds.

    Of different askers only when ``confirmed``, and even then neither reads the other;
    with ``admit`` the asker of ``other`` is sent a link to read ``vraag`` along.
    """
    must_merge(user, vraag, other)
    vraag, other = lock_all(vraag, other)
    _check(vraag, other)
    same = vraag.contact_id == other.contact_id
    if not same and not confirmed:
        raise ValidationError(
            _(
                "%(ref)s is van een andere vrager. Zet een vinkje als u toch wilt samenvoegen."
            )
            % {"ref": other.reference},
            code=OTHER_ASKER,
        )
    data: dict[str, Any] = {"van": _values(other, STATE), "zelfde_vrager": same}
    if other.status in ACTIVE:
        data |= _wake(vraag)
        if other.due_at < vraag.due_at:
            data["klok"] = _values(vraag, CLOCK)
            for name in CLOCK:
                setattr(vraag, name, getattr(other, name))
            vraag.save(update_fields=CLOCK)
            data["klok_nu"] = _values(vraag, CLOCK)
            data["gemeld"] = _told_along(vraag, other)
    other.status = VraagStatus.GESLOTEN
    other.closed_at = other.updated_at = timezone.now()
    other.save(update_fields=STATE)
    data["van_nu"] = _values(other, STATE)
    _sync(other)
    data["concepten"] = _drafts_along(vraag, other)
    data["formulieren"] = _forms_along(vraag, other)
    if not same and admit:
        data["collega"], data["zichtbaarheid"] = _admit(user, vraag, other)
    row = Samenvoeging.objects.create(van=other, naar=vraag, user=user, data=data)
    for question, words, key in (
        (other, _("Gaat verder in %(ref)s") % {"ref": vraag.reference}, "naar"),
        (vraag, _("Samengevoegd met %(ref)s") % {"ref": other.reference}, "van"),
    ):
        # Of different askers: neither reads that there is another question.
        pk = vraag.pk if key == "naar" else other.pk
        record(question, "merge", words, user=user, intern=not same, data={key: pk})
        refresh(question)
    if not same and not admit:
        mail_asker(
            other,
            "loket/gesloten",
            extra={
                "reden": _(
                    "wij behandelen uw vraag samen met een andere vraag. Wilt u nog iets weten? Reageer dan op de pagina van uw vraag."
                )
            },
        )
    return row


@transaction.atomic
def undo_merge(*, user: User, row: Samenvoeging) -> None:
    """Both questions are again as they were. What changed since stays: a message that came
    in the meantime, a clock that began anew."""
    must_merge(user, row.naar, row.van)
    other, vraag = lock_all(Vraag(pk=row.van_id), Vraag(pk=row.naar_id))
    undone = Samenvoeging.objects.standing().filter(pk=row.pk)
    if not undone.update(undone_at=timezone.now(), undone_by=user):
        raise ValidationError(_("Deze samenvoeging is al ongedaan gemaakt."))
    data = row.data
    if _values(other, STATE) == data["van_nu"]:
        _restore(other, data["van"])
        _sync(other)
        # It was open, so its links had no end.
        toegang.set_expiry(object_key=other.key, expires_at=None)
    if "klok" in data and _values(vraag, CLOCK) == data["klok_nu"]:
        _restore(vraag, data["klok"])
        Termijnbericht.objects.filter(
            vraag=vraag, pk__in=data.get("gemeld", ())
        ).delete()
    if "wachtte" in data:
        _wait_again(vraag, data["wachtte"])
    for draft in data["concepten"]:
        _restore_draft(vraag, draft)
    for form in data.get("formulieren", ()):
        _restore_form(form)
    if "collega" in data:
        admission = Collega.objects.filter(pk=data["collega"]).first()
        if admission is not None:
            end_admission(admission)
        if vraag.zichtbaarheid == Zichtbaarheid.COLLEGAS:
            vraag.zichtbaarheid = data["zichtbaarheid"]
            vraag.save(update_fields=["zichtbaarheid"])
    same = data["zelfde_vrager"]
    for question in (other, vraag):
        record(
            question,
            "undo_merge",
            _("Samenvoegen ongedaan gemaakt"),
            user=user,
            intern=not same,
            data={"samenvoeging": row.pk},
        )
        refresh(question)


def must_merge(user: User, *questions: Vraag) -> None:
    for vraag in questions:
        must_work(user, vraag)
    if not is_front_office(user):
        raise PermissionDenied(
            _("Alleen de frontoffice voegt vragen samen of splitst.")
        )


def _check(vraag: Vraag, other: Vraag) -> None:
    if vraag.pk == other.pk:
        raise ValidationError(_("Dit is dezelfde vraag. Kies een andere."))
    standing = Samenvoeging.objects.standing()
    if standing.filter(van=other).exists() or standing.filter(naar=other).exists():
        raise ValidationError(
            _("%(ref)s is al samengevoegd. Maak dat eerst ongedaan.")
            % {"ref": other.reference}
        )
    if standing.filter(van=vraag).exists():
        raise ValidationError(
            _("Deze vraag gaat zelf verder in een andere. Voeg daar samen.")
        )
    if vraag.status not in OPEN:
        raise ValidationError(_("Deze vraag is al afgerond. Heropen hem eerst."))
    if other.status == VraagStatus.GESLOTEN:
        raise ValidationError(
            _("%(ref)s is gesloten. Heropen die vraag eerst.")
            % {"ref": other.reference}
        )


def _values(vraag: Vraag, names: Collection[str]) -> dict[str, Any]:
    """Fields as they can be kept and compared."""
    values = {name: getattr(vraag, name) for name in names}
    return {
        name: value.astimezone(datetime.UTC).isoformat()
        if isinstance(value, datetime.datetime)
        else value
        for name, value in values.items()
    }


def _restore(vraag: Vraag, values: dict[str, Any]) -> None:
    for name, value in values.items():
        moment = name.endswith("_at") and value is not None
        setattr(vraag, name, parse_datetime(value) if moment else value)
    vraag.save(update_fields=list(values))


def _sync(vraag: Vraag) -> None:
    ticketing.sync(
        ticket_id=vraag.pk, team=vraag.team, owner=vraag.owner, status=vraag.status
    )


def _admit(user: User, vraag: Vraag, other: Vraag) -> tuple[int, str]:
    """Have the asker of the other question read along; returns the admission and what the
    visibility was."""
    before = vraag.zichtbaarheid
    row = invite(vraag, other.contact.email, by=user)
    if before == Zichtbaarheid.IK:
        vraag.zichtbaarheid = Zichtbaarheid.COLLEGAS
        vraag.save(update_fields=["zichtbaarheid"])
    record(
        vraag,
        "admit_colleague",
        _("Het loket laat de vrager van een samengevoegde vraag meelezen"),
        user=user,
        data={"collega": row.pk},
    )
    return row.pk, before


def _drafts_along(vraag: Vraag, other: Vraag) -> list[dict[str, Any]]:
    """What people were writing in the other question is under their hands here as well."""
    changed = []
    for draft in Concept.objects.filter(vraag=other).exclude(text=""):
        own, made = Concept.objects.get_or_create(
            vraag=vraag,
            user=draft.user,
            soort=draft.soort,
            defaults={"text": draft.text, "bronnen": draft.bronnen},
        )
        before = None if made else {"text": own.text, "bronnen": own.bronnen}
        if not made:
            own.text = f"{own.text.rstrip()}\n\n{draft.text}".strip()
            own.bronnen = [
                *own.bronnen,
                *(row for row in draft.bronnen if row not in own.bronnen),
            ]
            own.save()
        changed.append({"pk": own.pk, "voor": before, "na": own.text})
    return changed


def _restore_draft(vraag: Vraag, draft: dict[str, Any]) -> None:
    """As it was before merging, unless somebody wrote on since."""
    own = Concept.objects.filter(pk=draft["pk"], vraag=vraag, text=draft["na"]).first()
    if own is None:
        return
    if draft["voor"] is None:
        own.delete()
    else:
        own.text, own.bronnen = draft["voor"]["text"], draft["voor"]["bronnen"]
        own.save()


def _wake(vraag: Vraag) -> dict[str, Any]:
    """With a question that waits for the desk there is work here: waiting for the asker
    ends. Returns what undoing needs."""
    period = vraag.wachtperiodes.filter(end=None).first()
    target = target_of("take_in", vraag.status, MEDEWERKER)
    if target is None or target == vraag.status:
        return {}
    names = (*STATE, *CLOCK)
    before = _values(vraag, names)
    resume_clock(vraag)
    set_status(vraag, target)
    return {
        "wachtte": {
            "voor": before,
            "nu": _values(vraag, names),
            "periode": period.pk if period else None,
        }
    }


def _wait_again(vraag: Vraag, data: dict[str, Any]) -> None:
    """Wait for the asker as before merging, unless something happened since."""
    if _values(vraag, data["nu"]) != data["nu"]:
        return
    _restore(vraag, data["voor"])
    vraag.wachtperiodes.filter(pk=data["periode"]).update(end=None)
    _sync(vraag)


def _told_along(vraag: Vraag, other: Vraag) -> list[int]:
    """Who heard that this promise slips does not hear it again."""
    told = Termijnbericht.objects.filter(vraag=other, over=other.clock_started_at)
    made = []
    for row in told.filter(soort=Termijnbericht.Soort.LATER):
        copy, new = Termijnbericht.objects.get_or_create(
            vraag=vraag,
            soort=row.soort,
            over=row.over,
            defaults={"verwacht_op": row.verwacht_op, "user": row.user},
        )
        if new:
            made.append(copy.pk)
    return made


def _forms_along(vraag: Vraag, other: Vraag) -> list[dict[str, Any]]:
    """What people typed in the forms of the other question stands in those of this one: of
    staff, and of askers who may write here."""
    keys = {
        f"namens:{other.pk}": f"namens:{vraag.pk}",
        f"kennis:{other.pk}": f"kennis:{vraag.pk}",
        f"reactie:{other.reference}": f"reactie:{vraag.reference}",
    }
    changed = []
    for form in Formulierconcept.objects.filter(formulier__in=keys).select_related(
        "contact"
    ):
        if form.contact and writer(Person(contact=form.contact), vraag) is None:
            continue
        own, made = Formulierconcept.objects.get_or_create(
            user=form.user,
            contact=form.contact,
            formulier=keys[form.formulier],
            defaults={"data": form.data, "vraag": vraag},
        )
        before = None if made else own.data
        if not made:
            own.data, own.vraag = joined(own.data, form.data), vraag
            own.save()
        changed.append({"pk": own.pk, "voor": before, "na": own.data})
    return changed


def _restore_form(form: dict[str, Any]) -> None:
    """As it was before merging, unless somebody typed on since."""
    own = Formulierconcept.objects.filter(pk=form["pk"]).first()
    if own is None or own.data != form["na"]:
        return
    if form["voor"] is None:
        own.delete()
    else:
        own.data = form["voor"]
        own.save()
