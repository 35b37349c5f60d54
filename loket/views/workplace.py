"""The workplace: pile, question and context for the desk and the experts.

Here everybody reads and acts as staff: what somebody may see as an asker, by a link in
the same browser, does not count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import permissions
from core.forms import add_errors
from core.models import User
from core.parameters import parse_pk
from core.person import Person
from experts.selectors import team_ids
from knowledge import selectors as knowledge_selectors
from loket import drafting, mail_selectors, privacy, selectors, services
from loket.call_forms import OnBehalfForm, ProvenPhoneForm
from loket.forms import (
    AnswerForm,
    AssignForm,
    CloseForm,
    HandOverForm,
    KnowledgeForm,
    LaterForm,
    MergeForm,
    NoteForm,
    PassOnForm,
    PhaseForm,
    SplitForm,
    new_form_key,
)
from loket.models import Berichtvoorkeur, Concept, Inzage, Vraag
from loket.permissions import is_front_office, may_work_on
from loket.services.privacy import looked_at
from loket.states import MEDEWERKER, allowed
from loket.termijnen import left_in_words, promises_of, told_late

from . import HERE

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
    frontoffice = is_front_office(user)
    view = _parameter(request, "weergave")
    if view not in selectors.VIEWS:
        view = "niet-toegewezen" if frontoffice else selectors.DEFAULT_VIEW
    counts = selectors.pile_counts(person)
    pks = selectors.pile(person, view).values_list("pk", flat=True)
    page = Paginator(pks, PER_PAGE).get_page(request.GET.get("pagina"))
    rows = [(vraag, left_in_words(vraag)) for vraag in selectors.with_rows(page)]
    views = [
        (name, label, counts.get(name.replace("-", "_")))
        for name, label in selectors.VIEWS.items()
    ]
    return {
        "view": view,
        "views": views,
        "page": page,
        "rows": rows,
        "why_empty": "" if rows else _why_empty(user, view),
        "held_mails": mail_selectors.held_count() if frontoffice else None,
        "undelivered_mails": selectors.undelivered().count() if frontoffice else None,
        "frontoffice": frontoffice,
    }


def _why_empty(user: User, view: str) -> str:
    """Why somebody sees no questions in this list, and who can change that."""
    works = permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS)
    of_all = is_front_office(user) and view != selectors.DEFAULT_VIEW
    if works and (team_ids(user) or of_all):
        return ""
    names = ", ".join(person.name for person in permissions.beheerders())
    ask = (
        _("Vraag het aan een beheerder: %(namen)s.") % {"namen": names}
        if names
        else _("Vraag het aan de beheerder van dit loket.")
    )
    why = (
        _(
            "U zit nog niet in een team. Daarom staat hier geen vraag. Wilt u in een team?"
        )
        if works
        else _(
            "Met uw rol behandelt u geen vragen. Daarom staat hier geen vraag. Wilt u vragen behandelen?"
        )
    )
    return f"{why} {ask}"


@login_required
@require_safe
def workplace(request: HttpRequest) -> HttpResponse:
    """The pile; for staff who treat no questions the reason why it is empty."""
    user = cast(User, request.user)
    wish = Berichtvoorkeur.objects.filter(user=user).first()
    context = {
        **_pile_context(request, user),
        "works": permissions.in_group(user, *permissions.WORKS_ON_QUESTIONS),
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
    vraag = _get(user, reference)
    looked_at(user=user, pks=[vraag.pk], wat=Inzage.Wat.GEOPEND)
    return _render(request, user, vraag)


def _on_behalf_key(vraag: Vraag) -> str:
    return f"namens:{vraag.pk}"


def _knowledge_key(vraag: Vraag) -> str:
    return f"kennis:{vraag.pk}"


def _forms(
    user: User, vraag: Vraag, data: QueryDict | None = None, act: str = ""
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
            initial=services.form_of(user=user, formulier=_on_behalf_key(vraag)),
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
        **_pile_context(request, user),
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
            Person(user=user), vraag, _parameter(request, "bron").strip()[:200]
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


def _parameter(request: HttpRequest, name: str) -> str:
    """What the address or, after a refusal, the form says."""
    return request.POST.get(name) or request.GET.get(name, "")


@dataclass(frozen=True)
class Done:
    """What an act gives back: words for who acted, and where the page opens."""

    text: str = ""
    at: str = ""


COMPOSER = "opsteller"


@login_required
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """One act of staff; a refusal keeps what was typed and says at the field what to do.

    Who comes by address, after a new login for example, goes to the question.
    """
    user = _worker(request)
    if request.method != "POST":
        return redirect("loket:workplace_question", reference)
    vraag = _get(user, reference)
    handler = ACTS.get(act)
    if handler is None:
        raise Http404
    if act in JOINING and not is_front_office(user):
        raise PermissionDenied(_("Alleen de frontoffice doet dit."))
    act_forms = _forms(user, vraag, request.POST, act)
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
        _get(user, reference),
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


Data = dict[str, Any]


def _take(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.take(user=user, vraag=vraag)
    return Done(_("U behandelt deze vraag nu."))


def _give_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.give_back(user=user, vraag=vraag)
    return Done(_("De vraag ligt weer op de stapel van het team."))


def _assign(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    colleague = User.objects.get(pk=data["collega"])
    services.assign(user=user, vraag=vraag, to=colleague)
    return Done(_("Toegewezen aan %(naam)s.") % {"naam": colleague.name})


def _pass_on(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    team = data["team"]
    services.pass_on(user=user, vraag=vraag, team=team, reason=data["reden"])
    return Done(_("De vraag ligt nu bij team %(team)s.") % {"team": team.naam})


def _citations(user: User, vraag: Vraag) -> list[services.Citation]:
    concept = selectors.draft_of(user, vraag, Concept.Soort.ANTWOORD)
    return (
        [services.Citation.from_json(row) for row in concept.bronnen] if concept else []
    )


def _form_key(request: HttpRequest) -> str:
    return request.POST.get("sleutel", "")[:64]


def _send(request: HttpRequest, user: User, vraag: Vraag, *, back: bool) -> str:
    """Send the text of the composer; returns where it stands in the conversation."""
    text = request.POST.get("antwoord", "")
    services.save_draft(user=user, vraag=vraag, soort=Concept.Soort.ANTWOORD, text=text)
    bericht = services.answer(
        user=user,
        vraag=vraag,
        text=text,
        citations=_citations(user, vraag),
        question_back=back,
        form_key=_form_key(request),
    )
    return f"bericht-{bericht.pk}"


def _answer(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    at = _send(request, user, vraag, back=False)
    return Done(_("Uw antwoord is verstuurd."), at)


def _ask_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    at = _send(request, user, vraag, back=True)
    return Done(
        _("Uw vraag is verstuurd. De klok staat stil tot de vrager reageert."), at
    )


def _note(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    bericht = services.add_note(
        user=user,
        vraag=vraag,
        text=request.POST.get("notitie", ""),
        form_key=_form_key(request),
    )
    return Done(_("Notitie bewaard. De vrager ziet dit niet."), f"bericht-{bericht.pk}")


def _draft(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    """Keep what was sent of the texts; the button of the sources searches with it."""
    if "reactie" in request.POST:
        text = request.POST["reactie"]
        services.keep_form(
            user=user,
            formulier=_on_behalf_key(vraag),
            data=services.kept(
                {"reactie": text, "kanaal": request.POST.get("kanaal", "")}
            )
            if text.strip()
            else {},
            vraag=vraag,
        )
    for name, soort in (
        ("antwoord", Concept.Soort.ANTWOORD),
        ("notitie", Concept.Soort.NOTITIE),
    ):
        if name in request.POST:
            services.save_draft(
                user=user, vraag=vraag, soort=soort, text=request.POST[name]
            )
    if "zoek" in request.POST:
        return Done(at="bronnen")
    return Done(_("Concept bewaard."), COMPOSER)


def _insert(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
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
    return Done(_("De bron staat in uw antwoord."), COMPOSER)


def _close(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.close(person=Person(user=user), vraag=vraag, reason=data["reden"])
    return Done(_("De vraag is gesloten. De vrager krijgt bericht."))


def _reopen(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.reopen(person=Person(user=user), vraag=vraag)
    return Done(_("De vraag is weer open."))


def _on_behalf(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    bericht = services.add_reply_for(
        user=user,
        vraag=vraag,
        text=data["reactie"],
        kanaal=data["kanaal"],
        form_key=_form_key(request),
    )
    services.drop_form(user=user, formulier=_on_behalf_key(vraag))
    return Done(_("De reactie staat in het gesprek."), f"bericht-{bericht.pk}")


def _called_back(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.called_back(user=user, vraag=vraag, reached=True)
    return Done(_("Opgeschreven dat u terugbelde. Schrijf ook op wat u besprak."))


def _no_answer(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.called_back(user=user, vraag=vraag, reached=False)
    return Done(_("Opgeschreven dat u geen gehoor kreeg."))


def _phone(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.set_phone(person=Person(user=user), contact=vraag.contact, **data)
    return Done(_("Opgeslagen."))


def _phase(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.change_phase(user=user, vraag=vraag, fase=data["fase"])
    return Done(_("Opgeslagen."))


def _merge(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    other = selectors.vraag_by_reference(Person(user=user), data["andere"])
    if other is None:
        raise ValidationError(
            {"kenmerk": _("Deze vraag kennen wij niet. Controleer het kenmerk.")}
        )
    services.merge(
        user=user,
        vraag=vraag,
        other=other,
        confirmed=bool(data.get("bevestigd")),
        admit=bool(data.get("meelezen")),
    )
    return Done(
        _("%(ref)s gaat nu verder in deze vraag. U kunt dit ongedaan maken.")
        % {"ref": other.reference}
    )


def _undo_merge(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    pk = parse_pk(request.POST.get("samenvoeging"))
    row = selectors.merging(vraag, pk) if pk else None
    if row is None:
        raise ValidationError(_("Deze samenvoeging is al ongedaan gemaakt."))
    services.undo_merge(user=user, row=row)
    return Done(_("Samenvoegen is ongedaan gemaakt. Beide vragen staan er weer."))


def _split(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    new = services.split(user=user, vraag=vraag, berichten=data["berichten"])
    return Done(
        _("De gekozen berichten gaan verder als %(ref)s.") % {"ref": new.reference}
    )


def _hand_over(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    row = services.hand_over_for_asker(
        user=user, vraag=vraag, email=data["email"], reason=data["reden"]
    )
    return Done(
        _("%(email)s krijgt een mail. Na de klik daarin is dit de vrager.")
        % {"email": row.contact.email}
    )


# Acts of the front office alone.
JOINING = ("samenvoegen", "ongedaan", "splits", "draag-over")


def _later(request: HttpRequest, user: User, vraag: Vraag, data: Data) -> Done:
    services.expect_later(user=user, vraag=vraag, verwacht_op=data["verwacht_op"])
    return Done(_("De vrager krijgt bericht van de nieuwe dag."))


ACTS = {
    "samenvoegen": _merge,
    "ongedaan": _undo_merge,
    "splits": _split,
    "draag-over": _hand_over,
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
    "namens": _on_behalf,
    "nummer": _phone,
    "teruggebeld": _called_back,
    "geen-gehoor": _no_answer,
    "later": _later,
}


@login_required
def knowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """From answer to a draft page: prefilled, with what looks like personal data."""
    user = _worker(request)
    vraag = _get(user, reference)
    answers = drafting.answers_of(vraag)
    wanted = {parse_pk(value) for value in request.GET.getlist("antwoord")}
    chosen = [answer for answer in answers if answer.pk in wanted] or answers[-1:]
    formulier = _knowledge_key(vraag)
    # Another choice of answers fills all fields anew.
    draft = {} if wanted else services.form_of(user=user, formulier=formulier)
    form = KnowledgeForm(
        request.POST or None, initial=drafting.proposal(vraag, chosen) | draft
    )
    if request.method == "POST":
        services.keep_form(
            user=user,
            formulier=formulier,
            data={
                name: request.POST.getlist(name)
                if name in ("doelgroepen", "themas")
                else request.POST.get(name, "")[: services.MAX_VALUE]
                for name in ("title", "kort_antwoord", "text", "doelgroepen", "themas")
            },
            vraag=vraag,
        )
        if "concept" in request.GET:
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204)
            return redirect("loket:workplace_knowledge", reference)
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
            services.drop_form(user=user, formulier=formulier)
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
def preference(request: HttpRequest) -> HttpResponse:
    """When this member of staff wants mail about work."""
    user = _worker(request)
    wanted = request.POST.get("wanneer", "") if request.method == "POST" else ""
    if wanted in Berichtvoorkeur.Wanneer.values:
        Berichtvoorkeur.objects.update_or_create(
            user=user, defaults={"wanneer": wanted}
        )
        messages.success(request, _("Opgeslagen."))
    return redirect("loket:workplace")
