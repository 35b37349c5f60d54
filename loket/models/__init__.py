"""The models of the loket."""

from .collega import Collega
from .samenvoeging import Samenvoeging
from .vraag import (
    Bericht,
    Berichtvoorkeur,
    Bronverwijzing,
    Concept,
    Dagbericht,
    Gebeurtenis,
    Kanaal,
    Routeterm,
    Sluitingsdag,
    Vraag,
    Wachtperiode,
    Zelfgevonden,
    Zichtbaarheid,
)

__all__ = [
    "Bericht",
    "Berichtvoorkeur",
    "Bronverwijzing",
    "Collega",
    "Concept",
    "Dagbericht",
    "Gebeurtenis",
    "Kanaal",
    "Routeterm",
    "Samenvoeging",
    "Sluitingsdag",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
