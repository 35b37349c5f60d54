"""Where mail comes from: an IMAP mailbox, or a folder that somebody else fills.

Nothing is deleted. A mail leaves its place only after it was kept and handled.
"""

from .fetching import read_all, read_mailbox
from .places import Letter, LoginRefused, Mailbox, MailboxError, open_mailbox

__all__ = [
    "Letter",
    "LoginRefused",
    "Mailbox",
    "MailboxError",
    "open_mailbox",
    "read_all",
    "read_mailbox",
]
