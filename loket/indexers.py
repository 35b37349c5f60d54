"""Questions as search documents: for who may see them, never internal notes."""

from collections.abc import Iterable

from core.person import Person
from search import registry
from search.documents import FacetValue, SearchDocument, Section

from .models import Bericht, Vraag
from .permissions import visible_vragen

AUDIENCE = "loket"


class VraagIndexer:
    kind = family = "vraag"
    label = "Vraag aan het loket"

    def all_ids(self) -> Iterable[int]:
        return Vraag.objects.filter(geanonimiseerd_op=None).values_list("pk", flat=True)

    def visible_ids(self, person: Person, ids: Iterable[int]) -> set[int]:
        return set(
            visible_vragen(person).filter(pk__in=list(ids)).values_list("pk", flat=True)
        )

    def document(self, pk: int) -> SearchDocument | None:
        vraag = Vraag.objects.select_related("team", "gemeente").filter(pk=pk).first()
        if vraag is None or vraag.geanonimiseerd_op is not None:
            return None
        berichten = vraag.berichten.exclude(soort=Bericht.Soort.NOTITIE)
        gemeente = vraag.gemeente
        return SearchDocument(
            kind=self.kind,
            object_id=vraag.pk,
            url=f"/werkplek/{vraag.reference}/",
            title=vraag.titel,
            kind_label=self.label,
            sections=tuple(
                Section(f"bericht-{b.pk}", b.get_soort_display(), vraag.titel, b.text)
                for b in berichten
            ),
            facets={"gemeente": (FacetValue(gemeente.code, gemeente.naam),)}
            if gemeente
            else {},
            audience=AUDIENCE,
            owner=vraag.team.kort,
            checked_on=vraag.created_at.date(),
        )


registry.register(VraagIndexer())
