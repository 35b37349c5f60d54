"""The models of the loket."""

from .collega import Collega
from .gesprek import Formulierconcept, Gesprek, Gespreksvraag
from .inkomend import InkomendBericht, Postbus
from .samenvoeging import Samenvoeging
from .vraag import (
    SPOKEN,
    Bericht,
    Berichtvoorkeur,
    Bronverwijzing,
    Concept,
    Dagbericht,
    Gebeurtenis,
    Kanaal,
    Routeterm,
    Sluitingsdag,
    Terugbellen,
    Vraag,
    Wachtperiode,
    Zelfgevonden,
    Zichtbaarheid,
)

__all__ = [
    "SPOKEN",
    "Bericht",
    "Berichtvoorkeur",
    "Bronverwijzing",
    "Collega",
    "Concept",
    "Dagbericht",
    "Formulierconcept",
    "Gebeurtenis",
    "Gesprek",
    "Gespreksvraag",
    "InkomendBericht",
    "Kanaal",
    "Postbus",
    "Routeterm",
    "Samenvoeging",
    "Sluitingsdag",
    "Terugbellen",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
