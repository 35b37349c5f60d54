"""One question as the asker sees it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import toegang
from core.forms import add_errors
from core.models import Toegang
from core.parameters import parse_pk
from core.person import person_of
from knowledge import selectors as knowledge
from loket import selectors, services
from loket.forms import MAX_TEXT, ColleagueForm, ReplyForm
from loket.models import Vraag, Zichtbaarheid
from loket.permissions import has_logged_in, is_asker, writer
from loket.states import VRAGER, VraagStatus, allowed
from loket.termijnen import told_late

from . import HERE, SENT
from .kept import follow, forget, keep, kept


@require_safe
def read_link(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """A link from a mail: remember it in this browser and go to the clean address.

    Changes nothing about the question, so a mail scanner can do no harm.
    """
    row = toegang.find(token=token, doel=Toegang.Doel.LEZEN)
    vraag = Vraag.objects.filter(reference=reference).first()
    if row is None or vraag is None or row.object_key != vraag.key:
        raise Http404
    if not row.is_valid:
        return _no_longer(request)
    response = redirect("loket:thread", reference)
    toegang.open_read_link(request, response, row)
    return response


def colleague_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a colleague. Before it was accepted GET shows a button, as mail scanners
    follow links, and POST accepts; after that it opens the question like every read link."""
    row = toegang.find(token=token, doel=Toegang.Doel.LEZEN)
    kind, _colon, pk = row.object_key.partition(":") if row else ("", "", "")
    if row is None or kind != "collega":
        raise Http404
    collega = selectors.admission(int(pk))
    if collega is None or not row.is_valid:
        return _no_longer(request)
    if collega.accepted_at is not None and not collega.wordt_vrager:
        response = redirect("loket:thread", collega.vraag.reference)
        toegang.open_read_link(request, response, row)
        return response
    if request.method != "POST":
        page = render(
            request, "loket/colleague_accept.html", {"collega": collega, "token": token}
        )
        # Not 'no-referrer': with that a browser hides where the form comes from, and the
        # check against forged forms refuses it. The address goes to nobody else.
        page["Referrer-Policy"] = "same-origin"
        return page
    try:
        opened = services.accept_admission(row=collega)
    except ValidationError:
        return _no_longer(request)
    response = redirect("loket:thread", opened[0].reference)
    links = [row]
    if collega.wordt_vrager:
        links = [services.link_after_hand_over(vraag) for vraag in opened[:20]]
        messages.success(request, _("U bent nu de vrager."))
    toegang.open_read_link(request, response, *links)
    return response


def _no_longer(request: HttpRequest) -> HttpResponse:
    response = render(request, "loket/link_expired.html", status=410)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _get(request: HttpRequest, reference: str) -> Vraag:
    vraag = selectors.vraag_by_reference(person_of(request), reference)
    if vraag is None:
        raise Http404
    return vraag


@require_safe
def thread(request: HttpRequest, reference: str) -> HttpResponse:
    vraag = _get(request, reference)
    goes_on = services.current(person_of(request), vraag)
    if goes_on != vraag:
        follow(request, _formulier(reference), _formulier(goes_on.reference), goes_on)
        return redirect("loket:thread", goes_on.reference)
    draft = kept(request, _formulier(reference))
    return _render(request, vraag, ReplyForm(initial={"text": draft.get("text", "")}))


def _formulier(reference: str) -> str:
    return f"reactie:{reference}"[:40]


def _render(
    request: HttpRequest,
    vraag: Vraag,
    form: ReplyForm,
    *,
    status: int = 200,
    colleague_form: ColleagueForm | None = None,
) -> HttpResponse:
    person = person_of(request)
    writes_as = writer(person, vraag)
    asks = is_asker(person, vraag)
    logged_in = has_logged_in(person, vraag)
    page = knowledge.find_page(vraag.kennispagina) if vraag.kennispagina else None
    context = {
        "vraag": vraag,
        "berichten": selectors.conversation(vraag, person, internal=False),
        "gebeurtenissen": selectors.timeline(vraag, person, internal=False),
        "form": form,
        "is_asker": asks,
        "may_write": writes_as is not None,
        "mij": writes_as.pk if writes_as else None,
        "logged_in": logged_in,
        "collegas": services.colleagues_of(vraag) if logged_in else [],
        "colleague_form": colleague_form or ColleagueForm(),
        "can_close": allowed("close", vraag.status, VRAGER),
        "can_reopen": allowed("reopen", vraag.status, VRAGER),
        "answered": vraag.status == VraagStatus.BEANTWOORD,
        "zichtbaarheden": Zichtbaarheid.choices,
        "kennispagina": page,
        "told_later": told_late(vraag) if vraag.is_open else None,
    }
    return render(request, "loket/thread.html", context, status=status)


