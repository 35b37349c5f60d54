"""The mailboxes, for a beheerder."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import permissions
from loket import postbussen


@login_required
@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox with when it was read and what is wrong."""
    permissions.must_manage(request.user)
    return render(request, "loket/postbussen.html", {"standen": postbussen.standen()})
