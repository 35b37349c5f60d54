"""The models of the loket."""

from .privacy import Bewaartermijn, Inzage
from .termijn import (
    Kalenderstand,
    Openingstijd,
    Termijnbericht,
    Termijnregel,
    Toezegging,
)
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
    "Bewaartermijn",
    "Bronverwijzing",
    "Concept",
    "Dagbericht",
    "Gebeurtenis",
    "Inzage",
    "Kalenderstand",
    "Kanaal",
    "Openingstijd",
    "Routeterm",
    "Sluitingsdag",
    "Termijnbericht",
    "Termijnregel",
    "Toezegging",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
