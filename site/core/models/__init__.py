from .bijlage import Bijlage
from .contact import Contact
from .gemeente import Gemeente, Regio
from .loketgegevens import Loketgegevens
from .mailbericht import Mailbericht
from .outbox import Outbox
from .team import Team
from .toegang import Toegang
from .toelating import Toelating
from .user import Uitnodiging, User

__all__ = [
    "Bijlage",
    "Contact",
    "Gemeente",
    "Loketgegevens",
    "Mailbericht",
    "Outbox",
    "Regio",
    "Team",
    "Toegang",
    "Toelating",
    "Uitnodiging",
    "User",
]
