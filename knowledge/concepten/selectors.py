"""What a draft says now, and which drafts somebody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.gemeenten import proven_gemeente, proven_gemeenten
from core.models import Gemeente
from core.person import Person
from knowledge.models import ConceptVerordening, RegelingVersie
from knowledge.regelingen.dagen import gewoon
from knowledge.regelingen.gemaakte_keuzes import of_ordinances
from knowledge.regelingen.modellen.editing import Added, Edits, Words, edited
from knowledge.regelingen.modellen.following import Following, following
from knowledge.regelingen.modellen.parts import Keuze, Model, Part, Stap, artikelen
from knowledge.regelingen.modellen.resolving import Draft, resolve, where
from knowledge.regelingen.schrijven import Cover
from knowledge.regelingen.selectors import model_in

FEWEST = 3  # a count of fewer gemeenten could say who chose what


def edits_of(data: Mapping[str, object]) -> Edits:
    """The changes that a draft keeps as JSON."""
    raw: dict = dict(data)
    return Edits(
        frozenset(raw.get("left_out", ())),
        {key: Words(**words) for key, words in raw.get("own", {}).items()},
        tuple(
            Added(one["number"], Words(**one["words"]), one["after"])
            for one in raw.get("added", ())
        ),
    )


def edits_to_json(edits: Edits) -> dict[str, object]:
    def words(one: Words) -> dict[str, str]:
        return {"title": one.title, "text": one.text, "note": one.note}

    return {
        "left_out": sorted(edits.left_out),
        "own": {key: words(one) for key, one in edits.own.items()},
        "added": [
            {"number": one.number, "after": one.after, "words": words(one.words)}
            for one in edits.added
        ],
    }


class Stand:
    """A draft as it is now: the model with its changes, and the text of its answers."""

    def __init__(self, concept: ConceptVerordening) -> None:
        self.concept = concept

    @cached_property
    def source(self) -> Model:
        """The model itself."""
        model = model_in(self.concept.modeltekst)
        if model is None:
            raise ValueError(f"Concept {self.concept.pk} holds no model.")
        return model

    @cached_property
    def edits(self) -> Edits:
        return edits_of(self.concept.edits)

    @cached_property
    def model(self) -> Model:
        return edited(self.source, self.edits)

    @cached_property
    def draft(self) -> Draft:
        return resolve(self.model, self.concept.answers)

    @cached_property
    def points(self) -> list[str]:
        """Open points in words, each with the artikel that it is about."""
        return [told for told, _url in self.linked_points]

    @cached_property
    def linked_points(self) -> list[tuple[str, str]]:
        """Open points in words, each with where it is settled; '' when nowhere."""
        key = self.concept.key
        steps = {stap: at for at, stap in enumerate(Stap, 1)}
        found = []
        for point in self.draft.points:
            keuze = self.model.keuze(point.keuze)
            if keuze is not None:
                url = reverse("knowledge:concept_stap", args=[key, steps[keuze.stap]])
                found.append((point.message, f"{url}#vraag-{keuze.naam}"))
                continue
            heading = where(self.draft, point.key) if point.key else ""
            url = (
                reverse("knowledge:concept_artikel", args=[key, point.key])
                if heading
                else ""
            )
            told = f"{heading}: {point.message}" if heading else point.message
            found.append((told, url))
        return found

    def keuzes(self, stap: Stap) -> list[Keuze]:
        """The questions of a step that matter with the answers so far."""
        return [keuze for keuze in self.draft.relevant if keuze.stap is stap]

    def steps(self) -> list[Step]:
        answers = self.concept.answers
        return [
            Step(
                stap,
                at,
                len(keuzes := self.keuzes(stap)),
                sum(bool(answers.get(keuze.naam)) for keuze in keuzes),
            )
            for at, stap in enumerate(Stap, 1)
        ]


@dataclass(frozen=True)
class Step:
    stap: Stap
    number: int
    total: int
    answered: int

    @property
    def label(self) -> str:
        return self.stap.value.capitalize()

    @property
    def done(self) -> bool:
        return self.answered == self.total


def cover(stand: Stand) -> Cover:
    """What an export begins with; a draft with open points is named a concept."""
    concept = stand.concept
    model = stand.source
    today = timezone.localdate()
    made = f"Gemaakt op {gewoon(today.isoformat())}"
    if concept.model is not None:
        made += f" met ‘{concept.model}’"
        if model.date:
            made += f" van {gewoon(model.date)}"
    remarks = [f"{made}."]
    if model.fits:
        remarks.append(f"Past bij: {gewoon(model.fits)}.")
    if model.example:
        remarks.append("Voorbeeld, geen VNG-model, geen juridisch advies.")
    return Cover(not stand.draft.complete, tuple(stand.points), tuple(remarks))


def artikelen_of(concept: ConceptVerordening) -> list[Part]:
    """The artikelen of the model and those that were added, whether they stay or not."""
    return artikelen(Stand(concept).model)


def find(key: str) -> ConceptVerordening | None:
    return (
        ConceptVerordening.objects.select_related("model", "contact", "gedeeld_met")
        .filter(key=key)
        .first()
    )


def own_concepten(person: Person) -> QuerySet[ConceptVerordening]:
    """What somebody kept, last changed first."""
    if person.contact is None:
        return ConceptVerordening.objects.none()
    found = ConceptVerordening.objects.filter(contact=person.contact)
    return found.select_related("model")


def shared_concepten(person: Person) -> QuerySet[ConceptVerordening]:
    """What colleagues of the proven gemeente share."""
    gemeenten = proven_gemeenten(person.contact)
    if not gemeenten:
        return ConceptVerordening.objects.none()
    return (
        ConceptVerordening.objects.filter(gedeeld_met__in=gemeenten)
        .exclude(contact=person.contact)
        .select_related("model")
    )


def newer_version(concept: ConceptVerordening) -> RegelingVersie | None:
    """The text of the model that is in force now, when the draft was made of another."""
    if concept.model is None:
        return None
    newest = concept.model.versies.published().valid_on(timezone.localdate())
    if newest is None or not newest.modeltekst:
        return None
    return None if newest.modeltekst == concept.modeltekst else newest


def changes_of(stand: Stand, versie: RegelingVersie) -> tuple[Model, Following]:
    """The newer model, and what of it touches this draft."""
    new = model_in(versie.modeltekst)
    if new is None:
        raise ValueError(f"Version {versie.pk} holds no model.")
    found = following(stand.source, new, stand.concept.answers, stand.edits)
    return new, found


def chosen_by_others(concept: ConceptVerordening) -> dict[str, dict[str, int]]:
    """Of each choice, by answer, how many gemeenten chose it: in the ordinance that they
    adopted, as editors recorded it, or else in a draft that they share.

    Gemeenten of half to twice as many inhabitants, when the draft is of a gemeente of
    which that is known. Counts under three are left out.
    """
    if concept.model_id is None:
        return {}
    own = concept.gedeeld_met or proven_gemeente(concept.contact)
    shared = ConceptVerordening.objects.filter(
        _like(own, "gedeeld_met"),
        model_id=concept.model_id,
        gedeeld_met__isnull=False,
    ).exclude(pk=concept.pk)
    adopted = of_ordinances(concept.model_id, _like(own, "regeling__gemeente"))
    who: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    settled = {(code, naam) for code, answers in adopted for naam in answers}
    for code, answers in adopted:
        for naam, answer in answers.items():
            who[naam][answer].add(code)
    for gemeente, answers in shared.values_list("gedeeld_met_id", "answers"):
        for naam, answer in answers.items():
            if (str(gemeente), naam) not in settled:
                who[naam][answer].add(str(gemeente))
    counts = {
        naam: {a: len(found) for a, found in by.items() if len(found) >= FEWEST}
        for naam, by in who.items()
    }
    return {naam: by for naam, by in counts.items() if by}


def _like(own: Gemeente | None, path: str) -> Q:
    """Gemeenten of about the same size as ours, which itself is left out."""
    if own is None:
        return Q()
    others = ~Q(**{path: own})
    if own.inwoners is None:
        return others
    least, most = own.inwoners // 2, own.inwoners * 2
    return others & Q(
        **{f"{path}__inwoners__gte": least, f"{path}__inwoners__lte": most}
    )
