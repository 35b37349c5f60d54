import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit

from . import selectors, services
from .regelingen import rendering
from .regelingen import selectors as regeling_selectors
from .regelingen.modellen import showing


def _htmx(request: HttpRequest) -> Any:
    """What django-htmx knows of the request; falsy without htmx."""
    return request.htmx  # type: ignore[attr-defined]


@require_safe
def begrippen(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "knowledge/begrippen.html",
        {"letters": selectors.begrippen_by_letter()},
    )


@require_safe
def begrip(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(
        selectors.live_begrippen().select_related("bron"), slug=slug
    )
    return render(
        request,
        "knowledge/begrip.html",
        {"begrip": term, "paginas": selectors.pages_about(term)},
    )


@require_safe
def regelingen(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "knowledge/regelingen.html",
        {"regelingen": regeling_selectors.readable()},
    )


@require_safe
def regeling(request: HttpRequest, slug: str) -> HttpResponse:
    """A legal text as it stands today, or on the day in ``geldig-op``."""
    asked = request.GET.get("geldig-op", "").strip()
    try:
        day = datetime.date.fromisoformat(asked) if asked else None
        fault = ""
    except ValueError:
        day = None
        fault = _("Dit is geen datum. Vul een dag in als 2026-07-01.")
    found = regeling_selectors.read(slug, day or timezone.localdate())
    if found is None:
        raise Http404
    tekst = found.versie.tekst if found.versie else None
    model = None
    if found.versie and found.versie.modeltekst:
        model = regeling_selectors.model_in(found.versie.modeltekst)
    body = showing.body(model) if model else rendering.body(tekst) if tekst else ""
    return render(
        request,
        "knowledge/regeling.html",
        {
            "gelezen": found,
            "dag": day,
            "gevraagd": asked,
            "fout": fault,
            "inhoud": rendering.contents(tekst) if tekst else [],
            "tekst": mark_safe(body),  # noqa: S308
            "model": model,
            "pagina": getattr(found.regeling, "modelpagina", None) if model else None,
        },
    )


@require_POST
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """A vote on a page; the answer is a small page, or a fragment for htmx."""
    page = selectors.find_page(pk)
    if page is None:
        raise Http404
    choice = request.POST.get("geholpen")
    if choice not in ("ja", "nee"):
        return redirect(page.get_url())
    if ratelimit.hit("feedback-network", ratelimit.network_of(request)):
        services.give_feedback(
            page=page,
            helpful=choice == "ja",
            reason=request.POST.get("reden", ""),
            note=request.POST.get("toelichting", "").strip(),
        )
    template = (
        "knowledge/_feedback_thanks.html"
        if _htmx(request)
        else "knowledge/feedback_thanks.html"
    )
    return render(request, template, {"page": page, "geholpen": choice == "ja"})
