"""One question at the workplace: the page, its forms, and the acts of staff on it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.forms import add_errors
from core.models import User
from core.person import Person
from knowledge import selectors as knowledge_selectors
from loket import mail_selectors, selectors, services
from loket.call_forms import OnBehalfForm, ProvenPhoneForm
from loket.forms import (
    AnswerForm,
    AssignForm,
    CloseForm,
    HandOverForm,
    LaterForm,
    MergeForm,
    NoteForm,
    PassOnForm,
    PhaseForm,
    SplitForm,
    new_form_key,
)
from loket.models import Concept, Inzage, Vraag
from loket.permissions import is_front_office, may_work_on
from loket.services.privacy import looked_at
from loket.states import MEDEWERKER, allowed
from loket.termijnen import left_in_words, promises_of, told_late

from . import HERE
from .workers import get_question, parameter, worker
from .workplace import pile_context
from .workplace_acts import ACTS, JOINING, Done, on_behalf_key


@login_required
@require_safe
def question(request: HttpRequest, reference: str) -> HttpResponse:
    user = worker(request)
    vraag = get_question(user, reference)
    looked_at(user=user, pks=[vraag.pk], wat=Inzage.Wat.GEOPEND)
    return _render(request, user, vraag)


def _forms(
    user: User,
    vraag: Vraag,
    data: QueryDict | None = None,
    act: str = "",
    files: MultiValueDict[str, UploadedFile] | None = None,
) -> dict[str, Form]:
    """The forms of the page; the form of ``act`` holds what was sent, errors and all."""

    def sent(*acts: str) -> QueryDict | None:
        return data if act in acts else None

    def text(soort: str) -> str:
        draft = selectors.draft_of(user, vraag, soort)
        return draft.text if draft else ""

    typed = data.get("antwoord") if data else None
    return {
        "answer_form": AnswerForm(
            sent("antwoord", "wedervraag"),
            initial={
                "antwoord": text(Concept.Soort.ANTWOORD) if typed is None else typed
            },
            vraag=vraag,
            recipients=services.recipients_of(vraag),
            question_back=act == "wedervraag",
        ),
        "note_form": NoteForm(
            sent("notitie"), initial={"notitie": text(Concept.Soort.NOTITIE)}
        ),
        "pass_on_form": PassOnForm(sent("geef-door"), vraag=vraag),
        "assign_form": AssignForm(
            sent("wijs-toe"), colleagues=selectors.colleagues(vraag)
        ),
        "phase_form": PhaseForm(sent("fase"), initial={"fase": vraag.fase}),
        "close_form": CloseForm(sent("sluit")),
        "namens_form": OnBehalfForm(
            sent("namens"),
            files if act == "namens" else None,
            initial=services.form_of(user=user, formulier=on_behalf_key(vraag)),
        ),
        "phone_form": ProvenPhoneForm(
            sent("nummer"), initial={"telefoon": vraag.contact.telefoon}
        ),
        **(_joining_forms(user, vraag, sent) if is_front_office(user) else {}),
        "later_form": LaterForm(sent("later")),
    }


def _joining_forms(
    user: User, vraag: Vraag, sent: Callable[..., QueryDict | None]
) -> dict[str, Form]:
    """What only the front office does: merge, split, have a question change hands."""
    return {
        "merge_form": MergeForm(
            sent("samenvoegen"),
            candidates=selectors.mergeable(Person(user=user), vraag),
            ask_twice=bool(_other_asker(user, vraag, sent("samenvoegen"))),
        ),
        "split_form": SplitForm(
            sent("splits"), berichten=selectors.movable_messages(vraag)
        ),
        "hand_over_form": HandOverForm(sent("draag-over")),
    }


def _other_asker(user: User, vraag: Vraag, data: QueryDict | None) -> bool:
    """Whether the reference that was filled in is of somebody else: then it asks twice."""
    if data is None:
        return False
    reference = (data.get("kenmerk") or data.get("keuze") or "").strip().upper()
    other = selectors.vraag_by_reference(Person(user=user), reference)
    return other is not None and other.contact_id != vraag.contact_id


def _render(
    request: HttpRequest,
    user: User,
    vraag: Vraag,
    *,
    act_forms: dict[str, Form] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    page = (
        knowledge_selectors.KennisPagina.objects.filter(pk=vraag.kennispagina).first()
        if vraag.kennispagina
        else None
    )
    told_later = told_late(vraag)
    goes_on = selectors.merge_of(vraag)
    context = {
        **pile_context(request, user),
        **(act_forms or _forms(user, vraag)),
        "vraag": vraag,
        "berichten": mail_selectors.with_mails(
            selectors.conversation(vraag, Person(user=user), internal=True)
        ),
        "gebeurtenissen": selectors.timeline(vraag, Person(user=user), internal=True),
        "left": left_in_words(vraag),
        "niet_aangekomen": selectors.undelivered_of(vraag),
        "address_works": selectors.address_works(vraag.contact),
        "error": error,
        "context": selectors.context_of(
            Person(user=user), vraag, parameter(request, "bron").strip()[:200]
        ),
        "can_take": vraag.owner_id is None and vraag.is_open,
        "can_give_back": vraag.owner_id == user.pk and vraag.is_open,
        "can_answer": allowed("answer", vraag.status, MEDEWERKER),
        "can_close": allowed("close", vraag.status, MEDEWERKER),
        "can_reopen": not goes_on and allowed("reopen", vraag.status, MEDEWERKER),
        "can_expect_later": allowed("expect_later", vraag.status, MEDEWERKER)
        and not told_later,
        "told_later": told_later,
        "toezeggingen": promises_of(vraag),
        "can_pass_on": allowed("pass_on", vraag.status, MEDEWERKER),
        "can_publish": vraag.answered_at is not None and not vraag.kennispagina,
        "kennispagina": page,
        "aangehouden_mails": mail_selectors.held_for(vraag)
        if is_front_office(user)
        else (),
        "sleutel": new_form_key(),
        "gaat_verder_in": goes_on,
        "opgenomen": selectors.merged_into(vraag),
        "may_join": is_front_office(user),
    }
    return render(request, "loket/workplace_question.html", context, status=status)


@login_required
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """One act of staff; a refusal keeps what was typed and says at the field what to do.

    Who comes by address, after a new login for example, goes to the question.
    """
    user = worker(request)
    if request.method != "POST":
        return redirect("loket:workplace_question", reference)
    vraag = get_question(user, reference)
    handler = ACTS.get(act)
    if handler is None:
        raise Http404
    if act in JOINING and not is_front_office(user):
        raise PermissionDenied(_("Alleen de frontoffice doet dit."))
    act_forms = _forms(user, vraag, request.POST, act, request.FILES)
    form = next((form for form in act_forms.values() if form.is_bound), Form({}))
    error = ""
    if form.is_valid():
        try:
            return _after(
                request, user, vraag, handler(request, user, vraag, form.cleaned_data)
            )
        except (ValidationError, PermissionDenied) as refusal:
            problem = (
                refusal
                if isinstance(refusal, ValidationError)
                else ValidationError(str(refusal))
            )
            if form.fields:
                add_errors(form, problem)
            else:
                error = " ".join(problem.messages)
    return _render(
        request,
        user,
        get_question(user, reference),
        act_forms=act_forms,
        error=error,
        status=422,
    )


def _after(request: HttpRequest, user: User, vraag: Vraag, done: Done) -> HttpResponse:
    """To the question, at the place of the act; to the pile when it is gone from view."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    may_still = may_work_on(user, vraag)
    if done.text:
        nearby = bool(done.at) and may_still
        messages.success(request, done.text, extra_tags=HERE if nearby else "")
    if not may_still:
        return redirect("loket:workplace")
    address = reverse("loket:workplace_question", args=[vraag.reference])
    anchor = f"#{done.at}" if done.at else ""
    return redirect(f"{address}{_query(request)}{anchor}")


def _query(request: HttpRequest) -> str:
    parameters = {}
    if request.POST.get("weergave") in selectors.VIEWS:
        parameters["weergave"] = request.POST["weergave"]
    if request.POST.get("bron"):
        parameters["bron"] = request.POST["bron"][:200]
    return f"?{urlencode(parameters)}" if parameters else ""
