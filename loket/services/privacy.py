"""Keeping no longer than needed, and what one person may ask: a copy, and to be forgotten.

Batches are transactions of their own and what is done falls out of the selection, so a run
that is cut off goes on where it was. Attachments go before the rows that name them: the other
way round a crash would leave files that nobody can find. Originals of mail go when the
batch is sure; what a crash leaves of them the nightly clean-up finds by name.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from core import bijlagen, erasing, permissions
from core.models import Bijlage, Contact, Mailbericht, Outbox, Toegang, User
from loket import ticketing
from loket.models import (
    Bericht,
    Bewaartermijn,
    Collega,
    Concept,
    Dagbericht,
    Formulierconcept,
    Gebeurtenis,
    Gesprek,
    Gespreksvraag,
    InkomendBericht,
    Inzage,
    Samenvoeging,
    Termijnbericht,
    Vraag,
    Wachtperiode,
)
from loket.states import ACTS, DONE, OPEN, VraagStatus
from loket.termijnen import promises_of
from search import services as search_services

from . import mail_privacy

BATCH = 500
# The longest name that every disk takes is 255 bytes; ours adds what keeps two apart.
MAX_NAME_BYTES = 200
NOBODY = "geanonimiseerd@anoniem.invalid"
GONE = "Deze tekst is gewist."
# Where the words of others can name somebody: the address goes, the rest stays.
PLACES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Vraag, ("titel", "zoekvraag", "herkomst_url", "route_redenen")),
    (Bericht, ("text", "citaat")),
    (Gebeurtenis, ("tekst", "data")),
    (Concept, ("text", "bronnen")),
    (Formulierconcept, ("data",)),
    (Gespreksvraag, ("text", "antwoord")),
    (Collega, ("reden",)),
    (Samenvoeging, ("data",)),
    (
        InkomendBericht,
        (
            "message_id",
            "afzender_naam",
            "onderwerp",
            "reden",
            "signalen",
            "uitkomst_reden",
            "fout",
        ),
    ),
)
Hook = Callable[[list[int]], None]
_hooks: list[Hook] = []


def on_anonymise(function: Hook) -> Hook:
    """Register ``function(pks of questions)`` that erases what another module holds of
    questions that become anonymous; called in the transaction of the batch."""
    _hooks.append(function)
    return function


# -- how long --------------------------------------------------------------------


def days_kept(soort: str) -> int:
    """How many days something of this kind is kept."""
    found = Bewaartermijn.objects.filter(soort=soort).values_list("dagen", flat=True)
    return found.first() or Bewaartermijn.DEFAULTS[soort]


@transaction.atomic
def set_days_kept(*, actor: User, days: dict[str, int]) -> None:
    """Change how long things are kept. Raises PermissionDenied or ValidationError."""
    permissions.must_manage(actor)
    for soort, count in days.items():
        row = Bewaartermijn.objects.filter(soort=soort).first()
        row = row or Bewaartermijn(soort=soort)
        row.dagen = count
        row.full_clean()
        row.save()


def _before(soort: str, now: datetime.datetime) -> datetime.datetime:
    return now - datetime.timedelta(days=days_kept(soort))


def due_to_anonymise(now: datetime.datetime) -> QuerySet[Vraag]:
    """Finished questions that nothing happened to for as long as they are kept. One that
    goes on in another is kept as long as that one: together they are the conversation."""
    goes_on = Samenvoeging.objects.standing().filter(
        van=OuterRef("pk"), naar__geanonimiseerd_op=None
    )
    return Vraag.objects.filter(
        ~Exists(goes_on),
        geanonimiseerd_op=None,
        status__in=DONE,
        updated_at__lt=_before(Bewaartermijn.Soort.AFGEROND, now),
    )


def due_to_delete(now: datetime.datetime) -> QuerySet[Vraag]:
    return Vraag.objects.filter(
        geanonimiseerd_op__isnull=False,
        geanonimiseerd_op__lt=_before(Bewaartermijn.Soort.ANONIEM, now),
    )


# -- in batches ------------------------------------------------------------------


def _in_batches(
    due: QuerySet[Vraag],
    act: Callable[[list[int]], None],
    limit: int | None,
    progress: Callable[[int], None] | None,
) -> int:
    done = 0
    while limit is None or done < limit:
        size = BATCH if limit is None else min(BATCH, limit - done)
        with transaction.atomic():
            pks = list(due.select_for_update().values_list("pk", flat=True)[:size])
            if not pks:
                break
            act(pks)
        done += len(pks)
        if progress:
            progress(done)
    return done


def anonymise_due(
    *,
    now: datetime.datetime | None = None,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make finished questions anonymous that were kept long enough; returns how many."""
    moment = now or timezone.now()
    nobody = _nobody()
    due = due_to_anonymise(moment).order_by("updated_at")
    return _in_batches(
        due, lambda pks: _anonymise(pks, moment, nobody), limit, progress
    )


