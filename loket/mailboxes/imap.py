"""An IMAP mailbox, always over TLS; on this machine it may do without."""

from __future__ import annotations

import contextlib
import ssl as tls
from collections.abc import Iterator
from functools import partial
from types import TracebackType

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from .places import DONE_FOLDER, LOCAL, Letter, LoginRefused, MailboxError

TIMEOUT = 60
# For servers that cannot move: what carries this word was taken in.
DONE_WORD = b"ThuisloketVerwerkt"


class ImapMailbox:
    def __init__(
        self,
        *,
        host: str,
        port: int | None,
        user: str,
        password: str,
        folder: str,
        ssl: bool,
    ) -> None:
        self.host, self.port, self.ssl = host, port, ssl
        self.user, self.password, self.folder = user, password, folder
        self.client: IMAPClient | None = None
        self.moves = False
        self.uidvalidity = ""

    def __enter__(self) -> ImapMailbox:
        context = tls.create_default_context()
        try:
            client = IMAPClient(
                self.host,
                port=self.port,
                ssl=self.ssl,
                ssl_context=context if self.ssl else None,
                timeout=TIMEOUT,
            )
            self.client = client
            if not self.ssl and self.host not in LOCAL:
                client.starttls(context)
        except tls.SSLError as error:
            raise MailboxError("de server heeft geen geldig certificaat") from error
        except (OSError, IMAPClientError) as error:
            raise MailboxError("de server is niet te bereiken") from error
        try:
            client.login(self.user, self.password)
        except LoginError as error:
            raise LoginRefused("de server weigert de naam of het wachtwoord") from error
        except (OSError, IMAPClientError) as error:
            raise MailboxError("inloggen lukt niet") from error
        try:
            self.moves = client.has_capability("MOVE")
            chosen = client.select_folder(self.folder)
            self.uidvalidity = str(chosen[b"UIDVALIDITY"])
        except (OSError, IMAPClientError, KeyError) as error:
            raise MailboxError(f"de map {self.folder} is niet te openen") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.client is not None:
            # Never CLOSE: that would remove what somebody else marked as deleted.
            with contextlib.suppress(OSError, IMAPClientError):
                self.client.logout()

    def _open(self) -> IMAPClient:
        if self.client is None:
            raise MailboxError("de postbus is niet open")
        return self.client

    def letters(self) -> Iterator[Letter]:
        """All mail that is still here, also what somebody read in another program."""
        criteria = ["NOT", "DELETED", "NOT", "KEYWORD", DONE_WORD.decode()]
        try:
            uids = sorted(self._open().search(criteria))
        except (OSError, IMAPClientError) as error:
            raise MailboxError("de map is niet te doorzoeken") from error
        for uid in uids:
            yield Letter(str(uid), self.uidvalidity, partial(self._fetch, uid))

    def _fetch(self, uid: int) -> bytes:
        try:
            found = self._open().fetch([uid], ["BODY.PEEK[]"])
        except (OSError, IMAPClientError) as error:
            raise MailboxError("een mail is niet op te halen") from error
        raw = found.get(uid, {}).get(b"BODY[]")
        if raw is None:
            # Another fetcher moved it in the meantime.
            raise FileNotFoundError(uid)
        return raw

    def done(self, letter: Letter) -> None:
        uid, client = int(letter.uid), self._open()
        try:
            if not self.moves:
                client.add_flags([uid], [b"\\Seen", DONE_WORD])
                return
            client.add_flags([uid], [b"\\Seen"])
            try:
                self._move(client, uid)
            except IMAPClientError:
                client.add_flags([uid], [DONE_WORD])
        except (OSError, IMAPClientError) as error:
            raise MailboxError("een mail is niet te verplaatsen") from error

    def _move(self, client: IMAPClient, uid: int) -> None:
        try:
            client.move([uid], DONE_FOLDER)
        except IMAPClientError:
            if client.folder_exists(DONE_FOLDER):
                raise
            client.create_folder(DONE_FOLDER)
            client.subscribe_folder(DONE_FOLDER)
            client.move([uid], DONE_FOLDER)
