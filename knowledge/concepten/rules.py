"""Who may open and who may change a draft."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.gemeenten import proven_gemeenten
from core.person import Person
from knowledge.models import ConceptVerordening


def is_owner(person: Person, concept: ConceptVerordening) -> bool:
    """Logged in with the address under which it was kept."""
    return person.contact is not None and person.contact.pk == concept.contact_id


def may_change(person: Person, concept: ConceptVerordening) -> bool:
    """Whoever has the address of a draft that nobody kept; after that its owner."""
    return concept.contact_id is None or is_owner(person, concept)


def may_read(person: Person, concept: ConceptVerordening) -> bool:
    """Also colleagues of the proven gemeente that it was shared with."""
    if may_change(person, concept):
        return True
    if concept.gedeeld_met_id is None:
        return False
    proven = proven_gemeenten(person.contact)
    return concept.gedeeld_met_id in {gemeente.pk for gemeente in proven}


def must_change(person: Person, concept: ConceptVerordening) -> None:
    if not may_change(person, concept):
        raise PermissionDenied(
            _("Alleen wie dit concept bewaarde, kan het veranderen.")
        )
