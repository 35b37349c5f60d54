"""``POST /-/mail/``: a mail server hands over one raw mail."""

import hmac
import logging

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from loket.services import mail_in

logger = logging.getLogger(__name__)

MAX_BYTES = 60 * 1024 * 1024
MAILBOX = "push"
KINDS = ("message/rfc822", "message/global", "application/octet-stream")
LOCAL = ("127.0.0.1", "::1")


def _answer(status: int, **values: object) -> JsonResponse:
    response = JsonResponse(values, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _may(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.MAIL_PUSH_SECRET}".encode()
    return hmac.compare_digest(sent, wanted)


@csrf_exempt
def push(request: HttpRequest) -> JsonResponse:
    """Take in the body. 200 means that it is kept: the sender may forget it.

    401 without the secret, 413 when too large, 415 for another kind of body, 503 when it
    cannot be kept now and has to come again.
    """
    if not settings.MAIL_PUSH_SECRET:
        raise Http404
    if request.method != "POST":
        response = _answer(405, error="alleen POST")
        response["Allow"] = "POST"
        return response
    if (
        getattr(settings, "SECURE_SSL_REDIRECT", False)
        and not request.is_secure()
        and request.META.get("REMOTE_ADDR") not in LOCAL
    ):
        return _answer(403, error="alleen over https")
    if not _may(request):
        return _answer(401, error="het geheim klopt niet")
    if request.content_type not in KINDS:
        return _answer(415, error=f"stuur de mail als {KINDS[0]}")
    raw = request.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return _answer(413, error="de mail is te groot")
    if not raw:
        return _answer(400, error="de mail is leeg")
    try:
        row, new = mail_in.receive(raw, mailbox=MAILBOX)
    except Exception:
        logger.exception("Een aangeboden mail is niet te bewaren")
        return _answer(503, error="de mail is nu niet te bewaren")
    try:
        row = mail_in.handle(row)
    except Exception:
        # It is kept; the task of every minute handles it.
        logger.exception("Mail %s wacht", row.pk)
    return _answer(200, stored=True, new=new, sha256=row.sha256, outcome=row.uitkomst)
