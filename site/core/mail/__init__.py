"""The only place that builds messages (design: docs/adr/0005).

Text and HTML come from one Markdown template; every message is a row, written in the
transaction of the act with an outbox row that delivers it.
"""

from . import delivery, limits  # noqa: F401  registers the outbox handlers
from .building import send, thread
from .failing import bounced, on_failed, settle
from .tokens import message_id

__all__ = ["bounced", "message_id", "on_failed", "send", "settle", "thread"]
