"""The workplace: pile, question and context for the desk and the experts.

Here everybody reads and acts as staff: what somebody may see as an asker, by a link in
the same browser, does not count.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import permissions
from core.models import Team, User
from core.parameters import parse_pk
from core.person import Person
from knowledge import selectors as knowledge_selectors
from knowledge.choices import Fase
from loket import drafting, privacy, selectors, services
from loket.forms import KnowledgeForm, new_form_key
from loket.models import Berichtvoorkeur, Concept, Vraag
from loket.permissions import may_work_on
from loket.states import MEDEWERKER, allowed
from loket.termijnen import left_in_words

PER_PAGE = 30


def _worker(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.DESKUNDIGE, permissions.BEHEERDER
    ):
        raise PermissionDenied(
            _("De werkplek is voor medewerkers van het loket en voor deskundigen.")
        )
    return user


def _pile_context(request: HttpRequest, user: User) -> dict[str, Any]:
    person = Person(user=user)
    frontoffice = permissions.in_group(
        user, permissions.LOKETMEDEWERKER, permissions.BEHEERDER
    )
    view = request.GET.get("weergave", "")
    if view not in selectors.VIEWS:
        view = "niet-toegewezen" if frontoffice else selectors.DEFAULT_VIEW
    counts = selectors.pile_counts(person)
    page = Paginator(selectors.pile(person, view), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    rows = [(vraag, left_in_words(vraag)) for vraag in page]
    views = [
        (name, label, counts.get(name.replace("-", "_")))
        for name, label in selectors.VIEWS.items()
    ]
    return {"view": view, "views": views, "page": page, "rows": rows}


@login_required
@require_safe
def workplace(request: HttpRequest) -> HttpResponse:
    user = _worker(request)
    wish = Berichtvoorkeur.objects.filter(user=user).first()
    context = {
        **_pile_context(request, user),
        "voorkeur": wish.wanneer if wish else Berichtvoorkeur.Wanneer.DIRECT,
        "voorkeuren": Berichtvoorkeur.Wanneer.choices,
    }
    return render(request, "loket/workplace.html", context)


def _get(user: User, reference: str) -> Vraag:
    vraag = selectors.vraag_by_reference(Person(user=user), reference)
    if vraag is None:
        raise Http404
    return vraag


@login_required
@require_safe
def question(request: HttpRequest, reference: str) -> HttpResponse:
    user = _worker(request)
    return _render(request, user, _get(user, reference))


def _render(
    request: HttpRequest,
    user: User,
    vraag: Vraag,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = typed or {}
    answer = selectors.draft_of(user, vraag, Concept.Soort.ANTWOORD)
    note = selectors.draft_of(user, vraag, Concept.Soort.NOTITIE)
    page = (
        knowledge_selectors.KennisPagina.objects.filter(pk=vraag.kennispagina).first()
        if vraag.kennispagina
        else None
    )
    context = {
        **_pile_context(request, user),
        "vraag": vraag,
        "berichten": selectors.conversation(vraag, internal=True),
        "gebeurtenissen": selectors.timeline(vraag, internal=True),
        "left": left_in_words(vraag),
        "answer_text": typed.get("antwoord", answer.text if answer else ""),
        "note_text": typed.get("notitie", note.text if note else ""),
        "reason_text": typed.get("reden", ""),
        "recipients": services.recipients_of(vraag),
        "teams": selectors.teams(),
        "colleagues": selectors.colleagues(vraag),
        "errors": errors or {},
        "context": selectors.context_of(
            Person(user=user), vraag, request.GET.get("bron", "").strip()[:200]
        ),
        "can_take": vraag.owner_id is None and vraag.is_open,
        "can_give_back": vraag.owner_id == user.pk and vraag.is_open,
        "can_answer": allowed("answer", vraag.status, MEDEWERKER),
        "can_close": allowed("close", vraag.status, MEDEWERKER),
        "can_reopen": allowed("reopen", vraag.status, MEDEWERKER),
        "can_pass_on": allowed("pass_on", vraag.status, MEDEWERKER),
        "can_publish": vraag.answered_at is not None and not vraag.kennispagina,
        "kennispagina": page,
        "fasen": Fase.choices,
        "sleutel": new_form_key(),
    }
    return render(request, "loket/workplace_question.html", context, status=status)


@login_required
@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """One act of staff; a refusal keeps what was typed and says what to do."""
    user = _worker(request)
    vraag = _get(user, reference)
    handler = ACTS.get(act)
    if handler is None:
        raise Http404
    typed = {
        name: request.POST[name]
        for name in ("antwoord", "notitie", "reden")
        if name in request.POST
    }
    try:
        done = handler(request, user, vraag)
    except (ValidationError, PermissionDenied) as error:
        text = (
            " ".join(error.messages)
            if isinstance(error, ValidationError)
            else str(error)
        )
        vraag = _get(user, reference)
        return _render(
            request, user, vraag, errors={act: text}, typed=typed, status=422
        )
    if done:
        messages.success(request, done)
    if not may_work_on(user, vraag):
        return redirect("loket:workplace")
    return redirect(f"{request.path.rsplit('/', 2)[0]}/{_query(request)}")


def _query(request: HttpRequest) -> str:
    parameters = []
    if request.POST.get("weergave") in selectors.VIEWS:
        parameters.append(f"weergave={request.POST['weergave']}")
    if request.POST.get("bron"):
        from urllib.parse import quote

        parameters.append(f"bron={quote(request.POST['bron'][:200])}")
    return f"?{'&'.join(parameters)}" if parameters else ""


def _take(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.take(user=user, vraag=vraag)
    return _("U behandelt deze vraag nu.")


def _give_back(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.give_back(user=user, vraag=vraag)
    return _("De vraag ligt weer op de stapel van het team.")


def _assign(request: HttpRequest, user: User, vraag: Vraag) -> str:
    pk = parse_pk(request.POST.get("collega")) or 0
    colleague = User.objects.filter(pk=pk, is_active=True).first()
    if colleague is None:
        raise ValidationError(_("Kies een collega uit de lijst."))
    services.assign(user=user, vraag=vraag, to=colleague)
    return _("Toegewezen aan %(naam)s.") % {"naam": colleague.name}


def _pass_on(request: HttpRequest, user: User, vraag: Vraag) -> str:
    team = Team.objects.filter(slug=request.POST.get("team", "")).first()
    if team is None:
        raise ValidationError(_("Kies het team dat de vraag krijgt."))
    services.pass_on(
        user=user, vraag=vraag, team=team, reason=request.POST.get("reden", "")
    )
    return _("De vraag ligt nu bij team %(team)s.") % {"team": team.naam}


def _citations(user: User, vraag: Vraag) -> list[services.Citation]:
    concept = selectors.draft_of(user, vraag, Concept.Soort.ANTWOORD)
    return (
        [services.Citation.from_json(row) for row in concept.bronnen] if concept else []
    )


def _form_key(request: HttpRequest) -> str:
    return request.POST.get("sleutel", "")[:64]


def _answer(request: HttpRequest, user: User, vraag: Vraag) -> str:
    text = request.POST.get("antwoord", "")
    services.save_draft(user=user, vraag=vraag, soort=Concept.Soort.ANTWOORD, text=text)
    services.answer(
        user=user,
        vraag=vraag,
        text=text,
        citations=_citations(user, vraag),
        form_key=_form_key(request),
    )
    return _("Uw antwoord is verstuurd.")


def _ask_back(request: HttpRequest, user: User, vraag: Vraag) -> str:
    text = request.POST.get("antwoord", "")
    services.save_draft(user=user, vraag=vraag, soort=Concept.Soort.ANTWOORD, text=text)
    services.answer(
        user=user,
        vraag=vraag,
        text=text,
        citations=_citations(user, vraag),
        question_back=True,
        form_key=_form_key(request),
    )
    return _("Uw vraag is verstuurd. De klok staat stil tot de vrager reageert.")


def _note(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.add_note(
        user=user,
        vraag=vraag,
        text=request.POST.get("notitie", ""),
        form_key=_form_key(request),
    )
    return _("Notitie bewaard. De vrager ziet dit niet.")


def _draft(request: HttpRequest, user: User, vraag: Vraag) -> str:
    if "antwoord" in request.POST:
        services.save_draft(
            user=user,
            vraag=vraag,
            soort=Concept.Soort.ANTWOORD,
            text=request.POST["antwoord"],
        )
    if "notitie" in request.POST:
        services.save_draft(
            user=user,
            vraag=vraag,
            soort=Concept.Soort.NOTITIE,
            text=request.POST["notitie"],
        )
    return (
        ""
        if request.POST.get("bron") or request.headers.get("HX-Request")
        else _("Concept bewaard.")
    )


def _insert(request: HttpRequest, user: User, vraag: Vraag) -> str:
    kind, _sep, rest = request.POST.get("voeg_in", "").partition(":")
    number, _sep, anchor = rest.partition(":")
    object_id = parse_pk(number)
    if object_id is None:
        raise ValidationError(_("Kies een bron uit de lijst."))
    services.insert_source(
        user=user,
        vraag=vraag,
        text=request.POST.get("antwoord", ""),
        kind=kind,
        object_id=object_id,
        anker=anchor,
    )
    return _("De bron staat in uw antwoord.")


def _close(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.close(
        person=Person(user=user), vraag=vraag, reason=request.POST.get("reden", "")
    )
    return _("De vraag is gesloten. De vrager krijgt bericht.")


def _reopen(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.reopen(person=Person(user=user), vraag=vraag)
    return _("De vraag is weer open.")


def _phase(request: HttpRequest, user: User, vraag: Vraag) -> str:
    services.change_phase(user=user, vraag=vraag, fase=request.POST.get("fase", ""))
    return _("Opgeslagen.")


ACTS = {
    "neem": _take,
    "leg-terug": _give_back,
    "wijs-toe": _assign,
    "geef-door": _pass_on,
    "antwoord": _answer,
    "wedervraag": _ask_back,
    "notitie": _note,
    "concept": _draft,
    "voeg-in": _insert,
    "sluit": _close,
    "heropen": _reopen,
    "fase": _phase,
}


@login_required
def knowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """From answer to a draft page: prefilled, with what looks like personal data."""
    user = _worker(request)
    vraag = _get(user, reference)
    answers = drafting.answers_of(vraag)
    wanted = {parse_pk(value) for value in request.GET.getlist("antwoord")}
    chosen = [answer for answer in answers if answer.pk in wanted] or answers[-1:]
    form = KnowledgeForm(request.POST or None, initial=drafting.proposal(vraag, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            page = services.make_knowledge_draft(
                user=user, vraag=vraag, **form.cleaned_data
            )
        except ValidationError as error:
            for name, problem in (
                error.message_dict
                if hasattr(error, "error_dict")
                else {"__all__": error.messages}
            ).items():
                form.add_error(name if name in form.fields else None, problem)
        else:
            messages.success(
                request,
                _("‘%(titel)s’ ligt ter beoordeling bij de redactie.")
                % {"titel": page.title},
            )
            return redirect("loket:workplace_question", reference)
    shown = form.data if form.is_bound else form.initial
    text = "\n".join(
        str(shown.get(name, "")) for name in ("title", "kort_antwoord", "text")
    )
    context = {
        "form": form,
        "vraag": vraag,
        "answers": answers,
        "chosen": chosen,
        "found": privacy.find_personal_data(text),
    }
    return render(
        request, "loket/knowledge.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """When this member of staff wants mail about work."""
    user = _worker(request)
    wanted = request.POST.get("wanneer", "")
    if wanted in Berichtvoorkeur.Wanneer.values:
        Berichtvoorkeur.objects.update_or_create(
            user=user, defaults={"wanneer": wanted}
        )
        messages.success(request, _("Opgeslagen."))
    return redirect("loket:workplace")
