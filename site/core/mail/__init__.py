"""The only place that builds messages (design: docs/adr/0005).

Text and HTML come from one Markdown template; every message is a row, written in the
transaction of the act with an outbox row that delivers it.
"""

from . import delivery  # noqa: F401  registers the outbox handler
from .building import send
from .tokens import message_id

__all__ = ["message_id", "send"]
