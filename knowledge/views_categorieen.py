"""The checklist of compulsory categories beside a legal text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .regelingen import selectors
from .regelingen.categorieen import Categorie, Stand, lijst
from .regelingen.checklist import Bevinding, Reden, Uitkomst, controleer
from .regelingen.tree import Regeling, citation

_WAAROM = {
    Reden.UITGESLOTEN: _(
        "De tekst noemt de groep, maar sluit haar daar misschien uit."
    ),
    Reden.DEELS: _("De tekst noemt maar een deel van de groep."),
    Reden.GEEN_VOORRANG: _(
        "De tekst noemt de groep. Of zij hier voorrang krijgt, is niet zeker."
    ),
    Reden.BEGRIP: _("De groep staat alleen in de begrippen."),
    Reden.BUITEN_ARTIKEL: _("De groep staat niet in een artikel."),
    Reden.TOELICHTING: _("De groep staat alleen in de toelichting."),
    Reden.VERVALLEN: _("De groep staat in een deel dat is vervallen."),
    Reden.ALGEMEEN: _("De tekst gebruikt woorden die breder of anders zijn."),
}
_STAND = {
    Stand.GELDEND: _("al verplicht als u voorrang regelt"),
    Stand.AANGEKONDIGD: _("aangekondigd bij de nieuwe wet"),
    Stand.ONZEKER: _("nog onzeker"),
}
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Rij:
    """A category with what was found, in words for the page."""

    categorie: Categorie
    bevinding: Bevinding

    @property
    def zeker(self) -> bool:
        return self.bevinding.uitkomst is Uitkomst.GEVONDEN

    @property
    def plaats(self) -> str:
        return citation(self.bevinding.plaats) if self.bevinding.plaats else ""

    @property
    def adres(self) -> str:
        return self.bevinding.plaats.address if self.bevinding.plaats else ""

    @property
    def woorden(self) -> str:
        words = self.bevinding.woorden
        return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"

    @property
    def waarom(self) -> str:
        return str(_WAAROM[self.bevinding.reden]) if self.bevinding.reden else ""

    @property
    def stand(self) -> str:
        return str(_STAND[self.categorie.stand])


def overzicht(tekst: Regeling) -> dict[str, object]:
    """What `knowledge/_categorieen.html` shows, of any tree: a version or a draft."""
    given = lijst()
    found = controleer(tekst, tuple(one.slug for one in given.categorieen))
    rijen = [Rij(one, found[one.slug]) for one in given.categorieen]
    return {
        "lijst": given,
        "rijen": rijen,
        "gevonden": _count(rijen, Uitkomst.GEVONDEN),
        "onduidelijk": _count(rijen, Uitkomst.ONDUIDELIJK),
        "niet_gevonden": _count(rijen, Uitkomst.NIET_GEVONDEN),
    }


def _count(rijen: list[Rij], uitkomst: Uitkomst) -> int:
    return sum(rij.bevinding.uitkomst is uitkomst for rij in rijen)


@require_safe
def categorieen(request: HttpRequest, slug: str) -> HttpResponse:
    """The checklist of a regulation as it stands today or on the day in ``geldig-op``."""
    asked = request.GET.get("geldig-op", "").strip()
    fault = ""
    try:
        day = datetime.date.fromisoformat(asked) if asked else None
    except ValueError:
        day = None
        fault = gettext("Dit is geen datum.")
    found = selectors.read(slug, day or timezone.localdate())
    if found is None:
        raise Http404
    address = found.regeling.get_absolute_url()
    context: dict[str, object] = {
        "gelezen": found,
        "dag": day,
        "fout": fault,
        "tekst_adres": f"{address}?geldig-op={day.isoformat()}" if day else address,
    }
    if found.versie:
        context |= overzicht(found.versie.tekst)
    return render(request, "knowledge/categorieen.html", context)
