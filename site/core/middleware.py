"""Security headers per part of the site, and who is looking."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from . import toegang

Response = Callable[[HttpRequest], HttpResponse]


class SecurityHeadersMiddleware:
    """Permissions-Policy everywhere; a wider CSP for the two admins only.

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
