"""Mail that came in, for the front office: the list, one mail, and one decision."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.models import User
from loket import mail_selectors as selectors
from loket.mail.message import Mail
from loket.mail.safely import read_safely
from loket.models import InkomendBericht
from loket.permissions import is_front_office
from loket.services import mail_decisions

PER_PAGE = 50
SHOWN_TEXT = 100_000
VIEWS = {
    "aangehouden": gettext_lazy("Aangehouden"),
    "wacht": gettext_lazy("Nog niet beoordeeld"),
    "nieuw": gettext_lazy("Nieuwe vragen"),
    "toegevoegd": gettext_lazy("Toegevoegd"),
    "genegeerd": gettext_lazy("Genegeerd"),
    "alles": gettext_lazy("Alles"),
}


def _front_office(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not is_front_office(user):
        raise PermissionDenied(_("Mail is voor medewerkers van het loket."))
    return user


@login_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What came in, newest first; ``weergave`` and ``zoek`` narrow it."""
    _front_office(request)
    view = request.GET.get("weergave", "")
    if view not in VIEWS:
        view = "aangehouden"
    search = request.GET.get("zoek", "").strip()[:100]
    page = Paginator(selectors.mails(view, search), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    context = {
        "page": page,
        "view": view,
        "views": VIEWS.items(),
        "held": selectors.held_count(),
        "zoek": search,
    }
    return render(request, "loket/mails.html", context)


def _read(row: InkomendBericht) -> Mail | None:
    """The mail as read from its raw bytes; None when those are gone."""
    source = row.eerder or row
    try:
        with source.raw.open("rb") as file:
            return read_safely(file.read())
    except (OSError, ValueError):
        return None


@login_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: what was judged and why, the text, the files, and the decision."""
    _front_office(request)
    return _render(request, _get(pk))


def _get(pk: int) -> InkomendBericht:
    return get_object_or_404(
        InkomendBericht.objects.select_related(
            "vraag", "bericht", "lijkt_op", "eerder", "decided_by"
        ),
        pk=pk,
    )


def _render(
    request: HttpRequest, row: InkomendBericht, *, error: str = "", status: int = 200
) -> HttpResponse:
    content = _read(row)
    context = {
        "row": row,
        "mail": content,
        "text": content.text[:SHOWN_TEXT] if content else "",
        "new_text": content.new_text[:SHOWN_TEXT] if content else "",
        "quoted": content.quoted[:SHOWN_TEXT] if content else "",
        "has_raw": bool((row.eerder or row).raw),
        "can_ask": row.waits_for_decision,
        "can_admit": row.waits_for_decision and row.vraag is not None,
        "can_drop": row.uitkomst == InkomendBericht.Uitkomst.AANGEHOUDEN,
        "next_held": None if row.waits_for_decision else selectors.next_held(row),
        "can_judge": row.waits_for_decision or not row.uitkomst,
        "error": error,
    }
    return render(request, "loket/mail.html", context, status=status)


@login_required
@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The mail bit for bit, as a file that no browser opens."""
    _front_office(request)
    row = _get(pk)
    source = row.eerder or row
    if not source.raw:
        raise Http404
    try:
        file = source.raw.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mail-{row.pk}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response._csp_replace = {"default-src": ["'none'"], "sandbox": True}  # type: ignore[attr-defined]
    return response


def _admit(user: User, row: InkomendBericht) -> str:
    mail_decisions.admit(user=user, row=row)
    return _("De mail staat nu bij de vraag.")


def _ask(user: User, row: InkomendBericht) -> str:
    vraag = mail_decisions.ask_from(user=user, row=row)
    return _("De mail is nu vraag %(kenmerk)s.") % {"kenmerk": vraag.reference}


def _drop(user: User, row: InkomendBericht) -> str:
    mail_decisions.drop(user=user, row=row)
    return _("De mail is weggelegd. U vindt hem terug bij 'Genegeerd'.")


def _judge(user: User, row: InkomendBericht) -> str:
    row = mail_decisions.judge_again(user=user, row=row)
    if not row.uitkomst:
        return _("De mail is niet te verwerken. De fout staat hieronder.")
    return _("Opnieuw beoordeeld: %(uitkomst)s.") % {
        "uitkomst": row.get_uitkomst_display()
    }


ACTS: dict[str, Callable[[User, InkomendBericht], str]] = {
    "toelaten": _admit,
    "nieuwe-vraag": _ask,
    "weggooien": _drop,
    "opnieuw": _judge,
}


@login_required
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One decision; who comes by address goes to the mail."""
    user = _front_office(request)
    row = _get(pk)
    handler = ACTS.get(act)
    if handler is None:
        raise Http404
    if request.method != "POST":
        return redirect("loket:mail", pk)
    try:
        messages.success(request, handler(user, row))
    except ValidationError as refusal:
        return _render(request, _get(pk), error=" ".join(refusal.messages), status=422)
    except OSError:
        return _render(
            request,
            row,
            error=_("Het origineel is nu niet te lezen. Probeer het straks opnieuw."),
            status=503,
        )
    return redirect("loket:mail", pk)
