"""Ask in two screens; no question is made until the last button, nothing typed is lost."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit, toegang
from core.models import Gemeente, Toegang
from core.parameters import parse_date, parse_pk
from core.person import person_of
from knowledge import selectors as knowledge
from knowledge.regelingen import selectors as regelingen
from loket import selectors, services
from loket.forms import AskForm, FilesForm
from loket.routing.service import route_question
from loket.termijnen import URGENT_MINUTES, due_for, promised_minutes
from search import services as search_services

from .kept import forget, keep, kept

SALT = "loket.ask"
VALID_SECONDS = 24 * 3600
SESSION_KEY = "gestelde_vraag"
FIELDS = (
    "text",
    "gemeente",
    "email",
    "organisatietype",
    "organisatie",
    "naam",
    "functie",
)
SUGGESTIONS = 5
FORMULIER = "vraag"


def ask(request: HttpRequest) -> HttpResponse:
    """GET and POST of every step; ``stap`` in the form says which button was pressed."""
    if request.method != "POST":
        return _first(
            request, AskForm(initial=_initial(request)), _origin_from(request.GET)
        )
    step = request.POST.get("stap", "verder")
    if step in ("verstuur", "wijzig", "doorgaan"):
        saved, expired = _unpack(request.POST.get("pakket", ""))
        if saved is None:
            return _first(request, AskForm(initial=_initial(request)), {}, lost=True)
        if expired:
            return _first(
                request,
                AskForm(initial=saved["velden"]),
                saved["herkomst"],
                expired=True,
            )
        if step == "wijzig":
            return _first(request, AskForm(initial=saved["velden"]), saved["herkomst"])
        if step == "doorgaan":
            return _second(request, saved, FilesForm())
        return _send(request, saved)
    _keep(request)
    form = AskForm(request.POST)
    origin = _origin_from(request.POST)
    if request.POST.get("website"):
        # A browser or password manager may fill the trap for a person too.
        form.add_error(
            None,
            _(
                "Een veld dat leeg moet blijven, was ingevuld. Soms doet uw browser dat. Druk nog een keer op ‘Verder’; uw tekst staat er nog."
            ),
        )
    if not form.is_valid():
        return _first(request, form, origin)
    saved = {
        "velden": {name: request.POST.get(name, "") for name in FIELDS},
        "herkomst": origin,
        "sleutel": uuid4().hex,
    }
    seen = request.POST.get("suggesties_gezien") == "1"
    hits = [] if seen else _suggest(request, form.cleaned_data["text"])
    if hits:
        return render(
            request,
            "loket/ask_suggestions_step.html",
            {"hits": hits, "pakket": _pack(saved), "velden": saved["velden"]},
        )
    return _second(request, saved, FilesForm())


def _keep(request: HttpRequest) -> None:
    """What stands in the fields now; what one writes about is what makes it a draft."""
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    keep(request, FORMULIER, typed if typed["text"].strip() else {})


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep or wipe what somebody typed, for a day, in this browser or with this login."""
    if "wis" in request.POST:
        forget(request, FORMULIER)
    elif ratelimit.hit("suggest-network", ratelimit.client_ip(request)):
        _keep(request)
    else:
        return HttpResponse(status=429)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    wiped = {"gewist": "1"} if "wis" in request.POST else {}
    query = urlencode(_origin_from(request.POST) | wiped)
    return redirect(f"{reverse('loket:ask')}{'?' if query else ''}{query}")


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What is known already: the asker of this session, what was typed earlier, the search
    text."""
    initial: dict[str, Any] = {}
    contact = person_of(request).contact
    if contact is not None:
        initial.update(
            email=contact.email,
            naam=contact.naam,
            functie=contact.functie,
            organisatietype=contact.organisatietype,
            organisatie=contact.organisatie,
            gemeente=contact.gemeente.naam if contact.gemeente else "",
        )
    initial.update(kept(request, FORMULIER))
    if search_text := request.GET.get("zoekvraag", "")[:400]:
        initial.setdefault("text", search_text)
    return initial


def _origin_from(parameters: Any) -> dict[str, str]:
    return {
        name: parameters.get(name, "")[:400]
        for name in ("pagina", "regeling", "anker", "geldig-op", "zoekvraag")
        if parameters.get(name)
    }


def _origin(raw: dict[str, str]) -> services.Origin:
    """Where it started, as the knowledge base knows it now; an anchor that is gone is
    left out. Only a page about one phase says in which phase the asker is."""
    search_text = raw.get("zoekvraag", "")
    pk = parse_pk(raw.get("pagina"))
    page = knowledge.find_page(pk) if pk is not None else None
    if page is None:
        return _origin_in_law(raw) or services.Origin(search_text=search_text)
    anchor = raw.get("anker", "")
    section = selectors.heading_of(page, anchor) if anchor else ""
    return services.Origin(
        page_id=page.pk,
        title=page.title,
        url=(page.get_url() or "") + (f"#{anchor}" if section else ""),
        search_text=search_text,
        section=section,
        fase=page.fasen[0] if len(page.fasen) == 1 else "",
    )


def _origin_in_law(raw: dict[str, str]) -> services.Origin | None:
    """The article that it started from, as it stands on the day that was read."""
    pk = parse_pk(raw.get("regeling"))
    on = parse_date(raw.get("geldig-op"))
    found = regelingen.artikel(pk, raw.get("anker", ""), on) if pk is not None else None
    if found is None:
        return None
    return services.Origin(
        title=str(found.regeling),
        url=found.url,
        section=found.heading,
        search_text=raw.get("zoekvraag", ""),
    )


def _pack(saved: dict[str, Any]) -> str:
    return signing.dumps(saved, salt=SALT, compress=True)


def _unpack(value: str) -> tuple[dict[str, Any] | None, bool]:
    """What was typed on screen 1, and whether that was too long ago to send as it is."""
    try:
        return signing.loads(value, salt=SALT, max_age=VALID_SECONDS), False
    except signing.SignatureExpired:
        return signing.loads(value, salt=SALT), True
    except signing.BadSignature:
        return None, False


def _first(
    request: HttpRequest,
    form: AskForm,
    origin: dict[str, str],
    *,
    expired: bool = False,
    lost: bool = False,
) -> HttpResponse:
    text = (form.data.get("text") if form.is_bound else form.initial.get("text")) or ""
    context = {
        "form": form,
        "herkomst": origin,
        "herkomst_woorden": _origin(origin).words,
        "gemeenten": Gemeente.objects.valid_on(timezone.localdate()).values_list(
            "naam", flat=True
        ),
        "hits": _suggest(request, text) if text else [],
        "bewaard": not form.is_bound and bool(kept(request, FORMULIER)),
        "gewist": "gewist" in request.GET,
        "verlopen": expired,
        "kwijt": lost,
    }
    return render(
        request, "loket/ask.html", context, status=422 if form.errors else 200
    )


def _suggest(request: HttpRequest, text: str) -> list[Any]:
    return (
        search_services.related(
            text[:400], person=person_of(request), limit=SUGGESTIONS
        )
        if len(text) >= 10
        else []
    )


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """'Dit helpt u misschien al', while somebody types (htmx)."""
    if not ratelimit.hit("suggest-network", ratelimit.client_ip(request)):
        return HttpResponse(status=204)
    return render(
        request,
        "loket/_suggestions.html",
        {"hits": _suggest(request, request.GET.get("text", "")), "gezien": True},
    )


def _second(
    request: HttpRequest, saved: dict[str, Any], files: FilesForm, *, status: int = 200
) -> HttpResponse:
    """What we understood; the last screen before sending."""
    form = AskForm(saved["velden"])
    form.is_valid()
    routed = route_question(form.cleaned_data["text"])
    minutes = URGENT_MINUTES if routed.urgent else promised_minutes()
    _due_at, sentence = due_for(timezone.now(), minutes, [])
    context = {
        "form": files,
        "data": form.cleaned_data,
        "herkomst_woorden": _origin(saved["herkomst"]).words,
        "team": routed.team,
        "reasons": routed.reasons_to_asker,
        "sentence": sentence,
        "urgent": routed.urgent,
        "pakket": _pack(saved),
    }
    return render(request, "loket/ask_check.html", context, status=status)


def _send(request: HttpRequest, saved: dict[str, Any]) -> HttpResponse:
    form = AskForm(saved["velden"])
    if not form.is_valid():
        return _first(request, form, saved["herkomst"])
    files = FilesForm(request.POST, request.FILES)
    if not files.is_valid():
        return _second(request, saved, files, status=422)
    data = form.cleaned_data
    allowed = ratelimit.hit(
        "ask-network", ratelimit.network_of(request)
    ) and ratelimit.hit("ask-address", data["email"].lower())
    if not allowed:
        files.add_error(
            None,
            _(
                "Er kwamen veel vragen achter elkaar van dit adres of netwerk. Wacht een uur, of bel het loket. Uw tekst blijft staan."
            ),
        )
        return _second(request, saved, files, status=429)
    asker = services.Asker(
        email=data["email"],
        naam=data["naam"],
        functie=data["functie"],
        organisatietype=data["organisatietype"],
        organisatie=data["organisatie"],
        gemeente=data["gemeente_row"],
    )
    try:
        vraag, token = services.ask(
            asker=asker,
            text=data["text"],
            origin=_origin(saved["herkomst"]),
            files=files.cleaned_data["bijlagen"],
            idempotency_key=saved["sleutel"],
        )
    except ValidationError as error:
        files.add_error("bijlagen", error.messages)
        return _second(request, saved, files, status=422)
    request.session[SESSION_KEY] = vraag.reference
    forget(request, FORMULIER)
    response = redirect("loket:received")
    row = toegang.find(token=token, doel=Toegang.Doel.LEZEN)
    if row is not None:
        toegang.open_read_link(request, response, row)
    return response


def received(request: HttpRequest) -> HttpResponse:
    """Confirmation with reference, date and link. POST: a suggested page was the answer."""
    if request.method == "POST":
        return _found(request)
    from loket.models import Vraag

    reference = request.session.get(SESSION_KEY, "")
    vraag = (
        Vraag.objects.select_related("contact", "team")
        .filter(reference=reference)
        .first()
    )
    return render(request, "loket/received.html", {"vraag": vraag})


@require_POST
def _found(request: HttpRequest) -> HttpResponse:
    pk = parse_pk(request.POST.get("beantwoord_door"))
    page = knowledge.find_page(pk) if pk is not None else None
    forget(request, FORMULIER)
    if page is not None:
        services.record_found(kind=page.soort, object_id=page.pk, titel=page.title)
    return render(request, "loket/found.html", {"page": page})
