"""Internal notes: a path of their own that knows no mail and no index."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from loket.models import Bericht, Concept, Kanaal, Vraag

from .parts import add_message, lock, must_work, record, said_before


@transaction.atomic
def add_note(
    *,
    user: User,
    vraag: Vraag,
    text: str,
    form_key: str = "",
    kanaal: str = Kanaal.WEB,
) -> Bericht:
    """An internal note: no mail, not in the index, never in the thread of the asker.

    The same text from the same form gives the same note.
    """
    must_work(user, vraag)
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst uw notitie.")})
    vraag = lock(vraag)
    Concept.objects.filter(vraag=vraag, user=user, soort=Concept.Soort.NOTITIE).delete()
    if (said := said_before(vraag, Bericht.Soort.NOTITIE, text, form_key)) is not None:
        return said
    bericht = add_message(
        vraag,
        Bericht.Soort.NOTITIE,
        text,
        user=user,
        form_key=form_key,
        kanaal=kanaal,
    )
    record(vraag, "note", _("Interne notitie"), user=user, bericht=bericht, intern=True)
    return bericht
