"""Mail that comes in: kept first, then judged, coupled and made into what it is.

``receive`` keeps the bytes; ``handle`` does the rest in one transaction, and does nothing
for a mail that was handled before. So every step may be done again after a fall.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Sequence

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import bijlagen
from core import mail as core_mail
from core.gemeenten import domain_of, gemeente_of_domain
from core.mail import tokens
from core.models import Contact, User
from core.person import Person
from loket import mail_selectors as selectors
from loket.mail import proof
from loket.mail.judging import Eigen, judge
from loket.mail.message import Mail, Oordeel, Soort
from loket.mail.safely import read_safely
from loket.mailboxes.places import users_of
from loket.models import Bericht, InkomendBericht, Kanaal, Vraag

from .asking import Asker, ask
from .notes import add_note
from .parts import record, tidy
from .thread import add_reply

logger = logging.getLogger(__name__)

MAX_TRIES = 3
MAX_TEXT = 50_000
_PREFIX = re.compile(r"\A\s*(?:(?:re|fw|fwd|antw|antwoord|doorst|betr)\s*:\s*)+", re.I)
Uitkomst = InkomendBericht.Uitkomst


def receive(
    raw: bytes, *, mailbox: str, uidvalidity: str = "", uid: str = ""
) -> tuple[InkomendBericht, bool]:
    """Keep a mail bit for bit; returns its row and whether the bytes are new.

    Raises OSError when the file cannot be written: then nothing was taken in and the
    mail has to stay where it is.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    place = {
        "mailbox": mailbox[:200],
        "uidvalidity": uidvalidity,
        "uid": uid[:255],
        "sha256": sha256,
    }
    found = InkomendBericht.objects.filter(sha256=sha256, herhaling=False).first()
    if found is None:
        row = InkomendBericht(**place, size=len(raw))
        _write(row, raw)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            # Another fetcher was first; of this one nothing is kept.
            row.raw.delete(save=False)
            found = InkomendBericht.objects.get(sha256=sha256, herhaling=False)
        except BaseException:
            row.raw.delete(save=False)
            raise
        else:
            return row, True
    return _seen_again(found, place), False


def _write(row: InkomendBericht, raw: bytes) -> None:
    """Write the file and have the disk say that it is there."""
    try:
        row.raw.save("", ContentFile(raw), save=False)
        if isinstance(row.raw.storage, FileSystemStorage):
            with open(row.raw.path, "rb") as handle:
                os.fsync(handle.fileno())
    except OSError:
        if row.raw.name:
            try:
                row.raw.delete(save=False)
            except OSError:
                logger.warning("Kon een half bestand niet weghalen.", exc_info=True)
        raise


