"""Answers with their sources, and drafts of what somebody is writing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.maanden import MAANDEN
from core.models import User
from knowledge import selectors as knowledge_selectors
from loket.models import Bericht, Bronverwijzing, Concept, Kanaal, Vraag, Wachtperiode
from loket.states import MEDEWERKER, target_of

from .parts import (
    add_message,
    lock,
    mail_asker,
    must_work,
    record,
    refresh,
    resume_clock,
    said_before,
    set_status,
)


@dataclass(frozen=True)
class Citation:
    """A source to cite: kind, object, section, version, as it will be printed."""

    kind: str
    object_id: int
    anker: str
    titel: str
    sectie: str
    url: str
    versie: datetime.date | None

    @property
    def printed(self) -> str:
        """``Titel, sectie (versie van 22 november 2026)``."""
        text = f"{self.titel}, {self.sectie}" if self.sectie else self.titel
        if self.versie:
            text += f" (versie van {self.versie.day} {MAANDEN[self.versie.month - 1]} {self.versie.year})"
        return text

    @property
    def markdown(self) -> str:
        return f"[{self.printed}]({self.url})"

    def as_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "versie": self.versie.isoformat() if self.versie else None,
        }

    @staticmethod
    def from_json(row: dict[str, Any]) -> Citation:
        versie = (
            datetime.date.fromisoformat(row["versie"]) if row.get("versie") else None
        )
        return Citation(**{**row, "versie": versie})


@transaction.atomic
def answer(
    *,
    user: User,
    vraag: Vraag,
    text: str,
    citations: Iterable[Citation] = (),
    question_back: bool = False,
    form_key: str = "",
    kanaal: str = Kanaal.WEB,
) -> Bericht:
    """Answer, or with ``question_back`` ask the asker something, which stops the clock.

    Citations whose link no longer stands in the text are left out. The draft is removed.
    The same text from the same form gives the same message.
    """
    must_work(user, vraag)
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst uw antwoord.")})
    vraag = lock(vraag)
    Concept.objects.filter(
        vraag=vraag, user=user, soort=Concept.Soort.ANTWOORD
    ).delete()
    if (said := said_before(vraag, Bericht.Soort.ANTWOORD, text, form_key)) is not None:
        return said
    act = "ask_back" if question_back else "answer"
    target = target_of(act, vraag.status, MEDEWERKER)
    if target is None:
        raise ValidationError(_("Deze vraag is gesloten. Heropen hem eerst."))
    if vraag.owner_id is None:
        vraag.owner = user
    bericht = add_message(
        vraag, Bericht.Soort.ANTWOORD, text, user=user, form_key=form_key, kanaal=kanaal
    )
    for citation in citations:
        if citation.url in text or citation.printed in text:
            _cite(bericht, citation)
    if question_back:
        Wachtperiode.objects.get_or_create(
            vraag=vraag, end=None, defaults={"start": timezone.now()}
        )
    else:
        resume_clock(vraag)
        vraag.answered_at = vraag.answered_at or timezone.now()
    vraag.save(update_fields=["owner", "answered_at"])
    set_status(vraag, target)
    bericht.mail = mail_asker(
        vraag,
        "loket/wedervraag" if question_back else "loket/antwoord",
        message_key=f"vraag-{vraag.pk}-bericht-{bericht.pk}",
        extra={"afzender": user.name},
    )
    bericht.save(update_fields=["mail"])
    words = (
        _("%(naam)s stelde een vraag terug")
        if question_back
        else _("%(naam)s antwoordde")
    )
    record(vraag, act, words % {"naam": user.name}, user=user, bericht=bericht)
    refresh(vraag)
    return bericht


@transaction.atomic
def save_draft(
    *,
    user: User,
    vraag: Vraag,
    soort: str,
    text: str,
    citations: Sequence[Citation] | None = None,
) -> Concept | None:
    """Keep what somebody is writing; an empty text removes the draft."""
    must_work(user, vraag)
    if soort not in Concept.Soort.values:
        raise ValidationError(_("Dit soort concept bestaat niet."))
    defaults: dict[str, Any] = {"text": text[:50_000]}
    if not text.strip():
        Concept.objects.filter(vraag=vraag, user=user, soort=soort).delete()
        return None
    if citations is not None:
        defaults["bronnen"] = [citation.as_json() for citation in citations]
    concept, _made = Concept.objects.update_or_create(
        vraag=vraag, user=user, soort=soort, defaults=defaults
    )
    return concept


def citation_for(kind: str, object_id: int, anker: str) -> Citation:
    """The citation of a page or section as it is now. Raises ValidationError when gone."""
    page = knowledge_selectors.find_page(object_id)
    if page is None or page.soort != kind:
        raise ValidationError(_("Deze bron is er niet meer. Kies een andere."))
    section = knowledge_selectors.section_of(page, anker) if anker else None
    return Citation(
        kind=kind,
        object_id=page.pk,
        anker=anker,
        titel=page.title,
        sectie=section["kop"] if section else "",
        url=(page.full_url or page.get_url()) + (f"#{anker}" if anker else ""),
        versie=page.gecontroleerd_op,
    )


@transaction.atomic
def insert_source(
    *, user: User, vraag: Vraag, text: str, kind: str, object_id: int, anker: str
) -> Concept | None:
    """Add a source with its citation to the draft of an answer."""
    citation = citation_for(kind, object_id, anker)
    concept = Concept.objects.filter(
        vraag=vraag, user=user, soort=Concept.Soort.ANTWOORD
    ).first()
    known = [Citation.from_json(row) for row in concept.bronnen] if concept else []
    if citation not in known:
        known.append(citation)
    joined = (
        f"{text.rstrip()}\n\nBron: {citation.markdown}\n"
        if text.strip()
        else f"Bron: {citation.markdown}\n"
    )
    return save_draft(
        user=user,
        vraag=vraag,
        soort=Concept.Soort.ANTWOORD,
        text=joined,
        citations=known,
    )


def _cite(bericht: Bericht, citation: Citation) -> None:
    Bronverwijzing.objects.create(
        bericht=bericht,
        kind=citation.kind,
        object_id=citation.object_id,
        anker=citation.anker,
        titel=citation.titel[:300],
        sectie=citation.sectie[:300],
        versie=citation.versie,
        url=citation.url[:500],
        tekst=citation.printed[:700],
    )
