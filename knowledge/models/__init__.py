from .feedback import Terugkoppeling
from .gemaakte_keuzes import GemaakteKeuzes
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
from .regelingen import (
    ArtikelRij,
    Citaat,
    Inlezing,
    Regeling,
    RegelingNaam,
    RegelingVersie,
)
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
from .vergelijkingen import VergelekenTekst, Vergelijking
from .workflow import TweedeLezerTask

__all__ = [
    "Aandachtsgroep",
    "ArtikelRij",
    "Begrip",
    "Bouwsteen",
    "Bron",
    "Citaat",
    "ConceptVerordening",
    "ConceptWijziging",
    "Doelgroep",
    "Financiering",
    "GemaakteKeuzes",
    "Gereedschapskist",
    "Handreiking",
    "HomePage",
    "InfoPagina",
    "Inlezing",
    "Instrument",
    "KennisPagina",
    "Kerncijfer",
    "Modelverordening",
    "Organisatie",
    "OverzichtPagina",
    "PaginaRelatie",
    "Praktijkvoorbeeld",
    "Regeling",
    "RegelingNaam",
    "RegelingVersie",
    "Stappenplan",
    "Startinhoud",
    "Terugkoppeling",
    "Thema",
    "TweedeLezerTask",
    "VergelekenTekst",
    "Vergelijking",
    "VraagEnAntwoord",
    "Wet",
]