def _seen_again(first: InkomendBericht, place: dict[str, str]) -> InkomendBericht:
    """Note that the same bytes came again: at the same place, or at another."""
    here = InkomendBericht.objects.filter(**place).first()
    if here is None:
        row = InkomendBericht(
            **place,
            size=first.size,
            eerder=first,
            herhaling=True,
            message_id=first.message_id,
            afzender=first.afzender,
            afzender_naam=first.afzender_naam,
            onderwerp=first.onderwerp,
            soort=first.soort,
            uitkomst=Uitkomst.GENEGEERD,
            uitkomst_reden=_("Deze mail kwam al eerder binnen."),
            judged_at=timezone.now(),
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            here = InkomendBericht.objects.get(**place)
        else:
            return row
    if here.uitkomst:
        here.keer_gezien += 1
        here.save(update_fields=["keer_gezien"])
    return here


def own(mail: Mail) -> Eigen:
    """What is ours, for the judging. A machine that writes to its own address, and whose
    mail comes in here, is this desk under another name."""
    ours = {settings.MAIL_FROM.lower(), *users_of(settings.MAIL_IN_URL)}
    if mail.header("auto-submitted").strip().lower() not in ("", "no"):
        ours |= {a.address for a in mail.froms} & {a.address for a in mail.to}
    return Eigen(
        addresses=frozenset(ours),
        is_own_message_id=lambda text: tokens.message_key(text) is not None,
        is_own_recipient=lambda text: tokens.proof_in(text) is not None,
    )


def handle(row: InkomendBericht) -> InkomendBericht:
    """Judge a mail that was kept and do what follows, once.

    A fault is noted; after three the mail waits for a person as *onleesbaar*. Raises
    OSError or OperationalError when file or database cannot be reached.
    """
    if row.uitkomst:
        return row
    with row.raw.open("rb") as file:
        raw = file.read()
    try:
        mail = read_safely(raw)
        return _apply(row, mail, judge(mail, own(mail)))
    except (OSError, OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Mail %s is niet te verwerken", row.pk)
        return _failed(row, error)


def handle_waiting(limit: int = 200) -> int:
    """Handle what was kept and not yet judged, oldest first; returns how many."""
    done = 0
    for row in InkomendBericht.objects.filter(uitkomst="").order_by("received_at")[
        :limit
    ]:
        try:
            done += bool(handle(row).uitkomst)
        except (OSError, OperationalError, InterfaceError):
            logger.warning("Mail %s wacht", row.pk, exc_info=True)
    return done


def _failed(row: InkomendBericht, error: Exception) -> InkomendBericht:
    with transaction.atomic():
        row = InkomendBericht.objects.select_for_update().get(pk=row.pk)
        if row.uitkomst:
            return row
        row.pogingen += 1
        row.fout = repr(error)[:2000]
        if row.pogingen >= MAX_TRIES:
            row.soort = InkomendBericht.Soort.ONLEESBAAR
            row.reden = _("Het verwerken mislukte drie keer.")
            row.uitkomst = Uitkomst.AANGEHOUDEN
            row.uitkomst_reden = _(
                "De mail is niet te verwerken. Bekijk het origineel."
            )
            row.judged_at = timezone.now()
        row.save()
    return row


@transaction.atomic
def _apply(row: InkomendBericht, mail: Mail, oordeel: Oordeel) -> InkomendBericht:
    row = InkomendBericht.objects.select_for_update().get(pk=row.pk)
    if row.uitkomst:
        return row
    bounce = oordeel.soort == Soort.BOUNCE
    claims = proof.claims_of(
        mail, selectors.claim_in, selectors.keys_of_ids, bounce=bounce
    )
    vraag = selectors.vraag_of_key(proof.key_of(claims))
    facts = selectors.facts_of(row, mail, vraag)
    koppeling = proof.couple(mail, oordeel.soort, claims, facts)
    _summarise(row, mail, oordeel)
    if oordeel.soort in (Soort.VRAAG, Soort.REACTIE):
        row.soort = Soort.REACTIE if koppeling.key else Soort.VRAAG
    row.uitkomst = Uitkomst(koppeling.uitkomst)
    row.uitkomst_reden = koppeling.reden
    row.vraag = vraag if koppeling.key else None
    if koppeling.uitkomst == proof.Uitkomst.NIEUW:
        ask_by_mail(row, mail)
    elif koppeling.uitkomst == proof.Uitkomst.TOEGEVOEGD and vraag is not None:
        if bounce:
            _bounced(vraag, mail, row)
        elif oordeel.soort == Soort.AUTOMATISCH:
            _automatic(vraag, mail, row)
        else:
            row.bericht = _add(row, vraag, mail, koppeling.who, claims)
    row.fout = ""
    row.save()
    return row


def _summarise(row: InkomendBericht, mail: Mail, oordeel: Oordeel) -> None:
    row.message_id = mail.message_id[:500]
    first = mail.froms[0] if mail.froms else None
    row.afzender = first.address[:320] if first else ""
    row.afzender_naam = first.name[:200] if first else ""
    row.onderwerp = mail.subject[:300]
    row.bijlagen_aantal = min(len(mail.attachments), 30_000)
    row.soort = oordeel.soort
    row.reden = oordeel.reden
    row.signalen = [*oordeel.signalen, *mail.faults]
    row.judged_at = timezone.now()


def text_of(mail: Mail) -> str:
    """What the sender wrote, as it stands in the conversation."""
    text = mail.new_text.strip() or mail.text.strip()
    if not text:
        return _("(In deze mail staat geen tekst.)")
    if len(text) > MAX_TEXT:
        return f"{text[:MAX_TEXT].rstrip()}\n\n{_('(De rest van deze lange mail staat in het origineel.)')}"
    return text


def title_from(mail: Mail) -> str:
    return " ".join(_PREFIX.sub("", mail.subject).split())


def ask_by_mail(row: InkomendBericht, mail: Mail, *, confirm: bool = True) -> Vraag:
    """A new question of the sender, with what it looks like noted for the desk."""
    sender, text, title = mail.froms[0], text_of(mail), title_from(mail)
    named = proof.reference_in(mail.subject)
    alike = selectors.vraag_named(named) or selectors.near_duplicate(
        sender.address, title, text
    )
    vraag, _token = ask(
        asker=Asker(
            email=sender.address,
            naam=sender.name[:120],
            gemeente=gemeente_of_domain(domain_of(sender.address)),
        ),
        text=text,
        # A subject with a reference is that of our own mail: it names another question.
        titel="" if named else title,
        kanaal=Kanaal.MAIL,
        idempotency_key=f"mail-{row.pk}",
        confirm=confirm,
        answers=mail.message_id,
    )
    row.vraag, row.bevestigd = vraag, confirm
    row.bericht = vraag.berichten.filter(soort=Bericht.Soort.VRAAG).first()
    if row.bericht is not None:
        keep_rest(row.bericht, mail)
    if alike is not None and alike.pk != vraag.pk:
        row.lijkt_op = alike
        record(
            vraag,
            "looks_like",
            _("Lijkt op %(kenmerk)s. Voeg samen als het dezelfde vraag is.")
            % {"kenmerk": alike.reference},
            intern=True,
            data={"vraag": alike.pk},
        )
    return vraag


def _add(
    row: InkomendBericht,
    vraag: Vraag,
    mail: Mail,
    who: str,
    claims: Sequence[proof.Verwijzing],
) -> Bericht:
    """A proven mail: of an asker or colleague a reply, of staff an internal note."""
    kind, _sep, number = who.partition(":")
    if kind == "user":
        bericht = add_note(
            user=User.objects.get(pk=number),
            vraag=vraag,
            text=text_of(mail),
            form_key=f"mail-{row.pk}",
            kanaal=Kanaal.MAIL,
        )
    else:
        # The token came by mail to this very person, so that address works.
        proven = any(claim.who == who for claim in claims)
        bericht = add_reply(
            person=Person(
                contact=Contact.objects.get(pk=number),
                mailed_keys=frozenset({vraag.key} if proven else ()),
            ),
            vraag=vraag,
            text=text_of(mail),
            kanaal=Kanaal.MAIL,
            form_key=f"mail-{row.pk}",
        )
    keep_rest(bericht, mail)
    return bericht


def keep_rest(bericht: Bericht, mail: Mail) -> None:
    """What a message holds beside its new text: the quoted rest, and the files."""
    if mail.new_text.strip() and mail.quoted.strip():
        bericht.citaat = tidy(mail.quoted)[:MAX_TEXT]
        bericht.save(update_fields=["citaat"])
    for file in mail.attachments:
        bijlagen.store_bytes(file.data, file.name, bericht)


def _automatic(vraag: Vraag, mail: Mail, row: InkomendBericht) -> None:
    record(
        vraag,
        "mail_automatic",
        _("Automatisch bericht van %(adres)s: %(onderwerp)s")
        % {"adres": row.afzender, "onderwerp": row.onderwerp},
        intern=True,
        data={"mail": row.pk},
    )


def _bounced(vraag: Vraag, mail: Mail, row: InkomendBericht) -> None:
    """Mail of ours did not arrive, or later: the message and its question say so."""
    mailed = selectors.mailed_about(vraag)
    ids = [*mail.bounced_ids, *mail.references, *mail.in_reply_to]
    for report in mail.bounces:
        if report.recipient.lower() not in mailed:
            continue
        if report.action.lower() == "failed":
            any(
                core_mail.bounced(
                    message_id=message_id,
                    recipient=report.recipient,
                    reason=report.status,
                )
                for message_id in ids
            )
            continue
        record(
            vraag,
            "mail_delayed",
            _("Mail aan %(adres)s komt later of nog niet aan (%(code)s)")
            % {"adres": report.recipient, "code": report.status or "–"},
            intern=True,
            data={"mail": row.pk},
        )
