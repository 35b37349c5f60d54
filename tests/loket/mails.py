"""Small mails for the tests of the intake, and what they need around them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid

from core.mail import tokens

ASKER = "annemiek@meppel.example"
DESK = "loket@example.nl"


def make(
    text: str = "Mag een jongere van 18 uit jeugdhulp urgentie krijgen?",
    *,
    sender: str = ASKER,
    to: str = DESK,
    subject: str = "Vraag over urgentie",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A raw mail; ``headers`` with an underscore for the dash."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = headers.pop("Message_ID", None) or make_msgid(
        domain="meppel.example"
    )
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, data in files:
        mail.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name
        )
    return mail.as_bytes()


def token_of(vraag, who: str = "") -> str:
    """The reply address of a question for its asker, or for ``contact:4`` or ``user:7``."""
    return tokens.reply_address(key=vraag.key, who=who or f"contact:{vraag.contact_id}")
