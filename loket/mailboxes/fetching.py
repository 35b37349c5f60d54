"""Take in what lies in the mailboxes; one bad mail never blocks the rest."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from loket.models import Postbus
from loket.services import mail_in

from .places import Mailbox, MailboxError, name_of, open_mailbox

logger = logging.getLogger(__name__)
# A disk that is full refuses every mail: then it is no use to try the rest now.
REFUSALS_IN_A_ROW = 5


@dataclass
class Gelezen:
    """What one reading of a mailbox did."""

    taken: int = 0
    failed: int = 0
    error: str = ""


def read_all() -> list[Gelezen]:
    """Read every mailbox of MAIL_IN_URL, and handle what was kept earlier."""
    done = [read_mailbox(url) for url in settings.MAIL_IN_URL]
    mail_in.handle_waiting()
    return done


def read_mailbox(url: str) -> Gelezen:
    """Read one mailbox and note how it does; never raises."""
    name, result = name_of(url), Gelezen()
    try:
        with open_mailbox(url) as box:
            _take(box, name, result)
    except MailboxError as error:
        logger.warning("Postbus %s: %s", name, error)
        result.error = str(error)
    except Exception as error:
        logger.exception("Postbus %s is niet te lezen", name)
        result.error = type(error).__name__
    if result.failed and not result.error:
        result.error = f"{result.failed} mail bleef liggen"
    _note(name, result.error)
    return result


def _take(box: Mailbox, name: str, result: Gelezen) -> None:
    refused = 0
    for letter in box.letters():
        try:
            raw = letter.read()
        except FileNotFoundError:
            # Another fetcher took it in the meantime.
            continue
        try:
            row, _new = mail_in.receive(
                raw,
                mailbox=name,
                uidvalidity=letter.uidvalidity,
                uid=letter.uid,
            )
            handled = bool(mail_in.handle(row).uitkomst)
        except Exception:
            # It stays in the mailbox, and the next reading tries it again.
            logger.exception("Een mail in %s bleef liggen", name)
            result.failed += 1
            refused += 1
            if refused >= REFUSALS_IN_A_ROW:
                raise MailboxError("mail is niet te bewaren") from None
            continue
        refused = 0
        if handled:
            box.done(letter)
            result.taken += 1
        else:
            result.failed += 1


def _note(name: str, error: str) -> None:
    now = timezone.now()
    try:
        row, _made = Postbus.objects.get_or_create(naam=name)
        row.fout = error[:300]
        if error:
            row.fout_sinds = row.fout_sinds or now
        else:
            row.fout_sinds, row.gelezen_op = None, now
        row.save()
    except DatabaseError:
        logger.exception("De stand van postbus %s is niet te bewaren", name)
