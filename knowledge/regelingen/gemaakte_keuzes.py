"""Which choices of a model the ordinance of a municipality made: recorded and counted."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import User
from knowledge.models import GemaakteKeuzes, Regeling

from .modellen.parts import Keuze
from .selectors import model_in, models
from .services import must_edit


def recordable(model: Regeling) -> list[Keuze]:
    """The choices of a model as it is today that have options; a blank is no choice."""
    versie = next((text for one, text in models() if one == model), None)
    found = model_in(versie.modeltekst) if versie else None
    return [keuze for keuze in found.keuzes if keuze.opties] if found else []


def recorded(regeling: Regeling, model: Regeling) -> dict[str, str]:
    """What was recorded of an ordinance, by name of the choice."""
    row = GemaakteKeuzes.objects.filter(regeling=regeling, model=model).first()
    return dict(row.answers) if row else {}


@transaction.atomic
def record(
    *, user: User, regeling: Regeling, model: Regeling, answers: Mapping[str, str]
) -> None:
    """Keep what an ordinance chose; without any answer nothing is kept."""
    must_edit(user)
    if regeling.gemeente_id is None:
        raise ValidationError(_("Kies bij de verordening eerst de gemeente."))
    if regeling.pk == model.pk:
        raise ValidationError(_("Een model maakt zelf geen keuzes."))
    options = {k.naam: {o.naam for o in k.opties} for k in recordable(model)}
    given = {naam: answer for naam, answer in answers.items() if answer}
    for naam, answer in given.items():
        if answer not in options.get(naam, ()):
            raise ValidationError(_("Deze keuze staat niet in het model van nu."))
    if not given:
        GemaakteKeuzes.objects.filter(regeling=regeling, model=model).delete()
        return
    GemaakteKeuzes.objects.update_or_create(
        regeling=regeling,
        model=model,
        defaults={"answers": given, "recorded_by": user},
    )


def of_ordinances(model_id: int, where: Q) -> list[tuple[str, dict[str, str]]]:
    """Gemeente and answers of what was recorded of ordinances that visitors may read.

    where: on the gemeente of the ordinance.
    """
    rows = (
        GemaakteKeuzes.objects.filter(
            where,
            model_id=model_id,
            regeling__gemeente__isnull=False,
            regeling__versies__published_at__isnull=False,
        )
        .order_by("pk")
        .values_list("pk", "regeling__gemeente_id", "answers")
    )
    return [
        (str(code), answers)
        for _pk, code, answers in {row[0]: row for row in rows}.values()
    ]
