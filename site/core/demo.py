"""The seven persons with whom the demo can be walked; they exist in demo mode only."""

from dataclasses import dataclass

from .permissions import (
    DESKUNDIGE,
    LOKETMEDEWERKER,
    PROGRAMMAMANAGER,
    REDACTEUR,
)


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: str
    group: str
    teams: tuple[str, ...] = ()


PERSONS = (
    DemoPerson(
        "karim@demo.example",
        "Karim Haddad",
        "Frontoffice",
        LOKETMEDEWERKER,
        ("frontoffice",),
    ),
    DemoPerson(
        "sanne@demo.example",
        "Sanne de Boer",
        "Deskundige uitstroom",
        DESKUNDIGE,
        ("uitstroom",),
    ),
    DemoPerson(
        "tom@demo.example",
        "Tom Wessels",
        "Deskundige wet en verordening",
        DESKUNDIGE,
        ("wet-verordening", "urgentie"),
    ),
    DemoPerson(
        "noor@demo.example",
        "Noor Verhagen",
        "Deskundige woonzorgvisie",
        DESKUNDIGE,
        ("woonzorgvisie", "verdeling-regio"),
    ),
    DemoPerson("bart@demo.example", "Bart Dijkstra", "Redacteur", REDACTEUR),
    DemoPerson("lotte@demo.example", "Lotte Maas", "Redacteur", REDACTEUR),
    DemoPerson(
        "ingrid@demo.example", "Ingrid van Loon", "Programmamanager", PROGRAMMAMANAGER
    ),
)
