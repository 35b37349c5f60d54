"""A mail server for the tests that fails as it is told to."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, syntax

from tests.services import free_port


class _Server(SMTP):
    """The server of aiosmtpd, that can cut the line in the middle of DATA."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        fault = self.event_handler.fault
        if fault == "cut":
            await self.push("354 ga uw gang")
            await self._reader.readline()
            self.transport.abort()
            return
        if fault == "refuse-data":
            await self.push("554 dit bericht nemen wij niet aan")
            return
        await super().smtp_DATA(arg)


class Sink:
    """Keeps what it accepted. ``fault``: '', '4xx', '5xx', 'refuse-data', '4xx-data',
    'hang' (never answers RCPT), 'hang-after' (takes the message and never says so),
    'cut' (drops the line in the middle of DATA), 'hang-quit'."""

    def __init__(self) -> None:
        self.fault = ""
        self.received: list[bytes] = []
        self.recipients: list[str] = []
        self.lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.fault == "4xx":
            return "451 probeer het later"
        if self.fault == "5xx" or "bestaat-niet" in address:
            return "550 5.1.1 dit adres bestaat niet"
        if self.fault == "hang":
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.fault == "4xx-data":
            return "452 geen ruimte"
        with self.lock:
            self.received.append(envelope.original_content)
            self.recipients += envelope.rcpt_tos
        if self.fault == "hang-after":
            await asyncio.sleep(60)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        if self.fault == "hang-quit":
            await asyncio.sleep(60)
        return "221 dag"

    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(raw, policy=email.policy.default)
            for raw in self.received
        ]


class Running:
    """``with Running() as server:`` a sink on a free port."""

    def __init__(self, port: int = 0) -> None:
        self.sink = Sink()
        self.port = port or free_port()

    def start(self) -> None:
        sink = self.sink

        class Own(Controller):
            def factory(self) -> SMTP:
                return _Server(sink, data_size_limit=None)

        self.controller = Own(sink, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller.server is not None:
            self.controller.stop()

    def __enter__(self) -> Running:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
