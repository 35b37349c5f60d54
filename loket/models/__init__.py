"""The models of the loket."""

from .collega import Collega
from .gesprek import Formulierconcept, Gesprek, Gespreksvraag
from .inkomend import InkomendBericht, Postbus
from .privacy import Bewaartermijn, Inzage
from .samenvoeging import Samenvoeging
from .termijn import (
    Kalenderstand,
    Openingstijd,
    Termijnbericht,
    Termijnregel,
    Toezegging,
)
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
    "Bewaartermijn",
    "Bronverwijzing",
    "Collega",
    "Concept",
    "Dagbericht",
    "Formulierconcept",
    "Gebeurtenis",
    "Gesprek",
    "Gespreksvraag",
    "InkomendBericht",
    "Inzage",
    "Kalenderstand",
    "Kanaal",
    "Openingstijd",
    "Postbus",
    "Routeterm",
    "Samenvoeging",
    "Sluitingsdag",
    "Termijnbericht",
    "Termijnregel",
    "Terugbellen",
    "Toezegging",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
