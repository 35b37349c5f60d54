"""One question as the asker sees it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import toegang
from core.models import Toegang
from core.person import person_of
from knowledge import selectors as knowledge
from loket import selectors, services
from loket.forms import MAX_TEXT, ReplyForm
from loket.models import Vraag, Zichtbaarheid
from loket.permissions import has_logged_in, is_asker
from loket.states import VRAGER, VraagStatus, allowed
from loket.termijnen import told_late

from . import HERE, SENT

KEPT_REPLY = "bewaarde_reactie"


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
        response = render(request, "loket/link_expired.html", status=410)
        response["Referrer-Policy"] = "no-referrer"
        return response
    response = redirect("loket:thread", reference)
    toegang.open_read_link(request, response, row)
    return response


def _get(request: HttpRequest, reference: str) -> Vraag:
    vraag = selectors.vraag_by_reference(person_of(request), reference)
    if vraag is None:
        raise Http404
    return vraag


@require_safe
def thread(request: HttpRequest, reference: str) -> HttpResponse:
    kept = request.session.get(KEPT_REPLY, {})
    text = kept.get("text", "") if kept.get("reference") == reference else ""
    return _render(request, _get(request, reference), ReplyForm(initial={"text": text}))


def _render(
    request: HttpRequest, vraag: Vraag, form: ReplyForm, *, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    page = knowledge.find_page(vraag.kennispagina) if vraag.kennispagina else None
    context = {
        "vraag": vraag,
        "berichten": selectors.conversation(vraag, internal=False),
        "gebeurtenissen": selectors.timeline(vraag, internal=False),
        "form": form,
        "is_asker": is_asker(person, vraag),
        "logged_in": has_logged_in(person, vraag),
        "can_close": allowed("close", vraag.status, VRAGER),
        "can_reopen": allowed("reopen", vraag.status, VRAGER),
        "answered": vraag.status == VraagStatus.BEANTWOORD,
        "zichtbaarheden": Zichtbaarheid.choices,
        "kennispagina": page,
        "told_later": told_late(vraag) if vraag.is_open else None,
    }
    return render(request, "loket/thread.html", context, status=status)


def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """What an asker does: reply, helped, not helped, close, reopen, visibility.

    Who comes by address goes to the question.
    """
    if request.method != "POST":
        return redirect("loket:thread", reference)
    at = ""
    person = person_of(request)
    vraag = selectors.vraag_by_reference(person, reference)
    if vraag is None:
        if act == "reactie":
            return _keep_reply(request, reference)
        raise Http404
    try:
        if act == "reactie":
            return _reply(request, vraag)
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
        else:
            raise Http404
    except PermissionDenied as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to_thread(reference, at)


def _reply(request: HttpRequest, vraag: Vraag) -> HttpResponse:
    person = person_of(request)
    if not is_asker(person, vraag):
        return _keep_reply(request, vraag.reference)
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
    request.session.pop(KEPT_REPLY, None)
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
    text = request.POST.get("text", "")[:MAX_TEXT]
    request.session[KEPT_REPLY] = {"reference": reference, "text": text}
    return render(request, "loket/link_expired.html", {"reactie": text}, status=410)
