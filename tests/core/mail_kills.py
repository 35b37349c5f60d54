"""A process that delivers mail and kills itself at a named step; one line of JSON a round.

Run by test_mail_kills. It sets Django up once and forks for every round, so that a hundred
kills take seconds. The crash points are patched in here: the product knows none of them.

Standard in: a line per round, ``{"make": [..], "at": "step", "when": "before", "nth": 1}``.
"""

import datetime
import json
import os
import signal
import smtplib
import sys

import django
from django.conf import settings

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST = "127.0.0.1"
settings.EMAIL_PORT = int(os.environ["MAIL_KILLS_PORT"])
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from core import mail, outbox  # noqa: E402
from core.mail import delivery, limits  # noqa: E402
from core.models import Mailbericht, Outbox  # noqa: E402

STEPS = {
    "claim": (outbox, "_claim"),
    "lees": (delivery.limits, "take_turn"),
    "verbinding": (delivery, "get_connection"),
    "mail": (smtplib.SMTP, "mail"),
    "rcpt": (smtplib.SMTP, "rcpt"),
    "data": (smtplib.SMTP, "data"),
    "begin": (delivery, "_begin"),
    "overgedragen": (delivery, "_hand_over"),
    "vastgelegd": (delivery, "_sent"),
    "klaar": (outbox, "_finish"),
    "samen": (limits, "_join"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str, when: str, nth: int) -> None:
    if step == "half":
        arm_half(nth)
        return
    owner, name = STEPS[step]
    real, seen = getattr(owner, name), [0]

    def wrapped(*args, **kwargs):
        seen[0] += 1
        if seen[0] == nth and when == "before":
            die()
        result = real(*args, **kwargs)
        if seen[0] == nth and when == "after":
            die()
        return result

    setattr(owner, name, wrapped)


def arm_half(nth: int) -> None:
    """Die with half of the message on the wire."""
    real, seen = smtplib.SMTP.send, [0]

    def send(self, data):
        if isinstance(data, bytes) and data.endswith(b"\r\n.\r\n"):
            seen[0] += 1
            if seen[0] == nth:
                real(self, data[: len(data) // 2])
                die()
        real(self, data)

    smtplib.SMTP.send = send


def make(orders: list) -> None:
    for number, address, automatic, breaks in orders:
        try:
            with transaction.atomic():
                mail.send(
                    template="core/uitnodiging",
                    to=[address],
                    context={
                        "naam": f"n{number}",
                        "door": "Karim",
                        "pad": f"/x/{number}/",
                    },
                    about=f"vraag:{number}",
                    message_key=f"vraag-{number}-proef",
                    automatic=automatic,
                    line={"kenmerk": str(number), "pad": f"/x/{number}/"},
                )
                if breaks:
                    raise RuntimeError
        except RuntimeError:
            pass


def one_round(order: dict) -> None:
    make(order["make"])
    # The lock of who was killed has ended, and every wait is over.
    Outbox.objects.filter(done_at=None, dead_at=None).update(
        locked_until=None, available_at=timezone.now()
    )
    if order.get("hour"):
        hour = datetime.timedelta(hours=1, seconds=1)
        for row in Mailbericht.objects.exclude(tried_at=None):
            Mailbericht.objects.filter(pk=row.pk).update(tried_at=row.tried_at - hour)
    if order["at"]:
        arm(order["at"], order["when"], order["nth"])
    outbox.drain()


def main() -> None:
    call_command("migrate", "core", verbosity=0)
    for line in sys.stdin:
        order = json.loads(line)
        connection.close()
        child = os.fork()
        if child == 0:
            try:
                one_round(order)
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(3)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if not killed and os.WEXITSTATUS(status):
            sys.exit(3)
        rows = {}
        if order.get("report"):
            rows = {
                row.message_id: [
                    row.status,
                    row.resent,
                    row.about,
                    row.samen_met.message_id if row.samen_met else "",
                ]
                for row in Mailbericht.objects.select_related("samen_met")
            }
        waiting = Outbox.objects.filter(done_at=None).count()
        connection.close()
        print(
            json.dumps({"killed": killed, "rows": rows, "waiting": waiting}), flush=True
        )


if __name__ == "__main__":
    main()
