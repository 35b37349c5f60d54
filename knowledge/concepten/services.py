"""State changes of drafts of ordinances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import mail, toegang
from core.gemeenten import proven_gemeente, proven_gemeenten
from core.models import Contact, Toegang
from core.person import Person
from knowledge.models import (
    ConceptVerordening,
    ConceptWijziging,
    Regeling,
    RegelingVersie,
)
from knowledge.regelingen.modellen.editing import Added, Edits, Words, written_back
from knowledge.regelingen.modellen.following import followed
from knowledge.regelingen.modellen.parts import ADDED

from . import selectors
from .rules import is_owner, may_read, must_change

Soort = ConceptWijziging.Soort
MAX_WORDS = 50_000
MAX_ADDED = 200


@transaction.atomic
def begin(
    *, person: Person, regeling: Regeling, versie: RegelingVersie
) -> ConceptVerordening:
    """A new draft; of who is logged in, else of whoever has its address."""
    concept = ConceptVerordening.objects.create(
        model=regeling,
        versie=versie,
        modeltekst=versie.modeltekst,
        contact=person.contact,
    )
    _note(concept, Soort.BEGONNEN, _("Begonnen met %s.") % regeling)
    return concept


@transaction.atomic
def copy(*, person: Person, concept: ConceptVerordening) -> ConceptVerordening:
    """A draft of one's own with the text of a colleague's."""
    if not may_read(person, concept):
        raise PermissionDenied(_("Dit concept is niet met u gedeeld."))
    own = ConceptVerordening.objects.create(
        model=concept.model,
        versie=concept.versie,
        modeltekst=concept.modeltekst,
        contact=person.contact,
        answers=concept.answers,
        edits=concept.edits,
    )
    _note(own, Soort.BEGONNEN, _("Gekopieerd van een collega."))
    return own


@transaction.atomic
def answer(
    *, person: Person, concept: ConceptVerordening, answers: Mapping[str, str]
) -> None:
    """Keep these answers beside the ones that are there; '' takes one back."""
    concept = _locked(person, concept)
    before, after = {}, dict(concept.answers)
    for naam, value in answers.items():
        if value == after.get(naam, ""):
            continue
        before[naam] = after.get(naam, "")
        if value:
            after[naam] = value
        else:
            after.pop(naam, None)
    if not before:
        return
    concept.answers = after
    concept.save(update_fields=["answers", "updated_at"])
    note = ngettext("%d keuze gemaakt.", "%d keuzes gemaakt.", len(before))
    _note(concept, Soort.KEUZES, note % len(before), before)


@transaction.atomic
def keep_artikel(*, person: Person, concept: ConceptVerordening, key: str) -> None:
    """The words of the model again."""
    concept = _locked(person, concept)
    edits = selectors.edits_of(concept.edits)
    own = {name: words for name, words in edits.own.items() if name != key}
    _change(
        concept,
        replace(edits, own=own, left_out=edits.left_out - {key}),
        _("Artikel weer volgens het model."),
    )


@transaction.atomic
def leave_out(*, person: Person, concept: ConceptVerordening, key: str) -> None:
    """Leave an artikel out; own words for it are kept, for when it comes back."""
    concept = _locked(person, concept)
    edits = selectors.edits_of(concept.edits)
    if key.startswith(ADDED):
        added = tuple(one for one in edits.added if one.key != key)
        _change(concept, replace(edits, added=added), _("Eigen artikel weggehaald."))
        return
    _must_exist(concept, key)
    _change(
        concept,
        replace(edits, left_out=edits.left_out | {key}),
        _("Artikel weggelaten."),
    )


@transaction.atomic
def put_back(*, person: Person, concept: ConceptVerordening, key: str) -> None:
    """An artikel that was left out, with the own words that it had."""
    concept = _locked(person, concept)
    edits = selectors.edits_of(concept.edits)
    _change(
        concept,
        replace(edits, left_out=edits.left_out - {key}),
        _("Artikel teruggezet."),
    )


@transaction.atomic
def write_artikel(
    *, person: Person, concept: ConceptVerordening, key: str, words: Words
) -> None:
    """Own words for an artikel, typed with the numbers of the draft.

    Raises ValidationError by field when there are none.
    """
    concept = _locked(person, concept)
    _must_have_words(words)
    edits = selectors.edits_of(concept.edits)
    words = _back(concept, words, key)
    if key.startswith(ADDED):
        added = tuple(
            replace(one, words=words) if one.key == key else one for one in edits.added
        )
        _change(concept, replace(edits, added=added), _("Eigen artikel gewijzigd."))
        return
    _must_exist(concept, key)
    _change(
        concept,
        replace(
            edits,
            own={**edits.own, key: words},
            left_out=edits.left_out - {key},
        ),
        _("Eigen tekst geschreven: %s.") % words.title,
    )


@transaction.atomic
def add_artikel(
    *, person: Person, concept: ConceptVerordening, after: str, words: Words
) -> str:
    """An artikel of one's own behind another; returns its key."""
    concept = _locked(person, concept)
    _must_have_words(words)
    edits = selectors.edits_of(concept.edits)
    if len(edits.added) >= MAX_ADDED:
        raise ValidationError(_("Een concept heeft hoogstens 200 eigen artikelen."))
    number = max((one.number for one in edits.added), default=0) + 1
    added = Added(number, _back(concept, words, f"{ADDED}{number}"), after)
    _change(
        concept,
        replace(edits, added=(*edits.added, added)),
        _("Eigen artikel toegevoegd: %s.") % words.title,
    )
    return added.key


