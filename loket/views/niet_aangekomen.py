"""Mail about questions that did not arrive, for the front office."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import permissions
from core.forms import PlainMessagesMixin
from core.models import Mailbericht, User
from loket import selectors, services

PER_PAGE = 25


class ResendForm(PlainMessagesMixin, forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy(
            "Klopt het adres niet? Verbeter het hier. Het geldt dan voor deze vraag."
        ),
        error_messages={
            "required": gettext_lazy("Vul een e-mailadres in, zoals naam@gemeente.nl."),
            "invalid": gettext_lazy("Vul een e-mailadres in, zoals naam@gemeente.nl."),
        },
    )

    def __init__(self, *args: object, bericht: Mailbericht, **kwargs: object) -> None:
        super().__init__(
            *args,
            auto_id=f"%s-{bericht.pk}",
            initial={"email": bericht.adres},
            **kwargs,
        )


@login_required
def undelivered(request: HttpRequest) -> HttpResponse:
    """The list; POST mails one again or takes it off the list."""
    user = cast(User, request.user)
    if not permissions.in_group(user, *permissions.SEES_UNDELIVERED):
        raise PermissionDenied(
            _("Alleen de frontoffice en de beheerder zien deze lijst.")
        )
    bound: ResendForm | None = None
    number = 0
    if request.method == "POST":
        wanted = request.POST.get("mail", "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
        bericht = get_object_or_404(Mailbericht, pk=number)
        if request.POST.get("doe") == "afgehandeld":
            services.dismiss(user=user, bericht=bericht)
            messages.success(request, _("Deze mail staat niet meer in de lijst."))
            return redirect("loket:undelivered")
        bound = ResendForm(request.POST, bericht=bericht)
        if bound.is_valid():
            try:
                return _sent(
                    request,
                    services.resend(
                        user=user, bericht=bericht, email=bound.cleaned_data["email"]
                    ),
                )
            except ValidationError as error:
                bound.add_error("email", error.messages)
    page = Paginator(selectors.undelivered(), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    vragen = selectors.questions_by_key([one.about for one in page])
    items = [
        (
            one,
            vragen.get(one.about),
            bound if bound and one.pk == number else ResendForm(bericht=one),
        )
        for one in page
    ]
    return render(
        request,
        "loket/undelivered.html",
        {"page": page, "items": items},
        status=422 if bound else 200,
    )


def _sent(request: HttpRequest, again: Mailbericht | None) -> HttpResponse:
    if again is None:
        messages.info(request, _("Een collega handelde deze mail net af."))
    else:
        messages.success(
            request, _("De mail gaat opnieuw naar %(adres)s.") % {"adres": again.adres}
        )
    return redirect("loket:undelivered")
