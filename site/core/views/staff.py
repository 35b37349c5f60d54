import base64
import hashlib
from typing import Any, cast

from allauth.account.views import LoginView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import demo, outbox, permissions, services
from core.forms import PlainMessagesMixin
from core.mail.building import STYLE
from core.models import Mailbericht, User
from core.parameters import parse_pk
from core.passwords import ADVICE


class StaffLoginView(LoginView):
    """allauth's login, with the demo persons beside it in demo mode."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_persons"] = demo.PERSONS
        context["next_url"] = self.request.GET.get("next", "")
        return context


def login_elsewhere(request: HttpRequest) -> HttpResponse:
    """The login pages of the two admins: everybody logs in on the same page.

    Who is logged in and comes here may not enter; sending on would go round in circles.
    """
    if request.user.is_authenticated:
        raise PermissionDenied(
            _("U hebt geen rechten voor dit deel. Een beheerder kan die geven.")
        )
    query = request.GET.urlencode(safe="/")
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in as a demo person; exists in demo mode only."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return redirect("account_login")
    email = request.POST.get("email", "")
    if email not in {person.email for person in demo.PERSONS}:
        raise Http404
    user = get_object_or_404(User, email=email, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = permissions.home_of(user)
    return redirect(target)


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


@require_safe
def postvak(request: HttpRequest) -> HttpResponse:
    """Every message of the demo: nothing leaves this machine."""
    _demo_only()
    outbox.drain()
    berichten: Any = Mailbericht.objects.defer("text", "html", "headers")
    adres = request.GET.get("aan", "")
    if adres:
        berichten = [b for b in berichten[:500] if adres in b.to]
    page = Paginator(berichten, 25).get_page(request.GET.get("pagina"))
    return render(request, "core/postvak.html", {"page": page, "adres": adres})


@require_safe
def postvak_message(request: HttpRequest, pk: int) -> HttpResponse:
    _demo_only()
    return render(
        request,
        "core/postvak_message.html",
        {"bericht": get_object_or_404(Mailbericht, pk=pk)},
    )


@require_safe
def postvak_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part on its own, for the frame on the message page."""
    _demo_only()
    response = HttpResponse(get_object_or_404(Mailbericht, pk=pk).html)
    # The style of our mails, and no other, is let through by its hash.
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    response._csp_update = {"style-src": [f"'sha256-{digest}'"]}  # type: ignore[attr-defined]
    return response


class InvitationForm(PlainMessagesMixin, forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        help_text=ADVICE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    row = services.find_invitation(token)
    if row is None:
        return render(request, "core/invitation_expired.html", status=410)
    form = InvitationForm(request.POST or None, user=row.user)
    if request.method == "POST" and form.is_valid():
        user = services.accept_invitation(
            token=token, password=form.cleaned_data["password"]
        )
        if user is None:
            return render(request, "core/invitation_expired.html", status=410)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(permissions.home_of(user))
    return render(
        request,
        "core/invitation.html",
        {"form": form, "invited": row.user},
        status=422 if form.errors else 200,
    )


class MemberForm(PlainMessagesMixin, forms.Form):
    name = forms.CharField(label=gettext_lazy("Naam"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mailadres"))
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Rollen"),
        choices=[(name, permissions.label(name)) for name in permissions.GROUPS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@login_required
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    permissions.must_manage(request.user)
    users = User.objects.order_by("-is_active", "name").prefetch_related("groups")
    return render(request, "core/members.html", {"users": users})


@login_required
def invite(request: HttpRequest) -> HttpResponse:
    actor = permissions.must_manage(request.user)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite(actor=actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(
                None if not hasattr(error, "error_dict") else "email", error.messages[0]
            )
        else:
            messages.success(request, _("De uitnodiging is onderweg."))
            return redirect("core:members")
    return render(
        request, "core/invite.html", {"form": form}, status=422 if form.errors else 200
    )


@login_required
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups, invitation again, switch off and on: each a POST with ``act``."""
    actor = permissions.must_manage(request.user)
    user = get_object_or_404(User, pk=pk)
    names = list(user.groups.values_list("name", flat=True))
    if request.method == "POST":
        act = request.POST.get("act")
        try:
            if act == "groups":
                services.set_groups(
                    actor=actor, user=user, groups=request.POST.getlist("groups")
                )
            elif act == "invite":
                services.invite(
                    actor=actor, email=user.email, name=user.name, groups=names
                )
            elif act == "off":
                services.switch_off(actor=actor, user=user)
            elif act == "on":
                services.switch_on(actor=actor, user=user)
            else:
                raise Http404
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Opgeslagen."))
        return redirect("core:member", pk=pk)
    form = MemberForm(initial={"name": user.name, "email": user.email, "groups": names})
    return render(request, "core/member.html", {"member": user, "form": form})


@login_required
def undelivered(request: HttpRequest) -> HttpResponse:
    """What could not be delivered, with the reason; POST tries one again."""
    user = cast(User, request.user)
    if not permissions.in_group(user, *permissions.SEES_UNDELIVERED):
        raise PermissionDenied(
            _("Alleen de frontoffice en de beheerder zien deze lijst.")
        )
    rows = outbox.dead().order_by("-dead_at")
    if request.method == "POST":
        outbox.retry(row=get_object_or_404(rows, pk=parse_pk(request.POST.get("row"))))
        messages.success(request, _("Wij proberen het opnieuw."))
        return redirect("core:undelivered")
    page = Paginator(rows, 50).get_page(request.GET.get("pagina"))
    subjects = Mailbericht.objects.in_bulk(
        [int(row.key) for row in page if row.kind == "core.mail"]
    )
    items = [
        (row, subjects.get(int(row.key)) if row.kind == "core.mail" else None)
        for row in page
    ]
    return render(request, "core/undelivered.html", {"page": page, "items": items})
