from .feedback import Terugkoppeling
from .kennis import KennisPagina, PaginaRelatie
from .modellen import ConceptVerordening, ConceptWijziging, Modelverordening
from .pages import (
    Doelgroep,
    Financiering,
    Gereedschapskist,
    Handreiking,
    InfoPagina,
    Instrument,
    Praktijkvoorbeeld,
    Stappenplan,
    VraagEnAntwoord,
    Wet,
)
from .regelingen import ArtikelRij, Regeling, RegelingVersie
from .site_pages import HomePage, OverzichtPagina
from .snippets import (
    Aandachtsgroep,
    Begrip,
    Bouwsteen,
    Bron,
    Kerncijfer,
    Organisatie,
    Thema,
)
from .starter import Startinhoud
from .workflow import TweedeLezerTask

__all__ = [
    "Aandachtsgroep",
    "ArtikelRij",
    "Begrip",
    "Bouwsteen",
    "Bron",
    "ConceptVerordening",
    "ConceptWijziging",
    "Doelgroep",
    "Financiering",
    "Gereedschapskist",
    "Handreiking",
    "HomePage",
    "InfoPagina",
    "Instrument",
    "KennisPagina",
    "Kerncijfer",
    "Modelverordening",
    "Organisatie",
    "OverzichtPagina",
    "PaginaRelatie",
    "Praktijkvoorbeeld",
    "Regeling",
    "RegelingVersie",
    "Stappenplan",
    "Startinhoud",
    "Terugkoppeling",
    "Thema",
    "TweedeLezerTask",
    "VraagEnAntwoord",
    "Wet",
]
