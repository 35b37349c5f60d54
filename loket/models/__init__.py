"""The models of the loket."""

from .inkomend import InkomendBericht, Postbus
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
    "Concept",
    "Dagbericht",
    "Gebeurtenis",
    "InkomendBericht",
    "Kanaal",
    "Postbus",
    "Routeterm",
    "Sluitingsdag",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
