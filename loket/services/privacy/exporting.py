"""A copy for one person who asks for it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.models import Bijlage
from loket.models import Bericht, Collega, Formulierconcept, Gesprek, Inzage, Vraag
from loket.termijnen import promises_of

from . import mail
from .looking import looked_at

# The longest name that every disk takes is 255 bytes; ours adds what keeps two apart.
MAX_NAME_BYTES = 200


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
        "ingekomen_mails": mail.export(email, folder),
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