@transaction.atomic
def follow(
    *,
    person: Person,
    concept: ConceptVerordening,
    versie: RegelingVersie,
    accepted: Iterable[str],
) -> None:
    """Go on with a new version of the model: these changes of it, and no others.

    What the draft was before stays in its history.
    """
    concept = _locked(person, concept)
    stand = selectors.Stand(concept)
    new, _changes = selectors.changes_of(stand, versie)
    taken = list(accepted)
    edits = followed(stand.source, new, concept.answers, stand.edits, taken)
    before = {
        "modeltekst": concept.modeltekst,
        "edits": concept.edits,
        "answers": concept.answers,
        "accepted": taken,
    }
    concept.modeltekst = versie.modeltekst
    concept.versie = versie
    concept.edits = selectors.edits_to_json(edits)
    concept.save()
    note = ngettext(
        "Nieuw model verwerkt: %d wijziging overgenomen.",
        "Nieuw model verwerkt: %d wijzigingen overgenomen.",
        len(taken),
    )
    _note(concept, Soort.MODEL, note % len(taken), before)


@transaction.atomic
def send_link(*, concept: ConceptVerordening, email: str) -> None:
    """Mail a login link that leads to a draft, and keeps it for whoever uses it."""
    contact, _made = Contact.objects.get_or_create(email=email.strip().lower())
    token = toegang.issue(
        doel=Toegang.Doel.INLOGGEN, contact=contact, object_key=concept.object_key
    )
    mail.send(
        template="knowledge/concept_link",
        to=[contact.email],
        context={
            "naam": contact.aanhef_in_mail,
            "model": str(concept.model or _("een verordening")),
            "pad": reverse("core:login_token", args=[token]),
            "adres": concept.get_absolute_url(),
        },
    )


def opened_by_link(key: str, contact: Contact) -> str | None:
    """Keep the draft of a login link for who used it; where to go on. None when it is
    not theirs."""
    with transaction.atomic():
        concept = (
            ConceptVerordening.objects.select_for_update()
            .filter(pk=key.partition(":")[2])
            .first()
        )
        if concept is None:
            return None
        if concept.contact_id is None:
            concept.contact = contact
            concept.save(update_fields=["contact", "updated_at"])
            _note(concept, Soort.BEWAARD, _("Bewaard bij uw e-mailadres."))
        if concept.contact_id != contact.pk:
            return None
    return concept.get_absolute_url()


@transaction.atomic
def keep(*, person: Person, concept: ConceptVerordening) -> None:
    """Keep a draft under the address of who is logged in."""
    if person.contact is not None:
        opened_by_link(concept.object_key, person.contact)