def delete_due(
    *,
    now: datetime.datetime | None = None,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Delete anonymous questions that were kept long enough; returns how many."""
    due = due_to_delete(now or timezone.now()).order_by("geanonimiseerd_op")
    return _in_batches(due, _delete, limit, progress)


def _nobody() -> Contact:
    return Contact.objects.get_or_create(
        email=NOBODY,
        defaults={"organisatietype": Contact.Organisatietype.ANDERS},
    )[0]


def _files_of(pks: list[int]) -> QuerySet[Bijlage]:
    types = ContentType.objects.get_for_models(Vraag, Bericht)
    messages = Bericht.objects.filter(vraag__in=pks).values("pk")
    return Bijlage.objects.filter(
        Q(owner_type=types[Vraag], owner_id__in=pks)
        | Q(owner_type=types[Bericht], owner_id__in=messages)
    )


def _messages(pks: list[int]) -> QuerySet[Bericht]:
    return Bericht.objects.filter(vraag__in=pks)


def _remove_colleagues(rows: QuerySet[Collega]) -> int:
    """Remove admissions with the links that they gave."""
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        Toegang.objects.filter(object_key__in=[f"collega:{pk}" for pk in some]).delete()
        Collega.objects.filter(pk__in=some).delete()
    return len(pks)


def _blank_calls(calls: QuerySet[Gesprek]) -> int:
    """Leave of calls the gemeente, the moments and which page was found."""
    pks = list(calls.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        Gespreksvraag.objects.filter(gesprek__in=some).update(text="", antwoord="")
        Gesprek.objects.filter(pk__in=some).update(user=None, contact=None)
    return len(pks)


def _remove_mails(mails: QuerySet[Mailbericht]) -> int:
    """Remove messages with what waits to deliver them, or failed at it."""
    removed = 0
    while pks := list(mails.values_list("pk", flat=True)[:BATCH]):
        Outbox.objects.filter(kind="core.mail", key__in=map(str, pks)).delete()
        Mailbericht.objects.filter(pk__in=pks).delete()
        removed += len(pks)
    return removed


def _anonymise(pks: list[int], now: datetime.datetime, nobody: Contact) -> None:
    """Leave of these questions what tells nothing of a person: team, municipality,
    groups, themes, moments and states."""
    keys = [f"vraag:{pk}" for pk in pks]
    bijlagen.remove(_files_of(pks))
    mail_privacy.erase_of_questions(pks)
    _remove_mails(Mailbericht.objects.filter(about__in=keys))
    _remove_colleagues(Collega.objects.filter(vraag__in=pks))
    Toegang.objects.filter(object_key__in=keys).delete()
    Concept.objects.filter(vraag__in=pks).delete()
    Formulierconcept.objects.filter(vraag__in=pks).delete()
    Dagbericht.objects.filter(vraag__in=pks).delete()
    calls = Gesprek.objects.filter(vragen__vraag__in=pks)
    calls.update(contact=None)
    Gespreksvraag.objects.filter(vraag__in=pks).update(text="", antwoord="")
    Samenvoeging.objects.filter(Q(van__in=pks) | Q(naar__in=pks)).update(data={})
    for model, rows in (
        (Vraag, pks),
        (Bericht, list(_messages(pks).values_list("pk", flat=True))),
    ):
        erasing.forget_log(model, rows)
    for hook in _hooks:
        hook(pks)
    _messages(pks).update(
        text=GONE, citaat="", user=None, contact=None, form_key="", mail=None
    )
    Gebeurtenis.objects.filter(vraag__in=pks).update(
        tekst=Case(
            *(When(soort=act, then=Value(str(label))) for act, label in ACTS.items()),
            default=F("soort"),
        ),
        user=None,
        contact=None,
        data={},
    )
    Termijnbericht.objects.filter(vraag__in=pks).update(user=None)
    Vraag.objects.filter(pk__in=pks).update(
        titel=_("Geanonimiseerde vraag"),
        contact=nobody,
        owner=None,
        zichtbaarheid="ik",
        route_redenen=[],
        herkomst_url="",
        zoekvraag="",
        terugbellen="",
        idempotency_key=None,
        geanonimiseerd_op=now,
    )
    ticketing.blank(pks, GONE)
    search_services.refresh_many_later("vraag", pks)


def _delete(pks: list[int]) -> None:
    bijlagen.remove(_files_of(pks))
    for hook in _hooks:
        hook(pks)
    Vraag.objects.filter(pk__in=pks).delete()
    ticketing.delete(pks)
    search_services.refresh_many_later("vraag", pks)


def remove_old(*, now: datetime.datetime | None = None) -> dict[str, int]:
    """Remove what else was kept long enough: the log of who looked, mail that belongs to
    no question, what was said in calls, and askers who have no question left."""
    moment, kind = now or timezone.now(), Bewaartermijn.Soort
    looked, _rows = Inzage.objects.filter(
        created_at__lt=_before(kind.INZAGE, moment)
    ).delete()
    mails = _remove_mails(
        Mailbericht.objects.exclude(about__startswith="vraag:").filter(
            created_at__lt=_before(kind.MAIL, moment)
        )
    )
    post = mail_privacy.erase_old(_before(kind.POST, moment))
    calls = Gesprek.objects.filter(
        Q(user__isnull=False)
        | Q(contact__isnull=False)
        | Exists(
            Gespreksvraag.objects.filter(gesprek=OuterRef("pk")).exclude(
                text="", antwoord=""
            )
        ),
        afgerond_at__lt=_before(kind.GESPREK, moment),
    ).order_by()
    blanked = 0
    while some := list(calls.values_list("pk", flat=True)[:BATCH]):
        blanked += _blank_calls(Gesprek.objects.filter(pk__in=some))
    before = _before(kind.CONTACT, moment)
    askers = Contact.objects.exclude(email=NOBODY).filter(
        ~Exists(Vraag.objects.filter(contact=OuterRef("pk"))),
        ~Exists(Bericht.objects.filter(contact=OuterRef("pk"))),
        # Who reads along, or was asked to: without the row the links are worth nothing.
        ~Exists(Collega.objects.filter(contact=OuterRef("pk"))),
        ~Exists(Toegang.objects.filter(contact=OuterRef("pk"), created_at__gte=before)),
        created_at__lt=before,
        concepten=None,
    )
    gone = 0
    while pks := list(askers.values_list("pk", flat=True)[:BATCH]):
        erasing.forget_log(Contact, pks)
        Contact.objects.filter(pk__in=pks).delete()
        gone += len(pks)
    return {
        "inzage": looked,
        "mail": mails,
        "post": post,
        "gesprek": blanked,
        "contact": gone,
    }


# -- one person ------------------------------------------------------------------


def forget(email: str) -> dict[str, int]:
    """Erase what the desk holds of an asker: questions become anonymous, open ones are
    closed first, and the address goes out of what others wrote."""
    contact = Contact.objects.filter(email=email).first()
    now, counts = timezone.now(), {"vragen": 0, "reacties": 0, "meelezen": 0}
    counts["gesprekken"] = 0
    # First: it looks at whose questions they are.
    counts.update(mail_privacy.forget(email))
    if contact is not None and contact.email != NOBODY:
        nobody = _nobody()
        own = Vraag.objects.filter(contact=contact)
        while pks := list(own.values_list("pk", flat=True)[:BATCH]):
            _remove_daily_mails(pks)
            Wachtperiode.objects.filter(vraag__in=pks, end=None).update(end=now)
            Vraag.objects.filter(pk__in=pks, status__in=OPEN).update(
                status=VraagStatus.GESLOTEN, closed_at=now
            )
            ticketing.close(pks)
            _anonymise(pks, now, nobody)
            counts["vragen"] += len(pks)
        counts["reacties"] = _forget_replies(contact)
        own_rows = Collega.objects.filter(contact=contact)
        counts["meelezen"] = _remove_colleagues(own_rows)
        counts["gesprekken"] = _blank_calls(Gesprek.objects.filter(contact=contact))
    counts["genoemd"] = _forget_address(email)
    return counts


def _remove_daily_mails(pks: list[int]) -> None:
    """Daily mails to staff name several questions and so belong to none."""
    named = Q(pk__in=[])
    for reference in Vraag.objects.filter(pk__in=pks).values_list(
        "reference", flat=True
    ):
        named |= Q(text__contains=reference)
    _remove_mails(Mailbericht.objects.filter(named, template="loket/dagbericht"))


def _forget_replies(contact: Contact) -> int:
    """What somebody wrote in the question of another."""
    rows = Bericht.objects.filter(contact=contact)
    pks = list(rows.values_list("pk", flat=True))
    touched = set(rows.values_list("vraag_id", flat=True))
    types = ContentType.objects.get_for_model(Bericht)
    bijlagen.remove(Bijlage.objects.filter(owner_type=types, owner_id__in=pks))
    ticketing.blank_followups(list(rows.values_list("followup_id", flat=True)), GONE)
    rows.update(text=GONE, citaat="", form_key="", contact=None)
    Gebeurtenis.objects.filter(contact=contact).update(
        tekst=F("soort"), contact=None, data={}
    )
    search_services.refresh_many_later("vraag", sorted(touched))
    return len(pks)


def _forget_address(email: str) -> int:
    """Take an address out of texts that somebody else wrote."""
    touched: set[int] = set()
    for model, fields in PLACES:
        pks = erasing.forget_address(model, fields, email)
        if model is Vraag:
            touched |= set(pks)
        elif model is Bericht:
            touched |= set(
                Bericht.objects.filter(pk__in=pks).values_list("vraag_id", flat=True)
            )
    touched |= ticketing.replace(email, erasing.without)
    search_services.refresh_many_later("vraag", sorted(touched))
    return len(touched)


def export(email: str, folder: Path) -> dict[str, Any]:
    """The questions of an asker with all that the asker may see; files go into ``folder``.

    Internal notes stay inside: how many there are is said, so that a beheerder can judge
    them. Who looked is told by role and day, not by name.
    """
    vragen = Vraag.objects.filter(contact__email=email).order_by("created_at")
    rows = [_export_one(vraag, folder) for vraag in vragen.select_related("team")]
    looked_at(user=None, pks=[vraag.pk for vraag in vragen], wat=Inzage.Wat.EXPORT)
    elsewhere = Bericht.objects.filter(contact__email=email).exclude(
        vraag__contact__email=email
    )
    forms = Formulierconcept.objects.filter(contact__email=email)
    return {
        "vragen": rows,
        "reacties_bij_anderen": [_message(row, folder) for row in elsewhere],
        "meelezen": [
            _admission(row) | {"kenmerk": row.vraag.reference}
            for row in Collega.objects.filter(contact__email=email).select_related(
                "vraag", "contact"
            )
        ],
        "gesprekken": [
            _call(row)
            for row in Gesprek.objects.filter(contact__email=email).prefetch_related(
                "vragen"
            )
        ],
        "formulieren": [
            {
                "formulier": row.formulier,
                "laatst": row.updated_at.isoformat(),
                "ingevuld": row.data,
            }
            for row in forms
        ],
        "ingekomen_mails": mail_privacy.export(email, folder),
    }


def _admission(row: Collega) -> dict[str, Any]:
    def moment(value: datetime.datetime | None) -> str:
        return value.isoformat() if value else ""

    return {
        "adres": row.contact.email,
        "neemt_over": row.wordt_vrager,
        "reden": row.reden,
        "toegelaten": moment(row.at),
        "aangenomen": moment(row.accepted_at),
        "ingetrokken": moment(row.revoked_at),
    }


def _call(row: Gesprek) -> dict[str, Any]:
    return {
        "begonnen": row.begonnen_at.isoformat(),
        "vragen": [
            {
                "uitkomst": asked.get_uitkomst_display(),
                "vraag": asked.text,
                "antwoord": asked.antwoord,
                "gevonden_pagina": asked.titel,
            }
            for asked in row.vragen.all()
        ],
    }


def _export_one(vraag: Vraag, folder: Path) -> dict[str, Any]:
    messages = vraag.berichten.exclude(soort=Bericht.Soort.NOTITIE)
    return {
        "kenmerk": vraag.reference,
        "onderwerp": vraag.titel,
        "gesteld": vraag.created_at.isoformat(),
        "kanaal": vraag.get_kanaal_display(),
        "stand": vraag.get_status_display(),
        "gemeente": vraag.gemeente.naam if vraag.gemeente else "",
        "team": vraag.team.naam,
        "doelgroepen": [str(row) for row in vraag.doelgroepen.all()],
        "themas": [str(row) for row in vraag.themas.all()],
        "waarom_dit_team": vraag.route_redenen,
        "zichtbaar_voor": vraag.get_zichtbaarheid_display(),
        "gesteld_vanaf": vraag.herkomst,
        "gesteld_vanaf_adres": vraag.herkomst_url,
        "gezocht_naar": vraag.zoekvraag,
        "geholpen": vraag.geholpen,
        "gesloten": vraag.closed_at.isoformat() if vraag.closed_at else None,
        "toezeggingen": [
            {"wat": stand.soort, "uitleg": stand.sentence}
            for stand in promises_of(vraag)
        ],
        "berichten": [_message(row, folder) for row in messages],
        "bijlagen": [_file(row, folder) for row in vraag.bijlagen.all()],
        "lezen_mee": [
            _admission(row) for row in vraag.collegas.select_related("contact")
        ],
        "interne_notities": vraag.berichten.filter(soort=Bericht.Soort.NOTITIE).count(),
        "gebeurtenissen": [
            {"moment": row.created_at.isoformat(), "wat": row.tekst}
            for row in vraag.gebeurtenissen.filter(intern=False)
        ],
        "bekeken": [
            {
                "dag": row.dag.isoformat(),
                "wat": row.get_wat_display(),
                "door": _("medewerker") if row.user_id else _("beheer"),
            }
            for row in vraag.inzages.all()
        ],
    }


def _message(row: Bericht, folder: Path) -> dict[str, Any]:
    return {
        "moment": row.created_at.isoformat(),
        "soort": row.get_soort_display(),
        "kanaal": row.get_kanaal_display(),
        "door": row.user.name if row.user else _("u"),
        "tekst": row.text,
        "rest_van_de_mail": row.citaat,
        "bijlagen": [_file(file, folder) for file in row.bijlagen.all()],
        "bronnen": [source.tekst for source in row.bronnen.all()],
    }


def _file(row: Bijlage, folder: Path) -> str:
    """Copy a file beside the data; returns the name that it got, or why it is not there.

    What we do not give out may be a page with a script: no program opens it by its name.
    """
    if not row.file:
        return f"{row.name}: {row.waarom_niet}"
    (folder / "bijlagen").mkdir(exist_ok=True)
    # A disk counts bytes; the kind stands at the end.
    short = row.name.encode()[-MAX_NAME_BYTES:].decode(errors="ignore")
    name = f"bijlagen/{row.pk.hex[:8]}-{short}{'' if row.is_served else '.niet-openen'}"
    with row.file.open("rb") as source, (folder / name).open("wb") as target:
        shutil.copyfileobj(source, target)
    return name


# -- who looked ------------------------------------------------------------------


def looked_at(*, user: User | None, pks: Iterable[int], wat: str) -> None:
    """Write down that somebody looked at questions: once per question and day."""
    day = timezone.localdate()
    Inzage.objects.bulk_create(
        (Inzage(user=user, vraag_id=pk, wat=wat, dag=day) for pk in pks),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
