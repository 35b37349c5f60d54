from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import belonging, ratelimit, registry, services, toegang
from core.forms import PlainMessagesMixin
from core.models import Toegang


class LoginLinkForm(PlainMessagesMixin, forms.Form):
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def login_link(request: HttpRequest) -> HttpResponse:
    """Ask for a login link; the answer is the same for every address."""
    form = LoginLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.hit(
            "login-link-network", ratelimit.network_of(request)
        ) and ratelimit.hit("login-link-address", email.lower()):
            services.send_login_link(email=email)
        return render(request, "core/login_link_sent.html", {"email": email})
    return render(
        request,
        "core/login_link.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def login_token(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button (mail scanners follow links); POST logs in."""
    if request.method == "POST":
        link = toegang.find(token=token, doel=Toegang.Doel.INLOGGEN)
        contact = toegang.redeem_login(token=token)
        if contact is None:
            return render(
                request,
                "core/login_link_expired.html",
                {"form": LoginLinkForm()},
                status=410,
            )
        toegang.login_contact(request, contact)
        key = link.object_key if link else ""
        return redirect(registry.after_login(key, contact) or "loket:my_questions")
    row = toegang.find(token=token, doel=Toegang.Doel.INLOGGEN)
    if row is None or not row.is_valid or row.used_at is not None:
        return render(
            request,
            "core/login_link_expired.html",
            {"form": LoginLinkForm()},
            status=410,
        )
    return render(request, "core/login_confirm.html", {"token": token})


def logout(request: HttpRequest) -> HttpResponse:
    response = redirect("/")
    if request.method == "POST":
        toegang.logout_contact(request, response)
    return response


def admission(request: HttpRequest, token: str) -> HttpResponse:
    """The link of who was admitted to a gemeente: GET shows a button, as mail scanners
    follow links; POST accepts. What it opens, opens after a login."""
    found = belonging.find(token)
    if found is None:
        raise Http404
    link, row = found
    if request.method == "POST" and link.is_valid:
        try:
            belonging.accept(row=row)
        except ValidationError:
            return render(request, "core/admission.html", status=410)
        messages.success(
            request,
            gettext(
                "U hoort nu bij gemeente %(gemeente)s. Log in met %(email)s om te lezen wat collega's delen."
            )
            % {"gemeente": row.gemeente.naam, "email": row.contact.email},
        )
        return redirect("core:login_link")
    works = link.is_valid and row.revoked_at is None
    page = render(
        request,
        "core/admission.html",
        {"toelating": row, "token": token} if works else {},
        status=200 if works else 410,
    )
    # Not 'no-referrer': with that a browser hides where the form comes from, and the
    # check against forged forms refuses it. The address goes to nobody else.
    page["Referrer-Policy"] = "same-origin"
    return page