@transaction.atomic
def share(*, person: Person, concept: ConceptVerordening, shared: bool) -> None:
    """Let colleagues of the proven gemeente read it, or no longer.

    Raises ValidationError without a proven gemeente.
    """
    concept = _locked(person, concept)
    if not is_owner(person, concept):
        raise ValidationError(_("Bewaar het concept eerst bij uw e-mailadres."))
    gemeente = proven_gemeente(person.contact) if shared else None
    if shared and gemeente is None:
        raise ValidationError(
            _("U werkt voor meer gemeenten. Wij weten niet met welke u dit concept wilt delen.")
            if proven_gemeenten(person.contact)
            else _("Wij weten niet bij welke gemeente uw e-mailadres hoort. Vraag een collega van de gemeente om u toe te laten, of het loket om het maildomein toe te voegen.")
        )  # fmt: skip
    concept.gedeeld_met = gemeente
    concept.save(update_fields=["gedeeld_met", "updated_at"])
    note = (
        _("Gedeeld met collega's van %s.") % gemeente
        if gemeente
        else _("Niet meer gedeeld.")
    )
    _note(concept, Soort.GEDEELD, note)


@transaction.atomic
def remove(*, person: Person, concept: ConceptVerordening) -> None:
    """Throw a draft away, with its history."""
    _locked(person, concept).delete()


def forget(email: str) -> dict[str, int]:
    """Erase the drafts of somebody."""
    found = ConceptVerordening.objects.filter(contact__email=email.strip().lower())
    count = found.count()
    found.delete()
    return {"concepten": count}


def export(email: str, folder: Path) -> dict[str, Any]:
    """The drafts of somebody, as data."""
    found = ConceptVerordening.objects.filter(contact__email=email).select_related(
        "model", "gedeeld_met"
    )
    return {
        "concepten": [
            {
                "model": str(concept),
                "gedeeld_met": str(concept.gedeeld_met or ""),
                "begonnen": concept.created_at.isoformat(),
                "laatst_veranderd": concept.updated_at.isoformat(),
                "keuzes": concept.answers,
                "eigen_wijzigingen": concept.edits,
                "wat_er_gebeurde": [
                    {
                        "moment": row.created_at.isoformat(),
                        "wat": row.note,
                        "ervoor": row.before,
                    }
                    for row in concept.wijzigingen.all()
                ],
            }
            for concept in found
        ]
    }


def _locked(person: Person, concept: ConceptVerordening) -> ConceptVerordening:
    """The row as it is now, so that two tabs do not undo one another."""
    found = ConceptVerordening.objects.select_for_update().get(pk=concept.pk)
    must_change(person, found)
    return found


def _change(concept: ConceptVerordening, edits: Edits, note: str) -> None:
    after = selectors.edits_to_json(edits)
    if after == concept.edits:
        return
    before = concept.edits
    concept.edits = after
    concept.save(update_fields=["edits", "updated_at"])
    _note(concept, Soort.ARTIKEL, note, {"edits": before})


def _back(concept: ConceptVerordening, words: Words, key: str) -> Words:
    draft = selectors.Stand(concept).draft
    return Words(
        " ".join(words.title.split()),
        written_back(draft, words.text, key),
        written_back(draft, words.note, key),
    )


def _must_have_words(words: Words) -> None:
    errors = {}
    if not words.title.strip():
        errors["title"] = _("Geef het artikel een titel.")
    if not words.text.strip():
        errors["text"] = _("Vul de tekst van het artikel in.")
    if len(words.text) + len(words.note) > MAX_WORDS:
        errors["text"] = _("Deze tekst is te lang voor één artikel.")
    if errors:
        raise ValidationError(errors)


def _must_exist(concept: ConceptVerordening, key: str) -> None:
    known = {part.key for part in selectors.artikelen_of(concept)}
    if key not in known:
        raise ValidationError(_("Dit artikel is er niet meer."))


def _note(
    concept: ConceptVerordening,
    soort: ConceptWijziging.Soort,
    note: str,
    before: Mapping[str, object] | None = None,
) -> None:
    ConceptWijziging.objects.create(
        concept=concept, soort=soort, note=note, before=dict(before or {})
    )
