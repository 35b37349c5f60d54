"""The kinds of mailbox, each with its letters and what 'done' means there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

DONE_FOLDER = "Verwerkt"
LOCAL = ("localhost", "127.0.0.1", "::1")


class MailboxError(Exception):
    """The mailbox cannot be read now; the text says why, without address or password."""


class LoginRefused(MailboxError):
    """The server does not take the name and password."""


@dataclass(frozen=True)
class Letter:
    """One mail at its place. ``read`` gives its bytes and changes nothing there."""

    uid: str
    uidvalidity: str
    read: Callable[[], bytes]


class Mailbox(Protocol):
    """Opened by ``with``; MailboxError from any method ends the reading for now."""

    def letters(self) -> Iterator[Letter]: ...

    def done(self, letter: Letter) -> None: ...


def name_of(url: str) -> str:
    """The address of a mailbox as people may see it: without password."""
    parts = urlsplit(url)
    if parts.scheme == "dir":
        return f"map {Path(unquote(parts.path)).name}"
    user = unquote(parts.username or "")
    return f"{user}, {parts.hostname}, {_folder(parts)}"[:200]


def users_of(urls: Iterable[str]) -> set[str]:
    """The addresses with which we log in to mailboxes."""
    users = {unquote(urlsplit(url).username or "").lower() for url in urls}
    return {user for user in users if "@" in user}


def _folder(parts: SplitResult) -> str:
    return unquote(parts.path.strip("/")) or "INBOX"


def open_mailbox(url: str) -> AbstractContextManager[Mailbox]:
    """The mailbox of an address: ``imaps://user:password@host/INBOX`` or ``dir:///path``.

    ``imap://`` has to switch to TLS before the login, except on this machine.
    """
    from .folder import FolderMailbox
    from .imap import ImapMailbox

    parts = urlsplit(url)
    if parts.scheme == "dir" and parts.path:
        return FolderMailbox(Path(unquote(parts.path)))
    if parts.scheme in ("imap", "imaps") and parts.hostname:
        return ImapMailbox(
            host=parts.hostname,
            port=parts.port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=_folder(parts),
            ssl=parts.scheme == "imaps",
        )
    raise MailboxError(f"MAIL_IN_URL kent '{parts.scheme}' niet")
