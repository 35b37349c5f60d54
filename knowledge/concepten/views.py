"""The pages of a draft of an ordinance."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit
from core.forms import add_errors
from core.person import person_of
from knowledge.models import ConceptVerordening
from knowledge.regelingen.categorieen import lijst
from knowledge.regelingen.modellen import showing
from knowledge.regelingen.modellen.editing import Words, typed
from knowledge.regelingen.modellen.following import Change, Kind
from knowledge.regelingen.modellen.parts import ADDED, Stap
from knowledge.regelingen.schrijven import html, opendocument, word
from knowledge.regelingen.selectors import models
from knowledge.regelingen.tree import heading, walk
from knowledge.regelingen.vergelijken import to_html
from knowledge.views_categorieen import overzicht

from . import rules, selectors, services
from .forms import PREFIX, ArtikelForm, EigenArtikelForm, KeepForm, StapForm
from .selectors import Stand

WAITING = "concept_ingevuld"  # in the session: what was sent after a login ran out

View = Callable[..., HttpResponse]


def concept_view(*, change: bool = False) -> Callable[[View], View]:
    """Open a draft by its address: to read it, or with change to work on it.

    What somebody sends who is not logged in any more waits in the session, and stands in
    the form again after logging in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
            concept = selectors.find(key)
            if concept is None:
                raise Http404
            person = person_of(request)
            allowed = (rules.may_change if change else rules.may_read)(person, concept)
            if allowed:
                response = view(request, concept, **kwargs)
            else:
                if request.method == "POST":
                    _set_aside(request)
                may_read = rules.may_read(person, concept)
                response = render(
                    request,
                    "knowledge/concept_besloten.html",
                    {"concept": concept, "lezen": may_read, "typed": _waiting(request)},
                    status=403,
                )
            response["X-Robots-Tag"] = "noindex"
            response["Cache-Control"] = "no-store, private"
            return response

        return opened

    return decorate


def _set_aside(request: HttpRequest) -> None:
    sent = {
        name: values
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
    }
    request.session[WAITING] = {"path": request.path, "sent": sent}


def _waiting(request: HttpRequest) -> bool:
    return WAITING in request.session


def _taken_up(request: HttpRequest) -> dict[str, str]:
    """What waits for the form on this page, once."""
    kept = request.session.get(WAITING)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[WAITING]
    return {name: values[-1] for name, values in kept["sent"].items() if values}


def _shown(stand: Stand) -> dict[str, Any]:
    """The text beside the questions, and how far it is."""
    return {
        "concept": stand.concept,
        "stand": stand,
        "tekst": mark_safe(showing.draft_body(stand.model, stand.draft)),  # noqa: S308
        "gedaan": stand.draft.answered,
        "totaal": len(stand.draft.relevant),
        "stappen": stand.steps(),
    }


