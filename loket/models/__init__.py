"""The models of the loket."""

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
    "Kanaal",
    "Routeterm",
    "Sluitingsdag",
    "Vraag",
    "Wachtperiode",
    "Zelfgevonden",
    "Zichtbaarheid",
]