def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """What an asker does: reply, helped, not helped, close, reopen, visibility, colleagues.

    Who comes by address goes to the question.
    """
    if request.method != "POST":
        return redirect("loket:thread", reference)
    at = ""
    person = person_of(request)
    vraag = selectors.vraag_by_reference(person, reference)
    if vraag is None:
        if act in ("reactie", "concept"):
            return _keep_reply(request, reference)
        raise Http404
    vraag = services.current(person, vraag)
    reference = vraag.reference
    try:
        if act == "reactie":
            return _reply(request, vraag)
        if act == "concept":
            return _draft(request, vraag)
        if act in ("laat-toe", "draag-over"):
            return _colleague(request, vraag, takes_over=act == "draag-over")
        if act == "geholpen":
            services.mark_helped(person=person, vraag=vraag, helped=True)
            messages.success(
                request, _("Fijn. Uw vraag is gesloten; u kunt hem altijd heropenen.")
            )
        elif act == "niet-geholpen":
            services.mark_helped(person=person, vraag=vraag, helped=False)
            at = "reactie"
            messages.success(
                request,
                _("Wij gaan verder met uw vraag. Schrijf hieronder wat u nog mist."),
                extra_tags=HERE,
            )
        elif act == "sluit":
            services.close(person=person, vraag=vraag)
            messages.success(request, _("Uw vraag is gesloten."))
        elif act == "heropen":
            services.reopen(person=person, vraag=vraag)
            messages.success(request, _("Uw vraag is weer open."))
        elif act == "zichtbaarheid":
            services.change_visibility(
                person=person,
                vraag=vraag,
                zichtbaarheid=request.POST.get("zichtbaarheid", ""),
            )
            messages.success(request, _("Opgeslagen."))
        elif act == "trek-in":
            row = selectors.admission(parse_pk(request.POST.get("collega", "")) or 0)
            if row is None or row.vraag_id != vraag.pk:
                raise Http404
            services.withdraw_colleague(person=person, row=row)
            messages.success(
                request,
                _("%(email)s leest niet meer mee.") % {"email": row.contact.email},
            )
        else:
            raise Http404
    except PermissionDenied as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to_thread(reference, at)


def _colleague(request: HttpRequest, vraag: Vraag, *, takes_over: bool) -> HttpResponse:
    form = ColleagueForm(request.POST)
    if form.is_valid():
        service = services.hand_over if takes_over else services.admit_colleague
        try:
            row = service(
                person=person_of(request), vraag=vraag, email=form.cleaned_data["email"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            words = (
                _("%(email)s krijgt een mail om uw vraag over te nemen.")
                if takes_over
                else _("%(email)s krijgt een mail met een link om mee te lezen.")
            )
            messages.success(request, words % {"email": row.contact.email})
            return _to_thread(vraag.reference)
    return _render(request, vraag, ReplyForm(), status=422, colleague_form=form)


def _reply(request: HttpRequest, vraag: Vraag) -> HttpResponse:
    person = person_of(request)
    if writer(person, vraag) is None:
        return _keep_reply(request, vraag.reference)
    _keep(request, vraag.reference, vraag)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, vraag, form, status=422)
    try:
        bericht = services.add_reply(
            person=person,
            vraag=vraag,
            text=form.cleaned_data["text"],
            files=form.cleaned_data["bijlagen"],
            form_key=form.cleaned_data["sleutel"],
        )
    except ValidationError as error:
        form.add_error("bijlagen", error.messages)
        return _render(request, vraag, form, status=422)
    forget(request, _formulier(vraag.reference))
    messages.success(request, _("Uw reactie is binnen."), extra_tags=f"{HERE} {SENT}")
    return _to_thread(vraag.reference, f"bericht-{bericht.pk}")


def _to_thread(reference: str, at: str = "") -> HttpResponse:
    """The question, opened at the place where something happened."""
    anchor = f"#{at}" if at else ""
    return redirect(reverse("loket:thread", args=[reference]) + anchor)


def _keep_reply(request: HttpRequest, reference: str) -> HttpResponse:
    """The link no longer works: keep the reply for after a login, say how to log in.

    The same answer for a question that does not exist.
    """
    text = _keep(request, reference)
    return render(request, "loket/link_expired.html", {"reactie": text}, status=410)


def _keep(request: HttpRequest, reference: str, vraag: Vraag | None = None) -> str:
    text = request.POST.get("text", "")[:MAX_TEXT]
    keep(request, _formulier(reference), {"text": text}, vraag)
    return text


def _draft(request: HttpRequest, vraag: Vraag) -> HttpResponse:
    """Keep what the asker is writing; nobody else sees it."""
    if not is_asker(person_of(request), vraag):
        return _keep_reply(request, vraag.reference)
    _keep(request, vraag.reference, vraag)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    messages.success(request, _("Concept bewaard."), extra_tags=HERE)
    return _to_thread(vraag.reference, "reactie")