@require_safe
def concepten(request: HttpRequest) -> HttpResponse:
    """The models, and the drafts of who is logged in."""
    person = person_of(request)
    return render(
        request,
        "knowledge/concepten.html",
        {
            "modellen": models(),
            "eigen": selectors.own_concepten(person)[:50],
            "gedeeld": selectors.shared_concepten(person)[:50],
            "contact": person.contact,
        },
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("model", "")
    found = next((both for both in models() if both[0].slug == chosen), None)
    if found is None:
        raise Http404
    if not ratelimit.hit("concept-network", ratelimit.network_of(request)):
        messages.warning(
            request, _("Er zijn van hier veel concepten begonnen. Probeer het later.")
        )
        return redirect("knowledge:concepten")
    concept = services.begin(
        person=person_of(request), regeling=found[0], versie=found[1]
    )
    return redirect("knowledge:concept_stap", concept.key, 1)


@require_safe
@concept_view()
def concept(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    """The whole draft: what is open, the text, what to do with it."""
    stand = Stand(concept)
    person = person_of(request)
    return render(
        request,
        "knowledge/concept.html",
        {
            **_shown(stand),
            "nieuwer": selectors.newer_version(concept),
            "eigenaar": rules.is_owner(person, concept),
            "mag_wijzigen": rules.may_change(person, concept),
            "ingelogd": person.contact is not None,
            "wijzigingen": concept.wijzigingen.all()[:20],
            "lijst": lijst(),
            "adres": request.build_absolute_uri(concept.get_absolute_url()),
        },
    )


@concept_view(change=True)
def stap(
    request: HttpRequest, concept: ConceptVerordening, number: int
) -> HttpResponse:
    """The questions of one step, with the text beside them; every sending is kept."""
    steps = list(Stap)
    if not 0 < number <= len(steps):
        raise Http404
    stand = Stand(concept)
    chosen = steps[number - 1]
    form = StapForm(stand.keuzes(chosen), concept.answers, request.POST or None)
    person = person_of(request)
    if request.method == "POST":
        valid = form.is_valid()
        asked = {keuze.naam for keuze in form.keuzes}
        services.answer(person=person, concept=concept, answers=form.answers())
        concept.refresh_from_db()
        stand = Stand(concept)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "knowledge/_concept_tekst.html", _shown(stand))
        if valid:
            now = stand.keuzes(chosen)
            fresh = [
                keuze
                for keuze in now
                if keuze.naam not in asked and keuze.naam not in concept.answers
            ]
            goal = request.POST.get("naar", "verder")
            if fresh and goal == "verder":
                messages.info(
                    request, _("Bewaard. Door uw antwoord zijn er vragen bij gekomen.")
                )
                return redirect(
                    reverse("knowledge:concept_stap", args=[concept.key, number])
                    + f"#vraag-{fresh[0].naam}"
                )
            return redirect(_next(concept, number, goal, len(steps)))
    elif taken := _taken_up(request):
        form = StapForm(form.keuzes, concept.answers, taken)
        messages.info(request, _("Wat u invulde staat er nog. Bewaar het nu."))
    return render(
        request,
        "knowledge/concept_stap.html",
        {
            **_shown(stand),
            "form": form,
            "vragen": _questions(form, stand),
            "stap": stand.steps()[number - 1],
            "laatste": number == len(steps),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _next(concept: ConceptVerordening, number: int, goal: str, last: int) -> str:
    if goal == "terug" and number > 1:
        return reverse("knowledge:concept_stap", args=[concept.key, number - 1])
    if goal == "verder" and number < last:
        return reverse("knowledge:concept_stap", args=[concept.key, number + 1])
    return concept.get_absolute_url()


def _questions(form: StapForm, stand: Stand) -> list[dict[str, Any]]:
    """Each question with its options, what others chose and where it shows."""
    counts = selectors.chosen_by_others(stand.concept)
    headings = {
        stand.draft.sources[placed.address]: (placed.address, heading(placed.node))
        for placed in walk(stand.draft.regeling)
        if placed.address in stand.draft.sources
    }
    found = []
    for keuze in form.keuzes:
        field = form[f"{PREFIX}{keuze.naam}"]
        chosen = counts.get(keuze.naam, {})
        touched = set(stand.draft.touches.get(keuze.naam, ()))
        tags = list(field) if keuze.opties else []
        found.append(
            {
                "keuze": keuze,
                "field": field,
                "opties": [
                    (tag, optie, chosen.get(optie.naam, 0))
                    for tag, optie in zip(tags, keuze.opties, strict=True)
                ],
                "raakt": [place for key, place in headings.items() if key in touched][
                    :6
                ],
            }
        )
    return found


@require_safe
@concept_view()
def categorieen(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    """The checklist of compulsory categories over the text as it is now."""
    stand = Stand(concept)
    return render(
        request,
        "knowledge/concept_categorieen.html",
        {
            "concept": concept,
            "stand": stand,
            "tekst_adres": concept.get_absolute_url(),
            **overzicht(stand.draft.regeling),
        },
    )


# -- articles ------------------------------------------------------------------------


def _artikelen(stand: Stand) -> list[dict[str, Any]]:
    """The artikelen of the draft in order, and at their place those that were left out."""
    here = {
        stand.draft.sources[placed.address]: placed
        for placed in walk(stand.draft.regeling)
        if placed.address in stand.draft.sources
    }
    rows = []
    for part in selectors.artikelen_of(stand.concept):
        placed = here.get(part.key)
        left_out = part.key in stand.edits.left_out
        if placed is None and not left_out:
            continue
        rows.append(
            {
                "key": part.key,
                "kop": heading(placed.node) if placed else part.title,
                "address": placed.address if placed else "",
                "weg": left_out,
                "eigen": part.key in stand.edits.own,
                "toegevoegd": part.key.startswith(ADDED),
                "open": part.key in stand.draft.pending,
            }
        )
    return rows


@require_safe
@concept_view(change=True)
def artikelen(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    stand = Stand(concept)
    return render(
        request,
        "knowledge/concept_artikelen.html",
        {"concept": concept, "rijen": _artikelen(stand), "titel": stand.draft.regeling},
    )


@require_POST
@concept_view(change=True)
def artikel_besluit(
    request: HttpRequest, concept: ConceptVerordening, artikel: str
) -> HttpResponse:
    """Keep the words of the model, leave an artikel out, or put it back."""
    acts = {
        "model": services.keep_artikel,
        "weg": services.leave_out,
        "terug": services.put_back,
    }
    act = acts.get(request.POST.get("besluit", ""))
    if act is None:
        raise Http404
    try:
        act(person=person_of(request), concept=concept, key=artikel)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(
        reverse("knowledge:concept_artikelen", args=[concept.key]) + f"#rij-{artikel}"
    )


def _words(stand: Stand, key: str) -> Words | None:
    """An artikel as it stands in the draft, to go on with."""
    for placed in walk(stand.draft.regeling):
        if stand.draft.sources.get(placed.address) != key:
            continue
        notes = (
            one.node.text
            for one in walk(stand.draft.regeling)
            if placed.node.number and one.node.about == placed.node.number
        )
        return Words(placed.node.title, typed(placed.node), "\n".join(notes))
    return None


@concept_view(change=True)
def artikel(
    request: HttpRequest, concept: ConceptVerordening, artikel: str
) -> HttpResponse:
    """Own words for an artikel, beginning with what stands there."""
    stand = Stand(concept)
    words = _words(stand, artikel)
    if words is None:
        raise Http404
    initial = {"title": words.title, "text": words.text, "note": words.note}
    form = ArtikelForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_artikel(
                person=person_of(request),
                concept=concept,
                key=artikel,
                words=Words(**form.cleaned_data),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Uw tekst is bewaard."))
            return redirect(
                reverse("knowledge:concept_artikelen", args=[concept.key])
                + f"#rij-{artikel}"
            )
    elif taken := _taken_up(request):
        form = ArtikelForm(initial={**initial, **taken})
        messages.info(request, _("Wat u invulde staat er nog. Bewaar het nu."))
    return render(
        request,
        "knowledge/concept_artikel.html",
        {
            "concept": concept,
            "form": form,
            "kop": next(
                (r["kop"] for r in _artikelen(stand) if r["key"] == artikel), ""
            ),
        },
        status=422 if form.errors else 200,
    )


@concept_view(change=True)
def eigen_artikel(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    stand = Stand(concept)
    places = [(r["key"], r["kop"]) for r in _artikelen(stand) if not r["weg"]]
    initial = {"after": request.GET.get("na", places[-1][0] if places else "")}
    form = EigenArtikelForm(places, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        after = form.cleaned_data.pop("after")
        try:
            made = services.add_artikel(
                person=person_of(request),
                concept=concept,
                after=after,
                words=Words(**form.cleaned_data),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Uw artikel staat erbij."))
            return redirect(
                reverse("knowledge:concept_artikelen", args=[concept.key])
                + f"#rij-{made}"
            )
    elif taken := _taken_up(request):
        form = EigenArtikelForm(places, initial={**initial, **taken})
        messages.info(request, _("Wat u invulde staat er nog. Bewaar het nu."))
    return render(
        request,
        "knowledge/concept_artikel.html",
        {"concept": concept, "form": form, "kop": ""},
        status=422 if form.errors else 200,
    )


# -- keeping and sharing -------------------------------------------------------------


@concept_view(change=True)
def bewaren(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    """Keep a draft: at once for who is logged in, else by a link in a mail."""
    person = person_of(request)
    if request.method == "POST" and person.contact is not None:
        services.keep(person=person, concept=concept)
        messages.success(request, _("Bewaard bij ‘Mijn vragen en concepten’."))
        return redirect(concept)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _send(request, concept, form.cleaned_data["email"])
        return render(
            request,
            "knowledge/concept_link_verstuurd.html",
            {"concept": concept, "email": form.cleaned_data["email"]},
        )
    return render(
        request,
        "knowledge/concept_bewaren.html",
        {"concept": concept, "form": form, "ingelogd": person.contact is not None},
        status=422 if form.errors else 200,
    )


def _send(request: HttpRequest, concept: ConceptVerordening, email: str) -> None:
    if ratelimit.hit(
        "login-link-network", ratelimit.network_of(request)
    ) and ratelimit.hit("login-link-address", email.lower()):
        services.send_link(concept=concept, email=email)


@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """A new link to the address under which a draft was kept; the address is not told."""
    concept = selectors.find(key)
    if concept is None or concept.contact is None:
        raise Http404
    _send(request, concept, concept.contact.email)
    return render(
        request, "knowledge/concept_link_verstuurd.html", {"concept": concept}
    )


@require_POST
@concept_view(change=True)
def delen(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    try:
        services.share(
            person=person_of(request),
            concept=concept,
            shared=request.POST.get("delen") == "ja",
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Bewaard."))
    return redirect(concept)


@require_POST
@concept_view()
def kopie(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    return redirect(services.copy(person=person_of(request), concept=concept))


@concept_view(change=True)
def weggooien(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    if request.method == "POST":
        services.remove(person=person_of(request), concept=concept)
        messages.success(request, _("Het concept is weg."))
        return redirect("knowledge:concepten")
    return render(request, "knowledge/concept_weggooien.html", {"concept": concept})


# -- a new version of the model ------------------------------------------------------


@concept_view(change=True)
def nieuw_model(request: HttpRequest, concept: ConceptVerordening) -> HttpResponse:
    """What a new version of the model changes in this draft, to take over or refuse."""
    versie = selectors.newer_version(concept)
    if versie is None:
        messages.info(request, _("Uw concept past bij het model van nu."))
        return redirect(concept)
    _new, found = selectors.changes_of(Stand(concept), versie)
    if request.method == "POST":
        if request.POST.get("versie") == str(versie.pk):
            accepted = [
                change.key
                for change in found.changes
                if request.POST.get(f"besluit-{change.key}") == "ja"
            ]
            services.follow(
                person=person_of(request),
                concept=concept,
                versie=versie,
                accepted=accepted,
            )
            messages.success(request, _("Uw concept gaat verder met het nieuwe model."))
            return redirect(concept)
        messages.warning(
            request, _("Het model is intussen nog eens veranderd. Kijk opnieuw.")
        )
    return render(
        request,
        "knowledge/concept_model.html",
        {
            "concept": concept,
            "versie": versie,
            "gevonden": found,
            "wijzigingen": [_three(change) for change in found.changes],
        },
    )


def _three(change: Change) -> dict[str, Any]:
    """A change with the words of the new model and the own ones marked against those of
    the old model."""
    old = change.old
    by_note = change.kind is Kind.TOELICHTING

    def beside(words: Words | None) -> str:
        if words is None:
            return ""
        if old is None:
            return to_html.marked(words.text, words.text)
        title = (
            to_html.marked(old.title, words.title) if words.title != old.title else ""
        )
        return title + to_html.marked(old.text, words.text)

    def note(words: Words | None) -> str:
        if not by_note or words is None or old is None:
            return ""
        return to_html.marked(old.note, words.note)

    return {
        "change": change,
        "oud": mark_safe(beside(old)),  # noqa: S308  every word is escaped
        "nieuw": mark_safe(beside(change.new)),  # noqa: S308
        "eigen": mark_safe(beside(change.own)),  # noqa: S308
        "oude_toelichting": mark_safe(note(old)),  # noqa: S308
        "nieuwe_toelichting": mark_safe(note(change.new)),  # noqa: S308
    }


# -- files ---------------------------------------------------------------------------

_FILES: dict[str, tuple[Any, str]] = {
    "docx": (
        word.write,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "odt": (opendocument.write, "application/vnd.oasis.opendocument.text"),
    "html": (html.write, "text/html; charset=utf-8"),
}


@require_safe
@concept_view()
def bestand(
    request: HttpRequest, concept: ConceptVerordening, form: str
) -> HttpResponse:
    """The draft as a file; with open points first as long as there are any."""
    if form not in _FILES:
        raise Http404
    stand = Stand(concept)
    write, content_type = _FILES[form]
    name = slugify(stand.draft.regeling.title)[:80] or "verordening"
    if not stand.draft.complete:
        name = f"concept-{name}"
    response = HttpResponse(
        write(stand.draft.regeling, selectors.cover(stand)), content_type=content_type
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_safe
@concept_view()
def artikel_html(
    request: HttpRequest, concept: ConceptVerordening, address: str
) -> HttpResponse:
    """One artikel as HTML, to paste elsewhere."""
    found = html.artikel(Stand(concept).draft.regeling, address)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(address)}.html"'
    return response
