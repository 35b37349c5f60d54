"""Stop the daily mail, by its own link or by the button of a mail program (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loket import notices


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave_daily(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, and changes nothing; POST stops the mail. The token in the address is the
    proof: a mail program has no session and no CSRF token."""
    user = notices.who_leaves(token)
    if user is None:
        raise Http404
    done = request.method == "POST"
    if done:
        notices.leave_daily(user=user)
    response = render(request, "loket/leave_daily.html", {"done": done})
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
