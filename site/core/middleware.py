"""Security headers per part of the site, and who is looking."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from . import toegang
from .parameters import NUL, plain

Response = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Permissions-Policy everywhere; a wider CSP for the editors' admin only.

    Runs inside CSPMiddleware, which writes the header after it.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        )
        if request.path.startswith(tuple(settings.CSP_ADMIN_PREFIXES)):
            response._csp_replace = settings.CSP_ADMIN_DIRECTIVES  # type: ignore[attr-defined]
        return response


class NulMiddleware:
    """Leave NUL out of every field, and refuse an address with it.

    No text needs that sign and PostgreSQL takes none. The fields are read after the
    check of the form token, which reads them anyway.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        request.GET = plain(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = plain(request.POST)  # type: ignore[assignment]


class RequestSizeMiddleware:
    """Refuse what says to be larger than we take before a byte of it is read.

    Without a length Django reads nothing, so who leaves it out sends nothing.
    """

    SPARE = 1024 * 1024

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # as Django reads it
        if length <= self._limit(request.path):
            return self.get_response(request)
        context = {"limit": settings.ATTACHMENTS_MAX_BYTES // (1024 * 1024)}
        response = render(request, "413.html", context, status=413)
        response["Connection"] = "close"
        return response

    def _limit(self, path: str) -> int:
        if path.startswith(settings.ATTACHMENTS_PREFIXES):
            return settings.ATTACHMENTS_MAX_BYTES + self.SPARE
        return settings.REQUEST_MAX_BYTES


class PersonMiddleware:
    """Put ``request.person`` in place: staff, known asker, opened read links.

    A page that depends on it is never stored by a shared cache.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: toegang.person_from(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith(
            ("/loket/", "/bijlagen/", "/werkplek/", "/postvak/")
        ):
            response.setdefault("Cache-Control", "no-store, private")
        return response
